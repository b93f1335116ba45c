"""Line images read by real Tesseract, and what is done with its answers."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from importlib import metadata
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from ita_extract import extract
from ita_extract.errors import OcrError, OcrMissingError, TimeLimitError
from ita_extract.records import SuspectedError
from ita_extract.vision import ocr, tesseract_process
from ita_extract.vision.agreement import agreed
from ita_extract.vision.glyphs import Glyph, reading_of, repaired, text_of
from ita_extract.vision.ocr import LineImage, LineReading, Word, engine
from ita_extract.vision.type_size import band, flattened, measure

DATA = Path(__file__).parent / "data" / "lines"
TEXTS = dict(line.split("\t") for line in (DATA / "texts.tsv").read_text(encoding="utf-8").splitlines())

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


def line(name: str) -> LineImage:
    return LineImage(np.asarray(cv2.imread(str(DATA / f"{name}.jpg"), cv2.IMREAD_GRAYSCALE), dtype=np.uint8))


def glyphs(text: str, confidence: float = 0.9) -> list[Glyph]:
    return [Glyph(char, 10 * at, 10 * at + 8, confidence) for at, char in enumerate(text)]


@pytest.fixture(scope="module")
def readings() -> dict[str, LineReading]:
    return dict(zip(TEXTS, engine("tesseract").read([line(name) for name in TEXTS]), strict=True))


@needs_tesseract
@pytest.mark.parametrize("name", sorted(TEXTS))
def test_lines_are_read(readings: dict[str, LineReading], name: str) -> None:
    assert readings[name].text == TEXTS[name]
    assert readings[name].confidence > 0.85


@needs_tesseract
def test_words_stand_where_they_are_printed(readings: dict[str, LineReading]) -> None:
    words = readings["arabic"].words
    assert " ".join(word.text for word in words) == readings["arabic"].text
    ink = np.flatnonzero((flattened(line("arabic").pixels) < 128).any(axis=0))
    assert words[0].x0 == pytest.approx(ink[0], abs=6)
    assert words[-1].x1 == pytest.approx(ink[-1], abs=6)
    assert all(one.x0 < one.x1 <= two.x0 + 4 for one, two in pairwise(words))


@needs_tesseract
def test_lines_without_print_do_not_shift_the_others() -> None:
    blank = LineImage(np.full((60, 300), 250, np.uint8))
    tiny = LineImage(np.full((3, 2), 0, np.uint8))
    dot = LineImage(np.full((60, 60), 250, np.uint8))
    dot.pixels[40:44, 30:34] = 0
    first, second, third, fourth, fifth = engine("tesseract").read([blank, line("prose"), tiny, dot, line("arabic")])
    assert first == third == LineReading("", (), 0.0)
    assert second.text == TEXTS["prose"]
    assert len(fourth.text) <= 1
    assert fifth.text == TEXTS["arabic"]


@needs_tesseract
def test_no_lines_are_no_work() -> None:
    assert engine("tesseract").read([]) == []


def test_missing_tesseract_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract_process._program.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(OcrMissingError) as caught:
        engine("tesseract").read([line("prose")])
    assert "tesseract-ocr-tha" in caught.value.remedy
    tesseract_process._program.cache_clear()


def test_a_missing_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract_process._program.cache_clear()
    monkeypatch.setattr(shutil, "which", lambda name: "/somewhere/tesseract")
    answer = subprocess.CompletedProcess([], 0, "List of available languages (1):\neng\n", "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    with pytest.raises(OcrMissingError, match="tha"):
        engine("tesseract").read([line("prose")])
    tesseract_process._program.cache_clear()


@pytest.mark.parametrize(
    ("outcome", "error"),
    [
        (subprocess.TimeoutExpired("tesseract", 30), TimeLimitError),
        (OSError("no memory"), OcrError),
        (subprocess.CompletedProcess([], 1, b"", b"Error: broken model\n"), OcrError),
    ],
)
def test_failures_are_typed(monkeypatch: pytest.MonkeyPatch, outcome: object, error: type[Exception]) -> None:
    def run(*_: object, **__: object) -> object:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(tesseract_process, "_program", lambda: "tesseract")
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(error):
        engine("tesseract").read([line("prose")])


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(OcrMissingError) as caught:
        engine("nobody")
    assert "tesseract" in caught.value.remedy


class _Deaf:
    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        return [LineReading("", (), 0.0) for _ in lines]


def test_engines_come_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = metadata.EntryPoint("deaf", f"{__name__}:_Deaf", ocr.GROUP)
    monkeypatch.setattr(metadata, "entry_points", lambda group: [entry] if group == ocr.GROUP else [])
    assert engine("deaf").read([line("prose")]) == [LineReading("", (), 0.0)]


def test_readings_agree_on_the_surer_characters() -> None:
    first = glyphs("เสียง", 0.6)
    second = glyphs("เสี่ยง", 0.9)
    merged = agreed(first, second)
    assert text_of(merged) == "เสี่ยง"
    assert [g.alternative for g in merged if g.alternative is not None] == [""]
    assert text_of(agreed(second, first)) == "เสี่ยง"
    assert all(g.alternative is None for g in agreed(first, first))


def test_marks_are_put_in_order_and_keep_their_place() -> None:
    mended = repaired(glyphs("ทํา"))
    assert text_of(mended) == "ทำ"
    assert (mended[1].x0, mended[1].x1) == (10, 28)


def test_words_and_doubts_of_a_reading() -> None:
    read = glyphs("ปี ๒๕")
    read[3] = read[3]._replace(alternative="๖", confidence=0.5)
    reading = reading_of(read)
    assert [(word.text, word.x0, word.x1) for word in reading.words] == [("ปี", 0, 18), ("๒๕", 30, 48)]
    assert [(doubt.start, doubt.end, doubt.alternative) for doubt in reading.doubts] == [(3, 4, "๖")]
    assert reading.confidence == pytest.approx((0.9 * 3 + 0.5) / 4)


def test_type_is_measured_and_cut_to_one_size() -> None:
    picture = flattened(line("prose").pixels)
    size = measure(picture)
    assert size is not None
    assert size.is_sure
    larger = np.asarray(cv2.resize(picture, None, fx=2, fy=2), dtype=np.uint8)
    double = measure(larger)
    assert double is not None
    assert double.height == pytest.approx(2 * size.height, rel=0.06)
    one, _ = band(picture, size, above=2, below=1, height=48)
    two, _ = band(larger, double, above=2, below=1, height=48)
    assert one.shape[0] == two.shape[0] == 48
    assert one.shape[1] == pytest.approx(two.shape[1], rel=0.06)


def test_uneven_light_is_evened() -> None:
    light = np.linspace(90, 250, 400)[None].repeat(60, axis=0)
    light[20:40, 100:110] *= 0.3
    light[20:40, 300:310] *= 0.3
    even = flattened(light.astype(np.uint8))
    assert even[30, 105] < 40
    assert even[30, 305] < 40
    assert np.median(even) > 240


def test_nothing_is_measured_on_empty_paper() -> None:
    assert measure(np.full((50, 200), 255, np.uint8)) is None


class _Unsure:
    """Reads the same on every page, and some of it in two ways."""

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        said = (
            Word("โครงการ", 20, 120, 0.95),
            Word("เร๋เล่า", 140, 200, 0.9, "เร่เล่า"),
            Word("พ.ศ.", 220, 260, 0.9, "WA.ศ."),
            Word("๒๕๖๗", 280, 340, 0.9, "๒๕๖๓"),
            Word("ฆ๊ฆ", 360, 400, 0.3),
            Word("ฃ๊บาท", 420, 460, 0.95),
            Word("แทศบาล", 480, 560, 0.99),
            Word("เลิกเวลา", 580, 660, 0.95, "แลิกเ๐ลา"),
        )
        return [LineReading(" ".join(word.text for word in said), said, 0.8) for _ in lines]


def test_what_was_read_in_two_ways_is_a_suspected_error_and_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    entry = metadata.EntryPoint("unsure", f"{__name__}:_Unsure", ocr.GROUP)
    monkeypatch.setattr(metadata, "entry_points", lambda group: [entry] if group == ocr.GROUP else [])
    page = np.full((1200, 1600), 255, np.uint8)
    printed = line("prose").pixels
    page[200 : 200 + printed.shape[0], 100 : 100 + printed.shape[1]] = printed
    cv2.imwrite(str(tmp_path / "page.png"), page)
    records = extract(tmp_path / "page.png", ocr_engine="unsure")
    told = {
        row.text_raw: (row.suggestion, row.kind)
        for row in records["suspected_errors"]
        if isinstance(row, SuspectedError)
    }
    assert told["เร๋เล่า"] == ("เร่เล่า", "garbled")
    assert told["๒๕๖๗"] == ("๒๕๖๓", "false_number")
    assert told["ฆ๊ฆ"] == (None, "garbled")
    assert told["แทศบาล"] == ("เทศบาล", "spelling")
    assert "พ.ศ." not in told
    assert "เลิกเวลา" not in told
    assert records.frame("blocks")["text_raw"].str.contains("๒๕๖๗").any()
