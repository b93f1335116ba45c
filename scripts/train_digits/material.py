"""Lines to learn from: random text full of digits and of what looks like them, in many fonts, damaged in many ways."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from pythainlp.corpus import thai_words

from ita_extract.vision.digits import ABOVE, BELOW, CLASSES, LATIN_LETTER, ROWS, STRIDE, THAI_LETTER
from ita_extract.vision.type_size import band, flattened, measure
from lettering import damage
from lettering.draw import DrawnLine, Picture, draw
from lettering.fonts import Face

WIDTH = 320
"""Pixels of one example at the reader's scale: some twenty characters."""
IGNORED = 255
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_ARABIC = "0123456789"
_LOOK_ALIKE = "ๆๆฯตาคอดลวดตคฅถภขชซฐญณเไใโแฤฦ๏bboOolIiSsBgqzZ6|()/[].,-–:;%\"'•oวงจ"
_LATIN = ("ITA", "OIT", "EIT", "IIT", "AA", "No.", "e-Bidding", "Facebook", "www", "LINE", "QR", "Code", "PDCA", "Plan")


@dataclass(frozen=True, slots=True)
class Example:
    """A picture of ROWS × WIDTH and the class of each of its WIDTH / STRIDE columns (IGNORED: no matter)."""

    pixels: Picture
    labels: NDArray[np.uint8]


def _number(rng: Generator, digits: str) -> str:
    kind = rng.integers(7)
    run = "".join(rng.choice(list(digits), int(rng.integers(1, 7))))
    if kind == 0:
        return digits[2] + digits[5] + "".join(rng.choice(list(digits), 2))
    if kind == 1:
        return f"{run[:2]}.{run[-2:]}"
    if kind == 2:
        return f"{run[:3]},{''.join(rng.choice(list(digits), 3))}"
    if kind == 3:
        return f"{run[:2]}/{run[-2:]}"
    if kind == 4:
        return f"({run[:2]})"
    if kind == 5:
        return f"{run[:3]}-{run[-3:]}"
    return run


def _text(rng: Generator, words: Sequence[str]) -> str:
    parts: list[str] = []
    while sum(len(part) for part in parts) < 26:
        chance = rng.random()
        if chance < 0.36:
            parts.append(_number(rng, _THAI))
        elif chance < 0.58:
            parts.append(_number(rng, _ARABIC))
        elif chance < 0.86:
            parts.append(str(words[int(rng.integers(len(words)))]))
        elif chance < 0.92:
            parts.append("".join(rng.choice(list(_LOOK_ALIKE), int(rng.integers(1, 5)))))
        elif chance < 0.96:
            parts.append(str(rng.choice(_LATIN)))
        else:
            parts.append("".join(rng.choice(list(string.ascii_letters), int(rng.integers(1, 7)))))
        parts.append(" " if rng.random() < 0.7 else "")
    return "".join(parts).strip()


def _ruled(picture: Picture, rng: Generator) -> Picture:
    """Rests of ruled lines along the top or the bottom, or an upright one somewhere."""
    picture = picture.copy()
    height, width = picture.shape
    thick = int(rng.integers(1, 4))
    ink = int(rng.integers(0, 120))
    if rng.random() < 0.7:
        at = int(rng.choice([rng.integers(0, height // 6 + 1), rng.integers(height * 5 // 6, height)]))
        start = int(rng.integers(0, width))
        cv2.line(picture, (start, at), (min(width, start + int(rng.integers(20, width + 21))), at), [ink], thick)
    else:
        at = int(rng.integers(0, width))
        cv2.line(picture, (at, 0), (at, height), [ink], thick)
    return picture


def _crowded(line: Picture, other: Picture, rng: Generator) -> Picture:
    """With the feet or the heads of another line of the page at the edge."""
    share = int(line.shape[0] * rng.uniform(0.03, 0.14))
    width = min(line.shape[1], other.shape[1])
    picture = line.copy()
    if rng.random() < 0.5:
        picture[:share, :width] = np.minimum(picture[:share, :width], other[-2 * share : -share, :width])
    else:
        picture[-share:, :width] = np.minimum(picture[-share:, :width], other[share : 2 * share, :width])
    return picture


def _damaged(picture: Picture, rng: Generator) -> Picture:
    chance = rng.random(10)
    if chance[0] < 0.25:
        kernel = np.ones((2, 2) if chance[1] < 0.7 else (2, 3), np.uint8)
        picture = np.asarray(cv2.erode(picture, kernel) if chance[2] < 0.6 else cv2.dilate(picture, kernel))
    if chance[3] < 0.12:
        picture = _ruled(picture, rng)
    picture = damage.skewed(picture, rng.normal(0, 0.35), rng.normal(0, 0.03))
    picture = damage.blurred(picture, rng.uniform(0.2, 1.5) * picture.shape[0] / 75)
    picture = damage.noisy(picture, rng, abs(rng.normal(0, 9)))
    if chance[4] < 0.3:
        picture = damage.thresholded(picture, rng.uniform(95, 190))
        picture = damage.speckled(picture, rng, rng.uniform(0, 0.006))
    else:
        picture = damage.inked(picture, rng.uniform(0, 90), rng.uniform(190, 255))
        if chance[5] < 0.4:
            picture = damage.shaded(picture, rng, 0.5)
        if chance[6] < 0.5:
            picture = damage.compressed(picture, int(rng.integers(25, 90)))
    return picture


def class_of(char: str) -> int:
    """The class of a character; 0 for what is neither digit nor letter."""
    if char in CLASSES[1:21]:
        return CLASSES.index(char)
    if "ก" <= char <= "๏":
        return THAI_LETTER
    return LATIN_LETTER if char.isascii() and char.isalpha() else 0


def labels_of(line: DrawnLine, scale: float, columns: int) -> NDArray[np.uint8]:
    """The class of each column: a character's around its middle, none between characters, no matter in transition."""
    labels = np.zeros(columns, np.uint8)
    for outer, value_of in ((0.36, lambda _: IGNORED), (0.2, class_of)):
        for at, left, right in line.spans:
            label = value_of(line.text[at])
            if class_of(line.text[at]) == 0:
                continue
            middle, half = (left + right) / 2 * scale / STRIDE, (right - left) * outer * scale / STRIDE
            first, last = round(middle - max(half, 0.5)), round(middle + max(half, 0.5))
            labels[max(0, first) : max(0, last)] = label
    return labels


def example(face: Face, other: Face, rng: Generator, words: Sequence[str]) -> Example | None:
    """One damaged line as the digit reader will see it; None where nothing on it could be measured."""
    line = draw(_text(rng, words), face, rng.uniform(24, 72), padding=rng.uniform(0.02, 0.3))
    picture = line.pixels
    if rng.random() < 0.15:
        picture = _crowded(picture, draw(_text(rng, words), other, 40).pixels, rng)
    stretch = rng.uniform(0.85, 1.12)
    picture = np.asarray(cv2.resize(picture, None, fx=stretch, fy=1, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    picture = flattened(_damaged(picture, rng))
    size = measure(picture)
    if size is None:
        return None
    wrong = rng.uniform(0.85, 1.2)
    size = replace(size, height=size.height * wrong, baseline=size.baseline + size.height * rng.normal(0, 0.06))
    cut, scale = band(picture, size, above=ABOVE, below=BELOW, height=ROWS)
    labels = labels_of(line, scale * stretch, cut.shape[1] // STRIDE)
    start = int(rng.integers(0, max(1, cut.shape[1] - WIDTH + 1))) // STRIDE * STRIDE
    pixels = np.full((ROWS, WIDTH), 255, np.uint8)
    part = cut[:, start : start + WIDTH]
    pixels[:, : part.shape[1]] = part
    columns = np.zeros(WIDTH // STRIDE, np.uint8)
    chosen = labels[start // STRIDE : (start + WIDTH) // STRIDE]
    columns[: len(chosen)] = chosen
    return Example(pixels, columns)


def material(faces: Sequence[Face], count: int, seed: int) -> tuple[Picture, NDArray[np.uint8]]:
    """`count` examples over all faces in turn: pictures (count, ROWS, WIDTH), labels (count, WIDTH / STRIDE)."""
    rng = np.random.default_rng(seed)
    words = sorted(word for word in thai_words() if 2 <= len(word) <= 14)
    pictures: list[Picture] = []
    labels: list[NDArray[np.uint8]] = []
    while len(pictures) < count:
        face = faces[len(pictures) % len(faces)] if len(pictures) % 3 else faces[int(rng.integers(len(faces)))]
        made = example(face, faces[int(rng.integers(len(faces)))], rng, words)
        if made is not None:
            pictures.append(made.pixels)
            labels.append(made.labels)
    return np.stack(pictures), np.stack(labels)
