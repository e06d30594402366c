"""The table type of results: what has a row per customer, cell, document or answer.

A :class:`DataTable` is a frame of declared columns.  Each column says its kind, unit and meaning;
values are checked where the table is made, and nothing changes them afterwards.  The result file,
the XLSX, the pages and people in notebooks read the same columns, and no object is made per row.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

Cells: TypeAlias = "pd.Series[Any]"


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    CHOICE = "choice"
    """One of a few words (see :attr:`Column.choices`)."""
    WHOLE = "whole"
    """A whole number."""
    NUMBER = "number"
    FLAG = "flag"
    """True or False."""
    DAY = "day"
    PARTS = "parts"
    """A tuple of texts or of small records; most are empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one column of a table holds."""

    name: str
    kind: Kind
    meaning: str
    """In a sentence, for those who read the result file."""
    unit: str = ""
    """``EUR``-like units are ``money``; shares are ``0-1``; empty without a unit."""
    optional: bool = False
    """A cell may be missing; in files it is ``null``."""
    choices: tuple[str, ...] = ()
    """The words of a ``CHOICE`` in their order."""


def text(name: str, meaning: str, *, optional: bool = False) -> Column:
    """Return a column of texts.

    Examples
    --------
    >>> text("customer_id", "The customer.").kind
    <Kind.TEXT: 'text'>
    """
    return Column(name=name, kind=Kind.TEXT, meaning=meaning, optional=optional)


def choice(name: str, meaning: str, choices: Iterable[str], *, optional: bool = False) -> Column:
    """Return a column of one of a few words, such as the members of a ``StrEnum``.

    Examples
    --------
    >>> choice("class_", "By turnover.", "ABC").choices
    ('A', 'B', 'C')
    """
    words = tuple(map(str, choices))
    return Column(name=name, kind=Kind.CHOICE, meaning=meaning, choices=words, optional=optional)


def whole(name: str, meaning: str, *, unit: str = "", optional: bool = False) -> Column:
    """Return a column of whole numbers.

    Examples
    --------
    >>> whole("n", "Answers.", unit="answers").unit
    'answers'
    """
    return Column(name=name, kind=Kind.WHOLE, meaning=meaning, unit=unit, optional=optional)


def number(name: str, meaning: str, *, unit: str = "", optional: bool = False) -> Column:
    """Return a column of numbers.

    Examples
    --------
    >>> number("share", "Part of the whole.", unit="0-1", optional=True).optional
    True
    """
    return Column(name=name, kind=Kind.NUMBER, meaning=meaning, unit=unit, optional=optional)


def flag(name: str, meaning: str, *, optional: bool = False) -> Column:
    """Return a column of True and False.

    Examples
    --------
    >>> flag("lost", "Has not bought since.").kind
    <Kind.FLAG: 'flag'>
    """
    return Column(name=name, kind=Kind.FLAG, meaning=meaning, optional=optional)


def day(name: str, meaning: str, *, optional: bool = False) -> Column:
    """Return a column of days.

    Examples
    --------
    >>> day("last", "Of the last purchase.").kind
    <Kind.DAY: 'day'>
    """
    return Column(name=name, kind=Kind.DAY, meaning=meaning, optional=optional)


def parts(name: str, meaning: str) -> Column:
    """Return a column of tuples: of texts, or of small records.

    Examples
    --------
    >>> parts("reasons", "Why it left.").kind
    <Kind.PARTS: 'parts'>
    """
    return Column(name=name, kind=Kind.PARTS, meaning=meaning)


class DataTable:
    """An immutable table of declared columns.

    Parameters
    ----------
    columns
        The declaration; the frame's columns in this order.
    frame
        One row per thing.  Missing cells are NA; the index is dropped.

    Raises
    ------
    ValueError
        When columns are not those declared, a cell that must be there is missing, a number is
        not finite, or a word is none of the choices.

    Examples
    --------
    >>> columns = (
    ...     text("customer_id", "The customer."),
    ...     number("total", "Sold in the window.", unit="money", optional=True),
    ... )
    >>> table = DataTable(columns, pd.DataFrame({"customer_id": ["a", "b"], "total": [1.5, None]}))
    >>> len(table), float(table["total"].sum())
    (2, 1.5)
    >>> list(table.records())
    [{'customer_id': 'a', 'total': 1.5}, {'customer_id': 'b', 'total': None}]
    """

    __slots__ = ("_made", "columns")

    columns: tuple[Column, ...]
    """The declaration of the columns."""
    _made: pd.DataFrame | None
    """None: a table without rows whose frame nobody has asked for."""

    def __init__(self, columns: Sequence[Column], frame: pd.DataFrame) -> None:
        names = [column.name for column in columns]
        if list(frame.columns) != names:
            raise ValueError(f"the columns are {list(frame.columns)} instead of {names}")
        typed = {column.name: _typed(column, frame[column.name]) for column in columns}
        made = pd.DataFrame(typed, index=pd.RangeIndex(len(frame)), columns=names, copy=False)
        object.__setattr__(self, "columns", tuple(columns))
        object.__setattr__(self, "_made", made)

    @classmethod
    def empty(cls, columns: Sequence[Column]) -> "DataTable":
        """Return a table without rows."""
        return _again(tuple(columns), None)

    @property
    def _frame(self) -> pd.DataFrame:
        if self._made is None:
            cells = {column.name: pd.array([], dtype=_dtype(column)) for column in self.columns}
            object.__setattr__(self, "_made", pd.DataFrame(cells))
        assert self._made is not None
        return self._made

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a table of results does not change")

    def __len__(self) -> int:
        return 0 if self._made is None else len(self._made)

    def __getitem__(self, name: str) -> Cells:
        """Return one column; what is done to it does not reach the table."""
        return self._frame[name].copy(deep=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DataTable):
            return NotImplemented
        return self.columns == other.columns and self._frame.equals(other._frame)

    __hash__ = None  # type: ignore[assignment]
    __iter__ = None
    """Rows are asked for by name: :meth:`records`, or columns by :meth:`values`."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (self.columns, self._made))

    def __repr__(self) -> str:
        names = ", ".join(column.name for column in self.columns)
        return f"DataTable({len(self)} rows: {names})"

    def _repr_html_(self) -> str:
        """Show the first rows in a notebook; headings tell the unit and the meaning."""
        html: str = self.frame.head(20).to_html(notebook=True)
        return html

    @property
    def frame(self) -> pd.DataFrame:
        """The whole table as a frame of one's own."""
        return self._frame.copy(deep=False)

    def where(self, mask: "pd.Series[bool] | np.ndarray[Any, Any]") -> "DataTable":
        """Return the rows for which ``mask`` is True, in their order."""
        return _again(self.columns, self._frame.loc[np.asarray(mask, dtype=bool)])

    def head(self, n: int) -> "DataTable":
        """Return the first ``n`` rows."""
        return _again(self.columns, self._frame.iloc[:n])

    def values(self, name: str) -> list[Any]:
        """Return one column as plain values: str, int, float, bool, date; None where missing."""
        column = next(c for c in self.columns if c.name == name)
        return _plain(column, self._frame[name])

    def records(self) -> Iterator[dict[str, Any]]:
        """Return the rows as mappings of plain values (see :meth:`values`)."""
        names = [column.name for column in self.columns]
        cells = [self.values(name) for name in names]
        return (dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True))

    def meanings(self) -> Mapping[str, str]:
        """Return what each column holds."""
        return {column.name: column.meaning for column in self.columns}


def _again(columns: tuple[Column, ...], frame: pd.DataFrame | None) -> DataTable:
    """Return a table of cells that were checked before; None: of none."""
    table = DataTable.__new__(DataTable)
    object.__setattr__(table, "columns", columns)
    object.__setattr__(table, "_made", None if frame is None else frame.reset_index(drop=True))
    return table


def _dtype(column: Column) -> Any:
    """Return the type that the cells of a column have in the frame."""
    kind, optional = column.kind, column.optional
    if kind is Kind.CHOICE:
        return choice_dtype(column.choices)
    if kind is Kind.WHOLE:
        return pd.Int64Dtype() if optional else np.dtype("int64")
    if kind is Kind.FLAG:
        return pd.BooleanDtype() if optional else np.dtype("bool")
    return _DTYPES[kind]


@cache
def choice_dtype(choices: tuple[str, ...]) -> pd.CategoricalDtype:
    """Return the type of a column of choices, which are in their order.

    Examples
    --------
    >>> choice_dtype(("low", "high")).ordered
    True
    """
    return pd.CategoricalDtype(pd.Index(choices, dtype="str"), ordered=True)


_DTYPES = {
    Kind.TEXT: "str",
    Kind.DAY: np.dtype("datetime64[s]"),
    Kind.NUMBER: np.dtype("float64"),
    Kind.PARTS: np.dtype("object"),
}


def _typed(column: Column, cells: Cells) -> Cells:
    """Return the cells in the type of their kind, or raise."""
    if not column.optional and cells.isna().any():
        raise ValueError(f"a cell of {column.name} is missing")
    return _of_kind(column, cells.reset_index(drop=True))


def _of_kind(column: Column, cells: Cells) -> Cells:
    kind, dtype = column.kind, _dtype(column)
    if kind is Kind.CHOICE:
        return _choices(column, cells, dtype)
    if kind is Kind.DAY:
        return pd.to_datetime(cells).astype(dtype)
    made = cells.astype(dtype)
    if kind is Kind.NUMBER and np.isinf(made.to_numpy()).any():
        raise ValueError(f"{column.name} holds a number that is not finite")
    return made


def _choices(column: Column, cells: Cells, dtype: pd.CategoricalDtype) -> Cells:
    if cells.dtype == dtype:
        return cells
    # Word by word, not row by row: there are a few words in a long table.
    codes, found = pd.factorize(cells)
    place = {word: code for code, word in enumerate(column.choices)}
    words = [str(word) for word in np.asarray(found, dtype=object)]
    strange = [word for word in words if word not in place]
    if strange:
        raise ValueError(f"{column.name} holds {strange[0]!r}, none of its choices")
    renamed = np.array([*(place[word] for word in words), -1])
    return pd.Series(pd.Categorical.from_codes(renamed[codes], dtype=dtype), index=cells.index)


def _plain(column: Column, cells: Cells) -> list[Any]:
    """Return the cells as the values that files hold."""
    if column.kind is Kind.DAY:
        # Of the same day there is one object: a long table has few days.
        places, days = pd.factorize(cells.to_numpy())
        known = [*map(_day, days.tolist()), None]  # the place of what is missing is -1
        return list(map(known.__getitem__, places.tolist()))
    if column.kind is Kind.NUMBER:
        return [None if math.isnan(value) else value for value in cells.to_numpy().tolist()]
    values: list[Any] = cells.astype(object).to_numpy().tolist()
    if not column.optional:
        return values
    gaps = cells.isna().to_numpy().tolist()
    return [None if gap else value for value, gap in zip(values, gaps, strict=True)]


def _day(value: Any) -> date | None:
    return value.date() if value is not None else None
