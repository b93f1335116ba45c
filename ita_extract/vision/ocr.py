"""Reading line images: the protocol that OCR engines meet, what a reading is, and the choice of an engine by name.

An engine from outside registers a callable without arguments in the entry-point group `ita_extract.ocr`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import metadata, util
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ita_extract.errors import OcrMissingError

GROUP = "ita_extract.ocr"
AUTO = "auto"
"""Both engines of this package where both can run, else the one that can."""
TESSERACT, THAI, BOTH = "tesseract", "thai", "thai+tesseract"


@dataclass(frozen=True, slots=True)
class LineImage:
    """One line of print (a line of a paragraph or of a table cell), cut from a straightened page.

    `pixels` is grey, dark ink on light paper, with the marks above and below the letters and some paper around.
    """

    pixels: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Word:
    """Text between blanks, from `x0` to `x1` in pixels of the line image; `confidence` (0-1) that of its least
    certain character.

    `alternative` is the word by another reading of it, None where there is none that differs.
    """

    text: str
    x0: float
    x1: float
    confidence: float
    alternative: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Characters `start` to `end` of a line's text that were read in more than one way.

    `alternative` is what stands there by the other reading (empty: nothing); `confidence` (0-1) is that of the text.
    """

    start: int
    end: int
    alternative: str
    confidence: float


@dataclass(frozen=True, slots=True)
class LineReading:
    """What one line says. `confidence` is the mean over its characters, 0 for a line without text."""

    text: str
    words: tuple[Word, ...]
    confidence: float
    doubts: tuple[Doubt, ...] = ()


class Ocr(Protocol):
    """Reads lines."""

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        """The reading of each line, in order; all lines of a page go into one call.

        Raises:
            OcrMissingError: the engine or its Thai model is not installed.
            OcrError: the engine failed.
            TimeLimitError: the engine took too long.
        """


def engine_name(name: str = AUTO) -> str:
    """The engine that is used where `name` is asked for: `auto` depends on what is installed."""
    if name != AUTO:
        return name
    if util.find_spec("onnxruntime") is None:
        return TESSERACT
    return BOTH if shutil.which("tesseract") else THAI


def engine(name: str = AUTO) -> Ocr:
    """The OCR engine of that name: `auto`, `thai` (the line reader), `tesseract`, `thai+tesseract` (the line
    reader, and both where it is unsure), or one that an installed package brings.

    Raises:
        OcrMissingError: nobody offers an engine of that name, or what it needs is not installed.
    """
    name = engine_name(name)
    if name == TESSERACT:
        from ita_extract.vision.tesseract import Tesseract

        return Tesseract()
    if name in (THAI, BOTH):
        from ita_extract.vision.thai import Thai, ThaiAndTesseract

        return Thai() if name == THAI else ThaiAndTesseract()
    offered = {entry.name: entry for entry in metadata.entry_points(group=GROUP)}
    if name not in offered:
        known = ", ".join(sorted({AUTO, TESSERACT, THAI, BOTH, *offered}))
        raise OcrMissingError(
            f"There is no OCR engine named {name!r}.",
            remedy=f"Choose one of: {known}; or install the package that brings {name!r}.",
        )
    create: Callable[[], Ocr] = offered[name].load()
    return create()
