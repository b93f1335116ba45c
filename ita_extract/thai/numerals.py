"""Numbers as Thai reports write them: Arabic and Thai digits, mixed digits, number words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from ita_extract.errors import ThaiParseError
from ita_extract.lexicon import load
from ita_extract.thai.text import fold_digits, repair, tolerant_pattern

NUMBER = r"(?<![0-9.,])(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])|[0-9]+)(?:\.[0-9]+)?(?!\.?[0-9])"
"""A number in text whose digits were folded. No part of a chain such as 1.2.3, which is an item number, or of 1,00."""

_MAX_WORDS = 40  # Longer rows of number words are no number; the limit keeps hostile input cheap.


@dataclass(frozen=True, slots=True)
class Number:
    """A number found in a text; `text[start:end] == raw`."""

    value: Decimal
    start: int
    end: int
    raw: str


def find_numbers(text: str) -> tuple[Number, ...]:
    """All numbers written in digits.

    Number words are read by `parse_number` only: in running text most of them are no numbers ("ศูนย์บริการ").
    """
    folded = fold_digits(text)
    return tuple(
        Number(decimal_of(match[0]), match.start(), match.end(), text[match.start() : match.end()])
        for match in re.finditer(NUMBER, folded)
    )


def parse_number(text: str) -> Decimal:
    """The number that a string consists of: "1,234.50", "25๖๒", "2,000.-", "เก้าสิบ", "(หนึ่งแสนบาทถ้วน)".

    Raises ThaiParseError when the string is anything else.
    """
    folded = fold_digits(repair(text).text).strip().strip("()").strip()
    match = re.fullmatch(rf"(?P<sign>[-−+]?)(?P<number>{NUMBER})\s*{_closing()}", folded)
    if match:
        value = decimal_of(match["number"])
        return -value if match["sign"] in {"-", "−"} else value
    words = re.sub(rf"\s*{_closing()}$", "", folded)
    value_of_words = words_value(words)
    if value_of_words is None:
        raise ThaiParseError(f"no number: {text[:80]!r}")
    return value_of_words


def decimal_of(digits: str) -> Decimal:
    """The value of digits that match NUMBER."""
    return Decimal(digits.replace(",", ""))


def words_value(words: str) -> Decimal | None:
    """The value of Thai number words ("หนึ่งแสนห้าหมื่น"), None when they make no number."""
    names = load("quantities")["number_words"]
    whole, point, fraction = "".join(words.split()).partition(names["point"])
    value = _integer_value(whole)
    if value is None or not point:
        return value
    digits = [names["digits"].get(word) for word in _word_split(fraction)]
    if not digits or None in digits:
        return None
    return value + Decimal("0." + "".join(map(str, digits)))


def _integer_value(words: str) -> Decimal | None:
    """Sums digits times powers; powers fall within each group of millions, a digit follows no digit."""
    names = load("quantities")["number_words"]
    parts = _word_split(words)
    if not 0 < len(parts) <= _MAX_WORDS:
        return None
    total, group, digit, last_power = 0, 0, -1, 10**6
    for part in parts:
        power = names["powers"].get(part, 0)
        if power == 10**6:
            total = (total + group + max(digit, 0) or 1) * power
            group, digit, last_power = 0, -1, 10**6
        elif power:
            if power >= last_power:
                return None
            group += (digit if digit >= 0 else 1) * power
            digit, last_power = -1, power
        elif digit >= 0 or part not in names["digits"]:
            return None
        else:
            digit = names["digits"][part]
    return Decimal(total + group + max(digit, 0))


def _word_split(words: str) -> list[str]:
    """The number words of a string, an empty list when it holds anything else."""
    parts = re.findall(_word(), words)
    return parts if "".join(parts) == words else []


@cache
def _word() -> str:
    names = load("quantities")["number_words"]
    return "(?:" + "|".join([*names["digits"], *names["powers"]]) + ")"


@cache
def word_number() -> str:
    """A pattern for a row of number words; ร้อยละ (percent) is none."""
    point = load("quantities")["number_words"]["point"]
    most = f"{{1,{_MAX_WORDS}}}"
    return rf"(?:(?!ร้อยละ){_word()}){most}(?:{point}{_word()}{most})?"


@cache
def _closing() -> str:
    """What may follow the digits or words of a sum of money."""
    money = load("quantities")["money"]
    return rf"(?:\.-|,-)?(?:บาท)?(?:{'|'.join(money['closing'])})?"


def any_of(words: Iterable[str], *, tolerant: bool = False) -> str:
    """A pattern for any of the words, longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(tolerant_pattern(word) if tolerant else re.escape(word) for word in ordered) + ")"
