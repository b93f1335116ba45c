"""Months side by side: a heading that cannot be read among them is the month of its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

MIN_MONTHS = 6
"""Months in order that make a row of months."""
AGREEING = 0.75
"""Share of the months read that must stand in order."""
LONGEST = 10
"""Characters of the heading of a month that OCR has misread."""
FIRST, LAST = 10, 9
"""Fiscal years run from October to September."""


def months_by_place(texts: Sequence[str], months: Sequence[int | None]) -> list[int | None]:
    """The month (1–12) of each heading of a row, with those that were misread where the others leave no doubt.

    `months` is what each heading says by itself. A month that is read twice is the one of its place; an unknown
    heading counts only when it is short or lost. Beyond the first and last months read, the row goes on to October and
    September.

    >>> months_by_place(["ต.ค.", "พ.ย.", "ธ.ค.", "มค1", "ก.พ.", "มี.ค.", "เม.ย."], [10, 11, 12, None, 2, 3, 4])
    [10, 11, 12, 1, 2, 3, 4]
    """
    found = list(months)
    known = [(at, month) for at, month in enumerate(months) if month is not None]
    if len(known) < MIN_MONTHS:
        return found
    offset, agreeing = Counter((month - at) % 12 for at, month in known).most_common(1)[0]
    if agreeing < max(MIN_MONTHS, AGREEING * len(known)):
        return found
    in_order = [at for at, month in known if (month - at) % 12 == offset]
    first, last = in_order[0], in_order[-1]
    first = _extended(first, -1, (first + offset) % 12 or 12, FIRST, texts)
    last = _extended(last, 1, (last + offset) % 12 or 12, LAST, texts)
    seen = Counter(month for _, month in known)
    for at in range(first, last + 1):
        month = found[at]
        if (month is None and 0 < len(texts[at].strip()) <= LONGEST) or (month is not None and seen[month] > 1):
            found[at] = (at + offset) % 12 or 12
    return found


def _extended(at: int, step: int, month: int, end: int, texts: Sequence[str]) -> int:
    """The last place, from `at` by `step`, of a row that goes on to the month `end` in short headings."""
    places = (end - month) % 12 if step > 0 else (month - end) % 12
    goal = at + step * places
    between = range(at + step, goal + step, step)
    is_row = all(0 <= n < len(texts) and 0 < len(texts[n].strip()) <= LONGEST for n in between)
    return goal if is_row and places <= 2 else at
