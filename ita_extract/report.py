"""What a person sees of a run: progress on a terminal, and a short table at the end."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table

from ita_extract.batch import Outcome, Run

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
    """A progress bar on standard error; silent when that is no terminal."""

    def __init__(self, total: int, *, enabled: bool) -> None:
        console = Console(stderr=True)
        self._bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not (enabled and console.is_terminal),
            transient=True,
        )
        self._task = self._bar.add_task("reading", total=total)

    def __enter__(self) -> Progress:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def advance(self, outcome: Outcome) -> None:
        """One input is done."""
        self._bar.update(self._task, advance=1, description=Path(outcome.file).name[:40])


def closing_table(run: Run, folder: Path) -> None:
    """Prints what was done, what the archive now holds, and what to look at first."""
    console = Console()
    console.print(
        f"{len(run.outcomes)} inputs: {run.count('ok')} extracted, {run.count('skipped')} already there, "
        f"{run.count('failed')} failed → {folder}"
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
    covered = [o.coverage_ratio for o in run.outcomes if o.coverage_ratio is not None]
    if covered:
        console.print(f"text accounted for: {sum(covered) / len(covered):.1%} on average")
    notes = [f"{o.file}: {o.message} → {o.remedy}" for o in run.outcomes if o.status == "failed"]
    low = sorted(
        (o for o in run.outcomes if (o.coverage_ratio or 1) < LOW_COVERAGE), key=lambda o: o.coverage_ratio or 0
    )
    notes += [
        f"{o.file}: only {o.coverage_ratio:.0%} of its text became records (blocks.csv, usage=unclaimed)" for o in low
    ]
    doubtful = sorted((o for o in run.outcomes if o.suspected_error_count), key=lambda o: -o.suspected_error_count)
    notes += [f"{o.file}: {o.suspected_error_count} suspected reading errors (suspected_errors.csv)" for o in doubtful]
    notes += [f"{o.file}: {warning}" for o in run.outcomes for warning in o.warnings]
    if not notes:
        return
    console.print("look at first · ควรดูก่อน:")
    for note in notes[:SHOWN]:
        console.print(f"  • {note}", markup=False, highlight=False)
    if len(notes) > SHOWN:
        console.print(f"  … and {len(notes) - SHOWN} more in runs.jsonl")
