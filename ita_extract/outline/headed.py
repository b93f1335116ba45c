"""Records under headings of their own: `1. โครงการ…`, `2. กิจกรรม…`, each with the same labels below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ita_extract.outline.headings import activity_heading, level_of
from ita_extract.outline.model import Card, Line, SectionPart
from ita_extract.thai.labels import split_label
from ita_extract.thai.numbering import parse_numbering

MAX_TITLE = 200
MIN_SHARED = 2
"""Labels that two records must have in common."""


@dataclass(frozen=True, slots=True)
class Headed:
    """The records found, and the lines in them at which a label ends at a mere space (`งบประมาณ 500 บาท`)."""

    cards: tuple[Card, ...] = ()
    spaced: frozenset[int] = frozenset()


def read_headed(lines: Sequence[Line], sections: Sequence[SectionPart]) -> Headed:
    """The records in the lines of some sections; none where a label names the projects (then they are forms)."""
    flow = [line for part in sections for line in (lines[i] for i in part.lines)]
    keys = {line.index: label for line in flow if (label := _label(line)) is not None}
    if "plan_title" in keys.values():
        return Headed()
    starts = [
        at for at, line in enumerate(flow) if _is_heading(line) and at + 1 < len(flow) and flow[at + 1].index in keys
    ]
    blocks = [flow[a:b] for a, b in pairwise([*starts, len(flow)])] if starts else []
    kept = _alike(blocks, keys)
    if not kept or not _counts_up([block[0] for block in kept]):
        return Headed()
    told = [key for block in kept for key in {keys[line.index] for line in block if line.index in keys}]
    common = {key for key in told if told.count(key) > 1}
    spaced = frozenset(line.index for block in kept for line in block[1:] if keys.get(line.index) in common)
    return Headed(tuple(_card(block) for block in kept), spaced)


def _label(line: Line) -> str | None:
    """The known label that a line begins with, be it set apart by no more than a space."""
    label = split_label(line.text, "fields", bold_end=line.paragraph.bold_end, in_sequence=True)
    return label.key if label is not None else None


def _is_heading(line: Line) -> bool:
    if len(line.text) > MAX_TITLE or activity_heading(line.text) is not None or split_label(line.text, "fields"):
        return False
    numbering = parse_numbering(line.text)
    numbered = numbering is not None and len(numbering.path) == 1
    title = line.text[numbering.end :] if numbering is not None else line.text
    return (numbered and level_of(title) is not None) or (line.paragraph.role == "heading" and line.paragraph.level > 1)


def _alike(blocks: Sequence[Sequence[Line]], keys: dict[int, str]) -> list[Sequence[Line]]:
    """The blocks that share labels with another one."""
    labels = [{keys[line.index] for line in block[1:] if line.index in keys} for block in blocks]
    return [
        block
        for at, block in enumerate(blocks)
        if any(len(labels[at] & other) >= MIN_SHARED for place, other in enumerate(labels) if place != at)
    ]


def _counts_up(headings: Sequence[Line]) -> bool:
    """Whether the numbers of headings, where they print any, count up from 1."""
    numbers = [n.path[-1] for line in headings if (n := parse_numbering(line.text)) is not None and n.path]
    return not numbers or numbers == list(range(1, len(headings) + 1))


def _card(block: Sequence[Line]) -> Card:
    line = block[0]
    numbering = parse_numbering(line.text)
    number = numbering.path[-1] if numbering is not None and numbering.path else None
    start = numbering.end if numbering is not None else 0
    title = line.quote.slice(start).strip()
    inside = tuple(each.index for each in block[1:])
    return Card(
        0, level_of(title.text) or "activity", number, numbering.raw if number is not None and numbering else None,
        line.quote.slice(0, start).strip(), title, line.section, line.index, inside, is_record=True,
    )  # fmt: skip
