"""Laws, regulations, orders, announcements and resolutions that the text cites, with their numbers and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.records import Citation
from ita_extract.thai.dates import find_dates
from ita_extract.thai.organisations import find_organisations, resolve
from ita_extract.thai.text import fold_digits, key

Type = Literal["act", "regulation", "rule", "order", "announcement", "cabinet_resolution", "strategy"]

MAX_LENGTH = 330
_NUMBER = re.compile(
    r"(?<!วัน)(?<!หน้า)(?:ฉบับที่|ที่|เลขที่)\s*((?:[ก-ฮ]{1,4}\.?\s?)?[\d๐-๙]+(?:\.[\d๐-๙]+)*(?:\s?/\s?(?:ว\s?)?[\d๐-๙]+)*(?:\s?/\s?[\d๐-๙]{4})?)"
)
_YEAR = re.compile(r"พ\s*\.?\s*ศ\s*\.{0,2}\s*([\d๐-๙]{4})")
_AMENDED = re.compile(r"แก้ไขเพิ่มเติม|ฉบับแก้ไข")
_SUBJECT = re.compile(r"\s*(?:ว่าด้วย(?:เรื่อง)?|เรื่อง|ด้วย)\s*")
_ENDS = re.compile(
    r"\s+(?:พ\s*\.\s*ศ|ลงวันที่|และฉบับ|และที่แก้ไข|ซึ่งแก้ไข|มาตรา|ข้อ\s*[\d๐-๙]|ประกอบ|กำหนด|จึง|โดย|ซึ่ง|เพื่อ|ได้|ให้|รวบรวม|เสนอ|ดำเนินการ|รายงาน|กำกับ|ติดตาม|รับผิดชอบ|พิจารณา|และ(?=พระราช|ระเบียบ|ประกาศ|คำสั่ง|กฎ|ข้อ|มติ))|[;\n]|[)）]\s*$"
)


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields each cited instrument once; citing it again is a repeat of the same record."""
    hits: dict[tuple[str | None, ...], tuple[Found, list[Quote]]] = {}
    for quote in context.texts():
        for item in _citations(context, quote):
            record = item.record
            assert isinstance(record, Citation)
            identity = (record.citation_type, key(record.subject_raw or ""), record.number, str(record.year_be or ""))
            if identity in hits:
                hits[identity][1].append(item.sources[0].quote)
            else:
                hits[identity] = (item, [])
    for item, repeats in hits.values():
        yield found(item.record, item.sources[0].quote, repeats=repeats)


@cache
def _kinds() -> tuple[tuple[str, Type], ...]:
    pairs = [(word, kind) for kind, words in load("parts")["citations"].items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word, _ in _kinds()))


def _citations(context: Context, quote: Quote) -> Iterator[Found]:
    text = quote.text
    position = 0
    for match in _opening().finditer(text):
        if match.start() < position or (
            (match.start() and re.match(r"[ก-๙]", text[match.start() - 1])) and not _glues(text, match.start())
        ):
            continue
        if re.match(r"\s*ณ\s|วาระ|การ(?:ประชุม|จ่าย)", text[match.end() :]):
            continue  # "ประกาศ ณ วันที่ …" closes the document itself; "ระเบียบวาระ" heads an agenda item
        end = _end(text, match.end())
        item = _read(context, quote.slice(match.start(), end), dict(_kinds())[match[0]], match[0])
        if item is not None:
            position = end
            yield item


def _glues(text: str, start: int) -> bool:
    """A joining word may be glued to the citation (`ตามพระราชบัญญัติ…`)."""
    return text[:start].endswith(
        (
            "ตาม",
            "และ",
            "แห่ง",
            "ใน",
            "กับ",
            "ของ",
            "โดย",
            "หรือ",
            "ภายใต้",
            "ที่",
            "ด้วย",
            "ว่า",
            "จาก",
            "ต่อ",
            "ให้",
            "แก่",
            "มี",
            "ออก",
        )
    )


def _end(text: str, start: int) -> int:
    """Where a citation ends: behind its year, number or subject, before the sentence goes on."""
    limit = min(len(text), start + MAX_LENGTH)
    after_opening = _opening().search(text, start + 2, limit)
    if after_opening and re.search(r"พ\s*\.\s*ศ|[\d๐-๙]{4}", text[start : after_opening.start()]):
        limit = after_opening.start()
    year = _YEAR.search(text, start, limit)
    end = year.end() if year else limit
    tail = re.match(
        r"\s*(?:[(（][^()]{0,40}[)）]\s*)?(?:และ(?:ฉบับ)?(?:ที่)?แก้ไขเพิ่มเติม(?:\s*\(?ฉบับที่\s*[\d๐-๙]+\)?)?(?:\s*พ\s*\.\s*ศ\s*\.\s*[\d๐-๙]{4})?|ซึ่งแก้ไขเพิ่มเติม\S*|ที่แก้ไขเพิ่มเติม\S*)",
        text[end:],
    )
    if year and tail:
        return end + tail.end()
    if year:
        return end
    dated = re.search(r"ลงวันที่\s*[\d๐-๙]{1,2}\s*\S+\s*(?:พ\.ศ\.)?\s*[\d๐-๙]{4}", text[start:limit])
    if dated:
        return start + dated.end()
    line_end = text.find("\n", start, limit)
    return line_end if line_end != -1 else limit


def _read(context: Context, quote: Quote, kind: Type, opening: str) -> Found | None:
    text = quote.text
    number = _NUMBER.search(text)
    year_match = _YEAR.search(text)
    subject_match = _SUBJECT.search(text, len(opening))
    year = int(fold_digits(year_match[1])) if year_match else None
    digits, number_year = _number(number[1]) if number else (None, None)
    year = year or number_year
    if year is None:
        dated = [d.year_be for d in find_dates(text) if d.year_be]
        year = dated[0] if dated else None
    if year is None and digits is None:
        return None
    subject = _subject(quote, opening, kind, subject_match, number)
    issuer = _issuer(quote, opening, subject_match, number, kind)
    if subject is None and issuer is None and digits is None:
        return None
    resolved = resolve(issuer.text, document_abbreviations=context.facts.abbreviations) if issuer else None
    return found(
        Citation(
            citation_id=context.ids.next("Y"),
            citation_type=kind,
            issuer_raw=issuer.text if issuer else None,
            issuer=resolved.name if resolved and resolved.resolution != "unresolved" else None,
            number_raw=number[0] if number else None,
            number=digits,
            year_be=year,
            subject_raw=subject.text if subject else None,
            is_amended=bool(_AMENDED.search(text)),
        ),
        quote,
    )


def _number(raw: str) -> tuple[str | None, int | None]:
    """Number and the year that its second half is, if it is one (`234/2556`)."""
    folded = re.sub(r"\s", "", fold_digits(raw))
    head, _, tail = folded.partition("/")
    digits = re.sub(r"[^\d.]", "", head).strip(".")
    last = tail.rpartition("/")[2].lstrip("ว")
    year = int(last) if last.isdigit() and 2400 <= int(last) <= 2700 else None
    return digits or None, year


def _subject(
    quote: Quote, opening: str, kind: Type, match: re.Match[str] | None, number: re.Match[str] | None
) -> Quote | None:
    """What the instrument is about: behind ว่าด้วย or เรื่อง; an act is named by its subject alone."""
    if match is not None and (match[0].strip() != "ด้วย"):
        start = match.end()
    elif kind == "act":
        start = len(opening)
    elif number is not None and number.end() < len(quote.text) - 8:
        start = number.end()
    else:
        return None
    rest = quote.slice(start)
    stop = _ENDS.search(rest.text)
    number_here = _NUMBER.search(rest.text)
    ends = [stop.start() if stop else len(rest.text)]
    if number_here and number_here.start() > 3 and rest.text[number_here.start() - 1] in " (（":
        ends.append(number_here.start() - (1 if rest.text[number_here.start() - 1] in "(（" else 0))
    year = _YEAR.search(rest.text)
    if year:
        ends.append(year.start())
    subject = rest.slice(0, min(ends)).strip(" ,.()（")
    return subject if len(subject.text) >= 3 else None


def _issuer(
    quote: Quote, opening: str, subject: re.Match[str] | None, number: re.Match[str] | None, kind: Type
) -> Quote | None:
    """Who issued it: the words between the opening word and the number or subject."""
    if kind in ("act", "cabinet_resolution"):
        return None
    ends = [m.start() for m in (subject, number) if m is not None]
    if not ends:
        mentions = find_organisations(quote.text[len(opening) :])
        if not mentions:
            return None
        return quote.slice(len(opening) + mentions[0].start, len(opening) + mentions[0].end)
    issuer = quote.slice(len(opening), min(ends)).strip(" ,:")
    return issuer if 2 <= len(issuer.text) <= 80 else None
