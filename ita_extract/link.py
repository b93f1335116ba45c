"""Several renderings of one fact → one record with all its sources.

Extractors already join what they tell apart by meaning (activities, events, citations). Here records of one table that
say exactly
the same, because the page was rendered twice, become one.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from ita_extract.extractors.found import Findings, Found
from ita_extract.thai.text import key

LINKED = frozenset({"ita_scores", "statements", "policy_items", "contacts", "figures"})
"""Tables in which two rows that agree in every column but the identifier are one fact told twice."""


TOLD_AGAIN: dict[str, tuple[str, ...]] = {
    "indicators": ("indicator", "target_value", "target_unit"),
    "responsibilities": ("unit", "role"),
    "budgets": ("kind", "fiscal_year_be", "amount", "status"),
}
"""Tables whose rows a report repeats from its plan: the columns that make two rows of one activity the same fact."""


def link(findings: Findings) -> Findings:
    """Joins equal records; the sources of the later ones become further sources of the first."""
    linked = Findings(claims=findings.claims)
    for table, items in findings.by_table.items():
        if table in LINKED:
            linked.by_table[table] = _joined(items, _all_columns)
        elif table in TOLD_AGAIN:
            linked.by_table[table] = _joined(items, _of_activity)
        else:
            linked.by_table[table] = items
    return linked


def _joined(items: list[Found], identity_of: Callable[[Found], tuple[object, ...] | None]) -> list[Found]:
    first: dict[tuple[object, ...], int] = {}
    result: list[Found] = []
    for item in items:
        identity = identity_of(item)
        if identity is not None and identity in first:
            index = first[identity]
            result[index] = _completed(result[index], item)
        else:
            if identity is not None:
                first[identity] = len(result)
            result.append(item)
    return result


def _of_activity(item: Found) -> tuple[object, ...] | None:
    """What makes two rows of one activity the same fact; None for rows that belong to no activity."""
    activity = getattr(item.record, "activity_id", None)
    if activity is None:
        return None
    columns = TOLD_AGAIN[item.record.table.name]
    values = [getattr(item.record, name) for name in columns]
    return (activity, *(key(value) if isinstance(value, str) else value for value in values))


def _all_columns(item: Found) -> tuple[object, ...]:
    own = set(item.record.table.key)
    names = [c.name for c in item.record.table.columns if c.name not in own and c.name != "order_no"]
    return tuple(getattr(item.record, name) for name in names)


def _completed(known: Found, other: Found) -> Found:
    """The first record with what only the other one says (a result reported later), and the sources of both."""
    missing = {
        column.name: value
        for column in known.record.table.columns
        if getattr(known.record, column.name) is None and (value := getattr(other.record, column.name)) is not None
    }
    record = msgspec.structs.replace(known.record, **missing) if missing else known.record
    return Found(record, (*known.sources, *other.sources), (*known.uses, *other.uses), known.basis)
