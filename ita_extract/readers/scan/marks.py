"""Marks that a page image shows, put among the characters at the place where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ita_extract.geometry import Box
from ita_extract.readers.marks import DrawnMark, cell_mark
from ita_extract.readers.pdf.calendar_marks import CalendarGrid, covers
from ita_extract.readers.pdf.grid import Grid, GridCell
from ita_extract.readers.pdf.marks import CellChars, box_char, calendars_of, cell_char, circle_marks, in_order
from ita_extract.readers.pdf.text import Char
from ita_extract.vision.check_boxes import PixelBox
from ita_extract.vision.month_marks import StripMark, strip_marks
from ita_extract.vision.page_image import Gray
from ita_extract.vision.pen_circles import PenCircle
from ita_extract.vision.straighten import StraightPage
from ita_extract.vision.ticks import is_tick

READABLE = 0.75
"""Confidence of OCR from which letters in a cell are text, and no mark taken for letters: ticks on scans of prints are
read as nothing, or as `v` and `/` with 0.5 to 0.73."""
LONGEST_MISREAD = 3
"""Signs for which OCR takes a tick at most."""
INK = 150
"""Grey level below which a pixel of a straight page is a pen's or a printer's ink."""
TINT = 0.04
"""Difference in brightness by which two cells are shaded differently."""
GLYPHS = {
    "shading": DrawnMark("■", True, "shading"),
    "hatching": DrawnMark("■", True, "shading"),
    "bar": DrawnMark("▬", True, "bar"),
    "arrow": DrawnMark("→", True, "arrow"),
    "tick": DrawnMark("✓", True, "pixels"),
    "dot": DrawnMark("●", True, "pixels"),
}


class MarkedPage(NamedTuple):
    """A straight page with its check boxes and circles; `text` is the page without them and without rulings, `body` the
    height of consonants in pixels."""

    page: StraightPage
    boxes: Sequence[PixelBox]
    circles: Sequence[PenCircle]
    text: Gray
    body: float


def with_pixel_marks(
    marked: MarkedPage,
    chars: Sequence[Char],
    grids: Sequence[Grid],
    cells: CellChars,
    last_calendar: list[float],
) -> list[Char]:
    """The characters with those that stand for check boxes and for marks in cells, in the order of writing."""
    page, boxes = marked.page, marked.boxes
    unit = page.dpi / 72
    kept = list(chars)
    added = [_box(box, unit, kept) for box in boxes]
    added += circle_marks([letters for circle in marked.circles if (letters := _inside(circle, unit, kept))], kept)
    for grid, calendar in calendars_of(grids, cells, last_calendar):
        marks, wrong = _tick_marks(marked, grid, cells) if calendar is None else _calendar_marks(page, calendar, cells)
        kept = [char for char in kept if id(char) not in wrong]
        for cell in grid.cells:
            if id(cell) in marks:
                own = [char for char in cells.get(id(cell), ()) if id(char) not in wrong]
                added.append(cell_char(cell.box, marks[id(cell)], own))
    return in_order(kept, added)


def _box(box: PixelBox, unit: float, chars: Sequence[Char]) -> Char:
    place = Box(box.x0 / unit, box.y0 / unit, box.x1 / unit, box.y1 / unit)
    glyph = "�" if box.state is None else "☑" if box.state else "☐"
    return box_char(place, DrawnMark(glyph, box.state, "pixels", box.fill_ratio), chars)


def _inside(circle: PenCircle, unit: float, chars: Sequence[Char]) -> list[Char]:
    """The words that a circle goes round."""
    box = Box(circle.x0 / unit, circle.top / unit, circle.x1 / unit, circle.bottom / unit)
    held = [c for c in chars if c["text"].strip() and box.holds((c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2)]
    return sorted(held, key=lambda c: (c["baseline"], c["x0"]))


# ------------------------------------------------------------------ ticks in cells
def _tick_marks(marked: MarkedPage, grid: Grid, cells: CellChars) -> tuple[dict[int, DrawnMark], set[int]]:
    """The ticks in cells that hold nothing else, and the characters that OCR took them for."""
    marks: dict[int, DrawnMark] = {}
    wrong: set[int] = set()
    for cell in grid.cells:
        own = cells.get(id(cell), ())
        signs = [sign for char in own for sign in char["text"] if not sign.isspace()]
        if cell.grids or len(signs) > LONGEST_MISREAD or _letters(own):
            continue
        x0, y0, x1, y1 = _pixels(cell.box, marked.page.dpi)
        inner = marked.text[y0 + 2 : y1 - 2, x0 + 2 : x1 - 2]
        if inner.size and is_tick((inner < INK).astype(np.uint8), marked.body):
            marks[id(cell)] = GLYPHS["tick"]
            wrong |= {id(char) for char in own}
    return marks, wrong


# ------------------------------------------------------------------ months
def _calendar_marks(
    page: StraightPage, calendar: CalendarGrid, cells: CellChars
) -> tuple[dict[int, DrawnMark], set[int]]:
    """The mark of each month cell, and the characters that OCR took marks for."""
    marks: dict[int, DrawnMark] = {}
    wrong: set[int] = set()
    months = list(calendar.cells())
    for row in sorted({cell.row for cell in months}):
        band = sorted((c for c in months if c.row <= row < c.row + c.row_span), key=lambda c: c.column)
        written = {id(cell): _letters(cells.get(id(cell), ())) for cell in band}
        for run in _runs(band):
            for mark in strip_marks(page.gray, [_pixels(cell.box, page.dpi) for cell in run], page.dpi):
                for cell in _marked(mark, run, written, page, calendar):
                    marks.setdefault(id(cell), GLYPHS[mark.kind])
                    wrong |= {id(char) for char in cells.get(id(cell), ())}
    return marks, wrong


def _letters(chars: Sequence[Char]) -> int:
    """How many letters and digits a cell holds, read with confidence; 0 where a mark was taken for letters."""
    text = "".join(char["text"] for char in chars).strip()
    if cell_mark(text) is not None or min((char["confidence"] for char in chars), default=0.0) < READABLE:
        return 0
    return sum(sign.isalnum() for sign in text)


def _runs(band: Sequence[GridCell]) -> Iterator[list[GridCell]]:
    """Cells side by side: totals of quarters may stand between months."""
    run: list[GridCell] = []
    for cell in band:
        if run and cell.column != run[-1].column + run[-1].column_span:
            yield run
            run = []
        run.append(cell)
    if run:
        yield run


def _pixels(box: Box, dpi: float) -> tuple[int, int, int, int]:
    unit = dpi / 72
    return round(box.x0 * unit), round(box.top * unit), round(box.x1 * unit), round(box.bottom * unit)


def _marked(
    mark: StripMark, run: Sequence[GridCell], written: dict[int, int], page: StraightPage, calendar: CalendarGrid
) -> Iterator[GridCell]:
    """The cells that a mark stands for. A tick may be a letter, a dot or a bar one letter at most."""
    unit = page.dpi / 72
    box = Box(mark.x0 / unit, mark.y0 / unit, mark.x1 / unit, mark.y1 / unit)
    most = {"tick": 0, "shading": 0, "hatching": 0}.get(mark.kind, 1)
    for cell in run:
        is_small = mark.kind in ("tick", "dot")
        hit = cell.box.x0 <= (box.x0 + box.x1) / 2 <= cell.box.x1 if is_small else covers(box, cell.box)
        if (
            hit
            and written[id(cell)] <= most
            and not (mark.kind == "shading" and _is_ground(mark, cell, page, calendar))
        ):
            yield cell


def _is_ground(mark: StripMark, cell: GridCell, page: StraightPage, calendar: CalendarGrid) -> bool:
    """Whether the whole row, or the column with its head, is tinted alike."""
    grid = calendar.grid
    beside = [c for c in grid.cells if c.row <= cell.row < c.row + c.row_span and c.column not in calendar.columns]
    if beside and _brightness(page, beside[0]) - mark.brightness < TINT:
        return True
    heads = [c for c in grid.cells if c.row < calendar.first_row and c.column in calendar.columns]
    own = next((h for h in reversed(heads) if h.column <= cell.column < h.column + h.column_span), None)
    if own is None:
        return False
    tint = _brightness(page, own)
    usual = sorted(_brightness(page, head) for head in heads)[len(heads) // 2]
    return abs(tint - mark.brightness) < TINT and usual - tint > TINT


def _brightness(page: StraightPage, cell: GridCell) -> float:
    """Median brightness of a cell's ground as share of paper's."""
    x0, y0, x1, y1 = _pixels(cell.box, page.dpi)
    inner = page.gray[y0 + 3 : y1 - 3, x0 + 3 : x1 - 3]
    if inner.size == 0:
        return 1.0
    values = sorted(inner.reshape(-1)[:: max(1, inner.size // 2000)].tolist())
    return float(values[int(0.6 * len(values))]) / 255
