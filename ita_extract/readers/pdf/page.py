"""One PDF page → characters in one upright frame."""

from __future__ import annotations

from typing import Any

from ita_extract.readers.pdf.device import lay_out, turn_of
from ita_extract.readers.pdf.text import Char, placed_by_eye
from ita_extract.readers.pdf.visibility import visible
from ita_extract.readers.symbol_fonts import sign_of


def characters(page: Any) -> list[Char]:
    """The characters that a reader sees, in the order in which the producer wrote them.

    Adds `baseline` (across the line as it is read, in points), `bold`, `turn` (degrees clockwise to read it), `start`
    and `end` along the line of turned ones, and `by_eye`: whether marks go to the letter on which they stand, not to
    the one before them. What the page cost to read is then in `page.tally`.
    """
    page.tally = lay_out(page)
    height = float(page.height)
    for char in page.chars:
        char["text"] = sign_of(char["fontname"], char["text"])
        char["bold"] = "bold" in char["fontname"].lower()
        _set_direction(char, height)
    chars = [char for char in visible(page, page.chars) if char["text"] != "\x00"]
    by_eye = placed_by_eye(chars)
    for char in chars:
        char["by_eye"] = by_eye
    return chars


def _set_direction(char: Char, height: float) -> None:
    turn = turn_of(char["matrix"])
    x, y = char["matrix"][4], height - char["matrix"][5]
    char["turn"], char["turned"] = turn, turn != 0
    char["baseline"] = {0: y, 90: x, 180: -y, 270: -x}[turn]
    if turn == 180:
        char["start"], char["end"] = -char["x1"], -char["x0"]
    elif turn:
        char["start"], char["end"] = (-char["bottom"], -char["top"]) if turn == 90 else (char["top"], char["bottom"])
        char["size"] = char["width"]
