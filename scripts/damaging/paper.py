"""Pages of a PDF whose text layer says what it is told to, by a ToUnicode map without a font file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

NO_MAP = 0xF0000
"""Characters from here on (plane 15) are glyphs that the map does not know: readers say `(cid:n)`."""
WIDTH, HEIGHT, MARGIN = 595, 842, 60
SIZE, LEADING = 11, 17
PER_LINE = 84
"""Letters on a line; each is half an em wide, marks have no width."""
Box = tuple[float, float, float, float]
SCAN: tuple[Box, ...] = ((0, 0, WIDTH, HEIGHT),)
STRIPS: tuple[Box, ...] = tuple((8, 8 + 69 * n, WIDTH - 8, 8 + 69 * (n + 1)) for n in range(12))
"""The same in strips, with a narrow white edge, as some scanners write it."""
LOGO: tuple[Box, ...] = ((60, 740, 130, 810),)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is on a page: text as its layer gives it, pictures behind it; `hidden` as OCR lays it under a scan."""

    text: str = ""
    pictures: Sequence[Box] = ()
    hidden: bool = False
    outlines: int = 0
    foot: bool = False


def paper(sheets: Iterable[Sheet]) -> bytes:
    """A PDF of these pages."""
    pdf = pikepdf.new()
    for sheet in sheets:
        pdf.pages.append(_page(pdf, sheet))
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _page(pdf: pikepdf.Pdf, sheet: Sheet) -> pikepdf.Page:
    codes: dict[str, int] = {}
    commands = [f"q {x1 - x0} 0 0 {y1 - y0} {x0} {y0} cm /Picture Do Q" for x0, y0, x1, y1 in sheet.pictures]
    for n in range(sheet.outlines):
        x, y = 60 + n % 60 * 8, 780 - n // 60 * 16
        commands.append(f"{x} {y} m {x} {y + 6} {x + 2} {y + 8} {x + 4} {y + 6} c {x + 4} {y} l h f")
    commands.append("BT 3 Tr ET" if sheet.hidden else "BT 0 Tr ET")
    for number, line in enumerate(_lines(sheet.text)):
        y = 36 if sheet.foot else HEIGHT - MARGIN - LEADING * number
        hexed = "".join(f"{codes.setdefault(char, _code(char, len(codes))):04x}" for char in line)
        commands.append(f"BT /F {SIZE} Tf 1 0 0 1 {MARGIN} {y} Tm <{hexed}> Tj ET")
    picture = Stream(
        pdf, b"\xee\xdd\xee\xdd", Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )  # fmt: skip
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, WIDTH, HEIGHT]),
        Contents=Stream(pdf, "\n".join(commands).encode("ascii")),
        Resources=Dictionary(Font=Dictionary(F=_font(pdf, codes)), XObject=Dictionary(Picture=picture)),
    )
    return pikepdf.Page(pdf.make_indirect(page))


def _code(char: str, number: int) -> int:
    return ord(char) - NO_MAP + 0x8000 if ord(char) >= NO_MAP else 33 + number


def _lines(text: str) -> list[str]:
    """The lines, those that are too long broken at spaces where there are any."""
    lines: list[str] = []
    for line in text.split("\n"):
        room, start, space = PER_LINE, 0, 0
        for at, char in enumerate(line):
            room -= not _is_mark(char)
            space = at if char == " " else space
            if room < 0:
                cut = space if space > start else at
                lines.append(line[start:cut])
                start, room = cut, PER_LINE - sum(not _is_mark(c) for c in line[cut : at + 1])
        lines.append(line[start:])
    return lines


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) == "Mn"


def _font(pdf: pikepdf.Pdf, codes: dict[str, int]) -> Dictionary:
    known = [(code, char) for char, code in codes.items() if ord(char) < NO_MAP]
    lines = "\n".join(f"<{code:04x}> <{ord(char):04x}>" for code, char in known)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(known)} beginbfchar\n{lines}\nendbfchar\n"
        "endcmap end end"
    )
    marks = [part for code, char in known if _is_mark(char) for part in (code, Array([0]))]
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.Invented, Flags=4, FontBBox=Array([0, -200, 1000, 900]), ItalicAngle=0,
        Ascent=900, Descent=-200, CapHeight=700, StemV=80,
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Invented, DW=500, W=Array(marks),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0), FontDescriptor=descriptor,
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Invented, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]), ToUnicode=Stream(pdf, cmap.encode("ascii")),
    )  # fmt: skip
