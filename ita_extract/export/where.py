"""Conditions on documents: `fiscal_year_be=2564`, `agency~เทศบาล`, `coverage_ratio<0.8`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from ita_extract.errors import FilterError
from ita_extract.records import DocumentRecord
from ita_extract.thai.text import fold_digits

_CONDITION = re.compile(r"\s*(\w+)\s*(!=|<=|>=|=|<|>|~)(.*)", re.DOTALL)
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "~": operator.contains,
}


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions that must all hold. An empty value meets only `!=`, and `=` with nothing behind it."""

    conditions: tuple[tuple[str, str, Any], ...] = ()

    @classmethod
    def parse(cls, texts: Iterable[str]) -> Where:
        """Conditions as they are typed. Raises FilterError."""
        return cls(tuple(_parse(text) for text in texts))

    def holds(self, document: Mapping[str, Any]) -> bool:
        """Whether a row of `documents` meets all conditions."""
        return all(_holds(document.get(column), sign, value) for column, sign, value in self.conditions)


def _parse(text: str) -> tuple[str, str, Any]:
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise FilterError(f"'{text}' is no condition")
    name, sign, value = match[1], match[2], match[3].strip()
    column = next((c for c in DocumentRecord.table.columns if c.name == name), None)
    if column is None:
        raise FilterError(f"'{text}': documents have no column '{name}'")
    if sign == "~" and column.kind != "string":
        raise FilterError(f"'{text}': ~ is for texts, {name} is none")
    if not value:
        return name, sign, None
    if column.kind in ("integer", "number"):
        try:
            return name, sign, Decimal(fold_digits(value))
        except InvalidOperation as error:
            raise FilterError(f"'{text}': {name} is a number") from error
    return name, sign, value


def _holds(found: Any, sign: str, value: Any) -> bool:
    if found is None or value is None:
        return (found == value) == (sign == "=") if sign in ("=", "!=") else False
    return _OPERATORS[sign](found, value)
