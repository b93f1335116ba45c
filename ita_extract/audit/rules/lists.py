"""Lists and sections: is there as much as was announced, and do numbers of sections follow each other?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Fail, Passed, Results, Side, fail, side
from ita_extract.audit.rule import rule
from ita_extract.lexicon import load
from ita_extract.records import BlockRecord, PolicyItem, SuspectedError
from ita_extract.records.base import Located
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import fold_digits

_NEAR = 30
"""Characters between a number and the word that announces a list, at most."""
_MOST = 30
"""Announced things that are looked for: larger numbers are counts, not lists."""
_REACH = 400
"""Blocks behind an announcement in which its things are looked for."""
_SEVERAL = re.compile(r"\d{1,2}\s*\D{2,30}?(?:และ[^\d\s]{0,20}|,)\s*$")
"""Another count right before: which of them the list is of cannot be told."""
_DAMAGED = re.compile(r"\s*\(?(?P<number>\d{1,2})[).]?\s+(?=[ก-๙])")
"""An item number that has lost its bracket."""


@cache
def _announcement() -> re.Pattern[str]:
    words = load("audit_words")
    nouns = "|".join(words["announced_nouns"])
    before = "|".join(words["announcing_words"])
    behind = "|".join(words["list_words"])
    return re.compile(
        rf"(?P<before>(?:{before})[^\d\n]{{0,{_NEAR}}}?)?(?<![\d.,/])(?P<count>\d{{1,2}})(?![\d.,/%])"
        rf"\s*(?P<noun>{nouns})(?!ที่|\w*ๆ)(?P<behind>[^\n\d]{{0,{_NEAR}}}?(?:{behind}))?"
    )


@rule(
    "D35",
    "medium",
    message=("{n} {noun} announced, {found} found.", "ระบุไว้ {n} {noun} แต่พบ {found}"),
    needs=("an announced number of things that are numbered", "จำนวนที่ระบุไว้ก่อนรายการที่มีเลขกำกับ"),
)
def d35(case: Case) -> Results:
    """Where a text announces a number of parts ("in 3 parts as follows"), it has as many.

    Counted are parts that are called by that name and number ("part 1"), or the numbered list that follows at once.
    A text that names no parts is not checkable, nor is a number that is suspected of being misread.

    ไทย: ข้อความที่ระบุจำนวนไว้ล่วงหน้า เช่น "3 ส่วน ดังนี้" ต้องมีครบตามจำนวน

    นับจากคำเรียกพร้อมเลข (เช่น ส่วนที่ 1) หรือรายการมีเลขกำกับที่ตามมาทันที หากจำนวนนั้นน่าสงสัยว่าอ่านผิดจะไม่ตรวจ
    """
    blocks = case.blocks
    texts = [fold_digits(block.text_raw or "") for block in blocks]
    doubted = [e.text_raw for e in case.rows(SuspectedError) if e.kind == "false_number" and e.text_raw]
    for at, text in enumerate(texts):
        for match in _announcement().finditer(text):
            count = int(match["count"])
            if not (match["before"] or match["behind"]) or not 2 <= count <= _MOST:
                continue
            if _SEVERAL.search(text[: match.start("count")][-60:]):
                continue
            printed = (blocks[at].text_raw or "")[match.start() : match.end()]
            if any(printed in doubt or doubt in (blocks[at].text_raw or "") for doubt in doubted):
                continue
            rest = [text[match.end() :], *texts[at + 1 : at + _REACH]]
            places = [blocks[at], *blocks[at + 1 : at + _REACH]]
            yield from _judged(blocks[at], printed, count, match["noun"], rest, places)


def _judged(
    block: BlockRecord, printed: str, count: int, noun: str, rest: Sequence[str], places: Sequence[BlockRecord]
) -> Sequence[Fail | Passed]:
    """The answer for one announcement; `rest` are the texts behind it, `places` their blocks."""
    named = _named(noun, rest)
    if named and (min(named) == 1 or len(named) > 1):
        numbers = sorted(named)
        if numbers == list(range(1, count + 1)):
            return [PASS]
        if numbers[-1] <= count or numbers == list(range(1, numbers[-1] + 1)):
            sides = [
                Side(b.document_id, t, b.where, b.page, b.block_id, b.confidence) for b, t in _firsts(named, places)
            ]
            return [fail(side(block, printed.strip()), *sides, absent=True, n=count, noun=noun, found=_listed(numbers))]
        return []
    listed = _listed_at_once(rest)
    if listed < 2:
        return []
    if listed >= count:
        return [PASS]
    return [fail(side(block, printed.strip()), absent=True, n=count, noun=noun, found=listed)]


def _named(noun: str, rest: Sequence[str]) -> dict[int, tuple[int, str]]:
    """Numbers of parts called `noun` + ที่ + number, each with the text where it is first found."""
    pattern = re.compile(rf"(?:^|(?<=[\s(>])){noun}\s?ที่\s?(?P<number>\d{{1,2}})(?![\d/.])")
    found: dict[int, tuple[int, str]] = {}
    for at, text in enumerate(rest):
        if at and any(m["noun"] == noun and (m["before"] or m["behind"]) for m in _announcement().finditer(text)):
            break
        for match in pattern.finditer(text):
            found.setdefault(int(match["number"]), (at, match[0]))
    return found


def _firsts(named: dict[int, tuple[int, str]], places: Sequence[BlockRecord]) -> list[tuple[BlockRecord, str]]:
    return [(places[at], text) for _, (at, text) in sorted(named.items())]


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _listed_at_once(rest: Sequence[str]) -> int:
    """How far a numbered list goes that begins right behind an announcement: 1, 2, 3 in one style."""
    reached, style = 0, ""
    _, *lines = (line for text in rest for line in text.split("\n"))  # what ends the announcing line is no item
    for line in lines:
        numbering = parse_numbering(line)
        if numbering is None or len(numbering.path) != 1:
            damaged = _DAMAGED.match(line)
            if reached and damaged and int(damaged["number"]) == reached + 1:
                reached += 1
            elif line.strip() and reached == 0:
                return 0
            continue
        if reached == 0:
            style = numbering.style
        if numbering.style != style:
            continue
        if numbering.path[0] != reached + 1:
            break
        reached += 1
    return reached


@rule(
    "D41",
    "low",
    message=("Sections appear as {seq}.", "ลำดับหัวข้อเป็น {seq}"),
    needs=("a policy with two numbered sections", "นโยบายที่มีหัวข้อมีเลขกำกับอย่างน้อยสองหัวข้อ"),
)
def d41(case: Case) -> Results:
    """The numbered sections of a policy follow each other from 1. Pages of pictures often break the order.

    ไทย: หัวข้อของนโยบายที่มีเลขกำกับต้องเรียงจาก 1 เป็นต้นไป หน้าที่เป็นภาพอาจทำให้ลำดับขาด
    """
    numbered: list[tuple[int, Located, str]] = []
    for item in case.rows(PolicyItem):
        title = f"{item.section_no_raw or ''} {item.section_title_th or ''}".strip()
        numbering = parse_numbering(title)
        if (
            numbering
            and numbering.style == "decimal"
            and len(numbering.path) == 1
            and (not numbered or numbered[-1][2] != title)
        ):
            numbered.append((numbering.path[0], item, title))
    numbers = [number for number, *_ in numbered]
    if len(numbers) < 2:
        return
    if numbers[0] == 1 and all(after in (before + 1, 1) for before, after in pairwise(numbers)):
        yield PASS
    else:
        yield fail(*(side(row, text) for _, row, text in numbered), absent=True, seq=_listed(numbers))
