"""Periods: ranges of days, months and years, quarters, reporting rounds, deadlines.

Quarters and rounds are read as those of the fiscal year (VARIETY §8); their dates are then `derived`. State
enterprises and schools may mean another year, so nothing is derived from a year labelled academic or calendar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from ita_extract.errors import ThaiParseError
from ita_extract.lexicon import load
from ita_extract.thai import calendar_words as words
from ita_extract.thai.calendar_words import SPACE, WRAP
from ita_extract.thai.dates import (
    BE_OFFSET,
    ThaiDate,
    YearKind,
    date_parts,
    find_dates,
    find_fiscal_years,
    fiscal_months,
    fiscal_year_bounds,
    is_surely_month,
    pick_longest,
    read_year,
)
from ita_extract.thai.ranges import Period, Precision, connector, find_ranges
from ita_extract.thai.text import fold_digits
from ita_extract.thai.times import TimeRange, find_times

__all__ = ["Period", "Round", "TimeRange", "find_periods", "find_times", "parse_period", "reporting_round"]

Round = Literal["3m", "6m", "9m", "12m", "annual"]


@lru_cache(maxsize=2048)
def find_periods(text: str, *, fiscal_year_be: int | None = None) -> tuple[Period, ...]:
    """Every period, in text order, without overlap; of readings that overlap the longest.

    `fiscal_year_be` gives the year to what is printed without one. A bare `พ.ศ. 2555` is no period: it dates
    laws.
    """
    folded = fold_digits(text)
    ranges = list(find_ranges(text, folded, fiscal_year_be))
    spans = [*_quarters(text, folded, fiscal_year_be), *_rounds(text, folded, fiscal_year_be)]
    spans += _years(text, folded, fiscal_year_be)
    singles = [_single(d) for d in find_dates(text, fiscal_year_be=fiscal_year_be) if d.precision != "year"]
    detailed = [_with_bracket(text, period, ranges) for period in spans]
    bounded = [_with_open_side(text, period) for period in (*detailed, *singles)]
    return pick_longest([*ranges, *bounded], lambda p: (p.start_pos, p.end_pos))


def parse_period(text: str, *, fiscal_year_be: int | None = None) -> Period:
    """The period that the whole text is. A month without any year, or `พ.ศ. 2564` alone, counts here.

    Raises ThaiParseError when the text is not one period.
    """
    for period in (*find_periods(text, fiscal_year_be=fiscal_year_be), *_lone(text)):
        if not re.search(r"[^\s()\[\].,;:]", text[: period.start_pos] + text[period.end_pos :]):
            return period
    raise ThaiParseError(f"not a period: {text[:80]!r}")


def reporting_round(text: str) -> Round | None:
    """The reporting round that a title names: `รอบ 6 เดือน`, `6 เดือนแรก`, `รายไตรมาส` (3m), `ประจำปี`
    (annual).
    """
    folded = fold_digits(text)
    match = _round().search(folded)
    if match is not None:
        rounds: dict[int, Round] = {3: "3m", 6: "6m", 9: "9m", 12: "12m"}
        return rounds[_round_length(match)]
    lexicon = load("calendar")
    if re.search(words.soft_alternatives(lexicon["quarterly_words"]), folded):
        return "3m"
    # `ประจำปีงบประมาณ` names a year, not a round.
    if re.search(rf"{words.soft_alternatives(lexicon['annual_words'])}(?! ?งบ)", folded):
        return "annual"
    return None


def _single(found: ThaiDate) -> Period:
    precision: Precision = "day" if found.precision == "day" else "month"
    basis: Literal["stated", "derived"] = "stated" if found.year_was_stated else "derived"
    return Period(found.raw, found.start, found.end, found.iso, found.iso, precision, basis)


def _lone(text: str) -> Iterator[Period]:
    """What is a period only when nothing stands beside it."""
    folded = fold_digits(text)
    for found in find_dates(text):
        if found.precision == "year":
            yield Period(found.raw, found.start, found.end, found.iso, found.iso, "year", "stated")
    for parts in date_parts(folded, None):
        if parts.year is None and is_surely_month(folded, parts):
            precision: Precision = "day" if parts.day else "month"
            yield Period(text[parts.start : parts.end], parts.start, parts.end, None, None, precision, "derived")


# Quarters, rounds, years -----------------------------------------------------------------------------


class _NamedYear(NamedTuple):
    """The year printed after a quarter or a round (`be` None: none, or a school year), and where the whole
    ends.
    """

    be: int | None
    end: int
    is_school_year: bool = False


def _year_after(folded: str, position: int) -> _NamedYear:
    """The year at `position`: `/2564`, `พ.ศ. 2564`, `ปีงบประมาณ 2564`, also in brackets."""
    match = _following_year().match(folded, position)
    if match is None:
        return _NamedYear(None, position)
    year = read_year(match["year"])
    if year is None:
        return _NamedYear(None, position)
    if match["school"]:
        return _NamedYear(None, match.end(), is_school_year=True)
    return _NamedYear(year.ce + BE_OFFSET, match.end())


@cache
def _following_year() -> re.Pattern[str]:
    kinds = load("calendar")["year_kinds"]
    school = f"(?P<school>{words.soft_alternatives(kinds['academic'])})"
    labels = f"(?:{words.fiscal_label()}|{school}|{words.soft_alternatives([*kinds['calendar'], *kinds['plain']])})"
    era = words.era_pattern()
    before = rf"{WRAP}(?P<open>[(])?(?:ของ|ใน)?(?:{words.soft('ประจำ')}{SPACE})?"
    label = rf"{before}(?:{labels}{WRAP}(?:{era})?|{era})"
    year = rf"(?P<year>{words.year_digits()})(?(open)[)]?)"
    return re.compile(rf"(?:{SPACE}/|{label}|{SPACE}(?=2[45]\d\d)){SPACE}{year}", re.IGNORECASE)


def _of_fiscal_year(be: int | None, first: int, last: int) -> tuple[str, str] | tuple[None, None]:
    """First and last of the fiscal months `first` to `last` as `YYYY-MM`."""
    if be is None:
        return None, None
    months = fiscal_months(be)
    return months[first - 1], months[last - 1]


@cache
def _quarter() -> re.Pattern[str]:
    lexicon = load("calendar")
    label = rf"(?<![A-Za-z]){words.soft_alternatives(lexicon['quarter_words'])}{SPACE}"
    and_word = words.alternatives(lexicon["and_words"])
    joint = rf"(?:{connector()}|{SPACE},{SPACE}(?:{and_word}{SPACE})?|{WRAP}{and_word}{WRAP})"
    one = r"[1-4](?!\d|\.\d)"
    ordinal = words.alternatives(lexicon["quarter_ordinals"])
    return re.compile(rf"{label}(?P<which>{one}(?:{joint}(?:{label}(?:ที่{SPACE})?)?{one})*|{ordinal})", re.IGNORECASE)


def _quarters(text: str, folded: str, fiscal_year_be: int | None) -> Iterator[Period]:
    for match in _quarter().finditer(folded):
        quarters = _quarter_numbers(match["which"])
        year = _year_after(folded, match.end())
        be = None if year.is_school_year else year.be or fiscal_year_be
        start, end = _of_fiscal_year(be, quarters[0] * 3 - 2, quarters[-1] * 3)
        raw = text[match.start() : year.end]
        yield Period(raw, match.start(), year.end, start, end, "quarter", "derived", quarters)


def _quarter_numbers(which: str) -> tuple[int, ...]:
    """`1-3` → 1, 2, 3; `1 และ 3` → 1, 3; `แรก` → 1."""
    ordinals: dict[str, int] = load("calendar")["quarter_ordinals"]
    if which in ordinals:
        return (ordinals[which],)
    numbers: set[int] = set()
    pieces = re.split(r"([1-4])", which)
    for joint, digit in zip(pieces[::2], pieces[1::2], strict=False):
        is_range = numbers and re.match(connector(), joint)
        numbers.update(range(max(numbers) if is_range else int(digit), int(digit) + 1))
    return tuple(sorted(numbers))


@cache
def _round() -> re.Pattern[str]:
    lexicon = load("calendar")
    number = words.alternatives(lexicon["round_numbers"])
    first, second = (words.alternatives(lexicon[f"{name}_half_words"]) for name in ("first", "second"))
    half = f"(?:{first}|(?P<second{{0}}>{second}))"
    months = rf"{SPACE}{words.soft('เดือน')}"
    of_round = rf"{words.soft_alternatives(lexicon['round_words'])}{SPACE}(?P<number_a>{number}){months}"
    of_months = rf"(?<!\d)(?P<number_b>{number}){months}{SPACE}"
    of_year = rf"{words.soft_alternatives(lexicon['half_year_words'])}{SPACE}"
    return re.compile(
        rf"{of_round}(?:{SPACE}{half.format('_a')})?|{of_months}{half.format('_b')}|{of_year}{half.format('_c')}"
    )


def _round_length(match: re.Match[str]) -> int:
    """The months of a round, 3, 6, 9 or 12."""
    lengths: dict[str, int] = load("calendar")["round_numbers"]
    return lengths[match["number_a"] or match["number_b"] or "6"]


def _rounds(text: str, folded: str, fiscal_year_be: int | None) -> Iterator[Period]:
    for match in _round().finditer(folded):
        length = _round_length(match)
        is_second = match["second_a"] or match["second_b"] or match["second_c"]
        year = _year_after(folded, match.end())
        be = None if year.is_school_year else year.be or fiscal_year_be
        start, end = _of_fiscal_year(be, *((13 - length, 12) if is_second else (1, length)))
        raw = text[match.start() : year.end]
        yield Period(raw, match.start(), year.end, start, end, "month", "derived")


@cache
def _whole_year() -> re.Pattern[str]:
    whole = words.soft_alternatives(load("calendar")["whole_year_words"])
    budget = rf"(?P<fiscal>{SPACE}{words.soft('งบประมาณ')}|{SPACE}งบฯ?)"
    return re.compile(rf"{whole}(?:{budget}|(?!{SPACE}{words.soft('การศึกษา')}))")


@cache
def _era_range() -> re.Pattern[str]:
    era, year = words.era_pattern(), r"(?:2[45]\d\d|20\d\d)(?!\d)"
    return re.compile(rf"{era}{SPACE}(?P<first>{year}){connector()}(?:{era}{SPACE})?(?P<last>{year})")


def _years(text: str, folded: str, fiscal_year_be: int | None) -> Iterator[Period]:
    """Fiscal years with their bounds; other labelled years and ranges of years as years alone; `ตลอดปี`."""
    for year in find_fiscal_years(text):
        start, end = _year_bounds(year.be, year.last_be, year.kind)
        yield Period(text[year.start : year.end], year.start, year.end, start, end, "year", "stated")
    for match in _era_range().finditer(folded):
        first, last = read_year(match["first"]), read_year(match["last"])
        if first is not None and last is not None and first.ce < last.ce:
            yield Period(text[slice(*match.span())], *match.span(), str(first.ce), str(last.ce), "year", "stated")
    for match in _whole_year().finditer(folded):
        named = _year_after(folded, match.end())
        be = named.be or fiscal_year_be
        is_fiscal = match["fiscal"] or named.be in (None, fiscal_year_be)
        start, end = _year_bounds(be, be, "fiscal" if is_fiscal else "plain") if be else (None, None)
        basis: Literal["stated", "derived"] = "stated" if named.be and match["fiscal"] else "derived"
        yield Period(text[match.start() : named.end], match.start(), named.end, start, end, "year", basis)


def _year_bounds(first_be: int, last_be: int, kind: YearKind) -> tuple[str, str] | tuple[None, None]:
    """Full dates for fiscal years; the bare years for calendar and plain ones; nothing for school years, whose
    terms vary.
    """
    if kind == "fiscal":
        return fiscal_year_bounds(first_be)[0].isoformat(), fiscal_year_bounds(last_be)[1].isoformat()
    if kind == "academic":
        return None, None
    return str(first_be - BE_OFFSET), str(last_be - BE_OFFSET)


# What stands around a period -------------------------------------------------------------------------


def _with_bracket(text: str, period: Period, ranges: list[Period]) -> Period:
    """The period with the dates in brackets after it: `ไตรมาสที่ 1 (ต.ค. 62 - ธ.ค. 62)`. Printed dates win over
    derived ones.
    """
    opening = re.compile(rf"{WRAP}\(\s*").match(text, period.end_pos)
    inside = next((r for r in ranges if opening is not None and r.start_pos == opening.end()), None)
    closing = re.compile(r"\s*\)").match(text, inside.end_pos) if inside is not None else None
    if inside is None or closing is None:
        return period
    whole = replace(period, raw=text[period.start_pos : closing.end()], end_pos=closing.end())
    if inside.basis == "derived" and period.start is not None:
        return whole
    precision = "quarter" if period.precision == "quarter" else inside.precision
    return replace(whole, start=inside.start, end=inside.end, precision=precision, basis=inside.basis)


@cache
def _sides() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before a deadline, before a start, and after a start."""
    lexicon = load("calendar")
    filler = rf"(?:{SPACE}{words.alternatives(lexicon['period_fillers'])})*{SPACE}$"
    deadline = re.compile(rf"(?<![A-Za-z]){words.alternatives(lexicon['deadline_words'])}{filler}", re.IGNORECASE)
    start = re.compile(rf"(?<![A-Za-z]){words.alternatives(lexicon['from_words'])}{filler}", re.IGNORECASE)
    return deadline, start, re.compile(rf"{WRAP}{words.alternatives(lexicon['onward_words'])}", re.IGNORECASE)


def _with_open_side(text: str, period: Period) -> Period:
    """The period without a start after `ภายใน`, without an end after `ตั้งแต่` or before `เป็นต้นไป`."""
    offset = max(0, period.start_pos - 40)
    deadline, start, onward = _sides()
    before = text[offset : period.start_pos]
    if match := deadline.search(before):
        start_pos = offset + match.start()
        return replace(period, raw=text[start_pos : period.end_pos], start_pos=start_pos, start=None)
    after = onward.match(text, period.end_pos)
    match = start.search(before)
    if match is None and after is None:
        return period
    start_pos = offset + match.start() if match else period.start_pos
    end_pos = after.end() if after else period.end_pos
    return replace(period, raw=text[start_pos:end_pos], start_pos=start_pos, end_pos=end_pos, end=None)
