"""The height of a line's consonants where digits, Latin letters and tall consonants are many.

Digits all have one height, consonants vary a little, so in a line with many digits theirs may be the commonest: the
line would be taken for one in larger type, which is what headings are set in.
"""

from __future__ import annotations

from ita_extract.vision.type_size import Picture, flattened, measure

TALL_LETTERS = "ปฝฟฬไใโ"
"""Letters that are higher than other consonants in every typeface."""
MANY = 0.25
"""Share of tall signs in a line from which their height may be what was measured."""
HEIGHTS = (1.2, 1.35, 1.5)
"""Height of digits and Latin letters in heights of consonants, each within a tenth (12 faces: 1.15 to 1.6)."""
ENOUGH = 0.5
"""Share of the letters of ordinary height that must be found at the lower height."""


def consonant_height(measured: float, text: str, pixels: Picture) -> float:
    """The height of the consonants of a line in pixels: what was measured, or less where that was of tall signs.

    `text` is what the line says, `pixels` its picture.
    """
    letters = [sign for sign in text if sign.isalnum()]
    ordinary = sum("ก" <= sign <= "๎" and sign not in TALL_LETTERS for sign in letters)
    if len(letters) - ordinary < MANY * len(letters):
        return measured
    flat = flattened(pixels)
    found = [size for ratio in HEIGHTS if (size := measure(flat, measured / ratio)) is not None]
    best = max(found, key=lambda size: size.letters, default=None)
    return best.height if best is not None and best.letters >= max(3, ENOUGH * ordinary) else measured
