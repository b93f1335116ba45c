"""One page image → what stands on it: characters, rulings, check boxes, in points of the straightened page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from ita_extract.geometry import Box, Stroke
from ita_extract.model import PageFacts
from ita_extract.readers.pdf.grid import Grid, GridCell, grids_of
from ita_extract.readers.pdf.layout import PageContent
from ita_extract.readers.pdf.rulings import Rulings
from ita_extract.readers.pdf.text import Char
from ita_extract.readers.scan.marks import with_pixel_marks
from ita_extract.vision.check_boxes import PixelBox, find_check_boxes
from ita_extract.vision.ink import body_height, ink_mask, pieces_of
from ita_extract.vision.line_images import LineCut, line_image
from ita_extract.vision.lines import Region, TextLine, TextLines, text_lines
from ita_extract.vision.ocr import LineImage, LineReading, Ocr
from ita_extract.vision.page_image import Gray, PageImage
from ita_extract.vision.rulings import find_rulings, without_rulings
from ita_extract.vision.straighten import StraightPage, straighten

POINTS = 72.0
BOX_SIDE = 1.15
"""Least side of a check box in heights of consonants: loops of digits have 0.6 to 1.0, boxes 1.3 and more."""
SAME_SIZE = 0.17
"""Share by which heights of consonants measured on lines of one type size differ."""
SAME_SIZE_OF_DIGITS = 0.6
"""The same where digits and Latin letters were measured, which are higher than consonants."""
WORD_GAP = 1.0
"""Type sizes up to which a gap between words is the space that OCR has seen there; wider ones keep their width."""
TYPE_SIZE = 2.0
"""Type size in heights of consonants (measured on twelve typefaces: 1.8 to 2.2)."""


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What shows on a page before anything is read: rulings in points, check boxes, and lines cut into images.

    `text` is the straight page without rulings and check boxes, on which the lines were found.
    """

    page: StraightPage
    strokes: Rulings
    grids: Sequence[Grid]
    boxes: tuple[PixelBox, ...]
    text: Gray
    found: TextLines
    cuts: tuple[LineCut, ...]

    @property
    def unit(self) -> float:
        """Pixels per point."""
        return self.page.dpi / POINTS

    @property
    def size(self) -> Box:
        """The page in points."""
        height, width = self.page.gray.shape
        return Box(0, 0, width / self.unit, height / self.unit)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as read from its picture; `seen` and `readings` (one per line) are for people to look at."""

    content: PageContent
    facts: PageFacts
    seen: SeenPage
    readings: tuple[LineReading, ...]


def scanned(image: PageImage, ocr: Ocr, engine: str) -> ScannedPage:
    """Reads one page from its picture.

    Raises OcrMissingError, OcrError, TimeLimitError.
    """
    page = seen(image)
    return as_read(page, ocr.read([LineImage(cut.pixels) for cut in page.cuts]), engine)


def seen(image: PageImage) -> SeenPage:
    """Straightens a page and finds its rulings, check boxes and lines."""
    page = straighten(image)
    unit = page.dpi / POINTS
    ruled = find_rulings(page.gray, page.dpi)
    bare = without_rulings(page.gray, ruled)
    boxes = _larger_than_letters(find_check_boxes(page.gray, page.dpi), bare)
    strokes = Rulings(
        [Stroke(s.at / unit, s.start / unit, s.end / unit) for s in ruled.level],
        [Stroke(s.at / unit, s.start / unit, s.end / unit) for s in ruled.upright],
        [],
    )
    height, width = page.gray.shape
    grids = grids_of(strokes, Box(0, 0, width / unit, height / unit))
    text = _without_boxes(bare, boxes)
    found = text_lines(ink_mask(text), list(_regions(grids, unit)))
    cuts = tuple(line_image(text, found, number) for number in range(len(found.lines)))
    return SeenPage(page, strokes, grids, tuple(boxes), text, found, cuts)


def as_read(page: SeenPage, readings: Sequence[LineReading], engine: str) -> ScannedPage:
    """The page with what each of its lines says."""
    lines, size, straight = page.found.lines, page.size, page.page
    usual = float(np.median([line.body for line in lines])) if lines else 0.0
    chars = [
        char
        for line, cut, reading in zip(lines, page.cuts, readings, strict=True)
        for char in _chars(line, cut.x0, reading, page.unit, usual)
    ]
    content = PageContent(chars, page.strokes, size.x1, size.bottom, partial(with_pixel_marks, straight, page.boxes))
    facts = PageFacts(
        "ocr",
        size.x1,
        size.bottom,
        straight.dpi,
        straight.rotation,
        straight.skew,
        ocr_engine=engine,
        mean_confidence=_mean(readings),
    )
    return ScannedPage(content, facts, page, tuple(readings))


def _larger_than_letters(boxes: Sequence[PixelBox], gray: Gray) -> list[PixelBox]:
    """The boxes but the loops of digits and letters, which can be square."""
    body = body_height(pieces_of(ink_mask(gray))) if boxes else None
    return [box for box in boxes if body is None or box.x1 - box.x0 >= BOX_SIDE * body]


def _without_boxes(gray: Gray, boxes: Sequence[PixelBox]) -> Gray:
    """The page with check boxes and what is in them painted over: they are no text."""
    out = gray.copy()
    for box in boxes:
        side = box.x1 - box.x0
        out[max(0, box.y0 - side // 3) : box.y1 + 2, max(0, box.x0 - 2) : box.x1 + side // 5] = 255
    return out


def _regions(grids: Sequence[Grid], unit: float) -> Iterator[Region]:
    """The cells of tables: each has lines of its own."""
    for cell in _cells(grids):
        x0, top, x1, bottom = (round(value * unit) for value in cell.box)
        yield Region(max(0, x0), max(0, top), x1, bottom)


def _cells(grids: Sequence[Grid]) -> Iterator[GridCell]:
    for grid in grids:
        for cell in grid.cells:
            if cell.grids:
                yield from _cells(cell.grids)
            else:
                yield cell


def _chars(line: TextLine, left: int, reading: LineReading, unit: float, usual: float) -> Iterator[Char]:
    """The words of a line as characters of the page, with the spaces between them.

    `left` is where the line's image begins on the page, in pixels; `usual` is the height of consonants on most lines.
    """
    size = TYPE_SIZE * _body(line, reading.text, usual) / unit
    end: float | None = None
    for word in reading.words:
        x0, x1 = (left + word.x0) / unit, (left + word.x1) / unit
        if end is not None and x0 - end <= WORD_GAP * size:
            yield _char(" ", min(end, x0), x0, size, line, unit, word.confidence)
        yield _char(word.text, x0, x1, size, line, unit, word.confidence)
        end = x1


def _char(text: str, x0: float, x1: float, size: float, line: TextLine, unit: float, confidence: float) -> Char:
    return {
        "text": text,
        "x0": x0,
        "x1": x1,
        "top": line.top / unit,
        "bottom": line.bottom / unit,
        "size": size,
        "baseline": line.baseline / unit,
        "turn": 0,
        "turned": False,
        "bold": False,
        "fontname": "",
        "confidence": confidence,
    }


def _body(line: TextLine, text: str, usual: float) -> float:
    """The height of a line's consonants: the `usual` one where it is about that, or where it has too few to tell."""
    letters = [sign for sign in text if sign.isalnum()]
    thai = sum("ก" <= sign <= "ฮ" for sign in letters)
    same = SAME_SIZE if 2 * thai >= len(letters) else SAME_SIZE_OF_DIGITS
    return usual if abs(line.body - usual) < same * usual else line.body


def _mean(readings: Sequence[LineReading]) -> float | None:
    values = [word.confidence for reading in readings for word in reading.words]
    return float(np.mean(values)) if values else None
