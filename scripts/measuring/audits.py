"""Time and peak memory of `ita-extract audit` over archives of growing size, made of records, not of documents."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from itertools import count, islice
from math import log
from pathlib import Path
from typing import Any

from ita_extract import extract
from ita_extract.archive import Archive

ROOT = Path(__file__).resolve().parents[2]
SIZES = (1000, 10_000, 100_000)
_LETTERS = "กขคงจชซดตถทนบปพฟมยรลวสหอ"


def report(most: int) -> None:
    """Prints a line per size up to `most` documents: seconds, milliseconds per document, peak memory, exponent."""
    print("documents   seconds   ms/document   peak MiB   findings   exponent")
    before: tuple[int, float] | None = None
    for size in (size for size in SIZES if size <= most):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            _fill(folder, size)
            seconds, peak = _audit(folder)
            found = sum(1 for _ in (folder / "findings.jsonl").open("rb"))
        exponent = f"{_exponent(before, size, seconds):.2f}" if before else "-"
        shown = f"{size:9,}   {seconds:7.1f}   {seconds / size * 1000:11.2f}   {peak:8.0f}   {found:8,}   {exponent:>8}"
        print(shown, flush=True)
        before = size, seconds


def _exponent(before: tuple[int, float], size: int, seconds: float) -> float:
    """The power of the size that time grows with: 1 is linear."""
    return log(seconds / before[1]) / log(size / before[0])


def _audit(folder: Path) -> tuple[float, float]:
    """Seconds by the clock, and MiB at the peak of the audit's largest process."""
    command = [sys.executable, "-m", "ita_extract.cli", "audit", str(folder)]
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(child.stderr.read().decode() if child.stderr else "audit failed")
    return time.monotonic() - started, used.ru_maxrss / 1024


def _fill(folder: Path, size: int) -> None:
    """Writes an archive of `size` documents: agencies with four documents a year over three years."""
    archive = Archive(folder)
    (folder / "records").mkdir()
    documents = (document for number in count() for document in _agency(number))
    for document_id, records in islice(documents, size):
        archive.path(document_id).write_bytes(records)


def _agency(number: int) -> Iterator[tuple[str, bytes]]:
    """The ids and records of one agency's documents: those of a sample agency under another name, with people and
    results of its own."""
    agency, templates = _templates()[number % 3]
    own = _word(number)
    names = {text: f"{text}{own}" for text in (agency["name"], *agency["people"])}
    results = {text: f"{text} {own}" for texts in agency["results"].values() for text in texts}
    for document_id, text in templates:
        for old, new in (names | results).items():
            text = text.replace(old, new)
        identity = hashlib.sha256(f"{document_id} {number}".encode()).hexdigest()[:16]
        yield identity, text.replace(document_id, identity).encode()


def _word(number: int) -> str:
    """A number as letters, so that names differ in letters."""
    letters = ""
    while number or len(letters) < 4:
        number, digit = divmod(number, len(_LETTERS))
        letters += _LETTERS[digit]
    return letters


@cache
def _templates() -> list[tuple[dict[str, Any], list[tuple[str, str]]]]:
    """The sample agencies, each with its documents' ids and records as JSON."""
    from sampling.archive.records import agencies

    found = []
    for agency in agencies():
        paths = sorted((ROOT / "samples" / "archive").glob(f"{agency['id']}-*"))
        read = [extract(path) for path in paths]
        found.append((agency, [(records.document_id, records.to_json().decode()) for records in read]))
    return found
