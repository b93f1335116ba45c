"""Minutes: number, date and times."""

from __future__ import annotations

from ita_extract.audit.case import Case
from ita_extract.audit.reference import table
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.records import AgendaItem, Attendee, Meeting
from ita_extract.thai.dates import fiscal_year_bounds
from ita_extract.thai.text import key


@rule(
    "D29",
    "info",
    message=("The minutes lack: {parts}.", "รายงานการประชุมขาด: {parts}"),
    needs=("minutes of a meeting", "รายงานการประชุม"),
    references=("ref_minutes_parts",),
)
def d29(case: Case) -> Results:
    """Minutes have the parts that the regulation on correspondence names.

    Excerpts lack some by their nature, which is why this is for information only.

    ไทย: รายงานการประชุมต้องมีส่วนประกอบตามระเบียบงานสารบรรณ เอกสารบางส่วนอาจไม่ครบโดยสภาพ
    """
    meetings = case.rows(Meeting)
    if not meetings:
        return
    text = key("".join(block.text_raw or "" for block in case.blocks))
    recorded = {
        "present": bool(case.rows(Attendee)),
        "absent": any(attendee.attendance == "absent" for attendee in case.rows(Attendee)),
        "start": any(meeting.start_time for meeting in meetings),
        "end": any(meeting.end_time for meeting in meetings),
    }
    missing = [
        part["name"]
        for part in table("ref_minutes_parts")
        if not recorded.get(part.get("record", ""), False) and not any(key(word) in text for word in part["words"])
    ]
    if missing:
        yield fail(side(meetings[0], meetings[0].title_raw), absent=True, parts=", ".join(missing))
    else:
        yield PASS


@rule(
    "D30",
    "medium",
    message=("Meeting {number} does not fit the date {date}.", "การประชุม{number} ไม่สอดคล้องกับวันที่ {date}"),
    needs=("a meeting with the year of its number and a date", "การประชุมที่ระบุครั้งที่/ปี และวันที่"),
)
def d30(case: Case) -> Results:
    """The year in the number of a meeting is that of its date. Numbers may run by calendar or by fiscal year.

    ไทย: ปีในเลขครั้งที่ประชุมต้องตรงกับวันที่ประชุม จะนับตามปีปฏิทินหรือปีงบประมาณก็ได้
    """
    for meeting in case.rows(Meeting):
        date, year = meeting.meeting_date, meeting.meeting_year_be
        if not date or len(date) < 7 or year is None:
            continue
        first, last = (day.isoformat() for day in fiscal_year_bounds(year))
        length = len(date)
        if int(date[:4]) + 543 == year or first[:length] <= date <= last[:length]:
            yield PASS
        else:
            raw = meeting.date_raw or date
            number = meeting.number_raw or str(year)
            yield fail(side(meeting, number), side(meeting, raw), number=number, date=raw)


@rule(
    "D31",
    "medium",
    message=("The meeting ends at {end}, before it starts at {start}.", "การประชุมเลิกเวลา {end} ก่อนเวลาเริ่ม {start}"),
    needs=("a meeting with start and end", "การประชุมที่ระบุเวลาเริ่มและเวลาเลิก"),
)
def d31(case: Case) -> Results:
    """A meeting ends after it starts.

    ไทย: เวลาเลิกประชุมต้องอยู่หลังเวลาเริ่ม
    """
    for meeting in case.rows(Meeting):
        if not meeting.start_time or not meeting.end_time:
            continue
        if meeting.end_time <= meeting.start_time:
            told = f"{meeting.start_time} – {meeting.end_time}"
            yield fail(side(meeting, told), start=meeting.start_time, end=meeting.end_time)
        else:
            yield PASS


@rule(
    "D32",
    "info",
    message=("Agenda {number} appears without {missing}.", "พบระเบียบวาระที่ {number} โดยไม่มีวาระที่ {missing}"),
    needs=("complete minutes with two numbered agendas", "รายงานการประชุมฉบับเต็มที่มีเลขวาระตั้งแต่สองวาระ"),
)
def d32(case: Case) -> Results:
    """The agendas of minutes are numbered from 1 without a gap. Excerpts, which leave some out, are not asked.

    ไทย: ระเบียบวาระต้องเรียงจาก 1 โดยไม่ขาด ไม่ตรวจรายงานการประชุมที่คัดมาเพียงบางส่วน
    """
    for meeting in case.rows(Meeting):
        items = [i for i in case.rows(AgendaItem) if i.meeting_id == meeting.meeting_id and i.agenda_group]
        groups = sorted({item.agenda_group for item in items if item.agenda_group})
        if meeting.is_excerpt or len(groups) < 2:
            continue
        missing = sorted(set(range(1, groups[-1])) - set(groups))
        if not missing:
            yield PASS
            continue
        after = next(item for item in items if (item.agenda_group or 0) > missing[0])
        number, gaps = after.agenda_group or 0, ", ".join(map(str, missing))
        yield fail(side(after, after.number_raw or after.topic), absent=True, number=number, missing=gaps)
