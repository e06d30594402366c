"""A table as the file has it: headings found, cells still text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from workbook.errors import Location
from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import BLANK, TEXT
from workbook.intake.files.column_letters import column_letters
from workbook.intake.problems import shown

Texts: TypeAlias = npt.NDArray[np.object_]
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
    texts: tuple[Texts, ...]
    """One array of ``str`` per column."""
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
        return Cell(kind, self.texts[index][row].strip())

    def is_blank(self, index: int) -> "npt.NDArray[np.bool_]":
        """Return the rows in which a column has nothing but spaces."""
        texts = self.texts[index]
        return np.fromiter((not text.strip() for text in texts), dtype=bool, count=len(texts))

    def keep_rows(self, mask: npt.NDArray[np.bool_]) -> "RawTable":
        """Return the table with the rows of ``mask`` only."""
        if mask.all():
            return self
        kinds = None if self.kinds is None else tuple(kind[mask] for kind in self.kinds)
        texts = tuple(text[mask] for text in self.texts)
        return replace(self, texts=texts, kinds=kinds, rows=self.rows[mask])

    def with_column(self, heading: str, texts: Texts, at: int = -1) -> "RawTable":
        """Return the table with one more column of text, which stands in the file ``at``."""
        kinds = None
        if self.kinds is not None:
            kind = np.where(texts == "", BLANK.encode(), TEXT.encode()).astype("S1")
            kinds = (*self.kinds, kind)
        return replace(
            self,
            headings=(*self.headings, heading),
            texts=(*self.texts, texts),
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
        return replace(
            self, texts=(*self.texts[:index], texts, *self.texts[index + 1 :]), kinds=kinds
        )

    def keep_columns(self, indexes: Sequence[int]) -> "RawTable":
        """Return the table with some of its columns."""
        return replace(
            self,
            headings=tuple(self.headings[i] for i in indexes),
            texts=tuple(self.texts[i] for i in indexes),
            kinds=None if self.kinds is None else tuple(self.kinds[i] for i in indexes),
            columns=tuple(self.columns[i] for i in indexes),
        )


def as_texts(values: Sequence[Any]) -> Texts:
    """Return strings as an object array."""
    made: Texts = np.empty(len(values), dtype=object)
    made[:] = values
    return made
