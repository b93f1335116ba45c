"""Tree edit distance based similarity (TEDS, arXiv:1911.10683), as PyPI table-recognition-metric has it.

Compared are the tables of the document as `ita_extract.readers` gives it, spans and nested tables in their cells, and
the text of cells without white space, with the tables as they were meant. Heading rows that a print repeats on each
page are copies in the document, no rows. A page without tables on which none is found scores 1; a table too many or
too few scores 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from io import BytesIO
from typing import Any

import pdfplumber
from table_recognition_metric import TEDS

from ita_extract.model import Paragraph, Table
from ita_extract.readers import read_bytes
from tabling.content import TrueTable

Row = list[tuple[int, int, int, str]]
"""Cells of a row: column, row span, column span, inner HTML."""


def html_of(cells: Sequence[tuple[int, int, int, int, str]]) -> str:
    """A table of (row, column, row span, column span, inner HTML)."""
    rows: dict[int, Row] = {}
    for row, column, height, width, inner in cells:
        rows.setdefault(row, []).append((column, height, width, inner))
    last = max((row for row, *_ in cells), default=-1)
    lines = []
    for row in range(last + 1):
        drawn = "".join(
            f'<td rowspan="{height}" colspan="{width}">{inner}</td>'
            for _, height, width, inner in sorted(rows.get(row, []))
        )
        lines.append(f"<tr>{drawn}</tr>")
    return f"<table>{''.join(lines)}</table>"


def html_of_truth(table: TrueTable) -> str:
    """The table as it was meant."""
    return html_of(
        [
            (c.row, c.column, c.row_span, c.column_span, html_of_truth(c.inner) if c.inner else _text(c.text))
            for c in table.cells
        ]
    )


def html_of_table(table: Table) -> str:
    """The table as we read it."""
    cells = []
    for cell in table.cells:
        inner = "".join(
            html_of_table(b) if isinstance(b, Table) else _text(b.quote.text) if isinstance(b, Paragraph) else ""
            for b in cell.blocks
        )
        cells.append((cell.row, cell.column, cell.row_span, cell.column_span, inner))
    return html_of(cells)


def _text(text: str) -> str:
    return escape("".join(text.split()))


def ours(pdf: bytes) -> list[str]:
    """The tables that ita-extract reads from a PDF; those that pages divide it has put together itself."""
    document = read_bytes(pdf, "page.pdf")
    return [html_of_table(block) for _, block in document.blocks() if isinstance(block, Table)]


def plumber(pdf: bytes) -> list[str]:
    """The tables that pdfplumber finds, with the spans that their cells' boxes show."""
    found = []
    with pdfplumber.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            for table in page.find_tables():
                found.append(html_of(_plumbed(table)))
    return found


def _plumbed(table: Any) -> list[tuple[int, int, int, int, str]]:
    xs = sorted({x for x0, _, x1, _ in table.cells for x in (x0, x1)})
    ys = sorted({y for _, top, _, bottom in table.cells for y in (top, bottom)})
    cells = []
    for row, texts in zip(table.rows, table.extract(), strict=True):
        for box, text in zip(row.cells, texts, strict=True):
            if box is not None:
                column, top, right, bottom = xs.index(box[0]), ys.index(box[1]), xs.index(box[2]), ys.index(box[3])
                cells.append((top, column, bottom - top, right - column, _text(text or "")))
    return cells


class Score:
    """TEDS and TEDS-struct of the tables of one page or document."""

    def __init__(self) -> None:
        self._whole: Callable[[str, str], float] = TEDS()
        self._structure: Callable[[str, str], float] = TEDS(structure_only=True)

    def __call__(self, found: Sequence[str], wanted: Sequence[str]) -> tuple[float, float]:
        """Means over tables, paired in order so that their sum is greatest; a table without a partner scores 0."""
        count = max(len(found), len(wanted))
        if count == 0:
            return 1.0, 1.0
        pairs = [[self._pair(f, w) for w in wanted] for f in found]
        whole, structure = _best(pairs)
        return whole / count, structure / count

    def _pair(self, found: str, wanted: str) -> tuple[float, float]:
        page, truth = f"<html><body>{found}</body></html>", f"<html><body>{wanted}</body></html>"
        return self._whole(page, truth), self._structure(page, truth)


def _best(pairs: Sequence[Sequence[tuple[float, float]]]) -> tuple[float, float]:
    """The greatest sum over pairings that keep the order."""
    best = [(0.0, 0.0)] * (len(pairs[0]) + 1 if pairs else 1)
    for row in pairs:
        above = list(best)
        for index, (whole, structure) in enumerate(row, 1):
            taken = (above[index - 1][0] + whole, above[index - 1][1] + structure)
            best[index] = max(above[index], best[index - 1], taken)
    return best[-1]
