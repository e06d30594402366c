"""A table of the page as Typst code, its columns as wide as their content asks."""

from collections.abc import Sequence

from workbook.errors import RunError
from workbook.report.columns import ColumnText, fit, height
from workbook.report.tree import Element
from workbook.report.typst_text import SPACES, array, cell_of, flag, words

Cells = Sequence[Element | None]
_TOGETHER = 200.0
"""Points: a higher table may go over to the next page, its heading repeated."""


def table_code(tag: Element) -> str:
    """Return the call that sets a table.

    Raises
    ------
    RunError
        Naming the cell, when the rows differ in length.
    """
    head, names, lines = _parts(tag)
    body = _body(tag, names, lines)
    fitted = fit(_columns(names, body))
    sides = ("right" if _all_in(i, names, body, "num") else "left" for i in range(len(names)))
    caption = words(next(tag.named("caption"), None))
    header = array(words(c) for c in names) if head else "()"
    return (
        f"wb-table(size: {fitted.size}pt, squeezed: {flag(fitted.squeezed)}, "
        f"widths: {array(f'{w:.1f}fr' for w in fitted.widths)}, "
        f"sides: {array(sides)}, caption: {caption}, "
        f"header: {header}, after: after, rows: {array(_row(r, len(names)) for r in lines)})"
    )


def fits_together(tag: Element) -> bool:
    """Return whether a table is short enough to be kept on one page.

    Raises
    ------
    RunError
        As :func:`table_code` does.
    """
    _, names, lines = _parts(tag)
    body = _body(tag, names, lines)
    columns = _columns(names, body)
    fitted = fit(columns)
    return height(columns, fitted, groups=len(lines) - len(body)) <= _TOGETHER


def _parts(tag: Element) -> tuple[Element | None, Cells, list[Cells]]:
    """Return the heading row, its cells (None without one) and the cells of the body."""
    lines = [(row, any(e.name == "thead" for e in row.above())) for row in tag.named("tr")]
    head = next((row for row, heads in lines if heads), None)
    body = [_cells(row) for row, heads in lines if not heads]
    return head, _cells(head) if head else [None] * max(map(len, body), default=0), body


def _body(tag: Element, names: Cells, lines: Sequence[Cells]) -> list[Cells]:
    """Return the rows of cells, without the headings of groups of rows."""
    body = [r for r in lines if not _spans(r, len(names))]
    if any(len(r) != len(names) for r in body):
        raise RunError(f"{cell_of(tag)}: the rows of a table differ in length")
    return body


def _spans(row: Cells, n: int) -> bool:
    """Return whether a row is one heading over all ``n`` columns."""
    only = row[0] if len(row) == 1 < n else None
    return only is not None and only.attrs.get("colspan") == str(n)


def _columns(names: Cells, body: Sequence[Cells]) -> list[ColumnText]:
    return [_column(i, names, body) for i in range(len(names))]


def _cells(row: Element) -> Cells:
    return [cell for cell in row.elements if cell.name in ("th", "td")]


def _column(i: int, names: Cells, body: Sequence[Cells]) -> ColumnText:
    whole = any(_all_in(i, names, body, css) for css in ("num", "wb-day"))
    cells = [_plain(r[i]) for r in body]
    bold = any(_is_label(r[i]) for r in body)
    return ColumnText(heading=_plain(names[i]), cells=cells, whole=whole, bold=bold)


def _plain(tag: Element | None) -> str:
    return SPACES.sub(" ", tag.text()).strip(" ") if tag else ""


def _all_in(i: int, names: Cells, body: Sequence[Cells], css: str) -> bool:
    cells = [r[i] for r in body] or [names[i]]
    return all(c is not None and css in c.classes for c in cells)


def _row(cells: Cells, n: int) -> str:
    if _spans(cells, n):
        # no line between a heading and the rows under it
        style = "stroke: (bottom: none), inset: (bottom: 0.1em)"
        return array([f"table.cell(colspan: {n}, {style}, strong({words(cells[0])}))"])
    return array(f"strong({words(c)})" if _is_label(c) else words(c) for c in cells)


def _is_label(cell: Element | None) -> bool:
    return cell is not None and cell.name == "th" and "wb-long" not in cell.classes
