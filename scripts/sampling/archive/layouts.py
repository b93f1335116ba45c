"""How the records of the archive are written down: every agency has its own forms, words, digits and table layouts."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from ..rows import thai_digits
from .records import Record

SUFFIXES = {"html": "html", "text": "txt", "markdown": "md"}
_MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")
_TITLES = {
    "plan": {
        "html": "แผนปรับปรุงผลการประเมินคุณธรรมและความโปร่งใสของ{name} ประจำปีงบประมาณ พ.ศ. {year}",
        "text": "แผนยกระดับคุณธรรมและความโปร่งใส {name} ประจำปีงบประมาณ พ.ศ. {year}",
        "markdown": "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายใน{name} ประจำปีงบประมาณ พ.ศ. {year}",
    },
    "report": {
        "html": "รายงานผลการดำเนินการตามแผนปรับปรุงผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year}",
        "text": "รายงานผลการดำเนินงานด้านคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {year}",
        "markdown": "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. {year}",
    },
    "scores": {
        "html": "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน (ITA) {name}",
        "text": "ผลคะแนนการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year} {name}",
        "markdown": "ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน (ITA) {name}",
    },
}
_INSTRUMENTS = (
    ("iit", "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)"),
    ("eit", "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)"),
    ("oit", "แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)"),
)
_PERCEIVED = (
    ("iit", 1, "การปฏิบัติหน้าที่", "2.10"),
    ("iit", 2, "การใช้งบประมาณ", "-0.70"),
    ("iit", 3, "การใช้อำนาจ", "0.40"),
    ("iit", 4, "การใช้ทรัพย์สินของราชการ", "-3.20"),
    ("iit", 5, "การแก้ไขปัญหาการทุจริต", "1.40"),
    ("eit", 6, "คุณภาพการดำเนินงาน", "1.80"),
    ("eit", 7, "ประสิทธิภาพการสื่อสาร", "1.10"),
    ("eit", 8, "การปรับปรุงระบบการทำงาน", "-2.90"),
)
"""Indicators of IIT and EIT, and how far each is from the instrument's score, which is their mean."""
_DISCLOSED = (("i09", 9, "การเปิดเผยข้อมูล"), ("i10", 10, "การป้องกันการทุจริต"))
_NAMES = {number: name for *_, number, name in [row[:3] for row in _PERCEIVED] + list(_DISCLOSED)}
Table = list[list[str]]


def written(record: Record) -> tuple[str, bytes]:
    """The suffix of a document's file, and the file."""
    style = record["agency"]["style"]
    if record["kind"] == "minutes":
        return "txt", _minutes(record, style).encode()
    if record["kind"] == "paper":
        return SUFFIXES[style], _page(record["title"], record["parts"], style).encode()
    parts = {"plan": _plan, "report": _report, "scores": _scores}[record["kind"]](record, style)
    title = _TITLES[record["kind"]][style].format(name=record["agency"]["name"], year=record["year"])
    return SUFFIXES[style], _page(title, parts, style).encode()


def _page(title: str, parts: list[str | Table], style: str) -> str:
    if style == "html":
        body = "\n".join(_html_table(p) if isinstance(p, list) else f"<p>{p}</p>" for p in parts)
        head = f'<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>'
        return f"<!DOCTYPE html>\n<html>\n{head}\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n"
    table = _pipe_table if style == "markdown" else _tab_table
    body = "\n\n".join(table(part) if isinstance(part, list) else part for part in parts)
    return f"{'# ' if style == 'markdown' else ''}{title}\n\n{body}\n"


def _html_table(table: Table) -> str:
    head, *rows = table
    lines = ["<tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr>"]
    lines += ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return '<table border="1">\n' + "\n".join(lines) + "\n</table>"


def _pipe_table(table: Table) -> str:
    head, *rows = table
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))


def _tab_table(table: Table) -> str:
    return "\n".join("\t".join(row) for row in table)


def _fields(pairs: list[tuple[str, str | None]], style: str) -> list[str | Table]:
    """Labels with their values as the agency prints them; a value that is None is not printed at all."""
    known = [(label, value) for label, value in pairs if value is not None]
    if style == "html":
        return [f"<b>{label}</b> : {value}" for label, value in known]
    if style == "markdown":
        return [f"**{label}** : {value}" for label, value in known]
    return [f"{at}. {label} : {value}" for at, (label, value) in enumerate(known, start=1)]


def _plan(record: Record, style: str) -> list[str | Table]:
    items = record["items"]
    lead = {"html": None, "text": record["lead"], "markdown": record["lead"]}[style]
    fields: list[tuple[str, str | None]] = [
        ("เป้าหมาย", record["goal"]),
        ("ระยะเวลาดำเนินการ", record["period"]),
        ("ผู้รับผิดชอบหลัก" if style == "text" else "หน่วยงานรับผิดชอบหลัก", lead),
        ("งบประมาณ", record["budget"]),
        ("ความเสี่ยงที่อาจส่งผลกระทบ", record["risk"]),
        ("มาตรการรองรับความเสี่ยง", record["mitigation"]),
    ]
    out = _fields(fields, style)
    head = ["ลำดับ", "มาตรการ/แนวทาง", "ตัวชี้วัด", "ค่าเป้าหมาย", "งบประมาณ", "ผู้รับผิดชอบ"]
    if style == "text":
        head = ["ที่", "โครงการ/กิจกรรม", "ตัวชี้วัด", "เป้าหมาย", "งบประมาณ", "ผู้รับผิดชอบ"]
    rows = [
        [str(at), i["title"], i["indicator"], i["target"], i["budget"], i["owner"]]
        for at, i in enumerate(items, start=1)
    ]
    if style == "html":  # the plan of an agency that goes through the indicators of the assessment
        head.insert(1, "ตัวชี้วัดการประเมิน ITA")
        rows = [[row[0], _indicator(i["ita"]), *row[1:]] for row, i in zip(rows, items, strict=True)]
    if style == "markdown":
        head, rows = [*head, *_MONTHS], [[*row, *_marks(i)] for row, i in zip(rows, items, strict=True)]
    return [*_code(record), *out, [head, *rows], *record["notes"], *_signature(record, style)]


def _code(record: Record) -> list[str]:
    """The item of the open data assessment under which a document was published, where it is printed."""
    return [f"หัวข้อการเปิดเผยข้อมูล {record['code']}"] if record["code"] else []


def _marks(item: Record) -> list[str]:
    """Ticks in the months from the first to the last, or an arrow over them (`item["marks"]`)."""
    first, last = item["months"] or (12, 0)
    start, middle, end = item["marks"]
    return [{first: start, last: end}.get(at, middle) if first <= at <= last else "" for at in range(12)]


def _signature(record: Record, style: str) -> list[str]:
    if record["signed"] is None:
        return []
    if style == "html":
        return [f"ผู้อนุมัติ {record['signed']}", f"วันที่ {record['date']}"]
    who = "ผู้รายงาน" if record["kind"] == "report" else "ผู้อนุมัติ"
    return [f"{who} {record['signed']}", f"ณ วันที่ {record['date']}"]


def _report(record: Record, style: str) -> list[str | Table]:
    heads = {
        "html": ["โครงการ/กิจกรรม", "เป้าหมาย", "ผล", "จัดสรร (บาท)", "เบิกจ่าย (บาท)"],
        "text": ["กิจกรรม", "ค่าเป้าหมาย", "ผลที่ได้", "งบประมาณที่จัดสรร", "ผลการใช้จ่ายงบประมาณ"],
        "markdown": ["มาตรการ", "เป้าหมาย", "ผล", "งบประมาณที่จัดสรร", "เบิกจ่าย"],
    }
    title, target, actual, given, spent = heads[style]
    columns = [
        (title, "title"),
        ("ตัวชี้วัด", "indicator"),
        (target, "target"),
        (actual, "actual"),
        *([("บรรลุ/ไม่บรรลุ", "achieved")] if style != "text" else []),
        (given, "allocated"),
        (spent, "spent"),
        *([("ร้อยละความก้าวหน้า", "progress")] if style != "html" else []),
        ("สถานะ", "status"),
        ("ผลการดำเนินงาน", "result"),
        ("ปัญหา/อุปสรรค", "problem"),
        ("ผู้รับผิดชอบ", "owner"),
    ]
    table = [["ลำดับ", *(head for head, _ in columns)]]
    table += [[str(at), *(i[name] for _, name in columns)] for at, i in enumerate(record["items"], start=1)]
    top = _fields([("หน่วยงาน", record["name"]), ("ห้วงการรายงาน", record["period"])], style)
    return [f"({record['round']})", *_code(record), *top, table, *record["notes"], *_signature(record, style)]


def _scores(record: Record, style: str) -> list[str | Table]:
    table: Table = [["เครื่องมือ", "คะแนน"], *([name, record[part]] for part, name in _INSTRUMENTS)]
    detail: Table = [["ตัวชี้วัด", "คะแนน"]]
    detail += [[_indicator(number), str(Decimal(record[part]) + Decimal(far))] for part, number, _, far in _PERCEIVED]
    detail += [[_indicator(number), record[part]] for part, number, _ in _DISCLOSED]
    total = f"คะแนนรวม {record['total']} คะแนน ระดับ {record['grade']}"
    year = f"ปีงบประมาณ พ.ศ. {record['year']}"
    heading = {"html": f"<b>{year}</b>", "text": year, "markdown": f"## {year}"}[style]
    return [heading, total, table, detail, *record["notes"], "ที่มา : สำนักงาน ป.ป.ช."]


def _indicator(number: int) -> str:
    return f"ตัวชี้วัดที่ {number} {_NAMES[number]}"


def _minutes(record: Record, style: str) -> str:
    agency = record["agency"]
    words = {
        "html": ("รายงานการประชุม", "เมื่อ", "เริ่มประชุมเวลา", "เลิกประชุมเวลา", "ผู้จดรายงานการประชุม"),
        "text": ("บันทึกการประชุม", "เมื่อ", "เปิดประชุมเวลา", "ปิดประชุมเวลา", "ผู้บันทึกรายงานการประชุม"),
        "markdown": ("รายงานการประชุม", "เมื่อ", "เริ่มประชุมเวลา", "เลิกประชุมเวลา", "ผู้จดรายงานการประชุม"),
    }
    title, on, start, end, clerk = words[style]
    lines = [
        f"{title}คณะทำงานขับเคลื่อนคุณธรรมและความโปร่งใส",
        agency["name"],
        f"ครั้งที่ {record['number']}/{record['number_year']}",
        f"{on}{record['weekday']}ที่ {record['date']}",
        f"ณ {record['place']}",
    ]
    for heading, people in (("ผู้มาประชุม", record["present"]), ("ผู้ไม่มาประชุม", record["absent"])):
        lines += ["", heading] if people else []
        lines += [f"{p['order']}. {p['name']:<28}{p['position']:<36}{p['role']}" for p in people]
    lines += ["", f"{start} {record['start']} น."] if record["start"] else []
    for number, topic, text, resolution in record["agenda"]:
        lines += ["", f"ระเบียบวาระที่ {number} {topic}", f"    {text}", f"มติที่ประชุม {resolution}"]
    lines += ["", f"{end} {record['end']} น."] if record["end"] else []
    lines += ["", record["clerk"], clerk, "", record["checker"], "ผู้ตรวจรายงานการประชุม"]
    text = "\n".join(lines) + "\n"
    return thai_digits(text) if style == "html" else text
