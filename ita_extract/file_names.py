"""File names as text: also those that are no UTF-8, and those that would play tricks on a terminal."""

from __future__ import annotations

import os
import unicodedata


def printable(name: str) -> str:
    """A file name that can be written as UTF-8. Names from old Thai systems are bytes of windows-874."""
    try:
        name.encode()
    except UnicodeEncodeError:
        data = os.fsencode(name)
        try:
            return data.decode("cp874")
        except UnicodeDecodeError:
            return data.decode("utf-8", "backslashreplace")
    return name


def on_one_line(text: str) -> str:
    """Text for a terminal or a log: line breaks, escape codes and signs that turn the direction are shown as codes."""
    return "".join(char.encode("unicode_escape").decode() if _is_tricky(char) else char for char in text)


def _is_tricky(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp") or char in _TURNS


_TURNS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
