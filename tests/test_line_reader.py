"""The line reader, with the weights of the package, on drawn lines; its engines, and what happens without it."""

from __future__ import annotations

import shutil
import sys
from importlib import util
from itertools import pairwise, product
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
from ita_extract.vision.ctc import BLANK, CERTAIN, Floats, Look, decoded, joined, likelihood, windows  # noqa: E402
from ita_extract.vision.glyphs import Glyph, reading_of, text_of  # noqa: E402
from ita_extract.vision.line_reader import LineReader  # noqa: E402
from ita_extract.vision.ocr import LineImage, LineReading, engine, engine_name  # noqa: E402
from ita_extract.vision.prepared import prepared  # noqa: E402
from ita_extract.vision.thai import Thai, is_unfamiliar, settled  # noqa: E402
from ita_extract.vision.type_size import band  # noqa: E402
from train_reader.signs import SIGNS, encoded, taught  # noqa: E402

DATA = Path(__file__).parent / "data" / "lines"
TEXTS = dict(line.split("\t") for line in (DATA / "texts.tsv").read_text(encoding="utf-8").splitlines())
MEGABYTES = 8


def line(name: str) -> LineImage:
    return LineImage(np.asarray(cv2.imread(str(DATA / f"{name}.jpg"), cv2.IMREAD_GRAYSCALE), dtype=np.uint8))


def errors(name: str) -> int:
    """Wrong characters in the readings of all lines together."""
    read = engine(name).read([line(text) for text in TEXTS])
    return sum(Levenshtein.distance(one.text, told) for one, told in zip(read, TEXTS.values(), strict=True))


def test_lines_are_read() -> None:
    # Measured: 3 of 195, all in one line of a typeface that training never saw.
    assert errors("thai") <= 4


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_second_reader_makes_nothing_worse() -> None:
    assert errors("thai+tesseract") <= errors("thai")


def test_characters_stand_where_they_are_printed() -> None:
    found = prepared([line("arabic")])[0]
    glyphs = line_reader.line_reader().read(found.picture, found.size).glyphs
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


def frames(*rows: dict[int, float]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Chances of three signs and the blank (0), which has what is left."""
    found = np.zeros((len(rows), 4), np.float32)
    for at, row in enumerate(rows):
        found[at, 0] = 1 - sum(row.values())
        for label, chance in row.items():
            found[at, label] = chance
    return found


def read(*rows: dict[int, float]) -> list[int]:
    return [spot.label for spot in decoded(frames(*rows)).spots]


def test_equal_neighbours_are_told_apart_by_the_frame_between_them() -> None:
    assert read({}, {1: 0.99}, {1: 0.99}, {}, {1: 0.99}, {}, {2: 0.99}) == [1, 1, 2]


def test_the_likeliest_text_is_taken_not_the_likeliest_frames() -> None:
    # Each frame is blank sooner than not, but something stands there for certain.
    assert read({1: 0.45}, {1: 0.45}, {1: 0.45}) == [1]


def test_what_else_may_stand_there_is_told() -> None:
    one, two = decoded(frames({1: 0.7, 2: 0.3}, {}, {3: 1.0})).spots
    assert (one.label, one.rival, two.rival) == (1, (2,), None)
    assert one.chance == pytest.approx(0.7, abs=0.01)
    (spot,) = decoded(frames({1: 0.98}, {2: 0.4})).spots
    assert spot.rival == (1, 2)
    assert spot.chance > 0.9


def chances_of_texts(count: int, seed: int) -> tuple[Floats, dict[tuple[int, ...], float]]:
    """Some frames, and how likely each text is by adding up all ways through them."""
    chances = np.random.default_rng(seed).dirichlet(np.full(3, 0.5), count).astype(np.float32)
    texts: dict[tuple[int, ...], float] = {}
    for path in product(range(3), repeat=count):
        text = tuple(label for at, label in enumerate(path) if label and (at == 0 or path[at - 1] != label))
        texts[text] = texts.get(text, 0.0) + float(np.prod([chances[at, label] for at, label in enumerate(path)]))
    return chances, texts


@given(st.integers(1, 8), st.integers(0, 2**32 - 1))
def test_the_search_finds_the_likeliest_of_all_texts(count: int, seed: int) -> None:
    chances, texts = chances_of_texts(count, seed)
    found = tuple(label for label, *_ in decoded(chances).spots)
    # The beam and the pieces lose a little; never more than this.
    assert texts.get(found, 0.0) >= 0.6 * max(texts.values())
    assert all(0 <= spot.chance <= 1.0001 for spot in decoded(chances).spots)


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


# ------------------------------------------------------------------ a second opinion
def glyphs(text: str, rivals: dict[int, str] | None = None) -> list[Glyph]:
    return [Glyph(char, 10 * at, 10 * at + 8, 0.9, (rivals or {}).get(at)) for at, char in enumerate(text)]


@pytest.mark.parametrize(
    ("first", "rivals", "second", "expected"),
    [
        ("กขค", {}, "กขค", "กขค"),
        ("กขค", {1: "บ"}, "กบค", "กบค"),
        ("กขค", {1: "ช"}, "กบค", "กขค"),
        ("กขค", {}, "กบค", "กขค"),
        ("กข ค", {1: "บ"}, "กบค", "กบ ค"),
        ("IITA", {0: ""}, "ITA", "ITA"),
        ("รดับ", {0: "ระ"}, "ระดับ", "ระดับ"),
        ("ดับ", {0: "ระด"}, "ระดับ", "ระดับ"),
        ("ดับ", {}, "ระดับ", "ดับ"),
        ("", {}, "ก", ""),
        ("ก", {0: ""}, "", ""),
    ],
)
def test_what_both_find_possible_is_taken(first: str, rivals: dict[int, str], second: str, expected: str) -> None:
    both = settled(glyphs(first, rivals), glyphs(second))
    assert "".join(glyph.char for glyph in both) == expected


def test_what_was_settled_is_doubted() -> None:
    one, two = settled(glyphs("กข", {1: "บ"}), glyphs("กบ"))
    assert (one.alternative, one.confidence) == (None, 0.9)
    assert (two.char, two.alternative, two.confidence) == ("บ", "ข", 0.8)


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


def test_a_letter_between_two_frames_is_seen_at_the_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    # Both frames leave it to the other; moved by a frame the letter stands in one of them.
    rows: list[dict[int, float]] = [{}, {1: 1.0}, {}, {2: 0.14}, {}, {2: 0.03}, {}, {3: 1.0}, {}]
    first, second = frames(*rows), frames({}, *rows[:3], {}, {2: 1.0}, *rows[5:])
    reader = line_reader.line_reader()
    monkeypatch.setattr(type(reader), "chances", lambda *_: second)
    spots = reader._decoded(np.full((48, 36), 255, np.uint8), first)
    assert [spot.label for spot in spots] == [1, 2, 3]
    assert all(spot.chance > 0.9 for spot in spots)


@given(st.integers(1, 40), st.integers(0, 4), st.integers(0, 2**32 - 1))
def test_windows_hold_the_doubtful_pieces_and_cut_no_sign(count: int, around: int, seed: int) -> None:
    chances = np.random.default_rng(seed).dirichlet((1.0, 0.03, 0.03), count).astype(np.float32)
    blank = chances[:, BLANK] >= CERTAIN
    pieces = decoded(chances).doubtful
    found = windows(chances, pieces, around)
    assert all(
        any(first <= start - min(start, around) and end <= last for first, last in found) for start, end in pieces
    )
    assert all(one[1] < two[0] for one, two in pairwise(found))
    for first, last in found:
        assert first == 0 or (blank[first] and blank[first - 1])
        assert last == count or (blank[last] and blank[last - 1])


def test_a_part_of_a_line_is_seen_as_it_is_in_the_whole_line() -> None:
    reader, found = line_reader.line_reader(), prepared([line("prose")])[0]
    seen, _ = band(found.picture, found.size, above=reader.above, below=reader.below, height=reader.rows)
    chances = reader.chances(seen)
    whole = reader._moved(seen, chances, [(0, len(chances))])
    assert np.abs(whole - chances).max() > 0.5
    for start in range(0, len(chances), 15):
        part = np.s_[start : min(start + 12, len(chances))]
        moved = reader._moved(seen, chances, [(part.start, part.stop)])
        assert (moved[part].argmax(axis=1) == whole[part].argmax(axis=1)).all()
        # Measured: at most 0.058.
        assert np.abs(moved[part] - whole[part]).max() < 0.1
        assert (np.delete(moved, part, axis=0) == np.delete(chances, part, axis=0)).all()


def test_the_digit_reader_looks_at_lines_that_may_have_digits() -> None:
    reader = Thai()
    for name, text in TEXTS.items():
        found = prepared([line(name)])[0]
        signs = reader._line(found.picture, found.size).signs
        assert any(sign.is_digit for sign in signs) == any(char.isdigit() for char in text)
        assert bool(signs) == any(char.isdigit() for char in text)


def test_what_one_look_leaves_out_stays_where_the_other_is_surer() -> None:
    rows: list[dict[int, float]] = [{}, {1: 1.0}, {}, {2: 0.7}, {}, {3: 1.0}, {}]
    sure, unsure = frames(*rows), frames(*rows[:3], {2: 0.4}, *rows[4:])
    looks = [Look(chances, decoded(chances).spots) for chances in (sure, unsure)]
    assert [[spot.label for spot in look.spots] for look in looks] == [[1, 2, 3], [1, 3]]
    spots = joined(*looks)
    assert [(spot.label, spot.rival) for spot in spots] == [(1, None), (2, ()), (3, None)]
    assert spots[1].chance == pytest.approx(0.7 * 0.4 / (0.7 * 0.4 + 0.3 * 0.6))


@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_the_likelihood_of_a_text_is_that_of_all_its_ways(count: int, seed: int) -> None:
    chances, texts = chances_of_texts(count, seed)
    for text, chance in texts.items():
        assert likelihood(chances, text) == pytest.approx(chance, rel=1e-4, abs=1e-7)
    assert likelihood(chances, (1, 2) * count) == 0


def test_a_word_is_as_sure_as_its_least_sure_character() -> None:
    glyphs = [Glyph("ก", 0, 1, 0.9), Glyph("า", 1, 2, 0.6), Glyph(" ", 2, 3, 0.1), Glyph("ร", 3, 4, 0.95)]
    assert [word.confidence for word in reading_of(glyphs).words] == [0.6, 0.95]


def test_tesseract_is_believed_more_in_a_typeface_that_the_reader_hardly_knows() -> None:
    ours = [Glyph("ล", 0, 1, 0.9, None), Glyph("า", 1, 2, 0.99)]
    other = [Glyph("ส", 0, 1, 0.95), Glyph("า", 1, 2, 0.99)]
    assert text_of(settled(ours, other)) == "ลา"
    assert text_of(settled(ours, other, unfamiliar=True)) == "สา"
    surer = [ours[0]._replace(confidence=0.995), ours[1]]
    assert text_of(settled(surer, other, unfamiliar=True)) == "ลา"
    digits = [Glyph("๖", 0, 1, 0.7), Glyph("า", 1, 2, 0.99)]
    assert text_of(settled(digits, [Glyph("๒", 0, 1, 0.95), other[1]], unfamiliar=True)) == "๖า"


def test_a_typeface_is_unfamiliar_where_many_characters_are_unsure() -> None:
    sure, unsure = Glyph("ก", 0, 1, 0.99), Glyph("ข", 0, 1, 0.6)
    assert is_unfamiliar([sure] * 180 + [unsure] * 20)
    assert not is_unfamiliar([sure] * 197 + [unsure] * 3)
    assert not is_unfamiliar([sure] * 8 + [unsure] * 2)
