"""Imports point one way: each part may use the parts before it, never those behind it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "ita_extract"

LAYERS = (
    ("errors",),
    ("storage", "file_names"),
    ("pointer",),
    ("places",),
    ("geometry",),
    ("model",),
    ("lexicon",),
    ("thai",),
    ("vision",),
    ("readers",),
    ("outline",),
    ("records",),
    ("extractors",),
    ("link",),
    ("assemble",),
    ("redact",),
    ("pipeline",),
    ("archive",),
    ("export",),
    ("audit",),
    ("batch",),
    ("report", "doctor"),
    ("commands",),
    ("cli",),
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def part_of(module: str) -> str | None:
    """The part of the package that a dotted module name belongs to; None for the package itself and for others."""
    names = module.split(".")
    return names[1] if names[0] == "ita_extract" and len(names) > 1 else None


def imports(path: Path) -> set[str]:
    """Parts of the package that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module]
            if node.module == "ita_extract":
                modules = [f"ita_extract.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        else:
            continue
        found |= {part for module in modules if (part := part_of(module)) in RANK and part is not None}
    return found


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    part = path.relative_to(PACKAGE).with_suffix("").parts[0]
    assert part in RANK, f"{part} has no place in LAYERS"
    behind = {other for other in imports(path) if RANK[other] > RANK[part]}
    assert not behind, f"{path.name} ({part}) imports {sorted(behind)}, which come after it"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_are_one_room(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420
