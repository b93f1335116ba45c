"""`runs.jsonl`: what happened to every input, written as it happens, one line each; then a line for the run."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import msgspec

from ita_extract import __version__
from ita_extract.batch.settings import Outcome, Settings, without_persons
from ita_extract.errors import ArchiveError
from ita_extract.storage import is_local, open_whole

NAME = "runs.jsonl"


class History:
    """The history of an archive, open for one run. Raises ArchiveError where it cannot be written."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        started = datetime.now(UTC)
        self.run_id = started.strftime("%Y%m%dT%H%M%S.%fZ")
        self._path = folder / NAME
        self._start = {
            "run_id": self.run_id,
            "started_at": started.isoformat(timespec="seconds"),
            "tool_version": __version__,
            "config_sha256": settings.sha256(),
        }
        try:
            self._stream = self._open()
        except OSError as error:
            raise ArchiveError(f"cannot write {self._path}: {error.strerror or error}") from error

    def _open(self) -> IO[bytes]:
        if is_local(self._path):
            stream: IO[bytes] = self._path.open("a+b")
        else:
            # Object storage cannot append: the history is kept here and put back at the end.
            stream = tempfile.TemporaryFile("a+b")  # noqa: SIM115 - closed by __exit__
            if self._path.exists():
                with self._path.open("rb") as old:
                    shutil.copyfileobj(old, stream)
        if stream.seek(0, 2):
            stream.seek(-1, 2)
            if stream.read(1) != b"\n":  # the last run was cut off within a line
                stream.write(b"\n")
        return stream

    def __enter__(self) -> History:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if not is_local(self._path):
                self._stream.seek(0)
                with open_whole(self._path) as target:
                    shutil.copyfileobj(self._stream, target)
        finally:
            with contextlib.suppress(OSError):  # of a full disk, which the write itself has told
                self._stream.close()

    def add(self, outcome: Outcome) -> None:
        """Writes down the outcome of one input."""
        self._write({"kind": "input", "run_id": self.run_id, **msgspec.structs.asdict(outcome)})

    def finish(self, input_count: int, failed_count: int) -> None:
        """Writes down that the run came to its end."""
        counts = {"input_count": input_count, "ok_count": input_count - failed_count, "failed_count": failed_count}
        self._write({"kind": "run", **self._start, **counts})

    def _write(self, entry: dict[str, Any]) -> None:
        try:
            self._stream.write(msgspec.json.encode(entry) + b"\n")
            self._stream.flush()
        except OSError as error:
            raise ArchiveError(f"cannot write {self._path}: {error.strerror or error}") from error


def finished_runs(folder: Path) -> Iterator[dict[str, Any]]:
    """Rows of the `runs` table: the runs that came to their end."""
    if (folder / NAME).exists():
        with (folder / NAME).open("rb") as stream:
            yield from (entry for entry in _entries(stream) if entry.pop("kind", None) == "run")


def redact(folder: Path) -> None:
    """Takes personal data out of what earlier runs wrote: files may be named after people. Raises ArchiveError."""
    path = folder / NAME
    if not path.exists():
        return
    with path.open("rb") as old, open_whole(path) as new:
        for entry in _entries(old):
            if entry.get("kind") == "input":
                entry = {"kind": "input", "run_id": entry.pop("run_id", None), **_without_persons(entry)}
            new.write(msgspec.json.encode(entry) + b"\n")


def _without_persons(entry: dict[str, Any]) -> dict[str, Any]:
    return msgspec.structs.asdict(without_persons(msgspec.convert(entry, Outcome)))


def outcomes(folder: Path, run_id: str) -> Iterator[Outcome]:
    """The outcomes of one run, in the order in which they came."""
    with (folder / NAME).open("rb") as stream:
        for entry in _entries(stream):
            if entry.get("kind") == "input" and entry.get("run_id") == run_id:
                yield msgspec.convert(entry, Outcome)


def _entries(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """The lines that can be read; a line torn by a crash is passed over."""
    for line in stream:
        try:
            entry = msgspec.json.decode(line)
        except msgspec.DecodeError:
            continue
        if isinstance(entry, dict):
            yield entry
