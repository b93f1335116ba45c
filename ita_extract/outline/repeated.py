"""Records written as labels and values, the same labels again for each: registers of risks, lists of measures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from ita_extract.model import Quote
from ita_extract.outline.headings import activity_heading
from ita_extract.outline.model import ActivityLevel, Card, Line, SectionPart
from ita_extract.thai.calendar_words import soft
from ita_extract.thai.labels import Label, split_label
from ita_extract.thai.text import fold_digits, key

MIN_KNOWN = 3
"""Known labels that a record must have, so that a list of names and numbers is none."""
TITLES: dict[str, ActivityLevel] = {
    "risk_management": "measure",
    "measure": "measure",
    "activity": "activity",
    "step": "step",
}
"""Fields whose value is what a record is about, with the level of that activity; the first that is there counts."""

_LABELLED = re.compile(r"(?P<label>[^\s:：][^:：\n]{0,58}?)\s*[:：](?!//)(?!\d\d\b)\s*(?P<value>.*)", re.DOTALL)
_HEADING = re.compile(rf"(?P<word>[ก-๎]{{3,30}}?)\s*(?:(?:ลำดับ)?{soft('ที่')})?\s*(?P<number>[\d๐-๙]{{1,3}})\.?")


@dataclass(frozen=True, slots=True)
class Repeated:
    """The records of a document and the lines that begin a field in them, whether their label is known or not."""

    cards: tuple[Card, ...] = ()
    labels: frozenset[int] = frozenset()
    headings: frozenset[int] = frozenset()


def read_repeated(lines: Sequence[Line], sections: Sequence[SectionPart], taken: Sequence[Card]) -> Repeated:
    """The records in all sections that hold no activity headings (`taken`) of their own."""
    busy = {card.section for card in taken}
    found = [
        _of_section(_with_opening(part, lines), lines) for part in sections if part.index not in busy and part.lines
    ]
    cards = tuple(card for one in found for card in one.cards)
    return Repeated(
        cards,
        frozenset(line for one in found for line in one.labels),
        frozenset(line for one in found for line in one.headings),
    )


def _with_opening(part: SectionPart, lines: Sequence[Line]) -> SectionPart:
    """The section with the lines above it whose labels come again below: a form begins only at a label it knows."""
    labels = {_label_of(lines[i].text) for i in part.lines}
    first = part.lines[0]
    while first and (label := _label_of(lines[first - 1].text)) is not None and label in labels:
        first -= 1
    return replace(part, lines=(*range(first, part.lines[0]), *part.lines))


def _of_section(part: SectionPart, lines: Sequence[Line]) -> Repeated:
    labels = {i: label for i in part.lines if (label := _label_of(lines[i].text)) is not None}
    counts = Counter(labels.values())
    starts = _starts(part, labels, counts)
    if len(starts) < 2:
        return Repeated()
    headings = _headings(lines, starts)
    labelled = {i for i, label in labels.items() if counts[label] > 1 and i >= starts[0]}
    cards: list[Card] = []
    for first, end in pairwise([*starts, part.lines[-1] + 1]):
        inside = [i for i in part.lines if first <= i < end and i not in headings]
        card = _card(lines, inside, part, labelled)
        if card is None:
            return Repeated()
        heading = headings.get(first - 1)
        number = int(fold_digits(heading)) if heading is not None else None
        cards.append(replace(card, number=number, number_raw=heading))
    return Repeated(tuple(cards), frozenset(labelled), frozenset(headings))


def _label_of(text: str) -> str | None:
    """The folded words before a colon."""
    match = _LABELLED.match(text)
    if match is None or activity_heading(text) is not None:
        return None
    return key(match["label"]) or None


def _starts(part: SectionPart, labels: dict[int, str], counts: Counter[str]) -> list[int]:
    """The lines where records begin: the first label that comes again, each time."""
    first = next((i for i in part.lines if i in labels and counts[labels[i]] > 1), None)
    return [i for i in part.lines if first is not None and labels.get(i) == labels[first]]


def _card(lines: Sequence[Line], inside: Sequence[int], part: SectionPart, labelled: set[int]) -> Card | None:
    """One record as an activity with its fields below; None where too few labels are known, or it is a whole form."""
    known: dict[str, tuple[int, Label]] = {}
    for index in inside:
        label = split_label(lines[index].text, "fields")
        if label is not None and label.key is not None:
            known.setdefault(label.key, (index, label))
    name = next((name for name in TITLES if name in known), None)
    if name is None or len(known) < MIN_KNOWN or "plan_title" in known:
        return None
    index, label = known[name]
    head = lines[index].quote.slice(label.label_start, label.label_end)
    below = takewhile(lambda i: i not in labelled, (i for i in inside if i > index))
    value = [lines[index].quote.slice(label.value_start).strip(), *(lines[i].quote for i in below)]
    title = Quote.join([quote for quote in value if quote], "\n")
    return Card(0, TITLES[name], None, None, head, title, part.index, inside[0], tuple(inside), is_record=True)


def _headings(lines: Sequence[Line], starts: Sequence[int]) -> dict[int, str]:
    """Lines right above records that number them (`ความเสี่ยงที่ 2`), with the number as printed."""
    above = {i - 1: match for i in starts if i and (match := _HEADING.fullmatch(lines[i - 1].text.strip()))}
    words = Counter(match["word"] for match in above.values())
    return {i: match["number"] for i, match in above.items() if words[match["word"]] > 1}


def in_order(cards: Sequence[Card], records: Sequence[Card]) -> tuple[Card, ...]:
    """All cards by their place in the document, numbered anew."""
    ordered = sorted([*cards, *records], key=lambda card: card.line)
    return tuple(replace(card, index=number) for number, card in enumerate(ordered))
