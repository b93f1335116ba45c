"""What a run is told, what a worker is told, and what it answers."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Literal

import msgspec

from ita_extract.file_names import printable
from ita_extract.readers.options import DEFAULT_ENGINE, DEFAULT_MAX_BYTES, DEFAULT_PAGE_TIMEOUT, OcrMode
from ita_extract.redact import redacted_text
from ita_extract.storage import as_path

Status = Literal["ok", "skipped", "failed"]


class Settings(msgspec.Struct, frozen=True):
    """What a run is told. Everything here may change the output and is part of the settings' hash."""

    max_bytes: int = DEFAULT_MAX_BYTES
    excel: bool = False
    ocr: OcrMode = "auto"
    ocr_engine: str = DEFAULT_ENGINE
    timeout: int = 600
    """Seconds after which a single input is given up. The largest real report takes less than two."""
    page_timeout: int = DEFAULT_PAGE_TIMEOUT
    """Seconds after which a page that is read from its picture is left out."""
    redact_persons: bool = False
    """Whether personal data is taken out of everything that is written."""
    max_memory: int = 3000
    """MiB of resident memory that one input may take, the programs it calls included. 2,000 pages take 350."""

    def sha256(self) -> str:
        """Hash of the settings, for the table of runs."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


class Task(msgspec.Struct, frozen=True):
    """One input to extract. Paths travel as bytes: file systems know names that are no text."""

    source: bytes
    folder: bytes
    settings: Settings

    @classmethod
    def of(cls, source: Path, folder: Path, settings: Settings) -> Task:
        """The task of extracting `source` into the archive in `folder`."""
        return cls(os.fsencode(str(source)), os.fsencode(str(folder)), settings)

    @property
    def path(self) -> Path:
        """The input."""
        return as_path(os.fsdecode(self.source))

    @property
    def archive_folder(self) -> Path:
        """The folder of the archive."""
        return as_path(os.fsdecode(self.folder))


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
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


def without_persons(outcome: Outcome) -> Outcome:
    """An outcome whose texts tell no names: files may be named after people."""
    return msgspec.structs.replace(
        outcome,
        file=redacted_text(outcome.file),
        message=outcome.message and redacted_text(outcome.message),
        warnings=tuple(map(redacted_text, outcome.warnings)),
    )


def failed(path: Path, code: str, message: str, remedy: str, seconds: float = 0.0) -> Outcome:
    """The outcome of an input that could not be extracted."""
    return Outcome(
        file=printable(str(path)),
        status="failed",
        code=code,
        message=printable(message),
        remedy=remedy,
        seconds=round(seconds, 4),
    )
