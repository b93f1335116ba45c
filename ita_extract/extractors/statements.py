"""General facts that documents cite: the national target, strategies, purposes of the assessment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found, found
from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.outline.model import Line
from ita_extract.records import Statement
from ita_extract.thai.numbers import find_quantities
from ita_extract.thai.text import fold_digits, key

_SHARE = re.compile(r"หน่วยงาน(?:ของรัฐ|ภาครัฐ)?[^\n]{0,80}?ร้อยละ\s*([\d๐-๙]+(?:\.[\d๐-๙]+)?)")
_YEARS = re.compile(
    r"(?:(?:ภาย)?ใน|ระหว่าง)?(?:ช่วง)?ปี\s*(?:งบประมาณ)?\s*(?:พ\s*\.?\s*ศ\s*\.?)?\s*([\d๐-๙]{4})(?:\s*[-–—]\s*([\d๐-๙]{4}))?"
)
_SCORE = re.compile(r"[^\n]{0,100}?([\d๐-๙]+(?:\.[\d๐-๙]+)?)\s*คะแนน(?:\s*ขึ้นไป)?")
_PARTS = re.compile(
    r"(?:กรอบ(?:ข้อมูล|แนวคิด|การประเมิน)|แหล่งข้อมูล|เครื่องมือ(?:ในการประเมิน)?)\s*(?:จาก|จำนวน|มี|ประกอบด้วย)?\s*"
    r"[\d๐-๙]{1,2}\s*(?:ส่วน|แหล่ง|เครื่องมือ|มิติ|แบบ)"
)
_STRATEGY = re.compile(
    r"(?:ยุทธศาสตร์ชาติ|แผนแม่บท|แผนปฏิบัติการ|แผนการปฏิรูปประเทศ|นโยบายและแผน)[^\n()]{5,120}?"
    r"(?:ระยะที่\s*[\d๐-๙]+\s*)?[(（]\s*พ\s*\.?\s*ศ\s*\.?\s*([\d๐-๙]{4})\s*[-–—]\s*([\d๐-๙]{4})\s*[)）]"
)


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields each fact once; the same sentence met again is a repeat."""
    seen: set[str] = set()
    for line in context.outline.lines:
        for item in (*_national_targets(context, line), *_strategies(context, line), *_definitions(context, line)):
            text = key(getattr(item.record, "text_raw", "") or "")
            if text not in seen:
                seen.add(text)
                yield item
    yield from _purposes(context)


def _national_targets(context: Context, line: Line) -> Iterator[Found]:
    """`ในปี พ.ศ. … หน่วยงานภาครัฐร้อยละ … ต้อง… คะแนนขึ้นไป`."""
    for share in _SHARE.finditer(line.text):
        score = _SCORE.match(line.text, share.end())
        if score is None:
            continue
        years = [m for m in _YEARS.finditer(line.text) if m.end() <= share.start() + 3 and share.start() - m.end() < 60]
        start = years[-1].start() if years else share.start()
        quote = line.quote.slice(start, score.end()).strip()
        span = years[-1] if years else None
        operator = next((q.operator for q in find_quantities(quote.text) if q.unit == "score"), None)
        yield found(
            Statement(
                statement_id=context.ids.next("Q"),
                kind="national_target",
                text_raw=quote.text,
                period_start_be=int(fold_digits(span[1])) if span else None,
                period_end_be=int(fold_digits(span[2] or span[1])) if span else None,
                share_percent=Decimal(fold_digits(share[1])),
                score_operator=operator or ">=",
                score_value=Decimal(fold_digits(score[1])),
            ),
            quote,
        )


def _strategies(context: Context, line: Line) -> Iterator[Found]:
    for match in _STRATEGY.finditer(line.text):
        quote = line.quote.slice(*match.span())
        yield found(
            Statement(
                statement_id=context.ids.next("Q"),
                kind="strategy",
                text_raw=quote.text,
                period_start_be=int(fold_digits(match[1])),
                period_end_be=int(fold_digits(match[2])),
            ),
            quote,
        )


@cache
def _instruments() -> re.Pattern[str]:
    names = [entry["name"] for entry in load("ita")["instruments"].values()]
    name = "|".join(map(re.escape, names))
    return re.compile(rf"(?:{name})\s*[(（][A-Za-z][^()（）]{{3,90}}[)）]|(?<=[\d๐-๙][.)]\s)(?:{name})")


def _definitions(context: Context, line: Line) -> Iterator[Found]:
    """What the assessment consists of: its parts, and its instruments with their English names."""
    for pattern, kind in ((_PARTS, "definition"), (_instruments(), "instrument")):
        for match in pattern.finditer(line.text):
            quote = line.quote.slice(*match.span())
            statement = Statement(statement_id=context.ids.next("Q"), kind=kind, text_raw=quote.text)  # type: ignore[arg-type]
            yield found(statement, quote)


def _purposes(context: Context) -> Iterator[Found | Quote]:
    """Numbered lines below a sentence that announces the purposes of the assessment."""
    leads = tuple(load("parts")["purpose_leads"])
    open_list = 0
    for line in context.outline.lines:
        if any(lead in line.text for lead in leads) and line.text.rstrip(" :").endswith(("ดังนี้", "คือ", "ได้แก่")):
            open_list = 1
            yield line.quote
            continue
        match = re.match(r"\s*([\d๐-๙]{1,2})[.)]\s*", line.text)
        if open_list and match and int(fold_digits(match[1])) == open_list:
            open_list += 1
            text = line.quote.slice(match.end()).strip()
            yield found(Statement(statement_id=context.ids.next("Q"), kind="purpose", text_raw=text.text), line.quote)
        elif open_list > 1:
            open_list = 0
