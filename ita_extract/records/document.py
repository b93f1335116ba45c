"""Records about the document itself: what it is, how it is cut, and the ledger of all its text."""

from __future__ import annotations

from typing import Annotated, Literal

from ita_extract.model import OcrReason
from ita_extract.records.base import Flag, Int, Located, Num, OfDocument, Text, col, table

DocType = Literal[
    "plan",
    "result_report",
    "plan_and_result",
    "progress_report",
    "minutes",
    "press_release",
    "score_sheet",
    "other",
]
BudgetStatus = Literal["stated", "no_budget", "not_stated"]
ReportingRound = Literal["3m", "6m", "9m", "12m", "annual"]


@table("documents", "", "เอกสาร", "Documents", ("document_id",))
class DocumentRecord(OfDocument, frozen=True, kw_only=True):
    """One row per input file."""

    file_name: Annotated[Text, col("ชื่อไฟล์", "Name of the input file")] = None
    file_sha256: Annotated[Text, col("ค่าแฮช", "SHA-256 of the file's bytes")] = None
    byte_count: Annotated[Int, col("จำนวนไบต์", "Size of the file in bytes")] = None
    media_type: Annotated[Text, col("ชนิดสื่อ", "Media type found in the bytes")] = None
    page_count: Annotated[Int, col("จำนวนหน้า", "Number of pages")] = None
    char_count: Annotated[Int, col("จำนวนอักขระ", "Characters of the source text")] = None
    doc_type: Annotated[DocType | None, col("ประเภทเอกสาร", "What kind of document this is")] = None
    title_raw: Annotated[Text, col("ชื่อเอกสาร (ตามต้นฉบับ)", "Title as printed")] = None
    title: Annotated[Text, col("ชื่อเอกสาร", "Title, white space normalised")] = None
    agency_raw: Annotated[Text, col("หน่วยงาน (ตามต้นฉบับ)", "Agency as printed")] = None
    agency: Annotated[Text, col("หน่วยงาน", "Official name of the agency that the document is about")] = None
    agency_abbr: Annotated[Text, col("ชื่อย่อหน่วยงาน", "Abbreviation of the agency")] = None
    agency_basis: Annotated[
        Literal["stated", "inferred", "unknown"] | None,
        col("ฐานของชื่อหน่วยงาน", "Printed in full, inferred from abbreviations or context, or unknown"),
    ] = None
    fiscal_year_be: Annotated[Int, col("ปีงบประมาณ", "Fiscal year (B.E.) that the content is about")] = None
    filed_fiscal_year_be: Annotated[
        Int, col("ปีงบประมาณที่ยื่น", "Fiscal year (B.E.) under which it was filed, when printed")
    ] = None
    period_start: Annotated[Text, col("เริ่มช่วงเวลา", "First day of the fiscal year, ISO 8601")] = None
    period_end: Annotated[Text, col("สิ้นสุดช่วงเวลา", "Last day of the fiscal year, ISO 8601")] = None
    reporting_round: Annotated[ReportingRound | None, col("รอบการรายงาน", "Reporting round")] = None
    document_date: Annotated[Text, col("วันที่เอกสาร", "Date of the document, ISO 8601")] = None
    approver_raw: Annotated[Text, col("ผู้อนุมัติ/ผู้ลงนาม", "Who signed or approved, as printed")] = None
    oit_scheme: Annotated[Text, col("ระบบรหัส OIT", "Assessment scheme that the item code belongs to")] = None
    oit_code_raw: Annotated[Text, col("รหัส OIT (ตามต้นฉบับ)", "Item code as printed")] = None
    oit_code: Annotated[Text, col("รหัส OIT", "Item code, normalised (O42, EB17, MOIT12)")] = None
    budget_status: Annotated[BudgetStatus | None, col("สถานะงบประมาณ", "Whether a budget is stated")] = None
    coverage_ratio: Annotated[
        Num, col("อัตราความครอบคลุม", "Visible non-blank characters that records use / all of them")
    ] = None
    suspected_error_count: Annotated[Int, col("จำนวนข้อสงสัย", "Rows of suspected_errors")] = None
    finding_count: Annotated[Int, col("จำนวนข้อสังเกต", "Rows of findings")] = None
    extractor_version: Annotated[Text, col("รุ่นโปรแกรม", "Version of ita-extract")] = None
    schema_version: Annotated[Text, col("รุ่นโครงสร้างข้อมูล", "Version of this contract")] = None
    redaction: Annotated[
        Literal["persons"] | None, col("การปกปิดข้อมูล", "What was taken away: names of persons and how to reach them")
    ] = None


@table("pages", "", "หน้า", "Pages", ("document_id", "page"))
class PageRecord(OfDocument, frozen=True, kw_only=True):
    """One row per page."""

    page: Annotated[int, col("หน้า", "Page number from 1")] = 1
    origin: Annotated[
        Literal["markup", "text_layer", "ocr", "none"] | None, col("ที่มา", "How the page's text was read")
    ] = None
    width: Annotated[Num, col("ความกว้าง", "Width in points")] = None
    height: Annotated[Num, col("ความสูง", "Height in points")] = None
    dpi: Annotated[Num, col("ความละเอียด", "Resolution of the page image")] = None
    rotation: Annotated[Int, col("การหมุน", "Rotation undone, degrees clockwise")] = None
    skew: Annotated[Num, col("ความเอียง", "Skew undone, degrees")] = None
    damage_score: Annotated[Num, col("คะแนนความเสียหาย", "Worst share of damage in the text, 0-1")] = None
    ocr_reason: Annotated[
        OcrReason | None, col("เหตุที่ต้องอ่านจากภาพ", "Why the page's text layer is not to be believed")
    ] = None
    ocr_engine: Annotated[Text, col("เครื่องมือ OCR", "Engine that read the page")] = None
    mean_confidence: Annotated[Num, col("ความเชื่อมั่นเฉลี่ย", "Mean word confidence 0-1")] = None
    char_count: Annotated[Int, col("จำนวนอักขระ", "Characters on the page")] = None


@table("sections", "S", "ส่วนของเอกสาร", "Sections", ("section_id",))
class Section(Located, frozen=True, kw_only=True):
    """One row per part of the document."""

    section_id: Annotated[str, col("รหัสส่วน", "Identifier")]
    order_no: Annotated[Int, col("ลำดับ", "Order in the document")] = None
    kind: Annotated[
        Literal[
            "plan_form",
            "activity_table",
            "evidence",
            "policy",
            "minutes",
            "press_release",
            "score_table",
            "annex",
            "furniture",
            "unknown",
        ]
        | None,
        col("ประเภท", "Kind of section"),
    ] = None
    heading_raw: Annotated[Text, col("หัวข้อ", "Heading as printed")] = None
    first_page: Annotated[Int, col("หน้าแรก", "First page")] = None
    last_page: Annotated[Int, col("หน้าสุดท้าย", "Last page")] = None
    is_excerpt: Annotated[Flag, col("เป็นบางส่วน", "True when the section is marked as an excerpt")] = None
    repeat_of: Annotated[Text, col("ซ้ำกับ", "Section that this heading repeats", ref="sections")] = None


@table("blocks", "b", "ข้อความทั้งหมด", "Blocks: the ledger of all text", ("block_id",))
class BlockRecord(Located, frozen=True, kw_only=True):
    """Every character of the input lies in exactly one row."""

    block_id: Annotated[str, col("รหัสบล็อก", "Identifier")]
    section_id: Annotated[Text, col("รหัสส่วน", "Section", ref="sections")] = None
    order_no: Annotated[Int, col("ลำดับ", "Order in the document")] = None
    kind: Annotated[
        Literal[
            "heading",
            "paragraph",
            "list_item",
            "table",
            "table_copy",
            "mark",
            "figure",
            "furniture",
            "blank",
        ]
        | None,
        col("ประเภท", "Kind of block"),
    ] = None
    usage: Annotated[
        Literal["claimed", "repeat", "furniture", "unclaimed", "blank"] | None,
        col("การใช้", "What became of the text"),
    ] = None
    claimed_by: Annotated[Text, col("ใช้โดย", "Extractors that used it, joined by ';'")] = None
    repeat_of: Annotated[Text, col("ซ้ำกับ", "Block of the table's cell that this copy repeats", ref="blocks")] = None
    text_raw: Annotated[Text, col("ข้อความ", "Verbatim text, markup included")] = None


@table("suspected_errors", "X", "ข้อสงสัยจากการอ่านภาพ", "Suspected reading errors", ("suspected_error_id",))
class SuspectedError(Located, frozen=True, kw_only=True):
    """A suggestion, never applied."""

    suspected_error_id: Annotated[str, col("รหัสข้อสงสัย", "Identifier")]
    text_raw: Annotated[Text, col("ข้อความ", "Text as read")] = None
    suggestion: Annotated[Text, col("ข้อเสนอ", "What it may have been")] = None
    kind: Annotated[
        Literal[
            "spelling",
            "garbled",
            "meaning_flip",
            "lost_negation",
            "false_number",
            "official_term",
            "acronym",
            "header_shift",
            "truncated",
            "spacing",
        ]
        | None,
        col("ประเภท", "Kind of error"),
    ] = None
    reason: Annotated[Text, col("เหตุผล", "Why it is suspected")] = None


@table("figures", "G", "ภาพ/แผนภูมิ", "Figures", ("figure_id",))
class FigureRecord(Located, frozen=True, kw_only=True):
    """A picture, chart or poster, or the place where one was."""

    figure_id: Annotated[str, col("รหัสภาพ", "Identifier")]
    activity_id: Annotated[Text, col("รหัสกิจกรรม", "Activity it illustrates", ref="activities")] = None
    kind: Annotated[
        Literal["chart", "photo", "poster", "screenshot", "unknown"] | None, col("ประเภท", "Kind of picture")
    ] = None
    caption_raw: Annotated[Text, col("คำบรรยาย", "Caption as printed")] = None
    content_status: Annotated[
        Literal["lost", "present"] | None, col("สถานะ", "Whether the picture itself is still there")
    ] = None
