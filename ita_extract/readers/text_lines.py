"""Lines of text with the type in which they are set, as word processors and spreadsheets store them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ita_extract.places import Place
from ita_extract.readers.marks import DrawnMark


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one look; a drawn mark is a piece of its own."""

    text: str
    is_bold: bool = False
    size: float = 0.0
    mark: DrawnMark | None = None


@dataclass(slots=True)
class TextLine:
    """A line up to a line break."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters of the line."""
        return "".join(piece.text for piece in self.pieces)

    def drawn(self) -> Iterator[tuple[int, DrawnMark]]:
        """The drawn marks with their offsets."""
        at = 0
        for piece in self.pieces:
            if piece.mark is not None:
                yield at, piece.mark
            at += len(piece.text)

    def places(self) -> Iterator[Place]:
        """Nothing: where a line stands is decided by the program that shows it."""
        return iter(())

    @property
    def is_bold(self) -> bool:
        """Whether all letters are bold."""
        return all(piece.is_bold for piece in self.pieces if piece.text.strip()) and bool(self.text.strip())

    @property
    def bold_length(self) -> int:
        """Length of the bold beginning."""
        length = 0
        for piece in self.pieces:
            if piece.text.strip() and not piece.is_bold:
                break
            length += len(piece.text)
        return length

    @property
    def size(self) -> float:
        """The largest type that takes at least half of the line's letters, in points."""
        sizes = sorted(((piece.size, len(piece.text.strip())) for piece in self.pieces), reverse=True)
        total, so_far = sum(length for _, length in sizes), 0
        for size, length in sizes:
            so_far += length
            if so_far * 2 >= total:
                return size
        return 0.0
