"""Events told in running text:

results in tables, evidence pages, press releases. `link` joins the tellings of one event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rapidfuzz import fuzz

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.extractors.rows import activity_rows
from ita_extract.extractors.telling import Telling, read_telling, with_figures_from
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.model import Line
from ita_extract.records import Event, EventPerson, EventTelling
from ita_extract.thai.names import PersonName, find_names, find_position
from ita_extract.thai.text import key

Role = Literal["speaker", "chair", "opener", "host", "other"]

SAME_EVENT_NAME = 75
"""Similarity (0-100) of folded names from which two tellings with the same date are one event."""
AFTER_NAME = 220
BEFORE_NAME = 40


@dataclass
class _Told:
    telling: Telling
    activity_id: str | None
    body: list[Quote]


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields each event once, its tellings, and the people in them."""
    events: list[list[_Told]] = []
    for told in _tellings(context):
        group = next((g for g in events if _same_event(g, told)), None)
        if group is None:
            events.append([told])
        else:
            group.append(told)
    for group in events:
        yield from _event(context, group)


def _tellings(context: Context) -> Iterator[_Told]:
    """Tables first (they are the plan's own report), then the flow."""
    year = context.facts.fiscal_year_be
    for row in activity_rows(context):
        for _, cell in row.cells("result", "evidence", "note", "actual"):
            for quote in cell.quote.lines():
                telling = read_telling(quote, year)
                if telling is not None:
                    yield _Told(telling, row.activity_id, [quote])
    yield from _flow(context)


def _flow(context: Context) -> Iterator[_Told]:
    cards = {i: context.cards.get(c.index) for c in context.outline.cards for i in c.lines}
    current: _Told | None = None
    section = -1
    for line in context.outline.lines:
        kind = context.outline.sections[line.section].kind
        if kind in ("minutes", "policy", "score_table"):
            continue
        telling = read_telling(line.quote, context.facts.fiscal_year_be)
        if telling is not None:
            if current is not None:
                yield current
            current, section = _Told(telling, cards.get(line.index), [line.quote]), line.section
        elif current is not None and line.section == section and _belongs(context, current, line, kind):
            current.body.append(line.quote)
            current.telling = with_figures_from(current.telling, line.text)
        elif current is not None:
            yield current
            current = None
    if current is not None:
        yield current


def _belongs(context: Context, told: _Told, line: Line, kind: str) -> bool:
    """Later paragraphs of a news item, and further items of the list in which the event is told."""
    return kind == "press_release" or (line.paragraph.role == "list_item" and bool(told.activity_id))


def _same_event(group: list[_Told], told: _Told) -> bool:
    first, other = group[0].telling, told.telling
    if first.start_date != other.start_date:
        return False
    if first.name is None or other.name is None:
        return first.event_type == other.event_type
    names = [t.telling.name for t in group if t.telling.name is not None]
    return any(_alike(name.text, other.name.text) for name in names)


def _alike(a: str, b: str) -> bool:
    left, right = key(a), key(b)
    return fuzz.ratio(left, right) >= SAME_EVENT_NAME or fuzz.partial_ratio(left, right) >= 90


# ------------------------------------------------------------------ records
def _event(context: Context, group: list[_Told]) -> Iterator[Found | Quote]:
    event_id = context.ids.next("E")
    tellings = [told.telling for told in group]

    def first(name: str) -> Quote | None:
        return next((quote for t in tellings if (quote := getattr(t, name)) is not None), None)

    main = tellings[0]
    name = _best_name(tellings)
    modes = {t.mode for t in tellings if t.mode}
    value, unit = next(((t.score_value, t.score_unit) for t in tellings if t.score_value is not None), (None, None))
    record = Event(
        event_id=event_id,
        activity_id=next((told.activity_id for told in group if told.activity_id), None),
        event_type=main.event_type,
        name=_text(name),
        date_raw=main.date_quote.text,
        start_date=main.start_date,
        end_date=next((t.end_date for t in tellings if t.end_date), None),
        start_time=next((t.start_time for t in tellings if t.start_time), None),
        end_time=next((t.end_time for t in tellings if t.end_time), None),
        venue=_text(first("venue")),
        mode="hybrid" if len(modes) > 1 else next(iter(modes), None),
        platform=next((t.platform for t in tellings if t.platform), None),
        organiser=_text(first("organiser")),
        participant_count=next((t.participant_count for t in tellings if t.participant_count), None),
        score_value=value,
        score_unit=unit,
        telling_count=len(group),
    )
    yield found(
        record,
        main.quote,
        repeats=[t.quote for t in tellings[1:]],
        name=name,
        start_date=main.date_quote,
        venue=first("venue"),
        organiser=first("organiser"),
    )
    for number, told in enumerate(group, 1):
        yield _telling(told.telling, event_id, number)
        yield from _people(context, told, event_id, number)


def _best_name(tellings: list[Telling]) -> Quote | None:
    """The name printed most often; a stray space inside it does not make it another name."""
    names = [t.name for t in tellings if t.name is not None]
    if not names:
        return None
    printed = [" ".join(n.text.split()) for n in names]
    return max(names, key=lambda n: (printed.count(" ".join(n.text.split())), -names.index(n)))


def _telling(telling: Telling, event_id: str, number: int) -> Found:
    return found(
        EventTelling(
            event_id=event_id,
            telling_no=number,
            event_type=telling.event_type,
            name=_text(telling.name),
            date_raw=telling.date_quote.text,
            start_date=telling.start_date,
            end_date=telling.end_date,
            start_time=telling.start_time,
            end_time=telling.end_time,
            venue=_text(telling.venue),
            mode=telling.mode,
            platform=telling.platform,
            organiser=_text(telling.organiser),
            participant_count=telling.participant_count,
            score_value=telling.score_value,
            score_unit=telling.score_unit,
            audience_onsite=_text(telling.audience_onsite),
            audience_online=_text(telling.audience_online),
            audience=_text(telling.audience),
        ),
        telling.quote,
        name=telling.name,
        start_date=telling.date_quote,
        venue=telling.venue,
        organiser=telling.organiser,
        audience=telling.audience,
        audience_onsite=telling.audience_onsite,
        audience_online=telling.audience_online,
    )


def _text(quote: Quote | None) -> str | None:
    return " ".join(quote.text.split()) or None if quote else None


# ------------------------------------------------------------------ people
def _people(context: Context, told: _Told, event_id: str, number: int) -> Iterator[Found]:
    seen: set[tuple[str, Role]] = set()
    for quote in told.body:
        names = find_names(quote.text)
        for index, name in enumerate(names):
            limit = names[index + 1].start if index + 1 < len(names) else len(quote.text)
            role = _role(quote.text, name, limit)
            if role is None or (key(name.raw), role) in seen:
                continue
            seen.add((key(name.raw), role))
            yield _person(context, quote, name, role, limit, event_id, number)


@cache
def _role_words(where: str) -> tuple[tuple[str, Role], ...]:
    table: dict[Role, list[str]] = load("events")[where]
    pairs = [(word, role) for role, words in table.items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _role(text: str, name: PersonName, limit: int) -> Role | None:
    """The role that the words behind the name give, else those right before it."""
    behind = text[name.end : min(limit, name.end + AFTER_NAME)]
    hits = [(behind.find(word), -len(word), role) for word, role in _role_words("roles_after") if word in behind]
    if hits:
        return min(hits)[2]
    before = text[max(0, name.start - BEFORE_NAME) : name.start].rstrip(" :：(")
    return next((role for word, role in _role_words("roles_before") if before.endswith(word.rstrip(" :"))), None)


def _person(
    context: Context, quote: Quote, name: PersonName, role: Role, limit: int, event_id: str, number: int
) -> Found:
    position, organisation = _position(quote, name, limit)
    name_quote = quote.slice(name.start, name.end)
    return found(
        EventPerson(
            event_person_id=context.ids.next("EP"),
            event_id=event_id,
            telling_no=number,
            role=role,
            name_raw=" ".join(name.raw.split()),
            prefix=name.prefix,
            given_name=name.given_name,
            surname=name.surname,
            position_raw=_text(position),
            organisation_raw=_text(organisation),
        ),
        name_quote,
        position_raw=position,
        organisation_raw=organisation,
    )


def _position(quote: Quote, name: PersonName, limit: int) -> tuple[Quote | None, Quote | None]:
    """The position behind a name, and the organisation behind that, up to the words that give the role."""
    stop = limit
    for word, _ in _role_words("roles_after"):
        at = quote.text.find(word, name.end, limit)
        if at != -1:
            stop = min(stop, at)
    span = find_position(quote.text[:stop], name.end)
    if span is None:
        return None, None
    position = quote.slice(*span).strip()
    rest = quote.slice(span[1], stop).strip(" ,")
    rest = rest.slice(
        0, m.start() if (m := re.search(r"\s(?:ได้|มา|ให้|เป็น|ซึ่ง|และ|ณ)\s?|[,;]", rest.text)) else None
    ).strip()
    return position, rest if 3 <= len(rest.text) <= 120 else None
