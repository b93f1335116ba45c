"""Small PDFs, mutated: bytes flipped, cut off, moved, doubled, spliced from two files, and numbers and names exchanged.

Half of the files are unpacked first (streams, object streams), so that mutations reach the operators of pages and the
objects of fonts, not only compressed bytes.
"""

from __future__ import annotations

import random
import re
import signal
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import FrameType

import pikepdf

from ita_extract.errors import ItaError
from ita_extract.readers import read_bytes
from ita_extract.readers.options import TEXT_LAYER

LIMIT = 20
"""Seconds within which every file must be read or refused."""
Mutation = Callable[[random.Random, bytearray, bytes], None]


class Hang(BaseException):
    """A file took longer than LIMIT; no Exception, which the reader would take for a broken page."""


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


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that broke the reader: the number that makes it again, and how."""

    number: int
    mutation: str
    trace: str


def seeds(paths: Sequence[Path]) -> list[bytes]:
    """The files as they are, and unpacked."""
    found = []
    for path in paths:
        found.append(path.read_bytes())
        out = BytesIO()
        with pikepdf.open(path) as pdf:
            pdf.save(
                out,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
        found.append(out.getvalue())
    return found


def mutant(originals: Sequence[bytes], number: int) -> tuple[str, bytes]:
    """The damaged file of a number, always the same, and the names of what was done to it."""
    rng = random.Random(number)
    data = bytearray(rng.choice(originals))
    done = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        mutation = rng.choice(MUTATIONS)
        if len(data) > 20:
            mutation(rng, data, rng.choice(originals))
            done.append(mutation.__name__)
    return "+".join(done), bytes(data)


def fuzz(originals: Sequence[bytes], numbers: range, outcomes: Counter[str]) -> Iterator[Failure]:
    """Reads the damaged files; those that end in anything but a document or a typed error are failures."""
    signal.signal(signal.SIGALRM, _alarm)
    for number in numbers:
        name, data = mutant(originals, number)
        signal.alarm(LIMIT)
        try:
            read_bytes(data, "fuzzed.pdf", TEXT_LAYER)
            outcomes["read"] += 1
        except ItaError as error:
            outcomes[type(error).__name__] += 1
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            outcomes["FAILED"] += 1
            yield Failure(number, name, traceback.format_exc())
        finally:
            signal.alarm(0)


def _alarm(_: int, __: FrameType | None) -> None:
    raise Hang
