"""Blanks put where the paper shows them."""

from __future__ import annotations

import numpy as np
import pytest

from ita_extract.vision.glyphs import Glyph, text_of
from ita_extract.vision.spacing import Gap, gaps_of, spaced
from ita_extract.vision.type_size import TypeSize

HEIGHT = 20.0


def glyphs(text: str, places: dict[int, float] | None = None) -> list[Glyph]:
    """Letters a consonant's width each, from the places given on."""
    result, x = [], 0.0
    for at, char in enumerate(text):
        x = (places or {}).get(at, x)
        result.append(Glyph(char, x, x + 14, 0.9))
        x += 18
    return result


def drawn(*blocks: tuple[int, int]) -> np.ndarray:
    picture = np.full((60, 400), 255, np.uint8)
    for x0, x1 in blocks:
        picture[20:40, x0:x1] = 0
    return picture


SIZE = TypeSize(HEIGHT, 40.0, 0.0, 400.0, 9)


def gaps_in(picture: np.ndarray) -> list[Gap]:
    return gaps_of({0: (picture, SIZE)})[0]


def test_only_wide_gaps_are_seen_and_dust_does_not_close_them() -> None:
    blocks = [(x, x + 14) for x in range(0, 180, 18)] + [(x, x + 14) for x in range(196, 370, 18)]
    picture = drawn(*blocks)
    picture[30, 185] = 0
    (gap,) = gaps_in(picture)
    assert (gap.x0, gap.x1, gap.is_sure) == (176, 196, True)


def test_wide_letters_apart_are_no_words() -> None:
    assert gaps_in(drawn(*[(x, x + 14) for x in range(0, 360, 24)])) == []


def test_short_lines_have_letters_as_far_apart_as_the_others_of_the_page() -> None:
    """In a typeface of one width for all letters those of a narrow cell stand wide apart too."""
    long, short = drawn(*[(x, x + 14) for x in range(0, 360, 24)]), drawn((0, 14), (24, 38), (48, 62))
    assert [gap.is_sure for gap in gaps_in(short)] == [True, True]
    assert gaps_of({3: (long, SIZE), 5: (short, SIZE)}) == {3: [], 5: []}


def test_nothing_drawn_has_no_gaps() -> None:
    assert gaps_in(np.full((60, 100), 255, np.uint8)) == []


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("ใจดีปลัด", 4, "ใจดี ปลัด"),
        ("251บาท", 3, "251 บาท"),
        ("อื่นๆ", 4, "อื่น ๆ"),
    ],
)
def test_a_lost_blank_is_put_back(text: str, at: int, expected: str) -> None:
    read = glyphs(text)
    place = (read[at - 1].x1 + read[at].x0) / 2
    # The engine's places are off by up to a letter: words and numbers are not torn for it.
    for off in (0, 6):
        gap = Gap(place - 10 + off, place + 10 + off, is_sure=True)
        assert text_of(spaced(read, [gap], HEIGHT)) == expected


def test_the_room_of_a_narrow_one_is_no_blank_within_a_number() -> None:
    """Figures are as wide as one another: a 1 has paper on both sides."""
    for text, at, expected in (("0177", 2, "0177"), ("11.", 1, "11."), ("0177", 3, "017 7"), ("01 77", 2, "01 77")):
        read = glyphs(text)
        letters = [glyph for glyph in read if glyph.char != " "]
        place = (letters[at - 1].x1 + letters[at].x0) / 2
        assert text_of(spaced(read, [Gap(place - 5, place + 5, is_sure=True)], HEIGHT)) == expected


def test_a_blank_without_a_gap_is_dropped_and_one_at_a_narrow_gap_stays() -> None:
    read = glyphs("กข คง")
    assert text_of(spaced(read, [], HEIGHT)) == "กขคง"
    assert text_of(spaced(read, [Gap(34, 54, is_sure=False)], HEIGHT)) == "กข คง"
    assert text_of(spaced(glyphs("กขคง"), [Gap(34, 36, is_sure=False)], HEIGHT)) == "กขคง"


def test_two_gaps_close_together_keep_their_own_places() -> None:
    read = glyphs("ศณ ว", {0: 0, 1: 24, 2: 38, 3: 50})
    assert text_of(spaced(read, [Gap(14, 24, is_sure=True), Gap(38, 50, is_sure=True)], HEIGHT)) == "ศ ณ ว"
