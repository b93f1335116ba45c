"""`audit`, `explain`: what the records say of each other, and what each rule means."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ita_extract.commands.common import EXIT_OK, EXIT_SOME_FAILED, location

if TYPE_CHECKING:
    from ita_extract.archive import Archive
    from ita_extract.audit.settings import AuditSettings

_CODES = (
    """exit codes: 0 nothing to ask · 1 open findings (--fail-on or graver) · 2 wrong usage or an unusable folder"""
)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the commands."""
    audit = commands.add_parser("audit", help="ask the records of an archive whether they agree", epilog=_CODES)
    audit.add_argument("out", type=location, metavar="OUT", help="folder of the archive")
    audit.add_argument("--select", type=_codes, metavar="CODES", help="only these rules: D05,D1 (beginnings of codes)")
    audit.add_argument("--ignore", type=_codes, metavar="CODES", help="not these rules")
    audit.add_argument(
        "--fail-on",
        choices=("high", "medium", "low", "info"),
        help="least severity that makes the exit code 1 (default low)",
    )
    audit.add_argument(
        "--verdicts",
        type=Path,
        metavar="FILE",
        help="what reviewers said: a CSV file of finding_id,verdict,note (default OUT/verdicts.csv)",
    )
    audit.add_argument("--format", choices=("text", "jsonl", "sarif"), default="text", help="what is printed")
    audit.add_argument("--excel", action="store_true", help="write the tables for spreadsheets, as with run")
    audit.set_defaults(command=_audit)

    explain = commands.add_parser("explain", help="what an audit rule checks, and why")
    explain.add_argument("codes", nargs="*", metavar="CODE", help="D05; all rules when none is named")
    explain.set_defaults(command=_explain)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.upper().replace(" ", "").split(",") if code)


def _audit(options: argparse.Namespace) -> int:
    from ita_extract.archive import Archive
    from ita_extract.audit.html_report import FILE as PAGE
    from ita_extract.audit.html_report import write_page
    from ita_extract.audit.overview import Overview
    from ita_extract.audit.registry import RULES
    from ita_extract.audit.report import Summary
    from ita_extract.audit.run import audit
    from ita_extract.audit.verdicts import FILE, judged, read_verdicts
    from ita_extract.batch.history import finished_runs
    from ita_extract.export.csv_tables import write_tables

    archive = Archive(options.out)
    settings = _settings(options)
    rules = settings.chosen(RULES)
    verdicts = read_verdicts(options.verdicts or options.out / FILE)
    with archive.locked():
        overview = Overview()
        findings, tallies = audit(
            archive, rules, settings.options, on_document=overview.add, on_links=archive.keep_links
        )
        summary = Summary(settings.fail_on)
        for finding in archive.keep_findings(judged(findings, verdicts)):
            summary.add(finding)
        write_page(archive, overview, rules, total=summary.total)
        write_tables(archive, excel=options.excel, runs=finished_runs(options.out))
    if options.format == "text":
        summary.show(rules, tallies, unused=len(verdicts.keys() - summary.judged))
        print(f"→ {options.out / PAGE}, {options.out / 'tables' / 'findings.csv'}")
    else:
        _print(archive, options.format)
    return EXIT_SOME_FAILED if summary.fails else EXIT_OK


def _settings(options: argparse.Namespace) -> AuditSettings:
    """The settings of the working folder, and over them those of the command line."""
    from dataclasses import replace

    from ita_extract.audit.registry import RULES
    from ita_extract.audit.settings import FILE, from_file

    settings = from_file(Path(FILE), RULES)
    given = {"select": options.select, "ignore": options.ignore, "fail_on": options.fail_on}
    return replace(settings, **{name: value for name, value in given.items() if value is not None})


def _print(archive: Archive, form: str) -> None:
    import msgspec

    from ita_extract.audit.registry import RULES
    from ita_extract.audit.sarif import sarif

    if form == "sarif":
        sys.stdout.buffer.write(sarif(archive.findings(), RULES, archive.name_of))
        return
    encoder = msgspec.json.Encoder(decimal_format="number")
    for finding in archive.findings():
        sys.stdout.buffer.write(encoder.encode(finding) + b"\n")


def _explain(options: argparse.Namespace) -> int:
    from ita_extract.audit.manual import explain, page
    from ita_extract.audit.registry import BY_CODE, RULES
    from ita_extract.errors import SettingsError

    codes = [code.upper() for code in options.codes]
    if unknown := [code for code in codes if code not in BY_CODE]:
        raise SettingsError(f"no rule is named {unknown[0]!r}", remedy=f"The rules are {', '.join(BY_CODE)}.")
    print("\n".join(explain(BY_CODE[code]) for code in codes) if codes else page(RULES))
    return EXIT_OK
