"""What print does to tables: heads of several rows, page breaks, merged cells left blank, dittos, dashes, sums."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ita_extract import extract_bytes

Row = dict[str, Any]


def column(text: str, table: str, *names: str, name: str = "t.txt") -> list[Any]:
    rows = extract_bytes(text.encode(), name).rows(table)
    picked = [tuple(row[n] for n in names) for row in rows]
    return [values[0] for values in picked] if len(names) == 1 else picked


def html(*rows: str) -> str:
    """A table; each row is its cells separated by `|`, a cell may begin with `RxC:` for its spans."""
    out = []
    for row in rows:
        cells = []
        for text in row.split("|"):
            span, _, rest = text.strip().partition(":")
            size = span.split("x")
            if len(size) == 2 and all(part.isdigit() for part in size):
                cells.append(f"<td rowspan={size[0]} colspan={size[1]}>{rest.strip()}</td>")
            else:
                cells.append(f"<td>{text.strip()}</td>")
        out.append("<tr>" + "".join(cells) + "</tr>")
    return "<table>" + "".join(out) + "</table>"


def tabs(*rows: str) -> str:
    return "\n".join("\t".join(cell.strip() for cell in row.split("|")) for row in rows) + "\n"


# ------------------------------------------------------------------ heads of several rows
MONEY = [("1", "allocated", 900, "กองช่าง"), ("1", "spent", 850, "กองช่าง")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            html(
                "2x1:ที่ | 2x1:โครงการ | 1x2:งบประมาณ (บาท) | 2x1:ผู้รับผิดชอบ",
                "จัดสรร | เบิกจ่าย",
                "1 | โครงการล้างถังน้ำฝน | 900 | 850 | กองช่าง",
            ),
            "t.html",
        ),
        (
            tabs(
                "ที่ | โครงการ | งบประมาณ (บาท) | | ผู้รับผิดชอบ",
                " | | จัดสรร | เบิกจ่าย | ",
                "1 | โครงการล้างถังน้ำฝน | 900 | 850 | กองช่าง",
            ),
            "t.txt",
        ),
    ],
)
def test_a_head_of_two_rows(text: str, name: str) -> None:
    assert column(text, "budgets", "kind", "amount", name=name) == [("allocated", 900), ("spent", 850)]
    assert column(text, "responsibilities", "unit", name=name) == ["กองช่าง"]
    assert column(text, "activities", "title", name=name) == ["โครงการล้างถังน้ำฝน"]


THREE = (
    "3x1:ที่ | 3x1:มาตรการ | 1x4:งบประมาณ (บาท) | 3x1:ผู้รับผิดชอบ",
    "1x2:ปี 2566 | 1x2:ปี 2567",
    "จัดสรร | เบิกจ่าย | จัดสรร | เบิกจ่าย",
    "1 | ติดกระดิ่งประตูคลังพัสดุ | 100 | 90 | 200 | 180 | ฝ่ายพัสดุ",
)
THREE_FLAT = (
    "ที่ | มาตรการ | งบประมาณ (บาท) | | | | ผู้รับผิดชอบ",
    " | | ปี 2566 | | ปี 2567 | | ",
    " | | จัดสรร | เบิกจ่าย | จัดสรร | เบิกจ่าย | ",
    "1 | ติดกระดิ่งประตูคลังพัสดุ | 100 | 90 | 200 | 180 | ฝ่ายพัสดุ",
)


@pytest.mark.parametrize(("text", "name"), [(html(*THREE), "t.html"), (tabs(*THREE_FLAT), "t.txt")])
def test_a_head_of_three_rows(text: str, name: str) -> None:
    assert column(text, "budgets", "fiscal_year_be", "kind", "amount", name=name) == [
        (2566, "allocated", 100),
        (2566, "spent", 90),
        (2567, "allocated", 200),
        (2567, "spent", 180),
    ]
    assert column(text, "activities", "title", "level", name=name) == [("ติดกระดิ่งประตูคลังพัสดุ", "measure")]


def test_months_below_quarters_below_a_year() -> None:
    months = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.")
    text = html(
        "3x1:กิจกรรม | 1x6:ปีงบประมาณ พ.ศ. 2568",
        "1x3:ไตรมาส 1 | 1x3:ไตรมาส 2",
        " | ".join(months),
        "ตรวจนับเก้าอี้ห้องประชุม | | / | / | | |",
    )
    got = column(text, "timeline_months", "month", "is_scheduled", "quarter_only", name="t.html")
    assert got[:4] == [
        ("2024-10", False, False),
        ("2024-11", True, False),
        ("2024-12", True, False),
        ("2025-01", False, False),
    ]
    assert len(got) == 6


def test_years_over_months_that_were_merged() -> None:
    text = "แผนทดสอบ ประจำปีงบประมาณ พ.ศ. 2568\n\n" + tabs(
        "กิจกรรม | พ.ศ. 2567 | | | พ.ศ. 2568 | |",
        " | ต.ค. | พ.ย. | ธ.ค. | ม.ค. | ก.พ. | มี.ค.",
        "ตรวจนับเก้าอี้ห้องประชุม | | / | / | | | /",
    )
    months = [month for month, on in column(text, "timeline_months", "month", "is_scheduled") if on]
    assert months == ["2024-11", "2024-12", "2025-03"]


def test_columns_numbered_below_the_head() -> None:
    text = html(
        "ที่ | กิจกรรม | ผู้รับผิดชอบ | งบประมาณ (บาท)",
        "(1) | (2) | (3) | (4)",
        "1 | จัดมุมยืมร่ม | งานธุรการ | 400",
    )
    assert column(text, "activities", "title", name="t.html") == ["จัดมุมยืมร่ม"]
    assert column(text, "budgets", "amount", name="t.html") == [400]


# ------------------------------------------------------------------ page breaks
HEAD = "ที่ | โครงการ | ตัวชี้วัด | ผู้รับผิดชอบ | งบประมาณ (บาท)"
FIRST = "1 | โครงการหอดูนกหน้าศาลา | จำนวนรอบที่เปิดให้ดู ไม่น้อยกว่า 4 รอบ | กองสวน | 700"
SECOND = "2 | โครงการตรวจบันไดไม้ | จำนวนบันไดที่ตรวจ ไม่น้อยกว่า 6 แห่ง | กองช่าง | 300"


@pytest.mark.parametrize(
    "between",
    [
        "<page_number>1</page_number>\n\n",
        "<p>แผนงานทดสอบ (ต่อ)</p>",
        "<p>ตารางที่ 1 (ต่อ)</p>",
        "<p>- 2 -</p>",
        "",
    ],
)
@pytest.mark.parametrize("repeats_head", [True, False])
def test_a_table_goes_on_on_the_next_page(between: str, repeats_head: bool) -> None:
    second = html(HEAD, SECOND) if repeats_head else html(SECOND)
    text = f"<h1>แผนงานทดสอบ ปีงบประมาณ พ.ศ. 2567</h1><p>ตารางที่ 1</p>{html(HEAD, FIRST)}{between}{second}"
    assert column(text, "activities", "title", "number", name="t.html") == [
        ("โครงการหอดูนกหน้าศาลา", 1),
        ("โครงการตรวจบันไดไม้", 2),
    ]
    assert column(text, "indicators", "target_value", name="t.html") == [4, 6]
    assert column(text, "budgets", "amount", name="t.html") == [700, 300]


def test_a_head_again_within_one_table() -> None:
    text = tabs(HEAD, FIRST, HEAD, SECOND)
    assert column(text, "activities", "title") == ["โครงการหอดูนกหน้าศาลา", "โครงการตรวจบันไดไม้"]


def test_a_head_of_two_rows_again_on_the_next_page() -> None:
    head = ("2x1:ที่ | 2x1:โครงการ | 1x2:งบประมาณ (บาท) | 2x1:ผู้รับผิดชอบ", "จัดสรร | เบิกจ่าย")
    pages = [html(*head, f"{n} | โครงการ{what} | {n}00 | {n}0 | กองช่าง") for n, what in ((1, "ทาสีรั้ว"), (2, "ล้างราง"))]
    text = "<h1>รายงานผลการดำเนินงาน ปีงบประมาณ พ.ศ. 2567</h1>" + "<p>หน้า 2</p>".join(pages)
    assert column(text, "activities", "title", name="t.html") == ["โครงการทาสีรั้ว", "โครงการล้างราง"]
    assert column(text, "budgets", "amount", name="t.html") == [100, 10, 200, 20]


SPLIT = (
    (
        "1 | โครงการหอดูนกหน้าศาลา | จำนวนรอบที่เปิดให้ดู ไม่น้อยกว่า 4 รอบ | กองสวน | 700",
        "2 | โครงการตรวจบันไดไม้และ | จำนวนบันไดที่ตรวจ | กองช่าง | 300",
    ),
    (" | ราวกันตกรอบอาคารเก่า | ไม่น้อยกว่า 6 แห่ง | | ", "3 | โครงการลับมีดห้องครัว | จำนวนมีด 9 เล่ม | งานครัว | 50"),
)


@pytest.mark.parametrize("repeats_head", [True, False])
def test_a_row_that_a_page_break_splits(repeats_head: bool) -> None:
    second = html(HEAD, *SPLIT[1]) if repeats_head else html(*SPLIT[1])
    text = f"<h1>แผนงานทดสอบ ปีงบประมาณ พ.ศ. 2567</h1>{html(HEAD, *SPLIT[0])}<page_number>1</page_number>{second}"
    assert [" ".join(t.split()) for t in column(text, "activities", "title", name="t.html")] == [
        "โครงการหอดูนกหน้าศาลา",
        "โครงการตรวจบันไดไม้และ ราวกันตกรอบอาคารเก่า",
        "โครงการลับมีดห้องครัว",
    ]
    assert column(text, "indicators", "target_value", "target_unit", name="t.html") == [
        (4, "รอบ"),
        (6, "แห่ง"),
        (9, "เล่ม"),
    ]
    assert column(text, "budgets", "amount", name="t.html") == [700, 300, 50]


# ------------------------------------------------------------------ rows
@pytest.mark.parametrize("ditto", ["″", "〃", '"', '-"-', "เช่นเดียวกัน"])
def test_ditto_marks(ditto: str) -> None:
    text = tabs(
        "ที่ | โครงการ | ระยะเวลา | ผู้รับผิดชอบ",
        "1 | โครงการกวาดใบไม้ | ต.ค. 66 - ธ.ค. 66 | งานสวน",
        f"2 | โครงการตัดหญ้า | {ditto} | {ditto}",
    )
    assert column(text, "responsibilities", "unit") == ["งานสวน", "งานสวน"]
    assert column(text, "activities", "planned_end") == ["2023-12", "2023-12"]


def test_blank_cells_below_a_merged_one() -> None:
    text = "แผนทดสอบ ประจำปีงบประมาณ พ.ศ. 2568\n\n" + tabs(
        "ประเด็น | มาตรการ | ขั้นตอน | ผู้รับผิดชอบ",
        "การใช้งบประมาณ | 1. ประกาศยอดเบิกทุกวันศุกร์ | รวบรวมยอด | งานการเงิน",
        " | | ปิดประกาศหน้าห้อง | งานธุรการ",
        " | 2. เปิดกล่องคำถาม | ทำกล่อง | งานช่าง",
    )
    assert column(text, "activities", "title", "level", "number_path") == [
        ("ประกาศยอดเบิกทุกวันศุกร์", "measure", "1"),
        ("รวบรวมยอด", "step", None),
        ("ปิดประกาศหน้าห้อง", "step", None),
        ("เปิดกล่องคำถาม", "measure", "2"),
        ("ทำกล่อง", "step", None),
    ]
    assert column(text, "activities", "ita_indicator")[::3] == ["I02", "I02"]
    parents = dict(column(text, "activities", "activity_id", "title"))
    under = [(parents.get(parent), title) for parent, title in column(text, "activities", "parent_id", "title")]
    assert ("ประกาศยอดเบิกทุกวันศุกร์", "ปิดประกาศหน้าห้อง") in under
    assert ("เปิดกล่องคำถาม", "ทำกล่อง") in under


def test_rows_without_number_are_part_of_the_numbered_one() -> None:
    text = html(
        "ที่ | โครงการ | กิจกรรม | ตัวชี้วัด | เป้าหมาย",
        "1 | โครงการครัวกลาง | ล้างถาด | จำนวนถาด | 30 ใบ",
        " | | นับช้อน | จำนวนช้อน | 60 คัน",
        "2 | โครงการห้องเงียบ | ติดป้าย | จำนวนป้าย | 2 แผ่น",
    )
    ids = dict(column(text, "activities", "activity_id", "title", name="t.html"))
    tree = [(ids.get(p), t) for p, t in column(text, "activities", "parent_id", "title", name="t.html")]
    assert tree == [
        (None, "โครงการครัวกลาง"),
        ("โครงการครัวกลาง", "ล้างถาด"),
        ("โครงการครัวกลาง", "นับช้อน"),
        (None, "โครงการห้องเงียบ"),
        ("โครงการห้องเงียบ", "ติดป้าย"),
    ]
    owners = [ids[a] for a in column(text, "indicators", "activity_id", name="t.html")]
    assert owners == ["ล้างถาด", "นับช้อน", "ติดป้าย"]


def test_sub_items_in_rows_of_their_own() -> None:
    text = html(
        "ที่ | กิจกรรม | ผู้รับผิดชอบ",
        "1 | กิจกรรมตลาดนัดสุจริต | งานพัฒนา",
        " | - คัดเลือกผู้ค้า | งานทะเบียน",
        " | - ติดป้ายราคา | งานพัฒนา",
        "2 | กิจกรรมเดินตรวจคลอง | งานช่าง",
        "2.1 | นัดหมายชาวบ้าน | งานช่าง",
    )
    ids = dict(column(text, "activities", "activity_id", "title", name="t.html"))
    tree = [
        (ids.get(p), t, level)
        for p, t, level in column(text, "activities", "parent_id", "title", "level", name="t.html")
    ]
    assert tree == [
        (None, "กิจกรรมตลาดนัดสุจริต", "activity"),
        ("กิจกรรมตลาดนัดสุจริต", "คัดเลือกผู้ค้า", "step"),
        ("กิจกรรมตลาดนัดสุจริต", "ติดป้ายราคา", "step"),
        (None, "กิจกรรมเดินตรวจคลอง", "activity"),
        ("กิจกรรมเดินตรวจคลอง", "นัดหมายชาวบ้าน", "step"),
    ]


@pytest.mark.parametrize("dash", ["-", "–", "—", "--", "...", ""])
def test_a_dash_is_an_empty_cell(dash: str) -> None:
    text = tabs(
        "ที่ | โครงการ | ตัวชี้วัด | ค่าเป้าหมาย | ระยะเวลา | งบประมาณ (บาท) | ผู้รับผิดชอบ | ปัญหา/อุปสรรค",
        "1 | โครงการจดระดับน้ำ | จำนวนครั้ง | 12 ครั้ง | ต.ค. 66 | 500 | งานช่าง | ฝนตกหนัก",
        f"2 | โครงการวัดแดด | {dash} | {dash} | {dash} | {dash} | {dash} | {dash}",
    )
    second = column(text, "activities", "activity_id")[1]
    for table in ("indicators", "budgets", "responsibilities"):
        assert second not in column(text, table, "activity_id")
    assert column(text, "activities", "planned_start")[1] is None
    told = dict(column(text, "outcomes", "activity_id", "problem_status"))
    assert told.get(second, "not_stated") == "not_stated"


@pytest.mark.parametrize("word", ["รวม", "รวมทั้งสิ้น", "รวมงบประมาณทั้งสิ้น", "รวม 2 โครงการ", "รวมเป็นเงินทั้งสิ้น", "ยอดรวม"])
def test_sums_are_of_the_plan(word: str) -> None:
    text = "แผนทดสอบ ประจำปีงบประมาณ พ.ศ. 2567\n\n" + tabs(
        "ที่ | โครงการ | งบประมาณ (บาท) | ผู้รับผิดชอบ",
        "1 | โครงการเย็บธง | 1,500.00 | งานพัสดุ",
        "2 | โครงการรวมใจปลูกไผ่ | 500.00 | งานสวน",
        f" | {word} | 2,000.00 | ",
    )
    assert column(text, "activities", "title") == ["โครงการเย็บธง", "โครงการรวมใจปลูกไผ่"]
    sums = [amount for owner, amount in column(text, "budgets", "activity_id", "amount") if owner is None]
    assert sums == [Decimal("2000.00")]


# ------------------------------------------------------------------ answers under columns
def test_one_of_two_columns_is_ticked() -> None:
    text = html(
        "2x1:ที่ | 2x1:มาตรการ | 1x2:ผลการควบคุม | 2x1:หมายเหตุ",
        "ควบคุมได้ | ควบคุมไม่ได้",
        "1 | ล็อกตู้เอกสาร | ✓ | | -",
        "2 | ตรวจกระเป๋า | | ✓ | -",
        "3 | ถ่ายภาพของกลาง | | | รอผล",
    )
    names = ("question_raw", "label", "selected")
    assert column(text, "rating_options", *names, name="t.html") == [
        ("ล็อกตู้เอกสาร", "ควบคุมได้", True),
        ("ล็อกตู้เอกสาร", "ควบคุมไม่ได้", False),
        ("ตรวจกระเป๋า", "ควบคุมได้", False),
        ("ตรวจกระเป๋า", "ควบคุมไม่ได้", True),
    ]


def test_the_ticked_status_is_that_of_the_activity() -> None:
    text = tabs(
        "ที่ | กิจกรรม | ดำเนินการแล้ว | อยู่ระหว่างดำเนินการ | ยังไม่ดำเนินการ",
        "1 | กิจกรรมเล่านิทานสองภาษา | / | | ",
        "2 | กิจกรรมวาดแผนที่ตลาด | | / | ",
        "3 | กิจกรรมนับต้นไม้ | | | /",
    )
    assert column(text, "outcomes", "status", "status_basis") == [
        ("completed", "stated"),
        ("in_progress", "stated"),
        ("not_started", "stated"),
    ]


def test_words_that_may_be_answers_are_cells_elsewhere() -> None:
    text = tabs(
        "ที่ | โครงการ | ปัญหา/อุปสรรค | ข้อเสนอแนะ",
        "1 | โครงการซ่อมกระดิ่ง | ไม่มี | ไม่มี",
        "2 | โครงการเปลี่ยนเชือกธง | เชือกขาด | ไม่มี",
    )
    assert column(text, "activities", "title") == ["โครงการซ่อมกระดิ่ง", "โครงการเปลี่ยนเชือกธง"]
    assert not column(text, "rating_options", "label")


# ------------------------------------------------------------------ heads in running text
def test_quarters_whose_tone_mark_is_lost() -> None:
    text = html("กิจกรรม | ไตรมาสที 1 | ไตรมาสที่ 2 | ไตรมาสที 3 | ไตรมาสที่ 4", "ซักผ้าม่าน | / | | | /")
    months = [m for m, on in column(text, "timeline_months", "fiscal_month", "is_scheduled", name="t.html") if on]
    assert months == [1, 2, 3, 10, 11, 12]


@pytest.mark.parametrize(
    "head",
    [
        "ที่ โครงการ ตัวชี้วัด ไตรมาสที่ 1 (ต.ค. 66 - ธ.ค. 66) ไตรมาสที่ 2 (ม.ค. 67 - มี.ค. 67) งบประมาณ (บาท) ผู้รับผิดชอบ",
        "ที่ โครงการ ตัวชี้วัด ระยะเวลา ไตรมาสที่ 1 (ต.ค. 66 - ธ.ค. 66) ไตรมาสที่ 2 (ม.ค. 67 - มี.ค. 67) งบประมาณ (บาท) ผู้รับผิดชอบ",
        "ที่ โครงการ ตัวชี้วัด ระยะเวลา งบประมาณ (บาท) ผู้รับผิดชอบ ไตรมาสที่ 1 (ต.ค. 66 - ธ.ค. 66) ไตรมาสที่ 2 (ม.ค. 67 - มี.ค. 67)",
    ],
)
def test_a_flattened_head_with_columns_behind_the_quarters(head: str) -> None:
    text = f"{head}\n" + tabs(
        "1 | โครงการซักผ้าม่าน | จำนวนผืน 9 ผืน | / | | 900 | งานแม่บ้าน",
        "2 | โครงการเช็ดโคมไฟ | จำนวนดวง 8 ดวง | | / | 800 | งานช่าง",
    )
    assert column(text, "budgets", "amount") == [900, 800]
    assert column(text, "responsibilities", "unit") == ["งานแม่บ้าน", "งานช่าง"]
    months = [m for m, on in column(text, "timeline_months", "fiscal_month", "is_scheduled") if on]
    assert months == [1, 2, 3, 4, 5, 6]


# ------------------------------------------------------------------ records and relative months
def test_records_with_the_same_labels_again() -> None:
    one = (
        "ความเสี่ยงที่ {n}\nรหัส : X{n}\nความเสี่ยง : เหตุการณ์{n}\nมาตรการจัดการความเสี่ยง : ล็อกประตู{n}\n"
        "ผู้รับผิดชอบ : งาน{unit}\nระยะเวลา : ไตรมาส {n}\n"
    )
    text = "ทะเบียนความเสี่ยง ประจำปีงบประมาณ พ.ศ. 2567\n\n" + "\n".join(
        one.format(n=n, unit=unit) for n, unit in ((1, "ธุรการ"), (2, "พัสดุ"))
    )
    assert column(text, "activities", "title", "level", "number", "planned_start") == [
        ("ล็อกประตู1", "measure", 1, "2023-10"),
        ("ล็อกประตู2", "measure", 2, "2024-01"),
    ]
    owners = column(text, "responsibilities", "activity_id")
    assert owners == column(text, "activities", "activity_id")
    assert ("รหัส", "X1") in column(text, "plan_fields", "label_raw", "value_raw")


@pytest.mark.parametrize(
    ("printed", "months"),
    [
        ("เดือนแรก", ("2024-11", "2024-11")),
        ("เดือนที่ 2 - 3", ("2024-12", "2025-01")),
        ("เดือนที่ ๒ ถึงเดือนที่ ๔", ("2024-12", "2025-02")),
        ("เดือนสุดท้าย", ("2025-03", "2025-03")),
        ("เดือนที่ 9", (None, None)),
    ],
)
def test_months_counted_within_a_project(printed: str, months: tuple[str | None, str | None]) -> None:
    text = (
        "โครงการทดสอบ ปีงบประมาณ พ.ศ. 2568\n\n1. ชื่อโครงการ : โครงการเก็บเมล็ด\n"
        "2. ระยะเวลาดำเนินการ : 1 พ.ย. 2567 - 31 มี.ค. 2568\n\n"
        + tabs("ที่ | กิจกรรม | ระยะเวลา", f"1 | ตากเมล็ด | {printed}", "2 | คัดเมล็ด | -")
    )
    assert column(text, "activities", "planned_start", "planned_end")[0] == months
