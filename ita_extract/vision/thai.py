"""Engines with the line reader: alone, or with Tesseract as a second opinion where it is unsure.

The two err independently of each other: one sees whole letters as trained on type, the other was made by other people
from other data. Where they agree the text is right; where they differ the surer one is taken and the other noted.
"""

from __future__ import annotations

from collections.abc import Sequence

from ita_extract.vision.agreement import agreed
from ita_extract.vision.digits import Sign, digit_reader
from ita_extract.vision.glyphs import Glyph, reading_of
from ita_extract.vision.line_reader import line_reader
from ita_extract.vision.numerals import with_digits
from ita_extract.vision.ocr import LineImage, LineReading
from ita_extract.vision.points import pointed
from ita_extract.vision.prepared import PreparedLine, prepared
from ita_extract.vision.tesseract import CUTS, finished, read_once

UNSURE = 0.9
"""Confidence of a character below which its line is read by Tesseract too."""


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
        return {at: self._reader.read(line.picture, line.size) for at, line in lines.items()}


class ThaiAndTesseract(Thai):
    """The line reader, and Tesseract on the lines that it is unsure of."""

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        """See `Ocr.read`."""
        found = prepared(lines)
        glyphs = self.glyphs(found)
        unsure = {at: line for at, line in found.items() if is_unsure(glyphs[at])}
        signs = {at: digit_reader().read(line.picture, line.size) for at, line in unsure.items()}
        for at, second in read_once(unsure, signs, CUTS[0]).items():
            glyphs[at] = _together(glyphs[at], second, signs[at], unsure[at])
        return [reading_of(finished(glyphs[at], found[at]) if at in found else []) for at in range(len(lines))]


def _together(
    first: Sequence[Glyph], second: Sequence[Glyph], signs: Sequence[Sign], line: PreparedLine
) -> list[Glyph]:
    height = line.size.height
    both = agreed(first, with_digits(second, signs, height))
    return pointed(both, signs, line.picture, line.size)


def is_unsure(glyphs: Sequence[Glyph]) -> bool:
    """Whether a second opinion is wanted."""
    return any(glyph.confidence < UNSURE for glyph in glyphs if not glyph.char.isspace())
