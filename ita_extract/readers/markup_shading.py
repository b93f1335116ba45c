"""Shaded months in tables of web pages: cells with a background of their own, in calendars only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ita_extract.model import Quote, Run
from ita_extract.readers.calendar_heads import MIN_HEADS, is_calendar_head
from ita_extract.readers.drafts import DraftCell, DraftParagraph
from ita_extract.readers.marks import DrawnMark
from ita_extract.readers.markup import Node
from ita_extract.readers.shading import Shade, shaded_places

_BACKGROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
_NO_COLOUR = frozenset(
    {"", "transparent", "none", "inherit", "initial", "unset", "white", "#fff", "#ffffff", "rgb(255,255,255)"}
)
SHADED = DrawnMark("■", True, "shading")


def mark_shading(cells: Sequence[DraftCell], nodes: Sequence[Node], base: Quote, page: int) -> Iterator[int]:
    """Puts a sign into the shaded months of a table; it stems from the tag of its cell. Yields their source positions.

    `nodes` are the elements of the cells in the same order, `base` is the text that was parsed.
    """
    fills = [_fill(node) for node in nodes]
    if not any(fills) or sum(is_calendar_head(cell.own_text) for cell in cells) < MIN_HEADS:
        return
    shades = [
        Shade(cell.row, cell.column, cell.row_span, cell.column_span, fill, bool(cell.blocks))
        for cell, fill in zip(cells, fills, strict=True)
    ]
    for number in shaded_places(shades):
        tag = base.slice(nodes[number].start, base.text.find(">", nodes[number].start) + 1)
        sign = Quote(SHADED.glyph, (Run(0, len(SHADED.glyph), tag.start, tag.end),))
        cells[number].blocks.append(DraftParagraph(sign, page))
        yield tag.start


def _fill(node: Node) -> str | None:
    """The background of a cell (`bgcolor`, or `background` in its style); None for paper."""
    style = _BACKGROUND.search(node.attributes.get("style", ""))
    colour = style[1] if style else node.attributes.get("bgcolor", "")
    colour = "".join(colour.lower().replace("!important", "").split())
    return None if colour in _NO_COLOUR else colour
