"""Tables as JSON Lines, one file each, one object per row; decimals are numbers with all their digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import msgspec

from ita_extract.export.sheets import SHEETS, Row, Sink
from ita_extract.storage import open_whole


@contextmanager
def json_lines(folder: Path) -> Iterator[Sink]:
    """One file per table."""
    with ExitStack() as stack:
        yield _Files({s.name: stack.enter_context(open_whole(folder / f"{s.name}.jsonl")) for s in SHEETS})


class _Files:
    def __init__(self, streams: dict[str, IO[bytes]]) -> None:
        self._streams = streams
        self._encoder = msgspec.json.Encoder(decimal_format="number")

    def write(self, name: str, rows: Iterable[Row], year: int | None) -> None:
        """See Sink."""
        self._streams[name].write(self._encoder.encode_lines(rows if isinstance(rows, list) else list(rows)))
