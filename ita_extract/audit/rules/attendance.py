"""Lists of those present: are they numbered, and is nobody there twice?"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from ita_extract.audit.case import Case
from ita_extract.audit.results import PASS, Results, Term, fail, side
from ita_extract.audit.rule import rule
from ita_extract.records import Attendee
from ita_extract.thai.text import key


@rule(
    "D28",
    "medium",
    message=("The list of those present has {what}.", "รายชื่อผู้เข้าประชุมมี{what}"),
    needs=("a list of those present", "รายชื่อผู้เข้าประชุม"),
)
def d28(case: Case) -> Results:
    """A list of those present is numbered without gaps and names nobody twice.

    ไทย: รายชื่อผู้เข้าประชุมต้องมีเลขลำดับต่อเนื่อง และไม่มีชื่อซ้ำ
    """
    meetings: defaultdict[str | None, list[Attendee]] = defaultdict(list)
    for attendee in case.rows(Attendee):
        meetings[attendee.meeting_id].append(attendee)
    for people in meetings.values():
        numbers = [p.order_no for p in people if p.order_no is not None]
        steps = [(p, q) for p, q in pairwise(numbers) if q not in (p + 1, 1)]
        names = Counter(key(f"{p.given_name} {p.surname}") for p in people if p.given_name and p.surname)
        twice = [p for p in people if p.surname and names[key(f"{p.given_name} {p.surname}")] > 1]
        if steps:
            told = ", ".join(f"{p} → {q}" for p, q in steps)
            what = Term(f"numbers that do not follow: {told}", f"เลขลำดับไม่ต่อเนื่อง: {told}")
            yield fail(side(people[0], told), topic="numbers", absent=True, what=what)
        if twice:
            name = twice[0].name_raw or ""
            yield fail(
                *(side(p, p.name_raw) for p in twice[:2]), topic="names", what=Term(f"{name} twice", f"ชื่อซ้ำ: {name}")
            )
        if not steps and not twice and len(people) > 1:
            yield PASS
