"""How records are written down: Thai dates, HTML, markdown, and the flattening of nested tables to TAB rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from .rows import thai_digits

_MONTH_NAMES = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
_WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


def thai_date(iso: str, *, digits: bool = False, era: bool = False) -> str:
    """ "2022-01-17" as "17 มกราคม 2565"; with Thai digits, and with พ.ศ. before the year, on request."""
    day = date.fromisoformat(iso)
    text = f"{day.day} {_MONTH_NAMES[day.month - 1]} {'พ.ศ. ' if era else ''}{day.year + 543}"
    return thai_digits(text) if digits else text


def weekday(iso: str) -> str:
    """The day of the week as printed in minutes, "วันพุธ"."""
    return "วัน" + _WEEKDAYS[date.fromisoformat(iso).weekday()]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table nested in a cell: rows of plain text."""

    rows: tuple[tuple[str, ...], ...]

    def html(self) -> str:
        """As the converters write it: a `<` in a label is left unescaped, which is the hazard to survive."""
        body = "".join(f"<tr> {''.join(f'<td>{cell}</td>' for cell in row)} </tr> " for row in self.rows)
        return f'<table border="1"> {body}</table>'


Cell = Sequence[str | Grid]
"""What one cell of an outer table holds, in order: paragraphs (already HTML or plain) and nested grids."""


def _cell_html(cell: Cell) -> str:
    if len(cell) == 1 and isinstance(cell[0], str):
        return cell[0]
    return " ".join(part.html() if isinstance(part, Grid) else f"<p>{part}</p>" for part in cell)


def flatten(rows: Iterable[Sequence[Cell]]) -> str:
    """TAB lines as left by a converter that looks for cells and rows recursively.

    Each cell with a nested grid is followed by the grid's cells as cells of the same line; the grid's rows come
    again as lines of their own; every line is padded to the widest. A line without any text is dropped.
    """
    lines: list[list[str]] = []
    for row in rows:
        grids = [part for cell in row for part in cell if isinstance(part, Grid)]
        line: list[str] = []
        for cell in row:
            line.append(_cell_html(cell))
            line.extend(text for part in cell if isinstance(part, Grid) for inner in part.rows for text in inner)
        lines.append(line)
        lines.extend(list(inner) for grid in grids for inner in grid.rows)
    width = max(len(line) for line in lines)
    return "\n".join("\t".join(line + [""] * (width - len(line))) for line in lines if any(line)) + "\n"


def tab_rows(rows: Iterable[Sequence[str]]) -> str:
    """Plain TAB lines."""
    return "\n".join("\t".join(row) for row in rows) + "\n"


def pipe_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A markdown pipe table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def td(text: str = "", **attributes: int | str) -> str:
    """A data cell; the text is escaped."""
    return _cell("td", text, attributes)


def th(text: str, **attributes: int | str) -> str:
    """A heading cell; the text is escaped."""
    return _cell("th", text, attributes)


def _cell(tag: str, text: str, attributes: dict[str, int | str]) -> str:
    extra = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{extra}>{escape(text, quote=False)}</{tag}>"


def html_table(rows: Iterable[Iterable[str]]) -> str:
    """A table of cells that are already markup, one row a line."""
    body = "\n".join("<tr>" + "".join(row) + "</tr>" for row in rows)
    return f'<table border="1">\n{body}\n</table>'


def html_page(title: str, body: str, charset: str | None = "utf-8") -> str:
    """A whole page; without a charset the reader must find the encoding out for itself."""
    meta = f'<meta charset="{charset}">\n' if charset else ""
    return f"<!DOCTYPE html>\n<html>\n<head>\n{meta}<title>{title}</title>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
