"""Selection marks in text: glyphs, boxes in brackets, private-use codes. The glyph sets are in `lexicon/marks.yaml`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ita_extract.lexicon import load
from ita_extract.model import Cell, Mark, MarkKind

_LATEX = re.compile(r"\$\\(?:(?P<ticked>checkmark|boxtimes|blacksquare|checkedbox)|(?P<blank>square|Box))\$")


class DrawnMark(NamedTuple):
    """A mark that a page draws instead of writing it: its reader puts `glyph` into the text where it stands.

    `state` and `kind` are those of `Mark`; `fill_ratio` is the share of ink (0–1), for pixels only.
    """

    glyph: str
    state: bool | None
    kind: MarkKind
    fill_ratio: float | None = None


@cache
def _states() -> dict[str, bool | None]:
    words = load("marks")
    states: dict[str, bool | None] = dict.fromkeys(words["ticked"], True)
    states |= dict.fromkeys(words["blank"], False)
    return states


@cache
def _bracketed() -> dict[str, bool]:
    words = load("marks")
    return dict.fromkeys(words["bracket_ticked"], True) | dict.fromkeys(
        (w.strip() for w in words["bracket_blank"]), False
    )


@cache
def _pattern() -> re.Pattern[str]:
    glyphs = "".join(map(re.escape, _states()))
    inner = "|".join(re.escape(word) for word in sorted(_bracketed(), key=len, reverse=True) if word)
    return re.compile(
        rf"(?P<glyph>[{glyphs}])|[\[(（](?P<inner>\s{{0,4}}(?:{inner})?\s{{0,4}})[\])）](?=\s*[^\s\d])|{_LATEX.pattern}"
    )


def _mark(match: re.Match[str]) -> Mark:
    if match["glyph"]:
        private = "\ue000" <= match["glyph"] <= "\uf8ff"
        return Mark(*match.span(), _states()[match["glyph"]], "private_use" if private else "glyph", match[0])
    if match["inner"] is not None:
        return Mark(*match.span(), _bracketed()[match["inner"].strip()], "bracket", match[0])
    return Mark(*match.span(), match["ticked"] is not None, "glyph", match[0])


def find_marks(text: str) -> tuple[Mark, ...]:
    """The selection marks in a text, left to right.

    Glyphs that also serve as bullets (● ■ ○ √) count only beside a mark of the other state; "()" only before a text.
    """
    marks = [_mark(match) for match in _pattern().finditer(text)]
    if not marks:
        return ()
    doubtful = set(load("marks")["doubtful"])
    states = {mark.state for mark in marks}
    sure = [mark for mark in marks if mark.raw not in doubtful or len(states) > 1 or _repeated_box(mark, marks)]
    return tuple(mark for mark in sure if mark.kind != "bracket" or len(sure) > 1 or _opens(text, mark))


def _repeated_box(mark: Mark, marks: list[Mark]) -> bool:
    return mark.raw == "□" and sum(other.raw == "□" for other in marks) > 1


def _opens(text: str, mark: Mark) -> bool:
    """A lone bracket is a box only at the beginning or end of its text; elsewhere it is an empty remark."""
    return not text[: mark.start].strip(" -–•*\t") or (mark.state is True and not text[mark.end :].strip())


def cell_mark(text: str) -> Mark | None:
    """The mark that a whole cell consists of, None for an empty cell or other text."""
    bare = text.strip()
    if not bare or len(bare) > 20:
        return None
    start = text.index(bare)
    words = load("marks")
    if bare in words["alone_ticked"] or bare in words["alone_blank"]:
        return Mark(start, start + len(bare), bare in words["alone_ticked"], "glyph", bare)
    if bare in words["unreadable"]:
        return Mark(start, start + len(bare), None, "glyph", bare)
    match = _pattern().fullmatch(bare)
    if match is None:
        boxed = re.fullmatch(r"[\[(（]\s*([^\s\])）]?)\s*[\])）]", bare)
        if boxed is None or boxed[1] not in _bracketed():
            return None
        return Mark(start, start + len(bare), _bracketed()[boxed[1]], "bracket", bare)
    found = _mark(match)
    kind: MarkKind = found.kind
    return Mark(start, start + len(bare), found.state, kind, bare)


def mark_of(cell: Cell) -> Mark | None:
    """The mark that a whole table cell consists of; what its reader saw drawn counts before what it looks like."""
    paragraphs = cell.paragraphs
    if len(paragraphs) == 1 and len(paragraphs[0].marks) == 1:
        mark, text = paragraphs[0].marks[0], paragraphs[0].text
        if not (text[: mark.start] + text[mark.end :]).strip():
            return mark
    return cell_mark(cell.text)
