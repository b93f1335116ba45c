"""Every example in the vocabulary files is read as it says, and every file can be loaded."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest

from ita_extract.audit.wording import has_word
from ita_extract.errors import LexiconError
from ita_extract.extractors.suspicions import known_misreadings
from ita_extract.extractors.telling import event_type
from ita_extract.lexicon import load
from ita_extract.model import Paragraph, Quote
from ita_extract.outline.headings import indicator_code, section_kind
from ita_extract.readers.marks import find_marks
from ita_extract.readers.symbol_fonts import sign_of
from ita_extract.thai.damage import damage, lost_share
from ita_extract.thai.labels import match_label, split_label
from ita_extract.thai.names import expand_position, find_names
from ita_extract.thai.organisations import find_organisations
from ita_extract.thai.spelling import misspellings
from ita_extract.thai.text import key

FILES = sorted(
    path.name.removesuffix(".yaml")
    for path in resources.files("ita_extract.lexicon").iterdir()
    if path.name.endswith(".yaml")
)
TESTED_ELSEWHERE = {"calendar", "quantities", "audit"}
"""Words of the first two are the parameters of test_thai_dates.py and test_thai_numbers.py; the last holds tables with
their sources, no words."""

Example = dict[str, Any]


def field(example: Example) -> None:
    label = split_label(example["text"])
    assert label is not None
    assert label.key == example["key"]
    assert label.number_raw == example.get("number")
    assert example["text"][label.value_start :].strip() == example["value"]


def column(example: Example) -> None:
    label = match_label(example["text"], "columns")
    assert label is not None
    assert label.key == example["key"]
    assert list(label.also) == example.get("also", [])
    assert label.number_raw == example.get("number")


def name(example: Example) -> None:
    names = find_names(example["text"])
    if example["prefix"] is None:
        assert not names
        return
    assert [(n.prefix, n.given_name, n.surname) for n in names] == [
        (example["prefix"], example["given"], example["surname"])
    ]


def organisation(example: Example) -> None:
    found = [(m.name, m.level) for m in find_organisations(example["text"])]
    assert found == ([] if example["name"] is None else [(example["name"], example["level"])])


def position(example: Example) -> None:
    assert expand_position(example["text"]) == example["expanded"]


def mark(example: Example) -> None:
    assert [m.state for m in find_marks(example["text"])] == example["states"]


def indicator(example: Example) -> None:
    assert indicator_code(example["text"]) == example["code"]


def misreading(example: Example) -> None:
    found = [(text, suggestion) for text, suggestion in known_misreadings(example["text"])]
    assert found == ([] if example["wrong"] is None else [(example["wrong"], example["suggestion"])])


def event(example: Example) -> None:
    assert event_type(example["text"]) == example["type"]


def section(example: Example) -> None:
    assert section_kind(Paragraph(Quote.of(example["text"]), 1)) == example["section"]


def symbol(example: Example) -> None:
    assert sign_of(example["font"], example["text"]) == example["sign"]


def nonsense(example: Example) -> None:
    assert (damage(example["text"]).letters > 0.5) == example["nonsense"]


def lost(example: Example) -> None:
    found = [kind for kind in load("marked_words") if kind != "examples" and lost_share(kind, example["text"])]
    assert found == example["lost"]


def audit_word(example: Example) -> None:
    assert has_word(example["text"], example["words"]) == example["found"]


def look_alike(example: Example) -> None:
    found = [(example["text"][m.start : m.end], m.suggestion) for m in misspellings(example["text"])]
    assert found == ([] if example["wrong"] is None else [(example["wrong"], example["suggestion"])])


CHECKS: dict[str, Callable[[Example], None]] = {
    "fields": field,
    "columns": column,
    "name_prefixes": name,
    "organisations": organisation,
    "positions": position,
    "marks": mark,
    "ita": indicator,
    "boilerplate": misreading,
    "events": event,
    "parts": section,
    "symbol_fonts": symbol,
    "letter_pairs": nonsense,
    "look_alikes": look_alike,
    "marked_words": lost,
    "audit_words": audit_word,
}
EXAMPLES = [(name, example) for name in CHECKS for example in load(name)["examples"]]


@pytest.mark.parametrize(
    ("vocabulary", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else value["text"]
)
def test_example(vocabulary: str, example: Example) -> None:
    CHECKS[vocabulary](example)


def test_every_file_has_examples() -> None:
    assert set(FILES) == set(CHECKS) | TESTED_ELSEWHERE


def test_reference_tables_tell_where_they_come_from() -> None:
    tables = load("audit")["tables"]
    assert tables
    for name, table in tables.items():
        assert re.fullmatch(r"25\d\d-\d+", str(table["version"])), name
        assert len(table["source"]) > 10, name
        assert isinstance(table["verified"], bool), name


@pytest.mark.parametrize("vocabulary", ["fields", "columns"])
def test_no_label_has_two_meanings(vocabulary: str) -> None:
    owners: dict[str, str] = {}
    for canonical, entry in load(vocabulary)["entries"].items():
        for label in entry["labels"]:
            assert owners.setdefault(key(label), canonical) == canonical, (
                f"{label}: {owners[key(label)]} and {canonical}"
            )


@pytest.mark.parametrize("vocabulary", ["fields", "columns"])
def test_every_label_is_found(vocabulary: str) -> None:
    for canonical, entry in load(vocabulary)["entries"].items():
        for label in entry["labels"]:
            found = match_label(label, vocabulary)  # type: ignore[arg-type]
            assert found is not None, label
            assert found.key == canonical, label


def test_a_missing_vocabulary_is_a_typed_error() -> None:
    with pytest.raises(LexiconError, match="no-such-file"):
        load("no-such-file")
