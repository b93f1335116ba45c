"""The digit reader: where Thai and Arabic digits stand on a line image, and which they are.

Stock Tesseract reads most Thai digits as ๕ or ๒. This reader looks at the line itself: a small convolutional network,
trained on rendered fonts (`scripts/train_digits`, see `digits.md`), runs along the line and says for every other pixel
column whether the middle of a digit is there, and which; likewise for other Thai and Latin letters.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from ita_extract.vision.type_size import Picture, TypeSize, band

ROWS = 40
"""Height of its input in pixels: 16 of them are the consonants'."""
ABOVE, BELOW = 1.9, 0.6
"""Its input's extent over and under the baseline, in consonant heights."""
STRIDE = 2
"""Pixels of its input per column of its output."""
THAI, LATIN = "thai", "latin"
CLASSES = ("", *"๐๑๒๓๔๕๖๗๘๙", *"0123456789", THAI, LATIN)
THAI_LETTER, LATIN_LETTER = CLASSES.index(THAI), CLASSES.index(LATIN)
WEIGHTS = Path(__file__).with_name("digits.npz")
_MARGIN = 24
"""Pixels of paper added at both ends of a line, so that its first letters stand free as all others do."""
_WAVERING = 0.9
"""Highest confidence in a digit that was seen as another one too."""

Floats = NDArray[np.float32]


class Layer(NamedTuple):
    """A convolution: its channels, the rows and columns that it sees, its steps, the distance of its columns; whether
    rows are padded."""

    channels: int
    height: int
    width: int
    stride: tuple[int, int] = (1, 1)
    dilation: int = 1
    pads_rows: bool = True


LAYERS = (
    Layer(16, 5, 5, (2, 2)),
    Layer(32, 3, 3, (2, 1)),
    Layer(48, 3, 3, (2, 1)),
    Layer(80, 5, 1, pads_rows=False),
    Layer(80, 1, 5),
    Layer(80, 1, 3, dilation=3),
    Layer(len(CLASSES), 1, 1),
)


class Sign(NamedTuple):
    """A digit or a letter as it is seen: `char` is the digit, or THAI or LATIN for any letter; `x` its middle,
    `confidence` (0-1) the network's."""

    char: str
    x: float
    confidence: float

    @property
    def is_digit(self) -> bool:
        """Whether it is a digit, of either script."""
        return self.char not in (THAI, LATIN)


class DigitReader:
    """The network with its weights."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        with np.load(weights) as file:
            self._layers = [
                (layer, file[f"w{n}"].astype(np.float32), file[f"b{n}"].astype(np.float32))
                for n, layer in enumerate(LAYERS)
            ]

    def likelihoods(self, pixels: Picture) -> Floats:
        """For each column of the output the likelihood of each class; `pixels` has ROWS rows."""
        values = np.asarray((255 - pixels.astype(np.float32)) / 255, np.float32)[None]
        for layer, weight, bias in self._layers:
            values = _convolved(values, layer, weight, bias)
            if layer is not LAYERS[-1]:
                np.maximum(values, 0, out=values)
        scores = values[:, 0].T
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(scores / scores.sum(axis=1, keepdims=True), np.float32)

    def read_band(self, pixels: Picture) -> list[Sign]:
        """The digits and letters on a picture of ROWS rows, from left to right; `x` in columns of the output."""
        likely = self.likelihoods(pixels)
        best = likely.argmax(axis=1)
        found: list[Sign] = []
        edges = np.flatnonzero(np.diff(best)) + 1
        for start, end in zip([0, *edges], [*edges, len(best)], strict=True):
            label = int(best[start])
            if label:
                found.append(Sign(CLASSES[label], (start + end - 1) / 2, float(likely[start:end, label].max())))
        return _apart(found)

    def read(self, pixels: Picture, size: TypeSize) -> list[Sign]:
        """The digits and letters on a flattened line whose type is of that size; `x` in pixels of the line."""
        picture, scale = band(pixels, size, above=ABOVE, below=BELOW, height=ROWS)
        padded = np.pad(picture, ((0, 0), (_MARGIN, _MARGIN)), constant_values=255)
        return [sign._replace(x=(sign.x * STRIDE + STRIDE / 2 - _MARGIN) / scale) for sign in self.read_band(padded)]


_NEAREST, _NEAREST_DIGITS, _NEAREST_THAI = 2.5, 3.5, 5.0
"""Columns between the middles of two signs, of two digits, and of two Thai digits, at least. In eight faces the
narrowest letters are a third of a consonant's height wide and Thai digits two thirds; 1 and 2 stand 4.5 columns apart
where they are closest, and one digit seen as two 2.5."""


def _apart(signs: list[Sign]) -> list[Sign]:
    """One sign per place: where the network sees two, the surer one, and not for certain."""
    result: list[Sign] = []
    for sign in signs:
        last = result[-1] if result else None
        if last is None or sign.x - last.x >= _nearest(last, sign):
            result.append(sign)
        elif sign.is_digit and last.is_digit:
            # ๗ begins like ๓ and goes on.
            sure = sign if sign.char == "๗" and last.char == "๓" else max(last, sign, key=lambda s: s.confidence)
            result[-1] = sure._replace(confidence=min(sure.confidence, _WAVERING))
        elif sign.confidence > last.confidence:
            result[-1] = sign
    return result


def _nearest(one: Sign, other: Sign) -> float:
    if _is_thai(one) and _is_thai(other):
        return _NEAREST_THAI
    return _NEAREST_DIGITS if one.is_digit and other.is_digit else _NEAREST


def _is_thai(sign: Sign) -> bool:
    return sign.is_digit and sign.char >= "๐"


def _convolved(values: Floats, layer: Layer, weight: Floats, bias: Floats) -> Floats:
    """One layer: the windows that it sees laid side by side, times its weights."""
    rows = layer.height // 2 if layer.pads_rows else 0
    columns = layer.dilation * (layer.width // 2)
    channels, height, width = values.shape
    padded = np.zeros((channels, height + 2 * rows, width + 2 * columns), np.float32)
    padded[:, rows : rows + height, columns : columns + width] = values
    reach = layer.dilation * (layer.width - 1) + 1
    seen = sliding_window_view(padded, (layer.height, reach), axis=(1, 2))
    seen = seen[:, :: layer.stride[0], :: layer.stride[1], :, :: layer.dilation]
    channels, height, width = seen.shape[:3]
    flat = seen.transpose(0, 3, 4, 1, 2).reshape(channels * layer.height * layer.width, height * width)
    result = weight.reshape(layer.channels, -1) @ flat + bias[:, None]
    return np.asarray(result.reshape(layer.channels, height, width), np.float32)


@cache
def digit_reader() -> DigitReader:
    """The reader with the weights that are part of the package."""
    return DigitReader()
