"""pdfminer's interpreter of page contents, bounded: no page costs more than its share, no bad operator the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfminer.psexceptions import PSEOF
from pdfminer.psparser import PSKeyword, keyword_name

from ita_extract.errors import ItaError
from ita_extract.readers.pdf.content_parser import ContentParser
from ita_extract.readers.pdf.streams import StreamTooLargeError

MAX_TOKENS = 1_500_000
"""Operators and operands of one page, forms included; the fullest page of 350 real ones has 23,000. Takes some 10 s."""
MAX_CHARACTERS = 50_000
"""Characters of one page; the fullest real page has 5,000."""
MAX_SHAPES = 20_000
"""Lines, rectangles and curves of one page; the fullest real page has 1,800."""
MAX_FORM_DEPTH = 40
"""Forms inside forms: producers nest up to five, Python's stack holds 200."""
MAX_OPERANDS = 100_000
"""Operands before an operator, points of a path, saved graphics states."""

_ESCAPED = str.maketrans({"*": "_a", '"': "_w", "'": "_q"})


@dataclass(slots=True)
class Tally:
    """What a page has cost so far, and what had to be left out of it."""

    tokens: int = 0
    characters: int = 0
    shapes: int = 0
    faults: int = 0
    left_out: dict[str, None] = field(default_factory=dict)
    """What was left out, in words, in the order in which it happened."""

    def admits_character(self) -> bool:
        """Counts a character; False from where the page has too many."""
        self.characters += 1
        if self.characters > MAX_CHARACTERS:
            self.left_out[f"characters beyond {MAX_CHARACTERS:,}"] = None
        return self.characters <= MAX_CHARACTERS

    def admits_shape(self) -> bool:
        """Counts a line, rectangle or curve; False from where the page is a drawing."""
        self.shapes += 1
        if self.shapes > MAX_SHAPES:
            self.left_out[f"lines and shapes, being more than {MAX_SHAPES:,}"] = None
        return self.shapes <= MAX_SHAPES


class BoundedInterpreter(PDFPageInterpreter):
    """Carries out a page's operators up to the limits above; an operator that fails is passed over and counted.

    The device it draws on holds the `tally`, which all interpreters of one page (one per form) share.
    """

    device: Any

    def __init__(self, rsrcmgr: Any, device: Any) -> None:
        super().__init__(rsrcmgr, device)
        self._methods: dict[str, tuple[Callable[..., None], int] | None] = {}

    def init_resources(self, resources: Any) -> None:
        try:
            super().init_resources(resources)
        except (ItaError, RecursionError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - whatever stands before the broken entry is there
            self.device.tally.faults += 1

    def execute(self, streams: Sequence[object]) -> None:
        tally: Tally = self.device.tally
        try:
            parser = ContentParser(self._new_streams(streams))
            while True:
                _, token = parser.nextobject()
                tally.tokens += 1
                if tally.tokens > MAX_TOKENS:
                    tally.left_out[f"what stands behind its first {MAX_TOKENS:,} drawing instructions"] = None
                    return
                if isinstance(token, PSKeyword):
                    self._carry_out(keyword_name(token), tally)
                elif len(self.argstack) < MAX_OPERANDS:
                    self.argstack.append(token)
        except PSEOF:
            return
        except (ItaError, RecursionError, MemoryError):
            raise
        except StreamTooLargeError as error:
            tally.left_out[str(error)] = None
        except Exception:  # noqa: BLE001 - a broken stream ends the content, what was read before it stays
            tally.faults += 1

    def _new_streams(self, streams: Sequence[object]) -> list[Any]:
        """The content streams, without those that are being carried out already: a form that draws itself."""
        self.stream_ids.clear()
        found = []
        for reference in streams:
            stream = stream_value(reference)
            if stream.objid is None or stream.objid in self.parent_stream_ids:
                continue
            self.stream_ids.add(stream.objid)
            found.append(stream)
        return found

    def _carry_out(self, name: str, tally: Tally) -> None:
        if name not in self._methods:
            method = getattr(self, f"do_{name.translate(_ESCAPED)}", None)
            self._methods[name] = method and (method, method.__code__.co_argcount - 1)
        known = self._methods[name]
        if known is None:
            return
        method, count = known
        try:
            if count:
                operands = self.pop(count)
                if len(operands) == count:
                    method(*operands)
            else:
                method()
        except (ItaError, RecursionError, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - operands of every wrong kind
            tally.faults += 1

    def do_Do(self, name: Any) -> None:  # noqa: N802 - the operator's name
        """Draws a form or picture, whatever becomes of it; the device is left as it was found."""
        if self.device.depth > MAX_FORM_DEPTH:
            self.device.tally.left_out[f"forms nested deeper than {MAX_FORM_DEPTH}"] = None
            return
        depth = self.device.depth
        try:
            super().do_Do(name)
        finally:
            self.device.unwind(depth)

    def do_q(self) -> None:
        if len(self.gstack) < MAX_OPERANDS:
            super().do_q()
