"""The views that people open first: a register of plans, indicators for import, attendees, findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ita_extract.records import BY_NAME
from ita_extract.records.base import Column
from ita_extract.records.bundle import Records

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class View:
    """A table derived from others, document by document."""

    name: str
    title_th: str
    title_en: str
    columns: tuple[Column, ...]
    rows: Callable[[Records], Iterator[Row]]


def _from(table: str, column: str, name: str | None = None) -> Column:
    """A column of a view that takes over the declaration of a table's column."""
    source = next(c for c in BY_NAME[table].table.columns if c.name == column)
    return Column(name or column, source.kind, source.title_th, source.description, source.enum)


def _count(name: str, title_th: str, description: str) -> Column:
    return Column(name, "integer", title_th, description)


def _plan_register(records: Records) -> Iterator[Row]:
    document = next(iter(records.rows("documents")), {})
    activities, indicators = records.rows("activities"), records.rows("indicators")
    for plan in records.rows("plans"):
        yield {
            **{name: document.get(name) for name in ("document_id", "file_name", "agency", "fiscal_year_be")},
            **{name: plan[name] for name in ("plan_id", "plan_title", "period_raw", "lead_unit", "goal_raw")},
            "activity_count": sum(a["plan_id"] == plan["plan_id"] for a in activities),
            "indicator_count": sum(i["plan_id"] == plan["plan_id"] for i in indicators),
            "finding_count": document.get("finding_count"),
            "coverage_ratio": document.get("coverage_ratio"),
        }


def _indicators(records: Records) -> Iterator[Row]:
    document = next(iter(records.rows("documents")), {})
    plans = {plan["plan_id"]: plan for plan in records.rows("plans")}
    activities = {activity["activity_id"]: activity for activity in records.rows("activities")}
    units: dict[str | None, list[str]] = {}
    for row in records.rows("responsibilities"):
        units.setdefault(row["activity_id"], []).append(row["unit"] or row["unit_raw"])
    for row in records.rows("indicators"):
        plan = plans.get(row["plan_id"], {})
        activity = activities.get(row["activity_id"], {})
        yield {
            **{name: row.get(name) for name in _INDICATOR_COLUMNS},
            "agency": document.get("agency"),
            "fiscal_year_be": document.get("fiscal_year_be"),
            "plan_title": plan.get("plan_title"),
            "period_raw": plan.get("period_raw"),
            "activity_title": activity.get("title"),
            "units": "; ".join(units.get(row["activity_id"], [])) or None,
            "file_name": document.get("file_name"),
        }


_INDICATOR_COLUMNS = (
    "document_id",
    "indicator_id",
    "indicator",
    "target_operator",
    "target_value",
    "target_value_high",
    "target_unit",
    "actual_value",
    "actual_unit",
    "achieved",
    "page",
)


def _attendees(records: Records) -> Iterator[Row]:
    meetings = {meeting["meeting_id"]: meeting for meeting in records.rows("meetings")}
    for row in records.rows("attendees"):
        meeting = meetings.get(row["meeting_id"], {})
        yield {
            **row,
            "meeting_title": meeting.get("title_raw"),
            "meeting_number": meeting.get("number_raw"),
            "meeting_date": meeting.get("meeting_date"),
        }


def _findings(records: Records) -> Iterator[Row]:
    names = {row["document_id"]: row["file_name"] for row in records.rows("documents")}
    for row in records.rows("findings"):
        yield {**row, "file_name": names.get(row["document_id"])}


VIEWS: tuple[View, ...] = (
    View(
        "v_plan_register",
        "ทะเบียนแผน",
        "Register of plans",
        (
            *(_from("documents", name) for name in ("document_id", "file_name", "agency", "fiscal_year_be")),
            *(_from("plans", name) for name in ("plan_id", "plan_title", "period_raw", "lead_unit", "goal_raw")),
            _count("activity_count", "จำนวนกิจกรรม", "Activities of the plan"),
            _count("indicator_count", "จำนวนตัวชี้วัด", "Indicators of the plan"),
            _from("documents", "finding_count"),
            _from("documents", "coverage_ratio"),
        ),
        _plan_register,
    ),
    View(
        "v_indicators",
        "ตัวชี้วัดสำหรับนำเข้า",
        "Indicators for import",
        (
            *(_from("documents", name) for name in ("document_id", "agency", "fiscal_year_be")),
            _from("plans", "plan_title"),
            _from("activities", "title", "activity_title"),
            *(_from("indicators", name) for name in _INDICATOR_COLUMNS[1:-1]),
            Column("units", "string", "ผู้รับผิดชอบ", "Responsible units joined by '; '"),
            _from("plans", "period_raw"),
            _from("documents", "file_name"),
            _from("indicators", "page"),
        ),
        _indicators,
    ),
    View(
        "v_attendees",
        "รายชื่อผู้เข้าประชุม",
        "People at meetings",
        (
            _from("attendees", "document_id"),
            _from("meetings", "title_raw", "meeting_title"),
            _from("meetings", "number_raw", "meeting_number"),
            _from("meetings", "meeting_date"),
            *(
                _from("attendees", name)
                for name in (
                    "attendee_id",
                    "attendance",
                    "order_no",
                    "name_raw",
                    "position_raw",
                    "role_raw",
                    "proxy_for_raw",
                    "absence_reason_raw",
                    "page",
                )
            ),
        ),
        _attendees,
    ),
    View(
        "v_findings",
        "ข้อสังเกตการตรวจสอบ",
        "Findings",
        (
            *(
                _from("findings", name)
                for name in ("document_id", "finding_id", "severity", "rule_code", "message_th", "evidence_raw")
            ),
            _from("documents", "file_name"),
            _from("findings", "cause_hint"),
            _from("findings", "review_status"),
        ),
        _findings,
    ),
)
"""All views. Each is written as `tables/<name>.csv`."""
