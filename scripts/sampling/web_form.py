"""Print-out of a web form in Windows-874 without a charset, with a unit of money that cannot be right."""

from __future__ import annotations

from html import escape

from .layout import html_page
from .rows import Row, Sample, choices, document, fields, responsible, value_of

YEAR = 2567
AGENCY = "สำนักงานพลังงานจังหวัดแก้วบูรพา"
TITLE = "แบบรายงานความก้าวหน้าแผนปฏิบัติการส่งเสริมคุณธรรม"
PROJECT = "โครงการเปิดเผยราคากลางอุปกรณ์พลังงานแสงอาทิตย์ในหมู่บ้าน"
PERIOD = "ไตรมาสที่ 3 (1 เม.ย. 67 - 30 มิ.ย. 67)"
UNIT = "กลุ่มยุทธศาสตร์และแผน"
RESULT = "เผยแพร่ราคากลางแล้ว 9 รายการ และจัดเวทีรับฟังความเห็น 2 อำเภอ"
SUGGESTION = "ควรเผยแพร่ผ่านหอกระจายข่าวของหมู่บ้านด้วย"
AMOUNT, UNIT_RAW = "275000.0000", "ล้านบาท"
STATUS = choices(
    "10",
    (("ยังไม่ดำเนินการ", False), ("อยู่ระหว่างดำเนินการ", True), ("ดำเนินการแล้วเสร็จ", False), ("ยกเลิก", False)),
    "html_input",
)
FIELDS = fields(
    ("1", None, "หน่วยงาน", AGENCY),
    ("2", "plan_title", "ชื่อโครงการ", PROJECT),
    ("3", "responsible", "ผู้รับผิดชอบ", UNIT),
    ("4", "budget", "งบประมาณ", f"{AMOUNT}{UNIT_RAW}"),
    ("5", "period", "ห้วงการรายงาน", PERIOD),
    ("6", "result", "ผลการดำเนินงาน", RESULT),
    ("7", "progress", "ร้อยละความก้าวหน้า", "60"),
    ("8", "problem", "ปัญหา/อุปสรรค", "ไม่มี"),
    ("9", "suggestion", "ข้อเสนอแนะ", SUGGESTION),
    ("10", "progress", "สถานะ", None),
)


def _radio(row: Row) -> str:
    checked = ' checked="checked"' if row["selected"] else ""
    return f'<input type="radio" name="status"{checked}> {escape(row["label_raw"])}'


def build() -> Sample:
    """The sample."""
    buttons = "<br>\n".join(_radio(row) for row in STATUS)
    lines = [
        f"<p><b>{row['number_raw']}. {row['label_raw']}</b> {row.get('value_raw', '<br>' + buttons)}</p>"
        for row in FIELDS
    ]
    body = f"<h3>{TITLE}</h3>\n<p>ปีงบประมาณ {YEAR}</p>\n" + "\n".join(lines) + "\n<p>พิมพ์เมื่อ 5/7/2567</p>"
    budget = {
        "activity_id": None,
        "kind": "planned",
        "fiscal_year_be": YEAR,
        "amount_raw": AMOUNT,
        "amount": 275000,
        "unit_raw": UNIT_RAW,
        "amount_thb": [275000000000, None],
        "unit_suspect": True,
        "status": "stated",
    }
    outcome = {
        "activity_id": None,
        "text": RESULT,
        "status": "in_progress",
        "status_basis": "stated",
        "progress_percent": 60,
        "problem_text": None,
        "problem_status": "none_reported",
        "suggestion_text": SUGGESTION,
    }
    plan = {
        "plan_title": PROJECT,
        "period_raw": PERIOD,
        "start_date": "2024-04-01",
        "end_date": "2024-06-30",
        "period_precision": ["quarter", "day"],
        "budget_status": "stated",
    }
    about = document("progress_report", TITLE, AGENCY, None, YEAR, budget_status="stated")[0]
    about |= {"period_start": "2024-04-01", "period_end": "2024-06-30", "document_date": ["2024-07-05", None]}
    expected = {
        "documents": [about],
        "plans": [plan],
        "plan_fields": FIELDS,
        "rating_options": STATUS,
        "responsibilities": responsible(None, value_of(FIELDS, "responsible")),
        "budgets": [budget],
        "outcomes": [outcome],
        "_empty": ["ita_scores", "meetings", "attendees", "timeline_months"],
        "_labels_ok": ["ปีงบประมาณ", "พิมพ์เมื่อ"],
    }
    shows = "web form in Windows-874 without a charset: suspect unit of money, quarter as period, radio buttons"
    return Sample("web-form-874", "html", shows, html_page(TITLE, body, charset=None).encode("cp874"), expected)
