"""The samples on disk are the generated ones, and what they promise is really printed in their sources."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = sorted(path.parent for path in (ROOT / "samples").glob("*/expected.json"))
_TAG = re.compile(r"</?(?:p|br|b|h[1-6]|table|tr|t[dh]|input|figure|page_number)\b[^>]*>")
_PRIVATE = str.maketrans({"\uf70a": "\u0e48", "\uf70b": "\u0e49"})
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")


def _fold(text: str) -> str:
    """Text without markup and spaces, its simple damage repaired, digits Arabic."""
    text = unescape(_TAG.sub(" ", text))
    text = unicodedata.normalize("NFC", text).translate(_PRIVATE).translate(_DIGITS)
    text = re.sub(r"[\s\u200b\ufeff]+", "", text)
    return text.replace("\u0e4d\u0e32", "\u0e33").replace("เเ", "แ").replace("|", "").replace("**", "")


def _source(folder: Path) -> str:
    data = next(folder.glob("source.*")).read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp874")


def _printed(expected: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Every verbatim cell of the expected tables, with the readings it allows."""
    for table, rows in expected.items():
        if table in ("_empty", "_labels_ok"):
            continue
        for row in rows:
            for column, value in row.items():
                verbatim = column.endswith("_raw") or column in (
                    "title",
                    "text",
                    "indicator",
                    "topic",
                    "unit",
                )
                if verbatim and value is not None:
                    yield f"{table}.{column}", value if isinstance(value, list) else [value]


def test_samples_are_the_generated_ones() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "make_samples.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_there_are_enough_samples() -> None:
    assert len(FOLDERS) >= 10


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_verbatim_values_occur_in_the_source(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    source = _fold(_source(folder))
    missing = [(where, values) for where, values in _printed(expected) if not any(_fold(v) in source for v in values)]
    assert not missing


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_activity_links_lead_somewhere(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    known = {row["activity_id"] for row in expected.get("activities", [])} | {None}
    tables = [rows for name, rows in expected.items() if name not in ("_empty", "_labels_ok")]
    used = {row.get(column) for rows in tables for row in rows for column in ("activity_id", "parent_id")}
    assert used <= known


def test_the_damaged_sample_promises_the_same_records() -> None:
    whole, broken = (ROOT / "samples" / name for name in ("project-form", "project-form-damaged"))
    assert (whole / "expected.json").read_bytes() == (broken / "expected.json").read_bytes()
    assert _fold(_source(whole)) == _fold(_source(broken))
    assert _source(whole) != _source(broken)
