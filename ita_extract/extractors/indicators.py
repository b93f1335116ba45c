"""Indicators with their targets and results, from table rows, labelled cells and labelled fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ita_extract.extractors.cells import labelled_parts
from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.extractors.items import is_kpi, split_items
from ita_extract.extractors.rows import ActivityRow, activity_rows, owner_of
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.model import Column, Field
from ita_extract.readers.marks import cell_mark
from ita_extract.records import Indicator
from ita_extract.thai.numbers import Operator, Quantity, find_quantities
from ita_extract.thai.text import fold_digits, key

MIN_NAME = 8
"""Characters that must be left of an indicator when the target at its end is taken off."""
MIN_COUNTED = 5
"""Characters that stand before the quantity at the end of an indicator: shorter ones name nothing that is counted."""
TARGET_KEYS = ("goal", "target")
RESULT_KEYS = ("result", "actual")
_INLINE_TARGET = re.compile(r"(?:\s{2,}|[(（,:：]\s*|\s(?=ค่า))(?:ค่าเป้าหมาย|เป้าหมาย)\s*[:：]?\s*")
_COUNTED = re.compile(r"(?P<name>.{5,}?)\s+(?P<value>\d[\d,]*)\s*(?P<unit>[ก-ฮเ-ไ][ก-๎]{1,14})\s*", re.DOTALL)
_UNIT_BEHIND = re.compile(r"\s?(?P<unit>[ก-ฮเ-ไ][ก-๎]{1,19})[\s)）]*")
_JOINING = re.compile(r"(?:คิดเป็น|ได้|เท่ากับ|จำนวน)\s*$")


@dataclass
class _Draft:
    """An indicator in the making."""

    name: Quote | None
    target: Quote | None = None
    unit: Quote | None = None
    actual: Quote | None = None
    baseline: Quote | None = None
    kind: str | None = None
    claimed: Quote | None = None
    uses: list[Quote] = field(default_factory=list)


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields the indicators of every activity and of the plan."""
    for row in activity_rows(context):
        for draft in _row_drafts(row):
            yield from _record(context, draft, context.first_plan, row.activity_id)
    yield from _from_fields(context)


# ------------------------------------------------------------------ tables
def _row_drafts(row: ActivityRow) -> list[_Draft]:
    indicator = row.cell("indicator", "output", "outcome")
    target = row.cell("target")
    if target is not None and indicator is not None and target[0] is indicator[0]:
        target = None
    unit, baseline = row.cell("unit"), row.cell("baseline")
    drafts: list[_Draft] = []
    if indicator is not None:
        drafts = _cell_drafts(indicator[1].quote, indicator[0])
    elif target is not None and (unit is not None or row.grid.column_playing("unit", "actual")):
        drafts = [_Draft(_kpi_name(row))]
    if not drafts:
        return []
    if target is not None:
        _assign(drafts, target[1].quote, "target")
    if unit is not None:
        _assign(drafts, unit[1].quote, "unit")
    if baseline is not None:
        _assign(drafts, baseline[1].quote, "baseline")
    _actuals(row, drafts)
    achieved = row.quote("achieved")
    if _claimed(achieved) is not None:
        for draft in drafts:
            draft.claimed = achieved
    return drafts


def _kpi_name(row: ActivityRow) -> Quote | None:
    """The indicator that the project's own cell states for this row: the first for its first row, and so on."""
    for column in row.grid.columns_playing("project", "activity", "measure"):
        cell = row.row.cells[column.index]
        kpis = [item.quote for item in split_items(cell.quote) if is_kpi(item.quote.text)] if cell else []
        place = row.row.table_row - cell.row if cell else 0
        if place < len(kpis):
            name = kpis[place]
            quantity = next((q for q in find_quantities(name.text) if q.value is not None and q.start > 3), None)
            return name.slice(0, quantity.start).strip(" :(（") if quantity else name
    return None


def _cell_drafts(quote: Quote, column: Column) -> list[_Draft]:
    """The indicators in one cell: labelled parts (`ตัวชี้วัด : … เป้าหมาย : …`) or one per item."""
    parts = labelled_parts(quote)
    drafts: list[_Draft] = []
    kind: str | None = None
    for part in parts:
        if part.key is None or part.key in ("indicator",):
            kind = _kind_of(part.label) or kind
            for item in split_items(part.value):
                sub = _sub_kind(item.quote)
                if sub is not None:
                    kind, rest = sub
                    if not rest:
                        continue
                    drafts.append(_Draft(rest, kind=kind))
                    continue
                drafts.append(_with_target(item.quote, kind))
            if drafts and part.label:
                drafts[-1].uses.append(part.label)
        elif part.key in TARGET_KEYS:
            if not drafts:
                drafts.append(_Draft(None))
            _assign(drafts, part.value, "target")
            if part.label:
                drafts[-1].uses.append(part.label)
        elif part.key in RESULT_KEYS and drafts:
            _assign(drafts, part.value, "actual")
    return drafts


def _with_target(quote: Quote, kind: str | None) -> _Draft:
    """An indicator whose line names its target behind a gap or colon: `จำนวนช่องทาง   ค่าเป้าหมาย 3 ช่องทาง`."""
    match = _INLINE_TARGET.search(quote.text, MIN_NAME)
    if match is None:
        return _Draft(quote, kind=kind)
    return _Draft(quote.slice(0, match.start()).strip(" :,("), quote.slice(match.end()).strip(" )"), kind=kind)


def _kind_of(label: Quote | None) -> str | None:
    if label is None:
        return None
    match = re.search(r"เชิงปริมาณ|เชิงคุณภาพ|ผลผลิต|ผลลัพธ์", label.text)
    return match[0] if match else None


def _sub_kind(quote: Quote) -> tuple[str, Quote] | None:
    """`เชิงปริมาณ : …` inside a cell: the kind and what follows."""
    match = re.match(r"(?:ตัวชี้วัด)?\s*(เชิงปริมาณ|เชิงคุณภาพ|ผลผลิต|ผลลัพธ์)\s*(?:\([A-Za-z]+\))?\s*[:：]?\s*", quote.text)
    return (match[1], quote.slice(match.end()).strip()) if match else None


def _assign(drafts: Sequence[_Draft], quote: Quote, attribute: str) -> None:
    """Gives each indicator its part of a cell:

    by item when there are as many, else the whole cell to the first that lacks it.
    """
    items = split_items(quote)
    bare = [item.quote for item in items if not item.quote.text.rstrip().endswith((":", "："))]
    if len(bare) == len(drafts):
        for draft, value in zip(drafts, bare, strict=True):
            setattr(draft, attribute, value)
        return
    if len(drafts) == 1 and len(bare) > 1:
        setattr(drafts[0], attribute, quote.strip())
        return
    for draft, value in zip([d for d in drafts if getattr(d, attribute) is None], bare, strict=False):
        setattr(draft, attribute, value)


def _actuals(row: ActivityRow, drafts: list[_Draft]) -> None:
    for column, cell in row.cells("actual", "result"):
        if column.row_kind == "plan":
            continue
        quote = cell.quote.strip()
        if column.role == "actual" or len(quote.text) < 40:
            if all(d.actual is None for d in drafts):
                _assign(drafts, quote, "actual")
        else:
            for draft in drafts:
                if draft.actual is None:
                    draft.actual = quote
    for _, cell in row.cells("activity", "project", "measure", "target", "indicator"):
        match = re.search(r"\((?:ผล|ผลงาน|ทำได้)\s*[:：]?\s*([^()]+)\)", cell.text)
        if match and drafts[0].actual is None:
            drafts[0].actual = cell.quote.slice(*match.span(1))


# ------------------------------------------------------------------ fields
def _from_fields(context: Context) -> Iterator[Found | Quote]:
    """`ตัวชี้วัด : …` fields, with the `เป้าหมาย` and `ผลการดำเนินงาน` fields of the same activity or form."""
    fields = context.outline.fields
    for index, head in enumerate(fields):
        if head.key != "indicator" or not head.value or head.grids:
            continue
        plan, activity = owner_of(context, head.card, head.form)
        drafts = [d for d in _field_drafts(head.value, _kind_of(head.label)) if d.name or d.target]
        later = [f for f in fields[index + 1 :] if f.card == head.card and f.form == head.form]
        until = next((i for i, f in enumerate(later) if f.key == "indicator"), len(later))
        for other in later[:until]:
            if other.key in TARGET_KEYS and other.value and _is_target_of(other, head):
                _assign(drafts, other.value, "target")
            elif other.key in RESULT_KEYS and other.value:
                for draft in drafts:
                    draft.actual = draft.actual or other.value
        for draft in drafts:
            draft.uses.append(head.label)
            yield from _record(context, draft, plan, activity)


def _is_target_of(target: Field, indicator: Field) -> bool:
    """`เป้าหมาย` of a plan is its goal; under an activity, right below an indicator, or as a value it is a target."""
    if indicator.card is not None or target.order == indicator.order + 1:
        return True
    return key(target.label.text).startswith("ค่าเป้าหมาย")


def _field_drafts(value: Quote, kind: str | None) -> list[_Draft]:
    drafts = _cell_drafts(value, Column(0, value, value))
    for draft in drafts:
        draft.kind = draft.kind or kind
    return drafts


# ------------------------------------------------------------------ records
def _record(context: Context, draft: _Draft, plan: str | None, activity: str | None) -> Iterator[Found]:
    target_quote, target = _target(draft)
    if draft.name is None and target is None:
        return
    actual_quote, actual = _actual(draft, target)
    numerator, denominator = _fraction(draft.actual) if draft.actual else (None, None)
    unit = (target.unit if target else None) or _unit(draft.unit)
    baseline = _baseline(draft.baseline)
    actual_unit = (actual.unit if actual else None) or (unit if actual else None)
    name = _bare_name(draft, target_quote)
    at = draft.name or target_quote
    value = target.value if target else None
    yield found(
        Indicator(
            indicator_id=context.ids.next("K"),
            plan_id=plan,
            activity_id=activity,
            indicator=name,
            indicator_kind=draft.kind,
            target_raw=target_quote.text if target_quote else None,
            target_operator=_operator(target),
            target_value=value,
            target_value_high=target.value_high if target else None,
            target_unit=unit,
            baseline_value=baseline,
            actual_raw=actual_quote.text if actual_quote else None,
            actual_value=actual.value if actual else None,
            actual_unit=actual_unit,
            actual_numerator=numerator,
            actual_denominator=denominator,
            achieved=_achieved(target, actual, unit, actual_unit),
            achieved_claimed=_claimed(draft.claimed),
        ),
        at,
        uses=draft.uses,
        derived=("achieved",),
        target_raw=target_quote,
        actual_raw=actual_quote,
        baseline_value=draft.baseline if baseline is not None else None,
        achieved_claimed=draft.claimed,
    )


def _baseline(quote: Quote | None) -> Decimal | None:
    if quote is None:
        return None
    quantity = next(iter(find_quantities(quote.text)), None) or _bare_number(quote)
    return quantity.value if quantity is not None else None


def _bare_name(draft: _Draft, target: Quote | None) -> str | None:
    """The indicator without the target that it prints at its end (`จำนวนผู้ผ่านการอบรม ไม่น้อยกว่า 40 คน`)."""
    if draft.name is None:
        return None
    name = " ".join(draft.name.text.split())
    printed = " ".join(target.text.split()) if target and draft.target is None else ""
    whole = name.rstrip(" )）") if printed and not printed.endswith((")", "）")) else name
    bare = whole[: -len(printed)].rstrip(" :(（") if printed and whole.endswith(printed) else name
    return bare if len(bare) >= MIN_NAME else name


def _target(draft: _Draft) -> tuple[Quote | None, Quantity | None]:
    """The target as printed and read. Without a target of its own, the indicator's text is searched for one."""
    if draft.target is not None:
        quantity = _first(draft.target.text)
        return draft.target.strip(), quantity or _bare_number(draft.target)
    if draft.name is None:
        return None, None
    text = draft.name.text.rstrip(" )）")
    quantities = [q for q in find_quantities(draft.name.text) if q.value is not None]
    quantity = next((q for q in quantities if q.operator or q.unit == "percent"), None)
    if quantity is None:
        quantity = next((q for q in quantities if q.unit and q.end >= len(text) and q.start >= MIN_COUNTED), None)
    if quantity is None:
        quantity = _counted_at_end(draft.name.text)
    if quantity is None:
        return None, None
    quantity = _with_unit_behind(draft.name.text, quantity)
    return draft.name.slice(quantity.start, quantity.end), quantity


def _counted_at_end(text: str) -> Quantity | None:
    """What a text counts at its end in words of its own: `ตู้ถามตอบ 2 ตู้`, `จำนวนช่องบริการที่ติดป้าย 5 ช่อง`."""
    match = _COUNTED.fullmatch(fold_digits(text))
    if match is None or not match["name"].removeprefix("จำนวน").lstrip().startswith(match["unit"]):
        return None
    value = Decimal(match["value"].replace(",", ""))
    start, end = match.start("value"), match.end("unit")
    return Quantity(raw=text[start:end], start=start, end=end, operator=None, value=value, unit=match["unit"])


def _with_unit_behind(text: str, quantity: Quantity) -> Quantity:
    """A bound whose unit is no known counter (`ไม่น้อยกว่า 9 เรือน`): the one word that ends the text is its unit."""
    match = _UNIT_BEHIND.fullmatch(text, quantity.end) if quantity.operator and quantity.unit is None else None
    if match is None:
        return quantity
    return replace(quantity, raw=text[quantity.start : match.end("unit")], end=match.end("unit"), unit=match["unit"])


def _first(text: str) -> Quantity | None:
    quantities = [q for q in find_quantities(text) if q.value is not None]
    strong = [q for q in quantities if q.operator or q.unit]
    return next(iter(strong or quantities), None)


def _bare_number(quote: Quote) -> Quantity | None:
    """A number alone, or with a word behind it that is no known counter ("24 ก้อน"): that word is its unit."""
    match = re.fullmatch(r"\s*(\d[\d,]*(?:\.\d+)?)\s*([ก-ฮเ-ไ][ก-๎]{1,19})?\s*", fold_digits(quote.text))
    if match is None:
        return None
    value = Decimal(match[1].replace(",", ""))
    return Quantity(raw=quote.text, start=0, end=len(quote.text), operator=None, value=value, unit=match[2])


def _actual(draft: _Draft, target: Quantity | None) -> tuple[Quote | None, Quantity | None]:
    """The result: in a short cell the quantity it holds, in a narrative the last one with the target's unit."""
    if draft.actual is None:
        return None, None
    text = draft.actual.text
    quantities = [q for q in find_quantities(text) if q.value is not None]
    unit = (target.unit if target else None) or _unit(draft.unit)
    if not quantities:
        bare = _bare_number(draft.actual)
        return (draft.actual.strip(), bare) if bare else (None, None)
    if len(text) < 40 and len(quantities) == 1:
        return draft.actual.strip(), quantities[0]
    fitting = [q for q in quantities if q.unit == unit] if unit else []
    if not fitting:
        return (None, None) if len(text) >= 40 else (draft.actual.strip(), quantities[0])
    chosen = fitting[-1]
    chosen_text = text[chosen.start : chosen.end]
    if (mean := re.match(r"(?:ค่า)?เฉลี่ย\s*(?=คิดเป็น|ร้อยละ)", chosen_text)) is not None:
        return draft.actual.slice(chosen.start + mean.end(), chosen.end), chosen
    lead = _JOINING.search(text[: chosen.start])
    start = lead.start() if lead and lead[0].startswith("คิด") else chosen.start
    return draft.actual.slice(start, chosen.end), chosen


def _fraction(quote: Quote) -> tuple[Decimal | None, Decimal | None]:
    """`45 จาก 50 คน` or `45/50 คน`: numerator and denominator."""
    for quantity in find_quantities(quote.text):
        if quantity.numerator is not None and quantity.denominator is not None:
            return quantity.numerator, quantity.denominator
    return None, None


def _unit(quote: Quote | None) -> str | None:
    """A unit from its own column, in the form the contract uses."""
    if quote is None:
        return None
    text = " ".join(quote.text.split())
    units = {key(word): name for name, words in load("quantities")["unit_names"].items() for word in words}
    return units.get(key(text), text or None)


def _operator(target: Quantity | None) -> Operator | None:
    """The printed comparison; all of it (`ร้อยละ 100`) leaves no room for more."""
    if target is None or target.operator:
        return target.operator if target else None
    return "=" if target.unit == "percent" and target.value == 100 else None


def _achieved(
    target: Quantity | None, actual: Quantity | None, unit: str | None, actual_unit: str | None
) -> bool | None:
    """Computed only where both sides are numbers of one unit; a target without comparison word counts as a minimum."""
    if target is None or actual is None or target.value is None or actual.value is None:
        return None
    if unit and actual_unit and key(unit) != key(actual_unit):
        return None
    value, low = actual.value, target.value
    if target.operator == "range" and target.value_high is not None:
        return low <= value <= target.value_high
    return {
        ">": value > low,
        "<": value < low,
        "<=": value <= low,
        "=": value == low,
    }.get(target.operator or ">=", value >= low)


def _claimed(quote: Quote | None) -> bool | None:
    """Whether a cell claims that its target was reached, by a tick or in words."""
    if quote is None:
        return None
    words: dict[str, list[str]] = load("parts")["achieved_claims"]
    claimed = next((claim for claim, texts in words.items() if quote.text.strip() in texts), None)
    if claimed is not None:
        return claimed == "achieved"
    mark = cell_mark(quote.text)
    return mark.state if mark else None
