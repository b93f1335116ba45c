"""Office Open XML packages (.docx, .xlsx and their macro forms): a ZIP of XML parts, opened with care.

Nothing is unpacked to disk, macros are never run, and relationships that lead out of the package are never followed.
Source of names and rules: ECMA-376, parts 1 and 2.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from lxml import etree

from ita_extract.errors import DamagedError, EncryptedError, TooLargeError, UnsupportedInputError

UNPACKED = 2
"""Text parts may unpack to this many times the limit of the file: a tree in memory takes several times its XML."""
MAX_RATIO = 400
"""No honest part is packed tighter: a sheet of a million equal cells packs 1:120 (measured with openpyxl)."""
SMALL = 1_000_000
"""Parts up to this many bytes are harmless whatever their ratio."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT_PARTS = (".xml", ".rels", ".vml")
_DAMAGED = "Open the file in a word processor or spreadsheet program and save it as a new .docx or .xlsx."
_CONVERT = "Open it in a word processor or spreadsheet program and save it as .docx, .xlsx or .pdf."
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

_PURL = b"http://purl.oclc.org/ooxml/"
_STRICT = re.compile(_PURL + rb"(\w+)/(\w+)")
"""Namespaces of the strict form of the standard, which few programs write; those of the usual form hold a year."""

Element = Any
"""An lxml element; lxml has no types of its own."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another part names: the last word of its type, and its name in the package (None: outside it)."""

    kind: str
    target: str | None


class Package:
    """The parts of an Office file. Raises DamagedError, EncryptedError, UnsupportedInputError, TooLargeError."""

    def __init__(self, data: bytes, file_name: str, max_bytes: int) -> None:
        self.file_name = file_name
        if data.startswith(_OLE):
            raise _ole_error(data, file_name)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise DamagedError(f"{file_name} is no Office file: {error}", remedy=_DAMAGED) from error
        self._names = {info.filename.lstrip("/").lower(): info for info in self._zip.infolist()}
        self._check_sizes(max_bytes)
        if "[content_types].xml" not in self._names:
            raise self._other_kind()

    def _check_sizes(self, max_bytes: int) -> None:
        """Refuses bombs by what their directory states; Python unpacks no more of a part than is stated there."""
        parts = [info for name, info in self._names.items() if name.endswith(_TEXT_PARTS)]
        if any(info.flag_bits & 1 for info in parts):
            raise EncryptedError(f"{self.file_name} is locked with a password")
        total = sum(info.file_size for info in parts)
        if total > UNPACKED * max_bytes:
            raise TooLargeError(
                f"{self.file_name} unpacks to {total:,} bytes of text; the limit is {UNPACKED * max_bytes:,}"
            )
        for info in parts:
            if info.file_size > SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size):
                raise TooLargeError(
                    f"{self.file_name}: '{info.filename}' unpacks {info.compress_size:,} bytes to {info.file_size:,}",
                    remedy="No office program writes this; download the file again from its source.",
                )

    def _other_kind(self) -> UnsupportedInputError | DamagedError:
        if "mimetype" in self._names and b"opendocument" in (self.read("mimetype") or b""):
            return UnsupportedInputError(f"{self.file_name} is an OpenDocument file", remedy=_CONVERT)
        return DamagedError(f"{self.file_name} is a ZIP archive, but no Office file", remedy=_DAMAGED)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None when the package has none of this name."""
        info = self._names.get(name.lower())
        if info is None:
            return None
        data = self._unpacked(info)
        return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data) if _PURL in data else data

    def _unpacked(self, info: zipfile.ZipInfo) -> bytes:
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
            what = f"{self.file_name}: '{info.filename}' cannot be unpacked: {error}"
            raise DamagedError(what, remedy=_DAMAGED) from error

    def xml(self, name: str, *, recover: bool = False) -> Element | None:
        """The root of a part's XML, None when there is no such part. Entities are neither expanded nor fetched.

        `recover` reads what can be read of a broken part: Excel's VML holds HTML tags that are never closed.
        """
        data = self.read(name)
        if data is None:
            return None
        if recover:
            data = data.replace(b"<br>", b"<br/>")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True, recover=recover
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise DamagedError(f"{self.file_name}: '{name}' is no XML: {error}", remedy=_DAMAGED) from error
        if root is not None and root.getroottree().docinfo.internalDTD is not None:
            raise DamagedError(
                f"{self.file_name}: '{name}' declares XML entities, which no office program writes",
                remedy="Do not trust this file; download it again from its source.",
            )
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part ("" for the package itself) refers to, by relationship id."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relation] = {}
        for item in root.iter(_RELATIONSHIP) if root is not None else ():
            kind = posixpath.basename(item.get("Type", ""))
            is_external = item.get("TargetMode", "").lower() == "external"
            target = None if is_external else _resolve(folder, item.get("Target", ""))
            found[item.get("Id", "")] = Relation(kind, target)
        return found

    def replaced(self, name: str, content: bytes) -> bytes:
        """The package with another content for one part."""
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self._names.values():
                data = content if info.filename.lower() == name.lower() else self.read(info.filename) or b""
                archive.writestr(info.filename, data)
        return out.getvalue()

    def transitional(self) -> bytes | None:
        """The whole package in the usual form of the standard; None where it is written so already."""
        main = self.main_part()
        content = self.read(main) or b""
        is_strict = _PURL in self._unpacked(self._names[main.lower()])
        return self.replaced(main, content) if is_strict else None

    def main_part(self) -> str:
        """The name of the document itself."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target and relation.target.lower() in self._names:
                return relation.target
        raise DamagedError(f"{self.file_name} has no document in it", remedy=_DAMAGED)


def _resolve(folder: str, target: str) -> str:
    """The name of a part that `target` means, seen from `folder`; names cannot lead out of the package."""
    path = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
    return path.lstrip("/")


def _ole_error(data: bytes, file_name: str) -> EncryptedError | UnsupportedInputError:
    """Files of before 2007 and locked newer ones share a container."""
    if _ENCRYPTED in data:
        return EncryptedError(f"{file_name} is locked with a password")
    return UnsupportedInputError(f"{file_name} is written in the format of Office 97–2003", remedy=_CONVERT)
