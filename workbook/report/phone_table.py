"""How a table stands on a phone: as it is, each row as a card, or sliding beside its first column.

The page's style does what the classes say.  Words need room, so a short table of words becomes
cards, each cell under the heading of its column; figures are compared down a column, so their
table keeps its shape and slides, and the names of its rows stay in sight.
"""

from workbook.report.tree import Element

FITS, CARDS, SLIDES = "wb-fits", "wb-cards", "wb-slides"
_FEW_COLUMNS = 3
"""So many stand beside each other on a phone."""
_FEW_ROWS = 15
"""More cards than that are longer than anyone scrolls."""
_WORDY = 3
"""Columns of words from which a table is one of words, unless it has as many of figures."""
_FIGURES = frozenset({"num", "wb-day"})


def fit_for_phone(table: Element) -> None:
    """Give a table the class that fits it, and cards the names of their cells."""
    kind = _kind(table)
    table.attrs["class"] = " ".join([*table.classes, kind])
    if kind == CARDS:
        _name_cells(table, _headings(table))
    box = table.parent
    if kind == FITS and box is not None and box.attrs.get("role") == "region":
        for name in ("role", "tabindex", "aria-label"):  # nothing to scroll, nowhere to stop
            box.attrs.pop(name, None)


def _kind(table: Element) -> str:
    headings, rows = _headings(table), list(_rows(table))
    widest = max((_span(row) for row in table.named("tr")), default=0)
    if widest <= _FEW_COLUMNS:
        return FITS
    words = sum(_FIGURES.isdisjoint(heading.classes) for heading in headings)
    regular = len(headings) == widest and all(_is_regular(row, widest) for row in rows)
    wordy = words >= _WORDY and 2 * words > len(headings)
    return CARDS if regular and wordy and len(rows) <= _FEW_ROWS else SLIDES


def _span(row: Element) -> int:
    return sum(int(cell.attrs.get("colspan", "1")) for cell in row.elements)


def _is_regular(row: Element, width: int) -> bool:
    """Return whether a row has a cell for each column, or is the heading of a group of rows."""
    return len(row.elements) == width or _is_group(row)


def _is_group(row: Element) -> bool:
    return len(row.elements) == 1 and row.elements[0].attrs.get("scope") == "rowgroup"


def _headings(table: Element) -> list[Element]:
    """Return the headings of the columns; none where they are not one plain row."""
    rows = [row for head in table.named("thead") for row in head.named("tr")]
    if len(rows) != 1 or any("colspan" in cell.attrs for cell in rows[0].elements):
        return []
    return rows[0].elements


def _rows(table: Element) -> list[Element]:
    return [row for body in table.named("tbody") for row in body.named("tr")]


def _name_cells(table: Element, headings: list[Element]) -> None:
    """Say what each cell is of; with roles, for a card is no longer shown as a row of a table."""
    roles = {"thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    table.attrs["role"] = "table"
    for element in table.within():
        if element.name in roles:
            element.attrs["role"] = roles[element.name]
        elif element.name == "th":
            side = "column" if element.attrs.get("scope") == "col" else "row"
            element.attrs["role"] = f"{side}header"
    for row in _rows(table):
        if not _is_group(row):
            for cell, heading in zip(row.elements, headings, strict=True):
                if cell.name == "td":
                    cell.attrs["data-label"] = heading.words()
