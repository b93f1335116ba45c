"""Pictures, emblems, signatures, bars and rests of shading hold ink that looks like letters: what OCR makes of them is
no text."""

from __future__ import annotations

from collections.abc import Sequence

from ita_extract.vision.lines import Region, TextLine, TextLines
from ita_extract.vision.ocr import LineReading

SURE = 0.6
"""Confidence below which letters in a picture are none."""
MIN_LETTERS = 3
"""Letters of one height that make a line."""
LEAST = 3.5
"""Least side of a picture in heights of consonants."""
MANY = 5
"""So many lines of which none can be read are a picture."""
LOWEST = 0.6
"""Height of a line without any letter, in heights of consonants, below which no letter or digit stands in it: the
lowest, Thai zeros, have 0.65."""
SOLID, HIGH, LONG = 0.8, 0.5, 1.5
"""Share of ink in a bar, its least height in heights of consonants, and its least length in its heights: dashes are
lower, letters have paper between their strokes."""
NOTHING = LineReading("", (), 0.0)


def without_what_is_no_print(found: TextLines, readings: Sequence[LineReading]) -> list[LineReading]:
    """The readings, with nothing for lines that are parts of pictures, for bars, and for dirt taken for letters."""
    read = _without_pictures(found, readings)
    return [
        NOTHING if _is_dirt(line, reading) or _is_bar(found, number, line) else reading
        for number, (line, reading) in enumerate(zip(found.lines, read, strict=True), 1)
    ]


def _is_dirt(line: TextLine, reading: LineReading) -> bool:
    """Whether letters were read where the ink is too low for any."""
    is_low = not line.letters and line.bottom - line.top < LOWEST * line.body
    return is_low and any(sign.isalnum() for sign in reading.text)


def _is_bar(found: TextLines, number: int, line: TextLine) -> bool:
    height, width = line.bottom - line.top, line.x1 - line.x0
    if height < HIGH * line.body or width < LONG * height:
        return False
    return bool((found.owner[line.top : line.bottom, line.x0 : line.x1] == number).mean() >= SOLID)


def _without_pictures(found: TextLines, readings: Sequence[LineReading]) -> list[LineReading]:
    sure = [r.confidence >= SURE and len(r.text) > 1 for r in readings]
    lettered = [line.letters >= MIN_LETTERS for line in found.lines]
    if len(readings) >= MANY and not any(s and letters for s, letters in zip(sure, lettered, strict=True)):
        return [NOTHING] * len(readings)
    pictures = [box for line in found.lines[:1] for box in found.others if _is_large(box, line.body)]
    return [
        NOTHING if not (ok and letters) and _is_inside(line, pictures) else reading
        for line, reading, ok, letters in zip(found.lines, readings, sure, lettered, strict=True)
    ]


def _is_large(box: Region, body: float) -> bool:
    return min(box.x1 - box.x0, box.bottom - box.top) >= LEAST * body


def _is_inside(line: TextLine, pictures: Sequence[Region]) -> bool:
    return any(p.x0 <= line.x0 and line.x1 <= p.x1 and p.top <= line.top and line.bottom <= p.bottom for p in pictures)
