"""Several renderings of one fact → one record with all its sources.

Extractors already join what they tell apart by meaning (activities, events, citations). Here records of one table that
say exactly
the same, because the page was rendered twice, become one.
"""

from __future__ import annotations

from ita_extract.extractors.found import Findings, Found, Source

LINKED = frozenset({"ita_scores", "statements", "policy_items", "contacts", "figures"})
"""Tables in which two rows that agree in every column but the identifier are one fact told twice."""


def link(findings: Findings) -> Findings:
    """Joins equal records; the sources of the later ones become further sources of the first."""
    linked = Findings(claims=findings.claims)
    for table, items in findings.by_table.items():
        linked.by_table[table] = _joined(items) if table in LINKED else items
    return linked


def _joined(items: list[Found]) -> list[Found]:
    first: dict[tuple[object, ...], int] = {}
    result: list[Found] = []
    for item in items:
        identity = _identity(item)
        if identity in first:
            index = first[identity]
            result[index] = _with_sources(result[index], item.sources)
        else:
            first[identity] = len(result)
            result.append(item)
    return result


def _identity(item: Found) -> tuple[object, ...]:
    own = set(item.record.table.key)
    names = [c.name for c in item.record.table.columns if c.name not in own and c.name != "order_no"]
    return tuple(getattr(item.record, name) for name in names)


def _with_sources(item: Found, sources: tuple[Source, ...]) -> Found:
    return Found(item.record, (*item.sources, *sources), item.uses, item.basis)
