#!/usr/bin/env python3
"""Write samples/<name>/source.* and expected.json from the records they must yield; --check compares without writing.

Exit code 0: written, or nothing to write. 1: with --check, when a file is missing, differs, or belongs to no sample.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from sampling import BUILDERS, Sample
from sampling.archive import archive_files

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
README = """\
# Samples

Every agency, person, telephone number and event in these documents is invented; any resemblance is accidental.
หน่วยงาน บุคคล หมายเลขโทรศัพท์ และเหตุการณ์ทั้งหมดในเอกสารตัวอย่างเหล่านี้เป็นเรื่องสมมติ

Each folder holds a document (`source.*`) and the records a careful reader takes from it (`expected.json`): a list means
"any of these", null means "must be empty", a column left out is not compared, tables in `_empty` must have no rows,
`_labels_ok` are labels (column heads) that may or may not be listed as fields, `_figures` are rows of `figures`.
Both files are written from one declaration by `scripts/make_samples.py`; change that, not these.

`archive/` holds documents of three agencies over three years, and of a school and a college that belong to two of them,
for the audit, and in `planted.yaml` what contradicts itself in them and what only looks like it;
`scripts/evaluate_audit.py` compares that with what the audit finds.

| sample | what it shows |
|---|---|
"""


def files(samples: list[Sample]) -> dict[Path, bytes]:
    """Every file of the samples folder with its content."""
    table = "".join(f"| [{s.name}]({s.name}/source.{s.suffix}) | {s.shows} |\n" for s in samples)
    out = {SAMPLES / "README.md": (README + table).encode()}
    for sample in samples:
        folder = SAMPLES / sample.name
        out[folder / f"source.{sample.suffix}"] = sample.source
        out[folder / "expected.json"] = (json.dumps(sample.expected, ensure_ascii=False, indent=1) + "\n").encode()
    out |= {SAMPLES / "archive" / name: content for name, content in archive_files().items()}
    return out


def different(wanted: dict[Path, bytes]) -> list[Path]:
    """Files that are missing, differ, or should not be there."""
    stale = [path for path, content in wanted.items() if not path.is_file() or path.read_bytes() != content]
    extra = [path for path in SAMPLES.glob("*/*") if path.is_file() and path not in wanted]
    return sorted(stale + extra)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the files on disk and write nothing")
    check = parser.parse_args().check
    wanted = files([build() for build in BUILDERS])
    if check:
        stale = different(wanted)
        for path in stale:
            print(f"differs: {path.relative_to(SAMPLES.parent)}", file=sys.stderr)
        return 1 if stale else 0
    for path, content in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"wrote {len(wanted)} files to {SAMPLES}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
