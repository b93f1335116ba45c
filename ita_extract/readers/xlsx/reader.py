"""Workbook → Document."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from lxml import etree

from ita_extract.errors import DamagedError, EmptyInputError
from ita_extract.model import Document
from ita_extract.readers.drafts import Draft, DraftCell, DraftFigure, DraftParagraph, DraftTable, paragraphs_of
from ita_extract.readers.furniture import mark_furniture
from ita_extract.readers.ooxml import Package
from ita_extract.readers.options import ReadOptions
from ita_extract.readers.reading import Reading
from ita_extract.readers.text_lines import Piece, TextLine
from ita_extract.readers.type_headings import heading_level
from ita_extract.readers.xlsx.drawings import read_drawings
from ita_extract.readers.xlsx.layout import GridCell, Layout, Title
from ita_extract.readers.xlsx.sheet import Place, Sheet, SheetCell, read_cells, read_structure
from ita_extract.readers.xlsx.styles import with_plain_styles
from ita_extract.thai.text import key

_MEDIA_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}
_DAMAGED = "Open the file in a spreadsheet program and save it as a new .xlsx."
_OPENPYXL_ERRORS = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, EOFError, ParseError, etree.XMLSyntaxError,
    zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_DEFAULT_NAME = re.compile(
    r"\s*(?:sheet|แผ่นงาน|ชีต|ชีท|แผ่น|table|page)?\s*[\d๐-๙]*\s*(?:\([\d๐-๙]+\))?\s*", re.IGNORECASE
)
MIN_NAME = 6
"""A name of fewer letters is a label for the one who made the file."""


def read_xlsx(data: bytes, file_name: str, options: ReadOptions) -> Document:
    """The document in a workbook: its visible sheets, rows and columns, as they were last calculated.

    Raises DamagedError, EmptyInputError, EncryptedError, TooLargeError, UnsupportedInputError.
    """
    package = Package(data, file_name, options.max_bytes)
    try:
        reading = _book(package, package.transitional() or data)
    except _OPENPYXL_ERRORS as error:
        plain = with_plain_styles(package)
        if plain is None:
            raise _damaged(file_name, error) from error
        try:
            reading = _book(package, plain)
        except _OPENPYXL_ERRORS as second:
            raise _damaged(file_name, second) from second
        reading.warnings.append("the looks of cells could not be read: shaded cells and bold type were not seen")
    if not any(isinstance(found, DraftParagraph) for found in paragraphs_of(reading.drafts)):
        raise EmptyInputError(f"{file_name} holds no text")
    mark_furniture(reading.drafts)
    return reading.document(data, file_name, _MEDIA_TYPES.get(Path(file_name).suffix.lower(), _MEDIA_TYPES[".xlsx"]))


def _book(package: Package, data: bytes) -> Reading:
    reading = Reading()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for name, part in _sheets(package, book, reading):
            _read_sheet(package, book[name], part, reading)
    return reading


def _damaged(file_name: str, error: Exception) -> DamagedError:
    reason = (str(error).splitlines() or [type(error).__name__])[0]
    return DamagedError(f"{file_name} is no readable workbook: {reason}", remedy=_DAMAGED)


def _sheets(package: Package, book: Any, reading: Reading) -> Iterator[tuple[str, str]]:
    """Names and parts of the visible worksheets, in the order of their tabs."""
    main = package.main_part()
    root = package.xml(main)
    relations = package.relations(main)
    for item in root.iter("{*}sheet") if root is not None else ():
        name = item.get("name", "")
        relation = next((relations[v] for k, v in item.attrib.items() if k.endswith("}id") and v in relations), None)
        if item.get("state", "visible") != "visible":
            reading.warnings.append(f"the hidden sheet '{name}' was left out")
        elif relation is not None and relation.target and relation.kind == "worksheet" and name in book.sheetnames:
            yield name, relation.target


def _read_sheet(package: Package, rows: Any, part: str, reading: Reading) -> None:
    sheet = Sheet(rows.title)
    read_structure(sheet, package.read(part) or b"")
    rows.reset_dimensions()
    read_cells(sheet, rows.iter_rows())
    drawings = read_drawings(package, part, sheet)
    _warn(sheet, reading)
    page = max((draft.page for draft in reading.drafts), default=0) + 1
    parts = list(Layout(sheet, drawings.marks).parts())
    usual = Counter(cell.size for cell in sheet.cells.values() if cell.text).most_common(1)
    reading.size = usual[0][0] if usual else 0.0
    before = len(reading.drafts)
    if parts and _says_something(sheet):
        (quote,) = reading.quotes([TextLine([Piece(sheet.name)])])
        reading.drafts.append(DraftParagraph(quote.strip(), page, "heading", 2))
    for found in parts:
        if isinstance(found, Title):
            reading.drafts += _title(sheet, found, page, reading)
        else:
            reading.drafts.append(_table(sheet, found, page, reading))
    for text in drawings.texts:
        reading.drafts += _paragraphs([TextLine([Piece(text)])], page, reading)
    for _ in range(drawings.pictures):
        (quote,) = reading.quotes([TextLine()])
        reading.drafts.append(DraftFigure(quote, page, is_present=True))
    if len(reading.drafts) == before:
        reading.warnings.append(f"the sheet '{sheet.name}' is empty")


def _says_something(sheet: Sheet) -> bool:
    """Whether a sheet's name tells what its cells do not."""
    name = key(sheet.name)
    if len(name) < MIN_NAME or _DEFAULT_NAME.fullmatch(sheet.name):
        return False
    return all(name not in key(cell.text) for cell in sheet.cells.values() if cell.text)


def _warn(sheet: Sheet, reading: Reading) -> None:
    hidden_rows = {row for row, _ in sheet.cells} & sheet.hidden_rows
    hidden_columns = {column for _, column in sheet.cells} & sheet.hidden_columns
    if hidden_rows or hidden_columns:
        reading.warnings.append(
            f"sheet '{sheet.name}': {len(hidden_rows)} hidden rows and {len(hidden_columns)} columns were left out"
        )
    if sheet.uncounted:
        shown = ", ".join([*sheet.uncounted.values()][:5]) + (", …" if len(sheet.uncounted) > 5 else "")
        reading.warnings.append(
            f"sheet '{sheet.name}': {len(sheet.uncounted)} formulas have no stored result ({shown}); "
            "open and save the file in a spreadsheet program to read them"
        )


def _title(sheet: Sheet, title: Title, page: int, reading: Reading) -> list[Draft]:
    cell = sheet.cells[title.place]
    drafts = _paragraphs(_lines(cell), page, reading)
    level = heading_level(TextLine([Piece(cell.text, cell.is_bold, cell.size)]), reading.size)
    for draft in drafts if level else ():
        if isinstance(draft, DraftParagraph):
            draft.role, draft.level = "heading", level
    return drafts


def _table(sheet: Sheet, cells: tuple[GridCell, ...], page: int, reading: Reading) -> DraftTable:
    drafts = []
    for cell in cells:
        blocks = _content(sheet, cell.place, cell, page, reading)
        drafts.append(DraftCell(cell.row, cell.column, cell.row_span, cell.column_span, blocks))
    return DraftTable(drafts, page)


def _content(sheet: Sheet, place: Place, cell: GridCell, page: int, reading: Reading) -> list[Draft]:
    if cell.mark is not None:
        return _paragraphs([TextLine([Piece(cell.mark.glyph, mark=cell.mark)])], page, reading)
    found = sheet.cells.get(place)
    return _paragraphs(_lines(found), page, reading) if found is not None else []


def _lines(cell: SheetCell) -> list[TextLine]:
    """The lines of a cell, then the check boxes that lie on it, each with its caption."""
    lines = [TextLine([Piece(line, cell.is_bold, cell.size)]) for line in re.split(r"\r\n?|\n", cell.text)]
    for mark, caption in cell.boxes:
        lines.append(TextLine([Piece(mark.glyph, mark=mark), Piece(f" {caption}".rstrip())]))
    return lines


def _paragraphs(lines: list[TextLine], page: int, reading: Reading) -> list[Draft]:
    shown = [line for line in lines if line.text.strip()]
    return [DraftParagraph(text, page) for quote in reading.quotes(shown) if (text := quote.strip())]
