"""Tables on a PDF page that rulings do not close: level rulings only, upright ones only, a ruled heading, none at all.

Text is taken for a table with care: each kind of evidence has its own demands, and signatures, lists of contents,
lists of people and columns of running text stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import mean, median

from ita_extract.geometry import Box, Stroke
from ita_extract.readers.aligned import heads_table
from ita_extract.readers.pdf.alignment import Aligned, Band, align, columns_of, gaps, pieces, starts_in
from ita_extract.readers.pdf.grid import Grid
from ita_extract.readers.pdf.rulings import Rulings
from ita_extract.readers.pdf.text import Line
from ita_extract.readers.pdf.touching import merged
from ita_extract.thai.names import find_names

MIN_RULE = 80.0
"""Least length in points of a ruling that bounds a table by itself; underlined words are shorter."""
SAME_ENDS = 4.0
"""Points within which the rulings of one table begin and end."""
MARGIN = 6.0
"""Points by which text stands out beyond its rulings at most."""
NEAR = 3.2
"""Type sizes from one line to the next within a table."""
MIN_LEVELS = 3
FILLED = 0.4
"""Share of the lines of an unruled table that fill each of its columns at least."""
RUNNING = 0.8
"""Share of a column's width that lines of running text fill."""

_ITEM = re.compile(r"[(\[]?(?:[\d๐-๙.]{1,8}|[ก-ฮa-zA-Z]|\W)[.)\]]?")
_LEADER = re.compile(r"[.…·_]{4,}|(?:\. ){4,}")


def unruled(lines: Sequence[Line], drawn: Rulings, grids: Sequence[Grid]) -> list[Grid]:
    """The tables among lines that stand in no ruled grid."""
    free = [line for line in lines if not line.turn and not _LEADER.search(line.text)]
    boxes = [grid.box for grid in grids]
    level = [s for s in merged(drawn.level) if s.end - s.start >= MIN_RULE and not _inside(boxes, s, True)]
    upright = [s for s in merged(drawn.upright) if s.end - s.start >= 30 and not _inside(boxes, s, False)]
    found: list[Aligned] = []
    for finder in (_between_uprights(free, upright), _between_levels(free, level), _below_rule(free, level)):
        for table in finder:
            if not _overlaps(table, found):
                found.append(table)
    used = {id(line) for table in found for row in table.rows for line in row}
    found += _unruled([line for line in free if id(line) not in used], boxes)
    return [table.grid() for table in found]


def _inside(boxes: Sequence[Box], stroke: Stroke, is_level: bool) -> bool:
    along = (stroke.start + stroke.end) / 2
    x, y = (along, stroke.at) if is_level else (stroke.at, along)
    return any(Box(b.x0 - 3, b.top - 3, b.x1 + 3, b.bottom + 3).holds(x, y) for b in boxes)


def _overlaps(table: Aligned, found: Sequence[Aligned]) -> bool:
    lines = {id(line) for row in table.rows for line in row}
    return any(id(line) in lines for other in found for row in other.rows for line in row)


def _alike(strokes: Sequence[Stroke]) -> list[list[Stroke]]:
    """Rulings with the same ends, in groups; each from first to last place."""
    groups: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda s: (s.start, s.end, s.at)):
        last = groups[-1][0] if groups else None
        if last and abs(last.start - stroke.start) <= SAME_ENDS and abs(last.end - stroke.end) <= SAME_ENDS:
            groups[-1].append(stroke)
        else:
            groups.append([stroke])
    return [sorted(group) for group in groups]


# ------------------------------------------------------------------ rulings of one direction
def _between_uprights(lines: Sequence[Line], upright: Sequence[Stroke]) -> Iterator[Aligned]:
    for group in _alike(upright):
        if len(group) < 2:
            continue
        top, bottom = group[0].start - 2, group[0].end + 2
        here = [line for line in lines if top <= _middle(line) <= bottom]
        if len(here) < 2:
            continue
        table = align([Band(here)], [stroke.at for stroke in group])
        if table is not None and mean(len(columns_of(line, table.xs)) for line in here) > 1.2 and _is_tabular(table):
            yield table


def _between_levels(lines: Sequence[Line], level: Sequence[Stroke]) -> Iterator[Aligned]:
    for group in _alike(level):
        run: list[list[Line]] = []
        for above, below in [*pairwise(group), (group[-1], None)]:
            here = [] if below is None else _within(lines, above.start, above.end, above.at, below.at)
            if here is not None and any(gaps(line) for line in here):
                run.append(here)
                continue
            if run and here and _is_section(here) and below is not group[-1]:
                run.append(here)
                continue
            if run and (table := _ruled_levels(lines, run, group[0])) is not None:
                yield table
            run = []


def _within(lines: Sequence[Line], left: float, right: float, top: float, bottom: float) -> list[Line] | None:
    """The lines between two level rulings; None when one of them stands out beyond their ends."""
    here = [line for line in lines if top < _middle(line) < bottom and line.x1 > left and line.x0 < right]
    if any(line.x0 < left - MARGIN or line.x1 > right + MARGIN for line in here):
        return None
    return here


def _is_section(lines: Sequence[Line]) -> bool:
    """Whether a band holds one short text over the whole width: it heads the rows below."""
    return len(lines) <= 2


def _ruled_levels(lines: Sequence[Line], run: list[list[Line]], rule: Stroke) -> Aligned | None:
    every_row = len(run) >= 4
    if len(run) == 1 and len(run[0]) < MIN_LEVELS:
        return None
    bands = [Band(band, "row" if every_row else "rows") for band in run]
    if len(run) > 1:
        bands[0] = Band(run[0], "heading")
    top = min(line.top for line in run[0])
    heading = _heading_above(lines, rule, top, run[0][0].size)
    if heading and not every_row:
        bands = [Band(heading, "heading"), *(Band(band) for band in run)]
    table = align(bands)
    if table is None or not _is_tabular(table):
        return None
    return table if len(run) > 1 or heading or heads_table(run[0][0].text) or _is_regular(table) else None


def _heading_above(lines: Sequence[Line], rule: Stroke, top: float, size: float) -> list[Line]:
    """The lines right above a ruling that have columns: the heading of what stands below it."""
    found: list[Line] = []
    edge = min(rule.at, top)
    for line in sorted(lines, key=lambda line: -line.across):
        if line.bottom > rule.at + 2:
            continue
        is_inside = line.x0 >= rule.start - MARGIN and line.x1 <= rule.end + MARGIN
        if edge - line.across > NEAR * size or not is_inside or (not found and not gaps(line)):
            break
        found.append(line)
        edge = line.top
    return found if any(gaps(line) for line in found) else []


def _below_rule(lines: Sequence[Line], level: Sequence[Stroke]) -> Iterator[Aligned]:
    """Tables whose heading alone has a ruling."""
    ordered = sorted(lines, key=lambda line: line.across)
    for rule in sorted(level):
        below = [line for line in ordered if _middle(line) > rule.at]
        if not below:
            continue
        heading = _heading_above(lines, rule, rule.at, below[0].size)
        if not heading:
            continue
        body: list[Line] = []
        edge = rule.at
        for line in below:
            is_inside = line.x0 >= rule.start - MARGIN and line.x1 <= rule.end + MARGIN
            if line.across - edge > NEAR * line.size or not is_inside:
                break
            body.append(line)
            edge = line.across
        while body and not gaps(body[-1]):
            body.pop()
        table = align([Band(heading, "heading"), Band(body)]) if len(body) >= 2 else None
        if table is None or not _is_tabular(table):
            continue
        filled = {column for line in heading for column in columns_of(line, table.xs)}
        if len(filled) >= 0.6 * (len(table.xs) - 1):
            yield table


def _is_tabular(table: Aligned) -> bool:
    """Whether most rows have text in several columns, and the columns are none of a list or of running text."""
    several = sum(len(starts_in(row, table.xs)) > 1 for row in table.rows)
    if len(table.rows) < 2 or several < 0.5 * len(table.rows):
        return False
    return not _is_running(table) and not (len(table.xs) == 3 and _is_list(table))


def _is_list(table: Aligned) -> bool:
    """Whether the first column holds nothing but numbers and bullets."""
    first = [pieces(line)[0] for row in table.rows for line in row]
    return all(_ITEM.fullmatch(piece.text.strip()) for piece in first if piece.x1 <= table.xs[1] + 1)


def _is_running(table: Aligned) -> bool:
    """Whether two or more columns are filled with lines of even width from top to bottom: a page set in columns."""
    full = 0
    lines = [line for row in table.rows for line in row]
    for left, right in pairwise(table.xs):
        widths = [p.x1 - p.x0 for line in lines for p in pieces(line) if left - 2 <= p.x0 and p.x1 <= right + 2]
        long = sum(width > RUNNING * (right - left) for width in widths)
        full += len(widths) >= 6 and long > 0.6 * len(widths) and right - left > 12 * lines[0].size
    return full >= 2


# ------------------------------------------------------------------ no rulings
def _unruled(lines: Sequence[Line], boxes: Sequence[Box]) -> Iterator[Aligned]:
    for run in _runs(lines, boxes):
        headed = next((number for number, line in enumerate(run) if heads_table(line.text)), None)
        part = run[headed or 0 :]
        several = [line for line in part if gaps(line)]
        if len(several) < (2 if headed is not None else MIN_LEVELS):
            continue
        if headed is None and _lists_people(several):
            continue
        table = align([Band(part)])
        if table is None or not _is_tabular(table):
            continue
        if headed is not None or _is_regular(table):
            yield table


def _runs(lines: Sequence[Line], boxes: Sequence[Box]) -> Iterator[list[Line]]:
    """Neighbouring lines with columns, with what stands between them; a table or a wide distance parts them."""
    run: list[Line] = []
    for line in sorted(lines, key=lambda line: line.across):
        parted = run and any(run[-1].across < box.top < line.across for box in boxes)
        if run and (parted or line.across - run[-1].across > NEAR * line.size or _stands_out(line, run)):
            yield from _trimmed(run)
            run = []
        run.append(line)
    yield from _trimmed(run)


def _stands_out(line: Line, run: Sequence[Line]) -> bool:
    """Whether a line of one piece is running text: wider than any cell above it."""
    widest = max((p.x1 - p.x0 for above in run if gaps(above) for p in pieces(above)), default=float("inf"))
    return not gaps(line) and line.x1 - line.x0 > 1.3 * widest


def _trimmed(run: list[Line]) -> Iterator[list[Line]]:
    """The run from its first to its last line with columns."""
    numbers = [number for number, line in enumerate(run) if gaps(line)]
    if numbers:
        end = numbers[-1] + 1
        yield run[numbers[0] : end]


def _lists_people(lines: Sequence[Line]) -> bool:
    return sum(bool(find_names(line.text)) for line in lines) >= 0.3 * len(lines)


def _is_regular(table: Aligned) -> bool:
    """Whether an unruled, unheaded block is a table: three columns or more, each filled in most rows, short cells."""
    columns = len(table.xs) - 1
    if columns < 3 or len(table.rows) < MIN_LEVELS:
        return False
    fills = [starts_in(row, table.xs) for row in table.rows]
    return all(sum(column in filled for filled in fills) >= FILLED * len(fills) for column in range(columns)) and (
        median(len(filled) for filled in fills) >= 3
    )


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2
