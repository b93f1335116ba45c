"""One agency over the years: headings, targets, projects and problems that are carried over, renamed units."""

from __future__ import annotations

from collections.abc import Iterable

from ita_extract.audit.case import Case
from ita_extract.audit.comparison import ALIKE, Comparison, columns
from ita_extract.audit.reference import table
from ita_extract.audit.results import PASS, Results, Severity, fail, side, skip
from ita_extract.audit.rule import comparing_rule, rule
from ita_extract.audit.wording import has_word
from ita_extract.records import BlockRecord
from ita_extract.thai.dates import find_fiscal_years
from ita_extract.thai.text import key
from ita_extract.thai.tokens import content_words

_HEADING = 160
"""Characters of a heading, at most: longer ones are paragraphs."""


@rule(
    "Y03",
    "medium",
    scope="agency_years",
    message=("The heading still says {year}; the document is about {fy}.", "หัวเรื่องยังเป็นปี {year} แต่เอกสารเป็นของปี {fy}"),
    needs=("a heading with a year in a document whose year is known", "หัวเรื่องที่มีปี ในเอกสารที่ทราบปีงบประมาณ"),
)
def y03(case: Case) -> Results:
    """The headings of a plan or report name the fiscal year that it is about.

    The year of the content counts, not that in which it was filed: where the document's title bears the year of the
    heading, or its year is only known as that of filing, nothing is said. A heading that names several years, or speaks
    of results, scores or reviews of the year before, is in order.

    ไทย: หัวเรื่องของแผนหรือรายงานต้องเป็นปีเดียวกับปีของเนื้อหา (ไม่ใช่ปีที่ยื่น)

    หัวเรื่องที่มีหลายปี หรือกล่าวถึงผล คะแนน หรือการทบทวนของปีก่อน ไม่ถือว่าผิด
    """
    fy, document = case.fiscal_year, case.document
    if fy is None or fy == document.filed_fiscal_year_be:
        return
    if document.doc_type not in ("plan", "result_report", "progress_report"):
        return
    titled = _years(document.title_raw or "")
    for block in case.blocks:
        text = block.text_raw or ""
        if not _heads_the_document(block, text):
            continue
        years = _years(text)
        if len(years) != 1 or years == titled != {fy} or has_word(text, "looking_back_words"):
            continue
        if document.doc_type == "plan" and has_word(text, "reporting_words"):
            continue
        (year,) = years
        if year == fy - 1:
            yield fail(side(block, " ".join(text.split())), year=year, fy=fy)
        elif year == fy:
            yield PASS


def _years(text: str) -> set[int]:
    return {be for year in find_fiscal_years(text) for be in (year.be, year.last_be)}


def _heads_the_document(block: BlockRecord, text: str) -> bool:
    """Whether a block is a heading that names the plan or report itself."""
    return block.kind == "heading" and len(text) <= _HEADING and has_word(text, "document_words")


_UNCHANGED = f"""
WITH named AS (
  SELECT d.agency_key, d.fiscal_year_be AS fy, i.*, key(i.indicator) AS name,
    count(*) OVER (PARTITION BY d.agency_key, d.fiscal_year_be, key(i.indicator)) AS times
  FROM indicators i JOIN agency_documents d ON d.document_id = i.document_id
  WHERE i.indicator IS NOT NULL AND i.target_value IS NOT NULL AND i.actual_value IS NOT NULL
    AND d.fiscal_year_be IS NOT NULL AND coalesce(i.target_operator, '>=') IN ('>=', '>', '=')
    AND is_of_whole_year(d.doc_type, d.reporting_round)
), series AS (
  SELECT *, fy - row_number() OVER (PARTITION BY agency_key, name, target_unit ORDER BY fy) AS run
  FROM named WHERE times = 1
), runs AS (
  SELECT count(*) AS years,
    count(DISTINCT target_value) = 1 AS is_same, bool_and(actual_value >= target_value) AS is_met,
    arg_min(indicator_id, fy) AS earliest, arg_max(indicator_id, fy) AS latest
  FROM series GROUP BY agency_key, name, target_unit, run HAVING count(*) >= ?
)
SELECT {columns("b", "now", "indicator_id", "b.target_raw")}, {columns("a", "then", "indicator_id", "a.target_raw")},
  r.years, r.is_same AND r.is_met AND b.target_value < 100 AS is_idle
FROM runs r JOIN indicators a ON a.indicator_id = r.earliest JOIN indicators b ON b.indicator_id = r.latest
ORDER BY now_id
"""


@comparing_rule(
    "Y05",
    "info",
    scope="agency_years",
    message=(
        "The target {target} is the same for {years} years, and was always met.",
        "เป้าหมาย {target} คงเดิม {years} ปี และบรรลุทุกปี",
    ),
    needs=("an indicator with target and result in three years", "ตัวชี้วัดเดียวกันที่มีเป้าหมายและผลสามปีติดต่อกัน"),
    options={"years": 3},
)
def y05(compared: Comparison) -> Results:
    """A target that was met three years in a row was raised in between. Targets of a whole hundred cannot be.

    ไทย: เป้าหมายที่บรรลุติดต่อกันสามปีควรปรับให้สูงขึ้น ไม่นับเป้าหมายที่เต็มร้อยอยู่แล้ว
    """
    for row in compared.sql(_UNCHANGED, int(compared.options["years"])):
        if row["is_idle"]:
            sides = compared.side(row, "now"), compared.side(row, "then")
            yield fail(*sides, target=row["now_text"] or "", years=row["years"])
        else:
            yield PASS


_PROBLEMS = f"""
WITH told AS (
  SELECT d.agency_key, d.fiscal_year_be AS fy, o.*, o.problem_text AS problem FROM outcomes o
  JOIN agency_documents d ON d.document_id = o.document_id
  WHERE o.problem_status = 'stated' AND length(o.problem_text) >= 15 AND d.fiscal_year_be IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY o.document_id, key(o.problem_text) ORDER BY o.outcome_id) = 1
), answers AS (
  SELECT d.agency_key, d.fiscal_year_be AS fy, min(d.document_id) AS document_id,
    string_agg(concat_ws(' ', a.title, p.objective, p.rationale, p.mitigation_text, p.risk_text), ' ') AS text
  FROM agency_documents d JOIN activities a ON a.document_id = d.document_id
    LEFT JOIN plans p ON p.document_id = d.document_id
  WHERE d.doc_type IN ('plan', 'plan_and_result') AND d.fiscal_year_be IS NOT NULL GROUP BY ALL
)
SELECT {columns("t", "then", "outcome_id", "t.problem")}, w.document_id AS now_document_id, w.text AS answer,
  t.fy AS previous, coalesce(n.title_raw, n.file_name) AS now_text
FROM told t JOIN answers w ON w.agency_key = t.agency_key AND w.fy = t.fy + 1
  JOIN documents n ON n.document_id = w.document_id
ORDER BY then_id
"""


@comparing_rule(
    "Y06",
    "low",
    scope="agency_years",
    message=(
        "The plan has no answer to the problem of {previous}: '{problem}'.",
        "ไม่มีมาตรการตอบปัญหาปี {previous}: '{problem}'",
    ),
    needs=("a problem reported last year, and this year's plan", "ปัญหาที่รายงานในปีก่อน และแผนของปีนี้"),
    options={"words": 3},
)
def y06(compared: Comparison) -> Results:
    """A plan answers the problems that the report of the year before tells of.

    Asked is only whether a single word of the problem comes back in the plan: if none does, a reader should look; the
    plan may answer in other words, or the problem be gone. The finding is therefore of low severity.
    Problems of less than three words are left out.

    ไทย: แผนควรมีมาตรการรองรับปัญหาที่รายงานไว้ในปีก่อน

    ตรวจเพียงว่ามีคำจากปัญหานั้นปรากฏในแผนหรือไม่ หากไม่มีเลยควรให้คนอ่านพิจารณา
    """
    for row in compared.sql(_PROBLEMS):
        words = set(content_words(row["then_text"]))
        if len(words) < int(compared.options["words"]):
            yield skip("the problem is told in few words", "ข้อความปัญหาสั้นเกินไป")
        elif words & set(content_words(row["answer"])):
            yield PASS
        else:
            sides = compared.side(row, "then"), compared.side(row, "now")
            yield fail(*sides, absent=True, previous=row["previous"], problem=row["then_text"])


_RENAMED = f"""
WITH owners AS (
  SELECT d.agency_key, d.fiscal_year_be AS fy, i.title_key, r.*, key(r.unit) AS name
  FROM responsibilities r JOIN items i ON i.activity_id = r.activity_id
    JOIN agency_documents d ON d.document_id = r.document_id
  WHERE r.unit IS NOT NULL AND r.role IN ('lead', 'responsible') AND d.doc_type IN ('plan', 'plan_and_result')
    AND d.fiscal_year_be IS NOT NULL
), sole AS (
  SELECT *, count(*) OVER (PARTITION BY agency_key, fy, title_key) AS times FROM owners
), known AS (SELECT DISTINCT agency_key, fy, name FROM owners), pairs AS (
  SELECT a.agency_key, a.fy, a.name AS old, b.name AS new, count(*) AS items,
    min(a.responsibility_id) AS old_id, min(b.responsibility_id) AS new_id
  FROM sole a JOIN sole b ON b.agency_key = a.agency_key AND b.fy = a.fy + 1 AND b.title_key = a.title_key
  WHERE a.times = 1 AND b.times = 1 GROUP BY ALL
)
SELECT {columns("b", "now", "responsibility_id", "b.unit_raw")},
  {columns("a", "then", "responsibility_id", "a.unit_raw")},
  p.items, p.old <> p.new AND similarity(p.old, p.new) < 0.95
    AND NOT contains(p.old, p.new) AND NOT contains(p.new, p.old)
    AND NOT EXISTS (SELECT 1 FROM known k WHERE k.agency_key = p.agency_key AND k.fy = p.fy + 1 AND k.name = p.old)
    AND NOT EXISTS (SELECT 1 FROM known k WHERE k.agency_key = p.agency_key AND k.fy = p.fy AND k.name = p.new)
    AS is_renamed
FROM pairs p JOIN responsibilities a ON a.responsibility_id = p.old_id
  JOIN responsibilities b ON b.responsibility_id = p.new_id
WHERE p.items >= ? ORDER BY now_id, then_id
"""


@comparing_rule(
    "Y12",
    "info",
    scope="agency_years",
    message=("Unit '{old}' replaced by '{new}'?", "หน่วยงาน '{old}' เปลี่ยนเป็น '{new}' หรือไม่"),
    needs=(
        "the same two items with one owner each in plans of two years",
        "รายการเดียวกันสองรายการที่มีผู้รับผิดชอบในแผนสองปีติดกัน",
    ),
    options={"items": 2},
)
def y12(compared: Comparison) -> Results:
    """The owners of what is planned again have the name of the year before.

    A name that is gone, with another that is new in its place for two items or more, may be a unit renamed or merged:
    know it before you join years.

    ไทย: ผู้รับผิดชอบรายการเดิมในปีถัดไปควรเป็นชื่อเดิม หากชื่อเก่าหายไปและมีชื่อใหม่แทนตั้งแต่สองรายการ อาจเป็นการเปลี่ยนชื่อหรือยุบรวม
    """
    for row in compared.sql(_RENAMED, int(compared.options["items"])):
        if row["is_renamed"]:
            sides = compared.side(row, "now"), compared.side(row, "then")
            yield fail(*sides, differs_from=row["then_text"], old=row["then_text"] or "", new=row["now_text"] or "")
        else:
            yield PASS


@rule(
    "Y13",
    "low",
    scope="agency_years",
    message=("{code} is not this item in fiscal year {fy}; it is {known}.", "{code} ไม่ใช่หัวข้อนี้ในปี {fy} ซึ่งคือ {known}"),
    needs=("an OIT code of the national scheme, and a title of a known item", "รหัส OIT ของระบบ ป.ป.ช. และชื่อหัวข้อที่รู้จัก"),
    references=("ref_oit_codes",),
)
def y13(case: Case) -> Results:
    """The OIT code of a document is that of its item in the year of its content, or in the year when it was filed.

    That is the year after where nothing else is known. Schools, vocational colleges and the Ministry of Public Health
    number items in ways of their own: they are not asked. Whose document it is must be known for more than a note.

    ไทย: รหัส OIT ของเอกสารต้องเป็นรหัสของหัวข้อนั้นในปีของเนื้อหา หรือปีที่ยื่น (ปีถัดไป) ไม่ตรวจระบบของสถานศึกษาและกระทรวงสาธารณสุข
    """
    document = case.document
    code, title = document.oit_code, key(document.title_raw or "")
    years = {year for year in (document.fiscal_year_be, document.filed_fiscal_year_be) if year}
    is_national = document.oit_scheme in (None, "NACC_NATIONAL") and not has_word(document.agency, "own_scheme_words")
    if not code or not is_national or not years:
        return
    if document.filed_fiscal_year_be is None:
        years.add(max(years) + 1)
    rows = [r for r in table("ref_oit_codes") if _names(title, r["words"]) and not _names(title, r.get("without", ()))]
    valid = [r for r in rows if any(r["from"] <= year <= r["to"] for year in years)]
    if not valid:
        return
    if code in {r["code"] for r in valid}:
        yield PASS
    else:
        is_sure = document.agency is not None and all(r["verified"] for r in valid)
        severity: Severity | None = None if is_sure else "info"
        known = ", ".join(dict.fromkeys(r["code"] for r in valid))
        raw = document.oit_code_raw or code
        sides = case.stated("oit_code_raw"), case.stated("title_raw")
        yield fail(*sides, severity=severity, code=raw, fy=min(years), known=known)


def _names(title: str, words: Iterable[str]) -> bool:
    """Whether the key of a title holds one of some words."""
    return any(key(word) in title for word in words)


_CARRIED = f"""
WITH opened AS (
  SELECT d.agency_key, d.fiscal_year_be AS fy, i.title_key, o.* FROM outcomes o
  JOIN items i ON i.activity_id = o.activity_id JOIN agency_documents d ON d.document_id = o.document_id
  WHERE o.status IN ('not_started', 'in_progress') AND o.status_basis IS DISTINCT FROM 'inferred'
    AND i.level <> 'step' AND length(i.title_key) >= 10 AND d.fiscal_year_be IS NOT NULL
    AND (d.doc_type <> 'progress_report' OR d.reporting_round IN ('12m', 'annual'))
  QUALIFY row_number() OVER (PARTITION BY d.agency_key, fy, i.title_key ORDER BY o.outcome_id) = 1
), reports AS (
  SELECT agency_key, fiscal_year_be AS fy, min(document_id) AS document_id FROM agency_documents
  WHERE doc_type IN ('result_report', 'plan_and_result') OR (doc_type = 'progress_report' AND reporting_round = '12m')
  GROUP BY ALL
), later AS (
  SELECT d.agency_key, d.fiscal_year_be AS fy, i.title_key, o.status FROM items i
  JOIN agency_documents d ON d.document_id = i.document_id LEFT JOIN outcomes o ON o.activity_id = i.activity_id
  WHERE d.doc_type IN ('result_report', 'plan_and_result', 'progress_report')
)
SELECT {columns("p", "then", "outcome_id", "coalesce(p.text, p.source_text)")}, r.document_id AS now_document_id,
  coalesce(n.title_raw, n.file_name) AS now_text, a.title, p.fy AS previous,
  EXISTS (
    SELECT 1 FROM later l WHERE l.agency_key = p.agency_key AND l.fy = p.fy + 1 AND l.status IS NOT NULL
  ) AS tells_status,
  EXISTS (
    SELECT 1 FROM later l WHERE l.agency_key = p.agency_key AND l.fy = p.fy + 1 AND l.status IS NOT NULL
      AND similarity(l.title_key, p.title_key) >= {ALIKE}
  ) AS is_closed
FROM opened p JOIN reports r ON r.agency_key = p.agency_key AND r.fy = p.fy + 1
  JOIN documents n ON n.document_id = r.document_id JOIN activities a ON a.activity_id = p.activity_id
ORDER BY then_id
"""


@comparing_rule(
    "Y14",
    "medium",
    scope="agency_years",
    message=("'{title}' of {previous} has no closing status.", "'{title}' ของปี {previous} ไม่มีสถานะปิด"),
    needs=("a project left open last year, and this year's report", "โครงการที่ยังไม่แล้วเสร็จในปีก่อน และรายงานของปีนี้"),
)
def y14(compared: Comparison) -> Results:
    """What the final report of a year leaves open has a status in the report of the next.

    What goes on every year has no end to be told. Where the next report gives no status of anything, it is not asked.

    ไทย: โครงการที่รายงานผลฉบับสุดท้ายของปีระบุว่ายังไม่แล้วเสร็จ ต้องมีสถานะในรายงานของปีถัดไป

    ไม่นับงานที่ดำเนินการต่อเนื่องทุกปี และไม่ตรวจเมื่อรายงานปีถัดไปไม่ระบุสถานะของรายการใดเลย
    """
    for row in compared.sql(_CARRIED):
        if has_word(row["then_text"], "continuing_words"):
            continue
        if row["is_closed"]:
            yield PASS
        elif not row["tells_status"]:
            yield skip("the next report gives no status at all", "รายงานปีถัดไปไม่ระบุสถานะของรายการใด")
        else:
            sides = compared.side(row, "then"), compared.side(row, "now")
            yield fail(*sides, absent=True, title=row["title"] or "", previous=row["previous"])
