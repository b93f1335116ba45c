"""What SECURITY.md promises, shown on the program as it is run: no network, nothing run from inputs, bombs refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bombs import BOMBS
from faults import command, contents
from office_files import p, package, word

from ita_extract.cli import EXIT_ALL_FAILED, EXIT_OK, EXIT_SOME_FAILED, EXIT_USAGE, main

ROOT = Path(__file__).resolve().parents[1]

GUARD = """
import os, sys
def hook(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "subprocess.Popen",
                 "os.system", "os.exec", "os.posix_spawn"):
        if event == "socket.connect" and arguments[0].family == 1:
            return  # a socket of this machine's own
        program = os.path.basename(os.fsdecode(arguments[0])) if event == "subprocess.Popen" else ""
        with open(os.environ["ITA_TEST_GUARD"], "a") as log:
            log.write(f"{event} {program}\\n")
sys.addaudithook(hook)
"""
"""Installed in every Python process of a run: notes each way out of it."""


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """An environment whose Python processes note what they connect to and which programs they start."""
    folder = tmp_path / "guard"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(GUARD)
    (tmp_path / "log").touch()
    paths = os.pathsep.join([str(folder), str(ROOT)])
    return {**os.environ, "PYTHONPATH": paths, "ITA_TEST_GUARD": str(tmp_path / "log")}


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """A document of each kind, those that ask for the network or for a program to be run among them."""
    folder = tmp_path / "in"
    folder.mkdir()
    for sample in ("press-release", "plan-form"):
        shutil.copy(ROOT / "samples" / sample / "source.txt", folder / f"{sample}.txt")
    shutil.copy(ROOT / "prints" / "press-release.office.pdf", folder)
    (folder / "page.html").write_text(
        '<html><head><base href="http://198.51.100.7/"><link rel=stylesheet href="http://198.51.100.7/a.css">'
        '<meta http-equiv=refresh content="0;url=http://198.51.100.7/"><script src="http://198.51.100.7/x.js"></script>'
        '</head><body><h1>แผนปฏิบัติการ</h1><img src="http://198.51.100.7/p.png"><iframe src="file:///etc/passwd"></iframe>'
        "<object data='http://198.51.100.7/o'></object><p>ตัวชี้วัด</p></body></html>",
        encoding="utf-8",
    )
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "http://198.51.100.7/a"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    (folder / "page.xhtml").write_text(
        f"<?xml version='1.0'?>{entity}<html><body><p>แผน &a;&b;</p></body></html>", encoding="utf-8"
    )
    remote = {"attachedTemplate": "http://198.51.100.7/t.dotm", "image": "http://198.51.100.7/i.png"}
    (folder / "remote.docx").write_bytes(word(p("แผนปฏิบัติการ"), related=remote))
    (folder / "fields.docx").write_bytes(
        word("<w:p><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText></w:r></w:p>" + p("แผน"))
    )
    return folder


def test_nothing_leaves_the_machine_and_nothing_is_run(inputs: Path, tmp_path: Path, guarded: dict[str, str]) -> None:
    """Programs that may be started: workers, and Tesseract."""
    out = tmp_path / "out"
    run = command("run", inputs, "-o", out, "--quiet", "--format", "csv,sqlite", "--jobs", "2")
    done = subprocess.run(run, env=guarded, capture_output=True, text=True, check=False)
    assert done.returncode == EXIT_OK, done.stderr
    log = Path(guarded["ITA_TEST_GUARD"]).read_text().splitlines()
    programs = {line.split()[1] for line in log if line.startswith("subprocess.Popen ")}
    assert programs == {Path(sys.executable).name}
    assert [line for line in log if not line.startswith("subprocess.Popen ")] == []
    whole = b"".join(contents(out).values()).decode("utf-8", "replace")
    assert "root:x:0" not in whole


def test_the_guard_sees_what_it_must(guarded: dict[str, str]) -> None:
    code = (
        "import socket, subprocess, contextlib\n"
        "with contextlib.suppress(OSError): socket.create_connection(('127.0.0.1', 9), timeout=1)\n"
        "subprocess.run(['true'])"
    )
    subprocess.run([sys.executable, "-c", code], env=guarded, check=True)
    log = Path(guarded["ITA_TEST_GUARD"]).read_text()
    assert "socket.connect" in log
    assert "subprocess.Popen true" in log


def test_without_any_network_the_archive_is_the_same(inputs: Path, tmp_path: Path) -> None:
    """In a network namespace of its own a process has no way out, whatever library it uses."""
    alone = ["unshare", "-rn"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no network namespaces here")
    for out, before in (("here", []), ("alone", alone)):
        done = subprocess.run([*before, *command("run", inputs, "-o", tmp_path / out, "--quiet")], check=False)
        assert done.returncode == EXIT_OK
    assert contents(tmp_path / "alone") == contents(tmp_path / "here")


# ------------------------------------------------------------------ bombs
def test_bombs_are_refused_or_read_and_cost_no_neighbour(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, make in BOMBS.items():
        (folder / name).write_bytes(make())
    (folder / "sound.txt").write_text("แผนปฏิบัติการ ปีงบประมาณ 2567", encoding="utf-8")
    arguments = ["run", str(folder), "-o", str(tmp_path / "out"), "--quiet", "--ocr", "never"]
    assert main([*arguments, "--timeout", "60", "--max-memory", "1500"]) == EXIT_SOME_FAILED
    lines = (tmp_path / "out" / "runs.jsonl").read_text(encoding="utf-8").splitlines()
    ended = {Path(e["file"]).name: e["code"] or e["status"] for e in map(json.loads, lines) if e["kind"] == "input"}
    assert ended == {
        **dict.fromkeys([*BOMBS, "sound.txt"], "ok"),
        "zeros.docx": "too_large",
        "huge.png": "too_large",
        "laughs.docx": "damaged",
        "nested.docx": "damaged",
        "stream.pdf": "empty",
        "streams.pdf": "empty",
    }


def test_limits_can_be_raised(tmp_path: Path) -> None:
    """What the standard limits refuse is read when the user says so."""
    source = tmp_path / "long.txt"
    source.write_text("แผนปฏิบัติการ " * 3000, encoding="utf-8")
    arguments = ["run", str(source), "-o", str(tmp_path / "out"), "--quiet", "--max-bytes"]
    assert main([*arguments, "100000"]) == EXIT_ALL_FAILED
    assert main([*arguments, "200000"]) == EXIT_OK


# ------------------------------------------------------------------ names and pointers that lead elsewhere
def test_nothing_is_written_beside_the_archive(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("..%2f..%2fescape.txt", "..\\..\\escape.txt", "$(touch escape).txt", "`touch escape`.txt", "-rf.txt"):
        (folder / name).write_text(f"แผนปฏิบัติการ {name}", encoding="utf-8")
    (folder / "slip.docx").write_bytes(package({"../../escape.txt": "x", "[Content_Types].xml": "<Types/>"}))
    before = set(tmp_path.rglob("*"))
    arguments = command("run", folder, "-o", tmp_path / "out", "--quiet", "--format", "csv,json,sqlite")
    assert subprocess.run(arguments, cwd=folder, check=False, capture_output=True).returncode == EXIT_SOME_FAILED
    made = set(tmp_path.rglob("*")) - before
    assert made
    assert all(path.is_relative_to(tmp_path / "out") for path in made)


@pytest.mark.parametrize(
    "pointer", ["../../etc/passwd", "/etc/passwd/p1/b1", "..%2f..%2f/p1/b1", "0123456789abcdeg/p1/b1"]
)
def test_pointers_do_not_lead_out(tmp_path: Path, pointer: str) -> None:
    assert main(["show", str(tmp_path), pointer]) == EXIT_USAGE
