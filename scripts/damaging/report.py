"""What the reader says of the labelled pages, beside the truth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from damaging.labelled import Labelled, labelled
from damaging.paper import paper
from ita_extract.model import OcrReason
from ita_extract.readers import read_bytes
from ita_extract.readers.options import TEXT_LAYER

GOOD = "good"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A page with what was said of it."""

    page: Labelled
    reason: OcrReason | None
    score: float | None
    warnings: list[str]

    @property
    def is_right(self) -> bool:
        """Whether damage was seen where there is some, and only there."""
        return (self.reason is not None) == bool(self.page.reasons)


def verdicts() -> list[Verdict]:
    """Each page, read."""
    pages = list(labelled())
    document = read_bytes(paper(page.sheet for page in pages), "labelled.pdf", TEXT_LAYER)
    found = []
    for page, read in zip(pages, document.pages, strict=True):
        warnings = [warning for warning in document.warnings if warning.startswith(f"page {read.number}:")]
        found.append(Verdict(page, read.facts.ocr_reason, read.facts.damage_score, warnings))
    return found


def report() -> None:
    """Prints the confusion matrix, and each wrong verdict."""
    found = verdicts()
    for held_out in (False, True):
        part = [verdict for verdict in found if verdict.page.held_out == held_out]
        count = Counter((bool(v.page.reasons), v.reason is not None) for v in part)
        print(f"{'held out' if held_out else 'tuned':12s}{'said good':>12s}{'said damaged':>14s}")
        for truth in (False, True):
            print(f"{'damaged' if truth else 'good':12s}{count[truth, False]:12d}{count[truth, True]:14d}")
    damaged = [v for v in found if v.page.reasons]
    named = sum(v.reason in v.page.reasons for v in damaged)
    print(f"{len(found)} pages; reason named rightly on {named} of {len(damaged)} damaged ones")
    for verdict in found:
        if not verdict.is_right or (verdict.page.reasons and verdict.reason not in verdict.page.reasons):
            print(f"{verdict.page.name}: {' or '.join(verdict.page.reasons) or GOOD}, said {verdict.reason or GOOD}"
                  f" ({verdict.score})")  # fmt: skip
