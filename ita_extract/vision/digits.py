"""The digit reader: where Thai and Arabic digits stand on a line image, and which they are.

Stock Tesseract reads most Thai digits as ๕ or ๒. This reader looks at the line itself: a small convolutional network,
trained on rendered fonts (`scripts/train_digits`, see `digits.md`), runs along the line and says for every other pixel
column whether the middle of a digit is there, and which; likewise for other Thai and Latin letters.
"""

from __future__ import annotations

ROWS = 40
"""Height of its input in pixels: 16 of them are the consonants'."""
ABOVE, BELOW = 1.9, 0.6
"""Its input's extent over and under the baseline, in consonant heights."""
STRIDE = 2
"""Pixels of its input per column of its output."""
CLASSES = ("", *"๐๑๒๓๔๕๖๗๘๙", *"0123456789", "thai", "latin")
THAI_LETTER, LATIN_LETTER = CLASSES.index("thai"), CLASSES.index("latin")
