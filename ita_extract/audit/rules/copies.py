"""Text taken over from another agency."""

from __future__ import annotations

from ita_extract.audit.comparison import Comparison
from ita_extract.audit.results import PASS, Results, fail
from ita_extract.audit.rule import comparing_rule

_COPIES = """
WITH plans AS (SELECT * FROM agency_documents WHERE doc_type IN ('plan', 'plan_and_result')), both_ways AS (
  SELECT one AS document_id, two AS other, of_one AS share FROM text_pairs
  UNION ALL SELECT two, one, of_two FROM text_pairs
), pairs AS (
  SELECT c.*, b.agency FROM both_ways c JOIN plans a USING (document_id) JOIN plans b ON b.document_id = c.other
  WHERE NOT contains(a.agency_key, b.agency_key) AND NOT contains(b.agency_key, a.agency_key)
), copies AS (
  SELECT * FROM pairs
  QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY share DESC, other) = 1
), shared AS (
  SELECT c.document_id, min(mine.activity_id) AS item, count(*) AS items
  FROM copies c JOIN items mine ON mine.document_id = c.document_id
    JOIN items theirs ON theirs.document_id = c.other AND theirs.title_key = mine.title_key
  WHERE length(mine.title_key) >= 10 GROUP BY ALL
)
SELECT p.document_id AS here_document_id, s.item AS here_id, a."where" AS here_where, a.page AS here_page,
  coalesce(a.title, p.title_raw, p.file_name) AS here_text, c.other AS there_document_id,
  coalesce(a.title, o.title_raw, o.file_name) AS there_text, c.agency AS other, coalesce(c.share, 0) AS share
FROM plans p LEFT JOIN copies c USING (document_id) LEFT JOIN shared s USING (document_id)
  LEFT JOIN activities a ON a.activity_id = s.item LEFT JOIN documents o ON o.document_id = c.other
WHERE (SELECT count(DISTINCT agency_key) FROM plans) > 1 ORDER BY here_document_id
"""


@comparing_rule(
    "A01",
    "medium",
    scope="agencies",
    message=("{percent}% of the plan is that of {other}.", "ข้อความในแผนเหมือนของ {other} ร้อยละ {percent}"),
    needs=("plans of two agencies", "แผนของหน่วยงานอย่างน้อยสองแห่ง"),
    options={"percent": 60},
)
def a01(compared: Comparison) -> Results:
    """A plan is the agency's own: most of its text is not that of another agency's plan.

    Compared are runs of twenty letters, tone marks and spaces aside; runs that more than three agencies print are a
    form's, and are left out. A ministry may have given a text to all its offices: agencies whose name contains the
    other's are not compared.

    ไทย: แผนควรเป็นของหน่วยงานเอง ข้อความส่วนใหญ่ไม่ควรเหมือนแผนของหน่วยงานอื่น

    เทียบข้อความทีละยี่สิบตัวอักษร ไม่นับวรรณยุกต์และช่องว่าง ข้อความที่พบเกินสามหน่วยงานถือเป็นแบบฟอร์มและไม่นำมาคิด
    ทั้งนี้กระทรวงอาจแจกข้อความให้หน่วยงานในสังกัด จึงไม่เทียบหน่วยงานที่ชื่อเป็นส่วนหนึ่งของกัน
    """
    for row in compared.sql(_COPIES):
        if 100 * row["share"] < int(compared.options["percent"]):
            yield PASS
        else:
            sides = compared.side(row, "here"), compared.side(row, "there")
            yield fail(*sides, percent=round(100 * row["share"]), other=row["other"])
