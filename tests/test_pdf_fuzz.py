"""A few hundred damaged files, always the same ones; scripts/fuzz.py reads as many as one likes."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from fuzzing.pdf import MUTATIONS, fuzz, mutant, seeds  # noqa: E402

COUNT = 60
PRINTS = [ROOT / "prints" / f"{name}.pdf" for name in ("press-release.office", "score-matrix.libreoffice")]


def test_damaged_pdfs_give_a_document_or_a_typed_error() -> None:
    outcomes: Counter[str] = Counter()
    failures = list(fuzz(seeds(PRINTS), range(COUNT), outcomes))
    assert [(failure.number, failure.mutation, failure.trace) for failure in failures] == []
    assert outcomes["read"] >= 10
    assert outcomes["DamagedError"] >= 5


def test_the_numbers_make_the_same_files_and_all_mutations() -> None:
    originals = seeds(PRINTS)
    assert mutant(originals, 7) == mutant(originals, 7)
    names = "+".join(mutant(originals, number)[0] for number in range(COUNT))
    assert all(mutation.__name__ in names for mutation in MUTATIONS)
