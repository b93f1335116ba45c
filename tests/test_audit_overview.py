"""The overview of an archive: agencies under one name, as the comparison of documents has them."""

from __future__ import annotations

from typing import Literal

from ita_extract.audit.overview import Overview
from ita_extract.records import DocumentRecord
from ita_extract.records.bundle import Records

WATER = "กรมอุทกวิจัย"
FOREST = "กรมอวลพฤกษ์"


def _records(
    number: int, agency: str, abbreviation: str | None = None, *, basis: Literal["stated", "unknown"] = "stated"
) -> Records:
    name = f"d{number}"
    document = DocumentRecord(
        document_id=name,
        agency=agency,
        agency_abbr=abbreviation,
        agency_basis=basis,
        doc_type="plan",
        fiscal_year_be=2568,
    )
    return Records(name, {"documents": (document,)})


def _plans(*documents: Records) -> dict[str, int]:
    overview = Overview()
    for document in documents:
        overview.add(document)
    return {agency.name: agency.years[2568].kinds["plan"] for agency in overview.agencies}


def test_an_abbreviation_alone_is_the_agency_that_has_it_whichever_comes_first() -> None:
    full, short = _records(1, WATER, "อวท."), _records(2, "อวท.")
    assert _plans(full, short) == {WATER: 2}
    assert _plans(short, full) == {WATER: 2}


def test_an_abbreviation_of_two_agencies_stays_by_itself() -> None:
    documents = _records(1, WATER, "อวท."), _records(2, FOREST, "อวท."), _records(3, "อวท.")
    assert _plans(*documents) == {WATER: 1, FOREST: 1, "อวท.": 1}


def test_an_agency_that_is_not_certain_lends_no_name() -> None:
    assert _plans(_records(1, WATER, "อวท.", basis="unknown"), _records(2, "อวท.")) == {WATER: 1, "อวท.": 1}


def test_asking_twice_counts_once() -> None:
    overview = Overview()
    for document in (_records(1, WATER, "อวท."), _records(2, "อวท.")):
        overview.add(document)
    assert [a.years[2568].kinds["plan"] for a in overview.agencies + overview.agencies] == [2, 2]
