"""What has been read of a document whose text is put together from parts: one text, repaired, and drafts in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ita_extract.model import Document, PageFacts, Quote, Run
from ita_extract.places import Place, Places
from ita_extract.readers.drafts import Draft, Fixer
from ita_extract.readers.marks import DrawnMark
from ita_extract.thai.text import repair

_LONE = re.compile("[\ud800-\udfff]")
"""Halves of characters, from broken maps of fonts: no text can be written with them."""


class Line(Protocol):
    """A line as it is read."""

    @property
    def text(self) -> str:
        """Its characters, without a line break."""

    def drawn(self) -> Iterable[tuple[int, DrawnMark]]:
        """Its drawn marks with their offsets in `text`."""

    def places(self) -> Iterable[Place]:
        """Where its parts stand on the page; offsets count in `text`."""


@dataclass(slots=True)
class Reading:
    """The text read so far and what was found in it; `pages` has an entry for every page read, with text or without."""

    source: list[str] = field(default_factory=list)
    length: int = 0
    drafts: list[Draft] = field(default_factory=list)
    pages: list[PageFacts] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    drawn: dict[int, DrawnMark] = field(default_factory=dict)
    """Marks that the page draws, by their position in the source."""
    places: list[Place] = field(default_factory=list)
    """Where the text stands, by its position in the source."""
    size: float = 0.0
    """Usual size of type, in points."""
    calendar: list[float] = field(default_factory=list)
    """Where the columns of the last month grid lay on its page, in points: it may go on overleaf without heads."""

    def position(self) -> tuple[int, ...]:
        """How far the reading has come, for `back_to`."""
        return len(self.source), self.length, len(self.drafts), len(self.pages)

    def back_to(self, position: tuple[int, ...]) -> None:
        """Forgets what was read since `position`, of a page that turned out to be unreadable; warnings stay."""
        pieces, self.length, drafts, pages = position
        del self.source[pieces:], self.drafts[drafts:], self.pages[pages:]
        self.drawn = {at: mark for at, mark in self.drawn.items() if at < self.length}
        self.places = [place for place in self.places if place.start < self.length]

    def text_since(self, start: int) -> str:
        """The source as read from position `start` on."""
        parts: list[str] = []
        at = self.length
        for piece in reversed(self.source):
            if at <= start:
                break
            parts.append(piece)
            at -= len(piece)
        return "".join(reversed(parts))

    def quotes(self, lines: Sequence[Line]) -> list[Quote]:
        """Adds lines to the source; returns one repaired quote for each."""
        texts = [_LONE.sub("\ufffd", line.text) for line in lines]
        text = "".join(f"{line}\n" for line in texts)
        at = self.length
        for line, printed in zip(lines, texts, strict=True):
            self.drawn.update((at + offset, mark) for offset, mark in line.drawn())
            self.places += (p._replace(start=at + p.start, end=at + p.end) for p in line.places())
            at += len(printed) + 1
        raw = Quote(text, (Run(0, len(text), self.length, self.length + len(text)),)) if text else Quote.of("")
        repaired = repair(text)
        self.source.append(text)
        self.length += len(text)
        return raw.derive(repaired.text, repaired.runs).split("\n")[: len(lines)]

    def document(self, data: bytes, file_name: str, media_type: str) -> Document:
        """The document that the drafts make, when all has been read."""
        source = "".join(self.source)
        fixer = Fixer(self.drafts, source, self.drawn)
        digest = hashlib.sha256(data).hexdigest()
        return Document(
            document_id=digest[:16],
            file_name=file_name,
            sha256=digest,
            byte_count=len(data),
            media_type=media_type,
            source=source,
            pages=fixer.pages(self.drafts, self.pages),
            leaves=fixer.leaves(),
            warnings=tuple(self.warnings),
            places=Places.of(self.places),
        )
