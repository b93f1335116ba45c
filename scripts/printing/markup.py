"""A document as read, written as one HTML page for printing: every block, span, nested table and mark."""

from __future__ import annotations

from html import escape

from ita_extract.model import Block, Cell, Document, Figure, Paragraph, Table
from printing import drawn

STYLE = """
@page {{ size: {size}; margin: 18mm 16mm; }}
body {{ font-family: '{font}'; font-size: {points}pt; line-height: 1.45; columns: {columns}; column-gap: 8mm; }}
table {{ border-collapse: collapse; width: 100%; margin: 4pt 0; }}
td, th {{ border: 0.75pt solid #000; padding: 3pt; vertical-align: top; font-weight: normal; }}
th {{ text-align: center; font-weight: bold; }}
h1 {{ font-size: 1.35em; }} h2 {{ font-size: 1.2em; }} h3, h4, h5, h6 {{ font-size: 1.08em; }}
p {{ margin: 2pt 0; }}
"""


def html(
    document: Document,
    *,
    font: str,
    points: float = 11,
    landscape: bool = False,
    columns: int = 1,
    draws_marks: bool = False,
) -> str:
    """The whole document as a page of HTML in one font; with `draws_marks`, marks are drawn instead of written."""
    sheet = STYLE + (drawn.STYLE if draws_marks else "")
    style = sheet.format(font=font, points=points, size="A4 landscape" if landscape else "A4", columns=columns)
    body = "\n".join(_block(block, draws_marks) for page in document.pages for block in page.blocks)
    head = f'<head><meta charset="utf-8"><style>{style}</style></head>'
    return f'<!DOCTYPE html>\n<html lang="th">{head}\n<body>\n{body}\n</body></html>\n'


def _block(block: Block, draws: bool) -> str:
    if isinstance(block, Table):
        return _table(block, draws)
    if isinstance(block, Figure):
        return f"<p>{escape(block.quote.text)}</p>"
    if draws and block.marks:
        return f"<p>{drawn.paragraph_markup(block)}</p>"
    return _paragraph(block)


def _paragraph(paragraph: Paragraph) -> str:
    text = paragraph.text
    bold = paragraph.bold_end
    inner = f"<b>{escape(text[:bold])}</b>{escape(text[bold:])}" if bold else escape(text)
    inner = inner.replace("\n", "<br>")
    if paragraph.role == "heading":
        level = paragraph.level or 2
        return f"<h{level}>{inner}</h{level}>"
    return f"<p>{inner}</p>"


def _table(table: Table, draws: bool) -> str:
    rows = []
    for row in range(table.n_rows):
        cells = table.starting_in(row)
        marked = drawn.row_markup(cells) if draws else {}
        rows.append(f"<tr>{''.join(marked.get(cell.column) or _cell(cell, draws) for cell in cells)}</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def _cell(cell: Cell, draws: bool) -> str:
    tag = "th" if cell.is_header else "td"
    spans = "".join(
        f' {name}="{span}"' for name, span in (("rowspan", cell.row_span), ("colspan", cell.column_span)) if span > 1
    )
    return f"<{tag}{spans}>{''.join(_block(block, draws) for block in cell.blocks)}</{tag}>"
