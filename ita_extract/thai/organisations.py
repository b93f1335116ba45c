"""Organisations in text: known ones by name or abbreviation, unknown ones by the word their name begins with.

Names, abbreviations and the years in which they hold are in `lexicon/organisations.yaml`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Literal

from ita_extract.lexicon import load
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import key

Level = Literal["agency", "ministry", "department", "division", "branch", "committee", "external", "unknown"]
Resolution = Literal["reference", "document", "unresolved"]

MAX_NAME = 90
"""Longest name looked for, in characters; the longest in the gazetteer has 67."""

_ABBREVIATION = r"(?:(?:[ก-ฮ]{1,5}\.){1,5}[ก-ฮ]{0,4}\.?|[ก-ฮ]{2,5}\.|[A-Z]{2,8})"
_LETTER = "ก-ฺเ-๎"
_LEGAL_STATUS = re.compile(r"\s?([(（](?:องค์การมหาชน|มหาชน)[)）])")
"""The legal form that belongs to the name of a public organisation (Public Organization Act B.E. 2542) or company."""
_AREA = re.compile(r"\s?(?:เขต|ภาค)\s?(?:ที่\s?)?[\d๐-๙]{1,2}(?![\d๐-๙])")
"""The area that an office answers for, by number (Educational Service Areas, regions)."""
_OPENINGS = ("authority", "kind", "head")


@dataclass(frozen=True, slots=True)
class Mention:
    """An organisation named in a text; `text[start:end] == raw`.

    `name` is the official name where it is known, else the name as printed in full; None for an abbreviation nobody
    explains. `resolution` says whether the reference, the document itself or nothing tells what is meant.
    """

    raw: str
    start: int
    end: int
    name: str | None
    abbr: str | None
    name_en: str | None
    level: Level
    resolution: Resolution


# ------------------------------------------------------------------ the gazetteer
@cache
def _by_key() -> dict[str, tuple[dict[str, Any], ...]]:
    """Gazetteer entries by the folded name and by each folded abbreviation."""
    table: dict[str, tuple[dict[str, Any], ...]] = {}
    for entry in load("organisations")["gazetteer"]:
        for word in (entry["name"], *entry["abbr"]):
            table[key(word)] = (*table.get(key(word), ()), entry)
    return table


def _entry(word: str, fiscal_year_be: int | None) -> dict[str, Any] | None:
    """The one entry that a name or abbreviation stands for in a year; None when it is unknown or ambiguous."""
    entries = _by_key().get(key(word), ())
    exact = [entry for entry in entries if key(entry["name"]) == key(word)]
    if exact:
        return exact[0]
    fitting = [e for e in entries if not e.get("ambiguous") and _holds(e, fiscal_year_be)]
    names = {entry["name"] for entry in fitting}
    return fitting[0] if len(names) == 1 else None


def _holds(entry: dict[str, Any], year: int | None) -> bool:
    return year is None or entry.get("from", 0) <= year <= entry.get("to", 9999)


def _known(raw: str, start: int, end: int, entry: dict[str, Any]) -> Mention:
    abbr = next(iter(entry["abbr"]), None)
    return Mention(raw, start, end, entry["name"], abbr, entry.get("en"), entry["level"], "reference")


# ------------------------------------------------------------------ patterns
def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


@cache
def _boundary() -> str:
    """The start of a name: no letter before it, or a word to which names are glued."""
    glued = "|".join(f"(?<={re.escape(word)})" for word in sorted(load("organisations")["before_names"]))
    return rf"(?:(?<![{_LETTER}A-Za-z.])|{glued})"


@cache
def _known_pattern() -> re.Pattern[str]:
    entries = load("organisations")["gazetteer"]
    names = _any(entry["name"] for entry in entries)
    abbreviations = _any(word for entry in entries for word in entry["abbr"])
    return re.compile(rf"(?P<name>{names})|{_boundary()}(?P<abbr>{abbreviations})(?![{_LETTER}A-Za-z])")


@cache
def _levels() -> tuple[tuple[str, Level], ...]:
    pairs = [(word, level) for level, words in load("organisations")["heads"].items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _head_pattern() -> re.Pattern[str]:
    words = load("organisations")
    heads = _any(word for word, _ in _levels())
    kinds = _any(words["kinds"])
    excluded = _any(words["not_organisations"])
    tail = rf"(?:[{_LETTER}]|(?<=[{_LETTER}])\s(?=แห่ง(?:ชาติ|ประเทศ)))"
    authority = rf"(?P<authority>การ)(?=[{_LETTER}]{{3,40}}แห่ง(?:ชาติ|ประเทศไทย))"
    return re.compile(
        rf"{_boundary()}(?!{excluded})(?:{authority}|(?P<kind>{kinds})\s?|(?P<head>{heads}))(?P<rest>{tail}{{2,{MAX_NAME}}})"
    )


@cache
def _stops() -> re.Pattern[str]:
    heads = _any(word for word, level in _levels() if len(word) > 2)
    return re.compile(rf"{_any(load('organisations')['stops'])}|และ(?={heads})|(?<=.)ของ(?={heads})")


# ------------------------------------------------------------------ mentions
@lru_cache(maxsize=4096)
def find_organisations(text: str) -> tuple[Mention, ...]:
    """All organisations named in a text, left to right, without overlap."""
    mentions: list[Mention] = []
    for match in _known_pattern().finditer(text):
        entry = _entry(match[0], None)
        if entry is not None and not _runs_on(text, match):
            mentions.append(_known(match[0], match.start(), match.end(), entry))
        elif match["abbr"] is not None:
            raw, (start, end) = match[0], match.span()
            mentions.append(Mention(raw, start, end, None, raw, None, "unknown", "unresolved"))
    taken = [(m.start, m.end) for m in mentions]
    for match in _head_pattern().finditer(text):
        mention = _by_head(match)
        if mention is not None and not any(a < mention.end and mention.start < b for a, b in taken):
            mentions.append(mention)
            taken.append((mention.start, mention.end))
    return tuple(sorted(mentions, key=lambda m: m.start))


def _runs_on(text: str, match: re.Match[str]) -> bool:
    """A known name that is only the beginning of a longer one ("สำนักงบประมาณ" in "สำนักงบประมาณและการเงิน")."""
    return match["name"] is not None and text.startswith(("และการ", "ประจำจังหวัด", "สาขา", "เขต"), match.end())


def _by_head(match: re.Match[str]) -> Mention | None:
    rest = match["rest"]
    if match["authority"]:
        rest = re.match(r".*?แห่ง(?:ชาติ|ประเทศไทย)", rest)[0]  # type: ignore[index]
    if rest.startswith(tuple(load("organisations")["never_names"])):
        return None
    stop = _stops().search(rest, 1)
    if stop is not None:
        rest = rest[: stop.start()]
    rest = rest.rstrip()
    if len(rest) < 2:
        return None
    start, end = match.start(next(group for group in _OPENINGS if match[group])), match.start("rest") + len(rest)
    kind = match["kind"]
    name = load("organisations")["kinds"][kind] + rest if kind else match.string[start:end]
    status = _LEGAL_STATUS.match(match.string, end)
    if status is not None:
        name, end = f"{name} {status[1]}", status.end()
    area = _AREA.match(match.string, end) if name.startswith(tuple(load("organisations")["numbered_areas"])) else None
    if area is not None:
        name, end = f"{name} {' '.join(area[0].split())}", area.end()
    raw = match.string[start:end]
    level: Level = "agency" if match["authority"] else _level(name)
    return Mention(raw, start, end, name, raw if kind else None, None, level, "unresolved")


def _level(name: str) -> Level:
    return next((level for word, level in _levels() if name.startswith(word)), "unknown")


# ------------------------------------------------------------------ one name
def resolve(
    raw: str,
    *,
    fiscal_year_be: int | None = None,
    document_abbreviations: Mapping[str, str] | None = None,
) -> Mention:
    """What a printed name or abbreviation stands for: first what the document says, then the reference of its year."""
    printed = " ".join(raw.split())
    own = {key(short): name for short, name in (document_abbreviations or {}).items()}
    if key(printed) in own:
        name = own[key(printed)]
        entry = _entry(name, fiscal_year_be)
        base = _known(printed, 0, len(printed), entry) if entry else None
        level: Level = base.level if base else _level(name)
        english = base.name_en if base else None
        return Mention(printed, 0, len(printed), name, printed, english, level, "document")
    entry = _entry(printed, fiscal_year_be)
    if entry is not None:
        return _known(printed, 0, len(printed), entry)
    whole = next((m for m in find_organisations(printed) if m.start == 0 and m.end == len(printed)), None)
    if whole is not None:
        return replace(whole, raw=printed)
    is_short = re.fullmatch(_ABBREVIATION, printed) is not None
    level = "unknown" if is_short else _level(printed)
    return Mention(
        printed,
        0,
        len(printed),
        None if is_short else printed or None,
        printed if is_short else None,
        None,
        level,
        "unresolved",
    )


@cache
def _definition_pattern() -> re.Pattern[str]:
    heads = _any(word for word, _ in _levels())
    quotes = "[\"“”'‘’]?"
    name = rf"(?:การ(?=[{_LETTER}]{{3,40}}แห่ง)|{heads})[{_LETTER} ]{{2,{MAX_NAME}}}?"
    return re.compile(
        rf"(?P<name>{name})\s*[(（]\s*(?:ต่อไปนี้)?(?:เรียก(?:โดยย่อ)?ว่า|ชื่อย่อ|ย่อว่า)?\s*"
        rf"{quotes}(?P<abbr>{_ABBREVIATION}){quotes}(?:\s*[/,]\s*[A-Z]{{2,8}})?\s*[)）]"
    )


@lru_cache(maxsize=16)
def document_definitions(text: str) -> dict[str, str]:
    """Abbreviations that a document explains itself ("องค์การทดลองแห่งชาติ (อทช.)"), with the names they stand for."""
    found: dict[str, str] = {}
    for abbr, name in _definitions(text):
        found.setdefault(abbr, name)
    return found


@lru_cache(maxsize=16)
def abbreviations_by_name(text: str) -> dict[str, str]:
    """The abbreviation that a document gives to each name, by the key of the name.

    Not `document_definitions` turned round: one abbreviation may be given to two bodies, and both keep theirs.
    """
    found: dict[str, str] = {}
    for abbr, name in _definitions(text):
        found.setdefault(key(name), abbr)
    return found


@lru_cache(maxsize=16)
def _definitions(text: str) -> tuple[tuple[str, str], ...]:
    """Abbreviations with the names before them, in the order of the text."""
    found: list[tuple[str, str]] = []
    for match in _definition_pattern().finditer(text):
        name = match["name"].strip()
        whole = [m for m in find_organisations(name) if m.end == len(name)]
        if whole and whole[-1].level not in ("division", "unknown"):
            found.append((match["abbr"], whole[-1].raw))
    return tuple(found)


# ------------------------------------------------------------------ units in one cell
@cache
def _unit_head() -> re.Pattern[str]:
    return re.compile(_any(load("organisations")["unit_ranks"]))


def split_units(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of the units that one cell or field names: by line, comma, "และ", a head glued to the unit before it.

    A unit of higher rank behind a space belongs to the one before it: "งานนิติการ สำนักปลัดเทศบาล" is one unit.
    """
    spans: list[tuple[int, int]] = []
    at = 0
    for gap in re.finditer(r"[\n\t,;、•]+|\s(?=[(（]?[\d๐-๙]{1,2}[.)）]\s*[^\s\d๐-๙])|$", text):
        if gap.start() > at:
            spans += _split_part(text, at, gap.start())
        at = gap.end()
    return tuple(trimmed for span in spans if (trimmed := _trimmed(text, *span)) is not None)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    numbering = parse_numbering(text[start:end])
    start += numbering.end if numbering and numbering.style != "letter" else 0
    part = text[start:end]
    bare = part.strip(" .:：-–•*()")
    if part.strip().endswith(")") and "(" in bare:
        bare = part.strip(" .:：-–•*")
    if part.strip().endswith(".") and re.search(r"[ก-ฮ]\.[ก-ฮ]*$", bare + "."):
        bare = part.strip(" :：-–•*()")
    if len(bare) < 2:
        return None
    at = start + part.index(bare)
    return at, at + len(bare)


def _split_part(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start]
    for position in _cut_places(text, start, end):
        if position > cuts[-1]:
            cuts.append(position)
    bounds = [*cuts, end]
    return [(a, _without_joint(text, a, b)) for a, b in itertools.pairwise(bounds)]


def _without_joint(text: str, start: int, end: int) -> int:
    part = re.sub(r"\s*(?:และ|/|,|ร่วมกับ)\s*$", "", text[start:end])
    return start + len(part)


def _cut_places(text: str, start: int, end: int) -> list[int]:
    """Where another unit begins: a head behind "และ", "/" or a space (if of no higher rank), or glued to the unit."""
    ranks: dict[str, int] = load("organisations")["unit_ranks"]
    first = _unit_head().match(text, start + len(text[start:end]) - len(text[start:end].lstrip()))
    rank = ranks[first[0]] if first else 0
    places: list[int] = []
    glued: list[int] = []
    for match in _unit_head().finditer(text, start + 1, end):
        before = text[start : match.start()].rstrip()
        spaced = match.start() > 0 and text[match.start() - 1].isspace()
        if before.endswith("และ") and ranks[match[0]] < min(rank, 2):
            continue  # "สำนักส่งเสริมวิชาการและงานทะเบียน" is one unit
        if before.endswith(("และ", "/", "ร่วมกับ")) or (
            spaced and rank and ranks[match[0]] <= rank and len(before) - (places or [start])[-1] > 3
        ):
            places.append(match.start())
            rank = ranks[match[0]]
        elif not spaced and first and match[0] == first[0] and len(match[0]) > 2 and match.start() - start > 5:
            glued.append(match.start())
    if glued:
        from ita_extract.thai.tokens import word_starts

        starts = word_starts(text[start:end])
        places += [place for place in glued if place - start in starts and not _is_common(text, place)]
    return sorted(set(places))


def _is_common(text: str, place: int) -> bool:
    """`กองทุน`, `งานวิจัย` and the like inside a unit's name begin no unit."""
    return text.startswith((*load("organisations")["not_organisations"], "กองทุน", "กองทัพ"), place)
