"""Marks in Word documents: check boxes of every age, symbols, shaded months, arrows and bars drawn over months."""

from __future__ import annotations

import pytest
from office_files import blocks_of, p, table, tc, word

from ita_extract.model import Document, Paragraph
from ita_extract.pipeline import extract_bytes
from ita_extract.readers import read_bytes


def _read(body: str, related: dict[str, str] | None = None, **parts: str) -> Document:
    return read_bytes(word(body, related, **parts), "file.docx")


def test_check_boxes_of_every_age() -> None:
    begin = '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="{}"/>{}</w:checkBox></w:ffData>'
    rest = "<w:instrText>FORMCHECKBOX</w:instrText>"
    rest += "".join(f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("separate", "end"))
    old = f"<w:r>{begin}</w:fldChar>{rest}</w:r>"
    new = '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr>'
    new += "<w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>"
    symbol = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    label = "<w:r><w:t xml:space='preserve'> มาก </w:t></w:r>"
    body = "".join(
        f"<w:p>{box}{label}</w:p>"
        for box in (
            old.format(0, "<w:checked/>"), old.format(1, '<w:checked w:val="0"/>'), old.format(1, ""),
            new.format(1, "☒"), new.format(0, "☐"),
            symbol.format("Wingdings", "F0FE"), symbol.format("Wingdings 2", "00A3"),
            '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>ü</w:t></w:r>',
            symbol.format("Symbol", "F0A3"),
        )
    )  # fmt: skip
    found = [[(m.state, m.kind) for m in b.marks] for b in blocks_of(_read(body)) if isinstance(b, Paragraph)]
    on, off = [(True, "html_input")], [(False, "html_input")]
    ticked, blank = [(True, "private_use")], [(False, "private_use")]
    assert found == [on, off, on, on, off, ticked, blank, ticked, []]


MONTHS = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]


def _month_table(*rows: list[str]) -> bytes:
    head = [tc("กิจกรรม", '<w:shd w:fill="D9D9D9"/>'), *(tc(month, '<w:shd w:fill="D9D9D9"/>') for month in MONTHS)]
    title = p("แผนปฏิบัติการส่งเสริมคุณธรรม ประจำปีงบประมาณ พ.ศ. 2568")
    return word(title + table(head, *rows, widths=(3000, *[600] * 12)))


def _marked(data: bytes) -> list[tuple[str, list[int]]]:
    rows = extract_bytes(data, "file.docx").rows("timeline_months")
    kinds: dict[str, list[int]] = {}
    for row in rows:
        if row["cell_state"] == "marked":
            kinds.setdefault(f"{row['activity_id'][-2:]} {row['mark_kind']}", []).append(row["fiscal_month"])
    return list(kinds.items())


def test_shaded_months_are_marked_and_grounds_are_not() -> None:
    """Three grounds that say nothing: the heading's, a zebra row's, and white."""
    zebra, white = '<w:shd w:fill="F2F2F2"/>', '<w:shd w:val="clear" w:fill="FFFFFF"/>'
    blue = '<w:shd w:val="clear" w:color="auto" w:fill="8DB3E2"/>'
    data = _month_table(
        [tc("1. อบรมเรื่องความโปร่งใส"), *(tc("", blue if month in (2, 3) else white) for month in range(1, 13))],
        [tc("2. เผยแพร่คู่มือการให้บริการ", zebra), *(tc("", blue if month == 7 else zebra) for month in range(1, 13))],
    )
    assert [months for _, months in _marked(data)] == [[2, 3], [7]]
    assert {kind.split()[1] for kind, _ in _marked(data)} == {"shading"}


def test_a_year_shaded_from_end_to_end_is_marked() -> None:
    data = _month_table([tc("1. อบรมเรื่องความโปร่งใส"), *[tc("", '<w:shd w:fill="D9D9D9"/>')] * 12])
    assert [months for _, months in _marked(data)] == [list(range(1, 13))]


@pytest.mark.parametrize(("end", "kind"), [('<a:tailEnd type="triangle"/>', "arrow"), ("", "bar")])
def test_lines_drawn_over_months(end: str, kind: str) -> None:
    """The line hangs in November and reaches to February, a little short of both edges."""
    place = '<wp:positionH relativeFrom="column"><wp:posOffset>31750</wp:posOffset></wp:positionH>'
    shape = f'<wps:wsp><wps:spPr><a:prstGeom prst="line"/><a:ln>{end}</a:ln></wps:spPr></wps:wsp>'
    graphic = f"<a:graphic><a:graphicData>{shape}</a:graphicData></a:graphic>"
    anchor = f'<wp:anchor>{place}<wp:extent cx="{2200 * 635}" cy="0"/>{graphic}</wp:anchor>'
    line = f"<w:p><w:r><w:drawing>{anchor}</w:drawing></w:r></w:p>"
    cells = [tc(line if month == 2 else "") for month in range(1, 13)]
    assert [months for _, months in _marked(_month_table([tc("1. อบรมเรื่องความโปร่งใส"), *cells]))] == [[2, 3, 4, 5]]
    assert {k.split()[1] for k, _ in _marked(_month_table([tc("1. อบรมเรื่องความโปร่งใส"), *cells]))} == {kind}


def test_an_arrow_of_old_word() -> None:
    line = '<v:line style="position:absolute" from="5pt,6pt" to="85pt,6pt"><v:stroke endarrow="block"/></v:line>'
    shape = f"<w:p><w:r><w:pict>{line}</w:pict></w:r></w:p>"
    cells = [tc(shape if month == 10 else "") for month in range(1, 13)]
    assert _marked(_month_table([tc("1. อบรมเรื่องความโปร่งใส"), *cells])) == [("A1 arrow", [10, 11, 12])]


def test_a_shape_over_text_or_over_the_page_marks_nothing() -> None:
    """A frame of 10 cm around half the page, and a line over months that say something themselves."""
    size = f'<wp:extent cx="{3000 * 635}" cy="{{}}"/>'
    shape = '<a:graphic><wps:wsp><wps:spPr><a:prstGeom prst="{}"/></wps:spPr></wps:wsp></a:graphic>'
    hang = "<w:p><w:r><w:drawing><wp:anchor>{}</wp:anchor></w:drawing></w:r></w:p>"
    frame = hang.format(size.format(3_600_000) + shape.format("rect"))
    line = hang.format(size.format(0) + shape.format("line"))
    cells = [tc(frame if month == 1 else "") for month in range(1, 13)]
    assert _marked(_month_table([tc("1. อบรมเรื่องความโปร่งใส"), *cells])) == []
    cells = [tc(p("ไม่มี") + (line if month == 1 else "")) for month in range(1, 13)]
    assert _marked(_month_table([tc("1. อบรมเรื่องความโปร่งใส"), *cells])) == []
