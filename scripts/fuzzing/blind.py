"""An OCR engine that reads every line as the same word: damaged pictures are about decoding and layout, not letters."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ita_extract.vision.ocr import GROUP, LineImage, LineReading, Word

NAME = "blind"


class Blind:
    """See `ita_extract.vision.ocr.Ocr`."""

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        """One word a line, as wide as the line."""
        return [LineReading("แผน", (Word("แผน", 0.0, float(line.pixels.shape[1]), 0.9),), 0.9) for line in lines]


@contextmanager
def installed(folder: Path) -> Iterator[str]:
    """The name of the engine, which worker processes find among the installed packages while this lasts."""
    info = folder / "blind_engine-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: blind-engine\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{NAME} = {__name__}:Blind\n")
    before = os.environ.get("PYTHONPATH")
    scripts = str(Path(__file__).resolve().parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join([str(folder), scripts, *filter(None, [before])])
    try:
        yield NAME
    finally:
        if before is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = before
