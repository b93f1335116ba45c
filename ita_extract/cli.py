"""The command line. Heavy parts are imported by the command that needs them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ita_extract import __version__
from ita_extract.errors import ItaError

if TYPE_CHECKING:
    from ita_extract.batch import Outcome, Run

EXIT_OK = 0
EXIT_SOME_FAILED = 1
EXIT_USAGE = 2
EXIT_ALL_FAILED = 3
EXIT_INTERRUPTED = 130

_EXIT_CODES = """exit codes: 0 all inputs extracted or already there · 1 some inputs failed (the rest is finished) ·
2 wrong usage or an unusable folder · 3 every input failed · 130 interrupted (run again to go on)"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except ItaError as error:
        print(f"ita-extract: {error}\n  → {error.remedy}", file=sys.stderr)
        return EXIT_USAGE
    except KeyboardInterrupt:
        print(
            "\nita-extract: interrupted; what is finished is kept. Run the same command again to go on.",
            file=sys.stderr,
        )
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ita-extract",
        description="Thai government ITA plans and reports → normalised records (CSV, JSON) that lead to their source.",
        epilog=_EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"ita-extract {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="extract files, folders or globs into a folder", epilog=_EXIT_CODES)
    run.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="PDFs, scans, photographs, Office files, web pages, text; folders, globs",
    )
    run.add_argument(
        "-o", "--out", type=_location, required=True, metavar="OUT", help="folder of the archive (made if missing)"
    )
    run.add_argument("--jobs", type=_positive, metavar="N", help="processes to use (default: all cores)")
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
    run.add_argument("--ocr-engine", default="tesseract", metavar="NAME", help="OCR engine (default tesseract)")
    run.add_argument("--max-bytes", type=_positive, metavar="N", help="refuse larger files (default 50000000)")
    run.add_argument("--timeout", type=_positive, metavar="SECONDS", help="give up a file after so long (default 600)")
    run.add_argument(
        "--max-memory", type=_positive, metavar="MIB", help="give up a file that takes more memory (default 3000)"
    )
    run.add_argument("--quiet", action="store_true", help="no progress, no closing table")
    run.set_defaults(command=_run)

    show = commands.add_parser("show", help="the verbatim text behind a pointer")
    show.add_argument("out", type=_location, metavar="OUT")
    show.add_argument(
        "pointer", metavar="POINTER", help="DOCUMENT_ID/p1/b2:0-9, from the columns document_id and where"
    )
    show.set_defaults(command=_show)

    schema = commands.add_parser("schema", help="the output contract")
    schema.add_argument("--format", choices=("table", "json", "frictionless", "sql"), default="table")
    schema.set_defaults(command=_schema)

    doctor = commands.add_parser("doctor", help="what is missing on this machine, and the one command that fixes it")
    doctor.set_defaults(command=_doctor)
    return parser


def _location(text: str) -> Path:
    from ita_extract.storage import as_path

    return as_path(text)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


# ------------------------------------------------------------------ commands
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
        timeout=options.timeout or defaults.timeout,
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
        )
    if finished.counts["failed"]:
        for outcome in finished.outcomes():
            _report_failure(outcome)
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


def _show(options: argparse.Namespace) -> int:
    from ita_extract.archive import Archive

    name, text = Archive(options.out).verbatim(options.pointer)
    print(f"{name}  {options.pointer}", file=sys.stderr)
    print(text)
    return EXIT_OK


def _schema(options: argparse.Namespace) -> int:
    from ita_extract.export import schemas

    if options.format == "json":
        print(schemas.json_schema().decode(), end="")
    elif options.format == "frictionless":
        print(schemas.data_package().decode(), end="")
    else:
        print(schemas.sql() if options.format == "sql" else schemas.markdown(), end="")
    return EXIT_OK


def _doctor(options: argparse.Namespace) -> int:
    from ita_extract.doctor import checks

    missing = False
    for check in checks():
        print(f"{'ok     ' if check.ok else 'MISSING'}  {check.name}: {check.detail}")
        if not check.ok:
            missing = True
            print(f"         → {check.remedy}")
    return EXIT_SOME_FAILED if missing else EXIT_OK


if __name__ == "__main__":
    sys.exit(main())
