"""TEDS of our tables and of pdfplumber's, per style of the generated set and per printed sample."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean

from ita_extract.model import Document, Table
from ita_extract.readers import read
from tabling.generate import pages
from tabling.teds import Score, html_of_table, html_of_truth, ours, plumber

ROOT = Path(__file__).resolve().parents[2]
MAX_CELLS = 300
"""The metric's work grows with the cube of the cells; a sample with a larger table is left out."""
Row = tuple[float, float, float, float]
"""TEDS and TEDS-struct, ours and pdfplumber's."""


def generated(held_out: bool) -> dict[str, Row]:
    """Means per style."""
    score = Score()
    rows: dict[str, list[Row]] = {}
    for page in pages(held_out):
        wanted = [html_of_truth(table) for table in page.tables]
        row = (*score(ours(page.pdf), wanted), *score(plumber(page.pdf), wanted))
        rows.setdefault(page.style.name, []).append(row)
    return {name: _means(found) for name, found in rows.items()}


def samples() -> dict[str, Row]:
    """The tables of every printed sample against those of the markup that it was printed from."""
    score = Score()
    rows: dict[str, Row] = {}
    for printed in sorted((ROOT / "prints").glob("*.pdf")):
        source = next((ROOT / "samples" / printed.name.split(".")[0]).glob("source.*"))
        tables = _tables(read(source))
        if not tables or max(len(table.cells) for table in tables) > MAX_CELLS:
            continue
        wanted = [html_of_table(table) for table in tables]
        pdf = printed.read_bytes()
        rows[printed.stem] = (*score(ours(pdf), wanted), *score(plumber(pdf), wanted))
    return rows


def _tables(document: Document) -> list[Table]:
    return [block for _, block in document.blocks() if isinstance(block, Table)]


def _means(rows: Sequence[Row]) -> Row:
    a, b, c, d = (mean(column) for column in zip(*rows, strict=True))
    return a, b, c, d


def report() -> None:
    """Prints all of it."""
    head = f"{'':34s}{'ours: TEDS':>12s}{'struct':>8s}{'pdfplumber: TEDS':>20s}{'struct':>8s}"
    for title, rows in (
        ("generated, development styles", generated(False)),
        ("generated, held-out styles and seeds", generated(True)),
        ("tables of printed samples", samples()),
    ):
        print(f"{title}\n{head}")
        _print([*rows.items(), ("mean", _means(list(rows.values())))] if rows else [])
        print()


def _print(rows: Iterable[tuple[str, Row]]) -> None:
    for name, (whole, structure, other, other_structure) in rows:
        print(f"{name:34s}{whole:12.3f}{structure:8.3f}{other:20.3f}{other_structure:8.3f}")
