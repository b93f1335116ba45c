"""Cell values as a spreadsheet displays them: number formats with Thai digits, Thai months and the Buddhist era.

Source of the format codes: ECMA-376 part 1, 18.8.30 and 18.8.31; `b` and `t` and the parts of a locale code
(`[$-D07041E]`: digits D, calendar 07, language 041E) as Microsoft documents them for Excel.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from openpyxl.utils.datetime import from_excel

from ita_extract.lexicon import load

THAI_BUILT_IN = {
    59: "t0", 60: "t0.00", 61: "t#,##0", 62: "t#,##0.00", 67: "t0%", 68: "t0.00%", 71: "d/m/bbbb", 72: "d-mmm-bb",
    73: "d-mmm", 74: "mmm-bb", 75: "h:mm", 76: "h:mm:ss", 77: "d/m/bbbb h:mm", 78: "mm:ss", 79: "[h]:mm:ss",
    81: "d/m/bb",
}  # fmt: skip
"""Formats that a Thai Excel writes by number only (18.8.30, th-th), in the letters of the others."""
SYSTEM_DATES = frozenset({"mm-dd-yy", "m/d/yy h:mm", "m/d/yyyy", "mm/dd/yy"})
"""Formats 14 and 22 follow the settings of the reader's machine: day first and the year in full are sure to be read."""
GENERAL_DIGITS = 10
"""Significant digits that the format General shows of a fraction."""

_TOKEN = re.compile(
    r'"(?P<literal>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<ampm>AM/PM|A/P)|(?P<general>General)|(?P<date>y+|b+|m+|d+|h+|s+(?:\.0+)?|e+|g+)|(?P<number>[#0?](?:[#0?,.]*[#0?])?,*)"
    r"|(?P<exponent>E[+-]0+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_ENGLISH = (0x409, 0x809)


class _Locale(NamedTuple):
    is_thai_digits: bool = False
    is_buddhist: bool = False
    is_english: bool = False


def displayed(value: object, code: str) -> str:
    """The text that a cell with this value and number format shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if isinstance(value, timedelta):
        return _duration(value, code)
    if isinstance(value, datetime | date | time):
        return _moment(value, code)
    if isinstance(value, int | float | Decimal):
        return _number(value, code)
    return str(value)


def is_text_format(code: str) -> bool:
    """Whether a format shows what was typed."""
    return code.strip().lower() in ("general", "@", "")


# ------------------------------------------------------------------ the parts of a format
@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[re.Match[str], ...], ...]:
    """The tokens of each section (positive; negative; zero; text)."""
    sections: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            sections.append([])
        else:
            sections[-1].append(match)
    return tuple(map(tuple, sections))


def _locale(tokens: tuple[re.Match[str], ...]) -> _Locale:
    """What a section says of digits, calendar and language (`[$-D07041E]`, `[$-th-TH-u-ca-buddhist]`, `t`)."""
    found = _Locale(is_thai_digits=bool(tokens) and (tokens[0]["other"] or "").lower() == "t")
    for token in tokens:
        bracket = token["bracket"] or ""
        if not bracket.startswith("$") or "-" not in bracket:
            continue
        name = bracket.partition("-")[2].lower()
        language, _, short = name.rpartition(",")
        number = _hexadecimal(short) << 16 if language else _hexadecimal(name)
        found = _Locale(
            found.is_thai_digits or number >> 24 == 0x0D or "nu-thai" in name,
            (number >> 16) & 0xFF == 7 or "buddhist" in name,
            number & 0xFFFF in _ENGLISH or name.startswith("en"),
        )
    return found


def _hexadecimal(text: str) -> int:
    return int(text, 16) if re.fullmatch(r"[0-9a-f]{1,8}", text) else 0


def _literal(token: re.Match[str]) -> str:
    """What a token that is no placeholder shows."""
    if token["bracket"] is not None:
        sign = token["bracket"]
        return sign[1:].partition("-")[0] if sign.startswith("$") else ""
    if token["space"] is not None:
        return " " if token["space"] not in ")(-" else ""
    return token["literal"] or token["escaped"] or (token["other"] or "" if token["fill"] is None else "")


# ------------------------------------------------------------------ numbers
def _number(value: int | float | Decimal, code: str) -> str:
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not amount.is_finite():
        return str(value)
    sections = _sections(code)
    numeric = sections[:3]
    index = 1 if amount < 0 and len(numeric) > 1 else 2 if amount == 0 and len(numeric) > 2 else 0
    tokens = numeric[index]
    if any(token["date"] for token in tokens) and not any(token["number"] for token in tokens):
        moment = _from_serial(float(amount))
        return _general(amount) if moment is None else _moment(moment, code)
    locale = _locale(tokens)
    text = _formatted(abs(amount) if index == 1 else amount, tokens)
    return text.translate(_THAI_DIGITS) if locale.is_thai_digits else text


def _from_serial(serial: float) -> datetime | time | None:
    try:
        found = from_excel(serial)
    except (ValueError, OverflowError):
        return None
    return found if isinstance(found, datetime | time) else None


def _general(amount: Decimal) -> str:
    if amount == amount.to_integral_value():
        return f"{amount:.0f}"
    return f"{Decimal(f'{amount:.{GENERAL_DIGITS}g}').normalize():f}"


def _formatted(amount: Decimal, tokens: tuple[re.Match[str], ...]) -> str:
    spelled = "".join(token[0] for token in tokens).lower()
    places = [token for token in tokens if token["number"] or token["general"]]
    if spelled.strip() in ("@", ""):
        return _general(amount)
    if any(token["exponent"] for token in tokens) or (places and re.search(r"[?#]\s*/", spelled)):
        return _general(amount)
    if not places:
        return "".join(_literal(token) for token in tokens).strip()
    pattern = places[0]["number"] or ""
    scaled = amount
    for token in tokens:
        if token["other"] == "%":
            scaled *= 100
    scaled /= Decimal(1000) ** (len(pattern) - len(pattern.rstrip(",")))
    shown = _placed(scaled, pattern.rstrip(",")) if pattern else _general(abs(scaled))
    parts = []
    for token in tokens:
        if token is places[0]:
            parts.append(shown)
        elif token not in places and not (token is tokens[0] and (token["other"] or "").lower() == "t"):
            parts.append(_literal(token))
    sign = "-" if scaled < 0 and re.search(r"[1-9]", shown) else ""
    return (sign + "".join(parts)).strip()


def _placed(amount: Decimal, pattern: str) -> str:
    """The digits of an amount in a pattern such as `#,##0.00`, without its sign; halves are rounded away from zero."""
    whole, _, fraction = pattern.partition(".")
    places = sum(char in "0#?" for char in fraction)
    least = fraction.count("0")
    try:
        rounded = abs(amount).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:
        return _general(abs(amount))
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    units, _, decimals = text.partition(".")
    while len(decimals) > least and decimals.endswith("0"):
        decimals = decimals[:-1]
    wanted = whole.count("0")
    units = "" if units == "0" and wanted == 0 else units.zfill(wanted)
    return f"{units}.{decimals}" if decimals else units


# ------------------------------------------------------------------ dates and times
def _moment(value: datetime | date | time, code: str) -> str:
    if code in SYSTEM_DATES and not isinstance(value, time):
        code = "d/m/yyyy h:mm" if "h" in code else "d/m/yyyy"
    tokens = _sections(code)[0]
    locale = _locale(tokens)
    marks = [token for token in tokens if token["date"] or token["ampm"]]
    if not marks:
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    noon = any(token["ampm"] for token in marks)
    parts: list[str] = []
    for token in tokens:
        if token["ampm"]:
            parts.append("AM" if getattr(value, "hour", 0) < 12 else "PM")
        elif token["date"]:
            parts.append(_unit(value, token["date"].lower(), _is_minute(token, marks), locale, noon))
        elif token["number"] is None:
            parts.append(_literal(token))
    text = "".join(parts).strip()
    return text.translate(_THAI_DIGITS) if locale.is_thai_digits else text


def _is_minute(token: re.Match[str], marks: list[re.Match[str]]) -> bool:
    """`m` means minutes behind hours and before seconds."""
    at = marks.index(token)
    before = marks[at - 1][0].lower() if at else ""
    after = marks[at + 1][0].lower() if at + 1 < len(marks) else ""
    return len(token[0]) <= 2 and (before.startswith("h") or after.startswith("s"))


def _unit(value: datetime | date | time, unit: str, is_minute: bool, locale: _Locale, noon: bool) -> str:
    hour, minute = getattr(value, "hour", 0), getattr(value, "minute", 0)
    if unit[0] == "h":
        return f"{(hour - 1) % 12 + 1 if noon else hour:0{min(len(unit), 2)}d}"
    if unit[0] == "s":
        return f"{getattr(value, 'second', 0):0{2 if unit.startswith('ss') else 1}d}"
    if unit[0] == "m" and is_minute:
        return f"{minute:0{len(unit)}d}"
    if isinstance(value, time):
        return ""
    if unit[0] in "ybe":
        year = value.year + 543 * (unit[0] == "b" or locale.is_buddhist)
        return f"{year % 100:02d}" if len(unit) <= 2 else str(year)
    if unit[0] == "m":
        return _month(value.month, len(unit), locale.is_english)
    if unit[0] == "d":
        return str(value.day).zfill(len(unit)) if len(unit) <= 2 else _weekday(value, locale.is_english)
    return ""


def _month(number: int, length: int, is_english: bool) -> str:
    if length <= 2:
        return str(number).zfill(length)
    words = next(entry for entry in load("calendar")["months"] if entry["number"] == number)
    name: str = words["english"] if is_english else words["full"]
    if length == 3:
        return name[:3] if is_english else str(words["short"])
    return name if length == 4 else name[0]


def _weekday(value: date, is_english: bool) -> str:
    words = next(entry for entry in load("calendar")["weekdays"] if entry["number"] == value.isoweekday())
    return str(words["english"][0] if is_english else words["names"][0])


def _duration(value: timedelta, code: str) -> str:
    seconds = round(value.total_seconds())
    text = f"{seconds // 3600}:{seconds % 3600 // 60:02d}"
    return f"{text}:{seconds % 60:02d}" if "s" in code.lower() else text
