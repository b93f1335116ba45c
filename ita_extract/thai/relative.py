"""Months counted within a project (`เดือนแรก`, `เดือนที่ 2-4`): school plans name no calendar month."""

from __future__ import annotations

import re
from functools import cache

from ita_extract.lexicon import load
from ita_extract.thai import calendar_words as words
from ita_extract.thai.calendar_words import SPACE
from ita_extract.thai.ranges import connector
from ita_extract.thai.text import fold_digits

MAX_MONTHS = 60
"""Longer than any project: a number beyond it counts something else."""


def project_months(text: str, start: str, end: str) -> tuple[str, str] | None:
    """First and last month (`YYYY-MM`) of what a text counts within a project that runs from `start` to `end`.

    `start` and `end` are ISO dates or months. None when the text counts no months of a project, or months outside it.
    """
    match = _pattern().search(fold_digits(text))
    first_month, last_month = _index(start), _index(end)
    if match is None or first_month is None or last_month is None:
        return None
    ordinals: dict[str, int] = load("calendar")["month_ordinals"]
    length = last_month - first_month + 1
    first = int(match["first"]) if match["first"] else ordinals[match["ordinal"]]
    first = length if first < 0 else first
    last = int(match["last"]) if match["last"] else first
    if not 1 <= first <= last <= min(length, MAX_MONTHS):
        return None
    return _month(first_month + first - 1), _month(first_month + last - 1)


def _index(iso: str) -> int | None:
    match = re.match(r"(\d{4})-(\d\d)", iso)
    return int(match[1]) * 12 + int(match[2]) - 1 if match else None


def _month(index: int) -> str:
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


@cache
def _pattern() -> re.Pattern[str]:
    lexicon = load("calendar")
    ordinal = words.alternatives(lexicon["month_ordinals"])
    counted = words.soft_alternatives(lexicon["counted_months"])
    number = r"\d{1,2}(?!\d|[./]\d)"
    again = rf"(?:{counted}{SPACE})?"
    numbered = rf"{counted}{SPACE}(?P<first>{number})(?:{SPACE}{connector()}{SPACE}{again}(?P<last>{number}))?"
    return re.compile(rf"{numbered}|{words.soft('เดือน')}{SPACE}(?P<ordinal>{ordinal})")
