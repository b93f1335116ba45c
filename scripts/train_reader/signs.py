"""The signs that the line reader knows, and the form in which texts are taught."""

from __future__ import annotations

import re

_CONSONANTS = "".join(chr(code) for code in range(0x0E01, 0x0E2F))
_VOWELS = "ะัาำิีึืฺุูเแโใไๅ"
_MARKS = "็่้๊๋์ํ"
_OTHER_THAI = "ๆฯ฿๐๑๒๓๔๕๖๗๘๙"
_ASCII = "".join(chr(code) for code in range(0x20, 0x7F))
_PRINT = "“”‘’–—…•°×±≥≤"
SIGNS = _CONSONANTS + _VOWELS + _MARKS + _OTHER_THAI + _ASCII + _PRINT
"""Every sign that can be read; the network's first output, before these, is the CTC blank."""
LEADER = "....."
"""What a row of leader dots is read as, however long it is: nobody counts them."""

_INDEX = {sign: number for number, sign in enumerate(SIGNS, 1)}
_UNKNOWN = re.compile(f"[^{re.escape(SIGNS)}]")
_MARK_RUNS = re.compile("[่้๊๋์ัิีึืฺุู็]{2,}")
_AM_AND_TONES = re.compile("[ำ่้๊๋]{2,}")


def taught(text: str) -> str:
    """The text as it is to be read: known signs only, single blanks, marks in the order of Thai spelling, one form for
    what looks the same."""
    text = _UNKNOWN.sub("", text.replace("\xa0", " ").replace("\u200b", ""))
    text = re.sub("ํ([่้๊๋]?)า", r"\1ำ", text).replace("เเ", "แ")
    text = _AM_AND_TONES.sub(lambda match: "".join(sorted(match[0], key="ำ".__eq__)), text)
    text = _MARK_RUNS.sub(lambda match: "".join(sorted(match[0], key="่้๊๋์".__contains__)), text)
    text = re.sub(r"\.{4,}", LEADER, text)
    return re.sub(" +", " ", text).strip()


def encoded(text: str) -> list[int]:
    """Numbers of the signs of a taught text."""
    return [_INDEX[sign] for sign in text]
