"""Rows that a page break cuts in two: told by the rulings and the text at the break.

A cell that goes on filled its part to the foot of the page; its last line had no room for the next word, or a new
paragraph begins. A cell that ended above the foot, or was blank, does not go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from ita_extract.readers.drafts import DraftCell, DraftParagraph
from ita_extract.readers.pdf.page_tables import PageCell, PageTable, has_same_columns
from ita_extract.readers.pdf.paragraphs import FULL, FULL_IN_WORD, first_word, missing_room
from ita_extract.readers.wrapping import begins_item, is_broken_amount, is_inside_word
from ita_extract.thai.numbering import parse_numbering

FOOT = 2.2
"""Type sizes between the last line and the side of a cell up to which there was no room for another: it and padding."""
FEW = 3
"""A row of which no more than one cell in so many has text, and not the first one, is hardly a row of its own: headings
of two levels fill half of it."""
SHORT = 0.4
"""Share of a cell's width from which a word is so long that lines end before it by chance."""


class Passage(IntEnum):
    """How the text of a cell goes on on the next page, from what speaks against it to what speaks for it."""

    APART = 0
    """The cell above had ended."""
    FOLLOWS = 1
    """A new paragraph, where the one above filled its cell."""
    FLOWS = 2
    """The next word had no room on the line above."""
    IS_CUT = 3
    """It had none though it is short, or it is the rest of a word, or the next number of a list."""
    IN_WORD = 4


def parts_of_a_row(above: Sequence[DraftCell], below: Sequence[DraftCell], foot: float) -> bool:
    """Whether the first row of a page goes on with the last row of the page before, whose text ended at `foot`."""
    filled = {cell.column: cell for cell in above if cell.blocks}
    rest = [cell for cell in below if cell.blocks]
    if not filled or not rest or any(cell.row_span > 1 for cell in rest):
        return False
    passages = {cell.column: passage(filled.get(cell.column), cell, foot) for cell in rest}
    has_no_head = min(filled) not in passages
    if Passage.APART in passages.values():
        return has_no_head and Passage.IN_WORD in passages.values()
    is_sparse = 2 * len(rest) <= len(filled)
    if has_no_head and is_sparse and all(_is_open(filled[column]) for column in passages):
        return True
    if has_no_head and FEW * len(rest) <= len(filled) and Passage.FOLLOWS not in passages.values():
        return True
    clear = sum(found >= Passage.IS_CUT for found in passages.values())
    if is_sparse or (has_no_head and Passage.FOLLOWS not in passages.values()):
        return clear > 0
    return Passage.FOLLOWS not in passages.values() and Passage.IN_WORD in passages.values()


def passage(above: DraftCell | None, below: DraftCell, foot: float) -> Passage:
    """How the text of a cell goes on overleaf."""
    if not isinstance(above, PageCell) or not isinstance(below, PageCell) or not above.blocks:
        return Passage.APART
    last, first = above.last, below.first
    size = last.size if last is not None else 10.0
    if above.column_span != below.column_span or min(above.bottom, foot) - above.lowest > FOOT * size:
        return Passage.APART
    one, other = above.blocks[-1], below.blocks[0]
    if isinstance(one, PageTable) and isinstance(other, PageTable) and has_same_columns(one, other):
        return Passage.IS_CUT
    if last is None or first is None or not isinstance(one, DraftParagraph) or not isinstance(other, DraftParagraph):
        return Passage.FOLLOWS
    line = first.text.strip()
    missing = missing_room(last, first, line, "", above.limit)
    if missing > FULL_IN_WORD and is_inside_word(one.text, other.text):
        return Passage.IN_WORD
    if missing > FULL and is_broken_amount(one.text, other.text):
        return Passage.IN_WORD
    if missing <= FULL or begins_item(other.text, one.text, True):
        return _follows(above, other.text)
    is_short = first_word(first, line, "") < SHORT * (above.limit - last.x0)
    return Passage.IS_CUT if is_short else Passage.FLOWS


def _follows(above: PageCell, text: str) -> Passage:
    """How a paragraph follows those of a cell: a number must be the next one of a list that the cell holds."""
    here = parse_numbering(text)
    if here is None or not here.path:
        return Passage.FOLLOWS
    texts = [block.text for block in above.blocks[1:] if isinstance(block, DraftParagraph)]
    paths = [numbering.path for text in texts if (numbering := parse_numbering(text)) is not None and numbering.path]
    counts_on = bool(paths) and paths[-1][:-1] == here.path[:-1] and paths[-1][-1] + 1 == here.path[-1]
    return Passage.IS_CUT if counts_on else Passage.APART


def _is_open(cell: DraftCell) -> bool:
    return isinstance(cell, PageCell) and cell.is_open_below
