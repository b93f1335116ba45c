"""Damaged files on the way that every input takes, with sound ones between them: through a run into an archive."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fuzzing.blind import installed
from fuzzing.kinds import KINDS, Kind, mutant
from ita_extract.batch import Outcome, Settings, run

LIMIT = 20
"""Seconds within which every file must be read or refused."""
BATCH = 500
"""Files of one run."""
EVERY = 20
"""Every so many files there is a sound one."""
NEVER = frozenset({"internal", "timeout", "crashed", "memory"})
"""How no file may end, however damaged."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that ended as none may: the number that makes it again, what was done to it, how it ended."""

    number: int
    mutation: str
    outcome: str


def fuzz(name: str, numbers: range, endings: Counter[str], *, jobs: int | None = None) -> Iterator[Failure]:
    """Reads the damaged files of a kind; counts how they ended. Sound neighbours that are lost are failures too."""
    for start in range(numbers.start, numbers.stop, BATCH):
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            part = range(start, min(start + BATCH, numbers.stop))
            yield from _run(KINDS[name], part, Path(folder), endings, jobs)


def _run(kind: Kind, numbers: range, folder: Path, endings: Counter[str], jobs: int | None) -> Iterator[Failure]:
    paths, mutations = [], {}
    for number in numbers:
        suffix, mutations[number], data = mutant(kind, number)
        paths.append(folder / f"{number}{suffix}")
        paths[-1].write_bytes(data)
        if number % EVERY == 0:
            paths.append(folder / f"sound {number}.txt")
            paths[-1].write_text(f"แผนปฏิบัติการ ฉบับที่ {number}\nตัวชี้วัด : ร้อยละ {number}\n", encoding="utf-8")
    with installed(folder) as engine:
        settings = Settings(ocr="never", ocr_engine=engine, timeout=LIMIT, max_memory=1500)
        finished = run(paths, folder / "out", settings, jobs=jobs)
    for outcome in finished.outcomes():
        stem = Path(outcome.file).stem
        if stem.startswith("sound"):
            if outcome.status != "ok":
                yield Failure(int(stem.split()[1]), "none", f"a sound neighbour: {_ending(outcome)}")
            continue
        endings[outcome.code or outcome.status] += 1
        if outcome.code in NEVER:
            yield Failure(int(stem), mutations[int(stem)], _ending(outcome))


def _ending(outcome: Outcome) -> str:
    return f"{outcome.code}: {outcome.message}"
