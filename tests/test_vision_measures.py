"""Quick ways to measure a page give what the plain ways give."""

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ita_extract.vision.components import components, outlines
from ita_extract.vision.ink import Pieces
from ita_extract.vision.levels import percentile
from ita_extract.vision.lines import JOIN, _rows
from ita_extract.vision.reduced import reduced

GRAYS = arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12)))
MASKS = arrays(np.uint8, st.tuples(st.integers(1, 14), st.integers(1, 14)), elements=st.integers(0, 1))


@given(gray=GRAYS, percent=st.floats(0, 100))
def test_percentile_is_that_of_numpy(gray: np.ndarray, percent: float) -> None:
    assert abs(percentile(gray, percent) - np.percentile(gray, percent)) < 1e-6


@given(mask=MASKS)
def test_outlines_are_those_of_the_components(mask: np.ndarray) -> None:
    every = components(mask)
    boxes = {(x, y, x + width, y + height) for x, y, width, height, _ in every.stats[1:].tolist()}
    found = outlines(mask)
    assert {outline[:4] for outline in found} == boxes
    assert len(found) == len(every.stats) - 1
    for outline in found:
        label = every.labels[outline.first[1], outline.first[0]]
        assert outline.of(mask).sum() == every.stats[label, cv2.CC_STAT_AREA]


def test_a_reduced_page_has_the_means_of_the_page() -> None:
    page = np.random.default_rng(5).integers(0, 256, (803, 611)).astype(np.uint8)
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), 12), np.uint8)
    for size in ((611, 803), (400, 526), (152, 200), (60, 79)):
        plain = cv2.resize(page, size, interpolation=cv2.INTER_AREA)
        seen = reduced(page, size)
        assert seen.shape == plain.shape
        assert np.abs(seen.astype(int) - plain).mean() < 1


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 120), st.integers(0, 12)), max_size=40))
def test_rows_of_loose_pieces_are_those_found_one_by_one(places: list[tuple[int, int, int]]) -> None:
    body, side = 10.0, 3
    home, x, y = (np.array([place[n] for place in places], np.int32) for n in range(3))
    pieces = Pieces(np.zeros((1, 1), np.int32), x, y, x + side, y + side, np.full(len(x), side * side, np.int32))
    plain: list[list[int]] = []
    for piece in np.argsort(x, kind="stable").tolist():
        for row in reversed(plain):
            last = row[-1]
            if (
                home[last] == home[piece]
                and abs(y[last] - y[piece]) < 0.3 * body
                and x[piece] - x[last] - side < JOIN * body
            ):
                row.append(piece)
                break
        else:
            plain.append([piece])
    rows = _rows(pieces, home.astype(np.int16), np.arange(len(x)), body)
    assert [row.tolist() for row in rows] == plain
