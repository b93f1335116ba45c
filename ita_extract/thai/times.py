"""Times of day and ranges of them: `9:30-12:00 น.`, `เวลา ๐๙.๐๐ น. ถึง ๑๒.๐๐ น.` (VARIETY §7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ita_extract.lexicon import load
from ita_extract.thai.calendar_words import SPACE, alternatives
from ita_extract.thai.text import fold_digits


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A time, or a range of times, as printed (`raw` is `text[start_pos:end_pos]`) and as `HH:MM`; `end` None
    for a single time.
    """

    raw: str
    start_pos: int
    end_pos: int
    start: str
    end: str | None


def find_times(text: str) -> tuple[TimeRange, ...]:
    """Every time of day, in text order. `9.30` is one only beside `เวลา`, `น.` or `นาฬิกา`; impossible times
    are left out.
    """
    found = []
    for match in _times().finditer(fold_digits(text)):
        is_marked = match["word"] or match["clock"] or match["clock_a"] or ":" in match[0]
        start, end = _hh_mm(match, "_a"), _hh_mm(match, "_b")
        if not is_marked or start is None or (match["hour_b"] and end is None):
            continue
        found.append(TimeRange(text[slice(*match.span())], *match.span(), start, end))
    return tuple(found)


def _hh_mm(match: re.Match[str], tag: str) -> str | None:
    if match["hour" + tag] is None:
        return None
    hour, minute = int(match["hour" + tag]), int(match["minute" + tag] or 0)
    is_time = (hour < 24 and minute < 60) or (hour, minute) == (24, 0)
    return f"{hour:02d}:{minute:02d}" if is_time else None


@cache
def _times() -> re.Pattern[str]:
    lexicon = load("calendar")
    # `น.` before a letter and a dot is the start of `น.ส.`; its dot is lost often, so a blank may stand for it.
    clock = r"(?:นาฬิกา|น\.(?! ?[ก-ฮ]\.)|น(?=[\s)\-–,]|$))"
    whole_hour = rf"(?={SPACE}นาฬิกา)"
    word = rf"(?P<word>{alternatives(lexicon['time_words'])}){SPACE}:?{SPACE}"

    def time(tag: str) -> str:
        return rf"(?P<hour{tag}>\d{{1,2}})(?:(?: ?: ?|\.)(?P<minute{tag}>\d\d)(?::\d\d)?|{whole_hour})(?![\d:]|\.\d)"

    joint = rf"{SPACE}{alternatives(lexicon['connectors'])}{SPACE}(?:{alternatives(lexicon['time_words'])}{SPACE})?"
    second = rf"(?:(?:{SPACE}(?P<clock_a>{clock}))?{joint}{time('_b')})?"
    # `เวลา 1 1.45 น.` on a scan is a quarter to twelve or to two; `รุ่นที่ 1 9.30 น.` is half past nine.
    before = [re.escape(found) for found in (*lexicon["time_words"], *lexicon["connectors"])]
    torn = "".join(rf"(?<!{found}[12] )(?<!{found} [12] )" for found in before)
    return re.compile(rf"(?:{word})?(?<![\d:./]){torn}{time('_a')}{second}(?:{SPACE}(?P<clock>{clock}))?")
