"""Verdicts of reviewers: a CSV file that the user owns, `finding_id,verdict,note`, read at every audit."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

import msgspec

from ita_extract.errors import SettingsError
from ita_extract.records import Finding

FILE = "verdicts.csv"
Status = Literal["open", "accepted", "explained", "false_positive"]


class Verdict(NamedTuple):
    """What a reviewer says of a finding."""

    status: Status
    note: str | None


def read_verdicts(path: Path) -> dict[str, Verdict]:
    """The verdicts by finding; none where there is no file. Raises SettingsError that names the line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if not {"finding_id", "verdict"} <= set(rows.fieldnames or ()):
                raise SettingsError(f"{path} must begin with the line finding_id,verdict,note")
            return {row["finding_id"].strip(): _verdict(path, rows.line_num, row) for row in rows if row["finding_id"]}
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error


def _verdict(path: Path, line: int, row: Mapping[str, str | None]) -> Verdict:
    status = (row["verdict"] or "open").strip()
    if status not in get_args(Status):
        raise SettingsError(f"{path}, line {line}: {status!r} is no verdict; they are {', '.join(get_args(Status))}")
    return Verdict(cast(Status, status), (row.get("note") or "").strip() or None)


def judged(findings: Iterable[Finding], verdicts: Mapping[str, Verdict]) -> Iterator[Finding]:
    """Findings with what reviewers said of them."""
    for finding in findings:
        verdict = verdicts.get(finding.finding_id)
        if verdict is None:
            yield finding
        else:
            yield msgspec.structs.replace(finding, review_status=verdict.status, note=verdict.note)
