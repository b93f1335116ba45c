#!/usr/bin/env python3
"""How well the samples are read: precision, recall and F1 per record type, cell by cell.

Every `samples/<name>/expected.json` lists the records that its source must yield, with the columns that count. A run's
rows are paired
with the expected rows by similarity of their identifying columns; then each listed cell is right, wrong, missing or
superfluous.
Identifiers are not compared, but links between rows are: a row must hang on the activity that stands for the expected
one.

The prints of each sample (`prints/<name>.<producer>.pdf`) must yield the same records; a second table shows all cells
per form.

usage: evaluate.py [--check] [--write-readme] [--verbose] [SAMPLE ...]

--check exits with 1 when a record type falls below its floor (FLOOR, FORM_FLOORS) or README.md shows other tables.
--write-readme puts the tables into README.md.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from ita_extract import Records, extract
from ita_extract.thai.text import key

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
PRINTS = ROOT / "prints"
README = ROOT / "README.md"
FLOOR = 0.97
"""Least F1 of any record type on the samples."""
FORM_FLOORS = {"markup": 0.99, "chromium": 0.995, "libreoffice": 0.995, "office": 0.995}
"""Least F1 of all cells of the samples in each form."""

FORM_TITLES = {
    "markup": "markup, OCR text",
    "chromium": "PDF by a browser (Chromium)",
    "libreoffice": "PDF by a word processor (LibreOffice)",
    "office": "PDF of an old office set-up: private-use codes, damaged maps, turned pages, columns, footnotes",
}

Row = dict[str, Any]
Expected = dict[str, Any]
"""What `expected.json` holds."""

IDENTIFYING: dict[str, tuple[str, ...]] = {
    "plans": ("plan_title",),
    "plan_fields": ("label_raw", "number_raw", "value_raw"),
    "rating_options": ("label_raw", "order_no", "group_key"),
    "activities": ("title", "level", "number_path"),
    "timeline_months": ("activity_id", "grid_no", "row_kind", "fiscal_month"),
    "indicators": ("indicator", "activity_id", "target_raw"),
    "responsibilities": ("unit_raw", "activity_id", "role"),
    "budgets": ("activity_id", "kind", "amount_raw", "fiscal_year_be"),
    "outcomes": ("activity_id", "text"),
    "events": ("start_date", "name"),
    "event_tellings": ("telling_no", "start_date"),
    "event_people": ("name_raw", "role", "telling_no"),
    "attendees": ("name_raw", "order_no"),
    "agenda_items": ("number_raw", "topic"),
    "ita_scores": ("measure", "fiscal_year_be", "score_role"),
    "statements": ("text_raw",),
    "policy_items": ("text", "section_title_th"),
    "citations": ("subject_raw", "number_raw"),
    "contacts": ("value_raw", "channel"),
    "organisations": ("name_raw",),
    "figures": ("caption_raw",),
    "suspected_errors": ("text_raw",),
}
"""Columns by which rows are paired; tables that are not listed hold one row per document."""

LINKS = ("activity_id", "parent_id")
NOT_COMPARED = frozenset({"_optional", "group_key"})
PARTIAL = frozenset({"organisations", "figures", "suspected_errors"})
"""Tables whose expected rows are a choice: further rows are not counted as wrong."""


class Mistake(NamedTuple):
    """A cell that says what is not printed: its table, its column and the row it stands in."""

    table: str
    column: str
    row: Row


@dataclass
class Tally:
    """Counts of cells: right, wrong or superfluous, missing."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    notes: list[str] = field(default_factory=list)
    columns: dict[str, Tally] = field(default_factory=dict)
    """The same per column."""
    mistakes: list[Mistake] = field(default_factory=list)
    """The wrong and superfluous cells."""

    def count(self, column: str, *, right: bool = False, wrong: bool = False, missing: bool = False) -> None:
        """Counts one cell."""
        own = self.columns.setdefault(column, Tally())
        for tally in (self, own):
            tally.right += right
            tally.wrong += wrong
            tally.missing += missing

    def add(self, other: Tally) -> None:
        """Adds the counts of another tally."""
        self.right += other.right
        self.wrong += other.wrong
        self.missing += other.missing
        self.notes += other.notes
        self.mistakes += other.mistakes
        for column, tally in other.columns.items():
            self.columns.setdefault(column, Tally()).add(tally)

    @property
    def precision(self) -> float:
        """Share of the cells given that are right; 1 when none is given."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the cells expected that are right; 1 when none is expected."""
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.right + self.wrong + self.missing
        return 2 * self.right / total if total else 1.0


def similarity(left: Any, right: Any) -> float:
    """0–1: how alike two cells are; text after folding, everything else by equality."""
    if isinstance(left, list):
        return max(similarity(option, right) for option in left)
    if _blank(left) or _blank(right):
        return float(_blank(left) and _blank(right))
    if isinstance(left, bool) or isinstance(right, bool):
        return float(left is right)
    if isinstance(left, (int, float)) and _number(right) is not None:
        return float(abs(float(left) - (_number(right) or 0)) < 1e-6)
    return fuzz.ratio(key(str(left)), key(str(right))) / 100


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _number(value: Any) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def same(left: Any, right: Any) -> bool:
    """Whether two cells say the same (text: at least 98 % alike after folding)."""
    return similarity(left, right) >= 0.98


def pair(table: str, expected: list[Row], got: list[Row], links: dict[str, str]) -> list[tuple[int, int]]:
    """Pairs of row numbers, best first; a pair must agree by at least half."""
    columns = IDENTIFYING.get(table)
    if columns is None:
        return [(0, 0)] if expected and got else []
    scored = []
    for i, row in enumerate(expected):
        listed = [c for c in columns if c in row] or list(row)
        for j, other in enumerate(got):
            scores = [
                _linked(row[c], other.get(c), links) if c in LINKS else similarity(row.get(c), other.get(c))
                for c in listed
            ]
            weights = [4.0, *([1.0] * (len(scores) - 1))]
            total = sum(w * s for w, s in zip(weights, scores, strict=True)) / sum(weights)
            scored.append((total, -i, -j))
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    pairs = []
    for total, i, j in sorted(scored, reverse=True):
        if total >= 0.5 and -i not in taken_i and -j not in taken_j:
            taken_i.add(-i)
            taken_j.add(-j)
            pairs.append((-i, -j))
    return sorted(pairs)


def _linked(expected: Any, got: Any, links: dict[str, str]) -> float:
    if _blank(expected) or _blank(got):
        return float(_blank(expected) and _blank(got))
    return float(links.get(str(got)) == str(expected))


def compare(table: str, expected: list[Row], got: list[Row], links: dict[str, str], tally: Tally, name: str) -> None:
    """Counts the cells of one table of one sample."""
    columns = sorted(
        {c for row in expected for c in row} - NOT_COMPARED - ({"activity_id"} if table == "activities" else set())
    )
    pairs = pair(table, expected, got, links)
    for i, j in pairs:
        for column in columns:
            if column in expected[i]:
                _cell(table, column, expected[i][column], got[j], links, tally, name)
    matched = {i for i, _ in pairs}
    for i, row in enumerate(expected):
        if i not in matched and not row.get("_optional"):
            for column in columns:
                tally.count(column, missing=not _blank(row.get(column)))
            tally.notes.append(f"{name}: {table}: missing {_shown(row)}")
    used = {j for _, j in pairs}
    if table not in PARTIAL:
        for j, row in enumerate(got):
            if j not in used:
                for column in columns:
                    if not _blank(row.get(column)) and column not in LINKS:
                        tally.count(column, wrong=True)
                        tally.mistakes.append(Mistake(table, column, row))
                tally.notes.append(f"{name}: {table}: superfluous {_shown({c: row.get(c) for c in columns})}")


def _cell(table: str, column: str, want: Any, row: Row, links: dict[str, str], tally: Tally, name: str) -> None:
    have = row.get(column)
    right = bool(_linked(want, have, links)) if column in LINKS else same(want, have)
    if right:
        tally.count(column, right=not _blank(want))
        return
    tally.count(column, wrong=not _blank(have), missing=not _blank(want))
    if not _blank(have):
        tally.mistakes.append(Mistake(table, column, row))
    tally.notes.append(f"{name}: {table}.{column}: expected {want!r}, got {have!r}")


def _shown(row: Row) -> str:
    return json.dumps({k: v for k, v in row.items() if not _blank(v)}, ensure_ascii=False, default=str)[:200]


def source_of(folder: Path) -> Path:
    """The sample's own document."""
    return next(path for path in sorted(folder.iterdir()) if path.stem == "source")


def _expect_print(expected: Expected) -> None:
    """On paper a ticked input of a web form is a sign or a drawn box."""
    for row in expected.get("rating_options", ()):
        if row.get("mark_kind") == "html_input":
            row["mark_kind"] = ["glyph", "private_use", "pixels"]


def evaluate(
    documents: Iterable[tuple[Path, Path]],
    read: Callable[[Path], Records] = extract,
    expect: Callable[[Expected], None] = _expect_print,
) -> dict[str, Tally]:
    """Runs documents and compares each with the expected records in the sample's folder beside it.

    `read` makes records of a document; `expect` says what changes in what is expected when it is not the sample itself.
    """
    tallies: dict[str, Tally] = defaultdict(Tally)
    for folder, document in documents:
        name = folder.name if document.parent == folder else document.name
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        if document.parent != folder:
            expect(expected)
        records = read(document)
        got = {table: records.rows(table) for table in expected if not table.startswith("_")}
        free = {key(label) for label in expected.get("_labels_ok", ())}
        links = _activity_links(expected.get("activities", []), records.rows("activities"))
        for table, rows in got.items():
            if table == "plan_fields":
                listed = {key(row["label_raw"]) for row in expected[table]}
                rows = [r for r in rows if key(r["label_raw"] or "") in listed or key(r["label_raw"] or "") not in free]
            compare(table, expected[table], rows, links, tallies[table], name)
        for table in expected.get("_empty", ()):
            surplus = len(records[table])
            tallies[table].wrong += surplus
            if surplus:
                tallies[table].notes.append(f"{name}: {table} must be empty, has {surplus} rows")
    return dict(tallies)


def prints_of(folders: Iterable[Path]) -> dict[str, list[tuple[Path, Path]]]:
    """The printed forms of samples by producer."""
    forms: dict[str, list[tuple[Path, Path]]] = defaultdict(list)
    for folder in folders:
        for path in sorted(PRINTS.glob(f"{folder.name}.*.pdf")):
            forms[path.name.split(".")[1]].append((folder, path))
    return dict(sorted(forms.items()))


def _activity_links(expected: list[Row], got: list[Row]) -> dict[str, str]:
    pairs = pair("activities", expected, got, {})
    return {
        str(got[j]["activity_id"]): str(expected[i]["activity_id"]) for i, j in pairs if "activity_id" in expected[i]
    }


def total(tallies: Iterable[Tally]) -> Tally:
    """All cells together."""
    tallies = list(tallies)
    return Tally(sum(t.right for t in tallies), sum(t.wrong for t in tallies), sum(t.missing for t in tallies))


def table_text(tallies: dict[str, Tally], samples: int) -> str:
    """The table of record types."""
    order = [*IDENTIFYING]
    names = sorted(tallies, key=lambda name: order.index(name) if name in order else -1)
    lines = ["| record type | cells expected | precision | recall | F1 |", "|---|--:|--:|--:|--:|"]
    return "\n".join(
        [
            *lines,
            *(_row(name, tallies[name]) for name in names),
            _row(f"**all** ({samples} samples)", total(tallies.values())),
        ]
    )


def form_text(forms: dict[str, Tally]) -> str:
    """The table of forms."""
    lines = ["| form of the samples | cells expected | precision | recall | F1 |", "|---|--:|--:|--:|--:|"]
    return "\n".join([*lines, *(_row(FORM_TITLES[name], tally) for name, tally in forms.items())])


def _row(name: str, t: Tally) -> str:
    return f"| {name} | {t.right + t.missing} | {t.precision:.3f} | {t.recall:.3f} | {t.f1:.3f} |"


def write_readme(texts: dict[str, str]) -> None:
    """Replaces the tables between their markers in README.md."""
    readme = README.read_text(encoding="utf-8")
    for name, text in texts.items():
        readme = _marked(name).sub(lambda match, text=text: f"{match[1]}{text}\n{match[3]}", readme)  # type: ignore[misc]
    README.write_text(readme, encoding="utf-8")


def is_current(texts: dict[str, str]) -> bool:
    """Whether README.md shows these very tables."""
    readme = README.read_text(encoding="utf-8")
    found = {name: _marked(name).search(readme) for name in texts}
    return all(match is not None and match[2].strip() == texts[name].strip() for name, match in found.items())


def _marked(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- {name} -->\n)(.*?)(<!-- /{name} -->)", re.DOTALL)


def main() -> int:
    """Evaluates, prints, and checks the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", nargs="*", help="names of samples (default: all)")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--write-readme", action="store_true")
    parser.add_argument("--verbose", "-v", action="store_true")
    options = parser.parse_args()
    folders = [SAMPLES / name for name in options.samples] or sorted(p.parent for p in SAMPLES.glob("*/expected.json"))
    tallies = evaluate((folder, source_of(folder)) for folder in folders)
    printed = {form: evaluate(documents) for form, documents in prints_of(folders).items()}
    forms = {"markup": total(tallies.values()), **{form: total(found.values()) for form, found in printed.items()}}
    texts = {"evaluation": table_text(tallies, len(folders)), "forms": form_text(forms)}
    print(*texts.values(), sep="\n\n")
    if options.verbose:
        for tally in [t for found in (tallies, *printed.values()) for t in found.values()]:
            print(*tally.notes, sep="\n", end="\n" if tally.notes else "")
    if options.write_readme:
        write_readme(texts)
    below = [name for name, tally in tallies.items() if tally.f1 < FLOOR]
    below += [name for name, tally in forms.items() if tally.f1 < FORM_FLOORS[name]]
    if options.check and below:
        print(f"below their floor: {', '.join(sorted(below))}", file=sys.stderr)
        return 1
    if options.check and not options.samples and not is_current(texts):
        print("the tables in README.md are out of date: run scripts/evaluate.py --write-readme", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
