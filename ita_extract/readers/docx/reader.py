"""Word document → Document."""

from __future__ import annotations

from pathlib import Path

from ita_extract.errors import DamagedError, EmptyInputError
from ita_extract.model import Document
from ita_extract.readers.columns import with_tab_tables
from ita_extract.readers.docx.body import Body, Parts
from ita_extract.readers.docx.names import child, elements, is_on, qn
from ita_extract.readers.docx.numbering import Numbering
from ita_extract.readers.docx.styles import Styles
from ita_extract.readers.drafts import DraftParagraph, paragraphs_of
from ita_extract.readers.furniture import mark_furniture
from ita_extract.readers.ooxml import Element, Package
from ita_extract.readers.options import ReadOptions
from ita_extract.readers.reading import Reading
from ita_extract.readers.type_headings import mark_headings

_MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
}


def read_docx(data: bytes, file_name: str, options: ReadOptions) -> Document:
    """The document in a Word file, as it reads with all tracked changes accepted.

    Raises DamagedError, EmptyInputError, EncryptedError, TooLargeError, UnsupportedInputError.
    """
    package = Package(data, file_name, options.max_bytes)
    main = package.main_part()
    body = child(_tree(package, main), "w:body")
    if body is None:
        raise DamagedError(
            f"{file_name} holds no Word document", remedy="Give the file the ending of the program that wrote it."
        )
    related = {relation.kind: relation.target for relation in package.relations(main).values()}
    styles = Styles(_tree(package, related.get("styles")))
    numbering = Numbering(_tree(package, related.get("numbering")), styles)
    reading = Reading()
    walker = Body(reading, styles, numbering, _parts(package, main, related))
    walker.read(body)
    if not any(isinstance(found, DraftParagraph) for found in paragraphs_of(reading.drafts)):
        raise EmptyInputError(
            f"{file_name} holds no text",
            remedy="If its pages are pictures, read them with an OCR program first and give the text.",
        )
    mark_headings(walker.candidates)
    reading.drafts = with_tab_tables(reading.drafts)
    mark_furniture(reading.drafts)
    return reading.document(data, file_name, _MEDIA_TYPES.get(Path(file_name).suffix.lower(), _MEDIA_TYPES[".docx"]))


def _tree(package: Package, name: str | None) -> Element | None:
    return package.xml(name) if name else None


def _parts(package: Package, main: str, related: dict[str, str | None]) -> Parts:
    """Notes, heads and feet, read before the body that refers to them."""
    parts = Parts(uneven_heads=bool(is_on(_tree(package, related.get("settings")), "w:evenAndOddHeaders")))
    for kind, reference in (("footnotes", "w:footnoteReference"), ("endnotes", "w:endnoteReference")):
        root = _tree(package, related.get(kind))
        for note in elements(root) if root is not None else ():
            if note.get(qn("w:type"), "normal") == "normal":
                parts.notes[qn(reference), note.get(qn("w:id"), "")] = note
    for name, relation in package.relations(main).items():
        if relation.kind in ("header", "footer"):
            root = _tree(package, relation.target)
            if root is not None:
                parts.heads[name] = root
    return parts
