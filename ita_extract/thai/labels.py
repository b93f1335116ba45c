"""Labels of forms and tables, found whole or at the head of a text, with small OCR damage.

Labels live in `lexicon/fields.yaml` and `lexicon/columns.yaml`. A label is compared by its matching key; one that is
not found there is compared with every label, allowing one wrong letter in six.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from ita_extract.lexicon import load
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import fold_digits, key, toneless

Vocabulary = Literal["fields", "columns"]

MAX_LABEL = 120
"""Longest label looked for, in characters; the longest known one has 71."""
LETTERS_PER_ERROR = 6
"""One wrong letter is forgiven for each six letters of a label, so that no short word is taken for another."""
MIN_TOLERANT = 6
MIN_JOINED = 5
"""Letters of each of two labels that stand side by side without a sign between them."""
MIN_BARE_LABEL = 12
"""An unnumbered label without colon is believed from this length on ("ระยะเวลาดำเนินการ 1 ต.ค. …")."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a text.

    `key` is its canonical name, None for a label that is printed as one but unknown; `also` are further meanings of a
    combined label ("ปัญหาและข้อเสนอแนะ"). Offsets count in the text given; the value begins at `value_start`.
    `score` is 100 for a label found exactly, else the similarity in percent.
    """

    key: str | None
    also: tuple[str, ...]
    label_start: int
    label_end: int
    number_raw: str | None
    value_start: int
    score: float


# ------------------------------------------------------------------ whole labels
def match_label(text: str, vocabulary: Vocabulary) -> Label | None:
    """The label that the whole text is (number, colon and what stands in brackets aside), None when it is none."""
    if not text or len(text) > MAX_LABEL + 20:
        return None
    return _match(text, vocabulary)


@lru_cache(maxsize=8192)
def _match(text: str, vocabulary: Vocabulary) -> Label | None:
    numbering = parse_numbering(text)
    start = numbering.end if numbering and numbering.style != "letter" else 0
    bare = text[start:]
    end = start + len(bare.rstrip(" \t\n:：*.…_") or bare.rstrip())
    start += len(bare) - len(bare.lstrip())
    hit = _lookup(text[start:end], vocabulary) if end > start else None
    if hit is None:
        return None
    keys, score = hit
    number = numbering.raw if numbering and numbering.path else None
    return Label(keys[0], keys[1:], start, end, number, len(text), score)


def nearest_label(text: str, vocabulary: Vocabulary) -> str | None:
    """The known label that a text is but for damaged letters; None when it is spelt as listed, or is no label."""
    label = _match(" ".join(text.split()), vocabulary)
    if label is None or label.score >= 99:
        return None
    words = _vocabulary(vocabulary)
    hit = words.damaged(text)
    return words.printed[hit[1]] if hit is not None else None


def _lookup(label: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], float] | None:
    """The meanings of a label: listed as such, without its brackets or closing words, or combined of several."""
    words = _vocabulary(vocabulary)
    for form in words.forms(label):
        if form in words.exact:
            return (words.exact[form],), 100.0
    parts = _parts(label)
    if len(parts) > 1:
        meanings = [words.exactly(part) for part in parts]
        if all(meanings):
            return tuple(dict.fromkeys(m for m in meanings if m)), 100.0
    hit = words.reworded(label) or words.nearest(label)
    return hit if hit is not None or len(parts) < 2 else words.combined(parts)


def _parts(label: str) -> list[str]:
    """The parts of a combined label. Brackets are set aside first: "ตัวชี้วัด (KPIs) / เป้าหมาย"."""
    bare = re.sub(r"[(（][^()（）]*[)）]", " ", label)
    parts = [p.strip() for p in re.split(r"[/／,\n]|และ|หรือ", bare)]
    return [p for p in parts if p]


class _Words:
    """One vocabulary, prepared: folded label → canonical key."""

    def __init__(self, name: Vocabulary) -> None:
        data = load(name)
        self.exact: dict[str, str] = {}
        self.printed: dict[str, str] = {}
        for canonical, entry in data["entries"].items():
            for label in entry["labels"]:
                self.exact.setdefault(key(label) or label, canonical)
                self.printed.setdefault(toneless(label), label)
        self.allows_owner = name == "columns"
        self.shortest = 2 if name == "columns" else 4
        self.unkeyed = {key(label) for label in data.get("unkeyed", ())}
        self.tails = sorted((key(tail) for tail in data.get("tails", ())), key=len, reverse=True)
        self.leads = sorted((key(lead) for lead in data.get("leads", ())), key=len, reverse=True)
        self.needs_colon = {key(label) for label in data.get("needs_colon", ())}
        self.contrasts = tuple(toneless(word) for word in data.get("contrasts", ()))
        self.toneless = {toneless(label): canonical for label, canonical in self.exact.items()}
        self.skeletons: dict[str, str] = {}
        for label, canonical in self.exact.items():
            self.skeletons.setdefault(_skeleton(label), canonical)

    def forms(self, label: str) -> list[str]:
        """The folded readings of a label: as printed, without brackets, without year, closing and leading words."""
        forms = [key(label) or label.strip()]
        bare = re.sub(r"[(（\[][^()（）\[\]]*[)）\]]", " ", label)
        bare = re.sub(r"(?:ประจำ)?(?:ปีงบประมาณ|ปี)?\s*(?:พ\s*\.\s*ศ\s*\.)?\s*2[45]\d\d\s*$", "", fold_digits(bare))
        folded = key(bare)
        forms.append(folded)
        whose = _OWNER.search(folded, 4) if self.allows_owner and "  " not in label else None
        if whose is not None:
            forms.append(folded[: whose.start()])
        for tail in self.tails:
            if folded.endswith(tail) and len(folded) > len(tail) + 2:
                folded = folded[: -len(tail)]
                forms.append(folded)
                break
        for lead in self.leads:
            if folded.startswith(lead) and len(folded) > len(lead) + 2:
                forms.append(folded[len(lead) :])
                break
        return forms

    def exactly(self, label: str) -> str | None:
        """The meaning of a label that is listed, its brackets and closing words aside."""
        return next((self.exact[form] for form in self.forms(label) if form in self.exact), None)

    def combined(self, parts: list[str]) -> tuple[tuple[str, ...], float] | None:
        """The meanings of several labels in one, some of them damaged."""
        hits = [((name,), 100.0) if (name := self.exactly(part)) else self.nearest(part) for part in parts]
        if not all(hits):
            return None
        return tuple(dict.fromkeys(m for hit in hits if hit for m in hit[0])), min(hit[1] for hit in hits if hit)

    def reworded(self, label: str) -> tuple[tuple[str, ...], float] | None:
        """The meaning of a label that differs from a listed one in words without meaning of their own, or that puts two
        listed ones side by side ("เป้าหมายตัวชี้วัด").
        """
        for form in self.forms(label):
            bare = _skeleton(form)
            if len(bare) >= MIN_TOLERANT and bare in self.skeletons:
                return (self.skeletons[bare],), 99.0
            for cut in range(MIN_JOINED, len(form) - MIN_JOINED + 1):
                pair = self.exact.get(form[:cut]), self.exact.get(form[cut:])
                if pair[0] is not None and pair[1] is not None and pair[0] != pair[1]:
                    return (pair[0], pair[1]), 99.0
        return None

    def nearest(self, label: str) -> tuple[tuple[str, ...], float] | None:
        """The label that differs by damage only: lost tone marks, then one wrong letter in six."""
        from rapidfuzz.distance import Levenshtein

        folded = toneless(_BRACKETS.sub(" ", label))
        if folded in self.toneless and len(folded) >= self.shortest:
            return (self.toneless[folded],), 99.0
        hit = self.damaged(label)
        return ((self.toneless[hit[1]],), Levenshtein.normalized_similarity(*hit) * 98) if hit is not None else None

    def damaged(self, label: str) -> tuple[str, str] | None:
        """A folded form of a label, and the listed label within reach of OCR damage that it is taken for."""
        forms = dict.fromkeys((toneless(_BRACKETS.sub(" ", label)), *map(toneless, self.forms(label))))
        return next(((form, hit) for form in forms if (hit := self.closest(form)) is not None), None)

    def closest(self, folded: str) -> str | None:
        """The folded label within reach of OCR damage."""
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        limit = len(folded) // LETTERS_PER_ERROR
        if len(folded) < MIN_TOLERANT or not limit or len(folded) > MAX_LABEL:
            return None
        hit = process.extractOne(folded, self.toneless.keys(), scorer=Levenshtein.distance, score_cutoff=limit)
        if hit is None or any((word in folded) != (word in hit[0]) for word in self.contrasts):
            return None
        return hit[0] if re.findall(r"\d", folded) == re.findall(r"\d", hit[0]) else None

    @property
    def openings(self) -> re.Pattern[str]:
        """All labels, keyed or not, as a pattern at the head of a text; white space between letters is tolerated."""
        return _openings(self)


def _skeleton(folded: str) -> str:
    """A folded label without the words that come and go in it: `แนวทางการดำเนินงาน` and `แนวทางดำเนินการ` are one."""
    return re.sub("การ|ที่", "", re.sub("ดำเนินการ|ดำเนินงาน", "ดำเนิน", folded))


@cache
def _vocabulary(name: Vocabulary) -> _Words:
    return _Words(name)


@cache
def _openings(words: _Words) -> re.Pattern[str]:
    labels = sorted({*words.exact, *words.unkeyed}, key=len, reverse=True)
    return re.compile("|".join(r"\s?".join(map(re.escape, label)) for label in labels), re.IGNORECASE)


def find_labels(text: str, vocabulary: Vocabulary) -> list[tuple[int, int, str]]:
    """Labels that follow one another in a text, set apart by spaces: (start, end, canonical name), left to right."""
    words = _vocabulary(vocabulary)
    found: list[tuple[int, int, str]] = []
    at = _skip(text, 0)
    while at < len(text):
        match = words.openings.match(text, at)
        bracket = _BRACKET.match(text, match.end()) if match else None
        end = bracket.end() if bracket else match.end() if match else at
        name = words.exact.get(key(match[0])) if match else None
        if match is not None and name is not None and (end == len(text) or text[end].isspace()):
            found.append((at, end, name))
            at = _skip(text, end)
        else:
            gap = re.compile(r"\s|$").search(text, at + 1)
            at = _skip(text, gap.end() if gap else len(text))
    return found


# ------------------------------------------------------------------ label and value
_COLON = re.compile(r"\s*[*]?\s*[:：](?!//)(?!\d{2}\b)")
_OWNER = re.compile(
    "(?:ของ)?(?:สำนัก|กรม|มหาวิทยาลัย|คณะ|โรงเรียน|เทศบาล|จังหวัด|องค์กร|องค์การ|หน่วยงาน|กระทรวง|สถาบัน|อบต|โรงพยาบาล|วิทยาลัย)"
)
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_SIGNATURE = re.compile(r"ลงชื่อ|ลายมือชื่อ")
_LEADERS = re.compile(r"\s*[.…_]{3,}\s*")
_BRACKET = re.compile(r"\s*[(（](?=[^()（）\n]*[ก-ฮA-Za-z]{2})[^()（）\n]{2,40}[)）]")


def split_label(
    text: str, vocabulary: Vocabulary = "fields", *, bold_end: int = 0, in_sequence: bool = False
) -> Label | None:
    """The label that a text begins with, with the place where its value begins.

    A label ends at a colon, a row of dots, a wide gap or the end of its line; a numbered one also at a space: an
    ordinary word only where it goes on with the fields before, by its number or as in other records (`in_sequence`).
    Bold type that ends within the text (`bold_end`) ends a label too. An unknown label counts when it is
    numbered and has a colon or bold type. None when the text begins with no label.
    """
    if _SIGNATURE.search(text, 0, 40):
        return None
    first_line = text.split("\n", 1)[0]
    numbering = parse_numbering(first_line)
    if numbering is not None and numbering.style == "letter":
        numbering = None
    start = numbering.end if numbering else len(first_line) - len(first_line.lstrip())
    is_numbered = bool(numbering and numbering.path)
    number = numbering.raw if numbering and is_numbered else None
    colon = _COLON.search(first_line, start)
    if colon is not None and start < colon.start() <= start + MAX_LABEL:
        label = _before_colon(first_line, start, colon.start(), number, vocabulary)
        if label is not None:
            return label
    if start < bold_end < len(first_line):
        label = _before_colon(first_line, start, bold_end, number, vocabulary)
        end = _stripped_end(first_line, start, bold_end)
        sign = _COLON.match(first_line, end)
        if label is None and (is_numbered or sign is not None) and _looks_like_label(first_line[start:end]):
            value = _skip(text, sign.end() if sign else bold_end)
            return Label(None, (), start, end, number, value, 100.0 if sign else 0.0)
        if label is not None:
            return label
    label = _without_colon(text, first_line, start, number, vocabulary, in_sequence)
    if label is None and colon is not None and is_numbered and _looks_like_label(first_line[start : colon.start()]):
        return Label(None, (), start, colon.start(), number, _skip(text, colon.end()), 0.0)
    return label


def unknown_label(text: str) -> Label:
    """A label that only its place tells: all of the text, or what stands before its colon."""
    numbering = parse_numbering(text)
    start = numbering.end if numbering else 0
    colon = _COLON.search(text, start)
    end = _stripped_end(text, start, colon.start() if colon else len(text))
    number = numbering.raw if numbering and numbering.path else None
    return Label(None, (), start, end, number, _skip(text, colon.end() if colon else len(text)), 100.0)


def _before_colon(line: str, start: int, end: int, number: str | None, name: Vocabulary) -> Label | None:
    """The known label that stands between `start` and `end`, the place of a colon or of the end of bold type."""
    end = _stripped_end(line, start, end)
    colon = _COLON.match(line, end)
    value = _skip(line, colon.end() if colon else end + len(line[end:]) - len(line[end:].lstrip(" *")))
    hit = _lookup(line[start:end], name)
    if hit is not None:
        keys, score = hit
        return Label(keys[0], keys[1:], start, end, number, value, score)
    if key(line[start:end]) in _vocabulary(name).unkeyed:
        return Label(None, (), start, end, number, value, 100.0)
    return None


def _stripped_end(line: str, start: int, end: int) -> int:
    return start + len(line[start:end].rstrip(" *:：\t"))


def _without_colon(
    text: str, line: str, start: int, number: str | None, name: Vocabulary, in_sequence: bool
) -> Label | None:
    words = _vocabulary(name)
    whole = _match(line, name) if len(line) <= MAX_LABEL else None
    if whole is not None and (whole.score >= 100 or number is not None):
        return Label(whole.key, whole.also, start, whole.label_end, number, _skip(text, len(line)), whole.score)
    match = words.openings.match(line, start)
    if match is None:
        return None
    folded, end = key(match[0]), match.end()
    bracket = _BRACKET.match(line, end)
    if bracket is not None:
        end = bracket.end()
    rest = line[end:]
    leaders = _LEADERS.match(rest)
    wide = re.match(r"\s*$|\s{2,}|\t", rest)
    near = re.match(r"\s", rest) and (folded not in words.needs_colon or in_sequence)
    if not (leaders or wide or (near and (number is not None or in_sequence or len(folded) >= MIN_BARE_LABEL))):
        return None
    value = end + (leaders.end() if leaders else 0)
    return Label(words.exact.get(folded), (), start, end, number, _skip(text, value), 100.0)


def _skip(text: str, position: int) -> int:
    """The next position that is no white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _looks_like_label(text: str) -> bool:
    """Whether the words before a colon can be a label: short, and no sentence."""
    bare = re.sub(r"(?:พ\s*\.\s*ศ\s*\.)?\s*2[45]\d\d", "", fold_digits(text)).strip()
    return 2 <= len(bare) <= 70 and not re.search(r"\d{3,}|[.!?]\s", bare)
