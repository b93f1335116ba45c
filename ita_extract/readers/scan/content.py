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
from ita_extract.readers.scan.box_letters import no_letters
from ita_extract.readers.scan.dotted import with_rows_of_dots
from ita_extract.readers.scan.marks import MarkedPage, with_pixel_marks
from ita_extract.readers.scan.pictures import without_what_is_no_print
from ita_extract.readers.scan.reading_order import in_reading_order
from ita_extract.readers.scan.tall_signs import TALL_LETTERS, consonant_height
from ita_extract.readers.scan.torn_numbers import with_whole_numbers
from ita_extract.vision.bleed import without_other_side
from ita_extract.vision.check_boxes import PixelBox, find_check_boxes
from ita_extract.vision.ink import Mask, body_height, ink_mask, pieces_of, without_specks
from ita_extract.vision.line_cuts import cut_lines
from ita_extract.vision.line_images import LineCut, line_image
from ita_extract.vision.lines import Region, TextLine, TextLines, text_lines
from ita_extract.vision.ocr import LineImage, LineReading, Ocr
from ita_extract.vision.page_image import Gray, PageImage
from ita_extract.vision.pen_circles import PenCircle, pen_circles, ruled_circles, without_circles
from ita_extract.vision.pen_places import painted_over, ticked_places
from ita_extract.vision.ruling import RuledLines
from ita_extract.vision.rulings import find_rulings, without_rulings
from ita_extract.vision.straighten import StraightPage, straighten

POINTS = 72.0
SAME_SIZE = 0.17
"""Share by which heights of consonants measured on lines of one type size differ."""
DIGIT, SAME_SIZE_OF_DIGITS = 1.15, 1.6
"""Digits and Latin letters in heights of consonants: usually, and at most."""
SAME_SIZE_OF_VOWELS = 1.9
"""Vowels before their consonant in heights of consonants, at most (ไ, ใ, โ: 1.5 to 1.8): a narrow cell may break a line
behind one."""
TALL, SHORT_LINE = 1.35, 12
"""Height of tall letters in heights of other consonants; in lines of up to so many letters they may be most of what
was measured."""
MIN_LETTERS = 3
"""Letters of one height that tell it."""
NEXT = 4.5
"""Distance of baselines in heights of consonants over which a line is next to another."""
WORD_GAP = 1.0
"""Type sizes up to which a gap between words is the space that OCR has seen there; wider ones keep their width."""
TYPE_SIZE = 2.0
"""Type size in heights of consonants (measured on twelve typefaces: 1.8 to 2.2)."""


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What shows on a page before anything is read: rulings in points, check boxes, circles drawn round something, and
    lines cut into images.

    `text` is the straight page without rulings, check boxes and circles, on which the lines were found.
    """

    page: StraightPage
    strokes: Rulings
    grids: Sequence[Grid]
    boxes: tuple[PixelBox, ...]
    circles: tuple[PenCircle, ...]
    text: Gray
    regions: Sequence[Region]
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
    ruled = without_other_side(find_rulings(page.gray, page.dpi), page.gray, page.dpi)
    bare = without_rulings(page.gray, ruled)
    boxes = no_letters(find_check_boxes(page.gray, page.dpi), bare)
    ruled, boxes, circles, text, ink = _without_pen(page.gray, ruled, boxes, _without_boxes(bare, boxes))
    strokes = Rulings(
        [Stroke(s.at / unit, s.start / unit, s.end / unit) for s in ruled.level],
        [Stroke(s.at / unit, s.start / unit, s.end / unit) for s in ruled.upright],
        [],
    )
    height, width = page.gray.shape
    grids = grids_of(strokes, Box(0, 0, width / unit, height / unit))
    regions = list(_regions(grids, unit))
    found = cut_lines(text_lines(ink, regions), [box[:4] for box in boxes], [circle[:4] for circle in circles])
    cuts = tuple(line_image(text, found, number) for number in range(len(found.lines)))
    return SeenPage(page, strokes, grids, tuple(boxes), tuple(circles), text, regions, found, cuts)


def _without_pen(
    gray: Gray, ruled: RuledLines, boxes: list[PixelBox], text: Gray
) -> tuple[RuledLines, list[PixelBox], list[PenCircle], Gray, Mask]:
    """What a pen drew taken off the text: the rulings that are none of its circles, the check boxes with its places to
    tick, its circles, and the page of text and its ink without them and without dirt."""
    ink = ink_mask(text)
    pieces = pieces_of(ink)
    body = body_height(pieces)
    if body is None:
        return ruled, boxes, [], text, ink
    flat = ruled_circles(gray, ink, ruled.level, body)
    ruled = ruled._replace(level=[ruling for ruling in ruled.level if ruling not in flat])
    circles = [*pen_circles(pieces, body), *flat.values()]
    if circles:
        text, ink = without_circles(text, circles), without_circles(ink, circles, paper=0)
    places, marked = ticked_places(pieces, ruled.level, body)
    if marked is not None:
        boxes = sorted([*boxes, *places], key=lambda box: (box.y0, box.x0))
        text, ink = painted_over(text, marked), np.asarray(ink & (1 - marked), np.uint8)
    return ruled, boxes, circles, text, without_specks(ink, body)


def as_read(page: SeenPage, readings: Sequence[LineReading], engine: str) -> ScannedPage:
    """The page with what each of its lines says."""
    lines, size, straight = page.found.lines, page.size, page.page
    readings = with_rows_of_dots(page.found, list(readings), [cut.x0 for cut in page.cuts])
    readings = [
        with_whole_numbers(reading, line.body)
        for line, reading in zip(lines, without_what_is_no_print(page.found, readings), strict=True)
    ]
    lines = [
        line._replace(body=consonant_height(line.body, reading.text, cut.pixels))
        for line, reading, cut in zip(lines, readings, page.cuts, strict=True)
    ]
    bodies, usual = _bodies(lines, readings)
    chars: list[Char] = []
    for number in in_reading_order(lines):
        line = lines[number]
        cell = page.regions[line.region] if line.region >= 0 else None
        chars += _chars(line, bodies[number], page.cuts[number].x0, readings[number], page.unit, cell)
    marked = MarkedPage(straight, page.boxes, page.circles, page.text, usual)
    content = PageContent(chars, page.strokes, size.x1, size.bottom, partial(with_pixel_marks, marked))
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
    """Every cell, those of a table inside a cell behind it: what stands beside the inner table stays in the cell."""
    for grid in grids:
        for cell in grid.cells:
            yield cell
            yield from _cells(cell.grids)


def _chars(
    line: TextLine, body: float, left: int, reading: LineReading, unit: float, cell: Region | None
) -> Iterator[Char]:
    """The words of a line as characters of the page, with the spaces between them.

    `left` is where the line's image begins on the page, `body` the height of its consonants, both in pixels. A line in
    a `cell` stays in it, without what was read of the ruling at its side.
    """
    size = TYPE_SIZE * body / unit
    end: float | None = None
    for word in reading.words:
        text = word.text.strip("|") if cell else word.text
        ends = left + word.x0, left + word.x1
        x0, x1 = (min(max(x, cell.x0 + 1), cell.x1 - 1) / unit if cell else x / unit for x in ends)
        if not text:
            continue
        if end is not None and x0 - end <= WORD_GAP * size:
            yield _char(" ", min(end, x0), x0, size, line, unit, word.confidence)
        yield {**_char(text, x0, x1, size, line, unit, word.confidence), "alternative": word.alternative}
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


def _bodies(lines: Sequence[TextLine], readings: Sequence[LineReading]) -> tuple[list[float], float]:
    """The height of each line's consonants in pixels, and the usual one, which lines of about that height have.

    Digits and Latin letters are higher than consonants: a line of them has the height that the line above it, the one
    below or most lines have, whichever makes them as high as they are.
    """
    if not lines:
        return [], 0.0
    usual = float(np.median([line.body for line in lines]))
    texts = [reading.text for reading in readings]
    is_tall = [line.letters <= SHORT_LINE and _is_tall(text) for line, text in zip(lines, texts, strict=True)]
    known = [
        line.letters >= MIN_LETTERS and _is_thai(text) and not tall
        for line, text, tall in zip(lines, texts, is_tall, strict=True)
    ]
    bodies = [usual if abs(line.body - usual) < SAME_SIZE * usual else line.body for line in lines]
    for number, line in enumerate(lines):
        if not known[number]:
            beside = [
                bodies[n]
                for n, other in enumerate(lines)
                if known[n] and other.region == line.region and abs(other.baseline - line.baseline) < NEXT * bodies[n]
            ]
            most = SAME_SIZE_OF_DIGITS if line.letters >= MIN_LETTERS else SAME_SIZE_OF_VOWELS
            heights = (1.0, TALL) if is_tall[number] else (DIGIT,)
            bodies[number] = _likely(line.body, [usual, *beside], heights, most)
    return bodies, usual


def _likely(measured: float, sizes: Sequence[float], heights: Sequence[float], most: float) -> float:
    """The one of some type sizes at which letters so many times as high as consonants, or up to `most` times, measure
    as they do."""
    likely = min(sizes, key=lambda body: min(abs(np.log(measured / body / height)) for height in heights))
    return likely if measured < most * likely else measured


def _is_tall(text: str) -> bool:
    """Whether so many letters of a line are tall that their height may be what was measured."""
    letters = [sign for sign in text if "ก" <= sign <= "ฮ" or sign in TALL_LETTERS]
    return 4 * sum(sign in TALL_LETTERS for sign in letters) >= len(letters) > 0


def _is_thai(text: str) -> bool:
    """Whether a line has consonants enough to measure them."""
    letters = [sign for sign in text if sign.isalnum()]
    return bool(letters) and 2 * sum("ก" <= sign <= "ฮ" for sign in letters) >= len(letters)


def _mean(readings: Sequence[LineReading]) -> float | None:
    values = [word.confidence for reading in readings for word in reading.words]
    return float(np.mean(values)) if values else None
