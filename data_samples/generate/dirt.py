"""What real files have and clean rows have not: copies, blank lines, spaces, titles, totals."""

from datetime import date
from random import Random

from data_samples.generate.rows import Cell, Row
from data_samples.generate.spec import Layout
from data_samples.generate.words import headings, in_words

Line = list[Cell]


def lines(layout: Layout, rows: list[Row], language: str, chance: Random) -> list[Line]:
    """Return everything that is written to the file or sheet, header included."""
    body = [in_words(language, row, layout) for row in rows]
    body = [[_spaced(cell, layout.untidy, chance) for cell in line] for line in body]
    if layout.text_dates:
        body = [[_as_text(cell, layout.text_dates, chance) for cell in line] for line in body]
    for line in chance.sample(body, k=layout.duplicates):
        body.insert(chance.randint(body.index(line) + 1, len(body)), list(line))
    width = len(layout.columns)
    for _ in range(layout.blank_rows):
        body.insert(chance.randint(3, len(body) - 1), [None] * width)
    above = [[layout.title, *[None] * (width - 1)], [None] * width] if layout.title else []
    below = [_total(layout, rows)] if layout.total else []
    return [*above, headings(language, layout), *body, *below]


def _spaced(cell: Cell, share: float, chance: Random) -> Cell:
    if not isinstance(cell, str) or chance.random() >= share:
        return cell
    return chance.choice((f"{cell} ", f"{cell}  ", f" {cell}"))


def _as_text(cell: Cell, share: float, chance: Random) -> Cell:
    """Return a day as text when somebody typed it so."""
    typed = isinstance(cell, date) and chance.random() < share
    return f"{cell:%d.%m.%Y}" if typed else cell


def _total(layout: Layout, rows: list[Row]) -> Line:
    """Return the line that the client's accountant put under the table."""
    line: Line = [None] * len(layout.columns)
    line[0] = layout.total
    line[layout.columns.index("amount")] = round(sum(row["amount"] for row in rows), 2)
    return line
