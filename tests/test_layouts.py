"""Small documents, one shape each: what the outline and the extractors must make of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ita_extract import extract_bytes

Row = dict[str, Any]


def rows(text: str, table: str, name: str = "t.txt") -> list[Row]:
    return extract_bytes(text.encode(), name).rows(table)


def column(text: str, table: str, *names: str, name: str = "t.txt") -> list[Any]:
    picked = [tuple(row[n] for n in names) for row in rows(text, table, name)]
    return [values[0] for values in picked] if len(names) == 1 else picked


# ------------------------------------------------------------------ forms
def test_a_table_of_labels_is_a_form() -> None:
    html = (
        "<table><tr><td>ปีงบประมาณ</td><td>2568</td></tr><tr><td>ชื่อโครงการ</td><td>โครงการตู้รับฟังเสียงลม</td></tr>"
        "<tr><td>เป้าหมาย</td><td>ร้อยละ 80</td></tr><tr><td>ช่องทางพิเศษ</td><td>ป้ายไม้</td></tr>"
        "<tr><td>ขั้นตอนการดำเนินงาน</td><td><ol><li>ออกแบบตู้</li><li>ติดตั้งตู้</li></ol></td></tr></table>"
    )
    fields = column(html, "plan_fields", "label_raw", "field_key", "value_raw", name="t.html")
    assert ("ชื่อโครงการ", "plan_title", "โครงการตู้รับฟังเสียงลม") in fields
    assert ("ช่องทางพิเศษ", None, "ป้ายไม้") in fields
    assert column(html, "activities", "title", "level", name="t.html") == [("ออกแบบตู้", "step"), ("ติดตั้งตู้", "step")]


def test_several_forms_in_one_document() -> None:
    text = "\n\n".join(
        f"โครงการที่ {n}\n\n1. ชื่อโครงการ : โครงการ{name}\n\n2. วัตถุประสงค์ : เพื่อ{name}\n\n3. งบประมาณ : {n},000 บาท"
        for n, name in ((1, "ปลูกดอกไม้ริมรั้ว"), (2, "ซ่อมนาฬิกาหอประชุม"))
    )
    assert column(text, "plans", "plan_title", "budget_thb") == [
        ("โครงการปลูกดอกไม้ริมรั้ว", 1000),
        ("โครงการซ่อมนาฬิกาหอประชุม", 2000),
    ]


def test_a_blank_line_ends_a_value_that_began_below_its_label() -> None:
    text = "แผนทดสอบ\n\nวัตถุประสงค์\nเพื่อทดสอบการอ่านค่า\n\nสำนักงานจัดทำแผนนี้ขึ้นตามความเหมาะสมของพื้นที่\n"
    assert column(text, "plan_fields", "value_raw") == ["เพื่อทดสอบการอ่านค่า"]


def test_options_of_a_list_and_of_radio_buttons() -> None:
    text = "8. ระดับความมั่นใจ\n\n- ( ) มาก (ร้อยละ 80 ขึ้นไป)\n- (✓) ปานกลาง (ร้อยละ 70 ขึ้นไป)\n- ( ) น้อย (ต่ำกว่าร้อยละ 70)\n"
    assert column(text, "rating_options", "label", "selected", "threshold_operator", "threshold_value") == [
        ("มาก", False, ">=", 80),
        ("ปานกลาง", True, ">=", 70),
        ("น้อย", False, "<", 70),
    ]
    html = "<p>สถานะ : <input type=radio> ยังไม่เริ่ม <input type=radio checked> แล้วเสร็จ</p>"
    assert column(html, "rating_options", "selection_type", name="t.html") == ["single", "single"]


def test_a_legend_is_no_option() -> None:
    assert not rows("หมายเหตุ ✓ หมายถึง ดำเนินการแล้ว ☐ หมายถึง ยังไม่ดำเนินการ\n", "rating_options")


def test_numbered_projects_with_the_same_labels_below() -> None:
    text = "รายงานผลการดำเนินการ ประจำปีงบประมาณ พ.ศ. 2567\n\n" + "\n".join(
        f"{n}. {title}\nวัตถุประสงค์ เพื่อทดสอบข้อ {n}\nงบประมาณ {money}\nผู้รับผิดชอบ {unit}\nผลการดำเนินงาน ทำแล้วเสร็จ\n"
        for n, title, money, unit in (
            (1, "โครงการทาสีม้านั่ง", "1,200 บาท", "กองช่าง"),
            (2, "กิจกรรมเดินเก็บลูกโป่ง", "ไม่ใช้งบประมาณ", "กองสวน"),
        )
    )
    activities = rows(text, "activities")
    assert [(a["title"], a["level"], a["number"], a["parent_id"]) for a in activities] == [
        ("โครงการทาสีม้านั่ง", "project", 1, None),
        ("กิจกรรมเดินเก็บลูกโป่ง", "activity", 2, None),
    ]
    owners = [a["activity_id"] for a in activities]
    assert column(text, "responsibilities", "activity_id", "unit") == list(
        zip(owners, ("กองช่าง", "กองสวน"), strict=True)
    )
    assert column(text, "budgets", "activity_id", "status") == list(zip(owners, ("stated", "no_budget"), strict=True))
    assert column(text, "outcomes", "activity_id", "status") == [(owners[0], "completed"), (owners[1], "completed")]


def test_headings_of_chapters_are_no_activities() -> None:
    text = (
        "# แผนทดสอบ ปีงบประมาณ พ.ศ. 2567\n\n## 1. ข้อมูลทั่วไป\n\nผู้รับผิดชอบ: กองช่าง\nงบประมาณ: 500 บาท\n\n"
        "## 2. สรุป\n\nปัญหา/อุปสรรค: ไม่มี\nข้อเสนอแนะ: ไม่มี\n"
    )
    assert not rows(text, "activities", "t.md")


# ------------------------------------------------------------------ activity tables
def test_heads_that_were_flattened_into_text() -> None:
    text = (
        "ที่ โครงการ ตัวชี้วัด ระยะเวลาดำเนินการ ผู้รับผิดชอบ ไตรมาสที่ 1 ไตรมาสที่ 2\n"
        "1\tโครงการล้างหลังคาโรงรถ\tจำนวนหลังคา\t/\t\tกองช่าง\n"
        "2\tโครงการทาสีรั้วใหม่\tจำนวนรั้ว\t\t/\tกองคลัง\n"
    )
    assert column(text, "activities", "title") == ["โครงการล้างหลังคาโรงรถ", "โครงการทาสีรั้วใหม่"]
    assert column(text, "responsibilities", "unit") == ["กองช่าง", "กองคลัง"]
    marked = [r["fiscal_month"] for r in rows(text, "timeline_months") if r["is_scheduled"]]
    assert marked == [1, 2, 3, 4, 5, 6]


def test_ditto_marks_repeat_the_cell_above() -> None:
    text = (
        "| โครงการ | ผู้รับผิดชอบ | ระยะเวลา |\n|---|---|---|\n"
        "| โครงการนับดาวบนดาดฟ้า | กองวิชาการ | ม.ค. 67 |\n| โครงการฟังเสียงคลื่นเช้า | ″ | ″ |\n"
    )
    assert column(text, "responsibilities", "unit") == ["กองวิชาการ", "กองวิชาการ"]
    assert column(text, "activities", "planned_start") == ["2024-01", "2024-01"]


def test_indicators_stated_in_the_cell_of_their_project() -> None:
    html = (
        "<table><tr><th rowspan=2>โครงการ</th><th colspan=4>ตัวชี้วัด</th></tr>"
        "<tr><th>หน่วยนับ</th><th>เป้าหมาย</th><th>ผล</th><th>*</th></tr>"
        "<tr><td rowspan=2>โครงการห้องสมุดลอยน้ำ<br>- จำนวนหนังสือ 10 เล่ม (ผล: 12 เล่ม)<br>- จำนวนผู้อ่าน 50 คน (ผล: 40 คน)</td>"
        "<td>เล่ม</td><td>10</td><td>12</td><td>✔</td></tr><tr><td>คน</td><td>50</td><td>40</td><td></td></tr></table>"
    )
    assert column(html, "activities", "title", name="t.html") == ["โครงการห้องสมุดลอยน้ำ"]
    names = ("indicator", "target_value", "target_unit", "actual_value", "achieved", "achieved_claimed")
    assert column(html, "indicators", *names, name="t.html") == [
        ("จำนวนหนังสือ", 10, "เล่ม", 12, True, True),
        ("จำนวนผู้อ่าน", 50, "คน", 40, False, None),
    ]


@pytest.mark.parametrize(
    ("head", "table", "columns"),
    [
        ("กลุ่มงานรับผิดชอบ", "responsibilities", ("unit",)),
        ("งานที่รับผิดชอบตามคำสั่ง", "responsibilities", ("unit",)),
        ("ความคืบหน้า ณ มี.ค. 68", "outcomes", ("text",)),
    ],
)
def test_heads_that_no_list_holds_are_read_by_their_words(head: str, table: str, columns: tuple[str, ...]) -> None:
    text = f"ลำดับ\tข้อค้นพบจากผู้ตอบ\tแนวทางแก้ไข\tกำหนดแล้วเสร็จ\t{head}\n1\tคิวยาว\tติดป้ายบอกคิว\tธ.ค. 67\tฝ่ายคิว\n"
    assert column(text, "activities", "title", "level") == [("ติดป้ายบอกคิว", "measure")]
    assert len(column(text, table, *columns)) == 1


def test_a_risk_table_and_its_progress_report_are_one_measure() -> None:
    plan = (
        "<table><tr><th>(๑) ความเสี่ยง</th><th>(๒) มาตรการจัดการความเสี่ยง</th><th>(๓) ผู้รับผิดชอบ</th>"
        "<th>(๔) ตัวชี้วัด/เป้าหมาย</th></tr><tr><td>กุญแจห้องพัสดุหาย</td><td>ทำทะเบียนยืมกุญแจ</td><td>ฝ่ายพัสดุ</td>"
        "<td>จำนวนครั้งที่สอบทาน<br>เป้าหมาย : ๔ ครั้ง</td></tr></table>"
    )
    report = plan.replace("</th></tr>", "</th><th>(๕) ผลการดำเนินงาน</th></tr>").replace(
        "ครั้ง</td></tr>", "ครั้ง</td><td>สอบทานทะเบียนกุญแจครบแล้วทุกไตรมาสตลอดทั้งปี จำนวน ๔ ครั้ง</td></tr>"
    )
    text = f"แผนบริหารความเสี่ยง\n\n{plan}\n\nรายงานความก้าวหน้า\n\n{report}\n"
    assert column(text, "activities", "title", "level") == [("ทำทะเบียนยืมกุญแจ", "measure")]
    assert column(text, "indicators", "indicator", "target_value", "actual_value") == [("จำนวนครั้งที่สอบทาน", 4, 4)]
    assert column(text, "responsibilities", "unit") == ["ฝ่ายพัสดุ"]


def test_section_headings_between_tables_are_parents() -> None:
    head = "โครงการ\tงบประมาณ (บาท)\tหมายเหตุ\n"
    text = f"มิติที่ 1 ปลูกใจ\n\n{head}1) โครงการเล่านิทาน\t500\t-\n\nมิติที่ 2 ปลูกมือ\n\n{head}1) โครงการปั้นดิน\t700\t-\n"
    by_id = {row["activity_id"]: row["title"] for row in rows(text, "activities")}
    parents = {row["title"]: by_id.get(row["parent_id"]) for row in rows(text, "activities")}
    assert parents == {"ปลูกใจ": None, "โครงการเล่านิทาน": "ปลูกใจ", "ปลูกมือ": None, "โครงการปั้นดิน": "ปลูกมือ"}


def test_a_total_row_is_the_plan_s_budget() -> None:
    text = "ที่\tโครงการ\tงบประมาณ (บาท)\n1\tโครงการเย็บผ้าม่าน\t1,500\n2\tโครงการซ่อมเก้าอี้\tไม่ใช้งบประมาณ\n\tรวมทั้งสิ้น\t1,500\n"
    assert column(text, "budgets", "amount", "status", "activity_id")[-1] != ()
    totals = [r for r in rows(text, "budgets") if r["activity_id"] is None]
    assert [r["amount"] for r in totals] == [1500]
    assert {r["status"] for r in rows(text, "budgets")} == {"stated", "no_budget"}


# ------------------------------------------------------------------ month grids
@pytest.mark.parametrize(
    ("cells", "marked", "kind"),
    [
        ("| | ■ | ■ | |", [11, 12], "glyph"),
        ("| ← | ─ | → | |", [10, 11, 12], "arrow"),
        ("| | แรเงา | | แรเงา |", [11, 1], "shading"),
        ("| | | | |", [], "none"),
    ],
)
def test_months_below_an_activity(cells: str, marked: list[int], kind: str) -> None:
    text = (
        "# แผนปฏิบัติการทดสอบ ประจำปีงบประมาณ พ.ศ. 2567\n\n## กิจกรรมที่ 1 ขัดพื้นโถงกลาง\n\n- งบประมาณ : 300 บาท\n\n"
        f"| เดือน | ต.ค. | พ.ย. | ธ.ค. | ม.ค. |\n|---|---|---|---|---|\n| แผน {cells}\n"
    )
    months = rows(text, "timeline_months", "t.md")
    assert [int(r["month"][5:]) for r in months if r["is_scheduled"]] == marked
    assert {r["mark_kind"] for r in months if r["cell_state"] == "marked"} == ({kind} if marked else set())
    if not marked:
        assert {(r["cell_state"], r["is_scheduled"]) for r in months} == {("empty", None)}
    assert column(text, "budgets", "amount", name="t.md") == [300]


# ------------------------------------------------------------------ reports in text
def test_a_memorandum_with_labels_in_running_text() -> None:
    text = (
        "บันทึกข้อความ\n\nส่วนราชการ  กลุ่มงานแผน กรมทดสอบลมฟ้า\nที่ ทล 01/2   วันที่ 3 ตุลาคม 2567\n"
        "เรื่อง  รายงานผลการดำเนินการตามมาตรการ\n\nเรียน  อธิบดี\n\nมาตรการที่ 1 ติดกังหันลมจิ๋ว ผู้รับผิดชอบ กองช่างลม "
        "ผลการดำเนินการ ติดตั้งกังหันแล้วเสร็จทั้งสี่มุมอาคาร ปัญหาและอุปสรรค ไม่มี\n"
    )
    document = rows(text, "documents")[0]
    assert (document["title"], document["agency"], document["document_date"]) == (
        "รายงานผลการดำเนินการตามมาตรการ",
        "กรมทดสอบลมฟ้า",
        "2024-10-03",
    )
    assert column(text, "activities", "title", "level") == [("ติดกังหันลมจิ๋ว", "measure")]
    assert column(text, "outcomes", "status", "problem_status") == [("completed", "none_reported")]


def test_a_list_tells_target_result_and_money() -> None:
    text = (
        "# รายงานความก้าวหน้า รอบ 6 เดือน ประจำปีงบประมาณ พ.ศ. 2567\n\n### โครงการที่ 1 โครงการสวนหิน\n\n"
        "- **ตัวชี้วัด:** จำนวนก้อนหิน\n"
        "- **เป้าหมาย:** ไม่น้อยกว่า 20 ก้อน\n- **ผล:** 24 ก้อน\n- **งบประมาณ:** ได้รับจัดสรร 900 บาท เบิกจ่ายแล้ว 850 บาท\n"
    )
    assert column(text, "indicators", "target_value", "actual_value", "achieved", name="t.md") == [(20, 24, True)]
    assert column(text, "budgets", "kind", "amount", name="t.md") == [("allocated", 900), ("spent", 850)]
    assert column(text, "documents", "reporting_round", "period_end", name="t.md") == [("6m", "2024-03-31")]


def test_the_status_in_brackets_behind_a_heading() -> None:
    text = (
        "# รายงานผลการดำเนินงาน ปีงบประมาณ พ.ศ. 2567\n\n## โครงการที่ 1 โครงการเปลี่ยนหลอดไฟ (ดำเนินการแล้วเสร็จ)\n\n"
        "- เปลี่ยนหลอดไฟทางเดินทั้งหมดแล้ว\n- เบิกจ่ายงบประมาณ 1,200 บาท\n"
    )
    assert column(text, "activities", "title", name="t.md") == ["โครงการเปลี่ยนหลอดไฟ"]
    assert column(text, "outcomes", "status", "status_basis", name="t.md") == [("completed", "stated")]
    assert column(text, "budgets", "kind", "amount", name="t.md") == [("spent", 1200)]


# ------------------------------------------------------------------ minutes
MINUTES = """รายงานการประชุมคณะทำงานดูแลสวนกล้วย
ครั้งที่ 2/2567
วันพุธที่ 7 สิงหาคม 2567
ณ ศาลาริมบึง

ผู้มาประชุม
1. นายเขียว ใบยาว ผู้อำนวยการกองสวน ประธาน
2. นางเหลือง ผลหวาน หัวหน้าฝ่ายพันธุ์ (แทน) ผู้อำนวยการกองคลัง กรรมการ
ผู้ไม่มาประชุม
1. นายแดง ก้านแข็ง นักวิชาการเกษตร กรรมการ ลาพักผ่อน

เริ่มประชุมเวลา 9.00 น.
ระเบียบวาระที่ 1 เรื่องที่ประธานแจ้งให้ทราบ
1.1 นโยบายงดใช้ถุงพลาสติกในสวน
มติที่ประชุม รับทราบ
ระเบียบวาระที่ 2 เรื่องอื่น ๆ
มติที่ประชุม รับทราบ
เลิกประชุมเวลา 10.30 น.
"""


def test_minutes_with_single_spaces() -> None:
    names = ("given_name", "attendance", "position_raw", "role_raw", "proxy_for_raw", "absence_reason_raw")
    assert column(MINUTES, "attendees", *names) == [
        ("เขียว", "present", "ผู้อำนวยการกองสวน", "ประธาน", None, None),
        ("เหลือง", "present", "หัวหน้าฝ่ายพันธุ์", "กรรมการ", "ผู้อำนวยการกองคลัง", None),
        ("แดง", "absent", "นักวิชาการเกษตร", "กรรมการ", None, "ลาพักผ่อน"),
    ]
    meeting = rows(MINUTES, "meetings")[0]
    assert (meeting["attendee_count"], meeting["start_time"], meeting["end_time"], meeting["place"]) == (
        2,
        "09:00",
        "10:30",
        "ศาลาริมบึง",
    )
    assert column(MINUTES, "agenda_items", "number_raw", "resolution") == [
        ("1", None),
        ("1.1", "รับทราบ"),
        ("2", "รับทราบ"),
    ]
    assert not rows(MINUTES, "policy_items")


def test_the_year_of_minutes_is_that_of_the_day() -> None:
    text = MINUTES.replace("1.1 นโยบายงดใช้ถุงพลาสติกในสวน", "1.1 ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566")
    assert rows(text, "documents")[0]["fiscal_year_be"] == 2567


# ------------------------------------------------------------------ scores and news
def test_agencies_across_the_columns() -> None:
    html = (
        "<h1>ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2564</h1>"
        "<table><tr><th rowspan=2>เครื่องมือ</th><th colspan=2>หน่วยงาน</th></tr>"
        "<tr><th>เทศบาลตำบลลมเย็น</th><th>เทศบาลเมืองน้ำใส</th></tr><tr><td>ระดับ</td><td>A</td><td>B</td></tr>"
        "<tr><td>คะแนนรวม</td><td>88.10</td><td>79.55</td></tr><tr><td>OIT</td><td>90.00</td><td>81.25</td></tr></table>"
    )
    assert column(html, "ita_scores", "agency", "measure", "score", "grade_raw", name="t.html") == [
        ("เทศบาลตำบลลมเย็น", "TOTAL", Decimal("88.10"), "A"),
        ("เทศบาลเมืองน้ำใส", "TOTAL", Decimal("79.55"), "B"),
        ("เทศบาลตำบลลมเย็น", "OIT", 90, None),
        ("เทศบาลเมืองน้ำใส", "OIT", Decimal("81.25"), None),
    ]


_SCORES = (
    "<table><tr><th>แบบวัด</th><th>คะแนน</th></tr><tr><td>IIT</td><td>88.10</td></tr>"
    "<tr><td>EIT</td><td>79.55</td></tr></table>"
)


@pytest.mark.parametrize(
    ("caption", "year"),
    [
        ("ตารางที่ 2 ผลการประเมินจำแนกตามแบบวัด ประจำปีงบประมาณ พ.ศ. 2565", 2565),
        ("แผนปรับปรุงผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567", 2566),
    ],
)
def test_a_caption_dates_its_scores_but_the_title_of_a_plan_does_not(caption: str, year: int) -> None:
    html = f"<h1>แผนปรับปรุงผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567</h1><p>เทศบาลตำบลลมเย็น</p><p>{caption}</p>{_SCORES}"
    assert column(html, "ita_scores", "fiscal_year_be", name="t.html") == [year, year]


def test_an_analysis_of_results_is_about_its_own_year() -> None:
    title = "รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2566"
    html = f"<h1>{title}</h1><p>เทศบาลตำบลลมเย็น</p>{_SCORES}"
    assert column(html, "ita_scores", "fiscal_year_be", "score_role", name="t.html") == [(2566, "actual")] * 2


def test_a_heading_over_figures_is_no_field() -> None:
    text = "| ตัวชี้วัด | คะแนน |\n|---|---|\n| ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล | 91.00 |\n| ตัวชี้วัดที่ 10 การป้องกันการทุจริต | 96.00 |\n"
    assert column(text, "ita_scores", "measure", "score", name="t.md") == [
        ("I09", Decimal("91.00")),
        ("I10", Decimal("96.00")),
    ]


@pytest.mark.parametrize("asked", ["ติดต่อ", "สอบถามเพิ่มเติมได้ที่ ", "สอบถามข้อมูลเพิ่มเติม : "])
def test_words_that_ask_for_a_call_are_no_part_of_the_name(asked: str) -> None:
    assert column(f"{asked}กลุ่มงานจริยธรรม โทร. 0 2555 0127", "contacts", "organisation_raw") == ["กลุ่มงานจริยธรรม"]


def test_scores_of_years_side_by_side_and_of_whole_groups() -> None:
    text = (
        "| แบบวัด | ปี 2566 | ปี 2567 | ผลต่าง |\n|---|---|---|---|\n"
        "| IIT | 90.12 | 93.48 | +3.36 |\n| EIT | 88.75 | 90.06 | +1.31 |\n"
    )
    assert column(text, "ita_scores", "measure", "fiscal_year_be", "score", name="t.md") == [
        ("IIT", 2566, Decimal("90.12")),
        ("IIT", 2567, Decimal("93.48")),
        ("EIT", 2566, Decimal("88.75")),
        ("EIT", 2567, Decimal("90.06")),
    ]
    html = (
        "<table><tr><th>เครื่องมือ</th><th>ตัวชี้วัด</th><th>คะแนน</th><th>คะแนนเฉลี่ยรายเครื่องมือ</th></tr>"
        "<tr><td rowspan=2>OIT</td><td>9. การเปิดเผยข้อมูล</td><td>95.00</td><td rowspan=2>91.50</td></tr>"
        "<tr><td>10. การป้องกันการทุจริต</td><td>88.00</td></tr></table>"
    )
    assert column(html, "ita_scores", "measure", "score", name="t.html") == [
        ("I09", 95),
        ("OIT", Decimal("91.50")),
        ("I10", 88),
    ]


def test_the_sum_of_a_group_is_no_activity() -> None:
    text = (
        "แผนทดสอบ\n\n| ลำดับ | โครงการ | งบประมาณ (บาท) |\n|---|---|---|\n"
        "| 1 | โครงการล้างหลังคา | 500 |\n| | รวมมิติที่ 1 | 500 |\n| 2 | โครงการรวมพลังสุจริต | 700 |\n"
    )
    assert column(text, "activities", "title", name="t.md") == ["โครงการล้างหลังคา", "โครงการรวมพลังสุจริต"]


def test_a_table_of_labels_belongs_to_the_heading_above() -> None:
    text = "# รายงานผลการดำเนินงานทดสอบ ประจำปีงบประมาณ พ.ศ. 2567\n\n" + "\n".join(
        f"## โครงการที่ {n} {name}\n\n| รายการ | รายละเอียด |\n|---|---|\n| ผู้รับผิดชอบ | กองช่าง |\n"
        f"| ระยะเวลาดำเนินการ | มกราคม 2567 - มีนาคม 2567 |\n| งบประมาณ | {n},000 บาท |\n| สถานะ | แล้วเสร็จ |\n"
        for n, name in ((1, "ปลูกดอกไม้ริมรั้ว"), (2, "ซ่อมนาฬิกา"))
    )
    activities = rows(text, "activities", "t.md")
    assert [(a["title"], a["planned_start"], a["planned_end"]) for a in activities] == [
        ("ปลูกดอกไม้ริมรั้ว", "2024-01", "2024-03"),
        ("ซ่อมนาฬิกา", "2024-01", "2024-03"),
    ]
    owners = [a["activity_id"] for a in activities]
    assert column(text, "budgets", "activity_id", "amount", name="t.md") == [(owners[0], 1000), (owners[1], 2000)]


def test_roles_and_reasons_below_a_name_are_those_of_the_person() -> None:
    """They had no room beside it; a role above a name in brackets is that one's, and a heading is none."""
    text = (
        "รายงานการประชุมคณะทำงาน ITA\nครั้งที่ 1/2568\n\nผู้มาประชุม\n\n1. นายสมมุติ ใจดี    หัวหน้ากองเมฆ\n\nประธาน\n\n"
        "2. นางสาวสมใส ใจเย็น    นักวิชาการเมฆ\n\nกรรมการ\n\n(นายสมชื่น ใจกว้าง)\n\n"
        "ผู้ไม่มาประชุม\n\n1. นายสมหมาย ใจเร็ว    กรรมการ\n\nติดราชการ\n\n"
        "ผู้เข้าร่วมประชุม\n\n1. นายสมนึก ใจลอย    นักวิชาการคอมพิวเตอร์\n\nเริ่มประชุมเวลา 9.00 น.\n\n"
        "ระเบียบวาระที่ 1 เรื่องที่ประธานแจ้งให้ทราบ\n\nมติที่ประชุม รับทราบ\n"
    )
    columns = ("given_name", "attendance", "position_raw", "role_raw", "absence_reason_raw")
    assert column(text, "attendees", *columns) == [
        ("สมมุติ", "present", "หัวหน้ากองเมฆ", "ประธาน", None),
        ("สมใส", "present", "นักวิชาการเมฆ", None, None),
        ("สมชื่น", "present", None, "กรรมการ", None),
        ("สมหมาย", "absent", None, "กรรมการ", "ติดราชการ"),
        ("สมนึก", "in_attendance", "นักวิชาการคอมพิวเตอร์", None, None),
    ]


def test_numbers_behind_a_word_that_has_lost_its_tone_mark() -> None:
    """OCR loses tone marks, above all those above another mark: `ที่` is `ที` then."""
    plan = (
        "แผนปฏิบัติการ ปีงบประมาณ พ.ศ. 2567\n\nแผนงานที 2 : ปลูกดอกไม้ริมรั้ว\n\n"
        "ที\tกิจกรรม\tผู้รับผิดชอบ\n1\tเลือกพันธุ์ดอกไม้\tกองสวน\n2\tขุดหลุม\tกองช่าง\n"
    )
    assert column(plan, "activities", "number", "title")[0] == (2, "ปลูกดอกไม้ริมรั้ว")
    assert column(plan, "activities", "number", "title")[1:] == [(1, "เลือกพันธุ์ดอกไม้"), (2, "ขุดหลุม")]
    minutes = MINUTES.replace("ระเบียบวาระที่", "ระเบียบวาระที")
    assert column(minutes, "agenda_items", "number_raw") == column(MINUTES, "agenda_items", "number_raw")


@pytest.mark.parametrize(
    ("years", "months"),
    [
        ({"ปีงบประมาณ พ.ศ. 2568": 12}, ["2024-10", "2025-01"]),
        ({"ปีงบประมาเพ.ศ. 2568": 12}, ["2024-10", "2025-01"]),
        ({"พ.ศ. 2567": 3, "พ.ศ. 2568": 9}, ["2024-10", "2025-01"]),
    ],
    ids=["printed", "misread", "calendar years"],
)
def test_the_year_over_months_from_october_on_is_the_fiscal_year(years: dict[str, int], months: list[str]) -> None:
    names = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]
    over = "".join(f"<th colspan={width}>{text}</th>" for text, width in years.items())
    heads = f"<th rowspan=2>กิจกรรม</th>{over}", "".join(f"<th>{name}</th>" for name in names)
    marks = "".join(f"<td>{'✓' if n in (0, 3) else ''}</td>" for n in range(12))
    table = f"<table><tr>{heads[0]}</tr><tr>{heads[1]}</tr><tr><td>ปลูกดอกไม้</td>{marks}</tr></table>"
    html = f"<h1>แผนปฏิบัติการ ประจำปีงบประมาณ พ.ศ. 2568</h1>{table}"
    found = column(html, "timeline_months", "month", "is_scheduled", name="t.html")
    assert [month for month, is_scheduled in found if is_scheduled] == months


def test_a_resolution_after_deliberation() -> None:
    text = (
        "รายงานการประชุมคณะทำงาน ITA\nครั้งที่ 1/2568\n\nผู้มาประชุม\n1. นายสมมุติ ใจดี ประธาน\n\n"
        "ระเบียบวาระที่ 1 เรื่องเพื่อพิจารณา\nที่ประชุมพิจารณาแล้วมีมติเห็นชอบตามที่เสนอ\n"
    )
    assert column(text, "agenda_items", "resolution") == ["เห็นชอบตามที่เสนอ"]


def test_what_is_clicked_is_no_text() -> None:
    html = (
        "<nav><ul><li>หน้าหลัก</li></ul></nav><h1>ข่าวประชาสัมพันธ์</h1><p>เผยแพร่เมื่อ 5 มีนาคม 2567</p><button>ยอมรับ</button>"
    )
    assert column(html, "documents", "document_date", name="t.html") == ["2024-03-05"]
    assert not rows(html, "events", "t.html")
    usage = {row["text_raw"].split(">")[0]: row["usage"] for row in rows(html, "blocks", "t.html")}
    assert list(usage.values()).count("furniture") == 2


def test_suspicions_are_rare_and_never_applied() -> None:
    text = "ลำดับ\tโครงการ\tผู้รับผิดขอบ\n1\tโครงการนับก้อนเมฆ\tกองเมฆ\nคะแนนแบบวัด ITI ของการประเมิน ITA\n"
    found = column(text, "suspected_errors", "text_raw", "suggestion")
    assert ("ผู้รับผิดขอบ", "ผู้รับผิดชอบ") in found
    assert ("ITI", "IIT") in found
    assert not rows("การใช้ทรัพย์สินของราชการและแบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก\n", "suspected_errors")


def test_a_role_below_a_signature_is_no_label() -> None:
    text = (
        "แบบรายงานผลการดำเนินงาน\n\nวัตถุประสงค์ : เพื่อทดสอบ\n\n(นายก้องภพ ดาวเรือง)\nหัวหน้างานระบบเครือข่าย\nผู้รายงาน\n\n"
        "รายงานการปรับปรุงห้องสมุด\n\nผู้รายงาน : กองคลัง\n"
    )
    assert column(text, "plan_fields", "label_raw", "value_raw") == [
        ("วัตถุประสงค์", "เพื่อทดสอบ"),
        ("ผู้รายงาน", "กองคลัง"),
    ]


@pytest.mark.parametrize(
    ("result", "status"),
    [
        ("ไม่สามารถดำเนินการได้เนื่องจากเป็นโปรแกรมที่มีลิขสิทธิ์ของผู้ผลิตจากต่างประเทศ", ("not_started", "stated")),
        ("เจ้าหน้าที่ต้องตรวจเช็คผู้ใช้งานก่อนออกจากห้องทุกครั้งว่าได้ปิดเครื่องแล้วหรือไม่", (None, None)),
        ("คณะทำงานประชุมหารือกันสองครั้ง แต่ยังไม่ได้ข้อสรุปว่าจะใช้อาคารหลังใด", (None, None)),
        ("จัดอบรมเจ้าหน้าที่จำนวนสองรุ่นที่ห้องประชุมใหญ่เมื่อเดือนมีนาคม", ("completed", "inferred")),
        ("สำรวจความต้องการของประชาชนในพื้นที่สองร้อยคนและสรุปผลต่อที่ประชุม", ("completed", "inferred")),
        ("ตรวจสอบความถูกต้องของข้อมูลบนเว็บไซต์ครบทุกหัวข้อเมื่อต้นปี", ("completed", "inferred")),
        ("ประชุมเตรียมความพร้อมผู้ตอบแบบวัดของหน่วยงานรวมสามครั้ง", ("completed", "inferred")),
        ("อบรมที่โรงพยาบาลจะนะ มีผู้เข้าร่วมห้าสิบคนจากทุกกลุ่มงาน", ("completed", "inferred")),
        ("หน่วยงานจะดำเนินการจัดอบรมให้ครบทุกกองในปีถัดไปตามแผน", (None, None)),
    ],
)
def test_only_what_tells_of_something_done_is_completed(result: str, status: tuple[str | None, str | None]) -> None:
    head = "<tr><th>ที่</th><th>กิจกรรม</th><th>ผลการดำเนินงาน</th></tr>"
    html = f"<h1>รายงานผล</h1><table>{head}<tr><td>1</td><td>ทาสีรั้ว</td><td>{result}</td></tr></table>"
    assert column(html, "outcomes", "status", "status_basis", name="t.html") == [status]


def test_a_picture_that_is_there_has_the_caption_below_it() -> None:
    page = '<p>ข่าวประชาสัมพันธ์ เทศบาลตำบลบางดี</p>\n\n<img src="a.jpg" alt=""><p>ภาพที่ 1 พิธีเปิด</p>\n\nภาพที่ 2 ผู้เข้าอบรม\n\n'
    assert column(page, "figures", "caption_raw", "content_status", name="t.html") == [
        ("ภาพที่ 1 พิธีเปิด", "present"),
        ("ภาพที่ 2 ผู้เข้าอบรม", "lost"),
    ]
