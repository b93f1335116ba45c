"""Project brief of a school: quantity and quality targets, steps with relative months and budgets, PDCA phases."""

from __future__ import annotations

from .layout import pipe_table
from .rows import Row, Sample, activity, budget, document, fields, indicator, number, responsible, value_of

YEAR = 2568
AGENCY = "โรงเรียนบ้านทุ่งลมเย็น"
PROJECT = "โครงการโรงเรียนสุจริตเริ่มที่สหกรณ์"
HEAD = ("ที่", "กิจกรรม/ขั้นตอน", "ระยะเวลา", "งบประมาณ (บาท)", "ผู้รับผิดชอบ")
# (phase, steps); a step: (title, period, start, end, amount, unit)
_PHASES = (
    (
        "ขั้นเตรียมการ (Plan)",
        (
            ("ประชุมครูและกรรมการสหกรณ์นักเรียน", "เดือนแรก", "2024-11", "2024-11", None, "ครูกัลยา พฤกษ์ไพร"),
            ("จัดทำสมุดบัญชีรายวันแบบเปิดเผย", "เดือนที่ 2", "2024-12", "2024-12", "1,200", "งานสหกรณ์"),
        ),
    ),
    (
        "ขั้นดำเนินการ (Do)",
        (
            ("เปิดร้านสหกรณ์แบบไม่มีคนเฝ้า", "เดือนที่ 2-4", "2024-12", "2025-02", "3,500", "งานสหกรณ์"),
            ("ให้นักเรียนผลัดกันตรวจนับเงินทุกวันศุกร์", "เดือนที่ 3-4", "2025-01", "2025-02", None, "งานกิจการนักเรียน"),
        ),
    ),
    (
        "ขั้นประเมินผล (Check)",
        (("สรุปบัญชีและรายงานต่อผู้ปกครอง", "เดือนสุดท้าย", "2025-03", "2025-03", "800", "งานสหกรณ์"),),
    ),
)
GOALS = (
    ("เชิงปริมาณ", indicator(None, "นักเรียนเข้าร่วมกิจกรรม", ("ไม่น้อยกว่า 120 คน", ">=", 120, "คน"))),
    ("เชิงคุณภาพ", indicator(None, "นักเรียนจ่ายเงินตรงตามราคา", ("ร้อยละ 90 ขึ้นไป", ">=", 90, "percent"))),
)
FIELDS = fields(
    ("1.", "plan_title", "ชื่อโครงการ", PROJECT),
    ("2.", "strategy", "สนองกลยุทธ์", "กลยุทธ์ที่ 3 พัฒนาผู้เรียนให้มีคุณธรรม"),
    ("3.", "responsible", "ผู้รับผิดชอบโครงการ", "งานสหกรณ์"),
    ("4.", "rationale", "หลักการและเหตุผล", "สมุดบัญชีของสหกรณ์นักเรียนปีก่อนลงรายการไม่ครบ จึงให้เด็กเป็นผู้ตรวจนับเอง"),
    ("5.", "objective", "วัตถุประสงค์", "เพื่อให้นักเรียนฝึกความซื่อตรงจากการซื้อขายจริง"),
    ("6.", "indicator", "ตัวชี้วัดความสำเร็จ", None),
    ("7.", "period", "ระยะเวลาดำเนินการ", "1 พฤศจิกายน 2567 - 31 มีนาคม 2568"),
    ("8.", "budget", "งบประมาณ", "5,500 บาท จากเงินอุดหนุนรายหัว"),
    ("9.", "activity", "กิจกรรมและขั้นตอนการดำเนินงาน", None),
    ("10.", "expected_benefit", "ผลที่คาดว่าจะได้รับ", "เงินสหกรณ์ตรงกับบัญชีทุกสัปดาห์"),
)


def build() -> Sample:
    """The sample."""
    tree: list[Row] = []
    money = [budget(None, "planned", YEAR, "5,500", unit_raw="บาท", fund_source="เงินอุดหนุนรายหัว")]
    units = responsible(None, "งานสหกรณ์")
    lines: list[tuple[str, ...]] = []
    for p, (phase, steps) in enumerate(_PHASES, 1):
        lines.append((str(p), phase, "", "", ""))
        tree.append(activity(str(p), "activity", phase, in_plan_table=True))
        for n, (title, period, start, end, amount, unit) in enumerate(steps, 1):
            ident = f"{p}.{n}"
            lines.append(("", f"{ident} {title}", period, amount or "-", unit))
            tree.append(activity(ident, "step", title, planned_start=start, planned_end=end))
            if amount:
                money.append(budget(ident, "planned", YEAR, amount))
            units += responsible(ident, unit)
    total = sum(number(row["amount_raw"]) for row in money[1:])
    lines.append(("", "รวม", "", f"{total:,}", ""))
    money.append(budget(None, "planned", YEAR, f"{total:,}"))
    goals = "\n".join(f"- {kind} : {row['indicator']} {row['target_raw']}" for kind, row in GOALS)
    given = {"6.": goals, "9.": pipe_table(HEAD, lines).rstrip()}
    parts = [
        f"**{f['number_raw']} {f['label_raw']}** : {f['value_raw']}"
        if "value_raw" in f
        else f"**{f['number_raw']} {f['label_raw']}**\n\n{given[f['number_raw']]}"
        for f in FIELDS
    ]
    source = f"# {PROJECT}\n\n{AGENCY} ปีงบประมาณ พ.ศ. {YEAR}\n\n" + "\n\n".join(parts) + "\n"
    expected = {
        "documents": document(["plan"], PROJECT, AGENCY, None, YEAR, budget_status="stated"),
        "plans": [
            {
                "plan_title": PROJECT,
                "objective": value_of(FIELDS, "objective"),
                "rationale": value_of(FIELDS, "rationale"),
                "period_raw": value_of(FIELDS, "period"),
                "start_date": "2024-11-01",
                "end_date": "2025-03-31",
                "lead_unit": "งานสหกรณ์",
                "budget_status": "stated",
                "budget_thb": 5500,
            }
        ],
        "plan_fields": FIELDS,
        "activities": tree,
        "indicators": [row | {"indicator_kind": kind} for kind, row in GOALS],
        "responsibilities": units,
        "budgets": money,
        "_empty": ["ita_scores", "meetings", "attendees", "events", "rating_options", "timeline_months"],
        "_labels_ok": [*HEAD, "เชิงปริมาณ", "เชิงคุณภาพ"],
    }
    shows = "school project brief: quantity and quality targets, phases with steps in months of the project, budgets"
    return Sample("school-project", "md", shows, source.encode(), expected)
