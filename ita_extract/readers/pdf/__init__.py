"""Born-digital PDF → Document: the text layer made whole, tables from their rulings, marks from what is drawn."""

from ita_extract.readers.pdf.reader import read_pdf

__all__ = ["read_pdf"]
