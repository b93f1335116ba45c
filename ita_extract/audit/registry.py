"""All rules, in the order of their codes."""

from __future__ import annotations

from ita_extract.audit.rule import Rule
from ita_extract.audit.rules import dates

RULES: tuple[Rule, ...] = (dates.d04,)
BY_CODE = {rule.code: rule for rule in RULES}
