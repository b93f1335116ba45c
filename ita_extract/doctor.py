"""What this machine has and lacks. Nothing heavy is imported: packages are only looked up."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from ita_extract.errors import OcrMissingError

_PACKAGES = (
    "beautifulsoup4",
    "duckdb",
    "jinja2",
    "lxml",
    "msgspec",
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "openpyxl",
    "pandas",
    "pdfplumber",
    "pillow",
    "pypdfium2",
    "pythainlp",
    "PyYAML",
    "rapidfuzz",
    "rich",
)
_EXTRAS = {
    "distributed": ("cluster", "--cluster"),
    "pyarrow": ("parquet", "--format parquet"),
    "xlsxwriter": ("xlsx", "--format xlsx"),
}
"""Packages that one feature needs: the extra that brings each, and the feature."""
_NEEDED = "the engines tesseract and thai+tesseract need it"
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
    yield from map(_optional, _EXTRAS)


def _optional(name: str) -> Check:
    """A package without which all but one feature works: missing, it is no fault."""
    extra, feature = _EXTRAS[name]
    try:
        return Check(name, True, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Check(name, True, f"not installed; only {feature} needs it: pip install 'ita-extract[{extra}]'")


def _tesseract() -> Check:
    """Tesseract with Thai and English: the second opinion on scans, and the only one without ONNX Runtime."""
    path = shutil.which("tesseract")
    if path is None:
        return Check(
            "tesseract",
            False,
            f"not installed; {_NEEDED}",
            OcrMissingError.default_remedy,
        )
    told = subprocess.run([path, "--list-langs"], capture_output=True, text=True, check=False, timeout=60)
    missing = {"tha", "eng"} - set(told.stdout.split())
    if missing:
        detail = f"{path}, without its model for {', '.join(sorted(missing))}; {_NEEDED}"
        return Check("tesseract", False, detail, OcrMissingError.default_remedy)
    return Check("tesseract", True, f"{path}, with Thai and English")
