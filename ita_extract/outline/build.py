"""Builds the outline: one pass over the flow cuts sections, then fields and headings are read off the lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property

from ita_extract.lexicon import load
from ita_extract.model import Document, Figure, Paragraph, Quote
from ita_extract.outline.fields import FORM_KINDS, Layout, read_cards, read_fields
from ita_extract.outline.flow import FlowItem, flow
from ita_extract.outline.headed import Headed, read_headed
from ita_extract.outline.headings import activity_heading, indicator_heading, repeated_headings, section_kind
from ita_extract.outline.inline import inline_parts
from ita_extract.outline.model import Grid, Line, Outline, SectionKind, SectionPart
from ita_extract.outline.repeated import in_order, read_repeated
from ita_extract.outline.tables import GridPart, is_form_paragraph, without_dittos
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import key

NEAR = 4
"""An activity's heading stands within so many lines below the heading of its page."""
HEAD_LINES = 10
_MEETING_NUMBER = re.compile(r"\s*(?:.{0,80}\s)?ครั้งที่\s*[\d๐-๙]{1,3}")
_EXCERPT_MARKS = ("✳", "***", "* * *", "ฯลฯ", "…………")


@dataclass
class _Part:
    kind: SectionKind
    heading: Quote | None
    first_page: int
    last_page: int
    lines: list[int] = field(default_factory=list)
    is_excerpt: bool = False
    repeat_of: int | None = None


class _Builder:
    """Walks the flow once, opening a section wherever a heading or another kind of content begins."""

    def __init__(self, items: list[FlowItem]) -> None:
        self.items = items
        self.parts: list[_Part] = []
        self.lines: list[Line] = []
        self.grids: list[Grid] = []
        self.figures: list[tuple[Figure, int, int]] = []
        self.pairs: dict[int, int] = {}
        self.labels: set[int] = set()
        paragraphs = [i.content for i in items if isinstance(i.content, Paragraph) and not i.pair]
        self.repeated = repeated_headings(paragraphs)
        self.seen_headings: dict[str, int] = {}
        self.first_lines: dict[str, int] = {}
        self.in_card = False

    def run(self) -> None:
        for item in self.items:
            if isinstance(item.content, Paragraph):
                for paragraph in inline_parts(item.content):
                    self._paragraph(paragraph, item)
            elif isinstance(item.content, Figure):
                self._part(item.page)
                self.figures.append((item.content, len(self.parts) - 1, len(self.lines) - 1))
            else:
                self._grid(item.content, item)

    def _paragraph(self, paragraph: Paragraph, item: FlowItem) -> None:
        after_card = bool(self.lines) and activity_heading(self.lines[-1].text) is not None
        kind = None if after_card else self._opens(paragraph, item)
        if kind is not None:
            self._open(kind, paragraph.quote, item.page)
        part = self._part(item.page)
        line = Line(len(self.lines), paragraph, item.page, len(self.parts) - 1)
        self.lines.append(line)
        self.in_card = self.in_card or activity_heading(paragraph.text) is not None
        self.pairs[line.index] = item.pair
        if item.is_label:
            self.labels.add(line.index)
        part.lines.append(line.index)
        part.last_page = item.page
        if any(mark in paragraph.text for mark in _EXCERPT_MARKS[:3]):
            part.is_excerpt = True

    def _opens(self, paragraph: Paragraph, item: FlowItem) -> SectionKind | None:
        """The kind of section that begins with this paragraph, None when the current one goes on."""
        current = self.parts[-1].kind if self.parts else None
        if item.pair:
            starts_form = current != "plan_form" and not self.in_card
            return "plan_form" if starts_form and is_form_paragraph(paragraph) else None
        if current == "minutes" and parse_numbering(paragraph.text) is not None:
            return None  # an agenda item may be about a policy or an announcement
        kind = section_kind(paragraph)
        if kind is not None and not (kind == current == "press_release"):
            return kind
        if indicator_heading(paragraph.text) is not None and current != "minutes":
            return "policy"
        if self._heads_page(paragraph, current):
            return "evidence"
        starts_form = current in (None, "unknown", "activity_table", "score_table") and not self.in_card
        if starts_form and is_form_paragraph(paragraph):
            return "plan_form"
        return None

    def _heads_page(self, paragraph: Paragraph, current: SectionKind | None) -> bool:
        """Whether a line is the heading that page after page begins with.

        Within minutes only a heading that stood before them counts: resolutions and positions repeat, too.
        """
        folded = key(paragraph.text)
        if folded not in self._page_headings or current == "plan_form":
            return False
        first = self.first_lines.setdefault(folded, len(self.lines))
        return current != "minutes" or first < self.parts[-1].lines[0]

    @cached_property
    def _page_headings(self) -> set[str]:
        """Repeated lines that head pages of evidence: an activity's heading stands below them, not above (a title)."""
        paragraphs = [i.content for i in self.items if isinstance(i.content, Paragraph)]
        folded = [key(p.text) for p in paragraphs]
        heads = [activity_heading(p.text) is not None for p in paragraphs]
        titles = {text for text, after_heading in zip(folded[1:], heads, strict=False) if after_heading}
        found = {text for at, text in enumerate(folded) if text in self.repeated and any(heads[at + 1 : at + 1 + NEAR])}
        return found - titles

    def _grid(self, part: GridPart, item: FlowItem) -> None:
        wanted: dict[str, SectionKind] = {"activity": "activity_table", "score": "score_table"}
        kind = wanted.get(part.kind)
        current = self.parts[-1].kind if self.parts else None
        if kind is not None and current != kind and current not in ("minutes", "press_release"):
            self._open(kind, None, item.page)
        section = self._part(item.page)
        section.last_page = item.last_page
        self.grids.append(
            Grid(
                index=len(self.grids),
                kind=part.kind,
                columns=part.columns,
                rows=without_dittos(part.rows),
                section=len(self.parts) - 1,
                page=item.page,
                after_line=len(self.lines) - 1,
                tables=item.tables,
            )
        )

    def _open(self, kind: SectionKind, heading: Quote | None, page: int) -> None:
        self.in_card = False
        folded = key(heading.text) if heading else ""
        repeat = self.seen_headings.get(folded) if folded else None
        self.parts.append(_Part(kind, heading, page, page, repeat_of=repeat))
        if folded:
            self.seen_headings.setdefault(folded, len(self.parts) - 1)

    def _part(self, page: int) -> _Part:
        if not self.parts:
            self.parts.append(_Part("unknown", None, page, page))
        return self.parts[-1]


def _is_unheaded_minutes(part: _Part, lines: list[Line]) -> bool:
    """Minutes whose heading is worded otherwise: a meeting's number near the top, and a list of those present."""
    if part.kind != "unknown":
        return False
    texts = [lines[index].text for index in part.lines]
    numbered = any(_MEETING_NUMBER.match(text) for text in texts[:HEAD_LINES])
    words = load("parts")["attendance"]
    lists = tuple(key(word) for word in (*words["present"], *words["absent"]))
    return numbered and any(key(text).startswith(lists) and len(text) < 60 for text in texts)


def outline(document: Document) -> Outline:
    """The outline of a document."""
    builder = _Builder(flow(document))
    builder.run()
    for part in builder.parts:
        if _is_unheaded_minutes(part, builder.lines):
            part.kind = "minutes"
    sections = tuple(
        SectionPart(index, p.kind, p.heading, p.first_page, p.last_page, tuple(p.lines), p.is_excerpt, p.repeat_of)
        for index, p in enumerate(builder.parts)
    )
    lines = tuple(builder.lines)
    named = read_cards(lines, sections)
    forms = [part for part in sections if part.kind in FORM_KINDS]
    headed = Headed() if named else read_headed(lines, forms)
    repeated = read_repeated(lines, forms, (*named, *headed.cards))
    cards = in_order((*named, *headed.cards), repeated.cards)
    labels = builder.labels | repeated.labels
    layout = Layout(builder.pairs, labels, document.source, repeated.headings, headed.spaced)
    fields = read_fields(lines, sections, tuple(builder.grids), cards, layout)
    owners = {grid: f.order for f in fields for grid in f.grids}
    grids = tuple(replace(grid, field=owners.get(grid.index)) for grid in builder.grids)
    return Outline(document, sections, lines, fields, grids, cards, tuple(builder.figures))
