"""Headings that no style marks: lines set bold as a whole, or larger than the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ita_extract.readers.drafts import DraftParagraph
from ita_extract.readers.pdf.paragraphs import HEADING_SIZE
from ita_extract.readers.text_lines import TextLine

TOP_SIZE = 1.28
"""From this ratio to the text's size a heading is one of the first level, as in PDFs."""
MOST = 0.5
"""Where more than this share of the letters is bold, bold type tells nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line with its draft; `may_head` is False in tables and lists."""

    draft: DraftParagraph
    line: TextLine
    may_head: bool


def mark_headings(candidates: Sequence[Candidate]) -> None:
    """Sets role and level of the lines that look like headings; what a style says stays."""
    free = [item for item in candidates if item.may_head]
    usual = _usual_size(free)
    letters = sum(len(item.draft.text) for item in free)
    bold = sum(len(item.draft.text) for item in free if item.line.is_bold)
    bold_tells = bold <= MOST * letters
    for item in free:
        level = heading_level(item.line, usual, bold_tells=bold_tells)
        if level and item.draft.role == "paragraph" and "\t" not in item.draft.text:
            item.draft.role, item.draft.level = "heading", level


def heading_level(line: TextLine, usual: float, *, bold_tells: bool = True) -> int:
    """1–3 for a line that is set like a heading among text of the usual size, 0 for any other."""
    ratio = line.size / usual if usual > 0 else 0.0
    if ratio >= HEADING_SIZE:
        return 1 if ratio >= TOP_SIZE else 2
    return 3 if line.is_bold and bold_tells else 0


def _usual_size(items: Sequence[Candidate]) -> float:
    """The size of the middle letter."""
    sizes = sorted((item.line.size, len(item.draft.text)) for item in items)
    half, so_far = sum(length for _, length in sizes) / 2, 0
    for size, length in sizes:
        so_far += length
        if so_far >= half:
            return size
    return 0.0
