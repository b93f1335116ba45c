"""`show --page`: a picture of what was seen and read of a page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ita_extract.cli import main

PRINT = Path(__file__).resolve().parents[1] / "prints" / "month-chart.chromium.pdf"


def near(picture: np.ndarray, colour: tuple[int, int, int]) -> int:
    """How many pixels have about this colour."""
    return int((np.abs(picture.astype(int) - colour).sum(axis=2) < 40).sum())


def test_cells_lines_and_marks_are_drawn_beside_what_was_read(tmp_path: Path) -> None:
    target = tmp_path / "page.png"
    assert main(["show", "--page", str(PRINT), "1", "-o", str(target)]) == 0
    picture = np.asarray(Image.open(target).convert("RGB"))
    height, width = picture.shape[:2]
    assert 1000 < height < 1700 and width == 2 * (width // 2) + 1
    page, panel = picture[:, : width // 2], picture[:, width // 2 + 1 :]
    for part in (page, panel):
        assert near(part, (59, 111, 212)) > 3000  # cells
        assert near(part, (208, 28, 28)) > 300  # marks
    assert near(page, (46, 158, 79)) > 1000  # lines
    assert near(panel, (0, 0, 0)) > 1000  # text


@pytest.mark.parametrize(("file", "page"), [(PRINT, "2"), (PRINT, "0"), (PRINT, "one"), (Path("absent.pdf"), "1")])
def test_pages_that_are_not_there(file: Path, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "page.png"
    assert main(["show", "--page", str(file), page, "-o", str(target)]) == 2
    assert "show --page FILE NUMBER" in capsys.readouterr().err
    assert not target.exists()
