"""Lines, arrows and bars drawn over the cells of a Word table: how far they reach, and what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_extract.readers.docx.names import child, elements, qn, whole
from ita_extract.readers.docx.text import chosen
from ita_extract.readers.marks import DrawnMark
from ita_extract.readers.ooxml import Element

EMU = 635
"""English metric units in a twentieth of a point (ECMA-376, 20.1.2.1)."""
MAX_HEIGHT = 1000
"""Shapes higher than this (50 points) lie over the page and are no marks of one row; twentieths of a point."""

_UNITS = {"pt": 20.0, "in": 1440.0, "cm": 567.0, "mm": 56.7, "px": 15.0, "": 20.0}
_LENGTH = re.compile(r"(-?[\d.]+)\s*([a-z]*)")
_ARROW = re.compile(r"arrow|connector", re.IGNORECASE)
_BARS = ("rect", "roundRect", "flowChartProcess")

Span = tuple[float, float, DrawnMark]


def spans_of_shapes(cell: Element) -> Iterator[Span]:
    """The shapes anchored in a cell: start and end from the cell's left edge (twentieths of a point), and the mark."""
    for item in _drawn(cell):
        span = _from_anchor(item) if item.tag in (qn("wp:anchor"), qn("wp:inline")) else _from_vml(item)
        if span is not None:
            yield span


def _drawn(parent: Element) -> Iterator[Element]:
    """Anchored shapes, of alternatives the chosen one; those of nested tables belong to these."""
    for item in elements(parent):
        if item.tag == qn("mc:AlternateContent"):
            yield from _drawn(chosen(item))
        elif item.tag in (qn("wp:anchor"), qn("wp:inline"), qn("v:line"), qn("v:rect"), qn("v:shape")):
            yield item
        elif item.tag != qn("w:tbl"):
            yield from _drawn(item)


def _from_anchor(item: Element) -> Span | None:
    """A shape of today's Word. Laid out in its cell it is placed from the cell's edge, whatever it names."""
    shape = next(item.iter(qn("wps:spPr")), None)
    geometry = child(shape, "a:prstGeom")
    extent = child(item, "wp:extent")
    if geometry is None or extent is None or next(item.iter(qn("w:txbxContent")), None) is not None:
        return None
    width, height = whole(extent.get("cx")) / EMU, whole(extent.get("cy")) / EMU
    place = child(item, "wp:positionH")
    offset = child(place, "wp:posOffset")
    in_cell = item.get("layoutInCell", "1") not in ("0", "false")
    if place is not None and not in_cell and place.get("relativeFrom") not in ("column", "character"):
        return None
    start = whole(offset.text) / EMU if offset is not None else 0.0
    mark = _mark(geometry.get("prst", ""), shape)
    return (start, start + width, mark) if mark is not None and height <= MAX_HEIGHT and width > 0 else None


def _mark(name: str, shape: Element) -> DrawnMark | None:
    ends = [end for kind in ("a:headEnd", "a:tailEnd") for end in shape.iter(qn(kind))]
    has_head = any(end.get("type", "none") != "none" for end in ends)
    if has_head or "arrow" in name.lower():
        return DrawnMark("→", True, "arrow")
    if name == "line" or _ARROW.search(name) or name in _BARS:
        return DrawnMark("▬", True, "bar")
    return None


def _from_vml(item: Element) -> Span | None:
    """Shapes as Word wrote them up to 2007, and LibreOffice for older readers."""
    if next(item.iter(qn("w:txbxContent"), qn("v:imagedata")), None) is not None:
        return None
    style = dict(
        part.split(":", 1) for part in item.get("style", "").lower().replace(" ", "").split(";") if ":" in part
    )
    arrow = any(stroke.get(end) for stroke in item.iter(qn("v:stroke")) for end in ("startarrow", "endarrow"))
    if item.tag == qn("v:line"):
        start, end = (_twips(item.get(name, "").split(",")[0]) for name in ("from", "to"))
        start, end = min(start, end), max(start, end)
    elif item.tag == qn("v:rect") or arrow or "t32" in item.get("type", ""):
        start = _twips(style.get("margin-left") or style.get("left") or "0")
        end = start + _twips(style.get("width") or "0")
    else:
        return None
    height = _twips(style.get("height") or "0")
    mark = DrawnMark("→", True, "arrow") if arrow else DrawnMark("▬", True, "bar")
    return (start, end, mark) if end > start and height <= MAX_HEIGHT else None


def _twips(text: str) -> float:
    match = _LENGTH.match(text.strip())
    try:
        return float(match[1]) * _UNITS.get(match[2], 20.0) if match else 0.0
    except ValueError:
        return 0.0
