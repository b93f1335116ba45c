"""Character error rate of the text read from the printed samples, beside the libraries that people use for it.

Readers put lines and columns in different orders, and none of these orders is an error of the text. So what is compared
is the bag of written clusters (a letter with the marks above and below it, in the order of Unicode) of the whole file,
white space removed: a mark that is lost, doubled, put on another letter, written as a private-use code or set off by
another letter changes a cluster; a line that is read earlier or later does not. The rate is the number of characters in
clusters that are missing, or of those that are too many where these are more, over the characters printed. `ํา` and `ำ`
count as the same, and so does what NFC makes the same. What printing adds (running heads, page numbers, footnotes) is
part of the truth.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2

from ita_extract.model import Block, Document, Table
from ita_extract.readers import read
from ita_extract.thai.text import repair

_CLUSTER = re.compile(
    "[^\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\uf700-\uf71a][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\uf700-\uf71a]*|."
)


def by_us(path: Path) -> str:
    """All that this package reads, running heads too."""
    return repair(read(path).source).text


def by_pdfplumber(path: Path) -> str:
    """`extract_text()` of every page."""
    with pdfplumber.open(path) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def by_pdfium(path: Path) -> str:
    """`get_text_range()` of every page."""
    with pypdfium2.PdfDocument(path) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def by_poppler(path: Path) -> str:
    """`pdftotext` as it comes."""
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8", errors="replace")


READERS: dict[str, Callable[[Path], str]] = {
    "ita-extract": by_us,
    "pdfplumber": by_pdfplumber,
    "PDFium": by_pdfium,
    **({"poppler": by_poppler} if shutil.which("pdftotext") else {}),
}


def clusters(text: str) -> Counter[str]:
    """The written clusters of a text, white space removed."""
    solid = "".join(unicodedata.normalize("NFC", text).split())
    return Counter(_CLUSTER.findall(re.sub("\u0e4d([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", solid)))


def error_rate(truth: Counter[str], got: Counter[str]) -> float:
    """Share of the printed characters that were read wrongly, 0 upwards."""
    missing = sum(len(cluster) * count for cluster, count in (truth - got).items())
    surplus = sum(len(cluster) * count for cluster, count in (got - truth).items())
    return max(missing, surplus) / sum(len(cluster) * count for cluster, count in truth.items())


def printed_text(document: Document, pdf: pikepdf.Pdf) -> str:
    """What a print shows: the sample's text, and what printing added."""
    lines = [text for page in document.pages for block in page.blocks for text in _texts(block)]
    lines.append(str(pdf.docinfo.get("/Notes", "")))
    head = str(pdf.docinfo.get("/Head", ""))
    for number in range(1, len(pdf.pages) + 1 if head else 1):
        lines += [head, f"- {number} -"]
    return "\n".join(lines)


def _texts(block: Block) -> Iterable[str]:
    if isinstance(block, Table):
        return [text for cell in block.cells for inner in cell.blocks for text in _texts(inner)]
    return [block.quote.text]


def measure(prints: Path, samples: Path) -> str:
    """A table in markdown: producer and type family by row, readers by column, error rates in percent."""
    rates: dict[tuple[str, str], dict[str, list[tuple[float, int]]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(prints.glob("*.pdf")):
        name, producer, _ = path.name.split(".")
        with pikepdf.open(path) as pdf:
            family, way = str(pdf.docinfo["/Family"]), str(pdf.docinfo.get("/Map", ""))
            truth = clusters(printed_text(read(next((samples / name).glob("source.*"))), pdf))
        row = rates[f"{producer}, {way}" if way else producer, family]
        for reader, text_of in READERS.items():
            row[reader].append((error_rate(truth, clusters(text_of(path))), truth.total()))
    lines = ["| producer | typeface | " + " | ".join(READERS) + " |", "|---|---|" + "--:|" * len(READERS)]
    for (producer, family), row in sorted(rates.items()):
        lines.append(f"| {producer} | {family} | " + " | ".join(_percent(row[reader]) for reader in READERS) + " |")
    everything = {reader: [rate for row in rates.values() for rate in row[reader]] for reader in READERS}
    lines.append("| **all** | | " + " | ".join(_percent(everything[reader]) for reader in READERS) + " |")
    return "\n".join(lines)


def _percent(rates: Iterable[tuple[float, int]]) -> str:
    rates = list(rates)
    return f"{100 * sum(rate * size for rate, size in rates) / sum(size for _, size in rates):.1f} %"
