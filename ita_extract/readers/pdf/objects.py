"""pdfminer's layout items → the dictionaries that pdfplumber's callers know, made in one go.

pdfplumber asks for every attribute of every item whether it is wanted and resolves it; that takes longer than reading
the page itself (measured: 60 % of its time). The keys, units and frame are pdfplumber's: points from the top left
corner of the page, `y0`, `y1` from the bottom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTLine, LTRect
from pdfplumber.page import fix_fontname_bytes

Objects = dict[str, list[dict[str, Any]]]


def objects_of(page: Any, layout: Any) -> Objects:
    """The items of a page by kind (char, line, rect, curve, image), in the order in which they were drawn."""
    found: Objects = {}
    left, top, height, number = page.mediabox[0], page.mediabox[1], page.height, page.page_number
    fonts: dict[Any, str] = {}
    for item in _leaves(layout):
        kind, known = _described(item, page, fonts)
        if kind is None:
            continue
        x0, y0, x1, y1 = item.bbox
        known.update(
            object_type=kind,
            page_number=number,
            x0=x0 + left,
            x1=x1 + left,
            y0=y0,
            y1=y1,
            top=height - y1 + top,
            bottom=height - y0 + top,
            width=item.width,
            height=item.height,
            mcid=getattr(item, "mcid", None),
            tag=getattr(item, "tag", None),
        )
        found.setdefault(kind, []).append(known)
    return found


def _leaves(container: Iterable[Any]) -> Iterator[Any]:
    """The items inside figures too, however deep, in drawing order."""
    stack = [iter(container)]
    while stack:
        for item in stack[-1]:
            if isinstance(item, LTContainer):
                stack.append(iter(item))
                break
            yield item
        else:
            stack.pop()


def _described(item: Any, page: Any, fonts: dict[Any, str]) -> tuple[str | None, dict[str, Any]]:
    if isinstance(item, LTChar):
        return "char", _char(item, fonts)
    if isinstance(item, LTCurve):
        kind = "line" if isinstance(item, LTLine) else "rect" if isinstance(item, LTRect) else "curve"
        return kind, _shape(item, page)
    if isinstance(item, LTImage):
        return "image", {"name": item.name, "srcsize": item.srcsize, "stream": item.stream}
    return None, {}


def _char(item: Any, fonts: dict[Any, str]) -> dict[str, Any]:
    state = item.graphicstate
    name = item.fontname
    if name not in fonts:
        fonts[name] = fix_fontname_bytes(name) if isinstance(name, bytes) else str(name)
    return {
        "text": item._text,
        "fontname": fonts[name],
        "size": item.size,
        "matrix": item.matrix,
        "upright": item.upright,
        "adv": item.adv,
        "stroking_color": state.scolor if isinstance(state.scolor, tuple) else (state.scolor,),
        "non_stroking_color": state.ncolor if isinstance(state.ncolor, tuple) else (state.ncolor,),
    }


def _shape(item: Any, page: Any) -> dict[str, Any]:
    place = page.point2coord
    return {
        "pts": [place(point) for point in item.pts],
        "path": [(command, *map(place, points)) for command, *points in item.original_path],
        "linewidth": item.linewidth,
        "stroke": item.stroke,
        "fill": item.fill,
        "evenodd": item.evenodd,
        "stroking_color": item.stroking_color,
        "non_stroking_color": item.non_stroking_color,
        "dash": item.dashing_style,
    }
