"""Scans and photographs → Document: pages straightened, ruled lines and marks found, lines of text read by OCR."""

from ita_extract.readers.scan.reader import pdf_picture, read_pictures

__all__ = ["pdf_picture", "read_pictures"]
