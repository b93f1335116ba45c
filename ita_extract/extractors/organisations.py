"""Organisations that the document mentions, one record each, resolved where the reference or the document itself says
what is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.model import Quote
from ita_extract.records import Organisation, Responsibility
from ita_extract.thai.organisations import Mention, find_organisations, resolve
from ita_extract.thai.text import key

MAX_SOURCES = 50
"""Mentions beyond this count are counted but not listed one by one as sources."""


@dataclass
class _Organisation:
    mention: Mention
    quotes: list[Quote] = field(default_factory=list)
    count: int = 0


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields one record per organisation, in the order of first mention."""
    known: dict[str, _Organisation] = {}
    for quote in context.texts():
        for mention in find_organisations(quote.text):
            resolved = _resolved(mention, context)
            entry = known.setdefault(key(resolved.name or mention.raw), _Organisation(resolved))
            entry.count += 1
            if len(entry.quotes) < MAX_SOURCES:
                entry.quotes.append(quote.slice(mention.start, mention.end))
    units = {key(r.unit or "") for r in context.findings.records(Responsibility)}
    for name, entry in known.items():
        if entry.mention.resolution == "unresolved" and entry.mention.level == "unknown" and name not in units:
            continue
        yield found(
            Organisation(
                organisation_id=context.ids.next("H"),
                name_raw=entry.mention.raw,
                name=entry.mention.name,
                abbr=entry.mention.abbr,
                name_en=entry.mention.name_en,
                level=entry.mention.level,
                resolution=entry.mention.resolution,
                mention_count=entry.count,
            ),
            entry.quotes[0],
            repeats=entry.quotes[1:],
        )


def _resolved(mention: Mention, context: Context) -> Mention:
    known = _looked_up(mention, context)
    short = context.facts.short_forms.get(key(known.name or ""))
    if known.abbr is not None or short is None:
        return known
    return replace(known, abbr=short, resolution="document" if known.resolution == "unresolved" else known.resolution)


def _looked_up(mention: Mention, context: Context) -> Mention:
    if mention.resolution == "reference" and mention.raw not in context.facts.abbreviations:
        return mention
    return resolve(
        mention.raw,
        fiscal_year_be=context.facts.fiscal_year_be,
        document_abbreviations=context.facts.abbreviations,
    )
