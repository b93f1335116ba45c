"""Who came to a meeting, who did not, and who merely sat in: from lists in lines and from tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from ita_extract.errors import ThaiParseError
from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Cell, Quote
from ita_extract.outline.model import Grid, GridRow, Line
from ita_extract.readers.marks import cell_mark
from ita_extract.records import Attendee
from ita_extract.thai.names import PersonName, expand_position, find_names, is_role_or_absence, parse_person_line
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import fold_digits, key

Attendance = Literal["present", "absent", "in_attendance", "unspecified"]

_BRACKETED = re.compile(r"\s*[(（](.+)[)）]\s*")


@cache
def _headings() -> tuple[tuple[str, Attendance], ...]:
    table = load("parts")["attendance"]
    pairs = [(key(word), kind) for kind, words in table.items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def attendance_of(text: str) -> Attendance | None:
    """Which list a line heads (`ผู้มาประชุม`, `ผู้ไม่มาประชุม (ถ้ามี)`), None when it heads none."""
    folded = re.sub(r"\(.*?\)|[\d:.]|(?:จำนวน)?\d*(?:คน|ราย|ท่าน)$", "", key(text))
    if not folded or len(folded) > 45:
        return None
    return next(
        (
            kind
            for word, kind in _headings()
            if folded == word or (folded.startswith(word) and len(folded) - len(word) <= 14)
        ),
        None,
    )


def attendees(
    context: Context, lines: Sequence[Line], grids: Sequence[Grid], meeting_id: str
) -> Iterator[Found | Quote]:
    """Yields the people of one meeting in the order of its lists."""
    kinds = _kinds(lines)
    at_line: dict[int, list[Grid]] = {}
    for grid in grids:
        at_line.setdefault(grid.after_line, []).append(grid)
    current: Attendance | None = None
    started = False
    pending: Line | None = None
    for line in _with_rest(lines):
        heading = attendance_of(line.text)
        if heading is not None:
            current, started, pending = kinds.get(heading, heading), True, None
            yield line.quote
        elif current is not None:
            person, pending = _line(context, line, current, meeting_id, pending)
            if person is not None:
                yield person
            elif pending is None and _ends_list(line):
                current = None
        for grid in at_line.get(line.index, ()):
            yield from _table(context, grid, current or "unspecified", meeting_id, kinds)
    if lines and not started:
        first = lines[0].index
        for grid in grids:
            if grid.after_line < first:
                yield from _table(context, grid, "unspecified", meeting_id, kinds)


def _with_rest(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, people with the role or reason of absence that found no room beside them and stands below.

    What stands above a name in brackets belongs to that one.
    """
    taken = False
    for line, below, after in zip(lines, [*lines[1:], None], [*lines[2:], None, None], strict=False):
        if taken:
            taken = False
            continue
        taken = (
            below is not None
            and is_role_or_absence(below.text)
            and attendance_of(below.text) is None
            and bool(find_names(line.text))
            and (after is None or _BRACKETED.fullmatch(after.text) is None)
        )
        if taken and below is not None:
            quote = Quote.join([line.quote, below.quote], "  ")
            line = replace(line, paragraph=replace(line.paragraph, quote=quote))
        yield line


def _kinds(lines: Sequence[Line]) -> dict[Attendance, Attendance]:
    """`ผู้เข้าร่วมประชุม` means non-members only where `ผู้มาประชุม` lists the members."""
    headed = {attendance_of(line.text) for line in lines}
    return {} if "present" in headed else {"in_attendance": "present"}


def _ends_list(line: Line) -> bool:
    """A line of running text or a part's heading ends a list; a stray short line does not."""
    words = load("parts")["minutes_parts"]
    starts = tuple(key(w) for group in words.values() for w in group)
    return len(line.text) > 120 or key(line.text).startswith(starts)


# ------------------------------------------------------------------ lines
def _line(
    context: Context, line: Line, attendance: Attendance, meeting_id: str, pending: Line | None
) -> tuple[Found | None, Line | None]:
    """A person from a line; a line that holds only a position waits for the bracketed name below it."""
    bracketed = _BRACKETED.fullmatch(line.text)
    if bracketed and pending is not None and find_names(bracketed[1]):
        joined = Quote.join([line.quote.slice(*bracketed.span(1)), pending.quote], "  ")
        return _person(context, joined, attendance, meeting_id), None
    if len(line.text) > 200:
        return None, None
    person = _person(context, line.quote, attendance, meeting_id)
    if person is not None:
        return person, None
    return None, (line if not _ends_list(line) else None)


def _person(context: Context, quote: Quote, attendance: Attendance, meeting_id: str) -> Found | None:
    try:
        read = parse_person_line(quote.text)
    except ThaiParseError:
        return None
    if read.name is None:
        return None
    position = quote.slice(*read.position) if read.position else None
    role = quote.slice(*read.role) if read.role else None
    proxy = quote.slice(*read.proxy_for) if read.proxy_for else None
    reason = quote.slice(*read.absence_reason) if read.absence_reason else None
    order = quote.slice(*read.order) if read.order else None
    return _record(context, read.name, quote, attendance, meeting_id, order, position, role, proxy, reason)


# ------------------------------------------------------------------ tables
def _table(
    context: Context,
    grid: Grid,
    attendance: Attendance,
    meeting_id: str,
    kinds: dict[Attendance, Attendance],
) -> Iterator[Found | Quote]:
    current = attendance
    yield from (column.head for column in grid.columns if column.head)
    for row in grid.rows:
        heading = _row_heading(row)
        if heading is not None:
            current = kinds.get(heading, heading)
            continue
        person = _row(context, grid, row, current, meeting_id)
        if person is not None:
            yield person
        elif filled := [cell.quote for cell in row.cells if cell is not None and cell.text.strip()]:
            yield Quote.join(filled, "\t")


def _row_heading(row: GridRow) -> Attendance | None:
    filled = {id(c): c for c in row.cells if c is not None and c.text.strip()}
    if len(filled) != 1:
        return None
    return attendance_of(next(iter(filled.values())).text)


def _row(context: Context, grid: Grid, row: GridRow, attendance: Attendance, meeting_id: str) -> Found | None:
    """A person from a table row: cells by the headings of their columns, else by what they hold."""
    cells = [(i, c) for i, c in enumerate(row.cells) if c is not None and c.text.strip() and row.starts(i)]
    name_cell = next(((i, c) for i, c in cells if _name_in(c) is not None), None)
    if name_cell is None:
        return None
    index, cell = name_cell
    name = _name_in(cell)
    assert name is not None
    order = next(
        (c.quote.strip() for i, c in cells if i < index and re.fullmatch(r"[\d๐-๙]{1,3}[.)]?", c.text.strip())), None
    )
    quote = cell.quote
    if order is None and (numbering := parse_numbering(quote.text)) is not None:
        order = quote.slice(0, numbering.end).strip()
    found_parts = _other_cells(
        grid, [(i, c) for i, c in cells if i != index and c.quote.strip() is not order and i > index]
    )
    if name.end < len(quote.text.rstrip()) and "position" not in found_parts:
        rest = _person_parts(quote)
        found_parts = {**rest, **found_parts}
    attendance, found_parts = _attendance(grid, row, attendance, found_parts)
    whole = Quote.join([c.quote for _, c in cells], "\t") if len(cells) > 1 else quote
    return _record(
        context,
        name,
        quote,
        attendance,
        meeting_id,
        order,
        found_parts.get("position"),
        found_parts.get("role"),
        found_parts.get("proxy_for"),
        found_parts.get("absence_reason"),
        whole=whole,
    )


def _attendance(
    grid: Grid, row: GridRow, attendance: Attendance, parts: dict[str, Quote]
) -> tuple[Attendance, dict[str, Quote]]:
    """What the row says about coming: a column for it (`มาประชุม`, `ไม่มาประชุม (ลากิจ)`), or a reason of absence."""
    column = grid.column_playing("attendance")
    cell = row.cells[column.index] if column else None
    said = cell.quote.strip() if cell is not None else None
    if said:
        words = load("parts")["attendance_cells"]
        folded = key(re.sub(r"\(.*?\)", "", said.text))
        mark = cell_mark(said.text)
        if folded in {key(w) for w in words["present"]} or (mark is not None and mark.state):
            return "present", {name: quote for name, quote in parts.items() if name != "absence_reason"}
        if folded.startswith(("ไม่", "ขาด", "ลา")) or key(said.text).startswith(tuple(key(w) for w in words["absence"])):
            bracket = re.search(r"[(（]([^()（）]+)[)）]", said.text)
            reason = said.slice(*bracket.span(1)) if bracket else (None if folded.startswith("ไม่") else said)
            kept = {name: quote for name, quote in parts.items() if name != "absence_reason"}
            return "absent", kept | ({"absence_reason": reason} if reason else {})
    if parts.get("absence_reason") and attendance == "unspecified":
        return "absent", parts
    return attendance, parts


def _name_in(cell: Cell) -> PersonName | None:
    text = cell.text
    names = find_names(text)
    if names and not text[: names[0].start].strip(" .)(0123456789๐๑๒๓๔๕๖๗๘๙\n"):
        return names[0]
    return None


def _person_parts(quote: Quote) -> dict[str, Quote]:
    """Position and role printed in the same cell as the name."""
    try:
        read = parse_person_line(quote.text)
    except ThaiParseError:
        return {}
    spans = {
        "position": read.position,
        "role": read.role,
        "proxy_for": read.proxy_for,
        "absence_reason": read.absence_reason,
    }
    return {name: quote.slice(*span) for name, span in spans.items() if span}


def _other_cells(grid: Grid, cells: Sequence[tuple[int, Cell]]) -> dict[str, Quote]:
    parts: dict[str, Quote] = {}
    for index, cell in cells:
        role = grid.columns[index].role if index < len(grid.columns) else None
        quote = cell.quote.strip()
        kind = _kind_of_cell(quote.text, role, has_position="position" in parts)
        if kind is not None and kind not in parts:
            parts[kind] = _without_proxy_word(quote) if kind == "proxy_for" else quote
    return parts


def _kind_of_cell(text: str, column_role: str | None, *, has_position: bool) -> str | None:
    if text in ("-", "–", "—") or column_role == "signature":
        return None
    words = load("parts")["attendance_cells"]
    if key(text).startswith(tuple(key(w) for w in words["absence"])):
        return "absence_reason"
    if re.match(r"[(（]?\s*(?:ผู้)?แทน", text):
        return "proxy_for"
    if column_role in ("role", "position"):
        return column_role
    if key(text) in {key(w) for w in words["roles"]}:
        return "role"
    if column_role in ("note", "attendance"):
        return None if key(text) in {key(w) for w in words["present"]} else "role" if has_position else None
    return "position" if not has_position else "role"


def _without_proxy_word(quote: Quote) -> Quote:
    match = re.match(r"[(（]?\s*(?:ผู้)?แทน[)）]?\s*", quote.text)
    return quote.slice(match.end() if match else 0).strip(" ()（）")


# ------------------------------------------------------------------ records
def _record(
    context: Context,
    name: PersonName,
    quote: Quote,
    attendance: Attendance,
    meeting_id: str,
    order: Quote | None,
    position: Quote | None,
    role: Quote | None,
    proxy: Quote | None,
    reason: Quote | None,
    whole: Quote | None = None,
) -> Found:
    digits = re.search(r"\d+", fold_digits(order.text)) if order else None
    name_quote = quote.slice(name.start, name.end)
    return found(
        Attendee(
            attendee_id=context.ids.next("N"),
            meeting_id=meeting_id,
            attendance=attendance,
            order_no_raw=order.text if order else None,
            order_no=int(digits[0]) if digits else None,
            name_raw=" ".join(name.raw.split()),
            prefix=name.prefix,
            given_name=name.given_name,
            surname=name.surname,
            position_raw=" ".join(position.text.split()) if position else None,
            position=expand_position(position.text) if position else None,
            role_raw=" ".join(role.text.split()) if role else None,
            proxy_for_raw=" ".join(proxy.text.split()) if proxy else None,
            absence_reason_raw=" ".join(reason.text.split()) if reason else None,
        ),
        whole or quote,
        name_raw=name_quote,
        position_raw=position,
        role_raw=role,
        proxy_for_raw=proxy,
        absence_reason_raw=reason,
    )
