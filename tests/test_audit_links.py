"""Links between documents: what belongs together is linked with its reasons, and what is not clear is left."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from test_audit_cases import records_of

from ita_extract.audit.comparison import comparison
from ita_extract.audit.likeness import SCALE, SHINGLE, sketch
from ita_extract.audit.links import links
from ita_extract.audit.wording import amount
from ita_extract.cli import main
from ita_extract.records import DocumentLink

ROOT = Path(__file__).resolve().parents[1]
TOWN = "เทศบาลตำบลบางน้ำใส"
OTHER = "องค์การบริหารส่วนตำบลเขาใบไม้"
LETTERS = st.text(alphabet="กขคงจชซดตถทนบปพฟมยรลวสหอะาิีุูเแโ0123456789", min_size=0, max_size=400)
Tables = dict[str, list[dict[str, Any]]]


def document(kind: str, year: int | None = 2565, agency: str | None = TOWN, **rows: Any) -> Tables:
    return {
        "documents": [{"doc_type": kind, "agency": agency, "fiscal_year_be": year, **rows.pop("about", {})}],
        **rows,
    }


def items(*titles: str) -> list[dict[str, Any]]:
    return [{"activity_id": f"a{n}", "title": title, "level": "project"} for n, title in enumerate(titles, 1)]


def blocks(text: str) -> list[dict[str, Any]]:
    return [{"block_id": "b1", "text_raw": text, "usage": "claimed"}]


def links_of(*documents: Tables) -> dict[str, list[DocumentLink]]:
    """The links by type; document 1 is named `0…01`, and so on."""
    ids = [f"{number:016x}" for number, _ in enumerate(documents, 1)]
    records = [records_of(tables, one, f"{one}/") for one, tables in zip(ids, documents, strict=True)]
    found: dict[str, list[DocumentLink]] = {}
    with comparison(records) as compared:
        for link in links(compared):
            found.setdefault(link.link_type or "", []).append(link)
    return found


def ends(link: DocumentLink) -> tuple[int, int]:
    return int(link.from_document_id or "0", 16), int(link.to_document_id or "0", 16)


def prose(seed: int, letters: int = 9000) -> str:
    """Text without sense, of which no run of letters repeats."""
    return "".join(np.random.default_rng(seed).choice(list("กขคงจชซดตถทนบปพฟมยรลวสหอ"), letters))


def test_a_report_leads_to_the_plan_of_its_agency_and_year() -> None:
    found = links_of(
        document("plan", activities=items("อบรมคุณธรรม", "ตรวจรับพัสดุร่วมกัน")),
        document("result_report", activities=items("อบรมคุณธรรม")),
        document("plan", 2566, activities=items("อบรมคุณธรรม")),
        document("plan", 2565, OTHER, activities=items("อบรมคุณธรรม")),
    )
    (link,) = found["result_of"]
    assert ends(link) == (2, 1)
    assert link.score == Decimal("0.833")
    assert "1/2" in (link.reason_en or "") and "1/2" in (link.reason_th or "")


def test_of_two_plans_the_one_whose_items_are_reported_is_taken() -> None:
    found = links_of(
        document("plan", activities=items("อบรมคุณธรรม", "ตรวจรับพัสดุร่วมกัน")),
        document("plan", activities=items("ปรับปรุงหน้าเว็บไซต์", "ติดตั้งตู้รับเรื่อง")),
        document("result_report", activities=items("ปรับปรุงหน้าเว็บไซต์", "ติดตั้งตู้รับเรื่อง")),
    )
    assert [ends(link) for link in found["result_of"]] == [(3, 2)]


def test_between_two_plans_that_fit_alike_nothing_is_guessed() -> None:
    plan = document("plan", activities=items("อบรมคุณธรรม"))
    assert "result_of" not in links_of(plan, plan, document("result_report", activities=items("อบรมคุณธรรม")))


def test_without_a_year_the_content_must_fit() -> None:
    plan = document("plan", activities=items("อบรมคุณธรรม", "ตรวจรับพัสดุร่วมกัน"))
    alike = document("result_report", None, activities=items("อบรมคุณธรรม", "ตรวจรับพัสดุร่วมกัน"))
    apart = document("result_report", None, activities=items("ปรับปรุงหน้าเว็บไซต์", "ติดตั้งตู้รับเรื่อง"))
    (link,) = links_of(plan, alike)["result_of"]
    assert "not known" in (link.reason_en or "")
    assert "result_of" not in links_of(plan, apart)


def test_the_series_of_an_agency_is_linked_year_by_year() -> None:
    years = [document("plan", year, about={"title_raw": f"แผนปฏิบัติการ ปี {year}"}) for year in (2565, 2566, 2568)]
    (link,) = links_of(*years)["next_year"]
    assert ends(link) == (1, 2)
    assert link.score == 1


def test_copies_are_told_from_documents_made_after_one_another() -> None:
    text = prose(1)
    found = links_of(
        document("plan", blocks=blocks(text)),
        document("plan", blocks=blocks(" ".join(text))),
        document("plan", blocks=blocks(text[:8000] + prose(2, 1000))),
        document("plan", 2566, blocks=blocks(text[:7500] + prose(3, 1500))),
        document("plan", blocks=blocks(prose(4))),
    )
    assert [ends(link) for link in found["exact_duplicate"]] == [(2, 1)]
    assert [ends(link) for link in found["near_duplicate"]] == [(3, 1), (3, 2)]
    assert all(Decimal("0.8") < (link.score or 0) < Decimal("0.97") for link in found["near_duplicate"])


def test_what_many_documents_print_makes_no_copies() -> None:
    form = prose(1)
    towns = [document("plan", agency=f"{TOWN}{n}", blocks=blocks(form + prose(n + 10, 2000))) for n in range(5)]
    assert "near_duplicate" not in links_of(*towns)


def test_a_name_alone_makes_nobody_the_same() -> None:
    def minutes(agency: str, position: str) -> Tables:
        person = {"given_name": "มะลิ", "surname": "แสงดาว", "name_raw": "นางมะลิ แสงดาว", "position_raw": position}
        return document("minutes", agency=agency, attendees=[{"attendee_id": "n1", **person}])

    found = links_of(minutes(TOWN, "ปลัดเทศบาล"), minutes(TOWN, "ปลัดเทศบาล"), minutes(OTHER, "ครูชำนาญการ"))
    (link,) = found["same_person"]
    assert ends(link) == (2, 1)
    assert link.from_record_refs == "0000000000000002/n1"
    assert "มะลิ" not in f"{link.reason_en}{link.reason_th}"


def test_an_event_that_two_documents_tell_of_is_one() -> None:
    def news(agency: str, day: str, name: str) -> Tables:
        return document("press_release", agency=agency, events=[{"event_id": "e1", "name": name, "start_date": day}])

    found = links_of(
        news(TOWN, "2022-03-09", "อบรมจริยธรรมพนักงานประจำปี"),
        news(OTHER, "2022-03-09", "อบรมจริยธรรมพนักงานประจำปี"),
        news(TOWN, "2022-03-09", "การอบรมจริยธรรมพนักงานประจำปี"),
        news(TOWN, "2022-03-10", "อบรมจริยธรรมพนักงานประจำปี"),
    )
    assert [ends(link) for link in found["same_event"]] == [(2, 1), (3, 1)]


def test_the_command_line_writes_and_exports_links(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(f"แผนปฏิบัติการ {TOWN} ประจำปีงบประมาณ พ.ศ. 2565\n1. อบรมคุณธรรมพนักงาน\n", "utf-8")
    (tmp_path / "two.txt").write_text(f"แผนปฏิบัติการ  {TOWN}\nประจำปีงบประมาณ พ.ศ. 2565\n1. อบรมคุณธรรมพนักงาน\n", "utf-8")
    out = tmp_path / "out"
    assert main(["run", str(tmp_path), "-o", str(out), "--quiet", "--jobs", "1"]) == 0
    main(["audit", str(out), "--format", "jsonl"])
    with (out / "tables" / "document_links.csv").open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["link_type"], row["score"]) == ("exact_duplicate", "1.000")
    assert main(["export", str(out), "--format", "jsonl"]) == 0
    lines = (out / "exports" / "jsonl" / "document_links.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["link_id"] for line in lines] == [row["link_id"]]


@settings(deadline=None)
@given(LETTERS, LETTERS)
def test_a_part_has_the_shingles_that_the_whole_has(one: str, two: str) -> None:
    assert set(sketch(one).tolist()) <= set(sketch(two + one).tolist())
    assert (len(sketch(one)) == 0) or len(one) >= SHINGLE


def test_one_shingle_in_so_many_is_kept() -> None:
    assert abs(len(sketch(prose(5, 200_000))) * SCALE / 200_000 - 1) < 0.05


def test_the_page_shows_links_with_their_reasons_and_never_runs_them(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("reef-plan-2566.html", "reef-report-2566.html", "reef-plan-2567.html", "reef-scores-2565.html"):
        text = (ROOT / "samples" / "archive" / name).read_text(encoding="utf-8")
        (folder / f"<img src=x onerror=alert(1)>{name}").write_text(text, encoding="utf-8")
    copy = (folder / "<img src=x onerror=alert(1)>reef-scores-2565.html").read_bytes()
    (folder / "copy.html").write_bytes(copy + b"\n")
    main(["run", str(folder), "-o", str(tmp_path / "out"), "--quiet", "--jobs", "1"])
    main(["audit", str(tmp_path / "out"), "--select", "D04"])
    soup = BeautifulSoup((tmp_path / "out" / "findings.html").read_text(encoding="utf-8"), "lxml")
    (report,) = soup.select("tr[data-link=result_of]")
    cells = [cell.text for cell in report.select("td")]
    assert "reef-report-2566.html" in cells[0]
    assert "reef-plan-2566.html" in cells[1]
    assert Decimal(cells[2]) > Decimal("0.9")
    assert "หน่วยงานและปีงบประมาณเดียวกัน" in cells[3]
    assert "4/4 planned items are in the report" in cells[3]
    assert len(soup.select("tr[data-link=exact_duplicate]")) == 1
    assert "2566 and 2567" in soup.select("tr[data-link=next_year]")[0].text
    assert not soup.find_all("img")


def test_amounts_of_money_have_separators() -> None:
    amounts = ("1250000.00", "61900.5", "0", "999.999", "-1500")
    assert [amount(Decimal(one)) for one in amounts] == ["1,250,000", "61,900.50", "0", "999.999", "-1,500"]
