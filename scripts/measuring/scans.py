"""Prints made into scans of every damage level, read by the scan reader: the records beside those of the samples."""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluate import Expected, Mistake, Tally, evaluate, total
from ita_extract import Records
from ita_extract.pipeline import records_of
from ita_extract.pointer import Where
from ita_extract.readers.furniture import mark_furniture
from ita_extract.readers.reading import Reading
from ita_extract.readers.scan.content import ScannedPage, as_read, seen
from ita_extract.readers.scan.reader import add_page
from ita_extract.records import BY_NAME
from ita_extract.vision.ocr import AUTO, LineImage, LineReading, Ocr, engine
from ita_extract.vision.page_image import page_images
from measuring.known_text import known_readings, text_layer
from scanning.damage import LEVELS, Scan, render

MARKS = ("rating_options", ("selected",))
MONTHS = ("timeline_months", ("fiscal_month", "is_scheduled", "cell_state"))
SURE = 0.9
"""Confidence from which a value is given without a warning."""
DRAWN = ["glyph", "private_use", "pixels", "bar", "arrow", "shading"]


class Cached:
    """An OCR engine whose readings are kept in a folder, by the pixels that were read; delete it when OCR changes."""

    def __init__(self, ocr: Ocr, folder: Path) -> None:
        self._ocr, self._folder = ocr, folder
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        """See `Ocr.read`."""
        digest = hashlib.sha256()
        for line in lines:
            digest.update(repr(line.pixels.shape).encode())
            digest.update(line.pixels.tobytes())
        path = self._folder / digest.hexdigest()
        if path.exists():
            return list(pickle.loads(path.read_bytes()))
        readings = self._ocr.read(lines)
        path.write_bytes(pickle.dumps(readings))
        return readings


@dataclass(slots=True)
class Result:
    """What one damage level gave."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    names: int = 0
    names_right: int = 0
    silent: int = 0
    """Cells that are wrong without a flag: neither doubted by their confidence nor a suspected error."""
    pages: int = 0
    seconds: float = 0.0


def scans_of(path: Path, level: str, seed: int) -> list[Scan]:
    """The pages of a print as scans."""
    pages = sum(1 for _ in text_layer(path))
    return [LEVELS[level](render(path, number), seed + 100 * number) for number in range(pages)]


def read_scans(path: Path, scans: Sequence[Scan], ocr: Ocr | None) -> list[ScannedPage]:
    """The pages of scans of a print, read by an engine; without one the text comes from the print (no OCR errors)."""
    pages = []
    layers = text_layer(path)
    for scan, layer in zip(scans, layers, strict=True):
        page = seen(next(page_images(scan.data, scan.suffix)))
        readings = (
            known_readings(page, scan, layer) if ocr is None else ocr.read([LineImage(c.pixels) for c in page.cuts])
        )
        pages.append(as_read(page, readings, AUTO))
    return pages


def records(pages: Iterable[ScannedPage], name: str) -> Records:
    """What scanned pages say."""
    reading = Reading()
    for page in pages:
        add_page(reading, page)
    mark_furniture(reading.drafts)
    return records_of(reading.document(name.encode(), name, "image/tiff"))


def _is_flagged(mistake: Mistake, found: Records) -> bool:
    """Whether a reader of the tables is warned of a cell: by the least certain word of the place that the row or the
    cell was read from, or by a suspected error there."""
    sources = [mistake.row]
    identity = "/".join(str(mistake.row.get(name)) for name in BY_NAME[mistake.table].table.key)
    sources += [
        row
        for row in found.rows("provenance")
        if (row["table_name"], row["record_id"], row["column_name"]) == (mistake.table, identity, mistake.column)
    ]
    if any(row.get("confidence") is not None and float(row["confidence"]) < SURE for row in sources):
        return True
    places = [Where.parse(row["where"]) for row in sources if row.get("where")]
    doubts = [Where.parse(row["where"]) for row in found.rows("suspected_errors") if row["where"]]
    return any(_meet(place, doubt) for place in places for doubt in doubts)


def _meet(one: Where, other: Where) -> bool:
    if (one.page, one.leaf) != (other.page, other.leaf):
        return False
    spans = [(w.start or 0, float("inf") if w.end is None else w.end) for w in (one, other)]
    return spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1]


def _expect_picture(expected: Expected) -> None:
    """On a picture every mark is a shape, whatever it was in the file."""
    for table in ("rating_options", "timeline_months"):
        for row in expected.get(table, ()):
            if row.get("mark_kind") in ("html_input", "glyph", "private_use"):
                row["mark_kind"] = DRAWN


def measure(
    documents: Sequence[tuple[Path, Path]],
    level: str,
    ocr: Ocr | None,
    seed: int = 0,
    say: Callable[[str], None] = print,
) -> Result:
    """Reads scans of prints (folder of the sample, print) at one damage level."""
    result = Result()

    wanted: Expected = {}
    read_last: list[Records] = []

    def expect(expected: Expected) -> None:
        _expect_picture(expected)
        wanted.clear()
        wanted.update(expected)

    def read(path: Path) -> Records:
        scans = scans_of(path, level, seed + sum(path.name.encode()))
        started = time.perf_counter()
        found = records(read_scans(path, scans, ocr), path.name)
        result.seconds += time.perf_counter() - started
        result.pages += len(scans)
        read_last[:] = [found]
        names = {row["name_raw"] for row in found.rows("attendees")}
        listed = [row["name_raw"] for row in wanted.get("attendees", ())]
        result.names += len(listed)
        result.names_right += sum(name in names for name in listed)
        return found

    for folder, path in documents:
        own = evaluate([(folder, path)], read, expect)
        say(f"{level} {path.name}: {total(own.values()).f1:.3f}")
        for table, tally in own.items():
            result.tallies.setdefault(table, Tally()).add(tally)
            result.silent += sum(not _is_flagged(mistake, read_last[0]) for mistake in tally.mistakes)
    return result


def share(result: Result, table: str, columns: Iterable[str]) -> Tally:
    """The cells of some columns of a table."""
    own = result.tallies.get(table, Tally()).columns
    return total(own[column] for column in columns if column in own)


def report(
    documents: Sequence[tuple[Path, Path]],
    levels: Sequence[str],
    name: str = AUTO,
    *,
    known: bool = False,
    cache: Path | None = None,
    seed: int = 0,
) -> None:
    """Prints what is wrong, cell by cell, and a table in markdown."""
    rows = []
    for level in levels:
        ocr: Ocr | None = None if known else engine(name)
        if ocr is not None and cache is not None:
            ocr = Cached(ocr, cache)
        result = measure(documents, level, ocr, seed)
        for tally in result.tallies.values():
            print(*tally.notes, sep="\n", end="\n" if tally.notes else "")
        for table, tally in result.tallies.items():
            print(f"{level} {table}: {tally.right + tally.missing} cells, F1 {tally.f1:.3f}")
        marks, months = share(result, *MARKS), share(result, *MONTHS)
        names = f"{result.names_right / result.names:.3f}" if result.names else "–"
        rows.append(
            f"| {level} | {result.pages} | {total(result.tallies.values()).f1:.3f} | {marks.f1:.3f} "
            f"| {months.f1:.3f} | {names} | {result.silent} of {total(result.tallies.values()).wrong} "
            f"| {result.pages / result.seconds:.2f} |"
        )
    print("| level | pages | fields F1 | marks F1 | months F1 | names exactly right | wrong, not flagged | pages/s |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|", *rows, sep="\n")
