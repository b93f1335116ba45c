"""Workbooks: cells as displayed, tables apart, merged and shaded cells, and the same records as the markup form."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from office_files import p, package, relations, word
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from ita_extract.errors import DamagedError, EmptyInputError, EncryptedError, TooLargeError
from ita_extract.model import Document, Paragraph, Table
from ita_extract.pipeline import extract, extract_bytes
from ita_extract.readers import read, read_bytes
from ita_extract.readers.options import ReadOptions

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from printing.spreadsheet import write_xlsx  # noqa: E402 - scripts are no package

SAMPLES = sorted(path.parent for path in (ROOT / "samples").glob("*/expected.json"))
NOT_THE_SAME = {"documents", "pages", "blocks", "provenance", "sections", "figures"}
PLACES = {"document_id", "page", "where", "source_text", "mark_raw", "selection_type", "mark_kind"}
"""Cells hold text: a check box of a web page becomes its sign."""

MONTHS = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]
BLUE, GREY = PatternFill("solid", fgColor="8DB3E2"), PatternFill("solid", fgColor="D9D9D9")


def _bytes(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _made(fill: Callable[[Worksheet], object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    return _bytes(book)


def _read(fill: Callable[[Worksheet], object]) -> Document:
    return read_bytes(_made(fill), "book.xlsx")


def _rows(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in table.row(number)] for number in range(table.n_rows)]


def _parts(document: Document) -> list[str | list[list[str]]]:
    """Paragraphs as text, tables as rows of text."""
    return [_rows(b) if isinstance(b, Table) else b.quote.text for _, b in document.blocks()]


# ------------------------------------------------------------------ samples
@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_a_sample_in_a_workbook_yields_the_same_records(folder: Path, tmp_path: Path) -> None:
    """Every record of every type, cell by cell; samples with tables in cells cannot be put on a sheet."""
    source = next(folder.glob("source.*"))
    document = read(source)
    if any(cell.tables for _, block in document.blocks() if isinstance(block, Table) for cell in block.cells):
        pytest.skip("a sheet has no nested tables")
    write_xlsx(document, tmp_path / "source.xlsx")
    got, want = extract(tmp_path / "source.xlsx"), extract(source)
    for name in set(want.tables) - NOT_THE_SAME:
        assert _cells(got.rows(name)) == _cells(want.rows(name)), name


def _cells(rows: list[dict[str, object]]) -> list[dict[str, str]]:
    def clean(value: object) -> str:
        text = str(value)
        return " ".join((text.partition("/")[2] if "/" in text[:17] else text).split())

    return [{c: clean(v) for c, v in row.items() if c not in PLACES} for row in rows]


# ------------------------------------------------------------------ values
MOMENT = datetime(2024, 10, 1, 9, 5)


def test_symbol_fonts_and_line_breaks() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "ü", "สอง\nบรรทัด"
        sheet["A1"].font = Font(name="Wingdings")
        sheet.append(["ก", "ข"])

    (table,) = (block for _, block in _read(fill).blocks() if isinstance(block, Table))
    assert [mark.state for mark in table.cells[0].paragraphs[0].marks] == [True]
    assert [p.text for p in table.cells[1].paragraphs] == ["สอง", "บรรทัด"]


def test_formulas_give_their_stored_result_or_none() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["รวม", "=SUM(1,2)"])
        sheet.append(["ก", 1])

    document = _read(fill)
    assert _parts(document) == [[["รวม", ""], ["ก", "1"]]]
    assert any("1 formulas have no stored result (B1)" in warning for warning in document.warnings)


# ------------------------------------------------------------------ what stands where
def test_hidden_things_are_left_out_and_told() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in range(1, 4):
        sheet.append([f"{row}ก", f"{row}ข", f"{row}ค"])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("ลับ").append(["ไม่ควรเห็น"])
    book["ลับ"].sheet_state = "hidden"
    document = read_bytes(_bytes(book), "book.xlsx")
    assert _parts(document) == [[["1ก", "1ค"], ["3ก", "3ค"]]]
    assert len(document.warnings) == 2


def test_titles_tables_and_notes_of_one_sheet() -> None:
    """A merged title, two tables side by side under it, a third below with a note."""

    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "ผลการประเมิน"
        sheet.merge_cells("A1:E1")
        for row, values in enumerate((("ปี", "คะแนน", None, "ระดับ", "ช่วง"), (2566, 90.5, None, "A", "85-94")), 2):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column, value)
        sheet["A6"], sheet["B6"], sheet["A7"], sheet["B7"] = "ลำดับ", "รายการ", 1, "หนึ่ง"
        sheet["A8"] = "หมายเหตุ: " + "ข้อมูล ณ วันที่จัดทำรายงาน " * 2

    assert _parts(_read(fill)) == [
        "ผลการประเมิน",
        [["ปี", "คะแนน"], ["2566", "90.5"]],
        [["ระดับ", "ช่วง"], ["A", "85-94"]],
        [["ลำดับ", "รายการ"], ["1", "หนึ่ง"]],
        ("หมายเหตุ: " + "ข้อมูล ณ วันที่จัดทำรายงาน " * 2).strip(),
    ]


def test_blank_rows_in_a_frame_belong_to_the_table() -> None:
    side = Side(style="thin")

    def fill(sheet: Worksheet) -> None:
        for row, values in enumerate((("ที่", "ชื่อ"), ("1", "ก"), (None, None), ("3", "ค")), 1):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column, value).border = Border(left=side, right=side, top=side, bottom=side)

    assert _parts(_read(fill)) == [[["ที่", "ชื่อ"], ["1", "ก"], ["", ""], ["3", "ค"]]]


def test_each_sheet_is_a_page_headed_by_a_name_that_says_something() -> None:
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Sheet1"
    first.append(["หนึ่ง", "สอง"])
    book.create_sheet("งบประมาณไตรมาสที่ 2").append(["สาม", "สี่"])
    document = read_bytes(_bytes(book), "book.xlsx")
    found = [(page.number, b.quote.text) for page, b in document.blocks() if isinstance(b, Paragraph)]
    assert found == [(2, "งบประมาณไตรมาสที่ 2")]
    assert [page.number for page in document.pages] == [1, 2]


# ------------------------------------------------------------------ records
def _marked(data: bytes) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in extract_bytes(data, "book.xlsx").rows("timeline_months"):
        if row["cell_state"] == "marked":
            found.setdefault(f"{row['activity_id'][-2:]} {row['row_kind']} {row['mark_kind']}", []).append(
                row["fiscal_month"]
            )
    return found


def _month_plan(sheet: Worksheet) -> None:
    """A heading of two rows with a shaded ground, plan and actual, months shaded."""
    sheet["A1"] = "แผนปฏิบัติการส่งเสริมคุณธรรม ประจำปีงบประมาณ พ.ศ. 2568"
    sheet.merge_cells("A1:N1")
    for text, cells in (("กิจกรรม", "A2:A3"), ("แผน/ผล", "B2:B3"), ("พ.ศ. 2567", "C2:E2"), ("พ.ศ. 2568", "F2:N2")):
        sheet[cells.partition(":")[0]] = text
        sheet.merge_cells(cells)
    for column, month in enumerate(MONTHS, 3):
        sheet.cell(3, column, month)
    for row in (2, 3):
        for column in range(1, 15):
            sheet.cell(row, column).fill = GREY
    sheet["A4"], sheet["B4"], sheet["B5"] = "1. อบรมเรื่องความโปร่งใส", "แผน", "ผล"
    sheet.merge_cells("A4:A5")
    for row, number in ((4, 1), (4, 2), (4, 3), (5, 3)):
        sheet.cell(row, number + 2).fill = BLUE


def test_shaded_months() -> None:
    assert _marked(_made(_month_plan)) == {"A1 plan shading": [1, 2, 3], "A1 actual shading": [3]}


def test_score_history_in_thai_digits() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "ผลคะแนน ITA ของกรมหอดูดาวภูมิภาค"
        sheet.append(["ปีงบประมาณ", "คะแนน", "ระดับ"])
        for row, values in enumerate(((2564, 88.5, "A"), (2565, 92.25, "A")), 3):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column, value).number_format = ("[$-D000000]0", "[$-D000000]0.00", "@")[column - 1]

    rows = extract_bytes(_made(fill), "book.xlsx").rows("ita_scores")
    assert [(r["fiscal_year_be"], r["score_raw"], float(r["score"])) for r in rows] == [
        (2564, "๘๘.๕๐", 88.5), (2565, "๙๒.๒๕", 92.25),
    ]  # fmt: skip


def test_results_under_a_heading_of_two_rows() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "รายงานผลการดำเนินการ ประจำปีงบประมาณ พ.ศ. 2567"
        for text, cells in (("โครงการ/กิจกรรม", "A2:A3"), ("งบประมาณ (บาท)", "B2:C2"), ("ผลการดำเนินงาน", "D2:D3")):
            sheet[cells.partition(":")[0]] = text
            sheet.merge_cells(cells)
        sheet["B3"], sheet["C3"] = "จัดสรร", "เบิกจ่าย"
        for row, values in enumerate((("1. อบรมเรื่องความโปร่งใส", 120000, 98500.5, "อบรมแล้ว 2 รุ่น"),), 4):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column, value).number_format = "#,##0.00"

    records = extract_bytes(_made(fill), "book.xlsx")
    assert [(r["kind"], r["amount_raw"]) for r in records.rows("budgets")] == [
        ("allocated", "120,000.00"), ("spent", "98,500.50"),
    ]  # fmt: skip
    assert [r["text"] for r in records.rows("outcomes")] == ["อบรมแล้ว 2 รุ่น"]


def test_attendees_in_a_sheet() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "รายงานการประชุมคณะทำงานขับเคลื่อน ITA", "ครั้งที่ 1/2567"
        sheet["A3"] = "ผู้มาประชุม"
        sheet.append([])
        sheet.append(["ที่", "ชื่อ - สกุล", "ตำแหน่ง"])
        sheet.append([1, "นายสมมติ ทดลองดี", "ผู้อำนวยการ"])
        sheet.append([2, "นางสาวตัวอย่าง เรียงร้อย", "นักวิชาการ"])

    rows = extract_bytes(_made(fill), "book.xlsx").rows("attendees")
    assert [(r["given_name"], r["order_no"]) for r in rows] == [("สมมติ", 1), ("ตัวอย่าง", 2)]


# ------------------------------------------------------------------ drawings
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def _with_parts(data: bytes, parts: dict[str, str], related: dict[str, str]) -> bytes:
    """A workbook with further parts that its first sheet refers to."""
    with ZipFile(BytesIO(data)) as archive:
        old = {name: archive.read(name) for name in archive.namelist()}
    return package({**old, **parts, "xl/worksheets/_rels/sheet1.xml.rels": relations(related)})


def test_check_boxes_on_cells() -> None:
    shape = (
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><div>{}<br></div></v:textbox>'
        '<x:ClientData xmlns:x="urn:schemas-microsoft-com:office:excel" ObjectType="Checkbox">'
        "<x:Anchor>{}</x:Anchor><x:Checked>{}</x:Checked></x:ClientData></v:shape>"
    )
    vml = (
        "<xml>"
        + shape.format("มาก", "1, 5, 0, 2, 2, 0, 1, 0", 1)
        + shape.format("น้อย", "2,0,0,0,3,0,1,0", 0)
        + "</xml>"
    )

    def fill(sheet: Worksheet) -> None:
        sheet.append(["ระดับความมั่นใจ"])
        sheet.append(["ก", "ข", "ค"])

    data = _with_parts(_made(fill), {"xl/drawings/vmlDrawing1.vml": vml}, {"vmlDrawing": "../drawings/vmlDrawing1.vml"})
    (table,) = (block for _, block in read_bytes(data, "book.xlsx").blocks() if isinstance(block, Table))
    assert _rows(table)[0] == ["ระดับความมั่นใจ", "☑ มาก", "☐ น้อย"]
    assert [(m.state, m.kind) for c in table.cells for p in c.paragraphs for m in p.marks] == [
        (True, "html_input"), (False, "html_input"),
    ]  # fmt: skip


def _corner(name: str, column: int) -> str:
    return (
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>180000</xdr:colOff><xdr:row>3</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
    )


@pytest.mark.parametrize(
    ("kind", "end"), [("twoCellAnchor", _corner("to", 6)), ("oneCellAnchor", '<xdr:ext cx="1686000" cy="0"/>')]
)
def test_an_arrow_over_months(kind: str, end: str) -> None:
    """From the first third of November to the first third of February: columns are 562,000 units wide."""
    ends = '<a:ln><a:tailEnd type="arrow"/></a:ln>'
    line = f'<xdr:cxnSp><xdr:spPr><a:prstGeom prst="straightConnector1"/>{ends}</xdr:spPr></xdr:cxnSp>'
    anchor = f"<xdr:{kind}>{_corner('from', 3)}{end}{line}</xdr:{kind}>"
    drawing = f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}">{anchor}</xdr:wsDr>'

    def fill(sheet: Worksheet) -> None:
        _month_plan(sheet)
        for month in range(1, 13):
            sheet.cell(4, month + 2).fill = sheet.cell(5, month + 2).fill = PatternFill()

    data = _with_parts(_made(fill), {"xl/drawings/drawing1.xml": drawing}, {"drawing": "../drawings/drawing1.xml"})
    assert _marked(data) == {"A1 plan arrow": [2, 3, 4]}


# ------------------------------------------------------------------ hazards
def test_files_that_are_no_workbook_have_typed_errors() -> None:
    with pytest.raises(DamagedError):
        read_bytes(b"PK\x03\x04" + bytes(100), "cut.xlsx")
    with pytest.raises(DamagedError):
        read_bytes(package({"[Content_Types].xml": "<Types/>"}), "empty.xlsx")
    with pytest.raises(DamagedError):
        read_bytes(word(p("ก")), "named-wrongly.xlsx")
    with pytest.raises(DamagedError, match="no Word document"):
        read_bytes(_made(_month_plan), "named-wrongly.docx")
    with pytest.raises(EncryptedError):
        read_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked.xlsx")
    with pytest.raises(EmptyInputError):
        read_bytes(_bytes(Workbook()), "blank.xlsx")
    data = _made(_month_plan)
    for length in range(100, len(data), 397):
        with pytest.raises(DamagedError):
            read_bytes(data[:length], "cut.xlsx")


def test_a_stylesheet_that_no_library_accepts_costs_the_looks_and_no_values() -> None:
    """Some programs write attributes that the standard does not know; dates must stay dates."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["วันที่", "คะแนน"])
        sheet.append([MOMENT, 92.345])
        sheet["A2"].number_format, sheet["B2"].number_format = "[$-107041E]d mmm yyyy", "0.00"
        sheet["A1"].fill = GREY

    with ZipFile(BytesIO(_made(fill))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"<patternFill ", b'<patternFill rgbColor="x" ')
    document = read_bytes(package(parts), "odd.xlsx")
    assert _parts(document) == [[["วันที่", "คะแนน"], ["1 ต.ค. 2567", "92.35"]]]
    assert any("looks of cells" in warning for warning in document.warnings)


def test_a_macro_workbook_is_read() -> None:
    assert _parts(read_bytes(_made(lambda sheet: sheet.append(["ก", "ข"])), "macro.xlsm"))


def test_formatted_emptiness_costs_nothing() -> None:
    """60,000 coloured, framed cells without text to the far corners of the sheet."""
    side = Side(style="thin")

    def fill(sheet: Worksheet) -> None:
        sheet.append(["ที่", "ชื่อ"])
        sheet.append([1, "ก"])
        for row in range(3, 3003):
            for column in range(1, 21):
                cell = sheet.cell(row, column)
                cell.fill, cell.border = GREY, Border(left=side, top=side)
        sheet.cell(1_048_576, 16_384).fill = GREY

    data = _made(fill)
    tracemalloc.start()
    document = read_bytes(data, "wide.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert _parts(document) == [[["ที่", "ชื่อ"], ["1", "ก"]]]
    assert peak < 60_000_000


def test_the_limit_on_unpacked_text_holds() -> None:
    data = _made(lambda sheet: [sheet.append([number, f"แถว {number}"]) for number in range(5000)])
    with pytest.raises(TooLargeError):
        read_bytes(data, "long.xlsx", ReadOptions(max_bytes=100_000))
    assert len(_parts(read_bytes(data, "long.xlsx"))[0]) == 5000


def test_openpyxl_reads_what_was_written() -> None:
    """Guards the fixtures above: a workbook with further parts is still a workbook."""
    data = _with_parts(_made(_month_plan), {}, {})
    assert load_workbook(BytesIO(data)).sheetnames == ["Sheet"]
