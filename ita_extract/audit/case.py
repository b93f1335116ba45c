"""A document as its rules see it: typed rows, and the text of its blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar, cast

from ita_extract.audit.results import Side
from ita_extract.audit.rule import Option
from ita_extract.records import BlockRecord, DocumentRecord, PageRecord, Provenance, Record
from ita_extract.records.bundle import Records
from ita_extract.thai.dates import ThaiDate, find_dates

R = TypeVar("R", bound=Record)


class Case:
    """One document under audit. `options` are those of the rule that is running."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.options: Mapping[str, Option] = {}

    def rows(self, record_type: type[R]) -> tuple[R, ...]:
        """All records of a type, in the order of the document."""
        return cast(tuple[R, ...], self.records[record_type.table.name])

    @cached_property
    def document(self) -> DocumentRecord:
        """The document's own record."""
        return self.rows(DocumentRecord)[0]

    @property
    def fiscal_year(self) -> int | None:
        """Fiscal year (B.E.) that the content is about, None when unknown."""
        return self.document.fiscal_year_be

    @cached_property
    def blocks(self) -> tuple[BlockRecord, ...]:
        """The blocks with text that is read once: neither blank nor a copy of another rendering."""
        return tuple(
            b for b in self.rows(BlockRecord) if b.text_raw and b.usage not in ("blank", "repeat", "furniture")
        )

    @cached_property
    def printed_dates(self) -> tuple[tuple[BlockRecord, ThaiDate], ...]:
        """The dates with a year that the text prints, each with its block, in the order of the document."""
        texts = [(block, block.text_raw or "") for block in self.blocks]
        return tuple((block, date) for block, text in texts for date in find_dates(text) if date.precision != "year")

    @cached_property
    def pages(self) -> dict[int, PageRecord]:
        """Pages by number."""
        return {page.page: page for page in self.rows(PageRecord)}

    @cached_property
    def sources(self) -> dict[str, list[Provenance]]:
        """Where the values of a record were read, by the record's key."""
        found: defaultdict[str, list[Provenance]] = defaultdict(list)
        for row in self.rows(Provenance):
            found[row.record_id].append(row)
        return dict(found)

    def stated(self, column: str) -> Side:
        """A column of the document's own record as a side of a finding, as it is printed and where."""
        sources = self.sources.get(self.document.document_id, ())
        source = next((s for s in sources if s.table_name == "documents" and s.column_name == column), None)
        if source is None:
            return self.whole(str(getattr(self.document, column) or ""))
        document = self.document.document_id
        return Side(document, source.text_raw or "", source.where, source.page, document, source.confidence)

    def whole(self, text: str = "") -> Side:
        """The document itself as a side of a finding: where something is missing, there is no place to point to."""
        return Side(self.document.document_id, text or self.document.title_raw or self.document.file_name or "")
