"""Ways in which a text layer is lost, as real files have them; each turns good text into what the layer says.

`TUNED` were looked at when limits were set, `HELD_OUT` were written afterwards; the reasons are those of
`ita_extract.model.OcrReason`.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from damaging.paper import NO_MAP

_TONES = "\u0e48-\u0e4c"
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
Spoil = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Mode:
    """A kind of damage: `reasons` are those that name it rightly.

    `under_scan`: the layer lies under a picture. `rare`: it spoils too few signs of a short page to call that lost.
    """

    spoil: Spoil
    reasons: tuple[str, ...]
    under_scan: bool = False
    rare: bool = False


def _every(pattern: str, replacement: str | Callable[[re.Match[str]], str], step: int = 1) -> Spoil:
    """Replaces every `step`-th match."""

    def spoil(text: str) -> str:
        seen = 0

        def swap(match: re.Match[str]) -> str:
            nonlocal seen
            seen += 1
            if seen % step:
                return match[0]
            return replacement(match) if callable(replacement) else match.expand(replacement)

        return re.sub(pattern, swap, text)

    return spoil


def _unmapped(match: re.Match[str]) -> str:
    return "".join(chr(NO_MAP + ord(char) % 0x100) for char in match[0])


# What OCR programs set to English make of Thai letters: by look, with their urge to see words, in small letters only.
_LETTERS = "กขคงจฉชซญฎฐณดตถทธนบปผฝพฟภมยรฤลวศษสหฬอฮะาำเแโใไๆฯ"
_BY_LOOK = r"""
n '1J fl ~ 'il il 'lf '1l qJ £) ~ ru ~ ~ t1 VI li 'U u tJ ~ rJ Vi vJ fl lJ £J 'i q fJ 1 ff 'l! fl 'H w e) g :: 1 "1 L
LL l 1 'l 1 ."""
_AS_WORDS = "n U A v o a B B yy g s ru n a n n 5 u U U w w w W n u e s q a o A U a H W o o z 1 i i ii I l l n ."
_IN_SMALL = " ".join("nukvdasrhyqgmanmsuuduwwwwnuusqadnatswoezaatullni")


def _read_as(looks: str) -> Spoil:
    table = {ord(letter): look for letter, look in zip(_LETTERS, looks.split(), strict=True)}
    return lambda text: re.sub(f"[{_MARKS}]", "", text).translate(table)


def _shifted(by: int) -> Spoil:
    """A subset font whose codes are those of other letters."""
    return _every("[\u0e01-\u0e4e]", lambda m: chr(0x0E01 + (ord(m[0]) - 0x0E01 + by) % 0x4E))


def _shuffled(text: str) -> str:
    letters = [chr(code) for code in range(0x0E01, 0x0E2F)]
    others = sorted(letters, key=lambda char: zlib.crc32(char.encode()))
    return text.translate({ord(a): b for a, b in zip(letters, others, strict=True)})


def _by_first_use(start: int) -> Spoil:
    """A subset font without a map: glyphs are numbered as they were used."""

    def spoil(text: str) -> str:
        codes: dict[str, str] = {}
        return "".join(c if c.isspace() else codes.setdefault(c, chr(start + len(codes))) for c in text)

    return spoil


def _digits(ten: str) -> Spoil:
    return lambda text: text.translate(str.maketrans("0123456789๐๑๒๓๔๕๖๗๘๙", 2 * ten))


def _in_script(first: int, count: int) -> Spoil:
    """Words of another script, a sign for each letter with its marks."""
    return _every(
        f"([\u0e01-\u0e2e\u0e30-\u0e33\u0e40-\u0e46])[{_MARKS}]*", lambda m: chr(first + ord(m[1]) * 7 % count)
    )


def _japanese(text: str) -> str:
    return _every("[\u4e00-\u9fff]", lambda m: chr(0x3042 + ord(m[0]) % 80), 3)(_in_script(0x4E00, 2000)(text))


def _latin1(text: str) -> str:
    return text.encode("cp874", "ignore").decode("latin-1")


TUNED: dict[str, Mode] = {
    "Latin by look": Mode(_read_as(_BY_LOOK), ("gibberish",), under_scan=True),
    "letters shifted": Mode(_shifted(7), ("gibberish",)),
    "codes as ASCII": Mode(_by_first_use(0x21), ("gibberish",)),
    "Japanese": Mode(_japanese, ("foreign_script",), under_scan=True),
    "digits as Latin Extended": Mode(_digits("ŘřŚśŜŝŞşŠš"), ("false_digits",), rare=True),
    "tones without map": Mode(_every(f"[{_TONES}]", _unmapped, 2), ("broken_signs", "lost_marks")),
    "tones U+FFFD": Mode(_every(f"[{_TONES}]", "\ufffd", 2), ("broken_signs", "lost_marks")),
    "vowels without map": Mode(_every("[\u0e34-\u0e39]", _unmapped), ("broken_signs", "lost_marks")),
    "nothing mapped": Mode(_every("[\u0e01-\u0e59]", _unmapped), ("gibberish",)),
    "no tones": Mode(_every(f"[{_TONES}]", ""), ("lost_marks",)),
    "no SARA AM": Mode(_every("ำ", ""), ("lost_marks",), rare=True),
    "bytes as Latin-1": Mode(_latin1, ("gibberish",)),
    "marks behind letters": Mode(_every(rf"([{_MARKS}])(.)", r"\2\1"), ("broken_signs",)),
    "private codes": Mode(_every("[\u0e01-\u0e59]", lambda m: chr(0xF000 + ord(m[0]) % 0x100)), ("gibberish",)),
    "digits as Latin-1": Mode(_digits("ðñòóôõö÷øù"), ("false_digits",), rare=True),
    "tones as Latin letters": Mode(
        _every(f"[{_TONES}]", lambda m: "jkmnp"[ord(m[0]) - 0x0E48]), ("broken_signs", "lost_marks", "gibberish")
    ),
    "vowels by chance": Mode(
        _every("[\u0e31\u0e34-\u0e37]", lambda m: m[0] + chr(0x0E34 + ord(m[0]) % 4)), ("broken_signs",)
    ),
    "SARA AM as SARA AA": Mode(_every("ำ", "า"), ("lost_marks",), rare=True),
    "bytes as Mac Roman": Mode(lambda text: text.encode("cp874", "ignore").decode("mac_roman"), ("gibberish",)),
    "no MAI HAN AKAT": Mode(_every("\u0e31", ""), ("lost_marks",), rare=True),
    "no vowels above": Mode(_every("[\u0e34-\u0e37]", ""), ("lost_marks",), rare=True),
    "no vowels below": Mode(_every("[\u0e38\u0e39]", ""), ("lost_marks",), rare=True),
}
HELD_OUT: dict[str, Mode] = {
    "Latin as words": Mode(_read_as(_AS_WORDS), ("gibberish",), under_scan=True),
    "letters shuffled": Mode(_shuffled, ("gibberish",)),
    "codes as Latin-1 letters": Mode(_by_first_use(0xA1), ("gibberish",)),
    "Cyrillic": Mode(_in_script(0x0430, 32), ("foreign_script",), under_scan=True),
    "Arabic": Mode(_in_script(0x0627, 30), ("foreign_script",), under_scan=True),
    "digits without map": Mode(_every("[0-9๐-๙]", _unmapped), ("false_digits", "broken_signs"), rare=True),
    "marks as control codes": Mode(_every(f"[{_TONES}]", "\x03", 2), ("broken_signs", "lost_marks")),
    "no marks": Mode(_every(f"[{_MARKS}]", ""), ("lost_marks",)),
    "marks as spaces": Mode(_every(f"[{_MARKS}]", " "), ("lost_marks", "broken_signs")),
    "UTF-8 as Windows": Mode(
        lambda text: text.encode("utf-8").decode("cp1252", "replace").replace("\ufffd", "\x90"), ("gibberish",)
    ),
    "Latin in small letters": Mode(_read_as(_IN_SMALL), ("gibberish",), under_scan=True),
    "Latin without a scan": Mode(_read_as(_IN_SMALL), ("gibberish",)),
    "letters shifted far": Mode(_shifted(31), ("gibberish",)),
    "consonants without map": Mode(_every("[\u0e01-\u0e2e]", _unmapped), ("gibberish",)),
    "Korean": Mode(_in_script(0xAC00, 9000), ("foreign_script",), under_scan=True),
    "UTF-8 as Latin-1": Mode(lambda text: text.encode("utf-8").decode("latin-1"), ("gibberish",)),
    "a third U+FFFD": Mode(_every("[\u0e01-\u0e4e]", "\ufffd", 3), ("gibberish", "broken_signs")),
    "codes as capitals": Mode(_by_first_use(0x41), ("gibberish",)),
}
