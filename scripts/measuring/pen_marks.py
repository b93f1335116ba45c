"""How well marks of a pen are read from scanned forms: circles round an option, ticks and crosses where no box is.

Forms of invented text are drawn in one typeface each, marked with shaky strokes, and damaged as in
`scanning/damage.py`. Counted are the options that the records say are selected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.fuzz import ratio

from ita_extract.pipeline import records_of
from ita_extract.readers.options import ReadOptions
from ita_extract.readers.scan import read_pictures
from ita_extract.readers.scan.content import seen
from ita_extract.vision.page_image import page_images
from lettering.fonts import face, faces
from lettering.sentences import lines
from measuring.ocr import A4, FAMILIES
from scanning.damage import LEVELS, Pixels, Scan

KINDS = ("words", "slashed", "digits", "letters", "list", "brackets", "dots", "rules")
PEN = (20, 110)
"""Grey levels of pens, from ink to a faint ball pen."""
ALIKE = 75
"""Likeness (0-100) from which a label that was read is the one that was printed: marks are counted, not letters."""
OPTIONS = (
    ("บรรลุ", "ไม่บรรลุ"), ("มาก", "ปานกลาง", "น้อย"), ("มี", "ไม่มี"), ("ดำเนินการแล้ว", "อยู่ระหว่างดำเนินการ", "ยังไม่ดำเนินการ"),
    ("เหมาะสม", "ไม่เหมาะสม"), ("ใช่", "ไม่ใช่"), ("สูง", "กลาง", "ต่ำ"), ("เห็นชอบ", "ไม่เห็นชอบ"),
)  # fmt: skip
QUESTIONS = ("ผลการดำเนินงาน", "ระดับความพึงพอใจ", "ความเห็นของผู้รายงาน", "ระดับความเสี่ยง", "ผลตามเป้าหมาย")
NUMERALS = ("1 2 3 4 5", "5 4 3 2 1", "๑ ๒ ๓ ๔ ๕", "1 2 3 4", "๕ ๔ ๓ ๒ ๑")


@dataclass(slots=True)
class Group:
    """Options of one question, which is marked, and the middle of its mark in pixels of the form."""

    kind: str
    labels: tuple[str, ...]
    chosen: int
    place: tuple[float, float] = (0.0, 0.0)


@dataclass(slots=True)
class Form:
    """A marked page and its groups."""

    pixels: Pixels
    groups: list[Group] = field(default_factory=list)


class Sheet:
    """A page of print on which a pen draws. Sizes in pixels at 300 dpi."""

    def __init__(self, family: str, rng: Generator) -> None:
        points = 16 if family.startswith("TH") else 12
        self.em = points * 300 / 72
        self.rng = rng
        self.font = ImageFont.truetype(str(face(family).path), round(self.em), layout_engine=ImageFont.Layout.RAQM)
        self.image = Image.new("L", (A4[1], A4[0]), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.marked = (0.0, 0.0)
        self.pen = int(rng.integers(*PEN))
        self.nib = int(rng.integers(4, 8))

    def write(self, x: float, y: float, text: str) -> tuple[float, float, float, float]:
        """Prints text, its baseline at `y`; gives the box of its ink."""
        self.draw.text((x, y), text, font=self.font, fill=0, anchor="ls")
        x0, top, x1, bottom = self.draw.textbbox((x, y), text, font=self.font, anchor="ls")
        return float(x0), float(top), float(x1), float(bottom)

    def width(self, text: str) -> float:
        """How wide a text is."""
        return float(self.font.getlength(text))

    def stroke(self, points: NDArray[np.float64]) -> None:
        """A line of the pen, a little shaky."""
        shaken = cv2.GaussianBlur(self.rng.normal(0, 4, points.shape), (1, 9), 3)
        ends = [(float(x), float(y)) for x, y in points + shaken]
        self.draw.line(ends, fill=self.pen, width=self.nib, joint="curve")

    def circle(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """A circle round a box: not quite closed, or overlapping."""
        r = self.rng
        self.marked = (x0 + x1) / 2, (top + bottom) / 2
        pad = r.uniform(0.1, 0.4, 4) * self.em
        cx, cy = (x0 - pad[0] + x1 + pad[1]) / 2, (top - pad[2] + bottom + pad[3]) / 2
        a, b = (x1 + pad[1] - x0 + pad[0]) / 2 * 1.12, (bottom + pad[3] - top + pad[2]) / 2 * 1.1
        start, turn = r.uniform(0, 2 * np.pi), np.radians(r.uniform(-5, 20))
        t = np.linspace(start, start + 2 * np.pi + r.uniform(-0.15, 0.8), 70)
        wobble = 1 + 0.05 * np.sin(2 * t + r.uniform(0, 6)) + np.linspace(-0.04, 0.06, 70)
        x, y = a * wobble * np.sign(np.cos(t)) * np.abs(np.cos(t)) ** 0.9, b * wobble * np.sin(t)
        lean = np.sin(turn) * 0.6
        self.stroke(np.stack([cx + x, cy + y - lean * x * min(1.0, b / a)], axis=1))

    def tick(self, x: float, y: float, size: float) -> None:
        """A tick about a middle."""
        r = self.rng
        knots = np.array([[-0.45, 0.0], [-0.15, 0.45], [0.55, -0.6]]) + r.uniform(-0.07, 0.07, (3, 2))
        path = np.concatenate([np.linspace(knots[0], knots[1], 8)[:-1], np.linspace(knots[1], knots[2], 14)])
        self.stroke(np.array([x, y]) + size * path)

    def cross(self, x: float, y: float, size: float) -> None:
        """A cross about a middle."""
        for one, two in (((-0.4, -0.4), (0.4, 0.4)), ((0.4, -0.45), (-0.4, 0.4))):
            ends = np.array([one, two]) + self.rng.uniform(-0.08, 0.08, (2, 2))
            self.stroke(np.array([x, y]) + size * np.linspace(ends[0], ends[1], 12))

    def put(self, x: float, y: float) -> None:
        """A tick or a cross about a middle."""
        self.marked = x, y
        mark = self.tick if self.rng.random() < 0.7 else self.cross
        mark(x, y - 0.1 * self.em, float(self.rng.uniform(0.5, 0.95)) * self.em)


def form(family: str, rng: Generator, kinds: Sequence[str] = KINDS) -> Form:
    """A page of prose in which questions with marked options stand."""
    sheet, groups = Sheet(family, rng), []
    prose = lines(rng, 200)
    y, step = 300.0, 2.0 * sheet.em
    for number, kind in enumerate((str(k) for k in rng.permutation(np.array(kinds))), 1):
        for _ in range(2):
            text = next(prose)
            while sheet.width(text) > A4[1] - 420:
                text = next(prose)
            sheet.write(200, y, text)
            y += step
        group, y = _group(sheet, kind, number, y, step)
        groups.append(group)
    return Form(np.asarray(sheet.image, np.uint8).copy(), groups)


def _group(sheet: Sheet, kind: str, number: int, y: float, step: float) -> tuple[Group, float]:
    rng = sheet.rng
    labels: tuple[str, ...] = OPTIONS[int(rng.integers(len(OPTIONS)))]
    if kind == "digits":
        labels = tuple(str(rng.choice(np.array(NUMERALS))).split())
    chosen = int(rng.integers(len(labels)))
    head = f"{number}. {rng.choice(np.array(QUESTIONS))}"
    is_inline = kind in ("words", "slashed", "digits") and rng.random() < 0.6
    x = sheet.write(200, y, head + (" : " if is_inline else ""))[2] + 0.6 * sheet.em
    if not is_inline:
        x, y = 290.0, y + step
    gap = float(rng.uniform(1.2, 3)) * sheet.em
    for at, label in enumerate(labels):
        if kind == "list" and at:
            x, y = 290.0, y + step
        x = _option(sheet, kind, at, label, x, y, at == chosen) + gap
        if kind == "slashed" and at + 1 < len(labels):
            x = sheet.write(x - gap + 0.25 * sheet.em, y, "/")[2] + 0.25 * sheet.em
    return Group(kind, labels, chosen, sheet.marked), y + 1.1 * step


def _option(sheet: Sheet, kind: str, at: int, label: str, x: float, y: float, chosen: bool) -> float:
    """Prints an option and marks it where it is chosen; gives where it ends."""
    em, middle = sheet.em, y - 0.25 * sheet.em
    if kind in ("letters", "list"):
        letter = sheet.write(x, y, f"{'กขคง'[at]}.")
        if chosen:
            sheet.circle(*letter)
        return sheet.write(letter[2] + 0.45 * em, y, label)[2]
    if kind in ("words", "slashed", "digits"):
        box = sheet.write(x, y, label)
        if chosen:
            sheet.circle(*box)
        return box[2]
    if kind == "brackets":
        end = x + sheet.width("(       )") + 0.2 * em
        sheet.write(x, y, "(")
        place = sheet.write(end - sheet.width(")"), y, ")")
        if chosen:
            sheet.put((x + end) / 2, middle)
        return sheet.write(place[2] + 0.3 * em, y, label)[2]
    if kind == "dots":
        row = sheet.write(x, y, "." * int(sheet.rng.integers(9, 14)))
    else:
        row = (x, y, x + 2.0 * em, y)
        sheet.draw.line([(x, y + 2), (row[2], y + 2)], fill=0, width=3)
    if chosen:
        sheet.put((row[0] + row[2]) / 2, middle)
    return sheet.write(row[2] + 0.15 * em, y, label)[2]


# ------------------------------------------------------------------ judging
def selected(data: bytes, suffix: str) -> tuple[list[str], str]:
    """The labels of all options that the records of a picture call selected, and its text."""
    document = read_pictures(data, f"form{suffix}", ReadOptions())
    records = records_of(document)
    rows = records.rows("rating_options")
    return [str(row["label_raw"]) for row in rows if row["selected"]], document.source


def judged(groups: Sequence[Group], found: Sequence[str]) -> tuple[Counter[str], int]:
    """How many marked options of each kind were found, and how many of what was found is not marked."""
    left = list(found)
    counts: Counter[str] = Counter()
    for group in groups:
        wanted = group.labels[group.chosen]
        names = [wanted, f"{'กขคงจ'[group.chosen]}. {wanted}"] if group.kind in ("letters", "list") else [wanted]
        hit = next((label for label in left if max(ratio(label, name) for name in names) >= ALIKE), None)
        counts[group.kind] += hit is not None
        if hit is not None:
            left.remove(hit)
    return counts, len(left)


def pages(count: int, kinds: Sequence[str]) -> Iterator[tuple[str, Form]]:
    """Forms in one typeface after the other, of those that are installed."""
    known = {candidate.family for candidate in faces()}
    installed = [family for family in FAMILIES if family in known]
    for number in range(count):
        family = installed[number % len(installed)]
        yield family, form(family, np.random.default_rng(500 + number), kinds)


def marked(scan: Scan, groups: Sequence[Group]) -> tuple[Counter[str], int]:
    """The same for marks at their places on the picture, before anything is read."""
    view = seen(next(iter(page_images(scan.data, scan.suffix))))
    found = [box[:4] for box in (*view.circles, *(box for box in view.boxes if box.state))]
    back = np.linalg.inv(view.page.matrix)
    counts: Counter[str] = Counter()
    for group in groups:
        x, y, w = back @ scan.matrix @ (*group.place, 1.0)
        hit = next((b for b in found if b[0] <= x / w <= b[2] and b[1] - 10 <= y / w <= b[3] + 10), None)
        counts[group.kind] += hit is not None
        if hit is not None:
            found.remove(hit)
    return counts, len(found)


def report(
    count: int = 60, is_read: bool = True, kinds: Sequence[str] = KINDS, levels: Sequence[str] = tuple(LEVELS)
) -> None:
    """Prints recall by kind, and precision, by level: of selected options in the records, or of marks only."""
    print("| level | " + " | ".join(kinds) + " | recall | precision |")
    for level in levels:
        hits: Counter[str] = Counter()
        wrong = 0
        for number, (_, sheet) in enumerate(pages(count, kinds)):
            scan = LEVELS[level](sheet.pixels, number)
            if is_read:
                counts, false = judged(sheet.groups, selected(scan.data, scan.suffix)[0])
            else:
                counts, false = marked(scan, sheet.groups)
            hits += counts
            wrong += false
        total = sum(hits.values())
        shares = " | ".join(f"{hits[kind] / count:.0%}" for kind in kinds)
        recall, precision = total / (count * len(kinds)), total / max(1, total + wrong)
        print(f"| {level} | {shares} | {recall:.1%} | {precision:.1%} |", flush=True)
