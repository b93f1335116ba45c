"""Headings that stand for months and quarters: under them a shaded cell, a bar or an arrow means a time."""

from __future__ import annotations

import re

from ita_extract.thai.dates import month_number
from ita_extract.thai.text import fold_digits, repair

MIN_HEADS = 2
"""A table with fewer such headings is no calendar."""
MAX_LENGTH = 60
_TRAILING_YEAR = re.compile(r"[\s'’]*(?:พ\.?\s?ศ\.?\s*)?\d{2,4}$")
_QUARTER = re.compile(r"^(?:ราย)?ไตรมาส|^Q\s*[1-4]", re.IGNORECASE)


def is_calendar_head(text: str) -> bool:
    """Whether a heading cell names a month or a quarter (`ต.ค. 66`, `ไตรมาสที่ 1`)."""
    bare = _bare(text)
    return bool(bare) and (month_of_head(text) is not None or _QUARTER.search(bare) is not None)


def month_of_head(text: str) -> int | None:
    """The month (1–12) that a heading cell names, with or without a year."""
    bare = _bare(text)
    return month_number(_TRAILING_YEAR.sub("", bare)) if bare else None


def _bare(text: str) -> str:
    bare = fold_digits(" ".join(repair(text).text.split()))
    return bare if len(bare) <= MAX_LENGTH else ""
