"""One `tesseract` process reads many line images: calling it and understanding its answer.

The model is loaded once per process (0.1 s), so all lines of a page go into one. Its TSV calls each Thai character a
word and knows no blanks; its plain text has the blanks and no places. Both are asked for at once and put together.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ita_extract.errors import OcrError, OcrMissingError, TimeLimitError
from ita_extract.vision.glyphs import Glyph, takes_room

LANGUAGES, THAI_ALONE = "tha+eng", "tha"
SINGLE_LINE = "13"
"""Page segmentation mode "raw line": the whole image is the line, so that its height decides the size of the letters
that the model sees. Mode 7 cuts the line again by its own measure and takes the size from whatever marks it has."""
_SECONDS_TO_START, _SECONDS_PER_LINE = 30.0, 2.0
_WORD = "5"


@cache
def _program() -> str:
    path = shutil.which("tesseract")
    if path is None:
        raise OcrMissingError("Scans are read with Tesseract, which is not installed.")
    known = subprocess.run([path, "--list-langs"], capture_output=True, text=True, check=False, timeout=60)
    missing = [name for name in LANGUAGES.split("+") if name not in known.stdout.split() + known.stderr.split()]
    if missing:
        raise OcrMissingError(f"Tesseract is installed without its model for: {', '.join(missing)}.")
    return path


def recognise(pictures: Sequence[NDArray[np.uint8]], *, languages: str = LANGUAGES) -> list[list[Glyph]]:
    """The characters on each picture of one line, with places in pixels of the picture.

    Raises:
        OcrMissingError: Tesseract or a model is not installed.
        OcrError: it failed.
        TimeLimitError: it took more than two seconds a line.
    """
    if not pictures:
        return []
    program = _program()
    with tempfile.TemporaryDirectory(prefix="ita-lines-") as name:
        folder = Path(name)
        paths = [folder / f"{number}.pgm" for number in range(len(pictures))]
        for path, picture in zip(paths, pictures, strict=True):
            height, width = picture.shape
            path.write_bytes(b"P5 %d %d 255\n" % (width, height) + np.ascontiguousarray(picture).tobytes())
        (folder / "list.txt").write_text("\n".join(map(str, paths)), encoding="utf-8")
        command = [program, str(folder / "list.txt"), str(folder / "out"), "--psm", SINGLE_LINE, "-l", languages]
        _call([*command, "txt", "tsv"], _SECONDS_TO_START + _SECONDS_PER_LINE * len(pictures))
        texts = (folder / "out.txt").read_text(encoding="utf-8").split("\f")
        rows = (folder / "out.tsv").read_text(encoding="utf-8").splitlines()
    return _understood(texts, rows, len(pictures))


def _call(command: Sequence[str], seconds: float) -> None:
    # Its threads cost more than they bring (4.5 times slower on two cores): pages are read in parallel instead.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise TimeLimitError(f"Tesseract took longer than {seconds:.0f} s on one page.") from error
    except OSError as error:
        raise OcrError(f"Tesseract could not be started: {error}.") from error
    if done.returncode:
        told = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        raise OcrError(f"Tesseract failed: {told[-1] if told else f'exit status {done.returncode}'}.")


def _understood(texts: Sequence[str], rows: Sequence[str], count: int) -> list[list[Glyph]]:
    boxes: defaultdict[int, list[tuple[str, float, float, float]]] = defaultdict(list)
    for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == _WORD and row["text"].strip():
            left, width = float(row["left"]), float(row["width"])
            boxes[int(row["page_num"]) - 1].append((row["text"], left, left + width, float(row["conf"]) / 100))
    # A line on which nothing was read has no text of its own, not even an empty one.
    spoken = iter([" ".join(text.split()) for text in texts if text.strip()])
    return [_placed(next(spoken, ""), _single(boxes[number])) if number in boxes else [] for number in range(count)]


def _single(boxes: Iterable[tuple[str, float, float, float]]) -> list[Glyph]:
    """Boxes of several characters shared out among those that take room."""
    glyphs: list[Glyph] = []
    for text, left, right, confidence in boxes:
        text = text.replace(" ", "")
        room = max(1, sum(map(takes_room, text)))
        at = -1
        for char in text:
            at += takes_room(char) or at < 0
            x0 = left + (right - left) * at / room
            glyphs.append(Glyph(char, x0, x0 + (right - left) / room, confidence))
    return glyphs


def _placed(text: str, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The boxes with the blanks of the plain text between them."""
    if text.replace(" ", "") != "".join(glyph.char for glyph in glyphs):
        # Never seen with Tesseract 5.3; the boxes are what was read.
        return list(glyphs)
    result: list[Glyph] = []
    at = 0
    for char in text:
        if char == " ":
            before, after = glyphs[at - 1], glyphs[at]
            result.append(Glyph(" ", before.x1, after.x0, min(before.confidence, after.confidence)))
        else:
            result.append(glyphs[at])
            at += 1
    return result
