"""What a rule answers: pass, fail with the evidence of every side, or not checkable with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ita_extract.records import Located, Record

Severity = Literal["high", "medium", "low", "info"]
Cause = Literal["document", "ocr", "conversion", "archive_gap", "extractor"]
Text2 = tuple[str, str]
"""The same text in English and in Thai."""

SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low", "info")
"""From the gravest to mere context."""


@dataclass(frozen=True, slots=True)
class Term:
    """A value that an English and a Thai message print differently."""

    en: str
    th: str


Value = str | int | Decimal | Term


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what is printed, and where."""

    document_id: str
    text: str
    where: str | None = None
    page: int | None = None
    record_id: str | None = None
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Fail:
    """Two sides that do not agree, or one that lacks what it should have."""

    sides: tuple[Side, ...]
    values: Mapping[str, Value]
    variant: str = ""
    severity: Severity | None = None
    """Where it is not the rule's own."""
    cause: Cause | None = None
    """Where the rule knows better than the state of the text tells."""
    topic: str = ""
    """Tells findings with the same evidence apart."""
    absent: bool = False
    """Whether it concludes from something that was not found: on a scan that may only not have been read."""
    differs_from: str | None = None
    """The wording from which what is shown differs, where letters decide: on a scan they may have been misread."""


@dataclass(frozen=True, slots=True)
class Passed:
    """So many things were checked and agree."""

    count: int = 1


@dataclass(frozen=True, slots=True)
class Skip:
    """So many things could not be checked, and why."""

    reason: Text2
    count: int = 1


Result = Fail | Passed | Skip
Results = Iterator[Result]
PASS = Passed()


def fail(
    *sides: Side,
    variant: str = "",
    severity: Severity | None = None,
    cause: Cause | None = None,
    topic: str = "",
    absent: bool = False,
    differs_from: str | None = None,
    **values: Value,
) -> Fail:
    """A fail with its evidence; `values` fill the places in the rule's messages."""
    return Fail(sides, values, variant, severity, cause, topic, absent, differs_from)


def skip(en: str, th: str, count: int = 1) -> Skip:
    """Not checkable, with the reason in both languages."""
    return Skip((en, th), count)


def record_id(record: Record) -> str:
    """The record's key as findings name it; the parts of a compound key are joined by '#'."""
    return "#".join(str(getattr(record, name)) for name in record.table.key)


def side(record: Located, text: str | None = None) -> Side:
    """A record as one side of a finding; `text` is the part of it that matters, all of it when not given."""
    shown = text if text is not None else record.source_text or ""
    return Side(record.document_id, shown, record.where, record.page, record_id(record), record.confidence)
