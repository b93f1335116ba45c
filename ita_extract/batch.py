"""Many inputs into one archive:

found, extracted one by one, resumed by content and version, each outcome written down.
"""

from __future__ import annotations

import glob
import hashlib
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any, Literal

import msgspec

from ita_extract import __version__
from ita_extract.archive import Archive, write_whole
from ita_extract.errors import ArchiveError, ItaError, TimeLimitError, UnsupportedInputError
from ita_extract.export.csv_tables import write_tables
from ita_extract.export.schemas import data_package
from ita_extract.pipeline import extract
from ita_extract.readers import SUFFIXES
from ita_extract.readers.options import DEFAULT_ENGINE, DEFAULT_MAX_BYTES, OcrMode

Status = Literal["ok", "skipped", "failed"]

IN_FLIGHT = 8
"""Inputs handed out per worker at a time: enough to keep it busy, few enough to keep memory flat."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is told. Everything here may change the output and is part of the settings' hash."""

    max_bytes: int = DEFAULT_MAX_BYTES
    excel: bool = False
    ocr: OcrMode = "auto"
    ocr_engine: str = DEFAULT_ENGINE
    timeout: int = 600
    """Seconds after which a single input is given up. The largest real report takes less than two."""

    def sha256(self) -> str:
        """Hash of the settings, for the table of runs."""
        return hashlib.sha256(msgspec.json.encode(asdict(self))).hexdigest()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one input."""

    file: str
    status: Status
    document_id: str | None = None
    code: str | None = None
    message: str | None = None
    remedy: str | None = None
    warnings: tuple[str, ...] = ()
    record_count: int = 0
    coverage_ratio: float | None = None
    suspected_error_count: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: the outcome of every input and the number of rows in each table of the archive."""

    outcomes: tuple[Outcome, ...]
    row_counts: dict[str, int]

    def count(self, status: Status) -> int:
        """Number of inputs with this status."""
        return sum(outcome.status == status for outcome in self.outcomes)


def find_inputs(arguments: Iterable[str]) -> list[Path]:
    """The files named by paths, folders (searched through) and globs, each once, in a fixed order.

    In folders only the kinds of files are taken that can be read; a file named outright is always tried. A name that
    matches nothing
    stays in the list, so that the run reports it.
    """
    files: dict[Path, None] = {}
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            found = [p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES]
        elif path.exists():
            found = [path]
        else:
            found = [Path(name) for name in glob.glob(argument, recursive=True)] or [path]  # noqa: PTH207 - absolute too
        for name in sorted(found):
            if not _is_hidden(name, path) and not (path.is_dir() and name.stem.upper() == "README"):
                files.setdefault(name)
    return list(files)


def _is_hidden(path: Path, root: Path) -> bool:
    """Whether a file is none of the user's: hidden, or the lock that Office leaves beside an open document (`~$…`)."""
    relative = path.relative_to(root) if path.is_relative_to(root) else path
    is_lock = path != root and path.name.startswith("~$")
    return is_lock or any(part.startswith(".") and part not in (".", "..") for part in relative.parts)


def process(path: Path, folder: Path, settings: Settings, *, fresh: bool) -> Outcome:
    """Extracts one input into the archive and says what happened. Never raises for an input, whatever it holds."""
    started = time.perf_counter()
    archive = Archive(folder)
    try:
        document_id = _document_id(path, settings)
        if not fresh and archive.version_of(document_id) == __version__:
            return Outcome(str(path), "skipped", document_id, message="already in the archive")
        with _time_limit(settings.timeout):
            records = extract(path, max_bytes=settings.max_bytes, ocr=settings.ocr, ocr_engine=settings.ocr_engine)
        archive.add(records)
    except ItaError as error:
        return _failed(path, error.code, str(error), error.remedy, started)
    except OSError as error:
        return _failed(path, type(error).__name__, str(error) or type(error).__name__, _OS_REMEDY, started)
    except Exception as error:  # noqa: BLE001 - an error of ours must not cost the other inputs their records
        place = traceback.extract_tb(error.__traceback__)[-1]
        message = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
        return _failed(path, "internal", message, ItaError.default_remedy, started)
    document = records.rows("documents")[0]
    coverage = document["coverage_ratio"]
    return Outcome(
        file=str(path),
        status="ok",
        document_id=records.document_id,
        warnings=records.warnings,
        record_count=sum(len(rows) for name, rows in records.tables.items() if name not in _BOOKKEEPING),
        coverage_ratio=float(coverage) if coverage is not None else None,
        suspected_error_count=document["suspected_error_count"] or 0,
        seconds=round(time.perf_counter() - started, 4),
    )


_BOOKKEEPING = frozenset({"documents", "pages", "blocks", "provenance"})
_OS_REMEDY = "Check that the file exists and can be read; see `ita-extract doctor`."


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Raises TimeLimitError in the block after `seconds`, where the system has alarms (not Windows, not threads)."""

    def stop(signal_number: int, frame: FrameType | None) -> None:
        raise TimeLimitError(f"not finished after {seconds} seconds")

    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _failed(path: Path, code: str, message: str, remedy: str, started: float) -> Outcome:
    return Outcome(
        str(path), "failed", code=code, message=message, remedy=remedy, seconds=round(time.perf_counter() - started, 4)
    )


def _document_id(path: Path, settings: Settings) -> str:
    """The id that the file's bytes give, without reading a file over the limit."""
    if path.is_dir():
        raise UnsupportedInputError(f"{path} is a folder without readable files")
    if path.stat().st_size > settings.max_bytes:
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]


def run(
    inputs: Sequence[Path],
    folder: Path,
    settings: Settings,
    *,
    jobs: int = 1,
    fresh: bool = False,
    on_outcome: Callable[[Outcome], None] = lambda outcome: None,
) -> Run:
    """Extracts all inputs into `folder` and writes its tables. A bad input is an outcome, never an exception.

    `jobs` > 1 uses that many processes. Raises ArchiveError when the folder itself cannot be written.
    """
    _prepare(folder)
    started = datetime.now(UTC)
    outcomes = []
    for outcome in _outcomes(inputs, folder, settings, jobs=jobs, fresh=fresh):
        outcomes.append(outcome)
        on_outcome(outcome)
    history = _write_history(folder, started, settings, outcomes)
    counts = write_tables(Archive(folder), excel=settings.excel, runs=history)
    write_whole(folder / "datapackage.json", data_package(excel=settings.excel))
    return Run(tuple(outcomes), counts)


def _prepare(folder: Path) -> None:
    """Makes the folder, so that an unusable one is told before anything is read."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"{folder} cannot be used as a folder: {error.strerror}") from error


def _outcomes(inputs: Sequence[Path], folder: Path, settings: Settings, *, jobs: int, fresh: bool) -> Iterator[Outcome]:
    if jobs <= 1 or len(inputs) < 2:
        for path in inputs:
            yield process(path, folder, settings, fresh=fresh)
        return
    with _pool(jobs) as executor:
        waiting: list[Future[Outcome]] = []
        for path in inputs:
            waiting.append(executor.submit(process, path, folder, settings, fresh=fresh))
            if len(waiting) >= jobs * IN_FLIGHT:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


@contextmanager
def _pool(jobs: int) -> Iterator[Executor]:
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as executor:
        yield executor


def _write_history(
    folder: Path, started: datetime, settings: Settings, outcomes: Sequence[Outcome]
) -> list[dict[str, Any]]:
    """Appends this run to `runs.jsonl`:

    one line per input, then one for the run. Returns the rows of the `runs` table.
    """
    path = folder / "runs.jsonl"
    run_id = started.strftime("%Y%m%dT%H%M%S.%fZ")
    summary = {
        "run_id": run_id,
        "started_at": started.isoformat(timespec="seconds"),
        "tool_version": __version__,
        "config_sha256": settings.sha256(),
        "input_count": len(outcomes),
        "ok_count": sum(o.status != "failed" for o in outcomes),
        "failed_count": sum(o.status == "failed" for o in outcomes),
    }
    lines = [msgspec.json.encode({"kind": "input", "run_id": run_id, **asdict(o)}) for o in outcomes]
    lines.append(msgspec.json.encode({"kind": "run", **summary}))
    with path.open("ab") as stream:
        stream.write(b"\n".join(lines) + b"\n")
    return list(_runs(path))


def _runs(path: Path) -> Iterator[dict[str, Any]]:
    """The finished runs in `runs.jsonl`; a line torn by an earlier crash is passed over."""
    with path.open("rb") as stream:
        for line in stream:
            try:
                entry = msgspec.json.decode(line)
            except msgspec.DecodeError:
                continue
            if isinstance(entry, dict) and entry.pop("kind", None) == "run":
                yield entry
