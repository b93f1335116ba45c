"""Small Office packages made from raw XML, for what no library writes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from ita_extract.model import Block, Document, Paragraph
from ita_extract.readers.docx.names import NAMESPACES

_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def package(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive with these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def relations(targets: Mapping[str, str]) -> str:
    """A part of relationships: kind → target; a target with a scheme is external."""
    items = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind.rstrip("0123456789")}" Target="{target}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELS}">{items}</Relationships>'


def part(root: str, content: str) -> str:
    """A part of a Word document with `root` as its element."""
    return f"<{root} {_DECLARED}>{content}</{root}>"


def word(body: str, related: Mapping[str, str] | None = None, **parts: str) -> bytes:
    """A Word document: the content of its body, and further parts by kind (`numbering`, `styles`, `footnotes`, …)."""
    roots = {"header": "w:hdr", "footer": "w:ftr"}
    more = {f"word/{kind}.xml": part(roots.get(kind, f"w:{kind}"), content) for kind, content in parts.items()}
    targets = {kind: f"{kind}.xml" for kind in parts} | dict(related or {})
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
            "word/_rels/document.xml.rels": relations(targets),
            "word/document.xml": part("w:document", f"<w:body>{body}</w:body>"),
            **more,
        }
    )


def p(text: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    inner = f"<w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def tc(content: str = "", properties: str = "") -> str:
    """A table cell; text becomes a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def table(*rows: list[str], widths: tuple[int, ...] = ()) -> str:
    """A table of cells made with `tc`."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def blocks_of(document: Document) -> list[Block]:
    """The blocks of a document, page by page."""
    return [block for _, block in document.blocks()]


def texts_of(document: Document) -> list[str]:
    """The texts of its paragraphs outside tables."""
    return [block.text for block in blocks_of(document) if isinstance(block, Paragraph)]
