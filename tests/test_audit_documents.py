"""Whole documents under audit: what an auditor finds in the real report, and that the samples raise no false alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from ita_extract import extract
from ita_extract.audit.registry import RULES
from ita_extract.audit.run import Tallies, Tally, audit_document
from ita_extract.records import Finding

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "samples").glob("*/source.*"))
IN_THE_REPORT = {
    "D01": "medium",
    "D08": "low",
    "D09": "high",
    "D11": "low",
    "D12": "info",
    "D13": "medium",
    "D14": "high",
    "D15": "info",
    "D16": "medium",
    "D18": "low",
    "D19": "medium",
    "D20": "high",
    "D21": "high",
    "D22": "low",
    "D23": "low",
    "D25": "medium",
    "D29": "info",
    "D33": "low",
    "D34": "info",
    "D35": "medium",
    "D36": "medium",
    "D37": "medium",
    "D38": "medium",
    "D39": "high",
    "D40": "medium",
    "D41": "low",
    "D45": "medium",
    "D46": "low",
    "D47": "medium",
    "P02": "medium",
    "P08": "info",
}
"""Rules that find something in the real report, with the severity that an auditor gave it."""
OF_THE_WHOLE = {"D37", "D38"}
"""Rules about what is nowhere in a document."""
AGREEING = ("D02", "D03", "D04", "D05", "D06", "D07", "D10", "D28", "D30", "D31")
"""What agrees in the report: a finding here is a false alarm."""
IN_SAMPLES = {
    "corruption-plan": {"D37"},
    "ita-matrix": {"D25", "D37"},
    "measures-matrix": {"D14", "D23", "D37"},
    "month-chart": {"D25", "D37"},
    "plan-form": {"D08", "D11", "D14", "D25", "D34", "D36", "D37", "D45", "P08"},
    "press-release": {"D36"},
    "quarter-plan": {"D37"},
    "result-report": {"D16"},
    "risk-forms": {"D25", "D37", "P14"},
    "risk-register": {"D25", "D37"},
    "school-project": {"D37"},
    "web-form-874": {"D27", "D37"},
}
"""Samples whose text really has what the rule asks about; all others are clean."""


def audited(source: Path) -> tuple[list[Finding], Tallies]:
    tallies = {rule.code: Tally() for rule in RULES}
    return list(audit_document(extract(source), RULES, tallies=tallies)), tallies


def test_the_real_report(seed: Path) -> None:
    found, tallies = audited(next(seed.glob("*.txt")))
    told = {row.rule_code: row.severity for row in found}
    assert {code: told.get(code) for code in IN_THE_REPORT} == IN_THE_REPORT
    assert not {code for code in AGREEING if tallies[code].failed}
    assert not {code for code, severity in told.items() if severity == "high"} - IN_THE_REPORT.keys()
    assert all(row.where for row in found if row.rule_code in IN_THE_REPORT.keys() - OF_THE_WHOLE)


@pytest.mark.parametrize("source", SAMPLES, ids=lambda path: path.parent.name)
def test_samples(source: Path) -> None:
    found, _ = audited(source)
    codes = {row.rule_code for row in found if row.rule_code}
    assert codes == IN_SAMPLES.get(source.parent.name, set())
