"""The year a document is about, and the days between which it reports."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass

from ita_extract.extractors.titles import TITLE_LINES, title_quote
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.model import Outline
from ita_extract.thai.dates import find_dates, find_fiscal_years, fiscal_year_bounds
from ita_extract.thai.periods import find_periods
from ita_extract.thai.text import key

HEAD_LINES = 12
"""A date among so many first lines is that of the meeting or event; it tells the year when nothing else does."""

_REPORTING = ("ห้วงการรายงาน", "รอบการรายงาน", "ช่วงเวลารายงาน", "รอบระยะเวลารายงาน")
_CODE = re.compile(r"(?<![A-Za-z0-9])(?:MOIT|OIT|EB|O|o|0)\s?-?\d{1,2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Year:
    """A fiscal year (B.E.) and where it is printed."""

    be: int
    quote: Quote


def _years_in(quote: Quote) -> list[Year]:
    return [
        Year(y.be, quote.slice(y.start, y.end)) for y in find_fiscal_years(quote.text) if y.kind in ("fiscal", "plain")
    ]


def fiscal_year(outline: Outline) -> Year | None:
    """The year of the title; else the fiscal year named most often; else that of the plan's period."""
    title = title_quote(outline)
    in_title = _years_in(title) if title else []
    if in_title:
        return in_title[0]
    if title is not None and _is_about_a_day(title.text):
        dated = _year_of_first_date(outline)
        if dated is not None:
            return dated
    quotes = [line.quote for line in outline.lines] + [f.value for f in outline.fields]
    labelled = [
        Year(y.be, quote.slice(y.start, y.end))
        for quote in quotes
        for y in find_fiscal_years(quote.text)
        if y.kind == "fiscal"
    ]
    if labelled:
        counts = Counter(y.be for y in labelled)
        most = max(counts.values())
        return next(y for y in labelled if counts[y.be] == most)
    return _year_of_heads(outline) or _year_of_period(outline) or _year_of_first_date(outline)


def _is_about_a_day(title: str) -> bool:
    """Minutes and news are about the day they tell of, whatever years they mention."""
    words = load("parts")["doc_types"]
    return key(title).startswith(tuple(key(word) for word in (*words["minutes"], *words["press_release"])))


def _year_of_heads(outline: Outline) -> Year | None:
    for grid in outline.grids:
        for column in grid.columns:
            years = _years_in(column.head)
            if years:
                return years[0]
    return None


def _year_of_period(outline: Outline) -> Year | None:
    """The fiscal year in which the plan's period ends."""
    quotes = [f.value for f in outline.fields if f.key == "period" and f.value]
    for grid in outline.grids:
        for column in grid.columns_playing("period"):
            quotes += [c.quote for row in grid.data_rows() if (c := row.cells[column.index]) is not None and c.text]
    for quote in quotes:
        for period in find_periods(quote.text):
            if period.end is not None and len(period.end) >= 7:
                year, month = int(period.end[:4]), int(period.end[5:7])
                return Year(year + 543 + (1 if month >= 10 else 0), quote)
    return None


def _year_of_first_date(outline: Outline) -> Year | None:
    """The fiscal year of the first full date: minutes and news are about the year in which they fall."""
    for line in outline.lines[:HEAD_LINES]:
        for date in find_dates(line.text):
            if date.precision == "day" and date.valid:
                year, month = int(date.iso[:4]), int(date.iso[5:7])
                return Year(year + 543 + (1 if month >= 10 else 0), line.quote.slice(date.start, date.end))
    return None


def reported_days(outline: Outline, year: Year | None) -> tuple[str | None, str | None]:
    """First and last day that the document is about: a printed period, years in the title, the fiscal year."""
    for field in outline.fields:
        if field.value and key(field.label.text) in {key(word) for word in _REPORTING}:
            for period in find_periods(field.value.text, fiscal_year_be=year.be if year else None):
                if period.start and period.end and len(period.start) == len(period.end) == 10:
                    return period.start, period.end
    title = title_quote(outline)
    periods = find_periods(title.text, fiscal_year_be=year.be if year else None) if title else ()
    months = next((p for p in periods if p.precision == "month" and "รอบ" in p.raw), None)
    if months is not None and months.start and months.end:
        last = monthrange(int(months.end[:4]), int(months.end[5:7]))[1]
        return f"{months.start}-01", f"{months.end}-{last:02d}"
    for period in periods:
        if period.start and period.end and len(period.start) == len(period.end) == 10:
            return period.start, period.end
    bounds = fiscal_year_bounds(year.be) if year else None
    return (bounds[0].isoformat(), bounds[1].isoformat()) if bounds else (None, None)


def filed_year(outline: Outline, content: Year | None) -> Year | None:
    """`สำหรับการประเมิน … ประจำปีงบประมาณ พ.ศ. 2566` when that is another year than the content's."""
    for line in outline.lines[:TITLE_LINES]:
        if not _CODE.search(line.text):
            continue
        for year in _years_in(line.quote):
            if content is not None and year.be != content.be:
                return year
    return None
