"""Office files that are none, old, locked, hostile or cut: typed errors or clean results; nothing is run or fetched."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from office_files import p, package, relations, texts_of, word
from openpyxl import Workbook

from ita_extract.errors import DamagedError, EmptyInputError, EncryptedError, TooLargeError, UnsupportedInputError
from ita_extract.model import Document
from ita_extract.readers import read_bytes
from ita_extract.readers.options import ReadOptions


def _read(body: str, related: dict[str, str] | None = None, **parts: str) -> Document:
    return read_bytes(word(body, related, **parts), "file.docx")


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_files_of_other_kinds_have_typed_errors() -> None:
    with pytest.raises(UnsupportedInputError, match="97–2003"):
        read_bytes(OLE, "old.docx")
    with pytest.raises(EncryptedError):
        read_bytes(OLE + "EncryptedPackage".encode("utf-16-le"), "locked.docx")
    with pytest.raises(DamagedError):
        read_bytes(b"no archive", "text.docx")
    with pytest.raises(DamagedError):
        read_bytes(package({"a.txt": "x"}), "archive.docx")
    with pytest.raises(UnsupportedInputError, match="OpenDocument"):
        read_bytes(package({"mimetype": "application/vnd.oasis.opendocument.text"}), "open.docx")
    with pytest.raises(EmptyInputError):
        _read(p())
    for name in ("old.doc", "old.xls", "open.odt"):
        with pytest.raises(UnsupportedInputError):
            read_bytes(OLE, name)


def test_a_bomb_is_not_unpacked() -> None:
    data = word(p("ก") + f"<!--{' ' * 2_000_000}-->")
    assert len(data) < 10_000
    with pytest.raises(TooLargeError):
        read_bytes(data, "bomb.docx")


def test_the_limit_on_unpacked_text_can_be_raised() -> None:
    data = word("".join(p(f"บรรทัดที่ {number} {number * 7919 % 10007}") for number in range(3000)))
    with pytest.raises(TooLargeError):
        read_bytes(data, "long.docx", ReadOptions(max_bytes=100_000))
    assert len(texts_of(read_bytes(data, "long.docx", ReadOptions(max_bytes=1_000_000)))) == 3000


def test_entities_are_neither_expanded_nor_fetched() -> None:
    head = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": head + "<document>&b;&f;</document>",
    }
    with pytest.raises(DamagedError, match="entities"):
        read_bytes(package(parts), "laughs.docx")


def test_names_and_relationships_do_not_lead_out() -> None:
    """Missing parts, parts outside, paths up the tree: the document is read without them."""
    related = {
        "styles": "../../../../etc/passwd",
        "numbering": "NULL",
        "header1": "file:///etc/passwd",
        "image1": "https://example.org/x.png",
    }
    assert texts_of(_read(p("ก"), related)) == ["ก"]


def test_macros_are_not_run_and_do_no_harm() -> None:
    data = word(p("ก"), {"vbaProject": "vbaProject.bin"})
    assert texts_of(read_bytes(data, "macro.docm")) == ["ก"]


def test_cut_files_are_refused_or_read() -> None:
    data = word(p("ก") * 50)
    for length in range(0, len(data), 97):
        with pytest.raises((DamagedError, EmptyInputError)):
            read_bytes(data[:length], "cut.docx")


def test_deep_nesting_ends() -> None:
    body = "".join("<w:tbl><w:tr><w:tc>" for _ in range(70)) + p("ลึก") + "</w:tc></w:tr></w:tbl>" * 70
    assert texts_of(_read(p("ตื้น") + body)) == ["ตื้น"]


@pytest.mark.parametrize("name", ["flipped.docx", "flipped.xlsx"])
def test_flipped_bytes_are_told(name: str) -> None:
    """A byte flipped in forty places in turn: the text is read as it was, or the file refused."""
    book, out = Workbook(), BytesIO()
    book.create_sheet("งบ", 0).append(["ก", 2567])
    book.save(out)
    data = word(p("ก")) if name.endswith(".docx") else out.getvalue()
    refused = 0
    for at in range(40, len(data), len(data) // 40):
        damaged = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        try:
            assert "ก" in read_bytes(damaged, name).source
        except (DamagedError, EmptyInputError, EncryptedError, TooLargeError):
            refused += 1
    assert refused


def _strict(data: bytes) -> bytes:
    """The package with the namespaces of ISO 29500 Strict."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    usual = (
        r"http://schemas\.openxmlformats\.org/(wordprocessingml|spreadsheetml|officeDocument)/2006/(main|relationships)"
    )
    return package({name: re.sub(usual, r"http://purl.oclc.org/ooxml/\1/\2", part) for name, part in parts.items()})


def test_the_strict_form_of_the_standard_is_read() -> None:
    document = read_bytes(_strict(word(p("ก", run="<w:b/>"), styles="<w:docDefaults/>")), "strict.docx")
    assert texts_of(document) == ["ก"]
    book, out = Workbook(), BytesIO()
    book.create_sheet("งบ", 0).append(["ปี", 2567])
    book.save(out)
    assert read_bytes(_strict(out.getvalue()), "strict.xlsx").source.split() == ["ปี", "2567"]
