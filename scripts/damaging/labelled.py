"""The labelled set: every kind of good page, and every kind of damage on pages of several lengths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from damaging import modes, texts
from damaging.modes import Mode
from damaging.paper import LOGO, SCAN, STRIPS, Sheet

SHORT = 130
"""Characters of a short page."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A page and the truth about it: the reasons for which it must be read from its picture, none if it is good."""

    name: str
    held_out: bool
    reasons: tuple[str, ...]
    sheet: Sheet


def labelled() -> Iterator[Labelled]:
    """All pages, good ones first."""
    for held_out, prose, others in (
        (False, texts.DAMAGEABLE_TUNED, texts.TUNED),
        (True, texts.DAMAGEABLE_HELD_OUT, texts.HELD_OUT),
    ):
        for name, text in {**prose, **others}.items():
            yield Labelled(name, held_out, (), Sheet(text))
        for name, text in prose.items():
            yield Labelled(f"{name}, short", held_out, (), Sheet(_short(text)))
    yield from _layouts()
    for held_out, prose, kinds in (
        (False, texts.DAMAGEABLE_TUNED, modes.TUNED),
        (True, texts.DAMAGEABLE_HELD_OUT, modes.HELD_OUT),
    ):
        for kind, mode in kinds.items():
            yield from _damaged(kind, mode, prose, held_out)


def _damaged(kind: str, mode: Mode, prose: dict[str, str], held_out: bool) -> Iterator[Labelled]:
    pictures = (STRIPS if held_out else SCAN) if mode.under_scan else ()
    for name, text in prose.items():
        sheet = Sheet(mode.spoil(text), pictures, hidden=mode.under_scan)
        yield Labelled(f"{kind}: {name}", held_out, mode.reasons, sheet)
    first = next(iter(prose.values()))
    if not mode.rare:
        reasons = (*mode.reasons, "stamp_on_picture") if pictures else mode.reasons
        yield Labelled(f"{kind}: short", held_out, reasons, Sheet(mode.spoil(_short(first)), pictures, bool(pictures)))
    half = f"{texts.TUNED['english']}\n{mode.spoil(first)}"
    if not mode.under_scan:
        yield Labelled(f"{kind}: below English", held_out, mode.reasons, Sheet(half))


def _short(text: str) -> str:
    """Whole words of the text's second line, which is running text."""
    return text.split("\n")[1][:SHORT].rsplit(" ", 1)[0]


def _layouts() -> Iterator[Labelled]:
    """What pictures and outlines beside the text make of a page."""
    plan, minutes = texts.DAMAGEABLE_TUNED["plan"], texts.DAMAGEABLE_HELD_OUT["minutes"]
    stamp = "สำเนาถูกต้อง\n(นายวีระ ทองคำ)\nนิติกรชำนาญการ"
    yield Labelled("scan with a good layer", False, (), Sheet(plan, SCAN, hidden=True))
    yield Labelled("scan in strips with a good layer", True, (), Sheet(minutes, STRIPS, hidden=True))
    yield Labelled("text with a logo", False, (), Sheet(plan, LOGO))
    yield Labelled("text on a background", True, (), Sheet(minutes, SCAN))
    yield Labelled("Japanese page without a scan", False, (), Sheet(texts.JAPANESE))
    yield Labelled("blank page", False, (), Sheet())
    yield Labelled("drawing with text", True, (), Sheet(minutes, outlines=600))
    yield Labelled("short page with a logo", True, (), Sheet("ภาคผนวก ข", LOGO))
    stamped = ("stamp_on_picture",)
    yield Labelled("scan", False, ("picture_only",), Sheet("", SCAN))
    yield Labelled("scan in strips", True, ("picture_only",), Sheet("", STRIPS))
    yield Labelled("page number on a scan", False, stamped, Sheet("- 12 -", SCAN, foot=True))
    yield Labelled("page number on strips", True, stamped, Sheet("๑๒", STRIPS, foot=True))
    yield Labelled("stamp on a scan", False, stamped, Sheet(stamp, SCAN))
    yield Labelled(
        "received stamp on strips", True, stamped, Sheet("รับที่ 1234/67\nวันที่ 9 ม.ค. 2567 เวลา 10.30 น.", STRIPS)
    )
    yield Labelled("scanner's name on a scan", True, stamped, Sheet("Scanned with CamScanner", SCAN, foot=True))
    yield Labelled("outlines", False, ("outlines",), Sheet(outlines=900))
    yield Labelled("outlines with a page number", False, ("outlines",), Sheet("7", outlines=900, foot=True))
