"""A document as read, written as a workbook: one sheet, each paragraph a merged row, each table in frames."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from ita_extract.model import Document, Paragraph, Table

from .word import HEADINGS

POINTS = 11
_LINE = Side(style="thin")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def write_xlsx(document: Document, target: Path) -> None:
    """Headings bold and larger; a blank row before and after each table. Cells hold text only: no nested tables."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    row = 1
    for _, block in document.blocks():
        if isinstance(block, Table):
            row = _table(sheet, block, row + 1) + 1
        else:
            cell = sheet.cell(row, 1, block.quote.text)
            level = block.level if isinstance(block, Paragraph) and block.role == "heading" else None
            size = POINTS * (1 if level is None else HEADINGS.get(level, 1.08))
            cell.font = Font(name="TH Sarabun New", bold=level is not None, size=size)
            row += 1
    book.save(target)


def _table(sheet: Worksheet, table: Table, top: int) -> int:
    """Writes a table from row `top` on; returns the row behind it."""
    for row in range(table.n_rows):
        for column in range(table.n_columns):
            sheet.cell(top + row, 1 + column).border = _FRAME
    for cell in table.cells:
        row, column = top + cell.row, 1 + cell.column
        sheet.cell(row, column, cell.text or None).font = Font(name="TH Sarabun New", size=POINTS)
        if cell.row_span > 1 or cell.column_span > 1:
            sheet.merge_cells(None, row, column, row + cell.row_span - 1, column + cell.column_span - 1)
    return top + table.n_rows
