"""Money: is it stated, and do the amounts agree?"""

from __future__ import annotations

from collections import defaultdict

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.records import Budget, Plan

_PLANS = ("plan", "plan_and_result")


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
            yield fail(side(plan, plan.plan_title), plan=plan.plan_title or "")


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
            yield fail(side(budget, budget.amount_raw), raw=raw, baht=budget.amount_thb)
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
            yield fail(side(out, out.amount_raw), side(had, had.amount_raw), spent=out.amount_thb, given=had.amount_thb)
        else:
            yield PASS
