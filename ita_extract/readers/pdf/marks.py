"""Everything that a PDF page marks without writing it, put among its characters at the place where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ita_extract.geometry import Box, Stroke
from ita_extract.lexicon import load
from ita_extract.readers.marks import DrawnMark
from ita_extract.readers.pdf.calendar_marks import (
    CalendarGrid,
    calendar_grid,
    calendar_marks,
    cell_text,
    middles_of,
    tick_marks,
)
from ita_extract.readers.pdf.check_boxes import FoundBox, circled, find_boxes
from ita_extract.readers.pdf.form_fields import field_values
from ita_extract.readers.pdf.grid import Grid
from ita_extract.readers.pdf.shapes import Shape, added_shapes, shapes_of
from ita_extract.readers.pdf.text import Char

MAX_SHAPES = 20_000
"""A page with more shapes is a drawing or a map; marks are not looked for."""
CellChars = dict[int, list[Char]]


def with_marks(
    page: Any,
    strokes: tuple[Sequence[Stroke], Sequence[Stroke]],
    chars: Sequence[Char],
    grids: Sequence[Grid],
    cells: CellChars,
    last_calendar: list[float],
) -> list[Char]:
    """The characters with those that stand for drawn marks and filled form fields, in the order of writing.

    `cells` holds the characters of each grid cell. `last_calendar` says where the columns of the last month grid lay;
    it is brought up to date.
    """
    shapes = [*shapes_of(page), *added_shapes(page)]
    fields = list(field_values(page))
    kept = list(chars)
    added = [char for value in fields for char in _field_chars(value.box, value.text, value.mark, chars)]
    if len(shapes) > MAX_SHAPES or not shapes:
        return in_order(kept, added)
    places = [value.box for value in fields if value.mark is not None]
    boxes = [box for box in find_boxes(shapes, *strokes, chars) if not any(p.contains(box.box, 3) for p in places)]
    used = {id(box.glyph) for box in boxes if box.glyph is not None}
    kept = [char for char in kept if id(char) not in used]
    free = [shape for shape in shapes if not any(_is_part(shape, box) for box in boxes)]
    found = list(calendars_of(grids, cells, last_calendar))
    boxes = lone_ones_set(boxes, [calendar for _, calendar in found if calendar is not None])
    added += [box_char(box.box, box.mark, kept) for box in boxes]
    added += circle_marks([letters for _, letters in circled(free, kept)], kept)
    added += list(_grid_marks(found, free, cells))
    return in_order(kept, added)


def in_order(chars: Sequence[Char], added: Sequence[Char]) -> list[Char]:
    """The characters with the added ones at their places in the order of writing."""
    before: dict[int, list[Char]] = {}
    last: list[Char] = []
    for char in sorted(added, key=lambda c: c["x0"]):
        follower = char.pop("follower", None)
        (last if follower is None else before.setdefault(id(follower), [])).append(char)
    return [*(c for char in chars for c in (*before.get(id(char), ()), char)), *last]


def _is_part(shape: Shape, box: FoundBox) -> bool:
    return shape in box.ink or box.box.contains(shape.box, 1.5)


def calendars_of(
    grids: Iterable[Grid], cells: CellChars, last: list[float]
) -> Iterator[tuple[Grid, CalendarGrid | None]]:
    """Every grid, those inside cells too, with what it is as a calendar."""
    for grid in _with_inner(grids):
        text = {id(cell): cell_text(cells.get(id(cell), ())) for cell in grid.cells}
        calendar = calendar_grid(grid, text, last)
        if calendar is not None:
            last[:] = middles_of(calendar)
        yield grid, calendar


def lone_ones_set(boxes: Sequence[FoundBox], calendars: Iterable[CalendarGrid]) -> list[FoundBox]:
    """The boxes; hollow ones in few months of a row are marks by themselves (`○`), not boxes left empty."""
    found = list(boxes)
    for calendar in calendars:
        rows: dict[int, list[int]] = {}
        for number, box in enumerate(found):
            cell = calendar.grid.cell_at(*box.box.middle)
            if cell is not None and cell.column in calendar.columns and cell.row >= calendar.first_row:
                rows.setdefault(cell.row, []).append(number)
        for numbers in rows.values():
            if 2 * len(numbers) <= len(calendar.columns) and not any(found[n].mark.state for n in numbers):
                for n in numbers:
                    found[n] = replace(found[n], mark=DrawnMark("●", True, "pixels"))
    return found


def _grid_marks(
    found: Iterable[tuple[Grid, CalendarGrid | None]], shapes: Sequence[Shape], cells: CellChars
) -> Iterator[Char]:
    for grid, calendar in found:
        own = [shape for shape in shapes if grid.box.contains(shape.box, 3.0)]
        if not own:
            continue
        if calendar is None:
            marks = tick_marks(grid, {key: cell_text(chars) for key, chars in cells.items()}, own)
        else:
            marks = calendar_marks(calendar, own)
        for cell in grid.cells:
            if id(cell) in marks:
                yield cell_char(cell.box, marks[id(cell)], cells.get(id(cell), ()))


def _with_inner(grids: Iterable[Grid]) -> Iterator[Grid]:
    for grid in grids:
        yield grid
        yield from _with_inner(inner for cell in grid.cells for inner in cell.grids)


# ------------------------------------------------------------------ characters that stand for marks
def _char(
    text: str, box: Box, like: Char | None, mark: DrawnMark | None, size: float, follower: Char | None = None
) -> Char:
    """A character at a place on the page, on the line of `like`, before its `follower`."""
    return {
        "text": text,
        "x0": box.x0,
        "x1": box.x1,
        "top": like["top"] if like else box.top,
        "bottom": like["bottom"] if like else box.bottom,
        "size": like["size"] if like else size,
        "baseline": like["baseline"] if like else box.bottom,
        "turned": False,
        "bold": False,
        "fontname": "",
        "follower": follower,
        **({"drawn": mark} if mark else {}),
    }


def box_char(box: Box, mark: DrawnMark, chars: Sequence[Char]) -> Char:
    like, follower = _neighbours(box, chars)
    return _char(mark.glyph, box, like, mark, box.height, follower)


def cell_char(cell: Box, mark: DrawnMark, chars: Sequence[Char]) -> Char:
    """A mark in the middle of an empty cell, or before the cell's text."""
    first = min((c for c in chars if c["text"].strip()), key=lambda c: (c["baseline"], c["x0"]), default=None)
    if first is not None:
        return _before(first, mark)
    size = min(10.0, 0.7 * cell.height, 0.9 * cell.width)
    x, y = cell.middle
    return _char(mark.glyph, Box(x - size / 2, y - size / 2, x + size / 2, y + size / 2), None, mark, size)


def _before(char: Char, mark: DrawnMark) -> Char:
    """A mark right before a letter."""
    place = Box(char["x0"] - 0.2, char["top"], char["x0"] - 0.1, char["bottom"])
    return _char(mark.glyph, place, char, mark, char["size"], char)


def _neighbours(box: Box, chars: Sequence[Char]) -> tuple[Char | None, Char | None]:
    """The letter next to a box on its line, and the first character behind it."""
    y = (box.top + box.bottom) / 2
    level = [c for c in chars if c["top"] - 2 <= y <= c["bottom"] + 2 and not c["turned"]]
    letters = [c for c in level if c["text"].strip()]
    like = min(letters, key=lambda c: max(c["x0"] - box.x1, box.x0 - c["x1"]), default=None)
    if like is None:
        return None, None
    x = (box.x0 + box.x1) / 2
    line = [c for c in level if abs(c["baseline"] - like["baseline"]) < 0.4 * like["size"] and c["x0"] >= x]
    return like, min(line, key=lambda c: c["x0"], default=None)


def _field_chars(box: Box, text: str, mark: DrawnMark | None, chars: Sequence[Char]) -> Iterator[Char]:
    if mark is not None:
        yield box_char(box, mark, chars)
        return
    lines = text.split("\n")
    height = min(box.height / len(lines), 14.0)
    for number, line in enumerate(lines):
        top = box.top + number * height
        place = Box(box.x0, top, box.x1, top + height)
        like, follower = _neighbours(place, chars) if len(lines) == 1 else (None, None)
        yield _char(line, place, like, None, 0.8 * height, follower)


def circle_marks(found: Sequence[Sequence[Char]], chars: Sequence[Char]) -> Iterator[Char]:
    """A mark before each circled option (its characters) that stands beside others of its kind on the same line."""
    inside = {id(char) for letters in found for char in letters}
    for letters in found:
        first = letters[0]
        line = [c for c in chars if abs(c["baseline"] - first["baseline"]) < 0.4 * first["size"] and c["text"].strip()]
        others = [c for c in line if id(c) not in inside]
        if all(c["text"].isdigit() for c in letters):
            others = [c for c in others if c["text"].isdigit()]
        if others:
            yield _before(first, DrawnMark(load("marks")["circled"], True, "pixels"))
