"""What the batch layer costs, how it scales, whether its memory stays flat, and how fast exports are.

All in one go on one machine, as ratios where machines differ.
"""

from __future__ import annotations

import os
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

from ita_extract import extract
from ita_extract.archive import Archive
from ita_extract.batch import Settings, run
from ita_extract.export.formats import FORMATS, export
from ita_extract.export.sheets import Selection

_now = time.perf_counter
REPEATS = 3
WARM = 10
"""Documents after which all workers have loaded what they need."""


def report(source: Path, count: int) -> None:
    """Prints all figures; `source` is a text, written `count` times with a line of its own."""
    content = source.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        few = _documents(folder / "few", content, 200)
        _scaling(few, folder)
        _overhead(few, folder)
        many = _documents(folder / "many", content, count)
        _memory(many, folder / "archive")
        _exports(Archive(folder / "archive"), folder / "exports")


def _documents(folder: Path, content: str, count: int) -> list[Path]:
    folder.mkdir()
    paths = [folder / f"{number:06d}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"{content}\n{number}\n", encoding="utf-8")
    return paths


def _timed(action: Callable[[], object]) -> float:
    started = _now()
    action()
    return _now() - started


def _scaling(paths: list[Path], folder: Path) -> None:
    """One process and two on the same documents, in turn. Rates need an idle machine; how busy workers are does not."""
    measured: dict[int, list[_Pace]] = {1: [], 2: []}
    for repeat in range(REPEATS):
        for jobs, found in measured.items():
            found.append(_pace(paths, folder / f"scaling-{repeat}-{jobs}", jobs))
    one, two = ([max(column) for column in zip(*found, strict=True)] for found in measured.values())
    print(f"1 process {one[0]:.1f} documents/s, 2 processes {two[0]:.1f}: {two[0] / one[0]:.2f} times as fast")
    print(f"  workers read {one[1]:.1%} and {two[1]:.1%} of the time: with a core each {2 * two[1] / one[1]:.2f} times")


class _Pace(NamedTuple):
    """Documents per second once all workers are warm, and the share of that time in which workers read."""

    rate: float
    busy: float


def _pace(paths: list[Path], out: Path, jobs: int) -> _Pace:
    ends: list[tuple[float, float]] = []
    run(paths, out, Settings(), jobs=jobs, on_outcome=lambda outcome: ends.append((_now(), outcome.seconds)))
    taken = ends[-1][0] - ends[WARM - 1][0]
    return _Pace((len(ends) - WARM) / taken, sum(seconds for _, seconds in ends[WARM:]) / (jobs * taken))


def _overhead(paths: list[Path], folder: Path) -> None:
    """CPU seconds of this process, which hands out inputs and writes down outcomes, beside those of its workers."""
    before = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    run(paths, folder / "overhead", Settings(), jobs=1)
    tables = _timed_cpu(lambda: run(paths, folder / "overhead", Settings(), jobs=1))
    after = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    parent, workers = (a.ru_utime + a.ru_stime - b.ru_utime - b.ru_stime for a, b in zip(after, before, strict=True))
    # The second run extracts nothing: it identifies the inputs and writes the tables, as the first did too.
    layer = parent - 2 * tables
    print(
        f"handing out and writing down: {layer:.2f} s CPU beside {workers:.1f} s of extraction: {layer / workers:.1%}"
    )
    print(f"  identifying inputs and writing tables: {tables:.1f} s CPU more, {tables / workers:.1%}")
    extract(paths[0])
    bare = min(_timed_cpu(lambda: [extract(path) for path in paths]) for _ in range(2))
    print(f"  workers take {workers / bare:.2f} times the CPU of bare extract() (start, records written and synced)")


def _timed_cpu(action: Callable[[], object]) -> float:
    started = time.process_time()
    action()
    return time.process_time() - started


class _Peak:
    """Most resident memory of this process and of any worker, looked at ten times a second."""

    def __init__(self) -> None:
        self.parent = self.worker = 0
        self._ended = threading.Event()

    def watch(self) -> None:
        me = psutil.Process(os.getpid())
        while not self._ended.wait(0.1):
            self.parent = max(self.parent, me.memory_info().rss)
            for child in me.children():
                try:
                    self.worker = max(self.worker, child.memory_info().rss)
                except psutil.Error:
                    continue

    def end(self) -> None:
        self._ended.set()


@contextmanager
def _watched() -> Iterator[_Peak]:
    peak = _Peak()
    thread = threading.Thread(target=peak.watch)
    thread.start()
    try:
        yield peak
    finally:
        peak.end()
        thread.join()


def _memory(paths: list[Path], archive: Path) -> None:
    """Peaks over ever more documents into one archive."""
    steps = [step for step in (100, 1000, 10_000) if step < len(paths)] + [len(paths)]
    for step in steps:
        with _watched() as peak:
            seconds = _timed(lambda: run(paths[:step], archive, Settings()))  # noqa: B023
        print(
            f"{step:6d} documents: {seconds:.0f} s, peak {peak.parent / 2**20:.0f} MiB here, "
            f"{peak.worker / 2**20:.0f} MiB in a worker"
        )


def _exports(archive: Archive, folder: Path) -> None:
    """Seconds, rows and peak memory of each format."""
    for form in FORMATS:
        with _watched() as peak:
            counts: dict[str, int] = {}
            seconds = _timed(lambda: counts.update(export(Selection(archive), folder, [form])))  # noqa: B023
        rows = sum(counts.values())
        size = sum(path.stat().st_size for path in (folder / form).rglob("*") if path.is_file())
        print(
            f"export {form:8s} {counts['documents'] / seconds:6.0f} documents/s {rows / seconds:8.0f} rows/s, "
            f"{size / 2**20:.0f} MiB, peak {peak.parent / 2**20:.0f} MiB"
        )
