"""A table as the file has it: headings found, cells still text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeAlias, overload

import numpy as np
import numpy.typing as npt

from workbook.errors import Location
from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import BLANK, TEXT
from workbook.intake.files.column_letters import column_letters
from workbook.intake.problems import shown
from workbook.intake.text_column import TextColumn, Texts, as_texts

Kinds: TypeAlias = npt.NDArray[np.bytes_]
Rows: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """Header and rows of one CSV file or sheet."""

    place: Location
    """File and sheet."""
    headings: tuple[str, ...]
    """As the file has them, outer spaces gone."""
    header_row: int
    cells: tuple[TextColumn, ...]
    """The columns by their distinct texts."""
    kinds: tuple[Kinds, ...] | None = None
    """Kind of every cell (:mod:`workbook.intake.cells.cell`) per column; None: all text."""
    rows: Rows
    """Row numbers as the file shows them."""
    first_column: int | None = None
    """Number of the first column in a workbook (1 is A); None for CSV."""
    columns: tuple[int, ...] = field(default=())
    """Position of each column in the file, counted from the first one; -1: made by the recipe."""
    currencies: Mapping[int, Mapping[str, Sequence[int]]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """Of a workbook: position of a column in the file -> currency that number formats show ->
    count and first row."""
    above: tuple[tuple[str, ...], ...] = ()
    """Cells of the lines above the header."""
    dropped: int = 0
    """Rows below the header that drop_rows leaves out; they are in no array."""

    @property
    def texts(self) -> "Expanded":
        """One array of ``str`` per column, a text per row; each is made when it is asked for."""
        return Expanded(self.cells)

    @property
    def titles(self) -> tuple[str, ...]:
        """Lines above the header, their cells joined."""
        return tuple(" ".join(filter(None, map(str.strip, line))) for line in self.above)

    def column_place(self, index: int) -> Location:
        """Return the place of a column: its heading, in a workbook after the letter."""
        heading = shown(self.headings[index])
        if self.first_column is None or self.columns[index] < 0:
            return replace(self.place, column=heading)
        letter = column_letters(self.first_column + self.columns[index])
        return replace(self.place, column=f"{letter} ({heading})" if heading else letter)

    def cell(self, index: int, row: int) -> Cell:
        """Return one cell by the positions of its column and row."""
        kind = TEXT if self.kinds is None else self.kinds[index][row].decode("ascii")
        return Cell(kind, self.cells[index][row].strip())

    def is_blank(self, index: int) -> "npt.NDArray[np.bool_]":
        """Return the rows in which a column has nothing but spaces."""
        return self.cells[index].blank

    def keep_rows(self, mask: npt.NDArray[np.bool_]) -> "RawTable":
        """Return the table with the rows of ``mask`` only."""
        if mask.all():
            return self
        kinds = None if self.kinds is None else tuple(kind[mask] for kind in self.kinds)
        cells = tuple(column.keep(mask) for column in self.cells)
        return replace(self, cells=cells, kinds=kinds, rows=self.rows[mask])

    def with_column(self, heading: str, texts: Texts, at: int = -1) -> "RawTable":
        """Return the table with one more column of text, which stands in the file ``at``."""
        kinds = None
        if self.kinds is not None:
            kind = np.where(texts == "", BLANK.encode(), TEXT.encode()).astype("S1")
            kinds = (*self.kinds, kind)
        return replace(
            self,
            headings=(*self.headings, heading),
            cells=(*self.cells, TextColumn.of(texts)),
            kinds=kinds,
            columns=(*self.columns, at),
        )

    def with_texts(self, index: int, texts: Texts, changed: npt.NDArray[np.bool_]) -> "RawTable":
        """Return the table with other texts in one column, in the rows that have ``changed``."""
        kinds = self.kinds
        if kinds is not None:
            kind = np.where(texts == "", BLANK.encode(), TEXT.encode()).astype("S1")
            kind = np.where(changed, kind, kinds[index]).astype("S1")
            kinds = (*kinds[:index], kind, *kinds[index + 1 :])
        cells = (*self.cells[:index], TextColumn.of(texts), *self.cells[index + 1 :])
        return replace(self, cells=cells, kinds=kinds)

    def keep_columns(self, indexes: Sequence[int]) -> "RawTable":
        """Return the table with some of its columns."""
        return replace(
            self,
            headings=tuple(self.headings[i] for i in indexes),
            cells=tuple(self.cells[i] for i in indexes),
            kinds=None if self.kinds is None else tuple(self.kinds[i] for i in indexes),
            columns=tuple(self.columns[i] for i in indexes),
        )


class Expanded(Sequence[Texts]):
    """Columns with a text per row."""

    def __init__(self, columns: Sequence[TextColumn]) -> None:
        self._columns = columns

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, index: int) -> Texts: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Texts]: ...
    def __getitem__(self, index: int | slice) -> Texts | Sequence[Texts]:
        if isinstance(index, slice):
            return Expanded(self._columns[index])
        return self._columns[index].texts


__all__ = ["Expanded", "Kinds", "RawTable", "Rows", "Texts", "as_texts"]
