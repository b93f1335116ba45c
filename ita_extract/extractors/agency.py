"""The agency a document is about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from ita_extract.extractors.titles import title_quote
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.model import Outline
from ita_extract.thai.organisations import (
    Mention,
    abbreviations_by_name,
    document_definitions,
    find_organisations,
    resolve,
)
from ita_extract.thai.text import key

_BRACKETED = re.compile(r"\s*[(（][^()（）]*[)）]")
MIN_MENTIONS = 2
"""An abbreviation is taken for the agency's own when it is used at least so often and its letters fit the name."""


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency, where it is named, and whether it is named in full."""

    mention: Mention
    quote: Quote
    basis: Literal["stated", "inferred"]


def agency_of(outline: Outline) -> Agency | None:
    """The agency the document is about:

    named in the title or an agency field; else the one mentioned most by name or abbreviation.
    """
    title = title_quote(outline)
    for field in outline.fields:
        if (
            field.key is None
            and key(field.label.text) in {key(w) for w in load("parts")["agency_labels"]}
            and field.value
        ):
            owners = [m for m in find_organisations(field.value.text) if _may_own(m)]
            mention = _resolved(_smallest(owners, field.value.text).raw if owners else field.value.text, outline)
            return Agency(_with_abbreviation(mention, outline), field.value, "stated")
    project = outline.value_of("plan_title")
    lines = [line.quote for line in outline.lines[:8]]
    is_project = project is not None and title is not None and title == project.value
    for quote in [*lines, title] if is_project else [title, *lines]:
        hit = _named(quote) if quote else None
        if hit is not None:
            return replace(hit, mention=_with_abbreviation(hit.mention, outline))
    return _most_mentioned(outline)


def definitions_in(outline: Outline) -> dict[str, str]:
    """Abbreviations that the document explains, with the names they stand for."""
    return document_definitions(_all_text(outline))


def short_forms_in(outline: Outline) -> dict[str, str]:
    """The abbreviation that the document gives to each name, by the key of the name."""
    return abbreviations_by_name(_all_text(outline))


def _all_text(outline: Outline) -> str:
    texts = [line.text for line in outline.lines]
    texts += [cell.text for grid in outline.grids for table in grid.tables for cell in table.cells]
    return "\n".join(texts)


def _resolved(text: str, outline: Outline) -> Mention:
    bare = " ".join(_BRACKETED.sub(" ", text).split()) or text
    return resolve(bare, document_abbreviations=definitions_in(outline))


def _with_abbreviation(mention: Mention, outline: Outline) -> Mention:
    """The agency with the abbreviation that the document defines for it, or uses for nothing else that it names."""
    if mention.abbr is not None or mention.name is None:
        return mention
    defined = definitions_in(outline)
    own = short_forms_in(outline).get(key(mention.name))
    return replace(mention, abbr=own or _used_abbreviation(mention.name, outline, set(defined)))


def _used_abbreviation(name: str, outline: Outline, taken: set[str]) -> str | None:
    """The unexplained abbreviation used most, if its letters stand in the name in this order, the first at its head."""
    text = "\n".join(line.text for line in outline.lines)
    counts = Counter(match[0] for match in re.finditer(r"(?<![ก-๎.])[ก-ฮ]{2,5}\.(?![ก-๎])", text))
    for short, count in counts.most_common():
        if count >= MIN_MENTIONS and short not in taken and _spells(short.strip("."), name):
            return short
    return None


def _spells(short: str, name: str) -> bool:
    letters = iter(name.lstrip("เแโใไ"))
    return name.lstrip("เแโใไ").startswith(short[0]) and all(letter in letters for letter in short)


def _named(quote: Quote) -> Agency | None:
    """The last agency that a title-like line names in full (`แผน… ของ<agency>`); the assessor is never the subject."""
    mentions = [m for m in find_organisations(quote.text) if _may_own(m) and m.raw != m.abbr]
    mentions = [m for m in mentions if not quote.text[: m.start].rstrip().endswith("สังกัด")] or mentions
    if not mentions:
        return None
    best = _smallest(mentions, quote.text)
    return Agency(best, quote.slice(best.start, best.end), "stated")


def _smallest(mentions: list[Mention], text: str) -> Mention:
    """The last agency named, or the one right before it that belongs to it: a school before its municipality
    (`โรงเรียน… เทศบาล…`), a department before its ministry. Thai addresses go from the small to the large, with the
    province at their end.
    """
    mentions = [m for m in mentions if not m.raw.startswith("จังหวัด")] or mentions
    best = mentions[-1]
    for before in reversed(mentions[:-1]):
        if text[before.end : best.start].strip() or not _belongs(before, best):
            break
        best = before
    return best


def _belongs(one: Mention, other: Mention) -> bool:
    """Whether the first of two agencies, named one behind the other, is part of the second and yet a body of its own:
    offices of an agency (`สำนักงาน…`) may be its units."""
    if other.level == "ministry":
        return one.level == "agency"
    ranked = tuple(load("organisations")["unit_ranks"])
    name, parent = one.name or one.raw, other.name or other.raw
    return one.level == "agency" and not name.startswith(ranked) and parent.startswith(ranked)


def _may_own(mention: Mention) -> bool:
    if mention.level not in ("agency", "ministry"):
        return False
    names = {key(name) for name in load("parts")["assessors"]}
    return key(mention.name or mention.raw) not in names and key(mention.raw) not in names


def _most_mentioned(outline: Outline) -> Agency | None:
    hits: list[tuple[Mention, Quote]] = []
    quotes = [line.quote for line in outline.lines]
    for grid in outline.grids:
        quotes += [cell.quote for table in grid.tables for cell in table.cells]
    for quote in quotes:
        hits += [(m, quote.slice(m.start, m.end)) for m in find_organisations(quote.text) if _may_own(m) and m.name]
    if not hits:
        return None
    counts = Counter(m.name for m, _ in hits)
    name, _ = max(counts.items(), key=lambda pair: pair[1])
    mention, quote = next(hit for hit in hits if hit[0].name == name)
    if counts[name] < MIN_MENTIONS:
        return None
    in_full = any(key(m.raw) == key(name or "") for m, _ in hits if m.name == name)
    return Agency(mention, quote, "stated" if in_full else "inferred")
