"""Shaded months on web pages: backgrounds of cells, in calendars only, and not whole rows or columns."""

from __future__ import annotations

from ita_extract.model import Document, Mark, Table
from ita_extract.readers import read_bytes

HEAD = "<tr bgcolor='#ccc'><th>ที่</th><th>กิจกรรม</th><th>ต.ค.</th><th>พ.ย.</th><th>ธ.ค.</th></tr>"


def marks(document: Document) -> dict[tuple[int, int], Mark]:
    """The marks of the first table by row and column."""
    table = next(b for p in document.pages for b in p.blocks if isinstance(b, Table))
    return {(c.row, c.column): m for c in table.cells for p in c.paragraphs for m in p.marks}


def read(rows: str, head: str = HEAD) -> Document:
    """A page with one table."""
    return read_bytes(f"<html><body><table>{head}{rows}</table></body></html>".encode(), "plan.html")


def test_a_shaded_month_is_a_mark_and_its_tag_is_where_it_stands() -> None:
    document = read(
        "<tr><td>1</td><td>อบรม</td><td></td><td style='color:red; background-color: #FFC'> </td>"
        "<td bgcolor=yellow>&nbsp;</td></tr>"
    )
    found = marks(document)
    assert {place: (mark.state, mark.kind) for place, mark in found.items()} == {
        (1, 3): (True, "shading"),
        (1, 4): (True, "shading"),
    }
    table = next(b for p in document.pages for b in p.blocks if isinstance(b, Table))
    cell = table.places[1, 4]
    assert document.verbatim(document.where(cell.quote)) == "<td bgcolor=yellow>"


def test_zebra_rows_and_tinted_columns_are_no_marks() -> None:
    tint = " bgcolor='#eef'"
    rows = f"<tr><td{tint}>1</td><td{tint}>อบรม</td><td{tint}></td><td{tint}></td><td{tint}></td></tr>"
    rows += "<tr><td>2</td><td>ติดตาม</td><td></td><td style='background:white'></td><td bgcolor=transparent></td></tr>"
    assert marks(read(rows)) == {}


def test_other_tables_have_no_shaded_marks() -> None:
    head = "<tr><th>ที่</th><th>กิจกรรม</th><th>งบประมาณ</th></tr>"
    assert marks(read("<tr><td>1</td><td>อบรม</td><td bgcolor=yellow></td></tr>", head)) == {}
