"""What happens to paper and files before they are read: bleed-through, stamps, holes, borders, bad rulings; pages that
hold nothing, stand on their head, or end too early."""

from __future__ import annotations

import io
import json
import sys
import tracemalloc
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from evaluate import evaluate, total  # noqa: E402
from ita_extract.errors import EmptyInputError, TooLargeError  # noqa: E402
from ita_extract.readers import read_bytes  # noqa: E402
from ita_extract.readers.scan.reading_order import in_reading_order  # noqa: E402
from ita_extract.vision.lines import TextLine  # noqa: E402
from measuring.scans import read_scans, records  # noqa: E402
from scanning.damage import LEVELS, Scan, flatbed, render, turned_by  # noqa: E402

Pixels = NDArray[np.uint8]
SAMPLE = ROOT / "samples" / "minutes-table"
PRINT = ROOT / "prints" / "minutes-table.chromium.pdf"


@cache
def page() -> Pixels:
    return render(PRINT)


def rulings_of(gray: Pixels) -> Pixels:
    """Where the print has rulings."""
    ink = (gray < 128).astype(np.uint8)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 150), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((110, 1), np.uint8))
    return np.asarray(np.maximum(level, upright), np.uint8)


def bleed_through(gray: Pixels) -> Pixels:
    back = 255 - (255 - np.flip(np.roll(gray, 37, axis=0), axis=1).astype(np.float32)) * 0.15
    return np.asarray(np.minimum(gray, back), np.uint8)


def stamp(gray: Pixels) -> Pixels:
    out = gray.copy()
    cv2.circle(out, (1250, 1500), 190, 175, 5, cv2.LINE_AA)
    cv2.circle(out, (1250, 1500), 150, 175, 3, cv2.LINE_AA)
    return np.minimum(out, gray)


def punch_holes(gray: Pixels) -> Pixels:
    out = gray.copy()
    for y in (1300, 2250):
        cv2.circle(out, (90, y), 36, 20, -1)
    return out


def black_borders(gray: Pixels) -> Pixels:
    out = gray.copy()
    out[:, :70] = out[:40] = 12
    return out


def faint_rulings(gray: Pixels) -> Pixels:
    return np.where(rulings_of(gray) > 0, 205, gray).astype(np.uint8)


def broken_rulings(gray: Pixels) -> Pixels:
    y, x = np.indices(gray.shape)
    level = cv2.morphologyEx((gray < 128).astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, 150), np.uint8))
    gaps = np.where(level > 0, x % 130 < 14, y % 110 < 12)
    return np.where((rulings_of(gray) > 0) & gaps, 255, gray).astype(np.uint8)


def double_rulings(gray: Pixels) -> Pixels:
    ruled = rulings_of(gray)
    again = np.roll(np.roll(ruled, 9, axis=0), 9, axis=1)
    return np.where(again > 0, np.minimum(gray, 40), gray).astype(np.uint8)


CHANGES: list[Callable[[Pixels], Pixels]] = [
    bleed_through, stamp, punch_holes, black_borders, faint_rulings, broken_rulings, double_rulings,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_same_records_whatever_happened_to_the_paper(change: Callable[[Pixels], Pixels]) -> None:
    scan = flatbed(change(page()), 3)
    found = records(read_scans(PRINT, [scan], None), "page.png")
    tallies = evaluate([(SAMPLE, PRINT)], lambda _: found)
    notes = [note for tally in tallies.values() for note in tally.notes]
    assert total(tallies.values()).f1 >= 0.97, notes
    expected = json.loads((SAMPLE / "expected.json").read_text(encoding="utf-8"))["attendees"]
    assert {row["name_raw"] for row in expected} <= {row["name_raw"] for row in found.rows("attendees")}


@pytest.mark.parametrize("quarters", [1, 2, 3])
@pytest.mark.parametrize("level", ["copier", "fax"])
def test_pages_fed_sideways_and_on_their_head(quarters: int, level: str) -> None:
    scan: Scan = turned_by(LEVELS[level](page(), 5), quarters)
    found = records(read_scans(PRINT, [scan], None), "page.png")
    assert total(evaluate([(SAMPLE, PRINT)], lambda _: found).values()).f1 >= 0.97


# ------------------------------------------------------------------ pages without anything
def png(pixels: Pixels) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG", dpi=(200, 200))
    return stream.getvalue()


def landscape() -> Pixels:
    """A picture of hills and a sky with clouds: no letter in it."""
    rng = np.random.default_rng(4)
    sky = cv2.resize(rng.normal(190, 30, (24, 16)).astype(np.float32), (1100, 1500), interpolation=cv2.INTER_CUBIC)
    hills = 900 + 150 * np.sin(np.arange(1100) / 170)
    sky[np.arange(1500)[:, None] > hills[None, :]] -= 90
    return np.asarray(np.clip(sky + rng.normal(0, 4, sky.shape), 0, 255), np.uint8)


NOTHING = {
    "white": np.full((2339, 1654), 255, np.uint8),
    "black": np.zeros((2339, 1654), np.uint8),
    "landscape": landscape(),
}


@pytest.mark.parametrize("name", NOTHING)
def test_a_picture_without_text_says_so(name: str) -> None:
    with pytest.raises(EmptyInputError, match="no text"):
        read_bytes(png(NOTHING[name]), f"{name}.png")


def test_a_tiff_of_500_pages_takes_no_more_memory_than_one() -> None:
    stream = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(stream, True) as writer:
        for _ in range(500):
            Image.new("L", (400, 300), 250).save(writer, "TIFF", compression="tiff_deflate")
            writer.newFrame()
    tracemalloc.start()
    with pytest.raises(EmptyInputError):
        read_bytes(stream.getvalue(), "archive.tif")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 80 * 400 * 300


def test_twenty_thousand_pixels_in_colour_are_refused_before_they_are_unpacked() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (20_000, 20_000)).save(stream, "PNG", compress_level=1)
    with pytest.raises(TooLargeError, match="20,000 × 20,000") as caught:
        read_bytes(stream.getvalue(), "large.png")
    assert "300 dpi" in caught.value.remedy


def test_a_cut_off_jpeg_gives_what_is_there_and_a_warning() -> None:
    data = LEVELS["copier"](page(), 1).data
    document = read_bytes(data[: len(data) // 2], "cut.jpg")
    assert any("cut off" in warning for warning in document.warnings)
    assert "ประชุม" in document.source


# ------------------------------------------------------------------ order of reading
def lines_at(*places: tuple[int, int, int]) -> list[TextLine]:
    """Lines of 20 pixels' height at (x0, x1, top)."""
    return [TextLine(x0, top, x1, top + 30, top + 25.0, 0.0, 20.0, 12) for x0, x1, top in places]


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    left = [(100, 1000 if n % 4 else 700, 100 + 50 * n) for n in range(12)]
    right = [(1200, 2100 if n % 3 else 1800, 100 + 50 * n) for n in range(12)]
    rows = [place for pair in zip(left, right, strict=True) for place in pair]
    order = in_reading_order(lines_at(*rows))
    assert order == [*range(0, 24, 2), *range(1, 24, 2)]


def test_a_list_in_columns_is_read_row_by_row() -> None:
    names = [(100, 420 - 30 * (n % 3), 100 + 50 * n) for n in range(8)]
    offices = [(900, 1250 + 60 * (n % 4), 100 + 50 * n) for n in range(8)]
    roles = [(1700, 1850 + 90 * (n % 2), 100 + 50 * n) for n in range(8)]
    rows = [place for row in zip(names, offices, roles, strict=True) for place in row]
    assert in_reading_order(lines_at(*rows)) == list(range(24))


def test_headings_over_columns_stay_above_them() -> None:
    columns = [(x0, x0 + 900, 200 + 50 * n) for n in range(8) for x0 in (100, 1200)]
    order = in_reading_order(lines_at((400, 1800, 100), *columns, (100, 2000, 900)))
    assert order == [0, *range(1, 17, 2), *range(2, 17, 2), 17]
