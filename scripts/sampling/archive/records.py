"""The records of an invented archive: plans, result reports, minutes and score sheets of three agencies, by year, and
papers of other kinds (news, forms, policies, lists), whose parts papers.yaml holds as they are written.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ..layout import thai_date, weekday

HERE = Path(__file__).resolve().parent
YEARS = (2565, 2566, 2567)
Record = dict[str, Any]
_MONEY = (120_000, 45_500, 0, 68_000)
_SPENT = (112_350, 45_500, 0, 61_900)
_ADDRESSED = (6, 5, 8, 9)
"""The indicators of the assessment that the measures are meant to raise."""
_MEETING_DAYS = {2565: "2022-02-10", 2566: "2022-11-24", 2567: "2024-02-29"}
_SCORES = {
    2565: ((95.62, 92.40, 97.10), "AA A"),
    2566: ((88.10, 90.05, 97.50), "ผ่านดี ผ่าน"),
    2567: ((91.25, 84.10, 96.25), "ผ่านดี ผ่าน"),
}


def _load(name: str) -> list[Record]:
    found: list[Record] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return found


def agencies() -> list[Record]:
    """What each agency is called, who works there and what it plans."""
    return _load("agencies.yaml")


def plantings() -> list[Record]:
    """Every planted contradiction and every look-alike, with the values that it changes."""
    return _load("plantings.yaml")


def documents() -> dict[str, Record]:
    """The records of every document, by its name (`reef-plan-2565`), with the planted values in their places."""
    found: dict[str, Record] = {}
    for number, agency in enumerate(agencies()):
        for year in YEARS:
            for kind, build in (("plan", _plan), ("report", _report), ("minutes", _minutes), ("scores", _scores)):
                head = {"kind": kind, "agency": agency, "year": year}
                found[f"{agency['id']}-{kind}-{year}"] = head | build(agency, year, number)
    known = {agency["id"]: agency for agency in agencies()}
    for paper in _load("papers.yaml"):
        found[paper["id"]] = {"kind": "paper"} | paper | {"agency": known[paper["agency"]]}
    for planting in plantings():
        changes = {planting["document"]: planting.get("set", {}), **planting.get("also", {})}
        for name, values in changes.items():
            for path, value in values.items():
                _set(found[name], path.split("."), value)
        found[planting["document"]].get("notes", []).extend(planting.get("notes", []))
    return found


def _set(record: Any, path: list[str], value: Any) -> None:
    *way, last = path
    for step in way:
        record = record[int(step)] if isinstance(record, list) else record[step]
    if isinstance(record, list):
        record[int(last)] = value
    else:
        assert last in record, f"no such value: {last}"
        record[last] = value


def _plan(agency: Record, year: int, number: int) -> Record:
    items = [
        {
            "title": title,
            "indicator": indicator,
            "target": target,
            "owner": agency["units"][(at + 1) % 4 if at else 0],
            "budget": f"{_MONEY[at] + 500 * number:,} บาท" if _MONEY[at] else "ไม่ใช้งบประมาณ",
            "months": [3 * at, 3 * at + 2],
            "marks": "✓✓✓",
            "ita": _ADDRESSED[at],
        }
        for at, (title, indicator, target, _) in enumerate(agency["measures"])
    ]
    return {
        "goal": f"คะแนน ITA ภาพรวมไม่น้อยกว่า {86 + number} คะแนน",
        "period": f"1 ตุลาคม {year - 1} - 30 กันยายน {year}",
        "lead": agency["units"][0],
        "budget": f"{sum(_MONEY) + 1500 * number:,} บาท",
        "risk": "ผู้รับผิดชอบโยกย้ายระหว่างปี",
        "mitigation": "แต่งตั้งผู้ปฏิบัติหน้าที่แทนไว้ทุกเรื่อง",
        "items": items,
        "notes": [],
        "code": None,
        "signed": f"{agency['people'][0]} {agency['positions'][0]}",
        "date": thai_date(f"{year - 544}-10-{12 + number}"),
    }


def _report(agency: Record, year: int, number: int) -> Record:
    items = [
        {
            "title": title,
            "indicator": indicator,
            "target": target,
            "actual": actual,
            "achieved": "บรรลุ",
            "allocated": f"{_MONEY[at] + 500 * number:,.2f}" if _MONEY[at] else "ไม่ใช้งบประมาณ",
            "spent": f"{_SPENT[at] + 500 * number:,.2f}" if _MONEY[at] else "-",
            "status": "ดำเนินการแล้วเสร็จ",
            "progress": "100",
            "result": agency["results"][year][at],
            "problem": "ไม่มี",
            "owner": agency["units"][(at + 1) % 4 if at else 0],
        }
        for at, (title, indicator, target, actual) in enumerate(agency["measures"])
    ]
    return {
        "round": "รอบ 12 เดือน",
        "period": f"1 ตุลาคม {year - 1} - 30 กันยายน {year}",
        "name": f"{agency['name']} ({agency['abbr']})",
        "items": items,
        "notes": [],
        "code": None,
        "signed": f"{agency['people'][3]} {agency['positions'][3]}",
        "date": thai_date(f"{year - 543}-10-{5 + number:02}"),
    }


def _minutes(agency: Record, year: int, number: int) -> Record:
    day = date.fromisoformat(_MEETING_DAYS[year]).replace(day=_day(year, number)).isoformat()
    people = [list(pair) for pair in zip(agency["people"], agency["positions"], strict=True)]
    roles = ("ประธานกรรมการ", "กรรมการ", "กรรมการ", "กรรมการและเลขานุการ")
    present = [
        {"order": str(at + 1), "name": name, "position": position, "role": roles[at]}
        for at, (name, position) in enumerate(people[:4])
    ]
    return {
        "number": str(number + 1),
        "number_year": str(year),
        "weekday": weekday(day),
        "date": thai_date(day),
        "place": agency["place"],
        "start": "09.30",
        "end": "11.45",
        "present": present,
        "absent": [{"order": "1", "name": people[4][0], "position": people[4][1], "role": "กรรมการ"}],
        "agenda": [
            ["1", "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", "ประธานขอบคุณทุกหน่วยที่ส่งข้อมูลครบก่อนกำหนด", "รับทราบ"],
            ["2", "เรื่องเพื่อพิจารณา", f"{agency['units'][2]}เสนอแบบสอบถามผู้รับบริการฉบับปรับปรุง", "เห็นชอบ"],
        ],
        "clerk": people[3][0],
        "checker": people[1][0],
    }


def _day(year: int, number: int) -> int:
    return {2565: 10, 2566: 22, 2567: 27}[year] + number


def _scores(agency: Record, year: int, number: int) -> Record:
    (iit, eit, oit), grades = _SCORES[year]
    iit, eit = iit - 0.5 * number, eit - 0.25 * number
    total = 0.3 * iit + 0.3 * eit + 0.4 * oit
    best, good = grades.split()
    grade = best if (total >= 95 if year == 2565 else min(iit, eit, oit) >= 85) else good
    return {
        "iit": f"{iit:.2f}",
        "eit": f"{eit:.2f}",
        "oit": f"{oit:.2f}",
        "i09": f"{oit + 1.5:.2f}",
        "i10": f"{oit - 1.5:.2f}",
        "total": f"{total:.2f}",
        "grade": grade,
        "notes": [],
    }
