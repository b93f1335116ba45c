"""Whom an event is for: does it leave a rank of the staff out?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ita_extract.audit.case import Case
from ita_extract.audit.reference import table
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.audit.wording import has_word
from ita_extract.records import EventTelling
from ita_extract.thai.text import fold_digits

Band = tuple[int, int]
"""Lowest and highest level, both included."""
_HIGHEST = 99
_LEVELS = "ref_staff_levels"
_RANGE = re.compile(r"ระดับ\s*(?P<low>\d{1,2})\s*(?:[-–—]|ถึง)\s*(?:ระดับ\s*)?(?P<high>\d{1,2})(?!\d)")
_UPWARD = re.compile(r"ระดับ\s*(?P<low>\d{1,2})\s*(?:และเทียบเท่า)?\s*(?:ขึ้นไป|และสูงกว่า)")
_DOWNWARD = re.compile(r"ระดับ\s*(?P<high>\d{1,2})\s*(?:และเทียบเท่า)?\s*(?:ลงมา|ลงไป|และต่ำกว่า)")


@rule(
    "D47",
    "medium",
    message=("Levels between '{a}' and '{b}' are in no audience.", "ผู้ปฏิบัติงานระดับระหว่าง '{a}' ถึง '{b}' ไม่อยู่ในกลุ่มใด"),
    needs=("an event with two audiences by level", "กิจกรรมที่แบ่งผู้เข้าร่วมตามระดับตั้งแต่สองกลุ่ม"),
    references=(_LEVELS,),
)
def d47(case: Case) -> Results:
    """The audiences of an event leave no level of the staff between them out.

    Levels that are numbers are compared as such. Posts are given the lowest level that usually holds them, which
    differs from agency to agency: ask before you conclude.

    ไทย: กลุ่มผู้เข้าร่วมของกิจกรรมต้องไม่เว้นระดับผู้ปฏิบัติงานที่อยู่ระหว่างกลุ่ม

    ตำแหน่งบริหารเทียบเป็นระดับโดยประมาณ ซึ่งแต่ละหน่วยงานอาจต่างกัน ควรสอบถามก่อนสรุป
    """
    for telling in case.rows(EventTelling):
        audiences = [a for a in (telling.audience_onsite, telling.audience_online, telling.audience) if a]
        if any(has_word(audience, "everyone_words") for audience in audiences):
            continue
        bands = sorted((band, audience) for audience in audiences for band in _bands(audience))
        if len(bands) < 2:
            continue
        gap = _gap(bands)
        if gap is None:
            yield PASS
        else:
            below, above = gap
            yield fail(side(telling, below), side(telling, above), a=below, b=above)


def _gap(bands: Iterable[tuple[Band, str]]) -> tuple[str, str] | None:
    """The audiences below and above the first gap."""
    reached, last = -1, ""
    for (low, high), audience in bands:
        if last and low > reached + 1:
            return last, audience
        if high >= reached:
            reached, last = high, audience
    return None


def _bands(audience: str) -> list[Band]:
    text = fold_digits(audience)
    ranges = [(int(m["low"]), int(m["high"])) for m in _RANGE.finditer(text)]
    upward = [(int(m["low"]), _HIGHEST) for m in _UPWARD.finditer(text)]
    downward = [(0, int(m["high"])) for m in _DOWNWARD.finditer(text)]
    posts = [(_post_levels()[m["post"]], _HIGHEST) for m in _posts().finditer(text)]
    return ranges + upward + downward + posts


@cache
def _post_levels() -> dict[str, int]:
    return {word: row["from"] for row in table(_LEVELS) for word in row["words"]}


@cache
def _posts() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _post_levels()), key=len, reverse=True))
    return re.compile(rf"(?P<post>{words})[^\d]{{0,25}}?ขึ้นไป")
