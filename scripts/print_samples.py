#!/usr/bin/env python3
"""Print samples/<name>/source.* to prints/<name>.<producer>.pdf.

Producers: `chromium` (headless browser), `libreoffice` (by way of a .docx) and `office` (the project's own printing
with the character maps of old office set-ups, see printing/glyphs.py). Each print carries in its metadata the SHA-256
of the source it was made from, its font family and, for `office`, the way in which its text is written; a test
compares the digest, so that a changed sample is printed again.

usage: print_samples.py [--all] [--check] [SAMPLE ...]

Without --all only prints that are missing or stale are made. --check makes none; exit code 1 when there are such.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import Literal

os.environ.setdefault("PYTHAINLP_OFFLINE", "1")

import pikepdf

from ita_extract.model import Document
from ita_extract.readers import read
from printing.browser import print_html
from printing.glyphs import MAPS
from printing.markup import html
from printing.office import print_office
from printing.page import FAMILIES, SMALL, Setup
from printing.word import print_docx, write_docx

ROOT = Path(__file__).resolve().parents[1]
SAMPLES, PRINTS = ROOT / "samples", ROOT / "prints"
PRODUCERS = ("chromium", "libreoffice", "office")
NOTES = (
    "๑ ข้อมูลตามระบบของหน่วยงาน ณ วันที่จัดพิมพ์เอกสาร",
    "๒ ดูคำอธิบายเพิ่มเติมในคู่มือของหน่วยงาน",
)
LANDSCAPE = frozenset({"month-chart", "plan-form", "result-report", "measures-matrix", "corruption-plan"})
COLUMNS = frozenset({"announcement"})
TURNED: dict[str, Literal["page", "content"]] = {"score-sheet": "content", "result-report": "page"}
NOTED = frozenset({"minutes", "press-release"})
DRAWN = frozenset({"month-chart"})
HEADED = frozenset({"result-report", "minutes", "plan-form"})


def setup(name: str, producer: str) -> Setup:
    """How a sample is printed: families and maps go round, some samples have paper or pages of their own."""
    turn = sorted(path.parent.name for path in SAMPLES.glob("*/expected.json")).index(name)
    families = list(FAMILIES)
    maps = list(MAPS)
    family = families[(turn + 4 * PRODUCERS.index(producer)) % len(families)]
    is_office = producer == "office"
    return Setup(
        family,
        13.0 if family in SMALL else 11.0,
        map=maps[turn % len(maps)],
        landscape=name in LANDSCAPE,
        columns=2 if name in COLUMNS and producer != "libreoffice" else 1,
        turned=TURNED.get(name, "") if is_office else "",
        head=f"เอกสารตัวอย่าง {name}" if name in HEADED and is_office else "",
        draws_marks=name in DRAWN,
        footnotes=NOTES if name in NOTED and is_office else (),
    )


def source_of(folder: Path) -> Path:
    """The sample's document."""
    return next(folder.glob("source.*"))


def digest(source: Path) -> str:
    """SHA-256 of a sample's source."""
    return hashlib.sha256(source.read_bytes()).hexdigest()


def print_of(folder: Path, producer: str) -> Path:
    """Where a sample's print lies."""
    return PRINTS / f"{folder.name}.{producer}.pdf"


def is_stale(folder: Path, producer: str) -> bool:
    """Whether a print is missing or was made from another source."""
    target = print_of(folder, producer)
    if not target.is_file():
        return True
    with pikepdf.open(target) as pdf:
        return str(pdf.docinfo.get("/SourceSHA256", "")) != digest(source_of(folder))


def print_sample(folder: Path, producer: str) -> None:
    """Prints one sample by one producer."""
    source = source_of(folder)
    document = read(source)
    how = setup(folder.name, producer)
    target = print_of(folder, producer)
    with tempfile.TemporaryDirectory() as room:
        raw = Path(room, "raw.pdf")
        _PRINT[producer](document, raw, how)
        with pikepdf.open(raw) as pdf:
            del pdf.docinfo
            pdf.docinfo["/Title"] = folder.name
            pdf.docinfo["/Producer"] = producer
            pdf.docinfo["/SourceSHA256"] = digest(source)
            pdf.docinfo["/Family"] = how.family
            if producer == "office":
                pdf.docinfo["/Map"] = how.map
            pdf.docinfo["/Head"], pdf.docinfo["/Notes"] = how.head, "\n".join(how.footnotes)
            pdf.remove_unreferenced_resources()
            pdf.save(
                target,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                compress_streams=True,
                recompress_flate=True,
                deterministic_id=True,
            )


def _browser(document: Document, target: Path, how: Setup) -> None:
    markup = html(
        document,
        font=how.family,
        points=how.points,
        landscape=how.landscape,
        columns=how.columns,
        draws_marks=how.draws_marks,
    )
    print_html(markup, target)


def _word(document: Document, target: Path, how: Setup) -> None:
    made = target.with_suffix(".docx")
    write_docx(document, made, font=how.family, points=how.points, landscape=how.landscape)
    print_docx(made, target)


_PRINT = {"chromium": _browser, "libreoffice": _word, "office": print_office}


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", nargs="*", help="names of samples (default: all)")
    parser.add_argument("--all", action="store_true", help="also prints that are up to date")
    parser.add_argument("--check", action="store_true", help="only tell what is stale")
    parser.add_argument("--producer", choices=PRODUCERS, action="append")
    options = parser.parse_args()
    names = options.samples or sorted(path.parent.name for path in SAMPLES.glob("*/expected.json"))
    producers = options.producer or PRODUCERS
    wanted = [(SAMPLES / n, p) for n in names for p in producers if options.all or is_stale(SAMPLES / n, p)]
    for folder, producer in wanted:
        print(f"{folder.name} {producer}", flush=True)
        if not options.check:
            print_sample(folder, producer)
    return 1 if options.check and wanted else 0


if __name__ == "__main__":
    sys.exit(main())
