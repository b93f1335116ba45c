"""Check boxes and scales: how many are ticked, and do the bands of a scale fit together?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.records import RatingOption

Group = list[RatingOption]
Band = tuple[str, Decimal]
STEP = Decimal("0.001")
"""Bands are tried at their thresholds and this much beside them."""


@rule(
    "D10",
    "high",
    message=(
        "{k} options are ticked in '{q}' where exactly one is expected.",
        "ทำเครื่องหมาย {k} ข้อใน '{q}' ทั้งที่ต้องเลือกข้อเดียว",
    ),
    needs=("options of which exactly one may be chosen", "ตัวเลือกที่ต้องเลือกเพียงข้อเดียว"),
)
def d10(case: Case) -> Results:
    """In a group where one option is to be chosen, one is ticked.

    Groups of which several may be chosen are left alone, and so are groups with no visible tick: a form may be blank,
    and a tick by hand may be lost.

    ไทย: กลุ่มตัวเลือกที่ต้องเลือกข้อเดียวต้องมีเครื่องหมายเพียงข้อเดียว

    ไม่ตรวจกลุ่มที่เลือกได้หลายข้อ และกลุ่มที่ไม่เห็นเครื่องหมายเลย เพราะอาจเป็นแบบฟอร์มเปล่าหรือเครื่องหมายหายไป
    """
    for group in _groups(case):
        ticked = [option for option in group if option.selected]
        if len(group) < 2 or group[0].selection_type != "single" or not ticked:
            continue
        sides = [side(option, option.label_raw) for option in ticked]
        yield PASS if len(ticked) == 1 else fail(*sides, k=len(ticked), q=_question(group))


@rule(
    "D11",
    "low",
    message=("The bands of the scale overlap: {bands}.", "ช่วงคะแนนของมาตรวัดทับซ้อนกัน: {bands}"),
    variants={"gap": ("The bands of the scale leave a gap: {bands}.", "ช่วงคะแนนของมาตรวัดมีช่องว่าง: {bands}")},
    needs=("a scale with at least two thresholds", "มาตรวัดที่มีเกณฑ์อย่างน้อยสองช่วง"),
)
def d11(case: Case) -> Results:
    """Every value has a band on a scale, and every band can be reached.

    A scale such as `>90, >80, ≥70, <70` is read from its first band on, or from its last; only when a band can be
    reached neither way (`<60` behind `<70`) do bands overlap.

    ไทย: ทุกค่าต้องอยู่ในช่วงใดช่วงหนึ่งของมาตรวัด และทุกช่วงต้องใช้ได้จริง

    มาตรวัดเช่น `>90, >80, ≥70, <70` อ่านไล่จากช่วงแรกหรือช่วงสุดท้ายได้ ถือว่าทับซ้อนเมื่ออ่านทางใดก็ยังมีช่วงที่ไม่มีค่าใดเข้าได้
    """
    for group in _groups(case):
        bands = [(o.threshold_operator, o.threshold_value) for o in group]
        if len(bands) < 2 or len({o.threshold_unit for o in group}) > 1:
            continue
        known: list[Band] = [(op, value) for op, value in bands if op and op != "range" and value is not None]
        if len(known) < len(bands):
            continue
        shown = "; ".join(option.label_raw or "" for option in group)
        sides = [side(option, option.label_raw) for option in group]
        if _unreachable(known) and _unreachable(known[::-1]):
            yield fail(*sides, bands=shown)
        elif _has_gap(known):
            yield fail(*sides, variant="gap", bands=shown)
        else:
            yield PASS


@rule(
    "D12",
    "info",
    message=("Only one option of '{q}' is visible: '{option}'.", "ปรากฏตัวเลือกเพียงข้อเดียวใน '{q}': '{option}'"),
    needs=("options of a question", "ตัวเลือกของคำถาม"),
)
def d12(case: Case) -> Results:
    """A question with check boxes shows more than one option.

    A single ticked box may be all that was read of a longer list, or a form that was filled in by copying.

    ไทย: คำถามที่มีช่องทำเครื่องหมายควรมีตัวเลือกมากกว่าหนึ่งข้อ

    ช่องเดียวที่ทำเครื่องหมายอาจเป็นส่วนที่เหลือจากรายการที่ยาวกว่า หรือเป็นแบบฟอร์มที่คัดลอกมา
    """
    for group in _groups(case):
        if not group[0].question_raw:
            continue
        only = group[0]
        if len(group) == 1 and only.selected:
            place = side(only, only.label_raw)
            yield fail(place, cause="conversion", q=_question(group), option=only.label or "")
        elif len(group) > 1:
            yield PASS


def _groups(case: Case) -> Iterable[Group]:
    """Options by question; a number that begins again begins another group."""
    group: Group = []
    for option in case.rows(RatingOption):
        same = group and (option.plan_id, option.group_key, option.question_raw) == _name(group[-1])
        if not same or (option.order_no or 0) <= (group[-1].order_no or 0):
            yield from [group] if group else []
            group = []
        group.append(option)
    yield from [group] if group else []


def _name(option: RatingOption) -> tuple[str | None, str | None, str | None]:
    return option.plan_id, option.group_key, option.question_raw


def _question(group: Group) -> str:
    return group[0].question_raw or group[0].group_key or ""


# ------------------------------------------------------------------ bands of a scale
def _points(bands: list[Band]) -> list[Decimal]:
    """Values to try: every threshold, a little below and above it."""
    return sorted({value + offset for _, value in bands for offset in (-STEP, Decimal(0), STEP)})


def _holds(band: Band, point: Decimal) -> bool:
    operator, value = band
    return {
        ">": point > value,
        ">=": point >= value,
        "<": point < value,
        "<=": point <= value,
        "=": point == value,
    }[operator]


def _unreachable(bands: list[Band]) -> bool:
    """Whether some band takes no value when the first that fits is taken."""
    taken = {next((at for at, band in enumerate(bands) if _holds(band, point)), None) for point in _points(bands)}
    return not taken >= set(range(len(bands)))


def _has_gap(bands: list[Band]) -> bool:
    """Whether a value between two thresholds is in no band."""
    values = [value for _, value in bands]
    return any(
        not any(_holds(band, point) for band in bands)
        for point in _points(bands)
        if min(values) <= point <= max(values)
    )
