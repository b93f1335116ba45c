"""Which files a run is about: folders searched through, globs, names, URLs."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ita_extract.readers import SUFFIXES
from ita_extract.storage import as_path, is_local


def find_inputs(arguments: Iterable[str], archive: Path | None = None) -> list[Path]:
    """The files named by paths, folders (searched through), globs and URLs, each once, in a fixed order.

    In folders only the kinds of files are taken that can be read; a file named outright is always tried. A name that
    matches nothing stays in the list, so that the run reports it. Folders reached through links are searched, each
    once, however they link to each other. `archive`, the folder that is written, is no input.
    """
    files: dict[Path, None] = {}
    for argument in arguments:
        path = as_path(argument)
        if path.is_dir():
            found = sorted(_under(path, archive) if is_local(path) else _under_url(path))
        elif path.exists() or path.is_symlink():
            found = [path]
        else:
            found = _matching(path, argument) or [path]
        for name in found:
            if not _is_hidden(name, path):
                files.setdefault(name)
    return list(files)


def _matching(path: Path, pattern: str) -> list[Path]:
    if is_local(path):
        return [Path(name) for name in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 - absolute too
    return sorted(path.parent.glob(path.name)) if glob.has_magic(path.name) else []


def _under(folder: Path, archive: Path | None) -> Iterator[Path]:
    """Readable files under a folder. A folder that cannot be opened is itself given, so that the run reports it."""
    seen = {_identity(folder)}
    if archive is not None and archive.is_dir():
        seen.add(_identity(archive))
    unreadable: list[Path] = []
    for name, folders, files in os.walk(
        folder, followlinks=True, onerror=lambda error: unreadable.append(Path(error.filename))
    ):
        here = Path(name)
        # Sorted, so that of several ways to a folder always the same one is taken.
        folders[:] = [child for child in sorted(folders) if _is_new(here / child, seen)]
        yield from (here / file for file in files if _is_readable(here / file))
    yield from unreadable


def _is_new(folder: Path, seen: set[tuple[int, int]]) -> bool:
    try:
        identity = _identity(folder)
    except OSError:
        return False
    is_new = identity not in seen
    seen.add(identity)
    return is_new


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _is_readable(file: Path) -> bool:
    """Whether a file in a folder is an input. A link to nothing is one, to fail; sockets and the like are none."""
    is_document = file.suffix.lower() in SUFFIXES and file.stem.upper() != "README"
    return is_document and (file.is_file() or (file.is_symlink() and not file.exists()))


def _under_url(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if _is_readable(file))


def _is_hidden(path: Path, root: Path) -> bool:
    """Whether a file is none of the user's: hidden, or the lock that Office leaves beside an open document (`~$…`)."""
    relative = path.relative_to(root) if path.is_relative_to(root) else path
    is_lock = path != root and path.name.startswith("~$")
    return is_lock or any(part.startswith(".") and part not in (".", "..") for part in relative.parts)
