"""Digits on line images: what the digit reader sees, and how that is put together with what the engine reads."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from ita_extract.vision.digits import LATIN, ROWS, THAI, WEIGHTS, Sign, _apart, digit_reader
from ita_extract.vision.glyphs import Glyph, text_of
from ita_extract.vision.numerals import WRONG_SCRIPT, with_digits, with_scripts
from ita_extract.vision.points import pointed
from ita_extract.vision.type_size import TypeSize, flattened, measure

DATA = Path(__file__).parent / "data" / "lines"
TEXTS = dict(line.split("\t") for line in (DATA / "texts.tsv").read_text(encoding="utf-8").splitlines())
HEIGHT = 20.0


def seen(name: str) -> list[Sign]:
    picture = np.asarray(cv2.imread(str(DATA / f"{name}.jpg"), cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    flat = flattened(picture)
    size = measure(flat)
    assert size is not None
    return digit_reader().read(flat, size)


def glyphs(text: str, confidence: float = 0.9) -> list[Glyph]:
    return [Glyph(char, 20.0 * at, 20.0 * at + 16, confidence) for at, char in enumerate(text)]


def signs(text: str, confidence: float = 0.99) -> list[Sign]:
    """Digits as they are, `T` and `L` for letters, blanks for what the reader does not see."""
    kinds = {"T": THAI, "L": LATIN}
    return [Sign(kinds.get(c, c), 20.0 * at + 8, confidence) for at, c in enumerate(text) if c != " "]


@pytest.mark.parametrize("name", sorted(set(TEXTS) - {"latin"}))
def test_all_digits_of_a_line_are_seen_and_nothing_else_is_one(name: str) -> None:
    assert "".join(s.char for s in seen(name) if s.is_digit) == "".join(c for c in TEXTS[name] if c.isdigit())


def test_empty_paper_has_no_digits() -> None:
    assert not [s for s in digit_reader().read_band(np.full((ROWS, 400), 255, np.uint8)) if s.is_digit]


def test_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 300_000


@pytest.mark.parametrize(
    ("read", "sight", "expected"),
    [
        ("๒๕๒๒", "๒๕๖๒", "๒๕๖๒"),  # the engine is blind to ๖
        ("ปีฒ๕", "T ๗๕", "ปี๗๕"),  # ๗ taken for a letter
        ("ที่ ๕", "T   ๕๔", "ที่ ๕๔"),  # a digit left out
        ("อื่นๆ", "T  T๒", "อื่นๆ"),  # ๆ looks like ๒
        ("OIT", "0LL", "OIT"),  # O between letters is no digit
        ("2O24", "2024", "2024"),  # O between digits is one
        ("ค. 6", "T  66", "ค. 66"),  # a digit left out behind a full stop and a blank
        ("<75%", "๔75L", "<75%"),  # < looks like ๔, but no number is of two scripts
        ("Google", "L๐๐LLL", "Google"),  # o looks like ๐
        ("<๗๕", "๔๗๕", "๔๗๕"),
        ("bo", "๒๐", "๒๐"),  # an engine that knows no Thai digits
        ("G oo", "L ๐๐", "G ๐๐"),  # a number behind a word
    ],
)
def test_digits_are_put_into_what_the_engine_reads(read: str, sight: str, expected: str) -> None:
    seen = signs(sight)
    if "ๆ" in read:
        seen = [s._replace(confidence=0.9) if s.is_digit else s for s in seen]
    assert text_of(with_digits(glyphs(read), seen, HEIGHT)) == expected


def test_places_of_the_engine_may_be_off_by_a_letter() -> None:
    late = [g._replace(x0=g.x0 + 14, x1=g.x1 + 14) for g in glyphs("กข๕๒๒")]
    assert text_of(with_digits(late, signs("TT๕๖๒"), HEIGHT)) == "กข๕๖๒"


def test_digits_alone_are_read_where_the_engine_reads_nothing() -> None:
    assert text_of(with_digits([], signs("1", 0.95), HEIGHT)) == "1"
    assert text_of(with_digits([], signs("1", 0.85), HEIGHT)) == ""
    assert text_of(with_digits([], signs("1T", 0.95), HEIGHT)) == ""


def test_a_stroke_of_a_letter_is_no_digit_that_was_overlooked() -> None:
    spaced = [Glyph(char, 30.0 * at, 30.0 * at + 20, 0.99) for at, char in enumerate("ปงบ")]
    letters = [Sign(THAI, 30.0 * at + 10, 0.99) for at in range(3)]
    for place, text in ((62, "ปงบ"), (55, "ปง1บ")):
        sight = sorted([*letters, Sign("1", place, 0.99)], key=lambda sign: sign.x)
        assert text_of(with_digits(spaced, sight, HEIGHT)) == text


def test_a_digit_read_as_two_letters_is_one() -> None:
    read = [Glyph("o", 4, 9, 0.9), Glyph("f", 10, 16, 0.9)]
    assert text_of(with_digits(read, [Sign("๑", 10, 0.99)], HEIGHT)) == "๑"


def test_letters_that_look_like_digits_stay_letters() -> None:
    sight = seen("latin")
    read = [Glyph(c, s.x - 5, s.x + 5, 0.95) for c, s in zip(TEXTS["latin"].replace(" ", ""), sight, strict=False)]
    assert "ITA" in text_of(with_digits([g for g in read if g.char in "ITA"], sight, HEIGHT))


def test_both_agree_and_the_digit_is_certain() -> None:
    (digit,) = with_digits(glyphs("๕", 0.4), signs("๕"), HEIGHT)
    assert (digit.confidence, digit.alternative) == (0.99, None)


def test_arabic_digits_that_differ_are_a_doubt() -> None:
    (digit,) = with_digits(glyphs("5", 0.95), signs("6", 0.9), HEIGHT)
    assert (digit.char, digit.alternative) == ("5", "6")
    (digit,) = with_digits(glyphs("5", 0.6), signs("6", 0.95), HEIGHT)
    assert (digit.char, digit.alternative) == ("6", "5")


def test_a_digit_that_looks_like_a_letter_is_a_doubt() -> None:
    (digit,) = with_digits(glyphs("๓", 0.95), signs("T"), HEIGHT)
    assert digit.char == "๓"
    assert digit.alternative is not None


def test_an_unsure_sight_changes_nothing() -> None:
    assert text_of(with_digits(glyphs("ก๓ข"), signs("T๗T", 0.6), HEIGHT)) == "ก๓ข"


def test_a_digit_for_which_there_is_no_room_is_dropped_and_one_that_was_overlooked_stays() -> None:
    assert text_of(with_digits(glyphs("๕๑๒๓๗"), [*signs("๕๑๒"), Sign("๗", 68, 0.99)], HEIGHT)) == "๕๑๒๗"
    assert text_of(with_digits(glyphs("๕๑๒๓๗"), signs("๕๑๒ ๗"), HEIGHT)) == "๕๑๒๓๗"


def test_numbers_whose_places_are_crammed_are_aligned_by_what_they_say() -> None:
    crammed = [Glyph(c, 100 + 8.0 * at, 106 + 8.0 * at, 0.9) for at, c in enumerate("8,158,534")]
    sight = [Sign(c, 100 + 20.0 * at, 0.99) for at, c in enumerate("8 158 534") if c != " "]
    assert text_of(with_digits(crammed, sight, HEIGHT)) == "8,158,534"


def test_letters_without_digits_stay_and_move_to_where_they_are_seen() -> None:
    read = glyphs("กขค")
    off = [g._replace(x0=g.x0 + 6, x1=g.x1 + 6) for g in read]
    assert with_digits(off, signs("TTT"), HEIGHT) == read
    assert with_digits([], signs("TT"), HEIGHT) == []


def drawn_between(*box: int) -> str:
    """What is read between two digits with a piece of ink (x0, top, x1, bottom) there; the baseline is 40."""
    picture = np.full((60, 100), 255, np.uint8)
    for x0, top, x1, bottom in ((10, 20, 24, 40), (50, 20, 64, 40), box):
        picture[top:bottom, x0:x1] = 0
    read = [Glyph("๑", 10, 24, 0.9), Glyph(":", 30, 40, 0.4), Glyph("๒", 50, 64, 0.9)]
    size = TypeSize(HEIGHT, 40.0, 10.0, 64.0, 5)
    return text_of(pointed(read, [Sign("๑", 17, 0.99), Sign("๒", 57, 0.99)], picture, size))


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((35, 36, 39, 40), "๑.๒"),
        ((35, 36, 39, 46), "๑,๒"),
        ((33, 30, 41, 32), "๑-๒"),
        ((35, 10, 39, 40), "๑:๒"),  # a stroke: the engine's word stands
        ((0, 0, 0, 0), "๑:๒"),
    ],
)
def test_points_between_digits_are_told_by_their_shape(box: tuple[int, int, int, int], expected: str) -> None:
    assert drawn_between(*box) == expected


def test_letters_of_the_other_script_lose_their_confidence() -> None:
    read = with_scripts(glyphs("UMITA"), signs("TTLLL"), HEIGHT)
    assert [g.confidence for g in read] == [WRONG_SCRIPT, WRONG_SCRIPT, 0.9, 0.9, 0.9]


def test_one_digit_seen_as_two_is_one() -> None:
    near = _apart([Sign("3", 10.0, 0.99), Sign("5", 12.5, 0.88), Sign(THAI, 20.0, 1.0)])
    assert [sign.char for sign in near] == ["3", THAI]
    assert near[0].confidence < 0.95
    narrow = [Sign("1", 10.0, 1.0), Sign("2", 14.5, 1.0)]
    assert _apart(narrow) == narrow
