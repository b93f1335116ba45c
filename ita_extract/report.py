"""What a person sees of a run: progress on a terminal, and a short table at the end."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from ita_extract.batch import Outcome, Run
from ita_extract.file_names import on_one_line

LOW_COVERAGE = 0.8
"""Below this share of used text a document is worth a look before its records are used."""
SHOWN = 8

_FACTS = (
    ("plans", "แผน"),
    ("activities", "กิจกรรม"),
    ("indicators", "ตัวชี้วัด"),
    ("budgets", "งบประมาณ"),
    ("outcomes", "ผลการดำเนินงาน"),
    ("events", "เหตุการณ์"),
    ("meetings", "การประชุม"),
    ("attendees", "ผู้เข้าประชุม"),
    ("ita_scores", "คะแนน ITA"),
    ("citations", "กฎ/ระเบียบที่อ้าง"),
    ("suspected_errors", "ข้อสงสัยจากการอ่านภาพ"),
)


class Progress:
    """A progress bar on standard error, with rate and remaining time; silent when that is no terminal."""

    def __init__(self, total: int, *, enabled: bool) -> None:
        console = Console(stderr=True)
        self._bar = Bar(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TextColumn("{task.fields[failed]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not (enabled and console.is_terminal),
            transient=True,
            speed_estimate_period=300,
        )
        self._failed = 0
        self._task = self._bar.add_task("reading", total=total, rate="", failed="")

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def page(self, path: Path, number: int) -> None:
        """A page of an input is being read from its picture."""
        self._bar.update(self._task, description=f"{on_one_line(path.name)[:30]} · page {number}")

    def advance(self, outcome: Outcome) -> None:
        """One input is done."""
        self._failed += outcome.status == "failed"
        speed = self._bar.tasks[0].speed
        self._bar.update(
            self._task,
            advance=1,
            description=on_one_line(Path(outcome.file).name)[:40],
            rate=f"{speed * 60:.0f}/min" if speed else "",
            failed=f"{self._failed} failed" if self._failed else "",
        )


def closing_table(run: Run, folder: Path) -> None:
    """Prints what was done, what the archive now holds, and what to look at first."""
    console = Console()
    console.print(
        f"{run.counts.total()} inputs: {run.counts['ok']} extracted, {run.counts['skipped']} already there, "
        f"{run.counts['failed']} failed → {folder}"
    )
    table = Table(title="records in the archive · ระเบียนในคลัง", title_justify="left")
    table.add_column("table")
    table.add_column("ตาราง")
    table.add_column("rows", justify="right")
    table.add_row("documents", "เอกสาร", str(run.row_counts.get("documents", 0)))
    for name, title in _FACTS:
        table.add_row(name, title, str(run.row_counts.get(name, 0)))
    console.print(table)
    _look_first(console, run)


def _look_first(console: Console, run: Run) -> None:
    look = _Look()
    for outcome in run.outcomes():
        look.add(outcome)
    if look.covered:
        console.print(f"text accounted for: {look.covered_sum / look.covered:.1%} on average")
    if not look.count:
        return
    console.print("look at first · ควรดูก่อน:")
    for _, _, note in sorted(look.notes, reverse=True):
        console.print(f"  • {on_one_line(note)}", markup=False, highlight=False)
    if look.count > SHOWN:
        console.print(f"  … and {look.count - SHOWN} more in runs.jsonl")


@dataclass
class _Look:
    """What is most worth a look, gathered outcome by outcome: failures, then low coverage, then doubts and warnings."""

    covered: int = 0
    covered_sum: float = 0.0
    count: int = 0
    notes: list[tuple[tuple[int, float], int, str]] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Takes in one outcome."""
        if outcome.status == "failed":
            self._note(3, 0, f"{outcome.file}: {outcome.message} → {outcome.remedy}")
        coverage = outcome.coverage_ratio
        if coverage is not None:
            self.covered += 1
            self.covered_sum += coverage
            if coverage < LOW_COVERAGE:
                what = f"only {coverage:.0%} of its text became records (blocks.csv, usage=unclaimed)"
                self._note(2, -coverage, f"{outcome.file}: {what}")
        if doubts := outcome.suspected_error_count:
            self._note(1, doubts, f"{outcome.file}: {doubts} suspected reading errors (suspected_errors.csv)")
        for warning in outcome.warnings:
            self._note(0, 0, f"{outcome.file}: {warning}")

    def _note(self, rank: int, weight: float, text: str) -> None:
        """Keeps the gravest notes; of equals the first."""
        self.count += 1
        entry = ((rank, weight), -self.count, text)
        if len(self.notes) < SHOWN:
            heapq.heappush(self.notes, entry)
        else:
            heapq.heappushpop(self.notes, entry)
