"""Newspaper columns of a page: parts of text that are read one after the other although they stand side by side.

A producer writes a column to its end, then the next one from the top; rows of a list in columns it writes row by row.
So a jump back up the page, to the right of everything written beside it, begins a column.
"""

from __future__ import annotations

from collections.abc import Sequence

from ita_extract.readers.pdf.text import Char

JUMP = 3.0
"""Type sizes up the page from which a jump is none to a raised sign or a marginal note."""
MIN_LINES = 4
"""Lines that a column has at least."""
SLACK = 0.5
"""Type sizes by which letters may stand over the edge of their column."""


def columns(chars: Sequence[Char]) -> list[list[Char]]:
    """The characters in parts that are read one after the other; one part where the page has no columns."""
    parts: list[list[Char]] = []
    part: list[Char] = []
    left: float | None = None  # where the column being read begins; None outside of columns
    lowest = before = 0.0
    for char in chars:
        if not char["turned"] and char["text"].strip():
            if left is not None and _leaves(char, left, lowest):
                parts.append(part)
                part, left = [], None
            elif before - char["baseline"] > JUMP * char["size"] and _is_beside(char, part):
                above, beside = _cut(part, char)
                parts += [above] if above else []
                parts.append(beside)
                part, left, lowest = [], char["x0"], 0.0
            before = char["baseline"]
            lowest = max(lowest, before)
        part.append(char)
    parts.append(part)
    return parts if len(parts) > 1 and _are_columns(parts) else [list(chars)]


def _leaves(char: Char, left: float, lowest: float) -> bool:
    """Whether text under a column begins left of it: it stands below all columns."""
    return bool(char["x0"] < left - 2 * char["size"] and char["baseline"] > lowest)


def _is_beside(char: Char, part: Sequence[Char]) -> bool:
    """Whether a character stands right of everything in a part that is as low as it or lower."""
    _, beside = _cut(part, char)
    edge = char["x0"] + SLACK * char["size"]
    return (
        bool(beside) and max(c["x1"] for c in beside if c["text"].strip()) <= edge and _line_count(beside) >= MIN_LINES
    )


def _cut(part: Sequence[Char], char: Char) -> tuple[list[Char], list[Char]]:
    """A part above the line of a character, and from that line on."""
    limit = char["baseline"] - SLACK * char["size"]
    at = next((i for i, c in enumerate(part) if c["baseline"] >= limit and c["text"].strip()), len(part))
    return list(part[:at]), list(part[at:])


def _line_count(part: Sequence[Char]) -> int:
    return len({round(char["baseline"] / max(char["size"], 1.0)) for char in part if char["text"].strip()})


def _are_columns(parts: Sequence[Sequence[Char]]) -> bool:
    """Whether most lines of the parts fill their width, as wrapped text does and the cells of a list do not."""
    filled = count = 0
    for part in parts:
        ends: dict[int, float] = {}
        for char in part:
            if char["text"].strip():
                row = round(char["baseline"] / max(char["size"], 1.0))
                ends[row] = max(ends.get(row, 0.0), char["x1"])
        if not ends:
            continue
        start, end = min(c["x0"] for c in part), max(ends.values())
        count += len(ends)
        filled += sum(x > start + 0.7 * (end - start) for x in ends.values())
    return filled >= 0.4 * count
