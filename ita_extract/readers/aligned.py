"""Tables whose columns are made of spaces. Only blocks under a heading with known column names are taken for tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ita_extract.thai.dates import month_number
from ita_extract.thai.labels import match_label

MIN_COLUMNS = 3
MIN_ROWS = 2
"""A heading and one row; lists of people, whose lines look alike, have no such heading."""

_GAP = re.compile(r" {2,}|\t")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Text between gaps: offsets in its line, and the screen column where it begins."""

    start: int
    end: int
    column: int


def chunks(line: str) -> list[Chunk]:
    """The parts of a line between wide gaps."""
    parts: list[Chunk] = []
    at = 0
    for match in [*_GAP.finditer(line), None]:
        end = match.start() if match else len(line)
        if line[at:end].strip():
            start = at + len(line[at:end]) - len(line[at:end].lstrip())
            parts.append(Chunk(start, at + len(line[at:end].rstrip()), width(line[:start])))
        at = match.end() if match else end
    return parts


def width(text: str) -> int:
    """Screen columns of a text: marks above and below a letter take none."""
    return sum(unicodedata.category(char) not in ("Mn", "Cf") for char in text)


def heads_table(line: str) -> bool:
    """Whether a line is the heading of a table in columns: three or more parts, most of them known column names."""
    parts = chunks(line)
    if len(parts) < MIN_COLUMNS:
        return False
    texts = [line[part.start : part.end] for part in parts]
    known = sum(match_label(text, "columns") is not None or month_number(text) is not None for text in texts)
    return known >= 2 and known * 3 >= len(parts) * 2


def read_aligned(lines: Sequence[str]) -> tuple[list[list[list[tuple[int, Chunk]]]], int]:
    """The table that the first of `lines` heads, and how many lines it takes (0: no table).

    Rows of cells of (line number, chunk): a line that leaves the first column blank goes on with the row above.
    """
    head = chunks(lines[0])
    starts = [part.column for part in head]
    rows: list[list[list[tuple[int, Chunk]]]] = []
    taken = 0
    for number, line in enumerate(lines):
        parts = chunks(line)
        if not parts or (number and len(parts) < 2 and parts[0].column <= starts[0] and len(line.strip()) > 60):
            break
        cells: list[list[tuple[int, Chunk]]] = [[] for _ in starts]
        for index, part in enumerate(parts):
            column = index if len(parts) == len(starts) else _nearest(starts, part.column)
            cells[column].append((number, part))
        if number and not cells[0] and rows and len(parts) < len(starts) - 1:
            for column, added in enumerate(cells):
                rows[-1][column].extend(added)
        else:
            rows.append(cells)
        taken = number + 1
    return (rows, taken) if len(rows) >= MIN_ROWS else ([], 0)


def _nearest(starts: Sequence[int], column: int) -> int:
    """The column whose heading begins nearest: text may begin a little before its heading (numbers set right)."""
    return min(range(len(starts)), key=lambda index: abs(starts[index] - column))
