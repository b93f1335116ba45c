"""How well whole pages are read from scans: character errors, digits, years and time, beside other programs.

Pages of invented text are drawn in one typeface each, damaged as in `scanning/damage.py`, and read by every program
from the same picture. Character errors are edits (insertions, deletions, exchanges) per printed character after
Unicode repair, with line ends and runs of blanks as one blank.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from time import perf_counter

import cv2
import numpy as np
from numpy.random import Generator
from rapidfuzz.distance import Levenshtein

from ita_extract.thai.text import repair
from lettering.draw import draw
from lettering.fonts import Face, face
from lettering.sentences import lines
from measuring.programs import OWN, Answer, ours, programs
from scanning.damage import LEVELS, Pixels, Scan

FAMILIES = (
    "Sarabun", "THSarabunNew", "Laksaman", "Kinnari", "Garuda", "Norasi", "Umpush", "Loma", "Waree", "Prompt",
    "NotoSerifThai", "THNiramitAS",
)  # fmt: skip
A4 = (3508, 2480)
LINES = 24
NAMES = ("นายกฤติน มณีโสภณ", "นางสาวพิมพ์ชนก แสงทอง", "นางวารุณี ศรีสุขใส", "นายธนพล บุญเรืองรอง")
POSTS = ("ผู้อำนวยการกองช่าง", "ปลัดเทศบาล", "นักวิชาการคลังชำนาญการ", "หัวหน้าสำนักปลัด")
TONE_MARKS = "่้๊๋"
_YEAR = re.compile(r"(?<![0-9๐-๙.,])(?:25|๒๕)[0-9๐-๙]{2}(?![0-9๐-๙])")


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page and what it says, line by line."""

    pixels: Pixels
    text: str


@dataclass(slots=True)
class Score:
    """Counts of one program on one kind of page; `letters` are the characters without blanks, of which some programs
    write one after every Thai letter."""

    characters: int = 0
    errors: int = 0
    letters: int = 0
    letter_errors: int = 0
    digits: dict[str, int] = field(default_factory=lambda: {"thai": 0, "arabic": 0})
    digits_right: dict[str, int] = field(default_factory=lambda: {"thai": 0, "arabic": 0})
    tones: int = 0
    tones_right: int = 0
    years: int = 0
    years_right: int = 0
    years_flagged: int = 0
    seconds: float = 0.0

    def add(self, other: Score) -> None:
        """Adds the counts of another."""
        for own in fields(self):
            if own.name not in ("digits", "digits_right"):
                setattr(self, own.name, getattr(self, own.name) + getattr(other, own.name))
        for script in self.digits:
            self.digits[script] += other.digits[script]
            self.digits_right[script] += other.digits_right[script]


def page(typeface: Face, rng: Generator) -> PrintedPage:
    """A page of prose, numbers and a list of people, in one typeface."""
    em = (16 if typeface.family.startswith("TH") else 12) * 300 / 72
    pixels = np.full(A4, 255, np.uint8)
    told: list[str] = []
    y = 260
    pool = lines(rng, 400)
    while len(told) < LINES:
        if len(told) >= LINES - 4:
            text = f"{len(told) - LINES + 5}. {rng.choice(NAMES)}{' ' * int(rng.integers(3, 14))}{rng.choice(POSTS)}"
        else:
            text = next(pool)
        drawn = draw(text, typeface, em)
        height, width = drawn.pixels.shape
        if width > A4[1] - 400:
            continue
        view = pixels[y : y + height, 200 : 200 + width]
        np.minimum(view, drawn.pixels, out=view)
        y += min(round(2.0 * em), (A4[0] - 500) // LINES)
        told.append(text)
    return PrintedPage(pixels, "\n".join(told))


# ------------------------------------------------------------------ judging
def folded(text: str) -> str:
    """A text as it is compared."""
    return " ".join(repair(text).text.split())


def judged(printed: str, answer: Answer) -> Score:
    """Counts what was read right."""
    truth, read = folded(printed), folded(answer.text)
    doubted = _doubted(answer, read)
    letters = truth.replace(" ", "")
    score = Score(
        characters=len(truth),
        letters=len(letters),
        letter_errors=Levenshtein.distance(letters, read.replace(" ", "")),
        seconds=answer.seconds,
    )
    place: dict[int, int] = {}
    near: dict[int, tuple[int, int]] = {}
    for op in Levenshtein.opcodes(truth, read):
        if op.tag == "equal":
            place.update(zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True))
        else:
            score.errors += max(op.src_end - op.src_start, op.dest_end - op.dest_start)
        near.update(dict.fromkeys(range(op.src_start, op.src_end), (op.dest_start, op.dest_end)))
    for at, char in enumerate(truth):
        if char.isdigit():
            script = "thai" if char >= "๐" else "arabic"
            score.digits[script] += 1
            score.digits_right[script] += at in place
        elif char in TONE_MARKS:
            score.tones += 1
            score.tones_right += at in place
    for match in _YEAR.finditer(truth):
        score.years += 1
        places = [place.get(at) for at in range(*match.span())]
        if None not in places and places[-1] - places[0] == 3:  # type: ignore[operator]
            score.years_right += 1
        else:
            spans = [near[at] if (own := place.get(at)) is None else (own, own + 1) for at in range(*match.span())]
            around = range(min(a for a, _ in spans) - 1, max(b for _, b in spans) + 1)
            score.years_flagged += any(at in doubted for at in around)
    return score


def _doubted(answer: Answer, read: str) -> set[int]:
    """Which characters of the folded text are doubted: those that stand where doubted ones stood."""
    if not answer.doubted:
        return set()
    places: set[int] = set()
    for op in Levenshtein.opcodes(answer.text, read):
        size = max(1, op.src_end - op.src_start)
        for at in range(op.src_start, op.src_end):
            if at in answer.doubted:
                places.add(op.dest_start + (at - op.src_start) * (op.dest_end - op.dest_start) // size)
    return places


def measure(
    families: Sequence[str], levels: Sequence[str], pages: int, peers: Path | None, seed: int = 0
) -> dict[tuple[str, str, str], Score]:
    """Scores by program, family and level."""
    scores: defaultdict[tuple[str, str, str], Score] = defaultdict(Score)
    readers = programs(peers)
    for number, family in enumerate(families):
        for turn in range(pages):
            printed = page(face(family), np.random.default_rng(seed + 1000 * turn + number))
            for level in levels:
                scan = LEVELS[level](printed.pixels, seed + 10 * number + turn)
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / f"page{scan.suffix}"
                    path.write_bytes(scan.data)
                    for name, program in readers.items():
                        scores[name, family, level].add(judged(printed.text, program(scan, path)))
    return dict(scores)


# ------------------------------------------------------------------ reporting
def report(pages: int, peers: Path | None, seed: int = 0, families: Sequence[str] = FAMILIES) -> None:
    """Prints the tables in markdown."""
    scores = measure(families, list(LEVELS), pages, peers, seed)
    names = list(dict.fromkeys(name for name, _, _ in scores))
    unseen = [family for family in families if face(family).is_held_out]
    print("| character errors | " + " | ".join(names) + " |\n|---|" + "--:|" * len(names))
    for level in LEVELS:
        groups = {**{family: [family] for family in families}, "never trained on": unseen, "all": families}
        for group, members in groups.items():
            cells = [_summed(scores, name, members, [level]) for name in names]
            print(f"| {level}, {group} | " + " | ".join(_share(s.errors, s.characters) for s in cells) + " |")
        print(f"| {level}, blanks left out | " + " | ".join(_share(s.letter_errors, s.letters) for s in cells) + " |")
    print("\n| digits and tone marks right, years | " + " | ".join(names) + " |\n|---|" + "--:|" * len(names))
    for level in LEVELS:
        cells = [_summed(scores, name, families, [level]) for name in names]
        for script in ("thai", "arabic"):
            shares = (_share(s.digits_right[script], s.digits[script]) for s in cells)
            print(f"| {level}, {script} digits | " + " | ".join(shares) + " |")
        print(f"| {level}, tone marks | " + " | ".join(_share(s.tones_right, s.tones) for s in cells) + " |")
        years = (f"{s.years_right} + {s.years_flagged} of {s.years}" for s in cells)
        print(f"| {level}, years right + flagged | " + " | ".join(years) + " |")
    print("\nleast share of digits right in one family:")
    for level in LEVELS:
        for script in ("thai", "arabic"):
            by_family = {f: scores[OWN, f, level] for f in families}
            worst = min(by_family, key=lambda f: by_family[f].digits_right[script] / by_family[f].digits[script])
            s = by_family[worst]
            print(f"  {level}, {script}: {_share(s.digits_right[script], s.digits[script])} ({worst})")
    bare = _summed(scores, "tesseract --psm 6", families, list(LEVELS)).seconds
    for name in names:
        print(
            f"CPU time per tesseract --psm 6: {name} {_summed(scores, name, families, list(LEVELS)).seconds / bare:.2f}"
        )


def _summed(
    scores: dict[tuple[str, str, str], Score], name: str, families: Iterable[str], levels: Iterable[str]
) -> Score:
    total = Score()
    for (program, family, level), score in scores.items():
        if program == name and level in levels and family in families:
            total.add(score)
    return total


def _share(part: int, whole: int) -> str:
    return f"{part / max(1, whole):.2%}"


# ------------------------------------------------------------------ pages in parallel
@cache
def _scan() -> Scan:
    return LEVELS["flatbed"](page(face(FAMILIES[0]), np.random.default_rng(7)).pixels, 7)


def _one(_: int) -> int:
    path = Path(f"page{_scan().suffix}")
    return len(ours(_scan(), path).text)


def report_parallel(count: int = 8) -> None:
    """How much faster two processes read pages than one."""
    cv2.setNumThreads(1)
    times = []
    for workers in (1, 2):
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(_one, range(2 * workers)))
            started = perf_counter()
            list(pool.map(_one, range(count)))
            times.append(perf_counter() - started)
    print(f"pages in two processes: {times[0] / times[1]:.2f} times as fast as in one")
