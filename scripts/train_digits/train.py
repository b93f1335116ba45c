#!/usr/bin/env python3
"""Trains the digit reader and writes `ita_extract/vision/digits.npz`: one command, one core, under half an hour.

PyTorch is needed here only, so it is kept out of the project's environment:

    .venv/bin/pip install --target build/torch "torch==2.13.0"
    scripts/lettering/fetch_fonts
    PYTHONPATH=.:build/torch .venv/bin/python scripts/train_digits/train.py

usage: train.py [--count N] [--minutes M] [--hold-out FAMILY ...] [--out FILE]

The same seed, count and number of passes give the same weights on the same machine; `--minutes` ends the passes early
only on a slow one. Families that are held out are judged at the end, beside those that were trained on.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from ita_extract.vision.digits import CLASSES, LAYERS, WEIGHTS, DigitReader  # noqa: E402
from lettering.draw import Picture  # noqa: E402
from lettering.fonts import HELD_OUT, Face, faces  # noqa: E402
from train_digits.material import IGNORED, WIDTH, material  # noqa: E402

SEED = 20
PASSES = 12
BATCH = 64
RATE = 4e-3
TESTED = 1500


def network() -> nn.Sequential:
    """The layers that `ita_extract.vision.digits` runs, with the normalisation that is folded into them afterwards."""
    parts: list[nn.Module] = []
    channels = 1
    for layer in LAYERS:
        padding = (layer.height // 2 if layer.pads_rows else 0, layer.dilation * (layer.width // 2))
        parts.append(
            nn.Conv2d(channels, layer.channels, (layer.height, layer.width), layer.stride, padding, (1, layer.dilation))
        )
        if layer is not LAYERS[-1]:
            parts += [nn.BatchNorm2d(layer.channels), nn.ReLU()]
        channels = layer.channels
    return nn.Sequential(*parts)


def folded(net: nn.Sequential) -> dict[str, NDArray[np.float16]]:
    """Weights and biases with the normalisation worked in, in half precision."""
    result: dict[str, NDArray[np.float16]] = {}
    modules = list(net)
    number = 0
    for at, module in enumerate(modules):
        if not isinstance(module, nn.Conv2d):
            continue
        weight, bias = module.weight.detach(), module.bias.detach()
        norm = modules[at + 1] if at + 1 < len(modules) else None
        if isinstance(norm, nn.BatchNorm2d):
            scale = norm.weight.detach() / torch.sqrt(norm.running_var + norm.eps)
            weight = weight * scale[:, None, None, None]
            bias = (bias - norm.running_mean) * scale + norm.bias.detach()
        result[f"w{number}"], result[f"b{number}"] = weight.numpy().astype("f2"), bias.numpy().astype("f2")
        number += 1
    return result


def batch_of(pictures: Picture) -> torch.Tensor:
    """Pictures as the network takes them: ink 1, paper 0."""
    return torch.from_numpy((255 - pictures.astype(np.float32)) / 255)[:, None]


def trained(pictures: Picture, labels: NDArray[np.uint8], minutes: float) -> nn.Sequential:
    """The network after its passes over the material, the rate falling to nothing."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    rng = np.random.default_rng(SEED)
    net = network()
    steps = PASSES * (len(pictures) // BATCH)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-3)
    # Most columns are empty paper: they count for less.
    weights = torch.ones(len(CLASSES))
    weights[0] = 0.5
    loss_of = nn.CrossEntropyLoss(weights, ignore_index=IGNORED)
    started = time.monotonic()
    done = 0
    for number in range(PASSES):
        order, total = rng.permutation(len(pictures)), 0.0
        for start in range(0, len(order) - BATCH + 1, BATCH):
            # Where time runs short the rate falls sooner.
            passed = max(done / steps, (time.monotonic() - started) / 60 / minutes)
            if passed >= 1:
                return net
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (done + 1) / 100) * 0.5 * (1 + np.cos(np.pi * passed))
            chosen = order[start : start + BATCH]
            loss = loss_of(net(batch_of(pictures[chosen]))[:, :, 0], torch.from_numpy(labels[chosen].astype(np.int64)))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += float(loss.detach())
            done += 1
        print(f"pass {number + 1}: loss {total / (len(order) // BATCH):.4f}, {time.monotonic() - started:.0f} s")
    return net


def judge(reader: DigitReader, chosen: Sequence[Face], title: str) -> None:
    """How many of the digits on new lines are read right, and how many digits are read that are none."""
    pictures, labels = material(chosen, TESTED, SEED + 1)
    right = digits = false = 0
    for picture, truth in zip(pictures, labels, strict=True):
        found = [sign for sign in reader.read_band(picture) if sign.is_digit]
        places = _runs(truth)
        digits += len(places)
        free = list(found)
        for start, end, label in places:
            hits = [d for d in free if start - 1 <= d.x <= end + 1]
            right += any(d.char == CLASSES[label] for d in hits)
            free = [d for d in free if d not in hits]
        unknown = set(np.flatnonzero(truth == IGNORED))
        false += sum(round(d.x) not in unknown and d.x < WIDTH // 2 - 4 for d in free)
    print(f"{title}: {right / digits:.3%} of {digits} digits right, {false} read where none is")


def _runs(labels: NDArray[np.uint8]) -> list[tuple[int, int, int]]:
    """Columns of each digit (first, last) and its class; those cut by the edge are left out."""
    result: list[tuple[int, int, int]] = []
    for column, label in enumerate(labels[3:-3], 3):
        if not 1 <= label <= 20:
            continue
        if result and result[-1][1] == column - 1 and result[-1][2] == label:
            result[-1] = (result[-1][0], column, label)
        else:
            result.append((column, column, int(label)))
    return result


def main() -> None:
    """Renders the material, trains, writes the weights, judges them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=24_000)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--hold-out", nargs="*", default=list(HELD_OUT))
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    options = parser.parse_args()
    known = [face for face in faces() if face.family not in options.hold_out]
    unknown = [face for face in faces() if face.family in options.hold_out]
    print(f"{len(known)} faces to learn from, {len(unknown)} held out; material …", flush=True)
    pictures, labels = material(known, options.count, SEED)
    net = trained(pictures, labels, options.minutes)
    np.savez_compressed(options.out, allow_pickle=False, **folded(net.eval()))
    reader = DigitReader(options.out)
    judge(reader, known, "families trained on")
    judge(reader, unknown, "families held out")


if __name__ == "__main__":
    main()
