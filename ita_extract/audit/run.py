"""The audit of an archive: every rule over every document and over all of them, and how often each passed."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ita_extract.archive import Archive
from ita_extract.audit.case import Case
from ita_extract.audit.comparison import Comparison, comparison
from ita_extract.audit.findings import Cases, finding, placed
from ita_extract.audit.gathered import Gathered
from ita_extract.audit.legibility import hindrance
from ita_extract.audit.links import links
from ita_extract.audit.results import Fail, Passed, Result, Skip, Text2
from ita_extract.audit.rule import Option, Rule
from ita_extract.records import DocumentLink, Finding
from ita_extract.records.bundle import Records

Options = Mapping[str, Mapping[str, Option]]
"""Settings of rules, by code."""
_AT_HAND = 64
"""Documents kept in memory while the findings of comparisons are written."""


@dataclass(slots=True)
class Tally:
    """What became of one rule: documents in which it found something, only passes, or nothing that it could look at.

    Where several documents are compared, each comparison counts.
    """

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
        if rule.check is None:
            continue
        case.options = {**rule.options, **(options or {}).get(rule.code, {})}
        results = [_weighed(result, lambda _: case) for result in rule.check(case)]
        found = _found(rule, results, lambda _: case)
        if tallies is not None:
            _count(tallies[rule.code], rule, results, len(found))
        yield from found.values()


def _weighed(result: Result, case_of: Cases) -> Result:
    """The result, or why it is none: the documents were not read well enough to conclude so."""
    if not isinstance(result, Fail):
        return result
    failed = placed(result, case_of)
    cases = [case_of(document_id) for document_id in dict.fromkeys(side.document_id for side in failed.sides)]
    return hindrance(failed, cases) or failed


def _found(rule: Rule, results: Iterable[Result], case_of: Cases) -> dict[str, Finding]:
    rows = (finding(rule, result, case_of) for result in results if isinstance(result, Fail))
    return {row.finding_id: row for row in rows}


def _count(tally: Tally, rule: Rule, results: Sequence[Result], findings: int) -> None:
    tally.findings += findings
    if findings:
        tally.failed += 1
    elif any(isinstance(result, Passed) for result in results):
        tally.passed += 1
    else:
        tally.not_checkable += 1
        reasons = [result.reason for result in results if isinstance(result, Skip)] or [rule.needs]
        tally.reasons.update(reasons)


def audit_together(
    compared: Comparison,
    rules: Iterable[Rule],
    case_of: Cases,
    options: Options | None = None,
    tallies: Tallies | None = None,
) -> Iterator[Finding]:
    """The findings of the rules that compare documents, in the order of the documents; `tallies` are counted up.
    All are looked for before the first is given; until then they wait in a file.

    `case_of` gives a document by its id.
    """
    with Gathered() as gathered:
        for at, rule in enumerate(rules):
            if rule.compare is None:
                continue
            compared.options = {**rule.options, **(options or {}).get(rule.code, {})}
            tally = (tallies or {}).get(rule.code) or Tally()
            for result in (_weighed(result, case_of) for result in rule.compare(compared)):
                if isinstance(result, Fail):
                    gathered.add(finding(rule, result, case_of), at)
                elif isinstance(result, Passed):
                    tally.passed += result.count
                else:
                    tally.not_checkable += result.count
                    tally.reasons[result.reason] += result.count
            failed, found = gathered.counts(at)
            tally.failed += failed
            tally.findings += found
            if not (tally.failed or tally.passed or tally.not_checkable):
                tally.not_checkable = 1
                tally.reasons[rule.needs] += 1
        yield from gathered


def audit(
    archive: Archive,
    rules: Sequence[Rule],
    options: Options | None = None,
    *,
    on_document: Callable[[Records], None] = lambda _: None,
    on_links: Callable[[Iterator[DocumentLink]], None] = lambda _: None,
) -> tuple[Iterator[Finding], Tallies]:
    """The findings of an archive in the order of its documents, few documents in memory at a time, and the tallies
    they count up.

    `on_document` is shown every document on the way, `on_links` the links between them.

    Raises ArchiveError where a document of the archive cannot be read.
    """
    tallies: Tallies = defaultdict(Tally)
    for rule in rules:
        tallies[rule.code] = Tally()

    def documents(gathered: Gathered) -> Iterator[Records]:
        for records in archive:
            on_document(records)
            for place, row in enumerate(audit_document(records, rules, options, tallies)):
                gathered.add(row, place)
            yield records

    def findings() -> Iterator[Finding]:
        case_of = lru_cache(_AT_HAND)(lambda document_id: Case(archive.read(document_id)))
        with Gathered() as single, comparison(documents(single)) as compared:
            on_links(links(compared))
            several = audit_together(compared, rules, case_of, options, tallies)
            yield from heapq.merge(single, several, key=lambda row: row.document_id)

    return findings(), tallies
