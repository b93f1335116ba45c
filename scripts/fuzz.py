#!/usr/bin/env python3
"""Reads files damaged at random through a run: each must give records or a typed error, within 20 seconds and 1,500
MiB, and sound files between them must all be read.

usage: fuzz.py text|html|docx|xlsx|pdf|image [--count N] [--from NUMBER] [--jobs N] [--write FOLDER]

Prints how the files ended, and for each failure the number that makes the file again (`--write` does); exit code 1 if
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


def main() -> int:
    """Runs it."""
    from fuzzing.kinds import KINDS, mutant
    from fuzzing.through import fuzz

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=KINDS)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--from", type=int, default=0, dest="start")
    parser.add_argument("--jobs", type=int)
    parser.add_argument("--write", type=Path, help="only write the damaged files into a folder")
    options = parser.parse_args()
    numbers = range(options.start, options.start + options.count)
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        for number in numbers:
            suffix, mutation, data = mutant(KINDS[options.what], number)
            (options.write / f"{number}{suffix}").write_bytes(data)
            print(f"{number}{suffix}: {mutation}")
        return 0
    endings: Counter[str] = Counter()
    started = time.perf_counter()
    failures = 0
    for failure in fuzz(options.what, numbers, endings, jobs=options.jobs):
        failures += 1
        print(f"--- number {failure.number} ({failure.mutation}): {failure.outcome}", flush=True)
    print(", ".join(f"{name} {count}" for name, count in endings.most_common()))
    print(f"{options.count} files in {time.perf_counter() - started:.0f} s, {failures} failures")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
