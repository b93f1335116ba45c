"""`run`: many inputs into one archive."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ita_extract.commands.common import (
    DEFAULT_ENGINE,
    ENGINE_HELP,
    EXIT_ALL_FAILED,
    EXIT_CODES,
    EXIT_OK,
    EXIT_SOME_FAILED,
    EXIT_USAGE,
    formats,
    location,
    positive,
)

if TYPE_CHECKING:
    from ita_extract.batch import Outcome, Run


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    run = commands.add_parser("run", help="extract files, folders or globs into a folder", epilog=EXIT_CODES)
    run.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="PDFs, scans, photographs, Office files, web pages, text; folders, globs",
    )
    run.add_argument(
        "-o", "--out", type=location, required=True, metavar="OUT", help="folder of the archive (made if missing)"
    )
    run.add_argument("--jobs", type=positive, metavar="N", help="processes to use (default: all cores)")
    run.add_argument("--cluster", metavar="ADDRESS", help="extract on a Dask cluster: tcp://HOST:8786")
    run.add_argument("--fresh", action="store_true", help="extract again what the archive already holds")
    run.add_argument(
        "--excel", action="store_true", help="CSV for spreadsheets: byte-order mark, no cell runs as a formula"
    )
    run.add_argument(
        "--ocr",
        choices=("auto", "always", "never"),
        default="auto",
        help="read PDF pages from their picture: where the text layer is missing or damaged (default), all, or none",
    )
    run.add_argument("--ocr-engine", default=DEFAULT_ENGINE, metavar="NAME", help=ENGINE_HELP)
    run.add_argument("--max-bytes", type=positive, metavar="N", help="refuse larger files (default 50000000)")
    run.add_argument("--timeout", type=positive, metavar="SECONDS", help="give up a file after so long (default 600)")
    run.add_argument(
        "--page-timeout",
        type=positive,
        metavar="SECONDS",
        help="leave out a page that takes longer to read from its picture (default 120)",
    )
    run.add_argument(
        "--max-memory", type=positive, metavar="MIB", help="give up a file that takes more memory (default 3000)"
    )
    run.add_argument(
        "--format",
        type=formats,
        default=[],
        metavar="NAMES",
        help="export afterwards, as the command export does",
    )
    run.add_argument(
        "--redact-persons",
        action="store_true",
        help="take names of persons, telephone numbers and e-mail addresses out of the whole archive",
    )
    run.add_argument("--quiet", action="store_true", help="no progress, no closing table")
    run.set_defaults(command=_run)


def _run(options: argparse.Namespace) -> int:
    from ita_extract import batch
    from ita_extract.report import Progress, closing_table

    inputs = batch.find_inputs(options.inputs, options.out)
    if not inputs:
        print(
            "ita-extract: no readable files there\n"
            "  → Name PDFs, pictures, Office files, web pages or text files, or a folder that holds some.",
            file=sys.stderr,
        )
        return EXIT_USAGE
    defaults = batch.Settings()
    settings = batch.Settings(
        max_bytes=options.max_bytes or defaults.max_bytes,
        excel=options.excel,
        ocr=options.ocr,
        ocr_engine=options.ocr_engine,
        redact_persons=options.redact_persons,
        timeout=options.timeout or defaults.timeout,
        page_timeout=options.page_timeout or defaults.page_timeout,
        max_memory=options.max_memory or defaults.max_memory,
    )
    with Progress(len(inputs), enabled=not options.quiet) as progress:
        finished = batch.run(
            inputs,
            options.out,
            settings,
            jobs=options.jobs,
            cluster=options.cluster,
            fresh=options.fresh,
            on_outcome=progress.advance,
            on_page=progress.page,
        )
    if finished.counts["failed"]:
        for outcome in finished.outcomes():
            _report_failure(outcome)
    if options.format:
        from ita_extract.commands.archive import export_archive

        export_archive(options.out, options.out / "exports", options.format, excel=options.excel)
    if not options.quiet:
        closing_table(finished, options.out)
    return _exit_code(finished)


def _report_failure(outcome: Outcome) -> None:
    from ita_extract.file_names import on_one_line

    if outcome.status == "failed":
        what = on_one_line(f"{outcome.file}: {outcome.message}")
        print(f"ita-extract: {what} [{outcome.code}]\n  → {outcome.remedy}", file=sys.stderr)


def _exit_code(finished: Run) -> int:
    failed = finished.counts["failed"]
    if not failed:
        return EXIT_OK
    return EXIT_ALL_FAILED if failed == finished.counts.total() else EXIT_SOME_FAILED
