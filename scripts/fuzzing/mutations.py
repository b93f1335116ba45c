"""Bytes damaged at random: flipped, cut off, moved, doubled, spliced from two files; numbers and names exchanged."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Mutation = Callable[[random.Random, bytearray, bytes], None]


def flip(rng: random.Random, data: bytearray, other: bytes) -> None:
    """Some bytes become others."""
    for _ in range(rng.choice((1, 4, 30))):
        data[rng.randrange(len(data))] = rng.randrange(256)


def truncate(rng: random.Random, data: bytearray, other: bytes) -> None:
    """The file ends early, or begins late."""
    at = rng.randrange(len(data))
    if rng.random() < 0.8:
        del data[at:]
    else:
        del data[: at // 10]


def splice(rng: random.Random, data: bytearray, other: bytes) -> None:
    """A part of another file stands in the place of one of this."""
    a, b = (sorted(rng.sample(range(len(part)), 2)) for part in (data, other))
    data[a[0] : a[1]] = other[b[0] : min(b[1], b[0] + 5000)]


def double(rng: random.Random, data: bytearray, other: bytes) -> None:
    """A part stands twice, or is lost."""
    start = rng.randrange(len(data))
    part = bytes(data[start : start + rng.choice((3, 50, 2000))])
    if rng.random() < 0.5:
        data[start:start] = part
    else:
        del data[start : start + len(part)]


def exchange(rng: random.Random, data: bytearray, other: bytes) -> None:
    """A number, name or word is another one of the file, or an extreme one."""
    found = list(
        re.finditer(rb"/\w+|-?\d+(?:\.\d+)?|\b(?:obj|endobj|stream|endstream|xref|trailer|[A-Za-z]{1,2})\b", data)
    )
    for _ in range(rng.choice((1, 3, 10))):
        if not found:
            return
        place = rng.choice(found)
        extreme = (
            b"0",
            b"-1",
            b"99999999999",
            b"1e99",
            b"0.0000001",
            b"2147483648",
            b"null",
            b"[",
            b"]",
            b"<<",
            b">>",
            b"(",
        )
        new = rng.choice(found)[0] if rng.random() < 0.6 else rng.choice(extreme)
        length = place.end() - place.start()
        data[place.start() : place.end()] = bytes(new)[:length].ljust(length)


MUTATIONS: tuple[Mutation, ...] = (flip, truncate, splice, double, exchange)


def damage(rng: random.Random, original: bytes, others: Sequence[bytes]) -> tuple[list[str], bytes]:
    """The bytes after one to three mutations, and their names; `others` lend parts."""
    data = bytearray(original)
    done = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        mutation = rng.choice(MUTATIONS)
        if len(data) > 20:
            mutation(rng, data, rng.choice(others))
            done.append(mutation.__name__)
    return done, bytes(data)
