"""Programs that read a scan of a page: our reader with each of its engines, and others beside it."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ita_extract.readers.options import ReadOptions
from ita_extract.readers.scan import read_pictures
from scanning.damage import Scan

UNSURE = 0.75
"""Confidence below which a word counts as flagged."""
OWN = "ita-extract"
ENGINES = {"line reader alone": "thai", "tesseract line by line": "tesseract"}
"""Our reader with one engine only."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program read: its text, which characters it doubts, and the CPU seconds it took."""

    text: str
    doubted: frozenset[int]
    seconds: float


Program = Callable[[Scan, Path], Answer]


def ours(scan: Scan, path: Path, engine: str | None = None) -> Answer:
    """Our reader, with its usual engine or another."""
    started = _cpu()
    options = ReadOptions() if engine is None else ReadOptions(ocr_engine=engine)
    document = read_pictures(scan.data, path.name, options)
    doubted = {
        at
        for place in document.places.items
        if place.alternative is not None or (place.confidence is not None and place.confidence < UNSURE)
        for at in range(place.start, place.end)
    }
    return Answer(document.source, frozenset(doubted), _cpu() - started)


def _cpu() -> float:
    """CPU seconds of this process and of the programs that it started."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _command(arguments: Callable[[Path], Sequence[str]]) -> Program:
    def run(_: Scan, path: Path) -> Answer:
        started = _cpu()
        done = subprocess.run(
            arguments(path), capture_output=True, check=False, timeout=300, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
        )
        told = done.stdout.decode("utf-8", "replace")
        # img2table prints the version of Tesseract before all else.
        return Answer(told.rpartition("READ\n")[2], frozenset(), _cpu() - started)

    return run


def _tesseract(mode: int) -> Program:
    return _command(lambda path: ["tesseract", str(path), "-", "--psm", str(mode), "-l", "tha+eng"])


_KREUZBERG = """
import sys
from kreuzberg import ExtractionConfig, OcrConfig, extract_file_sync
config = ExtractionConfig(force_ocr=True, ocr=OcrConfig(backend="tesseract", language="tha+eng"))
print(extract_file_sync(sys.argv[1], config=config).content)
"""
_IMG2TABLE = """
import sys
from img2table.document import Image
from img2table.ocr import TesseractOCR
found = TesseractOCR(n_threads=1, lang="tha+eng").of(Image(sys.argv[1]))
rows = {}
for word in found.records[0]:
    rows.setdefault(word["parent"], []).append(word)
print("READ")
for row in rows.values():
    print(" ".join(word["value"] for word in row))
"""


def programs(peers: Path | None) -> dict[str, Program]:
    """What reads pages here. `peers` is the bin folder of an environment with the peers that are Python packages."""
    found: dict[str, Program] = {
        OWN: ours,
        **{name: partial(ours, engine=engine) for name, engine in ENGINES.items()},
        "tesseract --psm 3": _tesseract(3),
        "tesseract --psm 6": _tesseract(6),
    }
    if peers is None:
        print("ocrmypdf, kreuzberg, img2table: not measured (--peers names no environment that has them)")
        return found
    python = str(peers / "python")
    if (peers / "ocrmypdf").exists():
        found["ocrmypdf"] = _ocrmypdf(str(peers / "ocrmypdf"))
    for name, script in (("kreuzberg", _KREUZBERG), ("img2table", _IMG2TABLE)):
        if subprocess.run([python, "-c", f"import {name}"], capture_output=True, check=False).returncode == 0:
            found[name] = _command(lambda path, script=script: [python, "-c", script, str(path)])  # type: ignore[misc]
        else:
            print(f"{name}: not measured (not in that environment)")
    return found


def _ocrmypdf(program: str) -> Program:
    def run(_: Scan, path: Path) -> Answer:
        with tempfile.TemporaryDirectory() as folder:
            side = Path(folder) / "text"
            common = ["-l", "tha+eng", "--jobs", "1", "--image-dpi", "200", "--deskew", "--output-type", "pdf"]
            command = [program, *common, "--sidecar", str(side), str(path), str(Path(folder) / "out.pdf")]
            answer = _command(lambda _: command)(_, path)
            text = side.read_text(encoding="utf-8") if side.exists() else ""
        return Answer(text, frozenset(), answer.seconds)

    return run
