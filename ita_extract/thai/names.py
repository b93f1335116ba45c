"""Names of people: prefix, given name, surname; and the lines of attendance lists.

Only names with a prefix are found: without one, nothing tells a Thai name from other words. Prefixes, positions and the
words that look like names are in `lexicon/name_prefixes.yaml` and `lexicon/positions.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from ita_extract.errors import ThaiParseError
from ita_extract.lexicon import load
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import key

Span = tuple[int, int]

MAX_PART = 30
"""Longest given name or surname, in characters. Longer words are running text whose spaces were lost."""
MAX_LINE = 220

_LETTER = "[ก-ฮเ-ไ][ก-ฺเ-๎]"
_WORD = rf"{_LETTER}{{1,{MAX_PART - 1}}}"
_GAP = r"[ \t\u00a0]"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name found in a text; `text[start:end] == raw`. `surname` is None when only the given name is printed."""

    raw: str
    start: int
    end: int
    prefix: str
    given_name: str
    surname: str | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line of an attendance list. Spans count in the line; each is None when the line does not print that part."""

    name: PersonName
    order: Span | None = None
    position: Span | None = None
    role: Span | None = None
    proxy_for: Span | None = None
    absence_reason: Span | None = None


# ------------------------------------------------------------------ patterns
def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


@cache
def _name_pattern() -> re.Pattern[str]:
    words = load("name_prefixes")
    groups = ("civil", "noble", "academic", "medical", "clergy", "ranks", "polite")
    prefix = _any(word for group in groups for word in words[group])
    title = rf"(?:{_any(words['acting'])}{_GAP}?)?(?:{prefix})(?:{_any(words['suffixes'])})?"
    return re.compile(
        rf"(?:(?<![ก-๎A-Za-z.])|{_lookbehinds(words['before_names'])})(?!{_any(words['not_names'])})"
        rf"(?P<prefix>{title}(?:{_GAP}?{title}){{0,3}}){_GAP}{{0,2}}(?P<given>{_WORD})"
    )


def _lookbehinds(words: Iterable[str]) -> str:
    return "|".join(f"(?<={re.escape(word)})" for word in sorted(set(words)))


@cache
def _surname_pattern() -> re.Pattern[str]:
    words = load("name_prefixes")
    stop = rf"(?!(?:{_any(words['not_surname_starts'])})|(?:{_any(words['not_surnames'])})(?![ก-๎]))"
    of = rf"ณ{_GAP}{{1,2}}(?!{_any(words['places_after_na'])}){_WORD}"
    return re.compile(rf"{_GAP}{{1,3}}(?P<surname>{of}|{stop}{_WORD}(?:{_GAP}{{1,2}}{of})?)")


@cache
def _glued() -> re.Pattern[str]:
    return re.compile(_any(load("name_prefixes")["glued_behind"]))


# ------------------------------------------------------------------ names in text
@lru_cache(maxsize=4096)
def find_names(text: str) -> tuple[PersonName, ...]:
    """All names with a prefix, left to right. Names of offices ("นายก…", "นายอำเภอ") are no names."""
    names: list[PersonName] = []
    for match in _name_pattern().finditer(text):
        name = _name(text, match)
        if name is not None and (not names or name.start >= names[-1].end):
            names.append(name)
    return tuple(names)


def _name(text: str, match: re.Match[str]) -> PersonName | None:
    prefix, given, end = match["prefix"], match["given"], match.end("given")
    glued = _glued().search(given, 2)
    if glued is not None:
        given, end = given[: glued.start()], match.start("given") + glued.start()
    surname = None
    if glued is None and (following := _surname_pattern().match(text, end)) is not None:
        surname, end = following["surname"], following.end("surname")
        cut = _glued().search(surname, 2)
        if cut is not None:
            surname, end = surname[: cut.start()], end - (len(surname) - cut.start())
    polite = prefix in load("name_prefixes")["polite"]
    if len(given) < 2 or (polite and surname is None) or _is_office(prefix + given):
        return None
    start = match.start("prefix")
    return PersonName(text[start:end], start, end, " ".join(prefix.split()), given, _single_spaced(surname))


def _single_spaced(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def _is_office(word: str) -> bool:
    return word in {"นายก", "นายแพทย์", "นายหมวด", "นายกอง"}


def parse_name(text: str) -> PersonName:
    """The name that the whole text is, brackets and dots around it aside. Raises ThaiParseError for anything else."""
    bare = text.strip(" \t\n()（）.…_")
    names = find_names(bare)
    if len(names) != 1 or names[0].start != 0 or bare[names[0].end :].strip(" ."):
        raise ThaiParseError(f"no name: {text[:80]!r}")
    shift = text.index(bare)
    return replace(names[0], start=names[0].start + shift, end=names[0].end + shift)


# ------------------------------------------------------------------ positions
@cache
def _position_pattern() -> re.Pattern[str]:
    words = load("positions")
    head = _any(words["heads"])
    bare = _any(words["bare"])
    levels = _any(words["levels"])
    abbreviation = r"(?:[ก-ฮ]{1,4}\.){1,5}[ก-ฮ]{0,4}\.?"
    return re.compile(
        rf"(?:(?:{bare}){_GAP}(?={abbreviation}){abbreviation}|(?:{head})[ก-๎./]*)(?:{_GAP}(?:{levels})(?![ก-๎]))?"
    )


def find_position(text: str, start: int = 0) -> Span | None:
    """The span of a position that begins at `start` (spaces, commas and "ตำแหน่ง" aside), None if none begins there."""
    lead = re.compile(r"[\s,()（:：-]*(?:ตำแหน่ง\s*)?").match(text, start)
    at = lead.end() if lead else start
    match = _position_pattern().match(text, at)
    return (match.start(), match.end()) if match else None


def expand_position(text: str) -> str | None:
    """The position in full. None when it holds an abbreviation whose meaning depends on the agency."""
    printed = " ".join(text.split())
    known: dict[str, str] = load("positions")["abbreviations"]
    for short in sorted(known, key=len, reverse=True):
        if printed.startswith(short):
            printed = known[short] + printed[len(short) :].lstrip()
            break
    return None if re.search(r"(?:^|[^ก-ฮ])(?:[ก-ฮ]{1,3}\.){2,}", printed) else printed or None


# ------------------------------------------------------------------ attendance lines
_PROSE = re.compile(
    r"(?:ได้|เสนอ|แจ้ง|กล่าว|รายงาน|นำเสนอ|ชี้แจง|ขอ|สอบถาม|ให้(?!เกียรติ)|มอบ|อภิปราย|เห็นว่า|ตั้งข้อ|สรุป|เป็นผู้|ดำเนิน|เปิด|ลงนาม)"
)
_PROXY = re.compile(r"[(（]?\s*(?:ผู้แทน[)）]|แทน[)）]?)\s*[:：]?\s*")


def parse_person_line(text: str) -> PersonLine:
    """One line of an attendance list: `1. นายก ข  ตำแหน่ง  หน้าที่`, gaps or single spaces between the parts.

    Also `ตำแหน่ง (นายก ข) หน้าที่`. Raises ThaiParseError when the line holds no name or is running text.
    """
    names = find_names(text) if len(text) <= MAX_LINE else ()
    if not names:
        raise ThaiParseError(f"no person in line: {text[:80]!r}")
    name = names[0]
    head, order = _order_of(text, name)
    before = _stripped(text, min(head, name.start), name.start, " \t(（:：-")
    rest_start = name.end
    if before is None:
        if _PROSE.match(text[rest_start:].lstrip(" )）")):
            raise ThaiParseError(f"running text, no attendance line: {text[:80]!r}")
        return _after_name(text, PersonLine(name, order=order), rest_start)
    is_bracketed = text[: name.start].rstrip().endswith(("(", "（"))
    role_before = key(text[slice(*before)]) in _roles()
    if not is_bracketed and not role_before:
        raise ThaiParseError(f"running text, no attendance line: {text[:80]!r}")
    line = PersonLine(name, order=order, **{"role" if role_before else "position": before})
    return _after_name(text, line, rest_start)


def _order_of(text: str, name: PersonName) -> tuple[int, Span | None]:
    """Where a line's number ends, and its place; before a name a number needs no full stop, which OCR may lose."""
    if re.fullmatch(r"\s*[\d๐-๙]{1,3}\s+", text[: name.start]):
        return name.start, _stripped(text, 0, name.start)
    numbering = parse_numbering(text)
    if numbering is None:
        return 0, None
    return numbering.end, _stripped(text, 0, numbering.end) if numbering.path else None


def _stripped(text: str, start: int, end: int, characters: str = " \t") -> Span | None:
    part = text[start:end]
    bare = part.strip(characters + "\n")
    if not bare:
        return None
    at = start + part.index(bare)
    return at, at + len(bare)


def _after_name(text: str, line: PersonLine, start: int) -> PersonLine:
    """Sorts what follows the name: position, proxy, role, reason of absence."""
    for begin, end in _segments(text, start):
        line = _place(text, line, begin, end)
    return line


def _segments(text: str, start: int) -> list[Span]:
    """The parts behind the name: cut at wide gaps and TABs; a trailing role or reason is cut off at a single space."""
    spans: list[Span] = []
    at = start
    for gap in re.finditer(r"[ \u00a0]{2,}|\t+|\s[-–—]\s|$", text[start:]):
        span = _stripped(text, at, start + gap.start(), " \t,")
        if span is not None:
            spans += _cut_role(text, span)
        at = start + gap.end()
    return spans


def _cut_role(text: str, span: Span) -> list[Span]:
    part = text[span[0] : span[1]]
    for match in reversed(list(re.finditer(r"\s+(?=\S)", part))):
        tail = part[match.end() :]
        if is_role_or_absence(tail):
            head = (span[0], span[0] + match.start())
            return [*_cut_role(text, head), (span[0] + match.end(), span[1])]
    return [span]


@cache
def _roles() -> frozenset[str]:
    return frozenset(key(word) for word in load("parts")["attendance_cells"]["roles"])


def is_role_or_absence(text: str) -> bool:
    """Whether a text is nothing but a role in a meeting (`กรรมการ`) or a reason not to come (`ติดราชการ`)."""
    return _is_role(text) or _is_absence(text)


def _is_role(text: str) -> bool:
    folded = key(text.strip("()（） "))
    return folded in _roles() or folded.startswith("และเลขานุการ")


def _is_absence(text: str) -> bool:
    words = load("parts")["attendance_cells"]["absence"]
    folded = key(text.strip("()（） "))
    return len(folded) <= 60 and folded.startswith(tuple(key(word) for word in words))


def _place(text: str, line: PersonLine, begin: int, end: int) -> PersonLine:
    part = text[begin:end]
    inner = _stripped(text, begin, end, " \t()（）")
    if inner is None:
        return line
    if _is_absence(part):
        return line if line.absence_reason else replace(line, absence_reason=inner)
    if _is_role(part):
        return line if line.role else replace(line, role=inner)
    proxy = _PROXY.search(part)
    if proxy is not None and not part[: proxy.start()].endswith(("ผู้", "ราชการ")):
        before = _stripped(text, begin, begin + proxy.start(), " \t(（")
        after = _stripped(text, begin + proxy.end(), end, " \t()（）")
        if before is not None and line.position is None:
            line = replace(line, position=before)
        return replace(line, proxy_for=after) if after is not None and line.proxy_for is None else line
    if line.position is None:
        outer = _stripped(text, begin, end, " \t,")
        bracketed = part.startswith(("(", "（")) and part.endswith((")", "）"))
        return replace(line, position=inner if bracketed else outer)
    return line if line.role or not part.strip("-–. ") else replace(line, role=inner)
