"""Grids of months: is anything marked, and inside the period that the document states?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Cause, Results, Side, fail, record_id, side
from ita_extract.audit.rule import rule
from ita_extract.records import Activity, Plan, TimelineMonth

Grid = list[TimelineMonth]


@rule(
    "D01",
    "medium",
    message=(
        "The timeline grid is empty although the plan's period is {period}.",
        "ตารางระยะเวลาไม่มีการทำเครื่องหมาย ทั้งที่ระบุระยะเวลา {period}",
    ),
    needs=("a grid of months and a stated period", "ตารางรายเดือนและระยะเวลาที่ระบุ"),
)
def d01(case: Case) -> Results:
    """A grid of months marks at least one month when the plan states a period.

    An empty grid means that the schedule is unknown, never that nothing was planned. Where no grid of the plan has any
    mark, drawn bars and arrows were probably lost when the text was taken from the page. A row counts as marked when a
    row above or below it in the tree is; empty rows for what was actually done are no matter of the plan.

    ไทย: ตารางรายเดือนต้องมีเครื่องหมายอย่างน้อยหนึ่งเดือนเมื่อแผนระบุระยะเวลา

    ตารางว่างหมายถึง "ไม่ทราบกำหนดเวลา" ไม่ใช่ "ไม่ได้วางแผน" หากทั้งแผนไม่มีเครื่องหมายเลย เส้นหรือลูกศรที่วาดไว้น่าจะหายไปตอนแปลงเป็นข้อความ
    """
    for plan, grids in _grids_by_plan(case):
        if not plan.period_raw or any(m.cell_state == "unreadable" for grid in grids for m in grid):
            continue
        filled = {grid[0].activity_id for grid in grids if any(m.cell_state in ("marked", "text") for m in grid)}
        covered = _family(case, filled)
        empty = [grid for grid in grids if grid[0].activity_id not in covered and grid[0].row_kind != "actual"]
        if not empty:
            yield PASS
            continue
        cause: Cause = "document" if filled else "conversion"
        for grid in empty if filled else empty[:1]:
            yield fail(side(plan, plan.period_raw), _row(grid), absent=True, cause=cause, period=plan.period_raw)


@rule(
    "D02",
    "high",
    message=("{month} is marked but lies outside {period}.", "เดือน {month} ถูกทำเครื่องหมายแต่อยู่นอกช่วง {period}"),
    needs=("marked months and a stated period with both ends", "เดือนที่ทำเครื่องหมายและระยะเวลาที่มีทั้งต้นและปลาย"),
)
def d02(case: Case) -> Results:
    """Marked months lie inside the period that the plan states.

    Compares months of the year, so that a wrongly taken year raises no alarm; periods of a year or more hold every
    month.

    ไทย: เดือนที่ทำเครื่องหมายต้องอยู่ในระยะเวลาที่แผนระบุ

    เทียบเฉพาะเดือนในรอบปี ไม่เทียบปี แผนที่ยาวตั้งแต่หนึ่งปีขึ้นไปครอบคลุมทุกเดือน
    """
    for plan, grids in _grids_by_plan(case):
        months = _months_of(plan)
        if months is None:
            continue
        for grid in grids:
            marked = [m for m in grid if m.is_scheduled and m.month and not m.quarter_only and m.row_kind != "actual"]
            outside = [m for m in marked if int((m.month or "")[5:7]) not in months]
            for month in outside:
                label = month.label_raw or month.month or ""
                yield fail(side(month, label), side(plan, plan.period_raw), month=label, period=plan.period_raw or "")
            if marked and not outside:
                yield PASS


def _grids_by_plan(case: Case) -> Iterable[tuple[Plan, list[Grid]]]:
    activities = {activity.activity_id: activity for activity in case.rows(Activity)}
    grids: defaultdict[tuple[str, int, str], Grid] = defaultdict(list)
    for month in case.rows(TimelineMonth):
        grids[month.activity_id, month.grid_no, month.row_kind].append(month)
    for plan in case.rows(Plan):
        own = [grid for (activity, *_), grid in grids.items() if _plan_of(activities.get(activity)) == plan.plan_id]
        if own:
            yield plan, own


def _plan_of(activity: Activity | None) -> str | None:
    return activity.plan_id if activity else None


def _family(case: Case, filled: set[str]) -> set[str]:
    """Activities with a marked grid, and those above and below them."""
    parents = {activity.activity_id: activity.parent_id for activity in case.rows(Activity)}

    def line(activity: str | None) -> list[str]:
        found: list[str] = []
        while activity and activity not in found:
            found.append(activity)
            activity = parents.get(activity)
        return found

    above = {one for activity in filled for one in line(activity)}
    return above | {activity for activity in parents if filled & set(line(activity))}


def _row(grid: Grid) -> Side:
    """A grid as one side: the headings of its months, from the first cell on."""
    first = grid[0]
    labels = " ".join(month.label_raw or month.month or "" for month in grid)
    return Side(first.document_id, labels, first.where, first.page, record_id(first), first.confidence)


def _months_of(plan: Plan) -> set[int] | None:
    """The months (1-12) of a plan's period, None when it is not stated to the month or holds them all."""
    if not plan.start_date or not plan.end_date or min(len(plan.start_date), len(plan.end_date)) < 7:
        return None
    first = int(plan.start_date[:4]) * 12 + int(plan.start_date[5:7]) - 1
    last = int(plan.end_date[:4]) * 12 + int(plan.end_date[5:7]) - 1
    return {month % 12 + 1 for month in range(first, last + 1)} if first <= last < first + 11 else None
