"""Typefaces to train on, in one folder that travels: `FAMILY--WEIGHT.ttf`, none of the families that are held out."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

OFFICIAL = (
    "THSarabunNew",
    "THSarabun",
    "Sarabun",
    "Laksaman",
    "Garuda",
    "Loma",
    "Kinnari",
    "THK2DJuly8",
    "THKrub",
    "THBaijam",
)
FANCY: tuple[str, ...] = (
    "Purisa",
    "Itim",
    "Sriracha",
    "THMaliGrade6",
    "Mali",
    "THCharmofAU",
    "THCharmonman",
    "Charm",
    "Pattaya",
    "Chonburi",
)
FANCY += ("THSrisakdi", "THFahkwang", "Fahkwang")
_WEIGHTS = {"official": 4.0, "usual": 1.0, "fancy": 0.3}
_LATIN_WEIGHT = 0.6
_LATIN = ("LiberationSans", "LiberationSerif", "LiberationSansNarrow", "DejaVuSans", "DejaVuSerif")
_MEASURED = 200


@dataclass(frozen=True, slots=True)
class TrainingFace:
    """A font file: how often it is drawn, the signs it has, and the height of its consonants (digits where it has no
    Thai) per em."""

    path: Path
    weight: float
    signs: frozenset[str]
    consonant: float


def collect(folder: Path) -> None:
    """Copies the typefaces of this machine that may be trained on into `folder`."""
    from lettering.fonts import faces

    folder.mkdir(parents=True, exist_ok=True)
    for face in faces():
        if not face.is_held_out:
            shutil.copyfile(face.path, folder / f"{face.family}--{face.weight}.ttf")
    for family in _LATIN:
        for path in Path("/usr/share/fonts/truetype").glob(f"*/{family}*.ttf"):
            if not any(word in path.stem for word in ("Italic", "Oblique", "Mono", "Math", "Light", "Condensed")):
                weight = "Bold" if "Bold" in path.stem else "Regular"
                shutil.copyfile(path, folder / f"{family}--{weight}.ttf")


def training_faces(folder: Path) -> list[TrainingFace]:
    """The typefaces of a folder that `collect` made."""
    paths = sorted(folder.glob("*.ttf"))
    families = [path.stem.split("--")[0] for path in paths]
    return [_face(path, families.count(family)) for path, family in zip(paths, families, strict=True)]


def _face(path: Path, weights_of_family: int) -> TrainingFace:
    family = path.stem.split("--")[0]
    kind = "official" if family in OFFICIAL else "fancy" if family in FANCY else "usual"
    signs = frozenset(map(chr, TTFont(path, lazy=True).getBestCmap()))
    is_thai = "บ" in signs
    box = font(str(path), _MEASURED).getbbox("บ" if is_thai else "0")
    weight = _WEIGHTS[kind] if is_thai else _LATIN_WEIGHT
    return TrainingFace(path, weight / weights_of_family**0.5, signs, (box[3] - box[1]) / _MEASURED)


@lru_cache(maxsize=512)
def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    """A font of `size` pixels per em, shaped as Thai needs."""
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
