"""ITA scores and grades: score tables in any direction, and scores named in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

import msgspec

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, Source, found
from ita_extract.extractors.measures import MAX_MEASURE, Measure, measure_of, measures_of, with_misread
from ita_extract.lexicon import load
from ita_extract.model import Cell, Quote
from ita_extract.outline.model import Column, Grid, GridRow
from ita_extract.records import ItaScore
from ita_extract.thai.dates import find_fiscal_years
from ita_extract.thai.labels import match_label
from ita_extract.thai.text import fold_digits

NEAR = 4
"""Scores listed within so many lines below one whose year is printed are of that year."""
Role = Literal["actual", "prior_year", "target"]

_SCORE = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d{1,4})?)(?![\d.]*\d)")
_GRADE = re.compile(r"(?<![A-Za-z])(AA|A|B|C|D|E|F)(?![A-Za-z])")
_IN_TEXT = re.compile(
    r"(?P<what>IIT|EIT|OIT|ITA|คะแนนรวม|คะแนนภาพรวม|คะแนนเฉลี่ย|ผลคะแนน|คะแนน(?:ผล)?การประเมิน|ผลการประเมินในภาพรวม)(?:[^\d\n]|2[45]\d\d){0,90}?(?P<score>\d{2,3}\.\d{1,2})\s*(?:คะแนน)?"
)


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields one record per score; the same score printed again is a repeat of its record."""
    scores: list[tuple[Found, list[Quote]]] = []
    for item in _all(context):
        if isinstance(item, Quote):
            yield item
            continue
        twin = next((number for number, (known, _) in enumerate(scores) if _is_same(known, item)), None)
        if twin is None:
            scores.append((item, []))
        else:
            known, repeats = scores[twin]
            better = item if _grade(item) and not _grade(known) else known
            other = known if better is item else item
            scores[twin] = (better, [*repeats, *(source.quote for source in other.sources[:1])])
    for item, repeats in scores:
        yield replace(item, sources=(*item.sources, *(Source("*", quote, item.basis) for quote in repeats)))


def _all(context: Context) -> Iterator[Found | Quote]:
    for grid in context.outline.grids:
        if grid.kind == "score" or (grid.kind in ("activity", "other") and _holds_scores(grid)):
            year = _caption_year(context, grid)
            for item in _grid(context, grid):
                yield item if isinstance(item, Quote) or year is None else _dated(context, item, year)
    yield from _running_text(context)


def _caption_year(context: Context, grid: Grid) -> int | None:
    """The one year that the line above a table of scores names (`ตารางที่ 2 ผลการประเมิน … พ.ศ. 2566`).

    The title of a plan is no such line: its year is that of the plan, and the scores are those it starts from.
    """
    caption = context.outline.lines[grid.after_line].text if grid.after_line >= 0 else ""
    words = load("parts")["score_captions"]
    if len(caption) >= MAX_MEASURE or not any(word in caption for word in words["of_results"]):
        return None
    if any(word in caption for word in words["of_plans"]):
        return None
    years = {year.be for year in find_fiscal_years(caption)}
    return years.pop() if len(years) == 1 else None


def _dated(context: Context, item: Found, year: int) -> Found:
    """A score that only the caption of its table dates."""
    record = item.record
    assert isinstance(record, ItaScore)
    if item.basis == "stated":
        return item
    role = _role(context, "target" if record.score_role == "target" else "actual", year)
    return replace(item, record=msgspec.structs.replace(record, fiscal_year_be=year, score_role=role))


def _holds_scores(grid: Grid) -> bool:
    """Whether a table of another kind has scores: a column that says so, or figures of years beside measures."""
    if grid.column_playing("score"):
        return True
    if not any(c.year_be is not None and _mostly_scores(grid, c) for c in grid.columns):
        return False
    rows = list(grid.data_rows())
    return sum(_row_measure(grid, row)[0] is not None for row in rows) * 2 > len(rows)


def _is_same(one: Found, other: Found) -> bool:
    a, b = one.record, other.record
    assert isinstance(a, ItaScore)
    assert isinstance(b, ItaScore)
    columns = ("agency", "measure", "fiscal_year_be", "score", "score_role", "is_weighted")
    return all(getattr(a, name) == getattr(b, name) for name in columns)


def _grade(item: Found) -> str | None:
    assert isinstance(item.record, ItaScore)
    return item.record.grade_raw


# ------------------------------------------------------------------ tables
@dataclass(frozen=True, slots=True)
class _Place:
    """What a table says about a score: measure and year by row, column or title."""

    measure: Measure
    year: int | None
    role: Role
    is_weighted: bool
    grade: Quote | None
    agency: str | None = None
    agency_quote: Quote | None = None
    """Where the head of the column names the agency."""


def _grid(context: Context, grid: Grid) -> Iterator[Found | Quote]:
    heads = list(zip(grid.columns, measures_of([column.head.text for column in grid.columns]), strict=True))
    by_column = {
        c.index: m for c, m in heads if m is not None and not c.plays("indicator", "ita_indicator", "order", "issue")
    }
    if len(by_column) >= 2 and set(by_column.values()) != {"TOTAL"}:
        yield from _measures_across(context, grid, by_column)
    else:
        yield from _measures_down(context, grid)
    yield from (column.head for column in grid.columns if column.head)


def _measures_across(context: Context, grid: Grid, measures: dict[int, Measure]) -> Iterator[Found | Quote]:
    """Columns are instruments or indicators; each row is a year or an agency."""
    for row in grid.rows:
        if row.kind in ("blank", "section"):
            continue
        year, year_quote = _row_year(row)
        grade = _grade_cell(grid, row)
        if year_quote:
            yield year_quote
        for index, measure in measures.items():
            cell = row.cells[index]
            if cell is not None:
                place = _Place(
                    measure, year or grid.columns[index].year_be, "actual", _is_weighted(grid.columns[index]), None
                )
                graded = _Place(measure, place.year, "actual", place.is_weighted, grade)
                yield from _score(context, cell, graded if measure == "TOTAL" else place)


def _measures_down(context: Context, grid: Grid) -> Iterator[Found | Quote]:
    """Rows are measures (or years of the total); columns hold scores, perhaps of several years."""
    score_columns = _score_columns(grid)
    is_history = bool(grid.columns_playing("year")) or _years_down(grid)
    grades = _grades_across(grid)
    measures = _measures_by_row(grid)
    for row in grid.rows:
        if row.kind in ("blank", "section"):
            continue
        measure, quote = measures[row.number]
        group = _row_instrument(row)
        year, year_quote = _row_year(row) if is_history else (None, None)
        if measure is None and year is not None:
            measure = "TOTAL"
        if measure is None:
            continue
        yield from (q for q in (quote, year_quote) if q)
        grade = _grade_cell(grid, row)
        for column in score_columns:
            cell = row.cells[column.index]
            if cell is None or not cell.text.strip() or not row.starts(column.index):
                continue
            role: Role = "target" if column.plays("target") else "actual"
            own = (grades.get(column.index) if measure == "TOTAL" else None) or grade
            place = _Place(
                group if cell.row_span > 1 and group is not None else measure,
                year or column.year_be,
                role,
                _is_weighted(column),
                own if role == "actual" else None,
                column.agency,
                _agency_quote(column),
            )
            yield from _score(context, cell, place)


def _agency_quote(column: Column) -> Quote | None:
    if column.agency is None:
        return None
    start = column.head.text.find(column.agency)
    return column.head.slice(start, start + len(column.agency)) if start >= 0 else column.head


def _grades_across(grid: Grid) -> dict[int, Quote]:
    """The grades in a row of their own (`ระดับผลการประเมิน | A | B`), by column."""
    for row in grid.data_rows():
        first = next(iter(_distinct(row)), None)
        label = match_label(first.text, "columns") if first is not None else None
        if first is not None and label is not None and label.key == "grade":
            cells = {c.index: row.cells[c.index] for c in grid.columns if c.agency is not None}
            return {
                index: cell.quote.strip() for index, cell in cells.items() if cell is not None and cell.text.strip()
            }
    return {}


def _score_columns(grid: Grid) -> list[Column]:
    named = [
        c
        for c in grid.columns
        if c.plays("score", "target")
        or c.agency is not None
        or (c.year_be is not None and c.role in (None, "year", "score"))
    ]
    if named:
        return named + [c for c in grid.columns if c not in named and _spans_groups(grid, c)]
    return [c for c in grid.columns if _mostly_scores(grid, c)]


def _mostly_scores(grid: Grid, column: Column) -> bool:
    if column.plays("order", "year", "weight", "oit_code"):
        return False
    texts = [
        c.text.strip() for row in grid.data_rows() if (c := row.cells[column.index]) is not None and c.text.strip()
    ]
    numeric = [t for t in texts if re.fullmatch(r"[\d๐-๙]{1,3}\.[\d๐-๙]{1,4}", t)]
    return bool(texts) and len(numeric) * 2 >= len(texts)


def _spans_groups(grid: Grid, column: Column) -> bool:
    """Whether a column without a known head gives scores of whole groups of rows, those of the instruments."""
    cells = [c for row in grid.data_rows() if (c := row.cells[column.index]) is not None]
    return column.role is None and any(c.row_span > 1 for c in cells) and _mostly_scores(grid, column)


def _years_down(grid: Grid) -> bool:
    rows = list(grid.data_rows())
    return bool(rows) and sum(_row_year(row)[0] is not None for row in rows) * 2 > len(rows)


def _row_measure(grid: Grid, row: GridRow) -> tuple[Measure | None, Quote | None]:
    """The measure a row is about: an indicator rather than the instrument that heads its group."""
    hits: list[tuple[Measure, Quote]] = []
    for cell in _distinct(row):
        if len(cell.text) < MAX_MEASURE and not _SCORE.fullmatch(fold_digits(cell.text.strip())):
            measure = measure_of(cell.text)
            if measure is not None:
                hits.append((measure, cell.quote))
    return next(
        (hit for hit in hits if hit[0].startswith("I") and hit[0][1:].isdigit()), next(iter(hits), (None, None))
    )


def _measures_by_row(grid: Grid) -> dict[int, tuple[Measure | None, Quote | None]]:
    """The measure of each row, and the cell that names it; instruments that OCR has misread by those beside them."""
    found = {row.number: _row_measure(grid, row) for row in grid.rows}
    firsts = {row.number: cells[0].quote for row in grid.rows if (cells := _distinct(row))}
    rows = list(firsts)
    by_place = with_misread([found[row][0] for row in rows], [firsts[row].text for row in rows])
    for row, measure in zip(rows, by_place, strict=True):
        if found[row][0] is None and measure is not None:
            found[row] = (measure, firsts[row])
    return found


def _row_instrument(row: GridRow) -> Measure | None:
    """The instrument whose group a row is in: a score that spans the group is the instrument's own."""
    measures = [measure_of(cell.text) for cell in _distinct(row) if cell.row_span > 1 and len(cell.text) < MAX_MEASURE]
    return next((m for m in measures if m in ("IIT", "EIT", "OIT")), None)


def _distinct(row: GridRow) -> list[Cell]:
    return list({id(c): c for c in row.cells if c is not None and c.text.strip()}.values())


def _row_year(row: GridRow) -> tuple[int | None, Quote | None]:
    for cell in _distinct(row)[:3]:
        match = re.fullmatch(
            r"(?:ปีงบประมาณ|ปี)?\s*(?:พ\s*\.?\s*ศ\s*\.?)?\s*(2[45]\d\d)", fold_digits(" ".join(cell.text.split()))
        )
        if match:
            return int(match[1]), cell.quote
    return None, None


def _is_weighted(column: Column) -> bool:
    return "ถ่วงน้ำหนัก" in column.head.text and "ก่อนถ่วง" not in column.head.text


def _grade_cell(grid: Grid, row: GridRow) -> Quote | None:
    column = grid.column_playing("grade")
    cell = row.cells[column.index] if column else None
    return cell.quote.strip() if cell is not None and cell.text.strip(" -–") else None


def _score(context: Context, cell: Cell, place: _Place) -> Iterator[Found]:
    text = fold_digits(cell.text)
    match = _SCORE.search(text)
    if match is None or Decimal(match[1]) > 100:
        return
    raw = cell.quote.slice(*match.span(1))
    letter = _GRADE.search(text[match.end() :])
    grade = place.grade or (
        cell.quote.slice(match.end() + letter.start(), match.end() + letter.end()) if letter else None
    )
    yield _record(context, place, raw, Decimal(match[1]), grade, place.year or context.facts.assessed_year_be)


def _record(
    context: Context, place: _Place, raw: Quote, score: Decimal, grade: Quote | None, year: int | None
) -> Found:
    return found(
        ItaScore(
            score_id=context.ids.next("C"),
            agency=place.agency or context.facts.agency,
            fiscal_year_be=year,
            measure=place.measure,
            score_raw=raw.text,
            score=score,
            is_weighted=place.is_weighted and place.measure != "TOTAL",
            grade_raw=grade.text if grade else None,
            score_role=_role(context, place.role, year),
        ),
        raw,
        grade_raw=grade,
        agency=place.agency_quote,
        basis="stated" if place.year is not None else "derived",
    )


def _role(context: Context, role: Role, year: int | None) -> Role:
    fiscal = context.facts.fiscal_year_be
    is_prior = role == "actual" and year is not None and fiscal is not None and year < fiscal
    return "prior_year" if is_prior else role


# ------------------------------------------------------------------ running text
def _running_text(context: Context) -> Iterator[Found | Quote]:
    """`… ได้คะแนนรวม 87.25 คะแนน ระดับ A`: scores with decimals behind the name of a measure; targets are not taken."""
    known: set[tuple[str, Decimal]] = set()
    goals = {line.index for field in context.outline.fields if field.key == "goal" for line in field.lines}
    told: tuple[int, int | None] = (-NEAR - 1, None)
    for line in context.outline.lines:
        if len(line.text) > 2000 or line.index in goals:
            continue
        for match in _IN_TEXT.finditer(fold_digits(line.text)):
            score = Decimal(match["score"])
            measure: Measure = match["what"] if match["what"] in ("IIT", "EIT", "OIT") else "TOTAL"  # type: ignore[assignment]
            is_target = "เป้าหมาย" in line.text[max(0, match.start() - 60) : match.start("score")]
            if score > 100 or (measure, score) in known or not _about_ita(line.text, match):
                continue
            if _is_condition(match[0]) and not is_target:
                continue
            known.add((measure, score))
            years = [y.be for y in find_fiscal_years(line.text) if y.start < match.start("score")]
            tail = line.text[match.end() : match.end() + 40]
            letter = re.search(r"ระดับ\s*(AA|A|B|C|D|E|F|ผ่านดีเยี่ยม|ผ่านดี|ผ่าน|สูงมาก|สูง)", tail)
            grade = line.quote.slice(match.end() + letter.start(1), match.end() + letter.end(1)) if letter else None
            year = years[-1] if years else told[1] if line.index - told[0] <= NEAR else None
            told = (line.index, year)
            place = _Place(measure, year, "target" if is_target else "actual", False, None)
            raw = line.quote.slice(*match.span("score"))
            yield _record(context, place, raw, score, grade, place.year or context.facts.assessed_year_be)


def _about_ita(text: str, match: re.Match[str]) -> bool:
    """Whether a score is one of the assessment; tests and surveys have average scores, too."""
    if match["what"] in ("IIT", "EIT", "OIT", "คะแนนรวม", "คะแนนภาพรวม", "ผลการประเมินในภาพรวม"):
        return True
    if re.search(r"อบรม|ทดสอบ|พึงพอใจ|ความรู้|ร้อยละ", match[0]) or re.search(
        r"อบรม|ทดสอบ|พึงพอใจ", text[: match.start()][-80:]
    ):
        return False
    return bool(re.search(r"ITA|คุณธรรมและความโปร่งใส", text))


def _is_condition(text: str) -> bool:
    return bool(re.search(r"ไม่น้อยกว่า|ไม่ต่ำกว่า|เป้าหมาย|ขึ้นไป|เกณฑ์|≥|>|ตั้งแต่", text))
