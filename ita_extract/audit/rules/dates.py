"""Dates and periods: do they exist, do they follow each other, do they lie where they should?"""

from __future__ import annotations

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.records import Event, Plan


@rule(
    "D04",
    "high",
    message=("{raw}: the end lies before the start.", "{raw}: วันสิ้นสุดอยู่ก่อนวันเริ่ม"),
    needs=("a period with both ends", "ช่วงเวลาที่มีทั้งวันเริ่มและวันสิ้นสุด"),
)
def d04(case: Case) -> Results:
    """A period ends on or after the day on which it starts.

    Looks at plans and events with both ends. Dates that are no more than a month or a year are compared as far as they
    go.

    ไทย: วันสิ้นสุดต้องไม่อยู่ก่อนวันเริ่ม

    ตรวจช่วงเวลาของแผนและของกิจกรรม หากระบุเพียงเดือนหรือปี จะเทียบเท่าที่ระบุ
    """
    for plan in case.rows(Plan):
        if plan.start_date and plan.end_date:
            wrong = _is_before(plan.end_date, plan.start_date)
            yield fail(side(plan, plan.period_raw), raw=plan.period_raw or "") if wrong else PASS
    for event in case.rows(Event):
        if event.start_date and event.end_date:
            wrong = _is_before(event.end_date, event.start_date)
            yield fail(side(event, event.date_raw), raw=event.date_raw or "") if wrong else PASS


def _is_before(one: str, other: str) -> bool:
    """Whether an ISO date lies before another, compared to the precision of the coarser one."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]
