"""Table heads that were flattened into running text above their TAB rows.

A head of two levels comes out as the names of the upper level, then those of the lower one; the upper name that the
lower ones divide (`ระยะเวลาดำเนินการ` over four quarters) has no column of its own.
"""

from __future__ import annotations

import re

from ita_extract.thai.labels import find_labels
from ita_extract.thai.text import fold_digits

MIN_HEADS = 3
DIVIDED = frozenset({"period", "timeline"})
"""Columns that quarters and months may divide."""

_CALENDAR = re.compile(
    r"ไตรมาส(?:ที่?)?\s*[1-4](?:\s*[(（][^()（）]*[)）])?"
    r"|(?:ต\s?\.?ค|พ\s?\.?ย|ธ\s?\.?ค|ม\s?\.?ค|ก\s?\.?พ|มี\s?\.?ค|เม\s?\.?ย|พ\s?\.?ค|มิ\s?\.?ย|ก\s?\.?ค|ส\s?\.?ค|ก\s?\.?ย)\.?(?:\s*[26]\d{1,3})?(?=\s|$)"
)


def split_head(text: str, n_columns: int) -> list[tuple[int, int]] | None:
    """The spans of the heads of `n_columns` columns in a line of text; None when it is no such head."""
    calendar = [match.span() for match in _CALENDAR.finditer(fold_digits(text))]
    first, last = (calendar[0][0], calendar[-1][1]) if calendar else (len(text), len(text))
    labels = find_labels(text[:first], "columns")
    behind = [(start + last, end + last) for start, end, _ in find_labels(text[last:], "columns")]
    spans = [(start, end) for start, end, _ in labels]
    covered = sum(end - start for start, end in (*spans, *calendar, *behind))
    if len(spans) + len(behind) < MIN_HEADS or covered * 10 < len("".join(text.split())) * 8:
        return None
    if len(spans) + len(calendar) + len(behind) == n_columns:
        return [*spans, *calendar, *behind]
    divided = next((index for index, (_, _, role) in enumerate(labels) if role in DIVIDED), None)
    if divided is not None and len(spans) - 1 + len(calendar) + len(behind) == n_columns:
        return [*spans[:divided], *calendar, *spans[divided + 1 :], *behind]
    return None
