"""The agenda of minutes: numbered items, who presented them, what was resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ita_extract.extractors.attendance import attendance_of
from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.model import Line
from ita_extract.records import AgendaItem
from ita_extract.thai.calendar_words import soft
from ita_extract.thai.names import find_names, find_position
from ita_extract.thai.text import fold_digits, key

_AGENDA = re.compile(
    rf"\s*(?:(?:ระเบียบ)?วาระ(?:การประชุม)?(?:{soft('ที่')})?|เรื่อง{soft('ที่')})\s*([\d๐-๙]+(?:\.[\d๐-๙]+)*)\s*[:：.]?\s*(?:เรื่อง(?=[\s:：]))?\s*[:：]?\s*"
)
_SUB_ITEM = re.compile(
    r"[\s✳*•\-–]*([\d๐-๙]{1,2}\.[\d๐-๙]{1,2}(?:\.[\d๐-๙]{1,2})?)[.)]?\s+(?![\d๐-๙]|น\.|นาฬิกา)(?:เรื่อง\s*)?"
)
_ABBREVIATION = re.compile(r"((?:[ก-ฮ]{1,3}\.){2,}[ก-ฮ]{0,3}|(?:ผอ|รอง ผอ|ผช|หน)\.[ก-ฮ.]*)\s+(?=\S)")
_PRESENTING = re.compile(
    r"^(.{3,110}?)\s*(?:รายงาน|แจ้ง|ชี้แจง|เสนอ|นำเสนอ|กล่าว)(?:ว่า|ให้|ต่อที่ประชุม|ถึง|ผล|เรื่อง|ราย|\S*ต่อที่ประชุม)?"
)
_RESOLVED = re.compile(
    r"\s*(?:มติ(?:ของ)?(?:ที่ประชุม|คณะกรรมการ)?"
    r"|ที่ประชุม(?:ได้)?(?:ร่วมกัน)?(?:พิจารณาแล้ว\s*)?(?:จึง)?มีมติ|ที่ประชุม)\s*[:：]?\s*"
)
_PURPOSE = re.compile(r"\s+(?:เพื่อ(?!พิจารณา|ทราบ|โปรด)|ดังนี้|โดยมีราย(?:ละเอียด)?|รายละเอียดดังนี้)")
_SPELLED_OUT = re.compile(r"\(\s*[A-Za-z][A-Za-z&\s,.\-]+[:：]\s*([A-Z]{2,8})\s*\)")


@dataclass
class _Item:
    number: Quote | None
    group: int | None
    heading: Quote
    topic: Quote
    presenter: Quote | None = None
    resolution: list[Quote] = field(default_factory=list)
    uses: list[Quote] = field(default_factory=list)
    resolving: bool = False


def agenda_items(context: Context, lines: Sequence[Line], meeting_id: str) -> Iterator[Found | Quote]:
    """Yields the agenda items of one meeting in order."""
    items: list[_Item] = []
    words = load("parts")["minutes_parts"]
    resolved = tuple(key(w) for w in words["resolution"])
    closing = tuple(key(w) for group in ("end", "recorder", "checker") for w in words[group])
    for line in lines:
        folded = key(line.text)
        if folded.startswith(closing) or attendance_of(line.text) is not None:
            if items:
                items[-1].resolving = False
            continue
        item = _begins_item(line, items)
        if item is not None:
            items.append(item)
        elif items and folded.startswith(resolved):
            items[-1].resolving = True
            text = _after_resolution_word(line.quote)
            items[-1].uses.append(line.quote)
            if text:
                items[-1].resolution.append(text)
        elif items and items[-1].resolving and _goes_on(line):
            items[-1].resolution.append(line.quote)
        elif items:
            if not items[-1].topic:
                items[-1].topic = line.quote
            elif items[-1].presenter is None:
                items[-1].presenter = _named_presenter(line.quote)
            items[-1].uses.append(line.quote)
    for item in items:
        if not _is_empty(item):
            yield _record(context, item, meeting_id)
        else:
            yield item.heading


def _begins_item(line: Line, items: Sequence[_Item]) -> _Item | None:
    match = _AGENDA.match(line.text)
    if match is not None:
        number = line.quote.slice(*match.span(1))
        group = int(fold_digits(number.text).split(".")[0])
        return _Item(number, group, line.quote, line.quote.slice(match.end()).strip())
    match = _SUB_ITEM.match(line.text)
    if match is None:
        return None
    number = line.quote.slice(*match.span(1))
    group = int(fold_digits(number.text).split(".")[0])
    if items and items[-1].group is not None and abs(group - items[-1].group) > 1:
        return None
    presenter, topic = _presenter(line.quote.slice(match.end()).strip())
    return _Item(number, group, line.quote, topic, presenter)


def _presenter(text: Quote) -> tuple[Quote | None, Quote]:
    """`ผ.อ.ก. แจ้งเรื่อง…` or `นายก ข ผู้อำนวยการ… รายงานว่า…`: who speaks, and what is said."""
    match = _ABBREVIATION.match(text.text)
    if match is not None:
        return text.slice(*match.span(1)), text.slice(match.end()).strip()
    match = _PRESENTING.match(text.text)
    if match is not None and (
        find_names(match[1]) or match[1].startswith(("ประธาน", "เลขานุการ", "ผู้อำนวยการ", "หัวหน้า", "ผอ."))
    ):
        return text.slice(*match.span(1)).strip(), text.slice(match.end(1)).strip()
    return None, text


def _named_presenter(quote: Quote) -> Quote | None:
    """A person whose name opens a line of the item's body and who reports or proposes something there."""
    match = _PRESENTING.match(quote.text)
    names = find_names(quote.text[: match.end()]) if match else ()
    if not names or names[0].start > 2 or not match:
        return None
    between = quote.text[names[0].end : match.end(1)]
    if between.strip() and find_position(quote.text, names[0].end) is None:
        return None
    return quote.slice(names[0].start, names[0].end)


def _after_resolution_word(quote: Quote) -> Quote:
    match = _RESOLVED.match(quote.text)
    return quote.slice(match.end() if match else 0).strip()


def _goes_on(line: Line) -> bool:
    return len(line.text) < 400


def _is_empty(item: _Item) -> bool:
    """A group heading that resolves nothing itself is still an item when it has a topic."""
    return not item.topic and not item.resolution


def _record(context: Context, item: _Item, meeting_id: str) -> Found:
    topic = _topic(item.topic)
    resolution = Quote.join(item.resolution, "\n") if item.resolution else None
    return found(
        AgendaItem(
            agenda_item_id=context.ids.next("J"),
            meeting_id=meeting_id,
            number_raw=item.number.text if item.number else None,
            agenda_group=item.group,
            presenter_raw=item.presenter.text if item.presenter else None,
            topic=topic,
            resolution=" ".join(resolution.text.split()) if resolution else None,
        ),
        item.heading,
        uses=item.uses,
        topic=item.topic or None,
        resolution=resolution,
        presenter_raw=item.presenter,
    )


def _topic(quote: Quote) -> str | None:
    """The topic without its purpose clause;

    an English name spelled out before its abbreviation is left to the source.
    """
    text = " ".join(quote.text.split())
    text = _SPELLED_OUT.sub(r"(\1)", text)
    stop = _PURPOSE.search(text)
    if stop is not None and stop.start() >= 15:
        text = text[: stop.start()]
    return text.strip(" :") or None
