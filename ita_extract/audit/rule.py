"""What a rule is: a code, a severity, messages, a manual in two languages (its docstring), a function over records."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ita_extract.audit.results import Results, Severity, Text2

Scope = Literal["document", "plan_result", "agency_years", "agencies"]
Option = int | float | str | bool
Check = Callable[[Any], Results]
THAI_MARK = "ไทย:"
"""Begins the Thai part of a rule's docstring."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One question that can be put to records.

    `check` takes a `Case` (one document; plan and report may stand in the same one), `compare` a `Comparison` (all
    documents); a rule has one of them or both. They yield results. A rule that yields nothing found nothing of its
    kind: it is not checkable, for want of what `needs` names.
    """

    code: str
    severity: Severity
    scope: Scope
    message: Text2
    needs: Text2
    check: Check | None = None
    compare: Check | None = None
    variants: Mapping[str, Text2] = field(default_factory=dict)
    options: Mapping[str, Option] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    """Reference tables that it reads, by name."""

    @property
    def manual(self) -> Text2:
        """The docstring, English and Thai."""
        told = self.check or self.compare
        english, _, thai = inspect.cleandoc((told and told.__doc__) or "").partition(THAI_MARK)
        return english.strip(), thai.strip()

    @property
    def title(self) -> Text2:
        """The first line of either manual."""
        english, thai = self.manual
        return english.partition("\n")[0], thai.partition("\n")[0]

    def text(self, variant: str) -> Text2:
        """The message of a variant; the empty variant is the rule's main message."""
        return self.variants[variant] if variant else self.message


def rule(
    code: str,
    severity: Severity,
    *,
    message: Text2,
    needs: Text2,
    scope: Scope = "document",
    compare: Check | None = None,
    variants: Mapping[str, Text2] | None = None,
    options: Mapping[str, Option] | None = None,
    references: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Decorator that makes a rule of a function over one document. `message` and `needs` are pairs, English and Thai.

    `compare` puts the same question to several documents.
    """

    def make(check: Check) -> Rule:
        return Rule(code, severity, scope, message, needs, check, compare, variants or {}, options or {}, references)

    return make


def comparing_rule(
    code: str,
    severity: Severity,
    *,
    message: Text2,
    needs: Text2,
    scope: Scope,
    variants: Mapping[str, Text2] | None = None,
    options: Mapping[str, Option] | None = None,
    references: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Decorator that makes a rule of a function over several documents, as `rule` does of one over a single one."""

    def make(compare: Check) -> Rule:
        return Rule(code, severity, scope, message, needs, None, compare, variants or {}, options or {}, references)

    return make
