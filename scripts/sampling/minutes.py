"""Minutes in the official form, attendance in columns made of spaces."""

from __future__ import annotations

from .layout import thai_date, weekday
from .rows import Row, Sample, document, person, thai_digits

AGENCY, ABBR = "สำนักงานคณะกรรมการแผนที่เสียงแห่งชาติ", "สผส."
TITLE = "รายงานการประชุมคณะกรรมการขับเคลื่อนคุณธรรมและความโปร่งใส"
DAY, PLACE = "2024-06-19", "ห้องประชุมเสียงน้ำ ชั้น ๒ อาคารอำนวยการ"
POSITIONS = {
    "present": "ผู้มาประชุม",
    "absent": "ผู้ไม่มาประชุม (ถ้ามี)",
    "in_attendance": "ผู้เข้าร่วมประชุม",
}


def _attendee(attendance: str, order: int, name: Row, position: str, **more: str | None) -> Row:
    row: Row = {"attendance": attendance, "order_no": order, "position_raw": position, "role_raw": None}
    return name | row | more


ATTENDEES = [
    _attendee("present", 1, person("นางสาว", "ศศิวิมล", "คลื่นทอง"), "เลขาธิการ", role_raw="ประธานกรรมการ"),
    _attendee("present", 2, person("นาย", "ภูริเดช", "สำเนียงดี"), "รองเลขาธิการ", role_raw="รองประธานกรรมการ"),
    _attendee(
        "present",
        3,
        person("ว่าที่ร้อยตรี", "นภัส", "กังวานไกล"),
        "ผู้อำนวยการกองสำรวจเสียงเมือง",
        role_raw="กรรมการ",
    ),
    _attendee(
        "present",
        4,
        person("นาง", "อรปรียา", "โสตถิกุลชัย"),
        "หัวหน้ากลุ่มงานคลัง",
        role_raw="กรรมการ",
        proxy_for_raw="ผู้อำนวยการกองคลัง",
    ),
    _attendee("present", 5, person("ดร.", "ปราชญ์", "ณ เวียงฟ้า"), "ผู้เชี่ยวชาญด้านข้อมูลเสียง", role_raw="กรรมการ"),
    _attendee("present", 6, person("นาย", "ธีทัต", "บันลือศิลป์"), "นิติกรชำนาญการ", role_raw="กรรมการและเลขานุการ"),
    _attendee(
        "absent",
        1,
        person("นาย", "วรเมธ", "เพียงพสุธา"),
        "ผู้อำนวยการกองกฎหมาย",
        role_raw="กรรมการ",
        absence_reason_raw="ติดราชการ",
    ),
    _attendee(
        "absent",
        2,
        person("นางสาว", "ชัญญา", "เรืองเสียง"),
        "หัวหน้าสำนักงาน",
        role_raw="กรรมการ",
        absence_reason_raw="ลาป่วย",
    ),
    _attendee("in_attendance", 1, person("นาย", "กฤติน", "มณีโสภณ"), "นักวิชาการคอมพิวเตอร์"),
    _attendee("in_attendance", 2, person("นางสาว", "มุกริน", "ทองทะเล"), "เจ้าพนักงานธุรการ"),
]


def _item(number: str, topic: str, text: str, resolution: str | None, presenter: str | None = None) -> Row:
    return {
        "number_raw": number,
        "topic": topic,
        "resolution": resolution,
        "presenter_raw": presenter,
        "agenda_group": int(number.split(".")[0].translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))),
        "_text": text,
    }


AGENDA = [
    _item(
        "๑",
        "ประธานแจ้งให้ที่ประชุมทราบ",
        "ประธานแจ้งว่าคณะผู้ประเมินจะเริ่มเก็บข้อมูลจากผู้มาติดต่อในเดือนหน้า ขอให้ทุกกองตรวจความพร้อมของป้ายแจ้งช่องทาง",
        "รับทราบ",
    ),
    _item(
        "๒",
        "รับรองรายงานการประชุม ครั้งที่ ๒/๒๕๖๗",
        "ฝ่ายเลขานุการเสนอร่างรายงานให้กรรมการตรวจแล้ว ไม่มีผู้ขอแก้ไข",
        "รับรองรายงานการประชุม",
    ),
    _item("๓", "เรื่องสืบเนื่อง", "การปรับปรุงหน้าเว็บไซต์ข้อมูลสาธารณะแล้วเสร็จตามที่มอบหมายไว้", "รับทราบ"),
    _item("๔", "เรื่องเพื่อพิจารณา", "", None),
    _item(
        "๔.๑",
        "ร่างแนวปฏิบัติการยืมเครื่องบันทึกเสียงของราชการ",
        "เสนอให้ใช้แบบคำขอฉบับเดียวและแสดงรายการยืมบนระบบภายใน",
        "เห็นชอบ และมอบฝ่ายเลขานุการเวียนแจ้งภายในเจ็ดวัน",
        "นายธีทัต บันลือศิลป์",
    ),
    _item(
        "๔.๒",
        "แผนการสำรวจความเห็นผู้รับบริการแผนที่เสียง",
        "เสนอกลุ่มตัวอย่างหกจังหวัดโดยใช้แบบสอบถามออนไลน์",
        "เห็นชอบในหลักการ ให้เพิ่มกลุ่มผู้พิการทางสายตา",
        "นางอรปรียา โสตถิกุลชัย",
    ),
    _item("๕", "เรื่องอื่น ๆ", "ไม่มี", None),
]


def _attendance() -> str:
    parts = []
    for kind, heading in POSITIONS.items():
        lines = [heading]
        for row in (r for r in ATTENDEES if r["attendance"] == kind):
            position = row["position_raw"]
            if row.get("proxy_for_raw"):
                position += f" (แทน) {row['proxy_for_raw']}"
            last = row.get("absence_reason_raw") or row["role_raw"] or ""
            middle = f"{position:<52}" if kind != "absent" else f"{position:<32}{row['role_raw']:<18}"
            lines.append(f"{thai_digits(row['order_no'])}. {row['name_raw']:<32}{middle}{last}".rstrip())
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _agenda() -> str:
    parts = []
    for row in AGENDA:
        top = "." not in row["number_raw"]
        heading = (
            f"ระเบียบวาระที่ {row['number_raw']} {row['topic']}" if top else f"{row['number_raw']} เรื่อง {row['topic']}"
        )
        lines = [heading]
        if row["_text"]:
            lines.append("    " + (f"{row['presenter_raw']} " if row["presenter_raw"] else "") + row["_text"])
        if row["resolution"]:
            lines.append(f"มติที่ประชุม {row['resolution']}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def build() -> Sample:
    """The sample."""
    meeting = {
        "title_raw": [f"{TITLE} {AGENCY}", TITLE],
        "number_raw": "ครั้งที่ ๓/๒๕๖๗",
        "meeting_no": 3,
        "meeting_year_be": 2567,
        "date_raw": f"{weekday(DAY)}ที่ {thai_date(DAY, digits=True)}",
        "meeting_date": DAY,
        "weekday_raw": weekday(DAY),
        "weekday_ok": True,
        "start_time": "13:30",
        "end_time": "15:45",
        "place": PLACE,
        "is_excerpt": False,
    }
    source = (
        f"{TITLE}\n{AGENCY}\n{meeting['number_raw']}\nเมื่อ{meeting['date_raw']}\nณ {PLACE}\n\n{_attendance()}\n"
        f"เริ่มประชุมเวลา ๑๓.๓๐ น.\n\n{_agenda()}\nเลิกประชุมเวลา ๑๕.๔๕ น.\n\n"
        "นายธีทัต บันลือศิลป์\nผู้จดรายงานการประชุม\n\nนายภูริเดช สำเนียงดี\nผู้ตรวจรายงานการประชุม\n"
    )
    expected = {
        "documents": [
            {k: v for k, v in row.items() if not k.startswith("period_") and k != "document_date"}
            for row in document("minutes", [TITLE, f"{TITLE} {AGENCY}"], AGENCY, None, 2567)
        ],
        "meetings": [meeting],
        "attendees": ATTENDEES,
        "agenda_items": [{k: v for k, v in row.items() if k != "_text"} for row in AGENDA],
        "_empty": ["ita_scores", "budgets", "timeline_months", "rating_options"],
        "_labels_ok": [],
    }
    shows = "official minutes: three attendance lists in space columns, a proxy, reasons for absence, resolutions"
    return Sample("minutes", "txt", shows, source.encode(), expected)
