"""The styles of the generated set: which sides are drawn, with which pen, and what else stands on the page."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.colors import Color, black

from tabling import rulings
from tabling.content import PLAIN, RULED, THEMES, UNITS
from tabling.drawing import Placed, Type
from tabling.rulings import Pen, Side, sides, whole

Wanted = Callable[[Side], bool]
LAST_RULE = 150.0
"""Points from the top of the page below which a level outer side is a table's last one."""
GREY, PALE = Color(0.8, 0.85, 0.9), Color(0.93, 0.94, 0.96)


@dataclass(frozen=True, slots=True)
class Style:
    """A way to draw a table. `contents` are the kinds of content that it can show without loss."""

    name: str
    contents: tuple[str, ...]
    draw: Callable[[Any, float, Placed, random.Random], None]
    held_out: bool = False
    around: tuple[str, ...] = ()
    gap: float = 0.0
    extra: dict[str, Any] = field(default_factory=dict)


def _all(_: Side) -> bool:
    return True


def ruled(pen: Pen, wanted: Wanted = _all, pieces: bool = False) -> Callable[[Any, float, Placed, random.Random], None]:
    """Rulings of one pen on the wanted sides."""

    def draw(canvas: Any, height: float, placed: Placed, rng: random.Random) -> None:
        found = [side for side in sides(placed) if wanted(side)]
        for side in found if pieces else whole(iter(found)):
            pen(canvas, height, side)
        for part in placed.inner.values():
            draw(canvas, height, part, rng)

    return draw


def _uneven(least: float, most: float) -> Callable[[Any, float, Placed, random.Random], None]:
    def draw(canvas: Any, height: float, placed: Placed, rng: random.Random) -> None:
        ruled(rulings.uneven(rng, least, most))(canvas, height, placed, rng)

    return draw


def _thick_frame(canvas: Any, height: float, placed: Placed, rng: random.Random) -> None:
    ruled(rulings.line(0.5), lambda side: not side.is_outer)(canvas, height, placed, rng)
    ruled(rulings.rect(3.5), lambda side: side.is_outer)(canvas, height, placed, rng)


def _tiles(canvas: Any, height: float, placed: Placed, gap: float, stroke: bool) -> None:
    canvas.setLineWidth(0.6)
    for cell in placed.table.cells:
        x0, top, x1, bottom = placed.box(cell)
        canvas.setFillColor(GREY if cell.row < placed.table.heading_rows else PALE)
        shrunk = (x0 + gap / 2, height - bottom + gap / 2, x1 - x0 - gap, bottom - top - gap)
        canvas.rect(*shrunk, stroke=int(stroke), fill=int(not stroke))
    canvas.setFillColor(black)


def tiles(gap: float) -> Callable[[Any, float, Placed, random.Random], None]:
    """Shaded cells with white between them, no line at all."""
    return lambda canvas, height, placed, rng: _tiles(canvas, height, placed, gap, False)


def frames(gap: float) -> Callable[[Any, float, Placed, random.Random], None]:
    """Every cell in a frame of its own, as in web pages with spaced borders."""
    return lambda canvas, height, placed, rng: _tiles(canvas, height, placed, gap, True)


def _zebra(canvas: Any, height: float, placed: Placed, rng: random.Random) -> None:
    canvas.setFillColor(PALE)
    for row in range(0, placed.table.n_rows, 2):
        top, bottom = placed.ys[row], placed.ys[row + 1]
        canvas.rect(placed.xs[0], height - bottom, placed.xs[-1] - placed.xs[0], bottom - top, stroke=0, fill=1)
    canvas.setFillColor(black)


def _white_lines(canvas: Any, height: float, placed: Placed, rng: random.Random) -> None:
    box = (placed.xs[0], height - placed.ys[-1], placed.xs[-1] - placed.xs[0], placed.ys[-1] - placed.ys[0])
    canvas.setFillColor(GREY)
    canvas.rect(*box, stroke=0, fill=1)
    canvas.setStrokeColor(Color(1, 1, 1))
    ruled(rulings.line(1.0))(canvas, height, placed, rng)
    canvas.setStrokeColor(black)
    canvas.setFillColor(black)


def _ledger(canvas: Any, height: float, placed: Placed, rng: random.Random) -> None:
    ruled(rulings.line(), lambda side: side.is_outer or side.heads or not side.is_level)(canvas, height, placed, rng)


def _page_frame(canvas: Any, height: float, placed: Placed, rng: random.Random) -> None:
    canvas.setLineWidth(1)
    left, right = placed.xs[0], placed.xs[-1]
    canvas.rect(left, 30, right - left, height - 60)
    ruled(rulings.line(), lambda side: side.is_level or not side.is_outer)(canvas, height, placed, rng)


def _nothing(canvas: Any, height: float, placed: Placed, rng: random.Random) -> None:
    return None


def _head_rule(side: Side) -> bool:
    return side.heads


def _inner_upright(side: Side) -> bool:
    return not side.is_level and not side.is_outer


def _last_rule(side: Side) -> bool:
    return side.heads or (side.is_outer and side.is_level and side.y0 > LAST_RULE)


def _booktabs(side: Side) -> bool:
    return side.is_level and (side.is_outer or side.heads)


STYLES: Sequence[Style] = (
    Style("full", RULED, ruled(rulings.line())),
    Style("rects", RULED, ruled(rulings.rect()), held_out=True),
    Style("pieces", RULED, ruled(rulings.line(), pieces=True)),
    Style("rect pieces", RULED, ruled(rulings.rect(1.0), pieces=True), held_out=True),
    Style("dash pattern", RULED, ruled(rulings.line(0.5, (2, 2)))),
    Style("dashes", RULED, ruled(rulings.dashes()), held_out=True),
    Style("dots", RULED, ruled(rulings.dots())),
    Style("wide dots", RULED, ruled(rulings.dots(0.8, 2.6)), held_out=True),
    Style("double", RULED, ruled(rulings.double(2.0))),
    Style("wide double", RULED, ruled(rulings.double(3.0)), held_out=True),
    Style("thick frame", RULED, _thick_frame),
    Style("images", RULED, ruled(rulings.image()), held_out=True),
    Style("gaps", RULED[:5], _uneven(1, 3)),
    Style("overshoots", RULED[:5], _uneven(-3, -1), held_out=True),
    Style("no left and right", RULED, ruled(rulings.line(), lambda s: s.is_level or not s.is_outer)),
    Style("no outline", RULED, ruled(rulings.line(), lambda s: not s.is_outer), held_out=True),
    Style("no top and bottom", RULED, ruled(rulings.line(), lambda s: not (s.is_outer and s.is_level))),
    Style("booktabs", PLAIN, ruled(rulings.line(), _booktabs)),
    Style("level only", (*PLAIN, "sections"), ruled(rulings.line(), lambda s: s.is_level), held_out=True),
    Style("upright only", PLAIN, ruled(rulings.line(), lambda s: not s.is_level)),
    Style("inner uprights only", PLAIN, ruled(rulings.line(), _inner_upright), held_out=True),
    Style("heading rule", PLAIN, ruled(rulings.line(), _head_rule)),
    Style("heading and last rule", PLAIN, ruled(rulings.line(), _last_rule), held_out=True),
    Style("ledger", PLAIN, _ledger),
    Style("tiles", RULED[:5], tiles(2)),
    Style("wide tiles", RULED[:5], tiles(4), held_out=True),
    Style("touching tiles", PLAIN, tiles(0)),
    Style("frames", RULED[:5], frames(3), held_out=True),
    Style("zebra", PLAIN, _zebra),
    Style("white lines", RULED[:5], _white_lines, held_out=True),
    Style("page frame", RULED, _page_frame),
    Style("side by side", ("scores", "sparse"), ruled(rulings.line()), held_out=True, extra={"count": 2}),
    Style("unruled", PLAIN, _nothing),
    Style("unruled, rows apart", PLAIN, _nothing, held_out=True, gap=6.0),
    Style("among other lines", RULED, ruled(rulings.line()), around=("underlined", "form", "struck", "frame")),
    Style("no table", (), _nothing, around=("underlined", "form", "struck", "frame", "signatures", "contents", "list")),
    Style("no table either", (), _nothing, held_out=True, around=("text", "people", "signatures", "columns", "form")),
)  # fmt: skip


# ------------------------------------------------------------------ what is no table
def draw_around(canvas: Any, height: float, type_: Type, top: float, kinds: Sequence[str], rng: random.Random) -> float:
    """Text and lines around a table; returns how far down the page they reach."""
    y = top
    for kind in kinds:
        y = _AROUND[kind](canvas, height, type_, y, rng) + 8
    return y


def _write(canvas: Any, height: float, type_: Type, x: float, y: float, text: str) -> float:
    canvas.setFont(type_.font, type_.size)
    canvas.drawString(x, height - y, text)
    return type_.width(text)


def _sentence(rng: random.Random) -> str:
    return f"{rng.choice(THEMES)}ของ{rng.choice(UNITS)}ให้เป็นไปตามที่กำหนดไว้ในแผน"


def _underlined(canvas: Any, height: float, type_: Type, y: float, rng: random.Random) -> float:
    for _ in range(3):
        y += 1.5 * type_.size
        width = _write(canvas, height, type_, 60, y, _sentence(rng))
        canvas.line(60, height - y - 1.5, 60 + width, height - y - 1.5)
    return y


def _struck(canvas: Any, height: float, type_: Type, y: float, rng: random.Random) -> float:
    y += 1.5 * type_.size
    width = _write(canvas, height, type_, 60, y, _sentence(rng))
    canvas.line(60, height - y + 3, 60 + width, height - y + 3)
    return y


def _form(canvas: Any, height: float, type_: Type, y: float, rng: random.Random) -> float:
    for label in ("ชื่อ", "ตำแหน่ง", "หน่วยงาน", "วันที่"):
        y += 1.7 * type_.size
        width = _write(canvas, height, type_, 60, y, label)
        canvas.line(64 + width, height - y - 1, 500, height - y - 1)
    return y


def _frame(canvas: Any, height: float, type_: Type, y: float, rng: random.Random) -> float:
    canvas.rect(24, 24, 595 - 48, height - 48)
    return y


def _signatures(canvas: Any, height: float, type_: Type, y: float, rng: random.Random) -> float:
    dotted = "......................."
    for left, right in (
        (f"ลงชื่อ {dotted} ผู้เสนอ", f"ลงชื่อ {dotted} ผู้อนุมัติ"),
        ("(นายสมมุติ ตัวอย่าง)", "(นางสมมุติ ทดสอบ)"),
        ("นักวิเคราะห์นโยบายและแผน", "ปลัดองค์การ"),
        (f"วันที่ {dotted}", f"วันที่ {dotted}"),
    ):
        y += 1.5 * type_.size
        _write(canvas, height, type_, 80, y, left)
        _write(canvas, height, type_, 330, y, right)
    return y


def _contents(canvas: Any, height: float, type_: Type, y: float, rng: random.Random) -> float:
    for number in range(1, 7):
        y += 1.5 * type_.size
        title = f"{number}. {rng.choice(THEMES)} "
        dots = "." * int((440 - type_.width(title)) / type_.width("."))
        _write(canvas, height, type_, 60, y, title + dots)
        _write(canvas, height, type_, 510, y, str(number * 3))
    return y


def _list(canvas: Any, height: float, type_: Type, y: float, rng: random.Random) -> float:
    for number in range(1, 6):
        y += 1.5 * type_.size
        _write(canvas, height, type_, 70, y, f"{number}.")
        _write(canvas, height, type_, 100, y, _sentence(rng))
    return y


def _text(canvas: Any, height: float, type_: Type, y: float, rng: random.Random) -> float:
    for line in type_.lines(" ".join(_sentence(rng) for _ in range(8)), 470):
        y += 1.5 * type_.size
        _write(canvas, height, type_, 60, y, line)
    return y


def _people(canvas: Any, height: float, type_: Type, y: float, rng: random.Random) -> float:
    for number, name in enumerate(("นายสมมุติ ตัวอย่าง", "นางสาวสมใจ ทดสอบ", "นายลองดู สักครั้ง", "นางยกมา ให้เห็น"), 1):
        y += 1.5 * type_.size
        for x, text in ((60, f"{number}."), (85, name), (260, "ผู้อำนวยการ" + rng.choice(UNITS)), (460, "กรรมการ")):
            _write(canvas, height, type_, x, y, text)
    return y


def _columns(canvas: Any, height: float, type_: Type, y: float, rng: random.Random) -> float:
    texts = [type_.lines(" ".join(_sentence(rng) for _ in range(4)), 220) for _ in range(2)]
    for index, lines in enumerate(texts):
        for number, line in enumerate(lines, 1):
            _write(canvas, height, type_, 60 + 250 * index, y + 1.5 * type_.size * number, line)
    return y + 1.5 * type_.size * max(map(len, texts))


_AROUND: dict[str, Callable[[Any, float, Type, float, random.Random], float]] = {
    "underlined": _underlined, "struck": _struck, "form": _form, "frame": _frame, "signatures": _signatures,
    "contents": _contents, "list": _list, "text": _text, "people": _people, "columns": _columns,
}  # fmt: skip
