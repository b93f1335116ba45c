"""The pages of a PDF one by one, whatever their tree, boxes and entries look like."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pdfminer.pdfdocument import PDFXRefFallback
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import literal_name
from pdfplumber.page import Page

A4 = (0.0, 0.0, 595.28, 841.89)
"""Box in points of a page that states none, or none that can be."""
LARGEST = 1_000_000
"""Coordinates in points beyond which a box is taken for damaged; the standard's own limit is 14,400 (200 inches)."""
_BOXES = ("MediaBox", "CropBox", "TrimBox", "BleedBox", "ArtBox")
_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate", "UserUnit")

Entry = tuple[Any, dict[str, Any] | None]
"""A page's object number and entries; None for a page whose object is lost."""


def entries(document: Any) -> list[Entry]:
    """The pages of a pdfminer document in order. Loops end where they close; a lost page keeps its place.

    Where the cross-reference table leads to no page, it is made anew from the file; a document without a page tree
    gives the page objects that stand in the file, in the file's order.
    """
    found = list(_walk(document))
    if not any(attributes for _, attributes in found) and _rebuilt(document):
        found = list(_walk(document)) or list(_strewn(document))
    return found


def _rebuilt(document: Any) -> bool:
    """Whether a table of the objects that stand in the file could be put in the place of the file's own."""
    table = PDFXRefFallback()
    try:
        table.load(document._parser)
    except Exception:  # noqa: BLE001 - nothing in the file looks like an object
        return False
    document._cached_objs.clear()
    document.xrefs = [table, *document.xrefs]
    root = _dictionary(table.get_trailer().get("Root"))
    if root is not None:
        document.catalog = root
    return True


def _walk(document: Any) -> Iterator[Entry]:
    root = document.catalog.get("Pages")
    stack: list[tuple[Any, dict[str, Any]]] = [(root, {})] if root is not None else []
    visited: set[int] = set()
    while stack:
        reference, inherited = stack.pop()
        number = reference.objid if isinstance(reference, PDFObjRef) else None
        if number is not None and number in visited:
            continue
        visited.add(number or 0)
        node = _dictionary(reference)
        if node is None:
            yield number, None
            continue
        own = {**inherited, **{name: node[name] for name in _INHERITED if name in node}}
        children = _resolved(node.get("Kids"))
        if isinstance(children, list):
            stack.extend((child, own) for child in reversed(children))
        elif _type(node) != "Pages":
            yield number, {**node, **own}


def _strewn(document: Any) -> Iterator[Entry]:
    seen: set[int] = set()
    for table in document.xrefs:
        for number in table.get_objids():
            if number in seen:
                continue
            seen.add(number)
            node = _dictionary(PDFObjRef(document, number))
            if node is not None and _type(node) == "Page":
                yield number, node


def _dictionary(reference: Any) -> dict[str, Any] | None:
    node = _resolved(reference)
    return node if isinstance(node, dict) else None


def _resolved(value: Any) -> Any:
    try:
        return resolve1(value)
    except Exception:  # noqa: BLE001 - a broken object is a lost one
        return None


def _type(node: dict[str, Any]) -> str:
    try:
        return str(literal_name(_resolved(node.get("Type", node.get("type")))))
    except Exception:  # noqa: BLE001 - no name at all
        return ""


def page_of(pdf: Any, entry: Entry, number: int) -> tuple[Any, list[str]]:
    """pdfplumber's page for an entry of the page tree, and what was wrong with its entries, in words."""
    attributes = dict(entry[1] or {})
    faults = []
    for name in _BOXES:
        if name in attributes:
            box = _box(attributes[name])
            if box is None:
                faults.append(f"its {name} is none")
                del attributes[name]
            else:
                attributes[name] = box
    attributes.setdefault("MediaBox", list(A4))
    turn = _resolved(attributes.get("Rotate", 0))
    attributes["Rotate"] = turn % 360 if isinstance(turn, int) and turn % 90 == 0 else 0
    if not isinstance(_resolved(attributes.get("Resources")), dict):
        attributes["Resources"] = {}
    return Page(pdf, PDFPage(pdf.doc, entry[0], attributes, None), page_number=number, initial_doctop=0), faults


def unit(page: Any) -> float:
    """Points per unit of the page's coordinates (/UserUnit), 1 where none is stated."""
    value = _resolved(page.page_obj.attrs.get("UserUnit"))
    return float(value) if isinstance(value, int | float) and 0 < value <= LARGEST else 1.0


def _box(value: Any) -> list[float] | None:
    corners = _resolved(value)
    corners = [_resolved(part) for part in corners] if isinstance(corners, list) else []
    if len(corners) != 4 or not all(isinstance(c, int | float) and not isinstance(c, bool) for c in corners):
        return None
    if not all(abs(c) <= LARGEST and math.isfinite(c) for c in corners):
        return None
    x0, y0, x1, y1 = (float(c) for c in corners)
    box = [min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)]
    return box if box[2] - box[0] >= 1 and box[3] - box[1] >= 1 else None
