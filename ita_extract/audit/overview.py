"""What an archive holds, agency by agency and year by year: documents, scores, grades, targets that were met.

Filled document by document; its size is that of agencies × years, not of documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

from ita_extract.records import DocumentRecord, Indicator, ItaScore
from ita_extract.records.bundle import Records
from ita_extract.thai.text import key

KINDS = (
    ("plan", "แผน"),
    ("result_report", "รายงานผล"),
    ("progress_report", "รายงานความก้าวหน้า"),
    ("plan_and_result", "แผนและผล"),
    ("minutes", "รายงานการประชุม"),
    ("score_sheet", "ผลคะแนน"),
    ("press_release", "ข่าว"),
    ("other", "อื่น ๆ"),
)
"""Kinds of documents in the order in which they are shown."""


@dataclass(slots=True)
class Year:
    """What is known of one agency in one fiscal year.

    `scores` are total scores as stated by documents, each with the number of documents; `reported` counts indicators
    with a result, `met` those of them whose target was met.
    """

    kinds: Counter[str] = field(default_factory=Counter)
    scores: Counter[Decimal] = field(default_factory=Counter)
    targets: Counter[Decimal] = field(default_factory=Counter)
    grades: Counter[str] = field(default_factory=Counter)
    reported: int = 0
    met: int = 0

    @property
    def score(self) -> Decimal | None:
        """The total score that most documents state, the first of equals."""
        return self.scores.most_common(1)[0][0] if self.scores else None

    @property
    def target(self) -> Decimal | None:
        """The total score aimed at."""
        return self.targets.most_common(1)[0][0] if self.targets else None

    @property
    def grade(self) -> str | None:
        """The grade that most documents state."""
        return self.grades.most_common(1)[0][0] if self.grades else None

    def take(self, other: Year) -> None:
        """Adds what is known under another name of the agency."""
        self.kinds.update(other.kinds)
        self.scores.update(other.scores)
        self.targets.update(other.targets)
        self.grades.update(other.grades)
        self.reported += other.reported
        self.met += other.met


@dataclass(slots=True)
class Agency:
    """One agency; `name` as the first of its documents has it."""

    name: str
    years: dict[int, Year] = field(default_factory=dict)
    undated: Counter[str] = field(default_factory=Counter)
    """Documents whose year is not known, by kind."""

    def year(self, number: int) -> Year:
        """The year, made where it is new."""
        return self.years.setdefault(number, Year())

    def take(self, other: Agency) -> None:
        """Adds what is known under another name of the agency."""
        self.undated.update(other.undated)
        for number, year in other.years.items():
            self.year(number).take(year)


class Overview:
    """All agencies of an archive."""

    def __init__(self) -> None:
        self._agencies: dict[str, Agency] = {}
        self._in_full: dict[str, set[str]] = {}
        """The agencies that documents abbreviate so, by the key of the abbreviation."""

    def add(self, records: Records) -> None:
        """Takes in one document."""
        document = cast(DocumentRecord, records["documents"][0])
        agency = self._agency(document.agency)
        if document.agency and document.agency_abbr and document.agency_basis != "unknown":
            self._in_full.setdefault(key(document.agency_abbr), set()).add(key(document.agency))
        kind = document.doc_type or "other"
        if document.fiscal_year_be is None:
            agency.undated[kind] += 1
        else:
            year = agency.year(document.fiscal_year_be)
            year.kinds[kind] += 1
            _count_indicators(year, cast(Iterable[Indicator], records["indicators"]))
        for score in cast(Iterable[ItaScore], records["ita_scores"]):
            self._score(agency, score)

    def _agency(self, name: str | None) -> Agency:
        return self._agencies.setdefault(key(name or ""), Agency(name or ""))

    def _score(self, owner: Agency, score: ItaScore) -> None:
        if score.measure != "TOTAL" or score.fiscal_year_be is None:
            return
        agency = self._agency(score.agency) if score.agency else owner
        year = agency.year(score.fiscal_year_be)
        if score.score is not None and not score.is_weighted:
            (year.targets if score.score_role == "target" else year.scores)[score.score] += 1
        if score.grade_raw and score.score_role != "target":
            year.grades[score.grade_raw] += 1

    @property
    def agencies(self) -> list[Agency]:
        """All agencies by name; the one without a name comes last.

        An abbreviation alone counts for the only agency that has it, as in the comparison of documents.
        """
        merged: dict[str, Agency] = {}
        for own, agency in self._agencies.items():
            longs = self._in_full.get(own, set()) - {own}
            full = longs.pop() if len(longs) == 1 else own
            merged.setdefault(full, Agency(self._agencies[full].name)).take(agency)
        return sorted(merged.values(), key=lambda agency: (not agency.name, agency.name))

    @property
    def years(self) -> list[int]:
        """All fiscal years (B.E.) of which anything is known."""
        return sorted({year for agency in self._agencies.values() for year in agency.years})


def _count_indicators(year: Year, indicators: Iterable[Indicator]) -> None:
    for indicator in indicators:
        if indicator.actual_value is not None and indicator.achieved is not None:
            year.reported += 1
            year.met += indicator.achieved
