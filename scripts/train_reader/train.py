#!/usr/bin/env python3
"""Trains the line reader: `python scripts/train_reader/train.py --minutes 9 --out build/train_reader`, see README.md.

The rate falls to nothing at the end of the time given: choose one that can be kept, a run cut off is worth little.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from pathlib import Path

import torch
from torch import Tensor, nn

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "scripts")]

from train_reader.damage import damaged  # noqa: E402
from train_reader.network import LineNetwork  # noqa: E402
from train_reader.pictures import loader  # noqa: E402
from train_reader.signs import SIGNS  # noqa: E402

WARM_UP = 0.03
"""Share of the time in which the rate rises."""
DECAY = 0.02
CLIP = 5.0
CLEAN = (1.0, 0.25)
"""Share of batches with slight damage only, at first and after the time of `EASY`."""
EASY = 0.1


def rate_at(share: float, highest: float) -> float:
    """The rate after this share of the time."""
    if share < WARM_UP:
        return highest * max(share / WARM_UP, 0.02)
    return highest * 0.5 * (1 + math.cos(math.pi * min(1.0, (share - WARM_UP) / (1 - WARM_UP))))


def errors(scores: Tensor, texts: Tensor, lengths: Tensor, lines: int = 24) -> float:
    """Share of signs read wrong in the first `lines` lines, by the best sign of each frame."""
    wrong = total = at = 0
    best = scores[:lines].argmax(2).cpu()
    for row, length in zip(best, lengths[:lines].tolist(), strict=False):
        told = [sign for sign, before in zip(row.tolist(), [0, *row.tolist()], strict=False) if sign and sign != before]
        wrong += _distance(told, texts[at : at + length].tolist())
        total += length
        at += length
    return wrong / max(total, 1)


def _distance(one: list[int], two: list[int]) -> int:
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(two, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def main() -> None:
    """Trains for the time given and writes `reader.pt`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--material", type=Path, default=ROOT / "build" / "train_reader")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "train_reader")
    parser.add_argument("--minutes", type=float, default=9.0)
    parser.add_argument("--columns", type=int, default=200_000)
    parser.add_argument("--workers", type=int, default=15)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--start", type=Path, help="weights to go on from, at a lower --rate")
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = LineNetwork(len(SIGNS) + 1).to(device)
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start, map_location=device))
    if device.type == "cpu":
        network = network.to(memory_format=torch.channels_last)
        torch.set_num_threads(arguments.threads or torch.get_num_threads())
    optimiser = torch.optim.AdamW(network.parameters(), arguments.rate, weight_decay=DECAY, betas=(0.9, 0.99))
    loss_of = nn.CTCLoss(zero_infinity=True)
    start, limit = time.monotonic(), arguments.minutes * 60
    seen = steps = 0
    waited, told = 0.0, start
    batches = iter(
        loader(
            arguments.material / "vocabulary.json.gz",
            arguments.material / "fonts",
            arguments.columns,
            arguments.seed,
            arguments.workers,
        )
    )
    first = None
    while (now := time.monotonic()) - start < limit:
        batch = next(batches)
        waited += time.monotonic() - now
        if first is None:
            first = time.monotonic()
            print(f"first batch after {first - start:.1f} s", flush=True)
        share = (now - start) / limit
        for group in optimiser.param_groups:
            group["lr"] = rate_at(share, arguments.rate)
        with torch.no_grad():
            pictures = damaged(batch.pictures.to(device), clean=CLEAN[share > EASY or arguments.start is not None])
        if device.type == "cpu":
            # Faster on a CPU, six times slower on a GPU (measured).
            pictures = pictures.contiguous(memory_format=torch.channels_last)
        with torch.autocast(device.type, torch.bfloat16):
            scores = network(pictures)
        chances = scores.float().log_softmax(2)
        # Whole numbers of 64 bits keep PyTorch from cuDNN's loss, which is infinite here.
        frames = torch.full((len(pictures),), scores.shape[1], device=device)
        loss = loss_of(chances.transpose(0, 1), batch.texts.long().to(device), frames, batch.lengths.long().to(device))
        if not torch.isfinite(loss):
            raise SystemExit("the loss is not finite: nothing can be learnt from it")
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), CLIP)
        optimiser.step()
        seen += len(pictures)
        steps += 1
        if time.monotonic() - told > 10:
            told = time.monotonic()
            print(
                json.dumps(
                    {
                        "seconds": round(told - start),
                        "steps": steps,
                        "lines": seen,
                        "per_second": round(seen / (told - first)),
                        "waited": round(waited / (told - start), 2),
                        "loss": round(loss.item(), 4),
                        "errors": round(errors(scores, batch.texts, batch.lengths), 4),
                    }
                ),
                flush=True,
            )
            if steps and int(told - start) // 120 != int(told - start - 10) // 120:
                save(network, arguments.out / "reader.pt")
    save(network, arguments.out / "reader.pt")
    print(f"{seen} lines in {steps} steps", flush=True)


def save(network: LineNetwork, path: Path) -> None:
    """The weights, in full precision."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({name: value.cpu().contiguous() for name, value in network.state_dict().items()}, path)


if __name__ == "__main__":
    main()
