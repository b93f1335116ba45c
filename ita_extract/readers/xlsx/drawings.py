"""What lies on a sheet: check boxes, arrows and bars over cells, text boxes, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ita_extract.readers.marks import DrawnMark
from ita_extract.readers.ooxml import Element, Package
from ita_extract.readers.xlsx.sheet import DEFAULT_WIDTH, Place, Sheet, SheetCell, place_of

EMU_PER_CHARACTER = 7 * 9525
"""A character of the usual type is 7 pixels wide, a pixel 9,525 English metric units."""
CROSSED = 0.4
"""Share of a cell's width from which a shape counts as crossing it, as in Word tables."""
MAX_COLUMNS = 400
MAX_HEIGHT = 50 * 12_700
"""Shapes higher than 50 points are no marks of one row."""

Corner = tuple[int, float, int]
"""Column, offset in it, row; columns and rows from 0."""


@dataclass(slots=True)
class Drawings:
    """Marks by the place of their cell; texts and pictures that lie on the sheet."""

    marks: dict[Place, DrawnMark] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    pictures: int = 0


def read_drawings(package: Package, part: str, sheet: Sheet) -> Drawings:
    """The drawings of a sheet; check boxes are put on their cells."""
    found = Drawings()
    for relation in package.relations(part).values():
        is_vml = relation.kind == "vmlDrawing"
        known = is_vml or relation.kind == "drawing"
        root = package.xml(relation.target, recover=is_vml) if relation.target and known else None
        if root is None:
            continue
        if is_vml:
            _read_controls(root, sheet)
        else:
            for anchor in root:
                if isinstance(anchor.tag, str):
                    _read_anchor(anchor, sheet, found)
    return found


# ------------------------------------------------------------------ check boxes
def _read_controls(root: Element, sheet: Sheet) -> None:
    """Form controls, which Excel keeps in VML: check boxes and option buttons with their captions."""
    for shape in root.iter("{*}shape"):
        data = shape.find("{*}ClientData")
        if data is None or data.get("ObjectType") not in ("Checkbox", "Radio"):
            continue
        anchor = (data.findtext("{*}Anchor") or "").split(",")
        if len(anchor) != 8 or not anchor[2].strip().isdigit() or not anchor[0].strip().isdigit():
            continue
        place = (int(anchor[2]) + 1, int(anchor[0]) + 1)
        ticked = (data.findtext("{*}Checked") or "0").strip() == "1"
        box = shape.find("{*}textbox")
        caption = " ".join("".join(box.itertext()).split()) if box is not None else ""
        cell = sheet.cells.get(place, SheetCell(""))
        linked = place_of(data.findtext("{*}FmlaLink") or "") == place
        mark = DrawnMark("☑" if ticked else "☐", ticked, "html_input")
        sheet.cells[place] = cell._replace(boxes=(*cell.boxes, (mark, caption)), text="" if linked else cell.text)


# ------------------------------------------------------------------ shapes
def _read_anchor(anchor: Element, sheet: Sheet, found: Drawings) -> None:
    if anchor.find(".//{*}pic") is not None or anchor.find(".//{*}graphicFrame") is not None:
        found.pictures += 1
        return
    for body in anchor.iter("{*}txBody"):
        lines = ("".join(run.text or "" for run in line.iter("{*}t")) for line in body.iter("{*}p"))
        found.texts += [line for line in lines if line.strip()]
        return
    shape = anchor.find(".//{*}spPr")
    geometry = shape.find("{*}prstGeom") if shape is not None else None
    mark = _mark(geometry.get("prst", ""), shape) if geometry is not None else None
    if mark is not None:
        for place in _covered(anchor, sheet):
            found.marks[place] = mark


def _mark(name: str, shape: Element) -> DrawnMark | None:
    ends = [*shape.iter("{*}headEnd"), *shape.iter("{*}tailEnd")]
    if "arrow" in name.lower() or any(end.get("type", "none") != "none" for end in ends):
        is_line = "connector" in name.lower() and not ends
        return DrawnMark("▬", True, "bar") if is_line else DrawnMark("→", True, "arrow")
    return DrawnMark("▬", True, "bar") if name in ("line", "rect", "roundRect", "straightConnector1") else None


def _covered(anchor: Element, sheet: Sheet) -> Iterator[Place]:
    """The cells of one row that a shape crosses; shapes over several rows are no marks of one."""
    start = _corner(anchor, "from")
    end = _corner(anchor, "to") or (_end(anchor, start, sheet) if start is not None else None)
    if start is None or end is None or end[2] - start[2] > 1:
        return
    for column in range(start[0], min(end[0], start[0] + MAX_COLUMNS) + 1):
        width = _width(sheet, column)
        left = start[1] / width if column == start[0] else 0.0
        right = end[1] / width if column == end[0] else 1.0
        if min(right, 1.0) - left > CROSSED:
            yield start[2] + 1, column + 1


def _width(sheet: Sheet, column: int) -> float:
    return sheet.widths.get(column + 1, DEFAULT_WIDTH) * EMU_PER_CHARACTER or 1.0


def _end(anchor: Element, start: Corner, sheet: Sheet) -> Corner | None:
    """Where a shape ends that is anchored by one corner and its size."""
    extent = anchor.find("{*}ext")
    size = extent.get("cx", "") if extent is not None else ""
    if not size.isdigit() or int(extent.get("cy", "0") or 0) > MAX_HEIGHT:
        return None
    column, rest = start[0], start[1] + float(size)
    while rest > _width(sheet, column) and column - start[0] < MAX_COLUMNS:
        rest -= _width(sheet, column)
        column += 1
    return column, rest, start[2]


def _corner(anchor: Element, name: str) -> Corner | None:
    corner = anchor.find("{*}" + name)
    if corner is None:
        return None
    values = [corner.findtext("{*}" + part) or "0" for part in ("col", "colOff", "row")]
    try:
        return int(values[0]), float(values[1]), int(values[2])
    except ValueError:
        return None
