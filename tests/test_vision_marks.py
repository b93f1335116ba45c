"""Check boxes and month marks in page images: every state, several scans' damage, and what is no box."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ita_extract.vision.check_boxes import find_check_boxes
from ita_extract.vision.month_marks import strip_marks

Image = NDArray[np.uint8]
DPI = 300


def paper(height: int = 500, width: int = 1600) -> Image:
    return np.full((height, width), 255, np.uint8)


def tick(page: Image, x: int, y: int, side: int) -> None:
    points = np.array(
        [(x + side * 0.2, y + side * 0.5), (x + side * 0.42, y + side * 0.78), (x + side * 0.85, y + side * 0.2)]
    )
    cv2.polylines(page, [points.astype(np.int32)], False, 0, 4, cv2.LINE_AA)


def tick_running_out(page: Image, x: int, y: int, side: int) -> None:
    points = np.array(
        [(x + side * 0.1, y + side * 0.5), (x + side * 0.5, y + side * 0.95), (x + side * 1.6, y - side * 0.5)]
    )
    cv2.polylines(page, [points.astype(np.int32)], False, 0, 5, cv2.LINE_AA)


def cross(page: Image, x: int, y: int, side: int) -> None:
    for a, b in (((0.15, 0.15), (0.85, 0.85)), ((0.85, 0.15), (0.15, 0.85))):
        ends = [(int(x + side * u), int(y + side * v)) for u, v in (a, b)]
        cv2.line(page, ends[0], ends[1], 0, 4, cv2.LINE_AA)


def filled(page: Image, x: int, y: int, side: int) -> None:
    inset = side // 5
    cv2.rectangle(page, (x + inset, y + inset), (x + side - inset, y + side - inset), 0, -1)


def pen_stroke(page: Image, x: int, y: int, side: int) -> None:
    cv2.line(page, (x + side // 5, y + side - side // 5), (x + side - side // 6, y + side // 6), 60, 5, cv2.LINE_AA)


INKS: dict[str, Callable[[Image, int, int, int], None]] = {
    "tick": tick, "tick running out": tick_running_out, "cross": cross, "filled": filled, "pen": pen_stroke,
}  # fmt: skip


def grey(page: Image) -> Image:
    rng = np.random.default_rng(1)
    soft = cv2.GaussianBlur(page, (0, 0), 0.9)
    return np.clip(soft + rng.normal(0, 8, page.shape), 0, 255).astype(np.uint8)


def jpeg(page: Image) -> Image:
    small = cv2.resize(grey(page), None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA)
    decoded = cv2.imdecode(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 45])[1], cv2.IMREAD_GRAYSCALE)
    return np.asarray(decoded, np.uint8)


def fax(page: Image) -> Image:
    return np.where(
        cv2.resize(grey(page), None, fx=2 / 3, fy=2 / 3, interpolation=cv2.INTER_AREA) < 140, 0, 255
    ).astype(np.uint8)


SCANS: dict[str, tuple[Callable[[Image], Image], int]] = {"grey": (grey, 300), "jpeg": (jpeg, 200), "fax": (fax, 200)}


@pytest.mark.parametrize("scan", SCANS)
@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("side", [32, 44])
def test_states_of_boxes(ink: str, scan: str, side: int) -> None:
    page = paper()
    chosen = [False, True, False, True, False, False]
    for number, ticked in enumerate(chosen):
        x, y = 120 + 480 * (number % 3), 120 + 180 * (number // 3)
        cv2.rectangle(page, (x, y), (x + side, y + side), 0, 3)
        cv2.putText(page, "Option B8", (x + side + 25, y + side - 4), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
        if ticked:
            INKS[ink](page, x, y, side)
    damage, dpi = SCANS[scan]
    found = find_check_boxes(damage(page), dpi)
    ordered = sorted(found, key=lambda box: (box.y0 // 60, box.x0))
    assert [box.state for box in ordered] == chosen


def test_places_for_digits_and_table_cells_are_no_boxes() -> None:
    page = paper()
    for number in range(9):
        cv2.rectangle(page, (100 + 50 * number, 100), (150 + 50 * number, 150), 0, 3)
    for x in range(100, 1300, 120):
        cv2.line(page, (x, 250), (x, 400), 0, 3)
    for y in (250, 325, 400):
        cv2.line(page, (100, y), (1180, y), 0, 3)
    assert find_check_boxes(grey(page), DPI) == []


def test_pages_without_anything() -> None:
    assert find_check_boxes(paper(), DPI) == []
    assert find_check_boxes(np.zeros((300, 300), np.uint8), DPI) == []
    assert strip_marks(paper(), [], DPI) == []


# ------------------------------------------------------------------ months
CELL = 110
CELLS = [(60 + CELL * n, 100, 60 + CELL * (n + 1), 180) for n in range(12)]


def grid() -> Image:
    page = paper(300, 1500)
    for x0, top, x1, bottom in CELLS:
        cv2.rectangle(page, (x0, top), (x1, bottom), 0, 3)
    return page


def strip(page: Image, scan: str) -> list[tuple[str, int, int]]:
    """Kind of each mark with the first and last cell that its middle part touches."""
    damage, dpi = SCANS[scan]
    scale = dpi / DPI
    cells = [tuple(round(v * scale) for v in cell) for cell in CELLS]
    found = []
    for mark in strip_marks(damage(page), cells, dpi):  # type: ignore[arg-type]
        first, last = (
            int((x / scale - 60) // CELL) for x in (mark.x0 + 0.3 * CELL * scale, mark.x1 - 0.3 * CELL * scale)
        )
        found.append((mark.kind, min(first, last), max(first, last)))
    return sorted(found, key=lambda item: item[1])


@pytest.mark.parametrize("scan", SCANS)
def test_bars_and_arrows_cover_the_months_they_run_over(scan: str) -> None:
    page = grid()
    cv2.rectangle(page, (70 + CELL, 128), (50 + 4 * CELL, 150), 70, -1)
    cv2.arrowedLine(page, (70 + 6 * CELL, 140), (50 + 9 * CELL, 140), 0, 3, cv2.LINE_AA, tipLength=0.06)
    assert strip(page, scan) == [("bar", 1, 3), ("arrow", 6, 8)]


@pytest.mark.parametrize("scan", SCANS)
def test_ticks_and_dots(scan: str) -> None:
    page = grid()
    tick(page, 60 + 2 * CELL + 30, 110, 55)
    cv2.circle(page, (60 + 5 * CELL + 55, 140), 16, 0, -1, cv2.LINE_AA)
    tick(page, 60 + 11 * CELL + 20, 115, 50)
    assert [kind for kind, *_ in strip(page, scan)] == ["tick", "dot", "tick"]


@pytest.mark.parametrize("scan", ["grey", "jpeg"])
def test_shading_and_hatching(scan: str) -> None:
    page = grid()
    for number in (0, 1, 7):
        x0, top, x1, bottom = CELLS[number]
        cv2.rectangle(page, (x0 + 3, top + 3), (x1 - 3, bottom - 3), 190, -1)
    x0, top, x1, bottom = CELLS[4]
    hatching = paper(300, 1500)
    for offset in range(-80, CELL, 14):
        cv2.line(hatching, (x0 + offset, bottom), (x0 + offset + 80, top), 0, 2, cv2.LINE_AA)
    page[top:bottom, x0:x1] = np.minimum(page, hatching)[top:bottom, x0:x1]
    assert [first for kind, first, _ in strip(page, scan) if kind in ("shading", "hatching")] == [0, 1, 4, 7]


def test_an_empty_row_has_no_marks_whatever_the_scanner_adds() -> None:
    for scan in SCANS:
        assert strip(grid(), scan) == []


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_box_whose_side_leans_from_one_column_of_pixels_to_the_next(mirrored: bool) -> None:
    """At 200 dpi the side of a small box is one or two pixels wide: where it leans, no column holds all of it."""
    page = paper(120, 300)
    page[50:52, 100:122] = page[70:72, 100:122] = page[50:72, 120:122] = 0
    page[50:61, 100] = page[61:72, 99] = 0
    ticked = page.copy()
    cv2.polylines(ticked, [np.array([[104, 61], [109, 67], [117, 55]])], False, 0, 2)
    for image, state in ((page, False), (ticked, True)):
        found = find_check_boxes(np.ascontiguousarray(image[:, ::-1]) if mirrored else image, 200)
        assert [box.state for box in found] == [state]


def test_bold_letters_are_no_boxes() -> None:
    page = paper()
    cv2.rectangle(page, (100, 100), (130, 130), 0, 12)  # strokes as thick as those of อ in a bold heading
    cv2.rectangle(page, (300, 100), (330, 130), 0, 3)
    for x in (300, 330):  # legs, as of ค
        cv2.line(page, (x, 130), (x, 150), 0, 3)
    for top in (100, 122):  # a vowel above a consonant
        cv2.rectangle(page, (500, top), (530, top + 14), 0, 3)
    assert find_check_boxes(page, DPI) == []


def test_a_filled_box_is_ticked_and_an_underline_leaves_a_box_alone() -> None:
    page = paper()
    cv2.rectangle(page, (100, 100), (130, 130), 0, -1)
    cv2.rectangle(page, (300, 100), (330, 130), 0, 3)
    cv2.line(page, (290, 136), (900, 136), 0, 3)
    boxes = sorted(find_check_boxes(page, DPI), key=lambda box: box.x0)
    assert [box.state for box in boxes] == [True, False]


def test_a_box_may_touch_the_edge_of_the_page() -> None:
    page = paper()
    cv2.rectangle(page, (0, 100), (30, 130), 0, 3)
    cv2.rectangle(page, (300, 100), (330, 130), 0, 3)
    assert 300 in {round(box.x0, -2) for box in find_check_boxes(page, DPI)}
