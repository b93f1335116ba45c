"""Lists inside cells and field values: numbered, bulleted or inline items, continuation lines joined."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from ita_extract.model import Quote
from ita_extract.outline.headings import activity_heading
from ita_extract.outline.model import Field
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import fold_digits

_INLINE = re.compile(r"(?<![\d.,/()A-Za-z])([1-9๑-๙][0-9๐-๙]?)\s?[.)](?=\s*[^\s\d๐-๙.])")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list. `path` are its printed numbers ((1, 2) for `1.2`), empty for bullets and bare text."""

    quote: Quote
    number_raw: str | None
    path: tuple[int, ...]
    is_bullet: bool = False

    @property
    def is_numbered(self) -> bool:
        """Whether the item prints a number."""
        return bool(self.path)


def split_items(quote: Quote) -> list[Item]:
    """The items of a text: one per numbered or bulleted line, bare lines joined to the item above.

    A single line that counts `1. … 2. … 3. …` is split as well. Text before the first number is an item of its own.
    """
    items: list[Item] = []
    for line in quote.lines():
        for part in _inline_parts(line):
            item = _item(part)
            if items and not item.is_numbered and not item.is_bullet and activity_heading(part.text) is None:
                items[-1] = _extended(items[-1], item.quote)
            else:
                items.append(item)
    return [item for item in items if item.quote.text]


def field_items(field: Field) -> list[Item]:
    """The items of a field's value; list items of the source count as bulleted even when they print no sign."""
    items: list[Item] = []
    for number, line in enumerate(field.lines):
        quote = line.quote.slice(field.value_start if number == 0 else 0).strip()
        parts = split_items(quote)
        if line.paragraph.role == "list_item" and len(parts) == 1 and not parts[0].is_numbered:
            parts = [Item(parts[0].quote, None, (), is_bullet=True)]
        if items and parts and not (parts[0].is_numbered or parts[0].is_bullet):
            items[-1] = _extended(items[-1], parts[0].quote)
            parts = parts[1:]
        items += parts
    return items


_KPI = re.compile(r"[(（]\s*(?:ผล|ผลงาน|ทำได้)\s*[:：]?\s*[^()（）]+[)）]\s*$")


def is_kpi(text: str) -> bool:
    """Whether an item states an indicator with its result: `จำนวนเรื่อง 10 เรื่อง (ผล: 12 เรื่อง)`."""
    return _KPI.search(text) is not None


def _extended(item: Item, quote: Quote) -> Item:
    return Item(Quote.join([item.quote, quote], "\n"), item.number_raw, item.path, item.is_bullet)


def _item(line: Quote) -> Item:
    numbering = parse_numbering(line.text)
    if numbering is None:
        return Item(line, None, ())
    rest = line.slice(numbering.end).strip()
    bullet = not numbering.path
    return Item(rest, None if bullet else numbering.raw.strip(), tuple(numbering.path), is_bullet=bullet)


def _inline_parts(line: Quote) -> list[Quote]:
    """Cuts `1. a 2. b 3. c` at numbers that count up by one; other text stays whole."""
    cuts = [0]
    expected = None
    for match in _INLINE.finditer(line.text):
        number = int(fold_digits(match[1]))
        if expected is None:
            if number == 1:
                expected = 2
                cuts.append(match.start())
        elif number == expected and (match.start() == 0 or line.text[match.start() - 1].isspace()):
            expected += 1
            cuts.append(match.start())
    if len(cuts) < 3:
        return [line]
    bounds = [*cuts, len(line.text)]
    return [part for a, b in itertools.pairwise(bounds) if (part := line.slice(a, b).strip())]
