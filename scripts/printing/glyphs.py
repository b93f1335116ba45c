"""Glyphs of Thai fonts on paper: shaped by HarfBuzz, embedded as a subset, with the character maps that offices leave.

Word processors and print drivers shape Thai with glyphs of their own (a tone mark set lower, further left) and then
write a map from glyphs to characters that knows only some of them. `MAPS` lists the ways in which such maps are wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import uharfbuzz
from fontTools import agl, subset
from fontTools.ttLib import TTFont

NIKHAHIT = "\u0e4d"
_PRIVATE = range(0xE000, 0xF900)
_MARKS = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e")


def is_mark(text: str) -> bool:
    """Whether all of a glyph's text stands above or below a letter."""
    return set(text) <= {*_MARKS, NIKHAHIT}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph at its place; lengths in shares of the type size, from the pen and the baseline."""

    number: int
    advance: float
    dx: float
    dy: float
    text: str


@dataclass
class Face:
    """One font file in one PDF: shapes text, remembers what was used."""

    path: Path
    name: str
    used: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        data = self.path.read_bytes()
        self._shaper = uharfbuzz.Font(uharfbuzz.Face(data))
        self._font = TTFont(BytesIO(data))
        self._names = self._font.getGlyphOrder()
        self._em = self._font["head"].unitsPerEm
        self._plain: dict[str, str] = {}
        self._private: dict[str, str] = {}
        for code, name in sorted(self._font.getBestCmap().items()):
            (self._private if code in _PRIVATE else self._plain).setdefault(name, chr(code))

    def shape(self, text: str) -> list[Glyph]:
        """The glyphs of a text in the order in which they are drawn."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
        uharfbuzz.shape(self._shaper, buffer)
        glyphs = []
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            number = info.codepoint
            meaning = self._meaning(self._names[number])
            self.used[number] = meaning
            advance, dx, dy = (length / self._em for length in (place.x_advance, place.x_offset, place.y_offset))
            glyphs.append(Glyph(number, advance, dx, dy, meaning))
        return glyphs

    def has(self, sign: str) -> bool:
        """Whether the font has a glyph for a sign."""
        return sign.isspace() or ord(sign) in self._font.getBestCmap()

    def width(self, text: str) -> float:
        """Length of a line in shares of the type size."""
        return float(sum(glyph.advance for glyph in self.shape(text)))

    def advance(self, number: int) -> float:
        """What the font itself says of a glyph's width."""
        return float(self._font["hmtx"][self._names[number]][0] / self._em)

    def _meaning(self, name: str) -> str:
        stem = name.split(".")[0]
        known = self._plain.get(name) or self._plain.get(stem) or agl.toUnicode(name)
        return known or "".join(agl.toUnicode(part.lower()) for part in stem.replace("_", "thai_").split("_"))

    def is_variant(self, number: int) -> bool:
        """Whether a glyph is another shape of a character: no code of the standard leads to it."""
        return self._names[number] not in self._plain

    def private(self, number: int) -> str | None:
        """The private-use code that leads to a glyph."""
        return self._private.get(self._names[number])

    def embed(self, pdf: pikepdf.Pdf, rule: MapRule) -> pikepdf.Object:
        """The font as an object of the PDF: glyph numbers are the codes of the text."""
        program = pikepdf.Stream(pdf, self._subset(rule.keeps_names, rule.keeps_codes))
        head, os2 = self._font["head"], self._font["OS/2"]
        scale = 1000 / self._em
        base = pikepdf.Name(f"/ABCDEF+{self.path.stem}")
        descriptor = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.FontDescriptor, FontName=base, Flags=4, ItalicAngle=0, StemV=80,
                FontBBox=[round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)],
                Ascent=round(os2.sTypoAscender * scale), Descent=round(os2.sTypoDescender * scale),
                CapHeight=round(os2.sTypoAscender * scale), FontFile2=program,
            )
        )  # fmt: skip
        widths: list[Any] = []
        for number in sorted(self.used):
            widths += [number, pikepdf.Array([round(1000 * self.advance(number), 2)])]
        system = pikepdf.Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0)
        descendant = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=base, CIDSystemInfo=system,
            FontDescriptor=descriptor, DW=1000, W=pikepdf.Array(widths), CIDToGIDMap=pikepdf.Name.Identity,
        )  # fmt: skip
        known = {
            n: text for n, meaning in sorted(self.used.items()) if (text := rule.text(self, n, meaning)) is not None
        }
        return pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=base,
                Encoding=pikepdf.Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(descendant)],
                ToUnicode=pikepdf.Stream(pdf, _to_unicode(known)),
            )
        )  # fmt: skip

    def _subset(self, names: bool, codes: bool) -> bytes:
        options = subset.Options(
            retain_gids=True, glyph_names=names, notdef_outline=True, hinting=False, layout_features=[],
            legacy_cmap=codes, recalc_timestamp=False,
            drop_tables=["GSUB", "GPOS", "GDEF", "kern", "name", "DSIG", "gasp", "FFTM", "BASE", "STAT"],
        )  # fmt: skip
        font = TTFont(BytesIO(self.path.read_bytes()), recalcTimestamp=False)
        worker = subset.Subsetter(options)
        worker.populate(gids=sorted(self.used))
        worker.subset(font)
        if not codes:
            del font["cmap"]
        out = BytesIO()
        font.save(out)
        return out.getvalue()


def _to_unicode(known: dict[int, str]) -> bytes:
    entries = [f"<{number:04X}> <{text.encode('utf-16-be').hex().upper()}>" for number, text in known.items()]
    blocks = [entries[at : at + 100] for at in range(0, len(entries), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n"
        "/CMapName /Adobe-Identity-UCS def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{body}\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


# ------------------------------------------------------------------ how maps and marks are spoilt
Text = Callable[[Face, int, str], "str | None"]


@dataclass(frozen=True, slots=True)
class MapRule:
    """One way of writing text: what the map says of a glyph (None: nothing), what the font keeps, how marks come."""

    text: Text
    keeps_names: bool = False
    keeps_codes: bool = False
    order: Callable[[list[Glyph]], Iterator[tuple[int, Glyph]]] = lambda glyphs: iter(enumerate(glyphs))


def _private_codes(face: Face, number: int, meaning: str) -> str | None:
    return face.private(number) or meaning


def _spaced(face: Face, number: int, meaning: str) -> str | None:
    """Word with Thai fonts of its time: the nikhahit of SARA AM is a space, marks set lower have one before them."""
    if meaning == NIKHAHIT:
        return " "
    return f" {meaning}" if face.is_variant(number) and meaning in _MARKS else meaning


def _no_variants(face: Face, number: int, meaning: str) -> str | None:
    return None if face.is_variant(number) else meaning


def _zero_marks(face: Face, number: int, meaning: str) -> str | None:
    return "\x00" if set(meaning) <= _MARKS else meaning


def _all(face: Face, number: int, meaning: str) -> str | None:
    return meaning


def _twice(glyphs: list[Glyph]) -> Iterator[tuple[int, Glyph]]:
    for at, glyph in enumerate(glyphs):
        yield at, glyph
        if glyph.text in _MARKS:
            yield at, glyph


def _marks_last(glyphs: list[Glyph]) -> Iterator[tuple[int, Glyph]]:
    """Print drivers that draw letters first, then the marks above and below them."""
    ordered = list(enumerate(glyphs))
    yield from (pair for pair in ordered if pair[1].text not in _MARKS)
    yield from (pair for pair in ordered if pair[1].text in _MARKS)


def _swapped(glyphs: list[Glyph]) -> Iterator[tuple[int, Glyph]]:
    """Each mark behind the letter that follows its own, as layers made from positions have it."""
    held: list[tuple[int, Glyph]] = []
    for pair in enumerate(glyphs):
        if pair[1].text in _MARKS:
            held.append(pair)
            continue
        yield pair
        yield from held
        held = []
    yield from held


MAPS = {
    "private": MapRule(_private_codes),
    "spaced": MapRule(_spaced),
    "unmapped": MapRule(_no_variants, keeps_names=True, keeps_codes=True),
    "zero": MapRule(_zero_marks, keeps_names=True),
    "doubled": MapRule(_all, order=_twice),
    "marks-last": MapRule(_private_codes, order=_marks_last),
    "swapped": MapRule(_all, order=_swapped),
}
