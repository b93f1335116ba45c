"""Characters of a PDF page → lines: content order, one baseline, marks beside their letter, gaps as spaces.

The order in which a producer writes the characters is the one thing that stays right when glyph positions and codes
do not (measured on Chromium, LibreOffice and Word files); geometry only says where lines and columns begin.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ita_extract.readers.marks import DrawnMark

SAME_LINE = 0.35
"""Share of the type size by which baselines of one line differ (superscripts, badly set digits)."""
MARK_REACH = 0.9
"""Share of the type size by which a mark's own baseline may be off."""
SPACE = 0.22
"""A gap of this share of the type size is a space: Thai spaces are over 0.25 em, letters stand within 0.1 em."""
COLUMN_GAP = 1.6
"""A gap of this many type sizes separates columns."""

_PRIVATE_MARKS = frozenset(map(chr, [*range(0xF701, 0xF70F), *range(0xF710, 0xF71B), *range(0xF884, 0xF89A)]))
Char = dict[str, Any]
"""A character as pdfplumber describes it."""


@dataclass(slots=True)
class Segment:
    """Characters that follow one another without a gap, or one drawn mark; `x0`, `x1` in points along the line."""

    x0: float
    x1: float
    text: str = ""
    bold: int = 0
    letters: int = 0
    mark: DrawnMark | None = None


@dataclass(slots=True)
class Line:
    """Text on one baseline; lengths in points. `across` grows downwards."""

    across: float
    size: float
    segments: list[Segment] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0

    @property
    def x0(self) -> float:
        return min(segment.x0 for segment in self.segments)

    @property
    def x1(self) -> float:
        return max(segment.x1 for segment in self.segments)

    @property
    def text(self) -> str:
        """The segments left to right, with the spaces between them; wide gaps keep their width in columns."""
        return "".join(part for space, segment in self._spaced() for part in (space, segment.text))

    def drawn(self) -> Iterator[tuple[int, DrawnMark]]:
        """The drawn marks of the line with their offsets in `text`."""
        at = 0
        for space, segment in self._spaced():
            if segment.mark is not None:
                yield at + len(space), segment.mark
            at += len(space) + len(segment.text)

    def _spaced(self) -> Iterator[tuple[str, Segment]]:
        """The segments, each with the space before it."""
        end = self.segments[0].x0
        for number, segment in enumerate(self.segments):
            gap = segment.x0 - end
            wide = gap > COLUMN_GAP * self.size
            count = max(2, round(gap / (0.5 * self.size))) if wide else int(gap > SPACE * self.size)
            yield " " * count if number else "", segment
            end = max(end, segment.x1)

    @property
    def is_bold(self) -> bool:
        return sum(s.bold for s in self.segments) > 0.9 * sum(s.letters for s in self.segments)

    @property
    def bold_length(self) -> int:
        """Number of characters from the start set in bold, as far as the first segment tells."""
        return 0 if not self.segments or not self.segments[0].bold else self.segments[0].bold

    @property
    def has_columns(self) -> bool:
        gaps = zip(self.segments, self.segments[1:], strict=False)
        return any(b.x0 - a.x1 > COLUMN_GAP * self.size for a, b in gaps)


def is_mark(text: str) -> bool:
    """Whether a character stands above or below another one: it never begins a line or a gap."""
    return text in _PRIVATE_MARKS or (len(text) == 1 and unicodedata.category(text) == "Mn")


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines of characters that belong together (one cell, one page), from top to bottom."""
    lines: list[Line] = []
    current: Line | None = None
    seen: set[tuple[str, int, int]] = set()
    for char in chars:
        text = char["text"]
        size = char["size"] or 1.0
        x0, x1, across = char["x0"], char["x1"], char["baseline"]
        if not text:  # a glyph whose text an earlier one has stated
            if current is not None and _fits(current, across, size, True):
                last = current.segments[-1]
                last.x1 = max(last.x1, x1) if x0 - last.x1 < size else last.x1
            continue
        place = (text, round(x0 * 2), round(across))
        if place in seen and not text.isspace():
            continue  # bold made by printing twice
        seen.add(place)
        mark = is_mark(text)
        if current is None or not _fits(current, across, size, mark):
            current = next((line for line in reversed(lines) if _fits(line, across, size, False)), None)
            if current is None:
                if text.isspace():
                    continue
                current = Line(across, size, top=char["top"], bottom=char["bottom"])
                lines.append(current)
        _append(current, char, text, x0, x1, size, mark)
    for line in lines:
        line.segments.sort(key=lambda segment: segment.x0)
    kept = [line for line in lines if line.segments and line.text.strip()]
    return sorted(kept, key=lambda line: line.across)


def _fits(line: Line, across: float, size: float, mark: bool) -> bool:
    reach = MARK_REACH if mark else SAME_LINE
    return abs(across - line.across) <= reach * max(min(size, line.size), 1.0)


def _append(line: Line, char: Char, text: str, x0: float, x1: float, size: float, mark: bool) -> None:
    if (drawn := char.get("drawn")) is not None:
        line.segments.append(Segment(x0, x1, text, mark=drawn))
        line.top, line.bottom = min(line.top, char["top"]), max(line.bottom, char["bottom"])
        return
    last = line.segments[-1] if line.segments else None
    gap = x0 - last.x1 if last else 0.0
    if last is None or last.mark is not None or (not mark and (gap > SPACE * size or gap < -0.5 * size)):
        if text.isspace():
            if last is not None and not last.text.endswith(" ") and -0.5 * size <= gap <= size:
                last.text += " "
                last.x1 = max(last.x1, x1)
            return
        last = Segment(x0, x1)
        line.segments.append(last)
    last.text += " " if text.isspace() else text
    bold = bool(char["bold"])
    last.letters += 1
    last.bold += bold
    if not mark:
        last.x1 = max(last.x1, x1)
        line.size = max(line.size, size) if not text.isspace() else line.size
    line.top, line.bottom = min(line.top, char["top"]), max(line.bottom, char["bottom"])
