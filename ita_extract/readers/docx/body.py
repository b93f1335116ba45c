"""The body of a Word document → drafts in reading order, with the page that each stands on."""

from __future__ import annotations

from dataclasses import dataclass, field

from ita_extract.model import PageFacts
from ita_extract.readers.docx.names import child, elements, is_on, qn, val, whole
from ita_extract.readers.docx.numbering import Label, Numbering
from ita_extract.readers.docx.styles import Styles
from ita_extract.readers.docx.tables import TableCell, cells_of
from ita_extract.readers.docx.text import Anchored, FieldState, Inline, chosen
from ita_extract.readers.drafts import Draft, DraftCell, DraftFigure, DraftParagraph, DraftTable, paragraphs_of
from ita_extract.readers.marks import find_marks
from ita_extract.readers.ooxml import Element
from ita_extract.readers.reading import Reading
from ita_extract.readers.text_lines import Piece, TextLine
from ita_extract.readers.type_headings import Candidate

MAX_DEPTH = 40
"""Deeper nesting of tables and boxes is damage or attack; Word itself ends at 64 levels."""

_HOLDERS = frozenset(map(qn, ("w:customXml", "w:ins", "w:moveTo", "w:sdtContent", "w:smartTag")))


@dataclass(slots=True)
class Parts:
    """What the body refers to: notes and running heads by id, as trees."""

    notes: dict[tuple[str, str], Element] = field(default_factory=dict)
    heads: dict[str, Element] = field(default_factory=dict)
    uneven_heads: bool = False


class Body:
    """Walks the body once. Everything found goes into `reading`; `candidates` are lines that may be headings."""

    def __init__(self, reading: Reading, styles: Styles, numbering: Numbering, parts: Parts) -> None:
        self.reading = reading
        self.candidates: list[Candidate] = []
        self._styles = styles
        self._numbering = numbering
        self._parts = parts
        self._fields = FieldState()
        self._page = 1
        self._page_has_text = False
        self._notes: list[Element] = []
        self._seen_heads: set[str] = set()

    def read(self, body: Element) -> None:
        """Reads the whole body, section by section."""
        sections = list(body.iter(qn("w:sectPr")))
        self._begin_section(sections[0] if sections else None)
        ends = {id(section): number for number, section in enumerate(sections)}
        for item in elements(body):
            self.reading.drafts += self._block(item, 0)
            section = child(item, "w:pPr/w:sectPr")
            if section is not None and ends[id(section)] + 1 < len(sections):
                self._end_section(section)
                following = sections[ends[id(section)] + 1]
                if val(following, "w:type") != "continuous":
                    self._break_page()
                self._begin_section(following)
        if sections:
            self._end_section(sections[-1])

    # -------------------------------------------------------------- pages and sections
    def _break_page(self) -> None:
        """A new page, unless nothing stands on this one: Word notes a break where it asks for it and where it falls."""
        if self._page_has_text:
            self._page += 1
            self._page_has_text = False
            if len(self.reading.pages) < self._page:
                self.reading.pages.append(self.reading.pages[-1])

    def _begin_section(self, section: Element | None) -> None:
        width, height = (whole(val(section, "w:pgSz", name)) / 20 for name in ("w:w", "w:h"))
        facts = PageFacts(width=width or None, height=height or None)
        del self.reading.pages[self._page - 1 :]
        self.reading.pages.append(facts)
        self._running(section, "w:headerReference")

    def _end_section(self, section: Element) -> None:
        self._running(section, "w:footerReference")

    def _running(self, section: Element | None, kind: str) -> None:
        """Heads and feet of a section, each once in the document: they belong to the page and not to the text."""
        for reference in section.findall(qn(kind)) if section is not None else ():
            name, place = reference.get(qn("r:id"), ""), reference.get(qn("w:type"), "default")
            shown = is_on(section, "w:titlePg") if place == "first" else place == "default" or self._parts.uneven_heads
            root = self._parts.heads.get(name)
            if root is None or name in self._seen_heads or not shown:
                continue
            self._seen_heads.add(name)
            for paragraph in paragraphs_of(self.blocks(root, 1, in_cell=True)):
                if isinstance(paragraph, DraftParagraph):
                    paragraph.kind = "furniture"
                    self.reading.drafts.append(paragraph)

    # -------------------------------------------------------------- blocks
    def blocks(self, parent: Element, depth: int, *, in_cell: bool) -> list[Draft]:
        """The blocks that an element holds."""
        found: list[Draft] = []
        for item in elements(parent):
            found += self._block(item, depth, in_cell=in_cell)
        return found

    def _block(self, item: Element, depth: int, *, in_cell: bool = False) -> list[Draft]:
        if depth > MAX_DEPTH:
            return []
        if item.tag == qn("w:p"):
            return self._paragraph(item, depth, in_cell) + self._pending_notes(depth, in_cell)
        if item.tag == qn("w:tbl"):
            return [*self._table(item, depth), *self._pending_notes(depth, in_cell)]
        if item.tag == qn("w:sdt"):
            content = child(item, "w:sdtContent")
            hint = is_on(child(item, "w:sdtPr"), "w:showingPlcHdr")
            return self.blocks(content, depth + 1, in_cell=in_cell) if content is not None and not hint else []
        if item.tag == qn("mc:AlternateContent"):
            return self.blocks(chosen(item), depth + 1, in_cell=in_cell)
        if item.tag in _HOLDERS:
            return self.blocks(item, depth + 1, in_cell=in_cell)
        if item.tag == qn("w:altChunk"):
            self.reading.warnings.append("a part that was pasted in as a file of another kind was not read")
        return []

    def _paragraph(self, item: Element, depth: int, in_cell: bool) -> list[Draft]:
        properties = child(item, "w:pPr")
        if is_on(properties, "w:pageBreakBefore") and not in_cell:
            self._break_page()
        inline = Inline(self._styles, self._styles.paragraph_style(properties), self._fields)
        inline.read(item)
        label = None
        if inline.has_text or child(properties, "w:rPr/w:del") is None:
            label = self._numbering.label(properties)
        if label is not None and (inline.has_text or not label.is_bullet):
            inline.put_before(label.text + label.separator)
        drafts = self._lines(inline, label, in_cell)
        level = 0 if in_cell else self._styles.heading_level(properties)
        for draft in drafts if level else ():
            draft.role, draft.level = "heading", level
        others = (self._hanging(what, depth, in_cell) for _, what in inline.anchored)
        return [*drafts, *(draft for found in others for draft in found)]

    def _lines(self, inline: Inline, label: Label | None, in_cell: bool) -> list[DraftParagraph]:
        """The lines of a paragraph, with the page breaks between them."""
        is_item = label is not None and label.is_bullet
        breaks = [line for line, (kind, _) in inline.anchored if kind == "page"]
        found: list[DraftParagraph] = []
        for number, line in enumerate(inline.lines):
            for _ in range(breaks.count(number)):
                self._break_page()
            (quote,) = self.reading.quotes([line])
            text = quote.strip()
            if text:
                draft = DraftParagraph(text, self._page, bold_end=_bold_end(line, quote.text))
                if is_item and label is not None:
                    _make_item(draft, label)
                self.candidates.append(Candidate(draft, line, may_head=not in_cell and not is_item))
                found.append(draft)
                self._page_has_text = True
        if len(inline.lines) in breaks:
            self._break_page()
        return found

    def _hanging(self, what: Anchored, depth: int, in_cell: bool) -> list[Draft]:
        """Text boxes and pictures stand behind the paragraph on which they hang; notes wait for the block's end."""
        kind, item = what
        if kind == "note":
            note = self._parts.notes.get((item.tag, item.get(qn("w:id"), "")))
            if note is not None:
                self._notes.append(note)
        elif kind == "picture":
            (quote,) = self.reading.quotes([TextLine()])
            self._page_has_text = True
            return [DraftFigure(quote, self._page, is_present=True)]
        elif kind == "box":
            return self.blocks(item, depth + 1, in_cell=in_cell)
        return []

    def _pending_notes(self, depth: int, in_cell: bool) -> list[Draft]:
        """Notes stand behind the paragraph or table that refers to them; inside a table they wait for its end."""
        if in_cell or not self._notes:
            return []
        notes, self._notes = self._notes, []
        return [draft for note in notes for draft in self.blocks(note, depth + 1, in_cell=True)]

    # -------------------------------------------------------------- tables
    def _table(self, item: Element, depth: int) -> list[Draft]:
        page = self._page
        cells: list[DraftCell] = []
        row, first, furthest = -1, page, page
        for cell in cells_of(item):
            if cell.row != row:
                row, first = cell.row, furthest
            self._page = first
            blocks = self._cell(cell, depth)
            furthest = max(furthest, self._page)
            cells.append(DraftCell(cell.row, cell.column, cell.row_span, cell.column_span, blocks, cell.is_header))
        self._page = furthest
        return [DraftTable(cells, page)] if cells else []

    def _cell(self, cell: TableCell, depth: int) -> list[Draft]:
        blocks = self.blocks(cell.source, depth + 1, in_cell=True)
        if cell.mark is not None and not blocks:
            (quote,) = self.reading.quotes([TextLine([Piece(cell.mark.glyph, mark=cell.mark)])])
            blocks = [DraftParagraph(quote, self._page)]
        return blocks


def _make_item(draft: DraftParagraph, label: Label) -> None:
    """A list item without its bullet, as in every other reader; a check box and a dash before an item stay."""
    draft.role = "list_item"
    bullet = label.text.strip()
    if draft.text.startswith(bullet) and not find_marks(bullet + " ") and bullet not in "-–—":
        draft.quote = draft.quote.slice(len(bullet)).strip()
        draft.bold_end = max(0, draft.bold_end - len(bullet) - 1)


def _bold_end(line: TextLine, text: str) -> int:
    """Where bold type ends that begins the line (without its leading space) and is not all of it."""
    indent = len(text) - len(text.lstrip())
    return 0 if line.is_bold else max(0, min(line.bold_length - indent, len(text.strip())))
