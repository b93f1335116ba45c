"""Thai text as machines spoil it: repair that keeps the way back, and keys for matching."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from ita_extract.thai.runs import Run

# Marks in the order in which they follow their consonant. It agrees with the canonical combining classes of Unicode
# (phinthu 9, sara u/uu 103, tone marks 107), so that NFC leaves repaired text as it is.
_MARKS_IN_ORDER = (
    "\u0e3a",  # phinthu
    "\u0e38\u0e39",  # sara u, sara uu
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47",  # vowels above, maitaikhu
    "\u0e4d",  # nikhahit
    "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e",  # tone marks, thanthakhat, yamakkan
)
_RANK = {mark: rank for rank, marks in enumerate(_MARKS_IN_ORDER) for mark in marks}
MARK = "[" + "".join(_MARKS_IN_ORDER) + "]"
TONE = "[\u0e48-\u0e4c]"
CONSONANT = "[\u0e01-\u0e2e]"
_NIKHAHIT, _AA, _AM = "\u0e4d", "\u0e32", "\u0e33"

# Private-use glyph codes of Thai fonts: the real sign, its Windows code, its Mac code. Source: the Windows and Mac Thai
# glyph tables as fixed in Microsoft's and Apple's Thai fonts (and used by OpenType shapers for legacy fonts).
_PRIVATE_USE = """
    0E48 F70A F88B  0E49 F70B F88E  0E4A F70C F891  0E4B F70D F894  0E4C F70E F897  0E38 F718 F89B  0E39 F719 F89C
    0E3A F71A F89D  0E48 F705 F88C  0E49 F706 F88F  0E4A F707 F892  0E4B F708 F895  0E4C F709 F898  0E48 F713 F88A
    0E49 F714 F88D  0E4A F715 F890  0E4B F716 F893  0E4C F717 F896  0E31 F710 F884  0E34 F701 F885  0E35 F702 F886
    0E36 F703 F887  0E37 F704 F888  0E47 F712 F889  0E4D F711 F899  0E0D F70F F89A  0E10 F700 F89E
"""
_CODES = [chr(int(code, 16)) for code in _PRIVATE_USE.split()]
_REAL_SIGN = {code: _CODES[at] for at in range(0, len(_CODES), 3) for code in _CODES[at + 1 : at + 3]}
PRIVATE = "[\uf700-\uf71a\uf884-\uf89e]"

_INVISIBLE = "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
_EXOTIC_SPACE = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
LOST = "\ufffd"

_DROPPED_SPACE = (
    f"(?<={CONSONANT}) {{1,3}}(?={MARK}|{_AM})|(?<={MARK}) {{1,3}}(?={MARK}|{_AM})"
    f"|(?<={_NIKHAHIT}) {{1,3}}(?={_AA})|(?<={_NIKHAHIT}{TONE}) {{1,3}}(?={_AA})"
)
# A lost sign before SARA AM is what remains of the nikhahit that the same SARA AM already holds.
_LOST_BEFORE_AM = f"(?<={CONSONANT})[ {LOST}]{{1,3}}(?={_AM})|(?<={CONSONANT}{TONE})[ {LOST}]{{1,3}}(?={_AM})"
_DELETED = f"{_INVISIBLE}+|{_DROPPED_SPACE}|{_LOST_BEFORE_AM}"
_AFTER_AM = f"[{_AM}\u0e48-\u0e4c]"
_CLUSTER = f"{MARK}{{2,}}(?:{_AM}{_AFTER_AM}*)?{_AA}?|{MARK}?{_AM}(?:{_AFTER_AM}+{_AA}?|{_AA})|{_NIKHAHIT}[{_AA}{_AM}]"
WRONG_MARKS = "|".join(
    [rf"({MARK})\1"]
    + [f"[{_MARKS_IN_ORDER[high]}][{''.join(_MARKS_IN_ORDER[:high])}]" for high in range(1, len(_MARKS_IN_ORDER))]
)
_TROUBLE = re.compile(
    f"{_INVISIBLE}|{_EXOTIC_SPACE}|{PRIVATE}|เเ|{_NIKHAHIT}{TONE}*[{_AA}{_AM}]|{_AM}[{_AA}{_AM}\u0e48-\u0e4c]"
    f"|{_DROPPED_SPACE}|{_LOST_BEFORE_AM}|{WRONG_MARKS}"
)
_EDIT = re.compile(
    f"(?P<delete>{_DELETED})|(?P<space>{_EXOTIC_SPACE})|(?P<private>{PRIVATE})|(?P<ae>เเ)|(?P<cluster>{_CLUSTER})"
)

# Word writes the SARA AM of some fonts as a space and a SARA AA ("ส านัก"); a title set with a space between all letters
# is something else. With a tone mark before the space only syllables that exist with SARA AM alone are certain.
_SPLIT_AM = re.compile(
    f"(?:(?<=\\S{CONSONANT})|(?<={CONSONANT})(?! {{1,2}}{_AA} {CONSONANT}(?!\\S))"
    f"|(?<=ต่)|(?<=ซ้)|(?<=ย้)|(?<=น้)(?<!หน้)) {{1,2}}{_AA}"
)
_LOST_AM = re.compile(f"(?<={CONSONANT}){LOST}+{_AA}")
_LOST_ELSEWHERE = re.compile(f"{CONSONANT}{LOST}+(?![{_AA}{_AM}{LOST}])")
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")
_ANY_MARK = re.compile(MARK)

_THAI_DIGITS = {0x0E50 + digit: str(digit) for digit in range(10)}
_WIDTH_FORMS = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_QUOTES_AND_DASHES = dict.fromkeys(map(ord, "“”„‟«»″〝〞"), '"') | dict.fromkeys(map(ord, "‘’‚‛′`´"), "'")
_QUOTES_AND_DASHES |= dict.fromkeys(map(ord, "‐‑‒–—―−﹣"), "-")
_KEY_FOLDING = str.maketrans(_THAI_DIGITS | _WIDTH_FORMS | _QUOTES_AND_DASHES)
_EDGES = "-•*:;,.·…‣_"
_LOSSY_SIGNS = str.maketrans({_AM: _AA} | dict.fromkeys("\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e"))


@dataclass(frozen=True, slots=True)
class Repaired:
    """Repaired text; `runs` cover it completely and lead back to the text that was repaired."""

    text: str
    runs: tuple[Run, ...]


def repair(text: str) -> Repaired:
    """Undoes Unicode damage whose repair is certain (VARIETY §12); words, case, digits, line breaks and TABs stay.

    Private-use glyph codes, wrongly ordered and doubled marks, split SARA AM, doubled SARA E, spaces before marks,
    exotic spaces, invisible characters. Repairing repaired text changes nothing. Give whole documents where possible:
    whether `ก า` is a split SARA AM or a lost tone mark is decided by the text around it.
    """
    working = _Working(text)
    while working.repair_once():
        pass
    return Repaired(working.text, working.runs())


class _Working:
    """Text under repair. Until something changes it keeps no positions: most text needs no repair at all."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._origins: list[tuple[int, int]] | None = None

    def repair_once(self) -> bool:
        """Applies every rule once; False when nothing was left to repair."""
        before = self.text
        if _TROUBLE.search(self.text):
            self._edit(_EDIT, _replacement)
        if _SPLIT_AM.search(self.text) and not _has_lost_its_marks(self.text):
            self._edit(_SPLIT_AM, lambda match: _AM)
        if _LOST_AM.search(self.text) and not _LOST_ELSEWHERE.search(self.text):
            self._edit(_LOST_AM, lambda match: _AM)
        return self.text != before

    def _edit(self, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> None:
        origins = self._origins or [(at, at + 1) for at in range(len(self.text))]
        parts: list[str] = []
        kept: list[tuple[int, int]] = []
        done = 0
        for match in pattern.finditer(self.text):
            new = replacement(match)
            if new == match[0]:
                continue
            parts += (self.text[done : match.start()], new)
            kept += origins[done : match.start()]
            kept += [(origins[match.start()][0], origins[match.end() - 1][1])] * len(new)
            done = match.end()
        parts.append(self.text[done:])
        kept += origins[done:]
        self.text, self._origins = "".join(parts), kept

    def runs(self) -> tuple[Run, ...]:
        """The way back: single characters joined into long runs, every changed place a run of its own."""
        if self._origins is None:
            return (Run(0, len(self.text), 0, len(self.text)),) if self.text else ()
        runs: list[list[int]] = [[0, 0, 0, 0]]
        for at, (start, end) in enumerate(self._origins):
            last = runs[-1]
            if start < last[3]:
                last[1], last[3] = at + 1, max(end, last[3])
            elif start == last[3] and end == start + 1 and last[1] - last[0] == last[3] - last[2]:
                last[1], last[3] = at + 1, end
            else:
                runs.append([at, at + 1, start, end])
        return tuple(Run(*run) for run in runs if run[1] > run[0])


def _replacement(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "cluster":
        return _ordered(match[0])
    if kind == "private":
        return _REAL_SIGN[match[0]]
    return {"delete": "", "space": " ", "ae": "แ"}[kind or ""]


def _ordered(cluster: str) -> str:
    """The marks of one consonant in their order, each once; with a nikhahit and a SARA AA as SARA AM."""
    marks = sorted((sign for sign in cluster if sign in _RANK), key=_RANK.__getitem__)
    marks = [mark for at, mark in enumerate(marks) if at == 0 or mark != marks[at - 1]]
    is_am = _AM in cluster or (_NIKHAHIT in cluster and cluster.endswith(_AA))
    if is_am:
        return "".join(mark for mark in marks if mark != _NIKHAHIT) + _AM
    return "".join(marks) + (_AA if cluster.endswith(_AA) else "")


def _has_lost_its_marks(text: str) -> bool:
    """Whether spaces stand where marks once stood.

    Good Thai has 11 to 22 marks in 100 letters (measured on 26 real texts); a few words prove nothing.
    """
    letters = len(_THAI_LETTER.findall(text))
    return letters >= 40 and len(_ANY_MARK.findall(text)) < 0.05 * letters


def fold_digits(text: str) -> str:
    """Thai digits as Arabic ones, character by character, so that positions stay valid."""
    return text.translate(_THAI_DIGITS)


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """A string that is equal for texts a reader takes as the same; for comparison only, never for display.

    Repaired, NFC, digits and width forms folded, case folded, quotes and dashes unified, all white space and the
    punctuation at both ends removed.
    """
    folded = unicodedata.normalize("NFC", repair(text).text.translate(_KEY_FOLDING).casefold())
    return repair("".join(folded.split())).text.strip(_EDGES)


@lru_cache(maxsize=8192)
def toneless(text: str) -> str:
    """The key without the signs that OCR and text layers lose most: tone marks, ็ ์ ํ ฺ; SARA AM taken as SARA AA."""
    return key(text).translate(_LOSSY_SIGNS)


def tolerant_pattern(word: str) -> str:
    """A regular expression for `word` that tolerates damage.

    Tone marks lost or swapped, SARA AM split or reduced to SARA AA, white space between letters.
    """
    parts: list[str] = []
    for sign in word:
        if re.fullmatch(TONE, sign):
            parts.append(f"{TONE}?")
        elif sign == _AM:
            parts.append(rf"\u0e4d?{TONE}?\s?[{_AA}{_AM}]")
        elif sign in _RANK or not parts:
            parts.append(re.escape(sign))
        else:
            parts.append(rf"\s?{re.escape(sign)}" if not sign.isspace() else r"\s*")
    return "".join(parts)


def is_thai(char: str) -> bool:
    """Whether a character belongs to the Thai block, digits and baht sign included."""
    return "\u0e01" <= char <= "\u0e5b"


def thai_share(text: str) -> float:
    """Share of Thai among the visible characters, 0.0 to 1.0; 0.0 for blank text."""
    visible = [char for char in text if not char.isspace()]
    return sum(map(is_thai, visible)) / len(visible) if visible else 0.0
