"""The document itself: what it is, whose it is, which year it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ita_extract import __version__
from ita_extract.extractors.context import Context, Facts
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.headings import MAX_HEADING, activity_heading
from ita_extract.outline.model import Line, Outline
from ita_extract.records import SCHEMA_VERSION, DocumentRecord
from ita_extract.records.document import DocType
from ita_extract.thai.dates import find_dates, find_fiscal_years, fiscal_year_bounds
from ita_extract.thai.labels import split_label
from ita_extract.thai.money import budget_status
from ita_extract.thai.organisations import Mention, document_definitions, find_organisations, resolve
from ita_extract.thai.periods import find_periods, reporting_round
from ita_extract.thai.text import fold_digits, key

TITLE_LINES = 25
"""The title stands among the first lines; further down, headings are those of parts."""

_OIT = re.compile(r"(?<![A-Za-z0-9])(MOIT|OIT|EB|O|o|0)\s?-?(\d{1,2}(?:\.\d)?)(?!\d)(?=[\s:.,\-–)]|$)")
_SIGNING = re.compile(r"(?:ประกาศ|ให้ไว้|สั่ง|ลงชื่อ)\s*(?:ณ)?\s*(?=วันที่)|ณ\s*วันที่|วันที่รายงาน|ข้อมูล\s*ณ")


def facts(outline: Outline) -> Facts:
    """What other extractors need to know about the document before they begin."""
    kind = _doc_type(outline)
    year = _fiscal_year(outline)
    agency = _agency(outline)
    return Facts(
        doc_type=kind,
        fiscal_year_be=year.be if year else None,
        agency=agency.mention.name if agency else None,
        abbreviations=document_definitions(outline.document.source),
    )


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields the document's row. Coverage and counts are completed when the records are assembled."""
    outline, document = context.outline, context.outline.document
    title, year, agency = title_quote(outline), _fiscal_year(outline), _agency(outline)
    date, signer = _document_date(outline), _approver(outline)
    code, filed = _oit_code(outline), _filed_year(outline, year)
    bounds = fiscal_year_bounds(year.be) if year else None
    round_quote = title.text if title else ""
    record = DocumentRecord(
        document_id=document.document_id,
        file_name=document.file_name,
        file_sha256=document.sha256,
        byte_count=document.byte_count,
        media_type=document.media_type,
        page_count=len(document.pages),
        char_count=len(document.source),
        doc_type=context.facts.doc_type,
        title_raw=title.text if title else None,
        title=" ".join(title.text.split()) if title else None,
        agency_raw=agency.mention.raw if agency else None,
        agency=agency.mention.name or agency.mention.raw if agency else None,
        agency_abbr=agency.mention.abbr if agency else None,
        agency_basis=agency.basis if agency else "unknown",
        fiscal_year_be=year.be if year else None,
        filed_fiscal_year_be=filed.be if filed else None,
        period_start=bounds[0].isoformat() if bounds else None,
        period_end=bounds[1].isoformat() if bounds else None,
        reporting_round=reporting_round(round_quote) if context.facts.doc_type in _REPORTS else None,
        document_date=date[0] if date else None,
        approver_raw=signer.text if signer else None,
        oit_scheme=code.scheme if code else None,
        oit_code_raw=code.quote.text if code else None,
        oit_code=code.code if code else None,
        budget_status=_budget_status(outline),
        extractor_version=__version__,
        schema_version=SCHEMA_VERSION,
    )
    yield found(
        record,
        title,
        title_raw=title,
        agency=agency.quote if agency else None,
        fiscal_year_be=year.quote if year else None,
        document_date=date[1] if date else None,
        approver_raw=signer,
        oit_code=code.quote if code else None,
    )


_REPORTS = frozenset({"result_report", "progress_report", "plan_and_result"})


# ------------------------------------------------------------------ title
def title_quote(outline: Outline) -> Quote | None:
    """The title: the first line that opens like one, else the first line that is no label, address or running text."""
    candidates = [line for line in outline.lines[:TITLE_LINES] if _may_be_title(line)]
    if not candidates:
        return None
    best = next((line for line in candidates if _begins_like_title(line.text)), None)
    if best is None:
        best = next((line for line in candidates if line.paragraph.level == 1), candidates[0])
    return _with_wrapped_rest(outline, best)


def _may_be_title(line: Line) -> bool:
    text = line.text.strip()
    if not 4 <= len(text) <= 250 or text.startswith(("http", "www.")):
        return False
    return split_label(text, "fields") is None and activity_heading(text) is None


@cache
def _title_words() -> tuple[str, ...]:
    words = [word for group in load("parts")["doc_types"].values() for word in group]
    return tuple(sorted((key(word) for word in words), key=len, reverse=True))


def _begins_like_title(text: str) -> bool:
    folded = key(text)
    return any(folded.startswith(word) for word in _title_words())


def _with_wrapped_rest(outline: Outline, line: Line) -> Quote:
    """A title printed over several lines: short lines right below that go on with it (of …, fiscal year …)."""
    parts = [line.quote.strip()]
    last = line
    for following in outline.lines[line.index + 1 : line.index + 4]:
        text = following.text.strip()
        gap = outline.document.source[last.quote.end : following.quote.start]
        if gap.count("\n") > 1 or len(text) > MAX_HEADING or not _continues_title(text):
            break
        parts.append(following.quote.strip())
        last = following
    return Quote.join(parts, " ")


def _continues_title(text: str) -> bool:
    words = load("parts")["title_continuations"]
    return key(text).startswith(tuple(key(word) for word in words)) and split_label(text, "fields") is None


# ------------------------------------------------------------------ type
def _doc_type(outline: Outline) -> DocType:
    """The type by the title's words; without any, by what the document holds."""
    title = title_quote(outline)
    head = key(title.text) if title else ""
    by_title = _type_of_title(head)
    grids = [g for g in outline.grids if g.kind == "activity"]
    has_results = any(g.columns_playing("result", "actual", "budget_spent", "progress", "status") for g in grids)
    has_results = has_results or any(f.key == "result" for f in outline.fields)
    if by_title == "plan" and has_results and _results_filled(outline):
        return "plan_and_result"
    if by_title is not None:
        return by_title
    kinds = Counter(section.kind for section in outline.sections)
    if kinds["minutes"] and not grids:
        return "minutes"
    if kinds["press_release"] and not grids and not outline.fields:
        return "press_release"
    if (
        grids
        or len({f.key for f in outline.fields if f.key} & {"objective", "goal", "indicator", "rationale", "period"})
        >= 2
    ):
        return "plan_and_result" if has_results and _results_filled(outline) else "plan"
    return "score_sheet" if any(g.kind == "score" for g in outline.grids) else "other"


def _type_of_title(folded: str) -> DocType | None:
    table: dict[DocType, list[str]] = load("parts")["doc_types"]
    pairs = sorted(((key(w), kind) for kind, words in table.items() for w in words), key=lambda pair: -len(pair[0]))
    starting = next((kind for word, kind in pairs if folded.startswith(word)), None)
    return starting or next((kind for word, kind in pairs if word in folded), None)


def _results_filled(outline: Outline) -> bool:
    """Whether results are reported, not merely asked for by an empty column."""
    for grid in outline.grids:
        for column in grid.columns_playing("result", "actual", "budget_spent"):
            if any((c := row.cells[column.index]) is not None and len(c.text.strip()) > 1 for row in grid.data_rows()):
                return True
    return any(f.key == "result" and f.value for f in outline.fields)


# ------------------------------------------------------------------ year
@dataclass(frozen=True, slots=True)
class _Year:
    be: int
    quote: Quote


def _years_in(quote: Quote) -> list[_Year]:
    return [
        _Year(y.be, quote.slice(y.start, y.end)) for y in find_fiscal_years(quote.text) if y.kind in ("fiscal", "plain")
    ]


def _fiscal_year(outline: Outline) -> _Year | None:
    """The year of the title; else the fiscal year named most often; else that of the plan's period."""
    title = title_quote(outline)
    in_title = _years_in(title) if title else []
    if in_title:
        return in_title[0]
    quotes = [line.quote for line in outline.lines] + [f.value for f in outline.fields]
    labelled = [
        _Year(y.be, quote.slice(y.start, y.end))
        for quote in quotes
        for y in find_fiscal_years(quote.text)
        if y.kind == "fiscal"
    ]
    if labelled:
        counts = Counter(y.be for y in labelled)
        most = max(counts.values())
        return next(y for y in labelled if counts[y.be] == most)
    return _year_of_heads(outline) or _year_of_period(outline)


def _year_of_heads(outline: Outline) -> _Year | None:
    for grid in outline.grids:
        for column in grid.columns:
            years = _years_in(column.head)
            if years:
                return years[0]
    return None


def _year_of_period(outline: Outline) -> _Year | None:
    """The fiscal year in which the plan's period ends."""
    quotes = [f.value for f in outline.fields if f.key == "period" and f.value]
    for grid in outline.grids:
        for column in grid.columns_playing("period"):
            quotes += [c.quote for row in grid.data_rows() if (c := row.cells[column.index]) is not None and c.text]
    for quote in quotes:
        for period in find_periods(quote.text):
            if period.end is not None and len(period.end) >= 7:
                year, month = int(period.end[:4]), int(period.end[5:7])
                return _Year(year + 543 + (1 if month >= 10 else 0), quote)
    return None


def _filed_year(outline: Outline, content: _Year | None) -> _Year | None:
    """`สำหรับการประเมิน … ประจำปีงบประมาณ พ.ศ. 2566` when that is another year than the content's."""
    for line in outline.lines[:TITLE_LINES]:
        if not _OIT.search(line.text):
            continue
        for year in _years_in(line.quote):
            if content is not None and year.be != content.be:
                return year
    return None


# ------------------------------------------------------------------ agency
@dataclass(frozen=True, slots=True)
class _Agency:
    mention: Mention
    quote: Quote
    basis: Literal["stated", "inferred"]


def _agency(outline: Outline) -> _Agency | None:
    """The agency the document is about:

    named in the title or an agency field; else the one mentioned most by name or abbreviation.
    """
    title = title_quote(outline)
    for field in outline.fields:
        if (
            field.key is None
            and key(field.label.text) in {key(w) for w in load("parts")["agency_labels"]}
            and field.value
        ):
            mention = _resolved(field.value.text, outline)
            return _Agency(mention, field.value, "stated")
    for quote in [title, *(line.quote for line in outline.lines[:8])]:
        hit = _named(quote) if quote else None
        if hit is not None:
            return hit
    return _most_mentioned(outline)


def _resolved(text: str, outline: Outline) -> Mention:
    return resolve(" ".join(text.split()), document_abbreviations=document_definitions(outline.document.source))


def _named(quote: Quote) -> _Agency | None:
    """The last agency that a title-like line names in full (`แผน… ของ<agency>`); the assessor is never the subject."""
    mentions = [m for m in find_organisations(quote.text) if _may_own(m) and m.raw != m.abbr]
    if not mentions:
        return None
    best = next((m for m in reversed(mentions) if not m.raw.startswith("จังหวัด")), mentions[-1])
    return _Agency(best, quote.slice(best.start, best.end), "stated")


def _may_own(mention: Mention) -> bool:
    if mention.level not in ("agency", "ministry"):
        return False
    names = {key(name) for name in load("parts")["assessors"]}
    return key(mention.name or mention.raw) not in names and key(mention.raw) not in names


def _most_mentioned(outline: Outline) -> _Agency | None:
    hits: list[tuple[Mention, Quote]] = []
    quotes = [line.quote for line in outline.lines]
    for grid in outline.grids:
        quotes += [cell.quote for table in grid.tables for cell in table.cells]
    for quote in quotes:
        hits += [(m, quote.slice(m.start, m.end)) for m in find_organisations(quote.text) if _may_own(m) and m.name]
    if not hits:
        return None
    counts = Counter(m.name for m, _ in hits)
    name, _ = max(counts.items(), key=lambda pair: pair[1])
    mention, quote = next(hit for hit in hits if hit[0].name == name)
    in_full = any(key(m.raw) == key(name or "") for m, _ in hits if m.name == name)
    return _Agency(mention, quote, "stated" if in_full else "inferred")


# ------------------------------------------------------------------ date, signature, code, budget
def _document_date(outline: Outline) -> tuple[str, Quote] | None:
    """The date beside a signing formula (`ประกาศ ณ วันที่ …`), near the end of the document first."""
    for line in reversed(outline.lines):
        match = _SIGNING.search(line.text)
        if match is None or len(line.text) > 120:
            continue
        dates = [d for d in find_dates(line.text) if d.start >= match.start() - 6 and d.precision == "day" and d.valid]
        if dates:
            return dates[0].iso, line.quote.slice(dates[0].start, dates[0].end)
    return None


def _approver(outline: Outline) -> Quote | None:
    """The bracketed name of a signature block near the end: `(นายก ข)`, or the name behind `ลงชื่อ`/`ผู้อนุมัติ`."""
    for line in reversed(outline.lines[-15:]):
        text = line.text.strip()
        if outline.sections[line.section].kind == "minutes":
            continue
        match = re.fullmatch(
            r"[(（]\s*((?:นาย|นาง|นางสาว|น\.ส\.|ดร\.|พ|ว่าที่|ผศ|รศ|ศ\.|ร้อย|จ่า|สิบ)[^()]{3,60})[)）]", text
        )
        if match:
            start = line.text.index(match[1])
            return line.quote.slice(start, start + len(match[1])).strip()
    return None


@dataclass(frozen=True, slots=True)
class _Code:
    code: str
    scheme: str
    quote: Quote


def _oit_code(outline: Outline) -> _Code | None:
    """An item code among the first lines (`O42`, `OIT 42`, `MOIT 12`, `EB 17`; a zero may stand for the letter O)."""
    for line in outline.lines[:TITLE_LINES]:
        for match in _OIT.finditer(fold_digits(line.text)):
            prefix, number = match[1].upper(), match[2]
            if prefix == "0" and len(number) != 2:
                continue
            prefix = "O" if prefix in ("0", "OIT") else prefix
            scheme = {"MOIT": "MOPH_MOIT", "EB": "EBIT"}.get(prefix, "NACC_NATIONAL")
            return _Code(f"{prefix}{number}", scheme, line.quote.slice(*match.span()))
    return None


def _budget_status(outline: Outline) -> Literal["stated", "no_budget", "not_stated"]:
    texts = [f.value.text for f in outline.fields if f.key in ("budget", "budget_spent") and f.value]
    for grid in outline.grids:
        for column in grid.columns_playing("budget", "budget_allocated", "budget_spent", "budget_year"):
            texts += [c.text for row in grid.data_rows() if (c := row.cells[column.index]) is not None]
    texts = [text for text in texts if text.strip(" -–—\n")]
    statuses = {budget_status(text) or ("stated" if re.search(r"[\d๐-๙]", text) else None) for text in texts}
    if "stated" in statuses:
        return "stated"
    return "no_budget" if "no_budget" in statuses else "not_stated"
