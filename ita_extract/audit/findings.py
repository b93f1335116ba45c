"""Results → findings: stable ids, messages in two languages, severity and cause as the state of the text allows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from ita_extract.audit.case import Case
from ita_extract.audit.legibility import is_doubted
from ita_extract.audit.reference import versions
from ita_extract.audit.results import SEVERITIES, Cause, Fail, Severity, Side, Term, Text2, Value
from ita_extract.audit.rule import Rule
from ita_extract.records import Finding
from ita_extract.thai.text import key

BETWEEN = " ⟷ "
"""Stands between the sides of `evidence_raw`."""
SHOWN = 90
"""Longest value (characters) in a message; the evidence has all of it."""
CAPPED: Severity = "low"
"""Severity, at most, of what is found in text that came out of its file damaged."""


Cases = Callable[[str], Case]
"""Gives a document by its id."""


def finding(rule: Rule, failed: Fail, case_of: Cases) -> Finding:
    """The row of a fail that was `placed`. Pointers into another document than the first begin with its id."""
    sides = failed.sides
    doubt = next((cause for side in sides if (cause := _doubt(side, case_of(side.document_id)))), None)
    severity = failed.severity or rule.severity
    if any(_is_converted(side, case_of(side.document_id)) for side in sides):
        severity = max(severity, CAPPED, key=SEVERITIES.index)
    english, thai = _messages(rule.text(failed.variant), failed.values)
    documents = list(dict.fromkeys(side.document_id for side in sides))
    pages = [side.page for side in sides if side.page is not None and side.document_id == documents[0]]
    measured = [side.confidence for side in sides if side.confidence is not None]
    return Finding(
        finding_id=_identity(rule, failed),
        document_id=documents[0],
        other_document_id=documents[1] if len(documents) > 1 else None,
        rule_code=rule.code,
        severity=severity,
        result="fail",
        scope=rule.scope,
        record_refs=_joined(side.record_id for side in sides),
        message_en=english,
        message_th=thai,
        evidence_raw=BETWEEN.join(side.text for side in sides if side.text) or None,
        cause_hint=failed.cause or doubt or "document",
        review_status="open",
        page=pages[0] if pages else None,
        where=_joined(_pointer(side, documents[0]) for side in sides),
        confidence=min(measured) if measured else None,
        reference_version=versions(rule.references),
    )


def _pointer(side: Side, document_id: str) -> str | None:
    if side.where is None or side.document_id == document_id:
        return side.where
    return f"{side.document_id}/{side.where}"


def placed(failed: Fail, case_of: Cases) -> Fail:
    """The fail with its sides where their texts stand."""
    return replace(failed, sides=tuple(_placed(side, case_of(side.document_id)) for side in failed.sides))


def _placed(side: Side, case: Case) -> Side:
    """The side where its text stands: a record's own place is that of the value by which it was found first."""
    for source in case.sources.get(side.record_id or "", ()):
        if source.text_raw and side.text and key(side.text) == key(source.text_raw):
            return replace(side, where=source.where, page=source.page, confidence=source.confidence)
    return side


def _identity(rule: Rule, failed: Fail) -> str:
    """The same question about the same bytes keeps its id, so that a reviewer's verdict survives the next run."""
    documents = tuple(side.document_id for side in failed.sides)
    records = tuple(side.record_id or "" for side in failed.sides)
    evidence = tuple(side.text for side in failed.sides)
    return _digest(rule.code, documents, records, evidence, (failed.variant, failed.topic))


def _digest(code: str, *parts: tuple[str, ...]) -> str:
    plain = "\x1e".join("\x1f".join(part) for part in parts)
    return f"{code}-{hashlib.sha256(plain.encode()).hexdigest()[:16]}"


def _joined(values: Iterable[str | None]) -> str | None:
    return ";".join(dict.fromkeys(value for value in values if value)) or None


def _messages(template: Text2, values: Mapping[str, Value]) -> Text2:
    return (
        template[0].format_map({name: _shown(value, "en") for name, value in values.items()}),
        template[1].format_map({name: _shown(value, "th") for name, value in values.items()}),
    )


def _shown(value: Value, language: str) -> str:
    if isinstance(value, Term):
        value = value.en if language == "en" else value.th
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


# ------------------------------------------------------------------ the state of the text
def _doubt(side: Side, case: Case) -> Cause | None:
    """Whether the reading itself is the likelier cause than the document."""
    if _is_converted(side, case):
        return "conversion"
    return "ocr" if is_doubted(side, case) else None


def _is_converted(side: Side, case: Case) -> bool:
    """Whether the text of a page came out of its file damaged."""
    page = case.pages.get(side.page) if side.page is not None else None
    return page is not None and page.ocr_reason is not None and page.origin != "ocr"
