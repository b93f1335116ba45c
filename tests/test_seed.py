"""The real report: every expected row and column, nothing twice, nothing invented, every source span reachable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ita_extract import Records, extract
from ita_extract.model import Document
from ita_extract.pointer import Where
from ita_extract.readers import read
from ita_extract.thai.text import key

FREE_TABLES = {"outcomes", "event_people", "contacts", "policy_items", "statements"}
"""Tables of which the expected file lists a choice: further rows are not wrong."""

DAMAGE_ONLY = {"ocr_issues", "other_labels"}
"""Parts of the gold file that annotate the text itself; no record stems from them."""


@pytest.fixture(scope="module")
def source(seed: Path) -> Path:
    return next(seed.glob("*.txt"))


@pytest.fixture(scope="module")
def records(source: Path) -> Records:
    return extract(source)


@pytest.fixture(scope="module")
def expected(seed: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((seed / "expected.json").read_text(encoding="utf-8"))
    return data


def agrees(want: Any, have: Any) -> bool:
    """Text after folding, numbers by value, everything else exactly."""
    if want is None or have is None:
        return want is None and have is None
    if isinstance(want, bool) or isinstance(have, bool):
        return want is have
    if isinstance(want, int | float):
        return float(want) == float(have)
    return key(str(want)) == key(str(have))


def by_title(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {key(row["title"]): row["activity_id"] for row in rows}


def test_every_expected_row_is_there_once_and_no_other(records: Records, expected: dict[str, Any]) -> None:
    titles = {row["activity_id"]: key(row["title"]) for row in expected["activities"]}
    ids = {title: row["activity_id"] for row in records.rows("activities") if (title := key(row["title"]))}
    ids = {gold: ids[title] for gold, title in titles.items()}
    for table, rows in expected.items():
        if table.startswith("_"):
            continue
        got = records.rows(table)
        open_rows = list(got)
        for row in rows:
            want = {c: v for c, v in row.items() if not (table == "activities" and c == "activity_id")}
            for link in ("activity_id", "parent_id"):
                if link in want and want[link] is not None:
                    want[link] = ids[want[link]]
            fit = [
                r
                for r in open_rows
                if all(agrees(v, r[c]) for c, v in want.items() if c not in ("activity_id", "parent_id"))
            ]
            fit = [r for r in fit if all(r[c] == want[c] for c in ("activity_id", "parent_id") if c in want)]
            assert fit, f"{table}: no row fits {want}"
            open_rows.remove(fit[0])
        assert table in FREE_TABLES or not open_rows, f"{table}: more than expected: {open_rows}"
    for table in expected["_empty"]:
        assert not records[table], table


def spans(node: Any) -> Iterator[tuple[int, int, str]]:
    if isinstance(node, dict):
        if "char_start" in node:
            yield node["char_start"], node["char_end"], node["raw"]
        for value in node.values():
            yield from spans(value)
    elif isinstance(node, list):
        for value in node:
            yield from spans(value)


def test_every_gold_span_that_a_record_stems_from_is_reachable(source: Path, seed: Path, records: Records) -> None:
    gold = json.loads((seed / "gold.json").read_text(encoding="utf-8"))
    document = read(source)
    pointers = {row["where"] for row in records.rows("provenance")}
    reached = [document.span(Where.parse(pointer)) for pointer in pointers]
    missing = []
    for part, node in gold.items():
        for start, end, raw in spans(node):
            assert document.source[start:end] == raw
            if part not in DAMAGE_ONLY and not any(a < end and start < b for a, b in reached):
                missing.append((part, raw))
    assert not missing


def test_every_gold_span_stands_in_the_ledger(source: Path, seed: Path, records: Records) -> None:
    gold = json.loads((seed / "gold.json").read_text(encoding="utf-8"))
    document = read(source)
    by_where = {row["where"]: row["text_raw"] for row in records.rows("blocks")}
    for start, end, raw in spans(gold):
        leaf = document.leaf_at(start)
        text = "".join(by_where[f"p{other.page}/b{other.number}"] for other in document.leaves[leaf.number - 1 :])
        assert text[start - leaf.start : end - leaf.start] == raw


def test_the_empty_grid_says_nothing_about_the_schedule(records: Records) -> None:
    months = records.rows("timeline_months")
    assert len(months) == 12
    assert {(row["cell_state"], row["is_scheduled"]) for row in months} == {("empty", None)}


def test_exactly_one_of_five_options_is_selected(records: Records) -> None:
    scale = [row for row in records.rows("rating_options") if row["group_key"] == "8.1"]
    assert len(scale) == 5
    assert [row["selected"] for row in scale].count(True) == 1


def test_nobody_has_an_invented_role(records: Records) -> None:
    people = records.rows("attendees")
    assert len(people) == 11
    assert {row["role_raw"] for row in people} == {None}


def test_one_training_is_told_three_times(records: Records) -> None:
    assert [row["telling_count"] for row in records.rows("events")] == [3]


def verbatim_everywhere(document: Document, records: Records) -> Iterator[tuple[str, str, str]]:
    for table, rows in records.tables.items():
        for row in rows:
            where, text = getattr(row, "where", None), getattr(row, "source_text", getattr(row, "text_raw", None))
            if where is not None and text is not None and table != "provenance":
                yield table, document.verbatim(Where.parse(where)), text


def test_every_pointer_gives_back_its_text(source: Path, records: Records) -> None:
    document = read(source)
    for table, verbatim, text in verbatim_everywhere(document, records):
        assert verbatim == text, table
