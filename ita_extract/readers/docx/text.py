"""The content of a Word paragraph as lines: runs, fields, symbols, check boxes, and what is anchored in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ita_extract.readers.docx.names import child, elements, is_on, qn, val, whole
from ita_extract.readers.docx.styles import Look, Styles
from ita_extract.readers.marks import DrawnMark
from ita_extract.readers.ooxml import Element
from ita_extract.readers.symbol_fonts import sign_of
from ita_extract.readers.text_lines import Piece, TextLine

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DELETED = frozenset(map(qn, ("w:del", "w:moveFrom", "w:delText", "w:delInstrText", "w:rPr", "w:pPr")))
_LINKS = ("w:hyperlink", "w:fldSimple", "w:smartTag", "w:customXml", "w:bdo", "w:dir", "w:rubyBase")
_PASSED_THROUGH = frozenset(map(qn, ("w:ins", "w:moveTo", *_LINKS)))
_MATH = qn("m:r").removesuffix("r")
_SPACERS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:noBreakHyphen"): "-"}


Anchored = tuple[Literal["box", "picture", "note", "page"], Element]
"""What hangs on a paragraph: a text box's content, a picture, a reference to a note, a page break."""


@dataclass(slots=True)
class FieldState:
    """Open fields, outermost first: whether the result (and no longer the instruction) is being read."""

    shows: list[bool] = field(default_factory=list)

    @property
    def is_hidden(self) -> bool:
        """Whether what stands here is an instruction."""
        return not all(self.shows)


class Inline:
    """Reads one paragraph. `fields` goes on from paragraph to paragraph: a table of contents is one field."""

    def __init__(self, styles: Styles, style: str | None, fields: FieldState) -> None:
        self._styles = styles
        self._style = style
        self._fields = fields
        self.lines: list[TextLine] = [TextLine()]
        self.anchored: list[tuple[int, Anchored]] = []
        """What hangs on the paragraph, each with the number of the line before which it falls."""

    def read(self, parent: Element) -> None:
        """Reads the content of a paragraph or of anything within."""
        for item in elements(parent):
            if item.tag in _DELETED:
                continue
            if item.tag == qn("w:r"):
                self._run(item)
            elif item.tag in _PASSED_THROUGH:
                self.read(item)
            elif item.tag == qn("w:sdt"):
                self._control(item)
            elif item.tag == qn("mc:AlternateContent"):
                self.read(chosen(item))
            elif item.tag == qn("m:r"):
                self._add("".join(t.text or "" for t in item.iter(qn("m:t"))), self._look(item))
            elif item.tag.startswith(_MATH):
                self.read(item)

    def add(self, text: str, *, is_bold: bool = False, size: float = 0.0, mark: DrawnMark | None = None) -> None:
        """Adds characters to the line under way."""
        if text:
            self.lines[-1].pieces.append(Piece(text, is_bold, size, mark))

    # -------------------------------------------------------------- runs
    def _run(self, run: Element) -> None:
        look = self._look(run)
        for item in elements(run):
            if item.tag == qn("w:fldChar"):
                self._field(item, look)
            elif self._fields.is_hidden or look.is_hidden or item.tag in _DELETED:
                continue
            elif item.tag == qn("w:t"):
                self._add(item.text or "", look)
            elif item.tag in _SPACERS:
                self._add(_SPACERS[item.tag], look)
            elif item.tag == qn("w:sym"):
                self._symbol(item, look)
            elif item.tag in (qn("w:br"), qn("w:cr"), qn("w:lastRenderedPageBreak")):
                self._break(item)
            elif item.tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
                self._hang("note", item)
            elif item.tag == qn("w:ruby"):
                self.read(item)
            else:
                self._drawing(item)

    def _look(self, run: Element) -> Look:
        return self._styles.look(self._style, child(run, "w:rPr"))

    def _add(self, text: str, look: Look) -> None:
        text = text.replace("\n", " ").replace("\r", " ")
        if look.font:
            text = "".join(sign_of(look.font, char) for char in text)
        if look.is_raised and text.strip().isdecimal():
            text = text.translate(_SUPERSCRIPT)
        is_thai = any("\u0e00" <= char <= "\u0e7f" for char in text)
        bold = look.bold or (is_thai and look.bold_cs)
        size = (look.size_cs or look.size) if is_thai else look.size
        self.add(text, is_bold=bool(bold), size=size or 0.0)

    def _symbol(self, item: Element, look: Look) -> None:
        """`w:sym`: a font's own code, often with F000 added (ECMA-376, 17.3.3.30)."""
        code = item.get(qn("w:char"), "")
        try:
            number = int(code, 16)
        except ValueError:
            return
        char = chr(number if number >= 0xF000 else 0xF000 + number) if 0 < number < 0x10000 else ""
        sign = sign_of(item.get(qn("w:font"), ""), char)
        self.add(sign, is_bold=bool(look.bold), size=look.size_cs or look.size or 0.0)

    def _break(self, item: Element) -> None:
        is_rendered = item.tag == qn("w:lastRenderedPageBreak")
        if is_rendered or item.get(qn("w:type")) == "page":
            self._hang("page", item)
        if not is_rendered:
            self.lines.append(TextLine())

    def _hang(self, kind: Literal["box", "picture", "note", "page"], item: Element) -> None:
        """A page break in a line with text falls behind it, one before any text falls before the line."""
        self.anchored.append((len(self.lines) - (not self.lines[-1].text.strip()), (kind, item)))

    @property
    def has_text(self) -> bool:
        """Whether anything can be read."""
        return any(line.text.strip() for line in self.lines)

    def put_before(self, text: str) -> None:
        """Puts a label before the paragraph, in the type of its first letters."""
        first = next((piece for piece in self.lines[0].pieces if piece.text.strip()), Piece(""))
        self.lines[0].pieces.insert(0, Piece(text, first.is_bold, first.size))

    # -------------------------------------------------------------- fields and controls
    def _field(self, item: Element, look: Look) -> None:
        kind = item.get(qn("w:fldCharType"))
        shows = self._fields.shows
        if kind == "begin":
            data = item.find(qn("w:ffData"))
            if data is not None and not self._fields.is_hidden:
                self._form_field(data, look)
            shows.append(False)
        elif kind == "separate" and shows:
            shows[-1] = True
        elif kind == "end" and shows:
            shows.pop()

    def _form_field(self, data: Element, look: Look) -> None:
        """A form field of the old kind; a text field's value is the field's result and is read there."""
        box = child(data, "w:checkBox")
        if box is not None:
            ticked = is_on(box, "w:checked")
            self._tick(bool(is_on(box, "w:default")) if ticked is None else ticked, look)
        choices = child(data, "w:ddList")
        if choices is not None:
            entries = [entry.get(qn("w:val"), "") for entry in choices.findall(qn("w:listEntry"))]
            at = whole(val(choices, "w:result") or val(choices, "w:default"))
            if 0 <= at < len(entries):
                self._add(entries[at], look)

    def _tick(self, ticked: bool, look: Look) -> None:
        size = look.size_cs or look.size or 0.0
        self.add("☑" if ticked else "☐", size=size, mark=DrawnMark("☑" if ticked else "☐", ticked, "html_input"))

    def _control(self, item: Element) -> None:
        """A content control: a check box by its state, anything else by its content; hints to the writer are none."""
        properties = child(item, "w:sdtPr")
        box = child(properties, "w14:checkbox")
        if box is not None:
            run = item.find(f".//{qn('w:r')}")
            state = (val(box, "w14:checked", "w14:val") or "0").lower()
            self._tick(state in ("1", "true", "on"), self._look(run) if run is not None else Look())
        elif not is_on(properties, "w:showingPlcHdr"):
            content = child(item, "w:sdtContent")
            if content is not None:
                self.read(content)

    # -------------------------------------------------------------- drawings
    def _drawing(self, item: Element) -> None:
        """Text boxes and pictures in a drawing; of alternatives only the chosen one counts."""
        if item.tag == qn("w:txbxContent"):
            self._hang("box", item)
        elif item.tag in (qn("pic:pic"), qn("v:imagedata")):
            self._hang("picture", item)
        elif item.tag == qn("mc:AlternateContent"):
            self._drawing(chosen(item))
        else:
            for inner in elements(item):
                self._drawing(inner)


def chosen(alternatives: Element) -> Element:
    """The alternative that a program of today shows: the first choice, else the fallback."""
    choice = alternatives.find(qn("mc:Choice"))
    if choice is not None and len(choice):
        return choice
    fallback = alternatives.find(qn("mc:Fallback"))
    return fallback if fallback is not None else alternatives.makeelement(qn("mc:Fallback"), {})
