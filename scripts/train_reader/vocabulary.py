#!/usr/bin/env python3
"""Gathers what the invented texts are made of into build/train_reader/vocabulary.json.gz.

Words with their frequencies, names, places and titles come from PyThaiNLP's corpora; sentences of user interfaces from
the Thai message catalogues (gettext) of installed packages, if any; terms from the project's lexicon. English words are
those of Python's own documentation. Nothing comes from samples/: the benches measure on that.
"""

from __future__ import annotations

import argparse
import csv
import gettext
import gzip
import json
import pydoc_data.topics
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml
from pythainlp import corpus
from pythainlp.corpus import tnc

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "build" / "train_reader" / "vocabulary.json.gz"
_THAI = re.compile("[ก-๙]")


def _words() -> dict[str, list[Any]]:
    frequencies = Counter(dict(tnc.word_freqs()))
    common = [(word, count) for word, count in frequencies.most_common(40_000) if _THAI.search(word) and len(word) < 30]
    return {
        "words": [word for word, _ in common],
        "weights": [round(count**0.75, 1) for _, count in common],
        "rare": sorted(word for word in corpus.thai_words() | set(corpus.thai_orst_words()) if 1 < len(word) < 30),
        "syllables": sorted(corpus.thai_syllables()),
        "first": sorted(set(corpus.thai_male_names()) | set(corpus.thai_female_names())),
        "family": sorted(corpus.thai_family_names()),
        "provinces": sorted(corpus.provinces()),
    }


def _titles(limit: int) -> list[str]:
    path = Path(corpus.__file__).parent / "wikipedia_titles_th.txt"
    titles = [line.replace("_", " ").strip() for line in path.read_text(encoding="utf-8").splitlines()]
    good = [title for title in titles if 4 < len(title) < 80 and _THAI.search(title)]
    return good[:: max(1, len(good) // limit)]


def _messages(folders: list[Path]) -> list[str]:
    found: set[str] = set()
    for folder in folders:
        for path in sorted(folder.rglob("*.mo")):
            if "/th/" in str(path):
                with path.open("rb") as stream:
                    catalogue: dict[Any, str] = vars(gettext.GNUTranslations(stream))["_catalog"]
                for message in catalogue.values():
                    found |= {line.replace("_", "").strip() for line in message.splitlines()}
    return sorted(line for line in found if 8 < len(line) < 300 and len(_THAI.findall(line)) > 0.4 * len(line))


def _terms() -> list[str]:
    found: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, str):
            if _THAI.search(node) and len(node) < 120 and not re.search(r"[\\\[\](|?*^$]", node):
                found.add(node.strip())
        elif isinstance(node, dict):
            for key, value in node.items():
                walk(key)
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    for path in sorted((ROOT / "ita_extract" / "lexicon").rglob("*.yaml")):
        walk(yaml.safe_load(path.read_text(encoding="utf-8")))
    return sorted(found)


def _provinces_in_english() -> list[str]:
    path = Path(corpus.__file__).parent / "thailand_provinces_th.csv"
    with path.open(encoding="utf-8") as stream:
        return sorted({cell for row in csv.reader(stream) for cell in row if cell.isascii() and cell.isalpha()})


def main() -> None:
    """Writes the vocabulary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=Path, nargs="*", default=[Path("/usr/share/locale")])
    parser.add_argument("--titles", type=int, default=60_000)
    arguments = parser.parse_args()
    english = sorted(set(re.findall(r"[A-Za-z]{2,14}", " ".join(pydoc_data.topics.topics.values()))))
    vocabulary = {
        **_words(),
        "titles": _titles(arguments.titles),
        "messages": _messages(arguments.messages),
        "terms": _terms(),
        "english": english + _provinces_in_english(),
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(TARGET, "wt", encoding="utf-8") as stream:
        json.dump(vocabulary, stream, ensure_ascii=False)
    print({name: len(values) for name, values in vocabulary.items()}, file=sys.stderr)


if __name__ == "__main__":
    main()
