"""Engines with the line reader: alone, or with Tesseract as a second opinion where it is unsure.

The two err independently of each other, so what both find is right. The line reader says what else may stand where it
is unsure; where Tesseract reads just that, it is taken. Taking whatever Tesseract reads there added errors at every
threshold of confidence; taking what both find possible removes a third of them on clean pages (18 pages of 5 faces).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import numpy as np

from ita_extract.vision.digits import Sign, digit_reader
from ita_extract.vision.glyphs import Glyph, reading_of, text_of
from ita_extract.vision.leaders import counted
from ita_extract.vision.line_reader import line_reader
from ita_extract.vision.numerals import with_digits
from ita_extract.vision.ocr import LineImage, LineReading
from ita_extract.vision.points import pointed
from ita_extract.vision.prepared import PreparedLine, prepared
from ita_extract.vision.tesseract import CUTS, Tesseract, finished, read_once
from ita_extract.vision.type_size import Picture, TypeSize

UNSURE = 0.75
"""Confidence below which a second opinion is wanted: on one line in seven; asking on three times as many corrects one
more error in 5,000 characters."""
DISPUTED = 0.8
"""Highest confidence in what the readers read differently, or settled between them."""

NO_DIGIT = 0.001
"""Chance of a digit below which the digit reader has nothing to look for: on one line in four of invented text, which
is full of numbers (on 211 such lines it saw digits on four, and none was right)."""

UNFAMILIAR = 0.05
"""Share of characters below FAMILIAR from which the typeface of a page is one that the reader hardly knows: 0.066 to
0.14 on pages in Sawasdee and Purisa, up to 0.02 in two faces that it was never trained on but knows the like of."""
FAMILIAR = 0.9
_FEWEST = 100
"""Characters of a page that tell whether the reader knows its typeface."""
_WAVERS, _SURE = 0.98, 0.8
"""On such a page Tesseract is believed where it is that sure and the reader is not surer than the one: half of the
errors of both together go (eight pages)."""


_PLAIN, _WITH_STROKE = "ิ", ("ี", "ึ", "ื")
"""A stroke that the line reader sees and Tesseract does not is there: Tesseract loses it (names on four scans in
Sawasdee; on 96 pages of twelve other faces it makes no error more or less)."""


class ReadLine(NamedTuple):
    """The characters of a line, and what the digit reader sees on it (nothing where it was not asked)."""

    glyphs: list[Glyph]
    signs: list[Sign]


class Thai:
    """The line reader alone."""

    def __init__(self) -> None:
        self._reader = line_reader()

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        """See `Ocr.read`."""
        found = {at: self._fitting(line) for at, line in prepared(lines).items()}
        done = finished(self.glyphs(found), found)
        return [reading_of(done.get(at, [])) for at in range(len(lines))]

    def glyphs(self, lines: dict[int, PreparedLine]) -> dict[int, list[Glyph]]:
        """The characters of each line; digits and the points between them are seen by the digit reader too."""
        return {at: line.glyphs for at, line in self._read(lines).items()}

    def _read(self, lines: dict[int, PreparedLine]) -> dict[int, ReadLine]:
        return {at: self._line(line.picture, line.size) for at, line in lines.items()}

    def _fitting(self, line: PreparedLine) -> PreparedLine:
        """The line with that of its two sizes at which the reader is surer of what it says."""
        if line.other is None:
            return line
        chances = [
            float(np.mean([glyph.confidence for glyph in self._reader.read(line.picture, size).glyphs] or [0.0]))
            for size in (line.size, line.other)
        ]
        return line._replace(size=line.other) if chances[1] > chances[0] else line

    def _line(self, picture: Picture, size: TypeSize) -> ReadLine:
        glyphs, digit = self._reader.read(picture, size)
        signs = digit_reader().read(picture, size) if digit >= NO_DIGIT else []
        if signs:
            glyphs = pointed(with_digits(glyphs, signs, size.height), signs, picture, size)
        return ReadLine(counted(glyphs, picture, size), signs)


class ThaiAndTesseract(Thai):
    """The line reader, and Tesseract on the lines that it is unsure of."""

    def __init__(self) -> None:
        super().__init__()
        self._tesseract = Tesseract()

    def glyphs(self, lines: dict[int, PreparedLine]) -> dict[int, list[Glyph]]:
        """The characters of each line."""
        read = self._read(lines)
        found = {at: line.glyphs for at, line in read.items()}
        unfamiliar = is_unfamiliar(glyph for glyphs in found.values() for glyph in glyphs)
        if unfamiliar:
            second = self._tesseract.glyphs(lines)
            return {at: settled(glyphs, second[at], unfamiliar=True) for at, glyphs in found.items()}
        unsure = {at: lines[at] for at, glyphs in found.items() if _is_unsure(glyphs)}
        signs = {at: read[at].signs for at in unsure}
        for at, glyphs in read_once(unsure, signs, CUTS[0]).items():
            picture, size, _ = unsure[at]
            both = settled(found[at], with_digits(glyphs, signs[at], size.height))
            found[at] = pointed(both, signs[at], picture, size)
        return found


def _is_unsure(glyphs: Sequence[Glyph]) -> bool:
    return any(glyph.alternative is not None and glyph.confidence < UNSURE for glyph in glyphs)


def is_unfamiliar(glyphs: Iterable[Glyph]) -> bool:
    """Whether the reader is unsure of so many characters of a page that it can hardly know their typeface."""
    confidences = [glyph.confidence for glyph in glyphs if not glyph.char.isspace()]
    doubtful = sum(confidence < FAMILIAR for confidence in confidences)
    return len(confidences) >= _FEWEST and doubtful >= UNFAMILIAR * len(confidences)


def settled(glyphs: Sequence[Glyph], second: Sequence[Glyph], *, unfamiliar: bool = False) -> list[Glyph]:
    """The characters, with what may stand there instead where the second reading has just that; in an `unfamiliar`
    typeface also where the second is the surer one."""
    places = [at for at, glyph in enumerate(glyphs) if not glyph.char.isspace()]
    others = [glyph for glyph in second if not glyph.char.isspace()]
    chosen: dict[int, list[Glyph]] = {}
    for group, other in _differences([glyphs[at] for at in places], others):
        ours = [glyphs[places[number]] for number in group]
        possible = "".join(glyph.char if glyph.alternative is None else glyph.alternative for glyph in ours)
        is_lost = text_of(other) == _PLAIN and text_of(ours) in _WITH_STROKE
        if not is_lost and (possible == text_of(other) or (unfamiliar and _is_surer(other, ours))):
            chosen.update({places[number]: [] for number in group})
            confidence = min([DISPUTED, *(glyph.confidence for glyph in other)])
            taken = [glyph._replace(confidence=confidence, alternative=None) for glyph in other]
            chosen[places[group[0]]] = [taken[0]._replace(alternative=text_of(ours)), *taken[1:]] if taken else []
        else:
            for number in group:
                glyph = glyphs[places[number]]
                chosen[places[number]] = [glyph._replace(confidence=min(glyph.confidence, DISPUTED))]
    return [one for at, glyph in enumerate(glyphs) for one in chosen.get(at, [glyph])]


def _is_surer(other: Sequence[Glyph], ours: Sequence[Glyph]) -> bool:
    """Whether Tesseract is to be believed in an unfamiliar typeface; never about digits, which it cannot tell."""
    if not other or any(glyph.char.isdigit() for glyph in [*other, *ours]):
        return False
    return min(g.confidence for g in other) >= _SURE and min((g.confidence for g in ours), default=0.0) <= _WAVERS


def _differences(ours: Sequence[Glyph], others: Sequence[Glyph]) -> Iterator[tuple[range, list[Glyph]]]:
    """Runs of characters that are read differently; what only the others have comes with the neighbour that may have
    more to it, the left one first."""
    matcher = SequenceMatcher(None, text_of(ours), text_of(others), autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "insert":
            more = [at for at in (a0 - 1, a0) if 0 <= at < len(ours) and len(ours[at].alternative or "") > 1]
            at = more[0] if more else max(0, a0 - 1)
            if at < len(ours):
                # The neighbour itself was read alike: it stands before or after what is inserted.
                yield range(at, at + 1), list(others[b0 - 1 : b1] if at < a0 else others[b0 : b1 + 1])
        elif tag == "replace" and a1 - a0 == b1 - b0:
            yield from ((range(a0 + at, a0 + at + 1), [others[b0 + at]]) for at in range(a1 - a0))
        elif tag != "equal":
            if tag == "delete" and a1 == a0 + 1:
                # Of equal neighbours any may be the one too many.
                same = [at for at in (a0, a0 + 1, a0 - 1) if 0 <= at < len(ours) and ours[at].char == ours[a0].char]
                a0 = next((at for at in same if ours[at].alternative == ""), a0)
                a1 = a0 + 1
            yield range(a0, a1), list(others[b0:b1])
