"""What an extractor gives back: records with the quotes they were read from, and the text that it used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from ita_extract.model import Quote
from ita_extract.records import Record
from ita_extract.records.base import Basis

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Source:
    """Where one value of a record was read. `column` is `*` for the record as a whole."""

    column: str
    quote: Quote
    basis: Basis = "stated"


@dataclass(frozen=True, slots=True)
class Found:
    """A record (its common tail still empty) with its sources.

    The first source with column `*` is the primary one; further ones are repeats of the same fact. `uses` are further
    quotes that the
    extractor read to get there (labels, headings): they count as claimed text. `basis` is that of the record as a
    whole.
    """

    record: Record
    sources: tuple[Source, ...]
    uses: tuple[Quote, ...] = ()
    basis: Basis = "stated"


@dataclass(slots=True)
class Findings:
    """All that has been found so far in one document, by table, in the order of finding."""

    by_table: dict[str, list[Found]] = field(default_factory=dict)
    claims: list[tuple[str, Quote]] = field(default_factory=list)

    def add(self, items: Iterable[Found | Quote], method: str) -> None:
        """Keeps what an extractor named `method` yields: records, and quotes that it merely used."""
        for item in items:
            if isinstance(item, Quote):
                self.claims.append((method, item))
                continue
            self.by_table.setdefault(item.record.table.name, []).append(item)
            self.claims.extend((method, source.quote) for source in item.sources)
            self.claims.extend((method, quote) for quote in item.uses)

    def records(self, record_type: type[R]) -> Iterator[R]:
        """The records of one type found so far."""
        for item in self.by_table.get(record_type.table.name, ()):
            if isinstance(item.record, record_type):
                yield item.record


class Ids:
    """Makes identifiers `<document_id>/<table letters><path>`;

    the same document gives the same ids in the same order.
    """

    def __init__(self, document_id: str) -> None:
        self._document_id = document_id
        self._counts: dict[str, int] = {}

    def next(self, letters: str) -> str:
        """The next identifier of a table, counted from 1."""
        self._counts[letters] = self._counts.get(letters, 0) + 1
        return self.make(letters, str(self._counts[letters]))

    def make(self, letters: str, path: str) -> str:
        """An identifier with a path of its own, such as `A2.1`."""
        return f"{self._document_id}/{letters}{path}"


def found(
    record: Record,
    at: Quote | None,
    *,
    basis: Basis = "stated",
    repeats: Iterable[Quote] = (),
    uses: Iterable[Quote] = (),
    derived: Iterable[str] = (),
    **columns: Quote | None,
) -> Found:
    """A record read `at` a quote; `columns` names the quotes of single columns, `derived` the columns computed from
    them.

    A column whose quote is None or empty leaves no source.
    """
    sources = [Source("*", at, basis)] if at else []
    sources += [Source("*", quote, basis) for quote in repeats if quote]
    computed = set(derived)
    for name, quote in columns.items():
        if quote:
            sources.append(Source(name, quote, "derived" if name in computed else basis))
    return Found(record, tuple(sources), tuple(quote for quote in uses if quote), basis)
