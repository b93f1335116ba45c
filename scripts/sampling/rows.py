"""Builders of the records that a sample must yield, one small function per table.

A row is a plain mapping of column to value, in the form of ``expected.json``: a list means "any of these", null means
"must be empty", a column that is left out is not compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
Tables = dict[str, Any]

MONTHS = ("ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.")
"""Printed month labels in the order of the Thai fiscal year (1 October to 30 September)."""

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: its folder name, the file suffix, what it shows, the document's bytes and the records in it."""

    name: str
    suffix: str
    shows: str
    source: bytes
    expected: Tables


def thai_digits(text: object) -> str:
    """The text with every Arabic digit written as a Thai one."""
    return str(text).translate(_TO_THAI)


def number(raw: str) -> float | int:
    """The value of a printed amount ("๔๕,๕๐๐", "17,680.50")."""
    value = float(raw.translate(_THAI_DIGITS).replace(",", ""))
    return int(value) if value.is_integer() else value


def fiscal_year(year_be: int) -> tuple[str, str]:
    """First and last day (ISO) of a Buddhist-era fiscal year: 1 October of the year before to 30 September."""
    return f"{year_be - 544}-10-01", f"{year_be - 543}-09-30"


def document(
    doc_type: str | list[str], title: str | list[str], agency: str, abbr: str | None, year_be: int, **more: Any
) -> list[Row]:
    """The one row of ``documents``; the period is the fiscal year unless given."""
    start, end = fiscal_year(year_be)
    row: Row = {
        "doc_type": doc_type,
        "title": title,
        "agency": agency,
        "agency_abbr": abbr,
        "agency_basis": "stated",
        "fiscal_year_be": year_be,
        "period_start": start,
        "period_end": end,
        "document_date": None,
        "oit_code": None,
        "budget_status": "not_stated",
    }
    return [row | more]


def fields(*given: tuple[str | None, str | None, str, str | None]) -> list[Row]:
    """Labelled fields as (number, canonical key, label, value); a value of None is not compared."""
    out: list[Row] = []
    for order, (number_raw, key, label, value) in enumerate(given, 1):
        row: Row = {"number_raw": number_raw, "field_key": key, "order_in_source": order, "label_raw": label}
        out.append(row if value is None else row | {"value_raw": value})
    return out


def value_of(rows: Iterable[Row], key: str) -> str:
    """The printed value of the first field with this canonical key."""
    return next(str(row["value_raw"]) for row in rows if row["field_key"] == key and "value_raw" in row)


def scale(group: str, question: str, options: Sequence[tuple[str, str, float, bool]]) -> list[Row]:
    """A rating scale: (label, sign as printed, percentage, selected) per option."""
    operators = {">": ">", "<": "<", "≥": ">=", "≤": "<="}
    return [
        {
            "group_key": group,
            "question_raw": question,
            "order_no": order,
            "label_raw": f"{label} {sign}{percent:g}%",
            "label": label,
            "threshold_operator": operators[sign],
            "threshold_value": percent,
            "threshold_unit": "percent",
            "selected": selected,
            "selection_type": "single",
        }
        for order, (label, sign, percent, selected) in enumerate(options, 1)
    ]


def choices(group: str, options: Sequence[tuple[str, bool]], mark_kind: str) -> list[Row]:
    """A group of check boxes or radio buttons: (label, selected) per option."""
    return [
        {
            "group_key": group,
            "order_no": order,
            "label_raw": label,
            "selected": selected,
            "mark_kind": mark_kind,
        }
        for order, (label, selected) in enumerate(options, 1)
    ]


def activity(ident: str, level: str, title: str, **more: Any) -> Row:
    """A node of the tree; the identifier is the number path, so the parent is the path without its last part."""
    parent = ident.rpartition(".")[0] or None
    row: Row = {"activity_id": ident, "parent_id": parent, "level": level, "title": title}
    return row | {"number": int(ident.rpartition(".")[2]), "number_path": ident} | more


def months(
    activity_id: str, year_be: int, marked: Collection[int], row_kind: str = "unspecified", grid_no: int = 1
) -> list[Row]:
    """Twelve cells of a grid, marked in the fiscal months given; beside marks an empty cell is false, not null."""
    out: list[Row] = []
    for fiscal_month, label in enumerate(MONTHS, 1):
        year = year_be - 544 if fiscal_month <= 3 else year_be - 543
        on = fiscal_month in marked
        out.append(
            {
                "activity_id": activity_id,
                "grid_no": grid_no,
                "row_kind": row_kind,
                "fiscal_month": fiscal_month,
                "month": f"{year}-{(fiscal_month + 8) % 12 + 1:02d}",
                "quarter": (fiscal_month + 2) // 3,
                "label_raw": label,
                "cell_state": "marked" if on else "empty",
                "is_scheduled": on,
            }
        )
    return out


def scheduled(rows: Iterable[Row], activity_id: str, row_kind: str = "unspecified") -> list[bool]:
    """The twelve cells of one grid row, in the order of the fiscal year."""
    return [r["is_scheduled"] for r in rows if r["activity_id"] == activity_id and r["row_kind"] == row_kind]


def indicator(
    activity_id: str | None,
    name: str,
    target: tuple[str, str | None, float, str],
    actual: tuple[str, float, str] | None = None,
) -> Row:
    """An indicator; target is (as printed, operator or None, value, unit), actual is (as printed, value, unit)."""
    target_raw, operator, value, unit = target
    row: Row = {
        "activity_id": activity_id,
        "indicator": name,
        "target_raw": target_raw,
        "target_operator": operator,
        "target_value": value,
        "target_unit": unit,
    }
    if actual is None:
        return row | {"actual_value": None, "achieved": None}
    reached = {"<=": actual[1] <= value, "=": actual[1] == value}.get(operator or ">=", actual[1] >= value)
    return row | {
        "actual_raw": actual[0],
        "actual_value": actual[1],
        "actual_unit": actual[2],
        "achieved": reached,
    }


def responsible(activity_id: str | None, *units: str, role: str = "responsible") -> list[Row]:
    """Units in the order printed."""
    return [
        {"activity_id": activity_id, "role": role, "order_no": order, "unit": unit, "unit_raw": unit}
        for order, unit in enumerate(units, 1)
    ]


def budget(activity_id: str | None, kind: str, year_be: int, amount_raw: str, **more: Any) -> Row:
    """An amount in baht as printed, without its unit."""
    amount = number(amount_raw)
    return {
        "activity_id": activity_id,
        "kind": kind,
        "fiscal_year_be": year_be,
        "amount_raw": amount_raw,
        "amount": amount,
        "amount_thb": amount,
        "status": "stated",
    } | more


def no_budget(activity_id: str | None, kind: str, year_be: int) -> Row:
    """A printed "no budget is used": it is not a stated zero, so the amount may be 0 or empty."""
    row: Row = {"activity_id": activity_id, "kind": kind, "fiscal_year_be": year_be}
    return row | {"amount": [0, None], "status": "no_budget"}


def person(prefix: str, given: str, surname: str) -> Row:
    """The name columns shared by attendees and event people."""
    return {
        "name_raw": f"{prefix}{given} {surname}",
        "prefix": prefix,
        "given_name": given,
        "surname": surname,
    }


def contact(channel: str, value_raw: str, value: str, extensions: str | None = None) -> Row:
    """One way to reach the agency; telephone values are E.164."""
    return {"channel": channel, "value_raw": value_raw, "value": value, "extensions": extensions}


def by_activity(rows: Iterable[Row], activity_id: str | None) -> list[Row]:
    """The rows that belong to one activity, in order."""
    return [row for row in rows if row["activity_id"] == activity_id]
