"""Plans and their labelled fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ita_extract.errors import ThaiParseError
from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.extractors.titles import title_quote
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.model import Column, Field, Grid
from ita_extract.records import Plan, PlanField
from ita_extract.records.document import BudgetStatus
from ita_extract.thai.money import budget_status, find_money, parse_money
from ita_extract.thai.numbers import Operator, find_quantities
from ita_extract.thai.periods import Period, find_periods
from ita_extract.thai.text import fold_digits, key

COLUMN_FIELDS: dict[str, str] = {
    "work_plan": "activity",
    "project": "plan_title",
    "measure": "measure",
    "mitigation": "measure",
    "activity": "activity",
    "step": "step",
    "indicator": "indicator",
    "target": "goal",
    "period": "period",
    "timeline": "timeline",
    "responsible": "responsible",
    "lead_unit": "lead_unit",
    "budget": "budget",
    "budget_allocated": "budget",
    "budget_spent": "budget_spent",
    "result": "result",
    "actual": "result",
    "progress": "progress",
    "status": "progress",
    "evidence": "evidence",
    "problem": "problem",
    "suggestion": "suggestion",
    "monitoring": "monitoring",
    "risk": "risk",
    "objective": "objective",
    "target_group": "target_group",
    "strategy": "strategy",
    "note": "note",
}
"""Field key of a numbered column head, by the column's role."""

PLAN_TYPES = frozenset({"plan", "result_report", "plan_and_result", "progress_report"})
_CODE = re.compile(r"\b([A-Z]{1,4}\s?-?\s?\d{1,2}(?:\.\d{1,2})*)\b")


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields the plans of the document and every labelled field."""
    forms = sorted({field.form for field in context.outline.fields if field.card is None})
    if not forms and (context.facts.doc_type in PLAN_TYPES or _has_activity_table(context)):
        forms = [0]
    for form in forms:
        if not _is_plan(context, form):
            continue
        plan_id = context.ids.next("P")
        context.plans[form] = plan_id
        yield _plan(context, form, plan_id)
    yield from _fields(context)


def _has_activity_table(context: Context) -> bool:
    return any(grid.kind == "activity" for grid in context.outline.grids)


def _is_plan(context: Context, form: int) -> bool:
    """A lone "หมายเหตุ : …" in other documents makes no plan."""
    if context.facts.doc_type in PLAN_TYPES or _has_activity_table(context):
        return True
    keys = {f.key for f in context.outline.fields if f.form == form and f.card is None}
    return len(keys & {"plan_title", "objective", "goal", "rationale", "period", "indicator", "lead_unit"}) >= 2


# ------------------------------------------------------------------ the plan
def _plan(context: Context, form: int, plan_id: str) -> Found:
    def of(name: str) -> Field | None:
        return context.outline.value_of(name, form=form)

    title, goal, period = of("plan_title"), of("goal"), of("period")
    strategy, lead, budget, risk = of("strategy"), of("lead_unit") or of("responsible"), of("budget"), of("risk")
    span = _period(period, context)
    goal_parts = _goal(goal)
    title_quote = title.value if title and title.value else _document_title(context)
    total = None if budget else _total(context)
    money = _budget(budget) if total is None else total[1]
    code = _CODE.search(strategy.value.text) if strategy else None
    columns: dict[str, Quote | None] = {
        "plan_title": title_quote,
        "rationale": _value(of("rationale")),
        "objective": _value(of("objective")),
        "goal_raw": _value(goal),
        "goal_value": goal_parts.quote,
        "strategy_text": _value(strategy),
        "period_raw": _value(period),
        "lead_unit": _value(lead),
        "plan_type_raw": _value(of("plan_type")),
        "risk_text": _value(risk),
        "mitigation_text": _value(of("risk_management")),
        "budget_thb": _value(budget) or (total[0] if total else None),
    }
    record = Plan(
        plan_id=plan_id,
        plan_title=_text(title_quote),
        rationale=_text(columns["rationale"]),
        objective=_text(columns["objective"]),
        goal_raw=_text(columns["goal_raw"]),
        goal_measure=goal_parts.measure,
        goal_operator=goal_parts.operator,
        goal_value=goal_parts.value,
        goal_unit=goal_parts.unit,
        goal_level_raw=goal_parts.level,
        strategy_code=re.sub(r"\s", "", code[1]) if code else None,
        strategy_text=_text(columns["strategy_text"]),
        period_raw=_text(columns["period_raw"]),
        start_date=span.start if span else None,
        end_date=span.end if span else None,
        period_precision=span.precision if span else None,
        lead_unit=_text(columns["lead_unit"]),
        plan_type_raw=_without_marks(of("plan_type")),
        risk_text=_text(columns["risk_text"]),
        mitigation_text=_text(columns["mitigation_text"]),
        budget_status=_status(budget) if budget else "stated" if total else _said_of_all(context),
        budget_thb=money,
    )
    at = title_quote or next((q for q in columns.values() if q), None)
    return found(
        record,
        at,
        derived=("goal_value", "budget_thb"),
        plan_title=columns["plan_title"],
        rationale=columns["rationale"],
        objective=columns["objective"],
        goal_raw=columns["goal_raw"],
        goal_value=columns["goal_value"],
        strategy_text=columns["strategy_text"],
        period_raw=columns["period_raw"],
        lead_unit=columns["lead_unit"],
        plan_type_raw=columns["plan_type_raw"],
        risk_text=columns["risk_text"],
        mitigation_text=columns["mitigation_text"],
        budget_thb=columns["budget_thb"],
    )


def _document_title(context: Context) -> Quote | None:
    return title_quote(context.outline)


def _value(field: Field | None) -> Quote | None:
    return field.value if field and field.value else None


def _text(quote: Quote | None) -> str | None:
    return " ".join(quote.text.split()) or None if quote else None


def _without_marks(field: Field | None) -> str | None:
    if field is None:
        return None
    glyphs = "".join(load("marks")["normal"].values())
    return " ".join(field.value.text.translate({ord(g): " " for g in glyphs}).split()) or None


def _period(field: Field | None, context: Context) -> Period | None:
    if field is None:
        return None
    periods = find_periods(field.value.text, fiscal_year_be=context.facts.fiscal_year_be)
    return periods[0] if periods else None


def _budget(field: Field | None) -> Decimal | None:
    if field is None or not field.value:
        return None
    money = find_money(field.value.text)
    if money:
        return money[0].amount_thb
    try:
        return parse_money(field.value.text, default_unit="บาท").amount_thb
    except ThaiParseError:
        return None


def _total(context: Context) -> tuple[Quote, Decimal] | None:
    """The printed total of the one budget column of the plan's table."""
    for grid in context.outline.grids:
        columns = [c for c in grid.columns if c.role in ("budget", "budget_allocated") and c.year_be is None]
        if grid.kind != "activity" or len(columns) != 1:
            continue
        for row in grid.rows:
            cell = row.cells[columns[0].index]
            if row.kind == "total" and cell is not None and cell.text.strip():
                try:
                    money = parse_money(cell.text.strip(), default_unit=columns[0].unit or "บาท")
                except ThaiParseError:
                    continue
                if money.amount_thb is not None:
                    return cell.quote.strip(), money.amount_thb
    return None


def _said_of_all(context: Context) -> BudgetStatus:
    return "no_budget" if context.facts.no_budget else "not_stated"


def _status(field: Field | None) -> BudgetStatus:
    status = budget_status(field.value.text) if field and field.value else None
    if status is not None:
        return status
    return "stated" if _budget(field) is not None else "not_stated"


# ------------------------------------------------------------------ the goal
GoalMeasure = Literal["ita_level", "ita_score", "percent", "count", "qualitative"]


@dataclass(frozen=True, slots=True)
class _Goal:
    measure: GoalMeasure | None = None
    operator: Operator | None = None
    value: Decimal | None = None
    unit: str | None = None
    level: str | None = None
    quote: Quote | None = None


def _goal(field: Field | None) -> _Goal:
    """What a goal measures: an ITA grade, an ITA score, a percentage, a count, or nothing that can be counted."""
    if field is None or not field.value:
        return _Goal()
    text = field.value.text
    quantity = next((q for q in find_quantities(text) if q.value is not None), None)
    level = _level_word(text)
    about_ita = bool(re.search(r"ITA|คุณธรรมและความโปร่งใส", text))
    if quantity is None:
        measure: GoalMeasure = "ita_level" if level and about_ita else "qualitative"
        return _Goal(measure, level=level)
    if quantity.unit == "percent":
        measure = "percent"
    elif quantity.unit == "score":
        measure = "ita_score" if about_ita else "count"
    else:
        measure = "count"
    return _Goal(
        measure,
        quantity.operator,
        quantity.value,
        quantity.unit,
        level,
        field.value.slice(quantity.start, quantity.end),
    )


def _level_word(text: str) -> str | None:
    """The grade or level that a goal names (`ระดับดีเยี่ยม`, `ระดับ A`), as printed."""
    grades = {word for words in load("ita")["grade_words"] for word in [words]}
    match = re.search(r"ระดับ\s*([A-F]{1,2}\b|[ก-๙]+(?:\s?[ก-๙]+)?)", text)
    if match is None:
        return None
    printed = match[1]
    exact = sorted((g for g in grades if key(printed).startswith(key(g))), key=len, reverse=True)
    return printed[: len(exact[0])] if exact else None


# ------------------------------------------------------------------ the fields
def _fields(context: Context) -> Iterator[Found | Quote]:
    order = 0
    numbered = {f.order: rank for rank, f in enumerate(sorted(context.outline.fields, key=_number_key), 1)}
    for field in context.outline.fields:
        order += 1
        yield _field(context, field, order, numbered[field.order])
    for grid in context.outline.grids:
        for column in grid.columns:
            if column.number_raw and grid.kind == "activity":
                order += 1
                yield found(
                    PlanField(
                        field_id=context.ids.next("F"),
                        plan_id=context.first_plan,
                        number_raw=column.number_raw,
                        label_raw=column.label.text,
                        field_key=_column_key(grid, column),
                        order_in_source=order,
                        order_by_number=order,
                    ),
                    column.head,
                )


def _column_key(grid: Grid, column: Column) -> str | None:
    """The field key of a column head; a period column whose cells hold month grids is a timeline."""
    cells = (row.cells[column.index] for row in grid.data_rows())
    if column.role == "period" and any(cell is not None and cell.tables for cell in cells):
        return "timeline"
    return COLUMN_FIELDS.get(column.role or "")


def _number_key(field: Field) -> tuple[int, list[int], int]:
    digits = [int(n) for n in re.findall(r"\d+", fold_digits(field.number_raw or ""))]
    return (0 if digits else 1, digits, field.order)


def _field(context: Context, field: Field, order: int, rank: int) -> Found:
    value = _text(field.value)
    return found(
        PlanField(
            field_id=context.ids.next("F"),
            plan_id=context.plans.get(field.form, context.first_plan),
            number_raw=field.number_raw,
            label_raw=field.label.text,
            field_key=field.key,
            value_raw=_without_marks(field),
            value=value,
            order_in_source=order,
            order_by_number=rank,
        ),
        Quote.join([field.label, field.value], " ") if field.value else field.label,
        uses=[line.quote for line in field.lines],
        label_raw=field.label,
        value_raw=field.value or None,
    )
