"""The archive: one JSON file per document, written whole or not at all."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import msgspec

from ita_extract.errors import ArchiveError, PointerError
from ita_extract.pointer import Where
from ita_extract.records import BlockRecord, DocumentLink, DocumentRecord, Finding, Record
from ita_extract.records.bundle import Records, from_json
from ita_extract.storage import is_local, open_whole, write_whole

FINDINGS = "findings.jsonl"
LINKS = "links.jsonl"
R = TypeVar("R", bound=Record)
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_DOCUMENT_ID = re.compile(r"[0-9a-f]{16}")


class Archive:
    """The folder that a run writes: `records/<document_id>.json`, and what is derived from them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, document_id: str) -> Path:
        """Where a document's records are kept."""
        return self.folder / "records" / f"{document_id}.json"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Makes the folder and keeps other runs out of it; the system unlocks it however this process ends.

        On object storage nothing can be locked. Raises ArchiveError.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not is_local(self.folder):
                yield
                return
            stream = (self.folder / ".lock").open("w")
        except OSError as error:
            raise ArchiveError(f"{self.folder} cannot be used as a folder: {error.strerror}") from error
        with stream:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise ArchiveError(
                    f"another run is writing into {self.folder}",
                    remedy="Wait until it has ended, or choose another folder.",
                ) from error
            except OSError:
                pass  # a share that knows no locks
            yield

    def add(self, records: Records) -> None:
        """Keeps a document's records, replacing those of an earlier version. Raises ArchiveError."""
        write_whole(self.path(records.document_id), records.to_json())

    def version_of(self, document_id: str) -> str | None:
        """The extractor version that wrote a document, None when the archive has none that can be read."""
        try:
            row = self.read(document_id)["documents"][0]
        except (ArchiveError, IndexError):
            return None
        return row.extractor_version if isinstance(row, DocumentRecord) else None

    def read(self, document_id: str) -> Records:
        """A document's records. Raises ArchiveError when it is not in the archive or cannot be read."""
        path = self.path(document_id)
        try:
            return from_json(path.read_bytes())
        except ArchiveError as error:
            raise ArchiveError(f"{path}: {error}", remedy="Delete that file and run its document again.") from error
        except OSError as error:
            raise ArchiveError(
                f"document {document_id} is not in {self.folder}",
                remedy="Give the folder that `ita-extract run -o` wrote, and a document_id from documents.csv.",
            ) from error

    def name_of(self, document_id: str) -> str:
        """File name of a document, its id where it has none. Raises ArchiveError."""
        document = next(iter(self.read(document_id)["documents"]), None)
        return (document.file_name if isinstance(document, DocumentRecord) else None) or document_id

    def document_ids(self) -> list[str]:
        """All documents in the archive, in order of their ids."""
        folder = self.folder / "records"
        names = (path.stem for path in folder.glob("*.json")) if folder.is_dir() else ()
        return sorted(name for name in names if _DOCUMENT_ID.fullmatch(name))

    def keep_findings(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Passes findings on while they are written to `findings.jsonl`, which replaces the old one when all are.

        They must come in the order of their documents. Raises ArchiveError.
        """
        with open_whole(self.folder / FINDINGS) as stream:
            for finding in findings:
                stream.write(_ENCODER.encode(finding) + b"\n")
                yield finding

    def keep_links(self, links: Iterable[DocumentLink]) -> None:
        """Writes links between documents to `links.jsonl`, which replaces the old one. Raises ArchiveError."""
        with open_whole(self.folder / LINKS) as stream:
            for link in links:
                stream.write(_ENCODER.encode(link) + b"\n")

    def forget_audit(self) -> None:
        """Takes what the last audit found out of the archive."""
        (self.folder / FINDINGS).unlink(missing_ok=True)
        (self.folder / LINKS).unlink(missing_ok=True)

    def findings(self) -> Iterator[Finding]:
        """The findings of the last audit in the order of their documents, none where there was none.

        Raises ArchiveError.
        """
        return self._rows(FINDINGS, Finding)

    def links(self) -> Iterator[DocumentLink]:
        """The links that the last audit found, none where there was none. Raises ArchiveError."""
        return self._rows(LINKS, DocumentLink)

    def _rows(self, name: str, record_type: type[R]) -> Iterator[R]:
        path = self.folder / name
        if not path.exists():
            return
        with path.open("rb") as stream:
            for line in stream:
                try:
                    yield msgspec.json.decode(line, type=record_type)
                except msgspec.MsgspecError as error:
                    raise ArchiveError(f"{path}: {error}", remedy="Run `ita-extract audit` again.") from error

    def audited(self) -> Iterator[Records]:
        """All documents, each with its findings of the last audit and their number. Raises ArchiveError."""
        if not (self.folder / FINDINGS).exists():
            yield from self
            return
        groups = groupby(self.findings(), key=lambda finding: finding.document_id)
        at, group = next(groups, (None, ()))
        for records in self:
            while at is not None and at < records.document_id:
                at, group = next(groups, (None, ()))
            yield _with_findings(records, tuple(group) if at == records.document_id else ())

    def __iter__(self) -> Iterator[Records]:
        for document_id in self.document_ids():
            yield self.read(document_id)

    def verbatim(self, pointer: str) -> tuple[str, str]:
        """File name and verbatim text behind `DOCUMENT_ID/p1/b2:0-9`. Raises PointerError or ArchiveError."""
        document_id, _, rest = pointer.strip().partition("/")
        if not _DOCUMENT_ID.fullmatch(document_id):
            raise PointerError(f"'{pointer}' does not begin with a document_id")
        where = Where.parse(rest)
        records = self.read(document_id)
        blocks = [row for row in records["blocks"] if isinstance(row, BlockRecord)]
        index = where.leaf - 1
        if not 0 <= index < len(blocks) or blocks[index].page != where.page:
            raise PointerError(f"'{pointer}': no such block in {document_id}")
        return self.name_of(document_id), _slice(blocks, index, where)


def _with_findings(records: Records, findings: tuple[Finding, ...]) -> Records:
    documents = [msgspec.structs.replace(row, finding_count=len(findings)) for row in records["documents"]]
    tables = {**records.tables, "documents": tuple(documents), "findings": findings}
    return Records(records.document_id, tables, records.warnings)


def _slice(blocks: list[BlockRecord], index: int, where: Where) -> str:
    if where.start is None or where.end is None:
        return blocks[index].text_raw or ""
    text = ""
    for block in blocks[index:]:
        text += block.text_raw or ""
        if len(text) >= where.end:
            return text[where.start : where.end]
    raise PointerError(f"'{where}' ends behind the document")
