"""Abbreviations of units: are they defined, and is a unit always written the same way?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, Side, fail
from ita_extract.audit.rule import rule
from ita_extract.lexicon import load
from ita_extract.records import BlockRecord, Organisation
from ita_extract.thai.organisations import find_organisations
from ita_extract.thai.text import key

_DOTTED = re.compile(r"(?<![ก-๙A-Za-z.])(?:[ก-ฮ]{1,4}\.){1,8}")
Places = dict[str, Side]
"""Abbreviations as printed, each with the first place where it stands."""


@rule(
    "D22",
    "low",
    message=("The abbreviation {abbr} is not defined.", "ตัวย่อ {abbr} ไม่มีคำเต็ม"),
    variants={
        "forms": (
            "One abbreviation is written in several ways, and none is defined: {abbr}.",
            "ตัวย่อเดียวกันเขียนหลายแบบและไม่มีคำเต็ม: {abbr}",
        )
    },
    needs=("an abbreviation of a unit that is not known to everyone", "ตัวย่อหน่วยงานที่ไม่ใช่ตัวย่อทั่วไป"),
)
def d22(case: Case) -> Results:
    """The abbreviation of a unit is written out once, and is always written the same way.

    Looks at abbreviations that stand for an owner ('ของ สบค.'), and at those whose letters come with different full
    stops (not on scans, where full stops are easily lost). An abbreviation in brackets, or before brackets, is defined;
    agencies of the gazetteer, months, ranks and other abbreviations that everyone knows need no definition.

    ไทย: ตัวย่อของหน่วยงานต้องมีคำเต็มอย่างน้อยหนึ่งแห่ง และเขียนแบบเดียวกันทั้งเอกสาร

    ดูตัวย่อที่ตามหลังคำว่า "ของ" หรือ "สังกัด" และตัวย่อที่อักษรตรงกันแต่จุดต่างกัน (ยกเว้นเอกสารสแกน)
    ตัวย่อในวงเล็บหรือที่ตามด้วยวงเล็บถือว่ามีคำเต็ม
    ตัวย่อที่รู้จักทั่วไปไม่ต้องมีคำเต็ม
    """
    abbreviations = [case.document.agency_abbr, *(organisation.abbr for organisation in case.rows(Organisation))]
    known = {key(abbreviation) for abbreviation in abbreviations if abbreviation}
    forms: defaultdict[str, Places] = defaultdict(dict)
    owners: Places = {}
    for block in case.blocks:
        for start, abbreviation in _printed(block):
            if _is_defined(abbreviation, known):
                continue
            place = _place(block, start, abbreviation)
            for tail in (tail for tail in _tails(abbreviation) if not _is_defined(tail, known)):
                forms[tail.replace(".", "")].setdefault(tail, place)
            if _owner_before().search((block.text_raw or "")[:start]):
                owners.setdefault(abbreviation, place)
    defined = _defined_in(case, {*owners, *(tail for places in forms.values() for tail in places)})
    several = [places for places in forms.values() if len(places) > 1 and not defined & set(places)]
    for places in several if not _is_scanned(case) else ():
        yield fail(*places.values(), variant="forms", abbr=", ".join(places))
    for abbreviation, place in owners.items():
        yield PASS if abbreviation in defined else fail(place, absent=True, abbr=abbreviation)


def _is_scanned(case: Case) -> bool:
    return any(page.origin == "ocr" for page in case.pages.values())


def _printed(block: BlockRecord) -> Iterable[tuple[int, str]]:
    return ((match.start(), match[0]) for match in _DOTTED.finditer(block.text_raw or ""))


def _place(block: BlockRecord, start: int, text: str) -> Side:
    where = f"{block.where}:{start}-{start + len(text)}" if block.where else None
    return Side(block.document_id, text, where, block.page, block.block_id, block.confidence)


def _tails(abbreviation: str) -> Iterable[str]:
    """The abbreviation, and what remains of a long one behind the abbreviation of a position: `ผ.ส.ช.` → `ส.ช.`."""
    parts = abbreviation.split(".")[:-1]
    starts = range(len(parts)) if len(parts) > 2 else range(1)
    tails = (parts[start:] for start in starts)
    return (".".join(tail) + "." for tail in tails if 2 <= len("".join(tail)) <= 4)


def _is_defined(abbreviation: str, known: set[str]) -> bool:
    return key(abbreviation) in known or abbreviation in _common() or _is_in_gazetteer(abbreviation)


@cache
def _is_in_gazetteer(abbreviation: str) -> bool:
    return any(mention.resolution == "reference" for mention in find_organisations(abbreviation))


@cache
def _common() -> frozenset[str]:
    return frozenset(load("audit_words")["common_abbreviations"]) | frozenset(load("positions")["abbreviations"])


@cache
def _owner_before() -> re.Pattern[str]:
    words = "|".join(map(re.escape, load("audit_words")["before_abbreviations"]))
    return re.compile(rf"(?:{words})\s*$")


def _defined_in(case: Case, abbreviations: set[str]) -> set[str]:
    """Abbreviations that stand in brackets or before brackets somewhere in the document."""
    text = "\n".join(block.text_raw or "" for block in case.blocks)
    pattern = r"\(\s*{0}\s*\)|{0}\s*\(\s*[ก-ฮ]|{0}\s*(?:หมายถึง|คือ|=)"
    return {a for a in abbreviations if re.search(pattern.format(re.escape(a)), text)}
