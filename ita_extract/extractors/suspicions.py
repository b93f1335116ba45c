"""Suspected reading errors: suggestions for a reviewer, never applied. Names of people are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.records import SuspectedError
from ita_extract.thai.names import find_names
from ita_extract.thai.text import key

NEARLY = 90.0
"""Similarity (0-100) from which a stretch of text is taken for a damaged official term;

below, it may be another term.
"""
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
    for quote in _texts(context):
        taken: list[tuple[int, int]] = [(n.start, n.end) for n in find_names(quote.text)]
        for item, span in (*_known(quote), *_terms(quote)):
            if any(a < span[1] and span[0] < b for a, b in taken):
                continue
            taken.append(span)
            yield found(
                SuspectedError(
                    suspected_error_id=context.ids.next("X"),
                    text_raw=quote.text[span[0] : span[1]],
                    suggestion=item.suggestion,
                    kind=item.kind,  # type: ignore[arg-type]
                    reason=item.reason,
                ),
                quote.slice(*span),
                basis="inferred",
            )


def _texts(context: Context) -> Iterator[Quote]:
    for line in context.outline.lines:
        yield line.quote
    for grid in context.outline.grids:
        for table in grid.tables:
            for cell in table.cells:
                yield from cell.quote.lines()


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


@cache
def _official() -> tuple[tuple[str, str], ...]:
    terms = list(load("boilerplate")["official_terms"])
    return tuple((term, folded) for term in terms if len(folded := key(term)) >= MIN_TERM)


def _terms(quote: Quote) -> Iterator[tuple[_Pattern, tuple[int, int]]]:
    """Stretches that are an official term but for a letter or two."""
    if len(quote.text) > 3000:
        return
    for term, folded in _official():
        if folded in key(quote.text) or fuzz.partial_ratio(term, quote.text) < NEARLY:
            continue
        place = fuzz.partial_ratio_alignment(term, quote.text, score_cutoff=NEARLY)
        if place is None or place.dest_end - place.dest_start < len(term) - 2:
            continue
        read = quote.text[place.dest_start : place.dest_end]
        if key(read) == folded or (" " in read.strip() and " " not in term):
            continue
        yield (
            _Pattern(re.compile(""), term, "official_term", "differs from the official term by a few letters", ()),
            (place.dest_start, place.dest_end),
        )
