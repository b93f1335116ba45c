"""Money: is it stated, and do the amounts agree?"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.audit.wording import amount
from ita_extract.records import Activity, Budget, Plan

_PLANS = ("plan", "plan_and_result")
SHOWN = 12
"""Items that a finding on a sum shows."""


@rule(
    "D25",
    "medium",
    message=("Plan '{plan}' states no budget, nor that none is used.", "แผน '{plan}' ไม่ระบุงบประมาณ หรือ 'ไม่ใช้งบประมาณ'"),
    needs=("a plan", "แผน"),
)
def d25(case: Case) -> Results:
    """A plan states its budget, or that it uses none. That it uses none is a complete answer; a dash is not.

    ไทย: แผนต้องระบุงบประมาณ หรือระบุว่าไม่ใช้งบประมาณ การใส่เพียงขีดไม่ใช่คำตอบ
    """
    if case.document.doc_type not in _PLANS:
        return
    for plan in case.rows(Plan):
        if plan.budget_status in ("stated", "no_budget"):
            yield PASS
        elif case.document.budget_status == "not_stated":
            yield fail(side(plan, plan.plan_title), absent=True, plan=plan.plan_title or "")


@rule(
    "D26",
    "high",
    message=(
        "The items add up to {sum} baht, the total says {total}.",
        "ผลรวมรายการ {sum} บาท ไม่เท่ากับยอดรวม {total} บาท",
    ),
    needs=("a total and the amounts of two items or more", "ยอดรวม และจำนวนเงินของรายการตั้งแต่สองรายการ"),
)
def d26(case: Case) -> Results:
    """The amounts of a plan's items add up to its total, those of an activity's parts to that of the activity.

    Where items without an amount stand among the others, the total may be larger. Several totals of one kind, or
    several amounts of one item, are of different sources of money: then nothing can be said.

    ไทย: จำนวนเงินของรายการต่าง ๆ ต้องรวมกันได้เท่ากับยอดรวมของแผน และของกิจกรรมย่อยเท่ากับกิจกรรมหลัก

    หากบางรายการไม่ระบุจำนวนเงิน ยอดรวมอาจมากกว่าได้ ส่วนกรณีมียอดรวมหลายยอดหรือหลายแหล่งเงิน จะไม่ตรวจ
    """
    activities = {a.activity_id: a for a in case.rows(Activity)}
    parts: defaultdict[str | None, list[Activity]] = defaultdict(list)
    for activity in activities.values():
        parts[activity.parent_id or activity.plan_id].append(activity)
    amounts: defaultdict[tuple[str | None, int | None, str | None], list[Budget]] = defaultdict(list)
    for budget in case.rows(Budget):
        if budget.amount_thb is not None and not budget.unit_suspect:
            amounts[budget.kind, budget.fiscal_year_be, budget.activity_id or budget.plan_id].append(budget)
    for (kind, year, owner), totals in amounts.items():
        found = [amounts.get((kind, year, part.activity_id), []) for part in parts.get(owner, ())]
        items = [rows[0] for rows in found if len(rows) == 1]
        if len(totals) != 1 or len(items) < 2 or any(len(rows) > 1 for rows in found):
            continue
        total, added = (
            totals[0].amount_thb,
            sum((item.amount_thb for item in items if item.amount_thb is not None), Decimal(0)),
        )
        assert total is not None
        if added == total or (added < total and len(items) < len(found)):
            yield PASS
        else:
            sides = [side(b, b.amount_raw) for b in (totals[0], *items[:SHOWN])]
            yield fail(*sides, sum=amount(added), total=amount(total))


@rule(
    "D27",
    "high",
    message=("{raw} is {baht} baht: the unit is suspect.", "{raw} เท่ากับ {baht} บาท หน่วยน่าสงสัย"),
    needs=("an amount of money", "จำนวนเงิน"),
)
def d27(case: Case) -> Results:
    """The unit of an amount leaves it plausible: hundreds of thousands of millions of baht are no agency's budget.

    ไทย: หน่วยของจำนวนเงินต้องทำให้จำนวนเงินสมเหตุสมผล
    """
    for budget in case.rows(Budget):
        if budget.amount_thb is None:
            continue
        if budget.unit_suspect:
            raw = f"{budget.amount_raw or ''} {budget.unit_raw or ''}".strip()
            yield fail(side(budget, budget.amount_raw), raw=raw, baht=amount(budget.amount_thb))
        else:
            yield PASS


@rule(
    "P09",
    "high",
    scope="plan_result",
    message=("{spent} spent of {given} allocated.", "ใช้จ่าย {spent} จากที่จัดสรร {given}"),
    needs=("an amount spent and one allocated or planned", "จำนวนเงินที่ใช้จ่าย และที่จัดสรรหรือวางแผนไว้"),
)
def p09(case: Case) -> Results:
    """No more is spent on an activity than was allocated to it, or planned where nothing else is stated.

    Approved transfers explain much; a tick that says 'achieved' does not.

    ไทย: เงินที่ใช้จ่ายต้องไม่เกินที่จัดสรร (หรือที่วางแผนไว้) การโอนงบประมาณที่ได้รับอนุมัติเป็นคำชี้แจงได้
    """
    amounts: defaultdict[tuple[str | None, str | None, int | None], dict[str, list[Budget]]] = defaultdict(dict)
    for budget in case.rows(Budget):
        if budget.amount_thb is not None and budget.kind:
            place = budget.plan_id, budget.activity_id, budget.fiscal_year_be
            amounts[place].setdefault(budget.kind, []).append(budget)
    for kinds in amounts.values():
        spent = kinds.get("spent", [])
        given = kinds.get("allocated") or kinds.get("planned") or []
        if len(spent) != 1 or len(given) != 1:  # several sources of money cannot be told apart
            continue
        (out,), (had,) = spent, given
        assert out.amount_thb is not None
        assert had.amount_thb is not None
        if out.amount_thb > had.amount_thb:
            sides = side(out, out.amount_raw), side(had, had.amount_raw)
            yield fail(*sides, spent=amount(out.amount_thb), given=amount(had.amount_thb))
        else:
            yield PASS
