"""Damage that lossless repair undoes: other encodings of a letter, invisible characters, stray spaces, mixed digits."""

from __future__ import annotations

import re

_MARKS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e48\u0e49\u0e4c"
_THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"


def _every(pattern: str, replacement: str, step: int, text: str) -> str:
    """Replace every ``step``-th match: the same result on each run, with whole words left between."""
    seen = 0

    def swap(match: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return match.expand(replacement) if seen % step == 0 else match[0]

    return re.sub(pattern, swap, text)


def _mixed_digits(text: str) -> str:
    """The last digit of every Thai number of two digits or more becomes Arabic ("๒๕๖๖" to "๒๕๖6")."""
    return re.sub(
        rf"(?<=[{_THAI_DIGITS}])[{_THAI_DIGITS}](?![{_THAI_DIGITS}])",
        lambda m: str(_THAI_DIGITS.index(m[0])),
        text,
    )


def damaged(text: str) -> str:
    """The text as a poor PDF or OCR layer gives it; nothing is lost that repair cannot bring back."""
    text = text.replace("\u0e33", "\u0e4d\u0e32")
    text = _every("แ", "เเ", 2, text)
    text = _every(rf"([ก-ฮ])([{_MARKS}])", r"\1 \2", 23, text)
    text = _every("\u0e48", "\uf70a", 5, text)
    text = _every("\u0e49", "\uf70b", 5, text)
    text = _every(r"([ก-ฮ])([เแโไใ])", "\\1\u200b\\2", 9, text)
    text = _every(r" (?=[ก-ฮ])", "\u00a0", 6, text)
    return "\ufeff" + _mixed_digits(text)
