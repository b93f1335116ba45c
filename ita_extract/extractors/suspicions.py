"""Suspected reading errors: suggestions for a reviewer, never applied. Names of people are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.places import Places
from ita_extract.records import Organisation, SuspectedError
from ita_extract.thai.labels import Vocabulary, nearest_label
from ita_extract.thai.names import find_names
from ita_extract.thai.spelling import misspellings
from ita_extract.thai.text import is_thai, key
from ita_extract.thai.tokens import are_words, word_starts

NEARLY = 90.0
"""Similarity (0-100) from which a stretch of text is taken for a damaged official term;

below, it may be another term.
"""
UNSURE = 0.6
"""Confidence of OCR in a word below which it is suspected where it is no word."""
_NUMBER = re.compile(r"(?<![ก-๎A-Za-z])\d+(?![ก-๎A-Za-z])")
"""Digits that are no letters read as digits."""
MIN_NAME = 8
MIN_TERM = 14
"""Shorter terms (folded characters) resemble too much ordinary text."""


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A wording that is known to come from misreading, with what it stands for."""

    wrong: re.Pattern[str]
    suggestion: str | None
    kind: str
    reason: str
    context: tuple[str, ...]


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields suspicions line by line: known misreadings first, then official terms that are nearly right."""
    yield from _damaged_labels(context)
    yield from _rare_spellings(context)
    names = _names_of_people(context)
    for quote in context.texts():
        taken: list[tuple[int, int]] = [(n.start, n.end) for n in find_names(quote.text)]
        taken += [span for name in names for span in _places_of(name, quote.text)]
        places = context.outline.document.places
        for item, span in (*_known(quote), *_terms(quote), *_doubted(places, quote), *_misspelt(places, quote)):
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            taken.append(span)
            yield _suspicion(context, quote.slice(*span), item.suggestion, item.kind, item.reason)


def _damaged_labels(context: Context) -> Iterator[Found]:
    """Labels and column heads that were recognised although a letter of them is wrong."""
    quotes: list[tuple[Quote, Vocabulary]] = [(field.label, "fields") for field in context.outline.fields]
    quotes += [(c.label, "columns") for grid in context.outline.grids for c in grid.columns if c.role and c.label]
    for quote, vocabulary in quotes:
        meant = nearest_label(quote.text, vocabulary)
        if meant is not None:
            yield _suspicion(context, quote, meant, "spelling", "a label with a letter wrong, lost or added")


def _rare_spellings(context: Context) -> Iterator[Found]:
    """Names of organisations that differ by a letter from one that the document prints more often."""
    organisations = [
        f for f in context.findings.by_table.get("organisations", ()) if isinstance(f.record, Organisation)
    ]
    for item in organisations:
        for other in organisations:
            rare, usual = item.record, other.record
            assert isinstance(rare, Organisation)
            assert isinstance(usual, Organisation)
            often = (usual.mention_count or 0) >= 2 * (rare.mention_count or 1)
            if often and rare.name_raw and usual.name_raw and _one_letter_off(rare.name_raw, usual.name_raw):
                for source in item.sources:
                    reason = "the document prints this name with one letter different elsewhere, and more often"
                    yield _suspicion(context, source.quote, usual.name_raw, "spelling", reason)


def _one_letter_off(one: str, other: str) -> bool:
    return len(one) >= MIN_NAME and Levenshtein.distance(key(one), key(other)) == 1


def _suspicion(context: Context, quote: Quote, suggestion: str | None, kind: str, reason: str) -> Found:
    return found(
        SuspectedError(
            suspected_error_id=context.ids.next("X"),
            text_raw=quote.text,
            suggestion=suggestion,
            kind=kind,  # type: ignore[arg-type]
            reason=reason,
        ),
        quote,
        basis="inferred",
    )


@cache
def _patterns() -> tuple[_Pattern, ...]:
    entries: list[dict[str, Any]] = load("boilerplate")["misreadings"]
    return tuple(
        _Pattern(
            re.compile(entry["wrong"]),
            entry.get("suggestion"),
            entry["kind"],
            entry["reason"],
            tuple(entry.get("context", ())),
        )
        for entry in entries
    )


def known_misreadings(text: str) -> list[tuple[str, str | None]]:
    """The known misreadings in a text, each with what it may stand for."""
    return [(text[slice(*span)], item.suggestion) for item, span in _known(Quote.of(text))]


def _known(quote: Quote) -> Iterator[tuple[_Pattern, tuple[int, int]]]:
    for pattern in _patterns():
        if pattern.context and not any(word in quote.text for word in pattern.context):
            continue
        for match in pattern.wrong.finditer(quote.text):
            yield pattern, match.span()


def _doubted(places: Places, quote: Quote) -> Iterator[tuple[_Pattern, tuple[int, int]]]:
    """Words of a scan that were read in two ways, or that the engine is unsure of.

    Where the text is words and the other reading is not, nothing is wrong.
    """
    for run in quote.runs:
        for place in places.over(run.source_start, run.source_end) if run.is_one_to_one else ():
            start = run.text_start + place.start - run.source_start
            end = start + place.end - place.start
            read, other = quote.text[start:end], place.alternative
            if other is not None:
                is_number = any(char.isdigit() for char in read) or _NUMBER.search(other) is not None
                if is_number or _is_likelier(read, other):
                    kind = "false_number" if is_number else "garbled"
                    yield _Pattern(re.compile(""), other, kind, "read in another way a second time", ()), (start, end)
            elif place.confidence is not None and place.confidence < UNSURE and not are_words(read):
                yield _Pattern(re.compile(""), None, "garbled", "hardly legible", ()), (start, end)


def _misspelt(places: Places, quote: Quote) -> Iterator[tuple[_Pattern, tuple[int, int]]]:
    """Words of a scan that are a sign off from what is much likelier to stand there."""
    is_seen = bytearray(len(quote.text))
    for run in quote.runs:
        seen = places.over(run.source_start, run.source_end) if run.is_one_to_one else ()
        if any(place.confidence is not None for place in seen):
            is_seen[run.text_start : run.text_end] = b"\1" * (run.text_end - run.text_start)
    for word in misspellings(quote.text) if any(is_seen) else ():
        if all(is_seen[word.start : word.end]):
            reason = "hardly a word; with one sign exchanged, lost or added it is one"
            yield _Pattern(re.compile(""), word.suggestion, "spelling", reason, ()), (word.start, word.end)


def _names_of_people(context: Context) -> frozenset[str]:
    """Names of people in the records, also those without a prefix."""
    found: set[str] = set()
    for table in ("attendees", "event_people", "agenda_items"):
        for item in context.findings.by_table.get(table, ()):
            name = getattr(item.record, "name_raw", None) or getattr(item.record, "presenter_raw", None)
            if name:
                found.add(name)
    return frozenset(found)


def _places_of(name: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(name)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + 1)


def _is_likelier(read: str, other: str) -> bool:
    """Whether another reading of a word may be the right one: the first is no word, and no script is mixed in."""
    is_mixed = any(char.isascii() and char.isalpha() for char in other) and any(map(is_thai, read))
    return not are_words(read) and (are_words(other) or not is_mixed)


def _is_other_term(text: str, start: int, end: int) -> bool:
    """Whether the stretch is another official term, and rightly spelt (ภายใน and ภายนอก differ by two letters)."""
    around = key(text[max(0, start - 4) : end + 4])
    return any(folded in around for _, folded in _official())


def _begins_word(text: str, start: int) -> bool:
    """A damaged term still begins where a word begins; elsewhere the likeness is chance."""
    return start in word_starts(text) or not is_thai(text[start : start + 1])


@cache
def _official() -> tuple[tuple[str, str], ...]:
    terms = list(load("boilerplate")["official_terms"])
    return tuple((term, folded) for term in terms if len(folded := key(term)) >= MIN_TERM)


def _terms(quote: Quote) -> Iterator[tuple[_Pattern, tuple[int, int]]]:
    """Stretches that are an official term but for a letter or two."""
    if len(quote.text) > 3000:
        return
    whole = key(quote.text)
    for term, folded in _official():
        if folded in whole or len(whole) < len(folded) - 2:
            continue
        place = fuzz.partial_ratio_alignment(term, quote.text, score_cutoff=NEARLY)
        if place is None or place.dest_end - place.dest_start < len(term) - 2:
            continue
        read = quote.text[place.dest_start : place.dest_end]
        if key(read) == folded or (" " in read.strip() and " " not in term):
            continue
        if _is_other_term(quote.text, place.dest_start, place.dest_end) or not _begins_word(
            quote.text, place.dest_start
        ):
            continue
        yield (
            _Pattern(re.compile(""), term, "official_term", "differs from the official term by a few letters", ()),
            (place.dest_start, place.dest_end),
        )
