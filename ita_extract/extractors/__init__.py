"""Outline → records, one concern per file.

EXTRACTORS is the whole list; its order matters where one needs another's ids.
"""

from __future__ import annotations

from ita_extract.extractors import (
    activities,
    budgets,
    citations,
    contacts,
    documents,
    events,
    figures,
    indicators,
    meetings,
    organisations,
    outcomes,
    plans,
    policies,
    ratings,
    responsibilities,
    scores,
    sections,
    statements,
    suspicions,
    timeline,
)
from ita_extract.extractors.context import Context, Extractor
from ita_extract.extractors.found import Findings, Ids
from ita_extract.outline.model import Outline

EXTRACTORS: tuple[tuple[str, Extractor], ...] = (
    ("documents", documents.extract),
    ("sections", sections.extract),
    ("plans", plans.extract),
    ("rating_options", ratings.extract),
    ("activities", activities.extract),
    ("timeline_months", timeline.extract),
    ("indicators", indicators.extract),
    ("responsibilities", responsibilities.extract),
    ("budgets", budgets.extract),
    ("outcomes", outcomes.extract),
    ("meetings", meetings.extract),
    ("events", events.extract),
    ("ita_scores", scores.extract),
    ("statements", statements.extract),
    ("policy_items", policies.extract),
    ("citations", citations.extract),
    ("contacts", contacts.extract),
    ("figures", figures.extract),
    ("organisations", organisations.extract),
    ("suspected_errors", suspicions.extract),
)
"""Name and function of every extractor, in the order in which they run."""


def extract_all(outline: Outline) -> Findings:
    """Runs every extractor over one outline."""
    context = Context(outline, Ids(outline.document.document_id), documents.facts(outline))
    for name, extractor in EXTRACTORS:
        context.findings.add(extractor(context), name)
    return context.findings
