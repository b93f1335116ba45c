"""Numbers that name or date something instead of counting it: dates, years, times, phones, item numbers, codes."""

from __future__ import annotations

import re
from functools import cache

from ita_extract.lexicon import load
from ita_extract.thai.numerals import any_of

_HIDDEN = "\x1a"
_GAP = "[ \\t\u00a0]{0,3}"
_DASH = "[-–—−~]"


def hide_identifiers(folded: str) -> str:
    """The text with the digits of such numbers replaced, same length. `folded` has Arabic digits only."""
    return _identifiers().sub(lambda match: re.sub("[0-9]", _HIDDEN, match[0]), folded)


@cache
def _identifiers() -> re.Pattern[str]:
    words = load("quantities")
    return re.compile(
        "|".join([*_links_and_phones(), *_times_and_dates(), *_names()]) + f"|{_years(words['counters'])}"
    )


def _links_and_phones() -> list[str]:
    phones = any_of(load("quantities")["phones"])
    return [
        r"(?:https?://|www\.)\S+",
        r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.]+",
        rf"(?:{phones})(?:ศัพท์)?\.?{_GAP}:?{_GAP}[0-9][0-9 \-–,/#]{{2,40}}[0-9]",
        r"(?<![0-9.,])0[0-9]{0,2}[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}(?![0-9])",
    ]


def _times_and_dates() -> list[str]:
    months = load("calendar")["months"]
    short = [month["short"].rstrip(".").replace(".", r" ?\.? ?") + r"(?:\.|(?![ก-๎]))" for month in months]
    full = [name for month in months for name in (month["full"], month["english"])]
    month = rf"(?:{any_of(full)}|{'|'.join(short)})"
    clock = any_of(load("quantities")["clock"])
    time = "[0-9]{1,2}[.:][0-9]{2}"
    day = "[0-9]{1,2}"
    return [
        rf"{time}{_GAP}(?:น\.)?{_GAP}(?:{_DASH}|ถึง){_GAP}{time}(?:{_GAP}{clock})?",
        rf"{time}{_GAP}{clock}",
        rf"(?<![0-9:]){day}:[0-9]{{2}}(?![0-9:])",
        rf"(?:{day}{_GAP}(?:{_DASH}|และ|,|ถึง){_GAP}){{0,4}}(?<![0-9.,]){day}{_GAP}(?:เดือน{_GAP})?{month}(?:{_GAP}(?:พ\.?{_GAP}ศ\.?)?{_GAP}[0-9]{{2,4}})?",
        rf"(?<![ก-ฮ]){month}{_GAP}(?:พ\.?{_GAP}ศ\.?)?{_GAP}(?:25)?[0-9]{{2}}(?![0-9,.%])",
        r"(?<![0-9/])[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2,4}(?![0-9/])",
        r"(?<![0-9/-])(?:19|20)[0-9]{2}-[0-9]{2}(?:-[0-9]{2})?(?![0-9-])",
        r"[0-9]{1,4}(?:\([0-9]+\))? ?[/-] ?2[456][0-9]{2}(?![0-9])",
    ]


def _names() -> list[str]:
    words = load("quantities")
    number = "[0-9]+(?:[./][0-9]+)*"
    item = r"[0-9]{1,2}(?:\.[0-9]{1,2})*"
    more = rf"(?:{_GAP}(?:{_DASH}|ถึง|และ|,){_GAP}{number})?"
    return [
        rf"{any_of(words['ordinals'])}{_GAP}ที่{_GAP}{number}{more}",
        rf"(?:{any_of(words['names_before'])}){_GAP}{number}{more}",
        rf"{any_of(words['graded'])}{_GAP}ระดับ{_GAP}{number}{more}",
        r"[0-9]+(?:\.[0-9]+){2,}",
        rf"(?:(?m:^)|(?<=\t))[ \t]*[-•*]?[ \t]*(?:{item}[.)]|\({item}\))(?=[^0-9])",
        r"[A-Za-z]+[-–.]?[0-9]+(?:[.-][0-9]+)*",
        r"(?<=[ก-ฮ]\.)[0-9]+(?:[./][0-9]+)*",
    ]


def _years(counters: list[str]) -> str:
    """Years after their word, and bare years unless something is counted ("2564 คน")."""
    year_word = rf"(?:ปี(?:งบประมาณ|การศึกษา|บัญชี)?{_GAP}(?:พ\.?{_GAP}ศ\.{{0,3}})?|พ\.?{_GAP}ศ\.{{0,3}}|ค\.{_GAP}ศ\.)"
    era = "2[456][0-9]{2}"
    counted = rf"{_GAP}{any_of(counters)}(?!ที่)"
    year = rf"(?:{era}|[0-9]{{2}}(?!{counted}))(?![0-9])"
    return (
        rf"{year_word}{_GAP}{year}(?:{_GAP}(?:{_DASH}|ถึง|และ|,|/){_GAP}{year})*"
        rf"|(?<![0-9.,]){era}{_GAP}(?:{_DASH}|ถึง){_GAP}{era}(?![0-9])"
        rf"|(?<![0-9.,])(?:25[4-9]|20[0-3])[0-9](?![0-9,]|\.[0-9]|{counted})"
    )
