"""The title of a document: where it begins, and the lines it runs on to."""

from __future__ import annotations

import re
from functools import cache

from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.headings import MAX_HEADING, activity_heading
from ita_extract.outline.model import Line, Outline
from ita_extract.thai.labels import split_label
from ita_extract.thai.organisations import find_organisations
from ita_extract.thai.text import key

TITLE_LINES = 25
"""The title stands among the first lines; further down, headings are those of parts."""


def title_quote(outline: Outline) -> Quote | None:
    """The title: the first line that opens like one, else the first line that is no label, address or running text."""
    memo = _memo_subject(outline)
    if memo is not None:
        return memo
    candidates = [line for line in outline.lines[:TITLE_LINES] if _may_be_title(line)]
    if not candidates:
        return None
    opening = next((line for line in candidates if _begins_like_title(line.text)), None)
    project = outline.value_of("plan_title")
    if opening is None and project is not None and project.value and project.form == 0:
        return project.value
    if opening is None:
        return _with_wrapped_rest(outline, next((c for c in candidates if c.paragraph.level == 1), candidates[0]))
    if _is_bare_minutes(opening.text):
        below = next((c for c in candidates if c.index == opening.index + 1), None)
        return Quote.join([opening.quote.strip(), below.quote.strip()], "") if below else opening.quote.strip()
    if _is_bare_kind(opening.text):
        others = [line for line in candidates if line.index > opening.index and not _is_organisation(line.text)]
        opening = others[0] if others else opening
    return _with_wrapped_rest(outline, opening)


def is_memo(outline: Outline) -> bool:
    """Whether the document is a memorandum (บันทึกข้อความ, form 2 of the Regulation on Correspondence B.E. 2526)."""
    return any(key(line.text).startswith("บันทึกข้อความ") for line in outline.lines[:3])


def _memo_subject(outline: Outline) -> Quote | None:
    """What a memorandum is about: the text behind `เรื่อง`, up to `เรียน`."""
    if not is_memo(outline):
        return None
    for line in outline.lines[:12]:
        match = re.match(r"\s*เรื่อง\s*[:：]?\s+(?=\S)", line.text)
        if match is None:
            continue
        parts = [line.quote.slice(match.end()).strip()]
        for following in outline.lines[line.index + 1 : line.index + 4]:
            if re.match(r"\s*(?:เรียน|ที่|วันที่|อ้างถึง|สิ่งที่ส่งมาด้วย)", following.text):
                break
            gap = outline.document.source[parts[-1].end : following.quote.start]
            if gap.count("\n") > 1:
                break
            parts.append(following.quote.strip())
        return Quote.join(parts, "")
    return None


def _may_be_title(line: Line) -> bool:
    text = line.text.strip()
    if not 4 <= len(text) <= 250 or text.startswith(("http", "www.")):
        return False
    return split_label(text, "fields") is None and activity_heading(text) is None


@cache
def _title_words() -> tuple[str, ...]:
    words = [word for group in load("parts")["doc_types"].values() for word in group]
    return tuple(sorted((key(word) for word in words), key=len, reverse=True))


def _begins_like_title(text: str) -> bool:
    folded = key(text)
    return any(folded.startswith(word) for word in _title_words())


def _is_bare_kind(text: str) -> bool:
    """Whether a line only says what kind of page this is (`ข่าวประชาสัมพันธ์`); the title follows below."""
    return key(text) in {key(word) for word in load("parts")["doc_types"]["press_release"]}


def _is_bare_minutes(text: str) -> bool:
    """`รายงานการประชุม` alone on its line: whose meeting it was stands below."""
    return key(text) in {key(word) for word in load("parts")["doc_types"]["minutes"]}


def _is_organisation(text: str) -> bool:
    """Whether a line is hardly more than the name of an organisation."""
    named = sum(mention.end - mention.start for mention in find_organisations(text))
    return named * 10 >= len(text.strip()) * 6


def _with_wrapped_rest(outline: Outline, line: Line) -> Quote:
    """A title printed over several lines: short lines right below that go on with it (of …, fiscal year …)."""
    parts = [line.quote.strip()]
    last = line
    for following in outline.lines[line.index + 1 : line.index + 4]:
        text = following.text.strip()
        gap = outline.document.source[last.quote.end : following.quote.start]
        is_subject = text.startswith("เรื่อง") and len(parts) == 1
        if _is_organisation(text) and _is_set_alike(last, following) and gap.count("\n") == 1:
            below = outline.lines[following.index + 1].text if following.index + 1 < len(outline.lines) else ""
            if _continues_title(below.strip()):
                parts.append(following.quote.strip())
                last = following
                continue
        if len(text) > MAX_HEADING or not _continues_title(text) or not (is_subject or _is_set_alike(last, following)):
            break
        if gap.count("\n") > (2 if is_subject else 1):
            break
        parts.append(following.quote.strip())
        last = following
    return Quote.join(parts, " ")


def _is_set_alike(line: Line, following: Line) -> bool:
    """Two lines of one title are set in the same kind of element."""
    return line.paragraph.role == following.paragraph.role and line.paragraph.level == following.paragraph.level


def _continues_title(text: str) -> bool:
    words = load("parts")["title_continuations"]
    return key(text).startswith(tuple(key(word) for word in words)) and split_label(text, "fields") is None
