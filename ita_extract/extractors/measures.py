"""What a score measures: the instruments, indicators and totals of the assessment, named by short texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import permutations
from typing import Literal, cast

from rapidfuzz.distance import Levenshtein

from ita_extract.lexicon import load
from ita_extract.outline.headings import indicator_code
from ita_extract.thai.nearest import nearest
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import fold_digits, key

Measure = Literal["TOTAL", "IIT", "EIT", "OIT", "I01", "I02", "I03", "I04", "I05", "I06", "I07", "I08", "I09", "I10"]
MAX_MEASURE = 160
"""A cell that names a measure is shorter than this."""
INSTRUMENTS: tuple[Measure, ...] = ("IIT", "EIT", "OIT")
"""In the order in which tables of scores list them."""
MISREAD = 2
"""Letters of an instrument's name that OCR may have lost or changed, where those beside it leave no doubt."""
_LETTERS = re.compile(r"[A-Za-z0-9|!]{1,4}")
_LOOK_ALIKES = str.maketrans("1L|!0", "IIIIO")
_NUMBERED = re.compile(r"(?:ต[ัิ]?ว[ชซ][ิีึื]?[่-๋]?ว[ัิ]?ด(?:ท[ิี]่?)?|ตชว\.?|I)\s*([\d๐-๙]{1,2})(?![\d๐-๙.])\s*[:：.]?\s*")


@cache
def _measure_words() -> tuple[tuple[str, Measure], ...]:
    pairs: list[tuple[str, Measure]] = []
    for code, entry in load("ita")["instruments"].items():
        pairs += [(key(word), code) for word in (code, entry["name"], *entry.get("variants", ()))]
    pairs += [(key(word), "TOTAL") for word in load("ita")["total_words"]]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def measure_of(text: str) -> Measure | None:
    """The instrument, indicator or total that a short text names."""
    bare = " ".join(text.split())
    numbering = parse_numbering(bare)
    rest = bare[numbering.end :] if numbering else bare
    number = _NUMBERED.match(rest)
    if number is not None and 1 <= int(fold_digits(number[1])) <= 10:
        return cast(Measure, f"I{int(fold_digits(number[1])):02d}")
    name = re.sub(r"[(（].*?[)）]", "", rest).strip()
    code = indicator_code(name)
    if code is not None:
        return cast(Measure, code)
    folded, whole = key(name), key(rest)
    for word, measure in _measure_words():
        if folded == word or whole == word:
            return measure
    inner = re.search(r"\b(IIT|EIT|OIT)\b", rest)
    if inner is not None and len(rest) < 120:
        return cast(Measure, inner[1])
    begun = next(
        (m for w, m in _measure_words() if len(w) > 8 and folded.startswith(w) and len(folded) < len(w) + 25), None
    )
    return begun or _damaged(rest)


def _damaged(text: str) -> Measure | None:
    """The measure whose name a text is but for damage of OCR."""
    words = dict(_measure_words())
    near = nearest(text, tuple(words)) if len(text) < MAX_MEASURE else None
    return words[near] if near is not None else None


def measures_of(texts: Sequence[str]) -> list[Measure | None]:
    """The measure that each of some texts names, which stand below or beside each other in a table of scores."""
    return with_misread([measure_of(text) for text in texts], texts)


def with_misread(known: Sequence[Measure | None], texts: Sequence[str]) -> list[Measure | None]:
    """The measures that some texts beside each other name, with instruments that OCR has misread.

    Names of instruments are three letters, of which OCR loses some: where other measures stand beside them, what is
    left of the three is told by which of them it can be, and by their order.

    >>> with_misread(["TOTAL", None, None, None], ["คะแนนรวม", "IT", "E", "OI"])
    ['TOTAL', 'IIT', 'EIT', 'OIT']
    """
    found = list(known)
    missing = [name for name in INSTRUMENTS if name not in found]
    unknown = [n for n, text in enumerate(texts) if found[n] is None and _LETTERS.fullmatch(text.strip())]
    if not missing or len(unknown) != len(missing) or not any(found):
        return found
    order = [n for name in INSTRUMENTS for n in ([found.index(name)] if name in found else [])]
    best = _assigned([texts[n].strip() for n in unknown], missing)
    if best is not None and order == sorted(order):
        for place, name in zip(unknown, best, strict=True):
            found[place] = name
    return found


def _assigned(texts: Sequence[str], missing: Sequence[Measure]) -> tuple[Measure, ...] | None:
    """Which name each text is, if each can be one; as listed where two ways are as likely."""
    ways = [(_wrong_letters(texts, names), names) for names in permutations(missing)]
    least, names = min(ways, key=lambda way: way[0])
    return names if least < MISREAD * len(texts) + 1 else None


def _wrong_letters(texts: Sequence[str], names: Sequence[Measure]) -> int:
    """How many letters are wrong if the texts are these names; very many where one has nothing of its name."""
    wrong = [
        Levenshtein.distance(text.upper().translate(_LOOK_ALIKES), name)
        for text, name in zip(texts, names, strict=True)
    ]
    return sum(wrong) if max(wrong) <= MISREAD else 100
