"""Reads one telling of an event from running text: when, what, where, who for, by whom, with what result."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.thai.dates import ThaiDate, find_dates
from ita_extract.thai.names import find_names
from ita_extract.thai.numbers import find_quantities
from ita_extract.thai.organisations import find_organisations
from ita_extract.thai.periods import Period, find_periods, find_times
from ita_extract.thai.text import fold_digits

EventType = Literal["training", "communication", "meeting", "ceremony", "other"]
Mode = Literal["onsite", "online", "hybrid"]

MAX_NAME = 200
_QUOTED = re.compile(r"[\"“”'‘«]([^\"“”'’»]{4,200})[\"“”'’»]")
_PUBLISHED = re.compile(
    r"(?:เผยแพร่|โพสต์|ลงข่าว|ปรับปรุงล่าสุด|อัปเดต|แก้ไขล่าสุด)\s*(?:เมื่อ|ณ)?\s*(?:วันที่)?\s*[\d๐-๙]{1,2}\s*\S+\s*[\d๐-๙]{2,4}$"
)
_COUNT_BEFORE = re.compile(r"(\d[\d,]*)\s*(?:คน|ราย|ท่าน)\s*(?:ได้)?(?:เข้า)?ร่วม")
_JOINED_ONLINE = re.compile(
    r"\sและ(?P<audience>[^\s]{3,80})\s*(?:ซึ่ง|ที่)?(?:เข้า)?ร่วม\S{0,20}?(?:ทาง|ผ่าน|ใน)?(?:ระบบ|รูปแบบ)?\s*ออนไลน์"
)
_OPENING_ORGANISER = re.compile(r"\s*(?P<who>[^\d\n]{4,120}?)\s*(?:ได้)?(?:ร่วมกัน)?(?:จัด|ดำเนินการจัด)(?=[^ก-๎]|[ก-๎])")
_ABOUT = re.compile(r"(?:หลักสูตร|โครงการ|หัวข้อ|เรื่อง|กิจกรรม|งาน|ประชุม|พิธี|อบรม|สัมมนา)")


@dataclass(frozen=True, slots=True)
class Telling:
    """What one telling says. Every part is a quote of it, or None."""

    quote: Quote
    start_date: str
    date_quote: Quote
    end_date: str | None
    event_type: EventType
    name: Quote | None
    venue: Quote | None
    mode: Mode | None
    platform: str | None
    organiser: Quote | None
    audience: Quote | None
    audience_onsite: Quote | None
    audience_online: Quote | None
    participant_count: int | None
    score_value: Decimal | None
    score_unit: str | None
    start_time: str | None
    end_time: str | None


def read_telling(quote: Quote, fiscal_year_be: int | None = None) -> Telling | None:
    """The telling that a text holds: it names a day and something that happened then. None for other text."""
    text = quote.text
    dates = [d for d in find_dates(text, fiscal_year_be=fiscal_year_be) if d.precision == "day" and d.valid]
    if not dates or len(text) < 25:
        return None
    date = dates[0]
    kind = event_type(text)
    if kind is None or _PUBLISHED.search(text[: date.end]):
        return None
    name, venue = _name(quote), _venue(quote)
    if kind == "communication" and name is None and venue is None:
        return None
    online = _first_word(text, load("events")["online"])
    platform = _platform(text)
    audiences = _audiences(quote, venue is not None, online or platform)
    period = _days_around(text, date)
    time = next(iter(find_times(text)), None)
    score = _score(text)
    mode: Mode | None = None
    if online or platform:
        mode = "hybrid" if venue is not None else "online"
    elif venue is not None:
        mode = "onsite"
    return Telling(
        quote=quote,
        start_date=(period.start if period else None) or date.iso,
        date_quote=quote.slice(period.start_pos, period.end_pos) if period else quote.slice(date.start, date.end),
        end_date=period.end if period else None,
        event_type=kind,
        name=name,
        venue=venue,
        mode=mode,
        platform=platform,
        organiser=_organiser(quote, period.end_pos if period else date.end),
        audience=audiences.get("any"),
        audience_onsite=audiences.get("onsite"),
        audience_online=audiences.get("online"),
        participant_count=_participants(text),
        score_value=score[0] if score else None,
        score_unit=score[1] if score else None,
        start_time=time.start if time else None,
        end_time=time.end if time else None,
    )


def with_figures_from(telling: Telling, text: str) -> Telling:
    """The telling with figures that only a later sentence of the same news gives: participants, score."""
    count = telling.participant_count or _participants(text)
    score = (telling.score_value, telling.score_unit) if telling.score_value is not None else _score(text)
    return (
        replace(telling, participant_count=count, score_value=score[0], score_unit=score[1])
        if score
        else replace(telling, participant_count=count)
    )


def _days_around(text: str, date: ThaiDate) -> Period | None:
    """The range of days that the date begins or ends (`15 - 16 กุมภาพันธ์ 2566`)."""
    for period in find_periods(text):
        around = period.start_pos <= date.start and date.end <= period.end_pos
        if around and period.precision == "day" and period.start and period.end and period.start != period.end:
            return period
    return None


# ------------------------------------------------------------------ words
@cache
def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)))


def _words(*path: str) -> re.Pattern[str]:
    node = load("events")
    for step in path:
        node = node[step]
    return _alternatives(tuple(node))


def _first_word(text: str, words: Iterable[str]) -> str | None:
    match = _alternatives(tuple(words)).search(text)
    return match[0] if match else None


def event_type(text: str) -> EventType | None:
    """The type of event that a text tells, None when no event word is in it."""
    hits = []
    text = re.sub(r"(?:ห้อง|หอ)ประชุม", "", text)
    for kind in load("events")["types"]:
        match = _words("types", kind).search(text)
        if match:
            hits.append((match.start(), -len(match[0]), kind))
    named = [hit for hit in hits if hit[2] != "other"] or hits
    return min(named)[2] if named else None


def _platform(text: str) -> str | None:
    for name, words in load("events")["platforms"].items():
        if _alternatives(tuple(words)).search(text):
            return str(name)
    return None


# ------------------------------------------------------------------ parts
def _until_stop(quote: Quote, start: int, limit: int = MAX_NAME) -> Quote:
    """From `start` to the next stop word, person's name, double space or line end."""
    text = quote.text
    ends = [min(len(text), start + limit)]
    for pattern in (_words("stops"), re.compile(r"\n|\s{2,}|[;,]")):
        match = pattern.search(text, start + 2)
        if match:
            ends.append(match.start())
    ends += [n.start for n in find_names(text) if n.start > start + 2][:1]
    return quote.slice(start, min(ends)).strip()


def _name(quote: Quote) -> Quote | None:
    """The name in quotation marks behind a word such as หลักสูตร; else the phrase that such a word begins."""
    for match in _QUOTED.finditer(quote.text):
        before = quote.text[max(0, match.start() - 40) : match.start()].rstrip()
        if _ABOUT.search(before) or _ABOUT.search(match[1]) or before.endswith("จัด"):
            return quote.slice(*match.span(1)).strip()
    lead = re.search(r"(?:หลักสูตร|โครงการ|หัวข้อ|เรื่อง|กิจกรรม(?!ที่))\s*(?=\S)", quote.text)
    if lead is None:
        lead = re.search(r"(?:ประชุม|พิธี|อบรม|สัมมนา|งาน)(?=\S)", quote.text)
    if lead is None:
        return None
    start = (
        lead.start() if lead[0].strip() in ("โครงการ", "กิจกรรม", "ประชุม", "พิธี", "งาน", "อบรม", "สัมมนา") else lead.end()
    )
    name = _until_stop(quote, start)
    return name if len(name.text) >= 6 else None


def _venue(quote: Quote) -> Quote | None:
    match = re.search(r"(?:^|\s)ณ\s*(?!วันที่|\s)(?=[ก-๙A-Za-z])", quote.text)
    if match is None:
        return None
    venue = _until_stop(quote, match.end())
    return venue.strip(" ,.") if len(venue.text) >= 3 and not venue.text.endswith(".") else (venue or None)


def _organiser(quote: Quote, after: int) -> Quote | None:
    """Who organises: the organisation that opens the sentence, or what stands between the date and the verb."""
    opening = _OPENING_ORGANISER.match(quote.text)
    if opening is not None and opening.end() < after and _opens_with_organisation(opening["who"]):
        return quote.slice(*opening.span("who")).strip()
    verb = _words("organising").search(quote.text, after)
    if verb is None:
        return None
    start = max([after, *(t.end_pos for t in find_times(quote.text[: verb.start()]) if t.end_pos > after)])
    subject = quote.slice(start, verb.start()).strip(" ,.:-") if verb.start() > start else None
    if subject is None or not 2 <= len(subject.text) <= 80:
        return None
    if quote.text[subject.end - subject.start + start : start + 1] == ".":
        return subject
    subject = quote.slice(start, verb.start()).strip(" ,:-")
    if subject.text.startswith(tuple(load("events")["not_organiser"])) or find_names(subject.text):
        return None
    place = re.match(r"ณ\s", subject.text)
    return None if place else subject


def _opens_with_organisation(text: str) -> bool:
    mentions = find_organisations(text)
    return bool(mentions) and mentions[0].start == 0


def _audiences(quote: Quote, has_venue: bool, online: str | None) -> dict[str, Quote]:
    """Audiences by mode: the one nearest to the online words is online, that before the venue is on site."""
    spans = list(_words("audience_lead").finditer(quote.text))
    found: list[tuple[int, Quote]] = []
    for match in spans:
        audience = _audience_phrase(quote, match.end())
        if audience is not None:
            found.append((match.start(), audience))
    if not found:
        return {}
    if not (online and has_venue):
        return {"any": found[0][1]}
    result: dict[str, Quote] = {}
    for position, audience in found:
        kind = _audience_mode(quote.text, position, audience)
        result.setdefault(kind, audience)
    joined = _JOINED_ONLINE.search(quote.text)
    if joined is not None:
        result.setdefault("online", quote.slice(*joined.span("audience")))
    return result


def _audience_phrase(quote: Quote, start: int) -> Quote | None:
    if quote.text[start : start + 8].strip().startswith(tuple(load("events")["not_audience"])):
        return None
    phrase = _until_stop(quote, start)
    tail = re.search(r"\s*(?:ที่(?:เข้า)?ร่วม|และสำหรับ|และ$)", phrase.text)
    phrase = phrase.slice(0, tail.start() if tail else None).strip()
    return phrase if 2 <= len(phrase.text) <= 150 else None


def _audience_mode(text: str, position: int, audience: Quote) -> str:
    platforms = [word for words in load("events")["platforms"].values() for word in words]
    online = _alternatives((*load("events")["online"], *platforms))
    behind = text[position : position + len(audience.text) + 60]
    after = behind[len(audience.text) :]
    onsite_after = re.search(r"ที่(?:เข้า)?ร่วม[^ ]*(?:ใน|ณ)?(?:อาคาร|ห้อง|หอประชุม|สถานที่)|^\S*\s*ณ\s", after)
    if onsite_after:
        return "onsite"
    before = text[max(0, position - 80) : position]
    if online.search(before.rsplit("ณ ", 1)[-1]) or online.search(after.split("ณ ")[0]):
        return "online"
    return "onsite"


def _participants(text: str) -> int | None:
    """How many took part: a number of people behind a word for taking part, or right before one."""
    for word in _words("participants").finditer(text):
        window = text[word.start() : word.end() + 80]
        for quantity in find_quantities(window):
            if quantity.unit in load("events")["participant_units"] and quantity.value is not None:
                return int(quantity.value)
    folded = fold_digits(text)
    match = _COUNT_BEFORE.search(folded) or _count_of_people().search(folded)
    return int(match[1].replace(",", "")) if match else None


@cache
def _count_of_people() -> re.Pattern[str]:
    people = "|".join(map(re.escape, load("events")["people"]))
    return re.compile(rf"(?:{people})\S{{0,30}}\s*(?:รวมทั้งสิ้น|รวม|จำนวน|กว่า)\s*(\d[\d,]*)\s*(?:คน|ราย|ท่าน)")


def _score(text: str) -> tuple[Decimal, str] | None:
    for match in _words("score_lead").finditer(text):
        window = text[match.start() : match.end() + 90]
        for quantity in find_quantities(window):
            if quantity.unit in ("percent", "score") and quantity.value is not None:
                return quantity.value, quantity.unit
    return None
