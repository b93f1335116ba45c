"""Printed numbers: do fields follow each other, and is every work plan that is reported also in the plan?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.audit.wording import is_near
from ita_extract.records import Activity, PlanField
from ita_extract.thai.text import fold_digits

Number = tuple[int, ...]


@rule(
    "D08",
    "low",
    message=("Fields are printed in the order {seq}.", "เลขข้อไม่เรียงตามลำดับ: {seq}"),
    needs=("three numbered fields", "ข้อที่มีเลขกำกับอย่างน้อยสามข้อ"),
)
def d08(case: Case) -> Results:
    """The numbers of a form's fields rise from the first to the last.

    A form in two columns that was flattened to text also shows this. A number 1 begins a new form or list; fields
    without a number are left out, and numbers that are missing raise no finding.

    ไทย: เลขข้อของแบบฟอร์มต้องเรียงจากน้อยไปมาก

    แบบฟอร์มสองคอลัมน์ที่ถูกแปลงเป็นข้อความก็ทำให้ลำดับสลับได้ เลข 1 ถือเป็นการเริ่มชุดใหม่
    """
    for run in _runs(case.rows(PlanField)):
        falls = [(a, b) for a, b in pairwise(run) if b[0] < a[0]]
        if not falls:
            yield PASS
            continue
        before, after = falls[0]
        seq = ", ".join(field.number_raw or "" for _, field in run)
        yield fail(side(before[1]), side(after[1]), cause="conversion", seq=seq)


@rule(
    "D09",
    "high",
    message=(
        "Plan {n} is reported but absent from the plan's table, which has {known}.",
        "แผนงานที่ {n} มีในรายงานแต่ไม่มีในตารางแผน ซึ่งมี {known}",
    ),
    needs=("a plan table and a report with numbered work plans", "ตารางแผนและรายงานที่มีเลขแผนงาน"),
)
def d09(case: Case) -> Results:
    """Every numbered work plan that the report tells of stands in the plan's table.

    A page that is missing from a scan also shows this. Compares numbers, then titles: a work plan with another number
    but the same title is the same.

    ไทย: แผนงานที่มีเลขในรายงานต้องมีอยู่ในตารางแผน

    หน้าที่ขาดหายจากการสแกนก็ทำให้เกิดข้อสังเกตนี้ได้ แผนงานที่ชื่อตรงกันแต่เลขต่างกันถือเป็นแผนงานเดียวกัน
    """
    tops = [a for a in case.rows(Activity) if a.parent_id is None and a.number is not None and a.title]
    for level in dict.fromkeys(a.level for a in tops):
        planned = [a for a in tops if a.level == level and a.in_plan_table]
        reported = [a for a in tops if a.level == level and a.in_report]
        if not planned:
            continue
        known = ", ".join(str(n) for n in sorted({a.number for a in planned if a.number is not None}))
        for activity in reported:
            if _is_planned(activity, planned):
                yield PASS
            else:
                other = side(planned[0], planned[0].title)
                yield fail(side(activity, activity.title), other, absent=True, n=activity.number or 0, known=known)


def _is_planned(activity: Activity, planned: Iterable[Activity]) -> bool:
    return any(p.number == activity.number or is_near(p.title or "", activity.title or "") for p in planned)


def _runs(fields: Iterable[PlanField]) -> Iterable[list[tuple[Number, PlanField]]]:
    """The numbered fields of each plan in printed order, cut where the numbers begin again with 1."""
    by_plan: defaultdict[str | None, list[tuple[Number, PlanField]]] = defaultdict(list)
    for field in sorted(fields, key=lambda field: field.order_in_source or 0):
        if number := _number(field.number_raw):
            by_plan[field.plan_id].append((number, field))
    for numbered in by_plan.values():
        run: list[tuple[Number, PlanField]] = []
        for number, field in numbered:
            if run and number[0] == 1 and run[-1][0][0] != 1:
                yield from [run] if len(run) > 2 else []
                run = []
            run.append((number, field))
        yield from [run] if len(run) > 2 else []


def _number(raw: str | None) -> Number | None:
    """`8.1` → (8, 1); None for letters and for anything that is not a short number."""
    match = re.fullmatch(r"\s*(\d{1,2}(?:\.\d{1,2})*)[.)]?\s*", fold_digits(raw or ""))
    return tuple(int(part) for part in match[1].split(".")) if match else None
