"""The kinds of files that are damaged, where sound ones come from, and the damaged file of a number.

Half of the damaged PDFs and Word documents and workbooks are unpacked first, so that mutations reach what is in them
and not only compressed bytes.
"""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont

from fuzzing.mutations import damage
from ita_extract.readers import read
from printing.spreadsheet import write_xlsx
from printing.word import write_docx

ROOT = Path(__file__).resolve().parents[2]
SMALL = 25_000
"""Bytes up to which a sound PDF is small: mutations should hit something that is read."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its endings in turn, and sound files of it."""

    suffixes: tuple[str, ...]
    sound: Callable[[], Sequence[bytes]]
    is_package: bool = False
    """Whether the files are ZIP packages, damaged also part by part."""


def mutant(kind: Kind, number: int) -> tuple[str, str, bytes]:
    """The damaged file of a number, always the same: its ending, what was done to it, and its bytes."""
    rng = random.Random(number)
    originals = kind.sound()
    at = rng.randrange(len(originals))
    suffix = kind.suffixes[at % len(kind.suffixes)]
    if kind.is_package and rng.random() < 0.6:
        names, data = _damaged_part(rng, originals[at], rng.choice(originals))
    else:
        names, data = damage(rng, originals[at], originals)
    return suffix, "+".join(names), data


def _damaged_part(rng: random.Random, package: bytes, other: bytes) -> tuple[list[str], bytes]:
    parts, others = (dict(_parts(data)) for data in (package, other))
    name = rng.choice(sorted(name for name in parts if name.endswith((".xml", ".rels")) and len(parts[name]) > 20))
    done, parts[name] = damage(rng, parts[name], [others.get(name, parts[name])])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part, data in parts.items():
            target.writestr(part, data)
    return [name, *done], out.getvalue()


def _parts(package: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(package)) as source:
        yield from ((name, source.read(name)) for name in source.namelist())


# ------------------------------------------------------------------ sound files
@cache
def _texts() -> Sequence[bytes]:
    files = [path.read_bytes() for path in _samples() if path.suffix in (".txt", ".md")]
    return [*files, *(data.decode().encode("cp874", "ignore") for data in files[:2])]


@cache
def _pages() -> Sequence[bytes]:
    return [path.read_bytes() for path in _samples() if path.suffix == ".html"]


def _samples() -> list[Path]:
    return sorted((ROOT / "samples").glob("*/source.*"))


@cache
def _words() -> Sequence[bytes]:
    return list(_written(lambda document, path: write_docx(document, path, font="TH Sarabun New"), ".docx"))


@cache
def _workbooks() -> Sequence[bytes]:
    return list(_written(write_xlsx, ".xlsx"))


def _written(write: Callable[..., None], suffix: str) -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as name:
        for path in _samples():
            target = Path(name) / (path.parent.name + suffix)
            write(read(path), target)
            yield target.read_bytes()


@cache
def _pdfs() -> Sequence[bytes]:
    found = []
    for path in sorted((ROOT / "prints").glob("*.pdf")):
        if path.stat().st_size < SMALL:
            out = io.BytesIO()
            with pikepdf.open(path) as pdf:
                pdf.save(
                    out,
                    compress_streams=False,
                    stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                    object_stream_mode=pikepdf.ObjectStreamMode.disable,
                )
            found += [path.read_bytes(), out.getvalue()]
    return found


PICTURES = ("png", "jpeg", "tiff", "bmp", "webp")


@cache
def _pictures() -> Sequence[bytes]:
    """Two small pages in each format of pictures; the second in colour, the TIFF with two frames."""
    found = []
    for mode in ("L", "RGB"):
        for form in PICTURES:
            page = Image.new(mode, (260, 160), "white")
            draw = ImageDraw.Draw(page)
            for row in range(3):
                draw.text((20, 20 + 45 * row), f"PLAN {mode} {row}", fill="black", font=ImageFont.load_default(size=24))
            draw.rectangle((10, 10, 250, 150), outline="black", width=2)
            out = io.BytesIO()
            more = {"save_all": True, "append_images": [page]} if (form, mode) == ("tiff", "RGB") else {}
            page.save(out, form, **more)
            found.append(out.getvalue())
    return found


KINDS: dict[str, Kind] = {
    "text": Kind((".txt",), _texts),
    "html": Kind((".html",), _pages),
    "docx": Kind((".docx",), _words, is_package=True),
    "xlsx": Kind((".xlsx",), _workbooks, is_package=True),
    "pdf": Kind((".pdf",), _pdfs),
    "image": Kind((".png", ".jpg", ".tiff", ".bmp", ".webp"), _pictures),
}
"""All kinds by name."""
