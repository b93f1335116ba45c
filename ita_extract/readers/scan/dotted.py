"""Rows of dots to write on: what is no more than that needs no OCR, which takes it for a row of digits."""

from __future__ import annotations

import numpy as np

from ita_extract.vision.dot_rows import are_dots
from ita_extract.vision.ink import Pieces, pieces_of
from ita_extract.vision.lines import TextLine, TextLines
from ita_extract.vision.ocr import LineReading, Word

FEWEST = 6
"""Dots that make a row: four specks of a fax lie in one by chance now and then."""
LARGEST = 0.45
"""Side of a dot in heights of consonants, at most."""

LEVEL = 0.25
"""How far the feet of the dots may differ, in heights of consonants."""
APART, UNEVEN = 1.2, 2.0
"""Distance of neighbouring dots at most, in heights of consonants, and the longest distance in usual ones."""


def with_rows_of_dots(found: TextLines, readings: list[LineReading], lefts: list[int]) -> list[LineReading]:
    """The readings, with dots for lines that show nothing else; `lefts` are where the lines' images begin."""
    rows = [_dots(found, number, line) for number, line in enumerate(found.lines, 1)]
    return [
        _row(dots, line, left) if dots else reading
        for dots, line, left, reading in zip(rows, found.lines, lefts, readings, strict=True)
    ]


def _dots(found: TextLines, number: int, line: TextLine) -> int:
    """How many dots a line is made of, 0 where it shows anything else."""
    if line.letters or line.bottom - line.top > 2 * LARGEST * line.body:
        return 0
    pieces = pieces_of((found.owner[line.top : line.bottom, line.x0 : line.x1] == number).astype("uint8"))
    if len(pieces.area) < FEWEST or not _is_row(pieces, line.body):
        return 0
    return len(pieces.area) if are_dots(pieces, LARGEST * line.body).all() else 0


def _is_row(pieces: Pieces, body: float) -> bool:
    """Whether the pieces stand on one line at even distances: specks of dirt lie anywhere."""
    feet = pieces.bottom
    steps = np.diff(np.sort(pieces.x0))
    usual = float(np.median(steps))
    return bool(np.ptp(feet) <= LEVEL * body and usual <= APART * body and steps.max() <= UNEVEN * usual)


def _row(dots: int, line: TextLine, left: int) -> LineReading:
    text = "." * dots
    return LineReading(text, (Word(text, float(line.x0 - left), float(line.x1 - left), 1.0),), 1.0)
