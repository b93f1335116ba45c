"""Thai words by PyThaiNLP: newmm over its dictionary extended with the words this package knows.

Loading takes about a second, so nothing here is imported before it is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ita_extract.lexicon import load

if TYPE_CHECKING:
    from pythainlp.util import Trie

MAX_TEXT = 2000
"""Longer texts are cut into words in pieces of this length at white space."""


@cache
def _trie() -> Trie:
    from pythainlp.corpus import thai_words
    from pythainlp.util import Trie

    own: set[str] = set(load("boilerplate")["official_terms"])
    for vocabulary in ("fields", "columns"):
        for entry in load(vocabulary)["entries"].values():
            own.update(label for label in entry["labels"] if " " not in label and "/" not in label)
    organisations = load("organisations")
    own.update(entry["name"] for entry in organisations["gazetteer"])
    own.update(organisations["unit_ranks"])
    return Trie(thai_words() | own)


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of all words and gaps of a text, without overlap, covering it completely."""
    from pythainlp.tokenize import word_tokenize

    spans: list[tuple[int, int]] = []
    at = 0
    for piece in _pieces(text):
        for token in word_tokenize(piece, custom_dict=_trie(), engine="newmm", keep_whitespace=True):
            spans.append((at, at + len(token)))
            at += len(token)
    return tuple(spans)


def search_words(text: str) -> Iterator[tuple[str, ...]]:
    """The words of a text as a search index needs them: each cut into its smallest parts that are words themselves.

    `ปีงบประมาณ` is a word of the dictionary, and so are `ปี`, `งบ` and `ประมาณ`: whoever searches for `งบประมาณ` wants
    it found.
    """
    from pythainlp.tokenize import word_tokenize

    for piece in _pieces(text):
        for token in word_tokenize(piece, engine="newmm", keep_whitespace=False):
            if not token.isspace():
                yield _parts(token)


def content_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about: no stop words of PyThaiNLP, nothing of less than four letters.

    Words are cut into their parts: `เครื่องคอมพิวเตอร์` also tells of `คอมพิวเตอร์`.
    """
    from pythainlp.corpus import thai_stopwords

    found = {part for parts in search_words(text) for part in parts}
    return frozenset(word for word in found if len(word) > 3 and any(map(str.isalpha, word))) - thai_stopwords()


@lru_cache(maxsize=65536)
def _parts(word: str) -> tuple[str, ...]:
    """The cut of a word into the most words of two letters or more; of several the one with the longest end."""
    from pythainlp.corpus import thai_words

    known = thai_words()
    if word not in known:
        return (word,)
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(word) + 1):
        cuts = [
            (*before, word[start:end])
            for start in range(end - 1)
            if (before := best[start]) is not None and word[start:end] in known
        ]
        best.append(max(cuts, key=len, default=None))
    return best[-1] or (word,)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    while len(text) - start > MAX_TEXT:
        cut = text.rfind(" ", start, start + MAX_TEXT) + 1
        end = cut if cut > start else start + MAX_TEXT
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]] if text[start:] else pieces


def word_starts(text: str) -> frozenset[int]:
    """The positions at which a word begins."""
    return frozenset(start for start, _ in words(text))


def are_words(text: str) -> bool:
    """Whether all Thai in the text is known words; letters alone are none."""
    pieces = [text[start:end] for start, end in words(text)]
    return all(is_word(piece) for piece in pieces if any("ก" <= char <= "๎" for char in piece))


def known_words() -> Iterator[str]:
    """All words that `words` knows."""
    yield from _trie()


def is_word(text: str) -> bool:
    """Whether the whole text is one known word."""
    return text in _trie()
