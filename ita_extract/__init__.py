"""Thai government ITA plans and reports → normalised records, every value traceable to its place in the document.

>>> from ita_extract import extract
>>> records = extract("report.txt")
>>> records.frame("indicators")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from ita_extract.pipeline import extract, extract_bytes
    from ita_extract.records.bundle import Records

__all__ = ["Records", "__version__", "extract", "extract_bytes"]


def __getattr__(name: str) -> Any:
    """Loads the heavy parts only when they are used: `ita-extract --help` must not pay for them."""
    if name in ("extract", "extract_bytes"):
        from ita_extract import pipeline

        return getattr(pipeline, name)
    if name == "Records":
        from ita_extract.records.bundle import Records

        return Records
    raise AttributeError(f"module 'ita_extract' has no attribute '{name}'")
