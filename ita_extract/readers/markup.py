"""Markup in text: tags found with their offsets, and a forgiving tree of them.

Only names of real elements are tags: `<70%` and `<ชื่อ>` are text. Offsets lead into the text that was parsed, which is
why no ready-made parser is used: none gives the place of every piece of text. Time is linear in the text, whatever the
tags do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

MAX_DEPTH = 60
"""Elements nested deeper are read as if their tags were absent. The deepest real page seen has 34 levels."""

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "o:p",
        "picture",
        "source",
    ]
)
_BOLD = frozenset({"b", "strong"})
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "button",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "page_number",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "watermark",
        "page",
    ]
)
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col", "base", "area", "embed", "param", "track", "colgroup"}
)
_HIDDEN = frozenset({"script", "style", "head", "template", "noscript", "svg", "math", "object", "iframe"})
_NAMES = _INLINE | _BLOCK | _VOID | _HIDDEN

_NAME = "|".join(sorted(_NAMES, key=len, reverse=True))
_TAG = re.compile(
    rf"<(?:(?P<comment>!--)|(?P<declaration>[!?][a-zA-Z\[])|(?P<close>/?)(?P<name>{_NAME})"
    rf"(?=[\s/>])(?P<attributes>(?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*)>)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"([\w:-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")

# What an opening tag closes when it is still open, and the elements that such closing does not reach past.
_CLOSES: dict[str, frozenset[str]] = {
    "td": frozenset({"td", "th", "p", "li"}),
    "th": frozenset({"td", "th", "p", "li"}),
    "tr": frozenset({"tr", "td", "th", "p", "li"}),
    "thead": frozenset({"tr", "td", "th", "thead", "tbody", "tfoot", "caption"}),
    "tbody": frozenset({"tr", "td", "th", "thead", "tbody", "tfoot", "caption"}),
    "tfoot": frozenset({"tr", "td", "th", "thead", "tbody", "tfoot", "caption"}),
    "li": frozenset({"li", "p"}),
    "dd": frozenset({"dd", "dt", "p"}),
    "dt": frozenset({"dd", "dt", "p"}),
    "option": frozenset({"option"}),
}
_CLOSES_PARAGRAPH = frozenset(
    {"p", "div", "table", "ul", "ol", "figure", "page_number", "section", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_SCOPE = frozenset({"table", "html", "body"})
_LIST_SCOPE = frozenset({"ul", "ol", "menu", "dir", "dl"})


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Characters `start:end` of the parsed text. `value` is set where they stand for something else (an entity)."""

    start: int
    end: int
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """A tag without content: a line break, a switch of boldness, a check box, a picture."""

    kind: Literal["break", "bold", "plain", "ticked", "blank", "picture", "rule"]
    start: int
    end: int
    text: TextPiece | None = None


@dataclass(slots=True)
class Node:
    """An element with its content. `start` is where its opening tag begins."""

    name: str
    start: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)


Child = TextPiece | Sign | Node


def parse_markup(text: str) -> Node:
    """The tree of a text's markup; everything outside known tags is text. Unclosed and stray tags are forgiven."""
    builder = _Builder()
    for token in _tokens(text):
        builder.add(token)
    return builder.root


@dataclass(frozen=True, slots=True)
class _Tag:
    name: str
    is_closing: bool
    start: int
    end: int
    attributes: str
    attributes_start: int


def _tokens(text: str) -> Iterator[TextPiece | _Tag]:
    """Text and tags in order; comments, declarations and hidden elements are left out."""
    at = 0
    position = 0
    while (match := _TAG.search(text, position)) is not None:
        yield from _text(text, at, match.start())
        position = at = match.end()
        if match["comment"]:
            at = position = _end_of(text, "-->", match.end())
        elif match["declaration"]:
            at = position = _end_of(text, ">", match.end())
        elif (name := match["name"].lower()) in _HIDDEN:
            if not match["close"] and not match["attributes"].rstrip().endswith("/"):
                at = position = _end_of_hidden(text, name, match.end())
        else:
            yield _Tag(
                name, bool(match["close"]), match.start(), match.end(), match["attributes"], match.start("attributes")
            )
    yield from _text(text, at, len(text))


def _end_of(text: str, closing: str, start: int) -> int:
    """Where a comment or declaration ends; one that is never closed is only its own opening."""
    end = text.find(closing, start, start + 20_000)
    return end + len(closing) if end != -1 else start


def _end_of_hidden(text: str, name: str, start: int) -> int:
    close = re.compile(rf"</{name}\s*>" + (r"|(?=<body[\s>])" if name == "head" else ""), re.IGNORECASE).search(
        text, start
    )
    return close.end() if close else start


def _text(text: str, start: int, end: int) -> Iterator[TextPiece]:
    for entity in _ENTITY.finditer(text, start, end):
        value = html.unescape(entity[0])
        if value == entity[0]:
            continue
        if entity.start() > start:
            yield TextPiece(start, entity.start())
        yield TextPiece(entity.start(), entity.end(), value)
        start = entity.end()
    if end > start:
        yield TextPiece(start, end)


class _Builder:
    def __init__(self) -> None:
        self.root = Node("root", 0)
        self.stack = [self.root]
        self.too_deep = 0

    def add(self, token: TextPiece | _Tag) -> None:
        if isinstance(token, TextPiece):
            self.stack[-1].children.append(token)
        elif token.name in _INLINE:
            if token.name in _BOLD:
                self._sign("plain" if token.is_closing else "bold", token)
        elif token.name in _VOID:
            self._void(token)
        elif token.is_closing:
            self._close(token)
        else:
            self._open(token)

    def _sign(self, kind: Literal["break", "bold", "plain", "ticked", "blank", "picture", "rule"], token: _Tag) -> None:
        self.stack[-1].children.append(Sign(kind, token.start, token.end))

    def _void(self, token: _Tag) -> None:
        if token.name == "br":
            self._sign("break", token)
        elif token.name == "hr":
            self._sign("rule", token)
        elif token.name == "input":
            self._input(token)
        elif token.name == "img" and not token.is_closing:
            text = _attribute_piece(token, "alt")
            self.stack[-1].children.append(Sign("picture", token.start, token.end, text))

    def _input(self, token: _Tag) -> None:
        attributes = _attributes(token.attributes)
        kind = attributes.get("type", "text").lower()
        if kind in ("checkbox", "radio"):
            self._sign("ticked" if "checked" in attributes else "blank", token)
        elif kind in ("text", "number", "date", "email", "tel", "url", "search"):
            piece = _attribute_piece(token, "value")
            if piece is not None:
                self.stack[-1].children.append(piece)

    def _open(self, token: _Tag) -> None:
        for name in _CLOSES.get(token.name, ()):
            self._close_inside(name, _LIST_SCOPE | _SCOPE if token.name in ("li", "dd", "dt") else _SCOPE)
        if token.name in _CLOSES_PARAGRAPH and self.stack[-1].name == "p":
            self.stack.pop()
        if len(self.stack) >= MAX_DEPTH:
            self.too_deep += 1
            return
        node = Node(token.name, token.start, _attributes(token.attributes))
        self.stack[-1].children.append(node)
        if not token.attributes.rstrip().endswith("/"):
            self.stack.append(node)

    def _close_inside(self, name: str, scope: frozenset[str]) -> None:
        """Closes an open element of this name, unless a table or list that began later encloses the place."""
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].name == name:
                del self.stack[depth:]
                return
            if self.stack[depth].name in scope:
                return

    def _close(self, token: _Tag) -> None:
        """Closes the nearest open element of this name; a stray closing tag changes nothing."""
        if self.too_deep:
            self.too_deep -= 1
            return
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].name == token.name:
                del self.stack[depth:]
                return
            if self.stack[depth].name == "table" and token.name != "table":
                return


def _attributes(text: str) -> dict[str, str]:
    return {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(text)}


def _attribute_piece(token: _Tag, name: str) -> TextPiece | None:
    """The value of an attribute as a piece of text, None when it is absent or blank."""
    for match in _ATTRIBUTE.finditer(token.attributes):
        if match[1].lower() != name:
            continue
        group = next((g for g in (2, 3, 4) if match[g] is not None), None)
        if group is None or not match[group].strip():
            return None
        start, end = (token.attributes_start + offset for offset in match.span(group))
        return TextPiece(start, end)
    return None
