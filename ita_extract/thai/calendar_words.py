"""The words of the calendar as regular expressions, built from `lexicon/calendar.yaml` on first use.

All patterns are meant for text whose Thai digits were folded to 0-9 (`fold_digits` keeps every offset).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ita_extract.lexicon import load

SPACE = "[ \u00a0\u200b]{0,8}"
"""Blanks inside a date. No TAB: in flattened tables a TAB parts two cells."""
WRAP = "(?:[ \u00a0\u200b\r]|\n(?!\\s*\n)){0,8}"
"""Blanks or one line break, where a date may be wrapped."""

_MARK = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\ufffd]"
_LETTER = "[\u0e01-\u0e4e]"
_ERA = rf"(?:ปี{SPACE})?(?:พ ?\. ?ศ ?\.{{0,3}}|พศ\.?|พุทธศักราช|ค ?\. ?ศ ?\.{{0,2}}|คศ\.|คริสต์ศักราช|B\.?E\.?|A\.?D\.?)|ปี"


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def soft(word: str) -> str:
    """A pattern for a Thai word whose marks may be lost, moved, doubled or turned into spaces (VARIETY §12).

    In words of fewer than four letters a mark may only be swapped for another: without it `ปี` would be any `ป`.
    """
    clusters = re.findall(rf"[^\s]{_MARK}*", word)
    is_short = len(clusters) < 4
    parts = []
    for position, cluster in enumerate(clusters, start=1):
        letter = "[าำ]" if cluster[0] in "าำ" else re.escape(cluster[0])
        is_last = position == len(clusters)
        if is_short:
            marks = rf"(?: ?{_MARK}){{1,3}}+" if len(cluster) > 1 else ""
        else:
            # Possessive at the end: a lookahead behind the word must not be met by giving a mark back.
            marks = rf"(?: ?{_MARK}){{0,2}}+" if is_last else rf"(?: ?{_MARK}){{0,3}} ?"
        parts.append(letter + marks)
    return "".join(parts)


def soft_alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, Thai ones with damaged marks too."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(soft(w) if re.match(_LETTER, w) else re.escape(w) for w in ordered) + ")"


def _short_month(short: str) -> str:
    """`มี.ค.` with or without dots, with spaces, with its mark on the dot (`ม.ี ค.`, VARIETY §8)."""
    first, second = short.rstrip(".").split(".")
    base, mark = (first[:-1], "[ีิ]") if first[-1] in "ีิ" else (first, "")
    middle = rf"(?:{mark}{{1,2}}(?: ?\. ?| )?| ?\. ?{mark} ?\.? ?)" if mark else r"(?: ?\. ?)?"
    allowed = "|".join(f"(?<={word})" for word in load("calendar")["before_months"])
    before = rf"(?<![ก-ฮ]\.)(?:(?<!{_LETTER})|{allowed})"
    after = rf"(?: ?\.(?![ก-ฮ]\.(?![ก-ฮ]))(?!{_MARK}|\d(?!\d))|(?!{_LETTER}|\.))"
    return f"{before}{base}{middle}{second}{after}"


def _english(name: str, *short: str) -> str:
    return rf"(?<![A-Za-z])(?:{'|'.join((name, *short))})(?![A-Za-z])\.?"


class Month(NamedTuple):
    """The spellings of one month: `sure` stands alone, `unsure` needs a day or a year beside it."""

    number: int
    sure: str
    unsure: str


@cache
def months() -> tuple[Month, ...]:
    """The patterns of the twelve months, January first."""
    found = []
    for entry in load("calendar")["months"]:
        full = "|".join(soft(name) for name in (entry["full"], *entry["variants"]))
        english = entry["english"]
        shorter = sorted({english[:4], english[:3]} - {english}, reverse=True)
        colloquial = rf"(?<!{_LETTER}){entry['colloquial']}(?!{_LETTER})"
        unsure = f"{_short_month(entry['short'])}|{colloquial}|{_english(english, *shorter)}"
        found.append(Month(entry["number"], full, unsure))
    return tuple(found)


@cache
def month_pattern() -> str:
    """A pattern (without groups) for any month."""
    # Looking at the first letter alone makes the search four times as fast.
    spellings = "|".join([m.sure for m in months()] + [m.unsure for m in months()])
    return f"(?={_initial()})(?:{spellings})"


def _initial() -> str:
    """A pattern for the first letter of any month."""
    entries = load("calendar")["months"]
    letters = {name[0] for entry in entries for name in (entry["full"], entry["short"], entry["english"])}
    return f"[{''.join(sorted(letters))}]"


@cache
def _compiled_months() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((m.number, re.compile(f"{m.sure}|{m.unsure}", re.IGNORECASE)) for m in months())


@cache
def month_of(name: str) -> int | None:
    """1-12 when the whole text is a month name, else None."""
    return next((number for number, pattern in _compiled_months() if pattern.fullmatch(name)), None)


@cache
def _clear_month() -> re.Pattern[str]:
    ambiguous = [re.escape(short) for short in load("calendar")["ambiguous_months"]]
    full = "|".join(m.sure for m in months())
    return re.compile(rf"{full}|(?!(?:{'|'.join(ambiguous)})$)(?:.*[ก-๎].*\.)", re.DOTALL)


def stands_alone(name: str) -> bool:
    """Whether a month name needs neither day nor year beside it: a full Thai name or a dotted, unambiguous
    abbreviation.
    """
    return _clear_month().fullmatch(re.sub(r"\s", "", name)) is not None


@cache
def weekday_pattern() -> str:
    """A pattern (without groups) for a weekday, with or without `วัน`."""
    entries = load("calendar")["weekdays"]
    thai = soft_alternatives(name for entry in entries for name in entry["names"])
    english = alternatives(name for entry in entries for name in entry["english"])
    return rf"(?:(?:{soft('วัน')}{SPACE})?{thai}|(?<![A-Za-z]){english}(?![A-Za-z])\.?)"


@cache
def weekday_of(name: str) -> int | None:
    """1 (Monday) to 7 for a weekday as `weekday_pattern` matches it, else None."""
    for entry in load("calendar")["weekdays"]:
        thai = rf"(?:{soft('วัน')}{SPACE})?{soft_alternatives(entry['names'])}"
        if re.fullmatch(rf"{thai}|{alternatives(entry['english'])}\.?", name, re.IGNORECASE):
            return int(entry["number"])
    return None


@cache
def _no_amount() -> str:
    """A lookahead after a number that may be a year: nothing that makes it an amount (`เมษายน 64 คน`)."""
    counted = alternatives(load("calendar")["counters"])
    weekday = alternatives(name for entry in load("calendar")["weekdays"] for name in entry["names"])
    return rf"(?!{SPACE}%|{SPACE}{counted}(?!ที่| ?ส\.|{weekday}))"


@cache
def year_digits() -> str:
    """A pattern for a year of four digits, or of two that do not count something and are no day of a next month."""
    four = rf"(?:2[4-6]\d\d|(?:19|20|21)\d\d(?!\d){_no_amount()})"
    two = rf"['’]?(?:3[2-9]|[4-9]\d|(?:[0-2]\d|3[01])(?!{SPACE}{_initial()}))(?!\d|/\d){_no_amount()}"
    return rf"(?:{four}|{two})(?!\d|[.,:]\d)"


@cache
def fiscal_label() -> str:
    """A pattern for the words before a fiscal year (`ประจำปีงบประมาณ`)."""
    return rf"(?:{soft('ประจำ')}{SPACE})?{soft_alternatives(load('calendar')['year_kinds']['fiscal'])}"


def era_pattern() -> str:
    """A pattern for `พ.ศ.`, `ค.ศ.`, `ปี` before a year."""
    return f"(?:{_ERA})"


def year_pattern(tag: str) -> str:
    """The year after a month: groups `fy`, `era`, `year`, each with `tag` appended."""
    labels = rf"(?:{WRAP}(?:ของ)?(?P<fy{tag}>{fiscal_label()}))?(?:{WRAP}(?P<era{tag}>{_ERA}))?"
    gap = rf"(?:{WRAP},?{WRAP}|-(?=\d\d(?!\d)))"
    return rf"(?:{labels}{gap}(?P<year{tag}>{year_digits()}))"


def date_prefix(tag: str) -> str:
    """The words before the day, `วันที่` or a weekday: groups `pre` and `weekday`, each with `tag` appended."""
    weekday = rf"(?P<weekday{tag}>{weekday_pattern()}){WRAP},?{WRAP}(?:ที่{WRAP})?"
    return rf"(?P<pre{tag}>{weekday}|{soft('วันที่')}{WRAP}:?{WRAP})"


def textual_pattern(tag: str) -> str:
    """A date with its month in words, from the weekday to the year.

    Groups `pre`, `weekday`, `day`, `word`, `month` and those of `year_pattern`, each with `tag` appended; only
    `month` is certain. A line break between day and month is allowed only after `วันที่` or a weekday:
    elsewhere the number may be an item's.
    """
    day = rf"{date_prefix(tag)}?(?<![\d/])(?<!\d\.)(?P<day{tag}>\d{{1,2}})(?:st|nd|rd|th)?"
    gap = rf"(?(pre{tag}){WRAP}|{SPACE})"
    word = rf"(?P<word{tag}>เดือน{SPACE})?"
    return rf"(?:(?:{day}{gap})?{word}(?P<month{tag}>{month_pattern()}){year_pattern(tag)}?)"
