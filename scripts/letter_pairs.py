#!/usr/bin/env python3
"""Writes ita_extract/lexicon/letter_pairs.yaml: the pairs of letters that make up nearly all Thai and English text.

Thai: words of the Thai National Corpus with their frequencies (in PyThaiNLP), and the pairs that arise where two words
meet. English: the topics of Python's own manual. Only the pairs are kept, not how often each stands.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from pydoc_data.topics import topics  # type: ignore[import-not-found,unused-ignore]

import yaml
from pythainlp.corpus import tnc

OUT = Path(__file__).resolve().parents[1] / "ita_extract" / "lexicon" / "letter_pairs.yaml"
COVERED = 0.99
"""Share of all pairs in running text that the kept ones make up."""
MEETING = 0.7
"""Share of words that another word follows without a space (measured on the samples)."""

EXAMPLES = [
    {"text": "เทศบาลได้จัดทำแผนปฏิบัติการเพื่อยกระดับการดำเนินงานและเผยแพร่ให้ประชาชนทราบ", "nonsense": False},
    {"text": "ฏลรูมวกใๆเฉุดหวแบ่ฆษมณูฎฒฬตภ์ไฉืธฐูฏญซฑฌคุฎณฮฬฟ", "nonsense": True},
    {"text": "The agency publishes its annual plan and the results of every quarter", "nonsense": False},
    {"text": "1JYUlJ'i-lfi iiil!n·l~ fl1'U~1'tin1~---~14~1J~~o:n fl'i:;·,w::~-·lqgx", "nonsense": True},
]
"""What the pairs tell apart; a test reads them."""


def thai() -> Counter[str]:
    """Pairs of Thai letters with their weights."""
    pairs: Counter[str] = Counter()
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    words = {word: count for word, count in tnc.unigram_word_freqs().items() if re.fullmatch("[\u0e01-\u0e4e]+", word)}
    for word, count in words.items():
        for pair in pairwise(word):
            pairs["".join(pair)] += count
        first[word[0]] += count
        last[word[-1]] += count
    for end, ends in last.items():
        for start, starts in first.items():
            pairs[end + start] += round(MEETING * ends * starts / sum(words.values()))
    return pairs


def english() -> Counter[str]:
    """Pairs of Latin letters; a space stands for the edge of a word."""
    pairs: Counter[str] = Counter()
    for word in re.findall(r"[a-z]{2,}", " ".join(topics.values()).lower()):
        pairs.update(a + b for a, b in zip(f" {word}", f"{word} ", strict=True))
    return pairs


def common(pairs: Counter[str]) -> dict[str, str]:
    """The most frequent pairs that cover COVERED of the text: first letter → all that follow it."""
    left = COVERED * sum(pairs.values())
    kept: dict[str, list[str]] = {}
    for pair, count in pairs.most_common():
        if left <= 0:
            break
        left -= count
        kept.setdefault(pair[0], []).append(pair[1])
    return {letter: "".join(sorted(after)) for letter, after in sorted(kept.items())}


def main() -> None:
    """Writes the file."""
    head = (
        "# Pairs of letters that make up 99 % of running text: first letter → letters that follow it.\n"
        "# Written by scripts/letter_pairs.py. A space stands for the edge of an English word.\n"
    )
    data = {"thai": common(thai()), "english": common(english()), "examples": EXAMPLES}
    OUT.write_text(head + yaml.safe_dump(data, allow_unicode=True, width=200, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
