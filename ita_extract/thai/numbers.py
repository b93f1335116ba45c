"""Quantities: a number with its operator and unit, as targets and results of indicators are written (VARIETY §9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, cast

from ita_extract.errors import ThaiParseError
from ita_extract.lexicon import load
from ita_extract.thai.identifiers import hide_identifiers
from ita_extract.thai.numerals import (
    NUMBER,
    Number,
    any_of,
    decimal_of,
    find_numbers,
    parse_number,
    word_number,
    words_value,
)
from ita_extract.thai.text import fold_digits, toneless

__all__ = [
    "Change",
    "Number",
    "Operator",
    "Quantity",
    "find_numbers",
    "find_quantities",
    "parse_number",
    "parse_quantity",
]

Operator = Literal[">=", ">", "<=", "<", "=", "range"]
Change = Literal["increase", "decrease"]

_GAP = r"[ \t\u00a0]{0,4}"
_WRAP = r"\s{0,4}"
_REACH = 80  # How far before a number its operator and lead words can begin.


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it measures; `raw` is the whole expression, `text[start:end] == raw`.

    `unit` is percent, score, level, or the Thai counting word itself. `value_high` is set for ranges, `of` for the top
    of a scale ("4.50 จาก 5"), `numerator` and `denominator` for counts out of a whole ("45 จาก 50 คน"). `operator` is
    None when none is written.
    """

    raw: str
    start: int
    end: int
    operator: Operator | None = None
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    of: Decimal | None = None
    change: Change | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@lru_cache(maxsize=2048)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of a text, in order.

    Bare numbers are none, nor are dates, times, years, phone and item numbers, and codes.
    """
    return tuple(_find(text, hide_identifiers(fold_digits(text))))


def parse_quantity(text: str) -> Quantity:
    """The first quantity of a string; a string that is nothing but a number or a range counts as one.

    Raises ThaiParseError when there is none.
    """
    for quantity in find_quantities(text):
        return quantity
    bare = re.fullmatch(
        rf"[\s\-•*:(]*(?P<body>(?P<low>{NUMBER})(?:\s?[-–~]\s?(?P<high>{NUMBER}))?)[\s.,;:)]*", fold_digits(text)
    )
    if bare is None:
        raise ThaiParseError(f"no quantity: {text[:80]!r}")
    start, end = bare.span("body")
    high = decimal_of(bare["high"]) if bare["high"] else None
    return Quantity(
        text[start:end],
        start,
        end,
        "range" if high is not None else None,
        value=decimal_of(bare["low"]),
        value_high=high,
    )


def _find(text: str, folded: str) -> Iterator[Quantity]:
    done = 0
    grammar = _grammar()
    for number in grammar.number.finditer(folded):
        if number.start() < done:
            continue
        before = grammar.before.search(folded, max(done, number.start() - _REACH), number.start())
        after = grammar.after.match(folded, number.end())
        if before is None or after is None:
            continue
        quantity = _read(text, before, number, after)
        if quantity is not None:
            yield quantity
            done = quantity.end


class _Grammar(NamedTuple):
    number: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    words = load("quantities")
    operator = _choice(
        [word for group in words["operators"].values() for word in group] + words["time_limits"],
        [sign for group in words["symbols"].values() for sign in group],
    )
    change = any_of([word for group in words["changes"].values() for word in group], tolerant=True)
    kind_before = any_of(
        words["percent"]["before"] + words["score"]["before"] + words["level"]["before"], tolerant=True
    )
    percent_after = any_of(words["percent"]["after"])
    counter = rf"(?:{any_of(words['counters'])}(?!{any_of(words['not_counting_before'])}))"
    scored = any_of(words["score"]["after"] + words["level"]["after"])
    unit = rf"(?:{percent_after}|{scored}|{counter}(?:{_GAP}/{_GAP}{counter})?)"
    suffix = any_of([word for group in words["suffixes"].values() for word in group], tolerant=True)
    to = rf"(?:[-–—−~]|{any_of(words['range_words'])})"
    whole = rf"(?:{any_of(words['whole_words'])}{_GAP}(?:{any_of(words['whole_fillers'])}{_GAP}){{0,3}}|/{_GAP})"
    before = (
        rf"(?:(?P<change>{change}){_WRAP}(?:{any_of(words['change_fillers'], tolerant=True)}{_WRAP}){{0,2}})?"
        rf"(?P<lead>(?:{any_of(words['leads'], tolerant=True)}{_WRAP}){{0,2}})"
        rf"(?:(?P<first_kind>{kind_before}){_WRAP}(?:{any_of(words['kind_fillers'])}{_WRAP}){{0,3}})?"
        rf"(?:(?P<operator>{operator}){_WRAP}(?:{any_of(words['fillers'], tolerant=True)}{_WRAP}){{0,2}})?"
        rf"(?P<kind>{kind_before})?{_WRAP}\Z"
    )
    percent = rf"{any_of(words['percent']['before'], tolerant=True)}{_GAP}"
    computed = rf"{any_of(words['computed'], tolerant=True)}{_GAP}"
    counting = rf"(?:{any_of(words['counting_leads'])}{_GAP})?"
    counts = rf"{counting}(?P<part>{NUMBER}){_GAP}(?:{counter}{_GAP})?{whole}(?P<all>{NUMBER})"
    aside = (
        rf"(?:{computed}{percent}(?P<share>{NUMBER})|\({_GAP}(?:(?:{computed})?{percent}(?P<share_inside>{NUMBER})"
        rf"|(?P<share_first>{NUMBER})|{counts}(?:{_GAP}{counter})?)(?:{_GAP}{percent_after})?{_GAP}\))"
    )
    after = (
        rf"(?:{_GAP}{percent_after})?(?:{_GAP}{to}{_WRAP}(?:{kind_before}{_GAP})?(?P<high>{NUMBER}))?"
        rf"(?:{_GAP}(?P<suffix>{suffix}))?"
        rf"(?:{_GAP}(?P<unit>{unit}))?"
        rf"(?:{_GAP}\(?{whole}(?P<of>{NUMBER})(?:{_GAP}(?P<of_unit>{unit}))?\)?)?"
        rf"(?:{_GAP}(?P<last_suffix>{suffix}))?"
        rf"(?P<aside>{_GAP}{aside})?"
    )
    number = rf"(?:{NUMBER}|{word_number()})"
    return _Grammar(re.compile(number), re.compile(before), re.compile(after))


def _choice(words: list[str], symbols: list[str]) -> str:
    """Operator words or symbols. A `>` right behind a letter, quote or dash closes a tag or draws an arrow."""
    return rf"(?:{any_of(words, tolerant=True)}|(?<![A-Za-z\"'/=\-]){any_of(symbols)})"


def _read(text: str, before: re.Match[str], number: re.Match[str], after: re.Match[str]) -> Quantity | None:
    """One expression from its three matched parts; None when it is only a number."""
    words = load("quantities")
    is_word = not number[0][0].isdigit()
    value = words_value(number[0]) if is_word else decimal_of(number[0])
    counted = after["unit"] or after["of_unit"]
    unit = _unit(counted) or ("percent" if _has_percent_sign(number, after) else None) or _named_kind(before)
    operator = _operator(before, after, unit)
    if value is None or not _is_quantity(before, after, unit, operator, is_word=is_word):
        return None
    is_whole_thing = unit in words["counters"] and unit not in words["divisible"]
    if is_whole_thing and operator is None and value % 1:  # "2.1 โครงการ" numbers a project.
        return None
    start = _start(before, number, unit, operator)
    end = after.end() if _is_about_the_same(after, unit) else after.start("aside")
    high = decimal_of(after["high"]) if after["high"] else None
    change = cast("Change | None", _table("changes").get(toneless(before["change"] or "")))
    quantity = Quantity(text[start:end], start, end, operator, value, high, unit, change=change)
    return _with_whole(quantity, before, after)


def _is_about_the_same(after: re.Match[str], unit: str | None) -> bool:
    """Whether an aside is the other side of one fact: the share of these counts, the counts of this share.

    Any other aside is a quantity of its own.
    """
    if not after["aside"] or (after["part"] and unit == "percent"):
        return True
    return after["of"] is not None and unit in load("quantities")["counters"]


def _is_quantity(
    before: re.Match[str], after: re.Match[str], unit: str | None, operator: str | None, *, is_word: bool
) -> bool:
    """Number words count only where an amount is expected; digits need a unit, an operator, a change or a whole."""
    if is_word:
        counting = any(word in before["lead"] for word in load("quantities")["counting_leads"])
        return _named_kind(before) == "percent" or (unit is not None and (operator is not None or counting))
    is_out_of = bool(after["of"]) and not after[0].lstrip().startswith("/")
    is_bounded = operator is not None and (operator != "range" or before["operator"] is not None)
    return unit is not None or is_bounded or bool(before["change"]) or is_out_of


def _operator(before: re.Match[str], after: re.Match[str], unit: str | None) -> Operator | None:
    if after["high"]:
        return "range"
    words = load("quantities")
    written = toneless(before["operator"] or "")
    operator = _table("operators").get(written) or _table("symbols").get(written)
    if written in map(toneless, words["time_limits"]) and unit in words["time_units"]:
        operator = "<="
    suffix = _table("suffixes").get(toneless(after["suffix"] or after["last_suffix"] or ""))
    if suffix and operator in {None, suffix}:
        operator = suffix
    return None if operator == "range" else cast("Operator | None", operator)


def _start(before: re.Match[str], number: re.Match[str], unit: str | None, operator: str | None) -> int:
    """Where the expression begins.

    Nouns before it ("คะแนน ITA ไม่น้อยกว่า 85") and words that turn out to say nothing about it stay outside.
    """
    is_other_noun = _named_kind(before) not in {None, "percent", unit} and operator is None
    is_place = before["operator"] is not None and operator is None and not before["kind"]
    start = number.start() if is_other_noun or is_place else before.start()
    if before["operator"] and operator and _table_of_kinds().get(toneless(before["first_kind"] or "")) == "score":
        start = before.start("operator")
    while before.string[start].isspace():
        start += 1
    return start


def _unit(written: str | None) -> str | None:
    """percent, score, level, or the counting word as printed: both of "โครงการ/กิจกรรม", the first of "ครั้ง/ปี"."""
    if not written:
        return None
    first, _, second = re.sub(r"\s", "", written).partition("/")
    kind = _table_of_kinds().get(toneless(first))
    is_rate = not second or second in load("quantities")["rates"]
    return kind or (first if is_rate else f"{first}/{second}")


def _named_kind(before: re.Match[str]) -> str | None:
    """The kind of measure named before the number: ร้อยละ, คะแนน, ระดับ."""
    return _table_of_kinds().get(toneless(before["kind"] or before["first_kind"] or ""))


def _has_percent_sign(number: re.Match[str], after: re.Match[str]) -> bool:
    following = after.string[number.end() : after.end()].lstrip()
    return following.startswith(tuple(load("quantities")["percent"]["after"]))


@cache
def _table(name: str) -> dict[str, str]:
    """Toneless word → its meaning, for one group of the vocabulary."""
    return {toneless(word): meaning for meaning, group in load("quantities")[name].items() for word in group}


@cache
def _table_of_kinds() -> dict[str, str]:
    words = load("quantities")
    kinds = ("percent", "score", "level")
    return {toneless(word): kind for kind in kinds for word in words[kind]["before"] + words[kind]["after"]}


def _with_whole(quantity: Quantity, before: re.Match[str], after: re.Match[str]) -> Quantity:
    """Adds the top of the scale, or the counts behind a share."""
    words = load("quantities")
    changes: dict[str, Any] = {}
    of = decimal_of(after["of"]) if after["of"] else None
    share = after["share"] or after["share_inside"] or after["share_first"]
    if of is not None and quantity.unit == "percent":
        changes["denominator"] = of
    elif of is not None and quantity.unit in {None, "score", "level"}:
        is_scale = quantity.unit is None and of <= words["highest_level"]
        changes |= {"of": of, "unit": "level" if is_scale else quantity.unit}
    elif of is not None:
        changes |= {"numerator": quantity.value, "denominator": of}
        if share:
            changes |= {"value": decimal_of(share), "unit": "percent"}
    elif quantity.unit is None and any(word in before[0] for word in words["means"]):
        top = quantity.value_high or quantity.value
        changes["unit"] = "level" if top is not None and top <= words["highest_mean"] else None
    if after["part"] and quantity.unit == "percent":
        changes |= {"numerator": decimal_of(after["part"]), "denominator": decimal_of(after["all"])}
    return replace(quantity, **changes) if changes else quantity
