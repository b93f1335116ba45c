"""What PDF pages draw: every style of month mark and of check box is read, and what is no mark is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drawn_pages import MONTHS, Drawing, Plan
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from ita_extract.model import Document, Mark, Paragraph
from ita_extract.pipeline import extract
from ita_extract.readers import read_bytes

Span = tuple[int, int]
"""First and last month of the fiscal year, both included."""
Painter = Callable[[Plan, int, Span], None]
ACTIVITIES = ("จัดทำคู่มือ", "อบรมบุคลากร", "ติดตามผล", "เผยแพร่ข้อมูล", "สรุปผล")


def _box(plan: Plan, row: int, span: Span) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the cells of a span."""
    x0, y0, _, y1 = plan.cell(row, span[0])
    return x0, y0, plan.cell(row, span[1])[2], y1


def _each(plan: Plan, row: int, span: Span) -> list[tuple[float, float, float, float]]:
    return [plan.cell(row, month) for month in range(span[0], span[1] + 1)]


# ------------------------------------------------------------------ how people mark months
def shaded(plan: Plan, row: int, span: Span) -> None:
    for x0, y0, x1, y1 in _each(plan, row, span):
        plan.rect(x0, y0, x1 - x0, y1 - y0, fill="0.75 g", stroke=False)


def shaded_in_one(plan: Plan, row: int, span: Span) -> None:
    x0, y0, x1, y1 = _box(plan, row, span)
    plan.rect(x0, y0, x1 - x0, y1 - y0, fill="0.2 0.6 0.9 rg", stroke=False)


def hatched(plan: Plan, row: int, span: Span) -> None:
    for x0, y0, x1, y1 in _each(plan, row, span):
        for step in range(2, int(x1 - x0) - 8, 6):
            plan.line((x0 + step, y1 - 2), (x0 + step + 6, y0 + 2), width=0.4)


def bar(plan: Plan, row: int, span: Span) -> None:
    x0, y0, x1, _ = _box(plan, row, span)
    plan.rect(x0 + 2, y0 + 9, x1 - x0 - 4, 8, fill="0 0 0.6 rg", stroke=False)


def outlined_bar(plan: Plan, row: int, span: Span) -> None:
    x0, y0, x1, _ = _box(plan, row, span)
    plan.rect(x0 + 3, y0 + 8, x1 - x0 - 6, 10, fill="0.9 0.7 0.2 rg")


def line(plan: Plan, row: int, span: Span) -> None:
    x0, y0, x1, _ = _box(plan, row, span)
    plan.line((x0 + 5, y0 + 13), (x1 - 5, y0 + 13), width=2)


def dashed_line(plan: Plan, row: int, span: Span) -> None:
    x0, y0, x1, _ = _box(plan, row, span)
    x = x0 + 4
    while x < x1 - 6:
        plan.line((x, y0 + 13), (x + 4, y0 + 13), width=1)
        x += 7


def arrow(plan: Plan, row: int, span: Span) -> None:
    x0, y0, x1, _ = _box(plan, row, span)
    plan.line((x0 + 2, y0 + 13), (x1 - 6, y0 + 13))
    plan.polygon((x1 - 7, y0 + 10), (x1 - 1, y0 + 13), (x1 - 7, y0 + 16))


def arrow_from_ruling_to_ruling(plan: Plan, row: int, span: Span) -> None:
    x0, y0, x1, _ = _box(plan, row, span)
    plan.line((x0, y0 + 13), (x1, y0 + 13))
    plan.polygon((x1 - 6, y0 + 10), (x1, y0 + 13), (x1 - 6, y0 + 16))


def double_arrow(plan: Plan, row: int, span: Span) -> None:
    x0, y0, x1, _ = _box(plan, row, span)
    plan.line((x0 + 6, y0 + 12), (x1 - 6, y0 + 12), width=0.8)
    plan.polygon((x0 + 7, y0 + 9), (x0 + 1, y0 + 12), (x0 + 7, y0 + 15))
    plan.polygon((x1 - 7, y0 + 9), (x1 - 1, y0 + 12), (x1 - 7, y0 + 15))


def open_arrow(plan: Plan, row: int, span: Span) -> None:
    x0, y0, x1, _ = _box(plan, row, span)
    plan.line((x0 + 2, y0 + 13), (x1 - 3, y0 + 13))
    plan.line((x1 - 8, y0 + 9), (x1 - 3, y0 + 13), (x1 - 8, y0 + 17))


def block_arrow(plan: Plan, row: int, span: Span) -> None:
    x0, y0, x1, _ = _box(plan, row, span)
    left, right, middle = x0 + 2, x1 - 2, y0 + 13
    plan.polygon(
        (left, middle - 3), (right - 7, middle - 3), (right - 7, middle - 6), (right, middle),
        (right - 7, middle + 6), (right - 7, middle + 3), (left, middle + 3), grey=0.4,
    )  # fmt: skip


def tick(plan: Plan, row: int, span: Span) -> None:
    for x0, y0, _, _ in _each(plan, row, span):
        plan.line((x0 + 9, y0 + 13), (x0 + 13, y0 + 18), (x0 + 22, y0 + 6))


def tick_of_two_lines(plan: Plan, row: int, span: Span) -> None:
    for x0, y0, _, _ in _each(plan, row, span):
        plan.line((x0 + 9, y0 + 13), (x0 + 13, y0 + 18))
        plan.line((x0 + 13, y0 + 18), (x0 + 22, y0 + 6))


def cross(plan: Plan, row: int, span: Span) -> None:
    for x0, y0, _, _ in _each(plan, row, span):
        plan.line((x0 + 10, y0 + 7), (x0 + 20, y0 + 19))
        plan.line((x0 + 20, y0 + 7), (x0 + 10, y0 + 19))


def dot(plan: Plan, row: int, span: Span) -> None:
    for x0, y0, _, _ in _each(plan, row, span):
        plan.ellipse(x0 + 15, y0 + 13, 4, 4, filled=True)


def hollow_circle(plan: Plan, row: int, span: Span) -> None:
    for x0, y0, _, _ in _each(plan, row, span):
        plan.ellipse(x0 + 15, y0 + 13, 5, 5)


def _glyph(font: str, code: str) -> Painter:
    def paint(plan: Plan, row: int, span: Span) -> None:
        for x0, y0, _, _ in _each(plan, row, span):
            plan.text(x0 + 10, y0 + 17, code, 11, font)

    return paint


def pen_line(plan: Plan, row: int, span: Span) -> None:
    x0, y0, x1, _ = _box(plan, row, span)
    points = [(x0 + 4 + n * (x1 - x0 - 8) / 12, y0 + 13 + (n % 3 - 1) * 0.8) for n in range(13)]
    strokes = Array([Array([number for x, y in points for number in (x, 595 - y)])])
    rect = Array([x0, 595 - y0 - 20, x1, 595 - y0 - 6])
    plan.note(Subtype=Name.Ink, InkList=strokes, Rect=rect)


STYLES: dict[str, tuple[Painter, str]] = {
    "shaded": (shaded, "shading"),
    "shaded in one": (shaded_in_one, "shading"),
    "hatched": (hatched, "shading"),
    "bar": (bar, "bar"),
    "outlined bar": (outlined_bar, "bar"),
    "line": (line, "bar"),
    "dashed line": (dashed_line, "bar"),
    "arrow": (arrow, "arrow"),
    "arrow from ruling to ruling": (arrow_from_ruling_to_ruling, "arrow"),
    "double arrow": (double_arrow, "arrow"),
    "open arrow": (open_arrow, "arrow"),
    "block arrow": (block_arrow, "arrow"),
    "tick": (tick, "glyph"),
    "tick of two lines": (tick_of_two_lines, "glyph"),
    "cross": (cross, "glyph"),
    "dot": (dot, "glyph"),
    "hollow circle": (hollow_circle, "glyph"),
    "ZapfDingbats": (_glyph("ZapfDingbats", "4"), "glyph"),
    "Wingdings": (_glyph("Wingdings", "\xfc"), "glyph"),
    "Wingdings 2": (_glyph("Wingdings2", "P"), "glyph"),
    "written": (_glyph("Thai", "✓"), "glyph"),
    "letter": (_glyph("Thai", "/"), "glyph"),
    "pen in a viewer": (pen_line, "bar"),
}
SPANS: tuple[Span, ...] = ((2, 2), (1, 3), (5, 9), (12, 12), (10, 12))


def months(data: bytes, tmp_path: Path) -> dict[str, dict[str, dict[int, str]]]:
    """Activity → kind of row → scheduled months with the kind of their mark."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(data)
    records = extract(path)
    titles = {a["activity_id"]: a["title"] for a in records.rows("activities")}
    found: dict[str, dict[str, dict[int, str]]] = {title: {} for title in titles.values()}
    for record in records.rows("timeline_months"):
        kinds = found[titles[record["activity_id"]]].setdefault(record["row_kind"], {})
        if record["is_scheduled"]:
            kinds[record["fiscal_month"]] = record["mark_kind"]
    return found


@pytest.mark.parametrize("style", STYLES)
def test_months_of_every_style(style: str, tmp_path: Path) -> None:
    paint, kind = STYLES[style]
    plan = Plan(ACTIVITIES, tinted_head=True)
    for row, span in enumerate(SPANS, 1):
        paint(plan, row, span)
    plan.grid(plan.xs, plan.ys)
    expected = {
        title: {"unspecified": dict.fromkeys(range(first, last + 1), kind)}
        for title, (first, last) in zip(ACTIVITIES, SPANS, strict=True)
    }
    assert months(plan.data(), tmp_path) == expected


@given(
    st.lists(st.tuples(st.sampled_from(sorted(STYLES)), st.integers(1, 12), st.integers(0, 11)), min_size=5, max_size=5)
)
def test_styles_mixed_on_one_page(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, int]]) -> None:
    plan = Plan(ACTIVITIES)
    expected = {}
    for row, (title, (style, first, length)) in enumerate(zip(ACTIVITIES, rows, strict=True), 1):
        paint, kind = STYLES[style]
        span = (first, min(12, first + length % 5))
        paint(plan, row, span)
        expected[title] = {"unspecified": dict.fromkeys(range(span[0], span[1] + 1), kind)}
    assert months(plan.data(), tmp_path_factory.mktemp("plan")) == expected


def test_plan_and_actual_rows(tmp_path: Path) -> None:
    """One activity over two rows, `แผน` and `ผล`, each with marks of its own."""
    plan = Plan(ACTIVITIES[:2])
    plan.commands.clear()
    xs = [*plan.xs[:3], plan.xs[2] + 30, *(x + 30 for x in plan.xs[3:])]
    ys: list[float] = [90, 116, 142, 168, 194, 220]
    plan.text(60, 50, "แผนปรับปรุงผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567", 14)
    plan.text(xs[1] + 50, 106, "กิจกรรม")
    plan.text(xs[2] + 2, 106, "แผน/ผล", 8)
    for number, month in enumerate(MONTHS):
        plan.text(xs[3 + number] + 3, 106, month, 9)
    for number, title in enumerate(ACTIVITIES[:2]):
        plan.text(xs[0] + 10, ys[1 + 2 * number] + 16, str(number + 1))
        plan.text(xs[1] + 4, ys[1 + 2 * number] + 16, title)
        for offset, word in enumerate(("แผน", "ผล")):
            plan.text(xs[2] + 4, ys[1 + 2 * number + offset] + 16, word)
    for y in ys:
        start = xs[2] if y in (ys[2], ys[4]) else xs[0]
        plan.line((start, y), (xs[-1], y), width=0.7)
    for x in xs:
        plan.line((x, ys[0]), (x, ys[-1]), width=0.7)
    plan.xs, plan.ys = [*xs[:1], *xs[2:]], ys[:]
    arrow(plan, 1, (1, 4))
    shaded(plan, 2, (2, 5))
    bar(plan, 3, (6, 7))
    dot(plan, 4, (8, 8))
    assert months(plan.data(), tmp_path) == {
        ACTIVITIES[0]: {"plan": dict.fromkeys(range(1, 5), "arrow"), "actual": dict.fromkeys(range(2, 6), "shading")},
        ACTIVITIES[1]: {"plan": dict.fromkeys((6, 7), "bar"), "actual": {8: "glyph"}},
    }


def test_quarters(tmp_path: Path) -> None:
    heads = [f"ไตรมาส {n}" for n in range(1, 5)]
    plan = Plan(ACTIVITIES[:2], heads=heads)
    double_arrow(plan, 1, (1, 2))
    shaded(plan, 2, (4, 4))
    found = months(plan.data(), tmp_path)
    assert found[ACTIVITIES[0]] == {"unspecified": dict.fromkeys(range(1, 7), "arrow")}
    assert found[ACTIVITIES[1]] == {"unspecified": dict.fromkeys(range(10, 13), "shading")}


def test_a_grid_goes_on_overleaf_without_heads(tmp_path: Path) -> None:
    plan = Plan(ACTIVITIES[:2])
    arrow(plan, 1, (1, 3))
    plan.end_page()
    ys = [60, 86, 112]
    for number, title in enumerate(ACTIVITIES[2:4]):
        plan.text(plan.xs[0] + 10, ys[number] + 16, str(number + 3))
        plan.text(plan.xs[1] + 4, ys[number] + 16, title)
    plan.ys = [34, *ys]
    arrow(plan, 1, (4, 8))
    shaded(plan, 2, (11, 11))
    plan.grid(plan.xs, ys)
    found = months(plan.data(), tmp_path)
    assert found[ACTIVITIES[2]] == {"unspecified": dict.fromkeys(range(4, 9), "arrow")}
    assert found[ACTIVITIES[3]] == {"unspecified": {11: "shading"}}


def test_rows_and_columns_tinted_as_a_whole_are_no_marks(tmp_path: Path) -> None:
    """A zebra row, a tinted column with its head, a tinted heading: only the darker cells are scheduled."""
    plan = Plan(ACTIVITIES, tinted_head=True)
    x0, y0, x1, y1 = plan.xs[0], plan.ys[2], plan.xs[-1], plan.ys[3]
    plan.rect(x0, y0, x1 - x0, y1 - y0, fill="0.9 g", stroke=False)
    column = plan.cell(1, 6)
    plan.rect(column[0], plan.ys[0], column[2] - column[0], plan.ys[-1] - plan.ys[0], fill="1 0.9 0.7 rg", stroke=False)
    shaded_in_one(plan, 1, (1, 2))
    shaded_in_one(plan, 2, (3, 4))
    for number, month in enumerate(MONTHS):
        plan.text(plan.xs[2 + number] + 3, plan.ys[0] + 16, month, 9)
    plan.grid(plan.xs, plan.ys)
    found = months(plan.data(), tmp_path)
    assert [sorted(found[title]["unspecified"]) for title in ACTIVITIES] == [[1, 2], [3, 4], [], [], []]


# ------------------------------------------------------------------ check boxes
def marks(document: Document) -> list[Mark]:
    """All marks outside tables, in reading order."""
    return [m for page in document.pages for block in page.blocks if isinstance(block, Paragraph) for m in block.marks]


def _square(page: Drawing, x: float, y: float) -> None:
    page.rect(x, y - 9, 10, 10)


def _square_of_lines(page: Drawing, x: float, y: float) -> None:
    for a, b in (((0, 0), (10, 0)), ((10, 0), (10, 10)), ((10, 10), (0, 10)), ((0, 10), (0, 0))):
        page.line((x + a[0], y - 9 + a[1]), (x + b[0], y - 9 + b[1]), width=0.5)


def _circle(page: Drawing, x: float, y: float) -> None:
    page.ellipse(x + 5, y - 4, 5, 5)


def _nothing(page: Drawing, x: float, y: float) -> None:
    pass


def crossed(page: Drawing, x: float, y: float) -> None:
    page.line((x + 1, y - 8), (x + 9, y))
    page.line((x + 9, y - 8), (x + 1, y))


INKS: dict[str, Callable[[Drawing, float, float], None]] = {
    "tick": lambda p, x, y: p.line((x + 2, y - 4), (x + 4, y - 1), (x + 9, y - 8)),
    "tick running out": lambda p, x, y: p.line((x + 1, y - 5), (x + 5, y), (x + 17, y - 16)),
    "cross": crossed,
    "filled": lambda p, x, y: p.rect(x + 2, y - 7, 6, 6, fill="0 g", stroke=False),
    "dot": lambda p, x, y: p.ellipse(x + 5, y - 4, 2.5, 2.5, filled=True),
    "glyph": lambda p, x, y: p.text(x + 1, y, "4", 9, "ZapfDingbats"),
    "letter": lambda p, x, y: p.text(x + 2, y - 1, "x", 9),
    "slash": lambda p, x, y: p.line((x + 1, y), (x + 9, y - 9)),
    "scribble": lambda p, x, y: p.line(*((x + 1 + n, y - 1 - 7 * (n % 2)) for n in range(9))),
}
OUTLINES = {"square": _square, "square of lines": _square_of_lines, "circle": _circle}


@pytest.mark.parametrize("outline", OUTLINES)
@pytest.mark.parametrize("ink", INKS)
def test_check_boxes(outline: str, ink: str) -> None:
    page = Drawing()
    page.text(60, 50, "แบบสำรวจความเสี่ยง", 14)
    chosen = (False, True, False, False, True, False)
    for number, ticked in enumerate(chosen):
        x, y = 80 + 150 * (number % 3), 100 + 30 * (number // 3)
        OUTLINES[outline](page, x, y)
        if ticked:
            INKS[ink](page, x, y)
        page.text(x + 16, y, f"ทางเลือก {number + 1}")
    document = read_bytes(page.data(), "form.pdf")
    found = marks(document)
    assert [mark.state for mark in found] == list(chosen)
    lines = [b.text for p in document.pages for b in p.blocks if isinstance(b, Paragraph)]
    assert "ทางเลือก 1" in lines[1] and lines[1].startswith(("☐", "☑"))


def test_places_for_digits_and_bullets_are_no_boxes() -> None:
    page = Drawing()
    page.text(60, 50, "เลขประจำตัว")
    for number in range(13):
        page.rect(130 + 12 * number, 40, 12, 12)
        page.text(133 + 12 * number, 50, str(number % 10))
    for number in range(3):
        page.rect(60, 92 + 20 * number, 6, 6, fill="0 g", stroke=False)
        page.text(72, 99 + 20 * number, "ข้อความ")
    page.line((60, 170), (200, 170))
    page.text(60, 168, "ข้อความขีดเส้นใต้")
    assert marks(read_bytes(page.data(), "form.pdf")) == []


def test_form_fields_and_their_values() -> None:
    page = Drawing()
    page.text(60, 50, "แบบรายงาน")
    page.field(60, 70, 12, 12, FT=Name.Btn, T=String("a"), V=Name.Yes, AS=Name.Yes)
    page.text(78, 80, "ดำเนินการ")
    page.field(160, 70, 12, 12, FT=Name.Btn, T=String("b"), V=Name.Off, AS=Name.Off)
    page.text(178, 80, "ไม่ดำเนินการ")
    parent = page.pdf.make_indirect(Dictionary(FT=Name.Btn, Ff=1 << 15, T=String("r"), V=Name("/2")))
    for number in (1, 2):
        page.field(60 + 100 * number, 100, 12, 12, Parent=parent, AS=Name("/2") if number == 2 else Name.Off)
        page.text(78 + 100 * number, 110, f"ระดับ {number}")
    page.text(60, 140, "หน่วยงาน :")
    page.field(120, 130, 200, 14, FT=Name.Tx, T=String("t"), V=String("เทศบาลตำบลตัวอย่าง"))
    page.field(60, 160, 12, 12, FT=Name.Btn, Ff=1 << 16, T=String("print"))
    page.field(60, 180, 12, 12, FT=Name.Btn, F=2, T=String("hidden"), AS=Name.Yes)
    document = read_bytes(page.data(), "form.pdf")
    found = marks(document)
    assert [(m.state, m.kind) for m in found] == [
        (True, "html_input"), (False, "html_input"), (False, "html_input"), (True, "html_input"),
    ]  # fmt: skip
    assert "หน่วยงาน : เทศบาลตำบลตัวอย่าง" in document.source


def test_a_circle_around_an_option(tmp_path: Path) -> None:
    page = Drawing()
    page.text(60, 50, "แผนปรับปรุงผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567", 14)
    page.text(60, 80, "1. ระดับความมั่นใจในความสำเร็จ :")
    for number, x in enumerate((250, 290, 330, 370, 410)):
        page.text(x, 80, str(5 - number))
    page.ellipse(292.5, 77, 8, 7)
    (tmp_path / "plan.pdf").write_bytes(page.data())
    options = extract(tmp_path / "plan.pdf").rows("rating_options")
    assert [(o["label"], o["selected"]) for o in options] == [
        ("5", False),
        ("4", True),
        ("3", False),
        ("2", False),
        ("1", False),
    ]
