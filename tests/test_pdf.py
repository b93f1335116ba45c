"""PDFs with a text layer: the same words and records as the sample they were printed from, and typed errors."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from ita_extract.errors import DamagedError, EmptyInputError, EncryptedError
from ita_extract.pipeline import extract_bytes
from ita_extract.readers import read, read_bytes

ROOT = Path(__file__).resolve().parents[1]
PRINTED = sorted((ROOT / "prints").glob("*.pdf"))


def _sample(printed: Path) -> Path:
    return next((ROOT / "samples" / printed.name.split(".")[0]).glob("source.*"))


def test_prints_are_of_the_samples_as_they_are() -> None:
    """Three producers each; who changes a sample prints it again (scripts/print_samples.py)."""
    folders = sorted(path.parent.name for path in (ROOT / "samples").glob("*/expected.json"))
    assert [name for name in folders if sum(p.name.split(".")[0] == name for p in PRINTED) < 3] == [], (
        "print: scripts/print_samples.py"
    )
    stale = []
    for printed in PRINTED:
        with pikepdf.open(printed) as pdf:
            digest = str(pdf.docinfo["/SourceSHA256"])
        if digest != hashlib.sha256(_sample(printed).read_bytes()).hexdigest():
            stale.append(printed.name)
    assert stale == [], "print again: scripts/print_samples.py"


def test_prints_show_many_fonts_and_stay_small() -> None:
    families = set()
    for printed in PRINTED:
        with pikepdf.open(printed) as pdf:
            families.add(str(pdf.docinfo["/Family"]))
    assert len(families) >= 6
    assert sum(path.stat().st_size for path in PRINTED) < 6_000_000


@pytest.mark.parametrize("printed", PRINTED, ids=lambda path: path.name)
def test_the_text_layer_is_made_whole(printed: Path) -> None:
    """No character is lost, added or changed, every mark stands on its letter; lines and spaces may differ, and what
    printing adds."""
    with pikepdf.open(printed) as pdf:
        added = _solid(str(pdf.docinfo["/Head"])), *(map(_solid, str(pdf.docinfo["/Notes"]).split("\n")))
    text = [_solid(text) for text in _paragraphs(printed)]
    kept = [text for text in text if text not in added and not re.fullmatch(r"-\d-", text)]
    assert _clusters("".join(kept)) == _clusters(_solid("".join(_paragraphs(_sample(printed)))))


def _clusters(text: str) -> Counter[str]:
    """Letters with their marks."""
    return Counter(re.findall("[^\u0e31\u0e34-\u0e3a\u0e47-\u0e4e][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*", text))


def _solid(text: str) -> str:
    return "".join(text.split())


def _paragraphs(path: Path) -> list[str]:
    return [text for page in read(path).pages for block in page.blocks for text in _texts(block)]


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
    """A page laid on its side by mistake, one without text: sizes as read, and nothing dropped at the end."""
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
    assert (first["origin"], first["rotation"]) == ("text_layer", 0)
    assert 0 <= first["damage_score"] <= 1
    assert (first["width"], first["height"]) == (500, 700)
    assert (last["origin"], last["width"], last["height"], last["char_count"]) == ("none", 400, 600, 0)
    assert last["damage_score"] is None


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("told", [True, False])
def test_pages_that_lie_on_their_side_are_read_upright(turn: int, told: bool) -> None:
    """Content that is turned, whether the page says so (/Rotate) or not: the text is that of the upright page."""
    printed = next(path for path in PRINTED if path.name == "minutes-table.chromium.pdf")
    out = BytesIO()
    with pikepdf.open(printed) as pdf:
        for page in pdf.pages:
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            matrix = {90: f"0 1 -1 0 {height} 0", 180: f"-1 0 0 -1 {width} {height}", 270: f"0 -1 1 0 0 {width}"}[turn]
            page.contents_add(pikepdf.Stream(pdf, f"q {matrix} cm".encode()), prepend=True)
            page.contents_add(pikepdf.Stream(pdf, b" Q"))
            page.mediabox = pikepdf.Array([0, 0, width, height] if turn == 180 else [0, 0, height, width])
            if told:
                page.obj.Rotate = turn
        pdf.save(out)
    turned, upright = read_bytes(out.getvalue(), "turned.pdf"), read(printed)
    assert turned.source == upright.source
    assert [(p.facts.rotation, p.facts.width) for p in turned.pages] == [(turn, p.facts.width) for p in upright.pages]
