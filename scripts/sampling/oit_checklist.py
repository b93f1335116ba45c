"""Checklist of public data (OIT): rows that head sub-indicators across the table, links, tick columns."""

from __future__ import annotations

from .layout import html_page, html_table, td, th
from .rows import Row, Sample, document

YEAR = 2566
AGENCY = "เทศบาลตำบลคลองบัวหลวง"
TITLE = f"แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) ประจำปีงบประมาณ พ.ศ. {YEAR}"
HEAD = ("ข้อ", "ข้อมูล", "รายละเอียด", "ลิงก์", "มี", "ไม่มี", "หมายเหตุ")
SITE = "https://www.khlongbualuang.example/oit"
# (sub-indicator, items); an item: (code, name, details, published, note)
_SECTIONS = (
    (
        "ตัวชี้วัดย่อยที่ 9.1 ข้อมูลพื้นฐาน",
        (
            ("O1", "โครงสร้าง", "แสดงแผนผังโครงสร้างการแบ่งส่วนราชการ", True, ""),
            ("O2", "ข้อมูลผู้บริหาร", "แสดงรายนามและตำแหน่งของผู้บริหารปัจจุบัน", True, "ปรับภาพใหม่แล้ว"),
            ("O3", "อำนาจหน้าที่", "แสดงหน้าที่ตามที่กฎหมายกำหนด", False, "รอตรวจทาน"),
        ),
    ),
    (
        "ตัวชี้วัดย่อยที่ 10.2 มาตรการภายในเพื่อส่งเสริมความโปร่งใส",
        (
            ("O42", "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", "แสดงผลการวิเคราะห์และมาตรการของปีปัจจุบัน", True, ""),
            ("O43", "การดำเนินการตามมาตรการ", "แสดงผลการดำเนินการอย่างน้อยหนึ่งมาตรการ", False, "ครบกำหนดเดือนหน้า"),
        ),
    ),
)


def _options() -> list[Row]:
    return [
        {
            "question_raw": name,
            "order_no": order,
            "label_raw": label,
            "selected": published == (label == "มี"),
            "selection_type": "single",
            "mark_kind": "glyph" if published == (label == "มี") else "none",
        }
        for _, items in _SECTIONS
        for _, name, _, published, _ in items
        for order, label in enumerate(("มี", "ไม่มี"), 1)
    ]


def _table() -> str:
    rows = [[th(text) for text in HEAD]]
    for section, items in _SECTIONS:
        rows.append([td(section, colspan=len(HEAD))])
        for code, name, details, published, note in items:
            link = f"{SITE}/{code.lower()}" if published else "-"
            ticks = ("✓", "") if published else ("", "✓")
            rows.append([*map(td, (code, name, details, link, *ticks, note))])
    return html_table(rows)


def build() -> Sample:
    """The sample."""
    expected = {
        "documents": document("other", TITLE, AGENCY, None, YEAR),
        "rating_options": _options(),
        "_empty": ["activities", "budgets", "indicators", "ita_scores", "meetings", "attendees", "timeline_months"],
        "_labels_ok": list(HEAD),
    }
    shows = (
        "checklist of published data: sub-indicators across the table, links, ticks under two columns, no activities"
    )
    body = f"<h1>{TITLE}</h1>\n<p>{AGENCY}</p>\n{_table()}"
    return Sample("oit-checklist", "html", shows, html_page(TITLE, body).encode(), expected)
