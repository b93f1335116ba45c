"""What a caller may choose about reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

OcrMode = Literal["auto", "always", "never"]

DEFAULT_ENGINE = "auto"
DEFAULT_MAX_BYTES = 50_000_000
"""Larger files are refused: the longest real report has 2 million bytes of text, the largest scan of one 20 million."""
DEFAULT_PAGE_TIMEOUT = 120
"""Seconds for a page that is read from its picture: the densest real one takes ten."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`ocr` says which pages of PDFs are read from their picture: those whose text layer is missing or damaged
    (`auto`), all, or none. Pictures are always read so, by the engine named `ocr_engine`, each page for
    `page_timeout` seconds at most; `on_page` is told the number of each before it is read.
    """

    max_bytes: int = DEFAULT_MAX_BYTES
    ocr: OcrMode = "auto"
    ocr_engine: str = DEFAULT_ENGINE
    page_timeout: int = DEFAULT_PAGE_TIMEOUT
    on_page: Callable[[int], None] = lambda number: None


TEXT_LAYER = ReadOptions(ocr="never")
"""Text layers as they are, whatever their damage."""
