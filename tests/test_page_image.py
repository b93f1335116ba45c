"""Picture files and PDF pages become grey pages, whatever is wrong with them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, TiffImagePlugin

from ita_extract.errors import DamagedError, EmptyInputError, EncryptedError, TooLargeError, UnsupportedInputError
from ita_extract.vision.page_image import MAX_PIXELS, page_images, pdf_page_images

PRINT = Path(__file__).resolve().parents[1] / "prints" / "score-matrix.chromium.pdf"


def ramp(mode: str = "L", width: int = 200, height: int = 100) -> Image.Image:
    """A picture that grows brighter from left to right."""
    row = np.linspace(0, 255, width).astype(np.uint8)
    return Image.fromarray(np.tile(row, (height, 1))).convert(mode)


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "BMP"])
def test_every_format_gives_the_same_grey(kind: str) -> None:
    page = next(page_images(saved(ramp("RGB"), kind), f".{kind.lower()}"))
    assert page.gray.shape == (100, 200)
    assert np.abs(page.gray.astype(int) - np.asarray(ramp()).astype(int)).max() <= 6


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "P", "CMYK", "YCbCr", "I;16", "I", "F"])
def test_every_mode_is_grey_on_white(mode: str) -> None:
    if mode in ("I;16", "I", "F"):
        deep = np.asarray(ramp()).astype(np.float32) * (257 if mode != "F" else 1 / 255)
        picture = Image.fromarray(deep.astype({"I;16": np.uint16, "I": np.int32, "F": np.float32}[mode]))
    else:
        picture = ramp(mode)
    page = next(page_images(saved(picture, "TIFF" if mode not in ("RGBA", "LA", "P") else "PNG"), ".tif"))
    assert np.abs(page.gray.astype(int) - np.asarray(ramp()).astype(int)).max() <= 8


def test_what_is_transparent_is_paper() -> None:
    picture = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (10, 10, 20, 20))
    gray = next(page_images(saved(picture, "PNG"), ".png")).gray
    assert gray[0, 0] == 255 and gray[15, 15] == 0


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG"])
def test_pictures_are_turned_as_their_exif_says(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    page = next(page_images(saved(ramp(), kind, exif=exif), ".jpg"))
    assert page.gray.shape == (200, 100)
    assert page.gray[0].mean() < 10 and page.gray[-1].mean() > 245


@pytest.mark.parametrize(("written", "read"), [(300, 300), (72, None), (96, None)])
def test_default_resolutions_are_not_believed(written: int, read: int | None) -> None:
    page = next(page_images(saved(ramp(), "PNG", dpi=(written, written)), ".png"))
    assert page.dpi == (pytest.approx(read, abs=0.1) if read else None)


def test_pages_of_a_tiff_come_one_by_one_and_in_order() -> None:
    pages = [Image.new("L", (40, 30), shade) for shade in (10, 120, 240)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate")
    found = list(page_images(data, ".tiff"))
    assert [(page.number, int(page.gray[0, 0])) for page in found] == [(1, 10), (2, 120), (3, 240)]


def test_a_tiff_of_500_pages_is_never_in_memory_as_a_whole() -> None:
    import tracemalloc

    stream = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(stream, True) as writer:
        for _ in range(500):
            Image.new("L", (500, 400), 200).save(writer, "TIFF", compression="tiff_deflate")
            writer.newFrame()
    tracemalloc.start()
    count = sum(page.gray[0, 0] == 200 for page in page_images(stream.getvalue(), ".tif"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 500
    assert peak < 20 * 500 * 400


def test_a_cut_off_jpeg_is_read_as_far_as_it_goes() -> None:
    data = saved(ramp("L", 800, 800), "JPEG")
    page = next(page_images(data[: len(data) // 2], ".jpg"))
    assert page.gray.shape == (800, 800)
    assert "cut off" in page.warnings[0]
    assert page.gray[50, -1] > 245


def test_large_pictures_are_scaled_down() -> None:
    page = next(page_images(saved(ramp("L", 9000, 6000), "JPEG"), ".jpg"))
    assert page.gray.size <= MAX_PIXELS
    assert page.scale == pytest.approx(page.gray.shape[1] / 9000)


def test_a_decompression_bomb_is_refused() -> None:
    width = height = 60_000
    head = saved(Image.new("1", (8, 8)), "PNG")
    bomb = head[:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + head[24:29]
    import zlib

    bomb += zlib.crc32(bomb[12:29]).to_bytes(4, "big") + head[33:]
    with pytest.raises(TooLargeError, match="60,000"):
        next(page_images(bomb, ".png"))


@pytest.mark.parametrize("data", [b"", b"\x00" * 100])
def test_nothing_is_told(data: bytes) -> None:
    with pytest.raises(EmptyInputError):
        next(page_images(data, ".png"))


def test_what_is_no_picture_is_told() -> None:
    with pytest.raises(UnsupportedInputError):
        next(page_images(b"GIF? no, just text", ".png"))


def test_a_picture_without_pixels_is_damaged() -> None:
    with pytest.raises(DamagedError):
        next(page_images(saved(ramp(), "PNG")[:60], ".png"))


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1)])
def test_thin_pictures_are_pages(size: tuple[int, int]) -> None:
    assert next(page_images(saved(Image.new("L", size, 255), "PNG"), ".png")).gray.shape == size[::-1]


def test_pdf_pages_are_rendered_at_300_dpi() -> None:
    page = next(pdf_page_images(PRINT.read_bytes()))
    assert page.dpi == 300
    assert page.gray.shape == pytest.approx((3508, 2479), abs=2)


def test_a_picture_that_is_the_page_keeps_its_resolution() -> None:
    data = saved(ramp("L", 1654, 2339), "PDF", resolution=200)
    page = next(page_images(data, ".pdf"))
    assert page.dpi == pytest.approx(200, abs=0.5)
    assert page.gray.shape == pytest.approx((2339, 1654), abs=1)


def test_a_locked_pdf_is_told() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = io.BytesIO()
    pdf.save(stream, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(EncryptedError):
        next(pdf_page_images(stream.getvalue()))


def test_chosen_pages_of_a_pdf() -> None:
    pdf = pikepdf.new()
    for width in (100, 200, 300):
        pdf.add_blank_page(page_size=(width, 100))
    stream = io.BytesIO()
    pdf.save(stream)
    assert [(p.number, p.gray.shape[1]) for p in pdf_page_images(stream.getvalue(), [3, 1])] == [(3, 1250), (1, 417)]
