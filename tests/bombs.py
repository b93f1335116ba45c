"""Small files that unpack, nest or multiply without end."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from office_files import p, package, relations, table, tc, word


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\0" * (width // 8 + 1)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _pdf(stream: bytes, filters: str) -> bytes:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        f"<</Length {len(stream)}/Filter{filters}>>stream\n".encode() + stream + b"\nendstream",
    ]
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, data) for n, data in enumerate(objects, start=1))
    return body + b"trailer<</Root 1 0 R/Size 5>>\n%%EOF"


def _zeros(count: int, times: int = 1) -> bytes:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b" " * 1_000_000) for _ in range(count // 1_000_000)) + packer.flush()
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return data


def _packed(name: str, content: bytes) -> bytes:
    return package(
        {"[Content_Types].xml": "<Types/>", "_rels/.rels": relations({"officeDocument": name}), name: content}
    )


def _nested(depth: int) -> str:
    body = p("แผน")
    for _ in range(depth):
        body = table([tc(body)])
    return body


def _sheet(area: str) -> bytes:
    """A sheet with two cells, as far from each other as can be, in one merged area."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    first, last = area.split(":")
    text = 't="inlineStr"><is><t>แผน</t></is></c></row>'
    rows = f'<row r="1"><c r="{first}" {text}<row r="1048576"><c r="{last}" {text}'
    sheet = (
        f'<worksheet xmlns="{main}"><dimension ref="{area}"/><sheetData>{rows}</sheetData>'
        f'<mergeCells><mergeCell ref="{area}"/></mergeCells></worksheet>'
    )
    packages = "http://schemas.openxmlformats.org/package/2006/content-types"
    names = '<sheets><sheet name="a" sheetId="1" r:id="worksheet"/></sheets>'
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        f'<Override PartName="/xl/workbook.xml" ContentType="{spreadsheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{spreadsheet}.worksheet+xml"/>'
    )
    return package(
        {
            "[Content_Types].xml": f'<Types xmlns="{packages}">{types}</Types>',
            "_rels/.rels": relations({"officeDocument": "xl/workbook.xml"}),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{names}</workbook>',
            "xl/_rels/workbook.xml.rels": relations({"worksheet": "worksheets/sheet1.xml"}),
            "xl/worksheets/sheet1.xml": sheet,
        }
    )


LAUGHS = (
    "<!DOCTYPE w [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"
)

BOMBS: dict[str, Callable[[], bytes]] = {
    "zeros.docx": lambda: _packed("word/document.xml", b" " * 200_000_000),
    "laughs.docx": lambda: _packed("word/document.xml", f"{LAUGHS}<w>&a11;</w>".encode()),
    "laughs.xhtml": lambda: f"<?xml version='1.0'?>{LAUGHS}<html><body>&a11;</body></html>".encode(),
    "nested.html": lambda: b"<html><body>" + b"<div>" * 150_000 + "แผน".encode(),
    "nested.docx": lambda: word(_nested(400)),
    "wide.html": lambda: "<table><tr><td colspan=999999999 rowspan=999999999>แผน<td>ข</table>".encode(),
    "cells.html": lambda: b"<table>" + b"<tr><td colspan=1000 rowspan=1000>a" * 3000,
    "stream.pdf": lambda: _pdf(_zeros(300_000_000), "/FlateDecode"),
    "streams.pdf": lambda: _pdf(_zeros(300_000_000, 3), "[/FlateDecode/FlateDecode/FlateDecode]"),
    "huge.png": lambda: _png(60_000, 60_000),
    "tags.md": lambda: b"<" * 150_000,
    "brackets.txt": lambda: b"(" * 150_000 + "แผน".encode(),
    "long line.txt": lambda: "ก".encode() * 150_000,
    "sheet.xlsx": lambda: _sheet("A1:XFD1048576"),
}
