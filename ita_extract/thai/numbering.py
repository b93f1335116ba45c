"""Item numbers and bullets at the head of a text; dates, times, decimals and amounts are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ita_extract.thai.text import fold_digits


@dataclass(frozen=True, slots=True)
class Numbering:
    """An item number or bullet at the head of a text; the text proper begins at `end`.

    `raw` is the number as printed without the closing full stop; `path` its parts ((8, 1) for "8.1"), none for bullets.
    """

    raw: str
    path: tuple[int, ...]
    style: Literal["decimal", "bracket", "letter", "bullet"]
    end: int


LETTERS = "กขคงจฉช"
"""The letters that number items, in their order."""
_NUMBERED = re.compile(
    r"\s*(?:ข้อ(?:ที่)?\s*(?=[\d(]))?"
    r"(?P<raw>[(（](?P<inner>\d{1,3}(?:\.\d{1,2})*)[)）]|(?P<plain>\d{1,3}(?:\.\d{1,3}){0,4})(?P<close>\s?[.)]+|(?=\s|[ก-ฮเ-ไ])))"
    r"(?!\d)\s*"
)
_LETTERED = re.compile(
    rf"\s*(?P<raw>[(（]?(?P<letter>[{LETTERS}])[.)）])\s+(?![ก-ฮ]{{1,2}}\.)|\s*[(（](?P<boxed>[{LETTERS}])[)）]\s*"
)
_BULLET = re.compile(r"\s*(?:[•▪◦‣∙·➢➤►❖◆]\s*|\*\s+|[-–—]\s*(?=[^\s\d\-–—.,>]))")
_NOT_AN_ITEM = re.compile(r"\s*(?:น\.|นาฬิกา|ล้าน|แสน|หมื่น|พัน|บาท|คะแนน|%|ร้อยละ|เปอร์เซ็น|จาก|คน\b|ถึง\s*\d|[-–]\s*\d|/)")


def parse_numbering(text: str) -> Numbering | None:
    """The item number or bullet that a text begins with, None when it begins otherwise.

    Dates, times, decimals and amounts are no item numbers.
    """
    match = _NUMBERED.match(fold_digits(text))
    if match is not None:
        return _numbered(text, match)
    match = _LETTERED.match(text)
    if match is not None:
        letter = match["letter"] or match["boxed"]
        return Numbering(match[0].strip(" ."), (LETTERS.index(letter) + 1,), "letter", match.end())
    match = _BULLET.match(text)
    return Numbering(match[0].strip(), (), "bullet", match.end()) if match else None


def _numbered(text: str, match: re.Match[str]) -> Numbering | None:
    inner = match["inner"] or match["plain"]
    parts = inner.split(".")
    rest = match.string[match.end() :]
    has_close = bool((match["close"] or "").strip()) or match["inner"] is not None
    if len(parts) == 1 and not has_close and "ข้อ" not in match[0]:
        return None  # a bare number counts something
    if len(parts) > 1 and (any(len(part) > 2 for part in parts) or not _is_item(parts, rest, has_close)):
        return None
    if len(parts) == 1 and re.match(r"\s*\d", rest) and match["inner"] is None:
        return None
    raw = text[match.start("raw") : match.end("raw")].strip().rstrip(".").rstrip()
    style: Literal["decimal", "bracket"] = "bracket" if match["inner"] is not None else "decimal"
    return Numbering(raw, tuple(int(part) for part in parts), style, match.end())


def _is_item(parts: list[str], rest: str, has_close: bool) -> bool:
    """Whether "1.2" numbers an item: not a time (09.30), a decimal (4.50) or an amount (1.5 ล้านบาท)."""
    if parts[0].startswith("0") or (len(parts) == 2 and (parts[1] == "00" or int(parts[1]) > 40)):
        return False
    return has_close or len(parts) > 2 or _NOT_AN_ITEM.match(rest) is None
