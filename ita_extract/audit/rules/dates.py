"""Dates and periods: do they exist, do they follow each other, do they lie where they should?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Fail, Results, Side, Term, fail, side
from ita_extract.audit.rule import rule
from ita_extract.audit.wording import has_word
from ita_extract.lexicon import load
from ita_extract.pointer import Where
from ita_extract.records import Activity, BlockRecord, DocumentRecord, Event, Meeting, Outcome, Plan
from ita_extract.thai.dates import BE_OFFSET, find_fiscal_years, fiscal_year_bounds
from ita_extract.thai.text import fold_digits

_BE_LABEL = r"(?:พ\.\s?ศ\.|ปีงบประมาณ|ปี\s?พุทธศักราช|พุทธศักราช)\s*(?:พ\.\s?ศ\.)?\s*"
_BE_YEAR = re.compile(rf"{_BE_LABEL}(?P<year>\d{{4}})(?!\d)")
_CE_YEAR = re.compile(r"ค\.\s?ศ\.\s*(?P<year>\d{4})(?!\d)")
LATEST_YEAR = 2600
"""Of documents whose fiscal year is unknown; the national strategy runs to 2580."""
OLDEST_LAW = 2400
"""No law in force names an earlier Buddhist-era year; the oldest that plans cite are of the 2450s."""


@rule(
    "D03",
    "medium",
    message=("The period {period} lies outside fiscal year {fy}.", "ระยะเวลา {period} ไม่อยู่ในปีงบประมาณ {fy}"),
    variants={
        "partly": (
            "The period {period} lies only partly inside fiscal year {fy}.",
            "ระยะเวลา {period} อยู่ในปีงบประมาณ {fy} เพียงบางส่วน",
        )
    },
    needs=("a period with both ends and a fiscal year", "ระยะเวลาที่มีทั้งต้นและปลาย และปีงบประมาณ"),
)
def d03(case: Case) -> Results:
    """A plan's period lies inside the fiscal year that the document is about.

    Plans of more than a year, plans whose title names several years, and periods of a calendar or a school year follow
    another rhythm and pass. A period that leaves the fiscal year only at one end is of low severity.

    ไทย: ระยะเวลาของแผนต้องอยู่ในปีงบประมาณของเอกสาร

    แผนหลายปี และระยะเวลาตามปีปฏิทินหรือปีการศึกษา ไม่ถือว่าผิด หากเลยปีงบประมาณเพียงด้านเดียวถือเป็นระดับต่ำ
    """
    year = case.fiscal_year
    if year is None:
        return
    first, last = (day.isoformat() for day in fiscal_year_bounds(year))
    for plan in case.rows(Plan):
        start, end = plan.start_date, plan.end_date
        if not start or not end or min(len(start), len(end)) < 7 or _is_before(end, start):
            continue
        inside = not _is_before(start, first) and not _is_before(last, end)
        if inside or _is_long(start, end) or _is_other_year(start, end) or _spans_years(case.document, plan):
            yield PASS
            continue
        apart = _is_before(end, first) or _is_before(last, start)
        yield fail(
            side(plan, plan.period_raw),
            variant="" if apart else "partly",
            severity=None if apart else "low",
            period=plan.period_raw or "",
            fy=year,
        )


def _is_long(start: str, end: str) -> bool:
    """Whether a period has more than twelve months."""
    return _months(end) - _months(start) > 11


def _is_other_year(start: str, end: str) -> bool:
    """Whether a period is a calendar year (January to December) or within a school year that begins in May or June."""
    school = int(start[5:7]) in (5, 6) and int(end[:4]) == int(start[:4]) + 1 and int(end[5:7]) <= 4
    return school or (start[5:7] == "01" and end[5:7] == "12")


def _spans_years(document: DocumentRecord, plan: Plan) -> bool:
    """Whether the title names several years ("พ.ศ. 2566-2570")."""
    titles = " ".join(filter(None, (document.title_raw, plan.plan_title)))
    return any(year.last_be != year.be for year in find_fiscal_years(titles))


def _months(iso: str) -> int:
    return int(iso[:4]) * 12 + int(iso[5:7])


@rule(
    "D04",
    "high",
    message=("{raw}: the end lies before the start.", "{raw}: วันสิ้นสุดอยู่ก่อนวันเริ่ม"),
    variants={"day": ("The date {raw} does not exist.", "วันที่ {raw} ไม่มีอยู่จริง")},
    needs=("a period with both ends, or a date", "ช่วงเวลาที่มีทั้งวันเริ่มและวันสิ้นสุด หรือวันที่"),
)
def d04(case: Case) -> Results:
    """Dates exist, and a period ends on or after the day on which it starts.

    Looks at every date with a day, a month and a year (31 April, 29 February of a common year), and at plans and events
    with both ends. Dates that are no more than a month or a year are compared as far as they go.

    ไทย: วันที่ต้องมีอยู่จริง และวันสิ้นสุดต้องไม่อยู่ก่อนวันเริ่ม

    ตรวจวันที่ทุกแห่งที่มีวัน เดือน ปี (เช่น 31 เมษายน หรือ 29 กุมภาพันธ์ในปีปกติ)
    และช่วงเวลาของแผนและของกิจกรรม หากระบุเพียงเดือนหรือปี จะเทียบเท่าที่ระบุ
    """
    for plan in case.rows(Plan):
        if plan.start_date and plan.end_date:
            wrong = _is_before(plan.end_date, plan.start_date)
            yield fail(side(plan, plan.period_raw), raw=plan.period_raw or "") if wrong else PASS
    for event in case.rows(Event):
        if event.start_date and event.end_date:
            wrong = _is_before(event.end_date, event.start_date)
            yield fail(side(event, event.date_raw), raw=event.date_raw or "") if wrong else PASS
    for block, found in case.printed_dates:
        if found.year_was_stated and not found.valid:
            yield fail(_part(block, found.start, found.end), variant="day", raw=found.raw)
        elif found.precision == "day":
            yield PASS


@rule(
    "D05",
    "medium",
    message=("{weekday} does not match {date}: it was {right}.", "{weekday} ไม่ตรงกับ {date} ซึ่งเป็น{right}"),
    needs=("a date with its weekday", "วันที่ที่ระบุวันในสัปดาห์"),
)
def d05(case: Case) -> Results:
    """A weekday agrees with the date behind it.

    Only where day, month and year are printed; weekdays of a meeting's date that stands on another line count too.

    ไทย: วันในสัปดาห์ต้องตรงกับวันที่

    ตรวจเฉพาะวันที่ที่มีวัน เดือน และปีครบ รวมถึงวันประชุมที่พิมพ์คนละบรรทัด
    """
    told: set[str] = set()
    for block, found in case.printed_dates:
        if found.weekday_ok is None or not found.year_was_stated or not found.weekday_raw:
            continue
        told.add(found.iso)
        place = _part(block, found.start, found.end)
        yield PASS if found.weekday_ok else _wrong_weekday(place, found.weekday_raw, found.raw, found.iso)
    for meeting in case.rows(Meeting):
        day = meeting.meeting_date
        if meeting.weekday_ok is None or not day or day in told or not meeting.weekday_raw:
            continue
        raw = meeting.date_raw or ""
        yield PASS if meeting.weekday_ok else _wrong_weekday(side(meeting, raw), meeting.weekday_raw, raw, day)


def _wrong_weekday(place: Side, weekday: str, raw: str, iso: str) -> Fail:
    number = date.fromisoformat(iso).isoweekday()
    day = next(entry for entry in load("calendar")["weekdays"] if entry["number"] == number)
    right = Term(day["english"][0], "วัน" + day["names"][0])
    return fail(place, weekday=weekday, date=raw, right=right)


@rule(
    "D06",
    "medium",
    message=("The year {y} is implausible here.", "ปี {y} ไม่น่าเป็นไปได้"),
    variants={
        "era": ("The year {y} is of the other era (B.E. and C.E. mixed).", "ปี {y} ปนกันระหว่าง พ.ศ. และ ค.ศ."),
        "far": ("The date {y} is far from fiscal year {fy}.", "วันที่ {y} ห่างจากปีงบประมาณ {fy} มาก"),
    },
    options={"years": 6},
    needs=("a year with its era, or a date", "ปีที่ระบุศักราช หรือวันที่"),
)
def d06(case: Case) -> Results:
    """Years are of the era that they are labelled with, and dates of events and plans lie near the fiscal year.

    A year behind พ.ศ. that is no Buddhist-era year of the last 170 years or the next 25, a year behind ค.ศ. that is
    one, and dates of plans, events and meetings more than `years` from the fiscal year. Years in laws and histories
    raise no question.

    ไทย: ปีต้องตรงกับศักราชที่ระบุ และวันที่ของแผนและกิจกรรมต้องใกล้ปีงบประมาณ

    ตรวจปีหลังคำว่า พ.ศ. ที่ไม่ใช่พุทธศักราช ปีหลังคำว่า ค.ศ. ที่เป็นพุทธศักราช
    และวันที่ของแผน กิจกรรม หรือการประชุม ที่ห่างจากปีงบประมาณเกิน `years` ปี
    ปีในชื่อกฎหมายและประวัติไม่นำมาตั้งข้อสังเกต
    """
    for block in case.blocks:
        text = fold_digits(block.text_raw or "")
        for pattern, is_be in ((_BE_YEAR, True), (_CE_YEAR, False)):
            for match in pattern.finditer(text):
                yield from _labelled(case, block, match, is_be)
    year = case.fiscal_year
    for place, iso in _dated(case) if year else ():
        distance = abs(int(iso[:4]) + BE_OFFSET - (year or 0))
        far = distance > int(case.options["years"])
        yield fail(place, variant="far", y=place.text, fy=year or 0) if far else PASS


def _labelled(case: Case, block: BlockRecord, match: re.Match[str], is_be: bool) -> Results:
    year = int(match["year"])
    place = _part(block, match.start(), match.end())
    latest = case.fiscal_year + 25 if case.fiscal_year else LATEST_YEAR
    if (is_be and 1850 <= year <= 2150) or (not is_be and year >= OLDEST_LAW):
        yield fail(place, variant="era", y=match[0].strip())
    elif is_be and not OLDEST_LAW <= year <= latest:
        yield fail(place, y=match[0].strip())
    else:
        yield PASS


def _dated(case: Case) -> Iterable[tuple[Side, str]]:
    """The dates of what the document plans and tells, as sides, with their ISO form."""
    for plan in case.rows(Plan):
        for iso in filter(None, (plan.start_date, plan.end_date)):
            yield side(plan, plan.period_raw), iso
    for event in case.rows(Event):
        if event.start_date:
            yield side(event, event.date_raw), event.start_date
    for meeting in case.rows(Meeting):
        if meeting.meeting_date:
            yield side(meeting, meeting.date_raw), meeting.meeting_date


@rule(
    "D07",
    "high",
    message=("The event on {date} is outside the period {period}.", "กิจกรรมเมื่อ {date} อยู่นอกระยะเวลา {period}"),
    needs=("an event of an activity, and a period", "กิจกรรมที่มีวันที่และระยะเวลาที่กำหนด"),
)
def d07(case: Case) -> Results:
    """An event lies inside the period of the plan that it belongs to.

    Compared to the precision of the period. A postponement or an extension that the event or its outcome explains
    passes. The months of a timeline are no matter of this rule.

    ไทย: วันที่จัดกิจกรรมต้องอยู่ในระยะเวลาของแผน

    เทียบตามความละเอียดของระยะเวลา หากข้อความอธิบายว่าเลื่อนหรือขยายเวลาถือว่าผ่าน
    """
    activities = {activity.activity_id: activity for activity in case.rows(Activity)}
    plans = {plan.plan_id: plan for plan in case.rows(Plan)}
    for event in case.rows(Event):
        activity = activities.get(event.activity_id or "")
        plan = plans.get(activity.plan_id or "") if activity else None
        if not event.start_date or plan is None or not plan.start_date or not plan.end_date:
            continue
        if _is_before(plan.end_date, plan.start_date):
            continue
        outside = _is_before(event.start_date, plan.start_date) or _is_before(plan.end_date, event.start_date)
        if outside and not _is_explained(case, event):
            sides = side(event, event.date_raw), side(plan, plan.period_raw)
            yield fail(*sides, date=event.date_raw or event.start_date, period=plan.period_raw or "")
        else:
            yield PASS


def _is_explained(case: Case, event: Event) -> bool:
    outcomes = [o.text for o in case.rows(Outcome) if o.activity_id == event.activity_id]
    return any(has_word(text, "postponed_words") for text in (event.source_text, *outcomes))


def _part(block: BlockRecord, start: int, end: int) -> Side:
    """A part of a block as one side, with its own place."""
    text = (block.text_raw or "")[start:end]
    where = replace(Where.parse(block.where), start=start, end=end) if block.where else None
    return Side(block.document_id, text, str(where) if where else None, block.page, block.block_id, block.confidence)


def _is_before(one: str, other: str) -> bool:
    """Whether an ISO date lies before another, compared to the precision of the coarser one."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]
