"""How printed phrases are compared: the same words, nearly the same, one inside the other."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from rapidfuzz.distance import Indel

from ita_extract.lexicon import load
from ita_extract.thai.text import fold_digits, key, toneless

NEAR = 0.88
"""Two phrases that share this much are one phrase with a letter misread or mistyped, not two statements."""


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(toneless(word) for word in load("audit_words")[name])


def has_word(text: str | None, words: str) -> bool:
    """Whether a phrase holds a word of a list of `lexicon/audit_words.yaml`."""
    plain = toneless(text) if text else ""
    return any(word in plain for word in _words(words))


def coverage_claim(text: str | None) -> str | None:
    """The words of a sentence from its first claim of coverage on, None when it claims none."""
    starts = [at for word in load("audit_words")["coverage_words"] if (at := (text or "").find(word)) >= 0]
    return " ".join((text or "")[min(starts) :].split()) if starts else None


def amount(baht: Decimal) -> str:
    """An amount of money in baht as messages print it: `1,250,000`, `61,900.50`; parts of a satang are kept."""
    if baht == baht.to_integral_value():
        return f"{baht:,.0f}"
    exponent = baht.normalize().as_tuple().exponent
    return f"{baht:,.{max(2, -int(exponent))}f}"


def is_near(one: str, other: str, least: float = NEAR) -> bool:
    """Whether two phrases say the same as far as letters go: equal, one inside the other, or a few letters apart."""
    a, b = letters(one), letters(other)
    if not a or not b:
        return True
    return a in b or b in a or (digits(a) == digits(b) and Indel.normalized_similarity(a, b) >= least)


def is_same(one: str, other: str) -> bool:
    """Whether a reader takes two phrases as the same."""
    return key(one) == key(other)


def letters(text: str) -> str:
    """The consonants, leading vowels and digits of a text, without what stands above, below and between them."""
    return re.sub(r"[^\w]", "", toneless(text))


def digits(text: str) -> list[str]:
    """The numbers in a text, in digits of one kind."""
    return re.findall(r"\d+", fold_digits(text))
