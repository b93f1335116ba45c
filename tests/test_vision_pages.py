"""Scans made from prints, at every damage level: straight pages, rulings, lines of text against what was printed."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from ita_extract.vision.ink import ink_mask  # noqa: E402
from ita_extract.vision.line_images import line_image  # noqa: E402
from ita_extract.vision.lines import text_lines  # noqa: E402
from ita_extract.vision.page_image import PageImage  # noqa: E402
from ita_extract.vision.rulings import find_rulings  # noqa: E402
from ita_extract.vision.straighten import StraightPage, straighten  # noqa: E402
from measuring.lines import Score, Seen, judge, seen, truth_of  # noqa: E402
from scanning.damage import LEVELS, Scan, render, turned_by  # noqa: E402

TABLE = ROOT / "prints" / "plan-form.chromium.pdf"
TEXT = ROOT / "prints" / "minutes.libreoffice.pdf"


@cache
def scanned(path: Path, level: str, seed: int = 11) -> Scan:
    return LEVELS[level](render(path), seed)


@cache
def scored(path: Path, level: str) -> tuple[Score, Seen]:
    score = Score()
    truth = truth_of(path)
    view = seen(scanned(path, level), truth, score)
    judge(view, truth, score, level)
    return score, view


PAGES = [*((TABLE, level) for level in LEVELS), (TEXT, "copier"), (TEXT, "photo")]


@pytest.mark.parametrize(("path", "level"), PAGES)
def test_every_line_is_found_whole_and_alone(path: Path, level: str) -> None:
    score, _ = scored(path, level)
    assert score.right >= score.lines - 1, score.faults
    assert score.lost <= 0.003 * score.glyphs
    assert score.merged == 0


@pytest.mark.parametrize("level", LEVELS)
def test_rulings_are_those_printed(level: str) -> None:
    score, _ = scored(TABLE, level)
    assert score.ruled > 1000
    assert score.ruled_found >= 0.99 * score.ruled
    assert score.drawn_right >= 0.99 * score.drawn


@pytest.mark.parametrize(("path", "level"), PAGES)
def test_pages_are_level(path: Path, level: str) -> None:
    score, _ = scored(path, level)
    assert abs(score.skew[0]) < 0.08


def straight(scan: Scan) -> StraightPage:
    return straighten(PageImage(1, scan.image, scan.dpi if scan.dpi > 100 else None))


@pytest.mark.parametrize(
    ("level", "quarters"),
    [("copier", 0), ("copier", 1), ("copier", 2), ("copier", 3), ("flatbed", 3), ("fax", 1), ("photo", 2)],
)
def test_pages_are_turned_upright(level: str, quarters: int) -> None:
    scan = turned_by(scanned(TEXT, level), quarters)
    page = straight(scan)
    assert page.rotation == (360 - 90 * (4 - quarters)) % 360
    there = np.linalg.inv(page.matrix) @ scan.matrix
    (left, right) = cv2.perspectiveTransform(np.array([[[300.0, 600.0], [1800.0, 600.0]]]), there)[0]
    assert right[0] - left[0] > 500
    assert abs(right[1] - left[1]) < 0.02 * (right[0] - left[0])


def test_places_lead_back_to_the_picture() -> None:
    scan = scanned(TABLE, "photo")
    page = straight(scan)
    place = cv2.perspectiveTransform(np.array([[[700.0, 900.0]]]), np.linalg.inv(page.matrix))[0, 0]
    assert page.original(*place) == pytest.approx((700, 900), abs=1e-6)


def test_the_light_of_a_photograph_is_made_even() -> None:
    page = straight(scanned(TEXT, "photo"))
    height, width = page.gray.shape
    inner = page.gray[height // 20 : -height // 20, width // 20 : -width // 20]
    blocks = [block for row in np.array_split(inner, 6) for block in np.array_split(row, 6, axis=1)]
    assert min(float(np.percentile(block, 80)) for block in blocks) > 225


def test_a_line_image_holds_nothing_of_other_lines() -> None:
    _, view = scored(TEXT, "copier")
    for number, line in enumerate(view.found.lines[:12]):
        cut = line_image(view.page.gray, view.found, number)
        own = int(np.count_nonzero(view.found.owner == number + 1))
        ink = int(np.count_nonzero(cut.pixels < 128))
        assert 0.5 * own < ink < 1.3 * own
        assert cut.pixels[0].min() == cut.pixels[-1].min() == cut.pixels[:, 0].min() == 255
        assert cut.x0 < line.x0 and cut.top < line.top


WHITE = np.full((1200, 900), 255, np.uint8)
NOISE = np.random.default_rng(5).integers(0, 256, (1200, 900), dtype=np.uint8)


@pytest.mark.parametrize(
    "gray",
    [WHITE, WHITE * 0, NOISE, NOISE // 8 + 200, WHITE[:1, :1], WHITE[:1], WHITE[:, :1], NOISE[:7, :9]],
    ids=["white", "black", "noise", "paper", "1x1", "row", "column", "tiny"],
)
def test_pages_without_text_are_pages(gray: np.ndarray) -> None:
    page = straighten(PageImage(1, gray, 100.0))
    ruled = find_rulings(page.gray, page.dpi)
    found = text_lines(ink_mask(page.gray))
    assert found.owner.shape == page.gray.shape
    if gray is not NOISE:
        assert not found.lines and not ruled.level and not ruled.upright
