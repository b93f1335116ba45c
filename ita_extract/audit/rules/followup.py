"""A plan and the report on it, item by item: wording, months, evidence, numbers of people and units."""

from __future__ import annotations

import re
from functools import cache

from ita_extract.audit.case import Case
from ita_extract.audit.comparison import ALIKE, Comparison, columns
from ita_extract.audit.results import PASS, Results, fail, side, skip
from ita_extract.audit.rule import comparing_rule, rule
from ita_extract.audit.wording import has_word
from ita_extract.lexicon import load
from ita_extract.records import Activity, Attendee, Event, FigureRecord, Indicator, Meeting, Outcome, Responsibility
from ita_extract.thai.text import fold_digits, key

_WORDED = f"""
WITH sole AS (
  SELECT *, key(indicator) AS name, count(*) OVER (PARTITION BY activity_id) AS times FROM indicators
  WHERE indicator IS NOT NULL AND activity_id IS NOT NULL
)
SELECT {columns("a", "plan", "indicator_id", "a.indicator")}, {columns("b", "report", "indicator_id", "b.indicator")},
  similarity(a.name, b.name) AS alike, contains(a.name, b.name) OR contains(b.name, a.name) AS is_shortened
FROM reported_items m JOIN sole a ON a.activity_id = m.planned JOIN sole b ON b.activity_id = m.reported
WHERE a.times = 1 AND b.times = 1 AND m.alike >= {ALIKE}
ORDER BY plan_id, report_id
"""


@comparing_rule(
    "P05",
    "medium",
    scope="plan_result",
    message=("The indicator was reworded: '{plan}' → '{report}'.", "ตัวชี้วัดถูกแก้ถ้อยคำ: '{plan}' → '{report}'"),
    needs=("an item with one indicator in plan and report", "รายการที่มีตัวชี้วัดเดียวทั้งในแผนและรายงาน"),
    options={"percent": 85},
)
def p05(compared: Comparison) -> Results:
    """The indicator of an item reads in the report as in the plan. A shorter form of the same words passes.

    Items are the same by their titles; those that only share a number are not compared.

    ไทย: ตัวชี้วัดในรายงานต้องมีถ้อยคำเหมือนในแผน การเขียนย่อด้วยถ้อยคำเดิมถือว่าผ่าน

    เทียบเฉพาะรายการที่ชื่อตรงกัน ไม่เทียบรายการที่ตรงกันเพียงลำดับ
    """
    for row in compared.sql(_WORDED):
        if row["is_shortened"] or 100 * row["alike"] >= int(compared.options["percent"]):
            yield PASS
        else:
            sides = compared.side(row, "plan"), compared.side(row, "report")
            yield fail(*sides, differs_from=row["plan_text"], plan=row["plan_text"], report=row["report_text"])


_MONTHS = f"""
WITH planned AS (
  SELECT activity_id, min(month) AS first, max(month) AS last FROM timeline_months
  WHERE is_scheduled AND month IS NOT NULL AND row_kind <> 'actual' GROUP BY activity_id
), spans AS (
  SELECT a.activity_id, coalesce(p.first, left(a.planned_start, 7)) AS first,
    coalesce(p.last, left(a.planned_end, 7)) AS last
  FROM activities a LEFT JOIN planned p USING (activity_id)
), done AS (
  SELECT document_id, activity_id, event_id AS id, "where", page, confidence, start_date AS day, date_raw AS raw,
    source_text AS told
  FROM events WHERE start_date IS NOT NULL AND activity_id IS NOT NULL
  UNION ALL
  SELECT document_id, activity_id, outcome_id, "where", page, confidence, outcome_date, outcome_date, text
  FROM outcomes o WHERE outcome_date IS NOT NULL AND activity_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM events e WHERE e.activity_id = o.activity_id AND e.start_date = o.outcome_date)
)
SELECT {columns("a", "plan", "activity_id", "a.title")}, {columns("d", "report", "id", "d.raw")},
  d.told, s.first, s.last, left(d.day, 7) AS month, left(d.day, 7) BETWEEN s.first AND s.last AS is_planned
FROM reported_items m JOIN activities a ON a.activity_id = m.planned JOIN spans s ON s.activity_id = m.planned
  JOIN done d ON d.activity_id = m.reported
WHERE s.first IS NOT NULL AND s.last IS NOT NULL AND length(d.day) >= 7 AND length(s.first) = 7 AND length(s.last) = 7
ORDER BY plan_id, report_id
"""


@comparing_rule(
    "P07",
    "medium",
    scope="plan_result",
    message=(
        "'{plan}' was done in {month}, planned for {first} to {last}.",
        "'{plan}' ดำเนินการ {month} แผนกำหนด {first} ถึง {last}",
    ),
    needs=("an item with planned months, and a dated result of it", "รายการที่มีเดือนตามแผน และผลที่ระบุวันที่"),
)
def p07(compared: Comparison) -> Results:
    """What a report dates was done between the first and the last month that the plan gives the item.

    A result that itself tells of a postponement, or of preparations, is not asked.

    ไทย: ผลการดำเนินงานที่ระบุวันที่ต้องอยู่ระหว่างเดือนแรกและเดือนสุดท้ายที่แผนกำหนด

    ผลที่ระบุเองว่าเลื่อน ขยายเวลา หรือเป็นการเตรียมงาน ไม่นำมาตรวจ
    """
    for row in compared.sql(_MONTHS):
        if row["is_planned"]:
            yield PASS
        elif has_word(row["told"], "postponed_words"):
            yield skip("the report explains the other time", "รายงานชี้แจงเวลาที่เปลี่ยนไปแล้ว")
        else:
            sides = compared.side(row, "plan"), compared.side(row, "report")
            months = {name: row[name] for name in ("month", "first", "last")}
            yield fail(*sides, plan=row["plan_text"] or "", **months)


@rule(
    "P14",
    "low",
    scope="plan_result",
    message=("The evidence '{evidence}' was not found.", "ไม่พบหลักฐาน '{evidence}'"),
    needs=("a result that names pictures or an annex as evidence", "ผลที่อ้างภาพหรือภาคผนวกเป็นหลักฐาน"),
)
def p14(case: Case) -> Results:
    """Pictures and annexes that a result names as its evidence are in the document.

    Pictures are lost when a document becomes text: the likely cause is the conversion. Links are evidence themselves.

    ไทย: ภาพหรือภาคผนวกที่อ้างเป็นหลักฐานต้องมีในเอกสาร ภาพมักสูญหายเมื่อแปลงเป็นข้อความ ลิงก์ถือเป็นหลักฐานในตัวเอง
    """
    has_pictures = any(figure.content_status == "present" for figure in case.rows(FigureRecord))
    annexes = [b for b in case.blocks if has_word((b.text_raw or "")[:40], "annex_words")]
    for outcome in case.rows(Outcome):
        evidence = outcome.evidence_raw
        if not evidence or "http" in evidence or "www." in evidence:
            continue
        names_pictures, names_annex = has_word(evidence, "picture_words"), has_word(evidence, "annex_words")
        if not names_pictures and not names_annex:
            continue
        elsewhere = [b for b in annexes if evidence not in (b.text_raw or "")]
        if (names_pictures and has_pictures) or (names_annex and elsewhere):
            yield PASS
        else:
            yield fail(side(outcome, evidence), cause="conversion", absent=True, evidence=evidence)


@rule(
    "P16",
    "medium",
    scope="plan_result",
    message=("{a} took part, {b} are listed or counted.", "ผู้เข้าร่วม {a} คน แต่รายชื่อหรือผลตัวชี้วัดระบุ {b} คน"),
    needs=("participants of an event, and a list or an indicator of people", "จำนวนผู้เข้าร่วม และรายชื่อหรือตัวชี้วัดที่นับเป็นคน"),
)
def p16(case: Case) -> Results:
    """The participants of an event are as many as its list of those present, and as the indicator of people counts.

    Compared are activities with one event only, with an indicator of those who took part (not of those who passed or
    were served), and lists of meetings on the day of one meeting only. Rounds that the result tells of are counted
    together. The indicator may count rounds that the report does not tell of: that finding is of low severity.

    ไทย: จำนวนผู้เข้าร่วม (รวมทุกรุ่นที่เล่าไว้ในผล) ต้องตรงกับรายชื่อ และกับผลของตัวชี้วัดที่นับผู้เข้าร่วมเป็นคน ตรวจเฉพาะกิจกรรมที่จัดครั้งเดียว

    ไม่เทียบกับตัวชี้วัดที่นับผู้ผ่านเกณฑ์หรือผู้รับบริการ ตัวชี้วัดอาจรวมหลายรุ่นที่รายงานไม่ได้กล่าวถึง จึงมีความสำคัญต่ำ
    """
    held = [event for event in case.rows(Event) if event.participant_count]
    for event in held:
        if event.activity_id and sum(other.activity_id == event.activity_id for other in case.rows(Event)) == 1:
            counted = [i for i in case.rows(Indicator) if i.activity_id == event.activity_id and _counts_people(i)]
            if len(counted) == 1:
                (indicator,) = counted
                rounds = _told_rounds(case, event.activity_id)
                is_sum = event.participant_count in rounds and indicator.actual_value == sum(rounds)
                if indicator.actual_value == event.participant_count or is_sum:
                    yield PASS
                else:
                    sides = side(event, str(event.participant_count)), side(indicator, indicator.actual_raw)
                    counted_there = f"{indicator.actual_value:f}"
                    yield fail(*sides, severity="low", a=event.participant_count or 0, b=counted_there)
        meetings = [m for m in case.rows(Meeting) if m.meeting_date and m.meeting_date == event.start_date]
        rivals = sum(other.start_date == event.start_date for other in held)
        if event.event_type != "meeting" or len(meetings) != 1 or rivals != 1:
            continue
        meeting = meetings[0]
        present = [
            a
            for a in case.rows(Attendee)
            if a.meeting_id == meeting.meeting_id and a.attendance in ("present", "in_attendance", "unspecified")
        ]
        if len(present) < 2 or meeting.is_excerpt:
            continue
        if len(present) == event.participant_count:
            yield PASS
        else:
            sides = side(event, str(event.participant_count)), side(present[0], present[0].name_raw)
            yield fail(*sides, a=event.participant_count or 0, b=len(present))


def _told_rounds(case: Case, activity_id: str) -> list[int]:
    """How many people the results of an activity tell of, round by round: 50 คน and 47 คน, who are 97 together."""
    units = "|".join(map(re.escape, load("events")["participant_units"]))
    told = " ".join(outcome.text or "" for outcome in case.rows(Outcome) if outcome.activity_id == activity_id)
    return [int(n.replace(",", "")) for n in re.findall(rf"(\d[\d,]*)\s*(?:{units})", fold_digits(told))]


def _counts_people(indicator: Indicator) -> bool:
    is_count = indicator.actual_value is not None and indicator.actual_unit in load("events")["participant_units"]
    name = indicator.indicator
    return is_count and has_word(name, "participant_words") and not has_word(name, "part_of_participants_words")


@rule(
    "P17",
    "low",
    scope="plan_result",
    message=("{n} {unit} claimed, {listed} listed.", "ระบุ {n} {unit} แต่มีรายชื่อ {listed}"),
    needs=("a number of units reached, and their names", "จำนวนหน่วยงานที่ครอบคลุม และรายชื่อหน่วยงาน"),
    options={"least": 3},
)
def p17(case: Case) -> Results:
    """Where an activity claims a number of units and names them, it names as many.

    The names are those of its owners: they are a list of the units when there are three or more, and as many as half of
    those claimed. Fewer are only the units that answer for the activity. The same goes for a result or title that names
    them itself ("6 units, namely …"), except by way of example.

    ไทย: กิจกรรมที่ระบุจำนวนหน่วยงานและมีรายชื่อ ต้องมีรายชื่อครบตามจำนวน

    ถือเป็นรายชื่อเมื่อมีตั้งแต่สามหน่วยงานและไม่น้อยกว่าครึ่งหนึ่งของจำนวนที่ระบุ หากน้อยกว่านั้นเป็นเพียงผู้รับผิดชอบ
    รวมถึงข้อความที่ระบุรายชื่อไว้เอง เช่น "6 หน่วยงาน ได้แก่ …" เว้นแต่ยกเป็นตัวอย่าง
    """
    for activity in case.rows(Activity):
        named = {
            key(r.unit or r.unit_raw or ""): r
            for r in case.rows(Responsibility)
            if r.activity_id == activity.activity_id and not has_word(r.unit_raw, "everyone_words")
        }
        claimed = activity.coverage_count
        if not claimed or len(named) < int(case.options["least"]) or 2 * len(named) < claimed:
            continue
        if len(named) >= claimed:
            yield PASS
            continue
        sides = [side(r, r.unit_raw) for r in named.values()]
        unit = activity.coverage_unit or ""
        claim = activity.coverage_claim_raw or f"{claimed} {unit}".strip()
        yield fail(side(activity, claim), *sides, absent=True, n=claimed, unit=unit, listed=len(named))
    for row, text in [*((a, a.title) for a in case.rows(Activity)), *((o, o.text) for o in case.rows(Outcome))]:
        for match in _listing().finditer(fold_digits(text or "")):
            claimed, listed = int(match["count"]), _count_of_units(match["list"])
            if listed < 2 or claimed < 2 or has_word(match["list"], "example_words"):
                continue
            if listed >= claimed:
                yield PASS
            else:
                shown = side(row, (text or "")[match.start() : match.end()].strip())
                yield fail(shown, absent=True, n=claimed, unit=match["unit"], listed=listed)


@cache
def _listing() -> re.Pattern[str]:
    """A number of units and the list of them that follows in the sentence, up to who did what with them."""
    words = load("audit_words")
    units, begins, ends = (
        "|".join(map(re.escape, words[name])) for name in ("listed_unit_words", "list_words", "list_end_words")
    )
    return re.compile(
        rf"(?<![\d.,/])(?P<count>\d{{1,3}})\s*(?P<unit>{units})\s*(?:{begins})\s*:?(?P<list>(?:(?!{ends}).)+)",
        re.DOTALL,
    )


def _count_of_units(text: str) -> int:
    """How many units a list names, at most: its parts between commas and spaces. 0 where fewer than two begin like one.

    More rather than fewer: a name with a space in it, or the unit to which another belongs, is no finding.
    """
    parts = [part.removeprefix("และ") for part in re.split(r"[\s,、/]+|และ(?=\s)", text) if part and part != "และ"]
    glued = sum(len(_unit_head().findall(part, 1)) for part in parts)
    return len(parts) + glued if sum(bool(_unit_head().match(part)) for part in parts) + glued >= 2 else 0


@cache
def _unit_head() -> re.Pattern[str]:
    heads = "|".join(sorted(map(re.escape, load("organisations")["unit_ranks"]), key=len, reverse=True))
    return re.compile(rf"(?:^|(?<=และ))(?:{heads})(?=[ก-๙])")
