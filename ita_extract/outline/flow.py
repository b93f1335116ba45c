"""The flow of a document: its paragraphs, figures and data tables in reading order, layout tables dissolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ita_extract.lexicon import load
from ita_extract.model import Block, Cell, Document, Figure, Leaf, Paragraph, Table
from ita_extract.outline.headings import activity_heading
from ita_extract.outline.model import Column
from ita_extract.outline.split_rows import goes_on, with_rest
from ita_extract.outline.tables import FormPart, GridPart, read_table
from ita_extract.thai.text import key

MAX_NESTING = 20
"""Tables nested deeper are damage, not layout; their text stays in the ledger."""


@dataclass(frozen=True, slots=True)
class FlowItem:
    """One item of the flow.

    `pair` numbers the layout-table cell it stands in (items of one cell share it), 0 outside tables.
    """

    content: Paragraph | Figure | GridPart
    page: int
    tables: tuple[Table, ...] = ()
    pair: int = 0
    is_label: bool = False
    """Whether it is the text of a cell in a column of labels."""
    last_page: int = 0
    """The page on which it ends: a table may go on over several."""


class _Flow:
    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = leaves
        self._previous: tuple[Column, ...] | None = None
        self._cells = 0

    def of(self, blocks: Iterable[Block], page: int, pair: int = 0, depth: int = 0) -> Iterator[FlowItem]:
        for block in blocks:
            if isinstance(block, Table):
                yield from self._table(block, page, depth)
            elif isinstance(block, Figure) or block.quote.text.strip():
                here = self._page_of(block.leaf)
                yield FlowItem(block, here, pair=pair, last_page=here)

    def _table(self, table: Table, page: int, depth: int) -> Iterator[FlowItem]:
        if depth >= MAX_NESTING:
            return
        for part in read_table(table, page, self._previous):
            if isinstance(part, FormPart):
                for cell in part.cells:
                    for item in self._cell(cell, page, depth):
                        yield replace(item, is_label=item.is_label or cell.column in part.label_columns)
                continue
            if part.kind not in ("scale", "months"):
                self._previous = part.columns
            last = max((self._page_of(leaf) for leaf in _leaves_of(table)), default=page)
            yield FlowItem(part, page, (table,), last_page=last)

    def _page_of(self, leaf: int) -> int:
        return self._leaves[leaf - 1].page

    def _cell(self, cell: Cell, page: int, depth: int) -> Iterator[FlowItem]:
        self._cells += 1
        yield from self.of(cell.blocks, page, self._cells, depth + 1)


def _leaves_of(table: Table) -> Iterator[int]:
    """The leaves of the paragraphs in a table, not those of tables nested in it."""
    return (paragraph.leaf for cell in table.cells for paragraph in cell.paragraphs)


def flow(document: Document) -> list[FlowItem]:
    """The document's items in reading order; parts of one data table that pages divide are joined."""
    walker = _Flow(document.leaves)
    items: list[FlowItem] = []
    for page in document.pages:
        for item in walker.of(page.blocks, page.number):
            if not _join_continuation(items, item):
                items.append(item)
    return items


def _join_continuation(items: list[FlowItem], item: FlowItem) -> bool:
    """Joins a continued data table to its beginning. Only short text (a page number, "(ต่อ)") may stand between."""
    part = item.content
    if not isinstance(part, GridPart) or not part.continues:
        return False
    for index in range(len(items) - 1, max(-1, len(items) - 6), -1):
        before = items[index].content
        if isinstance(before, Paragraph) and _divides(before):
            return False
        if isinstance(before, GridPart):
            if before.kind != part.kind or len(before.columns) != len(part.columns):
                return False
            tables = (*items[index].tables, *item.tables)
            items[index] = FlowItem(_joined(before, part), items[index].page, tables, last_page=item.last_page)
            return True
    return False


def _divides(paragraph: Paragraph) -> bool:
    """Whether a paragraph between two tables shows that the second is another one, and no continuation."""
    text = paragraph.text
    if len(text) > 150 or activity_heading(text) is not None:
        return True
    lists = [key(word) for words in load("parts")["attendance"].values() for word in words]
    return key(text).startswith(tuple(lists)) or (paragraph.role == "heading" and "ต่อ" not in text)


def _joined(first: GridPart, second: GridPart) -> GridPart:
    above, below = list(first.rows), list(second.rows)
    if above and below and goes_on(above[-1], below[0], first.columns):
        above[-1] = with_rest(above[-1], below.pop(0))
    rows = (replace(row, number=len(above) + index) for index, row in enumerate(below))
    return GridPart(first.kind, first.columns, (*above, *rows), first.continues)


def nested_grid(table: Table, page: int) -> GridPart | None:
    """The first data table in a table nested in a cell (a month grid), None when it is a form."""
    return next((part for part in read_table(table, page, None) if isinstance(part, GridPart)), None)
