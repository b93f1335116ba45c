"""Meetings that minutes record: their heading, and the way to their attendance lists and agenda."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ita_extract.extractors.agenda import agenda_items
from ita_extract.extractors.attendance import attendance_of, attendees
from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.model import Grid, Line
from ita_extract.records import Attendee, Meeting
from ita_extract.thai.dates import ThaiDate, find_dates
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.periods import TimeRange, find_times
from ita_extract.thai.text import fold_digits, key

HEAD_LINES = 12
"""Number, date, time and place stand within the first lines of minutes."""

_NUMBER = re.compile(r"ครั้งที่\s*([\d๐-๙]+)(?:\s*\(\s*[\d๐-๙]+\s*\))?(?:\s*[/\-]\s*([\d๐-๙]{2,4}))?")
_PLACE = re.compile(r"(?:^|\s)ณ\s+(?!วันที่)(\S.*)$")


@dataclass
class _Minutes:
    """The lines and attendance tables of one meeting's minutes."""

    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    is_excerpt: bool = False


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields each meeting, its attendees and its agenda items."""
    for minutes in _minutes(context):
        meeting_id = context.ids.next("T")
        people = list(attendees(context, minutes.lines, minutes.grids, meeting_id))
        present = sum(
            isinstance(p, Found)
            and isinstance(p.record, Attendee)
            and p.record.attendance in ("present", "unspecified")
            for p in people
        )
        yield _meeting(minutes, meeting_id, present, _list_heading(people))
        yield from people
        yield from agenda_items(context, minutes.lines, meeting_id)


def _minutes(context: Context) -> list[_Minutes]:
    """Consecutive sections of minutes that print no new meeting number are one meeting."""
    result: list[_Minutes] = []
    by_section: dict[int, list[Grid]] = {}
    for grid in context.outline.grids:
        by_section.setdefault(grid.section, []).append(grid)
    for part in context.outline.sections:
        if part.kind != "minutes":
            continue
        lines = [context.outline.lines[i] for i in part.lines]
        grids = [g for g in by_section.get(part.index, ()) if g.kind in ("attendance", "other")]
        number = _number(_head(lines))
        known = _number(_head(result[-1].lines)) if result else None
        begins = number is not None and (known is None or key(number.text) != key(known.text))
        if not result or (begins and result[-1].lines):
            result.append(_Minutes())
        result[-1].lines += lines
        result[-1].grids += grids
        result[-1].is_excerpt |= part.is_excerpt
    return [m for m in result if len(m.lines) > 2 or m.grids]


# ------------------------------------------------------------------ the heading
def _list_heading(people: Sequence[Found | Quote]) -> Quote | None:
    """What heads the first list of people: a line, or the heads of a table's columns."""
    heads: list[Quote] = []
    for item in people:
        if isinstance(item, Found):
            break
        heads.append(item)
    return Quote.join(heads, "\t") if heads else None


def _meeting(minutes: _Minutes, meeting_id: str, present: int, list_heading: Quote | None) -> Found:
    head = _head(minutes.lines)
    title = _title(head)
    number = _number(head)
    date_line, date = _date(head)
    start, end, time_quotes = _times(head, minutes.lines)
    place = _place(head)
    match = _NUMBER.fullmatch(fold_digits(number.text)) if number else None
    year = int(match[2]) if match and match[2] else None
    date_quote = date_line.quote.slice(date.start, date.end) if date_line and date else None
    return found(
        Meeting(
            meeting_id=meeting_id,
            title_raw=" ".join(title.text.split()) if title else None,
            number_raw=number.text if number else None,
            meeting_no=str(int(match[1])) if match else None,
            meeting_year_be=(year if year is None or year > 2400 else 2500 + year),
            date_raw=date_quote.text if date_quote else None,
            meeting_date=date.iso if date else None,
            weekday_raw=date.weekday_raw if date else None,
            weekday_ok=date.weekday_ok if date else None,
            start_time=start,
            end_time=end,
            place=" ".join(place.text.split()) if place else None,
            attendee_count=present or None,
            is_excerpt=minutes.is_excerpt,
        ),
        title or (minutes.lines[0].quote if minutes.lines else None),
        number_raw=number,
        meeting_date=date_quote,
        start_time=time_quotes[0],
        end_time=time_quotes[1],
        place=place,
        attendee_count=list_heading if present else None,
    )


def _head(lines: Sequence[Line]) -> list[Line]:
    """The lines before the first attendance heading or agenda item, at most HEAD_LINES."""
    head: list[Line] = []
    for line in lines[:HEAD_LINES]:
        if head and (attendance_of(line.text) is not None or parse_numbering(line.text) is not None):
            break
        head.append(line)
    return head


def _title(head: Sequence[Line]) -> Quote | None:
    """The heading up to the meeting's number; a second line without date, number or place belongs to it."""
    parts: list[Quote] = []
    for line in head[:4]:
        match = _NUMBER.search(line.text)
        if match is not None and match.start() == 0:
            break
        text = line.quote.slice(0, match.start()) if match else line.quote
        if parts and (find_dates(line.text) or _PLACE.search(line.text) or find_times(line.text)):
            break
        if text.strip():
            parts.append(text.strip())
        if match is not None:
            break
    return Quote.join(parts, " ") if parts else None


def _number(head: Sequence[Line]) -> Quote | None:
    for line in head:
        match = _NUMBER.search(line.text)
        if match is not None:
            return line.quote.slice(*match.span()).strip()
    return None


def _date(head: Sequence[Line]) -> tuple[Line | None, ThaiDate | None]:
    for line in head:
        for date in find_dates(line.text):
            if date.precision == "day":
                return line, date
    return None, None


def _place(head: Sequence[Line]) -> Quote | None:
    for line in head:
        match = _PLACE.search(line.text)
        if match is not None:
            place = line.quote.slice(*match.span(1))
            stop = re.search(r"\s*(?:เวลา|เมื่อวันที่|วันที่)\s*[\d๐-๙]", place.text)
            return place.slice(0, stop.start() if stop else None).strip()
    return None


def _times(
    head: Sequence[Line], lines: Sequence[Line]
) -> tuple[str | None, str | None, tuple[Quote | None, Quote | None]]:
    """Start and end: from the heading (`เวลา 9.30-12.00 น.`), overruled by `เริ่มประชุม` and `เลิกประชุม` lines."""
    start = end = None
    quotes: list[Quote | None] = [None, None]
    for line in head:
        for time in find_times(line.text):
            start, end = time.start, time.end
            quotes = [_time_quote(line, time), _time_quote(line, time) if time.end else None]
            break
        if start:
            break
    words = load("parts")["minutes_parts"]
    for line in lines:
        folded = key(line.text)
        times = find_times(line.text)
        if not times or len(line.text) > 150:
            continue
        if folded.startswith(tuple(key(w) for w in words["start"])):
            start, quotes[0] = times[0].start, _time_quote(line, times[0])
        elif folded.startswith(tuple(key(w) for w in words["end"])):
            end, quotes[1] = times[-1].start, _time_quote(line, times[-1])
    return start, end, (quotes[0], quotes[1])


def _time_quote(line: Line, time: TimeRange) -> Quote:
    return line.quote.slice(time.start_pos, time.end_pos)
