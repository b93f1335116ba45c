"""Blocks in the making: what a reader has found, before leaves are numbered and the document is fixed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ita_extract.model import (
    Block,
    Cell,
    Figure,
    Leaf,
    LeafKind,
    Mark,
    Page,
    PageFacts,
    Paragraph,
    Quote,
    Table,
    TableCopy,
)
from ita_extract.readers.marks import DrawnMark, find_marks

MAX_SPAN = 1000
"""Largest row or column span believed (HTML allows 1000 columns and 65534 rows)."""
MAX_CELLS = 400_000


@dataclass(slots=True)
class DraftParagraph:
    """A paragraph with the page it stands on; `kind` is what the ledger will call its leaf."""

    quote: Quote
    page: int
    role: Literal["heading", "paragraph", "list_item"] = "paragraph"
    level: int = 0
    bold_end: int = 0
    kind: LeafKind | None = None
    breaks: list[tuple[int, int]] = field(default_factory=list)
    """Where in the source, and on which page, it goes on after a page break."""

    @property
    def text(self) -> str:
        """The readable text."""
        return self.quote.text


@dataclass(slots=True)
class DraftFigure:
    """A picture's place, with its caption or description; `is_present` when the file holds or shows the picture."""

    quote: Quote
    page: int
    is_present: bool = False


@dataclass(slots=True)
class DraftCell:
    """A cell at its place in the grid."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    blocks: list[Draft] = field(default_factory=list)
    is_header: bool = False

    @property
    def own_text(self) -> str:
        """The text of the cell's own paragraphs."""
        return "\n".join(block.text for block in self.blocks if isinstance(block, DraftParagraph))


@dataclass(slots=True)
class DraftTable:
    """A table; `copies` are the printed copies of its cells: row, column, the copy's paragraphs."""

    cells: list[DraftCell]
    page: int
    copies: list[tuple[int, int, list[DraftParagraph]]] = field(default_factory=list)
    agrees: bool = True


Draft = DraftParagraph | DraftFigure | DraftTable


def paragraphs_of(drafts: Iterable[Draft]) -> Iterator[DraftParagraph | DraftFigure]:
    """All paragraphs and figures, those in tables and in copies of tables too; `kind` is set to match."""
    for draft in drafts:
        if not isinstance(draft, DraftTable):
            yield draft
            continue
        for cell in draft.cells:
            for inner in paragraphs_of(cell.blocks):
                if isinstance(inner, DraftParagraph):
                    inner.kind = inner.kind or "table"
                yield inner
        for _, _, copied in draft.copies:
            for paragraph in copied:
                paragraph.kind = "table_copy"
                yield paragraph


# ------------------------------------------------------------------ fixing the document
class Fixer:
    """Numbers the leaves in source order, then turns drafts into the blocks of the document.

    `drawn` says which characters of the source stand for marks that the page draws.
    """

    def __init__(self, drafts: Sequence[Draft], source: str, drawn: Mapping[int, DrawnMark] | None = None) -> None:
        self.source = source
        self.drawn = drawn or {}
        self.drawn_at = sorted(self.drawn)
        found = sorted(place for draft in paragraphs_of(drafts) for place in _places(draft))
        self.starts: list[int] = []
        self.kinds: list[tuple[LeafKind, int]] = []
        for start, page, kind in found:
            if self.starts and start <= self.starts[-1]:
                continue
            self.starts.append(start)
            self.kinds.append((kind, page))

    def leaves(self) -> tuple[Leaf, ...]:
        """The ledger: every leaf runs to where the next begins, the first from the very start."""
        bounds = [0, *self.starts[1:], len(self.source)]
        return tuple(
            Leaf(number, page, kind, start, end)
            for number, ((kind, page), start, end) in enumerate(zip(self.kinds, bounds, bounds[1:], strict=False), 1)
        )

    def pages(self, drafts: Sequence[Draft], facts: Sequence[PageFacts] = ()) -> tuple[Page, ...]:
        """The pages with their blocks; furniture stands only in the ledger. `facts` has one entry per page, if any."""
        by_page: dict[int, list[Block]] = {}
        last = max(1, len(facts))
        for draft in drafts:
            last = max(last, draft.page)
            if not (isinstance(draft, DraftParagraph) and draft.kind == "furniture"):
                by_page.setdefault(draft.page, []).append(self._block(draft))
        known = dict(enumerate(facts, 1))
        return tuple(
            Page(number, tuple(by_page.get(number, ())), known.get(number, PageFacts()))
            for number in range(1, last + 1)
        )

    def _leaf(self, quote: Quote) -> int:
        return max(1, bisect_right(self.starts, quote.start))

    def _block(self, draft: Draft) -> Block:
        if isinstance(draft, DraftFigure):
            return Figure(draft.quote, self._leaf(draft.quote), "present" if draft.is_present else "lost")
        if isinstance(draft, DraftTable):
            return self._table(draft)
        return Paragraph(
            draft.quote,
            self._leaf(draft.quote),
            role=draft.role,
            level=draft.level,
            marks=self._marks(draft.quote),
            bold_end=draft.bold_end,
        )

    def _table(self, draft: DraftTable) -> Table:
        cells = tuple(
            Cell(
                cell.row,
                cell.column,
                cell.row_span,
                cell.column_span,
                tuple(self._block(block) for block in cell.blocks if not _is_furniture(block)),
                cell.is_header,
            )
            for cell in draft.cells
        )
        sources = tuple(
            (row, column, Quote.join((p.quote for p in ps), "\n")) for row, column, ps in draft.copies if ps
        )
        return Table(cells, (TableCopy(sources, draft.agrees),) if sources else ())

    def _marks(self, quote: Quote) -> tuple[Mark, ...]:
        drawn = list(self._drawn(quote))
        taken = {mark.start for mark in drawn}
        written = [self._from_markup(quote, mark) for mark in find_marks(quote.text) if mark.start not in taken]
        return tuple(sorted([*drawn, *written], key=lambda mark: mark.start))

    def _drawn(self, quote: Quote) -> Iterator[Mark]:
        for run in quote.runs if self.drawn_at else ():
            end = run.source_end if run.is_one_to_one else run.source_start + 1
            first, last = (bisect_left(self.drawn_at, place) for place in (run.source_start, end))
            for place in self.drawn_at[first:last]:
                at = run.text_start + place - run.source_start
                mark = self.drawn[place]
                yield Mark(at, at + 1, mark.state, mark.kind, mark.glyph, mark.fill_ratio)

    def _from_markup(self, quote: Quote, mark: Mark) -> Mark:
        """A mark with what the source prints for it: a check box's tag, or the glyph itself."""
        place = quote.slice(mark.start, mark.end)
        raw = self.source[place.start : place.end]
        return Mark(mark.start, mark.end, mark.state, "html_input" if raw.startswith("<") else mark.kind, raw)


def _is_furniture(draft: Draft) -> bool:
    return isinstance(draft, DraftParagraph) and draft.kind == "furniture"


def _places(draft: DraftParagraph | DraftFigure) -> Iterator[tuple[int, int, LeafKind]]:
    """Where a draft begins in the source, and where it goes on overleaf: page and kind of the leaf there."""
    kind = _kind(draft)
    yield draft.quote.start, draft.page, kind
    for start, page in draft.breaks if isinstance(draft, DraftParagraph) else ():
        yield start, page, kind


def _kind(draft: DraftParagraph | DraftFigure) -> LeafKind:
    if isinstance(draft, DraftFigure):
        return "figure"
    return draft.kind or draft.role


# ------------------------------------------------------------------ grids
def place_cells(rows: Sequence[Sequence[tuple[int, int, bool, list[Draft]]]]) -> list[DraftCell]:
    """Cells at their places in the grid, from rows of (row span, column span, is header, blocks).

    Spans over the edges of the table or over taken places are cut. Cells beyond MAX_CELLS places are put aside.
    """
    taken: set[tuple[int, int]] = set()
    cells: list[DraftCell] = []
    for row, line in enumerate(rows):
        column = 0
        for row_span, column_span, is_header, blocks in line:
            while (row, column) in taken:
                column += 1
            height = max(1, min(row_span, len(rows) - row, MAX_SPAN))
            width = max(1, min(column_span, MAX_SPAN))
            if len(taken) + height * width > MAX_CELLS:
                height = width = 1
            for r in range(row, row + height):
                taken.update((r, c) for c in range(column, column + width))
            cells.append(DraftCell(row, column, height, width, blocks, is_header))
            column += width
    return cells
