"""Qualified names of WordprocessingML (ECMA-376 part 1) and of the vocabularies that stand in its documents."""

from __future__ import annotations

from collections.abc import Iterator

from ita_extract.readers.ooxml import Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}


def qn(name: str) -> str:
    """`w:p` as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def child(element: Element | None, path: str) -> Element | None:
    """The first element at a path of children (`w:pPr/w:numPr`), None where there is none."""
    for name in path.split("/"):
        if element is None:
            return None
        element = element.find(qn(name))
    return element


def val(element: Element | None, path: str = "", attribute: str = "w:val") -> str | None:
    """An attribute of the element at a path, None where there is none."""
    found = child(element, path) if path else element
    return None if found is None else found.get(qn(attribute))


def is_on(element: Element | None, path: str) -> bool | None:
    """A toggle (`<w:b/>`, `<w:b w:val="0"/>`); None where it is not set."""
    found = child(element, path)
    if found is None:
        return None
    return found.get(qn("w:val"), "1").lower() not in ("0", "false", "off")


def whole(text: str | None, default: int = 0) -> int:
    """An integer attribute; `default` where it is absent or no number."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def elements(parent: Element) -> Iterator[Element]:
    """The child elements, without comments and unexpanded entities."""
    return (item for item in parent if isinstance(item.tag, str))
