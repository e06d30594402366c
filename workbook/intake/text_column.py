"""A column of text by its distinct cells: each is kept, and looked at, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Texts: TypeAlias = npt.NDArray[np.object_]
Codes: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class TextColumn:
    """The cells of a column.

    Parameters
    ----------
    codes
        Position in ``distinct`` of the text of every row.
    distinct
        Its different texts in the order of their first rows; every one stands in a row.

    Examples
    --------
    >>> column = TextColumn.of(["b", "a", "b", " "])
    >>> column.codes.tolist(), column.distinct.tolist()
    ([0, 1, 0, 2], ['b', 'a', ' '])
    >>> column.blank.tolist(), column[2], len(column)
    ([False, False, False, True], 'b', 4)
    """

    codes: Codes
    distinct: Texts

    @classmethod
    def of(cls, texts: Sequence[str] | Texts) -> "TextColumn":
        """Return the column that has these cells."""
        codes, distinct = pd.factorize(as_texts(texts))
        return cls(codes, distinct)

    @classmethod
    def by_codes(cls, codes: Codes, texts: Texts) -> "TextColumn":
        """Return the column whose rows have these positions in ``texts``, all different.

        >>> TextColumn.by_codes(np.array([2, 0, 2]), as_texts(["a", "b", "c"])).distinct.tolist()
        ['c', 'a']
        """
        inner, used = pd.factorize(codes)
        return cls(inner, texts[used])

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        text: str = self.distinct[self.codes[row]]
        return text

    @cached_property
    def texts(self) -> Texts:
        """The text of every row."""
        made: Texts = self.distinct.take(self.codes)
        return made

    @cached_property
    def blank(self) -> Mask:
        """The rows with nothing but spaces."""
        return self.where([not text or text.isspace() for text in self.distinct.tolist()])

    def where(self, said: Sequence[bool] | Mask) -> Mask:
        """Return the rows whose text is one of those of which something is ``said``."""
        hit = np.asarray(said, dtype=bool)
        if not hit.any():
            return np.zeros(len(self.codes), dtype=bool)
        rows: Mask = hit.take(self.codes)
        return rows

    def equals(self, text: str) -> Mask:
        """Return the rows that have exactly this text."""
        return self.where(np.asarray(self.distinct == text))

    def keep(self, rows: Mask) -> "TextColumn":
        """Return the column with some of its rows."""
        return TextColumn.by_codes(self.codes[rows], self.distinct)


def as_texts(values: Sequence[Any] | Texts) -> Texts:
    """Return strings as an object array."""
    if isinstance(values, np.ndarray) and values.dtype == object:
        return values
    made: Texts = np.empty(len(values), dtype=object)
    made[:] = values
    return made
