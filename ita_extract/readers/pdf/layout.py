"""One PDF page → drafts in reading order: free text and tables from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from typing import Any

from ita_extract.geometry import Box
from ita_extract.model import PageFacts
from ita_extract.readers.pdf.columns import columns
from ita_extract.readers.pdf.damage import gather, needs_ocr, warning
from ita_extract.readers.pdf.grid import Grid, grids_of
from ita_extract.readers.pdf.marks import with_marks
from ita_extract.readers.pdf.page import characters
from ita_extract.readers.pdf.page_tree import unit
from ita_extract.readers.pdf.paragraphs import paragraphs, right_edge
from ita_extract.readers.pdf.placing import completed, placed
from ita_extract.readers.pdf.rulings import Rulings, rulings
from ita_extract.readers.pdf.tables import table
from ita_extract.readers.pdf.text import Char, Line, lines_of
from ita_extract.readers.reading import Reading
from ita_extract.thai.text import repair


def read_page(reading: Reading, page: Any, number: int) -> None:
    """Adds a page to what has been read: its facts always, its text where it has any."""
    chars = characters(page)
    scale = unit(page)
    facts = PageFacts("none", scale * float(page.width), scale * float(page.height), rotation=page.rotation)
    if not chars:
        reason = needs_ocr(gather("", chars, page))
        reading.pages.append(replace(facts, ocr_reason=reason))
        none = f"page {number} has no text layer; nothing was read from it"
        reading.warnings.append(warning(number, reason, None) if reason else none)
        return
    start = reading.length
    strokes = rulings(page)
    content = PageContent(chars, strokes, float(page.width), float(page.height), partial(with_marks, page, strokes[:2]))
    lay_out(reading, content, number)
    evidence = gather(repair(reading.text_since(start)).text, chars, page)
    reason, score = needs_ocr(evidence), evidence.score
    reading.pages.append(replace(facts, origin="text_layer", damage_score=score, ocr_reason=reason))
    if reason:
        reading.warnings.append(warning(number, reason, score))


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page holds, however it was read: its characters, rulings and size in points.

    `mark` puts what the page marks without writing it among the characters, given the grids and the characters of
    their cells, and where the columns of the last month grid lay.
    """

    chars: Sequence[Char]
    strokes: Rulings
    width: float
    height: float
    mark: Callable[[Sequence[Char], Sequence[Grid], dict[int, list[Char]], list[float]], list[Char]]

    @property
    def box(self) -> Box:
        """The page."""
        return Box(0, 0, self.width, self.height)


def lay_out(reading: Reading, content: PageContent, number: int) -> None:
    """Adds the text and tables of a page, in reading order, to what has been read."""
    grids = completed(content.chars, content.strokes, grids_of(content.strokes, content.box))
    _, cells = placed(content.chars, grids)
    chars = content.mark(content.chars, grids, cells, reading.calendar)
    free, cells = placed(chars, grids)
    parts = [lines_of(part) for part in columns(free)]
    sizes = [line.size for lines in parts for line in lines] or [char["size"] for char in chars[:1]]
    reading.size = median(sizes or [0.0])
    width = content.width if len(parts) == 1 else 0.0
    for lines, tables in _with_tables(parts, grids):
        limit = right_edge(lines, [grid.xs[-1] for grid in tables], width)
        _read_part(reading, lines, tables, cells, number, limit, content.height)


def _with_tables(parts: Sequence[list[Line]], grids: Sequence[Grid]) -> list[tuple[list[Line], list[Grid]]]:
    """The parts of a page in reading order, each with the tables that stand in its column."""
    sets: list[tuple[list[Line], list[Grid]]] = [(lines, []) for lines in parts]
    for grid in grids:
        home = min(sets, key=lambda s: _distance(s[0], grid)) if len(sets) > 1 else sets[0]
        home[1].append(grid)
    return sets


def _distance(lines: Sequence[Line], grid: Grid) -> float:
    """How far a table stands outside a part, in points."""
    if not lines:
        return float("inf")
    (x, y), left, right = grid.box.middle, min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    return max(left - x, 0, x - right) + max(top - y, 0, y - bottom)


def _read_part(
    reading: Reading,
    lines: Sequence[Line],
    grids: Sequence[Grid],
    cells: dict[int, list[Char]],
    page: int,
    limit: float,
    page_height: float,
) -> None:
    """Text and tables of one column, or of a page without columns, from top to bottom."""
    parts: list[tuple[float, Line | Grid]] = [*((line.top, line) for line in lines), *((g.ys[0], g) for g in grids)]
    run: list[Line] = []
    for _, part in sorted(parts, key=lambda p: p[0]):
        if isinstance(part, Line):
            run.append(part)
            continue
        reading.drafts += paragraphs(reading, run, page, limit)
        run = []
        reading.drafts.append(table(reading, part, cells, page, page_height))
    reading.drafts += paragraphs(reading, run, page, limit)
