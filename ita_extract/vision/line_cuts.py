"""Lines of text cut where something stands in them that is no text: what is left and right of a check box is read
apart, so that no word reaches over it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ita_extract.vision.lines import TextLine, TextLines

Rect = tuple[int, int, int, int]


def cut_lines(found: TextLines, boxes: Sequence[Rect]) -> TextLines:
    """The lines with those cut that run over boxes (x0, top, x1, bottom in pixels); the parts follow one another."""
    owner = np.zeros_like(found.owner)
    lines: list[TextLine] = []
    for number, line in enumerate(found.lines, 1):
        part = np.s_[line.top : line.bottom, line.x0 : line.x1]
        mine = found.owner[part] == number
        cuts = sorted(
            (x0 + x1) // 2 - line.x0 for x0, top, x1, bottom in boxes if _is_inside(line, x0, top, x1, bottom)
        )
        for start, end in zip((0, *cuts), (*cuts, line.x1 - line.x0), strict=True):
            inked = np.flatnonzero(mine[:, start:end].any(axis=0))
            if len(inked):
                x0, x1 = line.x0 + start + int(inked[0]), line.x0 + start + int(inked[-1]) + 1
                lines.append(_part(line, x0, x1))
                owner[part][:, start:end][mine[:, start:end]] = len(lines)
    return TextLines(lines, owner, found.others)


def _is_inside(line: TextLine, x0: int, top: int, x1: int, bottom: int) -> bool:
    return line.x0 < x0 and x1 < line.x1 and line.top < (top + bottom) / 2 < line.bottom


def _part(line: TextLine, x0: int, x1: int) -> TextLine:
    """A part of a line; its baseline is that at its own middle."""
    if (x0, x1) == (line.x0, line.x1):
        return line
    shift = line.slope * ((x0 + x1) / 2 - (line.x0 + line.x1) / 2)
    share = (x1 - x0) / (line.x1 - line.x0)
    return line._replace(x0=x0, x1=x1, baseline=line.baseline + shift, letters=round(share * line.letters))
