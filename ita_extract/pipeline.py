"""The line: bytes → Document → outline → findings → linked findings → records."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ita_extract.assemble import assemble
from ita_extract.extractors import extract_all
from ita_extract.link import link
from ita_extract.model import Document
from ita_extract.outline.build import outline
from ita_extract.readers import read, read_bytes
from ita_extract.readers.options import DEFAULT_ENGINE, DEFAULT_MAX_BYTES, DEFAULT_PAGE_TIMEOUT, OcrMode, ReadOptions
from ita_extract.records.bundle import Records


def extract(
    path: str | Path,
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
    ocr: OcrMode = "auto",
    ocr_engine: str = DEFAULT_ENGINE,
    page_timeout: int = DEFAULT_PAGE_TIMEOUT,
    on_page: Callable[[int], None] = lambda number: None,
) -> Records:
    """All records of one file (text, markdown, HTML, PDF, picture, Word document, workbook).

    `ocr` says which pages of a PDF are read from their picture: `auto` those whose text layer is missing or damaged.
    Such a page may take `page_timeout` seconds, and `on_page` is told its number before it is read.

    Raises an InputError that names the remedy when the file cannot be read: empty, binary, too large, unknown encoding.
    """
    options = ReadOptions(max_bytes, ocr, ocr_engine, page_timeout, on_page)
    return records_of(read(Path(path) if isinstance(path, str) else path, options))


def extract_bytes(
    data: bytes,
    file_name: str = "input.txt",
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
    ocr: OcrMode = "auto",
    ocr_engine: str = DEFAULT_ENGINE,
) -> Records:
    """The same for bytes in memory; `file_name` is what the records show."""
    return records_of(read_bytes(data, file_name, ReadOptions(max_bytes, ocr, ocr_engine)))


def records_of(document: Document) -> Records:
    """All records of a document that has been read."""
    outlined = outline(document)
    findings = link(extract_all(outlined))
    return assemble(outlined, findings)
