"""The line reader: a network of our own that reads a line of print from left to right.

It was trained on rendered type (`scripts/train_reader`, see `reader.md`): a convolutional network whose last layer says
for every other column of the picture which sign is there, or none (connectionist temporal classification, Graves and
others 2006). ONNX Runtime runs it on one thread; a full line takes about 5 ms.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ita_extract.errors import OcrMissingError
from ita_extract.vision.ctc import Look, Spot, decoded, joined, windows
from ita_extract.vision.glyphs import Glyph, takes_room
from ita_extract.vision.type_size import Picture, TypeSize, band

if TYPE_CHECKING:
    import onnxruntime

WEIGHTS = Path(__file__).with_name("reader.onnx")
MARGIN = 0.6
"""Paper left at both ends of a line, in consonant heights."""
_AGAIN, _CONTEXT = 3, 32
"""Frames around a doubtful piece that are seen again with it, and those beside them that are shown for it: with them
the network says nearly what it says of the whole line (96 pages of twelve faces: 591 errors for 589)."""
_MOST = 0.7
"""Share of a line up to which only parts of it are seen again."""
_WIDTH = 0.5
"""Consonant heights between two equal letters or digits, at least: the narrowest are 0.6 wide (twelve faces)."""

Floats = NDArray[np.float32]


class Sight(NamedTuple):
    """What is seen on a line: its characters, and how likely the likeliest digit is at any place."""

    glyphs: list[Glyph]
    digit: float


class LineReader:
    """Reads prepared lines.

    Raises OcrMissingError where ONNX Runtime or the weights are missing.
    """

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self._session = _session(weights)
        told: dict[str, Any] = json.loads(self._session.get_modelmeta().custom_metadata_map["reader"])
        self.signs: str = told["signs"]
        self.rows: int = told["rows"]
        self.above: float = told["above"]
        self.below: float = told["below"]
        self.step: int = told["columns_per_frame"]
        self._digits = [1 + at for at, sign in enumerate(self.signs) if sign.isdigit()]

    def read(self, picture: Picture, size: TypeSize) -> Sight:
        """The characters on a flattened line whose type is of that size; places in pixels of the line."""
        margin = round(MARGIN * size.height)
        start, end = int(size.left) - margin, int(size.right) + margin
        over, beyond = max(0, -start), max(0, end - picture.shape[1])
        cut = picture[:, max(0, start) : end]
        cut = np.asarray(cv2.copyMakeBorder(cut, 0, 0, over, beyond, cv2.BORDER_CONSTANT, value=[255.0]), np.uint8)
        seen, scale = band(cut, size, above=self.above, below=self.below, height=self.rows)
        chances = self.chances(seen)
        found = [self._glyph(spot) for spot in self._decoded(seen, chances)]
        glyphs = _in_place(_seen_once(found, size.height * scale / self.step))
        along = self.step / scale
        placed = [glyph._replace(x0=start + glyph.x0 * along, x1=start + glyph.x1 * along) for glyph in glyphs]
        return Sight(placed, float(chances[:, self._digits].max()))

    def _decoded(self, seen: Picture, chances: Floats) -> list[Spot]:
        """The text of a line of `rows` rows and these chances. Where it is doubtful it is seen again, moved by a frame.

        A letter between two frames may be left to the other by both. A second look at four lines in ten takes away a
        quarter of the errors (24 pages of twelve faces).
        """
        once = decoded(chances)
        if not once.doubtful:
            return once.spots
        moved = self._moved(seen, chances, windows(chances, once.doubtful, _AGAIN))
        return joined(Look(chances, once.spots), Look(moved, decoded(moved).spots))

    def _moved(self, seen: Picture, chances: Floats, parts: Sequence[tuple[int, int]]) -> Floats:
        """The chances, in some parts of the line those that it has moved by a frame.

        Each part is shown with its neighbourhood; it begins at an even frame, since the network tells two at a time.
        """
        moved = chances.copy()
        padded = np.pad(seen, ((0, 0), (self.step, 2 * self.step)), constant_values=255)
        shown = [(max(0, start - _CONTEXT) // 2 * 2, min(len(chances), end + _CONTEXT)) for start, end in parts]
        if sum(end - start for start, end in shown) > _MOST * len(chances):
            parts, shown = [(0, len(chances))], [(0, len(chances))]
        for (start, end), (first, last) in zip(parts, shown, strict=True):
            part = self.chances(padded[:, first * self.step : (last + 3) * self.step])
            moved[start:end] = part[1 + start - first : 1 + end - first]
        return moved

    def chances(self, seen: Picture) -> Floats:
        """(frames, 1 + signs): how likely each sign, or none (the first), is at each place of a line of `rows` rows."""
        ink = 1 - seen.astype(np.float32) / 255
        (scores,) = self._session.run(None, {"ink": ink[None, None]})
        raised = np.exp(scores[0] - scores[0].max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)

    def _glyph(self, spot: Spot) -> Glyph:
        rival = None if spot.rival is None else "".join(self.signs[label - 1] for label in spot.rival)
        return Glyph(self.signs[spot.label - 1], spot.frame, spot.frame + 1, spot.chance, rival)


def _seen_once(glyphs: list[Glyph], height: float) -> list[Glyph]:
    """The characters without those that were seen twice in one place: neighbours of one kind stand apart by their own
    width. `height` of the consonants in frames."""
    result: list[Glyph] = []
    for glyph in glyphs:
        last = result[-1] if result else None
        if (
            last is not None
            and last.char == glyph.char
            and glyph.x0 - last.x0 < _WIDTH * height
            and _is_wide(glyph.char)
        ):
            result[-1] = last._replace(confidence=max(last.confidence, glyph.confidence))
        else:
            result.append(glyph)
    return result


def _is_wide(char: str) -> bool:
    """Whether no two of them stand closer than `_WIDTH`: Thai letters and signs, and digits."""
    return "ก" <= char <= "๙" or char.isdigit()


def _in_place(glyphs: list[Glyph]) -> list[Glyph]:
    """Letters as wide as the way to their neighbours' middles, marks over their letters."""
    rooms = [at for at, glyph in enumerate(glyphs) if takes_room(glyph.char)]
    if not rooms:
        return glyphs
    middles = [glyphs[at].middle for at in rooms]
    edges = [
        middles[0] - (middles[1] - middles[0]) / 2 if len(rooms) > 1 else middles[0] - 2,
        *((one + two) / 2 for one, two in pairwise(middles)),
        middles[-1] + (middles[-1] - middles[-2]) / 2 if len(rooms) > 1 else middles[0] + 2,
    ]
    result: list[Glyph] = []
    number = 0
    for at, glyph in enumerate(glyphs):
        while number + 1 < len(rooms) and rooms[number + 1] <= at:
            number += 1
        result.append(glyph._replace(x0=edges[number], x1=edges[number + 1]))
    return result


def _session(weights: Path) -> onnxruntime.InferenceSession:
    try:
        import onnxruntime
    except ImportError as error:
        raise OcrMissingError(
            "The line reader needs ONNX Runtime, which is not installed.",
            remedy="Run `pip install onnxruntime`, or choose --ocr-engine tesseract.",
        ) from error
    if not weights.exists():
        raise OcrMissingError(
            f"The weights of the line reader are missing: {weights.name}.",
            remedy="Install ita-extract again, or choose --ocr-engine tesseract.",
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])


@cache
def line_reader() -> LineReader:
    """The reader with the weights that are part of the package. Raises OcrMissingError."""
    return LineReader()
