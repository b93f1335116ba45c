"""Ways to reach an organisation: phone, fax, email, web address, LINE, Facebook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.model import Quote
from ita_extract.records import Contact
from ita_extract.thai.text import fold_digits, key

Channel = Literal["phone", "fax", "email", "url", "line", "facebook"]

_EXTENSION = r"(?:\s*(?:ต[่้]?อ|#|ext\.?)\s*(?P<ext>[\d๐-๙]{2,6}(?:\s*(?:,|-|–|และ|หรือ|/)\s*[\d๐-๙]{2,6})*))?"
_DIGITS = (
    r"(?P<number>(?:\+?66[\s\-]?|[0๐])[\s\-–.]?[\d๐-๙](?:[\s\-–.]?[\d๐-๙]){6,8}(?:\s*[-–]\s*[\d๐-๙]{1,2}(?![\d๐-๙]))?)"
)
_CONTACT_LABEL = re.compile(r"โทร|แฟ[ก็]|อีเมล|E-?mail|เว็บ|LINE|ไลน์|Facebook|เฟซบุ๊ก|ติดต่อ", re.IGNORECASE)
_ASKING = re.compile(r"(?:สอบถาม|รายละเอียด|ข้อมูลเพิ่มเติม|เพิ่มเติม|ติดต่อ|แจ้ง|ได้ที่|ที่(?=\s)|[\s:：])+")
"""What asks the reader to get in touch, before the name."""
_FACEBOOK = (
    r"(?:(?:https?://)?(?:www\.)?facebook\.com/|(?:Facebook|เฟซบุ๊ก|เฟสบุ๊ค|FB)\s*(?:Fanpage|Page|เพจ)?\s*[:：]\s*)"
    r"(?P<number>[^\s,;]+(?:\s[^\s,;:]+){0,4})"
)
_LINE = (
    r"(?:LINE|ไลน์)\s*(?:ID|OA|Official(?:\s*Account)?|ไอดี)?\s*[:：]?\s*"
    r"(?P<number>@[A-Za-z0-9_.\-]+|(?<=[:：]\s)[A-Za-z0-9_.\-]+)"
)
_PHONE = (
    r"(?:โทรศัพท์(?:ติดต่อ|มือถือ)?|โทร|หมายเลขโทรศัพท์|เบอร์(?:โทร(?:ศัพท์)?)?|Tel|สายด่วน|สอบถาม[^\d]{0,30})"
    r"\s*\.?\s*[:：]?\s*"
)
_FAX = r"(?:โทรสาร|แฟกซ์|แฟ็กซ์|Fax|F\.)\s*\.?\s*[:：]?\s*"
_HOTLINE = r"(?:สายด่วน|โทร\.?)\s*[:：]?\s*(?P<number>[1๑][\d๐-๙]{3}|[1๑][\d๐-๙]{2})(?![\d๐-๙])"
_PATTERNS: tuple[tuple[Channel, re.Pattern[str]], ...] = (
    ("email", re.compile(r"(?P<number>[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+)")),
    ("facebook", re.compile(_FACEBOOK, re.IGNORECASE)),
    ("line", re.compile(_LINE, re.IGNORECASE)),
    ("url", re.compile(r"(?P<number>(?:https?://|www\.)[^\s<>\"'ก-๙)]+)")),
    ("fax", re.compile(_FAX + _DIGITS + _EXTENSION, re.IGNORECASE)),
    ("phone", re.compile(_PHONE + _DIGITS + _EXTENSION, re.IGNORECASE)),
    ("phone", re.compile(_HOTLINE)),
)


@dataclass(frozen=True, slots=True)
class _Hit:
    channel: Channel
    whole: Quote
    value: Quote
    extensions: str | None


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields each contact once, with the organisation printed on the same line."""
    seen: dict[tuple[str, str], bool] = {}
    for quote in _texts(context):
        for hit in _hits(quote):
            value = _normal(hit)
            if value is None or (hit.channel, key(value)) in seen:
                yield hit.whole
                continue
            seen[hit.channel, key(value)] = True
            organisation = _organisation(quote, hit)
            yield found(
                Contact(
                    contact_id=context.ids.next("W"),
                    organisation_raw=organisation.text if organisation else None,
                    channel=hit.channel,
                    value_raw=hit.value.text,
                    value=value,
                    extensions=hit.extensions,
                ),
                hit.whole,
                organisation_raw=organisation,
                value_raw=hit.value,
            )


def _texts(context: Context) -> Iterator[Quote]:
    """All text, and labels of fields together with their values (`โทรศัพท์` and the number may stand in two cells)."""
    yield from context.texts()
    for field in context.outline.fields:
        if field.value and _CONTACT_LABEL.search(field.label.text) and len(field.value.text) < 200:
            yield Quote.join([field.label, field.value], " : ")


def _hits(quote: Quote) -> list[_Hit]:
    hits: list[_Hit] = []
    taken: list[tuple[int, int]] = []
    for channel, pattern in _PATTERNS:
        for match in pattern.finditer(quote.text):
            start, end = match.span("number")
            if any(start < b and a < end for a, b in taken):
                continue
            extension = match.groupdict().get("ext")
            stop = match.end("ext") if extension else end
            taken.append((match.start(), stop))
            value = quote.slice(start, stop).strip(" .,;)")
            hits.append(_Hit(channel, quote.slice(match.start(), stop), value, _extensions(extension)))
    hits.sort(key=lambda hit: hit.value.start)
    return hits


def _extensions(text: str | None) -> str | None:
    return ";".join(re.findall(r"\d+(?:\s*[-–]\s*\d+)?", fold_digits(text))) or None if text else None


def _normal(hit: _Hit) -> str | None:
    """Phones in E.164 (Thailand, +66); addresses in lower case where that does not change them."""
    text = fold_digits(hit.value.text)
    if hit.channel in ("phone", "fax"):
        digits = re.sub(r"\D", "", re.split(r"ต[่้]?อ|#|ext", text)[0])
        if digits.startswith("66") and len(digits) in (10, 11):
            return f"+{digits}"
        if len(digits) in (3, 4) and digits.startswith("1"):
            return digits
        area = re.match(r"0(2\d{7}|[3-57]\d{7}|[689]\d{8})", digits)
        return f"+66{area[1]}" if area else None
    if hit.channel == "email":
        return text.lower().rstrip(".")
    return hit.value.text.strip().rstrip(".,;")


def _organisation(quote: Quote, hit: _Hit) -> Quote | None:
    """The words before the first contact word of the line, when they read like a name."""
    before = quote.slice(0, max(0, _offset(quote, hit.whole)))
    text = before.strip(" :：,()-")
    cut = re.search(
        r"(?:โทร|E-?mail|อีเมล|เว็บ|Website|Fax|โทรสาร|LINE|ไลน์|Facebook|ที่อยู่|ถนน|เลขที่)", text.text, re.IGNORECASE
    )
    text = text.slice(0, cut.start() if cut else None).strip(" :：,()-")
    asked = _ASKING.match(text.text)
    text = text.slice(asked.end() if asked else 0, None)
    return text if 4 <= len(text.text) <= 100 else None


def _offset(quote: Quote, part: Quote) -> int:
    return max(0, quote.text.find(part.text))
