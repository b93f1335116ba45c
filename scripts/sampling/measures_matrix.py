"""Matrix of measures as a markdown pipe table; plan and actual months as an HTML grid with a two-row heading."""

from __future__ import annotations

from .layout import html_table, pipe_table, td, th
from .rows import (
    MONTHS,
    Row,
    Sample,
    activity,
    by_activity,
    document,
    fields,
    indicator,
    months,
    no_budget,
    responsible,
    scheduled,
    value_of,
)

YEAR = 2568
AGENCY, ABBR = "สำนักงานส่งเสริมเรือไฟฟ้าสาธารณะ", "สฟส."
TITLE = f"มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายใน{AGENCY} ประจำปีงบประมาณ พ.ศ. {YEAR}"
HEAD = (
    "ประเด็นที่ต้องแก้ไข/พัฒนา",
    "มาตรการ/แนวทาง",
    "ขั้นตอน/วิธีการปฏิบัติ",
    "ตัวชี้วัด",
    "ค่าเป้าหมาย",
    "ผู้รับผิดชอบ",
    "ระยะเวลา",
)
FIELDS = fields(
    (None, "objective", "วัตถุประสงค์", "เพื่อนำข้อค้นพบจากการประเมินปีก่อนมาแก้ไขจุดอ่อนของงานบริการท่าเรือ"),
    (None, "goal", "เป้าหมาย", "คะแนน ITA รายเครื่องมือไม่น้อยกว่า 90 คะแนน"),
    (None, "lead_unit", "หน่วยงานรับผิดชอบหลัก", "กลุ่มคุ้มครองจริยธรรม"),
    (None, "budget", "งบประมาณ", "ไม่ใช้งบประมาณ"),
)
# (issue as printed, ITA indicator, measure, start, end, period as printed, steps, units, months planned, months done)
_MEASURES = (
    (
        "ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน",
        "I06",
        "จัดทำคู่มือบริการเทียบท่าเรือไฟฟ้าฉบับประชาชน",
        ("2024-10", "2024-12", "ต.ค. 67 - ธ.ค. 67"),
        ("รวบรวมข้อร้องเรียนย้อนหลังสองปี", "เผยแพร่คู่มือ ณ จุดบริการทุกท่า"),
        ("กองบริการท่าเรือ",),
        ({1, 2, 3}, {2, 3}),
    ),
    (
        "ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร",
        "I07",
        "เปิดช่องทางถามตอบออนไลน์เรื่องตารางเดินเรือ",
        ("2024-11", "2025-03", "พ.ย. 67 - มี.ค. 68"),
        ("ออกแบบหน้าถามตอบร่วมกับผู้ใช้บริการ", "ตอบคำถามภายในสามวันทำการ"),
        ("ศูนย์เทคโนโลยีสารสนเทศ", "กองประชาสัมพันธ์"),
        ({2, 3, 4, 5, 6}, {3, 4, 5, 6}),
    ),
    (
        "ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ",
        "I04",
        "ลงทะเบียนการยืมอุปกรณ์ชาร์จเรือด้วยแบบฟอร์มเดียว",
        ("2025-01", "2025-06", "ม.ค. 68 - มิ.ย. 68"),
        ("สำรวจทะเบียนอุปกรณ์ทั้งหมด", "สุ่มตรวจการยืมคืนทุกสองเดือน"),
        ("ฝ่ายพัสดุ",),
        ({4, 5, 6, 7, 8, 9}, {4, 6, 8}),
    ),
    (
        "ตัวชี้วัดที่ 8 การปรับปรุงการทำงาน",
        "I08",
        "เชิญผู้โดยสารประจำร่วมทบทวนขั้นตอนจำหน่ายบัตร",
        ("2025-02", "2025-08", "ก.พ. 68 - ส.ค. 68"),
        ("คัดเลือกผู้โดยสารจากสามเส้นทาง", "จัดวงทบทวนและลดขั้นตอนที่ซ้ำซ้อน", "แจ้งผลการปรับปรุงบนท่าเรือ"),
        ("กองบริการท่าเรือ", "กองการเงิน"),
        ({5, 6, 7, 8, 9, 10, 11}, {6, 7, 8, 9}),
    ),
)
_GOALS = (
    ("ความพึงพอใจต่อคู่มือบริการ", ("ไม่น้อยกว่าร้อยละ 85", ">=", 85.0, "percent")),
    ("ระยะเวลาตอบคำถาม", ("ไม่เกิน 3 วัน", "<=", 3.0, "วัน")),
    ("จำนวนครั้งของการสุ่มตรวจ", ("อย่างน้อย 3 ครั้ง", ">=", 3.0, "ครั้ง")),
    ("สัดส่วนขั้นตอนที่ลดลง", ("มากกว่าร้อยละ 20", ">", 20.0, "percent")),
)


def _records() -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {
        "activities": [],
        "timeline_months": [],
        "indicators": [],
        "responsibilities": [],
    }
    out["responsibilities"] += responsible(None, value_of(FIELDS, "lead_unit"), role="lead")
    for index, (measure, goal) in enumerate(zip(_MEASURES, _GOALS, strict=True), 1):
        _, code, title, (start, end, _), steps, units, (planned, done) = measure
        ident = str(index)
        known = {"ita_indicator": code, "planned_start": start, "planned_end": end}
        out["activities"].append(activity(ident, "measure", title, in_plan_table=True, **known))
        out["activities"] += [activity(f"{ident}.{n}", "step", s, in_plan_table=True) for n, s in enumerate(steps, 1)]
        out["timeline_months"] += months(ident, YEAR, planned, "plan") + months(ident, YEAR, done, "actual")
        out["indicators"].append(indicator(ident, *goal))
        out["responsibilities"] += responsible(ident, *units)
    return out


def _matrix(records: dict[str, list[Row]]) -> str:
    lines = []
    for row in (r for r in records["activities"] if r["level"] == "measure"):
        ident = row["activity_id"]
        steps = [r for r in records["activities"] if r["parent_id"] == ident]
        goal = by_activity(records["indicators"], ident)[0]
        lines.append(
            (
                _MEASURES[row["number"] - 1][0],
                f"{ident}. {row['title']}",
                "<br>".join(f"{r['number_path']} {r['title']}" for r in steps),
                goal["indicator"],
                goal["target_raw"],
                "<br>".join(r["unit"] for r in by_activity(records["responsibilities"], ident)),
                _MEASURES[row["number"] - 1][3][2],
            )
        )
    return pipe_table(HEAD, lines)


def _grid(records: dict[str, list[Row]]) -> str:
    rows = [
        [
            th("มาตรการ", rowspan=2),
            th("แผน/ผล", rowspan=2),
            th(f"พ.ศ. {YEAR - 1}", colspan=3),
            th(f"พ.ศ. {YEAR}", colspan=9),
        ],
        [th(label) for label in MONTHS],
    ]
    for row in (r for r in records["activities"] if r["level"] == "measure"):
        for label, kind, mark in (("แผน", "plan", "●"), ("ผล", "actual", "✓")):
            cells = scheduled(records["timeline_months"], row["activity_id"], kind)
            first = [td(f"{row['activity_id']}. {row['title']}", rowspan=2)] if kind == "plan" else []
            rows.append([*first, td(label), *(td(mark if on else "") for on in cells)])
    return html_table(rows)


def build() -> Sample:
    """The sample."""
    records = _records()
    head = "\n\n".join(f"**{row['label_raw']}** : {row['value_raw']}" for row in FIELDS)
    source = (
        f"# {TITLE}\n\nแบบตรวจการเปิดเผยข้อมูลสาธารณะ ข้อ O27\n\n{head}\n\n"
        f"## ตารางที่ 1 มาตรการและผู้รับผิดชอบ\n\n{_matrix(records)}\n"
        f"## ตารางที่ 2 แผนและผลรายเดือน\n\n{_grid(records)}\n\n"
        "หมายเหตุ ● หมายถึงเดือนที่วางแผน ✓ หมายถึงเดือนที่ดำเนินการจริง\n"
    )
    expected = {
        "documents": document(
            ["plan", "plan_and_result"], TITLE, AGENCY, None, YEAR, oit_code="O27", budget_status="no_budget"
        ),
        "plans": [
            {
                "objective": value_of(FIELDS, "objective"),
                "goal_raw": value_of(FIELDS, "goal"),
                "goal_measure": "ita_score",
                "goal_operator": ">=",
                "goal_value": 90,
                "goal_unit": "score",
                "lead_unit": value_of(FIELDS, "lead_unit"),
                "budget_status": "no_budget",
            }
        ],
        "plan_fields": FIELDS,
        **records,
        "budgets": [no_budget(None, "planned", YEAR)],
        "_empty": ["ita_scores", "meetings", "attendees", "events", "rating_options"],
        "_labels_ok": [*HEAD, "มาตรการ", "แผน/ผล", "หมายเหตุ"],
    }
    shows = "measures as a pipe table; plan and actual months in an HTML grid with merged headings; no budget"
    return Sample("measures-matrix", "md", shows, source.encode(), expected)
