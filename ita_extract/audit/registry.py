"""All rules, in the order of their codes."""

from __future__ import annotations

from ita_extract.audit.rule import Rule
from ita_extract.audit.rules import abbreviations, choices, dates, goals, numbering, people, tellings, timeline, units

RULES: tuple[Rule, ...] = (
    timeline.d01,
    timeline.d02,
    dates.d03,
    dates.d04,
    dates.d05,
    dates.d06,
    dates.d07,
    numbering.d08,
    numbering.d09,
    choices.d10,
    choices.d11,
    choices.d12,
    goals.d13,
    goals.d14,
    goals.d15,
    goals.d16,
    goals.d17,
    units.d18,
    people.d19,
    people.d20,
    tellings.d21,
    abbreviations.d22,
    units.d23,
    units.d24,
)
BY_CODE = {rule.code: rule for rule in RULES}
