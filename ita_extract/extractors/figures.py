"""Pictures, charts and posters, or the captions that are left of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.model import Line
from ita_extract.records import FigureRecord
from ita_extract.thai.text import key

Kind = Literal["chart", "photo", "poster", "screenshot", "unknown"]


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields figures that the source marks, and captions below or above which nothing is left."""
    cards = {i: context.cards.get(c.index) for c in context.outline.cards for i in c.lines}
    for figure, _, above in context.outline.figures:
        text = " ".join(figure.quote.text.split())
        yield found(
            FigureRecord(
                figure_id=context.ids.next("G"),
                activity_id=cards.get(above),
                kind=_kind(text) or "unknown",
                caption_raw=text or None,
                content_status=figure.content_status,
            ),
            figure.quote,
        )
    for line in context.outline.lines:
        section = context.outline.sections[line.section].kind
        if section in ("evidence", "press_release", "annex", "unknown") and _is_caption(context, line):
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


def _is_caption(context: Context, line: Line) -> bool:
    """A short caption-like line with blank lines around it: that is what a lost picture leaves behind."""
    text = line.text.strip()
    if len(text) > 90 or _kind(text) is None or line.paragraph.role == "list_item" or re.search(r"[.:：]$", text):
        return False
    source = context.outline.document.source
    following = source[line.quote.end : line.quote.end + 4]
    return not following.strip() or following.count("\n") >= 2
