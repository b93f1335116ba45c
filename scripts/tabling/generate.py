"""The generated set: a page per style, content and seed; the same seeds give the same pages."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tabling.content import CONTENTS, TrueTable
from tabling.drawing import Type, draw_text, place
from tabling.styles import STYLES, Style, draw_around

FONTS = {
    name: Path("/usr/share/fonts/truetype", path)
    for name, path in (
        ("Garuda", "tlwg/Garuda.ttf"), ("Laksaman", "tlwg/Laksaman.ttf"), ("Norasi", "tlwg/Norasi.ttf"),
        ("Loma", "tlwg/Loma.ttf"), ("Waree", "tlwg/Waree.ttf"),
    )
}  # fmt: skip
"""Thai fonts of Debian's fonts-tlwg."""
WIDTH, HEIGHT = 595.0, 842.0
SEEDS = 3


@dataclass(frozen=True, slots=True)
class Page:
    """One generated page and the tables that it shows, from left to right."""

    style: Style
    content: str
    seed: int
    pdf: bytes
    tables: tuple[TrueTable, ...]


def fonts() -> list[str]:
    """The fonts of FONTS that this machine has, made known to reportlab."""
    found = [name for name, path in FONTS.items() if path.is_file()]
    for name in found:
        pdfmetrics.registerFont(TTFont(name, FONTS[name]))
    return found


def pages(held_out: bool) -> Iterator[Page]:
    """Development or held-out pages: other styles and other seeds."""
    known = fonts()
    for index, style in enumerate(STYLES):
        if style.held_out != held_out:
            continue
        for seed in range(SEEDS):
            number = 1000 * (held_out + 1) + 10 * index + seed
            content = style.contents[(index + seed) % len(style.contents)] if style.contents else ""
            yield _page(style, content, number, known[number % len(known)])


def _page(style: Style, content: str, seed: int, font: str) -> Page:
    rng = random.Random(seed)
    out = BytesIO()
    canvas = Canvas(out, (WIDTH, HEIGHT), invariant=1)
    canvas.setLineWidth(0.6)
    type_ = Type(font, rng.choice((9.0, 10.0, 11.0) if content in ("plan", "scores") else (8.0, 9.0)))
    y = draw_around(canvas, HEIGHT, type_, 50, style.around, rng)
    count = style.extra.get("count", 1) if content else 0
    width = (WIDTH - 80 - 20 * max(0, count - 1)) / max(1, count)
    tables = []
    for number in range(count):
        table = CONTENTS[content](rng)
        placed = place(table, type_, 40 + number * (width + 20), y + 30, width)
        if style.gap:
            placed.ys = [y + style.gap * row for row, y in enumerate(placed.ys)]
        style.draw(canvas, HEIGHT, placed, rng)
        is_plain = style.contents == ("plan", "scores")
        draw_text(canvas, placed, type_, HEIGHT, rng, "top" if is_plain else rng.choice(("top", "middle", "bottom")))
        tables.append(table)
    canvas.save()
    return Page(style, content, seed, out.getvalue(), tuple(tables))
