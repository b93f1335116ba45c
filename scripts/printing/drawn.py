"""Marks as office programs draw them: shading, bars and arrows over month cells, ticks, dots, check boxes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from ita_extract.model import Cell, Mark, Paragraph

STYLE = """
td {{ position: relative; }}
.over {{ position: absolute; top: 0; height: 100%; overflow: visible; }}
.box {{ display: inline-block; width: 0.75em; height: 0.75em; border: 0.7pt solid #000; vertical-align: -0.1em; }}
.box svg {{ display: block; overflow: visible; }}
"""
TINT = "#b7c9e2"
_BAR = '<rect x="{x}%" y="35%" width="{width}%" height="30%" fill="#33557a"/>'
_ARROW = (
    '<line x1="{x}%" y1="50%" x2="{end}%" y2="50%" stroke="#000" stroke-width="1"/>'
    '<svg x="{end}%" y="50%" overflow="visible"><path d="M -6 -3.5 L 0 0 L -6 3.5 Z"/></svg>'
)
_STROKE = 'fill="none" stroke="#000" stroke-width="1.3"'
_TICK = f'<svg x="50%" y="50%" overflow="visible"><path d="M -5 0 L -1.5 4 L 6 -6" {_STROKE}/></svg>'
_DOT = '<circle cx="50%" cy="50%" r="4"/>'
_SPANNING = {"▬": _BAR, "→": _ARROW}
_SINGLE = {"✓": _TICK, "●": _DOT}
_IN_BOX = f'<svg width="100%" height="100%"><path d="M 1.5 4 L 3.5 7 L 9 -1.5" {_STROKE}/></svg>'


def is_shaded(cell: Cell) -> bool:
    """Whether a cell holds nothing but its shading."""
    return any(mark.kind == "shading" for paragraph in cell.paragraphs for mark in paragraph.marks)


def mark_of(cell: Cell) -> str:
    """The sign that is all a cell holds, "" for any other cell."""
    text = cell.text.strip()
    return text if (text in _SPANNING or text in _SINGLE or is_shaded(cell)) and not cell.is_header else ""


def row_markup(cells: Sequence[Cell]) -> dict[int, str]:
    """Markup of the cells of one row that hold a mark, by column: bars and arrows go over all cells that they mark."""
    out: dict[int, str] = {}
    for sign, group in groupby(cells, key=mark_of):
        run = list(group)
        if not sign:
            continue
        for cell in run:
            shaded = sign not in _SPANNING and sign not in _SINGLE
            inner = f'<svg class="over" style="left:0;width:100%">{_SINGLE[sign]}</svg>' if sign in _SINGLE else ""
            out[cell.column] = f'<td style="background:{TINT}"></td>' if shaded else f"<td>{inner}</td>"
        if sign in _SPANNING:
            width = 100 * len(run)
            shape = _SPANNING[sign].format(x=10 / len(run), width=100 - 20 / len(run), end=100 - 10 / len(run))
            out[run[0].column] = f'<td><svg class="over" style="left:0;width:{width}%">{shape}</svg></td>'
    return out


def paragraph_markup(paragraph: Paragraph) -> str:
    """A paragraph's text with its check boxes drawn."""
    parts, at = [], 0
    for mark in paragraph.marks:
        parts.append(escape(paragraph.text[at : mark.start]) + _box(mark))
        at = mark.end
    return "".join(parts) + escape(paragraph.text[at:])


def _box(mark: Mark) -> str:
    return f'<span class="box">{_IN_BOX if mark.state else ""}</span>'
