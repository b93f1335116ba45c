"""What an audit is told: which rules, how strict, how each is set; from the command line and `[tool.ita-extract]`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ita_extract.audit.results import SEVERITIES, Severity
from ita_extract.audit.rule import Option, Rule
from ita_extract.errors import SettingsError

FILE = "pyproject.toml"
FAIL_ON: Severity = "low"
"""Least severity that makes the exit code 1: what is `info` is context, no question."""


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """`select` and `ignore` are codes or beginnings of codes; `options` are settings of rules, by code."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Severity = FAIL_ON
    options: Mapping[str, Mapping[str, Option]] = field(default_factory=dict)

    def chosen(self, rules: Sequence[Rule]) -> tuple[Rule, ...]:
        """The rules that are to run. Raises SettingsError for a code that no rule has."""
        for code in (*self.select, *self.ignore):
            if not any(rule.code.startswith(code) for rule in rules):
                raise SettingsError(f"no rule is named {code!r}")
        return tuple(rule for rule in rules if self._takes(rule.code))

    def _takes(self, code: str) -> bool:
        """The longest beginning that fits decides, as in other linters: `--select D --ignore D1 --select D15`."""
        taken = max((len(start) for start in self.select if code.startswith(start)), default=0)
        left = max((len(start) for start in self.ignore if code.startswith(start)), default=-1)
        return (taken > left) if left >= 0 else (not self.select or taken > 0)


def from_file(path: Path, rules: Sequence[Rule]) -> AuditSettings:
    """The section `[tool.ita-extract]` of a TOML file; the defaults where there is no file or no section.

    Raises SettingsError.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return AuditSettings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    section = data.get("tool", {}).get("ita-extract", {})
    if unknown := sorted(section.keys() - {"select", "ignore", "fail-on", "rules"}):
        raise SettingsError(f"{path}: [tool.ita-extract] has no setting {unknown[0]!r}")
    fail_on = section.get("fail-on", FAIL_ON)
    if fail_on not in SEVERITIES:
        raise SettingsError(f"{path}: fail-on must be one of {', '.join(SEVERITIES)}")
    return AuditSettings(
        _codes(path, section, "select"), _codes(path, section, "ignore"), fail_on, _options(path, section, rules)
    )


def _codes(path: Path, section: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = section.get(name, [])
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise SettingsError(f"{path}: {name} must be a list of codes")
    return tuple(value)


def _options(path: Path, section: Mapping[str, Any], rules: Sequence[Rule]) -> dict[str, dict[str, Option]]:
    known = {rule.code: rule for rule in rules}
    options = section.get("rules", {})
    for code, values in options.items():
        if code not in known:
            raise SettingsError(f"{path}: no rule is named {code!r}")
        for name, value in values.items():
            default = known[code].options.get(name)
            if default is None:
                raise SettingsError(f"{path}: rule {code} has no setting {name!r}")
            if not isinstance(value, type(default)):
                raise SettingsError(f"{path}: {code}.{name} must be like {default!r}")
    return {code: dict(values) for code, values in options.items()}
