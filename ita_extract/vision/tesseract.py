"""Tesseract on well-cut lines, read again in another way where it is unsure.

Its errors at different sizes of the letters are independent of each other (DESIGN: OCR), so two readings that agree are
right, and where they differ the surer one is kept and the other noted as a doubt. Digits are read by a reader of their
own beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np

from ita_extract.vision.agreement import agreed
from ita_extract.vision.digits import Sign, digit_reader
from ita_extract.vision.glyphs import Glyph, reading_of, repaired
from ita_extract.vision.numerals import WRONG_SCRIPT, with_digits, with_scripts
from ita_extract.vision.ocr import LineImage, LineReading
from ita_extract.vision.points import pointed
from ita_extract.vision.prepared import PreparedLine, prepared
from ita_extract.vision.spacing import gaps_of, spaced
from ita_extract.vision.tesseract_process import LANGUAGES, THAI_ALONE, recognise
from ita_extract.vision.type_size import Picture, band


class Cut(NamedTuple):
    """How a line is shown to Tesseract: its extent over and under the baseline in consonant heights, the blur in
    pixels, and the paper left at both ends in consonant heights."""

    above: float
    below: float
    blur: float
    margin: float


HEIGHT = 72
"""Pixels; the Thai model itself sees 36 rows, a whole fraction of it."""
CUTS = (Cut(2.4, 0.8, 1.0, 0.3), Cut(2.7, 1.1, 1.0, 0.3))
_UNSURE = 0.90


class Tesseract:
    """Stock Tesseract with its Thai and English models."""

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        """See `Ocr.read`."""
        found = prepared(lines)
        done = finished(self.glyphs(found), found)
        return [reading_of(done.get(at, [])) for at in range(len(lines))]

    def glyphs(self, found: dict[int, PreparedLine]) -> dict[int, list[Glyph]]:
        """The characters of each line, read twice where the first reading is unsure. Raises as `Ocr.read`."""
        first, second = CUTS
        signs = {at: digit_reader().read(line.picture, line.size) for at, line in found.items()}
        read = read_once(found, signs, first)
        glyphs = {at: with_digits(read[at], signs[at], line.size.height) for at, line in found.items()}
        unsure = {at: line for at, line in found.items() if _is_unsure(glyphs[at])}
        # Where Thai was taken for Latin the model for Thai alone is asked.
        latin = {at: line for at, line in unsure.items() if any(g.confidence <= WRONG_SCRIPT for g in read[at])}
        others = {at: line for at, line in unsure.items() if at not in latin}
        for lines_again, languages in ((others, LANGUAGES), (latin, THAI_ALONE)):
            for at, again in read_once(lines_again, signs, second, languages).items():
                glyphs[at] = with_digits(agreed(read[at], again), signs[at], unsure[at].size.height)
        return {at: pointed(glyphs[at], signs[at], line.picture, line.size) for at, line in found.items()}


def finished(read: dict[int, list[Glyph]], lines: dict[int, PreparedLine]) -> dict[int, list[Glyph]]:
    """The characters of the lines of a page, marks in order, blanks where the paper shows them."""
    gaps = gaps_of({at: (line.picture, line.size) for at, line in lines.items()})
    return {at: spaced(repaired(glyphs), gaps[at], lines[at].size.height) for at, glyphs in read.items()}


def _is_unsure(glyphs: Sequence[Glyph]) -> bool:
    return any(glyph.confidence < _UNSURE for glyph in glyphs if not glyph.char.isspace())


def read_once(
    lines: dict[int, PreparedLine], signs: dict[int, list[Sign]], cut: Cut, languages: str = LANGUAGES
) -> dict[int, list[Glyph]]:
    """One reading of each line, its Latin letters doubted where Thai ones are seen. Raises as `Ocr.read`."""
    shown = {at: _shown(line, cut) for at, line in lines.items()}
    answers = recognise([picture for picture, _, _ in shown.values()], languages=languages)
    result: dict[int, list[Glyph]] = {}
    for (at, (_, start, scale)), glyphs in zip(shown.items(), answers, strict=True):
        placed = [glyph._replace(x0=start + glyph.x0 / scale, x1=start + glyph.x1 / scale) for glyph in glyphs]
        result[at] = with_scripts(repaired(placed), signs[at], lines[at].size.height)
    return result


def _shown(line: PreparedLine, cut: Cut) -> tuple[Picture, int, float]:
    """What Tesseract gets, where on the line it starts, and its scale."""
    margin = round(cut.margin * line.size.height)
    start, end = max(0, int(line.size.left) - margin), int(line.size.right) + margin
    picture, scale = band(line.picture[:, start:end], line.size, above=cut.above, below=cut.below, height=HEIGHT)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), cut.blur), dtype=np.uint8), start, scale
