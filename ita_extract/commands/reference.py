"""`schema`, `doctor`, `completion`: about the program itself."""

from __future__ import annotations

import argparse
from functools import partial

from ita_extract.commands.common import EXIT_OK, EXIT_SOME_FAILED


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the commands."""
    schema = commands.add_parser("schema", help="the output contract")
    schema.add_argument("--format", choices=("table", "json", "frictionless", "sql"), default="table")
    schema.set_defaults(command=_schema)

    doctor = commands.add_parser("doctor", help="what is missing on this machine, and the one command that fixes it")
    doctor.set_defaults(command=_doctor)


def add_completion(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], parser: argparse.ArgumentParser
) -> None:
    """Adds the command that completes all others, those added before it."""
    completion = commands.add_parser("completion", help="a script that completes commands and options in your shell")
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    completion.set_defaults(command=partial(_completion, parser))


def _completion(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    import shtab

    print(shtab.complete(parser, options.shell))
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
