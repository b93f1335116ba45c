"""Signs of symbol fonts, which PDFs give as the Latin letters at the same codes: `þ` in Wingdings is a ticked box."""

from __future__ import annotations

from functools import cache

from ita_extract.lexicon import load


def sign_of(font: str, text: str) -> str:
    """The sign that a font shows for a character; the character itself where the font is no symbol font."""
    table = _table(font)
    return table.get(text, text) if table else text


@cache
def _table(font: str) -> dict[str, str]:
    """Character as extracted → sign, for one font by its name (which may carry a subset prefix)."""
    name = font.rpartition("+")[2].lower()
    entry = next((e for e in load("symbol_fonts")["fonts"] if any(known in name for known in e["names"])), None)
    if entry is None or (entry["names"] == ["symbol"] and not name.startswith("symbol")):
        return {}
    signs = {int(str(code), 16): sign for code, sign in entry["signs"].items()}
    signs |= {code: chr(0xF000 + code) for code in (int(str(code), 16) for code in entry["private"])}
    table: dict[str, str] = {}
    for code, sign in signs.items():
        table |= {chr(code): sign, chr(0xF000 + code): sign}
        table[bytes([code]).decode("cp1252", errors="replace")] = sign
    table.pop("\ufffd", None)
    return table
