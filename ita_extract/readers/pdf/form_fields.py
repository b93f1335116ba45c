"""Interactive form fields (AcroForm) and typed notes of a PDF page: their values are what a reader sees on paper.

A field's look lies in an appearance stream that is no part of the page's content (ISO 32000-1, 12.7), so the value is
taken from the field itself. Scripts and actions of fields are never run.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from ita_extract.geometry import Box
from ita_extract.readers.marks import DrawnMark

_PUSH_BUTTON = 1 << 16
_HIDDEN = 1 << 1
MAX_PARENTS = 32


class FieldValue(NamedTuple):
    """A filled field: its place, and its text or its mark."""

    box: Box
    text: str = ""
    mark: DrawnMark | None = None


def field_values(page: Any) -> Iterator[FieldValue]:
    """The check boxes, radio buttons, texts and choices of a page, and notes typed onto it."""
    for note in page.annots:
        data = note["data"]
        box = Box(note["x0"], note["top"], note["x1"], note["bottom"])
        if _flags(data.get("F")) & _HIDDEN:
            continue
        kind = _name(data.get("Subtype"))
        if kind == "FreeText" and (text := _text(data.get("Contents"))):
            yield FieldValue(box, text)
        elif kind == "Widget":
            yield from _widget(data, box)


def _widget(data: dict[str, Any], box: Box) -> Iterator[FieldValue]:
    kind = _name(_inherited(data, "FT"))
    if kind == "Btn":
        if not _flags(_inherited(data, "Ff")) & _PUSH_BUTTON:
            ticked = _is_on(data)
            yield FieldValue(box, mark=DrawnMark("☑" if ticked else "☐", ticked, "html_input"))
    elif kind in ("Tx", "Ch"):
        value = _inherited(data, "V")
        parts = [_text(part) for part in value] if isinstance(value, list) else [_text(value)]
        text = ", ".join(part for part in parts if part)
        if text:
            yield FieldValue(box, text)


def _is_on(data: dict[str, Any]) -> bool:
    """The state of a check box or radio button: its appearance state, else the field's value."""
    state = data.get("AS")
    if state is None:
        state = _inherited(data, "V")
        names = _on_states(data)
        return _name(state) in names if names else _name(state) not in ("", "Off")
    return _name(state) not in ("", "Off")


def _on_states(data: dict[str, Any]) -> set[str]:
    appearance = resolve1(data.get("AP")) or {}
    normal = resolve1(appearance.get("N")) if isinstance(appearance, dict) else None
    return {name for name in normal if name != "Off"} if isinstance(normal, dict) else set()


def _inherited(data: dict[str, Any], key: str) -> Any:
    """An attribute of a field, or of the nearest parent that has it."""
    for _ in range(MAX_PARENTS):
        if key in data:
            return resolve1(data[key])
        parent = resolve1(data.get("Parent"))
        if not isinstance(parent, dict):
            return None
        data = parent
    return None


def _flags(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _name(value: Any) -> str:
    value = resolve1(value)
    name = getattr(value, "name", value)
    return name.decode("latin-1") if isinstance(name, bytes) else str(name or "")


def _text(value: Any) -> str:
    value = resolve1(value)
    if isinstance(value, bytes):
        return decode_text(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return value.strip() if isinstance(value, str) else ""
