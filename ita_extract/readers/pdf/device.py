"""pdfminer's page device, extended by what it leaves out: stated text, glyphs without a character, text
that is not painted.

Where the producer states the text of some glyphs (/ActualText), that text counts: browsers and word processors write it
for clusters whose glyphs have no characters of their own (ISO 32000-1, 14.9.4). Glyphs that the file's map leaves
without a character are looked up in the embedded font. Text in render mode 3 is not drawn; it counts only where hardly
any other text stands on the page (the layer that an OCR program has laid under a scan).
"""

from __future__ import annotations

from typing import Any

from pdfminer.layout import LTChar
from pdfminer.utils import decode_text
from pdfplumber.page import PDFPageAggregatorWithMarkedContent

from ita_extract.readers.pdf.clipping import Clip, Interpreter, is_outside
from ita_extract.readers.pdf.fonts import FontKeeper
from ita_extract.readers.pdf.interpreter import Tally
from ita_extract.readers.pdf.objects import objects_of

INVISIBLE = 3
"""Text render mode that draws nothing (ISO 32000-1, table 106); 7 only clips."""
MAX_POINTS = 5_000
"""Segments of one path; a longer one is a drawing (a coastline, a filling), of which no more is needed."""
NO_ADVANCE = 0.02
"""Share of the type size below which a glyph does not move on: a mark, whatever the map calls it."""


class TextDevice(PDFPageAggregatorWithMarkedContent):
    """Gives the first glyph of a stated text the whole of it, the glyphs behind it none; their places stay."""

    def __init__(self, fonts: FontKeeper, *args: Any, **kwargs: Any) -> None:
        super().__init__(fonts, *args, **kwargs)
        self._fonts = fonts
        self._stated: list[str | None] = []
        self._mode = 0
        self.tally = Tally()
        self.clip: Clip | None = None
        self.clipped: list[LTChar] = []
        self.hidden: list[LTChar] = []
        self.shown: list[LTChar] = []

    @property
    def depth(self) -> int:
        """How many forms are being drawn, one inside the other."""
        return len(self._stack)

    def unwind(self, depth: int) -> None:
        """Ends the forms above `depth` that an error has left open; what they hold stays."""
        while len(self._stack) > depth:
            self.end_figure("")

    def paint_path(self, gstate: Any, stroke: Any, fill: Any, evenodd: Any, path: Any) -> None:
        if self.tally.admits_shape():
            super().paint_path(gstate, stroke, fill, evenodd, path[:MAX_POINTS])

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        super().begin_tag(tag, props)
        stated = props.get("ActualText") if isinstance(props, dict) else None
        self._stated.append(decode_text(stated) if isinstance(stated, bytes) else None)

    def end_tag(self) -> None:
        super().end_tag()
        if self._stated:
            self._stated.pop()

    def render_string(self, textstate: Any, *args: Any, **kwargs: Any) -> None:
        self._mode = textstate.render
        super().render_string(textstate, *args, **kwargs)

    def render_char(
        self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, *rest: Any
    ) -> float:
        if not self.tally.admits_character():
            return 0.0
        advance: float = super().render_char(matrix, font, fontsize, scaling, rise, cid, *rest)
        item: Any = self.cur_item._objs[-1]
        if is_outside(self.clip, item.bbox):
            self.clipped.append(item)
            return advance
        (self.hidden if self._mode in (INVISIBLE, 7) else self.shown).append(item)
        level = next((i for i, text in enumerate(self._stated) if text is not None), None)
        if level is not None:
            item._text = self._stated[level]
            self._stated[level] = ""
        elif _says_nothing(item._text, advance, fontsize):
            item._text = self._fonts.text(font, cid) or item._text
        return advance


def _says_nothing(text: str, advance: float, size: float) -> bool:
    """Whether the map has no character for a glyph: none at all, U+0000, U+FFFD, a space that takes no room."""
    if text.startswith("(cid:") or not text.strip("\x00\ufffd"):
        return True
    return text.isspace() and abs(advance) < NO_ADVANCE * abs(size)


def lay_out(page: Any) -> Tally:
    """Runs the page's content through the device; pdfplumber then takes its objects from there. Returns what it cost.

    A page on which most text is turned is laid out again the way it is read: a table turned on its page.
    """
    if not isinstance(page.pdf.rsrcmgr, FontKeeper):
        page.pdf.rsrcmgr = FontKeeper()
    shown, tally = _run(page)
    turn = _main_turn(shown)
    if turn:
        _turn(page, turn)
        _run(page)
    page._objects = objects_of(page, page._layout)
    return tally


def _run(page: Any) -> tuple[list[LTChar], Tally]:
    device = TextDevice(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    Interpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    layout = device.get_result()
    unseen = [*device.clipped, *(device.hidden if len(device.hidden) < len(device.shown) else ())]
    if unseen:
        _drop(layout, {id(char) for char in unseen})
    page._layout = layout
    return device.shown or device.hidden, device.tally


def _drop(container: Any, unwanted: set[int]) -> None:
    """Takes characters out of the page and out of the forms on it."""
    container._objs = [item for item in container._objs if id(item) not in unwanted]
    for item in container._objs:
        if hasattr(item, "_objs"):
            _drop(item, unwanted)


def _main_turn(chars: list[LTChar]) -> int:
    """Degrees by which the page must be turned clockwise so that most of its text stands upright."""
    turns = [turn_of(char.matrix) for char in chars if char.get_text().strip()]
    most = max((0, 90, 180, 270), key=lambda turn: (turns.count(turn), -turn))
    return most if turns.count(most) > 0.5 * len(turns) else 0


def turn_of(matrix: Any) -> int:
    """Degrees by which text must be turned clockwise to be read: 90 for text that runs up the page."""
    a, b = matrix[0], matrix[1]
    if abs(b) <= abs(a):
        return 0 if a >= 0 else 180
    return 90 if b > 0 else 270


def _turn(page: Any, turn: int) -> None:
    before = (page.width, page.height)
    page.page_obj.rotate = (page.page_obj.rotate + turn) % 360
    page.rotation = (page.rotation + turn) % 360
    for name in ("mediabox", "cropbox", "bbox", "trimbox", "bleedbox", "artbox"):
        box = page.__dict__.get(name)
        if box is not None:
            setattr(page, name, _turned(box, turn, *before))


def _turned(box: tuple[float, ...], turn: int, width: float, height: float) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = box
    if turn == 90:
        return height - bottom, x0, height - top, x1
    if turn == 180:
        return width - x1, height - bottom, width - x0, height - top
    return top, width - x1, bottom, width - x0
