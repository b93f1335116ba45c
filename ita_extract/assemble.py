"""Findings → records: the common tail, provenance of every value, the ledger of all text, counts of the document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

import msgspec

from ita_extract.extractors.found import Findings, Found, Source
from ita_extract.model import Document, Leaf, Quote, Table
from ita_extract.outline.model import Outline
from ita_extract.records import (
    BlockRecord,
    DocumentRecord,
    Located,
    OfDocument,
    PageRecord,
    Provenance,
    Record,
    Section,
)
from ita_extract.records.bundle import Records, make_records
from ita_extract.thai.damage import damage_score

Span = tuple[int, int]


def assemble(outline: Outline, findings: Findings) -> Records:
    """The records of one document, complete with tail, provenance and ledger."""
    document = outline.document
    rows: list[Record] = []
    provenance: list[Record] = []
    for items in findings.by_table.values():
        for item in items:
            record = _with_tail(item, document)
            rows.append(record)
            provenance.extend(_provenance(item, record, document))
    claims = _claimed_spans(findings)
    blocks = list(_ledger(outline, findings, claims))
    rows = [_completed(row, document, rows, blocks, claims) if isinstance(row, DocumentRecord) else row for row in rows]
    return make_records(
        document.document_id, [*rows, *_pages(document), *blocks, *provenance], warnings=document.warnings
    )


# ------------------------------------------------------------------ tail and provenance
def _with_tail(item: Found, document: Document) -> Record:
    assert isinstance(item.record, OfDocument)
    record = msgspec.structs.replace(item.record, document_id=document.document_id)
    primary = next((source.quote for source in item.sources), None)
    if not isinstance(record, Located) or primary is None:
        return record
    where = document.where(primary)
    return msgspec.structs.replace(
        record,
        page=where.page,
        where=str(where),
        source_text=document.verbatim(where),
        basis=item.basis,
        confidence=_confidence(document, primary),
    )


def _confidence(document: Document, quote: Quote) -> Decimal | None:
    """The OCR engine's confidence in the least certain word of a quote; None for text that was not read by OCR."""
    found = [document.places.confidence(run.source_start, run.source_end) for run in quote.runs]
    return _rounded(min((value for value in found if value is not None), default=None), 4)


def record_id(record: Record) -> str:
    """The record's key as one string; keys of several columns are joined by ':'."""
    names = [name for name in record.table.key if name != "document_id"]
    return ":".join(str(getattr(record, name)) for name in names or record.table.key)


def _provenance(item: Found, record: Record, document: Document) -> Iterator[Provenance]:
    numbers: dict[str, int] = defaultdict(int)
    for source in item.sources:
        numbers[source.column] += 1
        yield _source_row(source, numbers[source.column], record, document)


def _source_row(source: Source, number: int, record: Record, document: Document) -> Provenance:
    where = document.where(source.quote)
    x0, top, x1, bottom = document.places.box(*document.span(where)) or (None,) * 4
    return Provenance(
        document_id=document.document_id,
        table_name=record.table.name,
        record_id=record_id(record),
        column_name=source.column,
        source_no=number,
        page=where.page,
        where=str(where),
        x0=_rounded(x0, 1),
        y0=_rounded(top, 1),
        x1=_rounded(x1, 1),
        y1=_rounded(bottom, 1),
        text_raw=document.verbatim(where),
        basis=source.basis,
        method=record.table.name,
        confidence=_confidence(document, source.quote),
    )


# ------------------------------------------------------------------ the ledger
class _Spans:
    """Claimed spans of the source with their owners, merged for counting."""

    def __init__(self, claims: Iterable[tuple[str, Quote]]) -> None:
        pieces = sorted({(run[2], run[3], method) for method, q in claims for run in q.runs if run[3] > run[2]})
        self.pieces = pieces
        self.merged: list[Span] = []
        for start, end, _ in pieces:
            if self.merged and start <= self.merged[-1][1]:
                self.merged[-1] = (self.merged[-1][0], max(end, self.merged[-1][1]))
            else:
                self.merged.append((start, end))
        self._starts = [start for start, _ in self.merged]
        self._piece_starts = [piece[0] for piece in pieces]
        self._longest = max((end - start for start, end, _ in pieces), default=0)

    def overlapping(self, start: int, end: int) -> Iterator[Span]:
        """The claimed parts inside `start:end`."""
        index = max(0, bisect_right(self._starts, start) - 1)
        for a, b in self.merged[index:]:
            if a >= end:
                return
            if b > start:
                yield max(a, start), min(b, end)

    def methods(self, start: int, end: int) -> list[str]:
        """Who claimed text inside `start:end`, in alphabetical order."""
        first = bisect_left(self._piece_starts, start - self._longest)
        last = bisect_left(self._piece_starts, end)
        return sorted({m for a, b, m in self.pieces[first:last] if b > start})


def _claimed_spans(findings: Findings) -> _Spans:
    return _Spans(findings.claims)


def _ledger(outline: Outline, findings: Findings, claims: _Spans) -> Iterator[BlockRecord]:
    document = outline.document
    sections = _section_of_leaf(outline, findings)
    originals = _originals(document)
    for leaf in document.leaves:
        text = document.source[leaf.start : leaf.end]
        owners = claims.methods(leaf.start, leaf.end)
        yield BlockRecord(
            document_id=document.document_id,
            block_id=f"{document.document_id}/b{leaf.number}",
            section_id=sections.get(leaf.number),
            order_no=leaf.number,
            kind=leaf.kind,
            usage=_usage(leaf, text, owners),  # type: ignore[arg-type]
            claimed_by=";".join(owners) or None,
            repeat_of=f"{document.document_id}/b{original}" if (original := originals.get(leaf.number)) else None,
            text_raw=text,
            page=leaf.page,
            where=f"p{leaf.page}/b{leaf.number}",
            source_text=text,
        )


def _usage(leaf: Leaf, text: str, owners: list[str]) -> str:
    if not text.strip() or leaf.kind == "blank":
        return "blank"
    if leaf.kind == "furniture":
        return "furniture"
    if leaf.kind == "table_copy":
        return "repeat"
    return "claimed" if owners else "unclaimed"


def _originals(document: Document) -> dict[int, int]:
    """The leaf of the cell that each leaf of a table's copy repeats, paragraph by paragraph; none for a blank cell."""
    starts = [leaf.start for leaf in document.leaves]
    originals: dict[int, int] = {}
    tables = [block for page in document.pages for block in page.blocks if isinstance(block, Table)]
    while tables:
        table = tables.pop()
        tables += [inner for cell in table.cells for inner in cell.tables]
        cells = {(cell.row, cell.column): [p.leaf for p in cell.paragraphs] for cell in table.cells}
        for copy in table.copies:
            for row, column, quote in copy.sources:
                first, last = (bisect_right(starts, place) for place in (quote.start, quote.end - 1))
                copied, original = range(first, last + 1), cells.get((row, column), [])
                if original:
                    originals |= {leaf: original[min(at, len(original) - 1)] for at, leaf in enumerate(copied)}
    return originals


def _section_of_leaf(outline: Outline, findings: Findings) -> dict[int, str]:
    """Section id by leaf number; leaves between two lines of a section belong to it."""
    ids = [f.record.section_id for f in findings.by_table.get("sections", ()) if isinstance(f.record, Section)]
    result: dict[int, str] = {}
    current = ids[0] if ids else None
    by_leaf = {line.paragraph.leaf: line.section for line in outline.lines}
    for grid in outline.grids:
        for table in grid.tables:
            for cell in table.cells:
                for paragraph in cell.paragraphs:
                    by_leaf.setdefault(paragraph.leaf, grid.section)
    for leaf in outline.document.leaves:
        section = by_leaf.get(leaf.number)
        if section is not None and section < len(ids):
            current = ids[section]
        if current is not None:
            result[leaf.number] = current
    return result


def _pages(document: Document) -> Iterator[PageRecord]:
    texts: dict[int, list[str]] = defaultdict(list)
    for leaf in document.leaves:
        texts[leaf.page].append(document.source[leaf.start : leaf.end])
    for page in document.pages:
        facts, text = page.facts, "".join(texts[page.number])
        damage = damage_score(text) if facts.origin == "markup" else facts.damage_score
        yield PageRecord(
            document_id=document.document_id,
            page=page.number,
            origin=facts.origin,
            width=_rounded(facts.width, 2),
            height=_rounded(facts.height, 2),
            dpi=_rounded(facts.dpi, 1),
            rotation=facts.rotation,
            skew=_rounded(facts.skew, 2),
            damage_score=_rounded(damage, 4),
            ocr_reason=facts.ocr_reason,
            ocr_engine=facts.ocr_engine,
            mean_confidence=_rounded(facts.mean_confidence, 4),
            char_count=len(text),
        )


def _rounded(value: float | None, places: int) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, places)))


# ------------------------------------------------------------------ the document's own row
def _completed(
    row: DocumentRecord, document: Document, rows: list[Record], blocks: list[BlockRecord], claims: _Spans
) -> DocumentRecord:
    return msgspec.structs.replace(
        row,
        coverage_ratio=_coverage(document, blocks, claims),
        suspected_error_count=sum(record.table.name == "suspected_errors" for record in rows),
    )


def _coverage(document: Document, blocks: list[BlockRecord], claims: _Spans) -> Decimal:
    """Share of the visible non-blank characters that a record, a known repeat or recognised furniture accounts for."""
    known = {block.order_no for block in blocks if block.usage in ("repeat", "furniture")}
    visible = document.visible or ((0, len(document.source)),)
    used = total = 0
    for start, end in visible:
        position = start
        while position < end:
            leaf = document.leaf_at(position)
            stop = min(end, leaf.end) if leaf.end > position else end
            count = _ink(document.source, position, stop)
            total += count
            if leaf.number in known:
                used += count
            else:
                used += sum(_ink(document.source, a, b) for a, b in claims.overlapping(position, stop))
            position = stop
    return Decimal(str(round(used / total, 4))) if total else Decimal(0)


def _ink(source: str, start: int, end: int) -> int:
    return len("".join(source[start:end].split()))
