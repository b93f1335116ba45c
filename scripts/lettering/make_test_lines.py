#!/usr/bin/env python3
"""Draws the line images that the tests read (`tests/data/lines`): machines that run the tests have no Thai fonts."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from lettering.damage import LEVELS  # noqa: E402
from lettering.draw import draw  # noqa: E402
from lettering.fonts import face  # noqa: E402

FOLDER = ROOT / "tests" / "data" / "lines"
LINES = (
    ("prose", "Sarabun", "clean", "รายงานผลการดำเนินการป้องกันการทุจริตของเทศบาลตำบลทุ่งลมเย็น"),
    ("thai-year", "THSarabunNew", "clean", "ประจำปีงบประมาณ พ.ศ. ๒๕๖๙"),
    ("thai-amount", "Laksaman", "jpeg", "งบประมาณทั้งสิ้น ๔๖๘,๗๙๐ บาท"),
    ("arabic", "Sarabun", "photo", "ไม่น้อยกว่าร้อยละ 87.50 ภายในปี 2568"),
    ("latin", "Norasi", "clean", "คะแนน ITA ของหน่วยงาน ระดับ A"),
    ("thai-date", "Kinnari", "fax", "วันที่ ๑๗ มีนาคม ๒๕๖๔"),
    ("item", "THSarabunNew", "jpeg", "๕.๔"),
)


def main() -> None:
    """Writes the pictures and, beside them, what they say."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(20)
    told = []
    for name, family, level, text in LINES:
        resolution, damage = LEVELS[level]
        points = 16 if family.startswith("TH") else 12
        picture = damage(draw(text, face(family), points * resolution / 72).pixels, rng)
        cv2.imwrite(str(FOLDER / f"{name}.jpg"), picture, [cv2.IMWRITE_JPEG_QUALITY, 85])
        told.append(f"{name}\t{text}")
    (FOLDER / "texts.tsv").write_text("\n".join(told) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
