"""A plan and the reports on it: was there a report, does it tell of everything, and of the same things?"""

from __future__ import annotations

from ita_extract.audit.case import Case
from ita_extract.audit.comparison import ALIKE, NAMELESS, REPORTS, Comparison, columns
from ita_extract.audit.results import PASS, Results, Severity, fail, side, skip
from ita_extract.audit.rule import comparing_rule, rule
from ita_extract.records import Indicator

_PLANS = f"""
WITH newest AS (SELECT max(fiscal_year_be) AS year FROM documents),
reports AS (
  SELECT agency_key, fiscal_year_be FROM agency_documents
  WHERE doc_type IN {REPORTS}
    AND is_of_whole_year(doc_type, reporting_round)
)
SELECT p.document_id AS plan_document_id, plan.plan_id, plan."where" AS plan_where, plan.page AS plan_page,
  coalesce(plan.plan_title, p.title_raw, p.file_name) AS plan_text, p.agency, p.fiscal_year_be AS fy,
  newest.year > p.fiscal_year_be AS is_over,
  count(r.agency_key) FILTER (r.fiscal_year_be = p.fiscal_year_be) > 0 AS is_reported,
  count(r.agency_key) FILTER (r.fiscal_year_be IS NULL) > 0 AS is_perhaps_reported,
  count(r.agency_key) > 0 AS reports_are_kept
FROM agency_documents p CROSS JOIN newest
  LEFT JOIN reports r ON r.agency_key = p.agency_key
  LEFT JOIN plans plan ON plan.plan_id = (SELECT min(first.plan_id) FROM plans first
                                          WHERE first.document_id = p.document_id)
WHERE p.doc_type = 'plan' AND p.fiscal_year_be IS NOT NULL
GROUP BY ALL ORDER BY plan_document_id
"""


@comparing_rule(
    "P01",
    "high",
    scope="plan_result",
    message=(
        "The archive has no result report on '{plan}' of fiscal year {fy}.",
        "ไม่พบรายงานผลของ '{plan}' ปีงบประมาณ {fy} ในคลังเอกสาร",
    ),
    needs=("a plan whose agency and fiscal year are known", "แผนที่ทราบหน่วยงานและปีงบประมาณ"),
)
def p01(compared: Comparison) -> Results:
    """A plan of a year that is over has a result report of the same agency and fiscal year.

    A year is over when the archive has a document of a later one. The report may exist and only be missing in the
    archive: that is the likely cause given. Where the archive has no report of that agency at all, the finding is of
    medium severity; where it has one whose year is not known or whose agency may be misread, nothing can be said.

    ไทย: แผนของปีที่สิ้นสุดแล้วต้องมีรายงานผลของหน่วยงานและปีงบประมาณเดียวกัน

    ถือว่าปีงบประมาณสิ้นสุดแล้วเมื่อในคลังมีเอกสารของปีถัดไป รายงานอาจมีอยู่แต่ไม่อยู่ในคลัง จึงระบุสาเหตุว่าคลังเอกสารไม่ครบ
    """
    for row in compared.sql(_PLANS):
        if row["is_reported"]:
            yield PASS
        elif not row["is_over"]:
            yield skip("the fiscal year may not be over", "ปีงบประมาณอาจยังไม่สิ้นสุด")
        elif row["is_perhaps_reported"]:
            yield skip("the year of a report is not known", "ไม่ทราบปีของรายงานผลบางฉบับ")
        elif compared.is_perhaps_kept(row["agency"], row["fy"], REPORTS):
            yield skip(*NAMELESS)
        else:
            severity: Severity | None = None if row["reports_are_kept"] else "medium"
            plan = compared.side(row, "plan")
            yield fail(
                plan, severity=severity, cause="archive_gap", absent=True, plan=row["plan_text"] or "", fy=row["fy"]
            )


_UNREPORTED = f"""
WITH planned AS (
  SELECT r.plan, r.report, r.fy, i.activity_id,
    i.activity_id IN (SELECT m.planned FROM reported_items m WHERE m.report = r.report) AS is_reported
  FROM plan_reports r JOIN items i ON i.document_id = r.plan
  WHERE r.is_final AND i.parent_id IS NULL AND i.level <> 'step'
), shares AS (
  SELECT report, count(*) AS items, count(*) FILTER (is_reported) AS found FROM planned GROUP BY report
)
SELECT {columns("a", "plan", "activity_id", "a.title")}, p.report AS report_document_id,
  coalesce(d.title_raw, d.file_name) AS report_text, p.is_reported, 2 * s.found >= s.items AS is_followed
FROM planned p JOIN shares s USING (report) JOIN activities a USING (activity_id)
  JOIN agency_documents d ON d.document_id = p.report
ORDER BY plan_id, report_document_id
"""


@comparing_rule(
    "P03",
    "high",
    scope="plan_result",
    message=("Planned '{plan}' is not reported.", "แผน '{plan}' ไม่มีรายงานผล"),
    needs=("a plan with items and the final report on it", "แผนที่มีรายการ พร้อมรายงานผลฉบับสุดท้าย"),
)
def p03(compared: Comparison) -> Results:
    """Every item of a plan is in the final report on it, by its title, or by its number and a similar title.

    Reports of three, six or nine months need not tell of everything. Where less than half of a plan is found in a
    report, the two are worded too differently to be compared.

    ไทย: ทุกรายการในแผนต้องมีในรายงานผลฉบับสุดท้าย โดยชื่อตรงกัน หรือลำดับตรงกันและชื่อใกล้เคียง

    รายงานรอบ 3, 6 และ 9 เดือนไม่จำเป็นต้องครบทุกรายการ และหากพบไม่ถึงครึ่งหนึ่งของแผน จะถือว่าถ้อยคำต่างกันเกินกว่าจะเทียบได้
    """
    for row in compared.sql(_UNREPORTED):
        if row["is_reported"]:
            yield PASS
        elif not row["is_followed"]:
            yield skip("plan and report are worded differently", "ถ้อยคำในแผนและรายงานต่างกันมาก")
        else:
            yield fail(compared.side(row, "plan"), compared.side(row, "report"), absent=True, plan=row["plan_text"])


_TARGETS = f"""
WITH named AS (
  SELECT *, key(indicator) AS name, count(*) OVER (PARTITION BY document_id, key(indicator)) AS times
  FROM indicators WHERE indicator IS NOT NULL AND target_value IS NOT NULL
)
SELECT {columns("a", "plan", "indicator_id", "a.target_raw")}, {columns("b", "report", "indicator_id", "b.target_raw")},
  a.target_value = b.target_value AND replace(coalesce(a.target_operator, '>='), '>=', '=')
    = replace(coalesce(b.target_operator, '>='), '>=', '=') AS is_kept
FROM plan_reports r JOIN named a ON a.document_id = r.plan JOIN named b ON b.document_id = r.report
WHERE a.name = b.name AND a.times = 1 AND b.times = 1
  AND (a.target_unit IS NULL OR b.target_unit IS NULL OR a.target_unit = b.target_unit)
ORDER BY plan_id, report_id
"""


@comparing_rule(
    "P04",
    "high",
    scope="plan_result",
    message=("The target was {plan} in the plan and is {report} in the report.", "เป้าหมายเปลี่ยนจาก {plan} เป็น {report}"),
    needs=("an indicator with its target in plan and report", "ตัวชี้วัดเดียวกันที่มีเป้าหมายทั้งในแผนและรายงาน"),
)
def p04(compared: Comparison) -> Results:
    """The target of an indicator is the same in the plan and in the report on it.

    Only indicators of the same name that stand once in either document are compared. "Not less than" and "equal to"
    count as the same. A revision of the plan may have been approved.

    ไทย: เป้าหมายของตัวชี้วัดในรายงานต้องตรงกับในแผน

    เทียบเฉพาะตัวชี้วัดชื่อเดียวกันที่ปรากฏครั้งเดียวในแต่ละฉบับ "ไม่น้อยกว่า" กับ "เท่ากับ" ถือว่าเหมือนกัน การปรับแผนอาจได้รับอนุมัติแล้ว
    """
    for row in compared.sql(_TARGETS):
        if row["is_kept"]:
            yield PASS
        else:
            sides = compared.side(row, "plan"), compared.side(row, "report")
            yield fail(*sides, plan=row["plan_text"] or "", report=row["report_text"] or "")


_OWNERS = f"""
WITH owners AS (
  SELECT *, key(unit) AS name FROM responsibilities
  WHERE role IN ('lead', 'responsible') AND unit IS NOT NULL AND activity_id IS NOT NULL
), firsts AS (SELECT * FROM owners QUALIFY row_number() OVER (PARTITION BY activity_id ORDER BY responsibility_id) = 1)
SELECT {columns("a", "plan", "responsibility_id", "a.unit_raw")},
  {columns("b", "report", "responsibility_id", "b.unit_raw")},
  EXISTS (
    SELECT 1 FROM owners one JOIN owners two ON two.activity_id = m.reported
    WHERE one.activity_id = m.planned AND (contains(one.name, two.name) OR contains(two.name, one.name)
      OR similarity(one.name, two.name) >= {ALIKE})
  ) AS is_kept
FROM reported_items m JOIN firsts a ON a.activity_id = m.planned JOIN firsts b ON b.activity_id = m.reported
ORDER BY plan_id, report_id
"""


@comparing_rule(
    "P10",
    "low",
    scope="plan_result",
    message=("The owner was {plan} in the plan and is {report} in the report.", "ผู้รับผิดชอบเปลี่ยนจาก {plan} เป็น {report}"),
    needs=("an item with its unit in plan and report", "รายการที่ระบุผู้รับผิดชอบทั้งในแผนและรายงาน"),
)
def p10(compared: Comparison) -> Results:
    """At least one of the units responsible for a planned item is responsible for it in the report.

    A unit named with or without its department is the same. Reorganisations happen.

    ไทย: ผู้รับผิดชอบในรายงานต้องมีอย่างน้อยหนึ่งหน่วยงานตรงกับในแผน ทั้งนี้อาจมีการปรับโครงสร้างหน่วยงาน
    """
    for row in compared.sql(_OWNERS):
        if row["is_kept"]:
            yield PASS
        else:
            sides = compared.side(row, "plan"), compared.side(row, "report")
            yield fail(
                *sides, differs_from=row["plan_text"], plan=row["plan_text"] or "", report=row["report_text"] or ""
            )


_PROGRESS = f"""
WITH told AS (
  SELECT d.agency_key, d.fiscal_year_be AS fy, i.title_key, o.*,
    CASE d.reporting_round WHEN '3m' THEN 3 WHEN '6m' THEN 6 WHEN '9m' THEN 9 ELSE 12 END AS months,
    count(*) OVER (PARTITION BY o.document_id, i.title_key) AS times
  FROM outcomes o JOIN items i USING (activity_id) JOIN agency_documents d ON d.document_id = o.document_id
  WHERE o.progress_percent IS NOT NULL AND d.reporting_round IS NOT NULL
)
SELECT {columns("a", "early", "outcome_id", "a.source_text")}, {columns("b", "late", "outcome_id", "b.source_text")},
  a.progress_percent AS before, b.progress_percent AS after, a.months AS early_months, b.months AS late_months
FROM told a JOIN told b USING (agency_key, fy, title_key)
WHERE a.months < b.months AND a.times = 1 AND b.times = 1
ORDER BY early_id, late_id
"""


@comparing_rule(
    "P12",
    "high",
    scope="plan_result",
    message=(
        "Progress fell from {before}% after {early} months to {after}% after {late}.",
        "ความก้าวหน้าลดลงจากร้อยละ {before} (รอบ {early} เดือน) เป็นร้อยละ {after} (รอบ {late} เดือน)",
    ),
    needs=("progress of one item in reports of two rounds of a year", "ความก้าวหน้าของรายการเดียวกันในรายงานสองรอบของปี"),
)
def p12(compared: Comparison) -> Results:
    """Progress grows, or stays, from one report of a year to the next. Some agencies report each round by itself.

    ไทย: ความก้าวหน้าสะสมต้องไม่ลดลงจากรอบก่อน ทั้งนี้บางหน่วยงานรายงานแยกแต่ละรอบ
    """
    for row in compared.sql(_PROGRESS):
        if row["after"] >= row["before"]:
            yield PASS
        else:
            sides = compared.side(row, "early"), compared.side(row, "late")
            before, after = (f"{row[name].normalize():f}" for name in ("before", "after"))
            yield fail(*sides, before=before, after=after, early=row["early_months"], late=row["late_months"])


@rule(
    "P18",
    "info",
    scope="plan_result",
    message=("All {count} indicators meet their targets exactly.", "ตัวชี้วัดทั้ง {count} ตัวได้ผลเท่าเป้าหมายพอดี"),
    needs=("at least four indicators with target and result", "ตัวชี้วัดอย่างน้อยสี่ตัวที่มีเป้าหมายและผล"),
    options={"least": 4},
)
def p18(case: Case) -> Results:
    """Not every result of a report equals its target to the digit. Results of a whole hundred percent do not count.

    ไทย: ผลของตัวชี้วัดทุกตัวไม่ควรเท่ากับเป้าหมายพอดีทั้งหมด ไม่นับผลที่เป็นร้อยละ 100
    """
    known = [i for i in case.rows(Indicator) if None not in (i.target_value, i.actual_value) and i.actual_value != 100]
    if len(known) < int(case.options["least"]):
        return
    if any(indicator.actual_value != indicator.target_value for indicator in known):
        yield PASS
    else:
        yield fail(*(side(i, i.actual_raw or i.target_raw) for i in known), count=len(known))
