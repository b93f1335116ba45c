"""Marks of a pen where no box is printed: circles round an option, ticks in brackets, on dots and on short lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ita_extract.extractors.options import circled_lists, options_in
from ita_extract.model import Mark, Paragraph, Quote
from ita_extract.outline.model import Line
from ita_extract.readers.scan.box_letters import no_letters
from ita_extract.vision.check_boxes import PixelBox
from ita_extract.vision.ink import Pieces, body_height, ink_mask, pieces_of
from ita_extract.vision.pen_circles import pen_circles, ruled_circles, without_circles
from ita_extract.vision.pen_places import painted_over, ticked_places
from ita_extract.vision.ruling import Ruling
from ita_extract.vision.ticks import is_cross

Image = NDArray[np.uint8]
BODY = 30


def page() -> Image:
    """A page with rows of letters of one height."""
    image = np.full((1400, 1600), 255, np.uint8)
    for y in range(700, 1300, 90):
        word(image, 100, y, 24)
    return image


def word(image: Image, x: int, foot: int, letters: int) -> int:
    """Letters that stand on `foot`; gives where they end."""
    for left in range(x, x + 36 * letters, 36):
        cv2.rectangle(image, (left, foot - BODY), (left + 20, foot), 0, 4)
        image[foot - BODY + 10 : foot - 10, left + 18 : left + 26] = 255
    return x + 36 * letters - 12


def shaky(image: Image, points: NDArray[np.float64], seed: int = 1) -> None:
    """A pen's stroke."""
    moved = points + cv2.GaussianBlur(np.random.default_rng(seed).normal(0, 4, points.shape), (1, 9), 3)
    cv2.polylines(image, [np.round(moved).astype(np.int32)], False, 60, 5, cv2.LINE_AA)


def circle(image: Image, x0: int, top: int, x1: int, bottom: int, turns: float = 1.06) -> None:
    t = np.linspace(1, 1 + turns * 2 * np.pi, 70)
    a, b = (x1 - x0) / 2, (bottom - top) / 2
    grown = 1 + np.linspace(-0.04, 0.05, 70)
    shaky(image, np.stack([x0 + a + a * grown * np.cos(t), top + b + b * grown * np.sin(t)], axis=1))


def tick(image: Image, x: int, y: int) -> None:
    falls, rises = np.linspace((x - 14, y), (x - 4, y + 14), 8), np.linspace((x - 4, y + 14), (x + 18, y - 18), 14)
    shaky(image, np.concatenate([falls, rises]))


def cross(image: Image, x: int, y: int) -> None:
    for slope in (-1, 1):
        shaky(image, np.linspace((x - 13, y - 13 * slope), (x + 13, y + 13 * slope), 12))


def seen(image: Image) -> tuple[Pieces, float]:
    pieces = pieces_of(ink_mask(image))
    body = body_height(pieces)
    assert body is not None
    return pieces, body


@pytest.mark.parametrize("turns", [0.95, 1.0, 1.1], ids=["open", "closed", "overlapping"])
@pytest.mark.parametrize("letters", [1, 2, 6])
def test_a_circle_is_found_and_taken_away(letters: int, turns: float) -> None:
    printed = page()
    end = word(printed, 400, 300, letters)
    image = printed.copy()
    circle(image, 400 - 26, 300 - BODY - 24, end + 24, 300 + 26, turns)
    (found,) = pen_circles(*seen(image))
    assert found.x0 < 400 < end < found.x1
    assert found.top < 300 - BODY < 300 < found.bottom
    clean = without_circles(image, [found])
    assert abs(clean.astype(int) - printed).mean() < 0.02 * abs(image.astype(int) - printed).mean()


def test_letters_that_touch_a_circle_stay() -> None:
    printed = page()
    word(printed, 400, 300, 8)
    image = printed.copy()
    fourth = 400 + 3 * 36
    circle(image, 400 - 26, 300 - BODY - 24, fourth - 4, 300 + 26)
    assert (image[270:300, fourth - 3] < 200).any()
    (found,) = pen_circles(*seen(image))
    lost = (without_circles(image, [found]) > 200) & (printed < 100)
    assert not lost[:, fourth + 8 :].any()


def rings(image: Image) -> None:
    for radius in (70, 50):
        cv2.circle(image, (500, 300), radius, 40, 4)
    word(image, 480, 315, 1)


def stamp(image: Image) -> None:
    cv2.circle(image, (500, 300), 140, 40, 5)
    word(image, 440, 310, 3)


def frame(image: Image) -> None:
    word(image, 400, 300, 3)
    cv2.rectangle(image, (370, 240), (530, 330), 0, 4)


def zero(image: Image) -> None:
    cv2.ellipse(image, (500, 300), (24, 34), 0, 0, 360, 0, 6)


@pytest.mark.parametrize("draw", [rings, stamp, frame, zero])
def test_what_is_no_circle_round_an_option(draw: Callable[[Image], None]) -> None:
    image = page()
    draw(image)
    assert pen_circles(*seen(image)) == []


def test_a_flat_side_taken_for_a_ruling_closes_its_circle() -> None:
    image = page()
    end = word(image, 400, 300, 6)
    circle(image, 360, 240, end + 40, 330)
    bare = image.copy()
    bare[316:342, 420:590] = 255
    ruling = Ruling(329.0, 420.0, 590.0, 10.0)
    pieces, body = seen(bare)
    assert pen_circles(pieces, body) == []
    found = ruled_circles(image, ink_mask(bare), [ruling], body)
    assert list(found) == [ruling]
    assert found[ruling].x0 < 400 < end < found[ruling].x1


def test_rings_round_digits_are_no_check_boxes() -> None:
    image = page()
    for x in (400, 700):
        word(image, x, 300, 1)
        cv2.circle(image, (x + 10, 285), 34, 60, 4)
    boxes = [PixelBox(x + 10 - 36, 249, x + 10 + 37, 322, 0.2, True, True) for x in (400, 700)]
    assert no_letters(boxes, image) == []


# ------------------------------------------------------------------ places without a box
def brackets(image: Image, x: int) -> int:
    cv2.ellipse(image, (x + 20, 285), (14, 26), 0, 120, 240, 0, 4)
    cv2.ellipse(image, (x + 80, 285), (14, 26), 0, -60, 60, 0, 4)
    return x + 100


def dots(image: Image, x: int) -> int:
    for left in range(x, x + 100, 10):
        image[296:300, left : left + 4] = 0
    return x + 100


def line(image: Image, x: int) -> int:
    image[298:301, x : x + 100] = 0
    return x + 100


PLACES = {"brackets": brackets, "dots": dots, "line": line}


def options(kind: str, count: int = 3) -> tuple[Image, Sequence[int]]:
    """A line of options with places to tick; the middles of the places."""
    image = page()
    middles = []
    for x in range(100, 100 + 400 * count, 400):
        end = PLACES[kind](image, x)
        middles.append((x + end) // 2)
        word(image, end + 14, 300, 5)
    return image, middles


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("mark", [tick, cross])
def test_the_ticked_place_is_told_from_its_siblings(kind: str, mark: Callable[[Image, int, int], None]) -> None:
    image, middles = options(kind)
    mark(image, middles[1], 282)
    places, ink = ticked_places(*with_rulings(image))
    assert [place.state for place in sorted(places)] == [False, True, False]
    assert ink is not None
    assert (painted_over(image, ink)[240:310, middles[1] - 30 : middles[1] + 30] > 150).all()


def with_rulings(image: Image) -> tuple[Pieces, list[Ruling], float]:
    pieces, body = seen(image)
    return pieces, [], body


@pytest.mark.parametrize("kind", PLACES)
def test_places_without_ticks_and_with_answers_in_letters_select_nothing(kind: str) -> None:
    image, middles = options(kind)
    assert ticked_places(*with_rulings(image))[0] == []
    word(image, middles[1] - 10, 294, 1)
    assert ticked_places(*with_rulings(image))[0] == []


def test_one_place_alone_is_no_group() -> None:
    image, middles = options("dots", 1)
    tick(image, middles[0], 282)
    assert ticked_places(*with_rulings(image))[0] == []


def test_letters_are_no_crosses() -> None:
    image = np.zeros((30, 30), np.uint8)
    cv2.line(image, (2, 2), (27, 27), 1, 4)
    cv2.line(image, (27, 2), (2, 27), 1, 4)
    assert is_cross(image)
    assert not is_cross(1 - image)
    assert not is_cross(np.asarray(ink_mask(page())[671:701, 100:124]))


# ------------------------------------------------------------------ records
def lines(*texts: str) -> list[Line]:
    """Lines of text in which a reader of pictures has put circles."""
    marks = [tuple(Mark(m.start(), m.end(), True, "pixels", m[0]) for m in re.finditer("◉", text)) for text in texts]
    return [
        Line(number, Paragraph(Quote.of(text), number, marks=found), 1, 0)
        for number, (text, found) in enumerate(zip(texts, marks, strict=True))
    ]


def test_a_circled_letter_selects_its_item_of_a_list() -> None:
    found = circled_lists(lines("2. ความเห็น", "ก. สูง", "◉ข.กลาง", "ค. ต่ำ", "ก. ข้อความอื่น", "ข. อีกข้อความ"))
    assert [(n, o.label.text, o.mark is not None) for n, o in found.items()] == [
        (1, "ก. สูง", False), (2, "ข.กลาง", True), (3, "ค. ต่ำ", False),
    ]  # fmt: skip


def test_lists_without_circles_and_lone_items_are_no_options() -> None:
    assert circled_lists(lines("ก. สูง", "ข. กลาง")) == {}
    assert circled_lists(lines("◉ก. สูง", "ค. ต่ำ")) == {}


def test_a_circled_letter_on_one_line() -> None:
    (line,) = lines("◉ก.ใช่ ข. ไม่ใช่")
    assert [(o.label.text, o.mark is not None) for o in options_in(line)] == [("ก.ใช่", True), ("ข. ไม่ใช่", False)]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("1   ◉2 3   4", [("1", False), ("2", True), ("3", False), ("4", False)]),
        ("๕   ๔ ◉๓", [("๕", False), ("๔", False), ("๓", True)]),
        ("2. ระดับความเสี่ยง ◉เห็นชอบ     ไม่เห็นชอบ", [("เห็นชอบ", True), ("ไม่เห็นชอบ", False)]),
        ("เห็นด้วย มาก   ◉เห็นด้วย น้อย", [("เห็นด้วย มาก", False), ("เห็นด้วย น้อย", True)]),
    ],
    ids=["a narrow blank", "a narrow blank before it", "a lost colon", "options of two words"],
)
def test_a_circled_option_among_others(text: str, options: list[tuple[str, bool]]) -> None:
    (line,) = lines(text)
    assert [(o.label.text, o.mark is not None) for o in options_in(line)] == options
