"""Invented lines as official documents print them: prose of the samples, and lines of digits, years and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from numpy.random import Generator

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_PRINTED = re.compile(r"[ก-ฺเ-๙0-9A-Za-z .,:;()/%\-–\"]+")
_TEMPLATES = (
    "{n}.{n} ประจำปีงบประมาณ พ.ศ. {year}",
    "วันที่ {day} เดือน {month} พ.ศ. {year} เวลา {hour}.{minute} น.",
    "ตั้งแต่วันที่ {day} {month} {year} ถึงวันที่ {day} {month} {year}",
    "งบประมาณ {amount} บาท ({n} โครงการ)",
    "ร้อยละ {percent} ของเรื่องร้องเรียนทั้งหมด {count} เรื่อง",
    "หนังสือที่ มท {count}.{n}/ว {count} ลงวันที่ {day} {month} {year}",
    "คะแนน ITA ปี {year} ได้ {percent} คะแนน ระดับ A",
    "โทรศัพท์ ๐-{count}-{count}",
    "แผนปฏิบัติการป้องกันการทุจริต ({year} - {year})",
    "ตัวชี้วัดที่ {n} การใช้งบประมาณ {percent}",
    "({n}) จำนวน {count} คน ณ วันที่ {day} {month} {year}",
    "มาตรา {count}/{n} แห่งพระราชบัญญัติฯ พ.ศ. {year}",
)
_MONTHS = ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "ต.ค.", "พ.ย.", "ธ.ค.")


@cache
def _prose() -> tuple[str, ...]:
    lines = []
    for path in sorted(SAMPLES.glob("*/source.*")):
        if path.suffix not in (".md", ".txt"):
            continue
        for line in re.split(r"[\n\t|]|<[^>]*>", path.read_text(encoding="utf-8")):
            plain = re.sub(r"[*#]+|^\s*[-_]+\s|ํา", lambda m: "ำ" if m[0] == "ํา" else "", line).strip()
            if 25 <= len(plain) <= 90 and _PRINTED.fullmatch(plain):
                lines.append(re.sub(" +", " ", plain))
    return tuple(dict.fromkeys(lines))


def digits_changed(text: str, rng: Generator, *, thai: bool) -> str:
    """Every digit that is not part of a year of this century replaced by chance, all in one script."""
    script = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    folded = text.translate(script)
    parts = re.split(r"(25\d\d|\d)", folded)
    changed = "".join(str(rng.integers(10)) if len(part) == 1 and part.isdigit() else part for part in parts)
    return changed.translate(_THAI) if thai else changed


def _filled(template: str, rng: Generator) -> str:
    def value(match: re.Match[str]) -> str:
        kind = match[1]
        choices = {
            "n": lambda: str(rng.integers(1, 30)),
            "year": lambda: str(rng.integers(2540, 2580)),
            "day": lambda: str(rng.integers(1, 32)),
            "month": lambda: str(rng.choice(_MONTHS)),
            "hour": lambda: f"{rng.integers(8, 18):02d}",
            "minute": lambda: f"{rng.integers(0, 60):02d}",
            "amount": lambda: f"{rng.integers(1, 9_999_999):,}",
            "percent": lambda: f"{rng.uniform(40, 100):.2f}",
            "count": lambda: str(rng.integers(1, 9999)),
        }
        return choices[kind]()

    return re.sub(r"\{(\w+)\}", value, template)


def lines(rng: Generator, count: int) -> Iterator[str]:
    """`count` lines, every other one prose, the rest full of digits; half in Thai digits, half in Arabic ones."""
    prose = _prose()
    for number in range(count):
        thai = number % 4 < 2
        if number % 2:
            text = _filled(str(rng.choice(_TEMPLATES)), rng)
            yield text.translate(_THAI) if thai else text.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))
        else:
            yield digits_changed(prose[int(rng.integers(len(prose)))], rng, thai=thai)
