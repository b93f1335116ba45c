#!/usr/bin/env python3
"""Speed, as ratios within one run: machines are noisy, so each figure stands beside a yardstick measured at the same
time.

    bench.py text-layer  character error rates on the printed samples, beside pdfplumber, PDFium and poppler
    bench.py text      documents per second on a text report, beside bare BeautifulSoup + PyThaiNLP on the same text
    bench.py start     CPU seconds of `ita-extract --help` and `doctor`
    bench.py batch     1 and 2 processes, cost of the batch layer, peak memory up to --count documents, export rates
    bench.py pdf       pages per second, beside bare pdfplumber on the same files; peak memory over 2,000 pages
    bench.py damage    the labelled pages, good and damaged: what the reader says of them
    bench.py lines     lines, rulings and skew in scans made from the prints, per damage level (--count prints)
    bench.py ocr       pages drawn in twelve typefaces and damaged: character errors, digits, years, time, beside other
                       programs (--count pages per typeface; --peers FOLDER/bin for those that are Python packages)
    bench.py confidence  words of such pages by the confidence of their OCR, and how many of them are right
    bench.py scans     scans made from the prints, read and compared with the samples' records, per damage level
    bench.py pen-marks  forms marked by pen, scanned: circled and ticked options in the records (--count forms a level)
    bench.py audit     archives of 1,000, 10,000, 100,000 documents' records (up to --count) audited: time, peak memory
    bench.py teds      tables of PDFs: TEDS and TEDS-struct beside pdfplumber, on a generated set and on printed samples

usage: bench.py WHAT [--source FILE or FOLDER] [--count N]

scans: --only TEXT chooses prints by their names, --level one damage level, --engine NAME the OCR engine; --known-text
takes what lines say from the print itself, so that what is wrong is the layout's and the marks' fault (pen-marks: looks
at the places of the marks only); --cache FOLDER
keeps what OCR has read. ocr, confidence: --seed N draws other pages.
"""

from __future__ import annotations

import argparse
import functools
import gc
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    # As in the workers of a run: native libraries get one thread, files are read in parallel instead.
    os.environ.setdefault(name, "1")

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


def with_one_thread() -> None:
    """Starts again with one thread for native libraries, which read the variables once; the pipeline has no more."""
    from ita_extract.batch.crew import ONE_THREAD

    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_THREAD})


def main() -> None:
    """Runs one benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "what",
        choices=(
            "text",
            "text-layer",
            "start",
            "batch",
            "audit",
            "teds",
            "damage",
            "pdf",
            "lines",
            "ocr",
            "confidence",
            "pen-marks",
            "scans",
        ),
    )
    parser.add_argument("--source", type=Path, default=SAMPLE)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--only", default="", metavar="TEXT")
    parser.add_argument("--level", choices=("flatbed", "copier", "fax", "photo"))
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--known-text", action="store_true")
    parser.add_argument("--cache", type=Path, metavar="FOLDER")
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
    elif options.what == "ocr":
        with_one_thread()
        import cv2

        from measuring.ocr import report as report_ocr
        from measuring.ocr import report_parallel

        cv2.setNumThreads(1)
        report_ocr(min(options.count, 10), options.peers, options.seed)
        report_parallel()
    elif options.what == "confidence":
        from measuring.confidence import report as report_confidence

        report_confidence(min(options.count, 10), options.seed)
    elif options.what == "scans":
        from measuring.scans import report as report_scans
        from scanning.damage import LEVELS

        prints = [path for path in sorted((ROOT / "prints").glob("*.pdf")) if options.only in path.name]
        pairs = [(ROOT / "samples" / path.name.split(".")[0], path) for path in prints[: options.count]]
        levels = [options.level] if options.level else list(LEVELS)
        report_scans(pairs, levels, options.engine, known=options.known_text, cache=options.cache)
    elif options.what == "pen-marks":
        from measuring.pen_marks import report as report_pen_marks

        report_pen_marks(min(options.count, 60), is_read=not options.known_text)
    elif options.what == "audit":
        from measuring.audits import report as report_audits

        report_audits(options.count)
    elif options.what == "teds":
        from tabling.report import report

        report()
    else:
        from measuring.batches import report as report_batches

        report_batches(options.source, options.count)


if __name__ == "__main__":
    main()
