"""A table of the page as Typst code, its columns as wide as their content asks."""

from collections.abc import Sequence

from bs4 import Tag

from workbook.errors import RunError
from workbook.report.columns import ColumnText, fit
from workbook.report.typst_text import SPACES, array, cell_of, classes, flag, words

Cells = Sequence[Tag | None]


def table_code(tag: Tag) -> str:
    """Return the call that sets a table.

    Raises
    ------
    RunError
        Naming the cell, when the rows differ in length.
    """
    lines = tag.find_all("tr")
    head = next((r for r in lines if r.find_parent("thead")), None)
    body = [_cells(r) for r in lines if not r.find_parent("thead")]
    names: Cells = _cells(head) if head else [None] * max(map(len, body), default=0)
    if any(len(r) != len(names) for r in body):
        raise RunError(f"{cell_of(tag)}: the rows of a table differ in length")
    fitted = fit([_column(i, names, body) for i in range(len(names))])
    sides = ("right" if _all_in(i, names, body, "num") else "left" for i in range(len(names)))
    title = tag.find("caption")
    caption = words(title if isinstance(title, Tag) else None)
    header = array(words(c) for c in names) if head else "()"
    return (
        f"wb-table(size: {fitted.size}pt, squeezed: {flag(fitted.squeezed)}, "
        f"widths: {array(f'{w:.1f}fr' for w in fitted.widths)}, "
        f"sides: {array(sides)}, caption: {caption}, header: {header}, "
        f"rows: {array(_row(r) for r in body)})"
    )


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


def _row(cells: Cells) -> str:
    return array(f"strong({words(c)})" if _is_label(c) else words(c) for c in cells)


def _is_label(cell: Tag | None) -> bool:
    return cell is not None and cell.name == "th" and "wb-long" not in classes(cell)
