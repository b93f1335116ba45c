"""Thai words that OCR has misread: where one sign exchanged, lost or added makes a text much more likely.

A text is as likely as its likeliest division into words: their frequencies in the Thai National Corpus (Aroonmanakun
2007, in PyThaiNLP), to which the words of this package's vocabulary are added. That tells wrong words from rare ones;
a wrong word that is another common word (`น้า` for `น้ำ`) is not seen.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from ita_extract.lexicon import load
from ita_extract.thai.tokens import known_words, words

LIKELIER = 8.0
"""Natural logarithm of how many times likelier another text must be. At 8 (3,000 times) nine in ten lines with one sign
exchanged for a look-alike are told (369 lines of invented documents); of 3,200 stretches of correct text none was but
six names."""
_NO_WORD = 12.0
"""Cost of a sign that belongs to no word."""
_COMMON = 2.0
"""Cost per sign of a word up to which it is too common to be a misreading."""
_OWN, _OWN_MOST = 500, 10
"""How often a word of the vocabulary counts as having been read in the corpus, for each time it stands there; and how
many of these times count."""
_SHORTEST, _LONGEST, _LONGEST_WORD = 4, 150, 24
_VOCABULARIES = ("fields", "columns", "parts", "positions", "organisations", "boilerplate", "events")
_THAI = re.compile("[ก-๎]+")
_CARRIES_MARK = re.compile("[ก-ฮิีึืัุู]")


class Misspelling(NamedTuple):
    """A stretch of a text that is likely misread, and what it may stand for."""

    start: int
    end: int
    suggestion: str


def misspellings(text: str) -> Iterator[Misspelling]:
    """The misread words of a text, at most one in each run of Thai signs."""
    for run in _THAI.finditer(text):
        if _SHORTEST <= len(run[0]) <= _LONGEST and (found := _misspelt(run[0])) is not None:
            start = run.start() + found.start
            yield Misspelling(start, run.start() + found.end, found.suggestion)


@lru_cache(maxsize=16384)
def _misspelt(run: str) -> Misspelling | None:
    """The likeliest correction of a run of Thai signs; None where it is likely enough as it is."""
    best: tuple[float, int, str, str] | None = None
    edges = _division(run)[0]
    for number, (start, end) in enumerate(pairwise(edges)):
        if _costs().get(run[start:end], _NO_WORD) < _COMMON * (end - start):
            continue
        low, high = edges[max(0, number - 2)], edges[min(len(edges) - 1, number + 3)]
        around = run[low:high]
        cost = _division(around)[1]
        for other in _variants(around, start - low, end - low):
            gain = cost - _division(other)[1]
            if gain >= LIKELIER and (best is None or gain > best[0]) and _is_all_words(other):
                best = (gain, low, around, other)
    return None if best is None else _trimmed(*best[1:])


def _variants(text: str, start: int, end: int) -> Iterator[str]:
    """A text with one of the signs in `start:end` exchanged for a look-alike, left out, or given a mark."""
    for at in range(start, end):
        for other in _look_alikes().get(text[at], ()):
            yield text[:at] + other + text[at + 1 :]
        yield text[:at] + text[at + 1 :]
        if _CARRIES_MARK.match(text[at]):
            for mark in load("look_alikes")["marks"]:
                yield text[: at + 1] + mark + text[at + 1 :]


def _trimmed(start: int, read: str, other: str) -> Misspelling:
    """The correction without the words at both ends that stay as they are."""
    ours, theirs = _pieces(read), _pieces(other)
    while len(ours) > 1 and len(theirs) > 1 and ours[0] == theirs[0]:
        start += len(ours.pop(0))
        theirs.pop(0)
    while len(ours) > 1 and len(theirs) > 1 and ours[-1] == theirs[-1]:
        ours.pop()
        theirs.pop()
    return Misspelling(start, start + len("".join(ours)), "".join(theirs))


def _pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in pairwise(_division(text)[0])]


def _is_all_words(text: str) -> bool:
    return all(piece in _costs() for piece in _pieces(text))


@lru_cache(maxsize=16384)
def _division(text: str) -> tuple[tuple[int, ...], float]:
    """The ends of the words of the likeliest division of a text, with 0 before them, and its cost."""
    costs = _costs()
    best: list[tuple[float, int]] = [(0.0, 0), *[(math.inf, 0)] * len(text)]
    for start in range(len(text)):
        so_far = best[start][0]
        if so_far + _NO_WORD < best[start + 1][0]:
            best[start + 1] = (so_far + _NO_WORD, start)
        for end in range(start + 1, min(len(text), start + _LONGEST_WORD) + 1):
            cost = costs.get(text[start:end])
            if cost is not None and so_far + cost < best[end][0]:
                best[end] = (so_far + cost, start)
    ends = [len(text)]
    while ends[-1]:
        ends.append(best[ends[-1]][1])
    return tuple(reversed(ends)), best[-1][0]


@cache
def _costs() -> dict[str, float]:
    """The cost of each word, the negative logarithm of its frequency."""
    from pythainlp.corpus.tnc import unigram_word_freqs

    counts = unigram_word_freqs()
    total = sum(counts.values())
    own = _own_words()
    listed = {word for word in known_words() if _is_whole(word)}
    often = {word for word, count in counts.items() if count > 2 and _is_whole(word)}
    return {
        word: -math.log((counts.get(word, 0) + (word in listed) + _OWN * min(own[word], _OWN_MOST) + 0.5) / total)
        for word in listed | often
    }


def _is_whole(word: str) -> bool:
    """Whether it is written in Thai alone; single letters are no words."""
    return _THAI.fullmatch(word) is not None and (len(word) > 1 or word in "ณฯๆ")


@cache
def _own_words() -> Counter[str]:
    """How often each word stands in the vocabulary of this package."""
    texts = [text for name in _VOCABULARIES for text in _texts(load(name))]
    return Counter(text[start:end] for text in texts for start, end in words(text) if _is_whole(text[start:end]))


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


@cache
def _look_alikes() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for group in load("look_alikes")["groups"]:
        for sign in group:
            found.setdefault(sign, {}).update(dict.fromkeys(other for other in group if other != sign))
    return {sign: tuple(others) for sign, others in found.items()}
