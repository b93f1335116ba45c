"""Inputs and archives behind URLs. `file://` goes the way of every URL, through fsspec, and can be looked at here."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults import contents

from ita_extract.batch import Settings, find_inputs, run
from ita_extract.cli import EXIT_OK, main
from ita_extract.errors import ArchiveError
from ita_extract.storage import as_path, is_local, open_whole, sweep

pytest.importorskip("upath")

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "เอกสาร เข้า"
    folder.mkdir()
    for name in ("quarter-plan", "press-release"):
        (folder / f"{name}.txt").write_bytes((SAMPLES / name / "source.txt").read_bytes())
    return folder


def test_an_archive_behind_a_url_is_the_same(inputs: Path, tmp_path: Path) -> None:
    assert main(["run", str(inputs), "-o", str(tmp_path / "here"), "--quiet"]) == EXIT_OK
    for _ in range(2):
        assert main(["run", f"file://{inputs}", "-o", f"file://{tmp_path}/there", "--quiet"]) == EXIT_OK
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
    assert len((tmp_path / "there" / "runs.jsonl").read_text(encoding="utf-8").splitlines()) == 6


def test_urls_are_searched_and_globbed(inputs: Path) -> None:
    url = f"file://{inputs}"
    assert [path.name for path in find_inputs([url])] == ["press-release.txt", "quarter-plan.txt"]
    assert [path.name for path in find_inputs([f"{url}/q*.txt"])] == ["quarter-plan.txt"]
    assert not is_local(as_path(url))


def test_an_unknown_kind_of_storage_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as caught:
        run(find_inputs([str(SAMPLES / "quarter-plan" / "source.txt")]), as_path("nosuch://bucket/x"), Settings())
    assert "fsspec" in caught.value.remedy


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), open_whole(path, "w") as stream:
        stream.write("half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
    (tmp_path / ".a.txt.123.part").touch()
    sweep(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]
