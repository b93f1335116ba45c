"""Scores of several agencies side by side: agencies across the columns, grade, total, instruments, indicators down."""

from __future__ import annotations

from .layout import html_page, html_table, td, th
from .rows import Row, Sample, document, number

YEAR = 2564
TITLE = f"ผลการประเมินคุณธรรมและความโปร่งใสของหน่วยงานในจังหวัดภูผาหมอก ประจำปีงบประมาณ พ.ศ. {YEAR}"
AGENCIES = ("เทศบาลเมืองภูผาหมอก", "เทศบาลตำบลธารเงิน", "องค์การบริหารส่วนตำบลป่าไผ่ซ้อน", "องค์การบริหารส่วนจังหวัดภูผาหมอก")
GRADES = ("A", "B", "A", "AA")
LINES = (
    ("คะแนน ITA", "TOTAL", ("88.42", "79.36", "91.05", "96.18")),
    ("IIT", "IIT", ("86.20", "77.15", "90.34", "95.02")),
    ("EIT", "EIT", ("87.95", "80.41", "88.76", "94.88")),
    ("OIT", "OIT", ("90.44", "80.22", "93.31", "98.03")),
    ("ตัวชี้วัดที่ 10", "I10", ("87.50", "75.00", "93.75", "100")),
    ("ตัวชี้วัดที่ 9", "I09", ("93.38", "85.44", "92.87", "96.06")),
    ("ตัวชี้วัดที่ 8", "I08", ("85.12", "78.03", "87.40", "93.55")),
)


def _scores() -> list[Row]:
    return [
        {
            "agency": agency,
            "fiscal_year_be": YEAR,
            "measure": measure,
            "score_raw": raw,
            "score": number(raw),
            "grade_raw": grade if measure == "TOTAL" else None,
            "score_role": "actual",
        }
        for _, measure, values in LINES
        for agency, grade, raw in zip(AGENCIES, GRADES, values, strict=True)
    ]


def build() -> Sample:
    """The sample."""
    rows = [[th("หน่วยงาน"), *map(th, AGENCIES)], [td("ระดับ"), *map(td, GRADES)]]
    rows += [[td(label), *map(td, values)] for label, _, values in LINES]
    body = f"<h1>{TITLE}</h1>\n{html_table(rows)}\n<p>ที่มา : ระบบประเมิน ITAS</p>"
    about = document("score_sheet", TITLE, AGENCIES[0], None, YEAR)[0]
    about |= {"agency": [None, "จังหวัดภูผาหมอก"], "agency_basis": ["unknown", "stated", "inferred"]}
    expected = {
        "documents": [about],
        "ita_scores": _scores(),
        "_empty": ["plans", "activities", "budgets", "indicators", "meetings", "attendees", "timeline_months"],
        "_labels_ok": ["ที่มา"],
    }
    shows = "score table with one column per agency: grades in a row of their own, instruments, indicators counted down"
    return Sample("score-matrix", "html", shows, html_page(TITLE, body).encode(), expected)
