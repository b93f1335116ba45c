"""Lines that belong to the page and not to the text: page numbers, running heads, lines that an OCR engine repeats."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from ita_extract.lexicon import load
from ita_extract.readers.drafts import Draft, DraftParagraph
from ita_extract.thai.text import fold_digits, key

MIN_PAGES = 3
"""Running heads are looked for from this many pages on."""
EDGE_LINES = 3
RUNNING_SHARE = 0.6
"""Share of the pages on which a running head stands; title pages and pictures have none."""
LOOP = 5
"""So many equal lines one after the other are an engine caught in a loop, not a text."""

_SEPARATOR = re.compile(
    r"\s*(?:[-=*#_~<\[(]{2,}\s*)(?:page|หน้า(?:ที่)?)\s*[:#]?\s*\d{1,4}(?:\s*(?:/|of|จาก)\s*\d{1,4})?\s*[-=*#_~>\])]*\s*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"\s*[\[<({]\s*(?:page|หน้า(?:ที่)?)\s*[:#]?\s*\d{1,4}(?:\s*(?:/|of|จาก)\s*\d{1,4})?\s*[\]>)}]\s*", re.IGNORECASE
)
_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*(\d{1,3})\s*[-–—]|(?:หน้า(?:ที่)?|page)\s*(\d{1,3})(?:\s*(?:/|of|จาก)\s*\d{1,3})?)\s*", re.IGNORECASE
)


_DASHED = re.compile(r"\s*[-–—]\s*\d{1,3}\s*[-–—]\s*")
_COUNTED = re.compile(r"(?:หน้า(?:ที่)?|page)\s*#", re.IGNORECASE)


def is_page_separator(text: str) -> bool:
    """Whether a line separates pages: `--- Page 3 ---`, `=== หน้า ๓ ===`, `[Page 3]`."""
    folded = fold_digits(text)
    return len(text) < 60 and bool(_SEPARATOR.fullmatch(folded) or _BRACKETED.fullmatch(folded))


def mark_furniture(drafts: Sequence[Draft]) -> None:
    """Marks paragraphs as furniture: counted page numbers, running heads and feet, loops."""
    paragraphs = [draft for draft in drafts if isinstance(draft, DraftParagraph) and draft.kind is None]
    _mark_loops(drafts)
    _mark_numbers(paragraphs)
    _mark_running(paragraphs)


def _mark_loops(drafts: Sequence[Draft]) -> None:
    run: list[DraftParagraph] = []
    for draft in [*drafts, None]:
        same = run and isinstance(draft, DraftParagraph) and key(draft.text) == key(run[0].text)
        if same and isinstance(draft, DraftParagraph):
            run.append(draft)
            continue
        if len(run) >= LOOP:
            for repeated in run[1:]:
                repeated.kind = "furniture"
        run = [draft] if isinstance(draft, DraftParagraph) else []


def _mark_numbers(paragraphs: Sequence[DraftParagraph]) -> None:
    """Lines `- 2 -`, `- 3 -`, … or `หน้า 2`, … are page numbers when at least two count up by one."""
    numbered = []
    for paragraph in paragraphs:
        match = _NUMBER.fullmatch(fold_digits(paragraph.text)) if len(paragraph.text) < 30 else None
        if match is not None:
            numbered.append((int(match[1] or match[2]), paragraph))
    if len(numbered) == 1 and _DASHED.fullmatch(fold_digits(numbered[0][1].text)):
        numbered[0][1].kind = "furniture"
    if len(numbered) < 2 or any(b[0] - a[0] not in (0, 1) for a, b in itertools.pairwise(numbered)):
        return
    for _, paragraph in numbered:
        paragraph.kind = "furniture"


def _mark_running(paragraphs: Sequence[DraftParagraph]) -> None:
    pages: dict[int, list[DraftParagraph]] = {}
    for paragraph in paragraphs:
        pages.setdefault(paragraph.page, []).append(paragraph)
    if len(pages) < MIN_PAGES:
        return
    edges = [page[:EDGE_LINES] + page[EDGE_LINES:][-EDGE_LINES:] for page in pages.values()]
    counts = Counter(form for edge in edges for form in {form_of(p.text) for p in edge})
    running = {form for form, count in counts.items() if form and count >= max(MIN_PAGES, RUNNING_SHARE * len(pages))}
    seen: set[str] = set()
    for edge in edges:
        for paragraph in edge:
            form = form_of(paragraph.text)
            if form in running and form in seen and paragraph.role == "paragraph":
                paragraph.kind = "furniture"
            seen.add(form)


def form_of(text: str) -> str:
    """A line for comparison, a page number in it blanked; nothing for long lines and for headings of activities."""
    if len(text) >= 160 or _heads_activity(text):
        return ""
    folded = key(text)
    counted = re.sub(r"\d+", "#", folded)
    return counted if _COUNTED.search(counted) else folded


def _heads_activity(text: str) -> bool:
    """`แผนงานที่ 1` heads page after page of evidence and belongs to the text."""
    levels = [key(word) for words in load("parts")["levels"].values() for word in words]
    return re.match(rf"(?:{'|'.join(levels)})(?:ที่)?\d", key(text)) is not None
