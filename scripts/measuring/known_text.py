"""What the lines of a scan say, taken from the text layer of the print that it was made from: OCR without errors.

With it a benchmark shows what is lost by finding lines, cells and marks alone.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path

import cv2
import numpy as np
import pdfplumber
from numpy.typing import NDArray

from ita_extract.readers.pdf.fonts import FontKeeper
from ita_extract.readers.pdf.page import characters
from ita_extract.readers.pdf.page_tree import entries, page_of, unit
from ita_extract.readers.pdf.text import Char, Line, Sign, is_mark, lines_of
from ita_extract.readers.scan.content import SeenPage
from ita_extract.thai.text import repair
from ita_extract.vision.ocr import LineReading, Word
from scanning.damage import DPI, Scan

SIGNS = frozenset({"So", "Co"})
"""Categories of boxes, ticks, bars: what is no text is read as a mark, not by OCR."""
NARROW = 0.1
"""Share of the type size below which a glyph's box says nothing about where its ink is."""
ARROWS = ("\u2190", "\u21ff")


def text_layer(path: Path) -> Iterator[list[Char]]:
    """The characters of each page of a print, places in pixels of the rendered page."""
    with pdfplumber.open(BytesIO(path.read_bytes())) as pdf:
        pdf.rsrcmgr = FontKeeper()
        for number, entry in enumerate(entries(pdf.doc), 1):
            page, _ = page_of(pdf, entry, number)
            scale = unit(page) * DPI / 72
            yield [
                {**char, **{key: scale * char[key] for key in ("x0", "x1", "top", "bottom", "baseline", "size")}}
                for char in characters(page)
            ]


def known_readings(seen: SeenPage, scan: Scan, chars: list[Char]) -> list[LineReading]:
    """The true reading of each line that was found in a scan of a page with these characters."""
    matrix = np.linalg.inv(seen.page.matrix) @ scan.matrix
    lines: dict[int, list[Char]] = defaultdict(list)
    owner = 0
    for char in chars:
        if char["turn"] or _is_sign(char["text"].strip()):
            continue
        if (
            char["text"].strip()
            and not is_mark(char["text"].strip())
            and char["x1"] - char["x0"] > NARROW * char["size"]
        ):
            owner = _owner(seen, matrix, char)
        if owner:
            lines[owner - 1].append(char)
    return [_reading(seen, number, matrix, lines[number]) for number in range(len(seen.found.lines))]


def _is_sign(text: str) -> bool:
    return (
        len(text) == 1 and not is_mark(text) and (unicodedata.category(text) in SIGNS or ARROWS[0] <= text <= ARROWS[1])
    )


def _moved(matrix: NDArray[np.float64], *points: tuple[float, float]) -> NDArray[np.float64]:
    return np.asarray(cv2.perspectiveTransform(np.array([points], np.float64), matrix)[0], np.float64)


def _owner(seen: SeenPage, matrix: NDArray[np.float64], char: Char) -> int:
    """The found line (from 1) that most ink of a letter's body was given to, 0 for none; quotation marks have their ink
    above the bodies."""
    for low, high in ((0.45, 0.0), (0.9, 0.45)):
        places = (
            (char["x0"], char["baseline"] - low * char["size"]),
            (char["x1"], char["baseline"] - high * char["size"]),
        )
        (x0, top), (x1, bottom) = _moved(matrix, *places)
        part = seen.found.owner[max(0, int(top)) : int(bottom) + 1, max(0, int(x0)) : int(x1) + 1]
        counts = Counter(int(n) for n in part[part > 0].ravel())
        if counts:
            return counts.most_common(1)[0][0]
    return 0


def _reading(seen: SeenPage, number: int, matrix: NDArray[np.float64], chars: list[Char]) -> LineReading:
    """The characters of one found line as its engine would give them."""
    words: list[Word] = []
    left = seen.cuts[number].x0
    for line in lines_of(chars):
        for signs in _words(line):
            ends = min(sign.x0 for sign in signs), max(sign.x1 for sign in signs)
            (x0, _), (x1, _) = _moved(matrix, *((x, line.across) for x in ends))
            text = repair("".join(sign.text for sign in signs)).text
            words.append(Word(text, float(x0) - left, float(x1) - left, 1.0))
    return LineReading(" ".join(word.text for word in words), tuple(words), 1.0 if words else 0.0)


def _words(line: Line) -> Iterator[list[Sign]]:
    """The signs of a line between blanks."""
    for segment in line.segments:
        for is_blank, signs in groupby(segment.signs, key=lambda sign: not sign.text.strip(" \x00")):
            if not is_blank:
                yield list(signs)
