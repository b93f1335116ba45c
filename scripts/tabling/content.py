"""What stands in generated tables: invented plans, scores, months, groups, forms; each cell with place and span."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")
TASKS = (
    "อบรมเจ้าหน้าที่เรื่องการให้บริการประชาชน", "เผยแพร่ผลการใช้จ่ายงบประมาณบนเว็บไซต์ของหน่วยงาน", "สำรวจความพึงพอใจ",
    "ทบทวนคู่มือการปฏิบัติงานและขั้นตอนการให้บริการ", "ประชุมชี้แจง", "จัดทำช่องทางรับเรื่องร้องเรียนเพิ่มเติม",
    "ติดตามการใช้ทรัพย์สินของทางราชการ", "ประกาศเจตนารมณ์ไม่รับของขวัญ", "ปรับปรุงข้อมูลสาธารณะให้เป็นปัจจุบัน",
)  # fmt: skip
GOALS = ("ร้อยละ 85", "ไม่น้อยกว่า 2 ครั้ง", "ระดับ 4 ขึ้นไป", "1 ฉบับ", "อย่างน้อย 90 คะแนน ภายในไตรมาสที่ 3", "ครบทุกหน่วยงาน")
UNITS = ("ฝ่ายอำนวยการ", "กองแผนงาน", "งานนิติการ", "สำนักปลัด และกองคลัง", "กองช่าง", "ทุกส่วนราชการ")
THEMES = ("ด้านการปฏิบัติหน้าที่", "ด้านการใช้งบประมาณ", "ด้านการใช้อำนาจ", "ด้านการเปิดเผยข้อมูล", "ด้านการป้องกันการทุจริต")


@dataclass(slots=True)
class TrueCell:
    """A cell as it was meant."""

    row: int
    column: int
    text: str = ""
    row_span: int = 1
    column_span: int = 1
    inner: TrueTable | None = None
    turned: bool = False


@dataclass(slots=True)
class TrueTable:
    """A table as it was meant; `shares` are the columns' shares of the width."""

    shares: list[float]
    cells: list[TrueCell] = field(default_factory=list)
    heading_rows: int = 1

    @property
    def n_rows(self) -> int:
        return max(cell.row + cell.row_span for cell in self.cells)

    def add(self, row: int, texts: list[str], column: int = 0) -> None:
        """A row of plain cells from `column` on."""
        self.cells += [TrueCell(row, column + index, text) for index, text in enumerate(texts)]


def _amount(rng: random.Random) -> str:
    return rng.choice((f"{rng.randrange(1, 900) * 1000:,}.00", f"{rng.randrange(1, 90) * 500:,}", "ไม่ใช้งบประมาณ"))


def plan(rng: random.Random, rows: int = 5) -> TrueTable:
    """Numbered activities with a goal, a budget and a unit; some cells run over several lines."""
    table = TrueTable([0.08, 0.36, 0.2, 0.18, 0.18])
    table.add(0, ["ลำดับ", "กิจกรรม", "ตัวชี้วัด", "งบประมาณ (บาท)", "ผู้รับผิดชอบ"])
    for row in range(1, rows + 1):
        table.add(row, [str(row), rng.choice(TASKS), rng.choice(GOALS), _amount(rng), rng.choice(UNITS)])
    return table


def scores(rng: random.Random, rows: int = 6) -> TrueTable:
    """A score a year for each indicator, and their mean."""
    table = TrueTable([0.46, 0.18, 0.18, 0.18])
    table.add(0, ["ตัวชี้วัด", "ปี 2566", "ปี 2567", "ปี 2568"])
    for row in range(1, rows):
        table.add(row, [THEMES[row % len(THEMES)], *(f"{rng.uniform(60, 99):.2f}" for _ in range(3))])
    table.add(rows, ["รวม", *(f"{rng.uniform(60, 99):.2f}" for _ in range(3))])
    return table


def months(rng: random.Random, rows: int = 4) -> TrueTable:
    """Twelve narrow months under two years: a heading of two levels, most cells empty."""
    table = TrueTable([0.06, 0.3, *([0.0533] * 12)], heading_rows=2)
    table.cells += [TrueCell(0, 0, "ที่", 2), TrueCell(0, 1, "กิจกรรม", 2)]
    table.cells += [TrueCell(0, 2, "พ.ศ. 2567", 1, 3), TrueCell(0, 5, "พ.ศ. 2568", 1, 9)]
    table.add(1, list(MONTHS), 2)
    for row in range(2, rows + 2):
        first, length = rng.randrange(12), rng.randrange(1, 4)
        marks = ["X" if first <= month < first + length else "" for month in range(12)]
        table.add(row, [str(row - 1), rng.choice(TASKS), *marks])
    return table


def groups(rng: random.Random, rows: int = 6) -> TrueTable:
    """Cells merged over rows and columns: themes with several tasks, a heading over two columns, a sum over three."""
    table = TrueTable([0.2, 0.34, 0.16, 0.15, 0.15], heading_rows=2)
    for column, text in enumerate(("ประเด็น", "มาตรการ", "เป้าหมาย")):
        table.cells.append(TrueCell(0, column, text, 2))
    table.cells.append(TrueCell(0, 3, "งบประมาณ", 1, 2))
    table.add(1, ["แผน", "ผล"], 3)
    row = 2
    while row < rows + 2:
        height = min(rng.randrange(1, 4), rows + 2 - row)
        table.cells.append(TrueCell(row, 0, rng.choice(THEMES), height))
        for _ in range(height):
            table.add(row, [rng.choice(TASKS), rng.choice(GOALS), _amount(rng), rng.choice(("", _amount(rng)))], 1)
            row += 1
    table.cells.append(TrueCell(row, 0, "รวมทั้งสิ้น", 1, 3))
    table.add(row, [_amount(rng), _amount(rng)], 3)
    return table


def sections(rng: random.Random, rows: int = 6) -> TrueTable:
    """Rows that span the table head the rows below them."""
    table = plan(rng, 0)
    row, number = 1, 1
    while row < rows + 2:
        if (row - 1) % 3 == 0:
            table.cells.append(TrueCell(row, 0, f"มิติที่ {row // 3 + 1} {rng.choice(THEMES)}", 1, 5))
        else:
            table.add(row, [str(number), rng.choice(TASKS), rng.choice(GOALS), _amount(rng), rng.choice(UNITS)])
            number += 1
        row += 1
    return table


def nested(rng: random.Random, rows: int = 3) -> TrueTable:
    """A form of labels and values, one value a table of its own."""
    table = TrueTable([0.3, 0.7], heading_rows=0)
    for row in range(rows):
        table.add(row, [f"{row + 1}. {rng.choice(('วัตถุประสงค์', 'เป้าหมาย', 'ระยะเวลา'))}", rng.choice(TASKS)])
    inner = TrueTable([0.25] * 4)
    inner.add(0, [f"ไตรมาส {quarter}" for quarter in range(1, 5)])
    inner.add(1, [rng.choice(("X", "")) for _ in range(4)])
    inner.add(2, [_amount(rng)[:9] for _ in range(4)])
    table.cells += [TrueCell(rows, 0, f"{rows + 1}. แผนการใช้จ่าย"), TrueCell(rows, 1, inner=inner)]
    return table


def turned(rng: random.Random, rows: int = 4) -> TrueTable:
    """Headings that stand upright over narrow columns."""
    table = TrueTable([0.4, *([0.1] * 6)])
    heads = ["นายก", "ปลัด", "กองคลัง", "กองช่าง", "สำนักปลัด", "กองแผน"]
    table.cells.append(TrueCell(0, 0, "กิจกรรม"))
    table.cells += [TrueCell(0, index, text, turned=True) for index, text in enumerate(heads, 1)]
    for row in range(1, rows + 1):
        table.add(row, [rng.choice(TASKS), *(rng.choice(("X", "", "0")) for _ in heads)])
    return table


def sparse(rng: random.Random, rows: int = 5) -> TrueTable:
    """A blank form: headings, numbers and little else."""
    table = plan(rng, rows)
    for cell in table.cells:
        if cell.row and cell.column and rng.random() < 0.6:
            cell.text = ""
    return table


CONTENTS: dict[str, Callable[[random.Random], TrueTable]] = {
    "plan": plan, "scores": scores, "months": months, "groups": groups, "sections": sections, "nested": nested,
    "turned": turned, "sparse": sparse,
}  # fmt: skip
PLAIN = ("plan", "scores")
RULED = ("plan", "scores", "months", "groups", "sections", "nested", "turned", "sparse")
