"""Matrix that answers last year's ITA scores: issue, score, measure, steps, units, period, result."""

from __future__ import annotations

from .layout import html_page, html_table, td, th
from .rows import Row, Sample, activity, by_activity, document, number, responsible

YEAR = 2568
AGENCY, ABBR = "โรงพยาบาลทุ่งดอกหญ้า", "รพ.ทดญ."
TITLE = f"มาตรการยกระดับผลการประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปีงบประมาณ พ.ศ. {YEAR}"
HEAD = (
    "ประเด็น/ตัวชี้วัด ITA",
    f"คะแนน ปี {YEAR - 1}",
    "มาตรการ/แนวทาง",
    "ขั้นตอนการดำเนินการ",
    "ผู้รับผิดชอบ",
    "ระยะเวลา",
    "ผลการดำเนินการ",
)
# (code, name as printed, score, measures); a measure: (title, steps, units, start, end, period, result)
_ISSUES = (
    (
        "I02",
        "ตัวชี้วัดที่ 2 การใช้งบประมาณ",
        "84.16",
        (
            (
                "แสดงสถานะเบิกจ่ายรายหอผู้ป่วยบนกระดานกลาง",
                ("กำหนดรายการที่แสดง", "ปรับตัวเลขทุกวันจันทร์"),
                ("กลุ่มงานการเงิน",),
                ("2024-11", "2025-09", "พ.ย. 67 - ก.ย. 68"),
                "กระดานกลางใช้งานครบทุกหอผู้ป่วยตั้งแต่เดือนธันวาคม",
            ),
            (
                "เชิญผู้แทนหอผู้ป่วยร่วมจัดลำดับคำของบลงทุน",
                ("รวบรวมคำขอ", "ประชุมจัดลำดับร่วมกัน"),
                ("กลุ่มงานยุทธศาสตร์", "กลุ่มงานการเงิน"),
                ("2025-01", "2025-03", "ม.ค. 68 - มี.ค. 68"),
                "ประชุมร่วมสองครั้ง อยู่ระหว่างสรุปบัญชีลำดับ",
            ),
        ),
    ),
    (
        "I07",
        "ตัวชี้วัดที่ 7 ประสิทธิภาพการสื่อสาร",
        "79.90",
        (
            (
                "ทำคลิปสั้นอธิบายค่าใช้จ่ายก่อนผ่าตัด",
                ("คัดเลือกหัตถการที่ถามบ่อย", "ถ่ายทำร่วมกับพยาบาลห้องผ่าตัด"),
                ("งานประชาสัมพันธ์",),
                ("2024-12", "2025-05", "ธ.ค. 67 - พ.ค. 68"),
                "เผยแพร่คลิปแล้วเสร็จหกเรื่องในช่องทางของโรงพยาบาล",
            ),
        ),
    ),
    (
        "I04",
        "ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ",
        "81.05",
        (
            (
                "ยืมรถเข็นผู้ป่วยด้วยป้ายสีแทนสมุดจด",
                ("ทำป้ายสีประจำหอ", "ตรวจนับทุกสิ้นเดือน"),
                ("กลุ่มงานพัสดุ",),
                ("2024-10", "2025-09", "ต.ค. 67 - ก.ย. 68"),
                "ยังไม่ดำเนินการ",
            ),
        ),
    ),
)
_STATUS = {"อยู่ระหว่าง": "in_progress", "แล้วเสร็จ": "completed", "ยังไม่ดำเนินการ": "not_started"}


def _status(result: str) -> str:
    return next((status for word, status in _STATUS.items() if word in result), "completed")


def _records() -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {name: [] for name in ("activities", "responsibilities", "outcomes", "ita_scores")}
    ident = 0
    for code, _, raw, measures in _ISSUES:
        out["ita_scores"].append(
            {
                "agency": AGENCY,
                "fiscal_year_be": YEAR - 1,
                "measure": code,
                "score_raw": raw,
                "score": number(raw),
                "score_role": "prior_year",
            }
        )
        for title, steps, units, (start, end, _), result in measures:
            ident += 1
            dated = {"ita_indicator": code, "planned_start": start, "planned_end": end}
            out["activities"].append(activity(str(ident), "measure", title, **dated))
            out["activities"] += [activity(f"{ident}.{n}", "step", step) for n, step in enumerate(steps, 1)]
            out["responsibilities"] += responsible(str(ident), *units)
            out["outcomes"].append({"activity_id": str(ident), "text": result, "status": _status(result)})
    return out


def _table(records: dict[str, list[Row]]) -> str:
    rows = [[th(text) for text in HEAD]]
    ident = 0
    for _, name, raw, measures in _ISSUES:
        for place, (title, steps, _, (_, _, period), result) in enumerate(measures):
            ident += 1
            span = {"rowspan": len(measures)} if len(measures) > 1 else {}
            first = [td(name, **span), td(raw, **span)] if place == 0 else []
            listed = " ".join(f"{n}) {step}" for n, step in enumerate(steps, 1))
            units = " / ".join(row["unit"] for row in by_activity(records["responsibilities"], str(ident)))
            rows.append([*first, *map(td, (f"{ident}. {title}", listed, units, period, result))])
    return html_table(rows)


def build() -> Sample:
    """The sample."""
    records = _records()
    body = f"<h1>{TITLE}</h1>\n<p>{AGENCY}</p>\n{_table(records)}"
    expected = {
        "documents": document(["plan", "plan_and_result"], TITLE, AGENCY, None, YEAR),
        **records,
        "_empty": ["budgets", "indicators", "meetings", "attendees", "rating_options", "events", "timeline_months"],
        "_labels_ok": list(HEAD),
    }
    shows = "measures against last year's scores: merged issue and score cells, steps in one cell, results, statuses"
    return Sample("ita-matrix", "html", shows, html_page(TITLE, body).encode(), expected)
