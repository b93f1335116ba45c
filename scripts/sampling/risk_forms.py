"""Risk forms with numbered columns: the plan, its progress, and likelihood and impact before and after."""

from __future__ import annotations

from .layout import html_page, html_table, td, th
from .rows import Row, Sample, activity, by_activity, document, indicator, responsible, thai_digits

YEAR = 2567
AGENCY, ABBR = "องค์การสวนพฤกษศาสตร์ลอยน้ำ", "อสล."
TITLE = f"แผนบริหารจัดการความเสี่ยงการทุจริต ประจำปีงบประมาณ พ.ศ. {YEAR}"
PLAN_HEAD = (
    "(๑) ลำดับ",
    "(๒) เหตุการณ์ความเสี่ยง",
    "(๓) มาตรการจัดการความเสี่ยง",
    "(๔) ขั้นตอนการดำเนินงาน",
    "(๕) ตัวชี้วัด",
    "(๖) ระยะเวลา",
    "(๗) ผู้รับผิดชอบ",
    "(๘) วิธีการติดตาม",
)
PROGRESS_HEAD = (
    "(๑) ลำดับ",
    "(๒) มาตรการจัดการความเสี่ยง",
    "(๓) ผลการดำเนินงาน",
    "(๔) หลักฐานอ้างอิง",
    "(๕) ร้อยละความก้าวหน้า",
    "(๖) ปัญหา/อุปสรรค",
)
CONTROL = ("ควบคุมได้", "ควบคุมไม่ได้")
# (event, measure, steps, indicator, period, unit, monitoring, progress, (L, I) before and after, whether controlled)
_RISKS = (
    (
        "เจ้าหน้าที่รับต้นกล้าจากผู้รับจ้างเป็นของส่วนตัว",
        "ประกาศรายการของที่รับไม่ได้ไว้หน้าเรือนเพาะชำ",
        ("จัดทำรายการพร้อมภาพประกอบ", "ติดประกาศครบทุกเรือน"),
        ("จำนวนเรือนเพาะชำที่ติดประกาศ", ("ไม่น้อยกว่า ๙ เรือน", ">=", 9, "เรือน")),
        ("2023-11", "2024-01", "พ.ย. ๖๖ - ม.ค. ๖๗"),
        "ฝ่ายเพาะชำ",
        "รายงานที่ประชุมผู้บริหารทุกเดือน",
        ("ติดประกาศแล้วทั้งเก้าเรือนและชี้แจงผู้รับจ้างทุกราย", "ภาพถ่ายป้ายประกาศ", 100, None),
        ((4, 3), (2, 3)),
        True,
    ),
    (
        "ผู้ควบคุมแพลงเวลาทำงานของลูกเรือเกินจริง",
        "ใช้บัตรผ่านท่าเรือแทนสมุดลงชื่อ",
        ("ติดตั้งเครื่องอ่านบัตร", "สอบทานข้อมูลทุกสองสัปดาห์"),
        ("ร้อยละของลูกเรือที่ใช้บัตร", ("ร้อยละ ๙๕ ขึ้นไป", ">=", 95, "percent")),
        ("2024-01", "2024-06", "ม.ค. ๖๗ - มิ.ย. ๖๗"),
        "กองบริหารกำลังคน",
        "ตรวจบันทึกของเครื่องอ่านบัตร",
        ("ติดตั้งเครื่องอ่านบัตรแล้วสองท่า เหลือท่าทิศใต้", "ใบตรวจรับเครื่องอ่านบัตร", 60, "เครื่องอ่านบัตรส่งมอบช้า"),
        ((4, 4), (4, 3)),
        False,
    ),
    (
        "กำหนดคุณลักษณะปุ๋ยเอื้อผู้ขายรายเดียว",
        "ให้ผู้ใช้สามฝ่ายร่วมร่างคุณลักษณะ",
        ("แต่งตั้งผู้แทนสามฝ่าย", "เผยแพร่ร่างให้วิจารณ์"),
        ("จำนวนรายการที่เผยแพร่ร่าง", ("๑๒ รายการ", None, 12, "รายการ")),
        ("2023-10", "2024-09", "ต.ค. ๖๖ - ก.ย. ๖๗"),
        "ฝ่ายพัสดุ",
        "สุ่มตรวจร่างคุณลักษณะ",
        ("เผยแพร่ร่างแล้วเจ็ดรายการ ไม่มีผู้ทักท้วง", "ประกาศร่างบนเว็บไซต์", 58, None),
        ((3, 5), (2, 4)),
        True,
    ),
)
BEFORE_AFTER = "ก่อนดำเนินการ", "หลังดำเนินการ"
SCALE = "โอกาส (L)", "ผลกระทบ (I)", "คะแนน"


def _records() -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {
        name: [] for name in ("activities", "indicators", "responsibilities", "outcomes", "rating_options")
    }
    for index, risk in enumerate(_RISKS, 1):
        _, measure, steps, goal, (start, end, _), unit, _, (text, proof, percent, problem), _, controlled = risk
        ident = str(index)
        out["activities"].append(activity(ident, "measure", measure, planned_start=start, planned_end=end))
        out["activities"] += [activity(f"{ident}.{n}", "step", step) for n, step in enumerate(steps, 1)]
        out["indicators"].append(indicator(ident, *goal))
        out["responsibilities"] += responsible(ident, unit)
        out["outcomes"].append(
            {
                "activity_id": ident,
                "text": text,
                "status": "completed" if percent == 100 else "in_progress",
                "progress_percent": percent,
                "problem_text": problem,
                "problem_status": "stated" if problem else "none_reported",
                "evidence_raw": proof,
            }
        )
        out["rating_options"] += [
            {
                "question_raw": measure,
                "order_no": order,
                "label_raw": label,
                "selected": (label == CONTROL[0]) == controlled,
                "selection_type": "single",
                "mark_kind": "glyph" if (label == CONTROL[0]) == controlled else "none",
            }
            for order, label in enumerate(CONTROL, 1)
        ]
    return out


def _plan_table() -> str:
    rows = [[th(text) for text in PLAN_HEAD]]
    for index, risk in enumerate(_RISKS, 1):
        event, measure, steps, goal, (_, _, period), unit, monitoring, *_ = risk
        listed = " ".join(f"{thai_digits(n)}) {step}" for n, step in enumerate(steps, 1))
        texts = (event, measure, listed, f"{goal[0]} {goal[1][0]}", period, unit, monitoring)
        rows.append([td(thai_digits(index)), *map(td, texts)])
    return html_table(rows)


def _progress_table(records: dict[str, list[Row]]) -> str:
    rows = [[th(text) for text in PROGRESS_HEAD]]
    for index, risk in enumerate(_RISKS, 1):
        told = by_activity(records["outcomes"], str(index))[0]
        texts = (
            risk[1],
            told["text"],
            told["evidence_raw"],
            thai_digits(told["progress_percent"]),
            told["problem_text"] or "ไม่มี",
        )
        rows.append([td(thai_digits(index)), *map(td, texts)])
    return html_table(rows)


def _level_table() -> str:
    rows = [
        [
            th("ลำดับ", rowspan=2),
            th("มาตรการจัดการความเสี่ยง", rowspan=2),
            *(th(text, colspan=3) for text in BEFORE_AFTER),
            th("ผลการควบคุม", colspan=2),
        ],
        [th(text) for text in (*SCALE, *SCALE, *CONTROL)],
    ]
    for index, risk in enumerate(_RISKS, 1):
        levels = [thai_digits(n) for likelihood, impact in risk[8] for n in (likelihood, impact, likelihood * impact)]
        ticks = ("✓", "") if risk[9] else ("", "✓")
        rows.append([td(thai_digits(index)), *map(td, (risk[1], *levels, *ticks))])
    return html_table(rows)


def _numbered(head: tuple[str, ...], keys: tuple[str | None, ...]) -> list[Row]:
    pairs = [text.split(" ", 1) for text in head]
    return [
        {"number_raw": number_raw, "label_raw": label, "field_key": key}
        for (number_raw, label), key in zip(pairs, keys, strict=True)
    ]


def build() -> Sample:
    """The sample."""
    records = _records()
    body = (
        f"<h1>{TITLE}</h1>\n<p>{AGENCY} ({ABBR})</p>\n<h2>แบบที่ ๑ แผนบริหารความเสี่ยง</h2>\n{_plan_table()}\n"
        f"<h2>แบบที่ ๒ รายงานความก้าวหน้า</h2>\n{_progress_table(records)}\n"
        f"<h2>แบบที่ ๓ ระดับความเสี่ยงก่อนและหลัง</h2>\n{_level_table()}"
    )
    plan_keys = (None, "risk", "measure", "step", "indicator", "period", "responsible", "monitoring")
    expected = {
        "documents": document(["plan_and_result", "plan"], TITLE, AGENCY, ABBR, YEAR),
        "plan_fields": _numbered(PLAN_HEAD, plan_keys)
        + _numbered(PROGRESS_HEAD, (None, "measure", "result", "evidence", "progress", "problem")),
        **records,
        "_empty": ["ita_scores", "meetings", "attendees", "budgets", "events", "timeline_months"],
        "_labels_ok": [*BEFORE_AFTER, *SCALE, *CONTROL, "ผลการควบคุม"],
    }
    shows = "three risk forms: columns numbered (๑) (๒), progress by measure, two-row headings of L and I, tick columns"
    return Sample("risk-forms", "html", shows, html_page(TITLE, body).encode(), expected)
