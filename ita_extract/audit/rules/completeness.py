"""What a document should have: its agency, a date, somebody who answers for it, pictures, answers to risks."""

from __future__ import annotations

import re
from collections import defaultdict

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, fail, side, skip
from ita_extract.audit.rule import rule
from ita_extract.records import Activity, FigureRecord, Plan, Responsibility, TimelineMonth
from ita_extract.thai.dates import fiscal_year_bounds
from ita_extract.thai.periods import Period, find_periods

_ABBREVIATION = re.compile(r"(?:[ก-ฮ]{1,4}\.\s?)+")
_SIGNED = ("plan", "plan_and_result", "result_report", "progress_report")


@rule(
    "D36",
    "medium",
    message=(
        "{count} captions have no picture or chart: {captions}.",
        "คำบรรยาย {count} แห่งไม่มีภาพหรือแผนภูมิ: {captions}",
    ),
    needs=("captions of pictures or charts", "คำบรรยายภาพหรือแผนภูมิ"),
)
def d36(case: Case) -> Results:
    """Behind a caption stands what it announces.

    Pictures are lost when a document becomes text: the likely cause is the conversion. On pages of PDF files and scans
    pictures are not looked for, so that nothing can be said there.

    ไทย: คำบรรยายต้องมีภาพหรือแผนภูมิประกอบ ภาพมักสูญหายเมื่อแปลงเป็นข้อความ ไม่ตรวจหน้า PDF และภาพสแกน เพราะไม่ได้มองหาภาพในหน้าเหล่านั้น
    """
    figures = [figure for figure in case.rows(FigureRecord) if figure.caption_raw]
    lost = [figure for figure in figures if figure.content_status == "lost"]
    if lost and any(page.origin in ("text_layer", "ocr") for page in case.pages.values()):
        yield skip("pictures of PDF pages are not looked for", "ไม่ได้มองหาภาพในหน้า PDF หรือภาพสแกน")
    elif lost:
        told = ", ".join(figure.caption_raw or "" for figure in lost)
        sides = [side(figure, figure.caption_raw) for figure in lost]
        yield fail(*sides, cause="conversion", absent=True, count=len(lost), captions=told)
    elif figures:
        yield PASS


@rule(
    "D37",
    "medium",
    message=("The document has no date and nobody who approved it.", "เอกสารไม่ลงวันที่ และไม่มีผู้อนุมัติหรือผู้ลงนาม"),
    needs=("a plan or report", "แผนหรือรายงาน"),
)
def d37(case: Case) -> Results:
    """A plan or report bears a date or the name of somebody who approved it.

    Scans often cut signatures off.

    ไทย: แผนหรือรายงานต้องลงวันที่ หรือมีผู้อนุมัติ/ผู้ลงนาม การสแกนอาจตัดส่วนลายเซ็นออก
    """
    document = case.document
    if document.doc_type not in _SIGNED:
        return
    if document.document_date or document.approver_raw:
        yield PASS
    else:
        read_as_text = all(page.origin == "markup" for page in case.pages.values())
        yield fail(case.whole(), absent=True, cause="conversion" if read_as_text else None)


@rule(
    "D38",
    "medium",
    message=("The agency's name is not printed in full: '{raw}'.", "ไม่พบชื่อเต็มของหน่วยงาน: '{raw}'"),
    needs=("a plan or report", "แผนหรือรายงาน"),
)
def d38(case: Case) -> Results:
    """A plan or report prints the full name of the agency that it is about; an abbreviation alone is no name.

    ไทย: แผนหรือรายงานต้องระบุชื่อเต็มของหน่วยงานเจ้าของเอกสาร ตัวย่ออย่างเดียวไม่ใช่ชื่อ
    """
    document = case.document
    if document.doc_type not in _SIGNED:
        return
    if document.agency_basis == "stated" and not _ABBREVIATION.fullmatch(document.agency or ""):
        yield PASS
    elif document.agency_basis is not None:
        yield fail(case.whole(document.agency_raw or ""), absent=True, raw=document.agency_raw or "-")


@rule(
    "D45",
    "medium",
    message=("Risk '{risk}' has no response.", "ระบุความเสี่ยง '{risk}' แต่ไม่มีมาตรการรองรับ"),
    needs=("a stated risk", "ความเสี่ยงที่ระบุไว้"),
)
def d45(case: Case) -> Results:
    """For a risk that is stated there is a response.

    ไทย: ความเสี่ยงที่ระบุต้องมีมาตรการรองรับ
    """
    for plan in case.rows(Plan):
        if not plan.risk_text:
            continue
        if plan.mitigation_text or any(a.plan_id == plan.plan_id and a.level == "measure" for a in case.rows(Activity)):
            yield PASS
        else:
            yield fail(side(plan, plan.risk_text), absent=True, risk=plan.risk_text)


@rule(
    "D46",
    "low",
    message=("The steps of '{title}' have neither dates nor owners.", "ขั้นตอนของ '{title}' ไม่มีกำหนดเวลาและผู้รับผิดชอบ"),
    needs=("steps of an activity", "ขั้นตอนของกิจกรรม"),
)
def d46(case: Case) -> Results:
    """Steps have a time, their own or that of the activity to which they belong, or one of them has an owner.

    A time may be a column, a mark in a month, or words of the step itself ("by October 2024"); a date of another fiscal
    year in a step is that of something else, such as an order.

    ไทย: ขั้นตอนต้องมีกำหนดเวลาของตนเองหรือของกิจกรรมหลัก หรือมีผู้รับผิดชอบในขั้นตอนใดขั้นตอนหนึ่ง

    กำหนดเวลาอาจอยู่ในคอลัมน์ ในช่องเดือน หรือในข้อความของขั้นตอนเอง เช่น "ภายในเดือนตุลาคม 2567"
    วันที่ของปีงบประมาณอื่นถือเป็นวันที่ของเรื่องอื่น เช่น คำสั่ง
    """
    activities = {a.activity_id: a for a in case.rows(Activity)}
    timed = {m.activity_id for m in case.rows(TimelineMonth) if m.cell_state in ("marked", "text")}
    owned = {r.activity_id for r in case.rows(Responsibility)}
    steps: defaultdict[str, list[Activity]] = defaultdict(list)
    for activity in activities.values():
        if activity.level == "step" and activity.parent_id:
            steps[activity.parent_id].append(activity)
    for parent_id, parts in steps.items():
        parent = activities.get(parent_id)
        if any(p.activity_id in owned or _is_timed(p, timed, case) for p in parts):
            yield PASS
        elif parent and not _is_timed(parent, timed, case):
            told = [side(p, p.title) for p in parts[:5]]
            yield fail(side(parent, parent.title), *told, absent=True, title=parent.title or "")
        else:
            yield PASS


def _is_timed(activity: Activity, marked: set[str], case: Case) -> bool:
    """Whether an activity has a time in a column, in a month's cell, or in its own words."""
    if activity.planned_start or activity.planned_end or activity.activity_id in marked:
        return True
    year = case.document.fiscal_year_be
    days = [day for period in find_periods(activity.title or "", fiscal_year_be=year) for day in _ends(period)]
    first, last = fiscal_year_bounds(year) if year else (None, None)
    return any(first is None or last is None or f"{first:%Y-%m}" <= day[:7] <= f"{last:%Y-%m}" for day in days)


def _ends(period: Period) -> list[str]:
    return [day for day in (period.start, period.end) if day]
