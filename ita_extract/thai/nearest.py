"""Known words through OCR damage: the one that a text is but for lost tone marks and one wrong letter in six."""

from __future__ import annotations

import re
from functools import lru_cache

from ita_extract.thai.text import key, toneless

LETTERS_PER_ERROR = 6
"""One wrong letter is forgiven for each six letters, so that no short word is taken for another."""
MIN_TONELESS = 4
"""Letters from which a word is known without its tone marks."""


@lru_cache(maxsize=4096)
def nearest(text: str, words: tuple[str, ...]) -> str | None:
    """The one of some words that a whole text is, exactly or but for damage; None when it is none, or when two are as
    near. Digits are never forgiven.

    >>> nearest("รวมทั้งลิ้น", ("รวม", "รวมทั้งสิ้น"))
    'รวมทั้งสิ้น'
    """
    folded = key(text)
    exact = next((word for word in words if key(word) == folded), None)
    if exact is not None or not folded or not words:
        return exact
    bare = toneless(text)
    limit = len(bare) // LETTERS_PER_ERROR
    distances = sorted((_distance(bare, toneless(word), limit), word) for word in words)
    best, word = distances[0]
    if best > limit or (len(distances) > 1 and distances[1][0] == best and toneless(distances[1][1]) != toneless(word)):
        return None
    return word if len(bare) >= MIN_TONELESS else None


def _distance(one: str, other: str, limit: int) -> int:
    from rapidfuzz.distance import Levenshtein

    if re.findall(r"\d", one) != re.findall(r"\d", other):
        return limit + 1
    return Levenshtein.distance(one, other, score_cutoff=limit)
