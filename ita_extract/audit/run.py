"""The audit of an archive: every rule over every document, and how often each rule passed or could not look."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ita_extract.archive import Archive
from ita_extract.audit.case import Case
from ita_extract.audit.findings import finding
from ita_extract.audit.results import Fail, Passed, Skip, Text2
from ita_extract.audit.rule import Option, Rule
from ita_extract.records import Finding
from ita_extract.records.bundle import Records

Options = Mapping[str, Mapping[str, Option]]
"""Settings of rules, by code."""


@dataclass(slots=True)
class Tally:
    """What became of one rule: documents in which it found something, only passes, or nothing that it could look at."""

    failed: int = 0
    passed: int = 0
    not_checkable: int = 0
    findings: int = 0
    reasons: Counter[Text2] = field(default_factory=Counter)


Tallies = dict[str, Tally]


def audit_document(
    records: Records, rules: Iterable[Rule], options: Options | None = None, tallies: Tallies | None = None
) -> Iterator[Finding]:
    """The findings of one document, in the order of the rules; `tallies` are counted up."""
    case = Case(records)
    for rule in rules:
        case.options = {**rule.options, **(options or {}).get(rule.code, {})}
        results = list(rule.check(case))
        found = {
            row.finding_id: row
            for result in results
            if isinstance(result, Fail)
            if (row := finding(rule, result, case))
        }
        if tallies is not None:
            _count(tallies[rule.code], rule, results, len(found))
        yield from found.values()


def _count(tally: Tally, rule: Rule, results: Sequence[object], findings: int) -> None:
    tally.findings += findings
    if findings:
        tally.failed += 1
    elif any(isinstance(result, Passed) for result in results):
        tally.passed += 1
    else:
        tally.not_checkable += 1
        reasons = [result.reason for result in results if isinstance(result, Skip)] or [rule.needs]
        tally.reasons.update(reasons)


def audit(
    archive: Archive,
    rules: Sequence[Rule],
    options: Options | None = None,
    *,
    on_document: Callable[[Records], None] = lambda _: None,
) -> tuple[Iterator[Finding], Tallies]:
    """The findings of an archive as they are made, one document in memory at a time, and the tallies they count up.

    `on_document` is shown every document on the way.

    Raises ArchiveError where a document of the archive cannot be read.
    """
    tallies: Tallies = defaultdict(Tally)
    for rule in rules:
        tallies[rule.code] = Tally()

    def findings() -> Iterator[Finding]:
        for records in archive:
            on_document(records)
            yield from audit_document(records, rules, options, tallies)

    return findings(), tallies
