"""Lines of text cut where something stands in them that is no text: what is left and right of a check box, of a row of
dots to write on, or of the stroke of a circle is read apart, so that no word reaches over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from ita_extract.vision.dot_rows import dot_rows
from ita_extract.vision.lines import TextLine, TextLines

Rect = tuple[int, int, int, int]
GAP = 0.9
"""Heights of consonants to the nearest gap between letters, from where a circle goes through the line."""


def cut_lines(found: TextLines, boxes: Sequence[Rect], circles: Sequence[Rect] = ()) -> TextLines:
    """The lines with those cut that run over boxes (x0, top, x1, bottom in pixels) or have rows of dots, and at the
    sides of circles; the parts follow one another, and rows of dots have no letters."""
    owner = np.zeros_like(found.owner)
    lines: list[TextLine] = []
    for number, line in enumerate(found.lines, 1):
        part = np.s_[line.top : line.bottom, line.x0 : line.x1]
        mine = found.owner[part] == number
        dots = dot_rows(mine.astype(np.uint8), line.body) if line.letters else []
        middles = [(x0 + x1) // 2 - line.x0 for x0, top, x1, bottom in boxes if _is_inside(line, x0, top, x1, bottom)]
        sides = _gaps(line, mine, circles)
        cuts = sorted({*middles, *sides, *(edge for row in dots for edge in row)} - {0, line.x1 - line.x0})
        text = line.x1 - line.x0 - sum(end - start for start, end in dots)
        for start, end in zip((0, *cuts), (*cuts, line.x1 - line.x0), strict=True):
            inked = np.flatnonzero(mine[:, start:end].any(axis=0))
            if len(inked):
                x0, x1 = line.x0 + start + int(inked[0]), line.x0 + start + int(inked[-1]) + 1
                is_dots = any(first <= start and end <= last for first, last in dots)
                lines.append(_row(line, x0, x1, mine[:, start:end]) if is_dots else _part(line, x0, x1, text))
                owner[part][:, start:end][mine[:, start:end]] = len(lines)
    return TextLines(lines, owner, found.others)


def _is_inside(line: TextLine, x0: int, top: int, x1: int, bottom: int) -> bool:
    return line.x0 < x0 and x1 < line.x1 and line.top < (top + bottom) / 2 < line.bottom


def _gaps(line: TextLine, mine: NDArray[np.bool_], circles: Sequence[Rect]) -> Iterator[int]:
    """The gaps between letters nearest to where circles go through a line."""
    for x0, top, x1, bottom in circles:
        if line.top < (top + bottom) / 2 < line.bottom:
            gaps = np.flatnonzero(~mine.any(axis=0))
            for side in (x0 - line.x0, x1 - line.x0):
                near = gaps[abs(gaps - side) <= GAP * line.body]
                if len(near):
                    yield int(near[abs(near - side).argmin()])


def _part(line: TextLine, x0: int, x1: int, text: int) -> TextLine:
    """A part of a line whose letters take `text` pixels; its baseline is that at its own middle."""
    if (x0, x1) == (line.x0, line.x1):
        return line
    share = min(1.0, (x1 - x0) / max(text, 1))
    return line._replace(x0=x0, x1=x1, baseline=_baseline(line, x0, x1), letters=max(1, round(share * line.letters)))


def _row(line: TextLine, x0: int, x1: int, ink: NDArray[np.bool_]) -> TextLine:
    """A part of a line that is a row of dots."""
    rows = np.flatnonzero(ink.any(axis=1))
    top, bottom = line.top + int(rows[0]), line.top + int(rows[-1]) + 1
    return line._replace(x0=x0, top=top, x1=x1, bottom=bottom, baseline=_baseline(line, x0, x1), letters=0)


def _baseline(line: TextLine, x0: int, x1: int) -> float:
    return line.baseline + line.slope * ((x0 + x1) / 2 - (line.x0 + line.x1) / 2)
