"""An agency beside its peers, its branches, and the facts that all of them quote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from statistics import median
from typing import Any

from ita_extract.audit.case import Case
from ita_extract.audit.comparison import Comparison, columns
from ita_extract.audit.reference import facts, table
from ita_extract.audit.results import PASS, Fail, Passed, Results, Severity, fail, side
from ita_extract.audit.rule import comparing_rule, rule
from ita_extract.audit.wording import amount, has_word
from ita_extract.lexicon import load
from ita_extract.records import Statement
from ita_extract.thai.text import fold_digits, key

_PHASE = re.compile(r"ระยะที่\s*(?P<phase>\d)\s*[(（]\s*พ")
"""A phase right before its years: other years in the sentence are those of the agency's own plan."""
_EXACT = f"""
WITH told AS (
  SELECT i.*, d.agency_key, d.fiscal_year_be AS fy, i.actual_value = i.target_value AS is_exact
  FROM indicators i JOIN agency_documents d ON d.document_id = i.document_id
  WHERE i.actual_value IS NOT NULL AND i.target_value IS NOT NULL AND d.fiscal_year_be IS NOT NULL
), shares AS (
  SELECT agency_key, fy, count(*) AS told, 100 * avg(is_exact::INT) AS share, min(indicator_id) AS first,
    count(*) FILTER (is_exact) AS exact
  FROM told GROUP BY ALL HAVING count(*) >= ?
), peers AS (
  SELECT fy, median(share) AS middle, count(*) AS agencies FROM shares GROUP BY fy HAVING count(*) >= ?
)
SELECT {columns("i", "own", "indicator_id", "coalesce(i.actual_raw, i.target_raw)")},
  s.share, s.told, s.exact, p.middle, p.agencies
FROM shares s JOIN peers p ON p.fy = s.fy JOIN indicators i ON i.indicator_id = s.first
ORDER BY own_id
"""


@comparing_rule(
    "A05",
    "info",
    scope="agencies",
    message=(
        "{exact} of {told} results are exactly on target ({percent}%; the middle of {count} agencies is {middle}%).",
        "ผลเท่าเป้าพอดี {exact} จาก {told} ตัวชี้วัด (ร้อยละ {percent} ค่ากลางของ {count} หน่วยงานคือร้อยละ {middle})",
    ),
    needs=("results of five indicators at four agencies in a year", "ผลของตัวชี้วัดห้าตัวจากสี่หน่วยงานในปีเดียวกัน"),
    options={"indicators": 5, "agencies": 4, "percent": 80, "apart": 40},
)
def a05(compared: Comparison) -> Results:
    """An agency does not meet its targets to the digit far more often than the others in the same year.

    ไทย: สัดส่วนตัวชี้วัดที่ได้ผลเท่าเป้าหมายพอดีไม่ควรสูงกว่าหน่วยงานอื่นในปีเดียวกันมาก
    """
    options = compared.options
    for row in compared.sql(_EXACT, int(options["indicators"]), int(options["agencies"])):
        if row["share"] < int(options["percent"]) or row["share"] < row["middle"] + int(options["apart"]):
            yield PASS
        else:
            counts = {name: row[name] for name in ("exact", "told")}
            percents = {"percent": round(row["share"]), "middle": round(row["middle"]), "count": row["agencies"]}
            yield fail(compared.side(row, "own"), **counts, **percents)


@rule(
    "A09",
    "medium",
    scope="agencies",
    message=("'{raw}' differs from the reference: {known}.", "'{raw}' ไม่ตรงกับข้อมูลอ้างอิง: {known}"),
    needs=("a national target or plan with its years", "เป้าหมายหรือแผนระดับชาติที่ระบุปี"),
    references=("ref_national_facts",),
)
def a09(case: Case) -> Results:
    """National targets and the phases of national plans are quoted as they are.

    The years of a phase are those in brackets right behind it. Phases that the table has from common knowledge only
    give findings of low severity.

    ไทย: เป้าหมายระดับชาติ และระยะของแผนระดับชาติ ต้องอ้างอิงให้ตรงกับข้อมูลจริง

    ปีของระยะคือปีในวงเล็บที่ตามหลังทันที ข้อมูลอ้างอิงที่ยังไม่ได้ตรวจสอบแหล่งที่มาจะมีความสำคัญต่ำ
    """
    for statement in case.rows(Statement):
        answer = _target(statement) if statement.kind == "national_target" else _phase(statement)
        if answer is not None:
            yield answer


def _target(statement: Statement) -> Fail | Passed | None:
    years = statement.period_start_be, statement.period_end_be
    for known in facts("ref_national_facts", "targets"):
        if years != (known["from"], known["to"]) or None in (statement.share_percent, statement.score_value):
            continue
        if (statement.share_percent, statement.score_value) == (known["share"], known["score"]):
            return PASS
        return _differs(statement, known, f"{known['from']}-{known['to']}: {known['share']}%, {known['score']}")
    return None


def _phase(statement: Statement) -> Fail | Passed | None:
    text = fold_digits(statement.text_raw or "")
    phases = _PHASE.findall(text)
    years = statement.period_start_be, statement.period_end_be
    if statement.kind != "strategy" or len(phases) != 1 or None in years:
        return None
    plain = key(text)
    for known in table("ref_national_facts"):
        if known["phase"] != int(phases[0]) or not all(key(word) in plain for word in known["words"]):
            continue
        if years == (known["from"], known["to"]):
            return PASS
        return _differs(statement, known, f"{known['phase']}: {known['from']}-{known['to']}")
    return None


def _differs(statement: Statement, known: Mapping[str, Any], told: str) -> Fail:
    severity: Severity | None = None if known["verified"] else "low"
    return fail(side(statement, statement.text_raw), severity=severity, raw=statement.text_raw or "", known=told)


_HEADS = f"""
WITH money AS (
  SELECT activity_id, max(amount_thb) AS thb FROM budgets
  WHERE kind = 'spent' AND amount_thb > 0 AND activity_id IS NOT NULL GROUP BY activity_id
  HAVING count(*) = 1 AND NOT bool_or(coalesce(unit_suspect, false))
), held AS (
  SELECT e.*, count(*) OVER (PARTITION BY e.activity_id) AS times FROM events e
  WHERE e.participant_count > 0 AND e.activity_id IS NOT NULL
)
SELECT {columns("h", "own", "event_id", "h.source_text")}, d.fiscal_year_be AS fy, h.event_type AS kind, d.agency_key,
  m.thb / h.participant_count AS each
FROM held h JOIN money m USING (activity_id) JOIN agency_documents d ON d.document_id = h.document_id
WHERE h.times = 1 AND h.event_type <> 'other' AND d.fiscal_year_be IS NOT NULL ORDER BY own_id
"""


@comparing_rule(
    "A11",
    "low",
    scope="agencies",
    message=(
        "{each} baht a head; the middle of {count} agencies is {middle}.",
        "{each} บาทต่อคน ค่ากลางของ {count} หน่วยงานคือ {middle} บาท",
    ),
    needs=(
        "money spent and participants of like events at six agencies in a year",
        "เงินที่ใช้และจำนวนผู้เข้าร่วมของกิจกรรมประเภทเดียวกันจากหกหน่วยงาน",
    ),
    options={"agencies": 6, "times": 5},
)
def a11(compared: Comparison) -> Results:
    """What an event costs for each participant is not five times what the events of others of its kind cost.

    Events of one kind differ in length and place: the finding is of low severity. Amounts whose unit is doubtful (D27)
    are left out.

    ไทย: ค่าใช้จ่ายต่อผู้เข้าร่วมหนึ่งคนไม่ควรสูงกว่าค่ากลางของกิจกรรมประเภทเดียวกันเกินห้าเท่า

    กิจกรรมประเภทเดียวกันอาจมีระยะเวลาและสถานที่ต่างกัน จึงมีความสำคัญต่ำ ไม่นับจำนวนเงินที่หน่วยน่าสงสัย
    """
    groups: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for row in compared.sql(_HEADS):
        groups.setdefault((row["fy"], row["kind"]), []).append(row)
    for rows in groups.values():
        agencies = len({row["agency_key"] for row in rows})
        if agencies < int(compared.options["agencies"]):
            continue
        middle = median(float(row["each"]) for row in rows)
        for row in rows:
            if float(row["each"]) <= int(compared.options["times"]) * middle:
                yield PASS
            else:
                own = compared.side(row, "own")
                yield fail(
                    own, each=amount(Decimal(round(row["each"]))), middle=amount(Decimal(round(middle))), count=agencies
                )


_SHORTEST, _LONGEST = 6, 90
"""Letters of a parent's name behind that of its branch in a title."""
_BRANCHES = f"""
WITH claims AS (
  SELECT a.document_id, a.activity_id AS id, a."where", a.page, a.confidence, a.coverage_claim_raw AS text
  FROM activities a WHERE a.coverage_claim_raw IS NOT NULL
  UNION ALL
  SELECT o.document_id, o.outcome_id, o."where", o.page, o.confidence, regexp_extract(o.text, ?) FROM outcomes o
  WHERE regexp_matches(o.text, ?)
), parents AS (
  SELECT c.*, d.agency_key, d.fiscal_year_be AS fy FROM claims c JOIN agency_documents d USING (document_id)
  WHERE d.fiscal_year_be IS NOT NULL AND d.doc_type IN ('result_report', 'plan_and_result', 'progress_report')
), idle AS (
  SELECT d.document_id, d.agency_key, d.agency, d.fiscal_year_be AS fy, min(o.outcome_id) AS first
  FROM outcomes o JOIN agency_documents d ON d.document_id = o.document_id
  WHERE d.doc_type IN ('result_report', 'plan_and_result') OR d.reporting_round = '12m'
  GROUP BY ALL
  HAVING bool_and(coalesce(o.status IN ('not_started', 'cancelled'), false)
    AND o.status_basis IS DISTINCT FROM 'inferred')
), reports AS (
  SELECT agency_key, agency, fiscal_year_be AS fy, min(document_id) AS document_id, min(key(title_raw)) AS title
  FROM agency_documents WHERE doc_type IN ('result_report', 'plan_and_result') GROUP BY ALL
), named AS (
  SELECT *, substr(title, strpos(title, agency_key) + length(agency_key)) AS behind FROM reports
), starts AS (SELECT *, unnest(range(2, length(agency_key) + 1)) AS start FROM reports), ends AS (
  SELECT *, unnest(range({_SHORTEST}, least(length(behind), {_LONGEST}) + 1)) AS stop FROM named
  WHERE contains(title, agency_key)
), branches AS (
  SELECT agency_key, agency, fy, document_id, substr(agency_key, start) AS parent_key FROM starts
  UNION SELECT agency_key, agency, fy, document_id, substr(behind, 1, stop) FROM ends
)
SELECT {columns("c", "claim", "id", "c.text")}, r.document_id AS branch_document_id,
  i.first AS branch_id, r.agency AS branch_text, i.first IS NOT NULL AS is_idle
FROM parents c JOIN branches r ON r.fy = c.fy AND r.parent_key = c.agency_key AND r.agency_key <> c.agency_key
  LEFT JOIN idle i ON i.document_id = r.document_id
ORDER BY claim_id, branch_document_id
"""


@comparing_rule(
    "A13",
    "high",
    scope="agencies",
    message=("'{claim}' is claimed, but {unit} reports no activity.", "หน่วยงานแม่ระบุ '{claim}' แต่ {unit} ไม่มีกิจกรรม"),
    needs=(
        "a parent that claims all its units, and a branch's report of the year",
        "หน่วยงานแม่ที่ระบุว่าครบทุกหน่วยงาน และรายงานของหน่วยงานย่อยในปีเดียวกัน",
    ),
)
def a13(compared: Comparison) -> Results:
    """Where a parent claims that all its units took part, no branch reports that nothing was begun.

    A branch is an agency whose name ends with its parent's, or stands right before it in the title of its report. A
    claim on all people, months or villages is none on units, and neither is a letter to all units.

    ไทย: เมื่อหน่วยงานแม่ระบุว่าดำเนินการครบทุกหน่วยงาน รายงานของหน่วยงานย่อยต้องไม่ระบุว่ายังไม่ได้ดำเนินการเลย

    หน่วยงานย่อยคือหน่วยงานที่ชื่อลงท้ายด้วยชื่อหน่วยงานแม่ หรือมีชื่อหน่วยงานแม่ต่อท้ายในชื่อรายงาน
    ข้อความว่าครบทุกคนหรือทุกหมู่บ้าน หรือแจ้งทุกหน่วยงาน ไม่ใช่ข้อความว่าทุกหน่วยงานได้ดำเนินการ
    """
    words = load("audit_words")
    claims, units = ("|".join(map(re.escape, words[name])) for name in ("every_claim_words", "every_unit_words"))
    claimed = rf"(?:{claims})(?:{units})"
    told: set[tuple[str, str]] = set()
    for row in compared.sql(_BRANCHES, claimed, claimed):
        if not has_word(row["claim_text"], "every_unit_words"):
            continue
        if row["is_idle"]:
            if (row["claim_document_id"], row["branch_document_id"]) in told:
                continue
            told.add((row["claim_document_id"], row["branch_document_id"]))
            sides = compared.side(row, "claim"), compared.side(row, "branch")
            yield fail(*sides, claim=row["claim_text"], unit=row["branch_text"] or "")
        else:
            yield PASS
