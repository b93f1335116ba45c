"""PDFs with a text layer: the same words and records as the sample they were printed from, and typed errors."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from ita_extract.errors import DamagedError, EmptyInputError, EncryptedError
from ita_extract.pipeline import extract, extract_bytes
from ita_extract.readers import read, read_bytes

ROOT = Path(__file__).resolve().parent
PRINTED = sorted((ROOT / "pdf").glob("*.pdf"))
TABLES = ("activities", "ita_scores", "budgets", "attendees", "agenda_items", "indicators", "timeline_months")


def _sample(printed: Path) -> Path:
    return next((ROOT.parent / "samples" / printed.name.split(".")[0]).glob("source.*"))


@pytest.mark.parametrize("printed", PRINTED, ids=lambda path: path.name)
def test_a_printed_sample_yields_as_many_rows_as_its_markup(printed: Path) -> None:
    got, want = extract(printed).tables, extract(_sample(printed)).tables
    assert {name: len(got[name]) for name in TABLES} == {name: len(want[name]) for name in TABLES}


@pytest.mark.parametrize("printed", PRINTED, ids=lambda path: path.name)
def test_the_text_layer_is_made_whole(printed: Path) -> None:
    """No character is lost, added or changed: only line breaks and spaces may differ."""

    def letters(path: Path) -> list[str]:
        document = read(path)
        paragraphs = [q for page in document.pages for block in page.blocks for q in _texts(block)]
        return sorted("".join("".join(paragraphs).split()))

    assert letters(printed) == letters(_sample(printed))


def _texts(block: object) -> list[str]:
    cells = getattr(block, "cells", None)
    if cells is not None:
        return [text for cell in cells for inner in cell.blocks for text in _texts(inner)]
    return [block.quote.text]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("user", "opens"), [("", True), ("secret", False)])
def test_passwords(user: str, opens: bool) -> None:
    out = BytesIO()
    with pikepdf.open(PRINTED[0]) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user))
    if opens:
        assert read_bytes(out.getvalue(), "locked.pdf").pages
    else:
        with pytest.raises(EncryptedError):
            read_bytes(out.getvalue(), "locked.pdf")


def test_broken_files_have_typed_errors() -> None:
    with pytest.raises(DamagedError):
        read_bytes(b"%PDF-1.7\n" + b"\x00" * 400, "broken.pdf")
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(out)
    with pytest.raises(EmptyInputError):
        read_bytes(out.getvalue(), "no-pages.pdf")


def test_a_truncated_file_is_read_or_refused_with_a_typed_error() -> None:
    data = PRINTED[0].read_bytes()
    for share in (0.3, 0.6, 0.9):
        with pytest.raises((DamagedError, EmptyInputError)):
            read_bytes(data[: int(share * len(data))], "cut.pdf")


def test_every_page_has_a_row_with_its_measures() -> None:
    """A page without text, a turned one and one with a text layer: upright sizes, and nothing dropped at the end."""
    out = BytesIO()
    with pikepdf.open(PRINTED[0]) as pdf:
        count = len(pdf.pages)
        pdf.pages[0].MediaBox = [0, 0, 500, 700]
        pdf.pages[0].rotate(90, relative=False)
        pdf.add_blank_page(page_size=(400, 600))
        pdf.save(out)
    rows = extract_bytes(out.getvalue(), "pages.pdf").rows("pages")
    assert [row["page"] for row in rows] == list(range(1, count + 2))
    first, last = rows[0], rows[-1]
    assert (first["origin"], first["rotation"]) == ("text_layer", 90)
    assert 0 <= first["damage_score"] <= 1
    assert (first["width"], first["height"]) == (700, 500)
    assert (last["origin"], last["width"], last["height"], last["char_count"]) == ("none", 400, 600, 0)
    assert last["damage_score"] is None
