"""Word documents (.docx, .docm) → Document: text as the reader sees it, numbering, tables, marks."""

from ita_extract.readers.docx.reader import read_docx

__all__ = ["read_docx"]
