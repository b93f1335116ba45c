"""Thai font families on this machine, by name: Debian's, the national fonts, and web fonts made whole."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools import merge, ttLib

ROOT = Path(__file__).resolve().parents[2]
FETCHED = ROOT / "build" / "fonts"
_DEBIAN = (
    "tlwg/*.ttf",
    "arundina/*.ttf",
    "noto/NotoSansThai-*.ttf",
    "noto/NotoLoopedThai-*.ttf",
    "noto/NotoSansThaiLooped-*.ttf",
)
_NOT_TEXT = ("TlwgMono", "TlwgTypo", "TlwgTypist", "SansMono", "Oblique", "Italic", "Webdings", "Angsana")
"""Faces that are not used: typewriter faces, slanted ones, symbols, and a font that is not free."""
_WEB_WEIGHTS = (300, 400, 500, 600, 700)
HELD_OUT = ("Norasi", "Umpush", "Prompt", "NotoSerifThai", "THNiramitAS", "Niramit", "Waree")
"""Families that training never sees: two with serifs, two loopless or wide, one of the national kind under both of its
names, and one that resembles DejaVu."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: its family, and its weight as `Regular`, `Bold` or a number."""

    family: str
    weight: str
    path: Path

    @property
    def is_held_out(self) -> bool:
        """Whether training never sees this family."""
        return self.family in HELD_OUT


def _installed() -> list[Face]:
    found = []
    for path in sorted(path for pattern in _DEBIAN for path in Path("/usr/share/fonts/truetype").glob(pattern)):
        if any(word in path.stem for word in _NOT_TEXT):
            continue
        family, _, weight = path.stem.partition("-")
        found.append(Face(family, weight or "Regular", path))
    return found


def _national(fetched: Path) -> list[Face]:
    paths = sorted((fetched / "wheels" / "unpacked").rglob("*.ttf"))
    return [Face(path.stem, "Regular", path) for path in paths if not any(word in path.stem for word in _NOT_TEXT)]


def _web(fetched: Path) -> list[Face]:
    """Web fonts come cut by script; the Thai and the Latin part are put together again."""
    found = []
    whole = fetched / "whole"
    whole.mkdir(parents=True, exist_ok=True)
    for folder in sorted((fetched / "node_modules" / "@fontsource").glob("*")):
        family = "".join(word.capitalize() for word in folder.name.split("-"))
        for weight in _WEB_WEIGHTS:
            parts = [folder / "files" / f"{folder.name}-{part}-{weight}-normal.woff" for part in ("latin", "thai")]
            if not all(part.exists() for part in parts):
                continue
            path = whole / f"{folder.name}-{weight}.ttf"
            if not path.exists():
                _join(parts, path)
            found.append(Face(family, str(weight), path))
    return found


def _join(parts: list[Path], path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for number, part in enumerate(parts):
            font = ttLib.TTFont(part)
            font.flavor = None
            plain.append(f"{folder}/{number}.ttf")
            font.save(plain[-1])
        merge.Merger().merge(plain).save(path)


@cache
def faces(fetched: Path = FETCHED) -> tuple[Face, ...]:
    """All faces found, in a fixed order."""
    return tuple(_installed() + _national(fetched) + _web(fetched))


def face(family: str, weight: str = "Regular") -> Face:
    """The face of that name.

    Raises:
        LookupError: it is not on this machine; run `scripts/lettering/fetch_fonts`.
    """
    wanted = {weight, {"Regular": "400", "Bold": "700"}.get(weight, weight)}
    for candidate in faces():
        if candidate.family == family and candidate.weight in wanted:
            return candidate
    raise LookupError(f"no font {family} {weight}: run scripts/lettering/fetch_fonts")
