"""A table of the page as Typst code, its columns as wide as their content asks."""

from collections.abc import Sequence

from bs4 import Tag

from workbook.errors import RunError
from workbook.report.columns import ColumnText, fit, height
from workbook.report.typst_text import SPACES, array, cell_of, classes, flag, words

Cells = Sequence[Tag | None]
_TOGETHER = 300.0
"""Points: a higher table may go over to the next page, its heading repeated."""


def table_code(tag: Tag) -> str:
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
    title = tag.find("caption")
    caption = words(title if isinstance(title, Tag) else None)
    header = array(words(c) for c in names) if head else "()"
    return (
        f"wb-table(size: {fitted.size}pt, squeezed: {flag(fitted.squeezed)}, "
        f"widths: {array(f'{w:.1f}fr' for w in fitted.widths)}, "
        f"sides: {array(sides)}, caption: {caption}, header: {header}, "
        f"rows: {array(_row(r, len(names)) for r in lines)})"
    )


def fits_together(tag: Tag) -> bool:
    """Tell whether a table is short enough to be kept on one page.

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


def _parts(tag: Tag) -> tuple[Tag | None, Cells, list[Cells]]:
    """Return the heading row, its cells (None without one) and the cells of the body."""
    lines = tag.find_all("tr")
    head = next((r for r in lines if r.find_parent("thead")), None)
    body = [_cells(r) for r in lines if not r.find_parent("thead")]
    return head, _cells(head) if head else [None] * max(map(len, body), default=0), body


def _body(tag: Tag, names: Cells, lines: Sequence[Cells]) -> list[Cells]:
    """Return the rows of cells, without the headings of groups of rows."""
    body = [r for r in lines if not _spans(r, len(names))]
    if any(len(r) != len(names) for r in body):
        raise RunError(f"{cell_of(tag)}: the rows of a table differ in length")
    return body


def _spans(row: Cells, n: int) -> bool:
    """Tell whether a row is one heading over all ``n`` columns."""
    only = row[0] if len(row) == 1 < n else None
    return only is not None and only.get("colspan") == str(n)


def _columns(names: Cells, body: Sequence[Cells]) -> list[ColumnText]:
    return [_column(i, names, body) for i in range(len(names))]


def _cells(row: Tag) -> Cells:
    return list(row.find_all(["th", "td"], recursive=False))


def _column(i: int, names: Cells, body: Sequence[Cells]) -> ColumnText:
    whole = any(_all_in(i, names, body, css) for css in ("num", "wb-day"))
    cells = [_plain(r[i]) for r in body]
    return ColumnText(heading=_plain(names[i]), cells=cells, whole=whole)


def _plain(tag: Tag | None) -> str:
    return SPACES.sub(" ", tag.get_text()).strip(" ") if tag else ""


def _all_in(i: int, names: Cells, body: Sequence[Cells], css: str) -> bool:
    cells = [r[i] for r in body] or [names[i]]
    return all(c is not None and css in classes(c) for c in cells)


def _row(cells: Cells, n: int) -> str:
    if _spans(cells, n):
        return array([f"table.cell(colspan: {n}, strong({words(cells[0])}))"])
    return array(f"strong({words(c)})" if _is_label(c) else words(c) for c in cells)


def _is_label(cell: Tag | None) -> bool:
    return cell is not None and cell.name == "th" and "wb-long" not in classes(cell)
