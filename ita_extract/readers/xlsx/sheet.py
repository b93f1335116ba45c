"""One sheet of a workbook: the cells that say something, merged ranges, what is hidden. Read in one stream."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple

from lxml import etree
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries

from ita_extract.readers.marks import DrawnMark
from ita_extract.readers.symbol_fonts import sign_of
from ita_extract.readers.xlsx.display import THAI_BUILT_IN, displayed

MAX_BLANK = 20
"""After so many rows without text, colours and frames are not kept: whole columns are often formatted to the end."""
MAX_FILL_COLUMN = 400
DEFAULT_WIDTH = 8.43
"""Width of a column where none is set, in characters (ECMA-376, 18.3.1.81)."""

Place = tuple[int, int]


class SheetCell(NamedTuple):
    """What a cell shows: its text and type, the colour behind it (None: none, white), check boxes that lie on it."""

    text: str
    fill: str | None = None
    is_bold: bool = False
    size: float = 0.0
    boxes: tuple[tuple[DrawnMark, str], ...] = ()
    """Each with its caption."""


class Merge(NamedTuple):
    """A merged range, both ends included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet by (row, column), from 1. `framed` counts the cells with a frame in each row."""

    name: str
    cells: dict[Place, SheetCell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    framed: dict[int, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    widths: dict[int, float] = field(default_factory=dict)
    uncounted: dict[Place, str] = field(default_factory=dict)
    """References of cells with a formula whose result the file does not hold."""


def read_cells(sheet: Sheet, rows: Iterable[tuple[Any, ...]]) -> None:
    """Adds the cells of openpyxl's rows (read-only, values only): text, and colours near text."""
    blank = 0
    for row in rows:
        cells = [cell for cell in row if cell.data_type is not None and hasattr(cell, "row")]
        texts = {cell.column: text for cell in cells if cell.value is not None and (text := _text(cell)).strip()}
        blank = 0 if texts else blank + 1
        if blank > MAX_BLANK or not cells:
            continue
        framed = 0
        for cell in cells:
            text = texts.get(cell.column, "")
            if not text and (not cell.has_style or cell.column > MAX_FILL_COLUMN):
                continue
            framed += _is_framed(cell)
            fill = _fill(cell)
            if text or fill:
                font = cell.font
                look = (bool(font.b), float(font.sz or 0)) if text and font is not None else (False, 0.0)
                sheet.cells[cell.row, cell.column] = SheetCell(text, fill, *look)
        if framed:
            sheet.framed[cells[0].row] = framed


def _text(cell: Any) -> str:
    style = cell.style_array.numFmtId
    text = displayed(cell.value, THAI_BUILT_IN.get(style, cell.number_format or "General"))
    name = cell.font.name if cell.font is not None else None
    return "".join(sign_of(name, char) for char in text) if name else text


def _is_framed(cell: Any) -> bool:
    border = cell.border
    sides = (border.left, border.right, border.top, border.bottom) if border is not None else ()
    return sum(side is not None and side.style is not None for side in sides) >= 2


def _fill(cell: Any) -> str | None:
    """The colour behind a cell as a word of its own for each colour; None for white and none."""
    fill = cell.fill
    pattern = getattr(fill, "patternType", None)
    if pattern in (None, "none"):
        return "gradient" if type(fill).__name__ == "GradientFill" else None
    color = fill.fgColor
    kind, tint = color.type, color.tint or 0
    value = str({"rgb": color.rgb, "theme": color.theme, "indexed": color.indexed}.get(kind, ""))
    is_white = (kind, value[-6:].upper()) == ("rgb", "FFFFFF") or (kind, value) in (("theme", "0"), ("indexed", "9"))
    return None if is_white and not tint and pattern == "solid" else f"{pattern} {kind} {value} {tint:.2f}"


# ------------------------------------------------------------------ what openpyxl's rows do not tell
def read_structure(sheet: Sheet, xml: bytes) -> None:
    """Adds merged ranges, hidden rows and columns, widths, and formulas without a stored result."""
    hides_rows = False
    for _, item in etree.iterparse(
        BytesIO(xml), events=("end",), tag=_STRUCTURE, resolve_entities=False, no_network=True
    ):
        name = etree.QName(item).localname
        if name == "c":
            place = place_of(item.get("r", ""))
            if place is not None and item.find("{*}f") is not None and not item.findtext("{*}v"):
                sheet.uncounted[place] = item.get("r")
                sheet.cells[place] = SheetCell("")
        elif name == "row":
            if _is_true(item.get("hidden"), default=hides_rows):
                sheet.hidden_rows.add(int(item.get("r") or 0))
            item.clear()
            while item.getprevious() is not None:
                del item.getparent()[0]
        elif name == "col":
            _column(sheet, item)
        elif name == "sheetFormatPr":
            hides_rows = _is_true(item.get("zeroHeight"))
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(item.get("ref", "A1"))
            if None not in (left, top, right, bottom):
                sheet.merges.append(Merge(int(top or 1), int(left or 1), int(bottom or 1), int(right or 1)))


_STRUCTURE = tuple("{*}" + name for name in ("c", "row", "col", "sheetFormatPr", "mergeCell"))


def _column(sheet: Sheet, item: Any) -> None:
    first, last = int(item.get("min", "1")), min(int(item.get("max", "1")), 16384)
    for column in range(first, last + 1):
        if _is_true(item.get("hidden")):
            sheet.hidden_columns.add(column)
        sheet.widths[column] = float(item.get("width") or DEFAULT_WIDTH)


def _is_true(text: str | None, *, default: bool = False) -> bool:
    return default if text is None else text.lower() in ("1", "true")


def place_of(reference: str) -> Place | None:
    """(row, column) of `$B$3`, None when it is no reference to a cell."""
    cell = reference.rpartition("!")[2].replace("$", "")
    if not re.fullmatch(r"[A-Za-z]{1,3}[1-9]\d{0,6}", cell):
        return None
    row, column = coordinate_to_tuple(cell)
    return int(row), int(column)
