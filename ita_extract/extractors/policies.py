"""Policy texts: what a heading (often an ITA indicator) defines, stresses and directs, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.headings import indicator_heading
from ita_extract.outline.model import Line
from ita_extract.records import PolicyItem
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import key

MAX_TITLE = 90
Kind = Literal["definition", "emphasis", "directive"]


@dataclass
class _Heading:
    number: Quote | None
    thai: Quote | None
    english: Quote | None
    indicator: str | None
    group: int = 1
    order: int = 0
    after_emphasis: bool = False


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields the items of every policy section."""
    for part in context.outline.sections:
        if part.kind != "policy":
            continue
        heading = _Heading(None, None, None, None)
        directs = False
        for index in part.lines:
            line = context.outline.lines[index]
            opened = _opens(line, _following(context, line))
            if opened is not None:
                heading = opened
                yield line.quote
                continue
            directs = directs or _directs(line.text)
            item = _item(context, line, heading, directs)
            if item is not None:
                yield item


def _following(context: Context, line: Line) -> str:
    lines = context.outline.lines
    return lines[line.index + 1].text if line.index + 1 < len(lines) else ""


def _opens(line: Line, following: str) -> _Heading | None:
    """A heading names an ITA indicator, or is a numbered title without a sentence, or has numbered sub-items."""
    indicator = indicator_heading(line.text)
    numbering = parse_numbering(line.text)
    below = parse_numbering(following)
    has_items = (
        numbering is not None
        and below is not None
        and below.path == (*numbering.path, 1)
        and len(line.text) < MAX_TITLE
    )
    is_title = numbering is not None and len(numbering.path) == 1 and _is_title(line.text[numbering.end :])
    is_title = is_title or has_items
    if indicator is None and not is_title:
        return None
    rest = line.quote.slice(numbering.end if numbering else 0).strip()
    bracket = re.search(r"[(（]\s*([A-Za-z][^()]*)[)）]\s*$", rest.text)
    thai = rest.slice(0, bracket.start() if bracket else None).strip(" :：")
    return _Heading(
        number=line.quote.slice(0, numbering.end).strip() if numbering else None,
        thai=thai,
        english=rest.slice(*bracket.span(1)).strip() if bracket else None,
        indicator=indicator[0] if indicator else None,
    )


def _is_title(text: str) -> bool:
    titles = tuple(load("parts")["policy_titles"])
    return len(text) < MAX_TITLE and text.strip().startswith(titles)


def _directs(text: str) -> bool:
    """A sentence such as `จึงประกาศ … ดังต่อไปนี้` or `ขอให้ … ถือปฏิบัติ` makes the items below directives."""
    if any(word in text for word in load("parts")["directive_leads"]):
        return True
    folded = key(text)
    return folded.endswith(("ดังนี้", "ดังต่อไปนี้")) and any(word in folded for word in ("ปฏิบัติ", "มาตรการ", "ให้"))


def _item(context: Context, line: Line, heading: _Heading, directs: bool) -> Found | Quote | None:
    numbering = parse_numbering(line.text)
    emphasis = _is_emphasis(line.text)
    if numbering is None and not emphasis:
        return None
    text = line.quote.slice(numbering.end if numbering and not emphasis else 0).strip()
    if len(text.text) < 8 or _is_citation(text.text):
        return None
    if emphasis:
        heading.after_emphasis = True
        heading.group += 1
        heading.order = 0
        kind: Kind = "emphasis"
    else:
        heading.order += 1
        kind = "directive" if heading.after_emphasis or directs else "definition"
    return found(
        PolicyItem(
            policy_item_id=context.ids.next("L"),
            section_no_raw=heading.number.text if heading.number else None,
            section_title_th=heading.thai.text if heading.thai else None,
            section_title_en=heading.english.text if heading.english else None,
            ita_indicator=heading.indicator,
            group_no=heading.group,
            order_no=heading.order or None,
            kind=kind,
            text=text.text,
        ),
        line.quote,
        section_title_th=heading.thai,
    )


def _is_emphasis(text: str) -> bool:
    return any(key(text).startswith(key(word)) for word in load("parts")["emphasis_leads"])


def _is_citation(text: str) -> bool:
    """Whether an item names a law or order and says nothing of its own."""
    return bool(
        re.match(
            r"(?:ระเบียบ|คำสั่ง|ประกาศ|พระราชบัญญัติ|พระราชกฤษฎีกา|พ\.ร\.บ\.|ข้อบังคับ|กฎกระทรวง|มติคณะ|มติ ครม)[^\n]{0,200}?"
            r"(?:ฉบับที่|ที่\s*[\d๐-๙]|พ\s*\.?\s*ศ\s*\.|ว่าด้วย)",
            text,
        )
    )
