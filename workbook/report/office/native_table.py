"""Tables that PowerPoint and Word set themselves, and how much of one fits on a slide."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from workbook.report.office.slide_layout import Area
from workbook.report.office.storyline import Grid, Row
from workbook.report.office.text_fit import LINE, shortened, width, wrapped

_SIDE = 0.06
"""Inches between the edge of a cell and its text, at the left and the right."""
_TOP = 0.035
_WIDER = 1.06
"""Room for the fonts of templates, some of which are wider than the one that is measured."""
_LONGEST = 3.4
"""Inches of a column of words before others get their share."""
_MOST_LINES = 5
"""Lines of a cell on a slide; longer text is cut, and whole in the XLSX."""
_BREAKS = re.compile(r" |(?<=\w-)(?=\w)")
"""Where a cell may go to its next line."""
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTable:
    """The part of a table that fits into an area, measured."""

    grid: Grid
    """With the rows that fit and the text that fits into its cells."""
    points: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    """Of the heading and each row, in inches."""

    @property
    def height(self) -> float:
        """Inches of the whole."""
        return sum(self.heights)

    @property
    def shown(self) -> int:
        """Rows, headings of groups apart."""
        return sum(not row.group for row in self.grid.rows)


def set_table(grid: Grid, across: float, high: float, sizes: Sequence[float]) -> SetTable:
    """Return the table at the first type size at which all of it fits, else its first rows.

    At the last size rows are left out from the end; one row is always there.
    """
    for points in sizes:
        whole = _measured(grid, across, points)
        if whole.height <= high and least_width(grid, points) <= across:
            return whole
    rows = list(whole.grid.rows)
    heights = list(whole.heights)
    while len(rows) > 1 and (sum(heights) > high or rows[-1].group):
        rows.pop()
        heights.pop()
    return replace(whole, grid=replace(whole.grid, rows=tuple(rows)), heights=tuple(heights))


def add_table(shapes: Any, table: SetTable, area: Area) -> Any:
    """Draw the table at the top of the area and return its frame."""
    grid = table.grid
    left, top, _, _ = area.emu()
    frame = shapes.add_table(
        len(grid.rows) + 1,
        len(grid.heads),
        left,
        top,
        Inches(sum(table.widths)),
        Inches(table.height),
    )
    made = frame.table
    _plain(made)
    for column, inches in zip(made.columns, table.widths, strict=True):
        column.width = Inches(inches)
    for row, inches in zip(made.rows, table.heights, strict=True):
        row.height = Inches(inches)
    for place, head in enumerate(grid.heads):
        _write(made.cell(0, place), head.text, table.points, right=head.numeric, bold=True)
        _rule(made.cell(0, place), strong=True)
    for number, row in enumerate(grid.rows, start=1):
        _row(made, number, row, table)
    return frame


def _row(made: Any, number: int, row: Row, table: SetTable) -> None:
    heads = table.grid.heads
    if row.group and len(heads) > 1:
        made.cell(number, 0).merge(made.cell(number, len(heads) - 1))
    for place, head in enumerate(heads):
        cell = made.cell(number, place)
        text = row.cells[place] if place < len(row.cells) else ""
        right = head.numeric and not row.group
        _write(cell, text, table.points, right=right, bold=row.group or place == 0)
        _rule(cell, strong=False)


def _plain(made: Any) -> None:
    """Take away the bands and fills of the library's style: rules alone divide the rows."""
    properties = made._tbl.tblPr
    for name in ("bandRow", "bandCol", "firstCol", "lastRow", "lastCol"):
        properties.set(name, "0")
    properties.set("firstRow", "1")
    properties.find(qn("a:tableStyleId")).text = _NO_STYLE


def _write(cell: Any, text: str, points: float, *, right: bool, bold: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(_SIDE)
    cell.margin_top = cell.margin_bottom = Inches(_TOP)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(points)
    run.font.bold = bold


def _rule(cell: Any, *, strong: bool) -> None:
    """Draw a line under a cell, and none at its other sides."""
    colour = (
        '<a:schemeClr val="tx1"/>'
        if strong
        else ('<a:schemeClr val="tx1"><a:lumMod val="25000"/><a:lumOff val="75000"/></a:schemeClr>')
    )
    wide = 12700 if strong else 6350
    properties = cell._tc.get_or_add_tcPr()
    lines = [
        f'<a:{side} xmlns:a="{_A}" w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT")
    ]
    lines.append(f'<a:lnB xmlns:a="{_A}" w="{wide}"><a:solidFill>{colour}</a:solidFill></a:lnB>')
    for place, line in enumerate(lines):
        properties.insert(place, parse_xml(line))


def _measured(grid: Grid, across: float, points: float) -> SetTable:
    widths = column_widths(grid, across, points)
    rows = tuple(_fitted(row, widths, points) for row in grid.rows)
    head = [
        wrapped(h.text, points, w - 2 * _SIDE, bold=True)
        for h, w in zip(grid.heads, widths, strict=True)
    ]
    lines = [max(map(len, head), default=1), *(_lines(row, widths, points) for row in rows)]
    return SetTable(
        grid=replace(grid, rows=rows),
        points=points,
        widths=widths,
        heights=tuple(n * points * LINE / 72 + 2 * _TOP for n in lines),
    )


def _fitted(row: Row, widths: Sequence[float], points: float) -> Row:
    if row.group:
        return replace(
            row, cells=(shortened(row.cells[0], points, sum(widths) - 2 * _SIDE, 2, bold=True),)
        )
    cells = (
        shortened(text, points, wide - 2 * _SIDE, _MOST_LINES, bold=place == 0)
        for place, (text, wide) in enumerate(zip(row.cells, widths, strict=False))
    )
    return replace(row, cells=tuple(cells))


def _lines(row: Row, widths: Sequence[float], points: float) -> int:
    if row.group:
        return len(wrapped(row.cells[0], points, sum(widths) - 2 * _SIDE, bold=True))
    return max(
        (
            len(wrapped(text, points, wide - 2 * _SIDE, bold=place == 0))
            for place, (text, wide) in enumerate(zip(row.cells, widths, strict=False))
        ),
        default=1,
    )


def column_widths(grid: Grid, across: float, points: float) -> tuple[float, ...]:
    """Return the widths of the columns, in inches, that together are ``across``.

    Each gets what its longest word needs, figures all that they need, words a share of the rest.
    """
    least, wished = _asked(grid, points)
    needed = sum(least)
    if needed >= across:
        return tuple(w * across / needed for w in least)
    more = [w - low for w, low in zip(wished, least, strict=True)]
    spare = across - needed
    if sum(more) >= spare:
        return tuple(low + spare * m / sum(more) for low, m in zip(least, more, strict=True))
    rest = (spare - sum(more)) / len(least)
    return tuple(w + rest for w in wished)


def least_width(grid: Grid, points: float) -> float:
    """Return the inches that the columns need together, no word and no figure being broken."""
    return sum(_asked(grid, points)[0])


def _asked(grid: Grid, points: float) -> tuple[list[float], list[float]]:
    """Return what each column needs at least, and what it would take on one line."""
    least, wished = [], []
    for place, head in enumerate(grid.heads):
        cells = [r.cells[place] for r in grid.rows if not r.group and place < len(r.cells)]
        bold = place == 0
        words = (w for cell in cells for w in _BREAKS.split(cell))
        longest = max((width(w, points, bold=bold) for w in words), default=0.0)
        whole = max((width(cell, points, bold=bold) for cell in cells), default=0.0)
        title = max(width(w, points, bold=True) for w in _BREAKS.split(head.text))
        room = 2 * _SIDE + 0.04
        low = whole if head.numeric else longest
        least.append(min(_WIDER * max(low, title), _LONGEST) + room)
        wished.append(min(_WIDER * max(whole, title), 2 * _LONGEST) + room)
    return least, wished
