"""The short way of the content parser gives what pdfminer's own gives, on any bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF

from ita_extract.readers.pdf.content_parser import ContentParser

PRINTS = Path(__file__).resolve().parents[1] / "prints"
WORDS = [
    b"q", b"Q", b"f*", b"'", b'"', b"T*", b"TJ", b"BT", b"true", b"false", b"null", b"12", b"-3", b"+.5",
    b"4.", b".", b"-", b"1.5e3", b"--4", b"0012", b"12abc", b"d0", b"[", b"]", b"<<", b">>", b"<", b">",
    b"<0a1B>", b"<0a1>", b"<0 a>", b"<zz>", b"(", b")", b"(plain)", b"((in)side)", b"(\\051\\n)", b"(a\rb)",
    b"/Name", b"/", b"/A#42", b"/A_b.c", b"/\xe0\xb8\x81", b"% note\n", b"%", b"{", b"}", b"\x00",
    b"BI /W 1 /H 1 ID \x01\x02 EI", b"BI ID", b"EI", b"\xff", b"\r\n", b" ", b"\t", b"\x0c",
]  # fmt: skip


def objects(parser: type[PDFContentParser], streams: list[bytes]) -> list[Any]:
    """What a parser gives until it ends, with how it ended."""
    reading = parser([PDFStream({}, data) for data in streams])
    found: list[Any] = []
    try:
        for _ in range(5000):
            found.append(_plain(reading.nextobject()[1]))
    except PSEOF:
        found.append("end")
    except Exception as error:  # noqa: BLE001 - pdfminer raises anything; so must ours
        found.append(type(error).__name__)
    return found


def _plain(value: Any) -> Any:
    return (value.attrs, value.rawdata) if isinstance(value, PDFStream) else value


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([b" ", b"", b"\n"]))), st.integers(0, 60))
def test_the_same_objects_as_pdfminer(words: list[tuple[bytes, bytes]], cut: int) -> None:
    data = b"".join(word + space for word, space in words)
    for streams in ([data], [data[:cut], data[cut:]]):
        assert objects(ContentParser, streams) == objects(PDFContentParser, streams)


@given(st.binary(max_size=60))
def test_the_same_objects_from_any_bytes(data: bytes) -> None:
    assert objects(ContentParser, [data]) == objects(PDFContentParser, [data])


@pytest.mark.parametrize("name", ["minutes.chromium", "minutes.libreoffice", "minutes.office"])
def test_the_same_objects_from_prints(name: str) -> None:
    with pikepdf.open(PRINTS / f"{name}.pdf") as pdf:
        pages = [page.Contents.read_bytes() for page in pdf.pages if isinstance(page.Contents, pikepdf.Stream)]
    assert pages
    for data in pages:
        assert objects(ContentParser, [data]) == objects(PDFContentParser, [data])
