"""One line of text drawn as a scanner would sample it, with the place of every character."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from lettering.fonts import Face

Picture = NDArray[np.uint8]
_OVERSAMPLING = 3


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line on white paper: its text and, in pixels, where each character that takes room starts and ends."""

    pixels: Picture
    text: str
    spans: tuple[tuple[int, float, float], ...]
    """(index in `text`, left, right)."""
    top: float
    baseline: float


@lru_cache(maxsize=64)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)


def draw(text: str, face: Face, em: float, *, padding: float = 0.15) -> DrawnLine:
    """The line in a font of `em` pixels, dark on white, with `padding` (in em) around it."""
    font = _font(str(face.path), round(em * _OVERSAMPLING))
    ascent, _ = font.getmetrics()
    pad = round(padding * em * _OVERSAMPLING)
    left, top, right, bottom = font.getbbox(text)
    width = max(right, font.getlength(text)) + 2 * pad
    height = max(bottom, ascent) - min(top, 0) + 2 * pad
    canvas = Image.new("L", (round(width), round(height)), 255)
    origin = (pad - min(left, 0), pad - min(top, 0))
    ImageDraw.Draw(canvas).text(origin, text, font=font, fill=0)
    size = (max(1, canvas.width // _OVERSAMPLING), max(1, canvas.height // _OVERSAMPLING))
    pixels = np.asarray(cv2.resize(np.asarray(canvas), size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return DrawnLine(
        pixels, text, _spans(text, font, origin[0]), origin[1] / _OVERSAMPLING, (origin[1] + ascent) / _OVERSAMPLING
    )


def _spans(text: str, font: ImageFont.FreeTypeFont, left: float) -> tuple[tuple[int, float, float], ...]:
    starts = [left + font.getlength(text[:at]) for at in range(len(text) + 1)]
    return tuple(
        (at, starts[at] / _OVERSAMPLING, starts[at + 1] / _OVERSAMPLING)
        for at, char in enumerate(text)
        if unicodedata.category(char) != "Mn"
    )
