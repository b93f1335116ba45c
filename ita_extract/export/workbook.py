"""Tables as one workbook for officials: a sheet per table, Thai headings, filters; rows go to the disk as they come."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from ita_extract.errors import ArchiveError, MissingPackageError
from ita_extract.export.sheets import SHEETS, Row, Sheet, Sink
from ita_extract.records.base import Column

FILE = "ita.xlsx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
"""Rows of a sheet and characters of a cell that Excel takes."""
_CUT = " … [ตัดให้พอดีกับเซลล์ ข้อความเต็มอยู่ในไฟล์ CSV]"
_EXACT = 15
"""Digits of a number that Excel keeps; longer ones are written as text."""
_TABS = {"view": "#2E75B6", "table": "#A6A6A6"}
_GUIDE = "คำอธิบาย"


@contextmanager
def workbook(folder: Path) -> Iterator[Sink]:
    """`ita.xlsx`. No text in it is run as a formula or becomes a link. Raises MissingPackageError, ArchiveError."""
    try:
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxWriterException
    except ImportError as error:
        raise MissingPackageError("XLSX", "xlsx") from error
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(folder),
    }
    try:
        with _Target(io.FileIO(folder / FILE, "wb")) as target, xlsxwriter.Workbook(target, options) as book:
            sheets = _Sheets(book)
            yield sheets
            sheets.finish()
    except XlsxWriterException as error:
        raise ArchiveError(f"cannot write {folder / FILE}: {error}") from error


class _Target(io.BufferedWriter):
    """A file that tells of a full disk once: a ZIP archive that is thrown away half-made would write and fail again."""

    _has_failed = False

    def write(self, data: Any) -> int:
        """Writes, unless an earlier write has failed."""
        return self._unless_failed(lambda: super(_Target, self).write(data), len(data))

    def flush(self) -> None:
        """Flushes, unless an earlier write has failed."""
        self._unless_failed(lambda: super(_Target, self).flush() or 0, 0)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Seeks, unless an earlier write has failed."""
        return self._unless_failed(lambda: super(_Target, self).seek(offset, whence), 0)

    def tell(self) -> int:
        """Tells, unless an earlier write has failed."""
        return self._unless_failed(super().tell, 0)

    def _unless_failed(self, action: Callable[[], int], otherwise: int) -> int:
        if self._has_failed or self.closed:
            return otherwise
        try:
            return action()
        except OSError:
            self._has_failed = True
            raise


class _Sheets:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "border": 1, "text_wrap": True, "valign": "top"}
        )
        self._cell = book.add_format({"text_wrap": True, "valign": "top"})
        self._number = book.add_format({"valign": "top"})
        self._names: set[str] = set()
        self._guide()
        views_first = sorted(SHEETS, key=lambda sheet: sheet.table is not None)
        self._open = {sheet.name: _Page(sheet) for sheet in views_first}
        for page in self._open.values():
            self._begin(page)

    def write(self, name: str, rows: Iterable[Row], year: int | None) -> None:
        """See Sink."""
        for row in rows:
            page = self._open[name]
            if page.row == MAX_ROWS:
                self._end(page)
                page = self._open[name] = _Page(page.sheet)
                self._begin(page)
            for at, value in enumerate(row.values()):
                self._put(page, at, value)
            page.row += 1

    def finish(self) -> None:
        """Filters over all that was written."""
        for page in self._open.values():
            self._end(page)

    def _begin(self, page: _Page) -> None:
        sheet = page.sheet
        page.out = self._book.add_worksheet(self._name(sheet))
        page.out.set_tab_color(_TABS["table" if sheet.table else "view"])
        page.out.freeze_panes(1, 0)
        for at, column in enumerate(sheet.columns):
            page.out.set_column(at, at, _width(column))
            page.out.write_string(0, at, column.title_th, self._head)

    def _name(self, sheet: Sheet) -> str:
        """The Thai title as Excel takes it: at most 31 characters, some signs not at all, each name once."""
        name = sheet.title_th.translate(str.maketrans("[]:*?/\\", "()-- --"))
        number = 1
        found = name[:31]
        while found in self._names:
            number += 1
            ending = f" ({number})"
            found = name[: 31 - len(ending)] + ending
        self._names.add(found)
        return found

    def _end(self, page: _Page) -> None:
        page.out.autofilter(0, 0, max(1, page.row - 1), len(page.sheet.columns) - 1)

    def _put(self, page: _Page, at: int, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            page.out.write_boolean(page.row, at, value, self._number)
        elif isinstance(value, int | Decimal) and len(str(value).strip("-0.").replace(".", "")) <= _EXACT:
            page.out.write_number(page.row, at, value, self._number)
        else:
            page.out.write_string(page.row, at, _fitting(str(value)), self._cell)

    def _guide(self) -> None:
        """A sheet that says what each column is called in the other formats, and what it means."""
        out = self._book.add_worksheet(_GUIDE)
        out.freeze_panes(1, 0)
        for at, (title, width) in enumerate(
            (("ตาราง", 28), ("table", 20), ("คอลัมน์", 28), ("column", 24), ("meaning", 70))
        ):
            out.set_column(at, at, width)
            out.write_string(0, at, title, self._head)
        row = 0
        for sheet in SHEETS:
            for column in sheet.columns:
                row += 1
                entry = (sheet.title_th, sheet.name, column.title_th, column.name, column.description)
                for at, text in enumerate(entry):
                    out.write_string(row, at, text, self._cell)
        out.autofilter(0, 0, row, 4)


class _Page:
    """A sheet of the workbook in the making; a table that is longer than a sheet goes on on the next."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.row = 1
        self.out: Any = None


def _width(column: Column) -> int:
    """Characters. Texts wrap; numbers and flags are short."""
    if column.kind != "string" or column.enum:
        return 14
    return 22 if column.name.endswith(("_id", "_date", "_time", "where")) else 42


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - len(_CUT)] + _CUT
