"""Four-year anti-corruption plan: TAB table with one budget column per year, Thai digits, totals."""

from __future__ import annotations

from .layout import tab_rows
from .rows import Row, Sample, activity, budget, document, no_budget, number, thai_digits

AGENCY = "เทศบาลเมืองศิลาทราย"
YEARS = (2566, 2567, 2568, 2569)
TITLE = "แผนปฏิบัติการป้องกันการทุจริต ระยะ ๔ ปี (ปีงบประมาณ พ.ศ. ๒๕๖๖ – ๒๕๖๙)"
NO_BUDGET = "ไม่ใช้งบประมาณ"

# One entry per มิติ: its title and its missions; a mission has projects with one printed cell per year and a note.
_DIMENSIONS = (
    (
        "การสร้างสังคมที่ไม่ทนต่อการทุจริต",
        (
            (
                "การสร้างจิตสำนึกแก่พนักงานเทศบาลและนักการเมืองท้องถิ่น",
                (
                    ("โครงการค่ายทรายขาวใจสุจริต", ("๓๐,๐๐๐", "๓๐,๐๐๐", "๓๕,๐๐๐", "๓๕,๐๐๐"), ""),
                    ("กิจกรรมยกย่องพนักงานต้นแบบความซื่อตรง", ("๑๒,๐๐๐", "-", "๑๒,๐๐๐", "-"), "จัดปีเว้นปี"),
                ),
            ),
            (
                "การสร้างจิตสำนึกแก่เด็กและเยาวชน",
                (
                    (
                        "โครงการละครเร่เล่าเรื่องโตไปไม่โกง",
                        ("๕๐,๐๐๐", "๕๕,๐๐๐", "๕๕,๐๐๐", "๖๐,๐๐๐"),
                        "ร่วมกับโรงเรียนในสังกัด",
                    ),
                ),
            ),
        ),
    ),
    (
        "การบริหารราชการเพื่อป้องกันการทุจริต",
        (
            (
                "การสร้างความโปร่งใสในการปฏิบัติราชการ",
                (
                    ("มาตรการหมุนเวียนกรรมการตรวจรับพัสดุ", (NO_BUDGET,) * 4, ""),
                    ("โครงการเผยแพร่ภาพถ่ายงานก่อสร้างรายเดือน", ("-", "๘๐,๐๐๐", "๘๐,๐๐๐", "๘๐,๐๐๐"), "เริ่มปี ๒๕๖๗"),
                ),
            ),
        ),
    ),
    (
        "การส่งเสริมบทบาทและการมีส่วนร่วมของภาคประชาชน",
        (
            (
                "การเปิดเผยข้อมูลให้ประชาชนเข้าถึงได้ง่าย",
                (
                    ("โครงการป้ายคิวอาร์โค้ดแสดงงบประมาณชุมชน", ("๒๔,๕๐๐", "๒๔,๕๐๐", "-", "-"), "ครบทุกชุมชนในสองปี"),
                    ("มาตรการเผยแพร่รายงานการประชุมสภาเทศบาล", (NO_BUDGET,) * 4, ""),
                ),
            ),
            (
                "การรับฟังและตอบสนองเรื่องร้องเรียน",
                (("กิจกรรมหน่วยรับฟังเคลื่อนที่ตลาดเย็น", ("๘,๐๐๐", "๘,๐๐๐", "๙,๖๐๐", "๙,๖๐๐"), ""),),
            ),
        ),
    ),
    (
        "การเสริมสร้างและปรับปรุงกลไกการตรวจสอบการปฏิบัติราชการ",
        (
            (
                "การสนับสนุนให้ภาคประชาชนร่วมตรวจสอบ",
                (
                    ("โครงการอาสาสมัครชุมชนร่วมตรวจรับงานถนน", ("๔๐,๐๐๐", "๔๐,๐๐๐", "๔๐,๐๐๐", "๔๐,๐๐๐"), ""),
                    ("มาตรการสอบทานระบบควบคุมภายในรายกอง", (NO_BUDGET,) * 4, "หน่วยตรวจสอบภายใน"),
                ),
            ),
        ),
    ),
)


def _records() -> tuple[list[Row], list[Row]]:
    """The tree (มิติ, mission, project) and its budgets; "-" states nothing and is no record."""
    tree: list[Row] = []
    money: list[Row] = []
    for d, (dimension, missions) in enumerate(_DIMENSIONS, 1):
        tree.append(activity(f"{d}", "work_plan", dimension, in_plan_table=True))
        for m, (mission, projects) in enumerate(missions, 1):
            tree.append(activity(f"{d}.{m}", "measure", mission, in_plan_table=True))
            for p, (title, cells, _) in enumerate(projects, 1):
                ident = f"{d}.{m}.{p}"
                level = (
                    "measure"
                    if title.startswith("มาตรการ")
                    else "activity"
                    if title.startswith("กิจกรรม")
                    else "project"
                )
                tree.append(activity(ident, level, title, in_plan_table=True))
                for year, cell in zip(YEARS, cells, strict=True):
                    if cell == NO_BUDGET:
                        money.append(no_budget(ident, "planned", year))
                    elif cell != "-":
                        money.append(budget(ident, "planned", year, cell))
    return tree, money


def _totals(money: list[Row]) -> list[Row]:
    stated = [row for row in money if row["status"] == "stated"]
    sums = {year: sum(number(r["amount_raw"]) for r in stated if r["fiscal_year_be"] == year) for year in YEARS}
    return [budget(None, "planned", year, thai_digits(f"{amount:,}")) for year, amount in sums.items()]


def _table(totals: list[Row]) -> str:
    years = [f"ปี {thai_digits(year)}" for year in YEARS]
    parts = []
    for d, (dimension, missions) in enumerate(_DIMENSIONS, 1):
        rows = [
            ["ภารกิจตามมิติ", "โครงการ/กิจกรรม/มาตรการ", *years, "หมายเหตุ"],
            ["", "", *["งบประมาณ (บาท)"] * len(years), ""],
        ]
        for m, (mission, projects) in enumerate(missions, 1):
            for p, (title, cells, note) in enumerate(projects, 1):
                first = f"{thai_digits(f'{d}.{m}')} {mission}" if p == 1 else ""
                rows.append([first, f"{thai_digits(p)}) {title}", *cells, note])
        if d == len(_DIMENSIONS):
            rows.append(["รวมทั้งสิ้น", "", *(row["amount_raw"] for row in totals), ""])
        parts.append(f"มิติที่ {thai_digits(d)} {dimension}\n\n{tab_rows(rows)}")
    return "\n".join(parts)


def build() -> Sample:
    """The sample."""
    tree, money = _records()
    totals = _totals(money)
    source = (
        f"{TITLE}\n{AGENCY}\n\nส่วนที่ ๒ โครงการ/กิจกรรม/มาตรการ และงบประมาณรายปี\n\n{_table(totals)}\n"
        "ข้อมูลนี้ผ่านความเห็นชอบของคณะผู้บริหารแล้ว\n"
    )
    about = document("plan", [TITLE, f"{TITLE} {AGENCY}"], AGENCY, None, YEARS[0], budget_status="stated")[0]
    about |= {"fiscal_year_be": [YEARS[0], None], "period_start": "2022-10-01", "period_end": "2026-09-30"}
    expected = {
        "documents": [about],
        "activities": tree,
        "budgets": money + totals,
        "_empty": [
            "ita_scores",
            "meetings",
            "attendees",
            "timeline_months",
            "rating_options",
            "indicators",
            "events",
        ],
        "_labels_ok": ["ภารกิจตามมิติ", "โครงการ/กิจกรรม/มาตรการ", "งบประมาณ (บาท)", "หมายเหตุ", "รวมทั้งสิ้น"]
        + [f"ปี {thai_digits(year)}" for year in YEARS],
    }
    shows = "four-year plan as a TAB table: a budget column per year, Thai digits, inherited missions, dashes, totals"
    return Sample("corruption-plan", "txt", shows, source.encode(), expected)
