"""Records of the activity tree: identifiers by place in the tree, planned dates, claims of coverage, indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_extract.extractors.activity_tree import Node, Tree
from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.headings import indicator_code
from ita_extract.records import Activity, Plan
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.periods import find_periods
from ita_extract.thai.relative import project_months
from ita_extract.thai.text import fold_digits


def activity_records(tree: Tree, context: Context) -> Iterator[Found]:
    """Yields a record per node and notes in the context which rows and headings it owns."""
    plan = context.first_plan
    counters: dict[str, int] = {}
    ids: dict[int, str] = {}
    for node in tree:
        parent_id = ids.get(id(node.parent)) if node.parent else None
        base = parent_id.rpartition("/A")[2] if parent_id else ""
        counters[base] = counters.get(base, 0) + 1
        path = f"{base}.{counters[base]}" if base else str(counters[base])
        activity_id = ids[id(node)] = context.ids.make("A", path)
        for row in node.rows:
            context.rows[row] = activity_id
        for card in node.cards:
            context.cards[card] = activity_id
        yield _record(node, activity_id, parent_id, context.plans.get(node.form, plan), context)


def _record(node: Node, activity_id: str, parent_id: str | None, plan_id: str | None, context: Context) -> Found:
    title = " ".join(node.title.text.split()) or None
    count, unit, claim = _coverage(node.title)
    start, end = _planned(node, context)
    code = _indicator_of(node)
    return found(
        Activity(
            activity_id=activity_id,
            plan_id=plan_id,
            parent_id=parent_id,
            level=node.level,
            number_raw=node.number_raw,
            number=node.number,
            number_path=fold_digits(node.path) if node.path else None,
            title=title,
            ita_indicator=code,
            in_plan_table=node.in_plan_table,
            in_report=node.in_report,
            planned_start=start,
            planned_end=end,
            coverage_count=count,
            coverage_unit=unit,
            coverage_claim_raw=claim.text if claim else None,
        ),
        node.sources[0],
        repeats=[*node.sources[1:], *node.headings],
        coverage_claim_raw=claim,
        planned_start=node.period if start else None,
        planned_end=node.period if end else None,
        ita_indicator=node.indicator_quote if code else None,
    )


def _planned(node: Node, context: Context) -> tuple[str | None, str | None]:
    if node.period is None:
        return None, None
    periods = find_periods(node.period.text, fiscal_year_be=context.facts.fiscal_year_be)
    starts = [p.start for p in periods if p.start]
    ends = [p.end for p in periods if p.end]
    if not periods and (within := _within_plan(node.period.text, context)) is not None:
        return within
    return min(starts, default=None), max(ends, default=None)


def _within_plan(text: str, context: Context) -> tuple[str, str] | None:
    """Months counted within the plan's own period (`เดือนที่ 2`)."""
    plan = next(context.findings.records(Plan), None)
    if plan is None or plan.start_date is None or plan.end_date is None:
        return None
    return project_months(text, plan.start_date, plan.end_date)


def _indicator_of(node: Node) -> str | None:
    quote = node.indicator_quote
    if quote is None:
        return None
    for line in quote.lines():
        numbering = parse_numbering(line.text)
        code = indicator_code(line.text[numbering.end if numbering else 0 :].strip())
        if code:
            return code
    match = re.search(r"ตัวชี้วัดที่\s*([\d๐-๙]{1,2})", quote.text)
    number = int(fold_digits(match[1])) if match else 0
    return f"I{number:02d}" if 1 <= number <= 10 else None


def _coverage(title: Quote) -> tuple[int | None, str | None, Quote | None]:
    """`ทั้ง 68 หน่วยงาน … ครบทุกหน่วยงาน`: the count, what is counted, and the claim of completeness."""
    words = load("parts")["coverage"]
    units = "|".join(sorted((re.escape(u) for u in words["units"]), key=len, reverse=True))
    count = re.search(rf"(?:ทั้งหมด|ทั้งสิ้น|ทั้ง|จำนวน|รวม)\s*([\d๐-๙,]+)\s*({units})", title.text)
    claims = "|".join(sorted((re.escape(c) for c in words["claims"]), key=len, reverse=True))
    claim = re.search(rf"(?:{claims})\s*(?:{units})", title.text)
    number = int(fold_digits(count[1]).replace(",", "")) if count and count[1].strip(",") else None
    return number, count[2] if count and number is not None else None, title.slice(*claim.span()) if claim else None
