"""Outcomes: what was done, its status, problems and suggestions, from result columns and result fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Literal

from ita_extract.errors import ThaiParseError
from ita_extract.extractors.choices import chosen
from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.extractors.options import options_in
from ita_extract.extractors.rows import activity_rows, owner_of
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.model import Field
from ita_extract.records import Outcome
from ita_extract.records.base import Basis
from ita_extract.thai.dates import find_dates
from ita_extract.thai.money import is_none_reported
from ita_extract.thai.numbers import find_quantities
from ita_extract.thai.numerals import parse_number
from ita_extract.thai.text import key
from ita_extract.thai.tokens import words

Status = Literal["not_started", "in_progress", "completed", "cancelled"]
ProblemStatus = Literal["stated", "none_reported", "not_stated"]

PARTS = ("result", "problem", "suggestion", "progress", "evidence")
EARLY, MARGIN = 30, 15
"""Characters at the head of a narrative within which its verb says that something is to be done, and what is read
behind them so that no word is cut."""
SHORT_RESULT = 40
"""A result cell shorter than this is a figure or a status, which indicators and status columns carry."""


@dataclass(frozen=True, slots=True)
class _Draft:
    result: Quote | None = None
    problem: Quote | None = None
    suggestion: Quote | None = None
    progress: Quote | None = None
    evidence: Quote | None = None
    status: Quote | None = None

    @property
    def primary(self) -> Quote | None:
        return self.result or self.progress or self.problem or self.suggestion or self.evidence


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields one outcome per activity row or activity heading that reports something, and one for the plan's own
    result.
    """
    for row in activity_rows(context):
        problem = row.cell("problem")
        suggestion = row.quote("suggestion")
        ticked = next((q for q in chosen(row.grid, row.row) if _status_word(q.text) is not None), None)
        draft = _Draft(
            result=row.quote("result"),
            problem=problem[1].quote.strip() if problem else None,
            suggestion=suggestion if suggestion and not (problem and problem[0].plays("suggestion")) else None,
            progress=row.quote("progress") or row.quote("status") or ticked,
            status=row.quote("status") or ticked,
            evidence=row.quote("evidence", "link"),
        )
        if draft.result or draft.problem or draft.progress:
            yield _record(context, draft, context.first_plan, row.activity_id)
    yield from _from_fields(context)
    yield from _from_cards(context)


def _from_cards(context: Context) -> Iterator[Found | Quote]:
    """What stands below an activity's heading that prints a status: the report on that activity."""
    for card in context.outline.cards:
        lines = [context.outline.lines[i] for i in card.lines]
        told = [line.quote for line in lines if line.paragraph.role == "list_item"] or [line.quote for line in lines]
        if card.status is not None and told:
            draft = _Draft(result=Quote.join(told, "\n"), status=card.status)
            yield _record(context, draft, context.first_plan, context.cards.get(card.index))


def _from_fields(context: Context) -> Iterator[Found | Quote]:
    """Result, problem and suggestion fields that stand together under one activity heading, or in one form."""
    groups: dict[tuple[int | None, int], list[Field]] = {}
    for field in context.outline.fields:
        if field.key in PARTS and field.value and not field.grids:
            groups.setdefault((field.card, field.form), []).append(field)
    for (card, form), fields in groups.items():
        plan, activity = owner_of(context, card, form)
        draft = _Draft(**{name: _first(fields, name) for name in PARTS}, status=_chosen_status(fields))
        if draft.result or draft.problem or draft.progress:
            yield _record(context, draft, plan, activity)
            yield from (field.label for field in fields)


def _first(fields: Sequence[Field], name: str) -> Quote | None:
    values = [field.value for field in fields if field.key == name]
    return max(values, key=lambda value: len(value.text)) if name == "result" and values else next(iter(values), None)


def _chosen_status(fields: Sequence[Field]) -> Quote | None:
    """The status that is ticked among printed ones, or the text of a second progress field."""
    for field in fields:
        if field.key != "progress":
            continue
        ticked = [
            option.label for line in field.lines for option in options_in(line) if option.mark and option.mark.state
        ]
        if ticked:
            return ticked[0]
        if not field.marks and _status_word(field.value.text) is not None:
            return field.value
    return None


def _record(context: Context, draft: _Draft, plan: str | None, activity: str | None) -> Found:
    status, basis = _status(draft)
    date = _date(draft, context)
    problem_status = _problem_status(draft)
    return found(
        Outcome(
            outcome_id=context.ids.next("R"),
            plan_id=plan,
            activity_id=activity,
            text=_text(draft.result),
            status=status,
            status_basis=basis,
            progress_percent=_percent(draft),
            outcome_date=date,
            problem_text=_text(draft.problem) if problem_status == "stated" else None,
            problem_status=problem_status,
            suggestion_text=_suggestion(draft.suggestion),
            evidence_raw=_text(draft.evidence),
        ),
        draft.primary,
        problem_text=draft.problem,
        suggestion_text=draft.suggestion,
        evidence_raw=draft.evidence,
        status=(draft.status or draft.progress) if basis == "stated" else None,
    )


def _text(quote: Quote | None) -> str | None:
    if quote is None:
        return None
    text = " ".join(quote.text.split())
    return re.sub(r"^[-–•*]\s+", "", text) or None


def _suggestion(quote: Quote | None) -> str | None:
    text = _text(quote)
    return None if text is None or text in "-–—" or is_none_reported(text) else text


def _problem_status(draft: _Draft) -> ProblemStatus:
    text = _text(draft.problem)
    if text is None or text in "-–—":
        return "not_stated"
    return "none_reported" if is_none_reported(text) else "stated"


def _status(draft: _Draft) -> tuple[Status | None, Basis | None]:
    """A printed status word; else, for a narrative of what was done, "completed", marked as inferred."""
    for quote in (draft.status, draft.progress, draft.result):
        if quote is None:
            continue
        word = _status_word(quote.text)
        if word is not None:
            return word, "stated"
    percent = _percent(draft)
    if percent is not None:
        return ("completed" if percent >= 100 else "in_progress" if percent > 0 else "not_started"), "derived"
    if draft.result is not None and len(draft.result.text) >= SHORT_RESULT and not _is_open(draft.result.text):
        return "completed", "inferred"
    return None, None


def _is_open(text: str) -> bool:
    """Whether a narrative says that something could not be done, or is still to be done."""
    lexicon = load("parts")["not_told_done"]
    folded = key(text)
    if any(key(word) in folded for word in lexicon["anywhere"]):
        return True
    tokens = [text[start:end] for start, end in words(text[: EARLY + MARGIN])]
    starts = accumulate(map(len, tokens), initial=0)
    return any(
        start < EARLY and token in lexicon["early"] and following not in lexicon["places"]
        for start, token, following in zip(starts, tokens, [*tokens[1:], ""], strict=False)
    )


def _status_word(text: str) -> Status | None:
    folded = key(text)
    pairs = [(key(w), status) for status, words in load("parts")["status"].items() for w in words]
    pairs.sort(key=lambda pair: -len(pair[0]))
    short = len(folded) < 60
    for word, status in pairs:
        if word in folded if short else folded.startswith(word) or folded.endswith(word):
            return status  # type: ignore[no-any-return]
    endings: dict[Status, list[str]] = load("parts")["status_endings"]
    return next((status for status, words in endings.items() if folded.endswith(tuple(map(key, words)))), None)


def _percent(draft: _Draft) -> Decimal | None:
    if draft.progress is None:
        return None
    found_values = [q for q in find_quantities(draft.progress.text) if q.value is not None]
    fitting = [q for q in found_values if q.unit == "percent"] or found_values[:1]
    value = fitting[0].value if fitting else _bare_number(draft.progress)
    return value if value is not None and 0 <= value <= 100 else None


def _bare_number(quote: Quote) -> Decimal | None:
    try:
        return parse_number(quote.text)
    except ThaiParseError:
        return None


def _date(draft: _Draft, context: Context) -> str | None:
    if draft.result is None:
        return None
    dates = find_dates(draft.result.text, fiscal_year_be=context.facts.fiscal_year_be)
    days = [d.iso for d in dates if d.precision == "day" and d.valid]
    return days[0] if days else None
