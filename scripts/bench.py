#!/usr/bin/env python3
"""Speed, as ratios within one run: machines are noisy, so each figure stands beside a yardstick measured at the same
time.

    bench.py text-layer  character error rates on the printed samples, beside pdfplumber, PDFium and poppler
    bench.py text      documents per second on a text report, beside bare BeautifulSoup + PyThaiNLP on the same text
    bench.py start     CPU seconds of `ita-extract --help` and `doctor`
    bench.py memory    peak memory over many documents (default 1,000), to be flat
    bench.py pdf       pages per second, beside bare pdfplumber on the same files; peak memory over 2,000 pages
    bench.py damage    the labelled pages, good and damaged: what the reader says of them
    bench.py lines     lines, rulings and skew in scans made from the prints, per damage level (--count prints)
    bench.py teds      tables of PDFs: TEDS and TEDS-struct beside pdfplumber, on a generated set and on printed samples

usage: bench.py text|text-layer|pdf|start|memory|teds|damage|lines [--source FILE or FOLDER] [--count N]
"""

from __future__ import annotations

import argparse
import functools
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("PYTHAINLP_OFFLINE", "1")

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "plan-form" / "source.txt"
REPEATS = 7


def best(action: Callable[[], object], repeats: int = REPEATS) -> float:
    """Least CPU seconds of several calls: the least disturbed one."""
    times = []
    for _ in range(repeats):
        started = time.process_time()
        action()
        times.append(time.process_time() - started)
    return min(times)


def _forget_texts() -> None:
    """Empties the caches of texts already seen, so that the same document again costs what a new one costs."""
    for item in gc.get_objects():
        if isinstance(item, functools._lru_cache_wrapper) and item.cache_info().maxsize is not None:
            item.cache_clear()


def text(source: Path) -> None:
    """Our line beside the bare libraries."""
    from bs4 import BeautifulSoup
    from pythainlp.tokenize import word_tokenize

    from ita_extract import extract

    content = source.read_text(encoding="utf-8")

    def bare() -> None:
        word_tokenize(BeautifulSoup(content, "lxml").get_text(), engine="newmm")

    bare()
    started = time.process_time()
    extract(source)
    first = time.process_time() - started

    def fresh() -> None:
        _forget_texts()
        extract(source)

    yardstick, ours = best(bare), best(fresh)
    print(f"source                     {source.name}, {len(content):,} characters")
    print(f"first document             {first:.3f} s (loads vocabulary)")
    print(f"ita-extract                {ours:.4f} s  {1 / ours:.1f} documents/s")
    print(f"BeautifulSoup + PyThaiNLP  {yardstick:.4f} s  {1 / yardstick:.1f} documents/s")
    print(f"ratio                      {ours / yardstick:.1f}")


def start() -> None:
    """CPU seconds (user + system) of commands that must answer at once."""
    for arguments in (["--help"], ["doctor"]):
        least = float("inf")
        for _ in range(REPEATS):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-m", "ita_extract.cli", *arguments], check=False, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            least = min(least, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
        print(f"ita-extract {' '.join(arguments):8s} {least:.3f} s CPU")


def memory(source: Path, count: int) -> None:
    """Peak resident memory while many different documents go through one process."""
    from ita_extract import batch

    content = source.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        inputs = Path(folder) / "in"
        inputs.mkdir()
        for number in range(count):
            (inputs / f"{number:06d}.txt").write_text(f"{content}\n{number}\n", encoding="utf-8")
        done = 0
        started = time.perf_counter()

        def watch(outcome: batch.Outcome) -> None:
            nonlocal done
            done += 1
            if done in (10, 100, count // 2, count):
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                speed = done / (time.perf_counter() - started)
                print(f"{done:6d} documents  peak {peak:7.1f} MiB  {speed:.1f} documents/s")

        batch.run(sorted(inputs.iterdir()), Path(folder) / "out", batch.Settings(), on_outcome=watch)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"with tables written   peak {peak:7.1f} MiB")


def main() -> None:
    """Runs one benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("text", "text-layer", "start", "memory", "teds", "damage", "pdf", "lines"))
    parser.add_argument("--source", type=Path, default=SAMPLE)
    parser.add_argument("--count", type=int, default=1000)
    options = parser.parse_args()
    if options.what == "text":
        text(options.source)
    elif options.what == "text-layer":
        from measuring.text_layer import measure

        print(measure(ROOT / "prints", ROOT / "samples"))
    elif options.what == "start":
        start()
    elif options.what == "pdf":
        from measuring.pdf_speed import memory as memory_of_pdf
        from measuring.pdf_speed import speed

        folder = options.source if options.source.is_dir() else ROOT / "prints"
        speed(sorted(folder.glob("*.pdf")), REPEATS // 2)
        memory_of_pdf(ROOT / "prints" / "plan-form.libreoffice.pdf", (20, 200, 2000))
    elif options.what == "damage":
        from damaging.report import report as report_damage

        report_damage()
    elif options.what == "lines":
        from measuring.lines import report as report_lines

        report_lines(sorted((ROOT / "prints").glob("*.pdf"))[: options.count])
    elif options.what == "teds":
        from tabling.report import report

        report()
    else:
        memory(options.source, options.count)


if __name__ == "__main__":
    main()
