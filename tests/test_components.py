"""Connected components: the quick way finds what OpenCV's own finds."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_extract.vision.components import components


@given(st.integers(1, 41), st.integers(1, 41), st.integers(0, 2**32 - 1), st.floats(0.0, 1.0), st.sampled_from((4, 8)))
def test_components_are_those_of_opencv(rows: int, columns: int, seed: int, share: float, connectivity: int) -> None:
    mask = (np.random.default_rng(seed).random((rows, columns)) < share).astype(np.uint8)
    _, labels, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=connectivity)
    found = components(mask, connectivity)
    assert np.array_equal(found.labels, labels)
    assert np.array_equal(found.stats[1:], stats[1:])
    assert found.middles[1:] == pytest.approx(middles[1:])
