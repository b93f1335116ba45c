"""A picture of what was seen on a scanned page, for a person to look at: the page with its cells, lines and marks on
the left, what was read of each line at the same height on the right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, features

from ita_extract.errors import PageNumberError
from ita_extract.geometry import Box
from ita_extract.readers.options import ReadOptions
from ita_extract.readers.pdf.grid import Grid, grids_of
from ita_extract.readers.pdf.placing import completed, placed
from ita_extract.readers.pdf.text import Char
from ita_extract.readers.scan.content import ScannedPage, scanned
from ita_extract.vision.ocr import engine, engine_name
from ita_extract.vision.page_image import page_images

LONGEST = 1600
"""Longer side of the page in the picture, in pixels: letters of 10 points can be read."""
FONTS = (
    "Sarabun-Regular.ttf", "THSarabunNew.ttf", "Laksaman.ttf", "Garuda.ttf", "Loma.ttf",
    "tahoma.ttf", "Tahoma.ttf", "Thonburi.ttc", "NotoSansThai-Regular.ttf", "DejaVuSans.ttf",
)  # fmt: skip
"""Fonts with Thai letters as Linux, Windows and macOS have them, best first."""
SURE = 0.85
"""Confidence below which a line is drawn as doubtful."""
PAPER, CELL, LINE, DOUBTFUL, SIGN = "white", "#3b6fd4", "#2e9e4f", "#d97700", "#808080"
STATES = {True: "#d01c1c", False: "#a020c0", None: "#000000"}
"""Colours of marks: ticked, left empty, cannot be told."""


def page_overlay(path: Path, number: int, options: ReadOptions) -> Image.Image:
    """The overlay picture of page `number` (from 1) of a scan or PDF, read from its picture.

    Raises PageNumberError, and what reading a picture raises: an InputError, OcrMissingError, OcrError.
    """
    count = 0
    for image in page_images(path.read_bytes(), path.suffix):
        count += 1
        if count == number:
            return overlay(scanned(image, engine(options.ocr_engine), engine_name(options.ocr_engine)))
    raise PageNumberError(f"{path.name} has {count} pages; there is no page {number}")


def overlay(page: ScannedPage) -> Image.Image:
    """The page with what was seen on it, and beside it what was read."""
    gray = page.seen.page.gray
    scale = min(1.0, LONGEST / max(gray.shape))
    width, height = max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale))
    picture = Image.new("RGB", (2 * width + 1, height), PAPER)
    picture.paste(Image.fromarray(gray).resize((width, height), Image.Resampling.LANCZOS), (0, 0))
    draw = ImageDraw.Draw(picture)
    draw.line((width, 0, width, height), fill=SIGN)
    points = page.seen.unit * scale
    grids, marks = _marked(page)
    for box in _boxes(grids):
        for left in (0, width + 1):
            draw.rectangle(_scaled(box, points, left), outline=CELL, width=2 if not left else 1)
    _draw_lines(draw, page, scale, width + 1)
    for mark in marks:
        box = Box(mark["x0"], mark["top"], mark["x1"], mark["bottom"])
        colour = STATES[mark["drawn"].state]
        draw.rectangle(_scaled(box, points, 0), outline=colour, width=3)
        fill = colour if mark["drawn"].state else None
        draw.rectangle(_scaled(box, points, width + 1), outline=colour, fill=fill)
    return picture


def _marked(page: ScannedPage) -> tuple[list[Grid], list[Char]]:
    """The tables of the page, and the characters that stand for its marks."""
    content = page.content
    grids = completed(content.chars, content.strokes, grids_of(content.strokes, content.box))
    _, cells = placed(content.chars, grids)
    return grids, [char for char in content.mark(content.chars, grids, cells, []) if "drawn" in char]


def _boxes(grids: list[Grid]) -> Iterator[Box]:
    for grid in grids:
        for cell in grid.cells:
            yield cell.box
            yield from _boxes(cell.grids)


def _draw_lines(draw: ImageDraw.ImageDraw, page: ScannedPage, scale: float, panel: int) -> None:
    for line, reading in zip(page.seen.found.lines, page.readings, strict=True):
        box = Box(line.x0, line.top, line.x1, line.bottom)
        colour = SIGN if not reading.text else LINE if reading.confidence >= SURE else DOUBTFUL
        draw.rectangle(_scaled(box, scale, 0), outline=colour)
        _write(draw, reading.text, _scaled(box, scale, panel), "black" if colour == LINE else colour)


def _scaled(box: Box, scale: float, left: float) -> tuple[float, float, float, float]:
    return left + scale * box.x0, scale * box.top, left + scale * box.x1, scale * box.bottom


def _write(draw: ImageDraw.ImageDraw, text: str, box: tuple[float, float, float, float], colour: str) -> None:
    """Text as large as its box is wide and high; without a font for it only the box."""
    x0, top, x1, bottom = box
    font = _font(max(6, min(28, round(0.8 * (bottom - top)))))
    if font is None or not text.strip():
        draw.rectangle(box, outline=colour)
        return
    width = draw.textlength(text, font)
    if width > x1 - x0:
        font = _font(max(6, int(font.size * (x1 - x0) / width))) or font
    draw.text((x0, bottom), text, fill=colour, font=font, anchor="ld")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | None:
    layout = ImageFont.Layout.RAQM if features.check("raqm") else ImageFont.Layout.BASIC
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size, layout_engine=layout)
        except OSError:
            continue
    return None
