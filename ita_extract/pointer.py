"""The one pointer type for "where": a place in the ledger of a document's text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ita_extract.errors import PointerError

_POINTER = re.compile(r"p(\d{1,9})/b(\d{1,9})(?::(\d{1,12})-(\d{1,12}))?")


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A pointer `p<page>/b<leaf>:<start>-<end>`; the offsets count characters of the leaf's verbatim text.

    An end beyond the leaf runs on into the leaves that follow (a value printed over two lines).
    """

    page: int
    leaf: int
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        span = "" if self.start is None else f":{self.start}-{self.end}"
        return f"p{self.page}/b{self.leaf}{span}"

    @classmethod
    def parse(cls, text: str) -> Where:
        """Reads a pointer. Raises PointerError when it is none."""
        match = _POINTER.fullmatch(text.strip())
        if match is None:
            raise PointerError(f"'{text}' is not a pointer")
        page, leaf, start, end = match.groups()
        if start is None:
            return cls(int(page), int(leaf))
        return cls(int(page), int(leaf), int(start), int(end))
