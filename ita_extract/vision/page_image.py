"""Picture files and PDF pages → one grey image per page, decoded one after the other so that memory stays flat."""

from __future__ import annotations

import io
import logging
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageFile, UnidentifiedImageError

from ita_extract.errors import DamagedError, EmptyInputError, EncryptedError, TooLargeError, UnsupportedInputError

Gray = NDArray[np.uint8]
"""A grey image, black 0, white 255."""

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"})
RENDER_DPI = 300.0
"""Resolution of rendered PDF pages; 300 dpi is what offices are told to scan text at."""
NATIVE_DPI = (140.0, 400.0)
"""A PDF page that is one picture is rendered at the picture's own resolution within these: nothing is invented, and no
stroke is lost."""
MAX_PIXELS = 24_000_000
"""Larger images are scaled down to this: A3 at 300 dpi has 17 million, A4 at 400 dpi 15 million."""
MAX_DECODED = 420_000_000
"""Bytes that a picture may take up unpacked: 20,000 × 20,000 grey pixels fit, in colour they do not."""
MAX_FRAMES = 5000
PLAUSIBLE_DPI = (100.0, 2400.0)
"""Programs write 72 or 96 into files whose resolution they do not know."""
FULL_PAGE = 0.8
"""Share of the page's area from which a picture is the page."""

logging.getLogger("PIL").addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a picture. `dpi` is None where the file does not say it; `scale` is pixels of `gray` per pixel of the
    file (or per 1/`dpi` inch of a PDF page); `warnings` say what is missing."""

    number: int
    gray: Gray
    dpi: float | None
    scale: float = 1.0
    warnings: tuple[str, ...] = ()


def page_images(data: bytes, suffix: str) -> Iterator[PageImage]:
    """The pages of a picture file (or a PDF), one at a time.

    Raises EmptyInputError, UnsupportedInputError, DamagedError, TooLargeError, and for PDFs EncryptedError. A cut-off
    picture is read as far as it goes, with a warning.
    """
    if not data.strip(b"\x00"):
        raise EmptyInputError("the file is empty")
    if suffix.lower() == ".pdf":
        yield from pdf_page_images(data)
    else:
        yield from _pictures(data)


def pdf_page_images(data: bytes, numbers: Iterable[int] | None = None) -> Iterator[PageImage]:
    """Pages of a PDF (all, or those with the given numbers from 1), rendered. Raises EncryptedError, DamagedError."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise EncryptedError("the PDF is locked with a password") from error
        raise DamagedError(f"the PDF cannot be opened: {error}") from error
    try:
        for number in numbers if numbers is not None else range(1, len(pdf) + 1):
            yield _rendered(pdf, number)
    finally:
        pdf.close()


def _rendered(pdf: pypdfium2.PdfDocument, number: int) -> PageImage:
    try:
        page = pdf[number - 1]
    except (pypdfium2.PdfiumError, IndexError) as error:
        raise DamagedError(f"page {number} of the PDF cannot be opened: {error}") from error
    try:
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            raise DamagedError(f"page {number} of the PDF has no size")
        dpi = _native_dpi(page, width * height)
        dpi = min(dpi, 72 * math.sqrt(MAX_PIXELS / (width * height)))
        pixels = page.render(scale=dpi / 72, grayscale=True).to_numpy()
        return PageImage(number, np.array(pixels, np.uint8).reshape(pixels.shape[:2]), dpi)
    finally:
        page.close()


def _native_dpi(page: pypdfium2.PdfPage, area: float) -> float:
    """The resolution of the one picture that fills the page, or the usual one."""
    pictures = list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))
    if len(pictures) == 1:
        left, bottom, right, top = pictures[0].get_bounds()
        columns, rows = pictures[0].get_px_size()
        covered = (right - left) * (top - bottom)
        if covered >= FULL_PAGE * area:
            dpi = 72 * math.sqrt(columns * rows / covered)
            if NATIVE_DPI[0] <= dpi <= NATIVE_DPI[1]:
                return dpi
    return RENDER_DPI


def _pictures(data: bytes) -> Iterator[PageImage]:
    with _pillow_limits(truncated=False):
        try:
            picture = Image.open(io.BytesIO(data))
        except UnidentifiedImageError as error:
            raise UnsupportedInputError(
                "the file is no picture that can be read", remedy="Save it as PNG, JPEG, TIFF or PDF."
            ) from error
        except Exception as error:  # Pillow's parsers raise anything on damaged heads
            raise DamagedError(
                f"the picture cannot be opened: {type(error).__name__}: {error}", remedy=_AGAIN
            ) from error
    with picture:
        count = _frame_count(picture)
        for index in range(count):
            yield _frame(picture, data, index)


_EXIF_ORIENTATION = 0x0112


def _as_it_is(gray: Gray) -> Gray:
    return gray


_EXIF_TURNS: dict[int, Callable[[Gray], Gray]] = {
    2: lambda gray: gray[:, ::-1],
    3: lambda gray: gray[::-1, ::-1],
    4: lambda gray: gray[::-1],
    5: lambda gray: gray.T,
    6: lambda gray: gray.T[:, ::-1],
    7: lambda gray: gray.T[::-1, ::-1],
    8: lambda gray: gray.T[::-1],
}
"""How a camera says that it was held (EXIF 2.3, tag Orientation), and what turns the picture upright."""
_AGAIN = "Copy or download the picture again, or scan the page again."


def _frame_count(picture: Image.Image) -> int:
    """How many pages the file has: only TIFF has pages, moving pictures have one."""
    if picture.format != "TIFF":
        return 1
    try:
        return min(int(getattr(picture, "n_frames", 1)), MAX_FRAMES)
    except Exception:  # noqa: BLE001 - a damaged directory of pages: what can be reached is read
        return 1


def _frame(picture: Image.Image, data: bytes, index: int) -> PageImage:
    try:
        with _pillow_limits(truncated=False):
            return _decoded(picture, index, ())
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        cause: Exception = error
    again = Image.open(io.BytesIO(data))
    with again, _pillow_limits(truncated=True):
        try:
            warning = f"page {index + 1}: the picture is damaged or cut off ({cause}); what is there was read"
            page = _decoded(again, index, (warning,))
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise DamagedError(f"page {index + 1}: the picture cannot be decoded: {error}", remedy=_AGAIN) from error
    if page.gray.min() == page.gray.max():
        raise DamagedError(f"page {index + 1}: the picture ends before its first pixels: {cause}", remedy=_AGAIN)
    return page


def _decoded(picture: Image.Image, index: int, warnings: tuple[str, ...]) -> PageImage:
    if index:
        picture.seek(index)
    columns, rows = picture.size
    if picture.format == "JPEG":
        picture.draft("L" if picture.mode in ("RGB", "L") else picture.mode, _fitting(columns, rows))
    decoded = picture.size[0] * picture.size[1] * len(picture.getbands())
    if decoded > MAX_DECODED:
        raise TooLargeError(
            f"page {index + 1} has {columns:,} × {rows:,} pixels: unpacked it would take {decoded:,} bytes; "
            f"the limit is {MAX_DECODED:,}",
            remedy="Scale the picture down (300 dpi is enough), or save it in grey.",
        )
    dpi = _dpi(picture)
    gray = _fitted(_gray(picture))
    gray = _EXIF_TURNS.get(picture.getexif().get(_EXIF_ORIENTATION, 1), _as_it_is)(gray)
    scale = max(gray.shape) / max(columns, rows)
    return PageImage(index + 1, np.ascontiguousarray(gray), dpi * scale if dpi else None, scale, warnings)


def _fitting(columns: int, rows: int) -> tuple[int, int]:
    """The size within the limit to which an image of this size is scaled."""
    scale = min(1.0, math.sqrt(MAX_PIXELS / (columns * rows)))
    return max(1, int(columns * scale)), max(1, int(rows * scale))


def _fitted(gray: Gray) -> Gray:
    size = _fitting(gray.shape[1], gray.shape[0])
    if size == gray.shape[::-1]:
        return gray
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)


def _gray(picture: Image.Image) -> Gray:
    """Luminance on white paper, of any mode that Pillow knows."""
    if picture.mode.startswith(("I;16", "I")) or picture.mode == "F":
        return _from_deep(np.asarray(picture))
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        paper = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        picture = Image.alpha_composite(paper, layered)
    if picture.mode not in ("L", "1", "RGB"):
        picture = picture.convert("RGB")
    gray = picture.convert("L")
    times = int(math.sqrt(gray.width * gray.height / MAX_PIXELS))
    return np.asarray(gray.reduce(times) if times > 1 else gray, np.uint8)


def _from_deep(values: NDArray[Any]) -> Gray:
    """Grey of more than 8 bits; what fits into 8 bits is taken as such."""
    numbers = np.nan_to_num(values.astype(np.float32))
    top = float(numbers.max(initial=0))
    scale = 1.0 if 1 < top <= 255 else 255.0 / (65535.0 if top > 1 else 1.0)
    return np.asarray(np.clip(numbers * scale, 0, 255), np.uint8)


def _dpi(picture: Image.Image) -> float | None:
    try:
        dpi = float(picture.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None
    return dpi if PLAUSIBLE_DPI[0] <= dpi <= PLAUSIBLE_DPI[1] else None


@contextmanager
def _pillow_limits(*, truncated: bool) -> Iterator[None]:
    """Pillow's own limits of size off (ours is by memory); cut-off files accepted or not. Both are global in Pillow."""
    before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = None, truncated
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = before
