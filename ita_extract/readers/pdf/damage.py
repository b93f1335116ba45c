"""Whether the text layer of a page is to be believed, or the page must be read from its picture.

A text layer that is not empty proves nothing: programs lay what they took the picture for under a scan, fonts come
without a map from glyphs to letters, a stamp is put on a scan. What is decided here, and why, goes to the `pages`
table, so that a reader of pictures knows which pages are its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ita_extract.model import OcrReason
from ita_extract.thai.damage import Damage, damage

COVERED = 0.7
"""Share of a page under pictures from which it is a scan, or a page on a picture; margins of scans are cut off."""
STAMP = 0.015
"""Share of a page that a page number, stamp or signature note covers at most; a title covers more, a full page 0.4."""
OUTLINES = 250
"""Filled curves of the size of letters, on a page with hardly any text, from which they are drawn letters."""
_LETTER = (2.5, 40.0)
"""Height of letters drawn as outlines, in points."""
_GRID = 20
_LIMITS = {"letters": 0.15, "marks": 0.25, "signs": 0.006, "digits": 0.04}
"""Damage from which a layer is not believed: letters and marks are whole words, signs 1 word in 40, numbers 1 in 25.
Of a page with fewer broken signs OCR would make a worse text: at its best it misreads 2 to 15 signs in 1,000."""
_ONE_SIGN = 0.02
"""Share of broken signs from which a single one is enough."""
_NO_MAP = 0.3
"""Broken signs per letter from which the font has no map at all."""
FOREIGN = 0.1
"""Share of letters of other scripts over a scan: OCR set to another language writes 0.3 and more."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a page when its text layer has been read.

    `damage` is that of its repaired text; `picture` and `ink` are the shares of the page that pictures and characters
    cover; `outlines` are the filled curves on it that have the size of letters.
    """

    damage: Damage
    picture: float
    ink: float
    outlines: int = 0

    @property
    def is_scan(self) -> bool:
        """Whether pictures make up the page."""
        return self.picture >= COVERED

    @property
    def score(self) -> float:
        """The worst share of damage; on a scan of a Thai page another script is damage too."""
        return max(self.damage.score, self.damage.foreign) if self.is_scan else self.damage.score


def needs_ocr(evidence: Evidence) -> OcrReason | None:
    """Why a page must be read from its picture, None where its text layer holds (or the page is blank)."""
    if evidence.ink < STAMP:
        if not evidence.ink and evidence.picture >= 0.1:
            return "picture_only"
        if evidence.is_scan:
            return "stamp_on_picture"
        if evidence.outlines >= OUTLINES:
            return "outlines"
    if evidence.is_scan and evidence.damage.foreign >= FOREIGN:
        return "foreign_script"
    return _damage_reason(evidence.damage)


def _damage_reason(measured: Damage) -> OcrReason | None:
    if measured.letters >= _LIMITS["letters"] or measured.signs >= _NO_MAP:
        return "gibberish"
    if measured.marks >= _LIMITS["marks"]:
        return "lost_marks"
    if measured.digits >= _LIMITS["digits"]:
        return "false_digits"
    if measured.signs >= _LIMITS["signs"] and (
        measured.signs >= _ONE_SIGN or round(measured.signs * measured.size) >= 2
    ):
        return "broken_signs"
    return None


def gather(text: str, chars: Sequence[Any], page: Any) -> Evidence:
    """The evidence on a page: its repaired text, and what covers it."""
    area = float(page.width) * float(page.height)
    ink = min(1.0, sum(map(_size, chars)) / area)
    picture = _covered(page.objects.get("image", ()), page)
    low, high = _LETTER
    curves = page.objects.get("curve", ()) if ink < STAMP else ()
    outlines = sum(bool(curve["fill"]) and low <= curve["height"] <= high for curve in curves)
    return Evidence(damage(text), picture, ink, outlines)


def _size(char: Any) -> float:
    """The area of a character in square points; spaces, and marks that were drawn, have none."""
    if char["text"].isspace() or "drawn" in char:
        return 0.0
    return max(0.0, float((char["x1"] - char["x0"]) * (char["bottom"] - char["top"])))


def _covered(pictures: Iterable[Any], page: Any) -> float:
    """Share of the page under pictures, counted in the fields of a grid: scans come in strips that overlap."""
    x0, top, x1, bottom = page.bbox
    columns, rows = (x1 - x0) / _GRID, (bottom - top) / _GRID
    fields: set[tuple[int, int]] = set()
    for picture in pictures:
        first, last = _range(picture["x0"] - x0, picture["x1"] - x0, columns)
        above, below = _range(picture["top"] - top, picture["bottom"] - top, rows)
        fields.update((column, row) for column in range(first, last) for row in range(above, below))
        if len(fields) == _GRID * _GRID:
            break
    return len(fields) / (_GRID * _GRID)


def _range(start: float, end: float, step: float) -> tuple[int, int]:
    """The fields whose middle lies between two places."""
    return max(0, round(start / step)), min(_GRID, round(end / step))


WRONG: dict[OcrReason, str] = {
    "picture_only": "it is a picture without a text layer",
    "outlines": "its letters are drawn as outlines, without a text layer",
    "stamp_on_picture": "a picture covers it, and its text layer holds no more than a stamp or page number",
    "gibberish": "its text layer is not language: a wrong OCR layer, or a font without a map to letters",
    "foreign_script": "its text layer was read by an OCR program set to another language",
    "lost_marks": "its text layer has lost vowels or tone marks",
    "false_digits": "its text layer has other letters in the place of digits; numbers are wrong",
    "broken_signs": "its text layer is damaged beyond repair",
}
"""What is wrong with the page, for a person."""


def warning(number: int, reason: OcrReason, score: float | None) -> str:
    """The sentence for a person: which page, what is wrong, how bad, what to do."""
    measured = "" if score is None else f" (damage {score:.2f})"
    best = "nothing was read from it" if score is None else "what was read is the best there is"
    return f"page {number}: {WRONG[reason]}{measured}; {best}; read the page by OCR, or get the original file"


def reread(number: int, reason: OcrReason) -> str:
    """The sentence for a person about a page that was read from its picture instead."""
    return f"page {number} was read by OCR: {WRONG[reason]}"
