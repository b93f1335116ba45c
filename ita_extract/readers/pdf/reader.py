"""Born-digital PDF → Document: the text layer made whole, tables from their rulings."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from ita_extract.errors import (
    DamagedError,
    EmptyInputError,
    EncryptedError,
    InputError,
    ItaError,
    OcrError,
    TimeLimitError,
    TooLargeError,
    UnsupportedInputError,
)
from ita_extract.model import Document, PageFacts
from ita_extract.readers.furniture import mark_furniture
from ita_extract.readers.options import ReadOptions
from ita_extract.readers.pdf.contents import is_dynamic_form, is_package, notes
from ita_extract.readers.pdf.continued import join_continued
from ita_extract.readers.pdf.damage import reread
from ita_extract.readers.pdf.fonts import FontKeeper
from ita_extract.readers.pdf.interpreter import Tally
from ita_extract.readers.pdf.layout import PageContent, lay_out, read_page
from ita_extract.readers.pdf.page_tree import Entry, entries, page_of
from ita_extract.readers.pdf.recovery import recovered
from ita_extract.readers.reading import Reading

MAX_PAGES = 5000
HEADER_WITHIN = 1024
"""Bytes within which `%PDF-` must stand: programs that send files put lines before it (ISO 32000-1, annex H.3.4.1)."""
FORGET_EVERY = 50
"""Pages after which pdfminer's stores of objects and fonts are emptied, so that memory does not grow with the file."""

logging.getLogger("pdfminer").addHandler(logging.NullHandler())
logging.getLogger("pdfplumber").addHandler(logging.NullHandler())


PictureReader = Callable[[bytes, int, ReadOptions], tuple[PageContent, PageFacts] | None]
"""What the picture of a page of a PDF shows (the file's bytes, the page's number); None where it shows no text."""


def read_pdf(data: bytes, file_name: str, options: ReadOptions, by_picture: PictureReader) -> Document:
    """The document in a PDF: pages whose text layer is missing or damaged are read from their picture.

    A page that cannot be read costs that page and leaves a warning.

    Raises EncryptedError, DamagedError, UnsupportedInputError (no PDF), EmptyInputError (no page has text),
    TooLargeError.
    """
    _check_kind(data, file_name)
    reading = Reading()
    pdf = _opened(data, file_name, reading.warnings)
    found = _entries(pdf, file_name)
    reading.warnings += notes(pdf.doc)
    for number, entry in enumerate(found, 1):
        before, said = reading.position(), len(reading.warnings)
        _read_page(reading, pdf, entry, number)
        if options.ocr == "always" or (options.ocr == "auto" and reading.pages[-1].ocr_reason):
            _read_again(reading, before, said, partial(by_picture, data, number, options))
        join_continued(reading.drafts, before[2])
        if number % FORGET_EVERY == 0:
            _forget(pdf)
    if not reading.drafts:
        raise _empty(pdf, file_name, len(found))
    mark_furniture(reading.drafts)
    return reading.document(data, file_name, "application/pdf")


def _read_again(reading: Reading, before: tuple[int, ...], said: int, by_picture: Callable[[], Any]) -> None:
    """Reads a page from its picture instead of its text layer; where that fails the text layer stays.

    `before` and `said` are what was read, and how many warnings there were, before the page.
    """
    number, facts = len(reading.pages), reading.pages[-1]
    try:
        picture = by_picture()
    except (OcrError, InputError, TimeLimitError) as error:
        reading.warnings.append(f"page {number} could not be read from its picture: {error} {error.remedy}")
        return
    if picture is None:
        return
    content, read = picture
    reading.back_to(before)
    del reading.warnings[said:]
    if facts.ocr_reason:
        reading.warnings.append(reread(number, facts.ocr_reason))
    lay_out(reading, content, number)
    reading.pages.append(replace(read, damage_score=facts.damage_score, ocr_reason=facts.ocr_reason))


def _check_kind(data: bytes, file_name: str) -> None:
    """Tells other files that are named .pdf: a download often saves the page with the error message."""
    head = data[:HEADER_WITHIN]
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyInputError(f"{file_name} is empty")
    if b"%PDF-" in head or b"%FDF-" in head or b"obj" in head:
        return
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        remedy = "Download the document again; the site sent a web page instead. To read that page, name it .html."
        raise UnsupportedInputError(f"{file_name} is a web page, not a PDF", remedy=remedy)
    if head.startswith(b"PK\x03\x04"):
        remedy = "Give it its right ending (.docx, .xlsx, …), or unpack it."
        raise UnsupportedInputError(f"{file_name} is a ZIP or Office file, not a PDF", remedy=remedy)
    raise DamagedError(f"{file_name} is no PDF: it does not begin like one")


def _opened(data: bytes, file_name: str, warnings: list[str]) -> Any:
    """The file, put together again where its index of objects is damaged."""
    try:
        return _as_it_is(data, file_name)
    except DamagedError:
        whole = recovered(data)
        if whole is None:
            raise
        pdf = _as_it_is(whole, file_name)
        warnings.append("the file is damaged; it was put together again from its parts, and some may be missing")
        return pdf


def _as_it_is(data: bytes, file_name: str) -> Any:
    try:
        pdf = pdfplumber.open(BytesIO(data))
    except ItaError:
        raise
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, PDFPasswordIncorrect):
            raise EncryptedError(f"{file_name} is locked with a password") from error
        if isinstance(cause, PDFEncryptionError):
            raise EncryptedError(f"{file_name} is encrypted in a way that is not known here: {cause}") from error
        raise DamagedError(f"{file_name} is no readable PDF: {error}") from error
    except Exception as error:  # a damaged trailer may raise anything
        raise DamagedError(f"{file_name} is no readable PDF: {type(error).__name__}: {error}") from error
    pdf.rsrcmgr = FontKeeper()
    return pdf


def _entries(pdf: Any, file_name: str) -> list[Entry]:
    try:
        found = entries(pdf.doc)
    except ItaError:
        raise
    except Exception as error:  # the catalogue may be anything
        raise DamagedError(f"{file_name} has no readable pages: {type(error).__name__}: {error}") from error
    if len(found) > MAX_PAGES:
        raise TooLargeError(f"{file_name} has {len(found):,} pages; the limit is {MAX_PAGES:,}")
    return found


def _read_page(reading: Reading, pdf: Any, entry: Entry, number: int) -> None:
    if entry[1] is None:
        reading.warnings.append(f"page {number} is lost: the file has no object for it")
        reading.pages.append(PageFacts("none"))
        return
    before = reading.position()
    try:
        page, faults = page_of(pdf, entry, number)
        if faults:
            reading.warnings.append(f"page {number}: {' and '.join(faults)}; its size was taken to be another")
        read_page(reading, page, number)
        reading.warnings += _limits(page.tally, number)
        page.close()
    except (ItaError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - pdfminer and fonts raise anything for a damaged page
        reading.back_to(before)
        reading.warnings.append(
            f"page {number} could not be read and was left out ({type(error).__name__}: {str(error)[:120]}); "
            "open the file in a PDF viewer, save it as a new file, and give that"
        )
        reading.pages.append(PageFacts("none"))


def _limits(tally: Tally, number: int) -> list[str]:
    """What was left out of a page for its cost or its faults, in words."""
    found = []
    if tally.left_out:
        found.append(f"page {number} was read without {' and '.join(tally.left_out)}: it is more than a page can hold")
    if tally.faults:
        found.append(f"page {number}: {tally.faults} drawing instructions are damaged and were passed over")
    return found


def _forget(pdf: Any) -> None:
    pdf.doc._cached_objs.clear()
    pdf.doc._parsed_objs.clear()
    pdf.rsrcmgr = FontKeeper()


def _empty(pdf: Any, file_name: str, count: int) -> InputError:
    """Why nothing was read, and what to do."""
    if is_dynamic_form(pdf.doc):
        return EmptyInputError(
            f"{file_name} is a dynamic form (XFA): its pages are made when Adobe Reader opens it",
            remedy="Open it in Adobe Reader, print it to PDF, and give that.",
        )
    if is_package(pdf.doc):
        return EmptyInputError(
            f"{file_name} is a package of files without pages of its own",
            remedy="Save the attached files from a PDF viewer, and give those.",
        )
    if not count:
        return EmptyInputError(f"{file_name} has no pages")
    return EmptyInputError(
        f"{file_name} has {count} pages, and no text could be read on them",
        remedy="If it is a scan, run it with --ocr auto, and see `ita-extract doctor` for what OCR needs.",
    )
