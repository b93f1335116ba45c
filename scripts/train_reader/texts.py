"""Invented lines of text: running prose, names, numbers in all their uses, official phrases, English, and nonsense.

Nonsense (syllables and signs by chance) keeps the reader from trusting words more than its eyes.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from bisect import bisect
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from train_reader.signs import SIGNS

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_PHRASES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8"))
_ENDS = "่้๊๋์็ิีึืัุูํ"
_THAI_DIGITS = 0.45
"""Share of lines whose digits are Thai: real reports have either, by agency."""

Text = Callable[[], str]


class Sampler:
    """Lines by chance from a vocabulary (`vocabulary.py`), the same ones for the same seed."""

    def __init__(self, vocabulary: Path, seed: int) -> None:
        with gzip.open(vocabulary, "rt", encoding="utf-8") as stream:
            known: dict[str, list[Any]] = json.load(stream)
        self._known = known
        self._reach = list(accumulate(known["weights"]))
        self._rng = random.Random(seed)
        self._kinds: tuple[tuple[float, Text], ...] = (
            (0.24, self._prose),
            (0.14, self._message),
            (0.10, self._title),
            (0.06, self._rare_words),
            (0.08, self._nonsense),
            (0.06, self._person),
            (0.12, self._official),
            (0.10, self._numbers),
            (0.03, self._english),
            (0.02, self._signs),
            (0.05, self._term),
        )
        self._limits = list(accumulate(weight for weight, _ in self._kinds))

    def line(self) -> str:
        """One line; digits all Thai or all Arabic but for a few."""
        text = self._one()
        rng = self._rng
        while len(text) < 90 and rng.random() < 0.35:
            text += (" " if rng.random() < 0.8 else "") + self._one()
        text = self._as_printed(text)
        if rng.random() < _THAI_DIGITS:
            text = text.translate(_TO_THAI)
        return self._cut(text)

    def _one(self) -> str:
        return self._kinds[bisect(self._limits, self._rng.random() * self._limits[-1] * 0.999999)][1]()

    def _pick(self, kind: str) -> str:
        return str(self._rng.choice(self._known[kind]))

    def _phrase(self, kind: str) -> str:
        return self._rng.choice(_PHRASES[kind])

    def _word(self) -> str:
        return str(self._known["words"][bisect(self._reach, self._rng.random() * self._reach[-1] * 0.999999)])

    def _as_printed(self, text: str) -> str:
        """With what people put around and into text."""
        rng = self._rng
        if rng.random() < 0.12:
            text = rng.choice([self._item, self._bullet])() + " " + text
        if rng.random() < 0.06:
            text = rng.choice(["({})", "“{}”", '"{}"', "[{}]", "{}:", "{} ;", "{}.", "‘{}’", "({}"]).format(text)
        if rng.random() < 0.04:
            text += rng.choice(["", " "]) + "." * rng.randint(5, 40) + rng.choice(["", " " + self._amount()])
        if rng.random() < 0.03:
            text = text.replace(" ", "  ")
        return text

    def _cut(self, text: str) -> str:
        """A piece as a line or a cell has it: anything from a word to a full line."""
        rng = self._rng
        longest = rng.choice([6, 12, 20, 30, 45, 60, 80, 100, 115])
        if len(text) > longest:
            start = rng.randint(0, len(text) - longest)
            while start and text[start] in _ENDS + "ะาำๅ":
                start -= 1
            end = start + longest
            while end < len(text) and text[end] in _ENDS:
                end += 1
            text = text[start:end]
        return text.strip() or "-"

    def _prose(self) -> str:
        rng = self._rng
        parts: list[str] = []
        for _ in range(rng.randint(3, 22)):
            parts.append(self._word())
            chance = rng.random()
            if chance < 0.12:
                parts.append(" ")
            elif chance < 0.14:
                parts.append("ๆ ")
            elif chance < 0.155:
                parts.append(f" {self._phrase('abbreviations')} ")
            elif chance < 0.17:
                parts.append(f" {self._number()} ")
        return "".join(parts)

    def _message(self) -> str:
        return self._pick("messages")

    def _title(self) -> str:
        return self._pick("titles")

    def _term(self) -> str:
        return self._pick("terms")

    def _rare_words(self) -> str:
        return self._rng.choice(["", "", " "]).join(self._pick("rare") for _ in range(self._rng.randint(1, 8)))

    def _nonsense(self) -> str:
        rng = self._rng
        if rng.random() < 0.4:
            return "".join(self._pick("syllables") for _ in range(rng.randint(2, 15)))
        letters = SIGNS[:46]
        made = []
        for _ in range(rng.randint(2, 18)):
            chance = rng.random()
            lead = rng.choice("เแโใไ") if chance < 0.25 else ""
            vowel = rng.choice(["", "", "ิ", "ี", "ึ", "ื", "ุ", "ู", "ั", "็"])
            tone = rng.choice(["", "", "", "่", "้", "๊", "๋", "์"]) if vowel != "็" else ""
            tail = rng.choice(["", "", "", "า", "ะ", "ำ"]) if not vowel else ""
            made.append(lead + rng.choice(letters) + vowel + tone + tail)
        return "".join(made)

    def _person(self) -> str:
        rng = self._rng
        title = self._phrase("titles_of_people") + rng.choice(["", " "])
        name = f"{title}{self._pick('first')} {self._pick('family')}"
        if rng.random() < 0.5:
            name += rng.choice([" ", "  ", "   ", " ตำแหน่ง "]) + self._phrase("positions") + self._body()
        return name

    def _body(self) -> str:
        return self._rng.choice(["", *_PHRASES["bodies"]]) + self._rng.choice(
            [self._pick("provinces"), self._word(), ""]
        )

    def _official(self) -> str:
        rng = self._rng
        pieces = []
        for _ in range(rng.randint(1, 4)):
            makers: list[Text] = [
                lambda: self._phrase("labels"),
                self._date,
                self._body,
                lambda: self._phrase("abbreviations"),
                self._year,
                lambda: f"{self._phrase('labels')} {self._number()} {self._phrase('units')}",
                lambda: f"ไตรมาสที่ {rng.randint(1, 4)}",
                self._word,
                lambda: f"ร้อยละ {self._amount()}",
            ]
            pieces.append(rng.choice(makers)())
        return rng.choice([" ", " ", "", ": ", " - ", "/"]).join(pieces)

    def _date(self) -> str:
        rng = self._rng
        day, year = rng.randint(1, 31), self._year()
        month = rng.choice(rng.choice([_PHRASES["months"], _PHRASES["short_months"]]))
        return rng.choice(
            [
                f"{day} {month} {year}",
                f"วันที่ {day} {month} {year}",
                f"{day} {month} พ.ศ. {year}",
                f"{month} {year}",
                f"{month}{year[-2:]}",
                f"{day}/{rng.randint(1, 12)}/{year}",
                f"{day:02}-{rng.randint(1, 12):02}-{year[-2:]}",
                f"{month} - {self._phrase('months')} {year}",
                f"วัน{self._phrase('weekdays')}ที่ {day} {month} {year} เวลา {rng.randint(6, 20):02}.30 น.",
            ]
        )

    def _year(self) -> str:
        rng = self._rng
        return str(rng.randint(2540, 2585) if rng.random() < 0.85 else rng.randint(1900, 2040))

    def _amount(self) -> str:
        rng = self._rng
        value = rng.choice([9, 99, 100, 999, 9_999, 99_999, 999_999, 99_999_999])
        return rng.choice([f"{rng.randint(0, value):,}", f"{rng.uniform(0, value):,.2f}", f"{rng.uniform(0, 100):.1f}"])

    def _number(self) -> str:
        rng = self._rng
        return rng.choice(
            [str(rng.randint(0, 9)), str(rng.randint(10, 99)), str(rng.randint(100, 9999)), self._amount()]
        )

    def _item(self) -> str:
        rng = self._rng
        one, two, three = (rng.randint(1, 20) for _ in range(3))
        return rng.choice(
            [
                f"{one}.",
                f"{one})",
                f"({one})",
                f"{one}.{two}",
                f"{one}.{two}.{three}",
                f"{one}.{two})",
                "ก.",
                "(ข)",
                f"O{one}",
            ]
        )

    def _bullet(self) -> str:
        return self._rng.choice("-–•*+°")

    def _numbers(self) -> str:
        rng = self._rng
        makers: list[Text] = [
            self._number,
            self._amount,
            self._year,
            self._date,
            self._item,
            lambda: "".join(rng.choice("0123456789") for _ in range(rng.randint(1, 13))),
            lambda: f"{rng.randint(0, 9)} {rng.randint(1000, 9999)} {rng.randint(1000, 9999)}",
            lambda: f"{rng.randint(10, 99):03}-{rng.randint(100, 999)}-{rng.randint(1000, 9999)}",
            lambda: f"{self._amount()} {self._phrase('units')}",
            lambda: f"{self._year()} - {self._year()}",
            lambda: f"{self._number()}/{self._year()}",
            self._letter_number,
            lambda: f"{self._amount()}%",
            lambda: "-",
            lambda: f"{rng.choice('ABCDEF')}{rng.choice(['', '+', '-'])}",
            lambda: f"≥ {self._amount()}",
        ]
        return " ".join(rng.choice(makers)() for _ in range(rng.randint(1, 6)))

    def _letter_number(self) -> str:
        """The number of an official letter."""
        letters = "".join(self._rng.choice("กขคงจชซดตถทนบปพมยรลวสอ") for _ in range(2))
        return f"ที่ {letters} {self._number()}/ว {self._number()}"

    def _english(self) -> str:
        rng = self._rng
        words = [self._pick("english") for _ in range(rng.randint(1, 9))]
        shapes: list[Callable[[str], str]] = [str.lower, str.title, str.upper, str]
        shape = rng.choice(shapes)
        text = " ".join(shape(word) for word in words)
        if rng.random() < 0.15:
            text = re.sub(" ", rng.choice([".", "/", "_", "-"]), text.lower())
            text = rng.choice(["www.{}.go.th", "https://{}.or.th/", "{}@mail.go.th"]).format(text)
        return text

    def _signs(self) -> str:
        return "".join(self._rng.choice(SIGNS[-120:]) for _ in range(self._rng.randint(3, 25)))
