"""What an embedded font itself says of a glyph, for glyphs that the file's own map leaves without a character.

A subset often keeps the font's character table or its glyph names (`uni0E48.low`) although the ToUnicode map lacks the
shaped glyphs, maps them to U+0000 or to nothing. Glyph names are read by Adobe's glyph list (fontTools `agl`).
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from weakref import WeakKeyDictionary

from fontTools import agl
from fontTools.ttLib import TTFont
from pdfminer.pdffont import PDFFont, PDFType1Font
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, resolve1, stream_value
from pdfminer.psparser import LIT

from ita_extract.errors import ItaError

_PRIVATE = range(0xE000, 0xF900)
_UNNAMED = ("glyph", "gid", "cid", "g", ".notdef")


class FontKeeper(PDFResourceManager):
    """pdfminer's store of fonts, which keeps what it knows of each font's glyph numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._programs: WeakKeyDictionary[Any, FontProgram | None] = WeakKeyDictionary()

    def get_font(self, objid: Any, spec: Any) -> Any:
        """The font; Helvetica instead of one that cannot be read, so that its text is not lost."""
        try:
            font: Any = super().get_font(objid, spec)
        except (ItaError, RecursionError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - fonts break in every way
            font = PDFType1Font(self, {"Subtype": LIT("Type1"), "BaseFont": LIT("Helvetica")})
        if not hasattr(font, "glyph_map"):
            font.glyph_map = resolve1(spec.get("CIDToGIDMap"))
        return font

    def text(self, font: Any, code: int) -> str | None:
        """The characters of a glyph by the embedded font, None where it does not tell."""
        if font not in self._programs:
            self._programs[font] = _program(font)
        program = self._programs[font]
        return None if program is None else program.text(code)


class FontProgram:
    """An embedded TrueType or OpenType font: glyphs back to characters."""

    def __init__(self, data: bytes, glyph_map: Any, is_simple: bool) -> None:
        font = TTFont(BytesIO(data), lazy=True)
        self._names = font.getGlyphOrder()
        tables = font["cmap"].tables if "cmap" in font else []
        unicode_tables = [table for table in tables if table.isUnicode()]
        self._characters: dict[str, str] = {}
        for table in unicode_tables:
            for code, name in sorted(table.cmap.items(), key=lambda item: (item[0] in _PRIVATE, item[0])):
                self._characters.setdefault(name, chr(code))
        self._map = glyph_map.get_data() if isinstance(glyph_map, PDFStream) else None
        self._codes: dict[int, str] | None = None
        if is_simple:
            others = [table.cmap for table in tables if table not in unicode_tables or table.platEncID == 0]
            self._codes = {code & 0xFF: name for cmap in others for code, name in cmap.items()}

    def text(self, code: int) -> str | None:
        """The characters of a code of this font."""
        name = self._codes.get(code) if self._codes is not None else self._name(code)
        if name is None:
            return None
        known = self._characters.get(name)
        if known is None and not name.startswith(_UNNAMED):
            known = agl.toUnicode(name)
        return known or None

    def _name(self, code: int) -> str | None:
        if self._map is not None:
            code = int.from_bytes(self._map[2 * code : 2 * code + 2], "big")
        return self._names[code] if code < len(self._names) else None


def _program(font: PDFFont) -> FontProgram | None:
    descriptor = font.descriptor
    file = descriptor.get("FontFile2") or descriptor.get("FontFile3")
    if file is None:
        return None
    try:
        return FontProgram(stream_value(file).get_data(), getattr(font, "glyph_map", None), not font.is_multibyte())
    except (ItaError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - fontTools raises anything for subsets with missing or cut tables
        return None
