"""What this machine has and lacks. Nothing heavy is imported: packages are only looked up."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

_PACKAGES = (
    "beautifulsoup4",
    "lxml",
    "msgspec",
    "openpyxl",
    "pandas",
    "pdfplumber",
    "pythainlp",
    "PyYAML",
    "rapidfuzz",
    "rich",
)
_SET_UP = "Run scripts/setup from the project's folder (or: pip install ita-extract)."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the program needs, and the command that brings it when it is missing."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def checks() -> Iterator[Check]:
    """All checks in order."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Check("Python", sys.version_info >= (3, 11), version, "Install Python 3.11 or newer.")
    for name in _PACKAGES:
        try:
            yield Check(name, True, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(name, False, "not installed", _SET_UP)
    yield _tesseract()


def _tesseract() -> Check:
    """Only scans need it; its absence is told, but is no failure while text and web pages are all that is read."""
    path = shutil.which("tesseract")
    if path is None:
        return Check("tesseract", True, "not installed (only scans will need it)")
    return Check("tesseract", True, path)
