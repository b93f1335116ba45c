"""The one document model that every reader produces: pages of blocks, each of which knows where it stands.

`Document.source` is the text of the input: the decoded file for text and markup, the characters as read for a PDF or a
scan. Everything readable is a `Quote`: derived text plus the way back to the source. The source is cut into numbered
*leaves* (the rows of the `blocks` table) without gap or overlap; a `Where` points into one of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from ita_extract.errors import PointerError
from ita_extract.places import Places
from ita_extract.pointer import Where


class Run(NamedTuple):
    """Characters `text_start:text_end` of a derived text stem from `source_start:source_end` of its source.

    Equal lengths mean one to one; otherwise the run is a lump (`&lt;` read as `<`, `ํ` + `า` as `ำ`).
    """

    text_start: int
    text_end: int
    source_start: int
    source_end: int

    @property
    def is_one_to_one(self) -> bool:
        """Whether every character of the run has its own source character."""
        return self.text_end - self.text_start == self.source_end - self.source_start


@dataclass(frozen=True, slots=True)
class Quote:
    """Readable text that knows which characters of the source it stems from.

    `runs` are ordered and cover `text` completely. Slicing, stripping and splitting keep the way back.
    """

    text: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> Quote:
        """The slice `source[start:end]` as it stands."""
        text = source[start:end]
        return cls(text, (Run(0, len(text), start, start + len(text)),) if text else ())

    @classmethod
    def empty_at(cls, position: int) -> Quote:
        """A quote without text that still knows its place."""
        return cls("", (Run(0, 0, position, position),))

    @classmethod
    def join(cls, quotes: Iterable[Quote], separator: str = " ") -> Quote:
        """One quote of several; the separators stem from nowhere in particular."""
        texts: list[str] = []
        runs: list[Run] = []
        length = 0
        for quote in quotes:
            if texts and separator:
                at = runs[-1].source_end if runs else quote.start
                runs.append(Run(length, length + len(separator), at, at))
                texts.append(separator)
                length += len(separator)
            runs.extend(Run(a + length, b + length, c, d) for a, b, c, d in quote.runs)
            texts.append(quote.text)
            length += len(quote.text)
        return cls("".join(texts), tuple(runs))

    @property
    def start(self) -> int:
        """First source position, 0 for a quote of nothing. Joined parts may stand in another order in the source."""
        return min((run.source_start for run in self.runs), default=0)

    @property
    def end(self) -> int:
        """Source position behind the last character."""
        return max((run.source_end for run in self.runs), default=0)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int | None = None) -> Quote:
        """The part `text[start:end]`, with its own way back."""
        start, stop, _ = slice(start, end).indices(len(self.text))
        if start >= stop:
            return Quote.empty_at(self._source_position(start))
        first = max(0, bisect_right(self.runs, start, key=lambda run: run.text_start) - 1)
        runs = []
        for index in range(first, len(self.runs)):
            run = self.runs[index]
            if run.text_start >= stop:
                break
            cut = _cut_run(run, start, stop)
            if cut is not None:
                runs.append(cut)
        return Quote(self.text[start:stop], tuple(runs))

    def strip(self, characters: str | None = None) -> Quote:
        """Without leading and trailing white space (or `characters`)."""
        left = len(self.text) - len(self.text.lstrip(characters))
        right = len(self.text.rstrip(characters))
        return self if left == 0 and right == len(self.text) else self.slice(left, max(left, right))

    def split(self, pattern: str | re.Pattern[str]) -> list[Quote]:
        """The parts between matches of `pattern`, empty ones included."""
        parts, at = [], 0
        for match in re.finditer(pattern, self.text):
            parts.append(self.slice(at, match.start()))
            at = match.end()
        parts.append(self.slice(at))
        return parts

    def lines(self) -> list[Quote]:
        """The non-blank lines, stripped."""
        return [line for part in self.split(r"\n") if (line := part.strip())]

    def derive(self, text: str, runs: Iterable[Run]) -> Quote:
        """A new text made from this one (repaired, unescaped); `runs` lead from it back to this quote's text."""
        composed: list[Run] = []
        for run in runs:
            part = self.slice(run.source_start, run.source_end)
            if run.is_one_to_one:
                shift = run.text_start
                composed.extend(Run(a + shift, b + shift, c, d) for a, b, c, d in part.runs if b > a)
            else:
                composed.append(Run(run.text_start, run.text_end, part.start, part.end))
        return Quote(text, tuple(composed))

    def _source_position(self, offset: int) -> int:
        if not self.runs:
            return 0
        index = max(0, bisect_right(self.runs, offset, key=lambda run: run.text_start) - 1)
        run = self.runs[index]
        if run.is_one_to_one:
            return min(run.source_start + offset - run.text_start, run.source_end)
        return run.source_start if offset < run.text_end else run.source_end


def _cut_run(run: Run, start: int, stop: int) -> Run | None:
    """The part of `run` inside `start:stop`, counted from `start`; None when nothing is left."""
    a, b = max(run.text_start, start), min(run.text_end, stop)
    if a >= b:
        return None
    if run.is_one_to_one:
        shift = run.source_start - run.text_start
        return Run(a - start, b - start, a + shift, b + shift)
    return Run(a - start, b - start, run.source_start, run.source_end)


MarkKind = Literal["glyph", "html_input", "bracket", "private_use", "pixels", "shading", "bar", "arrow", "none"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A selection mark in a paragraph. `state` is True (ticked), False (blank) or None (unreadable).

    `start:end` are offsets into the paragraph's text; `raw` is the mark as the source writes it; `fill_ratio` (0–1)
    only for pixels.
    """

    start: int
    end: int
    state: bool | None
    kind: MarkKind
    raw: str
    fill_ratio: float | None = None


LeafKind = Literal["heading", "paragraph", "list_item", "table", "table_copy", "mark", "figure", "furniture", "blank"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text without structure of its own: a heading, a paragraph, a list item, the content of a table cell.

    Marks are part of `quote.text` as one glyph each (an `<input checked>` reads `☑`), so that text and mark keep their
    order. `level` is 1–6 for headings that the source marks as such, else 0. `bold_end` is where bold type ends that
    begins with the text (0: none): forms set their labels so.
    """

    quote: Quote
    leaf: int
    role: Literal["heading", "paragraph", "list_item"] = "paragraph"
    level: int = 0
    marks: tuple[Mark, ...] = ()
    bold_end: int = 0

    @property
    def text(self) -> str:
        """The readable text."""
        return self.quote.text


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture or the place where one was. `content_status` is `lost` when only its place or caption is left."""

    quote: Quote
    leaf: int
    content_status: Literal["lost", "present"] = "lost"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at `row`, `column` (from 0) that covers `row_span` × `column_span` places and holds blocks of its own."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    blocks: tuple[Block, ...] = ()
    is_header: bool = False

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs directly in this cell, not those of nested tables."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables nested in this cell."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def quote(self) -> Quote:
        """The cell's own text, paragraphs joined by line breaks."""
        return Quote.join((p.quote for p in self.paragraphs), "\n")

    @property
    def text(self) -> str:
        """The cell's own text, paragraphs joined by line breaks."""
        return "\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class TableCopy:
    """Another rendering of a table's cells (a flattened echo).

    `sources` holds (row, column, quote) of each copied cell; `agrees` is False when a text differs from the table's.
    """

    sources: tuple[tuple[int, int, Quote], ...]
    agrees: bool


@dataclass(frozen=True)
class Table:
    """A table with real cells. Every place of the grid belongs to at most one cell; spans are kept, not repeated."""

    cells: tuple[Cell, ...]
    copies: tuple[TableCopy, ...] = ()

    @cached_property
    def n_rows(self) -> int:
        """Number of rows, spans included."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @cached_property
    def n_columns(self) -> int:
        """Number of columns, spans included."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    @cached_property
    def places(self) -> dict[tuple[int, int], Cell]:
        """The cell that covers each (row, column); places that no cell covers are absent."""
        covered: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    covered.setdefault((row, column), cell)
        return covered

    def row(self, number: int) -> list[Cell | None]:
        """The cells that cover row `number`, one entry per column (a spanning cell is repeated)."""
        return [self.places.get((number, column)) for column in range(self.n_columns)]

    def starting_in(self, number: int) -> list[Cell]:
        """The cells that begin in row `number`, left to right."""
        return sorted((c for c in self.cells if c.row == number), key=lambda c: c.column)


Block = Paragraph | Figure | Table
PageOrigin = Literal["markup", "text_layer", "ocr", "none"]
OcrReason = Literal[
    "picture_only", "outlines", "stamp_on_picture", "gibberish", "foreign_script", "lost_marks", "false_digits",
    "broken_signs",
]  # fmt: skip
"""Why a page must be read from its picture; `readers/pdf/damage.py` says what each means."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page beside its text; a fact that does not apply or was not measured is None.

    `width`, `height` in points, upright, as the page is seen; `rotation` undone to see it so, degrees clockwise, and
    `skew` undone, degrees; `dpi` of the picture that was read. `damage_score` 0–1 is the worst share of damage in a
    text layer, `ocr_reason` why the layer is not to be believed, so that the page must be read from its picture.
    `ocr_engine` and `mean_confidence` (of words, 0–1) only for text read from a picture.
    """

    origin: PageOrigin = "markup"
    width: float | None = None
    height: float | None = None
    dpi: float | None = None
    rotation: int | None = None
    skew: float | None = None
    damage_score: float | None = None
    ocr_reason: OcrReason | None = None
    ocr_engine: str | None = None
    mean_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page in reading order. A page without text has no blocks, and still its place."""

    number: int
    blocks: tuple[Block, ...]
    facts: PageFacts = PageFacts()


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row of the ledger: the characters `start:end` of the source, numbered from 1 through the whole document."""

    number: int
    page: int
    kind: LeafKind
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """A document as read, before anything is understood.

    The leaves partition `source`: the first starts at 0, each ends where the next starts, the last ends with it.
    `visible` holds the source spans that a reader of the page sees (markup such as tags lies outside them), `places`
    where its characters stand on paper.
    """

    document_id: str
    file_name: str
    sha256: str
    byte_count: int
    media_type: str
    source: str
    pages: tuple[Page, ...]
    leaves: tuple[Leaf, ...]
    visible: tuple[tuple[int, int], ...] = ()
    encoding: str | None = None
    warnings: tuple[str, ...] = field(default=())
    places: Places = field(default_factory=Places)

    @cached_property
    def _leaf_starts(self) -> list[int]:
        return [leaf.start for leaf in self.leaves]

    def leaf_at(self, position: int) -> Leaf:
        """The leaf that holds source position `position`. Raises PointerError outside the source."""
        index = bisect_right(self._leaf_starts, position) - 1
        if index < 0 or position > len(self.source):
            raise PointerError(f"position {position} lies outside the document")
        return self.leaves[index]

    def where(self, quote: Quote) -> Where:
        """The pointer to a quote of this document."""
        leaf = self.leaf_at(quote.start)
        return Where(leaf.page, leaf.number, quote.start - leaf.start, quote.end - leaf.start)

    def verbatim(self, where: Where) -> str:
        """The source characters a pointer leads to. Raises PointerError when it leads nowhere."""
        start, end = self.span(where)
        return self.source[start:end]

    def span(self, where: Where) -> tuple[int, int]:
        """The source span `(start, end)` a pointer leads to. Raises PointerError when it leads nowhere."""
        if not 1 <= where.leaf <= len(self.leaves):
            raise PointerError(f"'{where}': the document has {len(self.leaves)} blocks")
        leaf = self.leaves[where.leaf - 1]
        if leaf.page != where.page:
            raise PointerError(f"'{where}': block {where.leaf} stands on page {leaf.page}")
        if where.start is None or where.end is None:
            return leaf.start, leaf.end
        start, end = leaf.start + where.start, leaf.start + where.end
        if not leaf.start <= start <= end <= len(self.source) or start > leaf.end:
            raise PointerError(f"'{where}': block {where.leaf} has {leaf.end - leaf.start} characters")
        return start, end

    def blocks(self) -> Iterator[tuple[Page, Block]]:
        """All top-level blocks in reading order, with their pages."""
        for page in self.pages:
            for block in page.blocks:
                yield page, block
