"""`findings.html`: findings to read and filter, documents that belong together, what the archive holds year by year.

One file, no network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ita_extract.archive import Archive
from ita_extract.audit.findings import BETWEEN
from ita_extract.audit.manual import SEVERITY_TH
from ita_extract.audit.overview import KINDS, Agency, Overview
from ita_extract.audit.results import SEVERITIES
from ita_extract.audit.rule import Rule
from ita_extract.records import DocumentLink, DocumentRecord, Finding
from ita_extract.storage import open_whole

FILE = "findings.html"
SHOWN = 2000
"""Findings that the page holds, gravest first: more make it slow in a browser. `tables/findings.csv` has all."""
AGENCIES = 300
"""Agencies that the page shows year by year."""
LINKED = 500
"""Links of each type that the page holds, in order of the documents; `tables/document_links.csv` has all."""
LINK_TYPES = {
    "result_of": ("report → its plan", "รายงานผล → แผน"),
    "next_year": ("document → the next year's", "เอกสาร → ฉบับของปีถัดไป"),
    "exact_duplicate": ("exact duplicates", "เอกสารซ้ำกันทั้งฉบับ"),
    "near_duplicate": ("nearly the same text", "เอกสารที่ข้อความเกือบเหมือนกัน"),
    "same_event": ("the same event", "กิจกรรมเดียวกัน"),
}
"""Types of links that the page shows. People stay in the tables: who is whom is personal data."""
CAUSES = {
    "document": ("document", "เอกสารต้นฉบับ"),
    "ocr": ("OCR", "การอ่านภาพ (OCR)"),
    "conversion": ("conversion", "การแปลงไฟล์"),
    "archive_gap": ("gap in the archive", "เอกสารในคลังไม่ครบ"),
    "extractor": ("extractor", "โปรแกรมสกัดข้อมูล"),
}
STATUSES = {
    "open": ("open", "รอทบทวน"),
    "accepted": ("accepted", "ยืนยัน"),
    "explained": ("explained", "ชี้แจงแล้ว"),
    "false_positive": ("false alarm", "ไม่ใช่ปัญหา"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the page shows it."""

    finding: Finding
    sides: tuple[str, ...]
    agency: str
    year: int | None
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as the page shows it, with the two documents."""

    link: DocumentLink
    ends: tuple[DocumentRecord, DocumentRecord]


@dataclass(frozen=True, slots=True)
class Chart:
    """Total scores of one agency over the years, in units of the drawing; targets are marked apart."""

    points: tuple[tuple[float, float, str], ...]
    targets: tuple[tuple[float, float, str], ...]
    labels: tuple[tuple[float, str], ...]
    lowest: int

    WIDTH = 260
    HEIGHT = 90

    @property
    def path(self) -> str:
        """The line through the scores."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in self.points)


Documents = Callable[[str], DocumentRecord]
"""Gives a document of the archive by its id."""


def write_page(archive: Archive, overview: Overview, rules: Sequence[Rule], *, total: int) -> None:
    """Writes the page of the last audit, which made `total` findings. Raises ArchiveError."""
    document = cache(lambda document_id: _document(archive, document_id))
    shown = list(_shown(document, _gravest(archive.findings())))
    template = _environment().get_template("findings.html.j2")
    agencies = overview.agencies
    content = template.stream(
        findings=shown,
        total=total,
        rules={rule.code: rule for rule in rules},
        codes=sorted({one.finding.rule_code or "" for one in shown}),
        linked={name: _linked(archive, document, name) for name in LINK_TYPES},
        link_types=LINK_TYPES,
        links_limit=LINKED,
        agencies=agencies[:AGENCIES],
        agencies_left=max(0, len(agencies) - AGENCIES),
        names=sorted({one.agency for one in shown}),
        years=overview.years,
        kinds=KINDS,
        severities={name: SEVERITY_TH[name] for name in SEVERITIES},
        causes=CAUSES,
        statuses=STATUSES,
        chart=chart,
    )
    with open_whole(archive.folder / FILE) as stream:
        content.dump(stream, encoding="utf-8", errors="replace")


@cache
def _environment() -> Environment:
    # Whatever the input held is text on the page: everything is escaped.
    return Environment(
        loader=PackageLoader("ita_extract.audit"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _gravest(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest findings, of equals the first, never more in memory than are shown."""
    kept: dict[str, list[Finding]] = {name: [] for name in SEVERITIES}
    for finding in findings:
        group = kept[finding.severity or "info"]
        if len(group) < SHOWN:
            group.append(finding)
    return [finding for group in kept.values() for finding in group][:SHOWN]


def _document(archive: Archive, document_id: str) -> DocumentRecord:
    row: Any = archive.read(document_id)["documents"][0]
    found: DocumentRecord = row
    return found


def _linked(archive: Archive, document: Documents, kind: str) -> list[Linked]:
    of_kind = (link for link in archive.links() if link.link_type == kind)
    return [
        Linked(link, (document(link.from_document_id or ""), document(link.to_document_id or "")))
        for link in islice(of_kind, LINKED)
    ]


def _shown(document: Documents, findings: Iterable[Finding]) -> Iterator[Shown]:
    for finding in findings:
        about = document(finding.document_id)
        ids = [finding.document_id, *([finding.other_document_id] if finding.other_document_id else [])]
        yield Shown(
            finding,
            tuple((finding.evidence_raw or "").split(BETWEEN)),
            about.agency or "",
            about.fiscal_year_be,
            tuple(document(one).file_name or one for one in ids),
        )


def chart(agency: Agency) -> Chart | None:
    """The scores of an agency as a drawing, None where there are none."""
    years = sorted(agency.years)
    known = [s for year in agency.years.values() for s in (year.score, year.target) if s is not None]
    if not known:
        return None
    lowest = min(int(min(known)) // 10 * 10, 90)

    def place(at: int, value: Decimal) -> tuple[float, float]:
        x = 24 + at * (Chart.WIDTH - 44) / max(1, len(years) - 1)
        share = (float(value) - lowest) / (100 - lowest)
        return x, 14 + (1 - min(1.0, share)) * (Chart.HEIGHT - 34)

    def marks(values: Sequence[Decimal | None]) -> tuple[tuple[float, float, str], ...]:
        return tuple((*place(at, value), format(value, "f")) for at, value in enumerate(values) if value is not None)

    return Chart(
        marks([agency.years[year].score for year in years]),
        marks([agency.years[year].target for year in years]),
        tuple((place(at, Decimal(100))[0], str(year)) for at, year in enumerate(years)),
        lowest,
    )
