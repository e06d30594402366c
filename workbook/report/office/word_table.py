"""Tables of a Word document: cells, rules, and rows that keep together."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from workbook.charts.chart import INK, PALE
from workbook.report.office.native_table import least_width
from workbook.report.office.storyline import (
    Grid,
    Head,
    Row,
)
from workbook.report.office.word_marks import put_in_order

ARIAL = 0.95
"""Width of the font for each unit of the one that columns are measured in."""


def write_cells(cells: Sequence[Any], row: Row, heads: Sequence[Head], points: float) -> None:
    """Write one row; the heading of a group reaches over all columns."""
    if row.group:
        first = cells[0].merge(cells[-1]) if len(cells) > 1 else cells[0]
        write_cell(first, row.cells[0], points, right=False, bold=True)
        return
    for place, (cell, text, head) in enumerate(zip(cells, row.cells, heads, strict=False)):
        write_cell(cell, text, points, right=head.numeric, bold=place == 0)


def write_cell(cell: Any, text: str, points: float, *, right: bool, bold: bool) -> None:
    """Write words into a cell: figures at its right."""
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(0)
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    else:
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
    run = line.add_run(text)
    run.font.size, run.font.bold = Pt(points), bold


def keep_with_next(cells: Sequence[Any]) -> None:
    """Keep a heading on the page of the row under it."""
    for cell in cells:
        for line in cell.paragraphs:
            line.paragraph_format.keep_with_next = True


def is_roomy(grid: Grid, across: float, points: float) -> bool:
    """Return whether no column is narrower than its longest word or figure at a type size."""
    return least_width(grid, points * ARIAL) <= across


def set_widths(table: Any, widths: Sequence[float]) -> None:
    """Set the columns to widths in inches."""
    for column, inches in zip(table.columns, widths, strict=True):
        column.width = Pt(inches * 72)
    for row in table.rows:
        for cell, inches in zip(row.cells, widths, strict=True):
            cell.width = Pt(inches * 72)


def repeat_on_pages(row: Any) -> None:
    """Let a row stand on top of each page that its table goes over."""
    flag = OxmlElement("w:tblHeader")
    row._tr.get_or_add_trPr().append(flag)


def keep_whole(row: Any) -> None:
    """Keep a row on one page."""
    properties = row._tr.get_or_add_trPr()
    properties.insert(0, OxmlElement("w:cantSplit"))


def rule_rows(table: Any) -> None:
    """Divide rows by horizontal rules alone."""
    pale, ink = PALE[1:].upper(), INK[1:].upper()
    table._tbl.tblPr.append(
        parse_xml(
            f'<w:tblBorders {nsdecls("w")}><w:top w:val="nil"/>'
            f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{pale}"/>'
            f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{pale}"/></w:tblBorders>'
        )
    )
    for cell in table.rows[0].cells:
        cell._tc.get_or_add_tcPr().append(
            parse_xml(
                f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="8" w:space="0" '
                f'w:color="{ink}"/></w:tcBorders>'
            )
        )
    _margins(table)


def _margins(table: Any) -> None:
    sides = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 30), ("left", 60), ("bottom", 30), ("right", 60))
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>"))
    put_in_order(table._tbl.tblPr, _TABLE_ORDER)


_TABLE_ORDER = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize",
    "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd",
    "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription",
)  # fmt: skip


def shade(cell: Any, colour: str) -> None:
    """Fill a cell with a colour, ``rrggbb``."""
    cell._tc.get_or_add_tcPr().append(
        parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>')
    )
