"""Which columns of a table stand on the page, and what is said of those that do not.

A column without a word is left out, one that says the same in every row is said once under the
table, and of those that would make the type too small the least important go to the XLSX only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbook.report.columns import ColumnText, fit

_FEW = 3
"""From so many rows on it is no chance that all say the same; so many columns are always kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageColumn:
    """A column as the page would show it."""

    at: int
    """Its place among the columns of the table."""
    heading: str
    """With the unit."""
    text: ColumnText
    """As it is set: its spaces break only where a line may."""
    spare: int = 0
    """The highest goes first where not all of them fit; 0 for those that matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The columns of the page and what is said under the table."""

    columns: Sequence[PageColumn]
    constant: Sequence[tuple[str, str]] = ()
    """Heading and cell of columns that say the same in every row."""
    twins: Sequence[tuple[str, str]] = ()
    """Heading of a column and of the one that it repeats row by row."""
    left: Sequence[str] = ()
    """Headings of those that only the XLSX has."""


def chosen(columns: Sequence[PageColumn], missing: str, *, whole: bool) -> Chosen:
    """Return the columns of the page; the first one, the names of rows, is always among them.

    Parameters
    ----------
    missing
        What a cell without a value says.
    whole
        Whether these rows are all that the table has: only then can be said what all say.
    """
    kept = [c for c in columns if not c.at or not _empty(c, missing)]
    constant: list[tuple[str, str]] = []
    twins: list[tuple[str, str]] = []
    for column in kept[1:] if whole else ():
        if len(column.text.cells) < _FEW or len(kept) <= _FEW:
            break
        first = column.text.cells[0]
        twin = _twin(column, kept)
        if len(set(column.text.cells)) == 1:
            constant.append((column.heading, first))
        elif twin:
            twins.append((column.heading, twin.heading))
        else:
            continue
        kept.remove(column)
    shown = _fitting(kept)
    left = [c.heading for c in kept if c not in shown]
    return Chosen(columns=shown, constant=constant, twins=twins, left=left)


def _empty(column: PageColumn, missing: str) -> bool:
    cells = column.text.cells
    return bool(cells) and all(c in ("", missing) for c in cells)


def _twin(column: PageColumn, columns: Iterable[PageColumn]) -> PageColumn | None:
    """Return the column of figures before this one that has the same in every row."""
    before = (c for c in columns if 0 < c.at < column.at and c.text.whole and column.text.whole)
    return next((c for c in before if c.text.cells == column.text.cells), None)


def _fitting(columns: Sequence[PageColumn]) -> Sequence[PageColumn]:
    kept = list(columns)
    while len(kept) > 2 and fit([c.text for c in kept]).squeezed:
        kept.remove(max(kept[1:], key=lambda c: (c.spare, c.at)))
    return kept
