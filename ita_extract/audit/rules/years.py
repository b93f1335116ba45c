"""One agency over the years: targets, scores, money, and what was copied from the year before."""

from __future__ import annotations

from ita_extract.audit.case import Case
from ita_extract.audit.comparison import NAMELESS, REPORTS, Comparison, columns
from ita_extract.audit.reference import all_grades, grade_scale
from ita_extract.audit.results import PASS, Results, Severity, fail, side, skip
from ita_extract.audit.rule import comparing_rule, rule
from ita_extract.audit.wording import amount
from ita_extract.records import ItaScore
from ita_extract.thai.text import key

RESULTS = "('result_report', 'plan_and_result', 'progress_report')"
_COPIED = f"""
WITH told AS (
  SELECT d.agency_key, d.fiscal_year_be AS fy, o.*, regexp_replace(key(o.text), '[0-9]+', '#', 'g') AS masked
  FROM outcomes o JOIN agency_documents d ON d.document_id = o.document_id
  WHERE d.doc_type IN {RESULTS} AND d.fiscal_year_be IS NOT NULL AND length(o.text) >= 40
), shared AS (
  SELECT a.*, b.document_id AS other, b.outcome_id AS other_id
  FROM told a LEFT JOIN told b ON b.agency_key = a.agency_key AND b.fy = a.fy - 1 AND b.masked = a.masked
  QUALIFY row_number() OVER (PARTITION BY a.outcome_id ORDER BY b.outcome_id) = 1
), shares AS (
  SELECT document_id, agency_key, fy, count(*) AS texts, count(other_id) AS same,
    min(outcome_id) FILTER (other_id IS NOT NULL) AS first
  FROM shared GROUP BY ALL
)
SELECT {columns("a", "now", "outcome_id", "a.text")}, {columns("b", "then", "outcome_id", "b.text")},
  s.texts, s.same, s.fy - 1 AS previous
FROM shares s
  LEFT JOIN shared pair ON pair.outcome_id = s.first
  LEFT JOIN outcomes a ON a.outcome_id = s.first LEFT JOIN outcomes b ON b.outcome_id = pair.other_id
WHERE EXISTS (SELECT 1 FROM told t WHERE t.agency_key = s.agency_key AND t.fy = s.fy - 1)
ORDER BY s.document_id
"""


@comparing_rule(
    "Y01",
    "high",
    scope="agency_years",
    message=(
        "{percent}% of the results are those of fiscal year {previous}.",
        "ผลการดำเนินงานเหมือนปี {previous} ร้อยละ {percent}",
    ),
    needs=("results in words in reports of two years", "ผลการดำเนินงานเป็นข้อความในรายงานสองปีติดกัน"),
    options={"least": 3, "percent": 80},
)
def y01(compared: Comparison) -> Results:
    """The results of a year are not, word for word, those of the year before. Numbers and dates are left out of
    account; so are texts of less than 40 characters.

    ไทย: ข้อความผลการดำเนินงานต้องไม่ซ้ำกับปีก่อน โดยไม่นับตัวเลข วันที่ และข้อความสั้นกว่า 40 ตัวอักษร
    """
    for row in compared.sql(_COPIED):
        if row["texts"] < int(compared.options["least"]):
            yield skip("too few results in words", "ข้อความผลการดำเนินงานน้อยเกินไป")
        elif 100 * row["same"] < int(compared.options["percent"]) * row["texts"]:
            yield PASS
        else:
            percent = round(100 * row["same"] / row["texts"])
            sides = compared.side(row, "now"), compared.side(row, "then")
            yield fail(*sides, percent=percent, previous=row["previous"])


_STALE = f"""
WITH held AS (
  SELECT d.agency_key, d.fiscal_year_be AS fy, e.*, key(e.name) AS title FROM events e
  JOIN agency_documents d ON d.document_id = e.document_id
  WHERE d.doc_type IN {RESULTS} AND d.fiscal_year_be IS NOT NULL AND e.start_date IS NOT NULL AND e.name IS NOT NULL
)
SELECT {columns("a", "now", "event_id", "a.source_text")}, {columns("b", "then", "event_id", "b.source_text")},
  a.date_raw AS date, a.fy - 1 AS previous, fiscal_year(a.start_date) = a.fy - 1 AS is_stale
FROM held a LEFT JOIN held b
  ON b.agency_key = a.agency_key AND b.fy = a.fy - 1 AND b.title = a.title AND b.start_date = a.start_date
WHERE EXISTS (SELECT 1 FROM held h WHERE h.agency_key = a.agency_key AND h.fy = a.fy - 1)
QUALIFY row_number() OVER (PARTITION BY a.event_id ORDER BY b.event_id) = 1
ORDER BY now_id
"""


@comparing_rule(
    "Y02",
    "medium",
    scope="agency_years",
    message=(
        "The event of {date} was already reported in fiscal year {previous}.",
        "กิจกรรมเมื่อ {date} รายงานแล้วในปีงบประมาณ {previous}",
    ),
    needs=("dated events in reports of two years", "กิจกรรมที่มีวันที่ในรายงานสองปีติดกัน"),
)
def y02(compared: Comparison) -> Results:
    """An event of last year that last year's report tells of is not told again as a result of this year.

    The year is that of the content: a report on last year that was filed this year is in order.

    ไทย: กิจกรรมของปีก่อนที่รายงานไปแล้วต้องไม่นำมารายงานเป็นผลของปีนี้อีก โดยพิจารณาปีของเนื้อหา ไม่ใช่ปีที่ยื่นรายงาน
    """
    for row in compared.sql(_STALE):
        if row["is_stale"] and row["then_id"]:
            sides = compared.side(row, "now"), compared.side(row, "then")
            yield fail(*sides, date=row["date"] or "", previous=row["previous"])
        else:
            yield PASS


_TARGETS = f"""
WITH named AS (
  SELECT d.agency_key, d.fiscal_year_be AS fy, i.*, key(i.indicator) AS name,
    count(*) OVER (PARTITION BY i.document_id, key(i.indicator)) AS times
  FROM indicators i JOIN agency_documents d ON d.document_id = i.document_id
  WHERE i.indicator IS NOT NULL AND i.target_value IS NOT NULL AND d.fiscal_year_be IS NOT NULL
    AND coalesce(i.target_operator, '>=') IN ('>=', '>', '=')
), met AS (SELECT * FROM named WHERE times = 1 AND actual_value >= target_value)
SELECT {columns("a", "now", "indicator_id", "a.target_raw")}, {columns("b", "then", "indicator_id", "b.actual_raw")},
  b.target_raw AS before, a.target_raw AS after, a.target_value < b.target_value AS is_lower, b.fy AS previous
FROM named a JOIN met b ON b.agency_key = a.agency_key AND b.fy = a.fy - 1 AND b.name = a.name
  AND b.target_unit IS NOT DISTINCT FROM a.target_unit
WHERE a.times = 1
ORDER BY now_id, then_id
"""


@comparing_rule(
    "Y04",
    "medium",
    scope="agency_years",
    message=(
        "The target was cut from {before} to {after}, although {before} was met in {previous}.",
        "ลดเป้าหมายจาก {before} เป็น {after} ทั้งที่ปี {previous} บรรลุแล้ว",
    ),
    needs=("an indicator met last year, with its target of this year", "ตัวชี้วัดที่ปีก่อนบรรลุ และมีเป้าหมายของปีนี้"),
)
def y04(compared: Comparison) -> Results:
    """The target of an indicator is not lowered after it was met. Only targets of "at least" are looked at.

    ไทย: ไม่ควรลดเป้าหมายของตัวชี้วัดที่บรรลุแล้ว พิจารณาเฉพาะเป้าหมายแบบ "ไม่น้อยกว่า"
    """
    for row in compared.sql(_TARGETS):
        if row["is_lower"]:
            sides = compared.side(row, "now"), compared.side(row, "then")
            yield fail(*sides, before=row["before"] or "", after=row["after"] or "", previous=row["previous"])
        else:
            yield PASS


_WEAKEST = f"""
WITH own AS (
  SELECT * FROM own_scores WHERE score_role IN ('actual', 'prior_year') AND measure LIKE 'I__'
  QUALIFY row_number() OVER (PARTITION BY agency_key, fiscal_year_be, measure ORDER BY score_role, document_id) = 1
), weakest AS (
  SELECT *, count(*) OVER (PARTITION BY agency_key, fiscal_year_be) AS known FROM own
  QUALIFY row_number() OVER (PARTITION BY agency_key, fiscal_year_be ORDER BY score, measure) = 1
), measures AS (
  SELECT d.document_id, d.agency_key, d.fiscal_year_be, count(DISTINCT a.ita_indicator) AS indicators,
    list(DISTINCT a.ita_indicator) AS addressed, any_value(coalesce(d.title_raw, d.file_name, d.agency)) AS title
  FROM activities a JOIN agency_documents d ON d.document_id = a.document_id
  WHERE d.doc_type IN ('plan', 'plan_and_result') AND a.ita_indicator IS NOT NULL GROUP BY ALL
)
SELECT {columns("w", "then", "score_id", "w.score_raw")}, m.document_id AS now_document_id, m.title AS now_text,
  w.measure, w.score_raw AS score, w.fiscal_year_be AS previous, list_contains(m.addressed, w.measure) AS is_addressed
FROM measures m JOIN weakest w ON w.agency_key = m.agency_key AND w.fiscal_year_be = m.fiscal_year_be - 1
WHERE m.indicators >= 2 AND w.known >= 5
ORDER BY now_document_id
"""


@comparing_rule(
    "Y07",
    "high",
    scope="agency_years",
    message=(
        "The lowest indicator of {previous} ({measure}, {score}) is not addressed.",
        "ตัวชี้วัดที่ได้คะแนนต่ำสุดปี {previous} ({measure}, {score}) ไม่มีมาตรการ",
    ),
    needs=(
        "a plan ordered by ITA indicators, and last year's scores of five indicators",
        "แผนที่จัดตามตัวชี้วัด ITA และคะแนนปีก่อนอย่างน้อยห้าตัวชี้วัด",
    ),
)
def y07(compared: Comparison) -> Results:
    """A plan that assigns its measures to ITA indicators has one for the weakest of the year before.

    ไทย: แผนที่จัดมาตรการตามตัวชี้วัด ITA ต้องมีมาตรการสำหรับตัวชี้วัดที่ได้คะแนนต่ำสุดของปีก่อน
    """
    for row in compared.sql(_WEAKEST):
        if row["is_addressed"]:
            yield PASS
        else:
            sides = compared.side(row, "now"), compared.side(row, "then")
            yield fail(*sides, absent=True, previous=row["previous"], measure=row["measure"], score=row["score"] or "")


_QUOTED = f"""
WITH earlier AS (
  SELECT *, count(DISTINCT score) OVER (PARTITION BY agency_key, fiscal_year_be, measure) AS tellings FROM own_scores
  WHERE score_role = 'actual' AND document_year = fiscal_year_be
)
SELECT {columns("a", "now", "score_id", "a.score_raw")}, {columns("b", "then", "score_id", "b.score_raw")},
  a.fiscal_year_be AS fy, abs(a.score - b.score) <= 0.01 AS is_same
FROM own_scores a JOIN earlier b USING (agency_key, fiscal_year_be, measure)
WHERE a.document_year > a.fiscal_year_be AND a.score_role <> 'target' AND b.tellings = 1
QUALIFY row_number() OVER (PARTITION BY a.score_id ORDER BY b.score_id) = 1
ORDER BY now_id
"""


@comparing_rule(
    "Y08",
    "high",
    scope="agency_years",
    message=("The score of {fy} is given as {now}, earlier as {then}.", "คะแนนปี {fy} ระบุ {now} แต่เดิม {then}"),
    needs=("a score of an earlier year, and a document of that year", "คะแนนของปีก่อนที่อ้างถึง และเอกสารของปีนั้น"),
)
def y08(compared: Comparison) -> Results:
    """A score of an earlier year is quoted as it was recorded then. After an appeal it may have been changed.

    ไทย: คะแนนของปีก่อนที่อ้างถึงต้องตรงกับที่บันทึกไว้ในปีนั้น ทั้งนี้อาจมีการปรับคะแนนหลังอุทธรณ์
    """
    for row in compared.sql(_QUOTED):
        if row["is_same"]:
            yield PASS
        else:
            sides = compared.side(row, "now"), compared.side(row, "then")
            yield fail(*sides, fy=row["fy"], now=row["now_text"] or "", then=row["then_text"] or "")


@rule(
    "Y09",
    "medium",
    scope="agency_years",
    message=("'{grade}' is not a grade of fiscal year {fy}.", "'{grade}' ไม่ใช่ระดับของปี {fy}"),
    needs=("a grade with its fiscal year", "ระดับผลการประเมินพร้อมปีงบประมาณ"),
    references=("ref_grade_scales",),
)
def y09(case: Case) -> Results:
    """A grade is one of the scale of its fiscal year, not of another year's.

    ไทย: ระดับผลการประเมินต้องเป็นระดับในเกณฑ์ของปีนั้น ไม่ใช่ของปีอื่น
    """
    for score in case.rows(ItaScore):
        scale = grade_scale(score.fiscal_year_be) if score.fiscal_year_be else None
        if scale is None or not score.grade_raw or key(score.grade_raw) not in all_grades():
            continue
        if key(score.grade_raw) in {key(name) for name, _ in scale.bands}:
            yield PASS
        else:
            severity: Severity | None = None if scale.verified else "low"
            year = score.fiscal_year_be or 0
            yield fail(side(score, score.grade_raw), severity=severity, grade=score.grade_raw, fy=year)


_MONEY = """
WITH planned AS (
  SELECT p.document_id, d.agency_key, d.fiscal_year_be AS fy, sum(p.budget_thb) AS thb, any_value(p."where") AS place,
    any_value(p.plan_id) AS plan_id, any_value(p.page) AS page, min(key(p.plan_title)) AS title
  FROM plans p JOIN agency_documents d ON d.document_id = p.document_id
  WHERE p.budget_thb > 0 AND d.fiscal_year_be IS NOT NULL AND d.doc_type IN ('plan', 'plan_and_result')
  GROUP BY p.document_id, d.agency_key, d.fiscal_year_be
), sole AS (SELECT *, count(*) OVER (PARTITION BY agency_key, fy) AS plans FROM planned)
SELECT a.document_id AS now_document_id, a.plan_id AS now_id, a.place AS now_where, a.page AS now_page, a.thb AS now,
  b.document_id AS then_document_id, b.plan_id AS then_id, b.place AS then_where, b.page AS then_page, b.thb AS before,
  a.thb / b.thb AS times
FROM sole a JOIN sole b ON b.agency_key = a.agency_key AND b.fy = a.fy - 1
WHERE a.plans = 1 AND b.plans = 1
  AND similarity(regexp_replace(a.title, '[0-9]+', '#', 'g'), regexp_replace(b.title, '[0-9]+', '#', 'g')) >= 0.8
ORDER BY now_document_id
"""


@comparing_rule(
    "Y10",
    "medium",
    scope="agency_years",
    message=(
        "The budget goes from {before} to {now} baht ({percent}%).",
        "งบประมาณเปลี่ยนจาก {before} เป็น {now} บาท ({percent}%)",
    ),
    needs=("the budget of plans of the same name in two years", "งบประมาณของแผนชื่อเดียวกันในสองปีติดกัน"),
    options={"times": 5},
)
def y10(compared: Comparison) -> Results:
    """The budget of a plan of the same name is not five times, or a fifth, of what it was the year before.

    Often a unit (baht, thousands, millions) was mistaken; a plan may also have grown.

    ไทย: งบประมาณของแผนชื่อเดียวกันไม่ควรเพิ่มหรือลดเกินห้าเท่าจากปีก่อน มักเกิดจากหน่วยเงินผิด แต่แผนอาจขยายขอบเขตจริง
    """
    most = int(compared.options["times"])
    for row in compared.sql(_MONEY):
        if 1 / most < row["times"] < most:
            yield PASS
        else:
            now, before = amount(row["now"]), amount(row["before"])
            sides = compared.side(row, "now", now), compared.side(row, "then", before)
            yield fail(*sides, now=now, before=before, percent=round(100 * float(row["times"]) - 100))


_KINDS = {"plan": ("plan",), "result": REPORTS}
_SERIES = f"""
WITH kept AS (
  SELECT agency_key, any_value(agency) AS agency, fiscal_year_be AS fy, min(document_id) AS document_id,
    any_value(coalesce(title_raw, file_name, agency)) AS title,
    CASE WHEN doc_type = 'plan' THEN 'plan' ELSE 'result' END AS kind
  FROM agency_documents
  WHERE fiscal_year_be IS NOT NULL AND doc_type IN {("plan", *REPORTS)}
  GROUP BY agency_key, fiscal_year_be, kind
)
SELECT document_id AS before_document_id, title AS before_text, fy, agency, kind,
  lead(document_id) OVER series AS after_document_id, lead(title) OVER series AS after_text,
  lead(fy) OVER series AS next
FROM kept WINDOW series AS (PARTITION BY agency_key, kind ORDER BY fy)
QUALIFY next IS NOT NULL ORDER BY before_document_id, after_document_id
"""


@comparing_rule(
    "Y11",
    "medium",
    scope="agency_years",
    message=("The archive has no document for fiscal year {missing}.", "ไม่พบเอกสารปี {missing} ในคลังเอกสาร"),
    needs=("documents of one kind of two years", "เอกสารประเภทเดียวกันอย่างน้อยสองปี"),
)
def y11(compared: Comparison) -> Results:
    """An agency's plans, and its reports, follow one another without a gap. What is missing may only be missing here.

    Where the archive has a document that may be the missing one, with an agency that was not read, nothing can be said.

    ไทย: แผนและรายงานของหน่วยงานควรมีต่อเนื่องทุกปี เอกสารที่ไม่พบอาจเพียงไม่อยู่ในคลังนี้
    """
    for row in compared.sql(_SERIES):
        if row["next"] == row["fy"] + 1:
            yield PASS
        for year in range(row["fy"] + 1, row["next"]):
            if compared.is_perhaps_kept(row["agency"], year, _KINDS[row["kind"]]):
                yield skip(*NAMELESS)
                continue
            sides = compared.side(row, "before"), compared.side(row, "after")
            yield fail(*sides, cause="archive_gap", absent=True, topic=str(year), missing=year)


_GOALS = f"""
WITH reached AS (
  SELECT *, count(DISTINCT score) OVER (PARTITION BY agency_key, fiscal_year_be) AS tellings FROM own_scores
  WHERE score_role = 'actual' AND measure = 'TOTAL'
)
SELECT {columns("p", "goal", "plan_id", "p.goal_raw")}, {columns("s", "result", "score_id", "s.score_raw")},
  d.fiscal_year_be AS fy, s.score >= p.goal_value AS is_reached
FROM plans p JOIN agency_documents d ON d.document_id = p.document_id
  JOIN reached s ON s.agency_key = d.agency_key AND s.fiscal_year_be = d.fiscal_year_be
WHERE p.goal_measure = 'ita_score' AND p.goal_value IS NOT NULL AND s.tellings = 1 AND s.document_id <> p.document_id
  AND coalesce(p.goal_operator, '>=') IN ('>=', '>', '=')
QUALIFY row_number() OVER (PARTITION BY p.plan_id ORDER BY s.score_id) = 1
ORDER BY goal_id
"""


@comparing_rule(
    "Y16",
    "medium",
    scope="agency_years",
    message=("The goal of {fy} was '{goal}'; the result is {result}.", "เป้าหมายปี {fy} คือ '{goal}' ผลจริง {result}"),
    needs=("a goal in points and the year's total score", "เป้าหมายเป็นคะแนน และคะแนนรวมของปีนั้น"),
)
def y16(compared: Comparison) -> Results:
    """The total score that a plan aimed at was reached in its year.

    ไทย: คะแนนรวมของปีต้องถึงเป้าหมายที่แผนกำหนดไว้
    """
    for row in compared.sql(_GOALS):
        if row["is_reached"]:
            yield PASS
        else:
            sides = compared.side(row, "goal"), compared.side(row, "result")
            yield fail(*sides, fy=row["fy"], goal=row["goal_text"] or "", result=row["result_text"] or "")
