"""Small PDFs made in the tests: pages of given content, in the font every viewer has."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

SENTENCE = "This page has a sentence that must be read"


def says(text: str, y: int = 700) -> bytes:
    """Content that prints ASCII text."""
    return f"BT /F1 14 Tf 72 {y} Td ({text}) Tj ET\n".encode()


def with_pages(*contents: bytes) -> pikepdf.Pdf:
    """A PDF with one page for each content."""
    pdf = pikepdf.new()
    for content in contents:
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[-1]
        page.Contents = pdf.make_stream(content)
        page.Resources = Dictionary(Font=Dictionary(F1=font()))
    return pdf


def font(**entries: Any) -> Dictionary:
    """Helvetica, or what `entries` make of it."""
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, **entries)


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    """The bytes of a PDF."""
    out = BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def plain(objects: Sequence[str | bytes], root: int = 1, trailer: str = "") -> bytes:
    """A PDF of objects 1, 2, … written as they are, with a right cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        content = body if isinstance(body, bytes) else body.encode("latin-1")
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer <</Size {len(objects) + 1} /Root {root} 0 R {trailer}>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def stream(content: bytes, entries: str = "") -> bytes:
    """A stream object."""
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries.encode(), len(content), content)
