"""pdfminer's page device, extended: where the producer states the text of some glyphs (/ActualText), that text counts.

Browsers and word processors write it for clusters whose glyphs have no characters of their own (ISO 32000-1, 14.9.4).
"""

from __future__ import annotations

from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.utils import decode_text
from pdfplumber.page import PDFPageAggregatorWithMarkedContent


class TextDevice(PDFPageAggregatorWithMarkedContent):
    """Gives the first glyph of a stated text the whole of it, the glyphs behind it none; their places stay."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stated: list[str | None] = []

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        super().begin_tag(tag, props)
        stated = props.get("ActualText") if isinstance(props, dict) else None
        self._stated.append(decode_text(stated) if isinstance(stated, bytes) else None)

    def end_tag(self) -> None:
        super().end_tag()
        if self._stated:
            self._stated.pop()

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        advance: float = super().render_char(*args, **kwargs)
        level = next((i for i, text in enumerate(self._stated) if text is not None), None)
        if level is not None and self.cur_item._objs:
            item: Any = self.cur_item._objs[-1]
            item._text = self._stated[level]
            self._stated[level] = ""
        return advance


def lay_out(page: Any) -> None:
    """Runs the page's content through the device; pdfplumber then takes its objects from there."""
    device = TextDevice(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    PDFPageInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    page._layout = device.get_result()
