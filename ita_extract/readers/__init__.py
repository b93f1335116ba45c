"""Bytes → Document. One reader per way of writing; `READERS` says which file endings each one takes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from ita_extract.errors import EmptyInputError, TooLargeError, UnsupportedInputError
from ita_extract.file_names import printable
from ita_extract.model import Document, Quote
from ita_extract.readers.blocks import Context, blocks
from ita_extract.readers.docx import read_docx
from ita_extract.readers.drafts import Draft, Fixer, paragraphs_of
from ita_extract.readers.encoding import Decoded, decode
from ita_extract.readers.furniture import mark_furniture
from ita_extract.readers.lines import LineReader
from ita_extract.readers.markup import Node, TextPiece, parse_markup
from ita_extract.readers.options import ReadOptions
from ita_extract.readers.pdf import read_pdf
from ita_extract.readers.scan import pdf_picture, read_pictures
from ita_extract.readers.wrapping import join_wrapped
from ita_extract.readers.xlsx import read_xlsx
from ita_extract.thai.text import repair

_IS_HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"<page_number[\s>]", re.IGNORECASE)


def read(path: Path, options: ReadOptions = ReadOptions()) -> Document:  # noqa: B008 - frozen
    """The document in a file. Raises an InputError that names the remedy, or OSError when the file cannot be opened."""
    _check_size(path.name, path.stat().st_size, options)
    return read_bytes(path.read_bytes(), printable(path.name), options)


def read_bytes(data: bytes, file_name: str, options: ReadOptions = ReadOptions()) -> Document:  # noqa: B008 - frozen
    """The document in bytes; the ending of `file_name` chooses the reader.

    Raises an InputError: unsupported, empty, binary, unknown encoding, too large.
    """
    _check_size(file_name, len(data), options)
    suffix = Path(file_name).suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise UnsupportedInputError(f"{file_name}: files ending in '{suffix or 'nothing'}' are not read")
    return reader(data, file_name, options)


def _check_size(file_name: str, size: int, options: ReadOptions) -> None:
    if size > options.max_bytes:
        raise TooLargeError(f"{file_name} has {size:,} bytes; the limit is {options.max_bytes:,}")


def _read_text(data: bytes, file_name: str, _: ReadOptions) -> Document:
    """Plain text, markdown and HTML: one reader, since OCR output mixes the three."""
    decoded = decode(data)
    base = _readable(decoded.text)
    context = Context(base, is_html=_is_html(file_name, base.text))
    tree = parse_markup(base.text)
    context.numbers_at_top = _numbers_at_top(base.text)
    drafts = blocks(tree.children, context) if context.is_html else LineReader(context).read(tree.children)
    if not any(p.quote.text.strip() for p in paragraphs_of(drafts)):
        raise EmptyInputError(f"{file_name} holds no readable text")
    mark_furniture(drafts)
    if not context.is_html:
        drafts = join_wrapped(drafts, decoded.text)
    return _document(data, file_name, decoded, drafts, context, _visible(tree, context))


def _readable(source: str) -> Quote:
    """The source repaired, with NULs as spaces, and the way back."""
    repaired = repair(source)
    return Quote(repaired.text.replace("\x00", " "), repaired.runs)


def _is_html(file_name: str, text: str) -> bool:
    return file_name.lower().endswith((".html", ".htm", ".xhtml")) or bool(_IS_HTML.search(text[:2000]))


def _numbers_at_top(text: str) -> bool:
    """Whether page numbers stand at the head of their pages: no text before the first one."""
    match = _PAGE_NUMBER.search(text)
    return match is not None and not re.sub(r"<[^<>]*>", "", text[: match.start()]).strip()


def _document(
    data: bytes,
    file_name: str,
    decoded: Decoded,
    drafts: Sequence[Draft],
    context: Context,
    visible: tuple[tuple[int, int], ...],
) -> Document:
    digest = hashlib.sha256(data).hexdigest()
    fixer = Fixer(drafts, decoded.text, context.drawn)
    return Document(
        document_id=digest[:16],
        file_name=file_name,
        sha256=digest,
        byte_count=len(data),
        media_type=_MEDIA_TYPES[Path(file_name).suffix.lower()],
        source=decoded.text,
        pages=fixer.pages(drafts),
        leaves=fixer.leaves(),
        visible=visible,
        encoding=decoded.encoding,
        warnings=decoded.warnings,
    )


def _visible(tree: Node, context: Context) -> tuple[tuple[int, int], ...]:
    """The source spans that a reader of the page sees: text outside tags, without the signs of markdown."""
    shown = (piece for piece in _pieces(tree) if piece.value is None or piece.value.strip())
    spans = sorted((q.start, q.end) for piece in shown if (q := context.base.slice(piece.start, piece.end)))
    return tuple(_without(spans, sorted(context.syntax)))


def _pieces(tree: Node) -> Iterable[TextPiece]:
    stack: list[Node] = [tree]
    while stack:
        node = stack.pop()
        for child in node.children:
            if isinstance(child, TextPiece):
                yield child
            elif isinstance(child, Node):
                stack.append(child)


def _without(spans: Iterable[tuple[int, int]], holes: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Spans with the holes cut out; both sorted."""
    index = 0
    for start, end in spans:
        while index < len(holes) and holes[index][1] <= start:
            index += 1
        at = start
        for hole_start, hole_end in holes[index:]:
            if hole_start >= end:
                break
            if hole_start > at:
                yield at, hole_start
            at = max(at, hole_end)
        if at < end:
            yield at, end


READERS: dict[str, Callable[[bytes, str, ReadOptions], Document]] = {
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"), _read_text),
    ".pdf": partial(read_pdf, by_picture=pdf_picture),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"), read_pictures),
    **dict.fromkeys((".docx", ".docm"), read_docx),
    **dict.fromkeys((".xlsx", ".xlsm"), read_xlsx),
}
"""File ending → reader of bytes, file name, and the limit of bytes that an input may unpack to."""

SUFFIXES = frozenset(READERS)
"""File endings that can be read."""

_MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
}
