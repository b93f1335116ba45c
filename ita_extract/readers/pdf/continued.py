"""Tables that a page break divides, put together again: heading rows printed once more, rows cut in two, open sides.

A table goes on overleaf where the page before ends with one of the same columns, nothing but what every page prints
stands between, and either its heading is printed again or the page had no room for the row that follows. Heading rows
printed again are copies.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from ita_extract.geometry import nearest
from ita_extract.lexicon import load
from ita_extract.readers.drafts import Draft, DraftCell, DraftParagraph, DraftTable
from ita_extract.readers.furniture import form_of
from ita_extract.readers.pdf.cut_rows import Passage, parts_of_a_row, passage
from ita_extract.readers.pdf.page_tables import PageCell, PageTable, are_among, has_same_columns
from ita_extract.readers.wrapping import append_line, begins_item

SPARE = 40.0
"""Points of free space at the foot of a page beyond the height of a row that was not printed there: the break was
wished for, and another table begins. Feet of pages are up to this much deeper than their heads."""
MAX_BETWEEN = 8
"""Lines that may stand between the parts of a table: running heads and feet."""


def join_continued(drafts: list[Draft], start: int) -> None:
    """Joins the first table of the page whose drafts begin at `start` to the table at the end of the page before it."""
    above = next((n for n in range(start - 1, max(-1, start - MAX_BETWEEN - 1), -1) if _is_table(drafts[n])), start)
    at = next((n for n in range(start, min(len(drafts), start + MAX_BETWEEN + 1)) if _is_table(drafts[n])), None)
    last = next((draft for draft in reversed(drafts[start:]) if _is_table(draft)), None)
    if at is not None and above < start and _joined(drafts, above, at):
        last = drafts[above] if drafts[at] is last else last
        del drafts[at]
    for draft in takewhile(lambda d: _is_table(d) or d.page >= drafts[-1].page - 1, reversed(drafts)):
        if isinstance(draft, PageTable) and draft is not last:
            draft.forget_lines()


def _joined(drafts: Sequence[Draft], above: int, at: int) -> bool:
    table, part = drafts[above], drafts[at]
    if not isinstance(table, PageTable) or not isinstance(part, PageTable) or table.last_page + 1 != part.page:
        return False
    return _all_pass(drafts, above, at) and _append(table, part)


def _is_table(draft: Draft) -> bool:
    return isinstance(draft, DraftTable)


def _all_pass(drafts: Sequence[Draft], above: int, at: int) -> bool:
    """Whether nothing but page numbers, running lines and `(ต่อ)` stands between two tables."""
    page = drafts[at].page
    forms: dict[int, set[str]] = {page - 1: set(), page: set()}
    for draft in takewhile(lambda d: d.page >= page - 1 or _is_table(d), reversed(drafts)):
        if isinstance(draft, DraftParagraph):
            forms[draft.page].add(form_of(draft.text))
    words = load("parts")["continuations"]
    for draft in drafts[above + 1 : at]:
        if not isinstance(draft, DraftParagraph):
            return False
        form = form_of(draft.text)
        is_running = bool(form) and all(form in known for known in forms.values())
        is_number = not any(char.isalpha() for char in draft.text)
        if not (is_running or is_number or any(word in draft.text for word in words)):
            return False
    return True


def _append(table: PageTable, part: PageTable) -> bool:
    """Puts a part behind a table; False, with both as they were, where it is a table of its own."""
    again = _heading_again(table, part)
    last = table.last_row
    first = [cell for cell in part.cells if cell.row == again]
    is_headed = again > 0 and len(table.xs) == len(part.xs)
    if not is_headed and not has_same_columns(table, part) and not _divide_columns(table, part, last, first):
        return False
    foot = table.page_height - part.ys[0]
    is_cut = parts_of_a_row(last, first, foot)
    if not is_cut and not is_headed and _had_room(table, part):
        return False
    shift = table.n_rows - int(is_cut) - again
    above = {cell.column: cell for cell in last}
    added = []
    for cell in part.cells:
        home = above.get(cell.column) if cell.row == again else None
        if cell.row < again:
            copied = [block for block in cell.blocks if isinstance(block, DraftParagraph)]
            table.copies.append((cell.row, cell.column, copied))
        elif home is not None and (is_cut or _spans_break(home, cell)) and home.column_span == cell.column_span:
            _go_on(home, cell, foot, rows=cell.row_span - int(is_cut))
        else:
            cell.row += shift
            added.append(cell)
    table.grow(added, shift + part.n_rows)
    table.ys, table.last_page = part.ys, part.last_page
    return True


def _divide_columns(table: PageTable, part: PageTable, last: Sequence[DraftCell], first: Sequence[DraftCell]) -> bool:
    """Gives a table and its part the same columns where one of them divides those of the other: a page cut a heading of
    two rows. Some cell must be open on both sides of the break.
    """
    open_above = {cell.column for cell in last if isinstance(cell, PageCell) and cell.is_open_below}
    if not open_above or not any(isinstance(cell, PageCell) and cell.is_open_above for cell in first):
        return False
    one, other = (table, part) if len(table.xs) < len(part.xs) else (part, table)
    if not are_among(one.xs, other.xs):
        return False
    shift = other.xs[0] - one.xs[0]
    places = [nearest(other.xs, x + shift) for x in one.xs]
    for cell in one.cells:
        start, end = places[cell.column], places[cell.column + cell.column_span]
        cell.column, cell.column_span = start, end - start
    one.xs = [x - shift for x in other.xs]
    return True


def _heading_again(table: PageTable, part: PageTable) -> int:
    """How many rows of a part print the first rows of the table again; fewer than it has."""
    count = 0
    while count < min(len(table.head), len(part.head)) and part.head[count] and table.head[count] == part.head[count]:
        count += 1
    while count and (count == part.n_rows or any(c.row < count < c.row + c.row_span for c in part.cells)):
        count -= 1
    return count


def _had_room(table: PageTable, part: PageTable) -> bool:
    """Whether the page could have held the row that stands on the next one: its foot is as deep as that one's head."""
    height = part.ys[1] - part.ys[0]
    return table.page_height - table.ys[-1] - part.ys[0] > height + SPARE


def _spans_break(above: DraftCell, cell: DraftCell) -> bool:
    """Whether a blank cell at the head of a page belongs to the one at the foot of the page before: no ruling parts
    them, or one of them is merged."""
    if cell.blocks or not above.blocks:
        return False
    is_open = isinstance(above, PageCell) and isinstance(cell, PageCell) and above.is_open_below and cell.is_open_above
    return is_open or max(above.row_span, cell.row_span) > 1


def _go_on(cell: DraftCell, rest: DraftCell, foot: float, rows: int) -> None:
    """Gives a cell its rest from the next page, and as many rows more."""
    cell.row_span += rows
    blocks = list(rest.blocks)
    last = cell.blocks[-1] if cell.blocks else None
    first = blocks[0] if blocks else None
    if isinstance(last, PageTable) and isinstance(first, PageTable) and _append(last, first):
        del blocks[0]
    elif isinstance(last, DraftParagraph) and isinstance(first, DraftParagraph) and _reads_on(cell, rest, foot):
        last.breaks.append((first.quote.start, first.page))
        append_line(cell.blocks, first, spaced=_ends_with_space(cell))
        del blocks[0]
    cell.blocks += blocks


def _reads_on(cell: DraftCell, rest: DraftCell, foot: float) -> bool:
    """Whether the last paragraph of a cell goes on with the first one of its rest."""
    last, first = cell.blocks[-1], rest.blocks[0]
    assert isinstance(last, DraftParagraph) and isinstance(first, DraftParagraph)
    return passage(cell, rest, foot) >= Passage.FLOWS and not begins_item(first.text, last.text, True)


def _ends_with_space(cell: DraftCell) -> bool:
    return isinstance(cell, PageCell) and cell.last is not None and cell.last.text.endswith(" ")
