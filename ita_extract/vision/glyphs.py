"""Characters as an engine reads them, each with its place on the line image, and what becomes of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ita_extract.thai.text import repair
from ita_extract.vision.ocr import Doubt, LineReading, Word


class Glyph(NamedTuple):
    """One character (a blank too) from `x0` to `x1` in pixels of the line image; `confidence` 0-1.

    `alternative` is another reading of the same place, None where none is known.
    """

    char: str
    x0: float
    x1: float
    confidence: float
    alternative: str | None = None

    @property
    def middle(self) -> float:
        """Where it stands."""
        return (self.x0 + self.x1) / 2


def text_of(glyphs: Iterable[Glyph]) -> str:
    """The characters as text."""
    return "".join(glyph.char for glyph in glyphs)


def takes_room(char: str) -> bool:
    """Whether a character has a place of its own on the line: marks stand above or below another."""
    return unicodedata.category(char) != "Mn"


def repaired(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Marks in the order of Unicode, split SARA AM joined, doubled marks once; places follow their characters."""
    text = text_of(glyphs)
    mended = repair(text)
    if mended.text == text:
        return list(glyphs)
    result: list[Glyph] = []
    for run in mended.runs:
        sources = glyphs[run.source_start : run.source_end]
        for at, char in enumerate(mended.text[run.text_start : run.text_end]):
            if run.is_one_to_one:
                result.append(sources[at]._replace(char=char))
            else:
                result.append(Glyph(char, *_joint(sources)))
    return result


def _joint(glyphs: Sequence[Glyph]) -> tuple[float, float, float]:
    return min(g.x0 for g in glyphs), max(g.x1 for g in glyphs), min(g.confidence for g in glyphs)


def mean_confidence(glyphs: Iterable[Glyph]) -> float:
    """The mean over characters that are not blank, 0 where there are none."""
    known = [glyph.confidence for glyph in glyphs if not glyph.char.isspace()]
    return sum(known) / len(known) if known else 0.0


def _other_reading(glyphs: Sequence[Glyph]) -> str | None:
    """A word with its alternatives in place of what was chosen; None where it has none."""
    if all(glyph.alternative is None for glyph in glyphs):
        return None
    return "".join(glyph.char if glyph.alternative is None else glyph.alternative for glyph in glyphs)


def reading_of(glyphs: Sequence[Glyph]) -> LineReading:
    """Text, words and doubts of a line's characters."""
    words: list[Word] = []
    doubts: list[Doubt] = []
    start = 0
    for at in range(len(glyphs) + 1):
        if at == len(glyphs) or glyphs[at].char.isspace():
            part = glyphs[start:at]
            if part:
                words.append(Word(text_of(part), *_joint(part), _other_reading(part)))
            start = at + 1
    for at, glyph in enumerate(glyphs):
        if glyph.alternative is not None:
            doubts.append(Doubt(at, at + 1, glyph.alternative, glyph.confidence))
    return LineReading(text_of(glyphs), tuple(words), mean_confidence(glyphs), tuple(doubts))
