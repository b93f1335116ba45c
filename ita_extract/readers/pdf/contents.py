"""What a PDF holds beside its pages: attached files, programs, forms of the dynamic kind, signatures.

Nothing of it is opened or run; a person is told that it is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text

MAX_NODES = 20_000
"""Objects looked at; trees of names in real files have a few hundred."""
SHOWN = 5
_PROGRAMS = {"JavaScript": "scripts", "Launch": "actions that start programs", "ImportData": "actions that load data"}


def notes(document: Any) -> list[str]:
    """One sentence for each kind of thing found in a pdfminer document."""
    try:
        return list(_notes(document.catalog))
    except Exception as error:  # noqa: BLE001 - the catalogue of a damaged file may be anything
        return [f"what the file holds beside its pages could not be listed ({type(error).__name__})"]


def is_package(document: Any) -> bool:
    """Whether the file is a portfolio: its content is the files attached to it."""
    return "Collection" in _dictionary(document.catalog)


def is_dynamic_form(document: Any) -> bool:
    """Whether the pages are made by a program when the file is opened (XFA)."""
    return "XFA" in _dictionary(_dictionary(document.catalog).get("AcroForm"))


def _notes(catalog: Any) -> Iterator[str]:
    root = _dictionary(catalog)
    names = _dictionary(root.get("Names"))
    attached = [name for name, _ in _name_tree(names.get("EmbeddedFiles"))]
    if attached:
        kind = "is a package of" if "Collection" in root else "has"
        more = f" and {len(attached) - SHOWN} more" if len(attached) > SHOWN else ""
        shown = ", ".join(attached[:SHOWN])
        yield f"the file {kind} {len(attached)} attached files that were not read: {shown}{more}"
    programs = _programs(root, names)
    if programs:
        yield f"the file holds {' and '.join(programs)}; nothing was run"
    form = _dictionary(root.get("AcroForm"))
    if "XFA" in form:
        yield "the file holds a dynamic form (XFA) whose filled-in pages only Adobe Reader shows; print it to PDF there"
    flags = resolve1(form.get("SigFlags"))
    if isinstance(flags, int) and flags & 1:
        yield "the file is signed digitally; the signature was not checked"


def _programs(root: dict[str, Any], names: dict[str, Any]) -> list[str]:
    kinds = {"scripts"} if "JavaScript" in names else set()
    for start in (root.get("OpenAction"), *_dictionary(root.get("AA")).values()):
        kinds.update(_PROGRAMS[kind] for kind in map(_name, _kinds(start)) if kind in _PROGRAMS)
    return sorted(kinds)


def _kinds(start: Any) -> Iterator[Any]:
    """The kinds of an action and of those that follow it. An array in its place is a destination, no action."""
    stack, left = [start], MAX_NODES
    while stack and left:
        left -= 1
        action = _dictionary(stack.pop())
        yield action.get("S")
        following = resolve1(action.get("Next"))
        stack.extend(following[:MAX_NODES] if isinstance(following, list) else [following] if following else [])


def _name_tree(start: Any) -> Iterator[tuple[str, Any]]:
    stack, left, seen = [start], MAX_NODES, set()
    while stack and left:
        left -= 1
        node = _dictionary(stack.pop())
        if id(node) in seen:
            continue
        seen.add(id(node))
        pairs = resolve1(node.get("Names")) or []
        for name, value in zip(pairs[::2], pairs[1::2], strict=False):
            text = resolve1(name)
            yield decode_text(text) if isinstance(text, bytes) else str(text), value
        children = resolve1(node.get("Kids")) or []
        stack.extend(reversed(children))


def _dictionary(value: Any) -> dict[str, Any]:
    node = resolve1(value)
    if isinstance(node, PDFStream):
        node = node.attrs
    return node if isinstance(node, dict) else {}


def _name(value: Any) -> str:
    node = resolve1(value)
    return str(node.name) if isinstance(node, PSLiteral) else ""
