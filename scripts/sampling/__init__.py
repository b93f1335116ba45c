"""The project's own sample documents: records declared once, and the layouts that write them down."""

from __future__ import annotations

from . import (
    announcement,
    corruption_plan,
    measures_matrix,
    minutes,
    minutes_table,
    plan_form,
    press_release,
    project_form,
    result_report,
    score_sheet,
    web_form,
)
from .rows import Sample

BUILDERS = (
    plan_form.build,
    measures_matrix.build,
    result_report.build,
    project_form.build,
    project_form.build_damaged,
    minutes.build,
    minutes_table.build,
    score_sheet.build,
    announcement.build,
    press_release.build,
    web_form.build,
    corruption_plan.build,
)

__all__ = ["BUILDERS", "Sample"]
