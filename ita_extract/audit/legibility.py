"""What was read well enough to conclude from: where OCR may be at fault, the answer is 'not checkable'.

Three ways in which a misreading looks like a contradiction: what a finding shows was read with doubt; what it misses is
printed and was not read; and two wordings differ only by letters that OCR takes for one another.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from decimal import Decimal

from rapidfuzz.distance import Indel

from ita_extract.audit.case import Case
from ita_extract.audit.results import Fail, Side, Skip, Text2
from ita_extract.audit.wording import digits, letters
from ita_extract.pointer import Where
from ita_extract.records import SuspectedError
from ita_extract.thai.text import fold_digits, key

SURE = Decimal("0.70")
"""Least confidence of OCR in the words that a finding shows: chosen, not measured. Of words between 0.5 and 0.8 five in
six are right (`scripts/bench.py confidence`)."""
CLEAN = Decimal("0.98")
"""Least mean confidence of a page from which something may be missed.

Of 36 documents of samples/archive, printed and scanned in four ways, those with all pages above this and few doubted
words lost 0.1 to 0.4 % of their words; those with a page below it 0.8 %, with a doubted word or two 1.4 to 6 %.
"""
DOUBTED = 1 / 500
"""Most doubted words for each character of a document from which something may be missed."""
MISREAD = 0.75
"""Similarity of two wordings with the same numbers from which the letters that differ may have been misread."""
_TORN = re.compile(r"(?<!\d)(?<!\d )\d \d(?!\d)(?! \d)")
"""Two single digits with a blank between: most likely one number that OCR has torn."""
_MISREADINGS = ("garbled", "false_number")
_DOUBTS = (*_MISREADINGS, "spelling", "truncated")

UNSURE: Text2 = ("a word that matters was hardly legible", "อ่านข้อความสำคัญจากภาพได้ไม่ชัด")
UNREAD: Text2 = (
    "what seems to be missing may stand where the scan is hard to read",
    "ข้อความที่ดูเหมือนขาดไปอาจอยู่ในส่วนของภาพที่อ่านไม่ชัด",
)
ALIKE: Text2 = ("the difference may be a misread letter", "ข้อความที่ต่างกันอาจเกิดจากการอ่านอักษรผิด")


def hindrance(failed: Fail, cases: Iterable[Case]) -> Skip | None:
    """Why a fail is no finding, None where it is one; `cases` are the documents of its sides.

    Text that was not read from a picture hinders nothing, nor do fails that blame the reading themselves.
    """
    scanned = [case for case in cases if is_scanned(case)]
    if not scanned or failed.cause == "ocr":
        return None
    if any(_is_unsure(side, case) for case in scanned for side in failed.sides):
        return Skip(UNSURE)
    if failed.absent and not all(map(is_clean, scanned)):
        return Skip(UNREAD)
    if failed.differs_from and any(_is_perhaps(side.text, failed.differs_from) for side in failed.sides):
        return Skip(ALIKE)
    return None


def _is_unsure(side: Side, case: Case) -> bool:
    """Whether a side in a scanned document was read with doubt or in two ways, or holds a number in two parts."""
    if side.document_id != case.document.document_id:
        return False
    is_low = side.confidence is not None and side.confidence < SURE
    return is_low or bool(_TORN.search(fold_digits(side.text))) or is_doubted(side, case, _MISREADINGS)


def is_scanned(case: Case) -> bool:
    """Whether a page of a document was read by OCR."""
    return any(page.origin == "ocr" for page in case.pages.values())


def is_clean(case: Case) -> bool:
    """Whether a scanned document was read so well that what was not found in it is not there."""
    pages = [page for page in case.pages.values() if page.origin == "ocr"]
    doubts = sum(error.kind in _DOUBTS for error in case.rows(SuspectedError))
    characters = sum(page.char_count or 0 for page in pages)
    sure = all(page.mean_confidence is not None and page.mean_confidence >= CLEAN for page in pages)
    return sure and doubts <= DOUBTED * characters


def _is_perhaps(text: str, expected: str) -> bool:
    """Whether a wording differs from the one expected by some letters, and in no number."""
    if key(text) == key(expected) or digits(text) != digits(expected):
        return False
    return Indel.normalized_similarity(letters(text), letters(expected)) >= MISREAD


def is_doubted(side: Side, case: Case, kinds: Container[str | None] | None = None) -> bool:
    """Whether a suspected reading error, of one of the `kinds`, lies where the text of a side stands."""
    errors = (error for error in case.rows(SuspectedError) if kinds is None or error.kind in kinds)
    place = _span(side.where)
    return any(_overlap(place, _span(error.where)) for error in errors)


def _span(where: str | None) -> Where | None:
    return Where.parse(where) if where else None


def _overlap(a: Where | None, b: Where | None) -> bool:
    if a is None or b is None or (a.page, a.leaf) != (b.page, b.leaf):
        return False
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return True
    return a.start < b.end and b.start < a.end
