"""The digits of a line by two readers: what the engine reads, and what the digit reader sees, put together.

The engine's places are off by up to a letter, so its characters and the signs that the digit reader sees are aligned
as two sequences: by their order first, by their places and kinds next. Where both see the same digit it is certain;
where they differ the one that is good at such digits is kept and the other noted as the alternative.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ita_extract.vision.digits import LATIN, THAI, Sign
from ita_extract.vision.glyphs import Glyph, takes_room

CREDIBLE = 0.8
"""Confidence from which a digit that the digit reader sees is believed against the engine."""
LIKELY = 0.5
"""Confidence from which the engine's Latin letter is believed in a Latin word."""
CERTAIN = 0.97
"""Confidence from which it is believed without doubt where the engine is known to be blind: at Thai digits."""
UNREAD = 0.9
"""Confidence from which nothing but digits is believed where the engine reads nothing: a 1 alone in its cell (on scans
of 40 prints dirt and marks have up to 0.87)."""
WRONG_SCRIPT = 0.2
"""Confidence that is left to a letter where one of another script is seen."""
STUBBORN = {"ๆ": 0.99, "ฯ": 0.99}
"""Signs that look like digits and that the engine knows well: what it takes to believe that they are digits."""
_SKIP, _SKIP_POINT = 0.7, 0.15
"""What it costs to leave a letter, or a sign that the digit reader does not know, without a partner."""
_FAR = 12.0
"""Consonant heights: what is further apart is no pair."""
_AWAY, _MOST_AWAY = 0.12, 0.4
"""What a consonant height between the places of a pair costs, and the most that it does: the engine crams numbers."""
_ROOM = 1.75
"""Consonant heights between the middles of two digits that have a third one between them."""
_POINTS = ".,:;()[]/-–—\"'“”‘’%+…"
_BESIDE = 1.4
"""Consonant heights between the middles of letters or digits that stand beside each other without a blank."""
_OWN_ROOM = 0.55
"""Consonant heights around the middle of a digit in which nothing else stands."""


class _Pair(NamedTuple):
    glyph: int | None
    sign: int | None


def with_digits(glyphs: Sequence[Glyph], signs: Sequence[Sign], height: float) -> list[Glyph]:
    """The engine's characters with digits as the digit reader sees them, and each at the place where it is seen.

    `height` is that of the consonants in pixels.
    """
    heads = [at for at, glyph in enumerate(glyphs) if takes_room(glyph.char) and not glyph.char.isspace()]
    if not heads and all(sign.is_digit and sign.confidence >= UNREAD for sign in signs):
        return [_drawn(sign, height, "") for sign in signs]
    letters = [glyphs[at] for at in heads]
    pairs = _in_order(_aligned(letters, signs, height), letters, signs)
    digits = [sign for sign in signs if sign.is_digit and sign.confidence >= CREDIBLE]
    result: list[Glyph] = []
    done = 0
    for number, pair in enumerate(pairs):
        sign = None if pair.sign is None else signs[pair.sign]
        if pair.glyph is None:
            among = bool(result) and result[-1].char.isdigit()
            is_sure = sign is not None and sign.confidence >= (CREDIBLE if among else CERTAIN)
            if sign is not None and sign.is_digit and is_sure and not _is_crowded(sign, signs, height):
                while done < len(glyphs) and _comes_before(glyphs[done], sign):
                    result.append(glyphs[done])
                    done += 1
                result.append(_drawn(sign, height, None if sign.confidence >= CERTAIN else ""))
            continue
        at = heads[pair.glyph]
        result += glyphs[done:at]
        glyph = glyphs[at] if sign is None else _moved(glyphs[at], sign.x)
        done = at + 1
        if sign is None and glyph.char.isdigit() and not _has_room(pairs, number, signs, height):
            continue
        sides = [p for p in pairs[max(0, number - 1) : number + 2] if p is not pair]
        beside = [(letters[p.glyph], signs[p.sign]) for p in sides if p.glyph is not None and p.sign is not None]
        if sign is not None and _is_latin(glyph, sign, beside, height):
            chosen: Glyph | None = glyph._replace(alternative=sign.char)
        else:
            chosen = _chosen(glyph, sign, digits, height, pair.glyph, letters)
        if chosen is not None:
            result.append(chosen)
        if chosen is None or (chosen.char.isdigit() and not glyph.char.isdigit()):
            # Digits carry no marks.
            while done < len(glyphs) and not takes_room(glyphs[done].char):
                done += 1
    return [*result, *glyphs[done:]]


def with_scripts(glyphs: Sequence[Glyph], signs: Sequence[Sign], height: float) -> list[Glyph]:
    """The engine's characters, those without confidence that are letters of one script where the other is seen."""
    heads = [at for at, glyph in enumerate(glyphs) if takes_room(glyph.char) and not glyph.char.isspace()]
    result = list(glyphs)
    for pair in _aligned([glyphs[at] for at in heads], signs, height):
        if pair.glyph is None or pair.sign is None:
            continue
        glyph, sign = glyphs[heads[pair.glyph]], signs[pair.sign]
        is_other = _kind(glyph.char) in {THAI, LATIN} - {sign.char}
        if is_other and not sign.is_digit and glyph.char.isalpha() and sign.confidence >= CREDIBLE:
            result[heads[pair.glyph]] = glyph._replace(confidence=WRONG_SCRIPT)
    return result


def _drawn(sign: Sign, height: float, alternative: str | None) -> Glyph:
    half = 0.3 * height
    return Glyph(sign.char, sign.x - half, sign.x + half, sign.confidence, alternative)


def _moved(glyph: Glyph, x: float) -> Glyph:
    off = x - glyph.middle
    return glyph._replace(x0=glyph.x0 + off, x1=glyph.x1 + off)


def _has_room(pairs: Sequence[_Pair], number: int, signs: Sequence[Sign], height: float) -> bool:
    """Whether another digit may stand between the signs that are seen before and after pair `number`."""
    before = next((signs[p.sign] for p in reversed(pairs[:number]) if p.sign is not None), None)
    after = next((signs[p.sign] for p in pairs[number + 1 :] if p.sign is not None), None)
    if before is None or after is None or not (before.is_digit or after.is_digit):
        return True
    return after.x - before.x > _ROOM * height


def _comes_before(glyph: Glyph, sign: Sign) -> bool:
    """Whether a mark of the letter before, or a blank, stands before a sign that is put in."""
    return glyph.x0 < sign.x if glyph.char.isspace() else not takes_room(glyph.char)


def _in_order(pairs: list[_Pair], heads: Sequence[Glyph], signs: Sequence[Sign]) -> list[_Pair]:
    """The pairs with each sign that has no partner behind the characters without one that stand before it: a digit
    that the engine has left out behind a full stop."""
    result: list[_Pair] = []
    held: list[_Pair] = []
    for pair in pairs:
        if pair.glyph is None:
            held.append(pair)
            continue
        before = heads[pair.glyph].middle
        if pair.sign is not None or not all(other.sign is not None and before < signs[other.sign].x for other in held):
            result += held
            held = []
        result.append(pair)
    return [*result, *held]


def _is_crowded(digit: Sign, signs: Sequence[Sign], height: float) -> bool:
    """Whether another sign is seen so close to a digit that the two are strokes of one letter."""
    return any(
        sign is not digit and sign.confidence >= CREDIBLE and abs(sign.x - digit.x) < _OWN_ROOM * height
        for sign in signs
    )


def _is_latin(glyph: Glyph, sign: Sign, beside: Sequence[tuple[Glyph, Sign]], height: float) -> bool:
    """Whether a Thai digit is seen where the engine is sure of another sign, in a word or number that is not Thai.

    That is where both readers see a Latin letter or Arabic digit close `beside` it: no word is of two scripts, and no
    number.
    """
    least = LIKELY if glyph.char.isalpha() else CREDIBLE
    if not (sign.is_digit and sign.char >= "๐") or _kind(glyph.char) == THAI or glyph.confidence < least:
        return False
    return any(
        _kind(letter.char) == LATIN
        and (seen.char == LATIN or (seen.is_digit and seen.char < "๐"))
        and seen.confidence >= CREDIBLE
        and abs(seen.x - sign.x) < _BESIDE * height
        for letter, seen in beside
    )


def _chosen(
    glyph: Glyph, sign: Sign | None, digits: Sequence[Sign], height: float, at: int, heads: Sequence[Glyph]
) -> Glyph | None:
    """What stands where the engine reads `glyph`; None where it is the rest of a digit read as two letters."""
    if sign is None:
        crowded = any(abs(digit.x - glyph.middle) < _OWN_ROOM * height for digit in digits)
        return None if crowded and _kind(glyph.char) else glyph
    if not sign.is_digit:
        doubtful = glyph.char.isdigit() and (_kind(glyph.char) == THAI or glyph.confidence < CREDIBLE)
        return (
            glyph._replace(alternative=glyph.alternative or "", confidence=min(glyph.confidence, 0.5))
            if (doubtful and sign.confidence >= CREDIBLE)
            else glyph
        )
    if sign.char == glyph.char:
        return glyph._replace(confidence=max(glyph.confidence, sign.confidence), alternative=None)
    if sign.confidence < STUBBORN.get(glyph.char, CREDIBLE):
        return glyph._replace(alternative=sign.char) if glyph.char.isdigit() else glyph
    if sign.char >= "๐":
        certain = sign.confidence >= CERTAIN
        return _drawn(sign, height, None if certain else glyph.char)
    if glyph.char.isdigit() and glyph.char < "๐":
        if sign.confidence > glyph.confidence:
            return glyph._replace(char=sign.char, confidence=0.6, alternative=glyph.char)
        return glyph._replace(confidence=0.6, alternative=sign.char)
    if not _kind(glyph.char) and sign.confidence < CERTAIN:
        return glyph
    beside = [other.char for other in heads[max(0, at - 1) : at + 2] if other is not glyph]
    if _kind(glyph.char) == LATIN and glyph.confidence >= CREDIBLE and not any(char.isdigit() for char in beside):
        return glyph
    return glyph._replace(
        char=sign.char, confidence=sign.confidence, alternative=None if sign.confidence >= CERTAIN else glyph.char
    )


def _kind(char: str) -> str:
    """THAI or LATIN for letters and digits of that script, nothing for other signs."""
    if "ก" <= char <= "๙":
        return THAI
    return LATIN if char.isascii() and char.isalnum() else ""


def _aligned(glyphs: Sequence[Glyph], signs: Sequence[Sign], height: float) -> list[_Pair]:
    """Partners in the order of the line, at least cost over all (Needleman and Wunsch 1970)."""
    count, seen = len(glyphs), len(signs)
    cost = _costs(glyphs, signs, height)
    skip = [_SKIP_POINT if glyph.char in _POINTS else _SKIP for glyph in glyphs]
    best = np.zeros((count + 1, seen + 1))
    best[1:, 0] = np.cumsum(skip)
    best[0, 1:] = _SKIP * np.arange(1, seen + 1)
    table, rows = best.tolist(), cost.tolist()
    for i in range(1, count + 1):
        row, above, costs, lost = table[i], table[i - 1], rows[i - 1], skip[i - 1]
        for j in range(1, seen + 1):
            row[j] = min(above[j - 1] + costs[j - 1], above[j] + lost, row[j - 1] + _SKIP)
    pairs: list[_Pair] = []
    i, j = count, seen
    while i or j:
        if i and j and table[i][j] == table[i - 1][j - 1] + rows[i - 1][j - 1]:
            i, j = i - 1, j - 1
            pairs.append(_Pair(i, j))
        elif i and table[i][j] == table[i - 1][j] + skip[i - 1]:
            i -= 1
            pairs.append(_Pair(i, None))
        else:
            j -= 1
            pairs.append(_Pair(None, j))
    return pairs[::-1]


def _costs(
    glyphs: Sequence[Glyph], signs: Sequence[Sign], height: float
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """What it costs to take each character and each sign for the same."""
    places = np.array([glyph.middle for glyph in glyphs])[:, None]
    away = np.abs(places - np.array([sign.x for sign in signs])[None, :]) / height
    kinds = {sign.char: sign for sign in signs}
    unlike = {(char, kind): _unlike(char, kinds[kind]) for char in {glyph.char for glyph in glyphs} for kind in kinds}
    table = np.array([[unlike[glyph.char, sign.char] for sign in signs] for glyph in glyphs]).reshape(away.shape)
    return np.where(away > _FAR, 9.0, np.minimum(_AWAY * away, _MOST_AWAY) + table)


def _unlike(char: str, sign: Sign) -> float:
    if char == sign.char or (not char.isdigit() and _kind(char) == sign.char):
        return 0.0
    if not _kind(char):
        # Rare signs («, >, ©) are letters or digits that the engine does not know.
        return 1.2 if char in _POINTS else 0.5
    return 0.25 if char.isdigit() and sign.is_digit else 0.45
