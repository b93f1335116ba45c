"""Dates, fiscal years, periods and times: tables of printed forms, and properties that hold for any text."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ita_extract.errors import ThaiParseError
from ita_extract.lexicon import load
from ita_extract.thai.dates import (
    find_dates,
    find_fiscal_years,
    fiscal_month_no,
    fiscal_months,
    fiscal_year_bounds,
    month_number,
    parse_date,
    quarter_of,
)
from ita_extract.thai.periods import Period, find_periods, find_times, parse_period, reporting_round

DATES = [
    ("8 เมษายน 2564", "2021-04-08"),
    ("8 เม.ย. 64", "2021-04-08"),
    ("8 เมย 64", "2021-04-08"),
    ("8เม.ย.64", "2021-04-08"),
    ("๘ เม. ย. ๒๕๖๔", "2021-04-08"),
    ("8 เมษายน พ.ศ. 25๖๔", "2021-04-08"),
    ("8 เดือนเมษายน ปี 2564", "2021-04-08"),
    ("วันที่ 8 เมษายน\n2564", "2021-04-08"),
    ("เมื่อวันที่ 8 เมษายน 2564", "2021-04-08"),
    ("ณ วันที่ ๘ เมษายน พ.ศ.๒๕๖๔", "2021-04-08"),
    ("วันพฤหัสบดีที่ 8 เมษายน 2564", "2021-04-08"),
    ("วันพฤหัสบดี ที่ 8 เมษายน 2564", "2021-04-08"),
    ("8 April 2021", "2021-04-08"),
    ("8th Apr 2021", "2021-04-08"),
    ("April 8, 2021", "2021-04-08"),
    ("8-Apr-21", "2021-04-08"),
    ("8-เม.ย.-64", "2021-04-08"),
    ("8/4/2564", "2021-04-08"),
    ("8-4-2564", "2021-04-08"),
    ("08.04.64", "2021-04-08"),
    ("8/4/64", "2021-04-08"),
    ("2021-04-08", "2021-04-08"),
    ("7 มี.ค. ๖๒", "2019-03-07"),
    ("7 ม.ี ค. 62", "2019-03-07"),
    ("5 มนาคม 2562", "2019-03-05"),
    ("5 มกรำคม 2562", "2019-01-05"),
    ("5 ตลุ าคม 2562", "2019-10-05"),
    ("5 กรกฏาคม 2562", "2019-07-05"),
    ("14 ตุลา 2516", "1973-10-14"),
    ("เดือนมีนาคม 2564", "2021-03"),
    ("มี.ค.-64", "2021-03"),
    ("มค64", "2021-01"),
    ("ตุลาคม ปีงบประมาณ พ.ศ. 2564", "2020-10"),
    ("พ.ศ. 2555", "2012"),
    ("ประจำปีงบประมาณ พ.ศ.. ๒๕๖๘", "2025"),
]


@pytest.mark.parametrize(("text", "iso"), DATES)
def test_parse_date(text: str, iso: str) -> None:
    found = parse_date(text)
    assert (found.iso, found.valid, found.year_was_stated) == (iso, True, True)
    assert found.precision == {4: "year", 7: "month", 10: "day"}[len(iso)]
    assert found.year_be == int(iso[:4]) + 543


@pytest.mark.parametrize(
    "text",
    [
        "",
        "วันที่",
        "มีนาคม",
        "8 เมษายน",
        "ต่อ 1939",
        "234/2556",
        "1/2564",
        "ฉบับที่ 38",
        "2564",
        "9.30",
        "5.2.10",
        "25.61",
        "45/4/2564",
    ],
)
def test_parse_date_refuses(text: str) -> None:
    with pytest.raises(ThaiParseError):
        parse_date(text)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("31 เม.ย. 2564", "2021-04"),
        ("29 ก.พ. 2564", "2021-02"),
        ("31/4/2564", "2021-04"),
        ("32 มกราคม 2564", "2021-01"),
    ],
)
def test_a_day_that_does_not_exist_is_never_invented(text: str, iso: str) -> None:
    found = parse_date(text)
    assert (found.iso, found.precision, found.valid) == (iso, "month", False)
    assert parse_date("29 ก.พ. 2567").valid


def test_weekday_is_kept_and_checked() -> None:
    text = "ประชุมเมื่อวันอังคาร ที่ 9 มีนาคม 2564 เวลา 9:30 น."
    (found,) = find_dates(text)
    assert found.raw == "วันอังคาร ที่ 9 มีนาคม 2564" == text[found.start : found.end]
    assert (found.weekday_raw, found.weekday_ok) == ("วันอังคาร", True)
    assert parse_date("วันพุธที่ 9 มีนาคม 2564").weekday_ok is False
    assert parse_date("9 มีนาคม 2564").weekday_ok is None


@pytest.mark.parametrize(
    ("month", "iso"), [("ตุลาคม", "2020-10"), ("ธ.ค.", "2020-12"), ("ม.ค.", "2021-01"), ("กันยายน", "2021-09")]
)
def test_a_month_without_year_lies_in_the_fiscal_year(month: str, iso: str) -> None:
    assert find_dates(month) == ()
    found = parse_date(month, fiscal_year_be=2564)
    assert (found.iso, found.year_was_stated) == (iso, False)
    assert parse_date(f"5 {month}", default_year_be=2564).iso == f"2021-{iso[5:]}-05"


@pytest.mark.parametrize(
    ("text", "raws"),
    [
        ("ตามหนังสือสำนักงาน ก.พ. 2564", []),
        ("ก.พ.ร. และ ก.ค.ศ. ตามที่ ก.พ. กำหนด", []),
        ("เดือน ก.พ. และเดือน ก.ค.", ["เดือน ก.พ.", "เดือน ก.ค."]),
        ("ครั้งที่ 8 เมษายน 2564", ["เมษายน 2564"]),
        ("ในเดือนเมษายน 64 คน", ["เดือนเมษายน"]),
        ("8 เม.ย. 09.30 น.", ["8 เม.ย."]),
        ("ม.ค.\tก.พ.\tมี.ค.", ["ม.ค.", "ก.พ.", "มี.ค."]),
        ("นพ.ยงยุทธ และ ส.ค.1 โทร 02-123-4567", []),
        ("June 26 สป 64 ท งป", []),
        ("ม.ค. 31 มี.ค. 64", ["ม.ค.", "31 มี.ค. 64"]),
        ("ข้อ 2.8 เมษายน 2564", ["เมษายน 2564"]),
    ],
)
def test_what_is_a_date_in_running_text(text: str, raws: list[str]) -> None:
    assert [d.raw for d in find_dates(text, fiscal_year_be=2564)] == raws


def test_every_spelling_of_the_lexicon_is_its_month() -> None:
    for entry in load("calendar")["months"]:
        spellings = [
            entry["full"],
            entry["short"],
            entry["short"].replace(".", ""),
            entry["colloquial"],
            entry["english"],
        ]
        for spelling in [*spellings, *entry["variants"], entry["short"].replace(".", ". "), f"เดือน{entry['full']}"]:
            assert month_number(spelling) == entry["number"], spelling
    assert [month_number(text) for text in ("ม.ี ค.", "", "ม.ค. 64", "รวม")] == [3, None, None, None]


def test_fiscal_year_arithmetic() -> None:
    assert fiscal_year_bounds(2564) == (dt.date(2020, 10, 1), dt.date(2021, 9, 30))
    assert fiscal_months(2564)[0] == "2020-10"
    assert fiscal_months(2564)[11] == "2021-09"
    assert [fiscal_month_no(month) for month in (10, 12, 1, 9)] == [1, 3, 4, 12]
    assert [quarter_of(month) for month in range(1, 13)] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]


@pytest.mark.parametrize(
    ("text", "be", "last_be", "kind"),
    [
        ("ปีงบประมาณ พ.ศ. 2564", 2564, 2564, "fiscal"),
        ("ประจาปีงบประมาณ พ.ศ.. ๒๕๖๘", 2568, 2568, "fiscal"),
        ("ประจ าปีงบประมาณ 2564", 2564, 2564, "fiscal"),
        ("ปีงบ 2569", 2569, 2569, "fiscal"),
        ("FY2564", 2564, 2564, "fiscal"),
        ("ปีงบประมาณ 2561-2565", 2561, 2565, "fiscal"),
        ("ปกี ารศึกษา 2566", 2566, 2566, "academic"),
        ("ปีการศึกษา 1/2566", 2566, 2566, "academic"),
        ("ปี พ.ศ. 2561 – 2565", 2561, 2565, "calendar"),
        ("ปี 68", 2568, 2568, "plain"),
        ("ประจำปี 2565", 2565, 2565, "plain"),
    ],
)
def test_find_fiscal_years(text: str, be: int, last_be: int, kind: str) -> None:
    (year,) = find_fiscal_years(f"แผน {text} (ต่อ)")
    assert (year.be, year.last_be, year.kind) == (be, last_be, kind)
    assert f"แผน {text}"[year.start : year.end] == text
    assert year.is_labelled == (kind != "plain")


@pytest.mark.parametrize("text", ["พ.ศ. 2555", "2564", "แผน 4 ปี 60 คน", "ปีที่ 7", "อายุ 5 ปี 68"])
def test_no_fiscal_year(text: str) -> None:
    assert find_fiscal_years(text) == ()


PERIODS = [
    ("ม.ค. 64 - ก.ย. 64", "2021-01", "2021-09", "month", "stated"),
    ("1 ต.ค. 2565- 30 ก.ย. 2566", "2022-10-01", "2023-09-30", "day", "stated"),
    ("(ต.ค.64 - มี.ค.65)", "2021-10", "2022-03", "month", "stated"),
    ("ตุลาคม 2563 – กันยายน 2564", "2020-10", "2021-09", "month", "stated"),
    ("ต.ค. ๖๖ ถึง ก.ย. ๖๗", "2023-10", "2024-09", "month", "stated"),
    ("มกราคม ถึง มีนาคม 2564", "2021-01", "2021-03", "month", "stated"),
    ("มกราคม-มีนาคม 2564", "2021-01", "2021-03", "month", "stated"),
    ("ตุลาคม - มีนาคม 2565", "2021-10", "2022-03", "month", "derived"),
    ("ต.ค. 64 - มี.ค.", "2021-10", "2022-03", "month", "derived"),
    ("ต.ค. - มี.ค. ปีงบประมาณ 2564", "2020-10", "2021-03", "month", "stated"),
    ("ตุลาคม - ธันวาคม", None, None, "month", "derived"),
    ("8-9 เมษายน 2564", "2021-04-08", "2021-04-09", "day", "stated"),
    ("วันที่ 8 - 9 เมษายน 2564", "2021-04-08", "2021-04-09", "day", "stated"),
    ("8 และ 9 เม.ย. 64", "2021-04-08", "2021-04-09", "day", "stated"),
    ("7, 8 และ 9 เม.ย. 64", "2021-04-07", "2021-04-09", "day", "stated"),
    ("28 มี.ค. - 2 เม.ย. 2564", "2021-03-28", "2021-04-02", "day", "stated"),
    ("ระหว่างวันที่ 1 ถึง 3 มีนาคม 2566", "2023-03-01", "2023-03-03", "day", "stated"),
    ("ระหว่างเดือนมกราคม และเดือนมีนาคม 2566", "2023-01", "2023-03", "month", "stated"),
    ("01/10/2563 - 30/09/2564", "2020-10-01", "2021-09-30", "day", "stated"),
    ("1 - 31 เมษายน 2564", "2021-04-01", "2021-04", "month", "stated"),
    ("ไตรมาส 1-2/2564", "2020-10", "2021-03", "quarter", "derived"),
    ("ไตรมาสที่ 4 ปีงบประมาณ พ.ศ. 2564", "2021-07", "2021-09", "quarter", "derived"),
    ("ไตรมาสที่ 2", None, None, "quarter", "derived"),
    ("ไตรมาสที่ 1 ปีการศึกษา 2564", None, None, "quarter", "derived"),
    ("ไตรมาสที่ 1 (ต.ค. 62 - ธ.ค. 62)", "2019-10", "2019-12", "quarter", "stated"),
    ("รอบ 6 เดือน", None, None, "month", "derived"),
    ("รอบ 6 เดือนหลัง ปีงบประมาณ 2564", "2021-04", "2021-09", "month", "derived"),
    ("รอบ ๑๒ เดือน (ต.ค. ๖๓ - ก.ย. ๖๔)", "2020-10", "2021-09", "month", "stated"),
    ("ตลอดปีงบประมาณ (พ.ศ. 2564)", "2020-10-01", "2021-09-30", "year", "stated"),
    ("ปีงบประมาณ พ.ศ. 2564", "2020-10-01", "2021-09-30", "year", "stated"),
    ("ปี พ.ศ. 2561 – 2565", "2018", "2022", "year", "stated"),
    ("(พ.ศ. 2560 – 2564)", "2017", "2021", "year", "stated"),
    ("พ.ศ. 2564", "2021", "2021", "year", "stated"),
    ("ภายใน มี.ค. 64", None, "2021-03", "month", "stated"),
    ("ภายในวันที่ 30 เม.ย. 2564", None, "2021-04-30", "day", "stated"),
    ("ก่อนวันที่ 30 เม.ย. 2564", None, "2021-04-30", "day", "stated"),
    ("ภายในสิ้นปีงบประมาณ 2564", None, "2021-09-30", "year", "stated"),
    ("ตั้งแต่วันที่ 1 ตุลาคม 2563 เป็นต้นไป", "2020-10-01", None, "day", "stated"),
    ("ตั้งแต่ 1 ต.ค. 63 ถึง 30 ก.ย. 64", "2020-10-01", "2021-09-30", "day", "stated"),
    ("มีนาคม 2564", "2021-03", "2021-03", "month", "stated"),
    ("8 เมษายน 2564", "2021-04-08", "2021-04-08", "day", "stated"),
    ("มีนาคม", None, None, "month", "derived"),
    ("January - March 2021", "2021-01", "2021-03", "month", "stated"),
    ("1 October 2020 to 30 September 2021", "2020-10-01", "2021-09-30", "day", "stated"),
    ("April 8-9, 2021", "2021-04-08", "2021-04-09", "day", "stated"),
]


@pytest.mark.parametrize(("text", "start", "end", "precision", "basis"), PERIODS)
def test_parse_period(text: str, start: str | None, end: str | None, precision: str, basis: str) -> None:
    period = parse_period(text)
    assert (period.start, period.end, period.precision, period.basis) == (start, end, precision, basis)
    assert period.raw == (text.strip("()") if text.startswith("(") else text)


@pytest.mark.parametrize(
    ("text", "start", "end", "quarters"),
    [
        ("ตุลาคม - ธันวาคม", "2020-10", "2020-12", ()),
        ("ก.พ. - มี.ค.", "2021-02", "2021-03", ()),
        ("ก.ค. - ธ.ค.", "2021-07", "2021-12", ()),
        ("ไตรมาสที่ 2", "2021-01", "2021-03", (2,)),
        ("ไตรมาส ๑ - ๔", "2020-10", "2021-09", (1, 2, 3, 4)),
        ("ไตรมาสที่ 1 และ 3", "2020-10", "2021-06", (1, 3)),
        ("ไตรมาสที่ 3 - ไตรมาสที่ 4", "2021-04", "2021-09", (3, 4)),
        ("Q1", "2020-10", "2020-12", (1,)),
        ("ไตรมาสสุดท้าย", "2021-07", "2021-09", (4,)),
        ("รอบ 6 เดือน", "2020-10", "2021-03", ()),
        ("6 เดือนหลัง", "2021-04", "2021-09", ()),
        ("ตลอดปี", "2020-10-01", "2021-09-30", ()),
        ("ตลอดปี 2564", "2020-10-01", "2021-09-30", ()),
    ],
)
def test_the_fiscal_year_gives_the_missing_year(text: str, start: str, end: str, quarters: tuple[int, ...]) -> None:
    period = parse_period(text, fiscal_year_be=2564)
    assert (period.start, period.end, period.quarters, period.basis) == (start, end, quarters, "derived")


def test_periods_in_running_text() -> None:
    text = "ขั้นตอน 1 ม.ค.-ส.ค. 67 ขั้นตอน 2 ภายในเดือนกันยายน 2567 (พ.ร.บ. พ.ศ. 2555) พนักงานระดับ 2 - 7 ใช้เวลา 1-3 เดือน"
    assert [(p.raw, p.start, p.end) for p in find_periods(text)] == [
        ("ม.ค.-ส.ค. 67", "2024-01", "2024-08"),
        ("ภายในเดือนกันยายน 2567", None, "2024-09"),
    ]


@pytest.mark.parametrize("text", ["", "ต่อเนื่อง", "ม.ค. 64 - ก.ย. 64 และ ปี 2565", "1/2564"])
def test_parse_period_refuses(text: str) -> None:
    with pytest.raises(ThaiParseError):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("รายงานผล รอบ 6 เดือน", "6m"),
        ("รอบ ๑๒ เดือน", "12m"),
        ("รอบหกเดือน", "6m"),
        ("6 เดือนแรก", "6m"),
        ("รอบ 9 เดือน", "9m"),
        ("รายไตรมาส", "3m"),
        ("รายงานผลประจำปี 2564", "annual"),
        ("ประจำปีงบประมาณ พ.ศ. 2564", None),
        ("แผนปฏิบัติการ", None),
    ],
)
def test_reporting_round(text: str, expected: str | None) -> None:
    assert reporting_round(text) == expected


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("9:30-12:00 น.", [("09:30", "12:00")]),
        ("09.30 น.", [("09:30", None)]),
        ("เวลา 13.30 – 16.30 น.", [("13:30", "16:30")]),
        ("๐๙.๔๖ นาฬิกา", [("09:46", None)]),
        ("เวลา ๐๙.๐๐ น. ถึง ๑๒.๐๐ น.", [("09:00", "12:00")]),
        ("9.00 - 12.00 น.", [("09:00", "12:00")]),
        ("เวลา 9 นาฬิกา", [("09:00", None)]),
        ("เปิดเวลา 09.00 น. ปิดเวลา 16.30 น", [("09:00", None), ("16:30", None)]),
        ("คะแนน 9.30", []),
        ("9.30 น.ส. กานดา", []),
        ("25.30 น. และ 9:75 น.", []),
        ("งบประมาณ 12.50 ล้านบาท", []),
        ("เลิกประชุมเวลา 1 1.45 น.", []),
        ("เวลา 13.00 - 1 5.45 น.", [("13:00", None)]),
        ("มีนาคม 2567 9.30 น.", [("09:30", None)]),
        ("รุ่นที่ 1 9.30 น.", [("09:30", None)]),
    ],
)
def test_find_times(text: str, times: list[tuple[str, str | None]]) -> None:
    found = find_times(text)
    assert [(t.start, t.end) for t in found] == times
    assert all(t.raw == text[t.start_pos : t.end_pos] for t in found)


# Properties ------------------------------------------------------------------------------------------

_PIECES = "ม.ค.|มีนาคม|ก.พ.|8|31|64|2564|๒๕๖๔|พ.ศ.|ปีงบประมาณ|ไตรมาสที่|รอบ|เดือน|วันที่|วันอังคาร|ที่|-|ถึง|ภายใน|ตั้งแต่"
_PIECES += "|(|)|/|.| |\n|\t|น.|เวลา|:|May|ิ|,"
anything = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES.split("|")), max_size=14).map("".join))
fiscal_year = st.one_of(st.none(), st.integers(2540, 2590))


@settings(max_examples=150, deadline=None)
@given(anything, fiscal_year)
def test_parsers_give_a_value_or_a_typed_error(text: str, be: int | None) -> None:
    for parse in (parse_date, parse_period):
        with suppress(ThaiParseError):
            assert parse(text, fiscal_year_be=be).raw in text
    reporting_round(text)
    month_number(text)


def _assert_apart(spans: list[tuple[int, int]]) -> None:
    assert all(start < end for start, end in spans)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@settings(max_examples=150, deadline=None)
@given(anything, fiscal_year)
def test_finds_are_verbatim_slices_in_order(text: str, be: int | None) -> None:
    dates = find_dates(text, fiscal_year_be=be)
    assert all(d.raw == text[d.start : d.end] for d in dates)
    _assert_apart([(d.start, d.end) for d in dates])
    periods: tuple[Period, ...] = find_periods(text, fiscal_year_be=be)
    assert all(p.raw == text[p.start_pos : p.end_pos] for p in periods)
    _assert_apart([(p.start_pos, p.end_pos) for p in periods])
    _assert_apart([(t.start_pos, t.end_pos) for t in find_times(text)])
    _assert_apart([(y.start, y.end) for y in find_fiscal_years(text)])


@settings(max_examples=200, deadline=None)
@given(st.dates(dt.date(1990, 1, 1), dt.date(2055, 12, 31)))
def test_every_calendar_date_is_read_back(day: dt.date) -> None:
    month = load("calendar")["months"][day.month - 1]
    weekday = load("calendar")["weekdays"][day.weekday()]["names"][0]
    be = day.year + 543
    thai_digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    printed = [
        f"{day.day} {month['full']} {be}",
        f"วัน{weekday}ที่ {day.day} {month['full']} พ.ศ. {be}",
        f"วันที่ {day.day} {month['short']}{be % 100:02d}",
        f"{day.day} {month['short'].replace('.', '')} {be}",
        f"{day.day} {month['english']} {day.year}",
        f"{day.day}/{day.month}/{be}",
        f"{day.day:02d}.{day.month:02d}.{be}",
        day.isoformat(),
    ]
    for text in [*printed, *(p.translate(thai_digits) for p in printed)]:
        found = parse_date(text)
        assert (found.iso, found.raw, found.weekday_ok is not False) == (day.isoformat(), text, True)
