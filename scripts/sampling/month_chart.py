"""Chart of months on a web page: shaded cells, bars, arrows, ticks and dots, each in a plan row and a row of results.

On paper the signs are drawn (`scripts/printing/drawn.py`), as office programs draw them.
"""

from __future__ import annotations

from html import escape

from .layout import html_page, html_table, td, th
from .rows import MONTHS, Row, Sample, activity, by_activity, choices, document, fields, months, responsible

YEAR = 2568
AGENCY = "เทศบาลตำบลท่าเรือจ้าง"
TITLE = f"แผนปฏิบัติการเพื่อยกระดับคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {YEAR}"
OBJECTIVE = "เพื่อให้ประชาชนติดตามงานของเทศบาลได้ตลอดทั้งปี"
KIND = (("แผนงานใหม่", False), ("แผนงานต่อเนื่อง", True), ("แผนงานเร่งด่วน", False))
SIGNS = {"bar": "▬", "arrow": "→", "tick": "✓", "dot": "●"}
EVIDENCE = {"shading": "shading", "bar": "bar", "arrow": "arrow", "tick": "glyph", "dot": "glyph"}
TINT = "#b7c9e2"
# (title, unit, (sign of the plan, months planned), (sign of the result, months done))
_ROWS = (
    ("ปรับปรุงแผนผังขั้นตอนบริการหน้าเคาน์เตอร์", "สำนักปลัดเทศบาล", ("shading", {1, 2, 3}), ("tick", {2, 3})),
    ("เผยแพร่แผนจัดซื้อจัดจ้างรายไตรมาส", "กองคลัง", ("tick", {1, 4, 7, 10}), ("dot", {1, 4, 8})),
    ("อบรมพนักงานขับรถเรื่องการใช้ทรัพย์สินของทางราชการ", "กองช่าง", ("arrow", {4, 5, 6}), ("shading", {6})),
    ("ออกหน่วยรับฟังความเห็นริมคลอง", "กองสวัสดิการสังคม", ("bar", {3, 4, 5, 6, 7, 8}), ("bar", {4, 5, 6})),
    ("สรุปผลและรายงานต่อสภาเทศบาล", "สำนักปลัดเทศบาล", ("dot", {12}), ("arrow", {11, 12})),
)
_KINDS = (("plan", "แผน"), ("actual", "ผล"))


def _records() -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {"activities": [], "timeline_months": [], "responsibilities": []}
    for number, (title, unit, *drawn) in enumerate(_ROWS, 1):
        ident = str(number)
        out["activities"].append(activity(ident, "activity", title, in_plan_table=True))
        out["responsibilities"] += responsible(ident, unit)
        for (kind, _), (sign, marked) in zip(_KINDS, drawn, strict=True):
            for row in months(ident, YEAR, marked, kind):
                row["mark_kind"] = EVIDENCE[sign] if row["is_scheduled"] else "none"
                out["timeline_months"].append(row)
    return out


def _cell(row: Row, sign: str) -> str:
    if not row["is_scheduled"]:
        return td()
    return td(bgcolor=TINT) if sign == "shading" else td(SIGNS[sign])


def _table(records: dict[str, list[Row]]) -> str:
    head = [th(word, rowspan=2) for word in ("ลำดับ", "กิจกรรม", "แผน/ผล")]
    rows = [[*head, th(f"ปีงบประมาณ พ.ศ. {YEAR}", colspan=12), th("ผู้รับผิดชอบ", rowspan=2)], [th(m) for m in MONTHS]]
    for number, (title, unit, *drawn) in enumerate(_ROWS, 1):
        cells = by_activity(records["timeline_months"], str(number))
        for at, ((kind, word), (sign, _)) in enumerate(zip(_KINDS, drawn, strict=True)):
            line = [td(word), *(_cell(row, sign) for row in cells if row["row_kind"] == kind)]
            if at == 0:
                line = [td(str(number), rowspan=2), td(title, rowspan=2), *line, td(unit, rowspan=2)]
            rows.append(line)
    return html_table(rows)


def build() -> Sample:
    """The page and its records."""
    records = _records()
    boxes = " ".join(f'<input type="checkbox"{" checked" * on}> {escape(label)}' for label, on in KIND)
    form = f"<p>1. วัตถุประสงค์ : {OBJECTIVE}</p>\n<p>2. ประเภทแผน : {boxes}</p>"
    source = html_page(TITLE, f"<h1>{TITLE}</h1>\n<h2>{AGENCY}</h2>\n{form}\n{_table(records)}")
    labels = ["ลำดับ", "กิจกรรม", "แผน/ผล", "ผู้รับผิดชอบ"]
    expected = {
        "documents": document("plan", TITLE, AGENCY, None, YEAR),
        "plan_fields": fields(
            ("1", "objective", "วัตถุประสงค์", OBJECTIVE),
            ("2", "plan_type", "ประเภทแผน", None),
        ),
        "rating_options": choices("2", KIND, "html_input"),
        **records,
        "_labels_ok": labels,
        "_empty": ["meetings", "attendees", "ita_scores", "events", "indicators", "budgets"],
    }
    return Sample(
        "month-chart",
        "html",
        "months shaded, barred, arrowed, ticked and dotted; plan and result rows",
        source.encode(),
        expected,
    )
