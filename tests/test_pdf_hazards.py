"""PDFs that break readers: a typed error or a clean partial result, in bounded time and memory, and nothing run."""

from __future__ import annotations

import re
import tracemalloc
import zlib
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pdfs import SENTENCE, font, plain, saved, says, stream, with_pages
from pikepdf import Array, Dictionary, Name

from ita_extract.errors import (
    DamagedError,
    EmptyInputError,
    EncryptedError,
    TooLargeError,
    UnsupportedInputError,
)
from ita_extract.model import Document
from ita_extract.pipeline import extract_bytes
from ita_extract.readers import read_bytes
from ita_extract.readers.options import TEXT_LAYER
from ita_extract.readers.pdf import interpreter, reader, streams


def read(data: bytes) -> Document:
    return read_bytes(data, "hazard.pdf", TEXT_LAYER)


def warned(document: Document, words: str) -> bool:
    return any(re.search(words, warning) for warning in document.warnings)


# ------------------------------------------------------------------ locks
@pytest.mark.parametrize("method", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
@pytest.mark.parametrize(("user", "opens"), [("", True), ("secret", False)])
def test_encryption(method: str, user: str, opens: bool) -> None:
    revision, aes = {"RC4-40": (2, False), "RC4-128": (3, False), "AES-128": (4, True), "AES-256": (6, True)}[method]
    lock = pikepdf.Encryption(owner="owner", user=user, R=revision, aes=aes, metadata=aes)  # type: ignore[arg-type]
    data = saved(with_pages(says(SENTENCE)), encryption=lock)
    if opens:
        assert SENTENCE in read(data).source
        return
    with pytest.raises(EncryptedError) as refused:
        read(data)
    assert "password" in refused.value.remedy


def test_a_lock_of_an_unknown_kind_says_so() -> None:
    data = plain(["<</Type /Catalog /Pages 2 0 R>>", "<</Type /Pages /Kids [] /Count 0>>"],
                 trailer="/Encrypt <</Filter /Company.Secret /V 1>> /ID [<00> <00>]")  # fmt: skip
    with pytest.raises(EncryptedError):
        read(data)


# ------------------------------------------------------------------ damaged files
def test_a_damaged_cross_reference_table_is_made_anew() -> None:
    data = saved(with_pages(says(SENTENCE)), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert SENTENCE in read(re.sub(rb"startxref\s+\d+", b"startxref 99999999", data)).source
    assert SENTENCE in read(re.sub(rb"\d{10} 00000 n", b"0000000017 00000 n", data)).source


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_whose_objects_have_moved_is_put_together_again(packed: bool) -> None:
    """Programs that send files as text change their length; with packed objects no trailer says where to begin."""
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    data = saved(with_pages(*[says(SENTENCE)] * 3), object_stream_mode=mode)
    at = data.index(b"endobj")
    document = read(data[:at] + b"\r\n% put in on the way\r\n" * 5 + data[at:])
    assert document.source.count(SENTENCE) == 3
    assert warned(document, "put together again") == packed


@pytest.mark.parametrize("share", [0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99])
def test_a_truncated_file_is_read_as_far_as_it_goes_or_refused(share: float) -> None:
    data = saved(with_pages(*[says(SENTENCE)] * 5), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    try:
        document = read(data[: int(share * len(data))])
    except (DamagedError, EmptyInputError):
        return
    assert SENTENCE in document.source


@pytest.mark.parametrize("before", [b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n", b"\xef\xbb\xbf\n"])
def test_lines_before_the_header(before: bytes) -> None:
    assert SENTENCE in read(before + saved(with_pages(says(SENTENCE)))).source


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyInputError),
        (b"\x00" * 3000, EmptyInputError),
        (b"<!DOCTYPE html><html><body>404</body></html>", UnsupportedInputError),
        (b"PK\x03\x04" + b"\x00" * 100, UnsupportedInputError),
        (b"\x89PNG\r\n\x1a\n" + b"\x01" * 5000, DamagedError),
        (bytes(range(256)) * 40, DamagedError),
        (b"%PDF-1.7\n", DamagedError),
        (b"%PDF-1.7\n" + b"\xff" * 4000, DamagedError),
    ],
)
def test_bytes_that_are_no_pdf(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        read(data)


def test_incremental_updates_and_object_streams() -> None:
    first = saved(with_pages(says("Old text of the page")), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(BytesIO(first)) as pdf:
        number = pdf.pages[0].obj["/Contents"].objgen[0]
    start = len(first)
    update = b"\n%d 0 obj\n%s\nendobj\n" % (number, stream(says(SENTENCE)))
    table = b"xref\n%d 1\n%010d 00000 n \n" % (number, start + 1)
    before = int(re.findall(rb"startxref\s+(\d+)", first)[-1])
    root = re.findall(rb"/Root (\d+ \d+ R)", first)[-1]
    tail = b"trailer <</Size 20 /Root %s /Prev %d>>\nstartxref\n%d\n%%%%EOF" % (root, before, start + len(update))
    document = read(first + update + table + tail)
    assert SENTENCE in document.source
    assert "Old text" not in document.source
    packed = saved(with_pages(says(SENTENCE)), object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert SENTENCE in read(packed).source


# ------------------------------------------------------------------ pages
def test_no_pages() -> None:
    with pytest.raises(EmptyInputError, match="no pages"):
        read(saved(pikepdf.new()))


def test_page_tree_loops() -> None:
    """A node that is its own child, and one that holds its parent."""
    page = "<</Type /Page /Parent 2 0 R /Contents 5 0 R /Resources <</Font <</F1 6 0 R>>>>>>"
    document = read(plain([
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Kids [2 0 R 3 0 R 4 0 R] /Count 3 /MediaBox [0 0 595 842]>>",
        page,
        "<</Type /Pages /Kids [2 0 R 4 0 R 3 0 R] /Count 3>>",
        stream(says(SENTENCE)),
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
    ]))  # fmt: skip
    assert document.source.count(SENTENCE) == 1
    assert len(document.pages) == 1


def test_one_damaged_page_among_good_ones() -> None:
    """Its row stays, a warning names it, the others are read."""
    pdf = with_pages(*[says(f"{SENTENCE} {n}") for n in range(5)])
    pdf.pages[1].Contents = Dictionary(Nothing=1)
    pdf.pages[2].Resources = Array([1, 2])
    pdf.pages[3].Contents = pdf.make_stream(b"BT /F1 /F2 Tf [[[ (open ) Tj 1 Tf ET " + says(f"{SENTENCE} 3"))
    document = read(saved(pdf))
    assert [page.number for page in document.pages] == [1, 2, 3, 4, 5]
    assert f"{SENTENCE} 0" in document.source
    assert f"{SENTENCE} 4" in document.source
    assert {warning.split()[1].strip(":") for warning in document.warnings} >= {"2"}


def test_a_lost_page_keeps_its_place() -> None:
    document = read(plain([
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Kids [9 0 R 3 0 R] /Count 2 /MediaBox [0 0 595 842]>>",
        "<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>",
        stream(says(SENTENCE)),
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
    ]))  # fmt: skip
    assert [page.facts.origin for page in document.pages] == ["none", "text_layer"]
    assert warned(document, "page 1 is lost")


@pytest.mark.parametrize(
    ("box", "size"),
    [
        (None, (595.28, 841.89)),
        ([0, 0, 14_400, 14_400], (14_400, 14_400)),
        ([-100, -50, 500, 750], (600, 800)),
        ([595, 842, 0, 0], (595, 842)),
        ([0, 0, 1e12, 842], (595.28, 841.89)),
        ([0, 0, 0, 0], (595.28, 841.89)),
        ([0, 0, 595], (595.28, 841.89)),
        ([Name.NaN, 0, 595, 842], (595.28, 841.89)),
    ],
)
def test_page_boxes(box: list[float] | None, size: tuple[float, float]) -> None:
    pdf = with_pages(says(SENTENCE))
    if box is None:
        del pdf.pages[0].obj["/MediaBox"]
    else:
        pdf.pages[0].obj["/MediaBox"] = Array(box)
    records = extract_bytes(saved(pdf), "box.pdf", ocr="never")
    (row,) = records.rows("pages")
    assert (float(row["width"]), float(row["height"])) == size
    assert any(SENTENCE in block["text_raw"] for block in records.rows("blocks"))
    records.to_json()


def test_user_units_are_points() -> None:
    pdf = with_pages(says(SENTENCE))
    pdf.pages[0].obj["/UserUnit"] = 2
    (page,) = read(saved(pdf)).pages
    assert (page.facts.width, page.facts.height) == (1190, 1684)


# ------------------------------------------------------------------ too much of everything
MANY = 10**5
PLACES = [(i % 595, i % 842, i % 399, i % 777) for i in range(MANY)]
FLOODS = {
    "lines": says(SENTENCE) + b"".join(b"%d %d m %d %d l S\n" % place for place in PLACES),
    "rectangles": says(SENTENCE) + b"".join(b"%d %d %d %d re f\n" % place for place in PLACES),
    "curves": says(SENTENCE) + b"0 0 m 1 2 3 4 5 6 c S\n" * MANY,
    "one path": says(SENTENCE) + b"0 0 m " + b"".join(b"%d %d l " % place[:2] for place in PLACES) + b"S\n",
    "saved states": says(SENTENCE) + b"q " * MANY,
    "operands": says(SENTENCE) + b"1 " * MANY,
    "characters": b"BT /F1 8 Tf " + says(SENTENCE)[3:-4] + b" (abcdefgh) Tj" * (MANY // 10) + b" ET",
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_page_with_too_much_on_it_is_limited(flood: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundredth of the limits, so that the test is short: what is beyond is left out with a warning, text stays."""
    for limit in ("MAX_TOKENS", "MAX_SHAPES", "MAX_CHARACTERS", "MAX_OPERANDS"):
        monkeypatch.setattr(interpreter, limit, getattr(interpreter, limit) // 100)
    tracemalloc.start()
    document = read(saved(with_pages(FLOODS[flood], says(SENTENCE))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert document.source.count(SENTENCE[:30]) == 2
    assert warned(document, "^page 1 was read without")
    assert peak < 60_000_000


def test_a_stream_that_unpacks_to_more_than_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_STREAM", 1_000_000)
    pdf = with_pages(says(SENTENCE), says(SENTENCE))
    bomb = pikepdf.Stream(pdf, zlib.compress(b" " * 50_000_000, 9), Filter=Name.FlateDecode)
    pdf.pages[0].Contents = bomb
    data = saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert len(data) < 100_000
    document = read(data)
    assert warned(document, "page 1 .*unpacks to more than")
    assert SENTENCE in document.source


def test_inflate_gives_what_stands_before_the_break() -> None:
    packed = zlib.compress(bytes(range(256)) * 100)
    assert streams.inflate(packed) == bytes(range(256)) * 100
    assert streams.inflate(packed + b"junk") == bytes(range(256)) * 100
    assert (bytes(range(256)) * 100).startswith(streams.inflate(packed[:200] + b"\xff" * 50))
    assert streams.inflate(b"no flate stream") == b""


def test_forms_in_forms_in_forms() -> None:
    """Deeper than Python's stack, drawing themselves, and doubling at each of forty levels."""
    pdf = with_pages(says(SENTENCE))
    inner = form(pdf, says("The innermost form", 600))
    deep = inner
    for _ in range(300):
        deep = form(pdf, b"/X Do", X=deep)
    itself = form(pdf, says("Drawn by itself", 500) + b"/X Do")
    itself.Resources.XObject = Dictionary(X=itself)
    doubling = inner
    for _ in range(30):
        doubling = form(pdf, b"/X Do /Y Do", X=doubling, Y=doubling)
    pdf.pages[0].Resources.XObject = Dictionary(A=deep, B=itself, C=inner)
    pdf.pages[0].Contents = pdf.make_stream(b"/A Do /B Do /C Do " + says(SENTENCE))
    document = read(saved(pdf))
    assert SENTENCE in document.source
    assert "The innermost form" in document.source
    assert document.source.count("Drawn by itself") == 1
    assert warned(document, "forms nested deeper")


def test_forms_that_double_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter, "MAX_TOKENS", 20_000)
    pdf = with_pages(says(SENTENCE))
    doubling = form(pdf, says("The innermost form", 600))
    for _ in range(30):
        doubling = form(pdf, b"/X Do /Y Do", X=doubling, Y=doubling)
    pdf.pages[0].Resources.XObject = Dictionary(A=doubling)
    pdf.pages[0].Contents = pdf.make_stream(says(SENTENCE) + b"/A Do")
    assert SENTENCE in read(saved(pdf)).source


def form(pdf: pikepdf.Pdf, content: bytes, **inner: Any) -> pikepdf.Stream:
    resources = Dictionary(Font=Dictionary(F1=font()), XObject=Dictionary(**inner))
    return pikepdf.Stream(
        pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]), Resources=resources
    )


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 20)
    with pytest.raises(TooLargeError):
        read(saved(with_pages(*[says(SENTENCE)] * 21)))


def test_two_thousand_pages() -> None:
    document = read(saved(with_pages(*[says(f"{SENTENCE} {number}") for number in range(2000)])))
    assert [page.number for page in document.pages] == list(range(1, 2001))
    assert document.source.count(SENTENCE) == 2000
    assert document.warnings == ()


def test_memory_does_not_grow_with_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a page its text stays, not its objects: here 48 KB of content with one sentence."""
    monkeypatch.setattr(reader, "FORGET_EVERY", 10)

    def peak(pages: int) -> int:
        data = saved(with_pages(*[b"%" + b"filling %d " % n * 4000 + b"\n" + says(SENTENCE) for n in range(pages)]))
        tracemalloc.start()
        read(data)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(2)
    assert (peak(90) - peak(30)) / 60 < 20_000


# ------------------------------------------------------------------ fonts
@pytest.mark.parametrize(
    "broken",
    [
        {"Widths": Array([])},
        {"Widths": Name.Nothing, "FirstChar": Name.A},
        {"FirstChar": 0, "LastChar": 999_999_999, "Widths": Array([1])},
        {"Encoding": Dictionary(Differences=Array([Name.A, 65, 65, Name("/xyz-none")]))},
        {"ToUnicode": Dictionary()},
        {"FontDescriptor": Dictionary(FontBBox=Array([]), Ascent=Name.High)},
        {"FontMatrix": Array([0, 0, 0, 0, 0, 0])},
        {"Subtype": Name.Type0},
        {"Subtype": Name.Type0, "DescendantFonts": Array([])},
        {"Subtype": Name.Type3},
        {"Subtype": Name.TrueType, "BaseFont": 17},
        {"Subtype": Name.Unheard},
    ],
    ids=str,
)
def test_broken_fonts(broken: dict[str, pikepdf.Object]) -> None:
    """The page is not lost: what the other font prints is read."""
    pdf = with_pages(b"BT /F2 12 Tf 72 500 Td (text of the broken font) Tj ET " + says(SENTENCE))
    bad = font()
    for name, value in broken.items():
        bad[f"/{name}"] = value
    pdf.pages[0].Resources.Font.F2 = pdf.make_indirect(bad)
    assert SENTENCE in read(saved(pdf)).source


def test_a_font_that_is_not_there() -> None:
    pdf = with_pages(b"BT /F9 12 Tf 72 500 Td (nothing known) Tj ET " + says(SENTENCE))
    assert SENTENCE in read(saved(pdf)).source


# ------------------------------------------------------------------ things beside the pages
def test_attached_files_and_programs_are_named_and_not_run() -> None:
    pdf = with_pages(says(SENTENCE))
    pdf.attachments["โครงการ.xlsx"] = pikepdf.AttachedFileSpec(pdf, b"data", filename="โครงการ.xlsx")
    pdf.Root.OpenAction = Dictionary(
        S=Name.JavaScript, JS="app.alert(1)", Next=Dictionary(S=Name.Launch, F="/bin/true")
    )
    document = read(saved(pdf))
    assert SENTENCE in document.source
    assert warned(document, "1 attached files that were not read: โครงการ.xlsx")
    assert warned(document, "actions that start programs and scripts; nothing was run")


def test_packages_of_files() -> None:
    pdf = with_pages(says("Open this package in Adobe Reader"))
    pdf.attachments["a.pdf"] = pikepdf.AttachedFileSpec(pdf, b"%PDF-", filename="a.pdf")
    pdf.Root.Collection = Dictionary(Type=Name.Collection)
    assert warned(read(saved(pdf)), "is a package of 1 attached files")
    pdf.pages[0].Contents = pdf.make_stream(b"")
    with pytest.raises(EmptyInputError, match="package") as refused:
        read(saved(pdf))
    assert "attached files" in refused.value.remedy


def test_dynamic_forms() -> None:
    pdf = with_pages(says("Please wait... If this message is not eventually replaced"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))
    assert warned(read(saved(pdf)), "dynamic form")
    pdf.pages[0].Contents = pdf.make_stream(b"")
    with pytest.raises(EmptyInputError, match="dynamic form") as refused:
        read(saved(pdf))
    assert "print it to PDF" in refused.value.remedy


def test_signed_files() -> None:
    pdf = with_pages(says(SENTENCE))
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), SigFlags=3)
    document = read(saved(pdf))
    assert SENTENCE in document.source
    assert warned(document, "signature was not checked")
