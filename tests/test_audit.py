"""The audit through the command line: findings, exit codes, verdicts, settings, forms of output, the manual."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from ita_extract.audit.manual import page
from ita_extract.audit.registry import RULES
from ita_extract.cli import main

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "plan-form" / "source.txt"
WRONG = """แผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. 2565
1. ชื่อแผน แผนเสริมสร้างวัฒนธรรมสุจริต
2. ระยะเวลาดำเนินการ กันยายน 2565 - มกราคม 2565
3. ผู้รับผิดชอบหลัก กองกลาง
"""
SCORES = """ผลการประเมิน ITA องค์การบริหารส่วนตำบลสวนสมมุติ
| ปีงบประมาณ พ.ศ. | คะแนน | ระดับ |
|---|---|---|
| 2563 | 79.86 | B |
| 2564 | 84.37 | B |
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    (folder / "wrong.txt").write_text(WRONG, encoding="utf-8")
    assert (
        main(["run", str(folder / "wrong.txt"), str(SAMPLE), "-o", str(folder / "out"), "--quiet", "--jobs", "1"]) == 0
    )
    return folder / "out"


@pytest.fixture
def out(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of its own, in a working folder without settings."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(made, tmp_path / "out")
    return tmp_path / "out"


def findings(out: Path, code: str = "D04") -> list[dict[str, str]]:
    with (out / "tables" / "findings.csv").open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if row["rule_code"] == code]


def test_a_contradiction_is_a_finding_with_its_evidence(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(out), "--select", "D04"]) == 1
    (row,) = findings(out)
    assert row["evidence_raw"] == "กันยายน 2565 - มกราคม 2565"
    assert row["severity"] == "high"
    assert row["cause_hint"] == "document"
    assert row["review_status"] == "open"
    told = capsys.readouterr().out
    assert "D04" in told
    assert "1 high (สูง)" in told
    assert main(["show", str(out), f"{row['document_id']}/{row['where']}"]) == 0
    assert "มกราคม 2565" in capsys.readouterr().out
    with (out / "tables" / "documents.csv").open(encoding="utf-8", newline="") as stream:
        counts = {row["document_id"]: row["finding_count"] for row in csv.DictReader(stream)}
    assert counts.pop(row["document_id"]) == "1"
    assert set(counts.values()) == {"0"}


def test_a_run_and_an_export_keep_the_findings(out: Path, tmp_path: Path) -> None:
    main(["audit", str(out), "--select", "D04"])
    before = findings(out)
    assert main(["run", str(SAMPLE), "-o", str(out), "--quiet", "--jobs", "1"]) == 0
    assert findings(out) == before
    assert main(["export", str(out), "--format", "jsonl", "-o", str(tmp_path / "given")]) == 0
    assert before[0]["finding_id"] in (tmp_path / "given" / "jsonl" / "findings.jsonl").read_text(encoding="utf-8")


def test_a_verdict_survives_the_next_audit(out: Path) -> None:
    main(["audit", str(out), "--select", "D04"])
    (row,) = findings(out)
    (out / "verdicts.csv").write_text(
        f"finding_id,verdict,note\n{row['finding_id']},explained,ตกลงแล้ว\nD04-0,accepted,\n", encoding="utf-8-sig"
    )
    assert main(["audit", str(out), "--select", "D04"]) == 0
    (again,) = findings(out)
    assert again == row | {"review_status": "explained", "note": "ตกลงแล้ว"}


@pytest.mark.parametrize(
    ("content", "told"),
    [("id,verdict\n", "must begin with"), ("finding_id,verdict,note\nD04-1,maybe,\n", "line 2")],
)
def test_a_wrong_file_of_verdicts_is_named(
    out: Path, content: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (out / "verdicts.csv").write_text(content, encoding="utf-8")
    assert main(["audit", str(out)]) == 2
    assert told in capsys.readouterr().err


def test_exit_codes_follow_the_severity(out: Path) -> None:
    assert main(["audit", str(out), "--ignore", "D"]) == 0
    assert main(["audit", str(out), "--select", "D04", "--fail-on", "high"]) == 1
    assert main(["audit", str(out), "--select", "X99"]) == 2


def test_settings_of_the_working_folder(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.ita-extract]\nselect = ["D"]\nignore = ["D04"]\n', encoding="utf-8")
    main(["audit", str(out)])
    assert not findings(out)
    main(["audit", str(out), "--ignore", "D0", "--select", "D04"])
    assert findings(out)
    (tmp_path / "pyproject.toml").write_text("[tool.ita-extract]\nstrict = true\n", encoding="utf-8")
    assert main(["audit", str(out)]) == 2
    assert "strict" in capsys.readouterr().err


def test_findings_for_other_tools(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["audit", str(out), "--select", "D04", "--format", "sarif"])
    log = json.loads(capsys.readouterr().out)
    (result,) = log["runs"][0]["results"]
    assert result["ruleId"] == "D04"
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "wrong.txt"
    main(["audit", str(out), "--select", "D04", "--format", "jsonl"])
    assert json.loads(capsys.readouterr().out)["rule_code"] == "D04"


def test_the_page_shows_findings_and_never_runs_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    evil = WRONG.replace("มกราคม 2565", "มกราคม 2565 <script>alert(1)</script>\"'><img src=x onerror=alert(2)>")
    (tmp_path / "evil&lt;b&gt;.txt").write_text(evil, encoding="utf-8")
    (tmp_path / "sheet.md").write_text(SCORES, encoding="utf-8")
    main(["run", str(tmp_path), "-o", "out", "--quiet", "--jobs", "1"])
    assert main(["audit", "out"]) == 1
    page_of = (tmp_path / "out" / "findings.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(page_of, "lxml")
    (article,) = soup.select("article[data-rule=D04]")
    assert "วันสิ้นสุดอยู่ก่อนวันเริ่ม" in article.text
    assert len(soup.find_all("script")) == 1
    assert not soup.find_all("img")
    assert "evil&lt;b&gt;.txt" in soup.text
    assert "http" not in page_of.replace("http-equiv", "")
    assert "84.37" in soup.find("svg").text  # type: ignore[union-attr]


def test_the_same_archive_gives_the_same_findings(out: Path) -> None:
    main(["audit", str(out)])
    first = (out / "findings.jsonl").read_bytes()
    main(["audit", str(out)])
    assert (out / "findings.jsonl").read_bytes() == first


def test_redaction_takes_findings_away(out: Path) -> None:
    main(["audit", str(out), "--select", "D04"])
    assert main(["run", str(SAMPLE), "-o", str(out), "--quiet", "--redact-persons", "--jobs", "1"]) == 0
    assert not findings(out)


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "d04"]) == 0
    told = capsys.readouterr().out
    assert "ends on or after" in told
    assert "วันสิ้นสุด" in told
    assert main(["explain", "D99"]) == 2


def test_the_page_of_rules_is_up_to_date() -> None:
    written = Path(__file__).resolve().parents[1] / "docs" / "rules.md"
    assert written.read_text(encoding="utf-8") == page(RULES), "run scripts/rules_page.py"
