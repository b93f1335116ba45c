#!/usr/bin/env python3
"""Reads files damaged at random: each must give a document or a typed error, within 20 seconds.

usage: fuzz.py pdf [--count N] [--from NUMBER]

Prints how the files ended, and for each failure the number that makes the file again and the traceback; exit code 1 if
there is one.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("PYTHAINLP_OFFLINE", "1")

ROOT = Path(__file__).resolve().parents[1]
SMALL = 25_000
"""Bytes up to which a print is small: mutations should hit something that is read."""


def main() -> int:
    """Runs it."""
    from fuzzing.pdf import fuzz, seeds

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("pdf",))
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--from", type=int, default=0, dest="start")
    options = parser.parse_args()
    originals = seeds([path for path in sorted((ROOT / "prints").glob("*.pdf")) if path.stat().st_size < SMALL])
    outcomes: Counter[str] = Counter()
    started = time.perf_counter()
    for failure in fuzz(originals, range(options.start, options.start + options.count), outcomes):
        print(f"--- number {failure.number} ({failure.mutation})\n{failure.trace}")
    print(", ".join(f"{name} {count}" for name, count in outcomes.most_common()))
    print(f"{options.count} files in {time.perf_counter() - started:.0f} s")
    return int(outcomes["FAILED"] > 0)


if __name__ == "__main__":
    sys.exit(main())
