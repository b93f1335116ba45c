"""Risk register as records: the same labels again for each risk, key indicator and quarters in Thai digits."""

from __future__ import annotations

from .rows import Row, Sample, activity, document, indicator, responsible, thai_digits

YEAR = 2568
AGENCY = "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาผาหมอก เขต 1"
TITLE = f"ทะเบียนความเสี่ยงการทุจริต ประจำปีงบประมาณ พ.ศ. {YEAR}"
LABELS = (
    (None, "รหัสความเสี่ยง"),
    ("risk", "เหตุการณ์ความเสี่ยง"),
    (None, "โอกาส (L)"),
    (None, "ผลกระทบ (I)"),
    (None, "ระดับความเสี่ยง"),
    ("risk_management", "มาตรการจัดการความเสี่ยง"),
    ("indicator", "ตัวชี้วัด (kpi_mit)"),
    ("period", "ระยะเวลา (timeline)"),
    ("responsible", "ผู้รับผิดชอบ"),
    ("progress", "สถานะ"),
)
# (code, event, L, I, level, measure, indicator, target, period, start, end, unit, status, status as printed)
_RISKS = (
    (
        "R-01",
        "ครูผู้ช่วยพัสดุยืมเครื่องฉายกลับบ้าน",
        (3, 3, "ปานกลาง"),
        "ทำบัญชียืมคืนด้วยแบบฟอร์มออนไลน์",
        ("คะแนนตัวชี้วัดการใช้ทรัพย์สินของราชการ", ("ไม่ต่ำกว่า ๘๕ คะแนน", ">=", 85, "score")),
        ("ไตรมาส ๑ - ๔", "2024-10", "2025-09"),
        "กลุ่มบริหารงานการเงินและสินทรัพย์",
        ("in_progress", "อยู่ระหว่างดำเนินการ"),
    ),
    (
        "R-02",
        "เรียกรับเงินเพื่อจัดลำดับย้ายโรงเรียน",
        (2, 5, "สูง"),
        "เผยแพร่ลำดับคำขอย้ายทุกวันศุกร์",
        ("จำนวนครั้งที่เผยแพร่ลำดับ", ("อย่างน้อย ๑๒ ครั้ง", ">=", 12, "ครั้ง")),
        ("ไตรมาส ๒", "2025-01", "2025-03"),
        "กลุ่มบริหารงานบุคคล",
        ("completed", "ดำเนินการแล้วเสร็จ"),
    ),
    (
        "R-03",
        "อนุมัติค่าเดินทางซ้ำสองโครงการ",
        (3, 4, "สูง"),
        "ตรวจคำขอเดินทางกับปฏิทินกลางก่อนอนุมัติ",
        ("ร้อยละของคำขอที่ตรวจกับปฏิทิน", ("ร้อยละ ๑๐๐", "=", 100, "percent")),
        ("ไตรมาส ๓ - ๔", "2025-04", "2025-09"),
        "หน่วยตรวจสอบภายใน",
        ("not_started", "ยังไม่ดำเนินการ"),
    ),
)


def build() -> Sample:
    """The sample."""
    tables: dict[str, list[Row]] = {
        name: [] for name in ("plan_fields", "activities", "indicators", "responsibilities", "outcomes")
    }
    blocks = []
    for index, risk in enumerate(_RISKS, 1):
        code, event, (likelihood, impact, level), measure, goal, (period, start, end), unit, (status, printed) = risk
        ident = str(index)
        values = (
            code,
            event,
            thai_digits(likelihood),
            thai_digits(impact),
            level,
            measure,
            f"{goal[0]} {goal[1][0]}",
            period,
            unit,
            printed,
        )
        blocks.append("\n".join(f"{label} : {value}" for (_, label), value in zip(LABELS, values, strict=True)))
        tables["plan_fields"] += [
            {"number_raw": None, "field_key": key, "label_raw": label, "value_raw": value}
            for (key, label), value in zip(LABELS, values, strict=True)
        ]
        row = activity(ident, "measure", measure, planned_start=start, planned_end=end)
        tables["activities"].append({name: row[name] for name in row if name not in ("number", "number_path")})
        tables["indicators"].append(indicator(ident, *goal))
        tables["responsibilities"] += responsible(ident, unit)
        tables["outcomes"].append({"activity_id": ident, "text": None, "status": status, "status_basis": "stated"})
    expected = {
        "documents": document(["plan", "plan_and_result", "progress_report"], TITLE, AGENCY, None, YEAR),
        **tables,
        "_empty": ["ita_scores", "meetings", "attendees", "budgets", "events", "rating_options", "timeline_months"],
    }
    source = f"{TITLE}\n{AGENCY}\n\n" + "\n\n".join(blocks) + "\n"
    shows = "register of risks as records with the same labels: each measure with its indicator, quarters, unit, status"
    return Sample("risk-register", "txt", shows, source.encode(), expected)
