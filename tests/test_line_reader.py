"""The line reader, with the weights of the package, on drawn lines; its engines, and what happens without it."""

from __future__ import annotations

import shutil
import sys
from importlib import util
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from ita_extract.errors import OcrMissingError  # noqa: E402
from ita_extract.vision import line_reader, ocr  # noqa: E402
from ita_extract.vision.line_reader import LineReader  # noqa: E402
from ita_extract.vision.ocr import LineImage, LineReading, engine, engine_name  # noqa: E402
from ita_extract.vision.prepared import prepared  # noqa: E402
from train_reader.signs import SIGNS, encoded, taught  # noqa: E402

DATA = Path(__file__).parent / "data" / "lines"
TEXTS = dict(line.split("\t") for line in (DATA / "texts.tsv").read_text(encoding="utf-8").splitlines())
MEGABYTES = 8


def line(name: str) -> LineImage:
    return LineImage(np.asarray(cv2.imread(str(DATA / f"{name}.jpg"), cv2.IMREAD_GRAYSCALE), dtype=np.uint8))


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_lines_are_read(name: str) -> None:
    reading = engine("thai").read([line(name)])[0]
    assert Levenshtein.distance(reading.text, TEXTS[name]) <= 1
    assert reading.confidence > 0.7


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
@pytest.mark.parametrize("name", sorted(TEXTS))
def test_two_readers_together_are_right(name: str) -> None:
    assert engine("thai+tesseract").read([line(name)])[0].text == TEXTS[name]


def test_characters_stand_where_they_are_printed() -> None:
    found = prepared([line("arabic")])[0]
    glyphs = line_reader.line_reader().read(found.picture, found.size)
    ink = np.flatnonzero((found.picture < 128).any(axis=0))
    assert glyphs[0].x0 == pytest.approx(ink[0], abs=found.size.height)
    assert glyphs[-1].x1 == pytest.approx(ink[-1], abs=found.size.height)
    middles = [glyph.middle for glyph in glyphs]
    assert middles == sorted(middles)
    assert all(0 <= glyph.confidence <= 1 for glyph in glyphs)


def test_lines_without_print_are_empty() -> None:
    blank = LineImage(np.full((60, 300), 250, np.uint8))
    first, second, third = engine("thai").read([blank, line("prose"), LineImage(np.full((3, 2), 0, np.uint8))])
    assert first == third == LineReading("", (), 0.0)
    assert len(second.text) > 20
    assert engine("thai").read([]) == []


def test_equal_neighbours_are_told_apart_by_the_frame_between_them() -> None:
    reader = line_reader.line_reader()
    frames = np.full((9, len(reader.signs) + 1), 0.0001, np.float32)
    place = reader.signs.index("5") + 1
    for at, label in enumerate((0, place, place, 0, place, 0, 0, place + 1, 0)):
        frames[at, label] = 0.9
    frames[1, place + 1] = 0.09
    glyphs = reader.decoded(frames)
    assert "".join(glyph.char for glyph in glyphs) == f"55{reader.signs[place]}"
    assert glyphs[0].alternative is None
    frames[2] = 0.0001
    frames[2, 0] = 0.9
    assert reader.decoded(frames)[0].alternative == reader.signs[place]


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 120), st.integers(1, 900), st.integers(0, 2**32 - 1))
def test_any_picture_is_read_without_failure(height: int, width: int, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)
    reading = engine("thai").read([LineImage(noise)])[0]
    assert all(0 <= word.confidence <= 1 for word in reading.words)


def test_the_weights_are_small() -> None:
    assert line_reader.WEIGHTS.stat().st_size < MEGABYTES * 2**20


def test_missing_weights_name_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(OcrMissingError, match="weights") as caught:
        LineReader(tmp_path / "none.onnx")
    assert "tesseract" in caught.value.remedy


def test_what_is_installed_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/somewhere/tesseract")
    assert engine_name() == ocr.BOTH
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert engine_name() == ocr.THAI
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    assert engine_name() == ocr.TESSERACT
    assert engine_name("thai") == "thai"


# ------------------------------------------------------------------ what it is taught
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("นํ้า", "น้ำ"),
        ("เเผน", "แผน"),
        ("ชื่อ ........................ นามสกุล", "ชื่อ ..... นามสกุล"),
        ("a  b\xa0c", "a b c"),
        ("☃ก", "ก"),
    ],
)
def test_texts_are_taught_in_one_form(text: str, expected: str) -> None:
    assert taught(text) == expected


@given(st.text(alphabet=SIGNS + "☃é\u200b", max_size=60))
def test_what_is_taught_can_be_written_in_signs(text: str) -> None:
    once = taught(text)
    assert taught(once) == once
    assert all(1 <= number <= len(SIGNS) for number in encoded(once))
