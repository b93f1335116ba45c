"""Which characters stand in which cell; and the tables and rows that show only once the text is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ita_extract.readers.pdf.alignment import split_rows
from ita_extract.readers.pdf.grid import Grid, GridCell
from ita_extract.readers.pdf.rulings import Rulings
from ita_extract.readers.pdf.text import Char, lines_of
from ita_extract.readers.pdf.unruled import unruled

ACROSS = 0.1
"""Share of the type size by which a letter stands on both sides of a ruling when text overflows its cell."""
CONTIGUOUS = 0.15
"""Gap in type sizes up to which letters belong to one word."""

Homes = dict[int, list[Char]]
"""The characters of each cell by its identity."""


def completed(chars: Sequence[Char], drawn: Rulings, grids: Sequence[Grid]) -> list[Grid]:
    """The grids, ledgers with the rows of their text, and the tables that no rulings close."""
    free, homes = placed(chars, grids)
    split = [split_rows(grid, [lines_of(homes.get(id(cell), ())) for cell in grid.cells]) for grid in grids]
    return sorted([*split, *unruled(lines_of(free), drawn, split)], key=lambda grid: (grid.ys[0], grid.xs[0]))


def placed(chars: Sequence[Char], grids: Sequence[Grid]) -> tuple[list[Char], Homes]:
    """The characters outside all tables, and those of each cell; order is kept."""
    if not grids:
        return list(chars), {}
    free: list[Char] = []
    homes: Homes = {}
    for word in _words(chars):
        for part, cell in _parts(word, grids):
            if cell is None:
                free += part
            else:
                homes.setdefault(id(cell), []).extend(part)
    return free, homes


def _words(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Characters that follow one another without a gap on one baseline."""
    word: list[Char] = []
    for char in chars:
        if word:
            last, size = word[-1], char["size"]
            goes_on = (
                abs(char["baseline"] - last["baseline"]) < 0.5 * size
                and -0.5 * size < char["x0"] - last["x1"] < CONTIGUOUS * size
            )
            if not goes_on:
                yield word
                word = []
        word.append(char)
    if word:
        yield word


def _parts(word: list[Char], grids: Sequence[Grid]) -> Iterator[tuple[list[Char], GridCell | None]]:
    """A word cut where it steps from cell to cell; a letter that stands on a ruling tells that it runs over it."""
    homes = _homes(word, grids)
    if all(home is homes[0] for home in homes):
        yield word, homes[0]
        return
    first = 0
    for number in range(1, len(word) + 1):
        pair = slice(number - 1, number + 1)
        if number < len(word) and (homes[number] is homes[number - 1] or _runs_over(word[pair], homes[pair])):
            continue
        counts = Counter(id(home) for home in homes[first:number])
        home = next(h for h in homes[first:number] if id(h) == counts.most_common(1)[0][0])
        yield word[first:number], home
        first = number


def _homes(word: Sequence[Char], grids: Sequence[Grid]) -> list[GridCell | None]:
    """The cell of each character; most stand in the same one as the character before."""
    homes: list[GridCell | None] = []
    home: GridCell | None = None
    for char in word:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if home is None or home.grids or not (home.box.x0 < x < home.box.x1 and home.box.top < y < home.box.bottom):
            home = next((found for grid in grids if (found := grid.cell_at(x, y)) is not None), None)
        homes.append(home)
    return homes


def _runs_over(pair: Sequence[Char], homes: Sequence[GridCell | None]) -> bool:
    """Whether one of two letters in different cells stands on the ruling between them."""
    left, right = homes
    bound = left.box.x1 if left is not None else right.box.x0 if right is not None else 0.0
    reach = ACROSS * pair[0]["size"]
    return any(
        not char["text"].isspace() and char["x0"] < bound - reach and char["x1"] > bound + reach for char in pair
    )
