"""Scans and photographs → Document: pages straightened, ruled lines and marks found, lines of text read by OCR."""

from ita_extract.readers.scan.overlay import page_overlay
from ita_extract.readers.scan.reader import pdf_picture, read_pictures

__all__ = ["page_overlay", "pdf_picture", "read_pictures"]
