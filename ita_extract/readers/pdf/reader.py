"""Born-digital PDF → Document: the text layer made whole, tables from their rulings."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from ita_extract.errors import DamagedError, EmptyInputError, EncryptedError, TooLargeError
from ita_extract.model import Document
from ita_extract.readers.furniture import mark_furniture
from ita_extract.readers.pdf.layout import read_page
from ita_extract.readers.reading import Reading

MAX_PAGES = 5000


def read_pdf(data: bytes, file_name: str, _: int) -> Document:
    """The document in a PDF with a text layer.

    Raises EncryptedError, DamagedError, EmptyInputError (no page has text), TooLargeError.
    """
    reading = Reading()
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            count = len(pdf.pages)
            if count > MAX_PAGES:
                raise TooLargeError(f"{file_name} has {count:,} pages; the limit is {MAX_PAGES:,}")
            for number, page in enumerate(pdf.pages, 1):
                read_page(reading, page, number)
                page.close()
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise EncryptedError(f"{file_name} is locked with a password") from error
        raise DamagedError(f"{file_name} is no readable PDF: {error}") from error
    if not reading.drafts:
        raise EmptyInputError(
            f"{file_name} has {count} pages without a text layer",
            remedy="It is a scan: read it with an OCR program first and give the text.",
        )
    mark_furniture(reading.drafts)
    return reading.document(data, file_name, "application/pdf")
