"""Records without personal data: names of people, telephone numbers, addresses, identity numbers, reasons of absence.

Every character that is taken away becomes `█`, so that lengths stay and pointers still lead to their place. Offices and
positions stay: they are what plans and reports are about. Where in doubt too much is taken away, not too little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import msgspec

from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.records import Attendee, BlockRecord, Contact, DocumentRecord, EventPerson, Record
from ita_extract.records.base import Column
from ita_extract.records.bundle import Records
from ita_extract.thai.names import find_names
from ita_extract.thai.text import repair, tolerant_pattern

MASK = "█"
_SHORTEST = 3
"""Letters of a name that is looked for on its own: shorter ones are parts of too many words."""
_LONGEST = 90
"""Letters within which a name ends."""
_SHORTEST_NUMBER = 7
"""Signs of a number that is looked for elsewhere: hotlines look like amounts."""
_OF_A_PERSON = {
    "attendees": ("name_raw", "prefix", "given_name", "surname", "proxy_for_raw", "absence_reason_raw"),
    "event_people": ("name_raw", "prefix", "given_name", "surname"),
    "documents": ("approver_raw",),
    "agenda_items": ("presenter_raw",),
}
"""Columns that are about a person whatever they hold."""
_REACHES_A_PERSON = ("phone", "fax", "email", "line", "facebook")
_NO_TEXT = frozenset(
    {"where", "file_sha256", "media_type", "extractor_version", "schema_version", "claimed_by", "method", "record_refs"}
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_THAI = "[ก-๎]"
Spans = Iterator[tuple[int, int]]


def redacted(records: Records) -> Records:
    """The records of a document without personal data; the same again when called twice."""
    mask = _Mask(records)
    tables = {name: tuple(_without(row, mask) for row in rows) for name, rows in records.tables.items()}
    tables["blocks"] = tuple(_blocks(records, mask))
    tables["documents"] = tuple(msgspec.structs.replace(row, redaction="persons") for row in tables["documents"])
    return Records(records.document_id, tables, tuple(mask(text) for text in records.warnings))


def is_redacted(records: Records) -> bool:
    """Whether the records are already without personal data."""
    return all(isinstance(row, DocumentRecord) and row.redaction == "persons" for row in records["documents"])


def redacted_text(text: str) -> str:
    """A text without the personal data that can be told without its document: file names, messages."""
    return _covered(text, _spans(text, None))


def _without(row: Record, mask: Callable[[str], str]) -> Record:
    info = row.table
    changes: dict[str, Any] = {}
    for column in info.columns:
        value = getattr(row, column.name)
        if isinstance(value, str) and _may_name_a_person(column):
            changes[column.name] = mask(value)
    for name in _OF_A_PERSON.get(info.name, ()):
        if (value := getattr(row, name)) is not None:
            changes[name] = MASK * len(value)
    if isinstance(row, Contact) and row.channel in _REACHES_A_PERSON:
        for name in ("value_raw", "value", "extensions"):
            if (value := getattr(row, name)) is not None:
                changes[name] = MASK * len(value)
    return msgspec.structs.replace(row, **changes)


@cache
def _may_name_a_person(column: Column) -> bool:
    is_key = column.name.endswith(("_id", "_date", "_time", "_start", "_end"))
    return column.kind == "string" and not column.enum and not is_key and column.name not in _NO_TEXT


def _blocks(records: Records, mask: _Mask) -> Iterator[Record]:
    """The ledger of all text, masked as one: names run on from block to block."""
    rows = [row for row in records["blocks"] if isinstance(row, BlockRecord)]
    text = mask("".join(row.text_raw or "" for row in rows))
    at = 0
    for row in rows:
        length = len(row.text_raw or "")
        part = text[at : at + length]
        at += length
        changes = {"text_raw": part} if row.text_raw is not None else {}
        if row.source_text is not None:
            changes["source_text"] = part if row.source_text == row.text_raw else mask(row.source_text)
        yield msgspec.structs.replace(row, **changes)


# ------------------------------------------------------------------ what is personal in a text
class _Mask:
    """Covers what is personal in the texts of one document, whose people it knows."""

    def __init__(self, records: Records) -> None:
        self._known = _known(records)
        self._seen: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        """The text with everything personal covered."""
        if text not in self._seen:
            self._seen[text] = _covered(text, _spans(text, self._known))
        return self._seen[text]


def _covered(text: str, spans: Iterable[tuple[int, int]]) -> str:
    signs = list(text)
    for start, end in spans:
        signs[start:end] = [sign if sign in "\n\r\t" else MASK for sign in signs[start:end]]
    return "".join(signs)


def _spans(text: str, known: re.Pattern[str] | None) -> Spans:
    """What is personal in a text, markup aside."""
    if known is not None:
        yield from ((match.start(), match.end()) for match in known.finditer(text))
    bare = _without_tags(text)
    tidy = repair(bare.text)
    readable = bare.derive(tidy.text, tidy.runs)
    for start, end in _personal(readable.text, known):
        yield from ((run.source_start, run.source_end) for run in readable.slice(start, end).runs)


def _without_tags(text: str) -> Quote:
    kept, at = [], 0
    for tag in _TAG.finditer(text):
        kept.append(Quote.of(text, at, tag.start()))
        at = tag.end()
    return Quote.join([part for part in (*kept, Quote.of(text, at)) if part], separator="")


def _personal(text: str, known: re.Pattern[str] | None) -> Spans:
    for readable in (text, text.replace("\n", " ")):
        yield from ((name.start, name.end) for name in find_names(readable))
        yield from _names_behind_letters(readable)
        if known is not None:
            yield from ((match.start(), match.end()) for match in known.finditer(readable))
    for pattern in _patterns():
        yield from (match.span(match.lastindex or 0) for match in pattern.finditer(text))


def _names_behind_letters(text: str) -> Spans:
    """Names whose prefix follows a word without a space, as in file names: `ถึงนายก ข`."""
    for prefix in _civil().finditer(text):
        part = text[prefix.start() : prefix.start() + _LONGEST]
        for name in find_names(part)[:1]:
            if name.start == 0 and name.surname is not None:
                yield prefix.start(), prefix.start() + name.end


@cache
def _civil() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(load("name_prefixes")["civil"], key=len, reverse=True))))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = load("name_prefixes")
    english = "|".join(re.escape(word.rstrip(".")) for group in words.values() for word in group if _is_english(word))
    signed = "|".join(map(re.escape, words["signed"]))
    digit, gap = "[0-9๐-๙]", "[ \\-–.]?"
    return (
        re.compile(rf"\b(?:{english})\b\.?\s{{0,3}}[A-Z][A-Za-z.'-]*(?:[ \t]+[A-Z][A-Za-z'-]+){{0,2}}"),
        re.compile(rf"(?:{signed})[^\n()（]{{0,80}}\n?\s*[(（]([^()（）\n]{{3,80}})[)）]"),
        re.compile(r"^[ \t]*(?:\.{3,}|…|_{3,})?[ \t]*[(（]([ก-๎]{2,30}[ \t]+[ก-๎]{2,30})[)）][ \t]*$", re.MULTILINE),
        re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"),
        re.compile(rf"(?<!{digit})(?:\+66|[0๐]){gap}{digit}{{1,2}}{gap}{digit}{{3,4}}{gap}{digit}{{3,4}}(?!{digit})"),
        re.compile(rf"(?<!{digit}){digit}-?{digit}{{4}}-?{digit}{{5}}-?{digit}{{2}}-?{digit}(?!{digit})"),
    )


def _is_english(word: object) -> bool:
    return isinstance(word, str) and word.isascii()


# ------------------------------------------------------------------ the people of a document
def _known(records: Records) -> re.Pattern[str] | None:
    """Everything by which the document's people are told elsewhere in it."""
    parts: set[str] = set()
    for row in (*records["attendees"], *records["event_people"]):
        if isinstance(row, Attendee | EventPerson):
            parts.update(_of_a_person(row.name_raw, row.given_name, row.surname))
        if isinstance(row, Attendee):
            parts.update(_phrases(row.absence_reason_raw))
    text = "".join(getattr(row, "text_raw", None) or "" for row in records["blocks"])
    for readable in (text, text.replace("\n", " ")):
        for name in find_names(repair(_without_tags(readable).text).text):
            parts.update(_of_a_person(name.raw, name.given_name, name.surname))
    for row in records["contacts"]:
        if isinstance(row, Contact) and row.channel in _REACHES_A_PERSON:
            parts.update(part for part in _phrases(row.value_raw) if len(row.value_raw or "") >= _SHORTEST_NUMBER)
    return re.compile("|".join(sorted(parts, key=lambda part: (-len(part), part)))) if parts else None


def _of_a_person(name: str | None, given: str | None, surname: str | None) -> Iterator[str]:
    yield from _phrases(name)
    if given and surname:
        yield rf"{tolerant_pattern(given)}\s{{0,4}}{tolerant_pattern(surname)}"
    for part in (given, surname):
        if part and len(part) >= _SHORTEST:
            yield rf"(?<!{_THAI}){re.escape(part)}(?!{_THAI})"
    if given and len(given) >= _SHORTEST:
        yield from (rf"(?<={re.escape(word)}){re.escape(given)}" for word in load("name_prefixes")["polite"])


def _phrases(*texts: str | None) -> Iterator[str]:
    """Texts as they stand, white space aside."""
    for text in texts:
        if text and len(text.strip()) > _SHORTEST and MASK not in text:
            yield r"\s+".join(re.escape(word) for word in text.split())
