"""Tables that a page break divides: one table, a cut row one row, a heading printed again a copy."""

from __future__ import annotations

from collections.abc import Sequence

from drawn_pages import HEIGHT, Drawing

from ita_extract.model import Document, Table
from ita_extract.readers import read_bytes

XS = (40, 80, 270, 380, 480)
HEAD = ["ลำดับ", "กิจกรรม", "เป้าหมาย", "ผู้รับผิดชอบ"]
LINE, PAD, FOOT = 15, 4, HEIGHT - 50


def _row(page: Drawing, top: float, texts: Sequence[str], bottom: float | None = None) -> float:
    """Writes cells (lines parted by `|`) below `top`; returns where the row ends."""
    for x, text in zip(XS, texts, strict=False):
        for number, line in enumerate(filter(None, text.split("|"))):
            page.text(x + PAD, top + PAD + 11 + LINE * number, line)
    height = LINE * max(text.count("|") + 1 for text in texts) + 2 * PAD
    return bottom or top + height


def _table(page: Drawing, top: float, rows: Sequence[Sequence[str]], level: Sequence[int] | None = None) -> float:
    """A ruled table whose rows are as high as their text; `level` numbers the level rulings that are drawn."""
    ys = [top]
    for texts in rows:
        ys.append(_row(page, ys[-1], texts))
    for x in XS:
        page.line((x, ys[0]), (x, ys[-1]), width=0.7)
    for number in range(len(ys)) if level is None else level:
        page.line((XS[0], ys[number]), (XS[-1], ys[number]), width=0.7)
    return ys[-1]


def _at_foot(page: Drawing, rows: Sequence[Sequence[str]], level: Sequence[int] | None = None) -> None:
    """The same, ending at the foot of the page."""
    height = sum(LINE * max(text.count("|") + 1 for text in texts) + 2 * PAD for texts in rows)
    _table(page, FOOT - height, rows, level)


def _read(page: Drawing) -> tuple[Document, list[Table]]:
    document = read_bytes(page.data(), "plan.pdf")
    return document, [block for _, block in document.blocks() if isinstance(block, Table)]


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in table.starting_in(row)] for row in range(table.n_rows)]


FIRST = ["1", "อบรมเจ้าหน้าที่", "2 ครั้ง", "กองแผนงาน"]
SECOND = ["2", "เผยแพร่คู่มือ", "1 ฉบับ", "กองช่าง"]


def test_a_heading_printed_again_is_a_copy() -> None:
    page = Drawing()
    _at_foot(page, [HEAD, FIRST])
    page.text(400, HEIGHT - 20, "- 1 -")
    page.end_page()
    page.text(40, 40, "ตารางแผนปฏิบัติการ (ต่อ)")
    _table(page, 50, [HEAD, SECOND])
    document, (table,) = _read(page)
    assert _texts(table) == [HEAD, FIRST, SECOND]
    ((copy,),) = [table.copies]
    assert [quote.text for *_, quote in copy.sources] == HEAD
    assert [leaf.kind for leaf in document.leaves].count("table_copy") == len(HEAD)
    assert {document.where(cell.quote).page for cell in table.starting_in(2)} == {2}


def test_a_part_without_a_heading_goes_on() -> None:
    page = Drawing()
    _at_foot(page, [HEAD, FIRST])
    page.end_page()
    _table(page, 50, [SECOND])
    _, (table,) = _read(page)
    assert _texts(table) == [HEAD, FIRST, SECOND]


def test_a_row_cut_between_lines_is_one_row() -> None:
    page = Drawing()
    begun = "อบรมเจ้าหน้าที่ทุกคนเรื่องการให้บริการประชาชน|และการรับเรื่องร้องเรียนเพิ่มเติมผ่านทางออน"
    _at_foot(page, [HEAD, ["1", begun, "2 ครั้ง", "กองแผนงาน"]])
    page.end_page()
    _table(page, 50, [["", "ไลน์ให้ทั่วถึงทุกพื้นที่", "", ""], SECOND])
    document, (table,) = _read(page)
    whole = begun.replace("|", "") + "ไลน์ให้ทั่วถึงทุกพื้นที่"
    assert _texts(table) == [HEAD, ["1", whole, "2 ครั้ง", "กองแผนงาน"], SECOND]
    quote = table.places[1, 1].quote
    rest = quote.slice(whole.index("ไลน์"))
    assert (document.where(quote).page, document.where(rest).page) == (1, 2)
    assert rest.text.startswith("ไลน์") and document.verbatim(document.where(rest)).startswith("ไลน์")


def test_a_row_that_no_ruling_closes_at_the_break_is_one_row() -> None:
    page = Drawing()
    _at_foot(page, [HEAD, ["1", "ประชุมชี้แจง", "2 ครั้ง", "กองแผนงาน"]], level=(0, 1))
    page.end_page()
    _table(page, 50, [["", "ติดตามผล", "", ""], SECOND], level=(1, 2))
    _, (table,) = _read(page)
    assert _texts(table) == [HEAD, ["1", "ประชุมชี้แจง\nติดตามผล", "2 ครั้ง", "กองแผนงาน"], SECOND]


def test_a_row_with_room_left_above_the_break_is_complete() -> None:
    """A sub-row without number: its cells stand below cells that had ended before the foot of the page."""
    page = Drawing()
    _at_foot(page, [HEAD, ["1", "ประชุม", "อย่างน้อย|ปีละ|สองครั้ง", "กองแผนงาน"]])
    page.end_page()
    _table(page, 50, [["", "ติดตามผล", "", "กองช่าง"]])
    _, (table,) = _read(page)
    assert len(_texts(table)) == 3


def test_rows_of_equal_height_are_rows_of_their_own() -> None:
    page = Drawing()
    _at_foot(page, [["ที่", "ตัวชี้วัด", "2566", "2567"], ["1", "ด้านการใช้อำนาจ", "85.10", "90.25"]])
    page.end_page()
    _table(page, 50, [["2", "ด้านการใช้งบประมาณ", "80.00", "81.50"]])
    _, (table,) = _read(page)
    assert table.n_rows == 3


def test_a_table_nested_in_a_cut_row_is_one_table() -> None:
    page = Drawing()
    heads, marks = ["ไตรมาส 1", "ไตรมาส 2"], ["X", ""]
    for first, texts, top, bottom in ((True, heads, FOOT - 40, FOOT), (False, marks, 50, 90)):
        if first:
            page.text(44, top + 15, "1. แผน")
        for x in (40, 200, 480):
            page.line((x, top), (x, bottom), width=0.7)
        for y in (top, bottom):
            page.line((40, y), (480, y), width=0.7)
        xs, inner = (210, 300, 390), (top + 10, top + 34)
        for x in xs:
            page.line((x, inner[0]), (x, inner[1]), width=0.7)
        for y in inner:
            page.line((xs[0], y), (xs[-1], y), width=0.7)
        for x, text in zip(xs, filter(None, texts), strict=False):
            page.text(x + 3, inner[0] + 15, text)
        if first:
            page.end_page()
    _, (table,) = _read(page)
    assert table.n_rows == 1
    (nested,) = table.places[0, 1].tables
    assert _texts(nested) == [heads, marks]


def test_a_merged_cell_that_the_break_cuts_stays_one_cell() -> None:
    page = Drawing()
    top = FOOT - 2 * (LINE + 2 * PAD)
    ends = _row(page, top, ["1", "ด้านการเปิดเผยข้อมูล", "2 ครั้ง", "กองแผนงาน"])
    _row(page, ends, ["", "", "1 ฉบับ", "กองช่าง"])
    for x in XS:
        page.line((x, top), (x, FOOT), width=0.7)
    for y in (top, FOOT):
        page.line((XS[0], y), (XS[-1], y), width=0.7)
    page.line((XS[2], ends), (XS[-1], ends), width=0.7)
    page.end_page()
    _table(page, 50, [["", "", "3 คน", "กองคลัง"], ["2", "ด้านการใช้อำนาจ", "4 คน", "กองช่าง"]])
    _, (table,) = _read(page)
    assert [(cell.row, cell.row_span, cell.text) for cell in table.cells if cell.column == 1] == [
        (0, 3, "ด้านการเปิดเผยข้อมูล"),
        (3, 1, "ด้านการใช้อำนาจ"),
    ]


def test_another_table_is_not_joined() -> None:
    """A title between, room for the next row at the foot of the page, or other columns."""
    for title, rows, at_foot in (
        ("ตารางที่ 2 งบประมาณ", [HEAD, SECOND], True),
        ("", [SECOND], False),
        ("", [["ชื่อ", "นายสมมุติ ตัวอย่าง"]], True),
    ):
        page = Drawing()
        if at_foot:
            _at_foot(page, [HEAD, FIRST])
        else:
            _table(page, 50, [HEAD, FIRST])
        page.end_page()
        if title:
            page.text(40, 40, title)
        if len(rows[0]) == len(HEAD):
            _table(page, 50, rows)
        else:
            page.grid((40, 200, 480), (50, 80, 110))
            page.text(45, 65, rows[0][0])
            page.text(205, 65, rows[0][1])
        assert len(_read(page)[1]) == 2, title
