"""One PDF page → characters in one upright frame."""

from __future__ import annotations

from typing import Any

from ita_extract.readers.pdf.device import lay_out
from ita_extract.readers.pdf.text import Char
from ita_extract.readers.symbol_fonts import sign_of


def characters(page: Any) -> list[Char]:
    """The characters in the order in which the producer wrote them, with `baseline` and `bold` added."""
    lay_out(page)
    height = float(page.height)
    chars: list[Char] = page.chars
    for char in chars:
        a, b, _, _, e, f = char["matrix"]
        upright = abs(b) <= abs(a)
        char["baseline"] = height - f if upright else e
        char["turned"] = not upright
        char["text"] = sign_of(char["fontname"], char["text"])
        char["bold"] = "bold" in char["fontname"].lower()
    return [char for char in chars if char["text"] != "\x00"]
