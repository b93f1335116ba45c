"""Automatic numbering of Word: the numbers and bullets that the reader sees and the text does not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ita_extract.readers.docx.names import child, is_on, qn, val, whole
from ita_extract.readers.docx.styles import Styles
from ita_extract.readers.ooxml import Element
from ita_extract.readers.symbol_fonts import sign_of

LEVELS = 9
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_LETTERS = "กขคง" + "".join(map(chr, range(0x0E08, 0x0E24))) + "ล" + "".join(map(chr, range(0x0E27, 0x0E2F)))
"""ECMA-376, 17.18.59: without the letters that are no longer written and the two vowels among them."""
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph of a list, and what separates it from the text."""

    text: str
    separator: str
    is_bullet: bool


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str
    separator: str
    restarts_after: int
    """Using a level up to this one (from 1) begins this level anew; 0: it never begins anew."""
    is_legal: bool
    style: str | None
    font: str | None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document with their counters; `label` must be called in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        found = root.findall(qn("w:abstractNum")) if root is not None else ()
        self._abstract: dict[str, Element] = {item.get(qn("w:abstractNumId"), ""): item for item in found}
        numbers = root.findall(qn("w:num")) if root is not None else ()
        self._numbers: dict[str, Element] = {item.get(qn("w:numId"), ""): item for item in numbers}
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()

    def label(self, properties: Element | None) -> Label | None:
        """The label of the next paragraph, by its `w:pPr`; None when it belongs to no list."""
        place = self._styles.numbering(properties)
        if place is None or place[0] == "0":
            return None
        number, at, style = place
        found = self._list(number)
        if found is None:
            return None
        if at is None:
            at = next((index for index, level in found.levels.items() if level.style and level.style == style), 0)
        level = found.levels.get(at)
        return self._next(number, found, at, level) if level is not None else None

    def _next(self, number: str, found: _List, at: int, level: _Level) -> Label | None:
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for index in found.starts:
                counters[index] = None
        counters[at] = self._start(found, at) if counters[at] is None else (counters[at] or 0) + 1
        for deeper in range(at + 1, LEVELS):
            inner = found.levels.get(deeper)
            if inner is None or inner.restarts_after > at:
                counters[deeper] = None
        if level.form == "bullet":
            text = "".join(sign_of(level.font or "", char) for char in level.pattern)
            return Label(text, level.separator, True) if text.strip() else None
        text = re.sub(r"%([1-9])", lambda match: self._number(found, counters, int(match[1]) - 1, level), level.pattern)
        return Label(text, level.separator, False) if text.strip() else None

    def _number(self, found: _List, counters: list[int | None], at: int, level: _Level) -> str:
        shown = found.levels.get(at)
        if shown is None:
            return ""
        count = counters[at] if counters[at] is not None else self._start(found, at)
        return _written(count or 0, "decimal" if level.is_legal else shown.form)

    def _start(self, found: _List, at: int) -> int:
        return found.starts.get(at, found.levels[at].start)

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = self._read(number, 0)
        return self._lists[number]

    def _read(self, number: str, depth: int) -> _List | None:
        item = self._numbers.get(number)
        abstract = self._abstract.get(val(item, "w:abstractNumId") or "")
        if abstract is None or depth > 3:
            return None
        linked = self._styles.list_of_style(val(abstract, "w:numStyleLink"))
        if linked is not None and linked != number:
            return self._read(linked, depth + 1)
        found = _List(abstract.get(qn("w:abstractNumId"), ""), _levels(abstract))
        for override in item.findall(qn("w:lvlOverride")) if item is not None else ():
            at = whole(override.get(qn("w:ilvl")))
            if override.find(qn("w:lvl")) is not None:
                found.levels |= _levels(override)
            start = val(override, "w:startOverride")
            if start is not None and 0 <= at < LEVELS:
                found.starts[at] = whole(start, 1)
        return found


def _levels(parent: Element) -> dict[int, _Level]:
    levels = {}
    for item in parent.findall(qn("w:lvl")):
        at = whole(item.get(qn("w:ilvl")))
        if not 0 <= at < LEVELS:
            continue
        restart = val(item, "w:lvlRestart")
        levels[at] = _Level(
            start=whole(val(item, "w:start"), 1),
            form=val(item, "w:numFmt") or "decimal",
            pattern=val(item, "w:lvlText") or "",
            separator="" if val(item, "w:suff") == "nothing" else " ",
            restarts_after=whole(restart, at) if restart is not None else at,
            is_legal=bool(is_on(item, "w:isLgl")),
            style=val(item, "w:pStyle"),
            font=val(child(item, "w:rPr"), "w:rFonts", "w:ascii"),
        )
    return levels


def _written(count: int, form: str) -> str:
    """A count in a number format (ECMA-376, 17.18.59); formats that Thai documents do not use are written in digits."""
    if form in ("none", "bullet"):
        return ""
    if form == "decimalZero":
        return f"{count:02d}"
    if form == "thaiNumbers":
        return str(count).translate(_THAI_DIGITS)
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        return _roman(count) if form == "lowerRoman" else _roman(count).upper()
    letters = {"thaiLetters": _THAI_LETTERS, "lowerLetter": _LATIN, "upperLetter": _LATIN.upper()}.get(form)
    if letters and 0 < count <= 100 * len(letters):
        return letters[(count - 1) % len(letters)] * ((count - 1) // len(letters) + 1)
    return str(count)


_LATIN = "abcdefghijklmnopqrstuvwxyz"


def _roman(count: int) -> str:
    parts = []
    for value, sign in _ROMAN:
        parts.append(sign * (count // value))
        count %= value
    return "".join(parts)
