"""Tables of a Word document: cells at their places, and the marks that are drawn in them and not written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ita_extract.readers.docx.names import child, elements, is_on, qn, val, whole
from ita_extract.readers.docx.shapes import spans_of_shapes
from ita_extract.readers.docx.text import chosen
from ita_extract.readers.drafts import MAX_CELLS, MAX_SPAN
from ita_extract.readers.marks import DrawnMark
from ita_extract.readers.ooxml import Element
from ita_extract.readers.shading import Shade, shaded_places

CROSSED = 0.4
"""Share of a cell's width from which a shape counts as crossing it: people end their arrows short of the edge."""

_ROW_HOLDERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml")))
_WRITTEN = frozenset(map(qn, ("w:sym", "pic:pic", "v:imagedata", "w:tbl", "w14:checkbox", "w:checkBox", "w:numPr")))


@dataclass(slots=True)
class TableCell:
    """A cell at its place; `source` is its `w:tc`."""

    source: Element
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    is_header: bool = False
    mark: DrawnMark | None = field(default=None)


def cells_of(table: Element) -> list[TableCell]:
    """The cells of a `w:tbl` in reading order, merged ones once, with the marks drawn in cells without text."""
    cells: list[TableCell] = []
    above: dict[int, TableCell] = {}
    for number, row in enumerate(_rows(table)):
        above = _place_row(row, number, above, cells)
        if len(cells) > MAX_CELLS:
            break
    _mark_shapes(cells, _widths(table))
    _compact(cells)
    _mark_shading(cells)
    return cells


def _rows(parent: Element) -> Iterator[Element]:
    """The rows that are shown: neither deleted nor hidden."""
    for item in elements(parent):
        if item.tag == qn("w:tr"):
            properties = child(item, "w:trPr")
            if child(properties, "w:del") is None and not is_on(properties, "w:hidden"):
                yield item
        elif item.tag in _ROW_HOLDERS:
            yield from _rows(item)
        elif item.tag == qn("mc:AlternateContent"):
            yield from _rows(chosen(item))


def _cells(parent: Element) -> Iterator[Element]:
    for item in elements(parent):
        if item.tag == qn("w:tc"):
            yield item
        elif item.tag in _ROW_HOLDERS:
            yield from _cells(item)
        elif item.tag == qn("mc:AlternateContent"):
            yield from _cells(chosen(item))


def _place_row(row: Element, number: int, above: dict[int, TableCell], cells: list[TableCell]) -> dict[int, TableCell]:
    """Places the cells of a row; a cell that goes on from `above` makes that one taller. Returns the row by column."""
    properties = child(row, "w:trPr")
    is_header = bool(is_on(properties, "w:tblHeader"))
    column = min(whole(val(properties, "w:gridBefore")), MAX_SPAN)
    placed: dict[int, TableCell] = {}
    last: TableCell | None = None
    for source in _cells(row):
        own = child(source, "w:tcPr")
        width = max(1, min(whole(val(own, "w:gridSpan"), 1), MAX_SPAN))
        upper = above.get(column)
        if _goes_on(own, "w:hMerge") and last is not None:
            last.column_span += width
        elif _goes_on(own, "w:vMerge") and upper is not None and upper.column_span == width:
            upper.row_span += 1
            placed[column], last = upper, None
        else:
            last = TableCell(source, number, column, 1, width, is_header)
            placed[column] = last
            cells.append(last)
        column += width
    return placed


def _goes_on(properties: Element | None, kind: str) -> bool:
    """Whether a cell is no cell of its own, but goes on with its neighbour (`w:vMerge`, `w:hMerge`)."""
    merge = child(properties, kind)
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _compact(cells: list[TableCell]) -> None:
    """Grid lines where no cell begins are none that a reader sees."""
    starts = {column: index for index, column in enumerate(sorted({cell.column for cell in cells}))}
    ordered = sorted(starts)
    for cell in cells:
        end = cell.column + cell.column_span
        cell.column_span = max(1, sum(cell.column <= start < end for start in ordered))
        cell.column = starts[cell.column]


def has_text(source: Element) -> bool:
    """Whether something is written in a cell."""
    return any((item.text or "").strip() for item in source.iter(qn("w:t"))) or any(
        item.tag in _WRITTEN for item in source.iter() if isinstance(item.tag, str)
    )


# ------------------------------------------------------------------ marks
def _mark_shading(cells: list[TableCell]) -> None:
    shades = [
        Shade(cell.row, cell.column, cell.row_span, cell.column_span, _fill(cell.source), has_text(cell.source))
        for cell in cells
    ]
    for index in shaded_places(shades):
        cells[index].mark = cells[index].mark or DrawnMark("■", True, "shading")


def _fill(source: Element) -> str | None:
    """The colour behind a cell, None for white and for none; patterns count by their own colour."""
    shading = child(source, "w:tcPr/w:shd")
    if shading is None:
        return None
    pattern = shading.get(qn("w:val"), "clear")
    ground = shading.get(qn("w:fill"), "auto").lower()
    if pattern not in ("clear", "nil"):
        return f"{pattern} {shading.get(qn('w:color'), 'auto')} {ground}".lower()
    return None if ground in ("auto", "ffffff") or pattern == "nil" else ground


def _widths(table: Element) -> list[int]:
    """Widths of the grid's columns in twentieths of a point."""
    return [whole(item.get(qn("w:w"))) for item in table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]


def _mark_shapes(cells: list[TableCell], widths: list[int]) -> None:
    """Arrows and bars drawn over cells of a row: each empty cell that they cross is marked."""
    if not widths:
        return
    edges = [sum(widths[:index]) for index in range(len(widths) + 1)]
    rows: dict[int, list[TableCell]] = {}
    for cell in cells:
        if cell.column + cell.column_span <= len(widths):
            rows.setdefault(cell.row, []).append(cell)
    for row in rows.values():
        for cell in row:
            for start, end, mark in spans_of_shapes(cell.source):
                _cover(row, edges, edges[cell.column] + start, edges[cell.column] + end, mark)


def _cover(row: list[TableCell], edges: list[int], left: float, right: float, mark: DrawnMark) -> None:
    """Marks the empty cells of a row of which a shape crosses a good part."""
    for cell in row:
        x0, x1 = edges[cell.column], edges[cell.column + cell.column_span]
        if min(x1, right) - max(x0, left) > CROSSED * (x1 - x0) and not has_text(cell.source):
            cell.mark = mark
