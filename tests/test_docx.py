"""Word documents: the same records as the markup form, and what only Word hides in its XML read as it is seen."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import blocks_of, p, table, tc, texts_of, word

from ita_extract.model import Document, Paragraph, Table
from ita_extract.pipeline import extract, extract_bytes
from ita_extract.readers import read, read_bytes

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
from printing.word import write_docx  # noqa: E402 - scripts are no package

SAMPLES = sorted(path.parent for path in (ROOT / "samples").glob("*/expected.json"))
NOT_THE_SAME = {"documents", "pages", "blocks", "provenance", "sections", "figures"}
"""Tables that tell how the file is built; the writer prints captions in place of pictures."""
PLACES = {"document_id", "page", "where", "source_text", "mark_raw", "selection_type"}
"""Word has no radio buttons, so that only ticked boxes tell whether several may be ticked."""


def _read(body: str, related: dict[str, str] | None = None, **parts: str) -> Document:
    return read_bytes(word(body, related, **parts), "file.docx")


def _table(document: Document) -> Table:
    return next(block for block in blocks_of(document) if isinstance(block, Table))


def _spans(found: Table) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.row_span, c.column_span, c.text) for c in found.cells]


# ------------------------------------------------------------------ samples
@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.name)
def test_a_sample_written_by_a_word_processor_yields_the_same_records(folder: Path, tmp_path: Path) -> None:
    """Every record of every type, cell by cell; only pointers and what a mark was made of differ."""
    source = next(folder.glob("source.*"))
    target = tmp_path / "source.docx"
    write_docx(read(source), target, font="TH Sarabun New")
    got, want = extract(target), extract(source)
    for name in set(want.tables) - NOT_THE_SAME:
        assert _cells(got.rows(name)) == _cells(want.rows(name)), name


def _cells(rows: list[dict[str, object]]) -> list[dict[str, str]]:
    """Rows without pointers and identifiers of their document; white space folded: Word has no line breaks in cells."""

    def clean(value: object) -> str:
        return (
            " ".join(str(value).partition("/")[2].split()) if "/" in str(value)[:17] else " ".join(str(value).split())
        )

    return [{c: clean(v) for c, v in row.items() if c not in PLACES} for row in rows]


def test_the_leaves_hold_every_character() -> None:
    document = _read(p("ก") + table([tc("ข"), tc("ค")]) + p("ง"))
    assert "".join(document.source[leaf.start : leaf.end] for leaf in document.leaves) == document.source
    assert [leaf.kind for leaf in document.leaves] == ["paragraph", "table", "table", "paragraph"]


# ------------------------------------------------------------------ text
def test_breaks_tabs_and_hyphens() -> None:
    body = (
        "<w:p><w:r><w:t>หนึ่ง</w:t><w:br/><w:t>สอง</w:t><w:tab/><w:t>สาม</w:t><w:noBreakHyphen/><w:t>สี่</w:t></w:r></w:p>"
    )
    assert texts_of(_read(body)) == ["หนึ่ง", "สอง\tสาม-สี่"]


def test_tracked_changes_are_read_as_accepted() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p>{run.format('ร้อยละ ')}<w:del><w:r><w:delText>80</w:delText></w:r></w:del>"
        f"<w:ins>{run.format('90')}</w:ins></w:p>"
        f"<w:p><w:moveFrom>{run.format('ย้าย')}</w:moveFrom></w:p><w:p><w:moveTo>{run.format('ย้าย')}</w:moveTo></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + tc("ลบแล้ว") + "</w:tr><w:tr>" + tc("ยังอยู่") + "</w:tr></w:tbl>"
    )
    document = _read(body)
    assert texts_of(document) == ["ร้อยละ 90", "ย้าย"]
    assert _spans(_table(document)) == [(0, 0, 1, 1, "ยังอยู่")]


def test_hidden_text_and_instructions_of_fields_are_not_seen() -> None:
    body = (
        p("ซ่อน", run="<w:vanish/>")
        + p("เห็น", run='<w:vanish w:val="0"/>')
        + '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "http://x"</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>ลิงก์</w:t><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:fldSimple w:instr="DATE"><w:r><w:t> 1 ต.ค. 2567</w:t></w:r></w:fldSimple>'
        '<w:hyperlink r:id="h1"><w:r><w:t> ดูเอกสาร</w:t></w:r></w:hyperlink></w:p>'
    )
    assert texts_of(_read(body, {"hyperlink1": "https://example.org/x"})) == ["เห็น", "ลิงก์ 1 ต.ค. 2567 ดูเอกสาร"]


def test_a_text_box_is_read_once() -> None:
    inner = f"<w:txbxContent>{p('ในกล่อง')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>นอกกล่อง</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<wps:txbx>{inner}</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts_of(_read(body)) == ["นอกกล่อง", "ในกล่อง"]


def test_content_controls() -> None:
    body = (
        f"<w:sdt><w:sdtContent>{p('ในตัวควบคุม')}</w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>ระดับ: </w:t></w:r><w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>"
        "<w:r><w:t>สูง</w:t></w:r></w:sdtContent></w:sdt><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        "<w:r><w:t>คลิกเพื่อใส่ข้อความ</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert texts_of(_read(body)) == ["ในตัวควบคุม", "ระดับ: สูง"]


def test_notes_stand_behind_what_refers_to_them() -> None:
    notes = f'<w:footnote w:type="separator" w:id="0">{p("เส้น")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{p("ที่มา: รายงาน")}</w:footnote>'
    body = '<w:p><w:r><w:t>คะแนน 92</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + p("ถัดไป")
    assert texts_of(_read(body, footnotes=notes)) == ["คะแนน 92", "ที่มา: รายงาน", "ถัดไป"]


def test_heads_and_feet_are_furniture() -> None:
    refer = '<w:{0}Reference w:type="default" r:id="{0}"/>'.format
    section = f"<w:sectPr>{refer('header')}{refer('footer')}</w:sectPr>"
    document = _read(p("เนื้อความ") + section, header=p("กรมหอดูดาว"), footer=p("หน้า 1"))
    assert texts_of(document) == ["เนื้อความ"]
    kinds = {document.source[leaf.start : leaf.end].strip(): leaf.kind for leaf in document.leaves}
    assert kinds == {"กรมหอดูดาว": "furniture", "เนื้อความ": "paragraph", "หน้า 1": "furniture"}


def test_pages_are_those_of_the_paper() -> None:
    """Word notes a break twice, where it was asked for and where it fell."""
    body = (
        p("หนึ่ง")
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>สอง</w:t></w:r></w:p>'
        + p("สาม", "<w:pageBreakBefore/>")
        + '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>'
        + p("สี่")
        + '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/></w:sectPr>'
    )
    document = _read(body)
    assert [(page.number, block.text) for page, block in document.blocks() if isinstance(block, Paragraph)] == [
        (1, "หนึ่ง"), (2, "สอง"), (3, "สาม"), (4, "สี่"),
    ]  # fmt: skip
    rows = extract_bytes(word(body), "file.docx").rows("pages")
    assert [row["width"] > row["height"] for row in rows] == [False, False, False, True]


def test_pictures_keep_their_place() -> None:
    graphic = "<a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic>"
    picture = f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>"
    blocks = blocks_of(_read(p("ก่อน") + f"<w:p>{picture}</w:p>" + p("หลัง")))
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Figure", "Paragraph"]


# ------------------------------------------------------------------ headings, bold, numbering
STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="หัวเรื่อง"/><w:basedOn w:val="a"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="d"><w:name w:val="Strong"/><w:rPr><w:bCs/></w:rPr></w:style>'
)  # fmt: skip


def test_headings_by_style_and_by_type() -> None:
    text = "ข้อความธรรมดาที่ยาวพอสมควรเพื่อให้เป็นขนาดปกติของเอกสาร"
    body = (
        p("ตามรูปแบบ", '<w:pStyle w:val="b"/>')
        + p("ตามระดับ", '<w:pStyle w:val="c"/>')
        + p("ตัวใหญ่", run='<w:szCs w:val="44"/>')
        + p("ตัวหนา", run='<w:rStyle w:val="d"/>')
        + p(text)
        + table([tc(p("ในตาราง", run="<w:b/><w:bCs/>"))])
    )
    document = _read(body, styles=STYLES)
    found = [(b.text, b.role, b.level) for b in blocks_of(document) if isinstance(b, Paragraph)]
    assert found == [
        ("ตามรูปแบบ", "heading", 2), ("ตามระดับ", "heading", 1), ("ตัวใหญ่", "heading", 1), ("ตัวหนา", "heading", 3),
        (text, "paragraph", 0),
    ]  # fmt: skip
    assert _table(document).cells[0].paragraphs[0].role == "paragraph"


def test_a_bold_label_before_its_value() -> None:
    label = "<w:r><w:rPr><w:bCs/></w:rPr><w:t>งบประมาณ</w:t></w:r>"
    body = f"<w:p>{label}<w:r><w:t xml:space='preserve'> 500 บาท</w:t></w:r></w:p>"
    (paragraph,) = [b for b in blocks_of(_read(body)) if isinstance(b, Paragraph)]
    assert (paragraph.role, paragraph.text[: paragraph.bold_end].strip()) == ("paragraph", "งบประมาณ")


def _level(at: int, form: str, pattern: str, more: str = "") -> str:
    form = f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/>{form}{more}</w:lvl>'


def _item(text: str, number: int, at: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{_level(0, "thaiNumbers", "%1.")}{_level(1, "thaiNumbers", "%1.%2")}'
    f"{_level(2, 'thaiLetters', '(%3)')}</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">'
    + _level(0, "bullet", "\uf0b7", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>')
    + _level(1, "bullet", "\uf0a8", '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>')
    + _level(2, "bullet", "-")
    + f'</w:abstractNum><w:abstractNum w:abstractNumId="2">{_level(0, "upperRoman", "%1")}'
    f"{_level(1, 'decimal', '%1-%2', '<w:isLgl/>')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    '</w:lvlOverride></w:num><w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
)


def test_automatic_numbers_are_text() -> None:
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (3, 0), (1, 0), (4, 0), (4, 1)]
    found = texts_of(_read("".join(_item("ก", number, at) for number, at in places), numbering=NUMBERING))
    assert found == ["๑. ก", "๑.๑ ก", "๑.๒ ก", "(ก) ก", "๒. ก", "๒.๑ ก", "๕. ก", "๖. ก", "I ก", "1-1 ก"]


def test_a_number_alone_fills_a_cell() -> None:
    rows = [[tc(_item("", 1)), tc(f"งานที่ {n}")] for n in (1, 2)]
    assert [c.text for c in _table(_read(table(*rows), numbering=NUMBERING)).cells] == ["๑.", "งานที่ 1", "๒.", "งานที่ 2"]


def test_numbers_that_come_with_a_style() -> None:
    """The list names the style of each level, the style only the list; a paragraph may take the number away."""
    levels = _level(0, "decimal", "ส่วนที่ %1", '<w:pStyle w:val="a"/>')
    levels += _level(1, "decimal", "%1.%2", '<w:pStyle w:val="b"/>')
    numbering = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for name in "ab"
    )
    body = "".join(p("ก", f'<w:pStyle w:val="{name}"/>') for name in "abba")
    body += p("ข", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts_of(_read(body, styles=styles, numbering=numbering)) == ["ส่วนที่ 1 ก", "1.1 ก", "1.2 ก", "ส่วนที่ 2 ก", "ข"]


def test_thai_letters_leave_out_those_no_longer_written() -> None:
    found = texts_of(_read("".join(_item("-", 1, 2) for _ in range(42)), numbering=NUMBERING))
    assert "".join(text[1] for text in found[:41]) == "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
    assert found[41].startswith("(กก)")


def test_bullets_make_list_items_and_box_bullets_stay_boxes() -> None:
    body = "".join(_item(text, 2, at) for at, text in enumerate(("หนึ่ง", "สอง", "สาม"))) + _item("", 2)
    found = [b for b in blocks_of(_read(body, numbering=NUMBERING)) if isinstance(b, Paragraph)]
    assert [(b.text, b.role) for b in found] == [
        ("หนึ่ง", "list_item"), ("\uf0a8 สอง", "list_item"), ("- สาม", "list_item"),
    ]  # fmt: skip
    assert [mark.state for mark in found[1].marks] == [False]


# ------------------------------------------------------------------ tables
def test_merged_nested_and_indented_cells() -> None:
    nested = table([tc("ใน")])
    body = (
        table(
            [tc("ก", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>'), tc("ข")],
            [tc("", '<w:gridSpan w:val="2"/><w:vMerge/>'), tc(nested + p())],
        )
        + "<w:tbl><w:tr>"
        + tc("1")
        + tc("2")
        + "</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>"
        + tc("3")
        + "</w:tr></w:tbl>"
    )
    first, second = (block for block in blocks_of(_read(body)) if isinstance(block, Table))
    assert _spans(first) == [(0, 0, 2, 1, "ก"), (0, 1, 1, 1, "ข"), (1, 1, 1, 1, "")]
    assert _spans(first.cells[2].tables[0]) == [(0, 0, 1, 1, "ใน")]
    assert _spans(second) == [(0, 0, 1, 1, "1"), (0, 1, 1, 1, "2"), (1, 1, 1, 1, "3")]


def test_columns_of_tabs_under_a_heading_are_a_table() -> None:
    def line(*cells: str) -> str:
        return "<w:p><w:r>" + "<w:tab/>".join(f"<w:t>{cell}</w:t>" for cell in cells) + "</w:r></w:p>"

    rows = (
        ["ลำดับ", "ชื่อ - สกุล", "ตำแหน่ง"],
        ["๑.", "นายสมมติ ทดลองดี", "ผู้อำนวยการ"],
        ["๒.", "นางตัวอย่าง เรียงร้อย", "นักวิชาการ"],
    )
    document = _read(p("รายชื่อ") + "".join(line(*row) for row in rows) + p("จบ") + line("ลงชื่อ", "ผู้จัดทำ"))
    assert [[cell.text for cell in _table(document).starting_in(row)] for row in range(3)] == list(rows)
    assert texts_of(document) == ["รายชื่อ", "จบ", "ลงชื่อ\tผู้จัดทำ"]


@st.composite
def _grids(draw: st.DrawFn) -> list[tuple[int, int, int, int, str]]:
    """A grid cut into merged cells: (row, column, row span, column span, text)."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            height, width = draw(st.integers(1, rows - row)), draw(st.integers(1, columns - column))
            places = {(r, c) for r in range(row, row + height) for c in range(column, column + width)}
            if places & taken:
                places, height, width = {(row, column)}, 1, 1
            taken |= places
            cells.append((row, column, height, width, f"ช่อง {row}{column}"))
    return cells


@settings(max_examples=40)
@given(_grids())
def test_any_merged_grid_comes_back(cells: list[tuple[int, int, int, int, str]]) -> None:
    """Written by python-docx. Grid lines that no cell begins at are not seen, so such grids come back narrower."""
    out, file = BytesIO(), docx.Document()
    grid = file.add_table(max(r + h for r, _, h, _, _ in cells), max(c + w for _, c, _, w, _ in cells))
    for row, column, height, width, text in cells:
        target = grid.cell(row, column).merge(grid.cell(row + height - 1, column + width - 1))
        target.paragraphs[0].text = text
    file.save(out)
    starts = sorted({column for _, column, _, _, _ in cells})
    want = [(r, starts.index(c), h, sum(c <= start < c + w for start in starts), text) for r, c, h, w, text in cells]
    assert _spans(_table(read_bytes(out.getvalue(), "grid.docx"))) == want


# ------------------------------------------------------------------ damage
@settings(max_examples=60)
@given(st.data())
def test_damaged_xml_gives_a_document_or_a_typed_error(data: st.DataObject) -> None:
    """Values of attributes are replaced at random; whatever Word would make of it, nothing else is raised."""
    body = (
        _item("ก", 1)
        + table([tc("ข", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>')])
        + p("ค", run='<w:sz w:val="20"/>')
    )
    value = data.draw(st.sampled_from(["", "-1", "0", "99999999999", "x", "1e400", "๕"]))
    at = data.draw(st.integers(0, body.count('w:val="') - 1))
    pieces = body.split('w:val="')
    tail = pieces[at + 1].partition('"')[2]
    damaged = 'w:val="'.join([*pieces[: at + 1], value + '"' + tail, *pieces[at + 2 :]])
    assert texts_of(_read(damaged, numbering=NUMBERING))
