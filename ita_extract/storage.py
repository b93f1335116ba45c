"""Where files are: paths here, or URLs of shared and object storage; and writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any, cast

from ita_extract.errors import ArchiveError, MissingPackageError

PART = ".part"
"""Ending of a file in the making; its name also begins with a dot."""


def as_path(location: str) -> Path:
    """The path that a name or a URL (`s3://bucket/folder`, `file:///…`) stands for.

    Raises:
        MissingPackageError: URLs need `universal-pathlib`, and fsspec's package for the kind of storage.
        ArchiveError: nothing here can reach that kind of storage.
    """
    if "://" not in location:
        return Path(location)
    try:
        from upath import UPath
    except ImportError as error:
        raise MissingPackageError("URLs", "cluster") from error
    try:
        # UPath offers what this package uses of pathlib.Path, whatever the storage.
        return cast(Path, UPath(location))
    except (ImportError, ValueError, OSError) as error:
        raise ArchiveError(
            f"{location} cannot be reached: {error}",
            remedy="Install fsspec's package for that storage (s3fs, gcsfs, adlfs, …), and check the address.",
        ) from error


def is_local(path: Path) -> bool:
    """Whether a path lies in this machine's file system (a mounted share does)."""
    return isinstance(path, Path)


@contextmanager
def open_whole(path: Path, mode: str = "wb", **how: Any) -> Iterator[IO[Any]]:
    """A stream whose file appears under its name when the block ends well, complete and on the disk; else not at all.

    On object storage the same holds of every upload. `how` goes to `open`. Raises ArchiveError for errors of writing.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not is_local(path):
            with path.open(mode, **how) as stream:
                yield stream
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=PART)
        temporary = Path(name)
        try:
            with os.fdopen(handle, mode, **how) as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ArchiveError(f"cannot write {path}: {error.strerror or error}") from error


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that a reader sees the old content or the new, never a part. Raises ArchiveError."""
    with open_whole(path) as stream:
        stream.write(data)


def sweep(folder: Path) -> None:
    """Removes what interrupted writes left behind under a folder."""
    if is_local(folder):
        for left in folder.rglob(f".*{PART}"):
            left.unlink(missing_ok=True)


@cache
def _umask() -> int:
    """What the user withholds from new files; `mkstemp` knows only files for oneself."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
