"""Lines of a scanned page in the order of reading: columns of running text one after the other.

A text layer says in which order it was written; a picture does not. Text in columns is told from lists and forms by its
lines: most fill the width of their column, and no line runs over the gap between.
"""

from __future__ import annotations

from collections.abc import Sequence

from ita_extract.vision.lines import TextLine

MIN_LINES = 5
"""Lines that a column has at least."""
FULL = 0.8
"""Share of the column's width that a line of running text reaches."""
FILLED = 0.5
"""Share of its lines that do."""
INDENT, BEGUN = 7.0, 0.8
"""Indentation in heights of consonants, and the share of lines that begin at the side or indented."""
GAP = 1.2
"""Least width of the gap between columns, in heights of consonants."""
NARROWEST = 0.25
"""Width of a column as share of the text's."""


def in_reading_order(lines: Sequence[TextLine]) -> list[int]:
    """The numbers of the lines as they are read; lines in table cells keep their places behind the others."""
    free = [n for n, line in enumerate(lines) if line.region < 0]
    order = _with_signs(lines, _ordered(lines, [n for n in free if lines[n].letters]), free)
    return [*order, *(n for n, line in enumerate(lines) if line.region >= 0)]


def _with_signs(lines: Sequence[TextLine], order: list[int], free: Sequence[int]) -> list[int]:
    """The order with signs that stand alone (dashes, rows of dots, dirt) before the next line below them."""
    result = list(order)
    for number in reversed([n for n in free if not lines[n].letters]):
        x0, x1 = lines[number].x0, lines[number].x1
        below = [n for n in result if n > number and min(lines[n].x1, x1) > max(lines[n].x0, x0)]
        at = result.index(min(below)) if below else next((i for i, n in enumerate(result) if n > number), len(result))
        result.insert(at, number)
    return result


def _ordered(lines: Sequence[TextLine], numbers: list[int]) -> list[int]:
    """The page's columns left before right, between the lines above and below that run over both."""
    for gap in _gaps(lines, numbers):
        left = [n for n in numbers if lines[n].x1 <= gap]
        right = [n for n in numbers if lines[n].x0 >= gap]
        across = sorted((n for n in numbers if lines[n].x0 < gap < lines[n].x1), key=lambda n: lines[n].top)
        top = max(min(lines[n].top for n in left), min(lines[n].top for n in right))
        bottom = min(max(lines[n].bottom for n in left), max(lines[n].bottom for n in right))
        if any(top < (lines[n].top + lines[n].bottom) / 2 < bottom for n in across):
            continue
        columns = [[n for n in side if lines[n].bottom > top] for side in (left, right)]
        least = NARROWEST * (max(lines[n].x1 for n in numbers) - min(lines[n].x0 for n in numbers))
        if all(_is_running_text(lines, column, least) for column in columns):
            beside = {*columns[0], *columns[1]}
            others = [n for n in numbers if n not in beside]
            above = [n for n in others if lines[n].top < top]
            return [*above, *columns[0], *columns[1], *(n for n in others if n not in set(above))]
    return numbers


def _gaps(lines: Sequence[TextLine], numbers: list[int]) -> list[float]:
    """Places to the left of which many lines end, where many begin on the right: middles of gaps, widest first."""
    if len(numbers) < 2 * MIN_LINES:
        return []
    left, right = min(lines[n].x0 for n in numbers), max(lines[n].x1 for n in numbers)
    body = sorted(lines[n].body for n in numbers)[len(numbers) // 2]
    least = NARROWEST * (right - left)
    starts = sorted({lines[n].x0 for n in numbers if lines[n].x0 > left + least and lines[n].x0 < right - least})
    found = []
    for start in starts:
        beside = [n for n in numbers if abs(lines[n].x0 - start) < body]
        if len(beside) < MIN_LINES:
            continue
        ends = [lines[n].x1 for n in numbers if lines[n].x1 <= start]
        width = start - max(ends, default=start)
        if width >= GAP * body:
            found.append((width, start - width / 2))
    return [place for _, place in sorted(set(found), reverse=True)]


def _is_running_text(lines: Sequence[TextLine], numbers: Sequence[int], least: float) -> bool:
    """Whether a column is wide enough, its lines begin at its left side (or indented), and most of them fill it."""
    if len(numbers) < MIN_LINES:
        return False
    left, right = min(lines[n].x0 for n in numbers), max(lines[n].x1 for n in numbers)
    full = sum(lines[n].x1 - left >= FULL * (right - left) for n in numbers)
    begun = sum(lines[n].x0 - left <= INDENT * lines[n].body for n in numbers)
    return right - left >= least and full >= FILLED * len(numbers) and begun >= BEGUN * len(numbers)
