"""The tree of work plans, projects, measures, activities and steps, gathered from tables and headings before it
becomes records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from ita_extract.model import Quote
from ita_extract.outline.model import ActivityLevel
from ita_extract.thai.text import key

RANK: dict[ActivityLevel, int] = {"work_plan": 0, "project": 1, "measure": 2, "activity": 3, "step": 4}

SAME_TITLE = 82
"""Similarity (0-100, folded text) from which two titles with the same number are one activity told twice."""
SAME_TITLE_WITHOUT_NUMBER = 92


@dataclass(eq=False)
class Node:
    """An activity in the making. `sources` are the quotes of its title, the first being the primary one."""

    level: ActivityLevel
    title: Quote
    number: int | None = None
    number_raw: str | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    sources: list[Quote] = field(default_factory=list)
    headings: list[Quote] = field(default_factory=list)
    rows: list[tuple[int, int]] = field(default_factory=list)
    cards: list[int] = field(default_factory=list)
    in_plan_table: bool = False
    in_report: bool = False
    form: int = 0
    indicator_quote: Quote | None = None
    period: Quote | None = None

    @property
    def path(self) -> str | None:
        """Printed numbers from the root (`2.3`); None without a number."""
        if self.number is None:
            return None
        raw = (self.number_raw or "").strip("().")
        if "." in raw and raw.replace(".", "").isdigit():
            return raw
        above = self.parent.path if self.parent else None
        return f"{above}.{self.number}" if above else str(self.number)


class Tree:
    """Collects nodes; the same activity met again is merged into its node."""

    def __init__(self) -> None:
        self.roots: list[Node] = []

    def __iter__(self) -> Iterator[Node]:
        yield from _walk(self.roots)

    def add(self, node: Node, *, merge: bool = True) -> Node:
        """Adds a node under its parent, or merges it into one that is the same activity;

        returns the node that stands for it.
        """
        siblings = node.parent.children if node.parent else self.roots
        if merge:
            for known in siblings:
                if _is_same(known, node):
                    return _merged(known, node)
        siblings.append(node)
        return node

    def find(self, level: ActivityLevel, number: int | None, title: Quote) -> Node | None:
        """The node anywhere in the tree that is this activity."""
        probe = Node(level, title, number)
        return next((node for node in self if _is_same(node, probe)), None)


def _walk(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _is_same(known: Node, other: Node) -> bool:
    if known.level != other.level or known.form != other.form:
        return False
    if known.number is not None and other.number is not None:
        if known.number != other.number:
            return False
        return not known.title or not other.title or _similar(known.title, other.title) >= SAME_TITLE
    return bool(known.title and other.title) and _similar(known.title, other.title) >= SAME_TITLE_WITHOUT_NUMBER


def _similar(a: Quote, b: Quote) -> float:
    left, right = key(a.text), key(b.text)
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) >= 25 and longer.startswith(shorter):
        return 100.0
    return fuzz.ratio(left, right)


def _merged(known: Node, other: Node) -> Node:
    if not known.title:
        known.title = other.title
    known.sources += other.sources
    known.headings += other.headings
    known.rows += other.rows
    known.cards += other.cards
    known.in_plan_table |= other.in_plan_table
    known.in_report |= other.in_report
    known.number = known.number if known.number is not None else other.number
    known.number_raw = known.number_raw or other.number_raw
    known.indicator_quote = known.indicator_quote or other.indicator_quote
    known.period = known.period or other.period
    return known
