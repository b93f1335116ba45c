"""Options of a line of text by the marks that stand in it, or by circles drawn round them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ita_extract.lexicon import load
from ita_extract.model import Mark, Quote
from ita_extract.outline.model import Line
from ita_extract.thai.numbering import LETTERS
from ita_extract.thai.text import fold_digits

_ITEM = re.compile(rf"[(（]?(?P<sign>[{LETTERS}]|\d{{1,2}})(?:\s*[.)）]\s*|\s+)(?=\S)")
"""The letter or number of an item of a list; OCR loses the full stop where a circle goes through it."""
_BEFORE_ITEM = rf"\s+(?=[(（]?(?:[{LETTERS}]|[\d๐-๙]{{1,2}})[.)）])"


@dataclass(frozen=True, slots=True)
class Option:
    """An option in the making: its label, its mark (None: no mark was seen), and other renderings of both."""

    label: Quote
    mark: Mark | None
    mark_quote: Quote | None
    copies: tuple[Quote, ...] = ()


def options_in(line: Line, start: int = 0) -> list[Option]:
    """The marked options of a line, from offset `start` on.

    Marks stand before their labels, unless the text before the first mark is a label itself.
    """
    marks = [mark for mark in line.marks if mark.start >= start]
    if not marks:
        return []
    if all(mark.kind == "pixels" and mark.raw == load("marks")["circled"] for mark in marks):
        return _circled_options(line, start, marks)
    head = line.text[start : marks[0].start].strip()
    before = not head or head.endswith((":", "：")) or len(marks) == 1 or bool(line.text[marks[-1].end :].strip())
    bounds = [start, *(mark.end for mark in marks)]
    ends = [*(mark.start for mark in marks), len(line.text)]
    options = []
    for index, mark in enumerate(marks):
        span = (bounds[index + 1], ends[index + 1]) if before else (bounds[index], ends[index])
        label = line.quote.slice(*span).strip(" \t\n,;/:：")
        if label and not label.text.startswith(("หมายถึง", "คือ", "=")):  # a legend explains marks, it sets none
            options.append(Option(label, mark, line.quote.slice(mark.start, mark.end)))
    return options


def _circled_options(line: Line, start: int, marks: Sequence[Mark]) -> list[Option]:
    """Alternatives of which some are circled: `5   ◉4   3`, `ใช่ / ◉ไม่ใช่`; those without a circle have no mark."""
    options = []
    for part in _alternatives(line.quote.slice(start)):
        at = part.start
        mark = next((m for m in marks if line.quote.slice(m.start, m.end).start == at), None)
        label = part.slice(1).strip() if mark is not None else part
        if label:
            options.append(Option(label, mark, part.slice(0, 1) if mark is not None else None))
    return options


def _alternatives(text: Quote) -> list[Quote]:
    """What stands between wide blanks or commas; where there are none, between items of a list, or any blanks."""
    parts = [part.strip() for part in text.split(r"\s{2,}|\s*[/,|]\s*")]
    parts = [part for part in parts if part]
    if len(parts) > 1:
        return [alternative for part in parts for alternative in _told_apart(part)]
    parts = [part for part in text.split(_BEFORE_ITEM) if part]
    return parts if len(parts) > 1 else [part for part in text.split(r"\s+") if part]


def _told_apart(part: Quote) -> list[Quote]:
    """The numbers of a part that has nothing else; what is circled, without the question right before it."""
    circled = load("marks")["circled"]
    tokens = [token for token in part.split(r"\s+") if token]
    if all(token.text.removeprefix(circled).isdigit() for token in tokens):
        return tokens
    return [part.slice(max(0, part.text.rfind(circled)))]


# ------------------------------------------------------------------ lists with a circled letter
def circled_lists(lines: Sequence[Line]) -> dict[int, Option]:
    """The items of lists of which the letter or number of some is circled (`ก. มี`, `◉ข. ไม่มี`), by their line."""
    found: dict[int, Option] = {}
    run: list[Line] = []
    for line in [*lines, None]:
        number = _item(line) if line is not None else None
        if line is not None and number == len(run) + 1 and (not run or run[-1].section == line.section):
            run.append(line)
            continue
        found.update(_circled_items(run))
        run = [line] if line is not None and number == 1 else []
    return found


def _circled_items(run: Sequence[Line]) -> Iterator[tuple[int, Option]]:
    if len(run) < 2 or not any(_circle(line) for line in run):
        return
    for line in run:
        mark = _circle(line)
        at = mark.end if mark is not None else 0
        mark_quote = None if mark is None else line.quote.slice(mark.start, mark.end)
        yield line.index, Option(line.quote.slice(at).strip(), mark, mark_quote)


def _circle(line: Line) -> Mark | None:
    """The circle before the text of a line, and the only mark in it."""
    if len(line.marks) != 1 or line.text[: line.marks[0].start].strip():
        return None
    mark = line.marks[0]
    return mark if mark.kind == "pixels" and mark.raw == load("marks")["circled"] else None


def _item(line: Line) -> int | None:
    """The number of a line as item of a list, None where it is none, or has other marks."""
    mark = _circle(line)
    if line.marks and mark is None:
        return None
    match = _ITEM.match(fold_digits(line.text[mark.end if mark is not None else 0 :].strip()))
    if match is None:
        return None
    return int(match["sign"]) if match["sign"].isdigit() else LETTERS.index(match["sign"]) + 1
