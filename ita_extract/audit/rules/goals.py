"""Goals, targets and results: can they be measured, are they measured, and do the figures add up?"""

from __future__ import annotations

import re
from decimal import Decimal

from ita_extract.audit.case import Case
from ita_extract.audit.reference import grade_scale
from ita_extract.audit.results import PASS, Results, Severity, Side, fail, side
from ita_extract.audit.rule import rule
from ita_extract.audit.wording import has_word, is_same
from ita_extract.records import Event, Indicator, Outcome, Plan
from ita_extract.thai.text import fold_digits

WHOLE = Decimal(100)
TOLERANCE = Decimal("0.05")
"""Percent; besides half a unit of the last printed digit."""
_PART_OF_WHOLE = re.compile(
    r"(?<![\d.,/])(?P<part>\d[\d,]{0,9})\s*(?:คน|ราย|ท่าน|แห่ง|หน่วยงาน|โครงการ|กิจกรรม|ครั้ง|เรื่อง|ข้อ)?\s*"
    r"จาก(?:จำนวน|ทั้งหมด|ทั้งสิ้น|\s)*(?P<whole>\d[\d,]{0,9})\s*(?:คน|ราย|ท่าน|แห่ง|หน่วยงาน|โครงการ|กิจกรรม|ครั้ง|เรื่อง|ข้อ)?"
    r"\s*[(,]?\s*(?:คิดเป็น|หรือ)\s*ร้อยละ\s*(?P<percent>\d{1,3}(?:\.\d+)?)"
)
_COUNT_OF_PEOPLE = re.compile(r"\d[\d,]*\s*(?:คน|ราย|ท่าน|ชุด|ตัวอย่าง)")


@rule(
    "D13",
    "medium",
    message=("The target '{t}' has no value: it cannot be measured.", "เป้าหมาย '{t}' วัดผลไม่ได้ (ไม่มีค่าหรือหน่วย)"),
    variants={
        "grade": (
            "The target '{t}' asks for the level '{level}', which is no grade of fiscal year {fy}, and has no number.",
            "เป้าหมาย '{t}' ระบุระดับ '{level}' ซึ่งไม่ใช่ระดับผลการประเมินของปีงบประมาณ {fy} และไม่มีตัวเลข",
        )
    },
    needs=("a goal or a target", "เป้าหมาย"),
    references=("ref_grade_scales",),
)
def d13(case: Case) -> Results:
    """A goal that speaks of a score, a share, a number or a level says how much.

    A grade of the fiscal year's scale is a value; so are 'all' and 'more than before'. Goals that are only described
    in words are allowed and pass.

    ไทย: เป้าหมายที่กล่าวถึงคะแนน ร้อยละ จำนวน หรือระดับ ต้องระบุค่า

    ระดับตามเกณฑ์ของปีงบประมาณถือเป็นค่า คำว่า "ทุก" "ครบ" หรือ "เพิ่มขึ้น" ถือว่าวัดได้ เป้าหมายเชิงคุณภาพที่บรรยายเป็นข้อความไม่ถือว่าผิด
    """
    for plan in case.rows(Plan):
        if not plan.goal_raw:
            continue
        level = plan.goal_level_raw
        if _has_value(plan.goal_raw, plan.goal_value):
            yield PASS
        elif plan.goal_measure == "ita_level" and level:
            yield from _graded(case, plan, level)
        elif has_word(plan.goal_raw, "measure_words"):
            yield fail(side(plan, plan.goal_raw), absent=True, t=plan.goal_raw)
        else:
            yield PASS
    for indicator in case.rows(Indicator):
        target = indicator.target_raw
        if not target:
            continue
        vague = not _has_value(target, indicator.target_value) and has_word(target, "measure_words")
        yield fail(side(indicator, target), absent=True, t=target) if vague else PASS


def _graded(case: Case, plan: Plan, level: str) -> Results:
    scale = grade_scale(case.fiscal_year) if case.fiscal_year else None
    if scale is None:
        return
    if any(is_same(level, grade) for grade, _ in scale.bands):
        yield PASS
        return
    goal = plan.goal_raw or ""
    yield fail(side(plan, goal), variant="grade", t=goal, level=level, fy=case.fiscal_year or 0)


def _has_value(text: str, value: Decimal | None) -> bool:
    return value is not None or bool(re.search(r"\d", fold_digits(text))) or has_word(text, "value_words")


@rule(
    "D14",
    "high",
    message=("No indicator measures the plan's goal '{goal}'.", "ไม่มีตัวชี้วัดใดวัดเป้าหมายของแผน '{goal}'"),
    needs=("a goal about the ITA score or level, and indicators", "เป้าหมายด้านคะแนนหรือระดับ ITA และตัวชี้วัด"),
)
def d14(case: Case) -> Results:
    """When a plan's goal is a score or a level of the assessment, some indicator measures that.

    An indicator counts when its words, target or result name the assessment, or its target is a score. A goal that
    states its own value is of medium severity. A plan whose indicators were not found cannot be checked.

    ไทย: เมื่อเป้าหมายของแผนคือคะแนนหรือระดับ ITA ต้องมีตัวชี้วัดที่วัดเรื่องนั้น

    นับตัวชี้วัดที่ข้อความ เป้าหมาย หรือผล กล่าวถึงการประเมิน ITA หรือมีเป้าหมายเป็นคะแนน
    เป้าหมายที่มีค่าอยู่แล้วถือเป็นระดับปานกลาง หากไม่พบตัวชี้วัดเลยถือว่าตรวจไม่ได้
    """
    for plan in case.rows(Plan):
        if plan.goal_measure not in ("ita_level", "ita_score") or not plan.goal_raw:
            continue
        own = [i for i in case.rows(Indicator) if i.plan_id in (plan.plan_id, None) and i.indicator]
        if not own:
            continue
        if any(_measures_the_assessment(indicator) for indicator in own):
            yield PASS
        else:
            sides = [side(indicator, indicator.indicator) for indicator in own]
            severity: Severity | None = "medium" if plan.goal_value is not None else None
            yield fail(side(plan, plan.goal_raw), *sides, severity=severity, absent=True, goal=plan.goal_raw)


def _measures_the_assessment(indicator: Indicator) -> bool:
    printed = " ".join(filter(None, (indicator.indicator, indicator.target_raw, indicator.actual_raw)))
    return has_word(printed, "assessment_words") or indicator.target_unit == "score"


@rule(
    "D15",
    "info",
    message=("The result equals the target exactly ({v}).", "ผลเท่ากับเป้าหมายพอดี ({v})"),
    needs=("an indicator with target and result of the same unit", "ตัวชี้วัดที่มีเป้าหมายและผลหน่วยเดียวกัน"),
)
def d15(case: Case) -> Results:
    """A measured result rarely equals its target to the digit.

    Looks at percentages and scores below their maximum: a count that was reached, or 100 percent of 100, says nothing.
    One such result alone is no sign of anything; many are.

    ไทย: ผลที่วัดจริงมักไม่เท่ากับเป้าหมายพอดีทุกหลัก

    ดูเฉพาะร้อยละและคะแนนที่ต่ำกว่าค่าสูงสุด จำนวนครั้งที่ทำครบหรือร้อยละ 100 จาก 100 ไม่นับ กรณีเดียวไม่มีนัยสำคัญ หลายกรณีจึงน่าสังเกต
    """
    for indicator in case.rows(Indicator):
        target, actual = indicator.target_value, indicator.actual_value
        if target is None or actual is None or indicator.target_unit != indicator.actual_unit:
            continue
        if indicator.target_unit not in ("percent", "score") or indicator.target_operator == "range":
            continue
        sides = side(indicator, indicator.target_raw), side(indicator, indicator.actual_raw)
        yield fail(*sides, v=actual) if target == actual and 0 < actual < WHOLE else PASS


@rule(
    "D16",
    "medium",
    message=("{v}% is reported without base numbers.", "รายงานร้อยละ {v} โดยไม่แสดงฐานการคำนวณ"),
    needs=("a result in percent", "ผลที่เป็นร้อยละ"),
)
def d16(case: Case) -> Results:
    """A percentage comes with the numbers that it was computed from.

    Numerator and denominator, or how many people took part or answered, in the result, in the activity's outcome or in
    its events. 0 and 100 percent need none.

    ไทย: ร้อยละต้องมีตัวเลขฐานการคำนวณ

    ตัวตั้งและตัวหาร หรือจำนวนผู้เข้าร่วมหรือผู้ตอบ ในผล ในข้อความผลการดำเนินงาน หรือในกิจกรรม ร้อยละ 0 และ 100 ไม่ต้องมี
    """
    for indicator in case.rows(Indicator):
        value = indicator.actual_value
        if value is None or indicator.actual_unit != "percent" or not 0 < value < WHOLE:
            continue
        if _has_base(case, indicator):
            yield PASS
        else:
            yield fail(side(indicator, indicator.actual_raw), absent=True, v=value)


def _has_base(case: Case, indicator: Indicator) -> bool:
    if indicator.actual_numerator is not None or indicator.actual_denominator is not None:
        return True
    own = indicator.activity_id
    texts = [o.text for o in case.rows(Outcome) if o.activity_id == own and o.text] + [indicator.actual_raw or ""]
    counted = any(e.participant_count for e in case.rows(Event) if e.activity_id == own)
    return counted or any(_COUNT_OF_PEOPLE.search(fold_digits(text)) for text in texts)


@rule(
    "D17",
    "high",
    message=("{a}/{b} is {calc}%, not {v}%.", "{a}/{b} คิดเป็นร้อยละ {calc} ไม่ใช่ {v}"),
    variants={
        "more": ("{a} of {b} is more than all of it.", "{a} จาก {b} มากกว่าจำนวนทั้งหมด"),
        "range": ("{v}% lies outside 0 to 100.", "ร้อยละ {v} อยู่นอกช่วง 0 ถึง 100"),
    },
    needs=("a percentage with its numbers", "ร้อยละที่มีตัวเลขประกอบ"),
)
def d17(case: Case) -> Results:
    """A percentage agrees with the part and the whole that stand beside it.

    Within half a unit of its last printed digit and 0.05. Checks indicators, sentences of the form '45 คน จาก 50 คน
    คิดเป็นร้อยละ 90', and that progress lies between 0 and 100. Results above their target may exceed 100 percent.

    ไทย: ร้อยละต้องตรงกับจำนวนและจำนวนทั้งหมดที่ระบุไว้

    ยอมให้ต่างได้ครึ่งหน่วยของหลักสุดท้ายที่พิมพ์และ 0.05 ตรวจตัวชี้วัด ประโยคแบบ "45 คน จาก 50 คน คิดเป็นร้อยละ 90"
    และความก้าวหน้าซึ่งต้องอยู่ระหว่าง 0 ถึง 100
    """
    for indicator in case.rows(Indicator):
        part, whole = indicator.actual_numerator, indicator.actual_denominator
        if part is not None and whole and indicator.actual_value is not None and indicator.actual_unit == "percent":
            yield from _shared(side(indicator, indicator.actual_raw), part, whole, indicator.actual_value)
    for outcome in case.rows(Outcome):
        progress = outcome.progress_percent
        if progress is not None:
            yield PASS if 0 <= progress <= WHOLE else fail(side(outcome, outcome.text), variant="range", v=progress)
    for block in case.blocks:
        text = fold_digits(block.text_raw or "")
        for match in _PART_OF_WHOLE.finditer(text):
            part, whole = (Decimal(match[name].replace(",", "")) for name in ("part", "whole"))
            if whole:
                place = side(block, (block.text_raw or "")[match.start() : match.end()])
                yield from _shared(place, part, whole, Decimal(match["percent"]))


def _shared(place: Side, part: Decimal, whole: Decimal, percent: Decimal) -> Results:
    computed = part / whole * WHOLE
    digits = percent.as_tuple().exponent
    half = Decimal(5).scaleb(int(digits) - 1) if isinstance(digits, int) else Decimal("0.5")
    if part > whole and percent <= WHOLE:
        yield fail(place, variant="more", a=part, b=whole)
    elif abs(computed - percent) > half + TOLERANCE:
        yield fail(place, a=part, b=whole, calc=round(computed, 2), v=percent)
    else:
        yield PASS
