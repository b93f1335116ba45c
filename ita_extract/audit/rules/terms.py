"""Words: official terms, meanings that OCR turned round, forms of citation."""

from __future__ import annotations

from collections.abc import Iterator

from ita_extract.audit.case import Case
from ita_extract.audit.reference import table
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.records import Citation, SuspectedError
from ita_extract.thai.text import key


def _suspected(case: Case, *kinds: str) -> Iterator[SuspectedError]:
    """Each suspected error once, however often it is printed."""
    seen: set[tuple[str, str]] = set()
    for error in case.rows(SuspectedError):
        found = key(error.text_raw or ""), key(error.suggestion or "")
        if error.kind in kinds and error.suggestion and found not in seen:
            seen.add(found)
            yield error


@rule(
    "D33",
    "low",
    message=("'{raw}' is not how an order is cited.", "'{raw}' ไม่ใช่รูปแบบการอ้างคำสั่ง"),
    needs=("a citation with a number", "การอ้างอิงที่มีเลขที่"),
    references=("ref_citation_forms",),
)
def d33(case: Case) -> Results:
    """An order is cited by 'ที่' and its number; amended regulations, not orders, have a 'ฉบับที่'.

    ไทย: คำสั่งอ้างด้วย 'ที่' ส่วน 'ฉบับที่' ใช้กับระเบียบที่แก้ไขเพิ่มเติม
    """
    wrong = {kind: tuple(words) for kind, words in table("ref_citation_forms").items()}
    for citation in case.rows(Citation):
        if not citation.number_raw or citation.citation_type not in wrong:
            continue
        if citation.number_raw.startswith(wrong[citation.citation_type]):
            yield fail(side(citation, citation.source_text or citation.number_raw), raw=citation.number_raw)
        else:
            yield PASS


@rule(
    "D39",
    "high",
    message=(
        "'{raw}' is probably a misreading of '{suggestion}', which changes the meaning.",
        "'{raw}' น่าจะเป็น '{suggestion}' ซึ่งทำให้ความหมายเปลี่ยน",
    ),
    needs=("text", "ข้อความ"),
)
def d39(case: Case) -> Results:
    """Words that say the opposite of what the assessment asks about are shown with what they probably were.

    Nothing is mended: a reader compares with the page.

    ไทย: คำที่ความหมายกลับด้านกับสิ่งที่การประเมินถาม แสดงคู่กับคำที่น่าจะเป็น โดยไม่แก้ไขให้
    """
    found = list(_suspected(case, "meaning_flip", "lost_negation"))
    if not found:
        yield PASS
    for error in found:
        yield fail(
            side(error, error.text_raw), cause="ocr", raw=error.text_raw or "", suggestion=error.suggestion or ""
        )


@rule(
    "D40",
    "medium",
    message=("'{raw}' is not the official term '{term}'.", "'{raw}' ไม่ตรงกับคำทางการ '{term}'"),
    needs=("text", "ข้อความ"),
)
def d40(case: Case) -> Results:
    """Names of instruments, institutions and posts are the official ones.

    ไทย: ชื่อแบบวัด หน่วยงาน และตำแหน่ง ต้องตรงกับคำทางการ
    """
    found = list(_suspected(case, "official_term", "acronym"))
    if not found:
        yield PASS
    for error in found:
        yield fail(
            side(error, error.text_raw),
            differs_from=error.suggestion,
            raw=error.text_raw or "",
            term=error.suggestion or "",
        )
