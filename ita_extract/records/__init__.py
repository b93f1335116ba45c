"""The record types: one declaration each, from which every schema, header, DDL and documentation page is derived."""

from __future__ import annotations

from ita_extract.records.base import TAIL, Column, Located, OfDocument, Record, TableInfo
from ita_extract.records.document import (
    BlockRecord,
    DocumentRecord,
    FigureRecord,
    PageRecord,
    Section,
    SuspectedError,
)
from ita_extract.records.event import AgendaItem, Attendee, Event, EventPerson, EventTelling, Meeting
from ita_extract.records.plan import (
    Activity,
    Budget,
    Indicator,
    Outcome,
    Plan,
    PlanField,
    RatingOption,
    Responsibility,
    TimelineMonth,
)
from ita_extract.records.process import DocumentLink, Finding, LinkType, Provenance, RunRecord
from ita_extract.records.reference import Citation, Contact, ItaScore, Organisation, PolicyItem, Statement

SCHEMA_VERSION = "1.0"

TABLES: tuple[type[Record], ...] = (
    DocumentRecord,
    PageRecord,
    Section,
    BlockRecord,
    Plan,
    PlanField,
    RatingOption,
    Activity,
    TimelineMonth,
    Indicator,
    Responsibility,
    Budget,
    Outcome,
    Event,
    EventTelling,
    EventPerson,
    Meeting,
    Attendee,
    AgendaItem,
    ItaScore,
    Statement,
    PolicyItem,
    Citation,
    Organisation,
    Contact,
    FigureRecord,
    SuspectedError,
    Finding,
    DocumentLink,
    Provenance,
    RunRecord,
)
"""All record types in the order of the contract."""

BY_NAME: dict[str, type[Record]] = {record_type.table.name: record_type for record_type in TABLES}
"""Record type by table name."""

__all__ = [
    "BY_NAME",
    "SCHEMA_VERSION",
    "TABLES",
    "TAIL",
    "Activity",
    "AgendaItem",
    "Attendee",
    "BlockRecord",
    "Budget",
    "Citation",
    "Column",
    "Contact",
    "DocumentLink",
    "DocumentRecord",
    "Event",
    "EventPerson",
    "EventTelling",
    "FigureRecord",
    "Finding",
    "Indicator",
    "ItaScore",
    "LinkType",
    "Located",
    "Meeting",
    "OfDocument",
    "Organisation",
    "Outcome",
    "PageRecord",
    "Plan",
    "PlanField",
    "PolicyItem",
    "Provenance",
    "RatingOption",
    "Record",
    "Responsibility",
    "RunRecord",
    "Section",
    "Statement",
    "SuspectedError",
    "TableInfo",
    "TimelineMonth",
]
