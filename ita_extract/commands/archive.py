"""`show`, `export`: what can be asked of an archive."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ita_extract.commands.common import DEFAULT_ENGINE, ENGINE_HELP, EXIT_OK, formats, location

if TYPE_CHECKING:
    from ita_extract.export.where import Where


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the commands."""
    show = commands.add_parser("show", help="the verbatim text behind a pointer; or a picture of how a page is read")
    show.add_argument("out", type=location, metavar="OUT", help="folder of the archive (with --page: a scan or PDF)")
    show.add_argument(
        "pointer",
        metavar="POINTER",
        help="DOCUMENT_ID/p1/b2:0-9, from the columns document_id and where (with --page: the number of the page)",
    )
    show.add_argument(
        "--page", action="store_true", help="read a page from its picture, and show its lines, cells, marks and text"
    )
    show.add_argument("-o", "--to", type=Path, metavar="PICTURE", help="where to (default: FILE.pageN.png here)")
    show.add_argument("--ocr-engine", default=DEFAULT_ENGINE, metavar="NAME", help=ENGINE_HELP)
    show.set_defaults(command=_show)

    export = commands.add_parser("export", help="the archive as CSV, JSON Lines, Parquet, SQLite, DuckDB or Excel")
    export.add_argument("out", type=location, metavar="OUT", help="folder of the archive")
    export.add_argument(
        "--format",
        type=formats,
        required=True,
        metavar="NAMES",
        help="csv, jsonl, parquet, sqlite, duckdb, xlsx; joined by commas",
    )
    export.add_argument("-o", "--to", type=Path, metavar="FOLDER", help="where to (default OUT/exports)")
    export.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="CONDITION",
        help='only documents that meet it: "fiscal_year_be=2564", "agency~เทศบาล"; may be repeated',
    )
    export.add_argument("--excel", action="store_true", help="CSV for spreadsheets, as with run")
    export.add_argument("--redact-persons", action="store_true", help="take personal data out, as with run")
    export.set_defaults(command=_export)


def _show(options: argparse.Namespace) -> int:
    if options.page:
        return _show_page(options)
    from ita_extract.archive import Archive

    name, text = Archive(options.out).verbatim(options.pointer)
    print(f"{name}  {options.pointer}", file=sys.stderr)
    print(text)
    return EXIT_OK


def _show_page(options: argparse.Namespace) -> int:
    from ita_extract.errors import PageNumberError
    from ita_extract.readers.options import ReadOptions
    from ita_extract.readers.scan import page_overlay

    if not options.pointer.isascii() or not options.pointer.isdigit():
        raise PageNumberError(f"{options.pointer!r} is no page number")
    if not options.out.is_file():
        raise PageNumberError(f"{options.out} is no file")
    number = int(options.pointer)
    target = options.to or Path(f"{options.out.stem}.page{number}.png")
    page_overlay(options.out, number, ReadOptions(ocr_engine=options.ocr_engine)).save(target)
    print(f"page {number} of {options.out.name} → {target}", file=sys.stderr)
    return EXIT_OK


def _export(options: argparse.Namespace) -> int:
    from ita_extract.export.where import Where

    target = options.to or options.out / "exports"
    count = export_archive(
        options.out,
        target,
        options.format,
        where=Where.parse(options.where),
        excel=options.excel,
        redact=options.redact_persons,
    )
    print(f"{count} documents → {target}", file=sys.stderr)
    return EXIT_OK


def export_archive(
    out: Path,
    target: Path,
    formats: Sequence[str],
    *,
    where: Where | None = None,
    excel: bool = False,
    redact: bool = False,
) -> int:
    """Writes an archive, or the documents of it that meet a condition, in some formats; returns how many documents."""
    from ita_extract.archive import Archive
    from ita_extract.batch.history import finished_runs
    from ita_extract.export.formats import export
    from ita_extract.export.sheets import Selection, unchanged
    from ita_extract.export.where import Where
    from ita_extract.redact import redacted

    others = {"runs": finished_runs(out)}
    selection = Selection(Archive(out), where or Where(), redacted if redact else unchanged, others)
    return export(selection, target, formats, excel=excel)["documents"]
