"""Rows of dots to write on: what is no more than that needs no OCR, which takes it for a row of digits."""

from __future__ import annotations

from ita_extract.vision.ink import pieces_of
from ita_extract.vision.lines import TextLine, TextLines
from ita_extract.vision.ocr import LineReading, Word

FEWEST = 4
"""Dots that make a row."""
LARGEST = 0.45
"""Side of a dot in heights of consonants, at most."""
ROUND = 0.5
"""Share of its box that a dot fills at least."""


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
    side = LARGEST * line.body
    is_dot = (pieces.width <= side) & (pieces.height <= side) & (pieces.area >= ROUND * pieces.width * pieces.height)
    return len(pieces.area) if len(pieces.area) >= FEWEST and is_dot.all() else 0


def _row(dots: int, line: TextLine, left: int) -> LineReading:
    text = "." * dots
    return LineReading(text, (Word(text, float(line.x0 - left), float(line.x1 - left), 1.0),), 1.0)
