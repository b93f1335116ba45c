"""A page that takes too long costs that page: real timers, real pictures, an engine that sleeps."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from ita_extract.batch import Settings, run
from ita_extract.errors import TimeLimitError
from ita_extract.readers import read_bytes
from ita_extract.readers.options import ReadOptions
from ita_extract.readers.scan import reader
from ita_extract.readers.scan.time_limit import at_most
from ita_extract.vision.ocr import LineImage, LineReading, Word


class Sleepy:
    """Reads the first pages at once and sleeps over the others."""

    def __init__(self, quick: int) -> None:
        self._quick = quick

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        """See `Ocr.read`."""
        self._quick -= 1
        if self._quick < 0:
            time.sleep(30)
        return [LineReading("word", (Word("word", 0, 40, 0.9),), 0.9) for _ in lines]


def tiff(pages: int) -> bytes:
    picture = Image.new("L", (600, 300), 255)
    ImageDraw.Draw(picture).text((60, 100), "word word word", fill=0, font_size=40)
    stream = io.BytesIO()
    picture.save(stream, "TIFF", save_all=True, append_images=[picture] * (pages - 1), dpi=(150, 150))
    return stream.getvalue()


def test_a_block_that_takes_too_long_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(TimeLimitError, match=r"0\.2 seconds"), at_most(0.2):
        time.sleep(20)
    assert time.monotonic() - started < 10
    with at_most(0.2):
        pass
    time.sleep(0.4)  # nothing comes late


def test_other_threads_are_left_alone() -> None:
    done = []

    def work() -> None:
        with at_most(0.1):
            time.sleep(0.3)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_pages_read_in_time_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "engine", lambda name: Sleepy(2))
    told: list[int] = []
    document = read_bytes(tiff(3), "three.tif", ReadOptions(page_timeout=1, on_page=told.append))
    assert told == [1, 2, 3]
    assert [page.facts.origin for page in document.pages] == ["ocr", "ocr", "none"]
    assert [warning for warning in document.warnings if "page 3 was left out: not read after 1 seconds" in warning]


def test_a_file_of_which_no_page_is_read_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "engine", lambda name: Sleepy(0))
    with pytest.raises(TimeLimitError) as caught:
        read_bytes(tiff(1), "one.tif", ReadOptions(page_timeout=1))
    assert "--page-timeout" in caught.value.remedy


def test_a_run_tells_which_page_is_read(tmp_path: Path) -> None:
    source = tmp_path / "two.tif"
    source.write_bytes(tiff(2))
    told: list[tuple[str, int]] = []
    run([source], tmp_path / "out", Settings(), jobs=1, on_page=lambda path, number: told.append((path.name, number)))
    assert told == [("two.tif", 1), ("two.tif", 2)]
