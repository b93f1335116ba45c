"""Readers: every character in one block, tables as they were meant, marks, pages, encodings, and hostile input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ita_extract.errors import EmptyInputError, InputError, NotTextError, TooLargeError, UnsupportedInputError
from ita_extract.model import Document, Figure, Paragraph, Table
from ita_extract.readers import read_bytes
from ita_extract.readers.flatten import FlatCell, flatten, unflatten
from ita_extract.readers.marks import cell_mark, find_marks
from ita_extract.readers.options import ReadOptions

THAI = "กขคงจชตนมยรลวสหอา่้ิีุูเแโใไ์ำะัๆฯ๑๒"
TAGS = [
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "<b>",
    "</b>",
    "<br>",
    "<td/colspan=2>",
    "<div>",
    "<figure>",
    "<!--",
    "-->",
    "<script>",
]
SIGNS = [
    "\n",
    "\t",
    "|",
    "| --- | --- |\n",
    "# ",
    "- ",
    "1. ",
    "**",
    "&nbsp;",
    "&lt;",
    "<70%",
    "\f",
    "✓",
    "☐",
    "```\n",
    "  ",
    "\x00",
]
OTHERS = ["<page_number>3</page_number>", "<input type=checkbox checked>", "\u200b", "<", ">", "\r\n", "-----\n"]
PIECES = st.sampled_from([*TAGS, *SIGNS, *OTHERS])
SOUP = st.lists(st.one_of(PIECES, st.text(alphabet=THAI + " .:/-()", max_size=12)), max_size=25).map("".join)


def document(text: str, name: str = "t.txt") -> Document:
    return read_bytes(text.encode(), name)


def table_of(doc: Document) -> Table:
    return next(block for _, block in doc.blocks() if isinstance(block, Table))


def rows(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in table.row(number)] for number in range(table.n_rows)]


def texts(doc: Document) -> list[str]:
    return [block.text for _, block in doc.blocks() if isinstance(block, Paragraph)]


# ------------------------------------------------------------------ the ledger
@given(st.one_of(SOUP, st.text(max_size=120)), st.sampled_from(["t.txt", "t.md", "t.html"]))
def test_every_character_is_in_exactly_one_block(text: str, name: str) -> None:
    try:
        doc = read_bytes(text.encode("utf-8", "surrogatepass"), name)
    except InputError:
        return
    assert doc.leaves[0].start == 0
    assert doc.leaves[-1].end == len(doc.source)
    for leaf, following in zip(doc.leaves, doc.leaves[1:], strict=False):
        assert leaf.start < leaf.end == following.start
    assert [leaf.number for leaf in doc.leaves] == list(range(1, len(doc.leaves) + 1))


def paragraphs(blocks: tuple[object, ...]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        elif isinstance(block, Table):
            for cell in block.cells:
                found += paragraphs(cell.blocks)
    return found


@given(SOUP, st.sampled_from(["t.txt", "t.html"]))
def test_pointers_lead_back(text: str, name: str) -> None:
    try:
        doc = read_bytes(text.encode(), name)
    except InputError:
        return
    for page in doc.pages:
        for paragraph in paragraphs(page.blocks):
            verbatim = doc.verbatim(doc.where(paragraph.quote))
            kept = [char for char in paragraph.text if char.isalnum()]
            assert verbatim.strip() or not kept
            assert doc.leaf_at(paragraph.quote.start).number == paragraph.leaf
            for mark in paragraph.marks:
                assert paragraph.text[mark.start : mark.end].strip()


def spans_of(doc: Document) -> list[tuple[int, int]]:
    """The source spans that blocks, copies and furniture account for."""
    found = [(leaf.start, leaf.end) for leaf in doc.leaves if leaf.kind == "furniture"]
    stack: list[object] = [block for page in doc.pages for block in page.blocks]
    while stack:
        block = stack.pop()
        if isinstance(block, Table):
            stack += [inner for cell in block.cells for inner in cell.blocks]
            quotes = [quote for copy in block.copies for _, _, quote in copy.sources]
        else:
            assert isinstance(block, Paragraph | Figure)
            quotes = [block.quote]
        found += [(run.source_start, run.source_end) for quote in quotes for run in quote.runs]
    return found


@given(SOUP, st.sampled_from(["t.txt", "t.html"]))
def test_no_visible_text_is_lost(text: str, name: str) -> None:
    try:
        doc = read_bytes(text.encode(), name)
    except InputError:
        return
    covered = {position for start, end in spans_of(doc) for position in range(start, end)}
    seen = {p for start, end in doc.visible for p in range(start, end) if doc.source[p].isalnum()}
    assert not seen - covered, [doc.source[p] for p in sorted(seen - covered)]


@given(SOUP)
def test_reading_is_deterministic(text: str) -> None:
    try:
        assert document(text) == document(text)
    except InputError:
        return


# ------------------------------------------------------------------ tables
INNER_CELL = st.builds(FlatCell, st.sampled_from(["ค", "ง", "2", ""]))
INNER: st.SearchStrategy[tuple[tuple[FlatCell[None], ...], ...]] = (
    st.lists(st.lists(INNER_CELL, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3)
    .map(tuple)
    .filter(lambda table: any(cell.text for row in table for cell in row))
)
CELL = st.builds(FlatCell, st.sampled_from(["ก", "ข", "1", "", "ต.ค.", "✓"]), st.lists(INNER, max_size=1).map(tuple))
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=4)


@given(ROWS)
def test_flattening_is_undone(table: list[list[FlatCell[None]]]) -> None:
    printed = flatten(table)
    assert unflatten(printed).rows == table


@given(st.lists(st.lists(st.builds(FlatCell, st.text(max_size=3)), max_size=4), max_size=4))
def test_tables_without_nesting_stay_as_they_are(table: list[list[FlatCell[None]]]) -> None:
    assert unflatten(table).rows == table


def test_a_nested_table_printed_three_times_is_one_table() -> None:
    nested = "<table><tr><td>ต.ค.</td><td>พ.ย.</td></tr><tr><td></td><td>✓</td></tr></table>"
    text = f"กิจกรรม\tระยะเวลา\tผู้รับผิดชอบ\nอบรม\t{nested}\tต.ค.\tพ.ย.\t\t✓\tกองคลัง\nต.ค.\tพ.ย.\t\t\n\t✓\t\t\n"
    table = table_of(document(text))
    assert rows(table) == [["กิจกรรม", "ระยะเวลา", "ผู้รับผิดชอบ"], ["อบรม", "", "กองคลัง"]]
    inner = table.places[1, 1].tables[0]
    assert rows(inner) == [["ต.ค.", "พ.ย."], ["", "✓"]]
    assert inner.copies[0].agrees
    assert len(inner.copies[0].sources) == 6


def test_a_copy_that_differs_is_told() -> None:
    nested = "<table><tr><td>ต.ค.</td><td>พ.ย.</td><td>ธ.ค.</td><td>ม.ค.</td><td>ก.พ.</td></tr></table>"
    table = table_of(document(f"อบรม\t{nested}\tต.ค.\tพ.ย.\tธ.ค.\tม.ค.\tก.ผ.\tกองคลัง\n"))
    assert not table.places[0, 1].tables[0].copies[0].agrees


def test_pipe_tables() -> None:
    text = "| ที่ | โครงการ | งบ |\n|:---|---|--:|\n| 1 | อบรม<br>รุ่นที่ 1 | 2,000 |\n| 2 | ประชุม \\| สัมมนา | - |\n"
    table = table_of(document(text, "t.md"))
    assert rows(table)[1] == ["1", "อบรม\nรุ่นที่ 1", "2,000"]
    assert rows(table)[2][1] == "ประชุม | สัมมนา"
    assert table.places[0, 0].is_header


def test_tables_of_spaces_need_a_known_heading() -> None:
    text = (
        "ลำดับ   โครงการ                 งบประมาณ      ผู้รับผิดชอบ\n"
        "1       อบรมคุณธรรมจริยธรรม      20,000        กองคลัง\n"
        "2       ปรับปรุงเว็บไซต์          -             กองช่าง\n"
    )
    assert rows(table_of(document(text)))[2] == ["2", "ปรับปรุงเว็บไซต์", "-", "กองช่าง"]
    people = "๑. นายเอก ทดสอบ      ผู้อำนวยการ      ประธาน\n๒. นายโท ทดสอบ      หัวหน้ากลุ่ม      กรรมการ\n"
    assert len(texts(document(people))) == 2


def test_html_tables_keep_spans_and_nesting() -> None:
    html = (
        "<table><tr><th rowspan=2>โครงการ<th colspan=2>งบประมาณ</tr><tr><td>จัดสรร<td>เบิกจ่าย</tr>"
        "<tr><td>อบรม<table><tr><td>ใน</table><td>5<td>4</table>"
    )
    table = table_of(document(html, "t.html"))
    assert rows(table) == [["โครงการ", "งบประมาณ", "งบประมาณ"], ["โครงการ", "จัดสรร", "เบิกจ่าย"], ["อบรม", "5", "4"]]
    assert rows(table.places[2, 0].tables[0]) == [["ใน"]]


def test_less_than_is_no_tag() -> None:
    table = table_of(document("<table><tr><td>น้อย <70%</td><td>มาก >80%</td></tr></table>"))
    assert rows(table) == [["น้อย <70%", "มาก >80%"]]


def test_lists_with_tabs_are_no_tables() -> None:
    assert texts(document("1.\tศึกษาหลักเกณฑ์\n2.\tจัดประชุม\n")) == ["1.\tศึกษาหลักเกณฑ์", "2.\tจัดประชุม"]


# ------------------------------------------------------------------ marks
def test_check_boxes_of_forms() -> None:
    doc = document('<p><input type="radio" name=a checked> ใช่ <input type="radio" name=a> ไม่ใช่</p>', "t.html")
    paragraph = next(block for _, block in doc.blocks() if isinstance(block, Paragraph))
    assert paragraph.text == "☑ ใช่ ☐ ไม่ใช่"
    assert [(mark.state, mark.kind) for mark in paragraph.marks] == [(True, "html_input"), (False, "html_input")]
    assert paragraph.marks[0].raw.startswith("<input")


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("☐ แผนใหม่ ☑ แผนต่อเนื่อง", [False, True]),
        ("( / ) โครงการต่อเนื่อง (   ) โครงการใหม่", [True, False]),
        ("[x] ใช่ [ ] ไม่ใช่", [True, False]),
        ("\uf0fe ใช้งบประมาณ \uf0a8 ไม่ใช้", [True, False]),
        ("● ใช่ ○ ไม่ใช่", [True, False]),
        ("● ข้อหนึ่ง", []),
        ("Facebook / Line", []),
        ("พ.ศ. 2564 (ต่อ)", []),
    ],
)
def test_marks_in_text(text: str, states: list[bool]) -> None:
    assert [mark.state for mark in find_marks(text)] == states


@pytest.mark.parametrize(
    ("text", "state"), [("✓", True), ("/", True), ("●", True), ("☐", False), ("( )", False), ("(✓)", True)]
)
def test_marks_alone_in_a_cell(text: str, state: bool) -> None:
    mark = cell_mark(text)
    assert mark is not None
    assert mark.state is state


@pytest.mark.parametrize("text", ["", "-", "12", "ต.ค.", "Facebook / Line", "มาก"])
def test_cells_without_mark(text: str) -> None:
    assert cell_mark(text) is None


# ------------------------------------------------------------------ pages and furniture
def test_page_numbers_and_running_heads_are_furniture() -> None:
    pages = [
        f"รายงานผลการดำเนินการ สำนักงานทดสอบ\n\nเนื้อหาของหน้า {word}\n\n<page_number>{n}</page_number>\n"
        for n, word in enumerate("กขค", 1)
    ]
    doc = document("\n".join(pages))
    assert [page.number for page in doc.pages if page.blocks] == [1, 2, 3]
    kinds = [leaf.kind for leaf in doc.leaves]
    assert kinds.count("furniture") == 5
    assert texts(doc).count("รายงานผลการดำเนินการ สำนักงานทดสอบ") == 1


@pytest.mark.parametrize("separator", ["\f", "--- Page 2 ---", "=== หน้า ๒ ===", "[Page 2]"])
def test_page_breaks(separator: str) -> None:
    doc = document(f"หน้าแรก\n{separator}\nหน้าสอง\n")
    assert [[p.text for p in paragraphs(page.blocks)] for page in doc.pages] == [["หน้าแรก"], ["หน้าสอง"]]


def test_an_engine_in_a_loop_is_heard_once() -> None:
    doc = document("หัวข้อ\n" + "การดำเนินงาน\n" * 40 + "จบ\n")
    assert texts(doc) == ["หัวข้อ", "การดำเนินงาน", "จบ"]


def test_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        "ด้วยสำนักงานได้รับผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานแล้ว",
        "จึงกำหนดมาตรการเพื่อแก้ไขข้อบกพร่องที่พบจากการประเมิน และมอบหมายให้ทุกกองนำไปปฏิบัติ",
        "พร้อมทั้งรายงานผลการดำเนินงานต่อคณะทำงานทุกไตรมาส เพื่อติดตามความก้าวหน้าของทุกมาตรการ",
        "อย่างต่อเนื่อง",
        "๑. ให้ทุกกองจัดทำคู่มือการปฏิบัติงาน",
    ]
    assert len(texts(document("\n".join(lines)))) == 2


def test_figures() -> None:
    doc = document("<figure>ภาพการอบรม</figure>\n\n![แผนภูมิ](a.png)\n")
    assert [block.quote.text for _, block in doc.blocks() if isinstance(block, Figure)] == ["ภาพการอบรม", "แผนภูมิ"]


# ------------------------------------------------------------------ encodings
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16", "utf-16-le"])
def test_encodings(encoding: str) -> None:
    data = "แผนปฏิบัติการป้องกันการทุจริต ประจำปี 2566\nหน่วยงาน : กองทดสอบ\n".encode(encoding)
    assert texts(read_bytes(data, "t.txt"))[0] == "แผนปฏิบัติการป้องกันการทุจริต ประจำปี 2566"


def test_a_wrong_declaration_is_overruled() -> None:
    data = '<html><head><meta charset="utf-8"></head><body><p>แผนงานทดสอบระบบ</p></body></html>'.encode("cp874")
    doc = read_bytes(data, "t.html")
    assert texts(doc) == ["แผนงานทดสอบระบบ"]
    assert doc.encoding == "cp874"


def test_thai_read_as_latin_is_undone() -> None:
    spoilt = ("แผนปฏิบัติการป้องกันการทุจริต " * 5).encode("cp874").decode("latin-1").encode()
    doc = read_bytes(spoilt, "t.txt")
    assert "แผนปฏิบัติการ" in texts(doc)[0]
    assert doc.warnings


# ------------------------------------------------------------------ bad input
def test_binary_data_is_a_typed_error() -> None:
    with pytest.raises(UnsupportedInputError, match="PDF"):
        read_bytes(b"%PDF-1.7\n...", "report.txt")
    with pytest.raises(NotTextError):
        read_bytes(bytes(range(256)) * 40, "report.txt")


@pytest.mark.parametrize("data", [b"", b"   \n\n", b"\x00" * 100, b"\xef\xbb\xbf", b"<table></table>", b"<p></p><br>"])
def test_empty_input_is_a_typed_error(data: bytes) -> None:
    with pytest.raises(EmptyInputError) as caught:
        read_bytes(data, "t.txt")
    assert caught.value.remedy


def test_too_large_and_unsupported() -> None:
    with pytest.raises(TooLargeError, match="limit"):
        read_bytes(b"x" * 1001, "t.txt", ReadOptions(max_bytes=1000))
    with pytest.raises(UnsupportedInputError):
        read_bytes(b"x", "t.exe")


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td>" * 10_000 + "ลึก",
        "<div>" * 50_000 + "ลึก",
        "<b" * 50_000 + "ก",
        "<!--" * 50_000 + "ก",
        "<td " * 50_000 + "ก",
        "ก\x00ข" * 1000,
        "<table><tr><td colspan=999999 rowspan=999999>ก</td></tr></table>",
        "|" * 20_000 + "\n|ก|",
        "\t" * 20_000 + "ก\tข\n",
        "(" * 20_000 + "ก",
        "[ ] " * 5_000,
        "ก" * 200_000,
    ],
    ids=[
        "tables",
        "divs",
        "open tags",
        "comments",
        "open cells",
        "NULs",
        "spans",
        "pipes",
        "tabs",
        "brackets",
        "boxes",
        "one word",
    ],
)
def test_hostile_input_is_survived(text: str) -> None:
    assert document(text).leaves
