"""Lines of a PDF page → paragraphs and headings: lines that were broken for want of room are joined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ita_extract.model import Quote
from ita_extract.readers.drafts import Draft, DraftParagraph
from ita_extract.readers.pdf.text import Line, is_mark
from ita_extract.readers.reading import Reading
from ita_extract.readers.wrapping import (
    append_line,
    begins_item,
    begins_label,
    is_cut_token,
    is_inside_word,
    is_left_open,
    lists_on,
)
from ita_extract.thai.text import is_thai
from ita_extract.thai.tokens import word_starts

NO_BREAK_BEHIND = frozenset('.("“‘[/@_')
"""Signs behind which no line is broken unless a space follows (Unicode Line Breaking Algorithm, LB13–LB15, LB19)."""
HEADING_SIZE = 1.12
"""Headings are set this much larger than the text (measured: 1.15 and more), or bold as a whole."""
FULL = -0.3
"""Room that a line's next word lacked, in ems, from which the line was broken for want of it: fonts are measured so
exactly."""
FULL_IN_WORD = -2.0
"""The same where the line ends within a word: dictionaries break words differently."""
NO_ROOM = 0.55
"""Ems left on a line of which not even one more sign had room: the width of a digit."""
MIN_EDGE_LINES = 3
"""Lines that end at the same place by more than chance."""


def paragraphs(reading: Reading, lines: Sequence[Line], page: int, limit: float, in_cell: bool = False) -> list[Draft]:
    """Lines as paragraphs; a line that was broken for want of room (before `limit`) is joined with the next."""
    drafts: list[Draft] = []
    last: Line | None = None
    pitch = _pitch(lines)
    quotes = reading.quotes(lines)
    texts = [quote.strip() for quote in quotes]
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if not text:
            continue
        draft = DraftParagraph(text, page, bold_end=_bold_end(line, quotes[at], text))
        if not in_cell:
            _set_heading(draft, line, reading.size)
        above = drafts[-1] if drafts else None
        ahead = texts[at + 1].text if at + 1 < len(texts) else ""
        if (
            isinstance(above, DraftParagraph)
            and last is not None
            and _may_go_on(last, above, line, draft, pitch)
            and _follows(
                above, text.text, ahead, in_cell, missing_room(last, line, text.text, ahead, _room(lines, line, limit))
            )
        ):
            append_line(drafts, draft, spaced=last.text.endswith(" "), is_cut=_is_cut(last, text.text, limit))
        else:
            drafts.append(draft)
        last = line
    return drafts


def _bold_end(line: Line, whole: Quote, text: Quote) -> int:
    """Where bold type ends that begins the line and is not all of it; `text` is the repaired line without its edges."""
    end = 0 if line.is_bold else line.bold_length
    if not end:
        return 0
    place = whole.start + end
    before = [run for run in text.runs if run.source_start < place]
    return before[-1].text_start + min(place, before[-1].source_end) - before[-1].source_start if before else 0


def _set_heading(draft: DraftParagraph, line: Line, size: float) -> None:
    large = line.size >= HEADING_SIZE * size
    if (large or line.is_bold) and not line.has_columns:
        draft.role = "heading"
        draft.level = 1 if line.size >= 1.28 * size else 2 if large else 3


def _pitch(lines: Sequence[Line]) -> float:
    """Largest distance of baselines inside a paragraph, in type sizes: a little over the smallest one found.

    From a line to one of another size it is no distance within a paragraph.
    """
    steps = [(b.across - a.across) / max(a.size, 1.0) for a, b in pairwise(lines) if _are_alike(a, b)]
    usual = min((step for step in steps if step > 0.8), default=0.0)
    return min(1.25 * usual, 2.5)


def _may_go_on(line: Line, above: DraftParagraph, following: Line, draft: DraftParagraph, pitch: float) -> bool:
    """Whether two lines are set alike and as close as the lines of a paragraph."""
    if line.has_columns or following.has_columns or line.turn != following.turn:
        return False
    if above.role != draft.role or above.level != draft.level:
        return False
    return following.across - line.across <= pitch * max(line.size, following.size) and _are_alike(line, following)


def _are_alike(line: Line, other: Line) -> bool:
    """Whether two lines are set in one size."""
    slack = 0.1 * line.size
    return line.least <= other.size + slack and other.least <= line.size + slack


def _is_entry(text: str, ahead: str, above: DraftParagraph, in_cell: bool) -> bool:
    is_short = in_cell or above.role == "heading"
    if begins_item(text, above.text, is_short):
        return True
    return in_cell and (lists_on(text, ahead, above.text) or begins_label(text, ahead))


def _room(lines: Sequence[Line], line: Line, limit: float) -> float:
    """Where a line must end, in points along it: turned ones have only one another to tell."""
    return limit if not line.turn else max(other.x1 for other in lines if other.turn == line.turn)


def _follows(above: DraftParagraph, text: str, ahead: str, in_cell: bool, missing: float) -> bool:
    """Whether a line goes on with the paragraph above; `missing` is the room that its first word lacked there, in ems.

    A line that ends within a word, or before what it needs, is full even if our dictionary breaks words earlier than
    the producer's.
    """
    if is_inside_word(above.text, text):
        return missing > FULL_IN_WORD
    if is_left_open(above.text, text) and not begins_item(text, above.text, True):
        return missing > FULL_IN_WORD
    return missing > FULL and not _is_entry(text, ahead, above, in_cell)


def _is_cut(line: Line, text: str, limit: float) -> bool:
    """Whether a line was broken within a number or a name of a month, which alone is wider than its cell."""
    return limit - line.x1 < NO_ROOM * line.size and is_cut_token(line.text, text)


def missing_room(line: Line, following: Line, text: str, ahead: str, limit: float) -> float:
    """How far the next line's first word would have stood out above, in ems, with a space where one is due."""
    space = 0.0 if is_thai(text[0]) and not line.text.endswith(" ") else 0.25 * line.size
    return (line.x1 + space + first_word(following, text, ahead) - limit) / max(line.size, 1.0)


def first_word(line: Line, text: str, ahead: str) -> float:
    """Width of a line's first word in points; of one that goes on on the line after (`ahead`), the whole line's."""
    whole = (text + ahead)[:80]
    starts = sorted(start for start in word_starts(whole) if start > 0 and whole[start - 1] not in NO_BREAK_BEHIND)
    share = _letters(text[: starts[0]]) / max(1, _letters(text)) if starts else 1.0
    return share * (line.x1 - line.x0)


def _letters(text: str) -> int:
    """The signs that take room."""
    return sum(not is_mark(sign) for sign in text)


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
