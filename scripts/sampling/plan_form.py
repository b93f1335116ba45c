"""Numbered two-column form with nested tables, flattened to TAB rows, then evidence pages and a press release."""

from __future__ import annotations

from .layout import Grid, flatten, thai_date
from .rows import (
    MONTHS,
    Row,
    Sample,
    activity,
    by_activity,
    choices,
    contact,
    document,
    fields,
    indicator,
    months,
    person,
    responsible,
    scale,
    scheduled,
)

YEAR = 2565
AGENCY, ABBR = "องค์การคลังน้ำฝนแห่งชาติ", "อคฝ."
TITLE = f"แผนปรับปรุงผลการประเมิน ITA ของ{AGENCY} ประจำปีงบประมาณ พ.ศ. {YEAR}"
PLAN = "แผนพัฒนาระบบงานเพื่อยกระดับผลการประเมิน ITA ของคลังน้ำฝน"
GOAL = "ได้รับผลคะแนน ITA ในภาพรวมไม่ต่ำกว่า 92 คะแนน"
OBJECTIVE = "เพื่อให้บุคลากรทุกกองเข้าใจเกณฑ์การประเมินและปรับปรุงงานบริการให้ตรวจสอบได้"
LEAD = "สำนักธรรมาภิบาลองค์การ"
QUESTION = "ระดับความมั่นใจในความสำเร็จของโครงการ / แผนงาน"
PLAN_TYPE = "ประเภทของแผนปฏิบัติงาน"
RISK = "บุคลากรหมุนเวียนตำแหน่งระหว่างปี ทำให้ต้องชี้แจงเกณฑ์ซ้ำหลายรอบ"
COURSE, DAY = "รู้ทัน เข้าใจ ITA", "2022-01-17"
VENUE = "ห้องประชุมเมฆฝน ชั้น 4 อาคารสำนักงานใหญ่"
SPEAKER = person("นางสาว", "พิมพ์ลดา", "อรุณเรือง") | {
    "position_raw": "นักวิชาการธรรมาภิบาลชำนาญการ",
    "organisation_raw": "สถาบันจริยธรรมภาครัฐล้านดาว",
}
OPENER = person("นาย", "ธนวรรธน์", "เกษมธารา") | {
    "position_raw": f"ผู้อำนวยการ {ABBR}",
    "role": "opener",
    "telling_no": 3,
}
ONSITE, ONLINE = "หัวหน้ากองขึ้นไป", "พนักงานสายปฏิบัติการ"
CAPTIONS = ("ภาพที่ 1 อินโฟกราฟิกประจำเดือนธันวาคม", "ภาพที่ 2 บรรยากาศการชี้แจงของกองซ่อมบำรุง")

FIELDS = fields(
    ("1", "plan_title", "ชื่อแผนงาน/โครงการ", PLAN),
    ("2", "objective", "วัตถุประสงค์", OBJECTIVE),
    ("3", "goal", "เป้าหมาย", GOAL),
    ("4", "lead_unit", "ผู้รับผิดชอบหลัก", LEAD),
    ("8", "risk_management", "การบริหารความเสี่ยง", None),
    ("8.1", "confidence_level", QUESTION, None),
    ("5", "strategy", "สนับสนุนกลยุทธ์", "SO-3 บริหารองค์การอย่างโปร่งใสและรับผิดชอบต่อผู้ใช้น้ำ"),
    ("6", "period", "ระยะเวลาดำเนินการ", "พ.ย. 64 - ส.ค. 65"),
    ("7", "plan_type", PLAN_TYPE, None),
    ("8.2", "risk", "ความเสี่ยงที่อาจส่งผลกระทบต่อความสำเร็จของโครงการ / แผนงาน", RISK),
    ("9", "activity", "กิจกรรม", None),
    ("10", "timeline", "ระยะเวลาดำเนินการ", None),
    ("11", "indicator", "ตัวชี้วัด (KPIs) / เป้าหมายของโครงการ", None),
    ("12", "responsible", "ผู้รับผิดชอบ", None),
    ("13", "result", "ผลการดำเนินงาน", None),
)
SCALE = scale(
    "8.1",
    QUESTION,
    (
        ("สูงมาก", ">", 95, False),
        ("สูง", ">", 85, False),
        ("ปานกลาง", "≥", 75, True),
        ("ต่ำ", "<", 75, False),
        ("ต่ำมาก", "<", 50, False),
    ),
)
TYPES = choices(
    "7",
    (("แผนงานประจำ", False), ("แผนปรับปรุงกระบวนงานตามผลการประเมิน", True), ("แผนลงทุน", False)),
    "html_input",
)
ACTIVITIES = [
    activity("1", "work_plan", "สื่อสารเกณฑ์การประเมิน ITA ให้ทั่วถึงทุกกองขององค์การ", in_plan_table=True, in_report=True),
    activity(
        "1.1",
        "activity",
        "สำนักธรรมาภิบาลองค์การผลิตอินโฟกราฟิกรายเดือน จำนวน 6 ชิ้น เผยแพร่ทางอินทราเน็ตและกลุ่ม LINE ของแต่ละกอง",
        in_plan_table=False,
        in_report=True,
    ),
    activity(
        "1.2",
        "activity",
        "กองต่าง ๆ รวม 24 กอง นำเกณฑ์ไปชี้แจงในการประชุมประจำเดือนของตน ครบทุกกอง",
        in_plan_table=False,
        in_report=True,
        coverage_count=24,
        coverage_claim_raw="ครบทุกกอง",
    ),
    activity("2", "work_plan", "ฝึกอบรมการเตรียมข้อมูลเพื่อรับการประเมิน ITA", in_plan_table=True, in_report=True),
    activity("2.1", "step", "สำรวจหัวข้อที่บุคลากรต้องการเรียนรู้", in_plan_table=True, in_report=False),
    activity("2.2", "step", "ติดต่อวิทยากรและจัดทำเอกสารประกอบ", in_plan_table=True, in_report=False),
    activity("2.3", "step", "จัดฝึกอบรมและทดสอบความรู้หลังเรียน", in_plan_table=True, in_report=False),
]
TIMELINE = months("1", YEAR, {2, 3, 4, 5, 6, 7}) + months("2", YEAR, {3, 4, 5})
INDICATORS = [
    indicator("1", "ร้อยละของกองที่ได้รับการชี้แจง", ("ร้อยละ 100", "=", 100, "percent"), ("คิดเป็นร้อยละ 100", 100, "percent")),
    indicator(
        "2",
        "คะแนนเฉลี่ยหลังการอบรม",
        ("ไม่น้อยกว่าร้อยละ 80", ">=", 80, "percent"),
        ("คิดเป็นร้อยละ 87.5", 87.5, "percent"),
    ),
    indicator("2", "จำนวนผู้เข้ารับการอบรม", ("ไม่น้อยกว่า 120 คน", ">=", 120, "คน"), ("142 คน", 142, "คน")),
]
UNITS = [
    *responsible(None, LEAD, role="lead"),
    *responsible("1", LEAD),
    *responsible("2", "กองพัฒนาบุคลากร", LEAD),
]


def _speaker() -> str:
    return f"{SPEAKER['name_raw']} {SPEAKER['position_raw']} {SPEAKER['organisation_raw']}"


def _told_in_form() -> str:
    return (
        f'วันที่ {thai_date(DAY)} {ABBR} จัดอบรมหลักสูตร "{COURSE}" สำหรับ{ONSITE} ณ {VENUE} '
        f"และถ่ายทอดผ่านแอปพลิเคชัน Google Meet สำหรับ{ONLINE} มีผู้เข้ารับการอบรม 142 คน โดยได้รับเกียรติจาก {_speaker()} "
        "เป็นวิทยากร ผลการทดสอบหลังเรียนมีคะแนนเฉลี่ยคิดเป็นร้อยละ 87.5"
    )


OUTCOMES: list[Row] = [
    {
        "activity_id": "1",
        "text": "ผลิตอินโฟกราฟิกแล้ว 6 ชิ้น และชี้แจงครบ 24 กอง คิดเป็นร้อยละ 100 ของกองทั้งหมด",
        "status": "completed",
        "problem_status": "not_stated",
    },
    {
        "activity_id": "2",
        "text": _told_in_form(),
        "status": "completed",
        "outcome_date": DAY,
        "problem_status": "not_stated",
    },
]


def _numbered(numbers: tuple[str, ...]) -> list[str]:
    rows = [row for row in FIELDS if row["number_raw"] in numbers]
    return [f"{row['number_raw']}. {row['label_raw']} : {row.get('value_raw', '')}".rstrip() for row in rows]


def _form() -> str:
    ticks = Grid((tuple(r["label_raw"] for r in SCALE), tuple("✓" if r["selected"] else "" for r in SCALE)))
    boxes = " ".join(
        f'<input {"checked=" + chr(34) * 2 + " " if r["selected"] else ""}type="checkbox"/> {r["label_raw"]}'
        for r in TYPES
    )
    left: list[str | Grid] = [*_numbered(("1", "2", "3", "4", "8")), f"8.1 {QUESTION}", ticks]
    right: list[str | Grid] = [
        *_numbered(("5", "6")),
        f"7. {PLAN_TYPE} : {boxes}",
        f"8.2 {FIELDS[9]['label_raw']} {RISK}",
    ]
    heads: list[list[str | Grid]] = [[f"{row['number_raw']}. {row['label_raw']}"] for row in FIELDS[10:]]
    return flatten([[left, right], heads, _activity_row("1"), _activity_row("2")])


def _activity_row(ident: str) -> list[list[str | Grid]]:
    plan = next(row for row in ACTIVITIES if row["activity_id"] == ident)
    steps = [row for row in ACTIVITIES if row["parent_id"] == ident and row["in_plan_table"]]
    lines = [f"แผนงานที่ {ident} : {plan['title']}", *(f"{row['number']}. {row['title']}" for row in steps)]
    goals = by_activity(INDICATORS, ident)
    grid = Grid((MONTHS, tuple("✓" if on else "" for on in scheduled(TIMELINE, ident))))
    targets = ["ตัวชี้วัด :", *(f"- {row['indicator']}" for row in goals)]
    targets += ["เป้าหมาย :", *(f"- {row['target_raw']}" for row in goals)]
    return [
        ["".join(f"<p>{line}</p> " for line in lines).strip()],
        [grid],
        [*targets],
        [f"<p>{'<br/>'.join(row['unit'] for row in by_activity(UNITS, ident))}</p>"],
        [f"<p>- {by_activity(OUTCOMES, ident)[0]['text']}</p>"],
    ]


def _evidence() -> str:
    heading = f"ผลการดำเนินงานตามแผนพัฒนาระบบงานเพื่อยกระดับผลการประเมิน ITA ปีงบประมาณ {YEAR}"
    title = {row["activity_id"]: row["title"] for row in ACTIVITIES}
    first = f"{heading}\n\nแผนงานที่ 1\n\n{title['1']}\n\n"
    second = (
        f'วันที่ {thai_date(DAY)} {ABBR} จัดการอบรมหลักสูตร "{COURSE}" ให้แก่บุคลากรขององค์การ '
        f"โดยมี {_speaker()} เป็นวิทยากร ผู้เข้ารับการอบรมมีคะแนนเฉลี่ยคิดเป็นร้อยละ 87.5"
    )
    news = (
        f"เมื่อวันที่ {thai_date(DAY)} ณ {VENUE} {OPENER['name_raw']} {OPENER['position_raw']} เป็นประธานเปิดการอบรม"
        f'หลักสูตร "{COURSE}" สำหรับ{ONSITE} ซึ่งเข้าร่วม ณ สถานที่จัดงาน และ{ONLINE} ซึ่งเข้าร่วมทางออนไลน์ผ่าน Google Meet '
        f"โดยได้รับเกียรติจาก {_speaker()} เป็นวิทยากร"
    )
    return "\n".join(
        (
            f"{first}กิจกรรมที่ 1\n\n{title['1.1']}\n",
            f"{CAPTIONS[0]}\n",
            f"{first}กิจกรรมที่ 2\n\n{title['1.2']}\n",
            f"{CAPTIONS[1]}\n",
            f"{heading}\n\nแผนงานที่ 2\n\n{title['2']}\n\n{second}\n",
            "ข่าวประชาสัมพันธ์\n",
            f'{ABBR} จัดอบรม "{COURSE}"\n',
            f"{news}\n",
            f"{LEAD} {AGENCY} โทร 0 2555 0199 ต่อ 4411, 4412\n",
        )
    )


def build() -> Sample:
    """The sample."""
    expected = {
        "documents": document("plan_and_result", TITLE, AGENCY, ABBR, YEAR),
        "plans": [
            {
                "plan_title": PLAN,
                "objective": OBJECTIVE,
                "goal_raw": GOAL,
                "goal_measure": "ita_score",
                "goal_operator": ">=",
                "goal_value": 92,
                "goal_unit": "score",
                "strategy_code": "SO-3",
                "period_raw": "พ.ย. 64 - ส.ค. 65",
                "start_date": "2021-11",
                "end_date": "2022-08",
                "period_precision": "month",
                "lead_unit": LEAD,
                "budget_status": "not_stated",
            }
        ],
        "plan_fields": FIELDS,
        "rating_options": SCALE + TYPES,
        "activities": ACTIVITIES,
        "timeline_months": TIMELINE,
        "indicators": INDICATORS,
        "responsibilities": UNITS,
        "outcomes": OUTCOMES,
        "events": [
            {
                "activity_id": "2",
                "event_type": "training",
                "name": COURSE,
                "start_date": DAY,
                "venue": VENUE,
                "mode": "hybrid",
                "platform": "Google Meet",
                "organiser": ABBR,
                "participant_count": 142,
                "score_value": 87.5,
                "score_unit": "percent",
                "telling_count": 3,
            }
        ],
        "event_tellings": [
            {"telling_no": 1, "start_date": DAY, "audience_onsite": ONSITE, "audience_online": ONLINE},
            {"telling_no": 2, "start_date": DAY, "audience": "บุคลากรขององค์การ"},
            {"telling_no": 3, "start_date": DAY, "audience_onsite": ONSITE, "audience_online": ONLINE},
        ],
        "event_people": [*(SPEAKER | {"role": "speaker", "telling_no": n} for n in (1, 2, 3)), OPENER],
        "contacts": [contact("phone", "0 2555 0199 ต่อ 4411, 4412", "+6625550199", "4411;4412")],
        "_figures": [
            {"activity_id": f"1.{n}", "caption_raw": c, "content_status": "lost"} for n, c in enumerate(CAPTIONS, 1)
        ],
        "_empty": ["ita_scores", "budgets", "meetings", "attendees", "agenda_items"],
        "_labels_ok": ["ตัวชี้วัด", "เป้าหมาย"],
    }
    shows = "two-column form, nested tables flattened to TAB rows, ticks, evidence pages, one event told three times"
    source = f"{TITLE}\n\n{_form()}\n{_evidence()}"
    return Sample("plan-form", "txt", shows, source.encode(), expected)
