"""The overview of an archive, agency by agency."""

from __future__ import annotations

from ita_extract.audit.overview import Overview
from ita_extract.records import DocumentRecord
from ita_extract.records.bundle import make_records


def _overview(*documents: tuple[str, str | None]) -> list[tuple[str, int]]:
    """Names of agencies and how many documents of 2566 each has, from (agency, abbreviation) of each document."""
    overview = Overview()
    for number, (agency, abbr) in enumerate(documents):
        name = f"d{number}"
        record = DocumentRecord(
            document_id=name,
            agency=agency,
            agency_abbr=abbr,
            agency_basis="stated",
            doc_type="plan",
            fiscal_year_be=2566,
        )
        overview.add(make_records(name, [record]))
    return [(agency.name, agency.year(2566).kinds["plan"]) for agency in overview.agencies]


def test_abbreviation_counts_for_the_only_agency_that_has_it() -> None:
    assert _overview(("อลฝ.", None), ("องค์การลานฝัน", "อลฝ.")) == [("องค์การลานฝัน", 2)]


def test_abbreviation_of_two_agencies_stands_alone() -> None:
    found = _overview(("อลฝ.", None), ("องค์การลานฝัน", "อลฝ."), ("องค์การลำไผ่", "อลฝ."))
    assert sorted(count for _, count in found) == [1, 1, 1]
