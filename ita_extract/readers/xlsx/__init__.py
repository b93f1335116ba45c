"""Workbooks (.xlsx, .xlsm) → Document: each sheet a page, its cells as they are displayed."""

from ita_extract.readers.xlsx.reader import read_xlsx

__all__ = ["read_xlsx"]
