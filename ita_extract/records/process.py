"""Records about the processing: findings, links between documents, provenance, runs."""

from __future__ import annotations

from typing import Annotated, Literal

from ita_extract.records.base import Int, Num, OfDocument, Record, Text, col, table


@table("findings", "Z", "ข้อสังเกตการตรวจสอบ", "Audit findings", ("finding_id",))
class Finding(OfDocument, frozen=True, kw_only=True):
    """A question with evidence."""

    finding_id: Annotated[str, col("รหัสข้อสังเกต", "Identifier, stable across runs")]
    rule_code: Annotated[Text, col("รหัสกฎ", "Rule")] = None
    severity: Annotated[Literal["high", "medium", "low", "info"] | None, col("ความสำคัญ", "Severity")] = None
    result: Annotated[Literal["fail", "pass", "not_checkable"] | None, col("ผล", "Result")] = None
    scope: Annotated[
        Literal["document", "plan_result", "agency_years", "agencies"] | None,
        col("ขอบเขต", "What was compared"),
    ] = None
    other_document_id: Annotated[Text, col("เอกสารอีกฉบับ", "Other document", ref="documents")] = None
    record_refs: Annotated[Text, col("ระเบียนที่เกี่ยวข้อง", "Records joined by ';'")] = None
    message_en: Annotated[Text, col("ข้อความ (อังกฤษ)", "Message in English")] = None
    message_th: Annotated[Text, col("ข้อความ (ไทย)", "Message in Thai")] = None
    evidence_raw: Annotated[Text, col("หลักฐาน", "Both sides verbatim")] = None
    cause_hint: Annotated[
        Literal["document", "ocr", "conversion", "archive_gap", "extractor"] | None,
        col("สาเหตุที่น่าจะเป็น", "Likely cause"),
    ] = None
    review_status: Annotated[
        Literal["open", "accepted", "explained", "false_positive"] | None,
        col("สถานะการทบทวน", "Verdict of a reviewer"),
    ] = None
    page: Annotated[Int, col("หน้า", "Page of the first side")] = None
    where: Annotated[Text, col("ตำแหน่ง", "Pointers to the sides, joined by ';'")] = None
    confidence: Annotated[Num, col("ความเชื่อมั่น", "Least measured confidence (OCR) of the sides, or empty")] = None
    reference_version: Annotated[Text, col("รุ่นตารางอ้างอิง", "Reference tables that the rule used")] = None
    note: Annotated[Text, col("หมายเหตุ", "Note of the reviewer")] = None


LinkType = Literal["result_of", "next_year", "near_duplicate", "exact_duplicate", "same_event", "same_person"]
"""How two documents belong together."""


@table("document_links", "DL", "ความสัมพันธ์เอกสาร", "Links between documents", ("link_id",))
class DocumentLink(Record, frozen=True, kw_only=True):
    """Two documents that belong together."""

    link_id: Annotated[str, col("รหัส", "Identifier")]
    from_document_id: Annotated[Text, col("จากเอกสาร", "Document that the link starts from", ref="documents")] = None
    to_document_id: Annotated[Text, col("ถึงเอกสาร", "Document that it leads to", ref="documents")] = None
    link_type: Annotated[
        LinkType | None,
        col("ประเภท", "Type"),
    ] = None
    score: Annotated[Num, col("คะแนน", "Similarity 0-1")] = None
    from_record_refs: Annotated[Text, col("ระเบียนต้นทาง", "Records of the first document, joined by ';'")] = None
    to_record_refs: Annotated[Text, col("ระเบียนปลายทาง", "Records of the other document, joined by ';'")] = None
    reason_en: Annotated[Text, col("เหตุผล (อังกฤษ)", "What the score is made of, in English")] = None
    reason_th: Annotated[Text, col("เหตุผล (ไทย)", "What the score is made of, in Thai")] = None


@table("provenance", "V", "ที่มาของค่า", "Provenance", ("table_name", "record_id", "column_name", "source_no"))
class Provenance(OfDocument, frozen=True, kw_only=True):
    """One source of one value."""

    table_name: Annotated[str, col("ตาราง", "Table")]
    record_id: Annotated[str, col("รหัสระเบียน", "Record")]
    column_name: Annotated[str, col("คอลัมน์", "Column; * for the whole record")]
    source_no: Annotated[int, col("ลำดับที่มา", "1 is the primary source, others are repeats")]
    page: Annotated[Int, col("หน้า", "Page")] = None
    where: Annotated[Text, col("ตำแหน่ง", "Pointer to the verbatim text")] = None
    x0: Annotated[Num, col("ซ้าย", "Left, points")] = None
    y0: Annotated[Num, col("บน", "Top, points")] = None
    x1: Annotated[Num, col("ขวา", "Right, points")] = None
    y1: Annotated[Num, col("ล่าง", "Bottom, points")] = None
    text_raw: Annotated[Text, col("ข้อความ", "Verbatim text")] = None
    basis: Annotated[Literal["stated", "derived", "inferred"] | None, col("ฐานของค่า", "Basis")] = None
    method: Annotated[Text, col("วิธี", "Extractor or rule")] = None
    confidence: Annotated[Num, col("ความเชื่อมั่น", "Measured, or empty")] = None


@table("runs", "N", "การประมวลผล", "Runs", ("run_id",))
class RunRecord(Record, frozen=True, kw_only=True):
    """One run of the program."""

    run_id: Annotated[str, col("รหัส", "Identifier")]
    started_at: Annotated[Text, col("เริ่มเมื่อ", "UTC time, ISO 8601")] = None
    tool_version: Annotated[Text, col("รุ่นโปรแกรม", "Version of ita-extract")] = None
    config_sha256: Annotated[Text, col("ค่าแฮชการตั้งค่า", "SHA-256 of the settings")] = None
    input_count: Annotated[Int, col("จำนวนไฟล์", "Inputs")] = None
    ok_count: Annotated[Int, col("สำเร็จ", "Inputs extracted")] = None
    failed_count: Annotated[Int, col("ล้มเหลว", "Inputs that failed")] = None
