"""Picture files → Document, page by page."""

from __future__ import annotations

from pathlib import Path

from ita_extract.errors import EmptyInputError, TimeLimitError
from ita_extract.model import Document, PageFacts
from ita_extract.readers.drafts import paragraphs_of
from ita_extract.readers.furniture import mark_furniture
from ita_extract.readers.options import ReadOptions
from ita_extract.readers.pdf.continued import join_continued
from ita_extract.readers.pdf.layout import PageContent, lay_out
from ita_extract.readers.reading import Reading
from ita_extract.readers.scan.content import ScannedPage, scanned
from ita_extract.readers.scan.time_limit import at_most
from ita_extract.vision.ocr import engine, engine_name
from ita_extract.vision.page_image import page_images, pdf_page_images

MEDIA_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
    ".bmp": "image/bmp",
}


def read_pictures(data: bytes, file_name: str, options: ReadOptions) -> Document:
    """The document in a picture file of one or more pages.

    A page that takes too long is left out, with a warning.

    Raises EmptyInputError (no text on any page), UnsupportedInputError, DamagedError, TooLargeError, OcrMissingError,
    OcrError, TimeLimitError (no page was read in time).
    """
    suffix = Path(file_name).suffix.lower()
    ocr = engine(options.ocr_engine)
    reading = Reading()
    late: TimeLimitError | None = None
    for image in page_images(data, suffix):
        options.on_page(image.number)
        reading.warnings += (f"page {image.number}: {warning}" for warning in image.warnings)
        try:
            with at_most(options.page_timeout):
                page = scanned(image, ocr, engine_name(options.ocr_engine))
        except TimeLimitError as error:
            late = error
            reading.warnings.append(f"page {image.number} was left out: {error}. {error.remedy}")
            reading.pages.append(PageFacts("none"))
        else:
            add_page(reading, page)
    if late is not None and all(facts.origin == "none" for facts in reading.pages):
        raise late
    if not any(p.quote.text.strip() for p in paragraphs_of(reading.drafts)):
        raise EmptyInputError(f"{file_name} shows no text that could be read")
    mark_furniture(reading.drafts)
    return reading.document(data, file_name, MEDIA_TYPES[suffix])


def add_page(reading: Reading, page: ScannedPage) -> None:
    """Adds a page to what has been read."""
    number, first = len(reading.pages) + 1, len(reading.drafts)
    lay_out(reading, page.content, number)
    reading.pages.append(page.facts)
    join_continued(reading.drafts, first)


def pdf_picture(data: bytes, number: int, options: ReadOptions) -> tuple[PageContent, PageFacts] | None:
    """What the picture of page `number` of a PDF shows; None where it shows no text.

    Raises OcrMissingError, OcrError, TimeLimitError.
    """
    options.on_page(number)
    for image in pdf_page_images(data, [number]):
        with at_most(options.page_timeout):
            page = scanned(image, engine(options.ocr_engine), engine_name(options.ocr_engine))
        if page.content.chars:
            return page.content, page.facts
    return None
