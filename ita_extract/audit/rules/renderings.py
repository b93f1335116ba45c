"""One table in several renderings: does each copy say what the table says?"""

from __future__ import annotations

import html
import re

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, fail, side
from ita_extract.audit.rule import rule
from ita_extract.records import BlockRecord
from ita_extract.thai.text import key

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
SHOWN = 3
"""Cells that the finding on copies that agree shows."""


@rule(
    "D34",
    "high",
    message=("Two copies of a table differ: '{cell}' / '{copy}'.", "ข้อมูลตารางสองรูปแบบไม่ตรงกัน: '{cell}' / '{copy}'"),
    variants={
        "agree": (
            "{count} cells of tables are printed twice; the copies agree.",
            "ช่องตาราง {count} ช่องปรากฏซ้ำในอีกรูปแบบหนึ่ง และข้อมูลตรงกัน",
        )
    },
    options={"least": 5},
    needs=("a table that the file holds in two renderings", "ตารางที่ปรากฏในไฟล์สองรูปแบบ"),
)
def d34(case: Case) -> Results:
    """The renderings of a table that one file holds (markup, and the same in plain text) say the same, cell by cell.

    Where they do, that is a finding for information from five cells on: records are made of one rendering, and are
    right for both.

    ไทย: ตารางเดียวกันที่ปรากฏหลายรูปแบบในไฟล์ (เช่น HTML และข้อความ) ต้องมีข้อมูลตรงกันทุกช่อง หากตรงกันจะแจ้งไว้เพื่อทราบ
    """
    blocks = {block.block_id: block for block in case.rows(BlockRecord)}
    copies = [block for block in blocks.values() if block.kind == "table_copy" and _text(block)]
    apart = False
    for copy in copies:
        cell = blocks.get(copy.repeat_of or "")
        told, repeated = _text(cell) if cell else "", _text(copy)
        if not _agree(told, repeated):
            apart = True
            sides = [side(block, _text(block)) for block in (cell, copy) if block]
            yield fail(*sides, cause="conversion", cell=told or "-", copy=repeated)
    if copies and not apart:
        yield PASS
    if len(copies) >= int(case.options["least"]) and not apart:
        yield fail(*(side(b, _text(b)) for b in copies[:SHOWN]), variant="agree", severity="info", count=len(copies))


def _agree(cell: str, copy: str) -> bool:
    """Whether a copy has the text of its cell, or part of it where paragraphs are divided otherwise."""
    one, other = key(cell), key(copy)
    return one == other or (min(len(one), len(other)) > 0 and (one in other or other in one))


def _text(block: BlockRecord) -> str:
    """What a cell prints, without its markup."""
    return " ".join(html.unescape(_TAG.sub(" ", block.text_raw or "")).split())
