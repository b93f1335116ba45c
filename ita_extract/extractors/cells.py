"""Cells that hold several kinds of facts: `ตัวชี้วัด : … เป้าหมาย : … ผล : …`, cut into labelled parts."""

from __future__ import annotations

from dataclasses import dataclass

from ita_extract.model import Quote
from ita_extract.thai.labels import split_label


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled part of a cell. `key` is None for the text before the first label."""

    key: str | None
    also: tuple[str, ...]
    label: Quote | None
    value: Quote


def labelled_parts(quote: Quote) -> list[Part]:
    """The parts of a cell in order; a label alone on its line heads the lines below it."""
    parts: list[Part] = []
    pending: list[Quote] = []
    head: tuple[str | None, tuple[str, ...], Quote | None] = (None, (), None)
    for line in quote.lines():
        label = split_label(line.text, "fields")
        if label is None or label.key is None:
            pending.append(line)
            continue
        _close(parts, head, pending)
        head = (label.key, label.also, line.slice(label.label_start, label.label_end))
        value = line.slice(label.value_start).strip()
        pending = [value] if value else []
    _close(parts, head, pending)
    return parts


def _close(parts: list[Part], head: tuple[str | None, tuple[str, ...], Quote | None], lines: list[Quote]) -> None:
    if head[0] is not None or lines:
        parts.append(Part(*head, Quote.join(lines, "\n")))
