"""Drawn pages: which cell each line of text is found in, and what its letters measure."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ita_extract.readers.scan import content
from ita_extract.readers.scan.content import SeenPage, seen
from ita_extract.vision.lines import TextLine
from ita_extract.vision.ocr import LineReading
from ita_extract.vision.page_image import PageImage
from ita_extract.vision.straighten import straighten

Image = NDArray[np.uint8]
DPI = 200


def page(height: int = 1000, width: int = 1400) -> Image:
    return np.full((height, width), 255, np.uint8)


def write(image: Image, x: int, baseline: int, letters: int) -> None:
    """Letters of one height, without marks, from `x` on; each is 22 pixels wide."""
    for number in range(letters):
        cv2.putText(image, "n", (x + 22 * number, baseline), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 0, 3, cv2.LINE_AA)


def frame(image: Image, xs: list[int], ys: list[int]) -> None:
    for x in xs:
        cv2.line(image, (x, ys[0]), (x, ys[-1]), 0, 2)
    for y in ys:
        cv2.line(image, (xs[0], y), (xs[-1], y), 0, 2)


def look(image: Image) -> SeenPage:
    return seen(PageImage(1, image, DPI))


def test_lines_beside_a_table_in_a_cell_stay_in_the_cell() -> None:
    image = page()
    frame(image, [100, 552, 1300], [100, 700])
    frame(image, [120, 260, 400, 530], [450, 550, 650])
    for baseline in range(170, 400, 60):
        write(image, 120, baseline, 19)  # full lines: the next letter stands just behind the ruling
        write(image, 566, baseline, 25)
    view = look(image)
    texts = [line for line in view.found.lines if line.letters]
    assert len(texts) == 8
    homes = {line.region for line in texts}
    assert len(homes) == 2
    assert -1 not in homes
    assert all((line.x1 < 552) != (line.x0 > 552) for line in texts)


def photographed(width: int, height: int, shorter: float) -> Image:
    """A sheet of paper on a desk, seen at a slant: its height is shortened, one side farther off."""
    sheet = page(height, width)
    cv2.rectangle(sheet, (100, 100), (width - 100, height - 100), 0, 3)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen_at = np.array(
        [[80, 90], [width + 75, 80], [width + 85, 80 + shorter * height], [75, 100 + shorter * height]], np.float32
    )
    matrix = cv2.getPerspectiveTransform(corners, seen_at)
    desk = np.full((height + 200, width + 180), 70, np.uint8)
    inside = cv2.warpPerspective(np.full_like(sheet, 255), matrix, desk.shape[::-1])
    seen_sheet = cv2.warpPerspective(sheet, matrix, desk.shape[::-1])
    return np.where(inside > 127, seen_sheet, desk).astype(np.uint8)


@pytest.mark.parametrize(
    ("width", "height", "shorter", "ratio"),
    [
        (1000, 1414, 1.0, 2**0.5),
        (1000, 1414, 0.95, 2**0.5),
        (1414, 1000, 0.96, 2**0.5),
        (1000, 1294, 1.0, 1.294),  # letter
        (1000, 1529, 1.0, 1.529),  # foolscap
    ],
)
def test_photographs_of_a4_have_one_shape_and_other_sheets_keep_theirs(
    width: int, height: int, shorter: float, ratio: float
) -> None:
    straight = straighten(PageImage(1, photographed(width, height, shorter), None))
    assert straight.is_photo
    sides = sorted(straight.gray.shape)
    assert sides[1] / sides[0] == pytest.approx(ratio, rel=0.003 if ratio == 2**0.5 else 0.04)
    assert (ratio == 2**0.5) == (abs(sides[1] / sides[0] - 2**0.5) < 0.005)


def test_a_letter_with_its_mark_stays_in_its_line_above_letters_that_are_joined_with_theirs() -> None:
    """A short line whose letters all touch their marks looks like larger letters; those above are none of its marks."""
    image = page()
    write(image, 100, 130, 4)
    cv2.line(image, (160, 120), (160, 138), 0, 3)  # a vowel below the third letter, of the same piece
    for x in (130, 156):
        write(image, x, 176, 1)
        cv2.line(image, (x + 4, 145), (x + 4, 170), 0, 3)
    for row in range(5):
        write(image, 100, 300 + 60 * row, 20)
    owner = look(image).found.owner
    lines = [set(np.unique(part[part > 0])) for part in (owner[110:132, 90:190], owner[136:142, 90:190])]
    assert len(lines[0]) == 1
    assert lines[1] == lines[0]
    below = set(np.unique(owner[160:178, 125:180])) - {0}
    assert len(below) == 1
    assert not below & lines[0]


def line(body: float, letters: int, baseline: float, region: int = 3) -> TextLine:
    return TextLine(100, int(baseline - body), 400, int(baseline), baseline, 0.0, body, letters, region)


def read_as(text: str) -> LineReading:
    return LineReading(text, (), 0.9)


def test_a_short_line_of_tall_letters_is_as_large_as_the_one_above_it() -> None:
    lines = [line(27, 18, 546), line(37, 7, 607), *(line(33, 4, 700 + 60 * n, 9) for n in range(8))]
    texts = ["องค์การบริหารส่วนตำบล", "ป่าไผ่ซ้อน", *["79.36"] * 8]
    bodies, _ = content._bodies(lines, [read_as(text) for text in texts])
    assert bodies[1] == bodies[0] == 27


def test_a_short_line_of_usual_letters_keeps_its_size() -> None:
    lines = [line(27, 18, 546), line(37, 7, 617), line(27, 30, 700)]
    texts = ["องค์การบริหารส่วนตำบล", "สรุปงาน", "รายงานการดำเนินการตามแผน"]
    assert content._bodies(lines, [read_as(text) for text in texts])[0] == [27, 37, 27]


def test_a_heading_with_a_tall_letter_keeps_its_size() -> None:
    lines = [line(37, 9, 546), *(line(27, 40, 640 + 50 * n) for n in range(6))]
    texts = ["แผนปฏิบัติการ", *["รายงานการดำเนินการตามแผนงานของหน่วยงานในปีก่อน"] * 6]
    assert content._bodies(lines, [read_as(text) for text in texts])[0][0] == 37


def test_a_lone_vowel_before_its_consonant_is_as_large_as_the_line_below_it() -> None:
    lines = [line(46, 1, 546), line(27, 3, 607), *(line(27, 20, 700 + 60 * n, 9) for n in range(4))]
    texts = ["ไ", "มมี", *["รายงานการดำเนินการตาม"] * 4]
    assert content._bodies(lines, [read_as(text) for text in texts])[0][0] == 27


def test_a_line_of_dates_and_times_is_as_large_as_those_beside_it_and_a_title_with_a_year_is_not() -> None:
    beside = [line(22, 30, 660 + 60 * n) for n in range(4)]
    text = "รายงานการดำเนินการตามแผนงานของหน่วยงานในปีก่อน"
    for above, body in (("เมื่อวันที่ 15 - 16 มีนาคม 2566 เวลา 09.00 - 16.00 น. ณ ห้องประชุม", 22), ("รายงานผล พ.ศ. 2566", 29)):
        lines = [line(29, 20, 600), *beside]
        assert content._bodies(lines, [read_as(t) for t in (above, *[text] * 4)])[0][0] == body
