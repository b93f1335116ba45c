"""One page image → what stands on it: characters, rulings, check boxes, in points of the straightened page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from ita_extract.model import PageFacts
from ita_extract.readers.pdf.geometry import Box, Stroke
from ita_extract.readers.pdf.grid import Grid, GridCell, grids_of
from ita_extract.readers.pdf.layout import PageContent
from ita_extract.readers.pdf.rulings import Rulings
from ita_extract.readers.pdf.text import Char
from ita_extract.readers.scan.marks import with_pixel_marks
from ita_extract.vision.check_boxes import PixelBox, find_check_boxes
from ita_extract.vision.lines import TextLine, line_image, text_lines
from ita_extract.vision.ocr import LineImage, LineReading, Ocr
from ita_extract.vision.page_image import Gray, PageImage
from ita_extract.vision.rulings import find_rulings, without_rulings
from ita_extract.vision.straighten import StraightPage, straighten

POINTS = 72.0
EDGE = 1.0
"""Points around a cell that belong to its rulings."""
Rect = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as read from its picture: its content, its facts, and the straightened picture for people to look at."""

    content: PageContent
    facts: PageFacts
    page: StraightPage
    lines: tuple[tuple[TextLine, LineReading], ...]
    boxes: tuple[PixelBox, ...]


def scanned(image: PageImage, ocr: Ocr, engine: str) -> ScannedPage:
    """Reads one page from its picture.

    Raises OcrMissingError, OcrError, TimeLimitError.
    """
    page = straighten(image)
    unit = page.dpi / POINTS
    boxes = find_check_boxes(page.gray, page.dpi)
    ruled = find_rulings(page.gray, page.dpi)
    strokes = Rulings(
        [Stroke(s.at / unit, s.start / unit, s.end / unit) for s in ruled.level],
        [Stroke(s.at / unit, s.start / unit, s.end / unit) for s in ruled.upright],
        [],
    )
    height, width = page.gray.shape
    size = Box(0, 0, width / unit, height / unit)
    grids = grids_of(strokes, size)
    text = _without_boxes(without_rulings(page.gray, ruled), boxes)
    found = [line for region in _regions(grids, size, unit) for line in text_lines(text, region, page.dpi)]
    readings = ocr.read([LineImage(line_image(text, line)) for line in found])
    lines = tuple(zip(found, readings, strict=True))
    chars = [char for line, reading in lines for char in _chars(line, reading, unit)]
    content = PageContent(chars, strokes, size.x1, size.bottom, partial(with_pixel_marks, page, boxes))
    facts = PageFacts(
        "ocr", size.x1, size.bottom, page.dpi, page.rotation, page.skew, ocr_engine=engine, mean_confidence=_mean(readings)
    )
    return ScannedPage(content, facts, page, lines, tuple(boxes))


def _without_boxes(gray: Gray, boxes: Sequence[PixelBox]) -> Gray:
    """The page with check boxes and what is in them painted over: they are no text."""
    out = gray.copy()
    for box in boxes:
        side = box.x1 - box.x0
        out[max(0, box.y0 - side // 3) : box.y1 + 2, max(0, box.x0 - 2) : box.x1 + side // 5] = 255
    return out


def _regions(grids: Sequence[Grid], page: Box, unit: float) -> Iterator[Rect]:
    """Where lines are looked for: every cell by itself, and the bands of the page between tables."""
    for cell in _cells(grids):
        yield _rect(cell.box, unit, EDGE)
    top = page.top
    for grid in sorted(grids, key=lambda g: g.ys[0]):
        if grid.ys[0] > top:
            yield _rect(Box(page.x0, top, page.x1, grid.ys[0]), unit, 0.0)
        for side in (Box(page.x0, grid.ys[0], grid.xs[0], grid.ys[-1]), Box(grid.xs[-1], grid.ys[0], page.x1, grid.ys[-1])):
            yield _rect(side, unit, EDGE)
        top = max(top, grid.ys[-1])
    yield _rect(Box(page.x0, top, page.x1, page.bottom), unit, 0.0)


def _cells(grids: Sequence[Grid]) -> Iterator[GridCell]:
    for grid in grids:
        for cell in grid.cells:
            if cell.grids:
                yield from _cells(cell.grids)
            else:
                yield cell


def _rect(box: Box, unit: float, edge: float) -> Rect:
    return (
        round((box.x0 + edge) * unit),
        round((box.top + edge) * unit),
        round((box.x1 - edge) * unit),
        round((box.bottom - edge) * unit),
    )


def _chars(line: TextLine, reading: LineReading, unit: float) -> Iterator[Char]:
    """The words of a line as characters of the page."""
    scale = line.scale * unit
    for word in reading.words:
        x0, x1 = line.x0 / unit + word.x0 / scale, line.x0 / unit + word.x1 / scale
        yield {
            "text": word.text,
            "x0": x0,
            "x1": x1,
            "top": line.top / unit,
            "bottom": line.bottom / unit,
            "size": line.size / unit,
            "baseline": line.baseline / unit,
            "turn": 0,
            "turned": False,
            "bold": False,
            "fontname": "",
            "confidence": word.confidence,
        }


def _mean(readings: Sequence[LineReading]) -> float | None:
    values = [word.confidence for reading in readings for word in reading.words]
    return float(np.mean(values)) if values else None
