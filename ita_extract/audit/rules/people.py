"""People: one person, one position; one name, one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, Term, fail, side
from ita_extract.audit.rule import rule
from ita_extract.audit.wording import has_word, is_near
from ita_extract.records import Attendee, EventPerson
from ita_extract.thai.names import expand_position
from ita_extract.thai.text import toneless

Person = Attendee | EventPerson
ROLES = {
    "speaker": Term("speaker", "วิทยากร"),
    "chair": Term("chair", "ประธาน"),
    "opener": Term("the one who opens the event", "ผู้เปิดงาน"),
    "host": Term("host", "ผู้ดำเนินรายการ"),
}
DEPUTIES = ("รอง", "ผู้ช่วย")
SAME_POSITION = 0.93
"""Positions differ by few letters where they differ at all; what is nearer than this is a slip of one letter."""


@rule(
    "D19",
    "medium",
    message=("{person} has two positions: '{p1}' and '{p2}'.", "{person} ระบุตำแหน่งต่างกัน: '{p1}' และ '{p2}'"),
    needs=("a person who is named twice with a position", "บุคคลที่ระบุตำแหน่งไว้มากกว่าหนึ่งแห่ง"),
)
def d19(case: Case) -> Results:
    """A person has the same position wherever the document names them in full.

    Abbreviated positions are written out first, a position that holds the other agrees with it, roles in a meeting
    (chair, committee member) are no positions, and who acts for somebody has two.

    ไทย: บุคคลเดียวกันต้องระบุตำแหน่งตรงกันทั้งเอกสาร

    ตำแหน่งย่อเทียบกับตำแหน่งเต็ม บทบาทในที่ประชุม (ประธาน กรรมการ) ไม่ใช่ตำแหน่ง และผู้รักษาการมีสองตำแหน่งได้
    """
    named: defaultdict[tuple[str, str], list[Person]] = defaultdict(list)
    for person in _people(case):
        if person.given_name and person.surname and _has_position(person):
            named[toneless(person.given_name), toneless(person.surname)].append(person)
    for people in named.values():
        if len(people) < 2:
            continue
        differing = next(((a, b) for a, b in combinations(people, 2) if not _same_position(a, b)), None)
        if differing is None:
            yield PASS
            continue
        one, other = differing
        yield fail(
            side(one, f"{one.name_raw} {one.position_raw}"),
            side(other, f"{other.name_raw} {other.position_raw}"),
            person=one.name_raw or "",
            p1=one.position_raw or "",
            p2=other.position_raw or "",
        )


@rule(
    "D20",
    "high",
    message=(
        "'{name}' appears as {r1} ({p1}) and as {r2} ({p2}).",
        "ชื่อ '{name}' ปรากฏทั้งเป็น{r1} ({p1}) และ{r2} ({p2})",
    ),
    needs=("people in the same event, one without a surname", "บุคคลในกิจกรรมเดียวกันที่มีผู้ไม่ระบุนามสกุล"),
)
def d20(case: Case) -> Results:
    """In one event, a given name without a surname is not also somebody else's.

    A name printed without its surname beside the same name with one, in another role and with another position, is
    probably a line that was mixed up. The same role, or positions that agree, are the same person named shortly.

    ไทย: ในกิจกรรมเดียวกัน ชื่อที่ไม่มีนามสกุลต้องไม่ซ้ำกับชื่อของผู้อื่น

    ชื่อเดียวกันแต่คนละบทบาทและคนละตำแหน่งน่าจะเกิดจากข้อความที่สลับกัน หากบทบาทหรือตำแหน่งตรงกันถือเป็นคนเดียวกันที่กล่าวถึงอย่างย่อ
    """
    events: defaultdict[str | None, list[EventPerson]] = defaultdict(list)
    for person in case.rows(EventPerson):
        if person.given_name:
            events[person.event_id].append(person)
    for people in events.values():
        short = [person for person in people if not person.surname]
        full = [person for person in people if person.surname]
        for one in short if full else []:
            other = next((person for person in full if _is_mixed_up(one, person)), None)
            if other is None:
                yield PASS
                continue
            yield fail(
                side(one, f"{one.name_raw} {one.position_raw}"),
                side(other, f"{other.name_raw} {other.position_raw}"),
                name=one.name_raw or "",
                r1=ROLES[one.role or ""],
                r2=ROLES[other.role or ""],
                p1=one.position_raw or "",
                p2=other.position_raw or "",
            )


def _people(case: Case) -> Iterable[Person]:
    yield from case.rows(EventPerson)
    yield from case.rows(Attendee)


def _has_position(person: Person) -> bool:
    position = _position(person)
    return bool(position) and not has_word(position, "meeting_roles") and not has_word(position, "acting_words")


def _same_position(one: Person, other: Person) -> bool:
    a, b = _position(one), _position(other)
    return a.startswith(DEPUTIES) == b.startswith(DEPUTIES) and is_near(a, b, SAME_POSITION)


def _position(person: Person) -> str:
    """The position in full; empty when only the agency knows what its abbreviation means."""
    return expand_position(person.position_raw or "") or ""


def _is_mixed_up(short: EventPerson, full: EventPerson) -> bool:
    if toneless(short.given_name or "") != toneless(full.given_name or "") or short.role == full.role:
        return False
    known = short.role in ROLES and full.role in ROLES and short.position_raw and full.position_raw
    return bool(known) and not _same_position(short, full)
