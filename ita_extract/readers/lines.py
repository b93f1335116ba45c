"""Plain text and markdown, line by line: headings, lists, tables of pipes, TABs and spaces, with markup in between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from ita_extract.model import Quote
from ita_extract.readers.aligned import heads_table
from ita_extract.readers.blocks import Context, blocks, clean_inline
from ita_extract.readers.columns import aligned_table
from ita_extract.readers.drafts import Draft, DraftCell, DraftFigure, DraftParagraph, DraftTable
from ita_extract.readers.flat_heads import split_head
from ita_extract.readers.flatten import FlatCell, unflatten
from ita_extract.readers.furniture import is_page_separator
from ita_extract.readers.markup import Child, Node, Sign, TextPiece
from ita_extract.thai.numbering import parse_numbering

_CONTAINERS = frozenset(
    {"div", "section", "article", "main", "center", "body", "html", "page", "watermark", "form", "header", "footer"}
)
_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_FENCE = re.compile(r"\s*(?:```|~~~)[\w-]*\s*")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_CLOSING_HASHES = re.compile(r"\s+#+\s*$")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:_\s*){3,}|(?:=\s*){3,}|(?:\*\s*){4,}|[─━═]{3,})\s*")
_BULLET = re.compile(r"\s*(?P<syntax>[*+])\s+(?=\S)")
_DASH = re.compile(r"\s*[-–•▪◦●■➢]\s*(?=\S)")
_PICTURE = re.compile(r"\s*!\[(?P<text>[^\]\n]*)\]\([^)\n]*\)\s*")
_PIPE = re.compile(r"(?<!\\)[|│┃]")
_SEPARATOR = re.compile(r"\s*[|│┃+:\-=─━═┼├┤┌┐└┘┬┴╪╬╔╗╚╝╠╣╦╩\s]*[-=─━═]{2,}[|│┃+:\-=─━═┼├┤┌┐└┘┬┴╪╬╔╗╚╝╠╣╦╩\s]*")
_QUOTED = re.compile(r"\s{0,3}>\s?(?=\S)")

MAX_SECTION_LINE = 200


@dataclass(slots=True)
class SourceLine:
    """A line of the text: pieces of text and markup elements that begin in it."""

    items: list[Child] = field(default_factory=list)
    text: str = ""
    ends_page: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text.strip() and not any(isinstance(i, Node) or _shows(i) for i in self.items)

    @property
    def has_block(self) -> bool:
        """Whether an element with blocks of its own begins in the line."""
        return any(isinstance(item, Node) for item in self.items)


def _shows(item: Child) -> bool:
    return isinstance(item, Sign) and item.kind in ("ticked", "blank", "picture")


_OBJECT = "\ufffc"


def source_lines(children: Sequence[Child], context: Context) -> list[SourceLine]:
    """Cuts content into lines; an element belongs to the line in which it begins."""
    lines = [SourceLine()]
    for child in children:
        if not isinstance(child, TextPiece) or child.value is not None:
            lines[-1].items.append(child)
            lines[-1].text += (
                child.value or "" if isinstance(child, TextPiece) else _OBJECT if isinstance(child, Node) else ""
            )
            continue
        text = context.base.text
        at = child.start
        for match in _LINE_END.finditer(text, child.start, child.end):
            _append(lines[-1], text, at, match.start())
            lines[-1].ends_page = match[0] == "\x0c"
            lines.append(SourceLine())
            at = match.end()
        _append(lines[-1], text, at, child.end)
    return lines


def _append(line: SourceLine, text: str, start: int, end: int) -> None:
    if end > start:
        line.items.append(TextPiece(start, end))
        line.text += text[start:end]


class LineReader:
    """Reads lines into blocks, one kind of line after the other."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.drafts: list[Draft] = []

    def read(self, children: Sequence[Child]) -> list[Draft]:
        lines = source_lines(children, self.context)
        at = 0
        turned = False  # whether a page number has just turned the page, so that a form feed behind it does not
        while at < len(lines):
            page = self.context.page
            used = self._block(lines, at)
            ended = sum(line.ends_page for line in lines[at : at + used])
            if self.context.page != page or not lines[at].is_blank:
                turned = self.context.page != page
            if ended and not turned:
                self.context.page += ended
                turned = True
            at += used
        return self.drafts

    def _block(self, lines: Sequence[SourceLine], at: int) -> int:
        """Reads the block that begins at a line; returns the number of lines it takes."""
        line = lines[at]
        if line.is_blank:
            return 1
        readers: tuple[Callable[[Sequence[SourceLine], int], int], ...] = (
            self._syntax, self._tab_table, self._pipe_table, self._aligned_table,
        )  # fmt: skip
        for reader in readers:
            used = reader(lines, at)
            if used:
                return used
        self._line(line)
        return 1

    # -------------------------------------------------------------- single lines
    def _syntax(self, lines: Sequence[SourceLine], at: int) -> int:
        """Fences, rules and page separators."""
        line = lines[at]
        if line.has_block:
            return 0
        if _FENCE.fullmatch(line.text) or _RULE.fullmatch(line.text):
            self.context.hide(self._quote(line))
            return 1
        if is_page_separator(line.text):
            if self.drafts:
                self.context.page += 1
            self.drafts.append(DraftParagraph(self._quote(line).strip(), self.context.page, kind="furniture"))
            return 1
        return 0

    def _line(self, line: SourceLine) -> None:
        if line.has_block or any(isinstance(item, Sign) for item in line.items):
            self._mixed(line)
            return
        quote = self._quote(line)
        picture = _PICTURE.fullmatch(quote.text)
        if picture is not None:
            self.drafts.append(DraftFigure(quote.slice(*picture.span("text")), self.context.page))
            return
        quoted = _QUOTED.match(quote.text)
        if quoted is not None:
            self.context.hide(quote.slice(0, quoted.end()))
            quote = quote.slice(quoted.end())
        heading = _HEADING.match(quote.text)
        bullet = _BULLET.match(quote.text)
        first = len(self.drafts)
        if heading is not None:
            self.context.hide(quote.slice(0, heading.end()))
            closing = _CLOSING_HASHES.search(quote.text)
            quote = quote.slice(heading.end(), closing.start() if closing else None)
        elif bullet is not None:
            self.context.hide(quote.slice(*bullet.span("syntax")))
            quote = quote.slice(bullet.end())
        self._paragraphs(quote)
        for draft in self.drafts[first:]:
            if isinstance(draft, DraftParagraph):
                if heading is not None:
                    draft.role, draft.level = "heading", len(heading[1])
                elif bullet is not None or _DASH.match(quote.text):
                    draft.role = "list_item"

    def _paragraphs(self, quote: Quote) -> None:
        cleaned, bold_end = clean_inline(quote.strip(), self.context)
        if cleaned.strip():
            self.drafts.append(DraftParagraph(cleaned.strip(), self.context.page, bold_end=bold_end))

    def _mixed(self, line: SourceLine) -> None:
        """Text and elements in one line; containers that hold text of their own are read line by line as well."""
        run: list[Child] = []
        for item in line.items:
            if isinstance(item, Node) and item.name in _CONTAINERS:
                self.drafts += blocks(run, self.context)
                run = []
                inner = LineReader(self.context)
                self.drafts += inner.read(item.children)
            else:
                run.append(item)
        self.drafts += blocks(run, self.context)

    def _quote(self, line: SourceLine) -> Quote:
        return Quote.join((self.context.quote(item) for item in line.items if isinstance(item, TextPiece)), "")

    # -------------------------------------------------------------- TAB tables
    def _tab_table(self, lines: Sequence[SourceLine], at: int) -> int:
        if "\t" not in lines[at].text.strip(" \u00a0").lstrip("\t") or _is_container_line(lines[at]):
            return 0
        end = at + 1
        while end < len(lines) and _goes_on_in_tabs(lines, end):
            end += 1
        rows = [_split(line, re.compile(r"\t"), self.context) for line in lines[at:end]]
        if _is_numbered_list(rows, self.context) or (end - at == 1 and not _is_lone_row(rows[0], lines[at])):
            return 0
        head = self._flattened_head(lines, at, max(map(len, rows)))
        self._table_of([*([head] if head else []), *rows], header_rows=1 if head else 0)
        return end - at

    def _flattened_head(self, lines: Sequence[SourceLine], at: int, n_columns: int) -> list[list[Child]] | None:
        """The heads printed as running text in the line above TAB rows; that line is then no paragraph any more."""
        above = self.drafts[-1] if self.drafts else None
        line = next((lines[i] for i in range(at - 1, max(-1, at - 3), -1) if not lines[i].is_blank), None)
        if line is None or not isinstance(above, DraftParagraph) or len(line.items) != 1:
            return None
        piece = line.items[0]
        spans = split_head(line.text, n_columns) if isinstance(piece, TextPiece) and piece.value is None else None
        if spans is None:
            return None
        self.drafts.pop()
        return [[TextPiece(piece.start + start, piece.start + end)] for start, end in spans]

    def _table_of(self, rows: Sequence[Sequence[list[Child]]], header_rows: int = 0) -> None:
        read = [[self._flat(items) for items in row] for row in rows]
        result = unflatten(read)
        table = DraftTable([], self.context.page)
        width = max((_last_filled(row) for row in result.rows), default=0)
        places: dict[int, tuple[DraftTable, DraftCell]] = {}
        for number, row in enumerate(result.rows):
            for column, cell in enumerate(row[:width]):
                draft = DraftCell(number, column, blocks=cell.payload or [], is_header=number < header_rows)
                table.cells.append(draft)
                _note_inner(draft, places)
        by_payload = {id(cell.payload): cell for row in result.rows for cell in row for cell in _with_inner(cell)}
        for original, copy in result.copies:
            _attach(places, by_payload, original, copy)
        self.drafts.append(table)

    def _flat(self, items: Sequence[Child]) -> FlatCell[list[Draft]]:
        drafts = blocks(items, self.context)
        return _flat_cell(drafts)

    # -------------------------------------------------------------- pipe tables
    def _pipe_table(self, lines: Sequence[SourceLine], at: int) -> int:
        end = at
        while (
            end < len(lines)
            and not lines[end].is_blank
            and (_PIPE.search(lines[end].text) or _is_separator(lines[end]))
        ):
            end += 1
        block = lines[at:end]
        separators = [index for index, line in enumerate(block) if _is_separator(line)]
        data = [line for line in block if not _is_separator(line)]
        framed = all(line.text.strip().startswith(("|", "│", "┃")) for line in data)
        if not data or len(block) < 2 or not (framed or (separators and separators[0] <= 1 and len(data) > 1)):
            return 0
        rows = []
        for line in data:
            rows.append(_without_frame(_split(line, _PIPE, self.context), self.context))
        for index in separators:
            self.context.hide(self._quote(block[index]))
        self._table_of(rows, header_rows=1 if separators and separators[0] == 1 else 0)
        return end - at

    # -------------------------------------------------------------- tables of spaces
    def _aligned_table(self, lines: Sequence[SourceLine], at: int) -> int:
        if lines[at].has_block or not heads_table(lines[at].text):
            return 0
        end = at
        while end < len(lines) and not lines[end].is_blank and not lines[end].has_block:
            end += 1
        found = aligned_table([self._quote(line) for line in lines[at:end]], self.context.page)
        if found is None:
            return 0
        self.drafts.append(found[0])
        return found[1]


# ------------------------------------------------------------------ help for tables
def _goes_on_in_tabs(lines: Sequence[SourceLine], at: int) -> bool:
    """A line with TABs, or one line without between two that have them (a heading inside the table)."""
    line = lines[at]
    if "\t" in line.text and (line.text.strip() or (at + 1 < len(lines) and "\t" in lines[at + 1].text.strip())):
        return True
    between = at + 1 < len(lines) and "\t" in lines[at + 1].text.strip() and lines[at - 1].text.count("\t") >= 2
    return between and not line.is_blank and not line.has_block and len(line.text) < MAX_SECTION_LINE


def _is_container_line(line: SourceLine) -> bool:
    return any(isinstance(item, Node) and item.name in _CONTAINERS for item in line.items)


def _split(line: SourceLine, separator: re.Pattern[str], context: Context) -> list[list[Child]]:
    """The items of a line between separators, which become syntax unless they are white space."""
    cells: list[list[Child]] = [[]]
    for item in line.items:
        if not isinstance(item, TextPiece) or item.value is not None:
            cells[-1].append(item)
            continue
        at = item.start
        for match in separator.finditer(context.base.text, item.start, item.end):
            if match.start() > at:
                cells[-1].append(TextPiece(at, match.start()))
            cells.append([])
            at = match.end()
        if item.end > at:
            cells[-1].append(TextPiece(at, item.end))
    return cells


def _without_frame(cells: list[list[Child]], context: Context) -> list[list[Child]]:
    """The cells of a pipe row without the blank ones outside its frame."""
    start = 1 if len(cells) > 1 and _is_blank(cells[0], context) else 0
    end = len(cells) - 1 if len(cells) > start + 1 and _is_blank(cells[-1], context) else len(cells)
    return cells[start:end]


def _is_blank(items: Sequence[Child], context: Context) -> bool:
    return all(isinstance(i, TextPiece) and not context.base.text[i.start : i.end].strip() for i in items)


def _is_separator(line: SourceLine) -> bool:
    return not line.has_block and len(line.text) < 5000 and _SEPARATOR.fullmatch(line.text) is not None


def _is_lone_row(cells: Sequence[Sequence[Child]], line: SourceLine) -> bool:
    """Whether a single line with TABs is a row of a table: elements in it, or at least three filled cells."""
    return line.has_block or sum(bool(part.strip()) for part in line.text.split("\t")) >= (3 if len(cells) > 2 else 2)


def _is_numbered_list(rows: Sequence[Sequence[Sequence[Child]]], context: Context) -> bool:
    """Lines `1.<TAB>text` are items of a list, no table of two columns."""
    for row in rows:
        texts = ["".join(context.base.text[i.start : i.end] for i in cell if isinstance(i, TextPiece)) for cell in row]
        filled = [text.strip() for text in texts if text.strip()]
        numbering = parse_numbering(filled[0] + " ") if filled else None
        if len(filled) > 2 or numbering is None or numbering.end < len(filled[0]):
            return False
    return True


def _last_filled(row: Sequence[FlatCell[list[Draft]]]) -> int:
    return max((index + 1 for index, cell in enumerate(row) if cell.payload), default=0)


def _flat_cell(drafts: list[Draft]) -> FlatCell[list[Draft]]:
    text = "\n".join(draft.text for draft in drafts if isinstance(draft, DraftParagraph))
    return FlatCell(text, tuple(_flat_table(d) for d in drafts if isinstance(d, DraftTable)), drafts)


def _flat_table(table: DraftTable) -> tuple[tuple[FlatCell[list[Draft]], ...], ...]:
    rows: dict[int, list[FlatCell[list[Draft]]]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(_flat_cell(cell.blocks))
    return tuple(tuple(row) for _, row in sorted(rows.items()))


def _with_inner(cell: FlatCell[list[Draft]]) -> Iterator[FlatCell[list[Draft]]]:
    yield cell
    yield from cell.inner_cells


def _note_inner(cell: DraftCell, places: dict[int, tuple[DraftTable, DraftCell]]) -> None:
    """Remembers for each cell of each inner table where it stands."""
    for draft in cell.blocks:
        if isinstance(draft, DraftTable):
            for inner in draft.cells:
                places[id(inner.blocks)] = (draft, inner)
                _note_inner(inner, places)


def _attach(
    places: dict[int, tuple[DraftTable, DraftCell]],
    known: dict[int, FlatCell[list[Draft]]],
    original: FlatCell[list[Draft]],
    copy: FlatCell[list[Draft]],
) -> None:
    """Puts a printed copy beside the inner cell it repeats."""
    table, cell = places[id(original.payload)]
    paragraphs = [draft for draft in copy.payload or [] if isinstance(draft, DraftParagraph)]
    if paragraphs:
        table.copies.append((cell.row, cell.column, paragraphs))
    table.agrees = table.agrees and original.text.split() == copy.text.split()
