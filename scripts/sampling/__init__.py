"""The project's own sample documents: records declared once, and the layouts that write them down."""

from __future__ import annotations

from . import (
    announcement,
    corruption_plan,
    ita_matrix,
    measures_matrix,
    minutes,
    minutes_table,
    month_chart,
    oit_checklist,
    plan_form,
    press_release,
    project_form,
    quarter_plan,
    result_report,
    risk_forms,
    risk_register,
    school_project,
    score_matrix,
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
    quarter_plan.build,
    risk_forms.build,
    ita_matrix.build,
    score_matrix.build,
    oit_checklist.build,
    risk_register.build,
    school_project.build,
    month_chart.build,
)

__all__ = ["BUILDERS", "Sample"]
