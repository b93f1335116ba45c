"""What others build on: the wheel and the sdist in a clean environment, the pages of the documentation, completion."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from ita_extract.cli import EXIT_OK, main

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "samples" / "press-release" / "source.txt"
PARTS = ("pyproject.toml", "README.md", "LICENSE", "ita_extract")
_BUILD = "import sys, setuptools.build_meta as backend; print(getattr(backend, 'build_' + sys.argv[1])(sys.argv[2]))"


def build(kind: str, source: Path, target: Path) -> Path:
    """Builds a `wheel` or `sdist` as installers do, without fetching anything."""
    command = [sys.executable, "-c", _BUILD, kind, str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sdist, and the wheel that is built from it."""
    pytest.importorskip("setuptools", minversion="77")
    folder = tmp_path_factory.mktemp("build")
    source = folder / "source"
    source.mkdir()
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source)
    sdist = build("sdist", source, folder)
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    return sdist, build("wheel", next((folder / "unpacked").iterdir()), folder)


def test_the_wheel_holds_the_whole_package(built: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(built[1]) as wheel:
        held = {name for name in wheel.namelist() if name.startswith("ita_extract/")}
    files = (path for path in (ROOT / "ita_extract").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert held == {path.relative_to(ROOT).as_posix() for path in files}
    assert "ita_extract/py.typed" in held


def test_the_wheel_works_in_an_environment_of_its_own(built: tuple[Path, Path], tmp_path: Path) -> None:
    """The package comes from the wheel; what it depends on is lent by this environment, since tests fetch nothing."""
    place = tmp_path / "venv"
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin" / "python"
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        str(built[1]),
    ]
    subprocess.run(install, check=True, capture_output=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def call(*command: str | Path) -> str:
        done = subprocess.run(
            [str(part) for part in command], env=clean, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = call(python, "-c", "import ita_extract; print(ita_extract.__file__)")
    assert Path(where.strip()).is_relative_to(place)
    call(place / "bin" / "ita-extract", "run", SAMPLE, "-o", tmp_path / "out", "--quiet", "--format", "sqlite")
    assert main(["run", str(SAMPLE), "-o", str(tmp_path / "here"), "--quiet"]) == EXIT_OK
    tables = sorted((tmp_path / "here" / "tables").glob("*.csv"))
    for table in tables:
        if table.stem != "runs":
            assert table.read_bytes() == (tmp_path / "out" / "tables" / table.name).read_bytes()


# ------------------------------------------------------------------ pages
def test_the_page_about_python_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its code is run, all in one, where there is a report and a folder of reports."""
    shutil.copy(ROOT / "samples" / "plan-form" / "source.txt", tmp_path / "report.txt")
    (tmp_path / "reports").mkdir()
    shutil.copy(ROOT / "samples" / "minutes" / "source.txt", tmp_path / "reports" / "minutes.txt")
    (tmp_path / "reports" / "empty.txt").touch()
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    found: dict[str, object] = {}
    code = "\n".join(re.findall(r"```python\n(.*?)```", page, re.DOTALL))
    exec(code, found)
    assert found["counts"]["documents"] == 1  # type: ignore[index]
    assert "█" in (tmp_path / "public" / "csv" / "attendees.csv").read_text(encoding="utf-8")


def test_the_reference_is_built_from_docstrings(tmp_path: Path) -> None:
    pytest.importorskip("pdoc")
    script = (ROOT / "scripts" / "docs").read_text(encoding="utf-8").replace("docs/api", str(tmp_path))
    environment = {**os.environ, "PYTHON": sys.executable, "PYTHONPATH": str(ROOT)}
    script = script.replace('cd "$(dirname "$0")/.."', f"cd {ROOT}")
    done = subprocess.run(
        ["bash", "-c", script, "docs", "--no-setup"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for module, name in (
        ("pipeline", "extract"),
        ("archive", "Archive.verbatim"),
        ("batch", "run"),
        ("errors", "ItaError"),
    ):
        page = (tmp_path / "ita_extract" / f"{module}.html").read_text(encoding="utf-8")
        assert f'id="{name}"' in page


# ------------------------------------------------------------------ completion
def test_bash_completes_commands_and_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == EXIT_OK
    script = capsys.readouterr().out
    for words, expected in (
        (["expo"], "export"),
        (["run", "--red"], "--redact-persons"),
        (["schema", "--format", "fr"], "frictionless"),
    ):
        line = " ".join(["ita-extract", *words])
        ask = f'COMP_WORDS=({line}); COMP_CWORD={len(words)}; _shtab_ita_extract; echo "${{COMPREPLY[@]}}"'
        done = subprocess.run(["bash", "-c", f"{script}\n{ask}"], capture_output=True, text=True, check=True)
        assert done.stdout.split() == [expected], done.stderr


@pytest.mark.parametrize("shell", ["zsh", "tcsh"])
def test_other_shells(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == EXIT_OK
    assert "redact-persons" in capsys.readouterr().out
