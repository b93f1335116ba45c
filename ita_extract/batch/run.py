"""A run: inputs identified, those not yet in the archive extracted, every outcome written down, tables written."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from ita_extract.archive import Archive
from ita_extract.batch import history, teams
from ita_extract.batch.crew import OnPage
from ita_extract.batch.history import History
from ita_extract.batch.settings import Outcome, Settings, Status, Task, failed, without_persons
from ita_extract.batch.teams import Team
from ita_extract.batch.work import Fingerprint, fingerprint, is_of_the_archive
from ita_extract.errors import ArchiveError, CrashError, ItaError, WorkerError
from ita_extract.export.csv_tables import write_tables
from ita_extract.export.schemas import data_package
from ita_extract.file_names import printable
from ita_extract.redact import is_redacted, redacted
from ita_extract.storage import is_local, sweep, write_whole

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: how many inputs ended how, and the number of rows in each table of the archive."""

    folder: Path
    run_id: str
    counts: Counter[Status]
    row_counts: dict[str, int]

    def outcomes(self) -> Iterator[Outcome]:
        """The outcome of every input, from `runs.jsonl`, in the order in which they came."""
        return history.outcomes(self.folder, self.run_id)


def run(
    inputs: Sequence[Path],
    folder: Path,
    settings: Settings,
    *,
    jobs: int | None = None,
    cluster: str | None = None,
    fresh: bool = False,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
    on_page: OnPage = lambda path, number: None,
) -> Run:
    """Extracts all inputs into `folder` and writes its tables. A bad input is an outcome, never an exception.

    `jobs` is the number of processes (all cores); `cluster` the address of a Dask scheduler that has them instead.
    `on_page` is told, by threads of its own, which page of an input is being read from its picture (not by a cluster).

    Raises:
        ArchiveError: the folder cannot be written, or another run is writing into it.
        WorkerError: no worker can be started, or the cluster is gone.
    """
    if cluster is not None:
        inputs, folder = [_everywhere(path) for path in inputs], _everywhere(folder)
    archive = Archive(folder)
    counts: Counter[Status] = Counter()
    with archive.locked():
        sweep(folder)
        if settings.redact_persons:
            history.redact(folder)
        with History(folder, settings) as log:
            with _team(jobs, cluster, len(inputs), on_page) as team:
                for outcome in _Schedule(inputs, folder, settings, team, fresh=fresh):
                    told = without_persons(outcome) if settings.redact_persons else outcome
                    log.add(told)
                    counts[told.status] += 1
                    on_outcome(told)
                    if is_of_the_archive(told):
                        raise ArchiveError(told.message or "", remedy=told.remedy)
            log.finish(counts.total(), counts["failed"])
        if settings.redact_persons:
            _redact_the_rest(archive)
        row_counts = write_tables(archive, excel=settings.excel, runs=history.finished_runs(folder))
        write_whole(folder / "datapackage.json", data_package(excel=settings.excel))
    return Run(folder, log.run_id, counts, row_counts)


def _everywhere(path: Path) -> Path:
    """A path as it is seen from any folder of any machine."""
    return path.absolute() if is_local(path) else path


def _redact_the_rest(archive: Archive) -> None:
    """Takes personal data out of what earlier runs and audits have left in the archive."""
    archive.forget_audit()
    for records in archive:
        if not is_redacted(records):
            archive.add(redacted(records))


def _team(jobs: int | None, cluster: str | None, inputs: int, on_page: OnPage) -> AbstractContextManager[Team]:
    if cluster is not None:
        return teams.cluster(cluster)
    return teams.local(max(1, min(jobs or teams.cores(), inputs)), on_page)


class _Schedule:
    """Inputs on their way through a team. Of inputs with the same content the first is extracted, by order of input."""

    def __init__(self, inputs: Sequence[Path], folder: Path, settings: Settings, team: Team, *, fresh: bool) -> None:
        self._tasks = (Task.of(path, folder, settings) for path in inputs)
        self._team = team
        self._fresh = fresh
        self._identifying: deque[tuple[Task, Future[Fingerprint]]] = deque()
        self._extracting: dict[Future[Outcome], tuple[Task, str]] = {}
        self._first: dict[str, str] = {}
        """The input that an id was first seen with."""
        self._same: dict[str, deque[Task]] = {}
        """Inputs that wait for the outcome of another with the same content."""

    def __iter__(self) -> Iterator[Outcome]:
        while self._identify_more() or self._extracting:
            while self._identifying and len(self._extracting) < self._team.in_flight and self._identifying[0][1].done():
                yield from self._identified(*self._identifying.popleft())
            waiting: list[Future[Any]] = list(self._extracting)
            if self._identifying and len(self._extracting) < self._team.in_flight:
                waiting.append(self._identifying[0][1])
            if waiting:
                for future in wait(waiting, return_when=FIRST_COMPLETED).done & self._extracting.keys():
                    yield from self._extracted(future)

    def _identify_more(self) -> bool:
        """Hands out inputs to be identified; whether some are on their way."""
        while len(self._identifying) < self._team.in_flight and (task := next(self._tasks, None)) is not None:
            self._identifying.append((task, self._submit(fingerprint, task, fresh=self._fresh)))
        return bool(self._identifying)

    def _identified(self, task: Task, future: Future[Fingerprint]) -> Iterator[Outcome]:
        found = _result(future)
        if isinstance(found, CrashError):
            yield failed(task.path, found.code, str(found), found.remedy)
        elif found.failure is not None or found.document_id is None:
            yield found.failure or failed(task.path, "internal", "no id", ItaError.default_remedy)
        elif found.document_id in self._same:
            self._same[found.document_id].append(task)
        elif found.document_id in self._first:
            yield self._skipped(task, found.document_id, self._same_as(found.document_id))
        elif found.is_done:
            yield self._skipped(task, found.document_id, "already in the archive")
        else:
            self._extract(task, found.document_id)

    def _extract(self, task: Task, document_id: str) -> None:
        self._same.setdefault(document_id, deque())
        self._extracting[self._submit(self._team.process, task)] = task, document_id

    def _extracted(self, future: Future[Outcome]) -> Iterator[Outcome]:
        """The outcome of an input, and of those with the same content. If it failed the next of them is tried: the
        ending of its name may be the right one."""
        task, document_id = self._extracting.pop(future)
        outcome = _result(future)
        if isinstance(outcome, CrashError):
            outcome = failed(task.path, outcome.code, str(outcome), outcome.remedy)
        yield outcome
        if outcome.status == "failed" and self._same[document_id]:
            self._extract(self._same[document_id].popleft(), document_id)
            return
        same = self._same.pop(document_id)
        if outcome.status == "ok":
            self._first[document_id] = printable(str(task.path))
            for other in same:
                yield self._skipped(other, document_id, self._same_as(document_id))

    def _same_as(self, document_id: str) -> str:
        return f"the same content as {self._first[document_id]}"

    def _skipped(self, task: Task, document_id: str, why: str) -> Outcome:
        return Outcome(file=printable(str(task.path)), status="skipped", document_id=document_id, message=why)

    def _submit(self, function: Callable[..., T], *arguments: object, **named: object) -> Future[T]:
        return self._team.executor.submit(function, *arguments, **named)


def _result(future: Future[T]) -> T | CrashError:
    """What a future holds; CrashError where the cluster gave its task up, as too many workers died of it.

    Raises WorkerError where the team itself is gone.
    """
    try:
        return future.result()
    except ItaError:
        raise
    except CancelledError as error:
        raise WorkerError("the workers are gone") from error
    except Exception as error:  # noqa: BLE001 - whatever the cluster's library says of a lost task
        return CrashError(f"its worker on the cluster was lost: {error}")
