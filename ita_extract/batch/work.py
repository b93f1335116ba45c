"""What a worker does with one input. Nothing here raises for an input, whatever it holds."""

from __future__ import annotations

import hashlib
import stat
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ita_extract import __version__
from ita_extract.archive import Archive
from ita_extract.batch.settings import Outcome, Settings, Task, failed
from ita_extract.errors import ArchiveError, ItaError, MemoryLimitError, TooLargeError, UnsupportedInputError
from ita_extract.file_names import printable
from ita_extract.redact import redacted
from ita_extract.storage import is_local

_BOOKKEEPING = frozenset({"documents", "pages", "blocks", "provenance"})
_OS_REMEDY = "Check that the file exists and can be read; see `ita-extract doctor`."


class Fingerprint(NamedTuple):
    """What an input is known by before it is read: its id, whether the archive has it, or why it cannot be opened."""

    document_id: str | None
    is_done: bool = False
    failure: Outcome | None = None


def fingerprint(task: Task, *, fresh: bool) -> Fingerprint:
    """Identifies an input by its bytes, and says whether the archive already holds it in this version."""
    path = task.path
    try:
        document_id = _document_id(path, task.settings)
        done = not fresh and Archive(task.archive_folder).version_of(document_id) == __version__
    except ItaError as error:
        return Fingerprint(None, failure=failed(path, error.code, str(error), error.remedy))
    except OSError as error:
        return Fingerprint(None, failure=_unreadable(path, error))
    return Fingerprint(document_id, done)


def _document_id(path: Path, settings: Settings) -> str:
    """The id that the file's bytes give, without reading a file over the limit, or anything that is no file."""
    if path.is_dir():
        if is_local(path):
            next(path.iterdir(), None)  # raises where the folder may not be opened
        raise UnsupportedInputError(f"{path} is a folder without readable files")
    status = path.stat()
    if is_local(path) and not stat.S_ISREG(status.st_mode):
        raise UnsupportedInputError(f"{path} is no file")
    if status.st_size > settings.max_bytes:
        raise TooLargeError(f"{path.name} has {status.st_size:,} bytes; the limit is {settings.max_bytes:,}")
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:16]


def process(task: Task, on_page: Callable[[int], None] = lambda number: None) -> Outcome:
    """Extracts one input into the archive and says what happened; `on_page` is told which page is being read."""
    from ita_extract.pipeline import extract

    started = time.perf_counter()
    path, settings = task.path, task.settings
    try:
        records = extract(
            path,
            max_bytes=settings.max_bytes,
            ocr=settings.ocr,
            ocr_engine=settings.ocr_engine,
            page_timeout=settings.page_timeout,
            on_page=on_page,
        )
        if settings.redact_persons:
            records = redacted(records)
        Archive(task.archive_folder).add(records)
    except ItaError as error:
        return failed(path, error.code, str(error), error.remedy, time.perf_counter() - started)
    except OSError as error:
        return _unreadable(path, error)
    except MemoryError:
        return failed(path, MemoryLimitError.code, "not enough memory", MemoryLimitError.default_remedy)
    except Exception as error:  # noqa: BLE001 - an error of ours must not cost the other inputs their records
        place = traceback.extract_tb(error.__traceback__)[-1]
        message = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
        return failed(path, "internal", message, ItaError.default_remedy, time.perf_counter() - started)
    document = records.rows("documents")[0]
    coverage = document["coverage_ratio"]
    return Outcome(
        file=printable(str(path)),
        status="ok",
        document_id=records.document_id,
        warnings=records.warnings,
        record_count=sum(len(rows) for name, rows in records.tables.items() if name not in _BOOKKEEPING),
        coverage_ratio=float(coverage) if coverage is not None else None,
        suspected_error_count=document["suspected_error_count"] or 0,
        seconds=round(time.perf_counter() - started, 4),
    )


def is_of_the_archive(outcome: Outcome) -> bool:
    """Whether an input failed because the archive cannot be written: then every other one would fail too."""
    return outcome.code == ArchiveError.code


def _unreadable(path: Path, error: OSError) -> Outcome:
    return failed(path, type(error).__name__, str(error) or type(error).__name__, _OS_REMEDY)
