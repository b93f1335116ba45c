"""Several tellings of one event: do they tell the same?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Fail, Result, Results, Term, fail, side
from ita_extract.audit.rule import rule
from ita_extract.audit.wording import is_near
from ita_extract.records import EventPerson, EventTelling

FIELDS: dict[str, Term] = {
    "audience_onsite": Term("audience on site", "ผู้เข้าร่วม ณ สถานที่"),
    "audience_online": Term("audience online", "ผู้เข้าร่วมออนไลน์"),
    "audience": Term("audience", "ผู้เข้าร่วม"),
    "venue": Term("venue", "สถานที่"),
    "mode": Term("mode", "รูปแบบ"),
    "participant_count": Term("participants", "จำนวนผู้เข้าร่วม"),
    "score_value": Term("score", "คะแนน"),
}
SPEAKER = Term("speaker", "วิทยากร")


@rule(
    "D21",
    "high",
    message=(
        "The same event is described differently: {field}: '{a}' / '{b}'.",
        "กิจกรรมเดียวกันให้ข้อมูลต่างกัน: {field}: '{a}' / '{b}'",
    ),
    needs=("an event that is told twice", "กิจกรรมที่กล่าวถึงมากกว่าหนึ่งครั้ง"),
)
def d21(case: Case) -> Results:
    """Where a document tells of one event several times, it tells the same.

    Compares audience, venue, mode, number of participants, score and speakers, each only where both tellings have it:
    a summary that leaves something out contradicts nothing. A wording that holds the other, or is a few letters away
    from it, is the same; an event on site and online is told shorter as either.

    ไทย: กิจกรรมเดียวกันที่กล่าวถึงหลายครั้งต้องให้ข้อมูลตรงกัน

    เทียบผู้เข้าร่วม สถานที่ รูปแบบ จำนวนผู้เข้าร่วม คะแนน และวิทยากร เฉพาะเมื่อระบุทั้งสองแห่ง การย่อความที่ละรายละเอียดไม่ถือเป็นข้อขัดแย้ง
    """
    tellings: defaultdict[str, list[EventTelling]] = defaultdict(list)
    for telling in case.rows(EventTelling):
        tellings[telling.event_id].append(telling)
    speakers: defaultdict[tuple[str | None, int | None], list[EventPerson]] = defaultdict(list)
    for person in case.rows(EventPerson):
        if person.role == "speaker" and person.name_raw:
            speakers[person.event_id, person.telling_no].append(person)
    for told in tellings.values():
        if len(told) > 1:
            found: list[Result] = [*_fields(told), *_speakers([speakers[t.event_id, t.telling_no] for t in told])]
            yield from found or [PASS]


def _fields(told: Sequence[EventTelling]) -> Iterable[Fail]:
    for name, term in FIELDS.items():
        for one, other in combinations([t for t in told if getattr(t, name) is not None], 2):
            a, b = getattr(one, name), getattr(other, name)
            if not _agree(name, one, other):
                yield fail(side(one, str(a)), side(other, str(b)), topic=name, field=term, a=str(a), b=str(b))
                break


def _agree(name: str, one: EventTelling, other: EventTelling) -> bool:
    a, b = getattr(one, name), getattr(other, name)
    compare: dict[str, Callable[[], bool]] = {
        "mode": lambda: a == b or "hybrid" in (a, b),
        "participant_count": lambda: a == b,
        "score_value": lambda: a == b or one.score_unit != other.score_unit,
    }
    return compare.get(name, lambda: is_near(a, b))()


def _speakers(by_telling: Sequence[Sequence[EventPerson]]) -> Iterable[Fail]:
    for some, others in combinations([people for people in by_telling if people], 2):
        if not any(is_near(a.name_raw or "", b.name_raw or "") for a in some for b in others):
            a, b = some[0], others[0]
            sides = side(a, a.name_raw), side(b, b.name_raw)
            yield fail(*sides, topic="speaker", field=SPEAKER, a=a.name_raw or "", b=b.name_raw or "")
            return
