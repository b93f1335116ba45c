"""Styles of a Word document: how the type of a run looks, whether a paragraph is a heading or numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from ita_extract.readers.docx.names import child, is_on, qn, val, whole
from ita_extract.readers.ooxml import Element

MAX_CHAIN = 20
_HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)
_TITLES = {"title": 1, "subtitle": 2}


@dataclass(frozen=True, slots=True)
class Look:
    """What is set of a run's type; None: not set. Thai text takes the complex-script (`cs`) values (ECMA-376, 17.3.2).

    Sizes in points.
    """

    bold: bool | None = None
    bold_cs: bool | None = None
    size: float | None = None
    size_cs: float | None = None
    is_hidden: bool | None = None
    is_raised: bool | None = None
    font: str | None = None
    style: str | None = None

    def over(self, base: Look) -> Look:
        """This look where it says something, else `base`."""
        mine = {field.name: getattr(self, field.name) for field in fields(self)}
        return Look(**{name: getattr(base, name) if value is None else value for name, value in mine.items()})


def look_of(properties: Element | None) -> Look:
    """What a `w:rPr` sets itself."""
    if properties is None or not len(properties):
        return Look()
    size, size_cs = val(properties, "w:sz"), val(properties, "w:szCs")
    raised = val(properties, "w:vertAlign")
    return Look(
        bold=is_on(properties, "w:b"),
        bold_cs=is_on(properties, "w:bCs"),
        size=whole(size) / 2 if size else None,
        size_cs=whole(size_cs) / 2 if size_cs else None,
        is_hidden=is_on(properties, "w:vanish"),
        is_raised=raised == "superscript" if raised else None,
        font=val(properties, "w:rFonts", "w:ascii") or val(properties, "w:rFonts", "w:hAnsi"),
        style=val(properties, "w:rStyle"),
    )


class Styles:
    """The styles of a document by id, each with what it inherits."""

    def __init__(self, root: Element | None) -> None:
        found = root.findall(qn("w:style")) if root is not None else ()
        self._styles: dict[str, Element] = {style.get(qn("w:styleId"), ""): style for style in found}
        self._looks: dict[str, Look] = {}
        self._defaults = look_of(child(root, "w:docDefaults/w:rPrDefault/w:rPr"))
        self._default = next(
            (
                name
                for name, style in self._styles.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0") in ("1", "true", "on")
            ),
            None,
        )

    def chain(self, name: str | None) -> list[Element]:
        """A style and those it is based on, nearest first."""
        found: list[Element] = []
        while name and (style := self._styles.get(name)) is not None and len(found) < MAX_CHAIN:
            found.append(style)
            name = val(style, "w:basedOn")
        return found

    def paragraph_style(self, properties: Element | None) -> str | None:
        """The id of the style that a `w:pPr` names, else of the default one."""
        return val(properties, "w:pStyle") or self._default

    def look(self, paragraph_style: str | None, properties: Element | None) -> Look:
        """How a run looks: its own properties, its style, the style of its paragraph, the document's defaults."""
        own = look_of(properties)
        base = self._of_style(paragraph_style).over(self._defaults)
        return own.over(self._of_style(own.style).over(base) if own.style else base)

    def _of_style(self, name: str | None) -> Look:
        if not name:
            return Look()
        if name not in self._looks:
            look = Look()
            for style in self.chain(name):
                look = look.over(look_of(child(style, "w:rPr")))
            self._looks[name] = look
        return self._looks[name]

    def heading_level(self, properties: Element | None) -> int:
        """1–6 for a heading by its style or outline level, 0 for text."""
        chain = self.chain(self.paragraph_style(properties))
        for holder in (properties, *(child(style, "w:pPr") for style in chain)):
            level = val(holder, "w:outlineLvl")
            if level is not None:
                return min(whole(level, 9) + 1, 6) if whole(level, 9) < 9 else 0
        for style in chain:
            name = val(style, "w:name") or ""
            heading = _HEADING.fullmatch(name)
            if heading or name.lower() in _TITLES:
                return min(int(heading[1]), 6) if heading else _TITLES[name.lower()]
        return 0

    def numbering(self, properties: Element | None) -> tuple[str, int | None, str | None] | None:
        """The list a paragraph belongs to: (numId, level or None, style that says so); None outside lists."""
        number = child(properties, "w:numPr")
        if val(number, "w:numId") is not None:
            return val(number, "w:numId") or "0", whole(val(number, "w:ilvl")), None
        for style in self.chain(self.paragraph_style(properties)):
            inherited = child(style, "w:pPr/w:numPr")
            if inherited is not None and val(inherited, "w:numId") is not None:
                level = val(number, "w:ilvl") or val(inherited, "w:ilvl")
                return val(inherited, "w:numId") or "0", whole(level) if level else None, style.get(qn("w:styleId"))
        return None

    def list_of_style(self, name: str | None) -> str | None:
        """The numId that a numbering style names."""
        return next((found for style in self.chain(name) if (found := val(style, "w:pPr/w:numPr/w:numId"))), None)
