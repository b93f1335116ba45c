"""The same document as .docx, and printed by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Mm, Pt

from ita_extract.model import Block, Document, Paragraph, Table
from printing.drawn import TINT, is_shaded
from printing.widths import widths

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
HEADINGS = {1: 1.35, 2: 1.2}
"""Size of headings by level, as a multiple of the text's."""
SIDE = 5.4
"""Space between the side of a cell and its text in points (Word: 0.19 cm)."""


def write_docx(document: Document, target: Path, *, font: str, points: float = 11, landscape: bool = False) -> None:
    """Headings, paragraphs, tables with merged and nested cells; marks as the glyphs they are."""
    out = docx.Document()
    style = out.styles["Normal"]
    style.font.name, style.font.size = font, Pt(points)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), font)
    section = out.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Mm(16)
    width = Emu(section.page_width - 2 * Mm(16)).pt
    for page in document.pages:
        for block in page.blocks:
            _block(out, block, font, points, width)
    out.save(str(target))


def _block(container: Any, block: Block, font: str, points: float, width: float) -> None:
    if isinstance(block, Table):
        _table(container, block, font, points, width)
        container.add_paragraph()
    elif isinstance(block, Paragraph):
        _runs(container.add_paragraph(), block, font, points)
    else:
        _run(container.add_paragraph(), block.quote.text, font)


def _runs(paragraph: Any, block: Paragraph, font: str, points: float) -> None:
    is_heading = block.role == "heading"
    bold = len(block.text) if is_heading else block.bold_end
    size = points * HEADINGS.get(block.level, 1.08) if is_heading else None
    boxes = {mark.start: mark for mark in block.marks if mark.kind == "html_input"}
    cuts = sorted({0, bold, len(block.text), *boxes, *(mark.end for mark in boxes.values())})
    for start, end in pairwise(cuts):
        if start in boxes:
            paragraph._p.append(_check_box(block.text[start:end], ticked=bool(boxes[start].state)))
        else:
            run = _run(paragraph, block.text[start:end], font)
            run.bold = end <= bold
            _complex_script(run, size)


def _complex_script(run: Any, size: float | None) -> None:
    """Thai takes its weight and size from properties of their own."""
    properties = run._element.get_or_add_rPr()
    if run.bold:
        properties.append(properties.makeelement(qn("w:bCs"), {}))
    if size is not None:
        run.font.size = Pt(size)
        properties.append(properties.makeelement(qn("w:szCs"), {qn("w:val"): str(round(2 * size))}))


def _check_box(glyph: str, *, ticked: bool) -> Any:
    """A content control that can be ticked."""
    state = f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox>'
    content = f"<w:sdtContent><w:r><w:t>{glyph}</w:t></w:r></w:sdtContent>"
    return parse_xml(f"<w:sdt {nsdecls('w')} {W14}><w:sdtPr>{state}</w:sdtPr>{content}</w:sdt>")


def _run(paragraph: Any, text: str, font: str) -> Any:
    run = paragraph.add_run(text)
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:cs"), font)
    return run


def _table(container: Any, table: Table, font: str, points: float, width: float) -> None:
    """A table of the given width in points, whose columns are as wide as their content asks."""
    rows, columns = table.n_rows, table.n_columns
    grid = container.add_table(rows, columns)
    grid.style = "Table Grid"
    grid.autofit = False
    shares = widths(table, width, points)
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = Pt(share)
    for cell in table.cells:
        target = grid.cell(cell.row, cell.column)
        if cell.row_span > 1 or cell.column_span > 1:
            target = target.merge(grid.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1))
        room = sum(shares[cell.column : cell.column + cell.column_span])
        target.width = Pt(room)
        if is_shaded(cell):
            target._tc.get_or_add_tcPr().append(_shading())
            continue
        first = target.paragraphs[0]
        for index, block in enumerate(cell.blocks):
            if index == 0 and isinstance(block, Paragraph):
                _runs(first, block, font, points)
            else:
                _block(target, block, font, points, room - 2 * SIDE)


def _shading() -> Any:
    return parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{TINT[1:]}"/>')


def print_docx(source: Path, target: Path) -> None:
    """Writes the .docx as a PDF. Raises RuntimeError where LibreOffice is missing or fails."""
    command = shutil.which("soffice") or shutil.which("libreoffice")
    if command is None:
        raise RuntimeError("no LibreOffice is installed")
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        call = [command, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=180)
        made = Path(folder, source.stem + ".pdf")
        if not made.is_file():
            raise RuntimeError(f"LibreOffice wrote no PDF: {done.stderr[-300:]}")
        target.write_bytes(made.read_bytes())
