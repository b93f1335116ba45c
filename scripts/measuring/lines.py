"""How well lines, rulings and skew are found in scans made from prints whose glyphs and rulings are known.

The truth comes from the PDF: PDFium gives the outline box and the origin of every glyph, so a mark above a letter
counts like the letter itself; the reader of PDFs gives the table cells. A line is right when each of its glyphs was
given to it and nothing of another line was; a line that is cut at a wide gap only is right too.
"""

from __future__ import annotations

import ctypes
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import pdfplumber
import pypdfium2
from numpy.typing import NDArray

from ita_extract.geometry import Box
from ita_extract.readers.pdf.grid import Grid, grids_of
from ita_extract.readers.pdf.rulings import rulings
from ita_extract.readers.pdf.text import is_mark
from ita_extract.vision.ink import ink_mask
from ita_extract.vision.lines import Region, TextLines, text_lines
from ita_extract.vision.page_image import PageImage
from ita_extract.vision.ruling import Ruling
from ita_extract.vision.rulings import find_rulings, without_rulings
from ita_extract.vision.straighten import StraightPage, straighten
from scanning.damage import DPI, LEVELS, Scan, render

GAP = 1.0
"""Type sizes: a line may be cut where a gap is at least this wide."""
COLUMNS = (
    "lines", "right", "split", "merged", "glyphs lost", "marks astray", "of no letter", "rulings found",
    "rulings true", "degrees askew (95 %)", "CPU s",
)  # fmt: skip
SAME_LINE = 0.4
"""Share of the type size by which origins of one line differ."""


class Glyph(NamedTuple):
    """A glyph's outline in pixels of the rendered page, the type size likewise."""

    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    text: str

    @property
    def is_mark(self) -> bool:
        return is_mark(self.text)


@dataclass(slots=True)
class Line:
    """A printed line within one cell, left to right."""

    cell: int
    origin: float
    size: float
    glyphs: list[Glyph] = field(default_factory=list)


class Truth(NamedTuple):
    """What a page shows: lines, cells (boxes in pixels of the rendered page), level and upright rulings likewise."""

    lines: list[Line]
    cells: list[Box]
    level: list[tuple[float, float, float]]
    upright: list[tuple[float, float, float]]
    is_turned: bool


def truth_of(path: Path, number: int = 0) -> Truth:
    """The lines and rulings of a page of a PDF."""
    scale = DPI / 72
    with pdfplumber.open(path) as pdf:
        page = pdf.pages[number]
        strokes = rulings(page)
        width, height = float(page.width), float(page.height)
        grids = grids_of(strokes, Box(0, 0, width, height))
        is_turned = sum(not char["upright"] for char in page.chars) > 0.5 * len(page.chars)
    cells = [Box(*(scale * v for v in cell)) for cell in _cells(grids)]
    lines: list[Line] = []
    current: Line | None = None
    for glyph, origin in _glyphs(path, number):
        home = _cell(cells, (glyph.x0 + glyph.x1) / 2, origin - 0.2 * glyph.size)
        reach = (1.0 if glyph.is_mark else SAME_LINE) * glyph.size
        if current is None or not (abs(origin - current.origin) <= reach and (home == current.cell or glyph.is_mark)):
            current = next(
                (
                    line
                    for line in reversed(lines)
                    if line.cell == home and abs(origin - line.origin) <= SAME_LINE * glyph.size
                ),
                None,
            )
            if current is None:
                current = Line(home, origin, glyph.size)
                lines.append(current)
        if glyph.text.strip() and unicodedata.category(glyph.text) != "So":
            current.glyphs.append(glyph)
    level = [(scale * s.at, scale * s.start, scale * s.end) for s in strokes.level]
    upright = [(scale * s.at, scale * s.start, scale * s.end) for s in strokes.upright]
    return Truth([line for line in lines if line.glyphs], cells, level, upright, is_turned)


def _cells(grids: Sequence[Grid]) -> Iterator[Box]:
    for grid in grids:
        for cell in grid.cells:
            yield cell.box
            yield from _cells(cell.grids)


def _cell(cells: Sequence[Box], x: float, y: float) -> int:
    """The innermost cell (they come outermost first) at a place, -1 for none."""
    return max((n for n, box in enumerate(cells) if box.holds(x, y)), default=-1)


def _glyphs(path: Path, number: int) -> Iterator[tuple[Glyph, float]]:
    """Every glyph of a page with the y of its origin, in the order of the file."""
    scale = DPI / 72
    raw = pypdfium2.raw
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[number]
        height = page.get_height()
        texts = page.get_textpage()
        for index in range(texts.count_chars()):
            text = chr(raw.FPDFText_GetUnicode(texts, index) or 0xFFFD)
            left, bottom, right, top = texts.get_charbox(index)
            x, y = ctypes.c_double(), ctypes.c_double()
            raw.FPDFText_GetCharOrigin(texts, index, x, y)
            size = raw.FPDFText_GetFontSize(texts, index)
            if size < 2 or raw.FPDFText_IsGenerated(texts, index) == 1:
                matrix = raw.FS_MATRIX()
                raw.FPDFText_GetMatrix(texts, index, matrix)
                size *= abs(matrix.d) or 1
            if right - left < 0.1 or top - bottom < 0.1:
                continue
            x0, x1, y0, y1 = scale * left, scale * right, scale * (height - top), scale * (height - bottom)
            yield Glyph(x0, y0, x1, y1, scale * size, text), scale * (height - y.value)


@dataclass(slots=True)
class Score:
    """Counts of one damage level."""

    lines: int = 0
    right: int = 0
    glyphs: int = 0
    lost: int = 0
    marks: int = 0
    marks_astray: int = 0
    split: int = 0
    merged: int = 0
    found: int = 0
    empty: int = 0
    ruled: float = 0.0
    ruled_found: float = 0.0
    drawn: float = 0.0
    drawn_right: float = 0.0
    skew: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Seen(NamedTuple):
    """A scan as the image side sees it; `matrix` leads from pixels of the rendered page to the straight page."""

    page: StraightPage
    found: TextLines
    matrix: NDArray[np.float64]


def seen(scan: Scan, truth: Truth, score: Score) -> Seen:
    """The lines that are found in a scan, cells given."""
    started = time.process_time()
    page = straighten(PageImage(1, scan.image, scan.dpi if scan.dpi > 100 else None))
    ruled = find_rulings(page.gray, page.dpi)
    clean = without_rulings(page.gray, ruled)
    ink = ink_mask(clean)
    matrix = np.linalg.inv(page.matrix) @ scan.matrix
    regions = [Region(*(round(v) for v in _moved(matrix, box))) for box in truth.cells]
    found = text_lines(ink, regions)
    score.seconds.append(time.process_time() - started)
    corner = cv2.perspectiveTransform(np.array([[[300.0, 600], [1800, 600]]]), matrix)[0]
    score.skew.append(float(np.degrees(np.arctan2(*(corner[1] - corner[0])[::-1]))))
    for lines, true, turned in ((ruled.level, truth.level, False), (ruled.upright, truth.upright, True)):
        boxes = [_moved(matrix, Box(s, a, e, a) if not turned else Box(a, s, a, e)) for a, s, e in true]
        level = [((box.top + box.bottom) / 2, box.x0, box.x1) for box in boxes]
        upright = [((box.x0 + box.x1) / 2, box.top, box.bottom) for box in boxes]
        _score_rulings(score, lines, upright if turned else level, page.dpi)
    return Seen(page, found, matrix)


def _moved(matrix: NDArray[np.float64], box: Sequence[float]) -> Box:
    x0, top, x1, bottom = box
    points = cv2.perspectiveTransform(np.array([[[x0, top], [x1, top], [x1, bottom], [x0, bottom]]]), matrix)[0]
    left, right = np.sort(points[:, 0]), np.sort(points[:, 1])
    return Box(float(left[:2].mean()), float(right[:2].mean()), float(left[2:].mean()), float(right[2:].mean()))


def _score_rulings(
    score: Score, found: Sequence[Ruling], known: Sequence[tuple[float, float, float]], dpi: float
) -> None:
    """Share of the length of known rulings that was found, and of found ones that are known."""
    near = 0.02 * dpi
    step = 0.02 * dpi
    for at, start, end in known:
        places = np.arange(start + step, end - step, step)
        hit = [
            any(r.start - near <= x <= r.end + near and abs(r.at_place(x) - at) <= near for r in found) for x in places
        ]
        score.ruled += len(hit)
        score.ruled_found += sum(hit)
    for r in found:
        places = np.arange(r.start + step, r.end - step, step)
        hit = [
            any(s - near <= x <= e + near and abs(r.at_place(x) - at) <= 2 * near for at, s, e in known) for x in places
        ]
        score.drawn += len(hit)
        score.drawn_right += sum(hit)


def judge(view: Seen, truth: Truth, score: Score, name: str) -> None:
    """Compares the found lines with the printed ones, glyph by glyph."""
    owners: dict[int, set[int]] = defaultdict(set)
    per_line = []
    for index, line in enumerate(truth.lines):
        given = [_owner(view, glyph) for glyph in line.glyphs]
        per_line.append(given)
        for owner in given:
            if owner:
                owners[owner].add(index)
    for index, (line, given) in enumerate(zip(truth.lines, per_line, strict=True)):
        score.lines += 1
        score.glyphs += len(given)
        gone = [g for owner, g in zip(given, line.glyphs, strict=True) if not owner]
        lost = len(gone)
        score.lost += lost
        main = Counter(owner for owner, g in zip(given, line.glyphs, strict=True) if owner and not g.is_mark)
        good = {owner for owner in main if _is_own(owners[owner], index, owner, per_line)}
        astray = [g for owner, g in zip(given, line.glyphs, strict=True) if g.is_mark and owner and owner not in main]
        score.marks += sum(g.is_mark for g in line.glyphs)
        score.marks_astray += len(astray)
        merged = bool(main) and len(good) < len(main)
        split = _is_split(line, given)
        score.split += split
        score.merged += merged
        if lost or astray or merged or split:
            score.faults.append(
                f"{name}: line {index} at y {line.origin:.0f} x {line.glyphs[0].x0:.0f}: "
                f"lost {_texts(gone)}, astray {_texts(astray)}"
                f"{', merged' if merged else ''}{', split' if split else ''}"
            )
        else:
            score.right += 1
    score.found += len(view.found.lines)
    score.empty += sum(number not in owners for number in range(1, len(view.found.lines) + 1))


def _texts(glyphs: Sequence[Glyph]) -> str:
    return f"{len(glyphs)} {''.join(glyph.text for glyph in glyphs[:5])}"


def _is_own(lines: set[int], index: int, owner: int, per_line: Sequence[Sequence[int]]) -> bool:
    """Whether a found line holds letters of this printed line alone (a stray glyph of another one counts there)."""
    return all(other == index or per_line[other].count(owner) <= 0.2 * len(per_line[other]) for other in lines)


def _owner(view: Seen, glyph: Glyph) -> int:
    """The found line that most of a glyph's ink was given to, 0 for none."""
    box = _moved(view.matrix, glyph[:4])
    x0, top = max(0, int(box.x0)), max(0, int(box.top))
    part = view.found.owner[top : int(box.bottom) + 1, x0 : int(box.x1) + 1]
    counts = Counter(int(n) for n in part[part > 0].ravel())
    return counts.most_common(1)[0][0] if counts else 0


def _is_split(line: Line, given: Sequence[int]) -> bool:
    """Whether letters of a line were given to several without a wide gap between."""
    pairs = zip(line.glyphs, given, strict=True)
    letters = sorted((g.x0, g.x1, owner) for g, owner in pairs if owner and not g.is_mark)
    return any(b[2] != a[2] and b[0] - a[1] < GAP * line.size for a, b in pairwise(letters))


def measure(prints: Sequence[Path], levels: Sequence[str] = tuple(LEVELS), seed: int = 0) -> dict[str, Score]:
    """Scores per damage level over the first pages of prints whose text stands upright."""
    scores = {level: Score() for level in levels}
    for number, path in enumerate(prints):
        truth, page = truth_of(path), render(path)
        if truth.is_turned:
            continue
        for place, level in enumerate(levels):
            scan = LEVELS[level](page, seed + 10 * number + place)
            view = seen(scan, truth, scores[level])
            judge(view, truth, scores[level], f"{path.name} {level}")
    return scores


def report(prints: Sequence[Path], levels: Sequence[str] = tuple(LEVELS)) -> None:
    """Prints what went wrong, line by line, and a table in markdown."""
    scores = measure(prints, levels)
    for score in scores.values():
        print(*score.faults, sep="\n")
    print("| level | " + " | ".join(COLUMNS) + " |")
    print("|---|" + "--:|" * len(COLUMNS))
    for level, s in scores.items():
        cells = (
            s.lines, f"{s.right / s.lines:.2%}", s.split, s.merged, f"{s.lost / s.glyphs:.3%}",
            f"{s.marks_astray / max(s.marks, 1):.3%}", s.empty, f"{s.ruled_found / max(s.ruled, 1):.2%}",
            f"{s.drawn_right / max(s.drawn, 1):.2%}", f"{np.percentile(np.abs(s.skew), 95):.3f}",
            f"{np.mean(s.seconds):.2f}",
        )  # fmt: skip
        print(f"| {level} | " + " | ".join(str(cell) for cell in cells) + " |")
