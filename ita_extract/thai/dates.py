"""Thai dates and years: found in running text, read as ISO 8601 C.E. dates, never completed by guessing.

The Thai (B.E.) fiscal year N runs from 1 October N-544 to 30 September N-543 C.E. (Budget Procedures Act;
VARIETY §8).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal, NamedTuple, TypeVar

from ita_extract.errors import ThaiParseError
from ita_extract.lexicon import load
from ita_extract.thai import calendar_words as words
from ita_extract.thai.text import fold_digits

Precision = Literal["day", "month", "year"]
YearKind = Literal["fiscal", "academic", "calendar", "plain"]
BE_OFFSET = 543
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ThaiDate:
    """A date as printed and as read.

    `raw` is `text[start:end]`, with the weekday and `วันที่` where they are printed. `iso` is as precise as
    `precision` says; a day that does not exist gives `valid=False` and the month alone. `era` is that of the
    printed year. `weekday_ok` compares the printed weekday with the date. `year_was_stated` is False when the
    year comes from the caller's fiscal or default year.
    """

    raw: str
    start: int
    end: int
    iso: str
    precision: Precision
    year_be: int
    era: Literal["be", "ce"]
    weekday_raw: str | None
    weekday_ok: bool | None
    year_was_stated: bool
    valid: bool


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A year with a label before it.

    `kind` is fiscal for `ปีงบประมาณ พ.ศ. 2564`, academic for `ปีการศึกษา 2566`, calendar for `ปี พ.ศ. 2566`,
    plain for `ปี 68`.

    `be` is the Buddhist-era year, `last_be` the last one of a range (`be` where there is no range); `start`,
    `end` span the label.
    """

    be: int
    last_be: int
    start: int
    end: int
    kind: YearKind

    @property
    def is_labelled(self) -> bool:
        """Whether the words beside the year say which kind of year it is."""
        return self.kind != "plain"


class Year(NamedTuple):
    """A printed year: C.E. number, era as printed, and whether it names a fiscal year."""

    ce: int
    era: Literal["be", "ce"]
    is_fiscal: bool = False

    def for_month(self, month: int) -> int:
        """The C.E. year of a month in this year."""
        return self.ce - 1 if self.is_fiscal and month >= 10 else self.ce


class DateParts(NamedTuple):
    """What a date prints: its numbers, its span without a number that proved to be no day or no year, and its
    weekday.
    """

    start: int
    end: int
    day: int | None
    month: int
    year: Year | None
    weekday: str | None = None
    month_name: str = ""


@lru_cache(maxsize=2048)
def find_dates(
    text: str, *, fiscal_year_be: int | None = None, default_year_be: int | None = None
) -> tuple[ThaiDate, ...]:
    """Every date, month with a year, and labelled year, in text order, without overlap.

    A date without a year takes `default_year_be` (a calendar year), else its year in the fiscal year
    `fiscal_year_be`; without either it is left out. Two-digit years are read as B.E. 25xx first, four-digit
    ones from 2400 on as B.E. (VARIETY §8).
    """
    folded = fold_digits(text)
    context = _context_year(fiscal_year_be, default_year_be)
    found = [d for p in date_parts(folded, fiscal_year_be) if (d := _date(text, folded, p, context)) is not None]
    return pick_longest([*found, *_years(text, folded)], lambda d: (d.start, d.end))


def parse_date(text: str, *, fiscal_year_be: int | None = None, default_year_be: int | None = None) -> ThaiDate:
    """The date that the whole text is; `เมื่อ`, `ณ` before it and brackets or a full stop around it may be there.

    Raises ThaiParseError when the text is not one date.
    """
    lead = rf"[\s(\[]*(?:{words.soft_alternatives(load('calendar')['date_lead_ins'])})?\s*"
    for found in find_dates(text, fiscal_year_be=fiscal_year_be, default_year_be=default_year_be):
        if re.fullmatch(lead, text[: found.start]) and re.fullmatch(r"[\s)\].,;]*", text[found.end :]):
            return found
    raise ThaiParseError(f"not a date: {text[:80]!r}")


def month_number(text: str) -> int | None:
    """1-12 when the whole text is a month name in any spelling, else None."""
    name = text.strip().removeprefix("เดือน").strip()
    return words.month_of(name) if 0 < len(name) <= 40 else None


def fiscal_year_bounds(be: int) -> tuple[date, date]:
    """First and last day of the fiscal year. Raises ValueError outside the years that `datetime.date` knows."""
    return date(be - BE_OFFSET - 1, 10, 1), date(be - BE_OFFSET, 9, 30)


def fiscal_months(be: int) -> tuple[str, ...]:
    """The twelve months of a fiscal year as `YYYY-MM`, October first."""
    ce = be - BE_OFFSET
    return tuple(f"{ce - (month >= 10):04d}-{month:02d}" for month in (10, 11, 12, *range(1, 10)))


def fiscal_month_no(calendar_month: int) -> int:
    """The place of a calendar month (1-12) in the fiscal year: October is 1, September 12."""
    return (calendar_month + 2) % 12 + 1


def quarter_of(fiscal_month: int) -> int:
    """The quarter (1-4) of a fiscal month (1-12)."""
    return (fiscal_month + 2) // 3


@lru_cache(maxsize=2048)
def find_fiscal_years(text: str) -> tuple[FiscalYear, ...]:
    """Every year with a label (`ปีงบประมาณ`, `ปีการศึกษา`, `ปี`, `FY`), in text order. A bare year or `พ.ศ.
    2555` is not one.
    """
    found = []
    for match in _labelled_year().finditer(fold_digits(text)):
        kind, year = _kind_of(match), read_year(match["year"])
        if kind is None or year is None:
            continue
        last = read_year(match["last"]) if match["last"] else None
        is_range = last is not None and year.ce < last.ce <= year.ce + 30
        end = match.end("last") if is_range else match.end("year")
        last_ce = last.ce if last is not None and is_range else year.ce
        found.append(FiscalYear(year.ce + BE_OFFSET, last_ce + BE_OFFSET, match.start(), end, kind))
    return tuple(found)


def date_parts(folded: str, fiscal_year_be: int | None) -> Iterator[DateParts]:
    """The parts of every date with a month, kind by kind; they may overlap. `folded` has Arabic digits only."""
    for match in _textual().finditer(folded):
        if (parts := textual_parts(match, "", fiscal_year_be)) is not None:
            yield parts
    for pattern in _numeric():
        for match in pattern.finditer(folded):
            if (parts := _numeric_parts(match, fiscal_year_be)) is not None:
                yield parts


def textual_parts(match: re.Match[str], tag: str, fiscal_year_be: int | None) -> DateParts | None:
    """The parts of a match of `textual_pattern(tag)`; None when its month names an office instead (`สำนักงาน
    ก.พ.`).
    """
    name = match["month" + tag]
    month = words.month_of(name)
    if month is None:
        return None
    day = _textual_day(match, tag)
    if day is not None:
        start = match.start(("pre" if match["pre" + tag] else "day") + tag)
    else:
        start = match.start(("word" if match["word" + tag] else "month") + tag)
        if not words.stands_alone(name) and _ends_with(match.string[:start], "offices_before"):
            return None
    year = _textual_year(match, tag, day, fiscal_year_be)
    end = match.end("year" + tag) if year is not None else match.end("month" + tag)
    weekday = match["weekday" + tag] if day is not None else None
    return DateParts(start, end, day, month, year, weekday, name)


def read_year(digits: str, fiscal_year_be: int | None = None, *, is_english: bool = False) -> Year | None:
    """A printed year of two or four digits, None when it is none.

    Two digits are B.E. 2532-2599 first: 01-31 are as likely days. Those are C.E. 20xx in English dates, or when
    that lies within two years of `fiscal_year_be`.
    """
    digits = digits.strip("'’")
    number = int(digits)
    if len(digits) == 2:
        near = fiscal_year_be is not None and abs(2000 + number + BE_OFFSET - fiscal_year_be) <= 2
        if number < 40 and (is_english or near):
            return Year(2000 + number, "ce")
        return Year(2500 + number - BE_OFFSET, "be") if number >= 32 else None
    if 2400 <= number < 2700:
        return Year(number - BE_OFFSET, "be")
    return Year(number, "ce") if 1900 <= number < 2200 else None


def pick_longest(found: Iterable[T], span: Callable[[T], tuple[int, int]]) -> tuple[T, ...]:
    """Of overlapping finds the longest, then the first; in text order."""
    kept: list[T] = []
    for one in sorted(found, key=lambda f: (span(f)[0] - span(f)[1], span(f)[0])):
        start, end = span(one)
        if all(end <= span(other)[0] or start >= span(other)[1] for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=span))


def iso_date(day: int | None, month: int, year_ce: int) -> tuple[str, Literal["day", "month"], bool]:
    """ISO text, its precision, and whether the day exists; an impossible day is dropped, the month stays."""
    month_iso = f"{year_ce:04d}-{month:02d}"
    if day is None:
        return month_iso, "month", True
    try:
        return date(year_ce, month, day).isoformat(), "day", True
    except ValueError:
        return month_iso, "month", False


def is_surely_month(folded: str, parts: DateParts) -> bool:
    """Whether the parts name a month at all: by a day or year, the spelling, `เดือน`, another month beside it,
    or being alone.
    """
    if parts.day is not None or parts.year is not None or words.stands_alone(parts.month_name):
        return True
    before, after = folded[: parts.start], folded[parts.end :]
    if folded[parts.start : parts.end] != parts.month_name or not (before + after).strip():
        return True
    near = (before[-15:], after[:15])
    beside = any(re.search(words.month_pattern(), text, re.IGNORECASE) for text in near)
    return "." in parts.month_name and (beside or _ends_with(before, "before_months"))


def _date(text: str, folded: str, parts: DateParts, context: Year | None) -> ThaiDate | None:
    year = parts.year or context
    if year is None or not is_surely_month(folded, parts):
        return None
    iso, precision, valid = iso_date(parts.day, parts.month, year.for_month(parts.month))
    weekday = words.weekday_of(parts.weekday) if parts.weekday else None
    return ThaiDate(
        raw=text[parts.start : parts.end],
        start=parts.start,
        end=parts.end,
        iso=iso,
        precision=precision,
        year_be=int(iso[:4]) + BE_OFFSET,
        era=year.era,
        weekday_raw=parts.weekday,
        weekday_ok=date.fromisoformat(iso).isoweekday() == weekday if weekday and precision == "day" else None,
        year_was_stated=parts.year is not None,
        valid=valid,
    )


def _years(text: str, folded: str) -> Iterator[ThaiDate]:
    """Labelled years, and years after `พ.ศ.` or `ค.ศ.`, as dates of year precision."""
    labelled = [(year.start, year.end, Year(year.be - BE_OFFSET, "be")) for year in find_fiscal_years(text)]
    bare = [(m.start(), m.end(), read_year(m["year"])) for m in _era_year().finditer(folded)]
    for start, end, year in (*labelled, *bare):
        if year is not None:
            era: Literal["be", "ce"] = "ce" if re.search(r"(?:19|20|21)\d\d$", folded[start:end]) else "be"
            yield ThaiDate(
                text[start:end], start, end, f"{year.ce:04d}", "year", year.ce + BE_OFFSET, era, None, None, True, True
            )


def _context_year(fiscal_year_be: int | None, default_year_be: int | None) -> Year | None:
    if default_year_be is not None:
        return Year(default_year_be - BE_OFFSET, "be")
    return Year(fiscal_year_be - BE_OFFSET, "be", is_fiscal=True) if fiscal_year_be is not None else None


def _textual_day(match: re.Match[str], tag: str) -> int | None:
    """The day before a month; None for a number that cannot be meant as one (over 39, or counting as in
    `ครั้งที่ 8 เมษายน`).
    """
    digits = match["day" + tag]
    if not digits or int(digits) > 39:
        return None
    if not match["pre" + tag] and _ends_with(match.string[: match.start("day" + tag)], "not_days_after"):
        return None
    return int(digits)


def _textual_year(match: re.Match[str], tag: str, day: int | None, fiscal_year_be: int | None) -> Year | None:
    """The year after a month; None for a short number that may as well be a day (`June 26`)."""
    digits = match["year" + tag]
    if not digits:
        return None
    is_english = match["month" + tag].isascii()
    may_be_day = len(digits) == 2 and int(digits) <= 31 and match.string[match.start("year" + tag) - 1] != "-"
    if may_be_day and is_english and day is None:
        return None
    year = read_year(digits, fiscal_year_be, is_english=is_english)
    return year._replace(is_fiscal=True) if year is not None and match["fy" + tag] else year


def _numeric_parts(match: re.Match[str], fiscal_year_be: int | None) -> DateParts | None:
    name = match["month"]
    month = int(name) if name.isdigit() else words.month_of(name)
    year = read_year(match["year"], fiscal_year_be, is_english=name.isascii() and not name.isdigit())
    if month is None or year is None or not 1 <= month <= 12 or not 1 <= int(match["day"]) <= 31:
        return None
    return DateParts(match.start(), match.end(), int(match["day"]), month, year, match["weekday"], name)


def _ends_with(text: str, vocabulary: str) -> bool:
    return text[-40:].rstrip().endswith(tuple(load("calendar")[vocabulary]))


@cache
def _textual() -> re.Pattern[str]:
    return re.compile(words.textual_pattern(""), re.IGNORECASE)


@cache
def _numeric() -> tuple[re.Pattern[str], ...]:
    """Dates in numbers (`5/7/2567`, `05.07.67`, ISO), with dashes (`8-เม.ย.-64`), and month first (`April 8, 2021`).

    Short years after dots or dashes need two digits everywhere: `5.2.67` is a heading's number.
    """
    before, after = r"(?<![\d/\-])(?<!\d\.)", r"(?!\d|(?P=s)\d)"
    day, month = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
    bodies = (
        rf"(?P<year>\d{{4}})(?P<s>[-/]){month}(?P=s){day}{after}",
        rf"{day}(?P<s> ?[/.\-] ?){month}(?P=s)(?P<year>\d{{4}}){after}",
        rf"{day}(?P<s>/){month}(?P=s)(?P<year>[4-9]\d){after}",
        rf"(?P<day>\d\d)(?P<s>[.\-])(?P<month>\d\d)(?P=s)(?P<year>[4-9]\d){after}",
        rf"{day}(?P<s>[-/])(?P<month>{words.month_pattern()})(?P=s)(?P<year>\d{{4}}|\d\d)(?!\d)",
    )
    prefix = f"{words.date_prefix('')}?"
    month_first = (
        rf"{prefix}(?P<month>{words.month_pattern()}) ?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? ?(?P<year>\d{{4}})(?!\d)"
    )
    return tuple(re.compile(p, re.IGNORECASE) for p in (*(f"{prefix}{before}{b}" for b in bodies), month_first))


@cache
def _labelled_year() -> re.Pattern[str]:
    kinds = load("calendar")["year_kinds"]
    labels = [f"(?P<fiscal>(?:งบประมาณ)?{words.fiscal_label()})"]
    labels += [f"(?P<{kind}>{words.soft_alternatives(kinds[kind])})" for kind in ("academic", "calendar")]
    labels.append(rf"(?P<plain>(?:{words.soft('ประจำ')}{words.SPACE})?{words.soft_alternatives(kinds['plain'])})")
    era = rf"(?P<era>{words.era_pattern()}{words.SPACE})?"
    connector = words.alternatives(load("calendar")["connectors"])
    last = rf"{words.SPACE}{connector}{words.SPACE}(?:{words.era_pattern()}{words.SPACE})?"
    digits = words.year_digits()
    head = rf"(?<![A-Za-z])(?:{'|'.join(labels)}){words.WRAP}[:.]?{words.WRAP}(?:[1-3] ?/ ?)?{era}"
    return re.compile(rf"{head}(?P<year>{digits})(?:{last}(?P<last>{digits}))?", re.IGNORECASE)


@cache
def _era_year() -> re.Pattern[str]:
    return re.compile(rf"{words.era_pattern()}{words.WRAP}(?P<year>\d{{4}})(?!\d|[.,:]\d)", re.IGNORECASE)


def _kind_of(match: re.Match[str]) -> YearKind | None:
    """The kind of a labelled year; None for `ปี` as a unit of time (`4 ปี 68`)."""
    if match["fiscal"]:
        return "fiscal"
    if match["academic"]:
        return "academic"
    if match["calendar"] or (match["era"] and "ศ" in match["era"]):
        return "calendar"
    is_duration = re.search(r"(?<!\d)\d{1,2}\s*$", match.string[: match.start()]) and len(match["year"]) < 4
    return None if is_duration else "plain"
