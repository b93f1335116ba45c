"""Lines of a PDF page → paragraphs and headings: lines that were broken for want of room are joined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ita_extract.model import Quote
from ita_extract.readers.drafts import Draft, DraftParagraph
from ita_extract.readers.pdf.text import Line
from ita_extract.readers.reading import Reading
from ita_extract.readers.wrapping import append_line, begins_item, is_inside_word, lists_on
from ita_extract.thai.text import is_thai
from ita_extract.thai.tokens import word_starts

HEADING_SIZE = 1.12
"""Headings are set this much larger than the text (measured: 1.15 and more), or bold as a whole."""
MIN_EDGE_LINES = 3
"""Lines that end at the same place by more than chance."""


def paragraphs(reading: Reading, lines: Sequence[Line], page: int, limit: float, in_cell: bool = False) -> list[Draft]:
    """Lines as paragraphs; a line that was broken for want of room (before `limit`) is joined with the next."""
    drafts: list[Draft] = []
    last: Line | None = None
    pitch = _pitch(lines)
    texts = [quote.strip() for quote in reading.quotes(lines)]
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if not text:
            continue
        draft = DraftParagraph(text, page, bold_end=_bold_end(line, text))
        if not in_cell:
            _set_heading(draft, line, reading.size)
        above = drafts[-1] if drafts else None
        if (
            isinstance(above, DraftParagraph)
            and last is not None
            and _may_go_on(last, above, line, draft, pitch)
            and _is_full(
                last, line, text.text, "".join(t.text for t in texts[at + 1 : at + 2]), _room(lines, line, limit)
            )
            and (is_inside_word(above.text, text.text) or not _is_entry(text.text, above, in_cell))
        ):
            append_line(drafts, draft, spaced=last.text.endswith(" "))
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
    """Largest distance of baselines inside a paragraph, in type sizes: a little over the smallest one found."""
    steps = [(below.across - line.across) / max(line.size, 1.0) for line, below in pairwise(lines)]
    usual = min((step for step in steps if step > 0.8), default=0.0)
    return min(1.25 * usual, 2.5)


def _may_go_on(line: Line, above: DraftParagraph, following: Line, draft: DraftParagraph, pitch: float) -> bool:
    """Whether two lines are set alike and as close as the lines of a paragraph."""
    if line.has_columns or following.has_columns or line.turn != following.turn:
        return False
    if above.role != draft.role or above.level != draft.level:
        return False
    return following.across - line.across <= pitch * line.size and abs(line.size - following.size) <= 0.1 * line.size


def _is_entry(text: str, above: DraftParagraph, in_cell: bool) -> bool:
    is_short = in_cell or above.role == "heading"
    return begins_item(text, above.text, is_short) or (in_cell and lists_on(text, above.text))


def _room(lines: Sequence[Line], line: Line, limit: float) -> float:
    """Where a line must end, in points along it: turned ones have only one another to tell."""
    return limit if not line.turn else max(other.x1 for other in lines if other.turn == line.turn)


def _is_full(line: Line, following: Line, text: str, ahead: str, limit: float) -> bool:
    """Whether the next line's first word had no room on the line above, with a space where it is no Thai."""
    space = 0.0 if is_thai(text[0]) else 0.25 * line.size
    return line.x1 + space + _first_word(following, text, ahead) > limit - 0.3 * line.size


def _first_word(line: Line, text: str, ahead: str) -> float:
    """Width of a line's first word in points; of one that goes on on the line after (`ahead`), the whole line's."""
    starts = sorted(start for start in word_starts((text + ahead)[:80]) if start > 0)
    share = min(1.0, starts[0] / len(text)) if starts else 1.0
    return share * (line.x1 - line.x0)


def right_edge(lines: Sequence[Line], tables: Sequence[float], width: float) -> float:
    """Where lines of a page (or column) must end: at the edge that many of them reach, else at the margin.

    `tables` are the right sides of tables among them, `width` is the page's, 0 for a column. Where no edge shows, the
    right margin is taken to be as wide as the left one.
    """
    upright = [line for line in lines if not line.turn]
    edge = max((line.x1 for line in upright), default=0.0)
    if sum(line.x1 > edge - 0.5 * line.size for line in upright) >= MIN_EDGE_LINES or not width or not upright:
        return edge
    return max(edge, *tables, width - min(line.x0 for line in upright))
