"""Printing as old office set-ups do: Thai glyphs by number, with maps that know only some of them (see `glyphs`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pikepdf
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, LayoutError, PageTemplate, Table

from ita_extract.model import Block, Document, Figure
from ita_extract.model import Table as DocumentTable
from ita_extract.thai.tokens import word_starts

from .drawn import TINT, is_shaded
from .glyphs import MAPS, Face, Glyph, MapRule
from .page import FONTS, Setup
from .widths import widths

MARGIN = 48
PADDING = 3
LEADING = 1.45
SYMBOLS = ("dejavu/DejaVuSans.ttf", "noto/NotoSansSymbols2-Regular.ttf")


@dataclass
class Ink:
    """The fonts of one document and its way of writing text."""

    plain: Face
    bold: Face
    others: list[Face]
    rule: MapRule
    points: float
    faces: dict[str, Face] = field(default_factory=dict)

    def runs(self, text: str, strong: bool) -> list[tuple[Face, str]]:
        """The text in runs of one font: signs that the Thai font lacks come from another."""
        first = self.bold if strong else self.plain
        faces = [(next((f for f in (first, *self.others) if f.has(sign)), first), sign) for sign in text]
        return [(face, "".join(sign for _, sign in group)) for face, group in groupby(faces, key=lambda pair: pair[0])]

    def width(self, text: str, strong: bool) -> float:
        """Length in shares of the type size."""
        return sum(face.width(run) for face, run in self.runs(text, strong))

    def draw(self, canvas: Any, text: str, strong: bool, x: float, y: float, size: float) -> None:
        """Writes one line."""
        for face, run in self.runs(text, strong):
            self.faces.setdefault(face.name, face)
            glyphs = face.shape(run)
            canvas._code += list(_operators(face, glyphs, self.rule, x, y, size))
            x += size * sum(glyph.advance for glyph in glyphs)


def _operators(face: Face, glyphs: list[Glyph], rule: MapRule, x: float, y: float, size: float) -> Any:
    """Text operators: one string for glyphs that follow one another, a new place for every other one."""
    starts = [0.0]
    for glyph in glyphs:
        starts.append(starts[-1] + glyph.advance)
    yield f"BT /{face.name} {size:g} Tf"
    pen: tuple[float, float] | None = None
    string = ""
    for at, glyph in rule.order(glyphs):
        place = (starts[at] + glyph.dx, glyph.dy)
        if pen is None or max(abs(place[0] - pen[0]), abs(place[1] - pen[1])) > 0.002:
            if string:
                yield f"<{string}> Tj"
            string = ""
            yield f"1 0 0 1 {x + size * place[0]:.2f} {y + size * place[1]:.2f} Tm"
        string += f"{glyph.number:04X}"
        pen = (place[0] + face.advance(glyph.number), place[1])
    yield f"<{string}> Tj ET" if string else "ET"


class Lines(Flowable):  # type: ignore[misc]
    """A paragraph, broken between words as Thai is."""

    def __init__(self, ink: Ink, text: str, bold_end: int = 0, scale: float = 1.0, limit: float | None = None) -> None:
        super().__init__()
        self.ink, self.text, self.bold_end, self.size = ink, text, bold_end, ink.points * scale
        self.lines: list[list[tuple[str, bool]]] = []

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.lines = list(self._broken(width))
        return width, LEADING * self.size * len(self.lines)

    def _broken(self, width: float) -> Any:
        done = 0
        for hard in self.text.split("\n"):
            line: list[tuple[str, bool]] = []
            used = 0.0
            cuts = sorted(
                {0, len(hard), *(s for s in word_starts(hard) if s), max(0, min(len(hard), self.bold_end - done))}
            )
            for start, end in pairwise(cuts):
                word, strong = hard[start:end], done + start < self.bold_end
                length = self.size * self.ink.width(word.rstrip(), strong)
                if line and used + length > width:
                    yield line
                    line, used = [], 0.0
                    word = word.lstrip()
                for piece in self._fitting(word, strong, width):
                    if used + self.size * self.ink.width(piece, strong) > width and line and piece.strip():
                        yield line
                        line, used = [], 0.0
                    line.append((piece, strong))
                    used += self.size * self.ink.width(piece, strong)
            yield line
            done += len(hard) + 1

    def _fitting(self, word: str, strong: bool, width: float) -> list[str]:
        """A word in pieces that fit the width: letters with their marks."""
        if self.size * self.ink.width(word, strong) <= width:
            return [word]
        pieces = [word[0]]
        for sign in word[1:]:
            fits = self.size * self.ink.width(pieces[-1] + sign, strong) <= width
            if fits or "\u0e30" <= sign <= "\u0e3a" or "\u0e45" <= sign <= "\u0e4e":
                pieces[-1] += sign
            else:
                pieces.append(sign)
        return pieces

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        room = int(height / (LEADING * self.size))
        if room < 1 or room >= len(self.lines):
            return []
        return [_Part(self, self.lines[:room]), _Part(self, self.lines[room:])]

    def draw(self) -> None:
        y = LEADING * self.size * len(self.lines)
        for line in self.lines:
            y -= LEADING * self.size
            x = 0.0
            for strong, group in groupby(line, key=lambda piece: piece[1]):
                text = "".join(piece for piece, _ in group)
                self.ink.draw(self.canv, text, strong, x, y + 0.45 * self.size, self.size)
                x += self.size * self.ink.width(text, strong)


class _Part(Lines):
    """Lines already broken."""

    def __init__(self, whole: Lines, lines: list[list[tuple[str, bool]]]) -> None:
        Flowable.__init__(self)
        self.ink, self.size, self.lines = whole.ink, whole.size, lines

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, LEADING * self.size * len(self.lines)

    def split(self, width: float, height: float) -> list[Flowable]:
        room = int(height / (LEADING * self.size))
        if room < 1 or room >= len(self.lines):
            return []
        return [_Part(self, self.lines[:room]), _Part(self, self.lines[room:])]


# ------------------------------------------------------------------ blocks
def _flowables(ink: Ink, blocks: Sequence[Block], width: float) -> list[Flowable]:
    return [_flowable(ink, block, width) for block in blocks]


def _flowable(ink: Ink, block: Block, width: float) -> Flowable:
    if isinstance(block, DocumentTable):
        return _table(ink, block, width)
    if isinstance(block, Figure):
        return Lines(ink, block.quote.text)
    if block.role == "heading":
        return Lines(ink, block.text, len(block.text), {1: 1.35, 2: 1.2}.get(block.level or 2, 1.08))
    return Lines(ink, block.text, block.bold_end)


def _table(ink: Ink, table: DocumentTable, width: float) -> Table:
    columns = widths(table, width, ink.points)
    rows: list[list[Any]] = [[""] * table.n_columns for _ in range(table.n_rows)]
    pad = PADDING if table.n_columns < 10 else 1
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), pad), ("RIGHTPADDING", (0, 0), (-1, -1), pad),
        ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]  # fmt: skip
    for cell in table.cells:
        last_row, last_column = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
        if is_shaded(cell):
            style.append(("BACKGROUND", (cell.column, cell.row), (last_column, last_row), TINT))
            continue
        room = sum(columns[cell.column : last_column + 1]) - 2 * pad
        rows[cell.row][cell.column] = _flowables(ink, cell.blocks, room) or ""
        if cell.row_span > 1 or cell.column_span > 1:
            style.append(("SPAN", (cell.column, cell.row), (last_column, last_row)))
    return Table(rows, colWidths=columns, style=style, spaceBefore=3, spaceAfter=4)


# ------------------------------------------------------------------ the document
def print_office(document: Document, target: Path, setup: Setup) -> None:
    """Writes the document as a PDF whose text is written in the set-up's way (`Setup.map`).

    The type is made smaller until every row of a table fits on a page.
    """
    for points in (setup.points, 0.85 * setup.points, 0.7 * setup.points):
        try:
            _print(document, target, replace(setup, points=points))
        except LayoutError:
            continue
        return
    raise ValueError("a row of a table is higher than a page")


def _print(document: Document, target: Path, setup: Setup) -> None:
    others = [Face(FONTS / name, f"S{at}") for at, name in enumerate(SYMBOLS)]
    ink = Ink(Face(setup.file(), "T0"), Face(setup.file(bold=True), "T1"), others, MAPS[setup.map], setup.points)
    out = BytesIO()
    width, height = landscape(A4) if setup.landscape else A4
    gap = 18
    column = (width - 2 * MARGIN - gap * (setup.columns - 1)) / setup.columns
    foot = 3 * LEADING * setup.points if setup.footnotes else 0
    frames = [
        Frame(MARGIN + at * (column + gap), MARGIN + foot, column, height - 2 * MARGIN - foot, 0, 0, 0, 0)
        for at in range(setup.columns)
    ]
    pages = PageTemplate("all", frames, onPage=lambda canvas, doc: _edges(canvas, ink, setup, width, height))
    doc = BaseDocTemplate(out, pagesize=(width, height), invariant=1, pageTemplates=[pages])
    doc.build([f for page in document.pages for f in _flowables(ink, page.blocks, column)])
    with pikepdf.open(out) as pdf:
        fonts = {f"/{name}": face.embed(pdf, ink.rule) for name, face in ink.faces.items()}
        for page in pdf.pages:
            page.obj.Resources = pikepdf.Dictionary(dict(page.obj.Resources.items()))
            page.obj.Resources.Font = pikepdf.Dictionary({**dict(page.obj.Resources.Font.items()), **fonts})
            if setup.turned:
                _turn(pdf, page, width, setup.turned)
        pdf.save(target)


def _turn(pdf: pikepdf.Pdf, page: pikepdf.Page, width: float, how: str) -> None:
    """Lays the page on its side; `page` has the viewer turn it back, `content` leaves it so."""
    page.contents_add(pikepdf.Stream(pdf, f"q 0 1 -1 0 {page.mediabox[3]} 0 cm".encode()), prepend=True)
    page.contents_add(pikepdf.Stream(pdf, b" Q"))
    page.mediabox = pikepdf.Array([0, 0, page.mediabox[3], round(width, 3)])
    for other in ("/CropBox", "/TrimBox", "/ArtBox", "/BleedBox"):
        if other in page.obj:
            del page.obj[other]
    if how == "page":
        page.obj.Rotate = 90


def _edges(canvas: Any, ink: Ink, setup: Setup, width: float, height: float) -> None:
    """Running head, page number, footnotes."""
    size = 0.75 * setup.points
    if setup.head:
        ink.draw(canvas, setup.head, False, MARGIN, height - 0.6 * MARGIN, size)
        number = f"- {canvas.getPageNumber()} -"
        ink.draw(canvas, number, False, width / 2 - 10, 0.5 * MARGIN, size)
    for at, note in enumerate(setup.footnotes):
        if canvas.getPageNumber() == 1:
            y = MARGIN + 1.6 * size * (len(setup.footnotes) - at - 1)
            ink.draw(canvas, note, False, MARGIN, y, size)
    if setup.footnotes and canvas.getPageNumber() == 1:
        y = MARGIN + 1.7 * size * len(setup.footnotes)
        canvas.line(MARGIN, y, MARGIN + 140, y)
