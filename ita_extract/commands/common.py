"""What commands share: exit codes, and types of arguments."""

from __future__ import annotations

import argparse
from pathlib import Path

EXIT_OK = 0
EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_ALL_FAILED = 3
EXIT_INTERRUPTED = 130

EXIT_CODES = """exit codes: 0 all inputs extracted or already there · 1 some inputs failed (the rest is finished) ·
2 wrong usage or an unusable folder · 3 every input failed · 130 interrupted (run again to go on)"""

DEFAULT_ENGINE = "auto"
"""As in `ita_extract.readers.options`, which takes too long to import for --help."""
ENGINE_HELP = "OCR engine: auto, thai, tesseract, thai+tesseract, or one that a package brings (default auto)"


def location(text: str) -> Path:
    """A path or a URL."""
    from ita_extract.storage import as_path

    return as_path(text)


def positive(text: str) -> int:
    """A whole number from 1."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def formats(text: str) -> list[str]:
    """Formats of `export`, joined by commas."""
    from ita_extract.export.formats import names

    try:
        return names(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
