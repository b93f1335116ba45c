"""What every extractor is given:

the outline, the facts that hold for the whole document, and what has been found so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ita_extract.extractors.found import Findings, Found, Ids
from ita_extract.model import Quote
from ita_extract.outline.model import Outline
from ita_extract.records.document import DocType


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about the whole document that other extractors need to read theirs."""

    doc_type: DocType = "other"
    fiscal_year_be: int | None = None
    assessed_year_be: int | None = None
    """The year of the assessment that scores without a year belong to."""
    agency: str | None = None
    abbreviations: dict[str, str] = field(default_factory=dict)
    """Abbreviations that the document itself defines, with their full names."""
    short_forms: dict[str, str] = field(default_factory=dict)
    """The abbreviation that the document gives to each name, by the key of the name."""
    no_budget: bool = False
    """Whether a sentence of the document says that the plan as a whole uses no budget."""


@dataclass(slots=True)
class Context:
    """The shared state of one document's extraction.

    `plans` gives the plan id of each form number of the outline; `rows` the activity id that a grid row (grid index,
    row number) is
    about; `cards` the activity id of each activity heading of the flow. Extractors that come earlier in EXTRACTORS fill
    them.
    """

    outline: Outline
    ids: Ids
    facts: Facts = Facts()
    findings: Findings = field(default_factory=Findings)
    plans: dict[int, str] = field(default_factory=dict)
    rows: dict[tuple[int, int], str] = field(default_factory=dict)
    cards: dict[int, str] = field(default_factory=dict)

    def texts(self) -> Iterator[Quote]:
        """All readable text, line by line: the flow first, then the cells of data tables."""
        for line in self.outline.lines:
            yield line.quote
        for grid in self.outline.grids:
            for table in grid.tables:
                for cell in table.cells:
                    yield from cell.quote.lines()

    @property
    def first_plan(self) -> str | None:
        """The id of the document's first plan, None when it holds no plan."""
        return next(iter(self.plans.values()), None)


Extractor = Callable[[Context], Iterator[Found | Quote]]
"""An extractor yields records with their sources, and quotes that it used without making a record of them."""
