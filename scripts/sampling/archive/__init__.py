"""An invented archive with planted contradictions, and look-alikes that no rule may take for one."""

from __future__ import annotations

import yaml

from .layouts import written
from .records import Record, documents, plantings

__all__ = ["archive_files"]
_KEPT = ("rule", "document", "what", "shows")
_HEAD = """\
# Written by scripts/make_samples.py. `planted`: what the audit must find; `silent`: what looks alike and is in order.
# `shows` is text of the evidence (planted), or text of the document that must be in no evidence of the rule (silent).
"""


def archive_files() -> dict[str, bytes]:
    """The documents of the archive and the list of what was planted, by file name."""
    names: dict[str, str] = {}
    out: dict[str, bytes] = {}
    for name, record in documents().items():
        suffix, content = written(record)
        names[name] = f"{name}.{suffix}"
        out[names[name]] = content
    listed: dict[str, list[Record]] = {"planted": [], "silent": []}
    for planting in plantings():
        row = {column: planting[column] for column in _KEPT if column in planting}
        listed["silent" if planting.get("silent") else "planted"].append(row | {"document": names[row["document"]]})
    out["planted.yaml"] = (_HEAD + yaml.safe_dump(listed, allow_unicode=True, sort_keys=False, width=120)).encode()
    return out
