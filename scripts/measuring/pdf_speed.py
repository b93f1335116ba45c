"""CPU time of the PDF reader (bytes → Document) beside bare pdfplumber on the same pages; its memory over many pages.

The yardstick is what anybody would call for text and tables: `extract_text()` and `find_tables()` of every page. Both
start from the bytes of the file; each figure is the least of several runs, in turns.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pdfplumber
import pikepdf

from ita_extract.errors import EmptyInputError
from ita_extract.readers import read_bytes
from ita_extract.readers.options import TEXT_LAYER


def bare(data: bytes) -> None:
    """pdfplumber alone."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.find_tables()
            page.close()


def ours(data: bytes) -> None:
    """Our reader; a file of pictures is refused at its end, when all of its pages were looked at."""
    with suppress(EmptyInputError):
        read_bytes(data, "bench.pdf", TEXT_LAYER)


def speed(paths: Sequence[Path], repeats: int) -> None:
    """Prints both times and their ratio, file by file and in all."""
    totals = [0.0, 0.0, 0.0]
    print(f"{'':44s}{'pages':>6s}{'pdfplumber':>12s}{'ours':>9s}{'ratio':>7s}")
    ours(paths[0].read_bytes())  # loads what is loaded once
    for path in paths:
        data = path.read_bytes()
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
        times = [(_cpu(bare, data), _cpu(ours, data)) for _ in range(repeats)]
        yardstick, own = (min(column) for column in zip(*times, strict=True))
        print(f"{path.name:44s}{pages:6d}{yardstick:10.2f} s{own:7.2f} s{own / yardstick:7.2f}")
        totals = [total + part for total, part in zip(totals, (pages, yardstick, own), strict=True)]
    pages_in_all, yardstick, own = totals
    print(f"{'all':44s}{pages_in_all:6.0f}{yardstick:10.2f} s{own:7.2f} s{own / yardstick:7.2f}")
    print(f"pages/s: pdfplumber {pages_in_all / yardstick:.1f}, ours {pages_in_all / own:.1f}")


def _cpu(action: Callable[[bytes], None], data: bytes) -> float:
    started = time.process_time()
    action(data)
    return time.process_time() - started


def memory(printed: Path, counts: Sequence[int]) -> None:
    """Prints the peak memory over files of so many pages, fewest first: it grows with the text, not the objects."""
    for count in counts:
        with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:  # what the making takes is not the reader's
            data = elsewhere.submit(repeated, printed, count).result()
        started = time.process_time()
        document = read_bytes(data, "many.pdf", TEXT_LAYER)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count:6d} pages  {len(data) / 2**20:6.1f} MiB of PDF  {len(document.source) / 2**20:5.1f} MiB of text  "
            f"peak {peak:6.0f} MiB  {count / (time.process_time() - started):.0f} pages/s"
        )


def repeated(printed: Path, count: int) -> bytes:
    """A PDF of so many pages, each with contents and fonts of its own."""
    out = BytesIO()
    with pikepdf.new() as target:
        while len(target.pages) < count:
            with pikepdf.open(printed) as source:
                target.pages.extend(source.pages[: count - len(target.pages)])
        target.save(out)
    return out.getvalue()
