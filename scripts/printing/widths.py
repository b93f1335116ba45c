"""How wide columns must be: by the length of what stands in them, as office programs and people set them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ita_extract.model import Cell, Paragraph, Table
from ita_extract.thai.tokens import word_starts

from .glyphs import is_mark

LETTER = 0.55
"""Width of a letter in type sizes, roughly."""
PADDING = 1.5
"""Room beside the text of a cell, in letters."""
UNBROKEN = 8
"""Letters of a text that is not broken: names of months, numbers, short headings."""
MAX_WISH = 160.0
"""Letters in one line from which a column is not made wider: the text is broken anyway."""


def widths(table: Table, width: float, points: float) -> list[float]:
    """Widths of the columns that share `width` (all in points), for type of `points`."""
    least = columns(table, lambda cell: _length(cell, whole=False))
    wished = columns(table, lambda cell: min(MAX_WISH, _length(cell, whole=True)))
    rest = max(0.0, width / points / LETTER - sum(least))
    shares = [a + rest * b / sum(wished) for a, b in zip(least, wished, strict=True)]
    return [width * share / sum(shares) for share in shares]


def columns(table: Table, measure: Callable[[Cell], float]) -> list[float]:
    """The greatest measure of the cells in each column; a cell that spans several shares it among them."""
    lengths = [PADDING] * table.n_columns
    for cell in table.cells:
        for column in range(cell.column, cell.column + cell.column_span):
            lengths[column] = max(lengths[column], measure(cell) / cell.column_span)
    return lengths


def _length(cell: Cell, whole: bool) -> float:
    """Letters of the longest line, or of the longest word, with the padding."""
    longest = 0.0
    for block in cell.blocks:
        if isinstance(block, Table):
            longest = max(longest, sum(columns(block, lambda inner: _length(inner, whole))))
        elif isinstance(block, Paragraph):
            is_whole = whole or _letters(block.text) <= UNBROKEN
            starts = [0, len(block.text)] if is_whole else sorted({*word_starts(block.text), len(block.text)})
            longest = max(longest, *(_letters(block.text[a:b]) for a, b in pairwise(starts)), 0)
    return longest + PADDING


def _letters(text: str) -> int:
    return sum(not is_mark(sign) for sign in text.strip())
