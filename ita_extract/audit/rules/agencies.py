"""Agencies side by side: names and texts taken over, people in two places, figures far from those of the others."""

from __future__ import annotations

from functools import cache

from ita_extract.audit.comparison import Comparison, columns
from ita_extract.audit.results import PASS, Passed, Results, fail, skip
from ita_extract.audit.rule import comparing_rule
from ita_extract.lexicon import load

_OFFICE = 5
"""Rank from which a head of a name is that of a body of its own (`lexicon/organisations.yaml`)."""
_FOREIGN = """
WITH agencies AS (
  SELECT agency_key, min(document_id) AS document_id, any_value(agency) AS agency FROM agency_documents
  WHERE length(agency_key) >= 10 GROUP BY agency_key
), titles AS (
  SELECT d.document_id, d.agency_key, d.title_raw AS text, NULL AS id, NULL AS place, NULL AS page
  FROM agency_documents d
  WHERE d.doc_type IN ('plan', 'result_report', 'plan_and_result', 'progress_report') AND d.title_raw IS NOT NULL
  UNION ALL
  SELECT p.document_id, d.agency_key, text, p.plan_id, p."where", p.page
  FROM plans p JOIN agency_documents d ON d.document_id = p.document_id,
    unnest([p.plan_title, p.objective, p.goal_raw]) AS parts(text)
  WHERE d.doc_type IN ('plan', 'result_report', 'plan_and_result', 'progress_report') AND text IS NOT NULL
), named AS (
  SELECT DISTINCT o.document_id, key(o.name) AS name FROM organisations o WHERE o.name IS NOT NULL
)
SELECT t.document_id AS here_document_id, t.id AS here_id, t.place AS here_where, t.page AS here_page,
  t.text AS here_text, a.document_id AS other_document_id, a.agency AS other_text
FROM titles t JOIN named n ON n.document_id = t.document_id JOIN agencies a ON a.agency_key = n.name
WHERE a.agency_key <> t.agency_key AND contains(key(t.text), a.agency_key)
  AND NOT contains(t.agency_key, a.agency_key) AND NOT contains(a.agency_key, t.agency_key)
  AND NOT contains(key(t.text), t.agency_key || a.agency_key)
ORDER BY here_document_id, here_id, other_text
"""
_TITLED = "SELECT count(*) AS titled FROM agency_documents WHERE title_raw IS NOT NULL AND doc_type <> 'other'"


@comparing_rule(
    "A02",
    "high",
    scope="agencies",
    message=("Names {other} in '{text}'.", "พบชื่อหน่วยงานอื่น ({other}) ใน '{text}'"),
    needs=("plans or reports of two agencies", "แผนหรือรายงานของหน่วยงานอย่างน้อยสองแห่ง"),
)
def a02(compared: Comparison) -> Results:
    """The title, objective or goal of a plan does not name another agency of the archive.

    Partners, the NACC and ministries may be named anywhere else; an agency's parent is part of its name, or stands
    right behind it.

    ไทย: ชื่อเอกสาร วัตถุประสงค์ หรือเป้าหมายของแผนต้องไม่มีชื่อหน่วยงานอื่นที่มีเอกสารของตนเองในคลัง
    """
    found = False
    for row in compared.sql(_FOREIGN):
        found = True
        sides = compared.side(row, "here"), compared.side(row, "other")
        yield fail(*sides, other=row["other_text"], text=row["here_text"])
    if not found and next(compared.sql(_TITLED))["titled"] > 1:
        yield PASS


_RIVALS = 8
"""Agencies with whose events of a day a speaker's other events are compared, and bodies with which others of one
abbreviation are: what more have tells nobody apart, and each with every other would be too many."""
_SPEAKERS = f"""
WITH held AS (
  SELECT p.*, key(concat_ws(' ', p.given_name, p.surname)) AS person, d.agency_key, e.start_date, e.start_time,
    e.end_time, e.mode, key(e.venue) AS venue_key, e.venue, e.date_raw,
    dense_rank() OVER (PARTITION BY person, e.start_date ORDER BY d.agency_key) AS rank
  FROM event_people p JOIN events e USING (event_id) JOIN agency_documents d ON d.document_id = p.document_id
  WHERE p.role = 'speaker' AND p.given_name IS NOT NULL AND p.surname IS NOT NULL AND e.start_date IS NOT NULL
    AND e.venue IS NOT NULL AND e.mode IS DISTINCT FROM 'online'
)
SELECT {columns("a", "one", "event_person_id", "a.name_raw")}, {columns("b", "two", "event_person_id", "b.name_raw")},
  a.venue AS here, b.venue AS there, a.date_raw AS date,
  a.start_time || b.start_time || a.end_time || b.end_time IS NOT NULL AS is_timed,
  a.start_time < b.end_time AND b.start_time < a.end_time AS is_at_once,
  a.venue_key = b.venue_key OR contains(a.venue_key, b.venue_key) OR contains(b.venue_key, a.venue_key) AS is_one_place
FROM held a JOIN held b ON a.person = b.person AND a.start_date = b.start_date AND a.agency_key < b.agency_key
WHERE a.rank <= {_RIVALS}
QUALIFY row_number() OVER (
  PARTITION BY two_id ORDER BY is_timed AND is_at_once AND NOT is_one_place DESC, is_timed DESC, one_id
) = 1
ORDER BY one_id, two_id
"""


@comparing_rule(
    "A03",
    "high",
    scope="agencies",
    message=(
        "{person} speaks at {here} and at {there} at the same time.",
        "{person} เป็นวิทยากรที่ {here} และ {there} ในเวลาเดียวกัน",
    ),
    needs=("a speaker at events of two agencies on one day", "วิทยากรคนเดียวกันในกิจกรรมของสองหน่วยงานวันเดียวกัน"),
)
def a03(compared: Comparison) -> Results:
    """A speaker is not in two places at the same time. Online events, and events that the agencies hold together in one
    place, are in order; without the hours of both nothing can be said. Of several events at once each is told with one;
    a name at more than eight agencies in a day is compared with the first eight.

    ไทย: วิทยากรคนเดียวกันต้องไม่อยู่สองสถานที่ในเวลาเดียวกัน กิจกรรมออนไลน์หรือกิจกรรมที่จัดร่วมกันในสถานที่เดียวถือว่าถูกต้อง
    กิจกรรมที่ซ้อนกันหลายกิจกรรมจะแสดงคู่ละหนึ่งรายการ ชื่อที่พบเกินแปดหน่วยงานในวันเดียวกันเทียบกับแปดหน่วยงานแรก
    """
    for row in compared.sql(_SPEAKERS):
        if row["is_one_place"] or (row["is_timed"] and not row["is_at_once"]):
            yield PASS
        elif not row["is_timed"]:
            yield skip("the hours of an event are not known", "ไม่ทราบเวลาของกิจกรรม")
        else:
            sides = compared.side(row, "one"), compared.side(row, "two")
            yield fail(*sides, person=row["one_text"], here=row["here"], there=row["there"])


_PEERS = f"""
WITH named AS (
  SELECT i.*, d.agency_key, d.fiscal_year_be AS fy, key(i.indicator) AS name
  FROM indicators i JOIN agency_documents d ON d.document_id = i.document_id
  WHERE i.indicator IS NOT NULL AND i.target_value IS NOT NULL AND d.fiscal_year_be IS NOT NULL
), groups AS (
  SELECT fy, name, target_unit, median(target_value) AS middle, count(DISTINCT agency_key) AS agencies FROM named
  GROUP BY ALL
), spreads AS (
  SELECT g.*, median(abs(n.target_value - g.middle)) AS spread FROM groups g JOIN named n
    ON n.fy = g.fy AND n.name = g.name AND n.target_unit IS NOT DISTINCT FROM g.target_unit
  GROUP BY ALL
)
SELECT {columns("n", "target", "indicator_id", "n.target_raw")}, s.middle, s.agencies,
  abs(n.target_value - s.middle) > 3 * s.spread AND s.spread > 0 AS is_far
FROM named n JOIN spreads s ON n.fy = s.fy AND n.name = s.name AND n.target_unit IS NOT DISTINCT FROM s.target_unit
WHERE s.agencies >= ? ORDER BY target_id
"""


@comparing_rule(
    "A04",
    "info",
    scope="agencies",
    message=(
        "The target is {target}; the middle of {count} agencies is {middle}.",
        "เป้าหมาย {target} ค่ากลางของ {count} หน่วยงานคือ {middle}",
    ),
    needs=("one indicator's target at six agencies in a year", "เป้าหมายของตัวชี้วัดเดียวกันจากหกหน่วยงานในปีเดียวกัน"),
    options={"agencies": 6},
)
def a04(compared: Comparison) -> Results:
    """A target is within three median deviations of the median of all agencies with an indicator of that name.

    ไทย: เป้าหมายไม่ควรห่างจากค่ามัธยฐานของหน่วยงานอื่นเกินสามเท่าของค่าเบี่ยงเบนมัธยฐาน
    """
    for row in compared.sql(_PEERS, int(compared.options["agencies"])):
        if row["is_far"]:
            middle = f"{row['middle']:g}"
            yield fail(
                compared.side(row, "target"), target=row["target_text"] or "", middle=middle, count=row["agencies"]
            )
        else:
            yield PASS


_LISTED = f"""
WITH listed AS (
  SELECT s.*, key(s.agency) AS name, count(DISTINCT key(s.agency)) OVER (PARTITION BY s.document_id) AS agencies,
    key(s.agency) IN (SELECT agency_key FROM agency_documents) AS is_kept
  FROM ita_scores s WHERE s.agency IS NOT NULL
), firsts AS (SELECT * FROM listed QUALIFY row_number() OVER (PARTITION BY document_id, name ORDER BY score_id) = 1)
SELECT {columns("l", "listed", "score_id", "l.agency")}, l.is_kept,
  count(*) FILTER (l.is_kept) OVER (PARTITION BY l.document_id) AS kept
FROM firsts l WHERE l.agencies >= 3 ORDER BY listed_id
"""


@comparing_rule(
    "A07",
    "medium",
    scope="agencies",
    message=("{agency} has a score but no document.", "{agency} มีคะแนนแต่ไม่มีเอกสาร"),
    needs=("a list of scores of three agencies or more", "บัญชีคะแนนของหน่วยงานตั้งแต่สามแห่ง"),
)
def a07(compared: Comparison) -> Results:
    """Every agency in a list of scores has a document in the archive, if the archive has half of the others.

    ไทย: ทุกหน่วยงานในบัญชีคะแนนควรมีเอกสารในคลัง ตรวจเฉพาะเมื่อคลังมีเอกสารของหน่วยงานในบัญชีอย่างน้อยครึ่งหนึ่ง
    """
    rows = list(compared.sql(_LISTED))
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["listed_document_id"]] = totals.get(row["listed_document_id"], 0) + 1
    for row in rows:
        if row["is_kept"]:
            yield PASS
        elif 2 * row["kept"] < totals[row["listed_document_id"]]:
            yield skip("the archive has few of the agencies of the list", "คลังมีหน่วยงานในบัญชีเพียงส่วนน้อย")
        else:
            yield fail(compared.side(row, "listed"), cause="archive_gap", absent=True, agency=row["listed_text"])


_SHORT = f"""
WITH short AS (
  SELECT o.*, d.agency_key, key(o.abbr) AS short, key(o.name) AS long
  FROM organisations o JOIN agency_documents d ON d.document_id = o.document_id
  WHERE o.abbr IS NOT NULL AND o.name IS NOT NULL AND length(key(o.abbr)) >= 2
), firsts AS (
  SELECT *, dense_rank() OVER (PARTITION BY short ORDER BY long) AS rank FROM short
  QUALIFY row_number() OVER (PARTITION BY short, long, agency_key ORDER BY organisation_id) = 1
)
SELECT {columns("a", "one", "organisation_id", "a.name_raw")}, {columns("b", "two", "organisation_id", "b.name_raw")},
  a.abbr, a.long = b.long OR contains(a.long, b.long) OR contains(b.long, a.long) OR similarity(a.long, b.long) >= 0.6
    AS is_one
FROM firsts a JOIN firsts b ON a.short = b.short AND a.long < b.long AND a.agency_key <> b.agency_key
WHERE a.rank <= {_RIVALS}
QUALIFY row_number() OVER (
  PARTITION BY a.short, a.long, b.long
  ORDER BY (a.long = a.agency_key)::INT + (b.long = b.agency_key)::INT DESC, one_id, two_id
) = 1
ORDER BY one_id, two_id
"""
_AGREED = """
SELECT count(*) AS agreed FROM (
  SELECT key(o.abbr) AS short FROM organisations o JOIN agency_documents d ON d.document_id = o.document_id
  WHERE o.abbr IS NOT NULL AND o.name IS NOT NULL AND length(key(o.abbr)) >= 2
  GROUP BY short HAVING count(DISTINCT d.agency_key) > 1 AND count(DISTINCT key(o.name)) = 1
)
"""


@comparing_rule(
    "A08",
    "info",
    scope="agencies",
    message=("{abbr} means {one} here and {two} there.", "{abbr} หมายถึง {one} และ {two}"),
    needs=("an abbreviation that two agencies explain", "คำย่อที่หน่วยงานสองแห่งอธิบายไว้"),
)
def a08(compared: Comparison) -> Results:
    """An abbreviation stands for one body in all documents, so that records may be joined by it. Two bodies are told
    once, if possible from documents of their own; of more than eight each is compared with the first eight.

    ไทย: คำย่อเดียวกันควรหมายถึงหน่วยงานเดียวกันในทุกเอกสาร จึงจะเชื่อมข้อมูลกันได้ แต่ละคู่แสดงหนึ่งรายการ
    โดยใช้เอกสารของหน่วยงานนั้นเองก่อน หากเกินแปดหน่วยงานจะเทียบกับแปดหน่วยงานแรก
    """
    if agreed := next(compared.sql(_AGREED))["agreed"]:
        yield Passed(agreed)
    for row in compared.sql(_SHORT):
        if row["is_one"]:
            yield PASS
        else:
            sides = compared.side(row, "one"), compared.side(row, "two")
            yield fail(*sides, abbr=row["abbr"], one=row["one_text"], two=row["two_text"])


_POSTS = f"""
WITH known AS (
  SELECT p.*, key(concat_ws(' ', p.given_name, p.surname)) AS person, key(p.position_raw) AS post, d.agency_key,
    d.fiscal_year_be AS fy
  FROM event_people p JOIN agency_documents d ON d.document_id = p.document_id
  WHERE p.given_name IS NOT NULL AND p.surname IS NOT NULL AND p.position_raw IS NOT NULL
), firsts AS (
  SELECT * FROM known QUALIFY rank() OVER (PARTITION BY person, fy ORDER BY agency_key) = 1
)
SELECT {columns("a", "one", "event_person_id", "a.position_raw")},
  {columns("b", "two", "event_person_id", "b.position_raw")}, a.name_raw AS person,
  contains(a.post, b.post) OR contains(b.post, a.post) OR similarity(a.post, b.post) >= 0.5 AS is_one
FROM firsts a JOIN known b ON a.person = b.person AND a.agency_key < b.agency_key AND a.fy = b.fy
QUALIFY row_number() OVER (PARTITION BY two_id ORDER BY is_one DESC, one_id) = 1
ORDER BY one_id, two_id
"""


@comparing_rule(
    "A10",
    "info",
    scope="agencies",
    message=("{person}: {one} / {two}.", "{person} ปรากฏเป็น {one} และ {two}"),
    needs=(
        "a person with a position in documents of two agencies of a year",
        "บุคคลเดียวกันพร้อมตำแหน่งในเอกสารของสองหน่วยงานปีเดียวกัน",
    ),
)
def a10(compared: Comparison) -> Results:
    """A person from outside has one position in the documents of one year. Promotions and namesakes occur.

    What an agency prints is compared with the nearest of what the first agency prints.

    ไทย: บุคคลภายนอกควรมีตำแหน่งเดียวกันในเอกสารของปีเดียวกัน ทั้งนี้อาจเลื่อนตำแหน่งหรือเป็นคนชื่อซ้ำ
    เทียบกับตำแหน่งที่ใกล้เคียงที่สุดในเอกสารของหน่วยงานแรก
    """
    for row in compared.sql(_POSTS):
        if row["is_one"]:
            yield PASS
        else:
            sides = compared.side(row, "one"), compared.side(row, "two")
            yield fail(*sides, person=row["person"], one=row["one_text"], two=row["two_text"])


_CONTACTS = f"""
WITH own AS (
  SELECT c.*, d.agency_key, d.agency, lower(c.value) AS address
  FROM contacts c JOIN agency_documents d ON d.document_id = c.document_id
  WHERE c.channel IN ('phone', 'fax', 'email') AND length(c.value) >= 9
    AND (c.organisation_raw IS NULL OR key(c.organisation_raw) = d.agency_key
      OR (regexp_matches(c.organisation_raw, ?) AND NOT regexp_matches(c.organisation_raw, ?)))
), firsts AS (
  SELECT *, count(*) OVER (PARTITION BY channel, address) AS agencies FROM (
    SELECT * FROM own QUALIFY row_number() OVER (PARTITION BY channel, address, agency_key ORDER BY contact_id) = 1
  )
)
SELECT {columns("a", "one", "contact_id", "a.value_raw")}, {columns("b", "two", "contact_id", "b.value_raw")},
  a.agency AS here, b.agency AS there,
  contains(a.agency_key, b.agency_key) OR contains(b.agency_key, a.agency_key) AS is_one
FROM firsts a LEFT JOIN firsts b
  ON a.agencies < 3 AND a.channel = b.channel AND a.address = b.address AND a.agency_key < b.agency_key
WHERE (SELECT count(DISTINCT agency_key) FROM own) > 1
ORDER BY one_id, two_id
"""


@comparing_rule(
    "A12",
    "low",
    scope="agencies",
    message=("The contact is shared by {here} and {there}.", "ช่องทางติดต่อซ้ำกัน {here} และ {there}"),
    needs=("telephone numbers or e-mail addresses of two agencies", "โทรศัพท์หรืออีเมลของหน่วยงานอย่างน้อยสองแห่ง"),
)
def a12(compared: Comparison) -> Results:
    """A telephone number or e-mail address belongs to one agency. Hotlines, which three or more print, are left out.
    A division or section named without its agency is the agency's own.

    ไทย: โทรศัพท์หรืออีเมลหนึ่งควรเป็นของหน่วยงานเดียว ไม่นับสายด่วนที่พบตั้งแต่สามหน่วยงาน
    """
    for row in compared.sql(_CONTACTS, *_unit_patterns()):
        if not row["two_id"] or row["is_one"]:
            yield PASS
        else:
            sides = compared.side(row, "one"), compared.side(row, "two")
            yield fail(*sides, here=row["here"], there=row["there"])


@cache
def _unit_patterns() -> tuple[str, str]:
    """How names of units within an agency begin, and those of bodies with a name of their own."""
    ranks = load("organisations")["unit_ranks"]
    within = "|".join(head for head, rank in ranks.items() if rank < _OFFICE)
    above = "|".join(head for head, rank in ranks.items() if rank >= _OFFICE)
    return f"^(?:{within})", f"^(?:{above})"
