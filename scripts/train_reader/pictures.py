"""Clean pictures of lines, drawn at twice the size of the network's and by as many processes as there are cores."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from train_reader.faces import TrainingFace, font, training_faces
from train_reader.signs import encoded, taught
from train_reader.texts import Sampler

CONSONANT = 20.0
"""Pixels: the height of the consonants in a drawing."""
ABOVE, BELOW = 2.65, 0.95
"""Extent over and under the baseline in consonant heights: a little more than the network sees, so that lines may be
moved and turned."""
ROWS = 72
WIDEST = 2200
"""Columns; longer lines are left out."""
_STEP = 64
"""Lines are sorted into batches of one width, a multiple of this."""
_SIZES = 0.12
"""Share by which the measured height of the consonants is off."""


class Batch(NamedTuple):
    """`pictures` (count, ROWS, width) uint8, paper 0 and ink 255; `texts` the signs of all lines, one after the other;
    `lengths` how many are of each line; `widths` the columns that each line takes."""

    pictures: Tensor
    texts: Tensor
    lengths: Tensor
    widths: Tensor


class Lines(IterableDataset[Batch]):
    """Batches without end; every worker draws its own."""

    def __init__(self, vocabulary: Path, fonts: Path, columns: int, seed: int) -> None:
        super().__init__()
        self._vocabulary, self._fonts, self._columns, self._seed = vocabulary, fonts, columns, seed

    def __iter__(self) -> Iterator[Batch]:
        worker = get_worker_info()
        seed = self._seed * 1000 + (worker.id if worker else 0)
        sampler, rng = Sampler(self._vocabulary, seed), random.Random(seed)
        known = training_faces(self._fonts)
        thai = [face for face in known if "บ" in face.signs]
        weights, thai_weights = [face.weight for face in known], [face.weight for face in thai]
        waiting: dict[int, list[tuple[NDArray[np.uint8], list[int]]]] = {}
        while True:
            text = sampler.line()
            is_thai = any("ก" <= char <= "๙" for char in text)
            face = rng.choices(thai, thai_weights)[0] if is_thai else rng.choices(known, weights)[0]
            text = "".join(char for char in text if char in face.signs)
            target = taught(text)
            if not target:
                continue
            picture = drawn(text, face, rng)
            if picture is None or picture.shape[1] < 4 * len(target) * 0.6:
                continue
            width = -(-picture.shape[1] // _STEP) * _STEP
            group = waiting.setdefault(width, [])
            group.append((picture, encoded(target)))
            if len(group) >= max(8, self._columns // width):
                yield _batch(waiting.pop(width), width)


def _batch(lines: list[tuple[NDArray[np.uint8], list[int]]], width: int) -> Batch:
    pictures = np.zeros((len(lines), ROWS, width), np.uint8)
    for at, (picture, _) in enumerate(lines):
        pictures[at, :, : picture.shape[1]] = picture
    return Batch(
        torch.from_numpy(pictures),
        torch.tensor([sign for _, text in lines for sign in text], dtype=torch.int32),
        torch.tensor([len(text) for _, text in lines], dtype=torch.int32),
        torch.tensor([picture.shape[1] for picture, _ in lines], dtype=torch.int32),
    )


def drawn(text: str, face: TrainingFace, rng: random.Random) -> NDArray[np.uint8] | None:
    """The text in a typeface, ink 255 on 0, its baseline where the network expects it; None where it is too long."""
    off = rng.uniform(-_SIZES, _SIZES)
    if not any("ก" <= char <= "๙" for char in text):
        # Where there is nothing but digits and Latin letters, their height is what the size is taken from.
        off = rng.uniform(-0.35, 0.25)
    size = round(CONSONANT * (1 + off) / face.consonant)
    used = font(str(face.path), size)
    if rng.random() < 0.1:
        pieces = text.split(" ")
        gaps = [rng.uniform(0.5, 4.0) * CONSONANT for _ in pieces]
    else:
        pieces, gaps = [text], [0.0]
    lengths = [used.getlength(piece) for piece in pieces]
    left = rng.uniform(0.2, 1.2) * CONSONANT
    width = int(left + sum(lengths) + sum(gaps) + rng.uniform(0.3, 1.2) * CONSONANT) + 2
    if width > WIDEST:
        return None
    canvas = Image.new("L", (width, ROWS), 0)
    draw = ImageDraw.Draw(canvas)
    for piece, length, gap in zip(pieces, lengths, gaps, strict=True):
        draw.text((left, ABOVE * CONSONANT), piece, font=used, fill=255, anchor="ls")
        left += length + gap
    return np.asarray(canvas)


def loader(vocabulary: Path, fonts: Path, columns: int, seed: int, workers: int) -> DataLoader[Batch]:
    """Batches of about `columns` columns of picture each, drawn by `workers` processes."""
    lines = Lines(vocabulary, fonts, columns, seed)
    return DataLoader(
        lines,
        batch_size=None,
        num_workers=workers,
        prefetch_factor=6 if workers else None,
        pin_memory=torch.cuda.is_available(),
    )
