"""Compressed streams of a PDF, unpacked up to a limit: a file of a few kilobytes may hold gigabytes.

pdfminer unpacks without one. Its two functions that can grow without bound are replaced, once, when this is imported.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from types import SimpleNamespace

from pdfminer import pdftypes
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfexceptions import PDFException

MAX_STREAM = 64_000_000
"""Bytes that one stream may unpack to; page contents of real files have up to 0.5 million."""
_STEP = 1 << 16


class StreamTooLargeError(PDFException):
    """A stream unpacks to more than MAX_STREAM bytes."""


def inflate(data: bytes) -> bytes:
    """What a Flate stream holds, as far as it is whole. Raises StreamTooLargeError."""
    try:
        return _inflated(data, len(data) or 1)
    except zlib.error:
        return _inflated(data, 1, lenient=True)


def _inflated(data: bytes, step: int, *, lenient: bool = False) -> bytes:
    """Unpacks `step` bytes at a time; a lenient caller gets what stands before the first broken byte."""
    unpacker = zlib.decompressobj()
    unpacked = bytearray()
    for at in range(0, len(data), step):
        try:
            unpacked += unpacker.decompress(data[at : at + step], MAX_STREAM - len(unpacked) + 1)
        except zlib.error:
            if lenient:
                break
            raise
        if len(unpacked) > MAX_STREAM:
            raise StreamTooLargeError(f"a stream unpacks to more than {MAX_STREAM:,} bytes")
        if unpacker.eof:
            break
    return bytes(unpacked)


def unpack_lzw(data: bytes) -> bytes:
    """What an LZW stream holds. Raises StreamTooLargeError."""
    unpacked = bytearray()
    for piece in LZWDecoder(BytesIO(data)).run():
        unpacked += piece
        if len(unpacked) > MAX_STREAM:
            raise StreamTooLargeError(f"a stream unpacks to more than {MAX_STREAM:,} bytes")
    return bytes(unpacked)


pdftypes.zlib = SimpleNamespace(decompress=inflate, error=zlib.error)  # type: ignore[assignment,attr-defined]
pdftypes.lzwdecode = unpack_lzw  # type: ignore[attr-defined]
