"""Shared fixtures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("PYTHAINLP_OFFLINE", "1")

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT.parent / "shared" / "seed"


@pytest.fixture(scope="session")
def seed() -> Path:
    """The folder of the real report. It is not part of the project; where it is absent the test is skipped."""
    if not (SEED / "expected.json").is_file():
        pytest.skip("the real report is not distributed with the project")
    return SEED


settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=3000, deadline=None)
settings.register_profile("usual", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))
