#!/usr/bin/env python3
"""Writes docs/rules.md, the manual of the audit rules, from the rules."""

from __future__ import annotations

from pathlib import Path

from ita_extract.audit.manual import page
from ita_extract.audit.registry import RULES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rules.md"


def main() -> None:
    """Writes the page."""
    PAGE.write_text(page(RULES), encoding="utf-8")


if __name__ == "__main__":
    main()
