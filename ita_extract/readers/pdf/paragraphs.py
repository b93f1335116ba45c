"""Lines of a PDF page → paragraphs and headings: lines that were broken for want of room are joined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ita_extract.model import Quote
from ita_extract.readers.drafts import Draft, DraftParagraph
from ita_extract.readers.pdf.text import Line
from ita_extract.readers.reading import Reading
from ita_extract.readers.wrapping import append_line, begins_anew
from ita_extract.thai.tokens import word_starts

HEADING_SIZE = 1.12
"""Headings are set this much larger than the text (measured: 1.15 and more), or bold as a whole."""


def paragraphs(reading: Reading, lines: Sequence[Line], page: int, limit: float, in_cell: bool = False) -> list[Draft]:
    """Lines as paragraphs; a line that was broken for want of room is joined with the next."""
    drafts: list[Draft] = []
    last: Line | None = None
    pitch = _pitch(lines)
    for line, quote in zip(lines, reading.quotes(lines), strict=True):
        text = quote.strip()
        if not text:
            continue
        draft = DraftParagraph(text, page, bold_end=_bold_end(line, text))
        if not in_cell:
            _set_heading(draft, line, reading.size)
        above = drafts[-1] if drafts else None
        if isinstance(above, DraftParagraph) and last is not None and _goes_on(last, above, line, draft, limit, pitch):
            append_line(drafts, draft)
        else:
            drafts.append(draft)
        last = line
    return drafts


def _bold_end(line: Line, text: Quote) -> int:
    """Where bold type ends that begins the line and is not all of it."""
    return 0 if line.is_bold or not line.bold_length else min(line.bold_length, len(text))


def _set_heading(draft: DraftParagraph, line: Line, size: float) -> None:
    large = line.size >= HEADING_SIZE * size
    if (large or line.is_bold) and not line.has_columns:
        draft.role = "heading"
        draft.level = 1 if line.size >= 1.28 * size else 2 if large else 3


def _pitch(lines: Sequence[Line]) -> float:
    """Largest distance of baselines inside a paragraph: a little over the smallest one found, in points."""
    steps = [below.across - line.across for line, below in pairwise(lines)]
    sizes = [line.size for line in lines]
    usual = min((step for step in steps if step > 0.8 * min(sizes)), default=0.0)
    return min(1.25 * usual, 2.5 * max(sizes, default=0.0))


def _goes_on(
    line: Line, above: DraftParagraph, following: Line, draft: DraftParagraph, limit: float, pitch: float
) -> bool:
    """Whether the next line's first word had no room on the line above."""
    if line.has_columns or following.has_columns or above.role != draft.role or above.level != draft.level:
        return False
    if following.across - line.across > pitch or abs(line.size - following.size) > 0.1 * line.size:
        return False
    if begins_anew(draft.text):
        return False
    return line.x1 + _first_word(following, draft.text) > limit - 0.3 * line.size


def _first_word(line: Line, text: str) -> float:
    """Width of the first word in points."""
    starts = sorted(start for start in word_starts(text[:60]) if start > 0)
    share = starts[0] / len(text) if starts else 1.0
    return share * (line.x1 - line.x0)
