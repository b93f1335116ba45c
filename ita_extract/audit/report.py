"""What a person sees of an audit: findings by rule and severity, what passed, what could not be checked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ita_extract.audit.manual import SEVERITY_TH
from ita_extract.audit.results import SEVERITIES, Severity
from ita_extract.audit.rule import Rule
from ita_extract.audit.run import Tally
from ita_extract.file_names import on_one_line
from ita_extract.records import Finding

SHOWN = 12
_STYLE = {"high": "bold red", "medium": "yellow", "low": "cyan", "info": "dim"}


class Summary:
    """Counts findings as they are made and keeps the first of the gravest to show."""

    def __init__(self, fail_on: Severity) -> None:
        self._limit = SEVERITIES.index(fail_on)
        self._open: Counter[str] = Counter()
        self._judged = 0
        self.total = 0
        self._first: defaultdict[str, list[Finding]] = defaultdict(list)
        self.judged: set[str] = set()
        """Findings on which a reviewer has said something."""

    def add(self, finding: Finding) -> None:
        """Takes in one finding."""
        self.total += 1
        severity = finding.severity or "info"
        if finding.review_status not in (None, "open"):
            self.judged.add(finding.finding_id)
        if finding.review_status in ("explained", "false_positive"):
            self._judged += 1
            return
        self._open[severity] += 1
        if len(self._first[severity]) < SHOWN:
            self._first[severity].append(finding)

    @property
    def fails(self) -> bool:
        """Whether a finding is left that is grave enough to fail."""
        return any(self._open[severity] for severity in SEVERITIES[: self._limit + 1])

    def show(self, rules: Sequence[Rule], tallies: Mapping[str, Tally], *, unused: int) -> None:
        """Prints the summary. `unused` verdicts belong to no finding any more."""
        console = Console()
        table = Table(title="rules · กฎการตรวจสอบ", title_justify="left")
        for heading in ("rule", "severity", "checks", "ตรวจ"):
            table.add_column(heading)
        for heading in ("findings\nข้อสังเกต", "documents\nเอกสาร", "passed\nผ่าน", "not checkable\nตรวจไม่ได้"):
            table.add_column(heading, justify="right")
        for rule in rules:
            tally = tallies[rule.code]
            counts = (tally.findings, tally.failed, tally.passed, tally.not_checkable)
            style = _STYLE[rule.severity] if tally.findings else ""
            table.add_row(rule.code, rule.severity, *rule.title, *map(str, counts), style=style)
        console.print(table)
        total = " · ".join(f"{self._open[name]} {name} ({SEVERITY_TH[name]})" for name in SEVERITIES)
        console.print(f"open findings · ข้อสังเกตที่ยังเปิดอยู่: {total}")
        if self._judged:
            console.print(f"explained or false by reviewers · ผู้ทบทวนชี้แจงแล้ว: {self._judged}")
        if unused:
            console.print(f"verdicts on findings that are no more · ข้อวินิจฉัยที่ไม่มีข้อสังเกตแล้ว: {unused}")
        self._show_first(console)

    def _show_first(self, console: Console) -> None:
        gravest = [finding for severity in SEVERITIES for finding in self._first[severity]][:SHOWN]
        if not gravest:
            return
        console.print("look at first · ควรดูก่อน:")
        for finding in gravest:
            severity = finding.severity or "info"
            console.print(f"  [{_STYLE[severity]}]{finding.rule_code}[/] {_text(finding.message_en)}")
            console.print(f"      {_text(finding.message_th)}")
            console.print(f"      {finding.document_id}/{_text(finding.where)}  {finding.finding_id}", style="dim")
        left = sum(self._open.values()) - len(gravest)
        if left > 0:
            console.print(f"  … and {left} more in tables/findings.csv")


def _text(value: str | None) -> str:
    return escape(on_one_line(value or ""))
