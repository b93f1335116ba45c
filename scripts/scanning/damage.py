"""The four damage levels of scans, and features that any of them may have. Same page, level and seed: same pixels."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]
Matrix = NDArray[np.float64]

DPI = 300
"""Resolution at which pages are rendered before they are damaged."""
PAPER = 255.0


@dataclass(frozen=True, slots=True)
class Scan:
    """A damaged page. `matrix` leads from pixels of the rendered page (300 dpi) to pixels of `image`."""

    image: Pixels
    dpi: float
    matrix: Matrix
    suffix: str
    data: bytes


def render(path: Path, number: int = 0) -> Pixels:
    """A page of a PDF at 300 dpi, grey."""
    with pypdfium2.PdfDocument(path) as pdf:
        return _gray(pdf[number])


def _gray(page: pypdfium2.PdfPage) -> Pixels:
    pixels = page.render(scale=DPI / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(pixels.reshape(pixels.shape[0], pixels.shape[1]))


def flatbed(page: Pixels, seed: int = 0) -> Scan:
    """300 dpi grey, askew by up to a degree, a little blur and noise."""
    rng = np.random.default_rng(seed)
    image, matrix = _turned(page, rng.uniform(-1, 1), 1.0)
    image = _noisy(np.asarray(cv2.GaussianBlur(image, (0, 0), 0.6), np.uint8), 3, rng)
    return Scan(image, DPI, matrix, ".png", _png(image, DPI))


def copier(page: Pixels, seed: int = 0) -> Scan:
    """200 dpi JPEG, askew by up to three degrees, noisy, unevenly lit."""
    rng = np.random.default_rng(seed)
    image, matrix = _turned(page, rng.uniform(-3, 3), 200 / DPI)
    light = _light(image.shape, rng, 0.72)
    image = _noisy(np.clip(image * light, 0, 255), 8, rng)
    data = _jpeg(image, 55, 200)
    return Scan(_decoded(data), 200, matrix, ".jpg", data)


def fax(page: Pixels, seed: int = 0) -> Scan:
    """1 bit at 200 dpi, askew, strokes frayed, specks."""
    rng = np.random.default_rng(seed)
    image, matrix = _turned(page, rng.uniform(-1.5, 1.5), 200 / DPI)
    rough = cv2.GaussianBlur(rng.normal(0, 60, image.shape).astype(np.float32), (0, 0), 1.0)
    bits = image.astype(np.float32) + rough > rng.uniform(140, 175)
    specks = rng.random(image.shape) < 0.0004
    bits &= cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)) == 0
    image = bits.astype(np.uint8) * 255
    return Scan(image, 200, matrix, ".tif", _tiff(image, 200))


def photo(page: Pixels, seed: int = 0) -> Scan:
    """A telephone's picture: perspective, a desk around the page, a shadow, blur, JPEG."""
    rng = np.random.default_rng(seed)
    height, width = page.shape
    tall, wide = round(height * 1.06), round(width * 1.08)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    middle = np.array([(wide - width) / 2, (tall - height) / 2])
    moved = corners * 0.97 + middle + rng.uniform(-0.035, 0.035, (4, 2)) * [width, height]
    turn = cv2.getRotationMatrix2D((wide / 2, tall / 2), rng.uniform(-2, 2), 0.97)
    moved = moved @ turn[:, :2].T + turn[:, 2]
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    desk = np.full((tall, wide), rng.uniform(50, 110), np.float32)
    desk += cv2.resize(rng.normal(0, 14, (tall // 40, wide // 40)).astype(np.float32), (wide, tall))
    inside = cv2.warpPerspective(np.full_like(page, 255), matrix, (wide, tall), flags=cv2.INTER_AREA) / 255.0
    seen = cv2.warpPerspective(page, matrix, (wide, tall), flags=cv2.INTER_AREA, borderValue=255)
    image = (seen * 0.92 * inside + desk * (1 - inside)) * _light(desk.shape, rng, 0.6) * _shadow(desk.shape, rng)
    image = _noisy(cv2.GaussianBlur(image.astype(np.float32), (0, 0), rng.uniform(1.0, 1.5)), 4, rng)
    data = _jpeg(image, 70, 72)
    return Scan(_decoded(data), 72, matrix.astype(np.float64), ".jpg", data)


LEVELS: dict[str, Callable[[Pixels, int], Scan]] = {
    "flatbed": flatbed,
    "copier": copier,
    "fax": fax,
    "photo": photo,
}
"""Damage levels by name, from light to heavy."""


def turned_by(scan: Scan, quarters: int) -> Scan:
    """The scan turned counter-clockwise by so many quarters: fed sideways or upside down."""
    height, width = scan.image.shape[:2]
    image = np.ascontiguousarray(np.rot90(scan.image, quarters))
    step = {
        0: np.eye(3),
        1: np.array([[0, 1, 0], [-1, 0, width - 1], [0, 0, 1.0]]),
        2: np.array([[-1, 0, width - 1], [0, -1, height - 1], [0, 0, 1.0]]),
        3: np.array([[0, -1, height - 1], [1, 0, 0], [0, 0, 1.0]]),
    }[quarters % 4]
    return Scan(image, scan.dpi, step @ scan.matrix, ".png", _png(image, scan.dpi))


def _turned(page: Pixels, degrees: float, scale: float) -> tuple[Pixels, Matrix]:
    """The page scaled and turned about its middle on paper of the same size; counter-clockwise is positive."""
    height, width = round(page.shape[0] * scale), round(page.shape[1] * scale)
    small = page if scale == 1 else cv2.resize(page, (width, height), interpolation=cv2.INTER_AREA)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    image = cv2.warpAffine(small, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(image, np.uint8), np.vstack([turn, [0, 0, 1]]) @ np.diag([scale, scale, 1.0])


def _noisy(image: NDArray[np.uint8] | NDArray[np.float32], sigma: float, rng: np.random.Generator) -> Pixels:
    noise = rng.normal(0, sigma, image.shape).astype(np.float32)
    return np.asarray(np.clip(image + noise, 0, 255), np.uint8)


def _light(shape: tuple[int, ...], rng: np.random.Generator, least: float) -> NDArray[np.float32]:
    """Light that falls off smoothly to `least` of full in some direction."""
    angle = rng.uniform(0, 2 * np.pi)
    x = np.linspace(-1, 1, shape[1], dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, shape[0], dtype=np.float32)[:, None]
    slope = (x * np.cos(angle) + y * np.sin(angle)) / 1.42
    return np.asarray(least + (1 - least) * (slope + 1) / 2, np.float32)


def _shadow(shape: tuple[int, ...], rng: np.random.Generator) -> NDArray[np.float32]:
    """The shadow of the hand that holds the telephone."""
    height, width = shape[:2]
    shade = np.ones((height // 8, width // 8), np.float32)
    middle = (int(rng.uniform(0, width // 8)), int(rng.uniform(0.6, 1.1) * height / 8))
    cv2.ellipse(shade, middle, (width // 20, height // 16), rng.uniform(0, 180), 0, 360, (0.62,), -1)
    return np.asarray(cv2.resize(cv2.GaussianBlur(shade, (0, 0), 12), (width, height)), np.float32)


def _png(image: Pixels, dpi: float) -> bytes:
    return _saved(image, "PNG", dpi=(dpi, dpi), compress_level=1)


def _jpeg(image: Pixels, quality: int, dpi: float) -> bytes:
    return _saved(image, "JPEG", quality=quality, dpi=(dpi, dpi))


def _tiff(image: Pixels, dpi: float) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(image).convert("1").save(stream, "TIFF", compression="group4", dpi=(dpi, dpi))
    return stream.getvalue()


def _saved(image: Pixels, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(image).save(stream, kind, **options)
    return stream.getvalue()


def _decoded(data: bytes) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(data)).convert("L")).copy()


def as_tiff(pages: Iterable[Pixels], dpi: float) -> bytes:
    """Pages in one TIFF."""
    first, *others = [Image.fromarray(page) for page in pages]
    stream = io.BytesIO()
    first.save(stream, "TIFF", save_all=True, append_images=others, compression="tiff_deflate", dpi=(dpi, dpi))
    return stream.getvalue()
