"""Records about scores, policies, citations, organisations and contacts."""

from __future__ import annotations

from typing import Annotated, Literal

from ita_extract.records.base import Flag, Int, Located, Num, Text, col, table


@table("ita_scores", "C", "คะแนน ITA", "ITA scores", ("score_id",))
class ItaScore(Located, frozen=True, kw_only=True):
    """One score of one measure in one year."""

    score_id: Annotated[str, col("รหัสคะแนน", "Identifier")]
    agency: Annotated[Text, col("หน่วยงาน", "Agency")] = None
    fiscal_year_be: Annotated[Int, col("ปีงบประมาณ", "Fiscal year (B.E.)")] = None
    measure: Annotated[
        Literal["TOTAL", "IIT", "EIT", "OIT", "I01", "I02", "I03", "I04", "I05", "I06", "I07", "I08", "I09", "I10"]
        | None,
        col("สิ่งที่วัด", "Total, instrument or indicator"),
    ] = None
    score_raw: Annotated[Text, col("คะแนน (ตามต้นฉบับ)", "Score as printed")] = None
    score: Annotated[Num, col("คะแนน", "Score")] = None
    is_weighted: Annotated[Flag, col("ถ่วงน้ำหนัก", "True when the printed score is already weighted")] = None
    grade_raw: Annotated[Text, col("ระดับ", "Grade as printed")] = None
    score_role: Annotated[
        Literal["actual", "prior_year", "target"] | None,
        col("บทบาทของคะแนน", "Result, result of an earlier year, or target"),
    ] = None


@table("statements", "Q", "ข้อเท็จจริงอ้างอิง", "Statements of fact", ("statement_id",))
class Statement(Located, frozen=True, kw_only=True):
    """A general fact that the document cites."""

    statement_id: Annotated[str, col("รหัส", "Identifier")]
    kind: Annotated[
        Literal["national_target", "strategy", "instrument", "purpose", "definition", "other"] | None,
        col("ประเภท", "Kind of statement"),
    ] = None
    text_raw: Annotated[Text, col("ข้อความ", "Statement as printed")] = None
    period_start_be: Annotated[Int, col("ปีเริ่ม", "First year (B.E.)")] = None
    period_end_be: Annotated[Int, col("ปีสิ้นสุด", "Last year (B.E.)")] = None
    share_percent: Annotated[Num, col("สัดส่วน (ร้อยละ)", "Share in percent")] = None
    score_operator: Annotated[Literal[">=", ">", "<=", "<", "=", "range"] | None, col("เงื่อนไขคะแนน", "Comparison")] = (
        None
    )
    score_value: Annotated[Num, col("คะแนน", "Score")] = None


@table("policy_items", "L", "แนวปฏิบัติ/เนื้อหาสื่อสาร", "Policy items", ("policy_item_id",))
class PolicyItem(Located, frozen=True, kw_only=True):
    """A definition, an emphasis or a directive of a policy text."""

    policy_item_id: Annotated[str, col("รหัส", "Identifier")]
    section_no_raw: Annotated[Text, col("เลขหัวข้อ", "Number of the section as printed")] = None
    section_title_th: Annotated[Text, col("หัวข้อ (ไทย)", "Thai title of the section")] = None
    section_title_en: Annotated[Text, col("หัวข้อ (อังกฤษ)", "English title of the section")] = None
    ita_indicator: Annotated[Text, col("ตัวชี้วัด ITA", "Indicator I01-I10")] = None
    group_no: Annotated[Int, col("กลุ่มที่", "List within the section")] = None
    order_no: Annotated[Int, col("ลำดับ", "Order in the list")] = None
    kind: Annotated[Literal["definition", "emphasis", "directive"] | None, col("ประเภท", "Kind of item")] = None
    text: Annotated[Text, col("ข้อความ", "Text")] = None


@table("citations", "Y", "กฎ/ระเบียบ/คำสั่งที่อ้าง", "Citations", ("citation_id",))
class Citation(Located, frozen=True, kw_only=True):
    """A law, rule, order or strategy that the text cites."""

    citation_id: Annotated[str, col("รหัส", "Identifier")]
    citation_type: Annotated[
        Literal["act", "regulation", "rule", "order", "announcement", "cabinet_resolution", "strategy"] | None,
        col("ประเภท", "Type"),
    ] = None
    issuer_raw: Annotated[Text, col("ผู้ออก (ตามต้นฉบับ)", "Issuer as printed")] = None
    issuer: Annotated[Text, col("ผู้ออก", "Issuer, official name")] = None
    number_raw: Annotated[Text, col("เลขที่ (ตามต้นฉบับ)", "Number as printed")] = None
    number: Annotated[Text, col("เลขที่", "Number")] = None
    year_be: Annotated[Int, col("ปี พ.ศ.", "Year (B.E.)")] = None
    subject_raw: Annotated[Text, col("เรื่อง", "Subject as printed")] = None
    is_amended: Annotated[Flag, col("มีการแก้ไขเพิ่มเติม", "True when the text mentions amendments")] = None


@table("organisations", "H", "หน่วยงานที่กล่าวถึง", "Organisations", ("organisation_id",))
class Organisation(Located, frozen=True, kw_only=True):
    """An organisation that the document mentions."""

    organisation_id: Annotated[str, col("รหัส", "Identifier")]
    name_raw: Annotated[Text, col("ชื่อ (ตามต้นฉบับ)", "Name as first printed")] = None
    name: Annotated[Text, col("ชื่อ", "Official name when known")] = None
    abbr: Annotated[Text, col("ชื่อย่อ", "Abbreviation")] = None
    name_en: Annotated[Text, col("ชื่ออังกฤษ", "English name")] = None
    level: Annotated[
        Literal["agency", "ministry", "department", "division", "branch", "committee", "external", "unknown"] | None,
        col("ระดับ", "Level"),
    ] = None
    resolution: Annotated[
        Literal["reference", "document", "unresolved"] | None,
        col("ที่มาของชื่อ", "Known by reference, defined in the document, or not resolved"),
    ] = None
    mention_count: Annotated[Int, col("จำนวนครั้งที่กล่าวถึง", "Mentions")] = None


@table("contacts", "W", "ช่องทางติดต่อ", "Contacts", ("contact_id",))
class Contact(Located, frozen=True, kw_only=True):
    """A way to reach an organisation."""

    contact_id: Annotated[str, col("รหัส", "Identifier")]
    organisation_raw: Annotated[Text, col("หน่วยงาน", "Organisation as printed")] = None
    channel: Annotated[Literal["phone", "fax", "email", "url", "line", "facebook"] | None, col("ช่องทาง", "Channel")] = (
        None
    )
    value_raw: Annotated[Text, col("ค่า (ตามต้นฉบับ)", "Value as printed")] = None
    value: Annotated[Text, col("ค่า", "Value, normalised")] = None
    extensions: Annotated[Text, col("เบอร์ต่อ", "Extensions joined by ';'")] = None
