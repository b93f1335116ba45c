"""Scores and grades of the assessment: does the arithmetic hold, does the grade fit the score?"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from ita_extract.audit.case import Case
from ita_extract.audit.reference import grade_scale, weights
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.records import ItaScore
from ita_extract.thai.text import key

INSTRUMENTS = ("IIT", "EIT", "OIT")
TOLERANCE = Decimal("0.02")
"""Each instrument is rounded to two decimals before it is weighted."""
Scores = dict[str, ItaScore]


def scores_of(case: Case) -> dict[int, Scores]:
    """The results of the document's own agency by year and measure; what is stated twice and differs is left out."""
    years: defaultdict[int, Scores] = defaultdict(dict)
    differing: set[tuple[int, str]] = set()
    own = key(case.document.agency or "")
    for score in case.rows(ItaScore):
        if score.score is None or score.is_weighted or score.score_role == "target" or not score.measure:
            continue
        if score.fiscal_year_be is None or (score.agency and own and key(score.agency) != own):
            continue
        known = years[score.fiscal_year_be].setdefault(score.measure, score)
        if known.score != score.score:
            differing.add((score.fiscal_year_be, score.measure))
    for year, measure in differing:
        del years[year][measure]
    return dict(years)


@rule(
    "D43",
    "high",
    message=(
        "The scores give {calculated}, the document says {stated} (fiscal year {year}).",
        "คำนวณได้ {calculated} แต่ระบุ {stated} (ปี {year})",
    ),
    needs=("a total score with those of all instruments", "คะแนนรวมพร้อมคะแนนทั้งสามแบบวัด"),
    references=("ref_ita_weights",),
)
def d43(case: Case) -> Results:
    """The total score is the weighted sum of the three instruments, and OIT is the mean of its two indicators.

    ไทย: คะแนนรวมต้องเท่ากับผลรวมถ่วงน้ำหนักของสามแบบวัด และคะแนน OIT ต้องเท่ากับค่าเฉลี่ยของสองตัวชี้วัด
    """
    for year, scores in scores_of(case).items():
        sums = [("TOTAL", weights())]
        sums.append(("OIT", {"I09": Decimal("0.5"), "I10": Decimal("0.5")}))
        for whole, parts in sums:
            stated = scores.get(whole)
            if stated is None or not all(part in scores for part in parts):
                continue
            calculated = sum((weight * (scores[part].score or 0) for part, weight in parts.items()), Decimal(0))
            if abs(calculated - (stated.score or 0)) <= TOLERANCE:
                yield PASS
            else:
                sides = [side(scores[part], scores[part].score_raw) for part in parts]
                yield fail(
                    side(stated, stated.score_raw),
                    *sides,
                    calculated=calculated.quantize(Decimal("0.01")),
                    stated=stated.score or "",
                    year=year,
                )


@rule(
    "D44",
    "high",
    message=(
        "Grade {grade} does not fit {score} in fiscal year {year}; it would be {expected}.",
        "ระดับ {grade} ไม่สอดคล้องกับคะแนน {score} ปี {year} ควรเป็น {expected}",
    ),
    needs=("a total score with its grade, on a scale of its year", "คะแนนรวมพร้อมระดับ ตามเกณฑ์ของปีนั้น"),
    references=("ref_grade_scales",),
)
def d44(case: Case) -> Results:
    """The grade is the one that the scale of its year gives to the total score.

    From fiscal year 2566 the two best grades also ask a least score of every instrument: without these, every grade
    that the total allows is in order. Grades of another year's scale are another question.

    ไทย: ระดับต้องตรงกับคะแนนรวมตามเกณฑ์ของปีนั้น

    ตั้งแต่ปี 2566 สองระดับบนยังกำหนดคะแนนขั้นต่ำของทุกแบบวัด หากไม่มีคะแนนรายแบบวัด ทุกระดับที่คะแนนรวมเข้าเกณฑ์ถือว่าถูกต้อง
    """
    for year, scores in scores_of(case).items():
        total = scores.get("TOTAL")
        scale = grade_scale(year)
        if total is None or total.score is None or not total.grade_raw or scale is None or not scale.verified:
            continue
        names = {key(name): name for name, _ in scale.bands}
        grade = names.get(key(total.grade_raw))
        if grade is None:
            continue
        parts = [scores[name].score for name in INSTRUMENTS if name in scores]
        known = [part for part in parts if part is not None]
        possible = scale.grades_for(total.score, known if len(known) == len(INSTRUMENTS) else None)
        if grade in possible:
            yield PASS
        else:
            expected = " / ".join(possible)
            sides = side(total, total.grade_raw), side(total, total.score_raw)
            yield fail(*sides, grade=total.grade_raw, score=total.score, year=year, expected=expected)
