"""Options of rating scales and of groups of check boxes, with their marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from ita_extract.extractors.choices import answers, choice_groups, question
from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.extractors.options import Option, circled_lists, options_in
from ita_extract.lexicon import load
from ita_extract.model import Cell, Mark, Quote
from ita_extract.outline.model import Field, Grid, Line
from ita_extract.readers.marks import mark_of
from ita_extract.records import RatingOption
from ita_extract.thai.numbers import Quantity, find_quantities

SelectionType = Literal["single", "multiple", "unknown"]
MarkEvidence = Literal["glyph", "html_input", "bracket", "private_use", "pixels", "shading", "none"]


_RADIO = re.compile(r"<input[^>]*\bradio\b", re.IGNORECASE)


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields every option of every scale and check-box group."""
    listed = circled_lists(context.outline.lines)
    for field in context.outline.fields:
        plan = context.plans.get(field.form, context.first_plan)
        for number in field.grids:
            grid = context.outline.grids[number]
            if grid.kind == "scale":
                yield from _group(context, plan, field.number_raw or field.key, field.label, _scale(grid), single=True)
        inline = _inline_options(field, listed)
        if inline:
            group = field.number_raw or field.key or f"field-{field.order}"
            yield from _group(context, plan, group, field.label, inline, single=field.key == "confidence_level")
    yield from _loose(context, listed)
    yield from _columns(context)


def _group(
    context: Context,
    plan: str | None,
    group: str | None,
    question: Quote | None,
    options: Sequence[Option],
    *,
    single: bool,
) -> Iterator[Found]:
    ticked = [o for o in options if o.mark is not None and o.mark.state]
    seen = any(o.mark is not None for o in options)
    kind = _selection_type(options, ticked, single)
    for number, option in enumerate(options, 1):
        yield _record(context, plan, group, question, option, number, kind, seen)


def _selection_type(options: Sequence[Option], ticked: Sequence[Option], single: bool) -> SelectionType:
    """A scale admits one answer; of check boxes several may be ticked, which the form only shows when they are."""
    raws = [option.mark.raw for option in options if option.mark is not None]
    if any(_RADIO.search(raw) for raw in raws):
        return "single"
    if len(ticked) > 1 and not single:
        return "multiple"
    if single or (len(options) > 1 and all(_threshold(o.label) is not None for o in options)):
        return "single"
    return "unknown"


def _record(
    context: Context,
    plan: str | None,
    group: str | None,
    question: Quote | None,
    option: Option,
    number: int,
    kind: SelectionType,
    seen: bool,
) -> Found:
    threshold = _threshold(option.label)
    label = option.label.text if threshold is None else (option.label.text[: threshold.start] or option.label.text)
    selected = option.mark.state if option.mark is not None else (False if seen else None)
    return found(
        RatingOption(
            option_id=context.ids.next("O"),
            plan_id=plan,
            group_key=group,
            question_raw=question.text if question else None,
            selection_type=kind,
            order_no=number,
            label_raw=" ".join(option.label.text.split()),
            label=" ".join(label.split()).strip(" (（"),
            threshold_operator=threshold.operator if threshold else None,
            threshold_value=threshold.value if threshold else None,
            threshold_unit=threshold.unit if threshold else None,
            selected=selected,
            mark_raw=option.mark.raw if option.mark is not None else None,
            mark_kind=_evidence(option.mark),
            fill_ratio=_fill_ratio(option.mark),
        ),
        option.label,
        repeats=option.copies,
        selected=option.mark_quote,
    )


def _evidence(mark: Mark | None) -> MarkEvidence:
    """What kind of mark it is; a bar or an arrow over an option is ink like any other."""
    if mark is None:
        return "none"
    return "pixels" if mark.kind == "bar" or mark.kind == "arrow" else mark.kind


def _fill_ratio(mark: Mark | None) -> Decimal | None:
    return None if mark is None or mark.fill_ratio is None else Decimal(f"{mark.fill_ratio:.3f}")


def _threshold(label: Quote) -> Quantity | None:
    """The threshold that an option prints beside its word: `มาก >80%`, `ดี (ร้อยละ 80 ขึ้นไป)`."""
    for quantity in find_quantities(label.text):
        if quantity.value is not None and (quantity.operator or quantity.unit in ("percent", "score")):
            return quantity
    return None


# ------------------------------------------------------------------ scales in tables
def _scale(grid: Grid) -> list[Option]:
    """The options of a scale table: labels in one row (or column), marks in the other."""
    cells = [cell for table in grid.tables for cell in table.cells]
    labels = [c for c in cells if c.text.strip() and mark_of(c) is None]
    if not labels:
        return []
    if len({c.row for c in labels}) == 1:
        others = {c.column: c for c in cells if c.row != labels[0].row}
        pairs = [(label, others.get(label.column)) for label in sorted(labels, key=lambda c: c.column)]
    else:
        others = {c.row: c for c in cells if c.column != labels[0].column}
        pairs = [(label, others.get(label.row)) for label in sorted(labels, key=lambda c: c.row)]
    return [_scale_option(grid, label, cell) for label, cell in pairs]


def _scale_option(grid: Grid, label: Cell, cell: Cell | None) -> Option:
    mark = mark_of(cell) if cell is not None and cell.text.strip() else None
    quote = cell.quote.strip() if cell is not None and cell.text.strip() else None
    spots = {(label.row, label.column)} | ({(cell.row, cell.column)} if cell is not None else set())
    copies = tuple(q for t in grid.tables for copy in t.copies for r, c, q in copy.sources if (r, c) in spots and q)
    return Option(label.quote.strip(), mark, quote, copies)


def _columns(context: Context) -> Iterator[Found]:
    """The answers that are ticked under columns of data tables, one group per row."""
    for grid in context.outline.grids:
        for columns in choice_groups(grid):
            for row in grid.data_rows():
                cells = answers(row, columns)
                if cells is None:
                    continue
                options = [_column_option(column.label, cell) for column, cell in cells]
                group = f"table-{grid.index + 1}-row-{row.number + 1}-column-{columns[0].index + 1}"
                yield from _group(context, context.first_plan, group, question(grid, row), options, single=True)


def _column_option(label: Quote, cell: Cell | None) -> Option:
    mark = mark_of(cell) if cell is not None and cell.text.strip() else None
    return Option(label, mark, cell.quote.strip() if cell is not None and mark is not None else None)


# ------------------------------------------------------------------ options in running text
def _inline_options(field: Field, listed: Mapping[int, Option]) -> list[Option]:
    """Options printed as `☑ label ☐ label`, in the lines of a field, or as a list with a circled letter."""
    options: list[Option] = []
    for index, line in enumerate(field.lines):
        start = field.value_start if index == 0 else 0
        options += [listed[line.index]] if line.index in listed and not start else options_in(line, start)
    return options


def _loose(context: Context, listed: Mapping[int, Option]) -> Iterator[Found | Quote]:
    """Lines of options outside any field: `( / ) อนุมัติ ( ) ไม่อนุมัติ`; consecutive lines are one group."""
    in_fields = {line.index for field in context.outline.fields for line in field.lines}
    run: list[Line] = []
    group = 0
    for line in [*context.outline.lines, None]:
        is_listed = line is not None and line.index in listed
        if line is not None and line.index not in in_fields and (is_listed or _begins_with_mark(line)):
            run.append(line)
            continue
        options = [o for m in run for o in ([listed[m.index]] if m.index in listed else options_in(m))]
        if len(options) >= 2:
            group += 1
            question = _question(context, run[0])
            yield from _group(context, context.first_plan, f"group-{group}", question, options, single=False)
        run = []


def _begins_with_mark(line: Line) -> bool:
    if not line.marks:
        return False
    if line.marks[0].raw == load("marks")["circled"]:
        return True
    return not re.sub(r"[\s\d.\-]", "", line.text[: line.marks[0].start])


def _question(context: Context, first: Line) -> Quote | None:
    above = first.index - 1
    return context.outline.lines[above].quote if above >= 0 and len(context.outline.lines[above].text) < 120 else None
