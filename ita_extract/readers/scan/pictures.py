"""Pictures, emblems and signatures hold strokes that look like letters: what OCR makes of them is no text."""

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
NOTHING = LineReading("", (), 0.0)


def without_pictures(found: TextLines, readings: Sequence[LineReading]) -> list[LineReading]:
    """The readings, with nothing for lines that are parts of pictures."""
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
