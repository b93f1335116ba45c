"""Some damaged files of each kind, always the same ones; scripts/fuzz.py reads as many as one likes."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from fuzzing.kinds import KINDS, mutant  # noqa: E402
from fuzzing.mutations import MUTATIONS  # noqa: E402
from fuzzing.through import fuzz  # noqa: E402

COUNT = 40


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files_give_records_or_a_typed_error(kind: str) -> None:
    endings: Counter[str] = Counter()
    failures = list(fuzz(kind, range(COUNT), endings))
    assert [(failure.number, failure.mutation, failure.outcome) for failure in failures] == []
    assert endings.total() == COUNT
    assert endings["ok"] >= COUNT / 8


@pytest.mark.parametrize("kind", KINDS)
def test_the_numbers_make_the_same_files_and_all_mutations(kind: str) -> None:
    assert mutant(KINDS[kind], 7) == mutant(KINDS[kind], 7)
    names = "+".join(mutant(KINDS[kind], number)[1] for number in range(COUNT))
    assert all(mutation.__name__ in names for mutation in MUTATIONS)
