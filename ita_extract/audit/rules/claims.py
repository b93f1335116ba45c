"""What a text claims of its own score: did it rise, as it says?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, fail, side, skip
from ita_extract.audit.rule import rule
from ita_extract.audit.wording import has_word
from ita_extract.lexicon import load
from ita_extract.records import BlockRecord, ItaScore
from ita_extract.thai.text import fold_digits

_YEAR = re.compile(
    r"(?P<since>(?:จาก|กว่า|กับ)(?:คะแนน)?\s*(?:ใน)?(?:ปี)?\s*(?:งบประมาณ)?\s*(?:พ\.?\s*ศ\.?)?\s*)?(?<!\d)(?P<year>25\d\d)(?!\d)"
)
"""A year in a claim, and whether it is the one that is compared with."""


@rule(
    "Y15",
    "high",
    scope="agency_years",
    message=("'{claim}' is claimed; {before} → {after}.", "ระบุว่า '{claim}' แต่คะแนน {before} → {after}"),
    needs=(
        "a claim on the trend of the score, and the total scores of two years",
        "ข้อความว่าคะแนนเพิ่มหรือลด และคะแนนรวมสองปี",
    ),
)
def y15(case: Case) -> Results:
    """Where a text says that the total score rose, or fell, the total scores that it prints bear it out.

    Compared are the years that the sentence names, or the last two, one after the other, where it names none. What is
    aimed at, expected or conditional is no claim; nor is a sentence on one indicator or instrument, on something else
    than the score, or with both directions in it (`เพิ่มขึ้น/ลดลง` heads a column). Years with two totals are left out.

    ไทย: ข้อความที่ระบุว่าคะแนนเพิ่มขึ้นหรือลดลง ต้องตรงกับคะแนนรวมในเอกสาร

    เทียบปีที่ข้อความระบุ หรือสองปีล่าสุดที่ต่อเนื่องกันหากไม่ระบุปี ไม่นับเป้าหมาย ความคาดหวัง ข้อความรายตัวชี้วัด หรือข้อความเรื่องอื่น
    """
    totals = _totals(case)
    for block in case.blocks if len(totals) > 1 else ():
        for sentence in re.split(r"\n|(?<=[^\d])\.\s", block.text_raw or ""):
            match = _claim(block, sentence)
            if match is None:
                continue
            compared = _compared_years(fold_digits(sentence), totals)
            if compared is None:
                yield skip("the scores of the years that are compared are not known", "ไม่ทราบคะแนนของปีที่เปรียบเทียบ")
                continue
            before, after = (totals[year] for year in compared)
            change = (after.score or 0) - (before.score or 0)
            if change == 0:
                yield skip("the two scores are the same", "คะแนนสองปีเท่ากัน")
            elif (change > 0) == has_word(match["claim"], "rise_words"):
                yield PASS
            else:
                sides = side(block, match[0]), side(before, before.score_raw), side(after, after.score_raw)
                yield fail(*sides, claim=match[0], before=before.score_raw or "", after=after.score_raw or "")


@cache
def _claims() -> re.Pattern[str]:
    words = load("audit_words")
    moves = "|".join([*words["rise_words"], *words["fall_words"]])
    return re.compile(rf"(?:คะแนน|ผลการประเมิน|ผลคะแนน)(?P<between>[^\n]{{0,60}}?)(?P<claim>{moves})")


def _totals(case: Case) -> dict[int, ItaScore]:
    """The total score of the document's agency by year; a year with two different ones is left out."""
    told: dict[int, list[ItaScore]] = {}
    for score in case.rows(ItaScore):
        is_own = score.agency is None or score.agency == case.document.agency
        is_total = score.measure == "TOTAL" and score.score is not None and score.score_role != "target"
        if is_own and is_total and score.fiscal_year_be and not score.is_weighted:
            told.setdefault(score.fiscal_year_be, []).append(score)
    return {year: scores[0] for year, scores in told.items() if len({score.score for score in scores}) == 1}


def _claim(block: BlockRecord, sentence: str) -> re.Match[str] | None:
    """The claim of a sentence that the total score rose or fell."""
    match = _claims().search(sentence)
    if match is None or block.kind in ("table", "table_copy"):
        return None
    if has_word(sentence, "not_a_claim_words") or not has_word(sentence, "total_score_words"):
        return None
    has_both = has_word(sentence, "rise_words") and has_word(sentence, "fall_words")
    return None if has_both or has_word(match["between"], "other_subject_words") else match


def _compared_years(sentence: str, totals: Mapping[int, ItaScore]) -> tuple[int, int] | None:
    """The two years that a claim compares, the earlier first; None where that, or a score of them, is not known."""
    before, after = sorted(totals)[-2:]
    named = {int(match["year"]): bool(match["since"]) for match in _YEAR.finditer(sentence)}
    if len(named) == 2:
        before, after = sorted(named)
    elif after - before != 1 or named not in ({}, {after: False}, {before: True}):
        return None
    return (before, after) if {before, after} <= totals.keys() else None
