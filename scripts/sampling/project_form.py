"""Vertical project form in plain text with Thai digits, a label above its value; and its damaged twin."""

from __future__ import annotations

from .damage import damaged
from .rows import (
    Row,
    Sample,
    Tables,
    activity,
    budget,
    document,
    fields,
    indicator,
    person,
    responsible,
    thai_digits,
    value_of,
)

YEAR = 2566
AGENCY = "เทศบาลตำบลทุ่งฟ้าคราม"
PROJECT = "โครงการเสริมสร้างวัฒนธรรมสุจริตในงานบริการหน้าเคาน์เตอร์"
PERIOD = "๑ ธันวาคม ๒๕๖๕ – ๓๑ มีนาคม ๒๕๖๖"
UNIT = "งานนิติการ สำนักปลัดเทศบาล"
MONEY, WORDS = "๔๕,๕๐๐", "สี่หมื่นห้าพันห้าร้อยบาทถ้วน"
FUND = "เงินงบประมาณรายจ่ายประจำปี"
OBJECTIVES = (
    "เพื่อให้เจ้าหน้าที่ให้บริการตามลำดับก่อนหลังโดยไม่เลือกปฏิบัติ",
    "เพื่อลดการใช้ดุลพินิจในการอนุญาตด้วยรายการตรวจสอบที่เปิดเผย",
    "เพื่อให้ประชาชนติดตามสถานะคำขอของตนได้ด้วยตนเอง",
)
STEPS = (
    "ประชุมคณะทำงานและกำหนดรายการตรวจสอบ",
    "ฝึกอบรมเจ้าหน้าที่เคาน์เตอร์ จำนวน ๒ รุ่น",
    "ทดลองใช้รายการตรวจสอบกับคำขอจริง",
    "สรุปผลและเสนอผู้บริหารเพื่อประกาศใช้",
)
INDICATORS = [
    indicator(None, "จำนวนเจ้าหน้าที่ที่ผ่านการอบรม", ("ไม่น้อยกว่า ๔๐ คน", ">=", 40, "คน")),
    indicator(None, "ระดับความพึงพอใจของผู้ขอรับบริการ", ("ไม่ต่ำกว่าร้อยละ ๘๕", ">=", 85, "percent")),
    indicator(None, "จำนวนเรื่องร้องเรียนเรื่องความล่าช้า", ("ไม่เกิน ๕ เรื่อง", "<=", 5, "เรื่อง")),
]
RATIONALE = (
    "ผลการประเมินในปีงบประมาณ พ.ศ. ๒๕๖๕ พบว่าผู้มาติดต่อราชการยังรับรู้ว่าการให้บริการหน้าเคาน์เตอร์ไม่เท่าเทียมกัน "
    "และไม่ทราบเหตุผลเมื่อคำขอล่าช้า เทศบาลจึงเห็นควรกำหนดขั้นตอนที่ตรวจสอบได้และฝึกเจ้าหน้าที่ให้ปฏิบัติเป็นแนวเดียวกัน"
)
PROPOSER, APPROVER = person("นาง", "รัตติยา", "ฟ้าเรืองรอง"), person("นาย", "ก้องภพ", "ธาราเดชากุล")


def _listed(lines: tuple[str, ...], section: int) -> str:
    return "\n".join(thai_digits(f"{section}.{n} {line}") for n, line in enumerate(lines, 1))


def _goals() -> str:
    return "\n".join(
        thai_digits(f"{n}) ") + f"{row['indicator']} {row['target_raw']}" for n, row in enumerate(INDICATORS, 1)
    )


FIELDS = fields(
    ("๑.", "plan_title", "ชื่อโครงการ", PROJECT),
    ("๒.", "rationale", "หลักการและเหตุผล", RATIONALE),
    ("๓.", "objective", "วัตถุประสงค์", _listed(OBJECTIVES, 3)),
    ("๔.", "target_group", "กลุ่มเป้าหมาย", "เจ้าหน้าที่ผู้ให้บริการ จำนวน ๔๘ คน"),
    ("๕.", "indicator", "ตัวชี้วัดความสำเร็จ", _goals()),
    ("๖.", "period", "ระยะเวลาดำเนินการ", PERIOD),
    ("๗.", None, "สถานที่ดำเนินการ", "ห้องประชุมฟ้าคราม ชั้น ๒ สำนักงานเทศบาล"),
    ("๘.", "step", "วิธีดำเนินการ", _listed(STEPS, 8)),
    ("๙.", "budget", "งบประมาณ", f"จำนวน {MONEY} บาท ({WORDS}) จาก{FUND}"),
    ("๑๐.", "responsible", "ผู้รับผิดชอบ", UNIT),
    ("๑๑.", "monitoring", "การติดตามและประเมินผล", "แบบสอบถามผู้รับบริการและทะเบียนเรื่องร้องเรียน"),
    ("๑๒.", "expected_benefit", "ผลที่คาดว่าจะได้รับ", "ประชาชนได้รับบริการที่เท่าเทียมและเชื่อมั่นในเทศบาลมากขึ้น"),
)


def _signature(role: str, name: Row, position: str) -> str:
    return f"(ลงชื่อ) ........................................ {role}\n({name['name_raw']})\n{position}\n"


def _text() -> str:
    parts = [f"แบบเสนอโครงการ ประจำปีงบประมาณ พ.ศ. {thai_digits(YEAR)}\n{AGENCY}\n"]
    parts += [f"{row['number_raw']} {row['label_raw']}\n{row['value_raw']}\n" for row in FIELDS]
    parts.append(_signature("ผู้เสนอโครงการ", PROPOSER, "นิติกรชำนาญการ"))
    parts.append(_signature("ผู้อนุมัติโครงการ", APPROVER, f"นายก{AGENCY}"))
    return "\n".join(parts)


def _expected() -> Tables:
    activities = [activity(str(n), "step", text) for n, text in enumerate(STEPS, 1)]
    for row in activities:
        del row[
            "number_path"
        ]  # printed "๘.๑": the contract does not say whether the section number belongs to the path
    return {
        "documents": document(
            "plan",
            [
                f"แบบเสนอโครงการ ประจำปีงบประมาณ พ.ศ. {thai_digits(YEAR)}",
                f"แบบเสนอโครงการ ประจำปีงบประมาณ พ.ศ. {thai_digits(YEAR)} {AGENCY}",
                PROJECT,
            ],
            AGENCY,
            None,
            YEAR,
            budget_status="stated",
        ),
        "plans": [
            {
                "plan_title": PROJECT,
                "rationale": RATIONALE,
                "objective": [value_of(FIELDS, "objective"), "\n".join(OBJECTIVES)],
                "period_raw": PERIOD,
                "start_date": "2022-12-01",
                "end_date": "2023-03-31",
                "period_precision": "day",
                "budget_status": "stated",
                "budget_thb": 45500,
            }
        ],
        "plan_fields": FIELDS,
        "activities": activities,
        "indicators": INDICATORS,
        "responsibilities": responsible(None, UNIT),
        "budgets": [budget(None, "planned", YEAR, MONEY, unit_raw="บาท", fund_source=FUND)],
        "_empty": ["ita_scores", "meetings", "attendees", "timeline_months", "rating_options"],
        "_labels_ok": ["ผู้เสนอโครงการ", "ผู้อนุมัติโครงการ"],
    }


def build() -> Sample:
    """The sample."""
    shows = "plain-text form: Thai digits, label above value, list of objectives, budget in figures and words"
    return Sample("project-form", "txt", shows, _text().encode(), _expected())


def build_damaged() -> Sample:
    """The same records in damaged text."""
    shows = "project-form with split sara am, doubled sara e, spaces before marks, invisible and private-use characters"
    return Sample("project-form-damaged", "txt", shows, damaged(_text()).encode(), _expected())
