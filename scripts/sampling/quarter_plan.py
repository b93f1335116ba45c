"""Action plan whose quarter grid was flattened: two heading rows as running text, then TAB rows with ticks."""

from __future__ import annotations

from .layout import tab_rows
from .rows import (
    Row,
    Sample,
    activity,
    budget,
    by_activity,
    document,
    indicator,
    months,
    no_budget,
    number,
    responsible,
    scheduled,
)

YEAR = 2567
AGENCY = "องค์การบริหารส่วนตำบลหนองน้ำค้าง"
TITLE = f"แผนปฏิบัติการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. {YEAR}"
NO_BUDGET = "ไม่ใช้งบประมาณ"
HEAD = ("ที่", "โครงการ/กิจกรรม", "ตัวชี้วัด", "ค่าเป้าหมาย")
DIVIDED = "ระยะเวลาดำเนินการ"
HEAD_END = ("งบประมาณ (บาท)", "ผู้รับผิดชอบ")
QUARTERS = (
    "ไตรมาสที่ 1 (ต.ค. 66 - ธ.ค. 66)",
    "ไตรมาสที่ 2 (ม.ค. 67 - มี.ค. 67)",
    "ไตรมาสที่ 3 (เม.ย. 67 - มิ.ย. 67)",
    "ไตรมาสที่ 4 (ก.ค. 67 - ก.ย. 67)",
)
# (level, title, indicator, target, quarters planned, budget as printed, units)
_ROWS = (
    (
        "project",
        "โครงการสภากาแฟเล่าเรื่องงบประมาณตำบล",
        ("จำนวนครั้งที่จัดเวที", ("4 ครั้ง", None, 4, "ครั้ง")),
        (1, 2, 3, 4),
        "16,000",
        ("สำนักปลัด",),
    ),
    (
        "activity",
        "กิจกรรมติดป้ายขั้นตอนขออนุญาตหน้าห้องช่าง",
        ("ความพึงพอใจของผู้มาติดต่อ", ("ไม่น้อยกว่าร้อยละ 80", ">=", 80, "percent")),
        (2,),
        "3,500",
        ("กองช่าง",),
    ),
    (
        "project",
        "โครงการอบรมกรรมการตรวจรับพัสดุรุ่นใหม่",
        ("จำนวนผู้ผ่านการอบรม", ("อย่างน้อย 25 คน", ">=", 25, "คน")),
        (2, 3),
        "28,750",
        ("กองคลัง", "สำนักปลัด"),
    ),
    (
        "measure",
        "มาตรการเปิดเผยแบบแปลนงานก่อสร้างก่อนประกวดราคา",
        ("สัดส่วนงานที่เปิดเผย", ("ร้อยละ 100", "=", 100, "percent")),
        (3, 4),
        NO_BUDGET,
        ("กองช่าง",),
    ),
)


def _records() -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {
        name: [] for name in ("activities", "timeline_months", "indicators", "responsibilities", "budgets")
    }
    for index, (level, title, goal, quarters, money, units) in enumerate(_ROWS, 1):
        ident = str(index)
        marked = {month for quarter in quarters for month in range(quarter * 3 - 2, quarter * 3 + 1)}
        out["activities"].append(activity(ident, level, title, in_plan_table=True))
        out["indicators"].append(indicator(ident, *goal))
        out["responsibilities"] += responsible(ident, *units)
        out["timeline_months"] += [
            row | {"label_raw": QUARTERS[row["quarter"] - 1], "quarter_only": True}
            for row in months(ident, YEAR, marked)
        ]
        stated = money != NO_BUDGET
        out["budgets"].append(budget(ident, "planned", YEAR, money) if stated else no_budget(ident, "planned", YEAR))
    return out


def _total(money: list[Row]) -> Row:
    amount = sum(number(row["amount_raw"]) for row in money if row["status"] == "stated")
    return budget(None, "planned", YEAR, f"{amount:,}")


def _lines(records: dict[str, list[Row]], total: Row) -> list[list[str]]:
    lines = []
    for row, (*_, money, _units) in zip(records["activities"], _ROWS, strict=True):
        ident = row["activity_id"]
        goal = by_activity(records["indicators"], ident)[0]
        ticks = ["✓" if on else "" for on in scheduled(records["timeline_months"], ident)[::3]]
        units = ", ".join(r["unit"] for r in by_activity(records["responsibilities"], ident))
        lines.append([ident, row["title"], goal["indicator"], goal["target_raw"], *ticks, money, units])
    return [*lines, ["", "รวมทั้งสิ้น", "", "", "", "", "", "", total["amount_raw"], ""]]


def build() -> Sample:
    """The sample."""
    records = _records()
    total = _total(records["budgets"])
    head = " ".join((*HEAD, DIVIDED, *HEAD_END, *QUARTERS))
    source = f"{TITLE}\n{AGENCY}\n\n{head}\n{tab_rows(_lines(records, total))}"
    records["budgets"].append(total)
    expected = {
        "documents": document("plan", [TITLE, f"{TITLE} {AGENCY}"], AGENCY, None, YEAR, budget_status="stated"),
        **records,
        "_empty": ["ita_scores", "meetings", "attendees", "rating_options", "events", "outcomes"],
        "_labels_ok": [*HEAD, DIVIDED, *HEAD_END, *QUARTERS],
    }
    shows = "quarter grid whose two heading rows were flattened into a line of text above TAB rows; ticks, a total"
    return Sample("quarter-plan", "txt", shows, source.encode(), expected)
