"""Units that answer for the plan or for an activity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ita_extract.extractors.cells import labelled_parts
from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.extractors.rows import activity_rows, owner_of
from ita_extract.model import Quote
from ita_extract.records import Responsibility
from ita_extract.thai.organisations import split_units

Role = Literal["lead", "responsible", "joint", "monitor"]

FIELD_ROLES: dict[str, Role] = {"lead_unit": "lead", "responsible": "responsible"}
COLUMN_ROLES: dict[str, Role] = {
    "lead_unit": "lead",
    "responsible": "responsible",
    "joint_unit": "joint",
    "monitor": "monitor",
}
_NOTHING = frozenset({"", "-", "–", "—"})


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields each unit of the plan's fields, then those of every activity."""
    for field in context.outline.fields:
        role = FIELD_ROLES.get(field.key or "")
        if role is not None and field.value:
            plan, activity = owner_of(context, field.card, field.form)
            yield from _units(context, field.value, role, plan, activity)
            yield field.label
    for row in activity_rows(context):
        for column, cell in row.cells(*COLUMN_ROLES):
            role = COLUMN_ROLES.get(column.role or "", "responsible")
            yield from _cell(context, cell.quote, role, row.activity_id)


def _cell(context: Context, quote: Quote, role: Role, activity: str | None) -> Iterator[Found]:
    """A cell may head its units itself: `หลัก : กองก` / `ร่วม : กองข`."""
    for part in labelled_parts(quote):
        yield from _units(context, part.value, FIELD_ROLES.get(part.key or "", role), context.first_plan, activity)


def _units(context: Context, quote: Quote, role: Role, plan: str | None, activity: str | None) -> Iterator[Found]:
    order = 0
    for start, end in split_units(quote.text):
        unit = quote.slice(start, end).strip()
        if unit.text in _NOTHING:
            continue
        order += 1
        yield found(
            Responsibility(
                responsibility_id=context.ids.next("U"),
                plan_id=plan,
                activity_id=activity,
                role=role,
                order_no=order,
                unit_raw=" ".join(unit.text.split()),
                unit=" ".join(unit.text.split()),
            ),
            unit,
        )
