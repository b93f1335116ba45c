"""A record of a working group's meeting whose attendance is a TAB table with a heading row."""

from __future__ import annotations

from .layout import tab_rows, thai_date, weekday
from .rows import Row, Sample, document, person

AGENCY = "วิทยาลัยการอาชีพเขาหินลาย"
TITLE = "บันทึกการประชุมคณะทำงานเตรียมความพร้อมรับการประเมิน ITA"
DAY, PLACE = "2025-02-14", "ห้องประชุมหินลาย อาคารวิทยบริการ"
HEAD = ("ลำดับ", "ชื่อ - สกุล", "ตำแหน่ง", "หน้าที่", "การเข้าประชุม")


def _attendee(order: int, name: Row, position: str, role: str, reason: str | None = None) -> Row:
    row = {
        "order_no": order,
        "position_raw": position,
        "role_raw": role,
        "attendance": "absent" if reason else "present",
        "absence_reason_raw": reason,
    }
    return name | row


ATTENDEES = [
    _attendee(1, person("นาย", "ชลธร", "ภูผาเลิศ"), "ผู้อำนวยการวิทยาลัย", "ประธาน"),
    _attendee(2, person("นาง", "กมลพร", "ศิลาวงศ์"), "รองผู้อำนวยการฝ่ายวิชาการ", "รองประธาน"),
    _attendee(3, person("นาย", "เตวิช", "หินอ่อนงาม"), "ครูชำนาญการ", "กรรมการ"),
    _attendee(4, person("นางสาว", "ปาลิตา", "ทรายแก้ว"), "ครู", "กรรมการ", "ลากิจ"),
    _attendee(5, person("ว่าที่ร้อยตรีหญิง", "ณิชาภา", "ลานหิน"), "ครูผู้ช่วย", "กรรมการ"),
    _attendee(6, person("นาย", "ศิวกร", "แก่นผา"), "เจ้าหน้าที่งานแผน", "กรรมการ", "ไปราชการ"),
    _attendee(7, person("น.ส.", "ขวัญข้าว", "ดอยสูง"), "เจ้าหน้าที่บริหารงานทั่วไป", "กรรมการและเลขานุการ"),
]
AGENDA: list[Row] = [
    {
        "number_raw": "1",
        "topic": "เรื่องที่ประธานแจ้งให้ทราบ",
        "presenter_raw": None,
        "resolution": "รับทราบ",
    },
    {
        "number_raw": "2",
        "topic": "การแบ่งหน้าที่เก็บหลักฐานตามแบบวัด OIT",
        "presenter_raw": "นางกมลพร ศิลาวงศ์",
        "resolution": "มอบหมายผู้รับผิดชอบรายข้อตามที่เสนอ",
    },
    {
        "number_raw": "3",
        "topic": "การชี้แจงผู้ปกครองและสถานประกอบการ",
        "presenter_raw": "นายเตวิช หินอ่อนงาม",
        "resolution": "ให้จัดประชุมชี้แจงทางออนไลน์ภายในเดือนมีนาคม 2568",
    },
]


def _attendance() -> str:
    rows = [
        (
            f"{row['order_no']}.",
            row["name_raw"],
            row["position_raw"],
            row["role_raw"],
            f"ไม่มาประชุม ({row['absence_reason_raw']})" if row["absence_reason_raw"] else "มาประชุม",
        )
        for row in ATTENDEES
    ]
    return tab_rows([HEAD, *rows])


def _agenda() -> str:
    parts = []
    for row in AGENDA:
        says = f"{row['presenter_raw']} นำเสนอรายละเอียดต่อที่ประชุม\n" if row["presenter_raw"] else ""
        parts.append(f"วาระที่ {row['number_raw']} {row['topic']}\n{says}มติที่ประชุม : {row['resolution']}\n")
    return "\n".join(parts)


def build() -> Sample:
    """The sample."""
    meeting = {
        "title_raw": [TITLE, f"{TITLE} {AGENCY}"],
        "number_raw": "ครั้งที่ 2/2568",
        "meeting_no": 2,
        "meeting_year_be": 2568,
        "date_raw": f"{weekday(DAY)}ที่ {thai_date(DAY, era=True)}",
        "meeting_date": DAY,
        "weekday_raw": weekday(DAY),
        "weekday_ok": True,
        "start_time": "09:00",
        "end_time": "11:30",
        "place": PLACE,
        "is_excerpt": False,
    }
    source = (
        f"{TITLE}\n{AGENCY}\n{meeting['number_raw']}\n{meeting['date_raw']} เวลา 9.00 - 11.30 น.\nณ {PLACE}\n\n"
        f"รายชื่อคณะทำงาน\n{_attendance()}\nเปิดประชุมเวลา 9.00 น.\n\n{_agenda()}\nปิดประชุมเวลา 11.30 น.\n\n"
        "น.ส.ขวัญข้าว ดอยสูง\nผู้บันทึกรายงานการประชุม\n"
    )
    expected = {
        "documents": [
            {k: v for k, v in row.items() if not k.startswith("period_") and k != "document_date"}
            for row in document("minutes", [TITLE, f"{TITLE} {AGENCY}"], AGENCY, None, 2568)
        ],
        "meetings": [meeting],
        "attendees": ATTENDEES,
        "agenda_items": AGENDA,
        "_empty": ["ita_scores", "budgets", "timeline_months", "rating_options"],
        "_labels_ok": list(HEAD),
    }
    shows = "attendance as a TAB table with roles and absences; other words for opening and closing"
    return Sample("minutes-table", "txt", shows, source.encode(), expected)
