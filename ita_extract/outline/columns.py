"""Table headings: which rows head a table, and what each column stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from ita_extract.lexicon import load
from ita_extract.model import Cell, Quote, Table
from ita_extract.outline.model import Column
from ita_extract.thai.dates import find_fiscal_years, month_number
from ita_extract.thai.labels import Label, match_label
from ita_extract.thai.month_rows import months_by_place
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.organisations import find_organisations
from ita_extract.thai.periods import find_periods
from ita_extract.thai.text import fold_digits, key

MAX_HEAD_LENGTH = 90
"""A heading cell is short; measured on VARIETY's layouts, the longest head has 62 characters."""

MAX_STEMMED = 45
"""A longer heading is no label with words around it."""

MIN_NAME = 6
"""Consonants of a heading cell that may be the name of an agency."""

MAX_COUNTING_HEAD, LEAST_COUNTED = 8, 3
"""Letters and marks in the heading of a column that counts the rows (`ลำดับที่`), and rows that are counted."""

_COUNT = re.compile(r"\s*[(（]?(\d{1,3})[.)）]?\s*")
_COLUMN_NUMBER_CELL = re.compile(r"[(（]?\d{1,2}[)）.]?|[ก-ฮ][.)]")
_BRACKETED = re.compile(r"[(（]([^()（）]{1,20})[)）]\s*$")
_BARE_YEAR = re.compile(r"(?:ปีงบประมาณ|ปี)?\s*(?:พ\s*\.?\s*ศ\s*\.?)?\s*2[45]\d\d")
_YEAR = re.compile(r"(?:ปี|พ\s*\.?\s*ศ|งบประมาณ|^)\D{0,20}(2[45]\d\d|\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class _Head:
    """What one heading cell says."""

    label: Label | None
    month: int | None = None
    quarter: int | None = None
    year_be: int | None = None
    row_kind: Literal["plan", "actual"] | None = None
    is_year: bool = False
    agency: str | None = None
    is_choice: bool = False

    @property
    def is_known(self) -> bool:
        known = self.label is not None or self.is_calendar or self.is_year or self.agency is not None
        return known or self.is_choice

    @property
    def is_calendar(self) -> bool:
        return self.month is not None or self.quarter is not None


def read_head(text: str) -> _Head:
    """What a heading cell stands for; all None for a cell that is no known heading."""
    text = " ".join(text.split())
    if not text or len(text) > MAX_HEAD_LENGTH:
        return _Head(None)
    month = month_number(text) or _month_with_year(text)
    if month:
        return _Head(None, month=month, year_be=_year(text))
    quarter = _quarter(text)
    if quarter:
        return _Head(None, quarter=quarter, year_be=_year(text))
    label = match_label(text, "columns")
    if label is None and (agency := _agency_in(text)) is not None:
        return _Head(None, agency=agency)
    is_year = _BARE_YEAR.fullmatch(fold_digits(text)) is not None
    return _Head(label, year_be=_year(text), row_kind=plan_or_actual(text) if len(text) > 1 else None, is_year=is_year)


def _agency_in(text: str) -> str | None:
    """The agency whose name a heading cell is: columns of score tables stand for agencies."""
    for form in (text, text.replace(" ", "")):  # a narrow cell breaks a name into lines
        whole = [m for m in find_organisations(form) if m.level == "agency" and m.end - m.start >= 0.8 * len(form)]
        if len(whole) == 1:
            return whole[0].name
    return None


def plan_or_actual(text: str) -> Literal["plan", "actual"] | None:
    """Whether a short label names the plan row or column, or the actual one (`แผน`, `ผล`)."""
    words = load("columns")["row_kinds"]
    folded = key(text)
    if folded in {key(word) for word in words["plan"]}:
        return "plan"
    if folded in {key(word) for word in words["actual"]}:
        return "actual"
    return None


def _month_with_year(text: str) -> int | None:
    match = re.fullmatch(r"(.*?[^\d\s.])\s*\.?\s*(?:\d{2}|2[45]\d\d)", fold_digits(text))
    return month_number(text[: match.end(1)]) or month_number(text[: match.end(1)] + ".") if match else None


def _quarter(text: str) -> int | None:
    if not re.search(r"ไตรมาส|^Q\s*\d", text, re.IGNORECASE):
        return None
    match = re.search(r"(?:ไตรมาส\s*(?:ที่?)?|Q)\s*\.?\s*([1-4])(?!\d|\s*[-–ถ])", fold_digits(text), re.IGNORECASE)
    return int(match[1]) if match else None


def _year(text: str) -> int | None:
    labelled = find_fiscal_years(text)
    if labelled:
        return labelled[0].be
    match = _YEAR.search(fold_digits(text))
    if match is None or (len(match[1]) == 2 and "ปี" not in text and "พ" not in text):
        return None
    year = int(match[1])
    return year if year > 2400 else 2500 + year


def header_rows(table: Table, start: int = 0) -> int:
    """How many rows from `start` on head the table (0: the row is no heading).

    A heading row has at least two known headings (or a month series) and no long text; it may be followed by rows that
    divide its
    spans (months under a year, numbers of columns).
    """
    if start >= table.n_rows or not _is_heading(table, start):
        return 0
    count = 1
    while start + count < table.n_rows and _continues_heading(table, start, start + count):
        count += 1
    return count


def _cells(table: Table, row: int) -> list[Cell]:
    return [cell for cell in table.starting_in(row) if cell.text.strip()]


def _heads(cells: Sequence[Cell]) -> list[_Head]:
    """What each cell of a heading row says; answers to tick (`มี`, `ไม่มี`) count only side by side."""
    heads = [read_head(cell.text) for cell in cells]
    for at, month in enumerate(months_by_place([cell.text for cell in cells], [head.month for head in heads])):
        if month is not None and month != heads[at].month and heads[at].label is None:
            heads[at] = replace(heads[at], month=month)
    if _name_agencies(cells, heads):
        heads = [
            replace(h, agency=" ".join(c.text.split())) if _is_name(c, h) else h
            for c, h in zip(cells, heads, strict=True)
        ]
    answers = _answers(cells)
    for left, right in pairwise(range(len(cells))):
        if (
            answers[left] is not None
            and answers[left] == answers[right]
            and key(cells[left].text) != key(cells[right].text)
        ):
            heads[left] = replace(heads[left], is_choice=True)
            heads[right] = replace(heads[right], is_choice=True)
    return heads


def _name_agencies(cells: Sequence[Cell], heads: Sequence[_Head]) -> bool:
    """Whether heads without a meaning of their own are names of agencies: half of all such heads are known as some."""
    known = sum(head.agency is not None for head in heads)
    return known >= 2 and known >= sum(_is_name(cell, head) for cell, head in zip(cells, heads, strict=True))


def _is_name(cell: Cell, head: _Head) -> bool:
    """Whether a heading cell can be the name of an agency that is in no list, or that OCR has misread."""
    return not head.is_known and head.year_be is None and len(re.findall("[ก-ฮ]", cell.text)) >= MIN_NAME


def _answers(cells: Sequence[Cell]) -> list[int | None]:
    """The group of answers of each heading cell; a short word that OCR has misread by the answer beside it."""
    groups = [_choice_group(cell.text) for cell in cells]
    for left, right in pairwise(range(len(cells))):
        for known, other in ((left, right), (right, left)):
            group = groups[known]
            if group is not None and groups[other] is None and _is_answer(cells[other].text, cells[known].text, group):
                groups[other] = group
    return groups


def _is_answer(text: str, beside: str, group: int) -> bool:
    """Whether a text has the first letter of the one other answer of a pair, and little else: `ม -` beside `ไม่มี`."""
    words = load("columns")["choices"][group]
    others = [word for word in words if key(word) != key(beside)]
    letters = "".join(re.findall("[ก-์A-Za-z]", text))
    return (
        len(others) == len(words) - 1 == 1
        and 0 < len(letters) <= len(others[0]) + 1
        and re.findall("[ก-ฮ]", letters) == re.findall("[ก-ฮ]", others[0])
    )


def _choice_group(text: str) -> int | None:
    """The group of answers (`มี` or `ไม่มี`, `ควบคุมได้` or `ควบคุมไม่ได้`) that a heading cell belongs to."""
    folded = key(text) if len(text) < MAX_HEAD_LENGTH else ""
    groups = enumerate(load("columns")["choices"])
    return next((number for number, words in groups if folded in {key(word) for word in words}), None)


def _is_heading(table: Table, row: int) -> bool:
    cells = _cells(table, row)
    if not cells or any(cell.tables for cell in cells) or any(len(cell.text) > MAX_HEAD_LENGTH for cell in cells):
        return False
    heads = _heads(cells)
    if sum(head.is_calendar for head in heads) >= 3:
        return True
    agencies = sum(head.agency is not None for head in heads)
    if agencies >= 2 and agencies >= len(cells) - 1:
        return True
    divided = sum(not h.is_known and _is_divided(table, c) for c, h in zip(cells, heads, strict=True))
    known = sum(head.is_known for head in heads) + divided
    distinct = {head.label.key for head in heads if head.label}
    kinds = len(distinct) + sum(h.is_calendar or h.is_year for h in heads) + divided
    told = known
    if row == 0:  # below the first row, a word such as `โครงการ` begins the name of one
        stems = [_stem_role(c.text) for c, h in zip(cells, heads, strict=True) if not h.is_known]
        told += sum(role is not None for role in stems)
        if all(cell.is_header for cell in cells):
            known, kinds = told, kinds + len(set(stems) - distinct - {None})
    return known >= 2 and kinds >= 2 and told * 2 >= len(cells)


def _stem_role(text: str) -> str | None:
    """The role that a word in a heading tells where the heading as a whole is not listed (`กลุ่มงานรับผิดชอบ`)."""
    numbering = parse_numbering(text)
    folded = key(text[numbering.end if numbering else 0 :])
    if not folded or len(folded) > MAX_STEMMED:
        return None
    for entry in load("columns")["stems"]:
        begins, holds = entry.get("begins", [""]), entry.get("holds", [""])
        if folded.startswith(tuple(map(key, begins))) and any(key(word) in folded for word in holds):
            return str(entry["role"])
    return None


def _is_divided(table: Table, cell: Cell) -> bool:
    """Whether known heads stand below a heading cell and divide its place."""
    first = _group_end(table, cell)
    below = [c for c in _cells(table, cell.row + cell.row_span) if cell.column <= c.column < first]
    return len(below) >= 2 and all(head.is_known for head in _heads(below))


def _group_end(table: Table, cell: Cell) -> int:
    """The column behind the group that a cell heads: its span, or the blank cells that a lost span left behind it."""
    end = cell.column + cell.column_span
    while end < table.n_columns and (right := table.places.get((cell.row, end))) is not None and not right.text.strip():
        end += 1
    return end


def _continues_heading(table: Table, first: int, row: int) -> bool:
    """Whether `row` divides the heading above: its cells stand under spans, or it numbers the columns."""
    cells = _cells(table, row)
    if not cells or any(cell.tables for cell in cells):
        return False
    if len(cells) >= 2 and all(_COLUMN_NUMBER_CELL.fullmatch(key(cell.text)) for cell in cells):
        return [key(c.text).strip("().") for c in cells] == [str(i + 1) for i in range(len(cells))] or all(
            "(" in c.text for c in cells
        )
    if _lies_below_spans(table, first, row):
        return True
    spans_above = any(
        cell.column_span > 1 or cell.row + cell.row_span > row
        for above in range(first, row)
        for cell in table.starting_in(above)
    )
    known = sum(head.is_known or head.year_be is not None or head.row_kind is not None for head in _heads(cells))
    if spans_above and known * 3 >= len(cells) * 2:
        return True
    if all(cell.is_header for cell in cells) and any(c.is_header for c in table.starting_in(first)):
        return True
    blank_above = sum(not (table.places.get((row - 1, cell.column)) or cell).text.strip() for cell in cells)
    return known == len(cells) and len(cells) >= 2 and (blank_above > 0 or len(cells) < len(_cells(table, first)))


def _lies_below_spans(table: Table, first: int, row: int) -> bool:
    """Whether every cell of `row` stands under a heading that spans columns, all others being covered from above."""
    cells = table.starting_in(row)
    covered = {
        c
        for c in range(table.n_columns)
        if (cell := table.places.get((row, c))) is not None and cell.row >= first and cell.row < row
    }
    under = [table.places.get((cell.row - 1, cell.column)) for cell in cells]
    return (
        len(cells) >= 2
        and len(covered) + sum(cell.column_span for cell in cells) == table.n_columns
        and bool(covered)
        and all(above is not None and above.row >= first and above.column_span > 1 for above in under)
    )


def read_columns(table: Table, start: int, count: int) -> tuple[Column, ...]:
    """The columns of a table headed by rows `start … start+count-1`."""
    columns = [_column(table, start, count, index) for index in range(table.n_columns)]
    is_numbered = any(column.plays("order") for column in columns)
    first = columns[0] if columns and not is_numbered else None
    may_count = first is not None and first.role is None and len(first.head.text.strip()) <= MAX_COUNTING_HEAD
    if may_count and _counts(table, start + count):
        columns[0] = replace(columns[0], role="order")
    return tuple(columns)


def _counts(table: Table, start: int) -> bool:
    """Whether the first column counts the rows from 1 on, whatever was read of its heading."""
    cells = [cell for row in range(start, table.n_rows) for cell in table.starting_in(row) if cell.column == 0]
    numbers = [_COUNT.fullmatch(fold_digits(cell.text)) for cell in cells if cell.text.strip()]
    return len(numbers) >= LEAST_COUNTED and [int(n[1]) if n else 0 for n in numbers] == [
        n + 1 for n in range(len(numbers))
    ]


def _column(table: Table, start: int, count: int, index: int) -> Column:
    stack = _stack(table, start, count, index)
    heads = [_head_in_row(table, cell) for cell in stack]
    head = Quote.join([cell.quote for cell in stack if cell.quote], " ")
    label, label_quote = _best_label(stack, heads, head)
    years = [h.year_be for h in heads if h.year_be]
    is_choice = bool(heads) and heads[-1].is_choice
    heads_calendar = any(head.is_calendar or head.agency is not None for head in heads)
    bracket = _BRACKETED.search(" ".join(head.text.split()))
    return Column(
        index=index,
        head=head,
        label=label_quote,
        role=label.key if label else "choice" if is_choice else _stem_role(head.text) if not heads_calendar else None,
        also=(*label.also, *(("choice",) if is_choice else ())) if label else (),
        number_raw=label.number_raw if label else _number_of(head),
        unit=bracket[1].strip() if bracket else None,
        month=next((h.month for h in reversed(heads) if h.month), None),
        quarter=next((h.quarter for h in reversed(heads) if h.quarter), None),
        year_be=years[-1] if years else None,
        row_kind=next((h.row_kind for h in reversed(heads) if h.row_kind), None),
        agency=next((h.agency for h in reversed(heads) if h.agency), None),
    )


def _head_in_row(table: Table, cell: Cell) -> _Head:
    """What a heading cell says among its neighbours."""
    cells = _cells(table, cell.row)
    return _heads(cells)[cells.index(cell)]


def _number_of(head: Quote) -> str | None:
    numbering = parse_numbering(head.text)
    return numbering.raw if numbering and numbering.path else None


def _stack(table: Table, start: int, count: int, index: int) -> list[Cell]:
    """The heading cells above a column, top to bottom, without the row that numbers the columns."""
    stack: list[Cell] = []
    for row in range(start, start + count):
        cell = table.places.get((row, index))
        if row < start + count - 1 and cell is not None and not cell.text.strip():
            cell = _group_head(table, row, index)
        if cell is None or not cell.text.strip() or cell in stack:
            continue
        if row > start and _COLUMN_NUMBER_CELL.fullmatch(key(cell.text)):
            continue
        stack.append(cell)
    return stack


def _group_head(table: Table, row: int, index: int) -> Cell | None:
    """The cell whose group a blank heading cell belongs to, where merged cells were flattened to blanks."""
    left = [c for c in _cells(table, row) if c.column < index]
    if not left or _group_end(table, left[-1]) <= index or not _is_divided(table, left[-1]):
        return None
    return left[-1]


def _best_label(stack: Sequence[Cell], heads: Sequence[_Head], whole: Quote) -> tuple[Label | None, Quote]:
    """The most specific known label: the whole stack read as one heading, then the lowest known cell."""
    if heads and heads[-1].is_choice:
        return heads[-1].label, stack[-1].quote.strip()
    for cell, head in zip(reversed(stack), reversed(heads), strict=True):
        if head.is_calendar or head.agency is not None:
            return None, cell.quote.strip()
    if stack and heads[-1].label is None and len(stack) > 1:
        joined = match_label(" ".join(whole.text.split()), "columns")
        if joined is not None and joined.score >= 100:
            return joined, whole
    for cell, head in zip(reversed(stack), reversed(heads), strict=True):
        if head.label is not None:
            return head.label, _label_quote(cell.quote, head.label)
    numbering = parse_numbering(whole.text)
    return None, whole.slice(numbering.end).strip() if numbering and numbering.path else whole


def _label_quote(quote: Quote, label: Label) -> Quote:
    """The bare label inside a heading cell. The label's offsets count in the text with single spaces."""
    if " ".join(quote.text.split()) == quote.text:
        return quote.slice(label.label_start, label.label_end)
    number = re.match(r"\s*[(（]?[\d๐-๙]+(?:\.[\d๐-๙]+)*[)）.]*\s*", quote.text) if label.number_raw else None
    return quote.slice(number.end() if number else 0).strip()


def quarters_of(text: str, fiscal_year_be: int | None) -> tuple[int, ...]:
    """Quarters that a text names (`ไตรมาสที่ 1-2`)."""
    return tuple(q for period in find_periods(text, fiscal_year_be=fiscal_year_be) for q in period.quarters)
