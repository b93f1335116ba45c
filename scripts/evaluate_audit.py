#!/usr/bin/env python3
"""What the audit finds in samples/archive: recall and precision per rule, against what was planted there.

The archive is read with `ita-extract run` and audited with `ita-extract audit`, all rules together. A contradiction is
found when its rule has a finding on its document whose evidence holds the text that `planted.yaml` names. Every other
finding is a false alarm, whichever rule made it. Rules that do not exist yet are left out.

usage: evaluate_audit.py [--check] [--write-readme] [--verbose] [--form text|pdf|flatbed|copier|fax|photo]

--form pdf prints every document with Chromium first, on wide pages, and audits the prints; the others are scans of
these prints, damaged as `scripts/scanning/damage.py` says, and read by OCR (two minutes on two cores).

--check exits with 1 when recall or precision is below FLOOR, when a look-alike was taken for a contradiction, or when
README.md shows another table. --write-readme puts the table into README.md.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import yaml
from PIL import Image

from ita_extract.archive import Archive
from ita_extract.audit.registry import BY_CODE
from ita_extract.records import Finding
from ita_extract.thai.text import key
from scanning.damage import LEVELS, render

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples" / "archive"
README = ROOT / "README.md"
FLOOR = 0.95
"""Least recall, and least precision, of all rules together on the text form."""
BEGIN, END = "<!-- audit table: scripts/evaluate_audit.py -->", "<!-- end of audit table -->"
Row = dict[str, Any]


@dataclass
class Outcome:
    """What became of the plantings and of the findings."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    look_alikes: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    """Look-alikes that a rule took for contradictions."""
    notes: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the planted contradictions that were found."""
        return self.found.total() / max(1, self.planted.total())

    @property
    def precision(self) -> float:
        """Share of planted contradictions among what was found."""
        return self.found.total() / max(1, self.found.total() + self.alarms.total())

    def passes(self) -> bool:
        """Whether both reach the floor and every look-alike stayed silent."""
        return min(self.recall, self.precision) >= FLOOR and not self.taken

    def table(self) -> str:
        """One line per rule, and one for all."""
        lines = ["| rule | planted | found | false alarms | look-alikes | taken for one |", "|---|--:|--:|--:|--:|--:|"]
        counts = (self.planted, self.found, self.alarms, self.look_alikes, self.taken)
        codes = sorted({code for count in counts for code in count})
        lines += [f"| {code} | " + " | ".join(str(count[code]) for count in counts) + " |" for code in codes]
        lines.append("| all | " + " | ".join(str(count.total()) for count in counts) + " |")
        return "\n".join(lines) + f"\n\nRecall {self.recall:.3f}, precision {self.precision:.3f}."


def audited(documents: Path, out: Path) -> list[tuple[list[str], Finding]]:
    """The findings on a folder of documents, each with the names of the files that it is about, one or two."""
    for arguments in (["run", str(documents), "-o", str(out), "--quiet"], ["audit", str(out)]):
        command = [sys.executable, "-m", "ita_extract.cli", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(arguments[:1])} failed:\n{done.stderr}")
    archive = Archive(out)
    found = []
    for finding in archive.findings():
        both = filter(None, (finding.document_id, finding.other_document_id))
        found.append(([_sample_name(archive.name_of(document_id)) for document_id in both], finding))
    return found


def _sample_name(file_name: str) -> str:
    """The sample that a document is, or is a print or scan of."""
    return Path(file_name).name.removesuffix(".tiff").removesuffix(".pdf")


def judged(listed: dict[str, list[Row]], findings: list[tuple[list[str], Finding]]) -> Outcome:
    """Compares findings with what was planted."""
    outcome = Outcome()
    explained: set[int] = set()
    for row in listed["planted"]:
        code = row["rule"]
        if code not in BY_CODE:
            continue
        outcome.planted[code] += 1
        hits = [at for at, (names, finding) in enumerate(findings) if _is_about(row, names, finding)]
        explained.update(hits)
        outcome.found[code] += bool(hits)
        if not hits:
            outcome.notes.append(f"missed: {row['document']} {code}: {row['what']}")
    for row in listed["silent"]:
        code = row["rule"]
        if code not in BY_CODE:
            continue
        outcome.look_alikes[code] += 1
        if any(_is_about(row, names, finding) for names, finding in findings):
            outcome.taken[code] += 1
            outcome.notes.append(f"taken for a contradiction: {row['document']} {code}: {row['what']}")
    for at, (names, finding) in enumerate(findings):
        if at not in explained:
            outcome.alarms[finding.rule_code or ""] += 1
            outcome.notes.append(f"false alarm: {names[0]} {finding.rule_code}: {finding.message_en}")
    return outcome


def _is_about(row: Row, names: list[str], finding: Finding) -> bool:
    same = finding.rule_code == row["rule"] and row["document"] in names
    return same and key(str(row.get("shows", ""))) in key(finding.evidence_raw or "")


def print_all(documents: Path) -> None:
    """Replaces documents by their prints, which keep the whole name: `reef-plan-2565.html.pdf`."""
    from ita_extract.readers import read
    from printing.browser import print_html
    from printing.markup import html

    for path in sorted(documents.iterdir()):
        print_html(html(read(path), font="Loma", points=11, landscape=True), path.with_name(f"{path.name}.pdf"))
        path.unlink()


def scan_all(documents: Path, level: str) -> None:
    """Replaces prints by scans of them, one picture file each."""
    for number, path in enumerate(sorted(documents.glob("*.pdf"))):
        pages = []
        with pypdfium2.PdfDocument(path) as print_:
            count = len(print_)
        for page in range(count):
            scan = LEVELS[level](render(path, page), 100 * number + page)
            pages.append(Image.open(io.BytesIO(scan.data)))
        dpi = {"dpi": pages[0].info["dpi"]} if "dpi" in pages[0].info else {}
        target = path.with_name(f"{path.name}.tiff")
        pages[0].save(target, save_all=True, append_images=pages[1:], compression="tiff_lzw", **dpi)
        path.unlink()


def evaluate(form: str = "text") -> Outcome:
    """Reads, audits and judges the archive as it is in the samples, or (`pdf`) its prints, or scans of these."""
    listed: dict[str, list[Row]] = yaml.safe_load((SAMPLES / "planted.yaml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as name:
        documents = Path(name) / "documents"
        shutil.copytree(SAMPLES, documents, ignore=shutil.ignore_patterns("planted.yaml"))
        if form != "text":
            print_all(documents)
        if form not in ("text", "pdf"):
            scan_all(documents, form)
        return judged(listed, audited(documents, Path(name) / "out"))


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write-readme", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--form", choices=("text", "pdf", *LEVELS), default="text")
    options = parser.parse_args()
    outcome = evaluate(options.form)
    table = outcome.table()
    print(table)
    if options.verbose or not outcome.passes():
        print("\n".join(outcome.notes))
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    shown, _, after = rest.partition(END)
    if options.write_readme:
        README.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")
    elif options.check and shown.strip() != table:
        print("README.md shows another table: run scripts/evaluate_audit.py --write-readme", file=sys.stderr)
        return 1
    return 0 if outcome.passes() or not options.check else 1


if __name__ == "__main__":
    raise SystemExit(main())
