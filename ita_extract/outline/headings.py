"""Headings in the flow: what kind of part begins here, which activity is headed, what merely repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ita_extract.lexicon import load
from ita_extract.model import Paragraph, Quote
from ita_extract.outline.model import ActivityLevel, SectionKind
from ita_extract.thai.calendar_words import soft
from ita_extract.thai.labels import match_label
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import fold_digits, key

MAX_HEADING = 160
MIN_REPEATED = 12
"""A repeated line shorter than this (folded characters) is a label or a caption, not the heading of a page."""

_LEVEL_GAP = rf"\s*(?:{soft('ที่')})?\s*"
_NUMBER = r"(?P<number>[(（]?[\d๐-๙]+(?:\.[\d๐-๙]+)*[)）]?)"


@dataclass(frozen=True, slots=True)
class ActivityHeading:
    """`แผนงานที่ 2 : …` at the start of a text.

    `title_start` is where the title begins (the text's end when it stands alone).
    """

    level: ActivityLevel
    number: int | None
    number_raw: str
    title_start: int


@cache
def _level_pattern() -> re.Pattern[str]:
    words = [(word, level) for level, words in load("parts")["levels"].items() for word in words]
    words.sort(key=lambda pair: -len(pair[0]))
    names = "|".join(re.escape(word) for word, _ in words)
    return re.compile(rf"\s*(?:[-•*]\s*)?(?P<word>{names}){_LEVEL_GAP}{_NUMBER}(?=[\s:：.)]|$)\s*[:：.\-–]?\s*")


@cache
def _level_of_word() -> dict[str, ActivityLevel]:
    return {key(word): level for level, words in load("parts")["levels"].items() for word in words}


def activity_heading(text: str) -> ActivityHeading | None:
    """The level word and number that a text begins with, None when it begins otherwise."""
    match = _level_pattern().match(text)
    if match is None:
        return None
    number_raw = match["number"].strip("()（）")
    last = fold_digits(number_raw).split(".")[-1]
    level = _level_of_word()[key(match["word"])]
    return ActivityHeading(level, int(last) if len(last) < 5 else None, number_raw, match.end())


def level_of(title: str) -> ActivityLevel | None:
    """The level that a title's first word tells (`โครงการอบรม…` is a project), None when it tells none."""
    folded = key(title)
    for word, level in sorted(_level_of_word().items(), key=lambda pair: -len(pair[0])):
        if folded.startswith(word):
            return level
    return None


@cache
def _kind_words() -> tuple[tuple[str, SectionKind], ...]:
    pairs = [(key(word), kind) for kind, words in load("parts")["sections"].items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def section_kind(paragraph: Paragraph) -> SectionKind | None:
    """The kind of part that a paragraph heads, None when it heads none."""
    text = paragraph.text.strip()
    if not text or len(text) > MAX_HEADING or paragraph.role == "list_item":
        return None
    folded = key(_without_number(text))
    for word, kind in _kind_words():
        if not folded.startswith(word):
            continue
        if kind == "minutes" and not _heads_minutes(folded, word):
            continue
        if kind in ("annex", "policy", "press_release") and len(folded) > len(word) + 90:
            continue
        return kind
    return None


def _without_number(text: str) -> str:
    numbering = parse_numbering(text)
    return text[numbering.end :] if numbering else text


def _heads_minutes(folded: str, word: str) -> bool:
    """`รายงานการประชุม…` heads minutes; `รับรองรายงานการประชุมครั้งที่ 1` or a sentence about them does not."""
    rest = folded[len(word) :]
    return not any(stop in rest for stop in load("parts")["not_minutes_heading"])


def indicator_heading(text: str) -> tuple[str | None, Quote | None] | None:
    """Whether a text is the heading of an ITA indicator (`4. ด้านการใช้ทรัพย์สินของราชการ (…)`): its code, or None."""
    numbering = parse_numbering(text)
    bare = text[numbering.end if numbering else 0 :].strip()
    if len(bare) > 110:
        return None
    thai = re.split(r"[(（]", bare)[0].strip().removeprefix("ตัวชี้วัดที่").strip()
    thai = re.sub(r"^[\d๐-๙]+[.)]?\s*", "", thai).removeprefix("ด้าน")
    code = indicator_code(thai)
    return (code, None) if code else None


@cache
def _indicator_names() -> tuple[tuple[str, str], ...]:
    names = []
    for code, entry in load("ita")["indicators"].items():
        for name in (entry["name"], *entry.get("variants", ())):
            names.append((key(name.removeprefix("ด้าน")), code))
    return tuple(sorted(names, key=lambda pair: -len(pair[0])))


def indicator_code(text: str) -> str | None:
    """The code I01–I10 of an ITA indicator named by the whole text (small damage allowed), else None."""
    from rapidfuzz import fuzz

    folded = key(text).removeprefix("ด้าน")
    if len(folded) < 6:
        return None
    best = max(_indicator_names(), key=lambda pair: fuzz.ratio(folded, pair[0]))
    return best[1] if fuzz.ratio(folded, best[0]) >= 92 else None


def _introduces(text: str) -> bool:
    """Whether a line leads on to what stands below it (`… ถือปฏิบัติ ดังนี้`), however often it is printed."""
    return key(text).endswith(("ดังนี้", "ดังต่อไปนี้", "ได้แก่", "โดย", "คือ")) or text.rstrip().endswith((":", "："))


def repeated_headings(paragraphs: Iterable[Paragraph]) -> set[str]:
    """The folded texts of lines that head page after page: long enough, no list items, printed more than once.

    Lines with an activity number (`แผนงานที่ 1`) and labels of fields are not page headings.
    """
    counts = Counter(
        folded
        for p in paragraphs
        if p.role != "list_item"
        and len(p.text) <= MAX_HEADING
        and len(folded := key(p.text)) >= MIN_REPEATED
        and activity_heading(p.text) is None
        and match_label(p.text, "fields") is None
        and not _introduces(p.text)
    )
    return {folded for folded, count in counts.items() if count > 1}
