"""Reference tables by fiscal year: what a rule compares a document with when the other side is not in the document.

The tables are vocabulary (`lexicon/audit.yaml`, `lexicon/ita.yaml`), each with its version, its source, and whether
that source was verified; a finding names the versions that its rule used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from ita_extract.lexicon import load
from ita_extract.thai.text import key


@dataclass(frozen=True, slots=True)
class GradeScale:
    """The grades of some fiscal years, best first, each with the least total score that it asks for.

    `each` has the least score of every instrument that a grade asks for besides; `verified` is False where the scale
    was only inferred.
    """

    bands: tuple[tuple[str, Decimal], ...]
    each: Mapping[str, Decimal]
    verified: bool

    def grades_for(self, total: Decimal, instruments: Iterable[Decimal] | None = None) -> tuple[str, ...]:
        """The grades that a total score allows: one, or several where the scores of the instruments are not known."""
        possible: list[str] = []
        for grade, least in self.bands:
            if total < least:
                continue
            needed = self.each.get(grade)
            if needed is None:
                return (*possible, grade)
            if instruments is None:
                possible.append(grade)
            elif all(score >= needed for score in instruments):
                return (grade,)
        return tuple(possible)


def grade_scale(fiscal_year: int) -> GradeScale | None:
    """The scale of a fiscal year (B.E.), None where none is known."""
    for scale in load("ita")["grade_scales"]:
        if scale["from"] <= fiscal_year <= scale["to"]:
            bands = tuple((str(name), Decimal(str(least))) for name, least in scale["bands"].items())
            each = {name: Decimal(str(least)) for name, least in scale.get("each", {}).items()}
            return GradeScale(bands, each, bool(scale["verified"]))
    return None


@cache
def all_grades() -> frozenset[str]:
    """The matching keys of the grades of all scales."""
    return frozenset(key(str(name)) for scale in load("ita")["grade_scales"] for name in scale["bands"])


@cache
def weights() -> dict[str, Decimal]:
    """The weights of the three instruments in the total score."""
    return {code: Decimal(str(entry["weight"])) for code, entry in load("ita")["instruments"].items()}


def table(name: str) -> Any:
    """The rows of a reference table of `lexicon/audit.yaml`."""
    return facts(name, "rows")


def facts(name: str, part: str) -> Any:
    """Another part of a reference table than its rows."""
    return load("audit")["tables"][name][part]


def is_verified(name: str) -> bool:
    """Whether the table's source was verified; what is only known or inferred lowers a finding's severity."""
    return bool(load("audit")["tables"][name]["verified"])


def versions(names: Iterable[str]) -> str | None:
    """The versions of tables as a finding names them, None for none."""
    tables = load("audit")["tables"]
    return "; ".join(f"{name} {tables[name]['version']}" for name in names) or None
