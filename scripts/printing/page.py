"""How one print looks: font, size, paper, what runs along its edges."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FONTS = Path("/usr/share/fonts/truetype")
FAMILIES = {
    "Loma": "tlwg/Loma", "Garuda": "tlwg/Garuda", "Norasi": "tlwg/Norasi", "Kinnari": "tlwg/Kinnari",
    "Sawasdee": "tlwg/Sawasdee", "Laksaman": "tlwg/Laksaman", "Waree": "tlwg/Waree", "Umpush": "tlwg/Umpush",
    "Tlwg Typo": "tlwg/TlwgTypo", "Noto Sans Thai": "noto/NotoSansThai", "Noto Serif Thai": "noto/NotoSerifThai",
    "Noto Looped Thai": "noto/NotoLoopedThai",
}  # fmt: skip
"""Thai families of Debian's fonts-thai-tlwg and fonts-noto; Laksaman is drawn after TH Sarabun New."""
SMALL = frozenset({"Norasi", "Kinnari", "Laksaman"})
"""Families whose letters are small for their type size."""


@dataclass(frozen=True, slots=True)
class Setup:
    """One print. `map` is the way in which the office producer writes text; `turned`
    lays its pages on their side: the viewer turns them back (`page`), or they stay so (`content`); `draws_marks` draws
    ticks, bars and boxes instead of writing them."""

    family: str
    points: float
    map: str = "private"
    landscape: bool = False
    columns: int = 1
    turned: Literal["", "page", "content"] = ""
    draws_marks: bool = False
    head: str = ""
    footnotes: tuple[str, ...] = ()

    def file(self, bold: bool = False) -> Path:
        """The font's file."""
        stem = FAMILIES[self.family]
        plain = ("-Regular",) if stem.startswith("noto/") else ("",)
        return next(FONTS / f"{stem}{end}.ttf" for end in (("-Bold",) if bold else plain))
