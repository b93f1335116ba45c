"""Text layers beyond repair are recognised, good ones are not called so: the labelled pages, and what is said."""

from __future__ import annotations

import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from damaging.labelled import labelled  # noqa: E402
from damaging.paper import SCAN, Sheet, paper  # noqa: E402
from damaging.report import Verdict, verdicts  # noqa: E402
from damaging.texts import DAMAGEABLE_TUNED  # noqa: E402
from ita_extract.errors import EmptyInputError  # noqa: E402
from ita_extract.pipeline import extract_bytes  # noqa: E402
from ita_extract.readers import read, read_bytes  # noqa: E402
from ita_extract.readers.options import TEXT_LAYER  # noqa: E402
from ita_extract.readers.pdf.damage import Evidence, needs_ocr  # noqa: E402
from ita_extract.thai.damage import damage  # noqa: E402

PLAN = DAMAGEABLE_TUNED["plan"]


@cache
def found() -> dict[str, Verdict]:
    return {verdict.page.name: verdict for verdict in verdicts()}


def test_the_set_is_large_and_its_names_are_different() -> None:
    pages = list(labelled())
    assert len({page.name for page in pages}) == len(pages)
    count = Counter((page.held_out, bool(page.reasons)) for page in pages)
    assert min(count.values()) >= 20
    assert count.total() >= 90


@pytest.mark.parametrize("held_out", [False, True])
def test_no_miss_and_no_false_alarm(held_out: bool) -> None:
    part = [verdict for verdict in found().values() if verdict.page.held_out == held_out]
    assert [(v.page.name, v.reason, v.score) for v in part if not v.is_right] == []


def test_the_reason_is_the_right_one() -> None:
    damaged = [verdict for verdict in found().values() if verdict.page.reasons]
    assert [(v.page.name, v.reason) for v in damaged if v.reason not in v.page.reasons] == []


def test_every_damaged_page_has_one_warning_with_its_score_and_a_remedy() -> None:
    for verdict in found().values():
        assert len(verdict.warnings) == (verdict.reason is not None), verdict.page.name
        if verdict.reason is None:
            continue
        (warning,) = verdict.warnings
        assert re.search("read the page by OCR, or get the original file", warning)
        assert bool(re.search(r"\(damage [01]\.\d\d\)", warning)) == (verdict.score is not None)


@pytest.mark.parametrize("printed", sorted((ROOT / "prints").glob("*.pdf")), ids=lambda path: path.name)
def test_no_false_alarm_on_prints(printed: Path) -> None:
    assert [(page.number, page.facts.ocr_reason) for page in read(printed).pages if page.facts.ocr_reason] == []


def test_the_reason_is_in_the_table_of_pages_and_the_best_text_is_kept() -> None:
    """A scan that nobody read between good pages, and one with a layer that is no language."""
    layer = "1JYUlJ'i-lfi iiil!n~l fl1'U~1'tin1~ 14~1J~~o:n tib:u.oJ1YJ Vjl'l:J.D~ll Di4~rJQfl 1l'li:1.1rrtQ\n" * 3
    data = paper([Sheet(PLAN), Sheet("", SCAN), Sheet(layer, SCAN, hidden=True), Sheet(PLAN)])
    records = extract_bytes(data, "mixed.pdf", ocr="never")
    rows = records.rows("pages")
    assert [row["ocr_reason"] for row in rows] == [None, "picture_only", "gibberish", None]
    assert [row["origin"] for row in rows] == ["text_layer", "none", "text_layer", "text_layer"]
    assert rows[2]["damage_score"] > 0.5
    assert layer.split()[0] in read_bytes(data, "mixed.pdf", TEXT_LAYER).source


def test_a_file_of_pictures_is_refused_with_a_remedy() -> None:
    with pytest.raises(EmptyInputError) as refused:
        read_bytes(paper([Sheet("", SCAN), Sheet("", SCAN)]), "scan.pdf", TEXT_LAYER)
    assert "OCR" in refused.value.remedy


@pytest.mark.parametrize("ink", [0.0, 0.001, 0.01])
@pytest.mark.parametrize(("picture", "outlines"), [(0.0, 0), (0.3, 100), (0.6, 0)])
def test_little_text_on_no_scan_is_a_short_page(ink: float, picture: float, outlines: int) -> None:
    reason = needs_ocr(Evidence(damage("ภาคผนวก ก"), picture, ink, outlines))
    assert reason == ("picture_only" if not ink and picture else None)
