"""Every rule has a manual in two languages, and cases that it must find, pass and leave."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

import ita_extract.audit
from ita_extract.audit.case import Case
from ita_extract.audit.comparison import comparison
from ita_extract.audit.registry import BY_CODE, RULES
from ita_extract.audit.rule import Rule
from ita_extract.audit.run import Tally, audit_document, audit_together
from ita_extract.records import BY_NAME, Column, Record
from ita_extract.records.bundle import Records, make_records

CASES = Path(ita_extract.audit.__file__).parent / "cases"
DOCUMENT_ID = "0123456789abcdef"
THAI = re.compile("[ก-๙]")
KINDS = ("fail", "pass", "not_checkable")


def records_of(tables: dict[str, list[dict[str, Any]]], document_id: str = DOCUMENT_ID, prefix: str = "") -> Records:
    """Records of one document from the few columns that a case names; keys of records begin with `prefix`."""
    tables = {"documents": [{}], **tables}
    rows: list[Record] = []
    for name, entries in tables.items():
        record_type = BY_NAME[name]
        for number, entry in enumerate(entries, 1):
            given = {column: _filled(name, column, number) for column in record_type.table.key} | entry
            for column in record_type.table.columns:
                if prefix and _names_a_record(record_type, column) and given.get(column.name):
                    given[column.name] = f"{prefix}{given[column.name]}"
            if "document_id" in record_type.__struct_fields__:
                given["document_id"] = entry.get("document_id", document_id)
            rows.append(msgspec.convert(given, record_type, strict=False))
    return make_records(document_id, rows)


def _names_a_record(record_type: type[Record], column: Column) -> bool:
    is_key = column.name in record_type.table.key and column.kind == "string" and not column.enum
    return column.name != "document_id" and (is_key or bool(column.references and column.references != "documents"))


def documents_of(case: dict[str, Any]) -> list[Records]:
    """The documents of a case: of `records` one, of `documents` several, whose records have keys of their own."""
    if "records" in case:
        return [records_of(case["records"])]
    ids = [f"{number:016x}" for number, _ in enumerate(case["documents"], 1)]
    return [records_of(tables, one, f"{one}/") for one, tables in zip(ids, case["documents"], strict=True)]


def _filled(table: str, column: str, number: int) -> Any:
    known = next(c for c in BY_NAME[table].table.columns if c.name == column)
    if column == "document_id":
        return DOCUMENT_ID
    if known.enum:
        return "unspecified" if "unspecified" in known.enum else known.enum[0]
    return number if known.kind == "integer" else f"{table}-{number}"


def cases_of(rule: Rule) -> dict[str, list[dict[str, Any]]]:
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load((CASES / f"{rule.code}.yaml").read_text(encoding="utf-8"))
    return data


ALL = [
    pytest.param(rule, kind, case, id=f"{rule.code}-{kind}-{number}")
    for rule in RULES
    if (CASES / f"{rule.code}.yaml").exists()
    for kind in KINDS
    for number, case in enumerate(cases_of(rule).get(kind, ()), 1)
]


@pytest.mark.parametrize(("rule", "kind", "case"), ALL)
def test_case(rule: Rule, kind: str, case: dict[str, Any]) -> None:
    tallies = {rule.code: Tally()}
    options = {rule.code: case.get("options", {})}
    documents = documents_of(case)
    found = [row for records in documents for row in audit_document(records, [rule], options, tallies)]
    if rule.compare and "documents" in case:
        cases = {records.document_id: Case(records) for records in documents}
        with comparison(documents) as compared:
            found += audit_together(compared, [rule], cases.__getitem__, options, tallies)
    tally = tallies[rule.code]
    became = {"fail": tally.failed, "pass": tally.passed, "not_checkable": tally.not_checkable}
    assert next((name for name in KINDS if became[name]), None) == kind, (case["why"], became)
    assert "documents" in case or sum(became.values()) == 1, case["why"]
    expected = case.get("expect", {})
    assert len(found) == expected.pop("count", len(found))
    for name, value in expected.items():
        told = [str(getattr(row, name)) for row in found]
        assert any(str(value) in one for one in told), (case["why"], name, told)
    for row in found:
        assert row.evidence_raw, case["why"]
        assert "{" not in f"{row.message_en}{row.message_th}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_complete(rule: Rule) -> None:
    cases = cases_of(rule)
    assert cases.get("fail"), "no case that it must find"
    assert cases.get("pass"), "no look-alike that must stay silent"
    assert all(case.get("why") for kind in KINDS for case in cases.get(kind, ()))
    for english, thai in (rule.manual, rule.message, rule.needs, rule.title, *rule.variants.values()):
        assert english, "no English"
        assert not THAI.search(english.replace("ไทย", "")) or rule.message != (english, thai)
        assert THAI.search(thai), "no Thai"


def test_codes_are_in_order_and_each_once() -> None:
    assert [rule.code for rule in RULES] == sorted(BY_CODE, key=lambda code: ("DPYA".index(code[0]), int(code[1:])))


def test_no_cases_without_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} == set(BY_CODE)
