"""PDFs whose index of objects is lost: opened by PDFium, which finds the objects again, and written anew.

pdfminer finds lost objects only where a trailer in plain text tells where to begin; files of today have none. PDFium
(the library of Chromium, fuzzed for years) needs none.
"""

from __future__ import annotations

from io import BytesIO

import pypdfium2


def recovered(data: bytes) -> bytes | None:
    """The file put together from what is left of it, None where PDFium finds no page either."""
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if not len(pdf):
                return None
            out = BytesIO()
            pdf.save(out)
            return out.getvalue()
    except pypdfium2.PdfiumError:
        return None
