"""What a form's template has left in a document."""

from __future__ import annotations

import re
from functools import cache

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.audit.wording import has_word
from ita_extract.lexicon import load

_KINDS = ("plan", "plan_and_result", "result_report", "progress_report")
_LEADER = re.compile(r"(?:[.…_]\s?){6,}(?:บาท|คน|ครั้ง)?\s*$")
_WORD = re.compile(r"[^\W\d_]{2}")
_LONGEST = 120
"""Characters of a line that may be a field's label and its leader."""
_PLACEHOLDER = re.compile(r"(?<![A-Za-z])[xX×]{2,4}(?![A-Za-z×])|(?<!\d)25\d?[xX]{1,2}(?![A-Za-z])")


@cache
def _instructions() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in load("audit_words")["template_words"]), re.IGNORECASE)


@rule(
    "D42",
    "medium",
    message=("Text of the template is left: '{raw}'.", "ข้อความแม่แบบค้างอยู่: '{raw}'"),
    needs=("a plan or report", "แผนหรือรายงาน"),
)
def d42(case: Case) -> Results:
    """A finished document has no placeholders (xx, 25xx), no instructions for filling it in, and no field of dots only.

    Lines for signatures and dates, and fields for remarks, may be empty.

    ไทย: เอกสารที่เสร็จแล้วต้องไม่มีข้อความแม่แบบ (xx, 25xx) คำชี้แจงการกรอก หรือช่องที่มีแต่จุดไข่ปลา ยกเว้นช่องลงนาม วันที่ และหมายเหตุ
    """
    if case.document.doc_type not in _KINDS:
        return
    found = False
    for block in case.blocks:
        text = block.text_raw or ""
        left = [m[0] for pattern in (_PLACEHOLDER, _instructions()) for m in pattern.finditer(text)]
        left += [line for line in text.splitlines() if _is_blank_field(line)]
        if left:
            found = True
            yield fail(side(block, left[0].strip()), raw=" ".join(left[0].split()))
    if not found:
        yield PASS


def _is_blank_field(line: str) -> bool:
    """Whether a line is a label with nothing but dots behind it."""
    leader = _LEADER.search(line) if len(line) <= _LONGEST else None
    label = line[: leader.start()] if leader else ""
    return bool(_WORD.search(label)) and not has_word(label, "may_be_blank")
