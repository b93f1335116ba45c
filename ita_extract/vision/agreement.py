"""Two readings of one line made into one."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from ita_extract.vision.glyphs import Glyph, mean_confidence, text_of


def agreed(first: Sequence[Glyph], second: Sequence[Glyph]) -> list[Glyph]:
    """Where the readings are the same that, elsewhere the surer one, with the other as its alternative."""
    result: list[Glyph] = []
    matcher = SequenceMatcher(None, text_of(first), text_of(second), autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            result += [
                one._replace(confidence=max(one.confidence, two.confidence))
                for one, two in zip(first[a0:a1], second[b0:b1], strict=True)
            ]
            continue
        ours, other = first[a0:a1], second[b0:b1]
        if _certainty(second, b0, b1) > _certainty(first, a0, a1):
            ours, other = other, ours
        if ours:
            result += [ours[0]._replace(alternative=text_of(other)), *ours[1:]]
    return result


def _certainty(glyphs: Sequence[Glyph], start: int, end: int) -> float:
    """Of the characters and of one neighbour on each side: what is left out has no confidence of its own."""
    return mean_confidence(glyphs[max(0, start - 1) : end + 1])
