"""Labelled fields and activity headings, read off the lines of the flow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ita_extract.lexicon import load
from ita_extract.model import Mark, Quote
from ita_extract.outline.headings import activity_heading
from ita_extract.outline.model import Card, Field, Grid, Line, SectionPart
from ita_extract.thai.labels import Label, split_label, unknown_label
from ita_extract.thai.names import find_names
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import key

FORM_KINDS = frozenset({"plan_form", "evidence", "unknown", "annex", "activity_table", "score_table"})
"""Kinds of sections in which labelled fields are looked for;

minutes, policies and press releases have labels of their own.
"""

LONG_VALUE_LINE = 1500
_LETTER_HEAD = re.compile(r"\s*(?:ที่\s+[ก-ฮ]{1,4}\s?\d|เรื่อง\s{2,}|เรียน\s|อ้างถึง\s|สิ่งที่ส่งมาด้วย\s)")
"""Lines of the head of a letter or memorandum; none of them goes on with the line above."""
SIGNED = 3
"""Lines below the name of one who signed in which posts and roles stand."""
_SIGNER = re.compile(r"\s*[(（][^()（）]{5,80}[)）]\s*")
_BLANK = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the lines stand: the layout-table cell of each, which of them begin with a label because of their place,
    the source, lines that number the records below them, and lines whose label may end at a mere space.
    """

    pairs: dict[int, int]
    labels: set[int]
    source: str
    headings: frozenset[int] = frozenset()
    spaced: frozenset[int] = frozenset()


def read_cards(lines: tuple[Line, ...], sections: tuple[SectionPart, ...]) -> tuple[Card, ...]:
    """The activity headings of the flow, each with the lines below it up to the next heading or section."""
    cards: list[Card] = []
    below: list[list[int]] = []
    open_section = -1
    skip = -1
    for line in lines:
        if line.index == skip:
            continue
        heading = activity_heading(line.text) if sections[line.section].kind in FORM_KINDS else None
        if heading is None:
            if cards and line.section == open_section:
                below[-1].append(line.index)
            continue
        title = line.quote.slice(heading.title_start).strip()
        if not title and _heads_form(lines, line):
            continue
        if not title:
            follower = _title_below(lines, line)
            if follower is not None:
                title, skip = _title_quote(lines, follower)
        title, status = _without_status(title)
        cards.append(
            Card(
                len(cards), heading.level, heading.number, heading.number_raw,
                line.quote.slice(0, heading.title_start).strip(), title, line.section, line.index, status=status,
            )
        )  # fmt: skip
        below.append([])
        open_section = line.section
    return tuple(_with_lines(card, tuple(rest)) for card, rest in zip(cards, below, strict=True))


def _with_lines(card: Card, lines: tuple[int, ...]) -> Card:
    return replace(card, lines=lines)


def _without_status(title: Quote) -> tuple[Quote, Quote | None]:
    """A title and the status in brackets behind it: `โครงการอบรม (ดำเนินการแล้วเสร็จ)`."""
    match = re.search(r"\s*[(（]([^()（）]{3,40})[)）]\s*$", title.text)
    words = [key(word) for group in load("parts")["status"].values() for word in group]
    if match is None or key(match[1]) not in words:
        return title, None
    return title.slice(0, match.start()), title.slice(*match.span(1))


def _heads_form(lines: tuple[Line, ...], heading: Line) -> bool:
    """`โครงการที่ 2` above `ชื่อโครงการ : …` numbers a form; the form itself tells what it is about."""
    below = lines[heading.index + 1].text if heading.index + 1 < len(lines) else ""
    label = split_label(below, "fields")
    return label is not None and label.key == "plan_title"


def _title_below(lines: tuple[Line, ...], heading: Line) -> Line | None:
    """The line below a heading that stands alone, when it can be its title."""
    index = heading.index + 1
    if index >= len(lines) or lines[index].section != heading.section:
        return None
    line = lines[index]
    if activity_heading(line.text) is not None or split_label(line.text, "fields") is not None:
        return None
    return line


def _title_quote(lines: tuple[Line, ...], first: Line) -> tuple[Quote, int]:
    """The title and the index of its last line; a title whose bracket is still open runs on to the next line."""
    following = first.index + 1
    if following < len(lines) and lines[following].section == first.section and _runs_on(first, lines[following]):
        return Quote.join([first.quote, lines[following].quote], ""), following
    return first.quote, first.index


def _runs_on(line: Line, following: Line) -> bool:
    """Whether a wrapped title goes on:

    the next source line closes a bracket or follows at once after a joining word.
    """
    if following.quote.start - line.quote.end > 2 or activity_heading(following.text) is not None:
        return False
    opened = line.text.count("(") - line.text.count(")")
    return opened > 0 or line.text.rstrip().endswith(("และ", "หรือ", "ของ", "ใน", "เพื่อ", "การ"))


def _is_signer(text: str) -> bool:
    """Whether a line is the name of one who signed, in brackets."""
    return _SIGNER.fullmatch(text) is not None and bool(find_names(text))


@dataclass
class _Open:
    """A field whose value is still being collected."""

    label: Quote
    match: Label
    section: int
    card: int | None
    form: int
    pair: int
    parts: list[Quote] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    grids: list[int] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    closed: bool = False


def read_fields(
    lines: tuple[Line, ...],
    sections: tuple[SectionPart, ...],
    grids: tuple[Grid, ...],
    cards: tuple[Card, ...],
    layout: Layout,
) -> tuple[Field, ...]:
    """All labelled fields in reading order, each with the lines and tables of its value."""
    collector = _Collector(sections, cards, layout)
    after: dict[int, list[Grid]] = {}
    for grid in grids:
        after.setdefault(grid.after_line, []).append(grid)
    for grid in after.get(-1, ()):
        collector.grid(grid)
    for line in lines:
        collector.line(line)
        for grid in after.get(line.index, ()):
            collector.grid(grid)
    return collector.finish()


class _Collector:
    def __init__(self, sections: tuple[SectionPart, ...], cards: tuple[Card, ...], layout: Layout) -> None:
        self.sections = sections
        self.layout = layout
        self.card_of_line = {i: card.index for card in cards for i in card.lines}
        self.heading_lines = {card.line for card in cards if card.line not in card.lines} | layout.headings
        self.title_lines = {i for card in cards for i in range(card.line, (card.lines or (card.line + 1,))[0])}
        self.fields: list[_Open] = []
        self.form = 0
        self.seen: set[str] = set()
        self.path: tuple[int, ...] = ()
        self.above: list[str] = []

    @property
    def current(self) -> _Open | None:
        return self.fields[-1] if self.fields and not self.fields[-1].closed else None

    def line(self, line: Line) -> None:
        section = self.sections[line.section]
        if section.kind not in FORM_KINDS or line.index in self.heading_lines or line.index in self.title_lines:
            self._close()
            return
        if self.fields and self.fields[-1].section != line.section:
            self._close()
        label = self._label(line)
        is_role = label is not None and self._names_signer(line, label)
        self.above = [*self.above[1 - SIGNED :], line.text]
        if is_role:
            self._close()
        elif label is not None and (label.key is not None or self._accepts_unknown(label)):
            self._open_field(line, label)
        elif (current := self.current) is not None and self._continues(current, line):
            current.parts.append(line.quote)
            current.pair = self.layout.pairs.get(line.index, 0)
            current.lines.append(line)
            current.marks.extend(line.marks)
        else:
            self._close()

    def _label(self, line: Line) -> Label | None:
        """The label a line begins with; its number may go on with that of the field before."""
        numbering = parse_numbering(line.text)
        path = numbering.path if numbering else ()
        in_sequence = bool(path) and bool(self.path) and path[:-1] == self.path[:-1] and path[-1] == self.path[-1] + 1
        near = in_sequence or line.index in self.layout.spaced
        label = split_label(line.text, "fields", bold_end=line.paragraph.bold_end, in_sequence=near)
        if label is None and (line.index in self.layout.labels or self._is_listed_label(line)):
            label = unknown_label(line.text)
        if label is not None and path:
            self.path = path
        return label

    def _names_signer(self, line: Line, label: Label) -> bool:
        """Whether a label stands alone below the name of one who signed: it says who that was (`ผู้รายงาน`)."""
        bare = label.number_raw is None and not line.text[label.label_end :].strip()
        return bare and any(_is_signer(text) for text in self.above)

    def _is_listed_label(self, line: Line) -> bool:
        """`- ผู้ตรวจ: …` in a list whose other items are fields begins a field, too."""
        current = self.current
        if current is None or line.paragraph.role != "list_item" or current.lines[0].paragraph.role != "list_item":
            return False
        return re.match(r"[-–•*\s]*[^:：\d]{2,40}\s*[:：](?!//)", line.text) is not None

    def _accepts_unknown(self, label: Label) -> bool:
        """A label without a canonical key is a field when it is known, or numbered in a form already under way."""
        return label.score >= 100 or (label.number_raw is not None and bool(self.fields))

    def _continues(self, current: _Open, line: Line) -> bool:
        """Whether a line without label goes on with the open field's value."""
        if line.paragraph.role == "heading" or len(line.text) > LONG_VALUE_LINE or "ลงชื่อ" in line.text:
            return False
        if _LETTER_HEAD.match(line.text) or (current.parts and _is_signer(line.text)):
            return False
        pair = self.layout.pairs.get(line.index, 0)
        if current.pair != pair and current.parts and current.pair != 0:
            return False  # another cell of the layout table
        if self._stands_apart(current, line):
            return False
        return self.card_of_line.get(line.index) == current.card

    def _stands_apart(self, current: _Open, line: Line) -> bool:
        """A blank line ends a value that began right below its label: what follows is text of the document."""
        if not current.parts or len(current.lines) < 2:
            return False
        gaps = [self.layout.source[a.quote.end : b.quote.start] for a, b in pairwise([*current.lines, line])]
        return "<" not in gaps[-1] and not _BLANK.search(gaps[0]) and _BLANK.search(gaps[-1]) is not None

    def _open_field(self, line: Line, label: Label) -> None:
        card = self.card_of_line.get(line.index)
        if card is None and label.key == "plan_title":
            if "plan_title" in self.seen:
                self.form += 1
                self.seen.clear()
            self.seen.add("plan_title")
        opened = _Open(
            label=line.quote.slice(label.label_start, label.label_end),
            match=label,
            section=line.section,
            card=card,
            form=self.form,
            pair=self.layout.pairs.get(line.index, 0),
            lines=[line],
            marks=list(line.marks),
        )
        value = line.quote.slice(label.value_start).strip()
        if value:
            opened.parts.append(value)
        self.fields.append(opened)

    def grid(self, grid: Grid) -> None:
        current = self.current
        if current is None or (
            current.section != grid.section and self.sections[grid.section].kind == "activity_table"
        ):
            self._close()
            return
        if grid.kind == "scale" or not current.parts or current.match.key in ("timeline", "period"):
            current.grids.append(grid.index)
        if grid.kind != "scale":
            self._close()

    def _close(self) -> None:
        if self.fields:
            self.fields[-1].closed = True

    def finish(self) -> tuple[Field, ...]:
        return tuple(
            Field(
                order=order,
                label=f.label,
                key=f.match.key,
                also=f.match.also,
                number_raw=f.match.number_raw,
                value=Quote.join(f.parts, "\n"),
                lines=tuple(f.lines),
                grids=tuple(f.grids),
                section=f.section,
                form=f.form,
                card=f.card,
                marks=tuple(f.marks),
                value_start=f.match.value_start,
            )
            for order, f in enumerate(self.fields, 1)
        )
