"""The distinct cells of a column: of one file, and of all files by which each of them is judged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.intake.cells.cell import Cell
from workbook.intake.cells.cell_kinds import BLANKS, TEXT
from workbook.intake.raw_table import RawTable

T = TypeVar("T")
_KINDS = 256
"""More than there are kinds of cells, each of one byte."""


def distinct_cells(raw: RawTable, index: int) -> tuple[npt.NDArray[np.int64], list[Cell]]:
    """Return the code of every row and the distinct cells by code."""
    column = raw.cells[index]
    stripped = [text.strip(BLANKS) for text in column.distinct]
    if raw.kinds is None:
        return column.codes, [Cell(TEXT, text) for text in stripped]
    kinds = raw.kinds[index].view(np.uint8)
    codes, both = pd.factorize(column.codes * _KINDS + kinds)
    texts, signs = np.divmod(both, _KINDS)
    pairs = zip(signs.tolist(), texts.tolist(), strict=True)
    return codes, [Cell(chr(kind), stripped[text]) for kind, text in pairs]


@dataclass(frozen=True, eq=False)
class JudgedCells:
    """The distinct cells of a column in all files of its table, whose signs and scale are one.

    What the files are asked for each is found once; cells of a million texts are made only if
    somebody looks at them one by one.

    Parameters
    ----------
    places
        The column in each of the files: its table and its index there.
    """

    places: Sequence[tuple[RawTable, int]]
    _known: dict[str, object] = field(default_factory=dict, init=False)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of its cells."""
        found = set[str]()
        for raw, index in self.places:
            if raw.kinds is None:
                found.add(TEXT)
            else:
                found |= set(map(chr, np.unique(raw.kinds[index].view(np.uint8)).tolist()))
        return frozenset(found)

    @cached_property
    def texts(self) -> Sequence[str]:
        """Its different texts, blank ones left out."""
        found = dict[str, None]()
        for raw, index in self.places:
            distinct = raw.cells[index].distinct.tolist()
            found.update(dict.fromkeys([text.strip(BLANKS) for text in distinct]))
        found.pop("", None)
        return list(found)

    @cached_property
    def cells(self) -> Sequence[Cell]:
        """Its different cells."""
        each = [distinct_cells(raw, index)[1] for raw, index in self.places]
        return list(dict.fromkeys(cell for cells in each for cell in cells))

    def once(self, what: str, find: Callable[[], T]) -> T:
        """Return what ``find`` gives, which is the same for every file; it is asked once."""
        if what not in self._known:
            self._known[what] = find()
        return cast(T, self._known[what])
