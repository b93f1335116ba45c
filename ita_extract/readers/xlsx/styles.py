"""A stylesheet that openpyxl refuses, cut down to what makes values readable: the number formats."""

from __future__ import annotations

from lxml import etree

from ita_extract.readers.ooxml import Package

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REST = (
    "<fonts><font/></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    "<cellStyleXfs><xf/></cellStyleXfs>"
)


def with_plain_styles(package: Package) -> bytes | None:
    """The workbook with every cell in plain type and its own number format; None where it has no stylesheet."""
    part = next((r.target for r in package.relations(package.main_part()).values() if r.kind == "styles"), None)
    root = package.xml(part, recover=True) if part else None
    if part is None or root is None:
        return None
    plain = etree.fromstring(f'<styleSheet xmlns="{_MAIN}"><numFmts/>{_REST}<cellXfs/></styleSheet>')
    formats, cells = plain[0], plain[-1]
    for item in root.iter("{*}numFmt"):
        number, code = item.get("numFmtId", ""), item.get("formatCode")
        if number.isascii() and number.isdigit() and code:
            etree.SubElement(formats, f"{{{_MAIN}}}numFmt", numFmtId=number, formatCode=code)
    known = {item.get("numFmtId") for item in formats}
    for item in root.iterfind("{*}cellXfs/{*}xf"):
        number = item.get("numFmtId", "0")
        usable = number in known or (number.isascii() and number.isdigit() and int(number) < 164)
        etree.SubElement(cells, f"{{{_MAIN}}}xf", numFmtId=number if usable else "0")
    if not len(formats):
        plain.remove(formats)
    return package.replaced(part, etree.tostring(plain))
