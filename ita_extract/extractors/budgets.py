"""Money: budgets of the plan and of activities, planned, allocated, spent, remaining;

also the statement that none is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from ita_extract.errors import ThaiParseError
from ita_extract.extractors.cells import labelled_parts
from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.extractors.rows import activity_rows, owner_of
from ita_extract.model import Quote
from ita_extract.outline.model import Column
from ita_extract.records import Budget
from ita_extract.thai.money import Money, budget_status, find_money, parse_money
from ita_extract.thai.numerals import NUMBER
from ita_extract.thai.text import fold_digits

Kind = Literal["planned", "allocated", "spent", "remaining"]

COLUMN_KINDS: dict[str, Kind] = {
    "budget": "planned",
    "budget_year": "planned",
    "budget_allocated": "allocated",
    "budget_spent": "spent",
    "budget_remaining": "remaining",
}
FIELD_KINDS: dict[str, Kind] = {"budget": "planned", "budget_spent": "spent"}


_KIND_WORDS: tuple[tuple[Kind, str], ...] = (
    ("remaining", "คงเหลือ"),
    ("spent", "เบิกจ่าย|ใช้จ่าย|ใช้ไป|จ่ายจริง"),
    ("allocated", "จัดสรร|ได้รับ"),
)


@dataclass(frozen=True, slots=True)
class _Owner:
    plan: str | None
    activity: str | None


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields one record per printed amount (or statement that no budget is used)."""
    for field in context.outline.fields:
        kind = FIELD_KINDS.get(field.key or "")
        if kind is not None and field.value and not field.grids:
            yield from _field(context, field.value, kind, _Owner(*owner_of(context, field.card, field.form)))
            yield field.label
    yield from _totals(context)
    yield from _from_cards(context)
    for row in activity_rows(context):
        owner = _Owner(context.first_plan, row.activity_id)
        for column, cell in row.cells(*COLUMN_KINDS):
            yield from _cell(context, cell.quote.strip(), column, owner, row.quote("fund_source"))
        for _, cell in row.cells("project", "activity", "measure", "result", "indicator"):
            for part in labelled_parts(cell.quote):
                if part.key in FIELD_KINDS:
                    yield from _field(context, part.value, FIELD_KINDS[part.key], owner)


def _from_cards(context: Context) -> Iterator[Found]:
    """Amounts told in the items below an activity's heading, with a word that says what they are (`เบิกจ่าย …`)."""
    in_fields = {line.index for field in context.outline.fields for line in field.lines}
    for card in context.outline.cards:
        owner = _Owner(context.first_plan, context.cards.get(card.index))
        for line in (context.outline.lines[i] for i in card.lines if i not in in_fields):
            if line.paragraph.role != "list_item":
                continue
            at = 0
            for money in find_money(line.text):
                kind = _kind_before(line.text, at, money.start)
                if kind is not None:
                    yield _record(context, line.quote.slice(money.start, money.end), money, kind, None, owner, None)
                at = money.end


def _totals(context: Context) -> Iterator[Found]:
    """The printed totals of a table, which belong to the plan as a whole."""
    for grid in context.outline.grids:
        for row in grid.rows:
            if grid.kind != "activity" or row.kind != "total":
                continue
            for column in grid.columns_playing(*COLUMN_KINDS):
                cell = row.cells[column.index]
                if cell is not None and row.starts(column.index) and cell.text.strip():
                    yield from _cell(context, cell.quote.strip(), column, _Owner(context.first_plan, None), None)


def _field(context: Context, value: Quote, kind: Kind, owner: _Owner) -> Iterator[Found]:
    """A labelled amount: the first sum counts, what follows (words, parts of the sum) explains it."""
    sums = find_money(value.text)
    status = budget_status(value.text)
    if sums:
        amount = value.slice(sums[0].start, sums[0].end)
        first = _kind_before(value.text, 0, sums[0].start) or kind
        yield _record(context, amount, sums[0], first, None, owner, _source(value, sums[0].end))
        for before, further in pairwise(sums):
            named = _kind_before(value.text, before.end, further.start)
            if named is not None:
                yield _record(context, value.slice(further.start, further.end), further, named, None, owner, None)
    elif status == "no_budget":
        yield _none(context, value, kind, owner, None)
    else:
        money = _bare(value, "บาท")
        if money is not None:
            yield _record(context, value, money, kind, None, owner, None)


def _cell(context: Context, quote: Quote, column: Column, owner: _Owner, fund_source: Quote | None) -> Iterator[Found]:
    kind = COLUMN_KINDS.get(column.role or "", "planned")
    year = column.year_be
    if budget_status(quote.text) == "no_budget":
        yield _none(context, quote, kind, owner, year)
        return
    money = _bare(quote, column.unit or "บาท")
    if money is None:
        sums = find_money(quote.text)
        if not sums:
            return
        quote, money = quote.slice(sums[0].start, sums[0].end), sums[0]
    yield _record(context, quote, money, kind, year, owner, fund_source)


def _kind_before(text: str, start: int, end: int) -> Kind | None:
    """What the words before an amount say it is (`ได้รับจัดสรร … เบิกจ่ายแล้ว … คงเหลือ …`)."""
    words = text[start:end]
    return next((kind for kind, pattern in _KIND_WORDS if re.search(pattern, words)), None)


def _source(value: Quote, start: int) -> Quote | None:
    """Where the money comes from, when the field says so behind the amount (`จากเงินรายได้`)."""
    match = re.search(r"(?:จาก|แหล่ง(?:ที่มา|งบประมาณ|เงิน)?\s*[:：]?|เบิกจ่ายจาก)\s*(\S[^\n,;()]{2,80})", value.text[start:])
    return value.slice(start + match.start(1), start + match.end(1)).strip() if match else None


def _number_in(quote: Quote) -> Quote:
    """The digits of an amount; its unit is recorded beside them."""
    match = re.search(NUMBER, fold_digits(quote.text))
    return quote.slice(*match.span()) if match else quote


def _bare(quote: Quote, unit: str) -> Money | None:
    try:
        return parse_money(quote.text, default_unit=unit)
    except ThaiParseError:
        return None


def _record(
    context: Context, quote: Quote, money: Money, kind: Kind, year: int | None, owner: _Owner, source: Quote | None
) -> Found:
    return found(
        Budget(
            budget_id=context.ids.next("B"),
            plan_id=owner.plan,
            activity_id=owner.activity,
            kind=kind,
            fiscal_year_be=year or context.facts.fiscal_year_be,
            amount_raw=_number_in(quote).text,
            amount=money.amount,
            unit_raw=money.unit_raw,
            amount_thb=money.amount_thb,
            unit_suspect=money.unit_suspect,
            fund_source=source.text if source else None,
            status="stated",
        ),
        quote,
        fund_source=source,
    )


def _none(context: Context, quote: Quote, kind: Kind, owner: _Owner, year: int | None) -> Found:
    return found(
        Budget(
            budget_id=context.ids.next("B"),
            plan_id=owner.plan,
            activity_id=owner.activity,
            kind=kind,
            fiscal_year_be=year or context.facts.fiscal_year_be,
            amount_raw=quote.text,
            amount=Decimal(0),
            amount_thb=Decimal(0),
            status="no_budget",
        ),
        quote,
    )
