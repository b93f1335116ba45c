"""The archive of samples: what was planted there is found, and what only looks like it stays silent."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import evaluate_audit  # noqa: E402

LISTED = yaml.safe_load((evaluate_audit.SAMPLES / "planted.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def outcome() -> evaluate_audit.Outcome:
    return evaluate_audit.evaluate()


def test_there_is_enough_to_find_and_to_leave_alone() -> None:
    assert min(len(LISTED["planted"]), len(LISTED["silent"])) >= 40
    assert {row["rule"][0] for row in LISTED["planted"]} == set("APDY")


def test_what_was_planted_is_found(outcome: evaluate_audit.Outcome) -> None:
    assert outcome.recall >= evaluate_audit.FLOOR, "\n".join(outcome.notes)


def test_there_are_no_false_alarms(outcome: evaluate_audit.Outcome) -> None:
    assert outcome.precision >= evaluate_audit.FLOOR, "\n".join(outcome.notes)
    assert not outcome.taken, "\n".join(outcome.notes)


def test_what_is_listed_stands_in_its_document() -> None:
    for row in LISTED["planted"] + LISTED["silent"]:
        assert (evaluate_audit.SAMPLES / row["document"]).is_file(), row


def test_a_missed_contradiction_and_a_false_alarm_are_counted() -> None:
    outcome = evaluate_audit.judged({"planted": [LISTED["planted"][0]], "silent": []}, [])
    assert (outcome.recall, outcome.planted.total(), outcome.alarms) == (0, 1, Counter())
    assert not outcome.passes()
