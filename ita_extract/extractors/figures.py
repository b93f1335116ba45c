"""Pictures, charts and posters, or the captions that are left of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Figure, Quote
from ita_extract.outline.model import Line
from ita_extract.records import FigureRecord
from ita_extract.thai.text import key

MAX_CAPTION = 90
"""Characters of a caption; longer lines that open like one tell of the picture in running text."""
Kind = Literal["chart", "photo", "poster", "screenshot", "unknown"]


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields figures that the source marks, and captions below or above which nothing is left."""
    cards = {i: context.cards.get(c.index) for c in context.outline.cards for i in c.lines}
    captions: set[int] = set()
    for figure, _, above in context.outline.figures:
        below = _caption_of(context, figure, above) if figure.content_status == "present" else None
        below = below if below and below.index not in captions else None
        captions |= {below.index} if below else set()
        quote = below.quote.strip() if below else figure.quote
        text = " ".join(quote.text.split())
        yield found(
            FigureRecord(
                figure_id=context.ids.next("G"),
                activity_id=cards.get(above),
                kind=_kind(text) or "unknown",
                caption_raw=text or None,
                content_status=figure.content_status,
            ),
            quote,
        )
    for line in context.outline.lines:
        section = context.outline.sections[line.section].kind
        may_have_captions = section in ("evidence", "press_release", "annex", "unknown")
        if may_have_captions and line.index not in captions and _is_caption(context, line):
            yield found(
                FigureRecord(
                    figure_id=context.ids.next("G"),
                    activity_id=cards.get(line.index),
                    kind=_kind(line.text) or "unknown",
                    caption_raw=line.text.strip(),
                    content_status="lost",
                ),
                line.quote,
            )


@cache
def _kinds() -> tuple[tuple[str, Kind], ...]:
    pairs = [(key(word), kind) for kind, words in load("parts")["figures"].items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _kind(text: str) -> Kind | None:
    folded = key(text)
    return next((kind for word, kind in _kinds() if folded.startswith(word)), None)


def _caption_of(context: Context, figure: Figure, above: int) -> Line | None:
    """The line right below a picture without words of its own, or above it, that opens like a caption."""
    if figure.quote.text.strip():
        return None
    near = [line for line in context.outline.lines[max(0, above) : above + 2] if len(line.text.strip()) <= MAX_CAPTION]
    return next((line for line in reversed(near) if _kind(line.text) is not None), None)


def _is_caption(context: Context, line: Line) -> bool:
    """A short caption-like line with blank lines around it: that is what a lost picture leaves behind."""
    text = line.text.strip()
    if (
        len(text) > MAX_CAPTION
        or _kind(text) is None
        or line.paragraph.role == "list_item"
        or re.search(r"[.:：]$", text)
    ):
        return False
    source = context.outline.document.source
    following = source[line.quote.end : line.quote.end + 4]
    return not following.strip() or following.count("\n") >= 2
