"""Engines with the line reader: alone, or with Tesseract as a second opinion.

The two err independently of each other, so what both read alike is right. Where they differ the line reader is right
more often even where it is unsure (measured on 18 pages: taking Tesseract's reading there added errors at every
threshold), so its text stays, and Tesseract's reading is noted as a doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from ita_extract.vision.digits import digit_reader
from ita_extract.vision.glyphs import Glyph, reading_of, text_of
from ita_extract.vision.leaders import counted
from ita_extract.vision.line_reader import line_reader
from ita_extract.vision.numerals import with_digits
from ita_extract.vision.ocr import LineImage, LineReading
from ita_extract.vision.prepared import PreparedLine, prepared
from ita_extract.vision.tesseract import CUTS, finished, read_once

DISPUTED = 0.5
"""Highest confidence in a character that the two read differently."""


class Thai:
    """The line reader alone."""

    def __init__(self) -> None:
        self._reader = line_reader()

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        """See `Ocr.read`."""
        found = prepared(lines)
        glyphs = self.glyphs(found)
        return [reading_of(finished(glyphs[at], found[at]) if at in found else []) for at in range(len(lines))]

    def glyphs(self, lines: dict[int, PreparedLine]) -> dict[int, list[Glyph]]:
        """The characters of each line."""
        read = ((at, line, self._reader.read(line.picture, line.size)) for at, line in lines.items())
        return {at: counted(glyphs, line.picture, line.size) for at, line, glyphs in read}


class ThaiAndTesseract(Thai):
    """The line reader, checked by Tesseract."""

    def glyphs(self, lines: dict[int, PreparedLine]) -> dict[int, list[Glyph]]:
        """The characters of each line, those doubted that Tesseract reads otherwise."""
        signs = {at: digit_reader().read(line.picture, line.size) for at, line in lines.items()}
        second = read_once(lines, signs, CUTS[0])
        return {
            at: doubted(glyphs, with_digits(second[at], signs[at], lines[at].size.height))
            for at, glyphs in super().glyphs(lines).items()
        }


def doubted(glyphs: Sequence[Glyph], second: Sequence[Glyph]) -> list[Glyph]:
    """The characters, with the other reading where it differs; blanks are told by the paper."""
    others = [glyph for glyph in second if not glyph.char.isspace()]
    places = [at for at, glyph in enumerate(glyphs) if not glyph.char.isspace()]
    result = list(glyphs)
    matcher = SequenceMatcher(None, text_of(glyphs[at] for at in places), text_of(others), autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal" or not places:
            continue
        other = text_of(others[b0:b1])
        if a0 == a1:
            at = places[max(0, a0 - 1)]
            other = result[at].char + other if a0 else other + result[at].char
            a0, a1 = max(0, a0 - 1), max(0, a0 - 1) + 1
        for number, at in enumerate(places[a0:a1]):
            confidence = min(result[at].confidence, DISPUTED)
            result[at] = result[at]._replace(confidence=confidence, alternative="" if number else other)
    return result
