"""The command line: what is typed, and how it ends. The commands are in `ita_extract.commands`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from ita_extract import __version__
from ita_extract.commands import archive, audit, reference, run
from ita_extract.commands.common import (
    EXIT_ALL_FAILED,
    EXIT_CODES,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_SOME_FAILED,
    EXIT_USAGE,
)
from ita_extract.errors import ItaError

__all__ = ["EXIT_ALL_FAILED", "EXIT_INTERRUPTED", "EXIT_OK", "EXIT_SOME_FAILED", "EXIT_USAGE", "main", "parser"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    os.environ.setdefault("PYTHAINLP_OFFLINE", "1")
    options = parser().parse_args(arguments)
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


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="ita-extract",
        description="Thai government ITA plans and reports → normalised records (CSV, JSON) that lead to their source.",
        epilog=EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"ita-extract {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in (run, archive, audit, reference):
        module.add(commands)
    reference.add_completion(commands, parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
