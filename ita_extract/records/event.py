"""Records about events, meetings and the people in them."""

from __future__ import annotations

from typing import Annotated, Literal

from ita_extract.records.base import Flag, Int, Located, Num, Text, col, table


@table("events", "E", "เหตุการณ์", "Events", ("event_id",))
class Event(Located, frozen=True, kw_only=True):
    """One real event, however often it is told."""

    event_id: Annotated[str, col("รหัสเหตุการณ์", "Identifier")]
    activity_id: Annotated[Text, col("รหัสกิจกรรม", "Activity", ref="activities")] = None
    event_type: Annotated[
        Literal["training", "communication", "meeting", "ceremony", "other"] | None,
        col("ประเภท", "Type of event"),
    ] = None
    name: Annotated[Text, col("ชื่อ", "Name")] = None
    date_raw: Annotated[Text, col("วันที่ (ตามต้นฉบับ)", "Date as printed")] = None
    start_date: Annotated[Text, col("วันเริ่ม", "ISO 8601")] = None
    end_date: Annotated[Text, col("วันสิ้นสุด", "ISO 8601")] = None
    start_time: Annotated[Text, col("เวลาเริ่ม", "HH:MM")] = None
    end_time: Annotated[Text, col("เวลาสิ้นสุด", "HH:MM")] = None
    venue: Annotated[Text, col("สถานที่", "Venue")] = None
    mode: Annotated[Literal["onsite", "online", "hybrid"] | None, col("รูปแบบ", "Mode")] = None
    platform: Annotated[Text, col("ระบบออนไลน์", "Platform")] = None
    organiser: Annotated[Text, col("ผู้จัด", "Organiser")] = None
    participant_count: Annotated[Int, col("จำนวนผู้เข้าร่วม", "Participants")] = None
    score_value: Annotated[Num, col("คะแนน", "Score reported")] = None
    score_unit: Annotated[Text, col("หน่วยคะแนน", "Unit of the score")] = None
    telling_count: Annotated[Int, col("จำนวนครั้งที่กล่าวถึง", "How often it is told")] = None


@table("event_tellings", "ET", "การเล่าแต่ละครั้ง", "Tellings of events", ("event_id", "telling_no"))
class EventTelling(Located, frozen=True, kw_only=True):
    """One telling of an event, as printed there."""

    event_id: Annotated[str, col("รหัสเหตุการณ์", "Event", ref="events")]
    telling_no: Annotated[int, col("ครั้งที่เล่า", "Number of the telling")]
    event_type: Annotated[
        Literal["training", "communication", "meeting", "ceremony", "other"] | None,
        col("ประเภท", "Type of event"),
    ] = None
    name: Annotated[Text, col("ชื่อ", "Name")] = None
    date_raw: Annotated[Text, col("วันที่ (ตามต้นฉบับ)", "Date as printed")] = None
    start_date: Annotated[Text, col("วันเริ่ม", "ISO 8601")] = None
    end_date: Annotated[Text, col("วันสิ้นสุด", "ISO 8601")] = None
    start_time: Annotated[Text, col("เวลาเริ่ม", "HH:MM")] = None
    end_time: Annotated[Text, col("เวลาสิ้นสุด", "HH:MM")] = None
    venue: Annotated[Text, col("สถานที่", "Venue")] = None
    mode: Annotated[Literal["onsite", "online", "hybrid"] | None, col("รูปแบบ", "Mode")] = None
    platform: Annotated[Text, col("ระบบออนไลน์", "Platform")] = None
    organiser: Annotated[Text, col("ผู้จัด", "Organiser")] = None
    participant_count: Annotated[Int, col("จำนวนผู้เข้าร่วม", "Participants")] = None
    score_value: Annotated[Num, col("คะแนน", "Score reported")] = None
    score_unit: Annotated[Text, col("หน่วยคะแนน", "Unit of the score")] = None
    audience_onsite: Annotated[Text, col("ผู้เข้าร่วม ณ สถานที่", "Audience on site")] = None
    audience_online: Annotated[Text, col("ผู้เข้าร่วมออนไลน์", "Audience online")] = None
    audience: Annotated[Text, col("ผู้เข้าร่วม", "Audience")] = None


@table("event_people", "EP", "วิทยากร/ประธาน/ผู้เกี่ยวข้อง", "People in events", ("event_person_id",))
class EventPerson(Located, frozen=True, kw_only=True):
    """A person in one telling of an event."""

    event_person_id: Annotated[str, col("รหัส", "Identifier")]
    event_id: Annotated[Text, col("รหัสเหตุการณ์", "Event", ref="events")] = None
    telling_no: Annotated[Int, col("ครั้งที่เล่า", "Telling")] = None
    role: Annotated[Literal["speaker", "chair", "opener", "host", "other"] | None, col("บทบาท", "Role")] = None
    name_raw: Annotated[Text, col("ชื่อ-สกุล", "Name as printed")] = None
    prefix: Annotated[Text, col("คำนำหน้า", "Prefix")] = None
    given_name: Annotated[Text, col("ชื่อ", "Given name")] = None
    surname: Annotated[Text, col("สกุล", "Surname")] = None
    position_raw: Annotated[Text, col("ตำแหน่ง", "Position as printed")] = None
    organisation_raw: Annotated[Text, col("หน่วยงาน", "Organisation as printed")] = None


@table("meetings", "T", "การประชุม", "Meetings", ("meeting_id",))
class Meeting(Located, frozen=True, kw_only=True):
    """A meeting that minutes record."""

    meeting_id: Annotated[str, col("รหัสการประชุม", "Identifier")]
    title_raw: Annotated[Text, col("ชื่อการประชุม", "Title as printed")] = None
    number_raw: Annotated[Text, col("ครั้งที่ (ตามต้นฉบับ)", "Number as printed")] = None
    meeting_no: Annotated[Text, col("ครั้งที่", "Number")] = None
    meeting_year_be: Annotated[Int, col("ปี พ.ศ.", "Year (B.E.)")] = None
    date_raw: Annotated[Text, col("วันที่ (ตามต้นฉบับ)", "Date as printed")] = None
    meeting_date: Annotated[Text, col("วันที่", "ISO 8601")] = None
    weekday_raw: Annotated[Text, col("วันในสัปดาห์", "Weekday as printed")] = None
    weekday_ok: Annotated[Flag, col("วันตรงกับวันที่", "Whether weekday and date agree")] = None
    start_time: Annotated[Text, col("เวลาเริ่ม", "HH:MM")] = None
    end_time: Annotated[Text, col("เวลาเลิก", "HH:MM")] = None
    place: Annotated[Text, col("สถานที่", "Place")] = None
    attendee_count: Annotated[Int, col("จำนวนผู้มาประชุม", "People present")] = None
    is_excerpt: Annotated[Flag, col("เป็นบางส่วน", "True when only part of the minutes is there")] = None


@table("attendees", "N", "ผู้เข้าประชุม", "Attendees", ("attendee_id",))
class Attendee(Located, frozen=True, kw_only=True):
    """A person in an attendance list."""

    attendee_id: Annotated[str, col("รหัส", "Identifier")]
    meeting_id: Annotated[Text, col("รหัสการประชุม", "Meeting", ref="meetings")] = None
    attendance: Annotated[
        Literal["present", "absent", "in_attendance", "unspecified"] | None,
        col("การเข้าประชุม", "Present, absent, or present without being a member"),
    ] = None
    order_no_raw: Annotated[Text, col("ลำดับ (ตามต้นฉบับ)", "Number as printed")] = None
    order_no: Annotated[Int, col("ลำดับ", "Number")] = None
    name_raw: Annotated[Text, col("ชื่อ-สกุล", "Name as printed")] = None
    prefix: Annotated[Text, col("คำนำหน้า", "Prefix")] = None
    given_name: Annotated[Text, col("ชื่อ", "Given name")] = None
    surname: Annotated[Text, col("สกุล", "Surname")] = None
    position_raw: Annotated[Text, col("ตำแหน่ง (ตามต้นฉบับ)", "Position as printed")] = None
    position: Annotated[Text, col("ตำแหน่ง", "Position, expanded when known")] = None
    role_raw: Annotated[Text, col("บทบาท", "Role in the meeting as printed")] = None
    proxy_for_raw: Annotated[Text, col("มาแทน", "Whom the person stands in for")] = None
    absence_reason_raw: Annotated[Text, col("เหตุที่ไม่มา", "Reason of absence")] = None


@table("agenda_items", "J", "ระเบียบวาระ", "Agenda items", ("agenda_item_id",))
class AgendaItem(Located, frozen=True, kw_only=True):
    """An item of the agenda with its resolution."""

    agenda_item_id: Annotated[str, col("รหัสวาระ", "Identifier")]
    meeting_id: Annotated[Text, col("รหัสการประชุม", "Meeting", ref="meetings")] = None
    number_raw: Annotated[Text, col("เลขวาระ", "Number as printed")] = None
    agenda_group: Annotated[Int, col("วาระที่", "Agenda it belongs to")] = None
    presenter_raw: Annotated[Text, col("ผู้นำเสนอ", "Presenter as printed")] = None
    topic: Annotated[Text, col("เรื่อง", "Topic")] = None
    resolution: Annotated[Text, col("มติ", "Resolution")] = None
