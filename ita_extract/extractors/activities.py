"""Work plans, projects, measures, activities and steps:

from the rows of activity tables, from headings in the flow, from step lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_extract.extractors.activity_records import activity_records
from ita_extract.extractors.activity_tree import RANK, Node, Tree
from ita_extract.extractors.context import Context
from ita_extract.extractors.found import Found
from ita_extract.extractors.items import Item, field_items, is_kpi, split_items
from ita_extract.extractors.rows import says_nothing
from ita_extract.model import Cell, Quote
from ita_extract.outline.headings import activity_heading, level_of
from ita_extract.outline.model import ActivityLevel, Card, Column, Grid, GridRow
from ita_extract.thai.labels import split_label
from ita_extract.thai.numbering import parse_numbering
from ita_extract.thai.text import fold_digits

LEVELS: tuple[ActivityLevel, ...] = ("work_plan", "project", "measure", "activity", "step")
MAX_LINES_BETWEEN = 3
"""Lines between an activity's heading and the table of its parts: its title, a remark, a unit of measure."""
REPORT_TYPES = frozenset({"result_report", "progress_report"})


def extract(context: Context) -> Iterator[Found | Quote]:
    """Yields the activity tree and notes in the context which rows and headings each activity owns."""
    tree = Tree()
    places: list[tuple[int, int, Grid | Card]] = [
        (g.after_line, 1, g) for g in context.outline.grids if g.kind == "activity"
    ]
    places += [(card.line, 0, card) for card in context.outline.cards]
    for _, _, part in sorted(places, key=lambda place: place[:2]):
        if isinstance(part, Card):
            _from_card(tree, part, context)
        else:
            _from_grid(tree, part, context)
    _from_step_fields(tree, context)
    yield from activity_records(tree, context)


# ------------------------------------------------------------------ tables
def hierarchy(grid: Grid) -> tuple[Column, ...]:
    """The columns that name activities, left to right, at most one per level."""
    columns: dict[ActivityLevel, Column] = {}
    stand_in = _stand_in(grid)
    for column in grid.columns:
        if column.role in LEVELS or (stand_in is not None and column.role == stand_in):
            columns.setdefault(level_of_column(column), column)
    return tuple(columns.values())


def _stand_in(grid: Grid) -> str | None:
    """The role of the column that names measures where none says so: what is done against a risk or about an issue."""
    if grid.column_playing("measure") is not None:
        return None
    if grid.column_playing("mitigation") is not None:
        return "mitigation"
    proposes = grid.column_playing(*LEVELS, "problem") is None and grid.column_playing("issue") is not None
    return "suggestion" if proposes else None


def level_of_column(column: Column) -> ActivityLevel:
    """The level of the activities that a column names; one that stands in for measures names measures."""
    return column.role if column.role in LEVELS else "measure"


def _from_grid(tree: Tree, grid: Grid, context: Context) -> None:
    columns = hierarchy(grid)
    if not columns:
        return
    is_report = context.facts.doc_type in REPORT_TYPES
    open_nodes: list[Node | None] = [None] * len(columns)
    section = _heading_above(tree, grid, context)
    order = grid.column_playing("order")
    for row in grid.rows:
        if row.kind == "section":
            section = _section_node(tree, row, is_report) or section
            open_nodes = [None] * len(columns)
        elif row.kind == "data":
            _row_nodes(tree, grid, row, columns, open_nodes, section, order, is_report)


def _heading_above(tree: Tree, grid: Grid, context: Context) -> Node | None:
    """The activity whose heading stands right above a table (`มิติที่ 1 …`), so that the table's rows belong to it."""
    card = next((c for c in reversed(context.outline.cards) if c.line <= grid.after_line), None)
    if card is None or grid.after_line - card.line > MAX_LINES_BETWEEN:
        return None
    return next((node for node in tree if card.index in node.cards), None)


def _section_node(tree: Tree, row: GridRow, is_report: bool) -> Node | None:
    cell = next((c for c in row.cells if c is not None and c.text.strip()), None)
    heading = activity_heading(cell.text) if cell else None
    if cell is None or heading is None:
        return None
    title = cell.quote.slice(heading.title_start).strip()
    node = Node(heading.level, title, heading.number, heading.number_raw, sources=[title or cell.quote])
    _mark(node, is_report)
    return tree.add(node)


def _mark(node: Node, is_report: bool) -> None:
    node.in_plan_table = not is_report
    node.in_report = is_report


def _row_nodes(
    tree: Tree,
    grid: Grid,
    row: GridRow,
    columns: tuple[Column, ...],
    open_nodes: list[Node | None],
    section: Node | None,
    order: Column | None,
    is_report: bool,
) -> None:
    owner: Node | None = None
    for depth, column in enumerate(columns):
        cell = row.cells[column.index]
        above = next((n for n in reversed(open_nodes[:depth]) if n is not None), None)
        parent = above or section
        if cell is None or not cell.text.strip() or not row.starts(column.index):
            owner = open_nodes[depth] or owner
            continue
        if says_nothing(cell.text):
            open_nodes[depth:] = [None] * (len(columns) - depth)
            continue
        number = _order_number(row, order) if depth == 0 else None
        nodes = _cell_nodes(cell, column, parent, number)
        if len(nodes) == 1 and (outer := _outer(nodes[0], cell, open_nodes[depth])) is not None:
            owner = _place(tree, _within(nodes[0], outer), outer, is_report, by_column=True)
            continue
        placed = [_place(tree, node, parent, is_report, by_column=above is not None) for node in nodes]
        if not placed:
            continue
        open_nodes[depth] = placed[0]
        for deeper in range(depth + 1, len(columns)):
            open_nodes[deeper] = None
        owner = owner if len(placed) > 1 and owner is not None else placed[0]
    if owner is not None:
        owner.rows.append((grid.index, row.number))
        period = grid.column_playing("period", "timeline")
        cell = row.cells[period.index] if period else None
        if cell is not None and cell.text.strip():
            owner.period = owner.period or cell.quote
        _note_indicator(grid, row, next((node for node in open_nodes if node is not None), owner))


def _outer(node: Node, cell: Cell, above: Node | None) -> Node | None:
    """The activity above in the same column that a row is part of: `1` over `1.1`, a numbered title over bullets."""
    if above is None:
        return None
    path = tuple(map(int, re.findall(r"\d+", fold_digits(node.number_raw or ""))))
    numbers = tuple(map(int, re.findall(r"\d+", fold_digits(above.number_raw or ""))))
    if len(path) > 1:
        return above if path[:-1] == numbers else None
    numbering = parse_numbering(cell.text)
    bulleted = numbering is not None and not numbering.path and node.number is None
    return above if bulleted and above.number is not None else None


def _within(node: Node, outer: Node) -> Node:
    """A node as part of another in the same column: a step, or what its first word says."""
    level = level_of(node.title.text)
    node.level = level if level is not None and RANK[level] > RANK[outer.level] else "step"
    return node


def _note_indicator(grid: Grid, row: GridRow, node: Node) -> None:
    """The ITA indicator or issue that a measure answers: in its row, or in the last filled cell above."""
    column = grid.column_playing("ita_indicator", "issue")
    if column is None or node.indicator_quote is not None:
        return
    for above in reversed(grid.rows[: row.number + 1]):
        cell = above.cells[column.index]
        if cell is not None and cell.text.strip() and above.kind == "data":
            node.indicator_quote = cell.quote
            return


def _place(tree: Tree, node: Node, parent: Node | None, is_report: bool, *, by_column: bool) -> Node:
    """Adds a node under its parent: that of a column to its left, or a heading above of a higher level."""
    children = node.children
    node.children = []
    if parent is not None and (by_column or node.level == "step" or RANK[node.level] > RANK[parent.level]):
        node.parent = parent
    _mark(node, is_report)
    placed = tree.add(node)
    for child in children:
        child.parent = placed
        _mark(child, is_report)
        tree.add(child)
    return placed


def _order_number(row: GridRow, order: Column | None) -> Quote | None:
    cell = row.cells[order.index] if order else None
    return cell.quote.strip() if cell is not None and cell.text.strip() else None


def _cell_nodes(cell: Cell, column: Column, parent: Node | None, number: Quote | None) -> list[Node]:
    """The activities that one cell names: one with its steps, or several that are numbered alike."""
    level = level_of_column(column)
    items = [i for i in split_items(_without_sub_headings(_until_label(cell.quote))) if not is_kpi(i.quote.text)]
    if not items:
        return []
    first = activity_heading(items[0].quote.text)
    if first is not None:
        return [_headed(items, first.level, first.number, first.number_raw, first.title_start)]
    if number is None and len(items) > 1 and all(i.is_numbered or i.is_bullet for i in items) and not _nests(items):
        return [_node(item, level, index) for index, item in enumerate(items, 1)]
    head = items[0]
    node = _node(head, level_of(head.quote.text) or level if level != "step" else level, None)
    if number is not None and node.number is None:
        node.number, node.number_raw = _number(number.text)
        node.headings.append(number)
    node.children = _children(items[1:], node)
    return [node]


def _until_label(quote: Quote) -> Quote:
    """The part of a cell before a labelled remark (`ตัวชี้วัด : …`) that belongs to other records."""
    lines = quote.lines()
    for index, line in enumerate(lines[1:], 1):
        label = split_label(line.text, "fields")
        if label is not None and label.key in ("indicator", "goal", "result", "budget", "responsible", "period"):
            return Quote.join(lines[:index], "\n")
    return quote


def _without_sub_headings(quote: Quote) -> Quote:
    """Without lines such as `โครงการย่อย:` or `ขั้นตอน :`, which introduce those below and are no activities."""
    lines = quote.lines()
    kept = [line for line in lines if not _is_sub_heading(line.text)]
    return quote if len(kept) == len(lines) else Quote.join(kept, "\n")


def _is_sub_heading(text: str) -> bool:
    return (
        text.endswith((":", "："))
        and len(text) < 40
        and parse_numbering(text) is None
        and activity_heading(text) is None
    )


def _nests(items: list[Item]) -> bool:
    """Whether the first item is the parent of the others (`1.` followed by `1.1`, `1.2`)."""
    head = items[0].path
    return bool(head) and all(i.path[: len(head)] == head and len(i.path) > len(head) for i in items[1:] if i.path)


def _node(item: Item, level: ActivityLevel, position: int | None) -> Node:
    number = item.path[-1] if item.path else None
    return Node(level, item.quote, number, item.number_raw, sources=[item.quote])


def _headed(
    items: list[Item], level: ActivityLevel, number: int | None, number_raw: str | None, title_start: int
) -> Node:
    title = items[0].quote.slice(title_start).strip()
    rest = items[1:]
    if not title and rest and not rest[0].is_numbered:
        title, rest = rest[0].quote, rest[1:]
    node = Node(level, title, number, number_raw, sources=[title] if title else [items[0].quote])
    node.headings.append(items[0].quote.slice(0, title_start).strip())
    node.children = _children(rest, node)
    return node


def _children(items: list[Item], parent: Node) -> list[Node]:
    """The items below a title: steps, or what their own heading word says."""
    nodes = []
    for position, item in enumerate(items, 1):
        heading = activity_heading(item.quote.text)
        if heading is not None and RANK[heading.level] > RANK[parent.level]:
            title = item.quote.slice(heading.title_start).strip()
            node = Node(heading.level, title, heading.number, heading.number_raw, sources=[title])
        else:
            level: ActivityLevel = "step"
            if len(item.path) > 1 and item.path[:-1] == (parent.number,) and parent.level != "step":
                level = level_of(item.quote.text) or "step"
                level = level if RANK[level] > RANK[parent.level] else "step"
            node = _node(item, level, position)
        node.parent = parent
        nodes.append(node)
    return nodes


def _number(text: str) -> tuple[int | None, str | None]:
    raw = text.strip().strip("()（）").rstrip(".) ")
    digits = re.findall(r"\d+", fold_digits(raw))
    return (int(digits[-1]) if digits and len(digits[-1]) < 5 else None), raw or None


# ------------------------------------------------------------------ headings in the flow
def _from_card(tree: Tree, card: Card, context: Context) -> None:
    node = Node(card.level, card.title, card.number, card.number_raw, in_report=True, cards=[card.index])
    node.in_report = not _is_plan_only(context, card)
    node.in_plan_table = not node.in_report
    node.sources.append(card.title if card.title else card.heading)
    node.headings.append(card.heading)
    node.period = next((f.value for f in context.outline.fields if f.card == card.index and f.key == "period"), None)
    parent = _card_parent(tree, card, context)
    if parent is None and (known := tree.find(card.level, card.number, card.title)) is not None:
        node.parent = known.parent
    else:
        node.parent = parent
    tree.add(node)


def _is_plan_only(context: Context, card: Card) -> bool:
    """In a document that is only a plan, its headings are the plan."""
    return context.facts.doc_type == "plan"


def _card_parent(tree: Tree, card: Card, context: Context) -> Node | None:
    """The nearest heading above of a higher level."""
    for above in () if card.is_record else reversed(context.outline.cards[: card.index]):
        if RANK[above.level] < RANK[card.level]:
            return next((node for node in tree if above.index in node.cards), None)
    return None


# ------------------------------------------------------------------ step lists of project forms
def _from_step_fields(tree: Tree, context: Context) -> None:
    """`วิธีดำเนินการ: 1. … 2. …` in a form: steps of the plan (or of the activity under whose heading they stand)."""
    is_report = context.facts.doc_type in REPORT_TYPES
    for field in context.outline.fields:
        if field.key not in ("step", "activity", "measure") or not field.value or field.grids:
            continue
        parent = next((n for n in tree if field.card is not None and field.card in n.cards), None)
        items = field_items(field)
        numbered = [item for item in items if item.is_numbered or item.is_bullet]
        if len(numbered) < 2:
            continue
        level: ActivityLevel = field.key if field.key in LEVELS else "step"
        if parent is not None and RANK[level] <= RANK[parent.level]:
            level = "step"
        for item in numbered:
            node = _node(item, level, None)
            node.parent, node.form = parent, field.form
            _mark(node, is_report)
            tree.add(node)
