"""Documents that belong together: a report and its plan, the series of an agency, copies, common people and events.

Each link has a score from 0 to 1 and says what it is made of. What scores less than `LEAST`, or not clearly more than
another candidate, is not linked: no link is better than a guess.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ita_extract.audit.comparison import Comparison
from ita_extract.records import DocumentLink, LinkType

LEAST = 0.6
"""Score of a link. Agency and year alone give two thirds of the score of a report or a series."""
CLEARLY = 0.1
"""A link scores so much more than the next candidate."""
COPY = 0.7
"""Share of common text (Dice) of a near duplicate: a scan of a print, a draft and its final form."""
REUSED = 0.9
"""The same where year or round differ: an agency's documents are made after those of the year before."""

_BEST = f"""
  QUALIFY row_number() OVER (PARTITION BY "from" ORDER BY score DESC, "to") = 1
    AND score >= {LEAST} AND score >= {CLEARLY} + coalesce(max(score) OVER (
      PARTITION BY "from" ORDER BY score DESC, "to" ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING), 0)
"""
_RESULT_OF = f"""
WITH pairs AS (
  SELECT r.document_id AS "from", p.document_id AS "to", r.fiscal_year_be = p.fiscal_year_be AS is_one_year,
    similarity(key(r.title_raw), key(p.title_raw)) AS titles
  FROM agency_documents p JOIN agency_documents r ON r.agency_key = p.agency_key AND r.document_id <> p.document_id
    AND coalesce(r.fiscal_year_be = p.fiscal_year_be, true)
  WHERE p.doc_type = 'plan' AND r.doc_type IN ('result_report', 'plan_and_result', 'progress_report')
), firsts AS (SELECT * FROM items WHERE parent_id IS NULL AND level <> 'step'
), counts AS (SELECT document_id, count(*) AS items FROM firsts GROUP BY document_id
), found AS (
  SELECT "from", "to", count(DISTINCT a.activity_id) AS found FROM pairs
  JOIN firsts a ON a.document_id = "to" JOIN items b ON b.document_id = "from"
  WHERE is_one_item(similarity(a.title_key, b.title_key), a.number, a.level, b.number, b.level)
  GROUP BY ALL
), told AS (
  SELECT p.*, planned.items AS items, CASE WHEN reported.items IS NOT NULL THEN coalesce(f.found, 0) END AS found
  FROM pairs p LEFT JOIN counts planned ON planned.document_id = p."to"
    LEFT JOIN counts reported ON reported.document_id = p."from"
    LEFT JOIN found f ON f."from" = p."from" AND f."to" = p."to"
)
SELECT *, (1 + coalesce(is_one_year, false)::INT + coalesce(found / items, titles, 0)) / 3 AS score FROM told
{_BEST} ORDER BY "from"
"""
_NEXT_YEAR = f"""
WITH kinds AS (
  SELECT *, regexp_replace(key(title_raw), '[0-9]+', '', 'g') AS title, CASE
      WHEN doc_type IN ('result_report', 'plan_and_result') THEN 'report'
      WHEN doc_type = 'progress_report' THEN coalesce(reporting_round, '') || doc_type ELSE doc_type END AS kind
  FROM agency_documents WHERE fiscal_year_be IS NOT NULL
    AND doc_type IN ('plan', 'result_report', 'plan_and_result', 'progress_report', 'score_sheet')
), pairs AS (
  SELECT a.document_id AS "from", b.document_id AS "to", a.fiscal_year_be AS one_year, b.fiscal_year_be AS other_year,
    coalesce(similarity(a.title, b.title), 0) AS titles, (2 + titles) / 3 AS score
  FROM kinds a JOIN kinds b ON b.agency_key = a.agency_key AND b.kind = a.kind
    AND b.fiscal_year_be = a.fiscal_year_be + 1
), best AS (SELECT * FROM pairs {_BEST})
SELECT * FROM best QUALIFY count(*) OVER (PARTITION BY "to") = 1 ORDER BY "from"
"""
_EXACT = """
SELECT document_id AS "from", first_value(document_id) OVER same AS "to", 1 AS score FROM texts
WHERE text_hash IS NOT NULL WINDOW same AS (PARTITION BY text_hash ORDER BY document_id)
QUALIFY row_number() OVER same > 1 ORDER BY "from"
"""
_NEAR = f"""
SELECT p.two AS "from", p.one AS "to", p.alike AS score, a.agency_key = b.agency_key AS is_one_agency,
  a.fiscal_year_be = b.fiscal_year_be AS is_one_year
FROM text_pairs p JOIN texts s ON s.document_id = p.one JOIN texts t ON t.document_id = p.two
  LEFT JOIN agency_documents a ON a.document_id = p.one LEFT JOIN agency_documents b ON b.document_id = p.two
WHERE p.alike >= CASE WHEN a.fiscal_year_be <> b.fiscal_year_be OR a.reporting_round <> b.reporting_round
    THEN {REUSED} ELSE {COPY} END AND s.text_hash IS DISTINCT FROM t.text_hash ORDER BY "from", "to"
"""
_SAME_EVENT = f"""
WITH held AS (
  SELECT e.*, d.agency_key, key(e.name) AS title FROM events e LEFT JOIN agency_documents d USING (document_id)
  WHERE length(e.start_date) = 10 AND length(key(e.name)) >= 10
), firsts AS (SELECT * FROM held QUALIFY row_number() OVER (PARTITION BY start_date, title ORDER BY event_id) = 1
), pairs AS (
  SELECT a.document_id AS "from", b.document_id AS "to", a.event_id AS from_id, b.event_id AS to_id, b.name,
    b.date_raw AS date, 1.0 AS score
  FROM held a JOIN firsts b ON b.start_date = a.start_date AND b.title = a.title AND b.document_id < a.document_id
  UNION ALL
  SELECT a.document_id, b.document_id, a.event_id, b.event_id, b.name, b.date_raw, similarity(a.title, b.title)
  FROM firsts a JOIN firsts b ON b.start_date = a.start_date AND b.agency_key = a.agency_key
    AND b.document_id < a.document_id AND b.title <> a.title
  WHERE similarity(a.title, b.title) >= {LEAST}
)
SELECT "from", "to", max(score) AS score, string_agg(DISTINCT from_id, ';' ORDER BY from_id) AS from_ids,
  string_agg(DISTINCT to_id, ';' ORDER BY to_id) AS to_ids,
  string_agg(DISTINCT concat_ws(', ', name, date), '; ' ORDER BY concat_ws(', ', name, date)) AS names
FROM pairs GROUP BY "from", "to" ORDER BY "from", "to"
"""
_PEOPLE = """
  SELECT document_id, event_person_id AS id, given_name, surname, position_raw FROM event_people
  UNION ALL SELECT document_id, attendee_id, given_name, surname, position_raw FROM attendees
"""
_SAME_PERSON = f"""
WITH people AS ({_PEOPLE}), named AS (
  SELECT p.*, key(concat_ws(' ', given_name, surname)) AS person, key(position_raw) AS post, d.agency_key
  FROM people p LEFT JOIN agency_documents d USING (document_id) WHERE given_name IS NOT NULL AND surname IS NOT NULL
), each AS (SELECT * FROM named QUALIFY row_number() OVER (PARTITION BY person, document_id ORDER BY id) = 1
), pairs AS (
  SELECT *, first_value(document_id) OVER same AS to_document, first_value(id) OVER same AS to_id,
    first_value(agency_key) OVER same AS to_agency, first_value(post) OVER same AS to_post
  FROM each WINDOW same AS (PARTITION BY person ORDER BY document_id)
), scored AS (
  SELECT document_id AS "from", to_document AS "to", id AS from_id, to_id, 0.5
      + CASE WHEN agency_key = to_agency THEN 0.2 ELSE 0 END
      + CASE WHEN similarity(post, to_post) >= 0.6 OR contains(post, to_post) OR contains(to_post, post)
        THEN 0.3 ELSE 0 END AS score
  FROM pairs WHERE document_id <> to_document
)
SELECT "from", "to", min(score) AS score, string_agg(from_id, ';' ORDER BY from_id) AS from_ids,
  string_agg(to_id, ';' ORDER BY to_id) AS to_ids, count(*) AS people
FROM scored WHERE score >= {LEAST} GROUP BY "from", "to" ORDER BY "from", "to"
"""


def links(compared: Comparison) -> Iterator[DocumentLink]:
    """The links between the documents, type by type.

    `result_of` leads from a report to its plan, `next_year` from a document to its follower, `exact_duplicate` and
    `near_duplicate`, `same_event` and `same_person` to the document that comes first by its id.
    """
    for row in compared.sql(_RESULT_OF):
        year = ("same agency and fiscal year", "หน่วยงานและปีงบประมาณเดียวกัน")
        if row["is_one_year"] is None:
            year = ("same agency, the fiscal year of one is not known", "หน่วยงานเดียวกัน แต่ไม่ทราบปีงบประมาณของฉบับหนึ่ง")
        yield _link("result_of", row, _with_content(row, *year))
    for row in compared.sql(_NEXT_YEAR):
        years = row["one_year"], row["other_year"]
        titles = round(100 * row["titles"])
        english = f"same agency and kind of document, fiscal years {years[0]} and {years[1]}, titles {titles}% alike"
        thai = f"หน่วยงานและประเภทเอกสารเดียวกัน ปีงบประมาณ {years[0]} และ {years[1]} ชื่อเอกสารตรงกันร้อยละ {titles}"
        yield _link("next_year", row, (english, thai))
    for row in compared.sql(_EXACT):
        yield _link("exact_duplicate", row, ("the texts are the same", "ข้อความเหมือนกันทั้งฉบับ"))
    for row in compared.sql(_NEAR):
        yield _link("near_duplicate", row, _in_common(row))
    for row in compared.sql(_SAME_EVENT):
        yield _link("same_event", row, (f"same day and title: {row['names']}", f"วันเดียวกันและชื่อตรงกัน: {row['names']}"))
    for row in compared.sql(_SAME_PERSON):
        # Names stay out of it: they are personal data, and stand in the records.
        english = f"same name, and the same agency or a like position: {row['people']}"
        yield _link("same_person", row, (english, f"ชื่อเดียวกัน และหน่วยงานเดียวกันหรือตำแหน่งใกล้เคียงกัน: {row['people']} คน"))


def _with_content(row: dict[str, Any], english: str, thai: str) -> tuple[str, str]:
    if row["found"] is not None and row["items"]:
        told = f"{row['found']}/{row['items']}"
        return f"{english}, {told} planned items are in the report", f"{thai} พบรายการตามแผน {told} รายการในรายงาน"
    if row["titles"] is not None:
        titles = round(100 * row["titles"])
        return f"{english}, titles {titles}% alike", f"{thai} ชื่อเอกสารตรงกันร้อยละ {titles}"
    return english, thai


def _in_common(row: dict[str, Any]) -> tuple[str, str]:
    percent = round(100 * row["score"])
    english, thai = f"{percent}% of the text is common", f"ข้อความตรงกันร้อยละ {percent}"
    if row["is_one_agency"] is False:
        english, thai = f"{english}; two agencies", f"{thai} ต่างหน่วยงาน"
    if row["is_one_year"] is False:
        english, thai = f"{english}; two fiscal years", f"{thai} ต่างปีงบประมาณ"
    return english, thai


def _link(kind: LinkType, row: dict[str, Any], reason: tuple[str, str]) -> DocumentLink:
    ends = row["from"], row["to"]
    return DocumentLink(
        link_id="L" + hashlib.sha256("|".join((kind, *ends)).encode()).hexdigest()[:16],
        from_document_id=ends[0],
        to_document_id=ends[1],
        link_type=kind,
        score=round(Decimal(str(row["score"])), 3),
        from_record_refs=row.get("from_ids"),
        to_record_refs=row.get("to_ids"),
        reason_en=reason[0],
        reason_th=reason[1],
    )
