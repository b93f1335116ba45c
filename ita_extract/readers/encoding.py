"""Bytes to text: the encodings that Thai pages use, declared or not, and Thai that was decoded wrongly before."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ita_extract.errors import EmptyInputError, EncodingError, NotTextError, UnsupportedInputError
from ita_extract.thai.text import thai_share

SAMPLE = 65_536
"""Bytes looked at to tell text from binary."""
MAX_CONTROL_SHARE = 0.02
"""Share of control characters above which data is binary; the worst real text has 0.001."""
MAX_BROKEN_SHARE = 0.002
"""Share of undecodable places up to which a file counts as UTF-8 with damage (cut in the middle, joined wrongly)."""

_SIGNATURES = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or Office document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"Rar!": "a RAR archive",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"{\\rtf": "an RTF document",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,30})",
    re.IGNORECASE,
)
_THAI_NAMES = {"tis-620", "tis620", "windows-874", "cp874", "iso-8859-11", "x-windows-874", "dos-874", "iso8859-11"}
_HIGH_BYTES = (0x00, 0x0E, 0x20)
"""High bytes of 16-bit Thai text: Latin, Thai, punctuation."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Decoded text with the encoding that was used and what had to be overlooked."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of a file.

    Raises EmptyInputError, NotTextError or UnsupportedInputError (binary data; a known kind of file), EncodingError.
    """
    if not data.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf"):
        raise EmptyInputError("the file holds no text")
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnsupportedInputError(f"the file is {kind}, not text")
    decoded = _by_mark(data) or _by_declaration(data) or _by_trial(data)
    return _without_mojibake(decoded)


def _by_mark(data: bytes) -> Decoded | None:
    """Text that begins with a byte order mark, or 16-bit text without one."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode(name), name)
            except UnicodeDecodeError:
                return Decoded(data.decode(name, "replace"), name, ("some bytes could not be decoded",))
    sample = data[:SAMPLE]
    for name, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = sample[offset::2]
        if len(sample) >= 8 and sum(high.count(byte) for byte in _HIGH_BYTES) > 0.9 * len(high):
            return Decoded(data.decode(name, "replace"), name)
    controls = _CONTROL.findall(sample)
    if _is_utf8(sample):
        controls = [byte for byte in controls if byte != b"\x00"]  # text in which NULs were left behind
    if len(controls) > MAX_CONTROL_SHARE * len(sample):
        raise NotTextError("the file holds binary data")
    return None


def _is_utf8(sample: bytes) -> bool:
    """Whether bytes are UTF-8, a character cut at the end aside."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _by_declaration(data: bytes) -> Decoded | None:
    match = _DECLARED.search(data[:4096])
    if match is None:
        return None
    name = (match[1] or match[2]).decode("ascii", "ignore").lower()
    name = "cp874" if name in _THAI_NAMES else name
    try:
        return Decoded(data.decode(name), name)
    except (LookupError, UnicodeDecodeError):
        return None  # a wrong declaration; the bytes decide


def _by_trial(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", "replace")
    broken = damaged.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if broken <= max(2, MAX_BROKEN_SHARE * len(damaged)) and thai_share(damaged) > 0.05:
        return Decoded(damaged, "utf-8", (f"{broken} places are no valid UTF-8",))
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        text = data.decode("cp874", "replace")
        if text.count("\ufffd") > MAX_BROKEN_SHARE * len(text):
            raise EncodingError("the bytes are neither UTF-8 nor TIS-620/windows-874") from None
    if thai_share(text) < 0.02 and not text.isascii():
        raise EncodingError("the bytes are neither UTF-8 nor TIS-620/windows-874")
    return Decoded(text, "cp874")


def _without_mojibake(decoded: Decoded) -> Decoded:
    """Undoes Thai that an earlier reader took for Latin-1 or Windows-1252, where the whole text shows it."""
    text = decoded.text
    sample = text[:SAMPLE]
    accented = sum("\u00a1" <= char <= "\u00fb" for char in sample)
    if accented < 20 or accented < 0.1 * len(sample) or thai_share(sample) > 0.05:
        return decoded
    for wrong, right in (("cp1252", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "cp874"), ("cp1252", "cp874")):
        try:
            repaired = text.encode(wrong).decode(right)
        except UnicodeError:
            continue
        if thai_share(repaired[:SAMPLE]) > 0.2:
            note = f"Thai text had been decoded as {wrong}; read as {right}"
            return Decoded(repaired, f"{decoded.encoding}+{right}", (*decoded.warnings, note))
    return decoded
