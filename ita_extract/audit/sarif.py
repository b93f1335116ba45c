"""Findings as SARIF 2.1.0, the form that code-scanning tools take in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

import msgspec

from ita_extract import __version__
from ita_extract.audit.rule import Rule
from ita_extract.records import Finding

_LEVEL = {"high": "error", "medium": "warning", "low": "note", "info": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(findings: Iterable[Finding], rules: Iterable[Rule], name_of: Callable[[str], str]) -> bytes:
    """A SARIF log; `name_of` gives the file name of a document."""
    driver = {
        "name": "ita-extract",
        "version": __version__,
        "rules": [
            {"id": rule.code, "shortDescription": {"text": rule.title[0]}, "fullDescription": {"text": rule.manual[0]}}
            for rule in rules
        ],
    }
    results = [_result(finding, name_of) for finding in findings]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n"


def _result(finding: Finding, name_of: Callable[[str], str]) -> dict[str, Any]:
    found = {
        "ruleId": finding.rule_code,
        "level": _LEVEL[finding.severity or "info"],
        "message": {"text": f"{finding.message_en}\n{finding.message_th}"},
        "partialFingerprints": {"finding_id": finding.finding_id},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": {"uri": _uri(name_of(document))}},
                "logicalLocations": [{"fullyQualifiedName": f"{document}/{';'.join(pointers)}"}],
            }
            for document, pointers in _places(finding).items()
        ],
        "properties": {
            "severity": finding.severity,
            "cause_hint": finding.cause_hint,
            "evidence": finding.evidence_raw,
            "review_status": finding.review_status,
        },
    }
    if finding.review_status in ("accepted", "explained", "false_positive"):
        found["suppressions"] = [{"kind": "external", "justification": finding.note or finding.review_status}]
    return found


def _places(finding: Finding) -> dict[str, list[str]]:
    """The pointers of a finding by document; those into other documents than the first begin with its id."""
    documents = (finding.document_id, finding.other_document_id)
    places: dict[str, list[str]] = {document: [] for document in documents if document}
    for pointer in filter(None, (finding.where or "").split(";")):
        first, slash, rest = pointer.partition("/")
        is_other = slash and not first.startswith("p")
        places.setdefault(first if is_other else finding.document_id, []).append(rest if is_other else pointer)
    return places


def _uri(name: str) -> str:
    return quote(name)
