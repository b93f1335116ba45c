"""Lines set in columns by spaces or tabs → tables; only under a heading with known column names."""

from __future__ import annotations

from collections.abc import Sequence

from ita_extract.model import Quote
from ita_extract.readers.aligned import heads_table, read_aligned
from ita_extract.readers.drafts import Draft, DraftCell, DraftParagraph, DraftTable


def aligned_table(lines: Sequence[Quote], page: int) -> tuple[DraftTable, int] | None:
    """The table that the first of `lines` heads, and how many lines it takes; None when it heads none."""
    if not lines or not heads_table(lines[0].text):
        return None
    rows, taken = read_aligned([line.text for line in lines])
    if not taken:
        return None
    table = DraftTable([], page)
    for number, row in enumerate(rows):
        for column, parts in enumerate(row):
            texts = [lines[line].slice(part.start, part.end) for line, part in parts]
            inner: list[Draft] = [DraftParagraph(text, page) for text in texts]
            table.cells.append(DraftCell(number, column, blocks=inner))
    return table, taken


def with_tab_tables(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts with paragraphs in columns of tabs made tables."""
    made: list[Draft] = []
    at = 0
    while at < len(drafts):
        draft = drafts[at]
        found = None
        if isinstance(draft, DraftParagraph) and "\t" in draft.text and heads_table(draft.text):
            found = aligned_table([line.quote for line in _tabbed(drafts, at)], draft.page)
        made.append(draft if found is None else found[0])
        at += 1 if found is None else found[1]
    return made


def _tabbed(drafts: Sequence[Draft], at: int) -> list[DraftParagraph]:
    """The paragraphs with tabs that follow one another from `at` on."""
    run: list[DraftParagraph] = []
    for draft in drafts[at:]:
        if not isinstance(draft, DraftParagraph) or "\t" not in draft.text or draft.kind is not None:
            break
        run.append(draft)
    return run
