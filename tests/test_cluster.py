"""A run on a real Dask cluster: a scheduler and two workers, one of which is killed while it reads."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from faults import ENGINE, FAULT, command, contents, documents, install, until

from ita_extract.batch import Settings, find_inputs, run
from ita_extract.cli import EXIT_OK, EXIT_USAGE

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module", autouse=True)
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", install(tmp_path_factory.mktemp("engine")))
        yield


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def dask(*arguments: str, folder: Path, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
        env={**os.environ, **environment},
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    port = free_port()
    with dask("scheduler", "--host", "127.0.0.1", "--port", str(port), folder=tmp_path.parent):
        yield f"tcp://127.0.0.1:{port}"


@contextmanager
def worker(scheduler: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    arguments = ("worker", scheduler, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
    with dask(*arguments, folder=folder.parent, **{FAULT: "slow"}) as process:
        yield process


def readers(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return [child for child in psutil.Process(process.pid).children() if "ita_extract.batch.worker" in child.cmdline()]


def test_a_worker_of_the_cluster_is_killed(scheduler: str, tmp_path: Path) -> None:
    """Its inputs go to the other one, and the archive is the same as that of an undisturbed run on one machine."""
    inputs = tmp_path / "in"
    inputs.mkdir()
    documents(inputs)
    run(find_inputs([str(inputs)]), tmp_path / "local", Settings(ocr_engine=ENGINE))
    out = tmp_path / "cluster"
    arguments = command("run", "in", "-o", "cluster", "--ocr-engine", ENGINE, "--cluster", scheduler, "--quiet")
    with worker(scheduler, tmp_path) as first, worker(scheduler, tmp_path) as second:
        with distributed.Client(scheduler, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=20)
        with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as process:
            until(lambda: len(list((out / "records").glob("*.json"))) >= 2 and readers(first) and readers(second))
            orphans = readers(first)
            first.kill()
            assert process.stderr is not None
            said = process.stderr.read()
    assert process.returncode == EXIT_OK, said
    assert contents(out) == contents(tmp_path / "local")
    until(lambda: not any(orphan.is_running() for orphan in orphans))


def test_a_cluster_without_workers(scheduler: str, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("แผนปฏิบัติการ", encoding="utf-8")
    arguments = command("run", tmp_path / "plan.txt", "-o", tmp_path / "out", "--cluster", scheduler)
    done = subprocess.run(arguments, check=False, capture_output=True, text=True)
    assert done.returncode == EXIT_USAGE
    assert "no workers" in done.stderr
    assert "dask worker" in done.stderr


def test_no_cluster_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ita_extract.batch.teams.CONNECT", 1)
    (tmp_path / "plan.txt").write_text("แผนปฏิบัติการ", encoding="utf-8")
    from ita_extract.errors import WorkerError

    with pytest.raises(WorkerError, match="no Dask scheduler"):
        run(find_inputs([str(tmp_path)]), tmp_path / "out", Settings(), cluster=f"tcp://127.0.0.1:{free_port()}")
