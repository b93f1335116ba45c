"""Ranges of dates: `ม.ค. 64 - ก.ย. 64`, `8-9 เมษายน 2564`, `ระหว่างวันที่ 1 ถึง 3 มีนาคม 2566` (VARIETY §8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ita_extract.lexicon import load
from ita_extract.thai import calendar_words as words
from ita_extract.thai.calendar_words import SPACE, WRAP
from ita_extract.thai.dates import BE_OFFSET, DateParts, Year, date_parts, iso_date, read_year, textual_parts

Precision = Literal["day", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """A period as printed (`raw` is `text[start_pos:end_pos]`) and as read.

    `start` and `end` are ISO dates or months, None on an open side and where no year is known. `basis` is
    `derived` when a year or a bound was worked out, not printed. `quarters` are those that the text names.
    """

    raw: str
    start_pos: int
    end_pos: int
    start: str | None
    end: str | None
    precision: Precision
    basis: Literal["stated", "derived"]
    quarters: tuple[int, ...] = ()


@cache
def connector() -> str:
    return rf"{WRAP}{words.alternatives(load('calendar')['connectors'])}{WRAP}"


@cache
def _range_patterns() -> tuple[re.Pattern[str], ...]:
    """Months or days with months; days of one month; two dates in numbers; `April 8-9, 2021`.

    `และ` joins two months into a period only after `ระหว่าง`, but always two days of one month.
    """
    lexicon = load("calendar")
    between = f"(?P<between>{words.alternatives(lexicon['between_words'])})"
    start = rf"(?:(?:{words.alternatives(lexicon['from_words'])}|{between}){SPACE})?"
    either = words.alternatives([*lexicon["connectors"], *lexicon["and_words"]])
    onward = rf"(?:{SPACE}{words.alternatives(lexicon['onward_words'])})?"
    first, last = words.textual_pattern("_a"), words.textual_pattern("_b")
    days = rf"{words.date_prefix('_a')}?(?<![\d/])(?<!\d\.)(?P<day_a>\d{{1,2}})(?:{SPACE},{SPACE}\d{{1,2}})*"
    day_word = rf"(?:{words.soft('วันที่')}{SPACE})?"
    number = r"(?<![\d/])\d{1,2}(?:/\d{1,2}/|\.\d{1,2}\.|-\d{1,2}-)(?:\d{4}|\d\d)(?!\d)"
    two_days = r"(?P<first>\d{1,2}) ?[-–] ?(?P<last>\d{1,2})"
    english_days = rf"(?P<month>{words.month_pattern()}) ?{two_days},? ?(?P<year>\d{{4}})(?!\d)"
    patterns = (
        f"{start}{first}(?(between){WRAP}{either}{WRAP}|{connector()}){last}{onward}",
        f"{start}{days}{WRAP}{either}{WRAP}{last}",
        f"{start}{day_word}(?P<numbers>{number}{connector()}{day_word}{number})",
        english_days,
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def find_ranges(text: str, folded: str, fiscal_year_be: int | None) -> Iterator[Period]:
    """Every range of dates; readings may overlap."""
    months, days, numbers, english_days = _range_patterns()
    for pattern in (months, days):
        for match in pattern.finditer(folded):
            last = textual_parts(match, "_b", fiscal_year_be)
            first = textual_parts(match, "_a", fiscal_year_be) if pattern is not days else _first_day(match, last)
            if first is None or last is None:
                continue
            if last.day is None and first.year is None and not match["pre_a"]:
                # `1 ม.ค. - ส.ค. 67`: an item's number, for no day answers it at the other end.
                first = first._replace(day=None, start=match.start("month_a"))
            # A number that proved to be no day, or no year, is outside the period.
            start = first.start if match["day_a"] and first.day is None else match.start()
            end = last.end if match["year_b"] and last.year is None else match.end()
            yield _range(text, (start, end), first, last, fiscal_year_be)
    for match in numbers.finditer(folded):
        found = (p for p in date_parts(match["numbers"], fiscal_year_be) if p.day is not None)
        dates = sorted(found, key=lambda p: p.start)
        if len(dates) == 2:
            yield _range(text, match.span(), dates[0], dates[1], fiscal_year_be)
    for match in english_days.finditer(folded):
        month, year = words.month_of(match["month"]), read_year(match["year"])
        if month is not None and year is not None:
            first, last = (DateParts(*match.span(), int(match[name]), month, year) for name in ("first", "last"))
            yield _range(text, match.span(), first, last, fiscal_year_be)


def _first_day(match: re.Match[str], last: DateParts | None) -> DateParts | None:
    """The first of several days in one month: the date after them with another day."""
    day = int(match["day_a"])
    return last._replace(day=day) if last is not None and last.day is not None and 1 <= day < last.day else None


def _range(text: str, span: tuple[int, int], first: DateParts, last: DateParts, fiscal_year_be: int | None) -> Period:
    """The period between two dates. A year printed once serves both ends, one year off where the months wrap."""
    raw, precision = text[slice(*span)], _range_precision(first, last)
    known = last.year or first.year or _fiscal(fiscal_year_be)
    if known is None:
        return Period(raw, *span, None, None, precision, "derived")
    stated = first.year is not None or last.year is not None
    start_year = (first.year or known).for_month(first.month)
    end_year = (last.year or known).for_month(last.month)
    if (start_year, first.month) > (end_year, last.month) and None in (first.year, last.year):
        stated = False
        if first.year is None and last.year is not None:
            start_year -= 1
        else:
            end_year += 1
    start, first_precision, _ = iso_date(first.day, first.month, start_year)
    end, last_precision, _ = iso_date(last.day, last.month, end_year)
    if "month" in (first_precision, last_precision):
        precision = "month"
    return Period(raw, *span, start, end, precision, "stated" if stated else "derived")


def _range_precision(first: DateParts, last: DateParts) -> Precision:
    return "day" if first.day is not None and last.day is not None else "month"


def _fiscal(fiscal_year_be: int | None) -> Year | None:
    return Year(fiscal_year_be - BE_OFFSET, "be", is_fiscal=True) if fiscal_year_be is not None else None
