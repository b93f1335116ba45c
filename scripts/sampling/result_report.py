"""Twelve-month result report: an HTML table with budgets, results, problems, suggestions, statuses and a totals row."""

from __future__ import annotations

from .layout import html_page, html_table, td, th
from .rows import (
    Row,
    Sample,
    activity,
    budget,
    by_activity,
    document,
    fields,
    indicator,
    no_budget,
    number,
    responsible,
)

YEAR = 2567
AGENCY, ABBR = "กรมหอดูดาวภูมิภาค", "กหด."
TITLE = f"รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {YEAR}"
HEAD = ("ลำดับ", "โครงการ/กิจกรรม", "ตัวชี้วัด", "เป้าหมาย", "ผล", "งบประมาณ (บาท)", "สถานะ")
HEAD_END = ("ผลการดำเนินงาน", "ปัญหา/อุปสรรค", "ข้อเสนอแนะ", "ผู้รับผิดชอบ")
NO_BUDGET = "ไม่ใช้งบประมาณ"
STATUS = {
    "completed": "ดำเนินการแล้วเสร็จ",
    "in_progress": "อยู่ระหว่างดำเนินการ",
    "not_started": "ยังไม่ดำเนินการ",
    "cancelled": "ยกเลิก",
}
FIELDS = fields(
    (None, None, "หน่วยงาน", f"{AGENCY} ({ABBR})"),
    (None, "period", "ห้วงการรายงาน", "1 ตุลาคม 2566 - 30 กันยายน 2567"),
)
ACTIVITIES = [
    activity("1", "project", "โครงการอบรมผู้ดูแลหอดูดาวเรื่องการรับของขวัญและผลประโยชน์ทับซ้อน", in_report=True),
    activity("2", "activity", "กิจกรรมเปิดบ้านรับฟังความเห็นผู้เข้าชมหอดูดาว", in_report=True),
    activity("3", "project", "โครงการพัฒนาระบบจองรอบชมดาวออนไลน์ให้ตรวจสอบลำดับคิวได้", in_report=True),
    activity("4", "activity", "กิจกรรมเผยแพร่ผลการจัดซื้ออุปกรณ์รายไตรมาส", in_report=True),
    activity("5", "project", "โครงการศึกษาดูงานหน่วยงานต้นแบบความโปร่งใส", in_report=True),
]
INDICATORS = [
    indicator("1", "จำนวนผู้ผ่านการอบรม", ("ไม่น้อยกว่า 80 คน", ">=", 80, "คน"), ("86 คน", 86, "คน")),
    indicator("2", "ความพึงพอใจของผู้เข้าชม", ("ร้อยละ 85 ขึ้นไป", ">=", 85, "percent"), ("ร้อยละ 82.40", 82.4, "percent")),
    indicator("3", "จำนวนหอดูดาวที่ใช้ระบบ", ("12 แห่ง", None, 12, "แห่ง"), ("7 แห่ง", 7, "แห่ง")),
    indicator("4", "จำนวนครั้งที่เผยแพร่", ("4 ครั้ง", None, 4, "ครั้ง"), ("4 ครั้ง", 4, "ครั้ง")),
    indicator("5", "จำนวนผู้ร่วมศึกษาดูงาน", ("อย่างน้อย 30 คน", ">=", 30, "คน")),
]
UNITS = [
    *responsible("1", "กลุ่มงานจริยธรรม"),
    *responsible("2", "กองบริการผู้เข้าชม"),
    *responsible("3", "ศูนย์ดิจิทัลดาราศาสตร์"),
    *responsible("4", "ฝ่ายพัสดุ"),
    *responsible("5", "กลุ่มงานจริยธรรม"),
]
BUDGETS = [
    budget("1", "allocated", YEAR, "120,000.00"),
    budget("1", "spent", YEAR, "118,450.00"),
    budget("2", "allocated", YEAR, "45,000.00"),
    budget("2", "spent", YEAR, "39,725.50"),
    budget("3", "allocated", YEAR, "860,000.00"),
    budget("3", "spent", YEAR, "516,000.00"),
    no_budget("4", "allocated", YEAR),
    budget("5", "allocated", YEAR, "75,000.00"),
    budget("5", "spent", YEAR, "0.00"),
]


def _outcome(ident: str, text: str, status: str, problem: str | None, suggestion: str | None) -> Row:
    return {
        "activity_id": ident,
        "text": text,
        "status": status,
        "status_basis": "stated",
        "problem_text": problem,
        "problem_status": "stated" if problem else "none_reported",
        "suggestion_text": suggestion,
    }


OUTCOMES = [
    _outcome("1", "จัดอบรมครบสองรุ่น ผู้เข้าอบรมลงนามไม่รับของขวัญทุกคน", "completed", None, None),
    _outcome(
        "2",
        "จัดงานสามครั้งและสรุปความเห็นเสนออธิบดี",
        "completed",
        "ผู้เข้าชมต่างชาติกรอกแบบสอบถามน้อย",
        "ควรจัดทำแบบสอบถามสองภาษา",
    ),
    _outcome(
        "3",
        "ติดตั้งระบบแล้วบางส่วน อยู่ระหว่างทดสอบกับหอดูดาวภาคใต้",
        "in_progress",
        "เครือข่ายสัญญาณบนยอดเขาไม่เสถียร",
        "ขอขยายสัญญาเช่าวงจรสำรอง",
    ),
    _outcome("4", "เผยแพร่บนเว็บไซต์กรมทุกไตรมาส", "completed", None, None),
    _outcome("5", "งดการเดินทางตามมาตรการประหยัด", "cancelled", "งบเดินทางถูกปรับลด", "ปรับเป็นการเรียนรู้ทางไกล"),
]


def _total(kind: str) -> Row:
    amount = sum(number(row["amount_raw"]) for row in BUDGETS if row["kind"] == kind and "amount_raw" in row)
    return budget(None, kind, YEAR, f"{amount:,.2f}")


TOTALS = [_total("allocated"), _total("spent")]


def _amount(ident: str, kind: str) -> str:
    found = [row for row in by_activity(BUDGETS, ident) if row["kind"] == kind]
    if not found:
        return "-"
    return NO_BUDGET if found[0]["status"] == "no_budget" else str(found[0]["amount_raw"])


def _line(row: Row) -> list[str]:
    ident = row["activity_id"]
    goal, result = by_activity(INDICATORS, ident)[0], by_activity(OUTCOMES, ident)[0]
    texts = [
        ident,
        row["title"],
        goal["indicator"],
        goal["target_raw"],
        goal.get("actual_raw", "-"),
        _amount(ident, "allocated"),
        _amount(ident, "spent"),
        STATUS[result["status"]],
        result["text"],
        result["problem_text"] or "ไม่มี",
        result["suggestion_text"] or "-",
        by_activity(UNITS, ident)[0]["unit"],
    ]
    return [td(text) for text in texts]


def _table() -> str:
    heads = [th(h, colspan=2) if h.startswith("งบประมาณ") else th(h, rowspan=2) for h in HEAD]
    heads += [th(h, rowspan=2) for h in HEAD_END]
    total = [td("รวมทั้งสิ้น", colspan=5), *(td(row["amount_raw"]) for row in TOTALS), td("", colspan=5)]
    return html_table([heads, [th("จัดสรร"), th("เบิกจ่าย")], *(_line(row) for row in ACTIVITIES), total])


def build() -> Sample:
    """The sample."""
    top = "\n".join(f"<p><b>{row['label_raw']}</b> : {row['value_raw']}</p>" for row in FIELDS)
    body = (
        f"<h1>{TITLE}</h1>\n<h2>(รอบ 12 เดือน)</h2>\n{top}\n{_table()}\n"
        "<p>ข้อมูล ณ วันที่ 30 กันยายน 2567</p>\n<p>ผู้รายงาน นางสาวอัญชิสา ดาราไพศาล หัวหน้ากลุ่มงานจริยธรรม</p>"
    )
    expected = {
        "documents": document(
            "result_report",
            TITLE,
            AGENCY,
            ABBR,
            YEAR,
            reporting_round="12m",
            budget_status="stated",
            document_date=["2024-09-30", None],
        ),
        "plan_fields": FIELDS,
        "activities": ACTIVITIES,
        "indicators": INDICATORS,
        "responsibilities": UNITS,
        "budgets": BUDGETS + TOTALS,
        "outcomes": OUTCOMES,
        "_empty": ["ita_scores", "meetings", "attendees", "rating_options", "timeline_months"],
        "_labels_ok": [*HEAD, *HEAD_END, "จัดสรร", "เบิกจ่าย", "รวมทั้งสิ้น", "ผู้รายงาน"],
    }
    shows = "twelve-month results in HTML: targets reached and missed, budgets with totals, statuses, problems"
    return Sample("result-report", "html", shows, html_page(TITLE, body).encode(), expected)
