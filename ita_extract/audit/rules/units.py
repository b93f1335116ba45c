"""Units: who answers for a plan and its activities, and what coverage is claimed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, Side, fail, side
from ita_extract.audit.rule import rule
from ita_extract.audit.wording import coverage_claim, has_word, is_near
from ita_extract.records import Activity, Plan, Provenance, Responsibility


@rule(
    "D18",
    "low",
    message=("Coverage is stated as '{x}' and as '{y}'.", "ระบุความครอบคลุมไม่ตรงกัน: '{x}' และ '{y}'"),
    needs=("a sentence about coverage that is printed twice", "ข้อความเรื่องความครอบคลุมที่พิมพ์มากกว่าหนึ่งแห่ง"),
)
def d18(case: Case) -> Results:
    """A sentence that claims coverage claims the same wherever it is repeated.

    'All units' and 'covering units' are two claims. Where they differ by a letter or two, one was misread.

    ไทย: ข้อความเรื่องความครอบคลุมต้องตรงกันทุกแห่งที่พิมพ์ซ้ำ

    "ครบทุกหน่วยงาน" กับ "ครอบคลุมหน่วยงาน" เป็นคนละข้ออ้าง หากต่างกันเพียงตัวอักษรเดียวน่าจะเกิดจากการอ่านภาพ
    """
    for activity in case.rows(Activity):
        told = [(source, claim) for source in _sources(case, activity) if (claim := coverage_claim(source.text_raw))]
        if len(told) < 2:
            continue
        (first, x), *others = told
        differing = next(((source, y) for source, y in others if not is_near(x, y)), None)
        if differing is None:
            yield PASS
            continue
        other, y = differing
        yield fail(_place(activity, first, x), _place(activity, other, y), x=x, y=y)


def _sources(case: Case, activity: Activity) -> Iterable[Provenance]:
    return (s for s in case.sources.get(activity.activity_id, ()) if s.column_name == "*" and s.text_raw)


def _place(activity: Activity, source: Provenance, claim: str) -> Side:
    return Side(activity.document_id, claim, source.where, source.page, activity.activity_id, source.confidence)


@rule(
    "D23",
    "low",
    message=(
        "The lead unit {u} is not among the owners of the activities: {owners}.",
        "ผู้รับผิดชอบหลัก {u} ไม่ได้อยู่ในผู้รับผิดชอบกิจกรรม: {owners}",
    ),
    variants={
        "order": (
            "The lead unit {u} comes first in no activity: {owners}.",
            "ผู้รับผิดชอบหลัก {u} ไม่ได้อยู่ลำดับแรกในกิจกรรมใด: {owners}",
        )
    },
    needs=("a lead unit and owners of activities", "ผู้รับผิดชอบหลักและผู้รับผิดชอบกิจกรรม"),
)
def d23(case: Case) -> Results:
    """The unit that leads a plan is first among the owners of one of its activities at least.

    Names agree when one holds the other. Owners that stand for everyone hold the lead unit too; where either side is
    an abbreviation, nothing can be said.

    ไทย: ผู้รับผิดชอบหลักของแผนต้องเป็นลำดับแรกของผู้รับผิดชอบกิจกรรมอย่างน้อยหนึ่งกิจกรรม

    ชื่อที่ชื่อหนึ่งอยู่ในอีกชื่อหนึ่งถือว่าตรงกัน "ทุกหน่วยงาน" รวมผู้รับผิดชอบหลักด้วย ชื่อย่อไม่นำมาเทียบ
    """
    for plan in case.rows(Plan):
        own = [r for r in case.rows(Responsibility) if r.plan_id == plan.plan_id and r.unit_raw]
        lead = next((r for r in own if r.role == "lead" and r.activity_id is None), None)
        owners = [r for r in own if r.activity_id is not None and r.role != "monitor"]
        if lead is None or not owners or any("." in (r.unit_raw or "") for r in (lead, *owners)):
            continue
        matching = [r for r in owners if _is_same_unit(r, lead) or has_word(r.unit_raw, "everyone_words")]
        if any(r.role == "lead" or _is_first(r, owners) for r in matching):
            yield PASS
            continue
        units = list(dict.fromkeys(r.unit_raw or "" for r in owners))
        sides = side(lead, lead.unit_raw), *(side(r, r.unit_raw) for r in owners)
        variant = "order" if matching else ""
        yield fail(*sides, variant=variant, differs_from=lead.unit_raw, u=lead.unit_raw or "", owners="; ".join(units))


def _is_same_unit(one: Responsibility, other: Responsibility) -> bool:
    return is_near(one.unit_raw or "", other.unit_raw or "")


def _is_first(one: Responsibility, owners: Sequence[Responsibility]) -> bool:
    orders = [r.order_no or 0 for r in owners if r.activity_id == one.activity_id]
    return (one.order_no or 0) == min(orders)


@rule(
    "D24",
    "medium",
    message=("Activity {n} '{title}' has no responsible unit.", "กิจกรรมที่ {n} '{title}' ไม่มีผู้รับผิดชอบ"),
    needs=("a plan table whose activities name their owners", "ตารางแผนที่ระบุผู้รับผิดชอบของกิจกรรม"),
)
def d24(case: Case) -> Results:
    """Every activity of a plan's table has somebody who answers for it.

    The owner may stand with the activity, above it or below it in the tree, or with the whole plan. Only where most
    activities of a level have an owner does one without raise a question; steps need none.

    ไทย: กิจกรรมทุกข้อในตารางแผนต้องมีผู้รับผิดชอบ

    ผู้รับผิดชอบอาจระบุที่กิจกรรม ที่ข้อใหญ่ ที่ข้อย่อย หรือทั้งแผน ตั้งข้อสังเกตเมื่อกิจกรรมระดับเดียวกันส่วนใหญ่มีผู้รับผิดชอบ ขั้นตอนไม่ต้องมี
    """
    owned = {r.activity_id for r in case.rows(Responsibility) if r.activity_id and r.unit_raw}
    led = {r.plan_id for r in case.rows(Responsibility) if r.activity_id is None and r.unit_raw}
    activities = [a for a in case.rows(Activity) if a.in_plan_table and a.level != "step" and a.plan_id not in led]
    parents = {a.activity_id: a.parent_id for a in case.rows(Activity)}
    levels: defaultdict[str | None, list[Activity]] = defaultdict(list)
    for activity in activities:
        levels[activity.level].append(activity)
    for peers in levels.values():
        bare = [a for a in peers if not _has_owner(a.activity_id, owned, parents)]
        if not owned or len(bare) * 3 > len(peers):
            continue
        for activity in bare:
            place = side(activity, activity.title)
            yield fail(
                place, absent=True, n=activity.number_raw or activity.number_path or "-", title=activity.title or ""
            )
        if not bare:
            yield PASS


def _has_owner(activity: str, owned: set[str], parents: dict[str, str | None]) -> bool:
    """Whether an activity, one above it or one below it has an owner."""
    return any(activity in _line(one, parents) for one in owned) or bool(owned & set(_line(activity, parents)))


def _line(activity: str | None, parents: dict[str, str | None]) -> list[str]:
    """An activity and those above it."""
    found: list[str] = []
    while activity and activity not in found:
        found.append(activity)
        activity = parents.get(activity)
    return found
