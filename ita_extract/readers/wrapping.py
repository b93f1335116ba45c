"""Text that was broken into lines of even width, put together again: one paragraph, one block.

Only documents that show such a width are touched, and only lines that fill it. A line that begins something of its own
(a number, a label, a name, a heading of minutes) never goes on with the line above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ita_extract.lexicon import load
from ita_extract.model import Quote
from ita_extract.readers.aligned import chunks, width
from ita_extract.readers.drafts import Draft, DraftParagraph
from ita_extract.thai.calendar_words import month_pattern
from ita_extract.thai.labels import find_labels, split_label
from ita_extract.thai.names import find_names, find_position
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import key
from ita_extract.thai.tokens import word_starts

MIN_WIDTH = 50
MAX_WIDTH = 160
"""Lines on paper have about 60 to 110 columns (measured on 14 real texts); wider ones are whole paragraphs."""
FULL = 0.72
"""Share of the widest line from which a line counts as full: Thai breaks between words, which may be long."""
MIN_FULL_LINES = 3
MAX_NUMBERING = 6
"""A label that opens a line has at most so many characters before it: its number."""

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_JOINS = re.compile(r"\s*(?:และ|หรือ|แห่ง|ของ|ประจำ)(?=[ก-๎])")
"""Words that never begin a sentence: the line above was broken early, before a long word."""
_BROKEN_AMOUNT = re.compile(r"(?<!\d)\d{1,3}(?:,\d{3})+(?:\.\n\d\d|\.\d\n\d)(?!\d)")
"""An amount with two decimals that a narrow column has broken."""
_ITEM_SIGN = re.compile(r"\s*[#*|•●▪]")
_IN_BRACKETS = re.compile(r"\s*[(（][^()（）]+[)）]\s*")
"""A line all in brackets: a signature's name, a note."""
_BROKEN_PERCENT = re.compile(r"[<>≤≥]\s*\d{1,2}\n\d{1,2}\s*%")
_BROKEN_SCORE = re.compile(r"\d{1,3}\.(?:\n\d\d|\d\n\d)")
"""A number with two decimals, alone in its cell, that a narrow column has broken."""
_TOKEN = re.compile(
    rf"2[45]\d\d|[<>≤≥=]\s*\d{{1,3}}|[<>≤≥=]?\s*\d{{1,3}}(?:,\d{{3}})*(?:%|\.\d{{1,2}}%?)|{month_pattern()}"
)
"""What a narrow column may cut anywhere: a year, a limit, a share, a number with decimals, the short name of a month.
Mere digits may be two numbers one below the other."""
_UNIT_PARTS = re.compile(r"[/,]|\s{2,}")
_ENDS_WITH_NUMBER = re.compile(r"(?<![\d๐-๙.,])[\d๐-๙]{1,6}\s*$")
_COLON = re.compile("[:：]")
_COLON_LABEL = re.compile(r"[^\d\s:：][^:：\n]{0,24}\s*[:：](?:\s|$)")
_URL_TAIL = re.compile(r"(?:https?|www\.)\S*$")
_RANGE_ENDS = re.compile(rf"\s*[-–—]\s*(?:\d{{1,2}}\s+)?(?:{month_pattern()}|[\d๐-๙]{{4}})")
_RANGE_BEGINS = re.compile(r"[\d๐-๙.]\s*$")
_MEETING_NUMBER = re.compile(r"\s*ครั้งที่\s*[\d๐-๙()]{1,8}\s*[/-]\s*[\d๐-๙]{2,4}\s*")
_LEADING, _FOLLOWING = "เแโใไ", "ะัาำิีึืฺุู็่้๊๋์ํ๎ๅ"
_OPENS = re.compile(r"\s*[(（\[“\"#*|/]")


def join_wrapped(drafts: Sequence[Draft], source: str) -> list[Draft]:
    """The drafts with wrapped lines joined to the paragraph they belong to."""
    limit = _line_width(drafts)
    if limit is None:
        return list(drafts)
    joined: list[Draft] = []
    last: DraftParagraph | None = None
    for draft in drafts:
        if isinstance(draft, DraftParagraph) and last is not None and _goes_on(last, draft, source, limit):
            append_line(joined, draft)
        else:
            joined.append(draft)
        last = draft if isinstance(draft, DraftParagraph) else None
    return joined


def _line_width(drafts: Sequence[Draft]) -> float | None:
    """The width from which a line is full; None when the text was not broken into lines."""
    widths = [width(d.text) for d in drafts if isinstance(d, DraftParagraph) and d.kind is None]
    if not widths or not MIN_WIDTH <= max(widths) <= MAX_WIDTH:
        return None
    limit = FULL * max(widths)
    return limit if sum(w >= limit for w in widths) >= MIN_FULL_LINES else None


def _goes_on(line: DraftParagraph, following: DraftParagraph, source: str, limit: float) -> bool:
    if line.kind is not None or following.kind is not None or "heading" in (line.role, following.role):
        return False
    between = source[line.quote.end : following.quote.start]
    if line.page != following.page or "\n" not in between or _BLANK_LINE.search(between) or "<" in between:
        return False
    text = following.text
    needed = limit / 2 if _JOINS.match(text) else limit
    if width(line.text) < needed or len(chunks(line.text)) > 1 or len(chunks(text)) > 1:
        return False
    return following.role == "paragraph" and not begins_anew(text)


def begins_anew(text: str) -> bool:
    """Whether a line begins something of its own."""
    if _OPENS.match(text) or parse_numbering(text) is not None or split_label(text) is not None:
        return True
    return _begins_with_name(text) or key(text).startswith(_openings())


def begins_item(text: str, above: str, is_short: bool) -> bool:
    """Whether a line begins something of its own although the line above was full.

    Numbers, bullets, labels with a colon and parts of minutes always do, and what follows a signature. A name, a
    bracket or a bare label goes on with a sentence as other words do, and so does a dash between two months or years.
    Words that like to open a line do so where text is short (cells, headings) and lines are full by chance.
    """
    if _ITEM_SIGN.match(text) or _IN_BRACKETS.fullmatch(above) or _MEETING_NUMBER.fullmatch(text):
        return True
    if _RANGE_ENDS.match(text) and _RANGE_BEGINS.search(above):
        return False
    if _COLON_LABEL.match(text) or (parse_numbering(text) is not None and not _closes_bracket(text, above)):
        return True
    if any(re.match(rf"{re.escape(word)}[\s:：.\d(]", text) for word in load("parts")["line_labels"] if is_short):
        return True
    if key(text).startswith(_openings() if is_short else _part_openings()):
        return True
    label = split_label(text)
    return label is not None and bool(_COLON.search(text, label.label_end, label.value_start))


def lists_on(text: str, ahead: str, above: str) -> bool:
    """Whether two lines of a narrow cell are entries of a list: two names, two units. `ahead` is the line after it."""
    if _begins_with_name(text):
        return _begins_with_name(above)
    if _ends_with_rank(above) or (text + ahead).strip() in load("organisations")["unit_ranks"]:
        return False  # the name of a unit was broken behind its first word, or before its last
    return _begins_with_unit(text) and _begins_with_unit(above)


def is_left_open(above: str, text: str) -> bool:
    """Whether a line cannot end what it says: it ends with a number that the next one says what of, or with the first
    word of a unit's name."""
    counters = tuple(load("quantities")["counters"])
    return _ends_with_rank(above) or (_ENDS_WITH_NUMBER.search(above) is not None and text.startswith(counters))


def _ends_with_rank(text: str) -> bool:
    return _UNIT_PARTS.split(text)[-1].strip() in load("organisations")["unit_ranks"]


def _closes_bracket(text: str, above: str) -> bool:
    """Whether `66)` ends what a bracket has begun on the line above, and is no number of an item."""
    opened = above.count("(") > above.count(")")
    return opened and re.match(r"\s*[\d๐-๙.]+\s*\)", text) is not None


def begins_label(text: str, ahead: str) -> bool:
    """Whether a line begins a label whose end, with the colon, stands on the next one: `เป้า`, `หมาย :`."""
    label = split_label(text + ahead, "fields") if _COLON_LABEL.match(text + ahead) else None
    return label is not None and label.key is not None and label.label_end > len(text)


def is_cut_token(above: str, text: str) -> bool:
    """Whether a line ends within a number or a short name (`>9`, `5%`; `ต`, `.ค.`) that needs both to be one."""
    return _TOKEN.fullmatch(above.split(" ")[-1].strip() + text.split(" ")[0].strip()) is not None


def is_broken_amount(above: str, text: str) -> bool:
    """Whether a line ends within a number that the next one goes on with."""
    broken = above[-20:] + "\n" + text[:4]
    return bool(_BROKEN_AMOUNT.search(broken) or _BROKEN_SCORE.fullmatch(broken) or _BROKEN_PERCENT.search(broken))


def is_inside_word(above: str, text: str) -> bool:
    """Whether a line ends within a word that the next one goes on with."""
    tail, head = above[-24:], text[:24]
    if not (_is_letter(tail[-1:]) and _is_letter(head[:1])):
        return False
    # A vowel that is written before its consonant is nothing without it, one behind nothing without what is before it.
    return tail[-1] in _LEADING or head[0] in _FOLLOWING or len(tail) not in word_starts(tail + head)


def _begins_with_name(text: str) -> bool:
    names = find_names(text)
    return bool(names) and names[0].start == 0


def _begins_with_unit(text: str) -> bool:
    return text.startswith(tuple(load("organisations")["unit_ranks"]))


@cache
def _openings() -> tuple[str, ...]:
    """Words that open a line of their own: parts of minutes, levels of a plan, closings."""
    return (*_part_openings(), *(key(word) for word in load("parts")["line_openings"]))


@cache
def _part_openings() -> tuple[str, ...]:
    """Words that head a part of minutes."""
    words = load("parts")
    groups = [*words["minutes_parts"].values(), *words["attendance"].values()]
    return tuple(key(word) for group in groups for word in group)


def append_line(joined: list[Draft], following: DraftParagraph, spaced: bool = False, is_cut: bool = False) -> None:
    """Joins a line to the last paragraph; between Thai letters no space was lost unless the line ended with one, and
    none where the line `is_cut` within a number or name."""
    first = joined[-1]
    assert isinstance(first, DraftParagraph)
    unspaced = (
        not spaced
        and _is_letter(first.text[-1:])
        and _is_letter(following.text[:1])
        and not _lost_space(first, following)
    )
    unspaced = unspaced or bool(_URL_TAIL.search(first.text) and following.text[:1].isascii())
    unspaced = unspaced or is_cut or is_broken_amount(first.text, following.text)
    first.quote = Quote.join([first.quote, following.quote], "" if unspaced else " ")


def _lost_space(line: DraftParagraph, following: DraftParagraph) -> bool:
    """Whether the line was broken at a space: by a joining word, a name (also within it), a label."""
    after = find_labels(following.text[:60], "fields")
    before = find_labels(line.text, "fields") if len(line.text) < 60 else []
    return (
        following.text.startswith(tuple(load("parts")["spaced_openings"]))
        or _begins_with_name(following.text)
        or _is_before_surname(line.text[-40:], following.text)
        or (bool(after) and after[0][0] == 0 and bool(_COLON.match(following.text, after[0][1])))
        or (bool(before) and before[-1][1] == len(line.text) and before[-1][0] <= MAX_NUMBERING)
    )


def _is_before_surname(above: str, text: str) -> bool:
    """Whether a line ends with a given name and the next begins with the surname, not with the rest of the name."""
    names = find_names(above)
    if not names or names[-1].surname is not None or names[-1].end != len(above):
        return False
    _, _, rest = text.partition(" ")
    return not rest.strip() or find_position(rest.strip()) is not None


def _is_letter(char: str) -> bool:
    return "\u0e01" <= char <= "\u0e4e"
