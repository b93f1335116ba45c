"""Score sheet: five years of results with grades, then instruments and indicators of the last year."""

from __future__ import annotations

from .layout import html_page, html_table, td, th
from .rows import Row, Sample, document, number, thai_digits

YEAR = 2566
AGENCY, ABBR = "สถาบันวิจัยหิ่งห้อยแห่งชาติ", "สวห."
TITLE = f"ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงาน (ITA) {AGENCY}"
HISTORY = (
    (2562, "71.05", "C"),
    (2563, "79.86", "B"),
    (2564, "84.37", "B"),
    (2565, "90.12", "A"),
    (YEAR, "92.29", "ผ่านดี"),
)
TARGET = "95.00"
INSTRUMENTS = (
    ("IIT", "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)", "89.80"),
    ("EIT", "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)", "90.33"),
    ("OIT", "แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT)", "95.63"),
)
INDICATORS = (
    ("การปฏิบัติหน้าที่", "94.20"),
    ("การใช้งบประมาณ", "88.15"),
    ("การใช้อำนาจ", "90.40"),
    ("การใช้ทรัพย์สินของราชการ", "86.75"),
    ("การแก้ไขปัญหาการทุจริต", "89.50"),
    ("คุณภาพการดำเนินงาน", "92.30"),
    ("ประสิทธิภาพการสื่อสาร", "90.10"),
    ("การปรับปรุงการทำงาน", "88.60"),
    ("การเปิดเผยข้อมูล", "97.50"),
    ("การป้องกันการทุจริต", "93.75"),
)


def _score(measure: str, year: int, raw: str, grade: str | None = None, role: str = "actual") -> Row:
    return {
        "agency": AGENCY,
        "fiscal_year_be": year,
        "measure": measure,
        "score_raw": raw,
        "score": number(raw),
        "grade_raw": grade,
        "score_role": role,
    }


def _scores() -> list[Row]:
    rows = [
        _score("TOTAL", year, raw, grade, "actual" if year == YEAR else "prior_year") for year, raw, grade in HISTORY
    ]
    rows[:-1] = [row | {"score_raw": thai_digits(row["score_raw"])} for row in rows[:-1]]
    rows += [_score(code, YEAR, raw) for code, _, raw in INSTRUMENTS]
    rows += [_score(f"I{n:02d}", YEAR, raw) for n, (_, raw) in enumerate(INDICATORS, 1)]
    return [*rows, _score("TOTAL", YEAR + 1, TARGET, role="target")]


def build() -> Sample:
    """The sample."""
    history = html_table(
        [
            [th("ปีงบประมาณ"), th("คะแนน"), th("ระดับ")],
            *([td(thai_digits(y)), td(thai_digits(raw)), td(grade)] for y, raw, grade in HISTORY),
        ]
    )
    tools = html_table([[th("เครื่องมือ"), th("คะแนน")], *([td(name), td(raw)] for _, name, raw in INSTRUMENTS)])
    lines = [[td(f"ตัวชี้วัดที่ {n}"), td(name), td(raw)] for n, (name, raw) in enumerate(INDICATORS, 1)]
    details = html_table([[th("ตัวชี้วัด", colspan=2), th("คะแนน")], *lines])
    last = HISTORY[-1]
    body = (
        f"<h1>{TITLE}</h1>\n<h2>ผลการประเมินย้อนหลัง 5 ปี</h2>\n{history}\n"
        f"<h2>ปีงบประมาณ พ.ศ. {YEAR}</h2>\n<p>คะแนนรวม {last[1]} คะแนน ระดับ {last[2]}</p>\n"
        f"{tools}\n<h3>คะแนนรายตัวชี้วัด</h3>\n{details}\n"
        f"<p>ค่าเป้าหมายปีงบประมาณ พ.ศ. {YEAR + 1} คะแนนรวม {TARGET} คะแนน</p>\n<p>ที่มา : สำนักงาน ป.ป.ช.</p>"
    )
    expected = {
        "documents": document("score_sheet", TITLE, AGENCY, None, YEAR),
        "ita_scores": _scores(),
        "_empty": ["budgets", "meetings", "attendees", "timeline_months", "rating_options", "events"],
        "_labels_ok": ["ปีงบประมาณ", "คะแนน", "ระดับ", "เครื่องมือ", "ตัวชี้วัด", "ที่มา", "คะแนนรวม"],
    }
    shows = (
        "five years of scores on two grade scales; instruments and ten indicators of one year; Thai and Arabic digits"
    )
    return Sample("score-sheet", "html", shows, html_page(TITLE, body).encode(), expected)
