"""Vocabulary as data: every word list, label and name that the code recognises, one YAML file per subject.

Each file is a mapping. Besides its entries it may hold `examples`, a list that `tests/test_lexicon.py` runs.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, cast

from ita_extract.errors import LexiconError


@cache
def load(name: str) -> dict[str, Any]:
    """The vocabulary file `<name>.yaml`, parsed. Cached: callers must not change it.

    Raises LexiconError when the file is missing or is not a YAML mapping.
    """
    import yaml

    try:
        text = resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
        data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise LexiconError(f"vocabulary '{name}' cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise LexiconError(f"vocabulary '{name}' is not a mapping")
    return cast(dict[str, Any], data)
