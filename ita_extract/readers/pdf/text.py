"""Characters of a PDF page → lines: content order, one baseline, marks beside their letter, gaps as spaces.

The order in which a producer writes the characters is the one thing that stays right when glyph positions and codes
do not (measured on Chromium, LibreOffice and Word files); geometry says where lines and columns begin. Only where the
order itself is wrong (marks behind the next letter, marks after the line: `placed_by_eye`) each mark goes to the letter
that it stands on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ita_extract.places import Place
from ita_extract.readers.marks import DrawnMark

SAME_LINE = 0.35
"""Share of the type size by which baselines of one line differ (badly set digits)."""
MARK_REACH = 0.9
"""Share of the type size by which a mark's own baseline may be off."""
RAISED = 0.7
"""Share of the type size by which a smaller sign beside a word may be raised or lowered: `ข้อ ๑²`."""
SPACE = 0.22
"""A gap of this share of the type size is a space: Thai spaces are over 0.25 em, letters stand within 0.1 em."""
COLUMN_GAP = 1.6
"""A gap of this many type sizes separates columns."""
TWICE = 0.12
"""Share of the type size within which the same sign is printed again to look bold; the narrowest letter has 0.2 em."""
PATCH = 2.0
"""Points within which a sign printed again is looked for."""
NO_WIDTH = 0.02
"""Share of the type size below which a glyph takes no room."""
MIN_SPACED = 4
"""Gaps that a letter-spaced title has at least."""
ON_LETTER = 0.05
"""A mark stands on a letter when its origin lies this share of the type size right of the letter's start: marks have
no width, and fonts place them from the letter's end, at most 0.25 em to the left."""

_PRIVATE_MARKS = frozenset(map(chr, [*range(0xF701, 0xF70F), *range(0xF710, 0xF71B), *range(0xF884, 0xF89A)]))
_NIKHAHIT, _AA, _AM = "\u0e4d", "\u0e32", "\u0e33"
_TONES = frozenset("\u0e48\u0e49\u0e4a\u0e4b\u0e4c")
_CLOSED = _TONES | {_AM}
"""Signs behind which a letter takes no further mark."""
_LOST = "\ufffd"
_NO_SIGN = "\x00"
"""Stands for a space without width until a SARA AA behind it tells that it is a nikhahit."""
Printed = dict[tuple[str, int, int], tuple[float, float]]
"""Signs already printed on a patch of the page, with their places."""
Char = dict[str, Any]
"""A character as pdfplumber describes it, with what `page.characters` adds."""


@dataclass(slots=True)
class Sign:
    """One glyph's text at its place along the line, in points."""

    text: str
    x0: float
    x1: float
    is_mark: bool
    is_bold: bool = False
    confidence: float | None = None
    alternative: str | None = None


@dataclass(slots=True)
class Segment:
    """Characters that follow one another without a gap, or one drawn mark; `x0`, `x1` in points along the line.

    `text` is known once its line is complete.
    """

    x0: float
    x1: float
    signs: list[Sign] = field(default_factory=list)
    text: str = ""
    mark: DrawnMark | None = None

    @property
    def is_one_letter(self) -> bool:
        """Whether it is a letter with its marks."""
        return self.mark is None and sum(not sign.is_mark and not sign.text.isspace() for sign in self.signs) == 1

    @property
    def is_read_by_ocr(self) -> bool:
        """Whether its signs are words, each with a confidence of its own."""
        return self.mark is None and all(sign.confidence is not None for sign in self.signs)

    def spell(self) -> str:
        """The signs; spaces without width that turned out to be nothing are left out."""
        return "".join([sign.text for sign in self.signs if sign.text != _NO_SIGN])


@dataclass(slots=True)
class Line:
    """Text on one baseline; lengths in points. `across` grows downwards (as the line is read).

    `size` is that of its largest type, `least` of its smallest: office programs set Thai and Latin apart.
    `text` (the segments left to right, with the spaces between them; wide gaps keep their width in columns) and the
    ends `x0`, `x1` are known once the line is complete.
    """

    across: float
    size: float
    turn: int = 0
    segments: list[Segment] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0
    text: str = ""
    x0: float = 0.0
    x1: float = 0.0
    least: float = float("inf")

    def complete(self) -> None:
        """Sets what depends on all of its segments."""
        self.segments.sort(key=lambda segment: segment.x0)
        for segment in self.segments:
            segment.text = segment.spell()
        self.x0 = self.segments[0].x0
        self.x1 = max(segment.x1 for segment in self.segments)
        self.text = "".join([part for space, segment in self._spaced() for part in (space, segment.text)])

    def drawn(self) -> Iterator[tuple[int, DrawnMark]]:
        """The drawn marks of the line with their offsets in `text`."""
        at = 0
        for space, segment in self._spaced():
            if segment.mark is not None:
                yield at + len(space), segment.mark
            at += len(space) + len(segment.text)

    def places(self) -> Iterator[Place]:
        """Where the segments of an upright line stand; of those read by OCR where each word does."""
        at = 0
        for space, segment in self._spaced() if not self.turn else ():
            start, at = at + len(space), at + len(space) + len(segment.text)
            if segment.is_read_by_ocr:
                for sign in segment.signs:
                    end = start + len(sign.text)
                    if not sign.text.isspace():
                        place = (sign.x0, self.top, sign.x1, self.bottom)
                        yield Place(start, end, *place, sign.confidence, sign.alternative)
                    start = end
            else:
                yield Place(start, at, segment.x0, self.top, segment.x1, self.bottom)

    def _spaced(self) -> Iterator[tuple[str, Segment]]:
        """The segments, each with the space before it."""
        space, column = self._gaps()
        end = self.segments[0].x0
        for number, segment in enumerate(self.segments):
            gap = segment.x0 - end
            wide = gap > column
            count = max(2, round(gap / (0.5 * self.size))) if wide else int(gap > space)
            yield " " * count if number else "", segment
            end = max(end, segment.x1)

    def _gaps(self) -> tuple[float, float]:
        """The gaps in points from which there is a space, and a column: larger ones in letter-spaced titles."""
        gaps = sorted(b.x0 - a.x1 for a, b in pairwise(self.segments))
        if len(gaps) >= MIN_SPACED and all(segment.is_one_letter for segment in self.segments):
            usual = gaps[len(gaps) // 2]
            if gaps[0] > 0.7 * usual:
                return 1.6 * usual, max(COLUMN_GAP * self.size, 3.2 * usual)
        return SPACE * self.size, COLUMN_GAP * self.size

    @property
    def is_bold(self) -> bool:
        letters = [sign.is_bold for s in self.segments if s.mark is None for sign in s.signs if not sign.text.isspace()]
        return sum(letters) > 0.9 * len(letters)

    @property
    def bold_length(self) -> int:
        """Number of characters of `text` from the start that are set in bold, without the space behind them."""
        at = end = 0
        for space, segment in self._spaced():
            at += len(space)
            for sign in segment.signs:
                if not sign.is_bold and not sign.text.isspace():
                    return end
                at += len(sign.text) if sign.text != _NO_SIGN else 0
                end = at if sign.is_bold and not sign.text.isspace() else end
        return end

    @property
    def has_columns(self) -> bool:
        column = self._gaps()[1]
        return any(b.x0 - a.x1 > column for a, b in pairwise(self.segments))


def is_mark(text: str) -> bool:
    """Whether a character stands above or below another one: it never begins a line or a gap."""
    return text in _PRIVATE_MARKS or (len(text) == 1 and unicodedata.category(text) == "Mn")


def placed_by_eye(chars: Iterable[Char]) -> bool:
    """Whether marks are written apart from their letters, so that only their places tell where they belong.

    A mark in the right place has its origin on the letter before it. Where it has not, and letters that take no mark
    stand before many such marks, the order of the file is not the order of reading.
    """
    apart = impossible = 0
    base: Char | None = None
    for char in chars:
        text = char["text"].strip()
        if not text:
            continue
        if not is_mark(text):
            base = char
        elif base is not None and not _stands_on(*_along(char), *_along(base), char["size"]):
            apart += 1
            impossible += not "\u0e01" <= base["text"][-1:] <= "\u0e2e"
    return impossible >= 2 and impossible > 0.1 * apart


def _along(char: Char) -> tuple[float, float]:
    """Start and end along the line as it is read, in points."""
    return (char["start"], char["end"]) if char["turned"] else (char["x0"], char["x1"])


def _stands_on(start: float, end: float, base_start: float, base_end: float, size: float) -> bool:
    """Whether a mark's place is that of a letter."""
    x = (start + end) / 2
    return base_start + ON_LETTER * size < x <= base_end + 2 * ON_LETTER * size


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines of characters that belong together (one cell, one page), from top to bottom."""
    lines: list[Line] = []
    current: Line | None = None
    printed: Printed = {}
    for char in chars:
        text = char["text"]
        size = char["size"] or 1.0
        (x0, x1), across = _along(char), char["baseline"]
        if not text:  # a glyph whose text an earlier one has stated
            if current is not None and current.turn == char.get("turn", 0) and _fits(current, char, across, size, True):
                last = current.segments[-1]
                last.x1 = max(last.x1, x1) if x0 - last.x1 < size else last.x1
            continue
        if not text.isspace() and _is_printed_twice(printed, text, x0, across, size):
            continue
        mark = is_mark(text.strip())
        if current is None or not _fits(current, char, across, size, mark):
            current = next((line for line in reversed(lines) if _fits(line, char, across, size, False)), None)
            if current is None:
                if text.isspace():
                    continue
                current = Line(across, size, char.get("turn", 0), top=char["top"], bottom=char["bottom"])
                lines.append(current)
        _append(current, char, text, mark)
    lines = [line for line in lines if line.segments]
    for line in lines:
        line.complete()
    return sorted([line for line in lines if line.text.strip()], key=lambda line: (line.turn, line.across))


def _is_printed_twice(printed: Printed, text: str, x: float, y: float, size: float) -> bool:
    """Whether the same sign stands (nearly) here already; remembers it when not."""
    reach = min(TWICE * size, PATCH)
    column, row = int(x // PATCH), int(y // PATCH)
    for i in (-1, 0, 1):
        for j in (-1, 0, 1):
            there = printed.get((text, column + i, row + j))
            if there is not None and abs(there[0] - x) <= reach and abs(there[1] - y) <= reach:
                return True
    printed[text, column, row] = (x, y)
    return False


def _fits(line: Line, char: Char, across: float, size: float, mark: bool) -> bool:
    if line.turn != char.get("turn", 0):
        return False
    off = abs(across - line.across)
    if off <= (MARK_REACH if mark else SAME_LINE) * max(min(size, line.size), 1.0):
        return True
    small = size < 0.8 * line.size and off < RAISED * line.size
    return small and any(abs(_along(char)[0] - segment.x1) < 0.3 * size for segment in line.segments)


def _append(line: Line, char: Char, text: str, mark: bool) -> None:
    (x0, x1), size = _along(char), char["size"] or 1.0
    if (drawn := char.get("drawn")) is not None:
        line.segments.append(Segment(x0, x1, [Sign(text, x0, x1, False)], mark=drawn))
        line.top, line.bottom = min(line.top, char["top"]), max(line.bottom, char["bottom"])
        return
    last = line.segments[-1] if line.segments else None
    if (
        mark
        and char.get("by_eye")
        and last is not None
        and _put_on_letter(line, text.strip(), x0, x1, size, bool(char["bold"]))
    ):
        return
    gap = x0 - last.x1 if last else 0.0
    blank = text.isspace()
    if last is None or last.mark is not None or (not mark and (gap > SPACE * size or gap < -0.5 * size)):
        if blank:  # what stands before it may come later (word processors write spaces first); the gap tells it
            return
        last = Segment(x0, x1)
        line.segments.append(last)
    if x1 - x0 < NO_WIDTH * size and (blank or text == _LOST):
        text = _lost_mark(last, blank)
        if not text:
            return
        mark = True
    if text == _LOST and _is_half_am(last, size):  # the other half of it
        last.x1 = max(last.x1, x1)
        return
    if text[0] == _AA:
        _complete_am(last)
    last.signs.append(
        Sign(
            " " if blank and not mark else text,
            x0,
            x1,
            mark,
            bool(char["bold"]),
            char.get("confidence"),
            char.get("alternative"),
        )
    )
    if not mark:
        last.x1 = max(last.x1, x1)
        if not blank:
            line.size, line.least = max(line.size, size), min(line.least, size)
    line.top, line.bottom = min(line.top, char["top"]), max(line.bottom, char["bottom"])


def _put_on_letter(line: Line, text: str, x0: float, x1: float, size: float, bold: bool) -> bool:
    """Adds a mark to the letter on which it stands, behind the marks that it has already."""
    for segment in reversed(line.segments):
        for at in range(len(segment.signs) - 1, -1, -1):
            sign = segment.signs[at]
            if sign.is_mark or not _stands_on(x0, x1, sign.x0, sign.x1, size):
                continue
            at += 1
            while at < len(segment.signs) and segment.signs[at].is_mark:
                at += 1
            segment.signs.insert(at, Sign(text, x0, x1, True, bold))
            return True
    return False


def _lost_mark(segment: Segment, blank: bool) -> str:
    """What a glyph without width and without a character is: nothing, a mark to be told later, a lost sign."""
    before = segment.spell()[-1:]
    if blank:
        return _NO_SIGN
    return "" if before in _CLOSED else _LOST


def _is_half_am(segment: Segment, size: float) -> bool:
    """Whether a SARA AM without width stands last: its upper half, to which the map gave all of it (Adobe programs)."""
    sign = segment.signs[-1] if segment.signs else None
    return sign is not None and sign.text == _AM and sign.x1 - sign.x0 < NO_WIDTH * size


def _complete_am(segment: Segment) -> None:
    """A space without width before SARA AA is the upper half of a SARA AM (Word with Thai fonts: `ด าเนิน`)."""
    for sign in reversed(segment.signs[-2:]):
        if sign.text == _NO_SIGN:
            sign.text = _NIKHAHIT
            return
