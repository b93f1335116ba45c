"""Faults that really happen: an OCR engine, installed as any other, that hangs, crashes or eats memory in a worker."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from ita_extract.vision.ocr import LineImage, LineReading, Word

ENGINE = "faulty"
FAULT = "ITA_TEST_FAULT"
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


class Faulty:
    """Does what the environment says, in whichever process it is asked to read."""

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        """Reads every line as the same word, unless the fault comes first."""
        name = os.environ.get(FAULT, "none")
        _FAULTS[name]()
        return [LineReading("แผน", (Word("แผน", 0.0, 10.0, 0.9),), 0.9) for _ in lines]


def _hang() -> None:
    """A native call that does not come back and keeps Python's lock: no thread and no signal handler runs."""
    ctypes.PyDLL(None).sleep(10_000)


def _segfault() -> None:
    ctypes.string_at(0)


def _eat() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(20_000_000))
        eaten[-1][::4096] = b"x" * len(eaten[-1][::4096])
        time.sleep(0.01)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _bug() -> None:
    raise ZeroDivisionError("a bug")


def _call_a_program_that_hangs() -> None:
    subprocess.run(["sleep", "4321"], check=False)


_FAULTS = {
    "none": lambda: None,
    "slow": lambda: time.sleep(1),
    "hang": _hang,
    "segfault": _segfault,
    "eat": _eat,
    "die": _die,
    "bug": _bug,
    "child": _call_a_program_that_hangs,
}


def install(folder: Path) -> str:
    """Makes an installed package of this file, in `folder`; returns the PYTHONPATH with which it is found."""
    info = folder / "faulty_engine-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: faulty-engine\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[ita_extract.ocr]\n{ENGINE} = faults:Faulty\n")
    return os.pathsep.join([str(folder), str(HERE), str(ROOT)])


def picture(path: Path, text: str = "PLAN 2567") -> None:
    """A page that the engine is asked to read."""
    page = Image.new("L", (900, 600), 255)
    draw = ImageDraw.Draw(page)
    for number in range(4):
        draw.text((80, 80 + 110 * number), f"{text} {number}", fill=0, font=ImageFont.load_default(size=48))
    page.save(path, dpi=(150, 150))


def documents(folder: Path) -> Path:
    """Three texts, one of them again under another name, and three pictures."""
    for name in ("risk-register", "score-sheet", "press-release"):
        source = next((ROOT / "samples" / name).glob("source.*"))
        shutil.copy(source, folder / f"{name}{source.suffix}")
    shutil.copy(folder / "risk-register.txt", folder / "สำเนา risk-register.txt")
    for number in range(3):
        picture(folder / f"ภาพ {number}.png", f"PLAN {number}")
    return folder


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def command(*arguments: str | Path) -> list[str]:
    """The program with arguments, as a person calls it."""
    return [sys.executable, "-m", "ita_extract.cli", *map(str, arguments)]


def contents(archive: Path) -> dict[str, bytes]:
    """All that an archive holds except the history of its runs."""
    files = (path for path in archive.rglob("*") if path.is_file())
    return {
        str(path.relative_to(archive)): path.read_bytes()
        for path in files
        if path.name not in (".lock", "runs.jsonl", "runs.csv")
    }
