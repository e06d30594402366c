"""Dated rows by customer, for look-ups of many customers on many days at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import days, texts
from workbook.stats import Floats

Ints = npt.NDArray[np.int64]
# Customer and day in one whole number: one sorted array, one binary search for all customers.
_DAYS = 1 << 20
_OFFSET = 1 << 19


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class History:
    """Rows sorted by customer and day, with running totals.

    A customer is a code (its place in an index of ids), a day a number since 1970-01-01; code -1
    is nobody.  Periods are half open: ``start <= day < end``.
    """

    keys: Ints
    day: Floats
    running: Floats
    """Total of the values before each row, one longer than the rows."""

    def count(self, codes: Ints, start: Floats, end: Floats) -> Ints:
        """Return the number of rows of each customer in its period."""
        found = self._position(codes, end) - self._position(codes, start)
        return np.where(codes >= 0, np.maximum(found, 0), 0)

    def total(self, codes: Ints, start: Floats, end: Floats) -> Floats:
        """Return the sum of values of each customer in its period."""
        low, high = self._position(codes, start), self._position(codes, end)
        return np.where(codes >= 0, self.running[np.maximum(high, low)] - self.running[low], 0.0)

    def first(self, codes: Ints) -> Floats:
        """Return the first day of each customer, NaN without any."""
        return self._day_at(codes, self._position(codes, np.full(len(codes), -np.inf)))

    def last(self, codes: Ints, before: Floats) -> Floats:
        """Return the last day of each customer before a day, NaN without any."""
        return self._day_at(codes, self._position(codes, before) - 1)

    def _day_at(self, codes: Ints, position: Ints) -> Floats:
        if not len(self.keys):
            return np.full(len(codes), np.nan)
        inside = (position >= 0) & (position < len(self.keys)) & (codes >= 0)
        at = np.where(inside, position, 0)
        own = inside & (self.keys[at] // _DAYS == codes)
        return np.where(own, self.day[at], np.nan)

    def _position(self, codes: Ints, day: Floats) -> Ints:
        return np.searchsorted(self.keys, _keys(codes, np.ceil(day)), side="left")


def history(codes: Ints, day: Floats, values: Floats | None = None) -> History:
    """Return the history of rows; those of nobody or without a day are left out.

    Examples
    --------
    >>> rows = history(np.array([0, 0, 1]), np.array([10.0, 30.0, 20.0]), np.array([5.0, 7.0, 9.0]))
    >>> both = np.array([0, 1])
    >>> rows.total(both, np.array([10.0, 10.0]), np.array([30.0, 30.0])).tolist()
    [5.0, 9.0]
    >>> rows.last(both, np.array([30.0, 20.0])).tolist()
    [10.0, nan]
    """
    known = (codes >= 0) & ~np.isnan(day)
    codes, day = codes[known], day[known]
    values = np.ones(len(day)) if values is None else values[known]
    keys = _keys(codes, day)
    order = np.argsort(keys, kind="stable")
    running = np.concatenate([[0.0], np.cumsum(values[order])])
    return History(keys=keys[order], day=day[order], running=running)


def history_of(frame: pd.DataFrame, ids: "pd.Index[str]", column: str = "date") -> History:
    """Return the history of a table with ``customer_id`` and a date column."""
    return history(codes_of(frame, ids), days(frame, column))


def codes_of(frame: pd.DataFrame, ids: "pd.Index[str]") -> Ints:
    """Return the place of each row's customer among ``ids``, -1 where it is not there."""
    return np.asarray(ids.get_indexer(pd.Index(texts(frame, "customer_id"))), dtype=np.int64)


def dates(day: Floats) -> "npt.NDArray[np.datetime64]":
    """Return day numbers as days, NaT for NaN.

    Examples
    --------
    >>> dates(np.array([20000.0, np.nan])).tolist()
    [datetime.date(2024, 10, 4), None]
    """
    gaps = np.isnan(day)
    known = np.where(gaps, 0, day).astype(np.int64).astype("datetime64[D]")
    return np.where(gaps, np.datetime64("NaT", "D"), known)


def _keys(codes: Ints, day: Floats) -> Ints:
    bounded = np.clip(np.nan_to_num(day, nan=-np.inf), -_OFFSET, _OFFSET - 1)
    keys: Ints = codes * _DAYS + _OFFSET + bounded.astype(np.int64)
    return keys
