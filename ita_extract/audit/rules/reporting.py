"""A plan and the reports on it: was there a report at all?"""

from __future__ import annotations

from ita_extract.audit.comparison import Comparison
from ita_extract.audit.results import PASS, Results, Severity, fail, skip
from ita_extract.audit.rule import comparing_rule

_PLANS = """
WITH newest AS (SELECT max(fiscal_year_be) AS year FROM documents),
reports AS (
  SELECT agency_key, fiscal_year_be FROM agency_documents
  WHERE doc_type IN ('result_report', 'plan_and_result')
    OR (doc_type = 'progress_report' AND reporting_round IN ('12m', 'annual'))
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
    medium severity; where it has one whose year is not known, nothing can be said.

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
        else:
            severity: Severity | None = None if row["reports_are_kept"] else "medium"
            plan = compared.side(row, "plan")
            yield fail(plan, severity=severity, cause="archive_gap", plan=row["plan_text"] or "", fy=row["fy"])
