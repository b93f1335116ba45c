"""pdfminer's parser of page contents with a short way for what contents are made of: numbers, operators, plain strings.

pdfminer takes a call for each character class of each token, which is half of the time that a page costs. Here one
regular expression takes a whole token, where that stands whole in the buffer; all else (comments, escapes, pictures in
the content, the ends of buffers) goes pdfminer's way. The objects are the same; a property test compares them.
"""

from __future__ import annotations

import re
from typing import Any

from pdfminer.pdfinterp import PDFContentParser
from pdfminer.psparser import KWD, LIT, PSKeyword

_TOKEN = re.compile(
    rb"[\x00\t\n\x0c\r ]*(?:"
    rb"([+-]?\d+)(?=[\t\n\x0c\r \[\]<>/()])"
    rb"|([+-]?\d*\.\d+)(?=[\t\n\x0c\r \[\]<>/()])"
    rb"|([A-Za-z]+\*?)(?=[\t\n\x0c\r \[\]<>/()])"
    rb"|<((?:[0-9A-Fa-f]{2})*)>"
    rb"|\(([^()\\\r\n]*)\)"
    rb"|/([A-Za-z0-9_.+-]+)(?=[\t\n\x0c\r \[\]<>/()])"
    rb"|([\[\]]))"
)
_LONG_WAY = frozenset((b"true", b"false"))
_STRUCTURE = frozenset(map(KWD, (b"[", b"]", b"<<", b">>", b"{", b"}", b"BI", b"ID")))
"""Keywords that build an object from what stands around them."""


class ContentParser(PDFContentParser):
    """Parses the operands and operators of content streams."""

    BUFSIZ = 65_536

    def __init__(self, streams: Any) -> None:
        super().__init__(streams)
        self._between = self._parse1

    def nexttoken(self) -> tuple[int, Any]:
        if not self._tokens and self._parse1 == self._between:
            match = _TOKEN.match(self.buf, self.charpos)
            if match is not None:
                kind = match.lastindex or 0
                if match[kind] not in _LONG_WAY:
                    self.charpos = match.end()
                    return self.bufpos + match.start(kind), _value(kind, match[kind])
        return super().nexttoken()

    def nextobject(self) -> tuple[int, Any]:
        if not (self.results or self.context or self.curstack):
            token = self.nexttoken()
            if not isinstance(token[1], PSKeyword) or token[1] not in _STRUCTURE:
                return token
            self._tokens.insert(0, token)
        return super().nextobject()


def _value(kind: int, text: bytes) -> Any:
    if kind == 1:
        return int(text)
    if kind == 2:
        return float(text)
    if kind == 4:
        return bytes.fromhex(text.decode("ascii"))
    if kind == 5:
        return text
    if kind == 6:
        return LIT(text.decode("ascii"))
    return KWD(text)
