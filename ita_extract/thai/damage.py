"""How far a text that was read from a file is to be believed: the ways in which text layers go wrong.

Each measure is 0 for good Thai, English and numbers. They are shares, so that a page can be judged by them whatever its
length; texts too short to tell are given the benefit of the doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ita_extract.lexicon import load
from ita_extract.thai.text import CONSONANT, LOST, MARK, PRIVATE, TONE, WRONG_MARKS, is_thai

_AM, _AA, _NIKHAHIT = "\u0e33", "\u0e32", "\u0e4d"
_CID = re.compile(r"\(cid:\d+\)")
# Thai bytes read as Latin-1 or Mac Roman: letters with accents and symbols in long rows, which no language writes.
_MOJIBAKE = re.compile(
    "(?:\u00e0[\u00b8\u00b9].){2,}|[\u00a1-\u017f\u2018-\u201d\u2022\u2122\u221a\u2211\u222b\u03c0\u0192]{4,}"
)
_ACCENTED = re.compile("[\u00a1-\u017f]")
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")
_ANY_MARK = re.compile(MARK)
_LOST_SIGN = rf"(?:{LOST}|[\x00-\x08\x0e-\x1f])"
_BROKEN = re.compile(
    rf"{PRIVATE}|(?<=[\u0e01-\u0e59\d]){_LOST_SIGN}|{_LOST_SIGN}(?=[\u0e30-\u0e3a\u0e45-\u0e4e\d]|{_LOST_SIGN})"
    rf"|(?<={_LOST_SIGN}){_LOST_SIGN}|(?<!{CONSONANT[:-1]}{MARK[1:]}){MARK}|{WRONG_MARKS}|เเ"
    rf"|{_AM}[{_AA}{_AM}\u0e48-\u0e4c]|{_NIKHAHIT}{TONE}?{_AA}|{CONSONANT} [{_AA}{_AM}]"
    "|[\u0e31\u0e34-\u0e37\u0e47][\u0e31\u0e34-\u0e37\u0e47]|[\u0e48-\u0e4b][\u0e48-\u0e4b]"
    "|(?<=[\u0e01-\u0e4e])[a-z](?=[\u0e01-\u0e4e])"
)
_NUMBER = re.compile(r"[\d๐-๙][\d๐-๙.,/:-]*")
_FALSE_DIGITS = re.compile(
    rf"(?<=[\d๐-๙])(?:[\u0100-\u024f]|{_LOST_SIGN})+|(?<![A-Za-z\u00c0-\u024f])[\u00c0-\u024f]{{2,}}(?![A-Za-z])"
)

_MARK_SHARE = 0.15
"""Marks per Thai letter to expect. Measured on 26 real texts: 0.11 to 0.22; on two with lost marks: 0.00."""
_PASSAGE = 200
"""Visible characters that are judged together, so that a good half of a page does not hide a lost one."""
_ENOUGH_THAI = 30
"""Pairs of Thai letters from which their share of unusual ones says something."""
_UNUSUAL = 0.2
"""Unusual pairs from which Thai is none: good Thai has at most 0.011 in 12 samples, 0.03 in names; shifted letters have
0.57 and more."""
_UNWRITTEN = "\u0e3a\u0e4d"
"""Phinthu and nikhahit: Pali in Thai letters has pairs of its own."""
_ENOUGH_LATIN = 20
"""Latin letters in words from which their look says something."""
_GIBBERISH = 0.4
"""Share of odd words: real layers of gibberish have 0.5 to 1, English 0.06, Malay and species' names up to 0.28."""
_RARE_SIGNS = frozenset("!\"#$&'*+;<=>?@[\\]^`{|}~")
_RARE_SHARE, _RARE_KINDS = 0.15, 6
"""Share and number of different rare signs from which a text is glyph codes: fonts without a map count from `!` up."""
_PRIVATE_WORD = re.compile("[\ue000-\uf8ff]{3,}")
_ENOUGH_WORDS = {"tones": 4}
"""Words without their marks from which a kind is lost: `ที` and `ได` are words too, the others' remains are none."""

_ADDRESS = re.compile(r"@|://|www\.|\.(?:go|or|ac|co|in|mi|com|net|th|pdf|xlsx?|docx?|html?)\b", re.IGNORECASE)
_ODD = re.compile(r"[a-z][A-Z]|[A-Za-z]\d+[A-Za-z]|\d[a-z]{2,}|[A-Za-z][^\w\s.\-'’/&()+,–—]+[A-Za-z]|\d[A-Z]{3,}")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_BRACKETS = ".,;:!?()[]{}\"'“”‘’-–/*•"
_MARKS_OF = {
    "tones": ("[\u0e47-\u0e4c]", ""),
    "sara_am": (_AM, f"{_AA}?"),
    "mai_han_akat": ("\u0e31", ""),
    "vowels_above": ("[\u0e34-\u0e37]", ""),
    "vowels_below": ("[\u0e38\u0e39]", ""),
}
"""Kinds of marks, and what is left of them when they are lost."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Shares 0–1 of what is wrong with a text of `size` letters and marks.

    `signs`: broken Thai signs per letter. `letters`: letters in words that no language writes. `marks`: frequent words
    without one kind of their marks, or marks missing altogether. `digits`: numbers with other letters for digits.
    `foreign`: letters of scripts other than Thai and Latin: damage only where a Thai page is known to lie below.
    """

    size: int = 0
    signs: float = 0.0
    letters: float = 0.0
    marks: float = 0.0
    digits: float = 0.0
    foreign: float = 0.0

    @property
    def score(self) -> float:
        """The worst of the shares that are damage in any place."""
        return max(self.signs, self.letters, self.marks, self.digits)


def damage(text: str) -> Damage:
    """Measures a text, best after `repair`: what that undoes is then no damage."""
    text = _CID.sub(LOST, text)
    letters = [char for char in text if unicodedata.category(char)[0] in "LM"]
    foreign = sum(map(_is_foreign, letters))
    broken = len(_BROKEN.findall(text)) + _mojibake(text)
    nonsense = sum(map(_nonsense, _passages(text)))
    return Damage(
        len(letters),
        signs=_share(broken, max(len(letters), broken)),
        letters=_share(nonsense, max(len(letters), nonsense)),
        marks=max(_markless(text), *(lost_share(kind, text) for kind in _MARKS_OF)),
        digits=_false_digits(text),
        foreign=_share(foreign, len(letters)),
    )


def damage_score(text: str) -> float:
    """The worst share of damage in a text, 0.0 (good Thai, any other language, numbers) to 1.0."""
    return damage(text).score


def _share(part: int, whole: int) -> float:
    return part / whole if part else 0.0


def _mojibake(text: str) -> int:
    """Letters that are Thai bytes read in another encoding."""
    runs = (match[0] for match in _MOJIBAKE.finditer(text))
    return sum(len(run) for run in runs if 2 * len(_ACCENTED.findall(run)) >= len(run))


# ------------------------------------------------------------------ words that are none
def _passages(text: str) -> Iterator[str]:
    """The text in parts of whole lines; what is left at the end belongs to the last one."""
    found: list[str] = []
    size = _PASSAGE
    for line in text.splitlines():
        if size >= _PASSAGE:
            found.append("")
            size = 0
        found[-1] += line + "\n"
        size += sum(map(len, line.split()))
    if len(found) > 1 and size < _PASSAGE:
        found[-2:] = ["".join(found[-2:])]
    return iter(found)


def _nonsense(passage: str) -> int:
    """Letters and other signs in words that no language writes."""
    solid = "".join(passage.split())
    rare = [char for char in solid if char in _RARE_SIGNS]
    if len(rare) >= _RARE_SHARE * len(solid) and len(set(rare)) >= _RARE_KINDS:
        return len(solid)
    odd, latin = _odd_latin(passage)
    unusual, pairs = _unusual_thai(passage)
    count = sum(map(len, _PRIVATE_WORD.findall(passage)))
    if latin >= _ENOUGH_LATIN and odd > _GIBBERISH * latin:
        count += odd
    if pairs >= _ENOUGH_THAI and unusual > _UNUSUAL * pairs:
        count += round(sum(map(is_thai, solid)) * unusual / pairs)
    return count


@cache
def _pairs(language: str) -> frozenset[str]:
    return frozenset(a + b for a, after in load("letter_pairs")[language].items() for b in after)


def _unusual_thai(text: str) -> tuple[int, int]:
    """Pairs of Thai letters that hardly any text has, and all pairs."""
    usual = _pairs("thai")
    count = unusual = 0
    for a, b in pairwise(text):
        if "\u0e01" <= a <= "\u0e4e" and "\u0e01" <= b <= "\u0e4e" and not (a in _UNWRITTEN or b in _UNWRITTEN):
            count += 1
            unusual += a + b not in usual
    return unusual, count


def _odd_latin(text: str) -> tuple[int, int]:
    """Latin letters in words that no language written with them has, and those in all words that can be judged."""
    odd = count = 0
    for token in text.split():
        core = token.strip(_BRACKETS)
        letters = sum(map(len, _LATIN_WORD.findall(core)))
        if letters < 3 or _ADDRESS.search(core):
            continue
        verdict = _is_odd(core)
        if verdict is not None:
            count += letters
            odd += letters * verdict
    return odd, count


def _is_odd(core: str) -> bool | None:
    """Whether a word looks like none; None for abbreviations and words too short to tell."""
    if _ODD.search(core):
        return True
    word = max(_LATIN_WORD.findall(core), key=len)
    if len(word) < (6 if word.isupper() else 4):
        return None
    word = word.lower()
    pairs = [a + b for a, b in zip(f" {word}", f"{word} ", strict=True)]
    misses = sum(pair not in _pairs("english") for pair in pairs)
    return (misses >= 2 and 4 * misses >= len(pairs)) or not re.search("[aeiouy]", word)


# ------------------------------------------------------------------ words without their marks
def lost_share(kind: str, text: str) -> float:
    """Share of the frequent words that stand without one kind of their marks; 0 where that may be chance.

    The kinds are those of lexicon/marked_words.yaml.
    """
    whole, bare = _marked_words(kind)
    without = len(bare.findall(text))
    if without < _ENOUGH_WORDS.get(kind, 2):
        return 0.0
    share = without / (without + len(whole.findall(text)))
    return share if share > 0.2 else 0.0


@cache
def _marked_words(kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = sorted(load("marked_words")[kind], key=len, reverse=True)
    bare = [re.sub(*_MARKS_OF[kind], word) for word in words]
    return re.compile("|".join(words)), re.compile(f"(?:{'|'.join(bare)})(?!{MARK}|{_AM})")


def _markless(text: str) -> float:
    """What is missing of the marks that Thai text has, as a share of its letters; 0 where some are there."""
    thai, marks = len(_THAI_LETTER.findall(text)), len(_ANY_MARK.findall(text))
    if thai < 60 or marks >= 0.2 * _MARK_SHARE * thai:
        return 0.0
    return 1 - marks / (_MARK_SHARE * thai)


# ------------------------------------------------------------------ digits, scripts
def _false_digits(text: str) -> float:
    """Share of the numbers in which other letters stand for digits; a single one proves nothing."""
    false = len(_FALSE_DIGITS.findall(text))
    return false / (false + len(_NUMBER.findall(text))) if false else 0.0


def _is_foreign(char: str) -> bool:
    if char <= "\u02af" or "\u0e00" <= char <= "\u0e7f":
        return False
    return not unicodedata.name(char, "").startswith(("LATIN", "THAI", "GREEK", "COMBINING"))
