"""Records about plans: their fields, activities, timelines, indicators, owners, money and outcomes."""

from __future__ import annotations

from typing import Annotated, Literal

from ita_extract.records.base import Flag, Int, Located, Num, Text, col, table


@table("plans", "P", "แผน", "Plans", ("plan_id",))
class Plan(Located, frozen=True, kw_only=True):
    """One improvement plan."""

    plan_id: Annotated[str, col("รหัสแผน", "Identifier")]
    plan_title: Annotated[Text, col("ชื่อแผน", "Title of the plan")] = None
    rationale: Annotated[Text, col("หลักการและเหตุผล", "Rationale")] = None
    objective: Annotated[Text, col("วัตถุประสงค์", "Objective")] = None
    goal_raw: Annotated[Text, col("เป้าหมาย (ตามต้นฉบับ)", "Goal as printed")] = None
    goal_measure: Annotated[
        Literal["ita_level", "ita_score", "percent", "count", "qualitative"] | None,
        col("ชนิดของเป้าหมาย", "What the goal measures"),
    ] = None
    goal_operator: Annotated[Literal[">=", ">", "<=", "<", "=", "range"] | None, col("เงื่อนไขเป้าหมาย", "Comparison")] = (
        None
    )
    goal_value: Annotated[Num, col("ค่าเป้าหมาย", "Value of the goal")] = None
    goal_unit: Annotated[Text, col("หน่วยของเป้าหมาย", "Unit of the goal")] = None
    goal_level_raw: Annotated[Text, col("ระดับเป้าหมาย", "Level or grade word as printed")] = None
    strategy_code: Annotated[Text, col("รหัสกลยุทธ์", "Code of the strategy it supports")] = None
    strategy_text: Annotated[Text, col("กลยุทธ์", "Strategy it supports")] = None
    period_raw: Annotated[Text, col("ระยะเวลา (ตามต้นฉบับ)", "Period as printed")] = None
    start_date: Annotated[Text, col("วันเริ่ม", "Start, ISO 8601, possibly partial")] = None
    end_date: Annotated[Text, col("วันสิ้นสุด", "End, ISO 8601, possibly partial")] = None
    period_precision: Annotated[
        Literal["day", "month", "quarter", "year"] | None,
        col("ความละเอียดของระยะเวลา", "Precision of the period"),
    ] = None
    lead_unit: Annotated[Text, col("ผู้รับผิดชอบหลัก", "Lead unit")] = None
    plan_type_raw: Annotated[Text, col("ประเภทแผน", "Type of plan as printed")] = None
    risk_text: Annotated[Text, col("ความเสี่ยง", "Risk as printed")] = None
    mitigation_text: Annotated[Text, col("มาตรการรองรับความเสี่ยง", "Response to the risk")] = None
    budget_status: Annotated[
        Literal["stated", "no_budget", "not_stated"] | None,
        col("สถานะงบประมาณ", "Whether a budget is stated"),
    ] = None
    budget_thb: Annotated[Num, col("งบประมาณ (บาท)", "Total budget in baht")] = None


@table("plan_fields", "F", "ข้อมูลรายข้อ", "Plan fields", ("field_id",))
class PlanField(Located, frozen=True, kw_only=True):
    """A labelled field, known or not."""

    field_id: Annotated[str, col("รหัสข้อ", "Identifier")]
    plan_id: Annotated[Text, col("รหัสแผน", "Plan", ref="plans")] = None
    number_raw: Annotated[Text, col("เลขข้อ", "Number as printed")] = None
    label_raw: Annotated[Text, col("ชื่อข้อ (ตามต้นฉบับ)", "Label as printed, without its number")] = None
    field_key: Annotated[Text, col("รหัสมาตรฐานของข้อ", "Canonical key, empty when unknown")] = None
    value_raw: Annotated[Text, col("ค่า (ตามต้นฉบับ)", "Value as printed")] = None
    value: Annotated[Text, col("ค่า", "Value, white space normalised")] = None
    order_in_source: Annotated[Int, col("ลำดับในต้นฉบับ", "Order in the source")] = None
    order_by_number: Annotated[Int, col("ลำดับตามเลขข้อ", "Order by printed number")] = None


@table("rating_options", "O", "ตัวเลือก/ช่องทำเครื่องหมาย", "Options of rating scales and check boxes", ("option_id",))
class RatingOption(Located, frozen=True, kw_only=True):
    """One option of a rating scale or of a group of check boxes."""

    option_id: Annotated[str, col("รหัสตัวเลือก", "Identifier")]
    plan_id: Annotated[Text, col("รหัสแผน", "Plan", ref="plans")] = None
    group_key: Annotated[Text, col("รหัสกลุ่ม", "Number of the field or a slug")] = None
    question_raw: Annotated[Text, col("คำถาม", "Question as printed")] = None
    selection_type: Annotated[
        Literal["single", "multiple", "unknown"] | None,
        col("ชนิดการเลือก", "Whether one or several may be chosen"),
    ] = None
    order_no: Annotated[Int, col("ลำดับ", "Order in the group")] = None
    label_raw: Annotated[Text, col("ตัวเลือก (ตามต้นฉบับ)", "Option as printed")] = None
    label: Annotated[Text, col("ตัวเลือก", "Option without its threshold")] = None
    threshold_operator: Annotated[
        Literal[">=", ">", "<=", "<", "=", "range"] | None, col("เงื่อนไขเกณฑ์", "Comparison of the threshold")
    ] = None
    threshold_value: Annotated[Num, col("ค่าเกณฑ์", "Threshold")] = None
    threshold_unit: Annotated[Text, col("หน่วยของเกณฑ์", "Unit of the threshold")] = None
    selected: Annotated[Flag, col("เลือก", "Ticked, blank, or empty when it cannot be seen")] = None
    mark_raw: Annotated[Text, col("เครื่องหมาย", "Mark as printed")] = None
    mark_kind: Annotated[
        Literal["glyph", "html_input", "bracket", "private_use", "pixels", "shading", "none"] | None,
        col("ชนิดเครื่องหมาย", "Evidence for the mark"),
    ] = None
    fill_ratio: Annotated[Num, col("สัดส่วนหมึก", "Share of ink, pixels only")] = None


@table("activities", "A", "แผนงาน/มาตรการ/กิจกรรม/ขั้นตอน", "Activities", ("activity_id",))
class Activity(Located, frozen=True, kw_only=True):
    """A work plan, project, measure, activity or step; a tree."""

    activity_id: Annotated[str, col("รหัสกิจกรรม", "Identifier")]
    plan_id: Annotated[Text, col("รหัสแผน", "Plan", ref="plans")] = None
    parent_id: Annotated[Text, col("รหัสกิจกรรมแม่", "Parent in the tree", ref="activities")] = None
    level: Annotated[
        Literal["work_plan", "project", "measure", "activity", "step"] | None,
        col("ระดับ", "Level in the tree"),
    ] = None
    number_raw: Annotated[Text, col("ลำดับ (ตามต้นฉบับ)", "Number as printed")] = None
    number: Annotated[Int, col("ลำดับ", "Own number")] = None
    number_path: Annotated[Text, col("ลำดับเต็ม", "Numbers from the root, 2.3")] = None
    title: Annotated[Text, col("ชื่อ", "Title")] = None
    ita_indicator: Annotated[Text, col("ตัวชี้วัด ITA", "ITA indicator it addresses, I01-I10")] = None
    in_plan_table: Annotated[Flag, col("อยู่ในตารางแผน", "Appears in the plan's table")] = None
    in_report: Annotated[Flag, col("อยู่ในรายงาน", "Appears in the narrative report")] = None
    planned_start: Annotated[Text, col("วันเริ่มตามแผน", "Planned start, ISO 8601, possibly partial")] = None
    planned_end: Annotated[Text, col("วันสิ้นสุดตามแผน", "Planned end, ISO 8601, possibly partial")] = None
    coverage_count: Annotated[Int, col("จำนวนที่ครอบคลุม", "Number of units said to be covered")] = None
    coverage_unit: Annotated[Text, col("หน่วยของความครอบคลุม", "What is counted")] = None
    coverage_claim_raw: Annotated[Text, col("ข้อความแสดงความครอบคลุม", "Coverage words as printed")] = None


@table(
    "timeline_months",
    "M",
    "แผนรายเดือน",
    "Months of timelines",
    ("activity_id", "grid_no", "row_kind", "fiscal_month"),
)
class TimelineMonth(Located, frozen=True, kw_only=True):
    """One month of one row of a timeline grid."""

    activity_id: Annotated[str, col("รหัสกิจกรรม", "Activity", ref="activities")]
    grid_no: Annotated[int, col("ตารางที่", "Grid, from 1 for each activity")]
    row_kind: Annotated[Literal["plan", "actual", "unspecified"], col("ชนิดแถว", "Plan row, actual row, or not said")]
    fiscal_month: Annotated[int, col("เดือนของปีงบประมาณ", "1 is October")]
    month: Annotated[Text, col("เดือน", "YYYY-MM")] = None
    quarter: Annotated[Int, col("ไตรมาส", "Quarter of the fiscal year")] = None
    label_raw: Annotated[Text, col("หัวช่อง", "Column heading as printed")] = None
    cell_raw: Annotated[Text, col("ข้อความในช่อง", "Cell as printed")] = None
    cell_state: Annotated[
        Literal["marked", "empty", "text", "unreadable"] | None, col("สถานะช่อง", "What is in the cell")
    ] = None
    is_scheduled: Annotated[Flag, col("มีกำหนดดำเนินการ", "True when marked; empty when the grid says nothing")] = None
    mark_kind: Annotated[
        Literal["glyph", "shading", "bar", "arrow", "text", "none"] | None,
        col("ชนิดเครื่องหมาย", "How the month is marked"),
    ] = None
    quarter_only: Annotated[Flag, col("ระบุเพียงไตรมาส", "True when the grid has quarters, not months")] = None


@table("indicators", "K", "ตัวชี้วัด", "Indicators", ("indicator_id",))
class Indicator(Located, frozen=True, kw_only=True):
    """An indicator with its target and result."""

    indicator_id: Annotated[str, col("รหัสตัวชี้วัด", "Identifier")]
    plan_id: Annotated[Text, col("รหัสแผน", "Plan", ref="plans")] = None
    activity_id: Annotated[Text, col("รหัสกิจกรรม", "Activity", ref="activities")] = None
    indicator: Annotated[Text, col("ตัวชี้วัด", "Indicator as printed")] = None
    indicator_kind: Annotated[Text, col("ชนิดตัวชี้วัด", "Quantitative, qualitative, output or outcome as printed")] = None
    target_raw: Annotated[Text, col("เป้าหมาย (ตามต้นฉบับ)", "Target as printed")] = None
    target_operator: Annotated[
        Literal[">=", ">", "<=", "<", "=", "range"] | None, col("เงื่อนไขเป้าหมาย", "Comparison")
    ] = None
    target_value: Annotated[Num, col("ค่าเป้าหมาย", "Target value")] = None
    target_value_high: Annotated[Num, col("ค่าเป้าหมายสูงสุด", "Upper end of a range")] = None
    target_unit: Annotated[Text, col("หน่วยเป้าหมาย", "Unit")] = None
    baseline_value: Annotated[Num, col("ค่าฐาน", "Baseline")] = None
    actual_raw: Annotated[Text, col("ผล (ตามต้นฉบับ)", "Result as printed")] = None
    actual_value: Annotated[Num, col("ค่าผล", "Result value")] = None
    actual_unit: Annotated[Text, col("หน่วยผล", "Unit of the result")] = None
    actual_numerator: Annotated[Num, col("ตัวตั้ง", "Numerator")] = None
    actual_denominator: Annotated[Num, col("ตัวหาร", "Denominator")] = None
    achieved: Annotated[Flag, col("บรรลุ (คำนวณ)", "Computed from target and result")] = None
    achieved_claimed: Annotated[Flag, col("บรรลุ (ตามที่ระบุ)", "As the document claims")] = None


@table("responsibilities", "U", "ผู้รับผิดชอบ", "Responsibilities", ("responsibility_id",))
class Responsibility(Located, frozen=True, kw_only=True):
    """A unit that answers for a plan or an activity."""

    responsibility_id: Annotated[str, col("รหัส", "Identifier")]
    plan_id: Annotated[Text, col("รหัสแผน", "Plan", ref="plans")] = None
    activity_id: Annotated[Text, col("รหัสกิจกรรม", "Activity; empty for the whole plan", ref="activities")] = None
    role: Annotated[Literal["lead", "responsible", "joint", "monitor"] | None, col("บทบาท", "Role")] = None
    order_no: Annotated[Int, col("ลำดับ", "Order as printed")] = None
    unit_raw: Annotated[Text, col("หน่วยงาน (ตามต้นฉบับ)", "Unit as printed")] = None
    unit: Annotated[Text, col("หน่วยงาน", "Unit, normalised")] = None


@table("budgets", "B", "งบประมาณ", "Budgets", ("budget_id",))
class Budget(Located, frozen=True, kw_only=True):
    """An amount of money, or the statement that there is none."""

    budget_id: Annotated[str, col("รหัสงบประมาณ", "Identifier")]
    plan_id: Annotated[Text, col("รหัสแผน", "Plan", ref="plans")] = None
    activity_id: Annotated[Text, col("รหัสกิจกรรม", "Activity", ref="activities")] = None
    kind: Annotated[Literal["planned", "allocated", "spent", "remaining"] | None, col("ชนิด", "Kind of amount")] = None
    fiscal_year_be: Annotated[Int, col("ปีงบประมาณ", "Fiscal year (B.E.)")] = None
    amount_raw: Annotated[Text, col("จำนวนเงิน (ตามต้นฉบับ)", "Amount as printed")] = None
    amount: Annotated[Num, col("จำนวน", "Number as printed")] = None
    unit_raw: Annotated[Text, col("หน่วยเงิน", "Unit as printed")] = None
    amount_thb: Annotated[Num, col("จำนวนเงิน (บาท)", "Amount in baht")] = None
    unit_suspect: Annotated[Flag, col("หน่วยน่าสงสัย", "True when the unit makes the amount implausible")] = None
    fund_source: Annotated[Text, col("แหล่งเงิน", "Source of funds as printed")] = None
    status: Annotated[
        Literal["stated", "no_budget"] | None, col("สถานะ", "Amount stated, or stated that none is used")
    ] = None


@table("outcomes", "R", "ผลการดำเนินงาน", "Outcomes", ("outcome_id",))
class Outcome(Located, frozen=True, kw_only=True):
    """What was done, with problems and suggestions."""

    outcome_id: Annotated[str, col("รหัสผล", "Identifier")]
    plan_id: Annotated[Text, col("รหัสแผน", "Plan", ref="plans")] = None
    activity_id: Annotated[Text, col("รหัสกิจกรรม", "Activity", ref="activities")] = None
    text: Annotated[Text, col("ผลการดำเนินงาน", "Result as printed")] = None
    status: Annotated[
        Literal["not_started", "in_progress", "completed", "cancelled"] | None, col("สถานะ", "Status")
    ] = None
    status_basis: Annotated[
        Literal["stated", "derived", "inferred"] | None, col("ฐานของสถานะ", "Printed or judged")
    ] = None
    progress_percent: Annotated[Num, col("ความก้าวหน้า (ร้อยละ)", "Progress in percent")] = None
    outcome_date: Annotated[Text, col("วันที่", "Date of the result, ISO 8601")] = None
    problem_text: Annotated[Text, col("ปัญหาอุปสรรค", "Problems as printed")] = None
    problem_status: Annotated[
        Literal["stated", "none_reported", "not_stated"] | None,
        col("สถานะปัญหา", "Whether problems are reported"),
    ] = None
    suggestion_text: Annotated[Text, col("ข้อเสนอแนะ", "Suggestions as printed")] = None
    evidence_raw: Annotated[Text, col("หลักฐาน", "Evidence as printed")] = None
