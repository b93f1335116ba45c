"""Text taken over from another agency: plans, and sentences on results."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ita_extract.audit.comparison import Comparison, columns
from ita_extract.audit.results import PASS, Results, fail
from ita_extract.audit.rule import comparing_rule
from ita_extract.lexicon import load
from ita_extract.thai.text import key

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


_SENTENCES = f"""
WITH told AS (
  SELECT o.outcome_id, o.document_id, d.agency_key, d.fiscal_year_be AS fy, hash(key(o.text)) AS sentence
  FROM outcomes o JOIN agency_documents d ON d.document_id = o.document_id WHERE length(o.text) >= 80
), shared AS (
  SELECT fy, sentence, count(DISTINCT agency_key) AS agencies FROM told GROUP BY ALL HAVING agencies IN (2, 3)
), rare AS (
  SELECT t.*, s.agencies FROM told t JOIN shared s ON s.sentence = t.sentence AND s.fy IS NOT DISTINCT FROM t.fy
), pairs AS MATERIALIZED (
  SELECT a.outcome_id AS first, b.outcome_id AS second, a.document_id AS one, b.document_id AS two,
    a.agency_key AS one_name, b.agency_key AS two_name, a.agencies - 1 AS others
  FROM rare a JOIN rare b ON a.sentence = b.sentence AND a.fy IS NOT DISTINCT FROM b.fy AND a.agency_key < b.agency_key
), joint AS (
  SELECT DISTINCT p.one, p.two FROM pairs p JOIN events e ON e.document_id = p.one
  JOIN events f ON f.document_id = p.two AND f.start_date = e.start_date
)
SELECT {columns("a", "one", "outcome_id", "a.text")}, {columns("b", "two", "outcome_id", "b.text")}, p.others,
  p.one_name, p.two_name, key(c.agency_abbr) AS one_short, key(d.agency_abbr) AS two_short,
  j.one IS NOT NULL AS is_joint
FROM pairs p JOIN outcomes a ON a.outcome_id = p.first JOIN outcomes b ON b.outcome_id = p.second
JOIN documents c ON c.document_id = p.one JOIN documents d ON d.document_id = p.two
LEFT JOIN joint j ON j.one = p.one AND j.two = p.two WHERE key(a.text) = key(b.text)
ORDER BY one_id, two_id
"""
_WORDED = """
SELECT count(DISTINCT d.agency_key) AS agencies FROM outcomes o JOIN agency_documents d USING (document_id)
WHERE length(o.text) >= 80
"""


@comparing_rule(
    "A06",
    "medium",
    scope="agencies",
    message=("The result sentence is shared with {count} other agencies.", "ข้อความผลลัพธ์ซ้ำกับอีก {count} หน่วยงาน"),
    needs=("results in words of two agencies", "ผลการดำเนินงานเป็นข้อความของหน่วยงานอย่างน้อยสองแห่ง"),
)
def a06(compared: Comparison) -> Results:
    """A result told in eighty letters or more is not another agency's, word for word.

    Agencies that report an event of the same day may have held it together, and so have those of which the sentence
    says so: it names both with a word such as "together", or one of them right behind it. A sentence of more than three
    agencies is a form's.

    ไทย: ข้อความผลการดำเนินงานที่ยาวตั้งแต่ 80 ตัวอักษรไม่ควรเหมือนกับของหน่วยงานอื่นทุกคำ เว้นแต่จัดกิจกรรมร่วมกันในวันเดียวกัน
    หรือข้อความนั้นระบุเองว่าจัดร่วมกับอีกหน่วยงานหนึ่ง
    """
    found = False
    for row in compared.sql(_SENTENCES):
        found = True
        if row["is_joint"] or _says_joint(row):
            yield PASS
        else:
            yield fail(compared.side(row, "one"), compared.side(row, "two"), count=row["others"])
    if not found and next(compared.sql(_WORDED))["agencies"] > 1:
        yield PASS


def _says_joint(row: Mapping[str, Any]) -> bool:
    """Whether a sentence says that the two agencies did together what it tells of. A partner of one of them is none."""
    plain = key(row["one_text"] or "")
    joint = "|".join(re.escape(key(word)) for word in load("audit_words")["joint_words"])
    one, two = (
        "|".join(re.escape(name) for name in (row[f"{side}_name"], row[f"{side}_short"]) if name)
        for side in ("one", "two")
    )
    is_behind = re.search(rf"(?:{joint})(?:{one}|{two})", plain)
    return bool(is_behind or (re.search(joint, plain) and re.search(one, plain) and re.search(two, plain)))
