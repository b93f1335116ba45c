"""Numbers that OCR tears apart: a full stop with room around it, a Thai digit beside a wider Arabic one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ita_extract.vision.ocr import Doubt, LineReading, Word

GAP = 1.0
"""Heights of consonants up to which two halves of a number stand apart."""
_DIGIT = "[0-9๐-๙]"
_TORN = re.compile(rf"{_DIGIT}{{1,3}}(?:, ?{_DIGIT}{{3}})*(?:\. ?{_DIGIT}{{1,4}})?")
_MIXED = re.compile(r"[๐-๙][,.]?\n[0-9]|[0-9][,.]?\n[๐-๙]")


def with_whole_numbers(reading: LineReading, body: float) -> LineReading:
    """A line's reading with the halves of its numbers joined; `body` is the height of consonants in pixels.

    Halves are known where a line is nothing but one number with a blank behind its full stop or comma, and where digits
    of two kinds stand close: nobody writes two numbers so.
    """
    words = reading.words
    joins = [_belongs(one, two, body) for one, two in pairwise(words)]
    if _TORN.fullmatch(reading.text):
        joins = [one.text.endswith((".", ",")) for one in words[:-1]]
    if not any(joins):
        return reading
    whole, text, closed = [words[0]], words[0].text, []
    for word, is_joined in zip(words[1:], joins, strict=True):
        if is_joined:
            closed.append(len(text))
            whole[-1] = _one(whole[-1], word)
        else:
            whole.append(word)
        text += word.text if is_joined else f" {word.text}"
    return LineReading(text, tuple(whole), reading.confidence, tuple(_moved(reading.doubts, closed)))


def _moved(doubts: Sequence[Doubt], closed: Sequence[int]) -> Iterator[Doubt]:
    """Doubts of a text from which blanks were taken; `closed` are the places of these in the text without them."""
    for doubt in doubts:
        before = sum(place + number < doubt.start for number, place in enumerate(closed))
        yield replace(doubt, start=doubt.start - before, end=doubt.end - before)


def _belongs(one: Word, two: Word, body: float) -> bool:
    """Whether a word ends in digits of one kind, and the next one, close to it, begins with those of the other."""
    return two.x0 - one.x1 <= GAP * body and _MIXED.search(f"{one.text[-2:]}\n{two.text[:1]}") is not None


def _one(one: Word, two: Word) -> Word:
    return Word(one.text + two.text, one.x0, two.x1, min(one.confidence, two.confidence))
