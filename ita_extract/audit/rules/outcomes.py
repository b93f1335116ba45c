"""Plan and result in one document: was it planned, was it reached, and is the telling of its own making?"""

from __future__ import annotations

from rapidfuzz import fuzz

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.audit.wording import has_word
from ita_extract.records import Activity, Event, Indicator, Outcome, Plan
from ita_extract.thai.text import key

UPPER = ("work_plan", "project", "measure")
"""Levels that a plan table lists; what is below may be told in a report only."""
_REPORTS = ("result_report", "progress_report", "plan_and_result")
_COPY = 90
"""Similarity (0-100) from which a result repeats the plan."""
_OPEN_MONTHS = 3
"""Months before the end of a plan within which a last result is that of a whole report."""
_LONG = 60
"""Characters from which that says something: short titles are repeated by everybody."""


@rule(
    "P02",
    "medium",
    scope="plan_result",
    message=("Reported '{title}' was not planned.", "รายงาน '{title}' ซึ่งไม่มีในแผน"),
    needs=("a plan table and a report in one document", "ตารางแผนและรายงานผลในเอกสารเดียวกัน"),
)
def p02(case: Case) -> Results:
    """What is reported was planned: a work plan, project or measure of the report stands in the plan table.

    ไทย: สิ่งที่รายงานต้องมีในแผน
    """
    listed = [a for a in case.rows(Activity) if a.level in UPPER]
    tables = {a.level for a in listed if a.in_plan_table}
    for activity in listed:
        if activity.in_report and activity.level in tables:
            yield (
                PASS
                if activity.in_plan_table
                else fail(side(activity, activity.title), absent=True, title=activity.title or "")
            )


@rule(
    "P06",
    "high",
    scope="plan_result",
    message=("Claimed as achieved, but {actual} misses {target}.", "ระบุว่าบรรลุ แต่ผล {actual} ไม่ถึงเป้าหมาย {target}"),
    needs=("an indicator with target, result and a claim", "ตัวชี้วัดที่มีเป้าหมาย ผล และระบุว่าบรรลุหรือไม่"),
)
def p06(case: Case) -> Results:
    """What is claimed as achieved reaches its target. Targets of 'at most' are reached from above.

    ไทย: ตัวชี้วัดที่ระบุว่าบรรลุต้องได้ผลถึงเป้าหมาย เป้าหมาย 'ไม่เกิน' พิจารณากลับด้าน
    """
    for indicator in case.rows(Indicator):
        if indicator.achieved is None or not indicator.achieved_claimed:
            continue
        if indicator.achieved:
            yield PASS
        else:
            actual, target = indicator.actual_raw or "", indicator.target_raw or ""
            yield fail(side(indicator, target), side(indicator, actual), actual=actual, target=target)


@rule(
    "P08",
    "info",
    scope="plan_result",
    message=("The latest result is of {last}, but the plan runs to {end}.", "ผลล่าสุดลงวันที่ {last} แต่แผนสิ้นสุด {end}"),
    needs=("dated results and the period of a plan", "ผลที่ลงวันที่ และระยะเวลาของแผน"),
)
def p08(case: Case) -> Results:
    """A report that names no round covers the time of its plan: its latest result is not months before the end.

    ไทย: รายงานที่ไม่ระบุรอบควรครอบคลุมระยะเวลาของแผน
    """
    if case.document.reporting_round:
        return
    dated: list[tuple[str, Event | Outcome]] = [(o.outcome_date, o) for o in case.rows(Outcome) if o.outcome_date]
    dated += [(e.start_date, e) for e in case.rows(Event) if e.start_date and case.rows(Outcome)]
    if not dated:
        return
    last, record = max(dated, key=lambda entry: entry[0])
    for plan in case.rows(Plan):
        if not plan.end_date or len(plan.end_date) < 7 or len(last) < 7:
            continue
        if _months(plan.end_date) - _months(last) > _OPEN_MONTHS:
            raw = plan.period_raw or plan.end_date
            yield fail(side(record, last), side(plan, raw), last=last, end=plan.end_date)
        else:
            yield PASS


def _months(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7])


@rule(
    "P11",
    "medium",
    scope="plan_result",
    message=("Progress is 100%, but the status is '{status}'.", "ความก้าวหน้าร้อยละ 100 แต่สถานะคือ '{status}'"),
    needs=("progress and status of an activity", "ความก้าวหน้าและสถานะของกิจกรรม"),
)
def p11(case: Case) -> Results:
    """Progress in percent and the words for it agree: what is done to 100 % is no longer under way.

    ไทย: ร้อยละความก้าวหน้าต้องสอดคล้องกับสถานะ
    """
    for outcome in case.rows(Outcome):
        if outcome.progress_percent is None or outcome.status is None or outcome.status_basis != "stated":
            continue
        if outcome.progress_percent >= 100 and outcome.status in ("in_progress", "not_started"):
            yield fail(side(outcome, outcome.text), status=outcome.status)
        else:
            yield PASS


@rule(
    "P13",
    "medium",
    scope="plan_result",
    message=("No problems are reported, but {count} targets were missed.", "ไม่ระบุปัญหา ทั้งที่ไม่บรรลุ {count} ตัวชี้วัด"),
    needs=("a statement about problems, and results of indicators", "ข้อความเรื่องปัญหาอุปสรรค และผลตัวชี้วัด"),
)
def p13(case: Case) -> Results:
    """Where targets were missed a report names problems.

    ไทย: หากไม่บรรลุเป้าหมาย รายงานต้องระบุปัญหาอุปสรรค
    """
    outcomes = case.rows(Outcome)
    without = [o for o in outcomes if o.problem_status == "none_reported"]
    measured = [i for i in case.rows(Indicator) if i.achieved is not None]
    if not without or not measured:
        return
    named = {o.activity_id for o in outcomes if o.problem_status == "stated"}
    missed = [i for i in measured if i.achieved is False and i.activity_id not in named]
    silent = [i for i in missed if i.activity_id is None or any(o.activity_id == i.activity_id for o in without)]
    if silent:
        yield fail(*(side(i, i.actual_raw) for i in silent), side(without[0], without[0].text), count=len(silent))
    else:
        yield PASS


@rule(
    "P15",
    "medium",
    scope="plan_result",
    message=("The result repeats the wording of the plan: '{text}'", "ผลการดำเนินงานคัดลอกข้อความจากแผน: '{text}'"),
    needs=("a result of an activity in words", "ผลการดำเนินงานของกิจกรรมเป็นข้อความ"),
)
def p15(case: Case) -> Results:
    """A result tells what was done, in other words than the plan. Short texts are passed over.

    ไทย: ผลการดำเนินงานต้องบอกสิ่งที่ทำ ไม่ใช่คัดลอกข้อความแผน ข้อความสั้นไม่นำมาตรวจ
    """
    activities = {activity.activity_id: activity for activity in case.rows(Activity)}
    for outcome in case.rows(Outcome):
        activity = activities.get(outcome.activity_id or "")
        if activity is None or not activity.title or not outcome.text:
            continue
        plan, told = key(activity.title), key(outcome.text)
        if min(len(plan), len(told)) < _LONG:
            continue
        if fuzz.ratio(plan, told) >= _COPY:
            yield fail(side(activity, activity.title), side(outcome, outcome.text), text=outcome.text)
        else:
            yield PASS


@rule(
    "D48",
    "high",
    message=(
        "The result of {date} is after the report's date, {filed}.",
        "ผลการดำเนินงานวันที่ {date} อยู่หลังวันที่รายงาน {filed}",
    ),
    needs=("a report with its date, and dated results", "รายงานที่ลงวันที่ และผลการดำเนินงานที่มีวันที่"),
)
def d48(case: Case) -> Results:
    """Results of a report are not dated after the report. What the text says is still to come passes.

    ไทย: ผลการดำเนินงานในรายงานต้องไม่ลงวันที่หลังวันที่ของรายงาน ยกเว้นข้อความที่ระบุว่าเป็นกำหนดการในอนาคต
    """
    filed = case.document.document_date
    if case.document.doc_type not in _REPORTS or not filed or len(filed) != 10:
        return
    events = [event for event in case.rows(Event) if event.activity_id]
    told = {(event.activity_id, event.start_date) for event in events}
    others = [outcome for outcome in case.rows(Outcome) if (outcome.activity_id, outcome.outcome_date) not in told]
    dated: list[tuple[Outcome | Event, str | None, str | None]] = [
        *((o, o.outcome_date, o.outcome_date) for o in others),
        *((e, e.start_date, e.date_raw) for e in events),
    ]
    for row, date, raw in dated:
        if not date:
            continue
        if date <= filed[: len(date)] or has_word(row.source_text, "future_words"):
            yield PASS
        else:
            yield fail(side(row, raw), case.stated("document_date"), date=raw or date, filed=filed)
