"""What a careful reader sees on a PDF page, and in which order: pages made on the spot, in a font of every reader."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from ita_extract.readers import read_bytes
from ita_extract.readers.pdf.text import Char, lines_of, placed_by_eye

Draw = Callable[[Canvas], None]


def _pdf(draw: Draw) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(400, 600), invariant=1)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def _paragraphs(data: bytes) -> list[str]:
    document = read_bytes(data, "made.pdf")
    return [block.quote.text for page in document.pages for block in page.blocks]  # type: ignore[union-attr]


def _seen(draw: Draw) -> list[str]:
    return _paragraphs(_pdf(draw))


def _plain(canvas: Canvas) -> None:
    canvas.drawString(40, 500, "Plain text that everybody sees")


def test_text_that_is_not_painted_is_not_read() -> None:
    def invisible(canvas: Canvas) -> None:
        text = canvas.beginText(40, 400)
        text.setTextRenderMode(3)
        text.textLine("hidden")
        canvas.drawText(text)

    def white(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(40, 400, "white")

    def outside(canvas: Canvas) -> None:
        canvas.drawString(40, 900, "outside")

    def clipped(canvas: Canvas) -> None:
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(0, 450, 400, 150)
        canvas.clipPath(path, stroke=0)
        canvas.drawString(40, 400, "clipped")
        canvas.restoreState()

    for addition in (invisible, white, outside, clipped):

        def both(canvas: Canvas, addition: Draw = addition) -> None:
            _plain(canvas)
            addition(canvas)

        assert _seen(both) == ["Plain text that everybody sees"], addition.__name__


def test_white_text_on_a_dark_ground_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        _plain(canvas)
        canvas.setFillColorRGB(0, 0.2, 0.5)
        canvas.rect(30, 390, 200, 24, fill=1, stroke=0)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.drawString(40, 400, "white on blue")

    assert "white on blue" in _seen(draw)


def test_a_page_whose_text_is_all_invisible_is_the_layer_of_a_scan() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(40, 400)
        text.setTextRenderMode(3)
        text.textLine("what OCR found")
        canvas.drawText(text)

    assert _seen(draw) == ["what OCR found"]


def test_type_printed_twice_to_look_bold_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for offset in (0, 0.3):
            canvas.drawString(40 + offset, 500, "Illinois 1100 letters")

    assert _seen(draw) == ["Illinois 1100 letters"]


def test_columns_are_read_one_after_the_other() -> None:
    """The title above both, then each column to its end, then what stands below."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(40, 550, "A title that goes over both of the columns of this page")
        for column, x in (("left", 40), ("right", 210)):
            for line in range(6):
                canvas.drawString(x, 520 - 12 * line, f"{column} {line} words words words")
        canvas.drawString(40, 400, "Below")

    lines = [f"{column} {line} words words words" for column in ("left", "right") for line in range(6)]
    assert " ".join(_seen(draw)) == " ".join(
        ["A title that goes over both of the columns of this page", *lines, "Below"]
    )


def test_lines_below_a_large_heading_close_to_it_are_one_paragraph() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 16)
        canvas.drawString(40, 550, "A heading of the page")
        canvas.setFont("Helvetica", 10)
        for line in range(4):
            canvas.drawString(40, 532 - 16 * line, f"Line {line} of a paragraph that fills the width of its page well")

    heading, *rest = _seen(draw)
    assert heading == "A heading of the page"
    assert len(rest) == 1


def test_rows_of_a_list_stay_rows() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(6):
            canvas.drawString(40, 520 - 16 * row, f"name {row}")
            canvas.drawString(210, 520 - 16 * row, f"role {row}")

    assert [" ".join(text.split()) for text in _seen(draw)] == [f"name {n} role {n}" for n in range(6)]


def test_a_raised_sign_stays_with_its_word() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(40, 500, "word")
        end = 40 + canvas.stringWidth("word")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(end, 504, "2")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(end + 8, 500, "goes on")

    assert _seen(draw) == ["word2 goes on"]


def test_a_letter_spaced_title_is_words() -> None:
    def draw(canvas: Canvas) -> None:
        x = 40.0
        for letter in "GREAT NEWS":
            canvas.drawString(x, 500, letter)
            x += canvas.stringWidth(letter) + 5

    assert _seen(draw) == ["GREAT NEWS"]


@pytest.mark.parametrize("angle", [90, -90, 180])
def test_turned_text_on_an_upright_page_is_read(angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(5):
            canvas.drawString(40, 520 - 20 * row, "Plain text that everybody sees")
        canvas.translate(200, 200)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "turned heading")

    assert "turned heading" in _seen(draw)


def test_a_url_broken_over_lines_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        for row, text in enumerate(
            ("https://www.agency.example/a-long-folder-name/with-more/and-more/and-", "more/end.pdf")
        ):
            canvas.drawString(40, 520 - 12 * row, text)

    assert _seen(draw) == ["https://www.agency.example/a-long-folder-name/with-more/and-more/and-more/end.pdf"]


def test_a_broken_font_program_does_no_harm() -> None:
    """A glyph without a character is asked of the embedded font; when that cannot be read, the rest of the text can."""
    data = _pdf(_plain)
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        font = next(iter(pdf.pages[0].Resources.Font.values()))
        junk = pikepdf.Stream(pdf, b"\x00\x01\x00\x00 no font")
        font.FontDescriptor = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontFile2=junk)
        cmap = b"1 beginbfchar <50> <0000> endbfchar"
        font.ToUnicode = pikepdf.Stream(pdf, cmap)
        pdf.save(out)
    assert "lain text that everybody sees" in _paragraphs(out.getvalue())[0]


# ------------------------------------------------------------------ Thai marks
def _chars(*signs: tuple[str, float, float]) -> list[Char]:
    """Characters of ten points on one line: text, start, end."""
    return [
        {"text": t, "x0": a, "x1": b, "top": 0.0, "bottom": 10.0, "size": 10.0, "baseline": 8.0}
        | {"bold": False, "turned": False}
        for t, a, b in signs
    ]  # fmt: skip


def _line(chars: list[Any]) -> str:
    by_eye = placed_by_eye(chars)
    for char in chars:
        char["by_eye"] = by_eye
    return lines_of(chars)[0].text


def test_marks_behind_the_next_letter_go_to_their_own() -> None:
    """`เป็นที่` written `เปน็ทีอ่` does not tell by its letters alone; the places of the marks do."""
    swapped = _chars(
        ("เ", 0, 3), ("ป", 3, 9), ("น", 9, 15), ("็", 9, 9), ("ห", 15, 21), ("า", 21, 25), ("้", 21, 21),
        ("า", 25, 29), ("่", 25, 25), ("า", 29, 33), ("่", 29, 29),
    )  # fmt: skip
    assert _line(swapped).startswith("เป็นห้า")


def test_marks_in_their_order_are_left_alone() -> None:
    """Fonts that place marks from the letter's start: odd places, right order."""
    signs = _chars(("ท", 0, 6), ("ี", 0, 0), ("่", 0, 0), ("ด", 6, 12), ("ี", 6, 6))
    assert _line(signs) == "ที่ดี"


def test_a_space_without_width_before_sara_aa_is_half_a_sara_am() -> None:
    assert _line(_chars(("ด", 0, 6), (" ", 6, 6), ("า", 6, 11))) == "ด\u0e4dา"
    assert _line(_chars(("ด", 0, 6), (" ", 6, 6), ("ี", 6, 6))) == "ดี"


def test_a_lost_sign_without_width_behind_a_tone_mark_is_nothing() -> None:
    assert _line(_chars(("ที่", 0, 6), ("\ufffd", 6, 6), ("ด", 6, 12))) == "ที่ด"
    assert _line(_chars(("ท", 0, 6), ("\ufffd", 6, 6), ("ด", 6, 12))) == "ท\ufffdด"


def test_a_lost_half_of_sara_am_is_nothing() -> None:
    """Adobe programs give all of the sign to the glyph of its upper half, and U+FFFD to the other."""
    assert _line(_chars(("จ", 0, 6), ("ำ", 6, 6), ("\ufffd", 6, 10), ("น", 10, 16))) == "จำน"
