"""Lines of text set in columns → a grid: columns from the white between them, rows from line distances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

from ita_extract.geometry import Box, nearest
from ita_extract.readers.pdf.grid import Grid
from ita_extract.readers.pdf.text import Line

PIECE_GAP = 0.6
"""Gap in type sizes that parts the cells of a line: Thai spaces have 0.25 to 0.5, cells twice their padding."""
WIDE_GAP = 1.2
"""Gap in type sizes that running text has nowhere."""
ROW_GAP = 1.2
"""Rows stand this many times further apart than the lines of one cell, if they stand apart at all."""
SAME_LEVEL = 0.6
"""Share of the type size within which lines stand side by side: cells set to the middle are half a line off."""


class Piece(NamedTuple):
    """Text between two gaps of a line."""

    x0: float
    x1: float
    text: str


class Band(NamedTuple):
    """A part of a table between two level rulings, or the whole of it: one row, a heading, or rows to be found."""

    lines: list[Line]
    kind: Literal["row", "heading", "rows"] = "rows"


@dataclass(slots=True)
class Aligned:
    """A table as its text lies: bounds of columns, and rows of lines."""

    xs: list[float]
    rows: list[list[Line]]

    def fills(self) -> list[set[int]]:
        """For each line, the columns in which it has text."""
        return [columns_of(line, self.xs) for row in self.rows for line in row]

    def grid(self) -> Grid:
        """The grid, with cells merged where text runs over several columns."""
        tops = [min(_middle(line) for line in row) for row in self.rows]
        bottoms = [max(_middle(line) for line in row) for row in self.rows]
        lines = [line for row in self.rows for line in row]
        ys = [min(line.top for line in lines) - 2]
        ys += [(above + below) / 2 for above, below in zip(bottoms, tops[1:], strict=False)]
        ys.append(max(line.bottom for line in lines) + 2)
        places: list[tuple[int, int, int, int]] = []
        for number, row in enumerate(self.rows):
            places += [(number, first, 1, last - first + 1) for first, last in _spans(row, self.xs)]
        return Grid.of(self.xs, ys, _headings_merged(places, self.rows, self.xs))


def pieces(line: Line) -> list[Piece]:
    """The cells of a line, left to right."""
    found: list[Piece] = []
    for segment in line.segments:
        if found and segment.x0 - found[-1].x1 < PIECE_GAP * line.size:
            last = found[-1]
            found[-1] = Piece(last.x0, max(last.x1, segment.x1), f"{last.text} {segment.text}")
        else:
            found.append(Piece(segment.x0, segment.x1, segment.text))
    return found


def gaps(line: Line) -> int:
    """The number of gaps that only columns make."""
    found = pieces(line)
    return sum(b.x0 - a.x1 >= WIDE_GAP * line.size for a, b in pairwise(found))


def align(bands: Sequence[Band], uprights: Sequence[float] = ()) -> Aligned | None:
    """The table that lines make; `uprights` are the places of drawn column bounds. None when they lie in one column."""
    lines = [line for band in bands for line in band.lines]
    xs = _with_outer(uprights, lines) if uprights else _columns(lines)
    if len(xs) < 3:
        return None
    rows = [row for band in bands if band.lines for row in _rows(band, xs)]
    return Aligned(xs, rows)


def _with_outer(uprights: Sequence[float], lines: Sequence[Line]) -> list[float]:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    before = [left - 1] if left < uprights[0] - 3 else []
    after = [right + 1] if right > uprights[-1] + 3 else []
    return [*before, *uprights, *after]


# ------------------------------------------------------------------ columns
def _columns(lines: Sequence[Line]) -> list[float]:
    """Bounds of columns: the white that no line crosses, or (headings over several columns) hardly one in seven."""
    several = [line for line in lines if gaps(line)]
    if len(several) < 2:
        return []
    size = median(line.size for line in several)
    all_pieces = [piece for line in several for piece in pieces(line)]
    left, right = min(p.x0 for p in all_pieces), max(p.x1 for p in all_pieces)
    white = _white(all_pieces, 0, PIECE_GAP * size)
    for crossed in range(1, len(several) // 7 + (len(several) >= 4) + 1):
        more = _white(all_pieces, crossed, PIECE_GAP * size)
        white += [gap for gap in more if not any(a < gap[1] and gap[0] < b for a, b in white)]
    narrow = [piece for line in lines if not gaps(line) for piece in pieces(line)]
    bounds = sorted(_between(gap, narrow) for gap in white)
    return _used([left - 1, *bounds, right + 1], several)


def _between(gap: tuple[float, float], narrow: Sequence[Piece]) -> float:
    """The bound in a white gap; lines of one cell, which left it out of account, may reach into it."""
    a = max((p.x1 for p in narrow if p.x0 < gap[0] < p.x1 < gap[1]), default=gap[0])
    b = min((p.x0 for p in narrow if a < p.x0 < gap[1] < p.x1), default=gap[1])
    return (a + b) / 2


def _white(found: Sequence[Piece], crossed: int, least: float) -> list[tuple[float, float]]:
    """The widest places that at most `crossed` pieces cover, at least `least` wide, between the outermost pieces."""
    events = sorted([*((p.x0, 1) for p in found), *((p.x1, -1) for p in found)])
    gaps_found: list[tuple[float, float]] = []
    open_at: float | None = None
    depth = 0
    for at, step in events:
        depth += step
        if depth <= crossed and open_at is None:
            open_at = at
        elif depth > crossed and open_at is not None:
            if at - open_at >= least:
                gaps_found.append((open_at, at))
            open_at = None
    return gaps_found[1:] if crossed and gaps_found and gaps_found[0][0] <= events[0][0] else gaps_found


def _used(xs: list[float], lines: Sequence[Line]) -> list[float]:
    """The bounds without those of columns that fewer than two lines fill with text of their own.

    Such a column goes to the neighbour that is empty where it is filled: a centred heading stands beside its column.
    """
    while len(xs) > 2:
        owners = [
            {number for number, line in enumerate(lines) for a, b in _reaches(line, xs) if a == b == column}
            for column in range(len(xs) - 1)
        ]
        weak = next((column for column, owned in enumerate(owners) if len(owned) < 2), None)
        if weak is None:
            return xs
        left = len(owners[weak] & owners[weak - 1]) if weak else len(lines)
        right = len(owners[weak] & owners[weak + 1]) if weak + 1 < len(owners) else len(lines)
        del xs[weak if left <= right else weak + 1]
    return xs


def _reaches(line: Line, xs: Sequence[float]) -> list[tuple[int, int]]:
    """The first and last column of each piece of a line."""
    return [_reach(piece, xs) for piece in pieces(line)]


def _reach(piece: Piece, xs: Sequence[float]) -> tuple[int, int]:
    """The first and last column that a piece touches with more than its edge."""
    inset = min(2.0, (piece.x1 - piece.x0) / 3)
    first = _slot(xs, piece.x0 + inset)
    return first, max(first, _slot(xs, piece.x1 - inset))


def _slot(xs: Sequence[float], value: float) -> int:
    column = 0
    while column < len(xs) - 2 and xs[column + 1] <= value:
        column += 1
    return column


def columns_of(line: Line, xs: Sequence[float]) -> set[int]:
    """The columns in which a line has text."""
    return {column for first, last in _reaches(line, xs) for column in range(first, last + 1)}


def starts_in(lines: Sequence[Line], xs: Sequence[float]) -> set[int]:
    """The columns in which pieces of text begin."""
    return {first for line in lines for first, _ in _reaches(line, xs)}


def _spans(row: Sequence[Line], xs: Sequence[float]) -> list[tuple[int, int]]:
    """The cells of a row as first and last column; columns that one piece of text crosses are one cell.

    A row of one such text heads the rows below it: its cell spans the table.
    """
    reaches = {reach for line in row for reach in _reaches(line, xs)}
    if len(reaches) == 1 and min(reaches)[0] == 0 < min(reaches)[1]:
        return [(0, len(xs) - 2)]
    merged = list(range(len(xs) - 1))
    for line in row:
        for first, last in _reaches(line, xs):
            for column in range(first, last + 1):
                merged[column] = min(merged[first : last + 1])
    starts = sorted(set(merged))
    return [(start, max(c for c, home in enumerate(merged) if home == start)) for start in starts]


def _headings_merged(
    places: list[tuple[int, int, int, int]], rows: Sequence[Sequence[Line]], xs: Sequence[float]
) -> list[tuple[int, int, int, int]]:
    """A heading of two levels: cells beside a spanning one go down to the row that divides it."""
    top = [place for place in places if place[0] == 0]
    spanned = {c for _, column, _, width in top if width > 1 for c in range(column, column + width)}
    if len(rows) < 3 or not spanned or len(top) < 2:
        return places
    first, second = ({c for line in row for c in columns_of(line, xs)} for row in rows[:2])
    alone = set(range(len(xs) - 1)) - spanned
    if not spanned <= second or any(column in first and column in second for column in alone):
        return places
    lower = {(1, column, 1, 1) for column in alone}
    upper = {(0, column, 1, 1) for column in alone}
    if not lower <= set(places):
        return places
    kept = [place for place in places if place not in lower and place not in upper]
    return sorted([*kept, *((0, column, 2, 1) for column in alone)])


# ------------------------------------------------------------------ rows
def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _levels(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand side by side, from top to bottom."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.across):
        if levels and line.across - levels[-1][0].across < SAME_LEVEL * line.size:
            levels[-1].append(line)
        else:
            levels.append([line])
    return levels


def _rows(band: Band, xs: Sequence[float]) -> list[list[Line]]:
    """The rows of a band."""
    levels = _levels(band.lines)
    if band.kind == "heading":
        return _heading_rows(levels, xs)
    if band.kind == "row" or len(levels) == 1:
        return [[line for level in levels for line in level]]
    groups = _apart(levels)
    rows: list[list[Line]] = []
    for group in groups:
        fills = [{c for line in level for c in columns_of(line, xs)} for level in group]
        rows += _split(group, fills, len(xs) - 1, len(groups) >= 3)
    return rows


def _heading_rows(levels: Sequence[Sequence[Line]], xs: Sequence[float]) -> list[list[Line]]:
    """One row, or two where text over several columns stands above text in each of them."""
    for cut in range(1, len(levels)):
        above, below = ([line for level in part for line in level] for part in (levels[:cut], levels[cut:]))
        spanning = [(a, b) for line in above for a, b in _reaches(line, xs) if b > a]
        divided = {a for line in below for a, b in _reaches(line, xs) if a == b}
        if spanning and all(len(divided & set(range(a, b + 1))) >= 2 for a, b in spanning):
            return [above, below]
    return [[line for level in levels for line in level]]


def _apart(levels: Sequence[list[Line]]) -> list[list[list[Line]]]:
    """Levels in groups between which the distance is larger than within them."""
    steps = [b[0].across - a[0].across for a, b in pairwise(levels)]
    size = median(line.size for level in levels for line in level)
    usual = min((step for step in steps if step >= size), default=0.0)
    groups = [[levels[0]]]
    for step, level in zip(steps, levels[1:], strict=True):
        if step > ROW_GAP * usual:
            groups.append([level])
        else:
            groups[-1].append(level)
    return groups


def _split(
    group: Sequence[list[Line]], fills: Sequence[set[int]], columns: int, stands_apart: bool
) -> list[list[Line]]:
    """The rows of levels that stand at even distances."""
    whole = [line for level in group for line in level]
    if len(group) == 1:
        return [whole]
    is_full = all(len(filled) >= max(2, 0.6 * columns) for filled in fills)
    if is_full:
        return [list(level) for level in group]
    if stands_apart:
        return [whole]
    starts = _starts(fills)
    return [[line for level in group[a:b] for line in level] for a, b in pairwise([*starts, len(group)])]


def _starts(fills: Sequence[set[int]]) -> list[int]:
    """The levels at which rows begin: where a column has text whose cells never run over several lines.

    Levels between them must be emptier; where no column shows that, every level is a row.
    """
    best: list[int] = list(range(len(fills)))
    for column in sorted(fills[0]):
        starts = [number for number, filled in enumerate(fills) if column in filled]
        others = [len(filled) for number, filled in enumerate(fills) if number not in starts]
        if not others or len(starts) >= len(best):
            continue
        if max(others) < min(len(fills[number]) for number in starts):
            best = starts
    return best


# ------------------------------------------------------------------ rulings without rows
def split_rows(grid: Grid, lines_in: Sequence[Sequence[Line]]) -> Grid:
    """A ledger, whose body is one row of ruled columns, with the rows that its text shows.

    `lines_in` are the lines of each cell. A row is taken apart where its first filled column, and one more, hold three
    or more short entries at the same heights; rows of other tables stay as they are ruled.
    """
    places = []
    ys = list(grid.ys)
    cuts: dict[int, list[float]] = {}
    for row in range(len(grid.ys) - 1):
        here = [(cell, lines) for cell, lines in zip(grid.cells, lines_in, strict=True) if cell.row == row]
        if len(here) < 2 or any(c.row_span > 1 or c.grids for c, _ in here) or not _is_tall(grid, row):
            continue
        cuts[row] = _cuts([line for _, lines in here for line in lines], [c.box for c, _ in here])
    if not any(cuts.values()):
        return grid
    ys = sorted([*ys, *(y for found in cuts.values() for y in found)])
    for cell in grid.cells:
        first, last = nearest(ys, cell.box.top), nearest(ys, cell.box.bottom)
        if cuts.get(cell.row):
            places += [(row, cell.column, 1, cell.column_span) for row in range(first, last)]
        else:
            places.append((first, cell.column, last - first, cell.column_span))
    return Grid.of(grid.xs, ys, sorted(places))


def _is_tall(grid: Grid, row: int) -> bool:
    return len(grid.ys) <= 4 and grid.ys[row + 1] - grid.ys[row] > 0.5 * grid.box.height


def _cuts(lines: Sequence[Line], boxes: Sequence[Box]) -> list[float]:
    """Heights between the rows of a ruled body, none where its text shows no rows."""
    if not lines:
        return []
    xs = [boxes[0].x0, *(box.x1 for box in boxes)]
    found = align([Band(list(lines))], xs)
    if found is None or len(found.rows) < 3:
        return []
    first = min(column for filled in found.fills() for column in filled)
    entries = [sum(first in columns_of(line, xs) for line in row) for row in found.rows]
    if any(count != 1 for count in entries[:-1]):
        return []
    other = [{c for line in row for c in columns_of(line, xs)} - {first} for row in found.rows]
    if not set.intersection(*other):
        return []
    middles = [(min(map(_middle, row)), max(map(_middle, row))) for row in found.rows]
    return [(above[1] + below[0]) / 2 for above, below in pairwise(middles)]
