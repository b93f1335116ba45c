"""Born-digital PDF → Document: the text layer made whole, tables from their rulings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from statistics import median
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from ita_extract.errors import DamagedError, EmptyInputError, EncryptedError, TooLargeError
from ita_extract.model import Document, Quote, Run
from ita_extract.readers.drafts import Draft, DraftCell, DraftParagraph, DraftTable, Fixer
from ita_extract.readers.furniture import mark_furniture
from ita_extract.readers.pdf_grid import Grid, GridCell, grids_of
from ita_extract.readers.pdf_page import characters, rulings
from ita_extract.readers.pdf_text import Char, Line, lines_of
from ita_extract.readers.wrapping import append_line, begins_anew
from ita_extract.thai.text import damage_score, repair
from ita_extract.thai.tokens import word_starts

MAX_PAGES = 5000
MAX_CHARACTERS = 300_000
"""Characters on one page from which it is taken for a drawing; the fullest real page has 9,000."""
HEADING_SIZE = 1.12
"""Headings are set this much larger than the text (measured: 1.15 and more), or bold as a whole."""
DAMAGED = 0.02
"""Damage score from which a page's text is not to be trusted."""


@dataclass(slots=True)
class _Reading:
    """The text read so far and what was found in it."""

    source: list[str] = field(default_factory=list)
    length: int = 0
    drafts: list[Draft] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    size: float = 0.0

    def quotes(self, lines: Sequence[Line]) -> list[Quote]:
        """Adds lines to the source; returns one repaired quote for each."""
        text = "".join(line.text + "\n" for line in lines)
        raw = Quote(text, (Run(0, len(text), self.length, self.length + len(text)),)) if text else Quote.of("")
        repaired = repair(text)
        self.source.append(text)
        self.length += len(text)
        return raw.derive(repaired.text, repaired.runs).split("\n")[: len(lines)]


def read_pdf(data: bytes, file_name: str) -> Document:
    """The document in a PDF with a text layer.

    Raises EncryptedError, DamagedError, EmptyInputError (no page has text), TooLargeError.
    """
    reading = _Reading()
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            count = len(pdf.pages)
            if count > MAX_PAGES:
                raise TooLargeError(f"{file_name} has {count:,} pages; the limit is {MAX_PAGES:,}")
            for number, page in enumerate(pdf.pages, 1):
                _read_page(reading, page, number)
                page.close()
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise EncryptedError(f"{file_name} is locked with a password") from error
        raise DamagedError(f"{file_name} is no readable PDF: {error}") from error
    if not reading.drafts:
        raise EmptyInputError(
            f"{file_name} has {count} pages without a text layer",
            remedy="It is a scan: read it with an OCR program first and give the text.",
        )
    mark_furniture(reading.drafts)
    source = "".join(reading.source)
    fixer = Fixer(reading.drafts, source)
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        document_id=digest[:16],
        file_name=file_name,
        sha256=digest,
        byte_count=len(data),
        media_type="application/pdf",
        source=source,
        pages=fixer.pages(reading.drafts, origin="text_layer"),
        leaves=fixer.leaves(),
        warnings=tuple(reading.warnings),
    )


# ------------------------------------------------------------------ one page
def _read_page(reading: _Reading, page: Any, number: int) -> None:
    chars = characters(page)
    if not chars:
        reading.warnings.append(f"page {number} has no text layer; nothing was read from it")
        return
    if len(chars) > MAX_CHARACTERS:
        reading.warnings.append(f"page {number} has {len(chars):,} characters and was left out")
        return
    start = reading.length
    grids = grids_of(*rulings(page))
    free, cells = _sorted_in(chars, grids)
    lines = lines_of(free)
    reading.size = median([line.size for line in lines] or [chars[0]["size"]])
    limit = max((line.x1 for line in lines), default=0.0)
    parts: list[tuple[float, Line | Grid]] = [*((line.top, line) for line in lines), *((g.ys[0], g) for g in grids)]
    run: list[Line] = []
    for _, part in sorted(parts, key=lambda p: p[0]):
        if isinstance(part, Line):
            run.append(part)
            continue
        reading.drafts += _paragraphs(reading, run, number, limit)
        run = []
        reading.drafts.append(_table(reading, part, cells, number))
    reading.drafts += _paragraphs(reading, run, number, limit)
    score = damage_score(repair(_tail(reading, start)).text)
    if score > DAMAGED:
        reading.warnings.append(
            f"page {number}: the text layer is damaged (score {score:.2f}); check it against the page"
        )


def _tail(reading: _Reading, start: int) -> str:
    parts: list[str] = []
    at = reading.length
    for piece in reversed(reading.source):
        if at <= start:
            break
        parts.append(piece)
        at -= len(piece)
    return "".join(reversed(parts))


def _sorted_in(chars: Sequence[Char], grids: Sequence[Grid]) -> tuple[list[Char], dict[int, list[Char]]]:
    """The characters outside all tables, and those of each cell by its identity; order is kept."""
    free: list[Char] = []
    cells: dict[int, list[Char]] = {}
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        cell = next((found for grid in grids if (found := grid.cell_at(x, y)) is not None), None)
        (free if cell is None else cells.setdefault(id(cell), [])).append(char)
    return free, cells


# ------------------------------------------------------------------ tables
def _table(reading: _Reading, grid: Grid, chars: dict[int, list[Char]], page: int) -> DraftTable:
    drafts = []
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        drafts.append(
            DraftCell(cell.row, cell.column, cell.row_span, cell.column_span, _content(reading, cell, chars, page))
        )
    return DraftTable(drafts, page)


def _content(reading: _Reading, cell: GridCell, chars: dict[int, list[Char]], page: int) -> list[Draft]:
    """What stands in a cell, from top to bottom."""
    lines = lines_of(chars.get(id(cell), ()))
    blocks: list[Draft] = []
    done = 0
    padding = min((line.x0 - cell.box.x0 for line in lines), default=0.0)
    limit = cell.box.x1 - max(0.0, min(padding, 8.0))
    for inner in cell.grids:
        above = [line for line in lines[done:] if line.top < inner.ys[0]]
        blocks += _paragraphs(reading, above, page, limit, in_cell=True)
        done += len(above)
        blocks.append(_table(reading, inner, chars, page))
    blocks += _paragraphs(reading, lines[done:], page, limit, in_cell=True)
    return blocks


# ------------------------------------------------------------------ paragraphs
def _paragraphs(
    reading: _Reading, lines: Sequence[Line], page: int, limit: float, in_cell: bool = False
) -> list[Draft]:
    """Lines as paragraphs; a line that was broken for want of room is joined with the next."""
    drafts: list[Draft] = []
    last: Line | None = None
    pitch = _pitch(lines)
    for line, quote in zip(lines, reading.quotes(lines), strict=True):
        text = quote.strip()
        if not text:
            continue
        draft = DraftParagraph(text, page, bold_end=_bold_end(line, text))
        if not in_cell:
            _set_heading(draft, line, reading.size)
        above = drafts[-1] if drafts else None
        if isinstance(above, DraftParagraph) and last is not None and _goes_on(last, above, line, draft, limit, pitch):
            append_line(drafts, draft)
        else:
            drafts.append(draft)
        last = line
    return drafts


def _bold_end(line: Line, text: Quote) -> int:
    """Where bold type ends that begins the line and is not all of it."""
    return 0 if line.is_bold or not line.bold_length else min(line.bold_length, len(text))


def _set_heading(draft: DraftParagraph, line: Line, size: float) -> None:
    large = line.size >= HEADING_SIZE * size
    if (large or line.is_bold) and not line.has_columns:
        draft.role = "heading"
        draft.level = 1 if line.size >= 1.28 * size else 2 if large else 3


def _pitch(lines: Sequence[Line]) -> float:
    """Largest distance of baselines inside a paragraph: a little over the smallest one found, in points."""
    steps = [below.across - line.across for line, below in pairwise(lines)]
    sizes = [line.size for line in lines]
    usual = min((step for step in steps if step > 0.8 * min(sizes)), default=0.0)
    return min(1.25 * usual, 2.5 * max(sizes, default=0.0))


def _goes_on(
    line: Line, above: DraftParagraph, following: Line, draft: DraftParagraph, limit: float, pitch: float
) -> bool:
    """Whether the next line's first word had no room on the line above."""
    if line.has_columns or following.has_columns or above.role != draft.role or above.level != draft.level:
        return False
    if following.across - line.across > pitch or abs(line.size - following.size) > 0.1 * line.size:
        return False
    if begins_anew(draft.text):
        return False
    return line.x1 + _first_word(following, draft.text) > limit - 0.3 * line.size


def _first_word(line: Line, text: str) -> float:
    """Width of the first word in points."""
    starts = sorted(start for start in word_starts(text[:60]) if start > 0)
    share = starts[0] / len(text) if starts else 1.0
    return share * (line.x1 - line.x0)
