"""Sums of money: amounts with their unit, sums in words, and the phrases that say that there is no budget."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from ita_extract.errors import ThaiParseError
from ita_extract.lexicon import load
from ita_extract.thai.identifiers import hide_identifiers
from ita_extract.thai.numerals import NUMBER, any_of, decimal_of, parse_number, word_number, words_value
from ita_extract.thai.text import fold_digits, key, toneless

BudgetStatus = Literal["no_budget", "stated"]

_GAP = r"[ \t\u00a0]{0,4}"


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of money; `text[start:end] == raw`.

    `amount` is the number as printed, `unit_raw` the unit as printed (or as given by the column head), `amount_thb`
    the value in baht, None when no unit is known. `unit_suspect` says that the unit cannot be right: 100,000 million
    baht or more, written in millions (VARIETY §4, L8).
    """

    raw: str
    start: int
    end: int
    amount: Decimal
    unit_raw: str | None
    amount_thb: Decimal | None
    unit_suspect: bool


@lru_cache(maxsize=2048)
def find_money(text: str) -> tuple[Money, ...]:
    """All sums of money that carry their unit, in order. A sum repeated in words behind it is part of it."""
    return tuple(_merged(text, list(_find(text))))


def parse_money(text: str, default_unit: str | None = None) -> Money:
    """The first sum of money of a string; a bare number is taken in `default_unit`, a unit or a column head with one.

    Raises ThaiParseError when there is none.
    """
    for money in find_money(text):
        return money
    bare = re.fullmatch(rf"[\s\-•*:(]*(?P<number>{NUMBER})[\s.)]*", fold_digits(text))
    if bare is None:
        return _parse_words(text, default_unit)
    start, end = bare.span("number")
    return _money(text, start, end, decimal_of(bare["number"]), money_unit(default_unit or ""))


def money_unit(text: str) -> str | None:
    """The unit of money that a column head names: "งบประมาณ (ล้านบาท)" → "ล้านบาท"."""
    match = _units().search(text)
    return match[0] if match else None


def budget_status(text: str) -> BudgetStatus | None:
    """Whether a budget field states a sum or says that no budget is used; None when it says neither ("-", blank).

    A sum above zero wins over such a phrase; "0 บาท" alone is stated.
    """
    sums = _sums(text)
    if any(sums):
        return "stated"
    if _no_budget().search(toneless(text)):
        return "no_budget"
    return "stated" if sums else None


@cache
def _units() -> re.Pattern[str]:
    return re.compile(any_of(unit for unit in load("quantities")["money"]["units"] if unit not in {".-", ",-"}))


@cache
def _no_budget() -> re.Pattern[str]:
    words = load("quantities")
    said, unless = (any_of(map(toneless, words[name])) for name in ("no_budget", "no_budget_unless"))
    return re.compile(f"(?>{said})(?!{unless})")


def is_none_reported(text: str) -> bool:
    """Whether a field for problems or suggestions says that there are none: "ไม่มี", "- ไม่มี -", "ไม่พบปัญหาและอุปสรรค"."""
    return _none_reported().fullmatch(toneless(text).strip("-()")) is not None


@cache
def _none_reported() -> re.Pattern[str]:
    words = {name: [toneless(word) for word in group] for name, group in load("quantities")["none_reported"].items()}
    part = f"(?:{any_of(words['things'])}|{any_of([*words['joints'], '/', ','])})"
    return re.compile(f"{any_of(words['openings'])}{part}*{any_of(words['closings'])}?|{any_of(words['others'])}")


def _sums(text: str) -> list[Decimal]:
    sums = [money.amount for money in find_money(text)]
    if not sums:
        try:
            sums = [parse_number(text)]
        except ThaiParseError:
            return []
    return sums


@cache
def _pattern() -> re.Pattern[str]:
    money = load("quantities")["money"]
    loose = [unit for unit in money["units"] if unit[-1] not in "ท.-"]
    unit = rf"(?:{any_of(set(money['units']) - set(loose))}(?![ก-ฮ]\.)|{any_of(loose)}(?![ก-๎A-Za-z]))"
    closing = rf"(?:{_GAP}{any_of(money['closing'])})?"
    satang = rf"(?:{_GAP}(?P<satang>{NUMBER}|{word_number()}){_GAP}{money['satang']})?"
    return re.compile(
        rf"(?P<number>{NUMBER}){_GAP}(?P<unit>{unit}){satang}{closing}"
        rf"|(?P<prefix>{any_of(money['prefixes'])}){_GAP}(?P<prefixed>{NUMBER})"
        rf"|(?P<words>{word_number()}){_GAP}บาท(?:{_GAP}(?P<words_satang>{word_number()}){_GAP}{money['satang']})?{closing}"
    )


def _find(text: str) -> Iterator[Money]:
    for match in _pattern().finditer(hide_identifiers(fold_digits(text))):
        amount, unit = _amount(match["number"] or match["prefixed"]), match["unit"] or match["prefix"]
        if match["words"]:
            amount, unit = words_value(match["words"]), "บาท"
        part = match["satang"] or match["words_satang"]
        hundredths = (_amount(part) or words_value(part) or Decimal(0)) / 100 if part else Decimal(0)
        if amount is not None:
            yield _money(text, match.start(), match.end(), amount + hundredths, unit)


def _amount(digits: str | None) -> Decimal | None:
    return decimal_of(digits) if digits and digits[0].isdigit() else None


def _merged(text: str, sums: list[Money]) -> Iterator[Money]:
    """Joins a sum with its repetition in brackets: "1,000 บาท (หนึ่งพันบาทถ้วน)"."""
    at = 0
    while at < len(sums):
        first = sums[at]
        second = sums[at + 1] if at + 1 < len(sums) else None
        if (
            second
            and second.amount_thb == first.amount_thb
            and re.fullmatch(r"\s*\(\s*", text[first.end : second.start])
        ):
            bracket = re.match(r"\s*\)", text[second.end :])
            end = second.end + (bracket.end() if bracket else 0)
            first = replace(first, raw=text[first.start : end], end=end)
            at += 1
        yield first
        at += 1


def _parse_words(text: str, default_unit: str | None) -> Money:
    """A string of number words alone, as in a column of sums in words. Raises ThaiParseError."""
    stripped = key(text)
    if not stripped:
        raise ThaiParseError("no sum of money in an empty string")
    start = len(text) - len(text.lstrip())
    return _money(text, start, start + len(text.strip()), parse_number(text), money_unit(default_unit or ""))


def _money(text: str, start: int, end: int, amount: Decimal, unit: str | None) -> Money:
    money = load("quantities")["money"]
    factor = money["units"].get(unit) if unit else None
    is_suspect = factor is not None and factor >= 10**6 and amount * factor >= money["suspect_million"] * 10**6
    baht = None if factor is None else amount * factor
    return Money(text[start:end], start, end, amount, unit, baht, is_suspect)
