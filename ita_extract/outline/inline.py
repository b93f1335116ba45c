"""Paragraphs that tell an activity with its labels in running text: `มาตรการที่ 1 … ผู้รับผิดชอบ … ผลการดำเนินการ …`."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from ita_extract.lexicon import load
from ita_extract.model import Paragraph
from ita_extract.outline.headings import activity_heading

INLINE_KEYS = ("responsible", "lead_unit", "result", "problem", "suggestion", "period", "indicator", "goal")
"""Fields that memos tell in one breath. Others ("กิจกรรม", "งบประมาณ") are words of ordinary sentences."""
MIN_LABELS = 2


@cache
def _labels() -> re.Pattern[str]:
    entries = load("fields")["entries"]
    words = [label for name in INLINE_KEYS for label in entries[name]["labels"] if len(label) >= 8 and "/" not in label]
    names = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<=\s)(?P<label>{names})\s*(?=[\s:：])")


def inline_parts(paragraph: Paragraph) -> list[Paragraph]:
    """The paragraph cut before each label, when it begins with an activity's heading and holds several labels."""
    text = paragraph.text
    heading = activity_heading(text) if paragraph.role == "paragraph" else None
    cuts = list(_labels().finditer(text)) if heading else []
    if heading is None or len(cuts) < MIN_LABELS or cuts[0].start() <= heading.title_start:
        return [paragraph]
    bounds = [0, *(match.start() for match in cuts), len(text)]
    parts = []
    for number, (start, end) in enumerate(pairwise(bounds)):
        quote = paragraph.quote.slice(start, end).strip()
        label = len(cuts[number - 1]["label"]) if number else 0
        parts.append(replace(paragraph, quote=quote, bold_end=label, marks=()))
    return parts
