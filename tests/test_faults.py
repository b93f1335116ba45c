"""Workers that crash, hang and swell, runs that are killed, disks that fill up: all of it really happens here."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from faults import ENGINE, FAULT, ROOT, command, contents, documents, install, until

from ita_extract.batch import Outcome, Settings, find_inputs, run
from ita_extract.batch.crew import _Worker
from ita_extract.cli import EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE
from ita_extract.export.formats import FORMATS
from ita_extract.records.bundle import from_json


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return documents(tmp_path_factory.mktemp("inputs"))


@pytest.fixture(scope="module", autouse=True)
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", install(tmp_path_factory.mktemp("engine")))
        yield


@pytest.fixture(scope="module")
def undisturbed(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the archive must be in the end, whatever happens on the way."""
    out = tmp_path_factory.mktemp("undisturbed")
    finished = run(find_inputs([str(inputs)]), out, Settings(ocr_engine=ENGINE))
    assert dict(finished.counts) == {"ok": 6, "skipped": 1}
    return contents(out)


def started(inputs: Path, out: Path, fault: str, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("run", inputs, "-o", out, "--ocr-engine", ENGINE, "--jobs", "2", "--quiet", *options),
        env={**os.environ, FAULT: fault},
        stderr=subprocess.PIPE,
        text=True,
    )


def rerun(inputs: Path, out: Path) -> int:
    return subprocess.run(
        command("run", inputs, "-o", out, "--ocr-engine", ENGINE, "--quiet"), check=False, capture_output=True
    ).returncode


def workers(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return [child for child in psutil.Process(process.pid).children() if "ita_extract.batch.worker" in child.cmdline()]


def records(out: Path) -> list[Path]:
    return list((out / "records").glob("*.json"))


# ------------------------------------------------------------------ one file
@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        ("segfault", "crashed", "SIGSEGV"),
        ("die", "crashed", "SIGKILL"),
        ("hang", "timeout", "2 seconds"),
        ("child", "timeout", "2 seconds"),
        ("eat", "memory", "600 MiB"),
        ("bug", "internal", "a bug (faults.py"),
    ],
)
def test_a_fault_costs_one_file(
    fault: str, code: str, said: str, inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FAULT, fault)
    settings = Settings(ocr_engine=ENGINE, timeout=2 if code == "timeout" else 60, max_memory=600)
    paths = [inputs / "ภาพ 0.png", *(path for path in find_inputs([str(inputs)]) if path.suffix != ".png")]
    outcomes: list[Outcome] = []
    began = time.monotonic()
    finished = run(paths, tmp_path, settings, jobs=1, on_outcome=outcomes.append)
    assert time.monotonic() - began < 20
    assert dict(finished.counts) == {"failed": 1, "ok": 3, "skipped": 1}
    (bad,) = (outcome for outcome in outcomes if outcome.status == "failed")
    assert bad.file.endswith("ภาพ 0.png")
    assert bad.code == code
    assert said in str(bad.message)
    assert bad.remedy
    assert not [p for p in psutil.process_iter(["cmdline"]) if "4321" in (p.info["cmdline"] or [])]


# ------------------------------------------------------------------ the run
def test_a_worker_killed_from_outside(inputs: Path, tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    with started(inputs, tmp_path, "slow") as process:
        until(lambda: len(records(tmp_path)) >= 3)  # the texts are done, pictures are being read
        workers(process)[0].kill()
        assert process.stderr is not None
        assert "SIGKILL" in process.stderr.read()
    assert process.returncode == EXIT_SOME_FAILED
    assert rerun(inputs, tmp_path) == EXIT_OK
    assert contents(tmp_path) == undisturbed


def test_the_parent_killed(inputs: Path, tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    with started(inputs, tmp_path, "slow") as process:
        until(lambda: len(records(tmp_path)) >= 3)
        orphans = workers(process)
        process.kill()
    assert orphans
    for path in records(tmp_path):
        from_json(path.read_bytes())
    logged = [json.loads(line) for line in (tmp_path / "runs.jsonl").read_bytes().splitlines()]
    assert {entry["kind"] for entry in logged} == {"input"}
    assert rerun(inputs, tmp_path) == EXIT_OK
    assert contents(tmp_path) == undisturbed
    until(lambda: not any(orphan.is_running() for orphan in orphans))


def test_interrupted_by_the_user(inputs: Path, tmp_path: Path, undisturbed: dict[str, bytes]) -> None:
    with started(inputs, tmp_path, "hang") as process:
        until(lambda: len(records(tmp_path)) >= 1)
        hanging = workers(process)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    assert process.returncode == EXIT_INTERRUPTED
    assert hanging
    assert not any(worker.is_running() for worker in hanging)
    assert rerun(inputs, tmp_path) == EXIT_OK
    assert contents(tmp_path) == undisturbed


def test_a_hanging_worker_does_not_outlive_its_parent_for_long(inputs: Path, tmp_path: Path) -> None:
    """Nobody is left to stop it, and it sits in a native call: the system ends it."""
    with started(inputs, tmp_path, "hang", "--timeout", "2") as process:
        until(lambda: len(workers(process)) == 2 and len(records(tmp_path)) >= 1)
        orphans = workers(process)
        process.kill()
    until(lambda: not any(orphan.is_running() for orphan in orphans))


def test_workers_are_replaced_in_time(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ita_extract.batch.crew.RECYCLE", 2)
    begun: list[int] = []
    real = _Worker.wait_until_ready

    def counted(worker: _Worker) -> None:
        begun.append(1)
        real(worker)

    monkeypatch.setattr(_Worker, "wait_until_ready", counted)
    finished = run(find_inputs([str(inputs)]), tmp_path, Settings(ocr_engine=ENGINE), jobs=1)
    assert dict(finished.counts) == {"ok": 6, "skipped": 1}
    assert len(begun) == 3


def test_two_runs_do_not_share_a_folder(inputs: Path, tmp_path: Path) -> None:
    with started(inputs, tmp_path, "slow") as process:
        until(lambda: (tmp_path / "runs.jsonl").exists())
        assert rerun(inputs, tmp_path) == EXIT_USAGE
        process.kill()


def test_workers_that_cannot_start(inputs: Path, tmp_path: Path) -> None:
    """What they say last is told, once, and no input is blamed."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\n"
        "if 'ita_extract.batch.worker' in sys.orig_argv:\n"
        "    os.write(2, b'ImportError: libGL.so.1 is missing')\n"
        "    os._exit(1)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ["PYTHONPATH"]])}
    arguments = command("run", inputs, "-o", tmp_path / "out", "--quiet")
    done = subprocess.run(arguments, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == EXIT_USAGE
    assert done.stderr.count("libGL.so.1 is missing") == 1
    assert "doctor" in done.stderr
    assert (tmp_path / "out" / "runs.jsonl").read_bytes() == b""


# ------------------------------------------------------------------ the disk
@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 192 KiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=192k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk, and not everywhere")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk(inputs: Path, small_disk: Path, undisturbed: dict[str, bytes]) -> None:
    out = small_disk / "out"
    command_ = command("run", inputs, "-o", out, "--ocr-engine", ENGINE, "--jobs", "1", "--quiet")
    done = subprocess.run(command_, check=False, capture_output=True, text=True)
    assert done.returncode == EXIT_USAGE
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr
    for path in records(out):
        from_json(path.read_bytes())
    assert not list(out.rglob(".*.part"))
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert rerun(inputs, out) == EXIT_OK
    assert contents(out) == undisturbed


def test_a_history_that_cannot_be_written(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "runs.jsonl").symlink_to("/dev/full")
    done = subprocess.run(command("run", inputs, "-o", tmp_path), check=False, capture_output=True, text=True)
    assert done.returncode == EXIT_USAGE
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_on_a_full_disk(form: str, small_disk: Path, tmp_path: Path) -> None:
    """It is told, and nothing of it is left."""
    archive = tmp_path / "archive"
    run([ROOT / "samples" / "plan-form" / "source.txt"], archive, Settings())
    filler = small_disk / "filler"
    filler.write_bytes(bytes(150_000))
    to = small_disk / "exports"
    done = subprocess.run(
        command("export", archive, "--format", form, "-o", to), check=False, capture_output=True, text=True
    )
    assert done.returncode == EXIT_USAGE, done.stderr
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(to.iterdir()) == []
