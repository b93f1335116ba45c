"""The document itself: what it is, whose it is, which year it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ita_extract import __version__
from ita_extract.errors import ThaiParseError
from ita_extract.extractors.agency import agency_of, definitions_in, short_forms_in
from ita_extract.extractors.context import Context, Facts
from ita_extract.extractors.found import Found, found
from ita_extract.extractors.options import options_in
from ita_extract.extractors.titles import TITLE_LINES, is_memo, title_quote
from ita_extract.extractors.years import filed_year, fiscal_year, reported_days
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.model import Outline
from ita_extract.records import SCHEMA_VERSION, DocumentRecord
from ita_extract.records.document import DocType
from ita_extract.thai.dates import find_dates
from ita_extract.thai.money import budget_status
from ita_extract.thai.names import parse_name
from ita_extract.thai.periods import Round, reporting_round
from ita_extract.thai.text import fold_digits, key

MEMO_LINES = 8
SIGNATURE_LINES = 15
_SIGNER = re.compile(r"[(（][^()（）]{5,80}[)）]|.*ลงชื่อ.*|(?:ผู้รายงาน|ผู้จัดทำ|ผู้อนุมัติ|ผู้เห็นชอบ|ผู้เสนอ|ตำแหน่ง)\s.*")
ROUND_LINES = 6
"""The round of a report (`รอบ 6 เดือน`) is printed in its title or right below."""

_OIT = re.compile(r"(?<![A-Za-z0-9.,])(MOIT|OIT|EB|O|o|0)\s?-?(\d{1,2}(?:\.\d)?)(?!\d)(?=[\s:.,\-–)]|$)")
_PUBLISHED = re.compile(r"(?:เผยแพร่|โพสต์|ลงข่าว)\s*(?:เมื่อ|วันที่|:)\s*(?:วันที่)?")
_SIGNING = re.compile(r"(?:ประกาศ|ให้ไว้|สั่ง|ลงชื่อ)\s*(?:ณ)?\s*(?=วันที่)|ณ\s*วันที่|วันที่รายงาน|ข้อมูล\s*ณ")


def facts(outline: Outline) -> Facts:
    """What other extractors need to know about the document before they begin."""
    kind = _doc_type(outline)
    year = fiscal_year(outline)
    agency = agency_of(outline)
    return Facts(
        doc_type=kind,
        fiscal_year_be=year.be if year else None,
        assessed_year_be=_assessed_year(outline, kind, year.be) if year else None,
        agency=agency.mention.name if agency else None,
        abbreviations=definitions_in(outline),
        short_forms=short_forms_in(outline),
        no_budget=any(_says_no_budget(line.text) for line in outline.lines),
    )


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields the document's row. Coverage and counts are completed when the records are assembled."""
    outline, document = context.outline, context.outline.document
    title, year, agency = title_quote(outline), fiscal_year(outline), agency_of(outline)
    date, signer = _document_date(outline), _approver(outline)
    code, filed = _oit_code(outline), filed_year(outline, year)
    first_day, last_day = reported_days(outline, year)
    head = "\n".join(line.text for line in outline.lines[:ROUND_LINES])
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
        period_start=first_day,
        period_end=last_day,
        reporting_round=_round(outline, f"{title.text if title else ''}\n{head}")
        if context.facts.doc_type in _REPORTS
        else None,
        document_date=date[0] if date else None,
        approver_raw=signer.text if signer else None,
        oit_scheme=code.scheme if code else None,
        oit_code_raw=code.quote.text if code else None,
        oit_code=code.code if code else None,
        budget_status=_budget_status(context),
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


def _assessed_year(outline: Outline, kind: DocType, year: int) -> int:
    """A plan builds on last year's assessment, unless its title says that it analyses the results of its own year."""
    title = title_quote(outline)
    openings = tuple(map(key, load("parts")["score_captions"]["analyses"]))
    analyses = title is not None and key(title.text).startswith(openings)
    return year if analyses or kind not in ("plan", "plan_and_result") else year - 1


_REPORTS = frozenset({"result_report", "progress_report", "plan_and_result"})


def _round(outline: Outline, head: str) -> Round | None:
    """The round of a report: ticked in a field for it, else printed in the title or right below."""
    for field in outline.fields:
        if "รอบ" not in field.label.text:
            continue
        options = [option for line in field.lines for option in options_in(line)]
        ticked = [option.label.text for option in options if option.mark is not None and option.mark.state]
        found = reporting_round(ticked[0] if ticked else "" if options else field.value.text)
        if found:
            return found
    return reporting_round(head)


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
    if starting == "plan" and any(key(word) in folded for word in table["result_report"]):
        return "plan_and_result"
    return starting or next((kind for word, kind in pairs if word in folded), None)


def _results_filled(outline: Outline) -> bool:
    """Whether results are reported, not merely asked for by an empty column."""
    for grid in outline.grids:
        for column in grid.columns_playing("result", "actual", "budget_spent"):
            if any((c := row.cells[column.index]) is not None and len(c.text.strip()) > 1 for row in grid.data_rows()):
                return True
    return any(f.key == "result" and f.value for f in outline.fields)


# ------------------------------------------------------------------ date, signature, code, budget
def _document_date(outline: Outline) -> tuple[str, Quote] | None:
    """The date beside a signing formula (`ประกาศ ณ วันที่ …`), near the end of the document first."""
    for line in outline.lines:
        published = _PUBLISHED.search(line.text) if len(line.text) < 160 else None
        dates = [
            d for d in find_dates(line.text) if published and d.start >= published.end() - 8 and d.precision == "day"
        ]
        if dates and dates[0].valid:
            return dates[0].iso, line.quote.slice(dates[0].start, dates[0].end)
    for line in outline.lines[:MEMO_LINES] if is_memo(outline) else ():
        dated = [d for d in find_dates(line.text) if "วันที่" in line.text[: d.end] and d.precision == "day" and d.valid]
        if dated:
            return dated[0].iso, line.quote.slice(dated[0].start, dated[0].end)
    signed = _signature_date(outline)
    if signed is not None:
        return signed
    for line in reversed(outline.lines):
        match = _SIGNING.search(line.text)
        if match is None or len(line.text) > 120:
            continue
        dates = [d for d in find_dates(line.text) if d.start >= match.start() - 6 and d.precision == "day" and d.valid]
        if dates:
            return dates[0].iso, line.quote.slice(dates[0].start, dates[0].end)
    return None


def _signature_date(outline: Outline) -> tuple[str, Quote] | None:
    """A date on a line of its own below a signature."""
    tail = outline.lines[-SIGNATURE_LINES:]
    for number, line in enumerate(tail):
        if not any(
            "ลงชื่อ" in above.text or _SIGNER.fullmatch(above.text.strip()) for above in tail[max(0, number - 6) : number]
        ):
            continue
        for date in find_dates(line.text) if len(line.text) < 60 else ():
            rest = (line.text[: date.start] + line.text[date.end :]).strip(" .:")
            if date.precision == "day" and date.valid and rest in ("", "วันที่", "เมื่อวันที่", "ณ วันที่"):
                return date.iso, line.quote.slice(date.start, date.end)
    return None


def _approver(outline: Outline) -> Quote | None:
    """The bracketed name of the last signature block: `(นายก ข)`."""
    for line in reversed(outline.lines[-SIGNATURE_LINES:]):
        if outline.sections[line.section].kind == "minutes":
            continue
        bracketed = _SIGNER.fullmatch(line.text.strip())
        try:
            name = parse_name(line.text) if bracketed else None
        except ThaiParseError:
            continue
        if name is not None:
            return line.quote.slice(name.start, name.end)
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


def _says_no_budget(text: str) -> bool:
    """A sentence of its own that the whole plan uses no budget."""
    return len(text) < 600 and "การดำเนินงาน" in text and budget_status(text) == "no_budget"


def _budget_status(context: Context) -> Literal["stated", "no_budget", "not_stated"]:
    outline = context.outline
    texts = [f.value.text for f in outline.fields if f.key in ("budget", "budget_spent") and f.value]
    for grid in outline.grids:
        for column in grid.columns_playing("budget", "budget_allocated", "budget_spent", "budget_year"):
            texts += [c.text for row in grid.data_rows() if (c := row.cells[column.index]) is not None]
    texts = [text for text in texts if text.strip(" -–—\n")]
    if not texts and context.facts.no_budget:
        return "no_budget"
    statuses = {budget_status(text) or ("stated" if re.search(r"[\d๐-๙]", text) else None) for text in texts}
    if "stated" in statuses:
        return "stated"
    return "no_budget" if "no_budget" in statuses else "not_stated"
