"""From the tree of markup to paragraphs, figures and tables, each with the way back to the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ita_extract.model import Quote, Run
from ita_extract.readers.drafts import Draft, DraftFigure, DraftParagraph, DraftTable, paragraphs_of, place_cells
from ita_extract.readers.marks import DrawnMark
from ita_extract.readers.markup import Child, Node, Sign, TextPiece
from ita_extract.readers.markup_shading import SHADED, mark_shading

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CHROME = frozenset({"nav", "button", "menu", "select"})
"""Parts of a web page that are there to be clicked."""
_PAGE_CLASSES = frozenset({"page", "ocr_page", "pf", "pdf-page", "page-break", "pagebreak"})
_INLINE_SYNTAX = re.compile(
    r"\A\*(?=[^\s*])(?P<italic>[^*\n]{1,500})\*\Z|"
    r"\*\*(?=[^\s*])(?P<bold>[^*\n]{1,2000}?)(?<=[^\s*])\*\*|__(?=[^\s_])(?P<under>[^_\n]{1,500}?)(?<=[^\s_])__"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+\-.!|<>~])|`(?P<code>[^`\n]{1,500})`"
)
_LINE_SPACE = re.compile(r"[ \t]*[\r\n]+\s*|\t+")


@dataclass
class Context:
    """What is known while reading one text: the text as quote, how it is written, the page reached, syntax seen."""

    base: Quote
    is_html: bool
    page: int = 1
    syntax: list[tuple[int, int]] = field(default_factory=list)
    drawn: dict[int, DrawnMark] = field(default_factory=dict)
    """Marks that are no text (shaded cells), by their position in the source."""
    numbers_at_top: bool = False
    """Whether `<page_number>` stands at the head of its page (it ends the page otherwise)."""

    def quote(self, piece: TextPiece) -> Quote:
        """The piece as a quote of the source."""
        place = self.base.slice(piece.start, piece.end)
        if piece.value is None:
            return place
        return Quote(piece.value, (Run(0, len(piece.value), place.start, place.end),)) if piece.value else place

    def sign(self, sign: Sign, glyph: str) -> Quote:
        """A tag as the glyph that stands for it."""
        place = self.base.slice(sign.start, sign.end)
        return Quote(glyph, (Run(0, len(glyph), place.start, place.end),))

    def hide(self, quote: Quote) -> None:
        """Notes characters that are markup and not meant to be seen."""
        if quote.end > quote.start:
            self.syntax.append((quote.start, quote.end))


class _Walker:
    """Collects inline content into paragraphs and closes them wherever a block or line ends."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.drafts: list[Draft] = []
        self.pieces: list[Quote] = []
        self.bold_depth = 0
        self.bold_end = 0
        self.role: Literal["heading", "paragraph", "list_item"] = "paragraph"
        self.level = 0

    def walk(self, children: Iterable[Child]) -> None:
        for child in children:
            if isinstance(child, TextPiece):
                self._text(child)
            elif isinstance(child, Sign):
                self._sign(child)
            else:
                self._node(child)

    def _text(self, piece: TextPiece) -> None:
        quote = self.context.quote(piece)
        if piece.value is not None:
            self._add(quote)
            return
        if self.context.is_html:
            self._add(Quote.join(quote.split(_LINE_SPACE), " ") if _LINE_SPACE.search(quote.text) else quote)
            return
        for number, line in enumerate(quote.split(r"\r?\n|[\r\x0b\x0c]")):
            if number:
                self.flush()
            self._add(line)

    def _add(self, quote: Quote) -> None:
        if quote.text:
            before = sum(len(piece) for piece in self.pieces)
            self.pieces.append(quote)
            if self.bold_depth and before in (0, self.bold_end):
                self.bold_end = before + len(quote)

    def _sign(self, sign: Sign) -> None:
        if sign.kind in ("break", "rule"):
            self.flush()
        elif sign.kind == "bold":
            self.bold_depth += 1
        elif sign.kind == "plain":
            self.bold_depth = max(0, self.bold_depth - 1)
        elif sign.kind == "picture":
            self._picture(sign)
        else:
            self._add(self.context.sign(sign, "☑" if sign.kind == "ticked" else "☐"))

    def _picture(self, sign: Sign) -> None:
        self.flush()
        quote = (
            self.context.quote(sign.text)
            if sign.text
            else Quote.empty_at(self.context.base.slice(sign.start, sign.end).start)
        )
        self.drafts.append(DraftFigure(quote.strip(), self.context.page, is_present=True))

    def _node(self, node: Node) -> None:
        self.flush()
        if node.name == "table":
            self.drafts += read_table(node, self.context)
        elif node.name == "figure":
            self._figure(node)
        elif node.name == "page_number":
            self._page_number(node)
        elif node.name in _CHROME:
            self.drafts += _as_furniture(blocks(node.children, self.context))
        else:
            self._block(node)
        self.flush()

    def _block(self, node: Node) -> None:
        if _begins_page(node) and self.drafts_so_far:
            self.context.page += 1
        before = self.role, self.level
        if node.name in _HEADINGS:
            self.role, self.level = "heading", _HEADINGS[node.name]
        elif node.name == "li":
            self.role, self.level = "list_item", 0
        self.walk(node.children)
        self.flush()
        self.role, self.level = before

    @property
    def drafts_so_far(self) -> bool:
        return bool(self.drafts) or bool(self.pieces)

    def _figure(self, node: Node) -> None:
        inner = blocks(node.children, self.context)
        texts = [d.quote for d in inner if isinstance(d, DraftParagraph | DraftFigure) and d.quote]
        tables = [d for d in inner if isinstance(d, DraftTable)]
        place = self.context.base.slice(node.start, node.start + 1)
        quote = Quote.join(texts, "\n") if texts else Quote.empty_at(place.start)
        is_present = any(isinstance(d, DraftFigure) and d.is_present for d in inner)
        self.drafts.append(DraftFigure(quote, self.context.page, is_present))
        self.drafts += tables

    def _page_number(self, node: Node) -> None:
        if self.context.numbers_at_top:
            self.context.page += 1
        self.drafts += _as_furniture(blocks(node.children, self.context))
        if not self.context.numbers_at_top:
            self.context.page += 1

    def flush(self) -> None:
        """Closes the paragraph under way."""
        pieces, self.pieces = self.pieces, []
        bold_end, self.bold_end = self.bold_end, 0
        if not pieces:
            return
        joined = Quote.join(pieces, "")
        bold_end = max(0, bold_end - (len(joined.text) - len(joined.text.lstrip())))
        quote = joined.strip()
        if not self.context.is_html:
            quote, emphasised = clean_inline(quote, self.context)
            bold_end = max(bold_end, emphasised)
        if quote.strip():
            self.drafts.append(DraftParagraph(quote.strip(), self.context.page, self.role, self.level, bold_end))


def blocks(children: Iterable[Child], context: Context) -> list[Draft]:
    """The blocks that a stretch of markup holds."""
    walker = _Walker(context)
    walker.walk(children)
    walker.flush()
    return walker.drafts


def _as_furniture(drafts: Sequence[Draft]) -> list[Draft]:
    """The paragraphs of a part of the page that is no text."""
    kept: list[Draft] = []
    for paragraph in paragraphs_of(drafts):
        if isinstance(paragraph, DraftParagraph):
            paragraph.kind = "furniture"
            kept.append(paragraph)
    return kept


def _begins_page(node: Node) -> bool:
    return node.name == "page" or not _PAGE_CLASSES.isdisjoint(node.attributes.get("class", "").split())


def clean_inline(quote: Quote, context: Context) -> tuple[Quote, int]:
    """A line without the signs of markdown (`**`, `__`, back quotes, back slashes), and where its bold opening ends."""
    parts: list[Quote] = []
    at = 0
    bold_end = 0
    for match in _INLINE_SYNTAX.finditer(quote.text):
        kind = match.lastgroup or "escaped"
        start, end = match.span(kind)
        parts += [quote.slice(at, match.start()), quote.slice(start, end)]
        context.hide(quote.slice(match.start(), start))
        context.hide(quote.slice(end, match.end()))
        if kind in ("bold", "under") and not parts[0].text.strip() and len(parts) == 2:
            bold_end = end - start
        at = match.end()
    if not parts:
        return quote, 0
    parts.append(quote.slice(at))
    return Quote.join([part for part in parts if part], "").strip(), bold_end


# ------------------------------------------------------------------ tables
def read_table(node: Node, context: Context) -> list[Draft]:
    """A table element: its caption as a paragraph, then the table with spans placed and nested tables kept."""
    rows: list[Sequence[tuple[int, int, bool, list[Draft]]]] = []
    around: list[Draft] = []
    nodes: list[Node] = []
    _collect(node, rows, nodes, around, context)
    table = DraftTable(place_cells(rows), context.page)
    context.drawn.update(dict.fromkeys(mark_shading(table.cells, nodes, context.base, context.page), SHADED))
    return [*around, table] if table.cells else around


def _collect(
    node: Node,
    rows: list[Sequence[tuple[int, int, bool, list[Draft]]]],
    nodes: list[Node],
    around: list[Draft],
    context: Context,
) -> None:
    """Rows of a table and of its sections; what stands between them (a caption, stray text) goes around the table."""
    loose: list[Child] = []
    for child in node.children:
        if isinstance(child, Node) and child.name in ("thead", "tbody", "tfoot"):
            _collect(child, rows, nodes, around, context)
        elif isinstance(child, Node) and child.name == "tr":
            found = _cells(child, context)
            nodes += found
            rows.append([_cell(cell, context, node.name == "thead") for cell in found])
        elif isinstance(child, Node) and child.name in ("td", "th"):
            nodes.append(child)
            rows.append([_cell(child, context, node.name == "thead")])
        else:
            loose.append(child)
    around += blocks(loose, context)


def _cells(row: Node, context: Context) -> list[Node]:
    """The cells of a row; content outside any cell becomes a cell of its own."""
    cells: list[Node] = []
    for child in row.children:
        if isinstance(child, Node) and child.name in ("td", "th"):
            cells.append(child)
        elif isinstance(child, Node) or _shows(child, context):
            cells.append(Node("td", child.start, {}, [child]))
    return cells


def _shows(child: TextPiece | Sign, context: Context) -> bool:
    if isinstance(child, Sign):
        return child.kind in ("ticked", "blank", "picture")
    return bool(context.quote(child).text.strip())


def _cell(node: Node, context: Context, in_head: bool) -> tuple[int, int, bool, list[Draft]]:
    return (
        _span(node.attributes.get("rowspan")),
        _span(node.attributes.get("colspan")),
        node.name == "th" or in_head,
        blocks(node.children, context),
    )


def _span(value: str | None) -> int:
    digits = re.match(r"\s*(\d{1,6})", value or "")
    return max(1, int(digits[1])) if digits else 1
