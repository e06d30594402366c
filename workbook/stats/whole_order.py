"""The order of rows by whole-number keys, at the speed of one sort of one array."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Whole: TypeAlias = npt.NDArray[np.integer[Any]]
Ints: TypeAlias = npt.NDArray[np.int64]
_ROOM = 62
"""Bits of a key: 64 without the sign, and one to be sure."""


def order_by(*keys: Whole) -> Ints:
    """Return the places that sort rows by keys, the first key deciding; equal rows as they stand.

    The keys and the place of a row are packed into one number of 64 bits, and the numbers are
    sorted; where they have no room in it, keys are sorted one after another.

    Parameters
    ----------
    keys
        One or more arrays of equal length.

    Returns
    -------
    Ints
        Shape (rows,): the same as ``np.lexsort(keys[::-1])``.

    Examples
    --------
    >>> order_by(np.array([2, 1, 2]), np.array([5, 9, 3])).tolist()
    [1, 2, 0]
    """
    n = len(keys[0])
    shift = n.bit_length()
    packed, room = np.zeros(n, dtype=np.int64), _ROOM - shift
    for key in keys:
        low, high = (int(key.min()), int(key.max())) if n else (0, 0)
        bits = (high - low).bit_length()
        room -= bits
        if room < 0:
            return np.lexsort(keys[::-1])
        packed <<= bits
        packed |= key.astype(np.int64, copy=False) - low
    packed <<= shift
    packed |= np.arange(n)
    packed.sort()
    packed &= (1 << shift) - 1
    return packed


def distinct(values: Ints, size: int) -> Ints:
    """Return each whole number that there is once, in rising order.

    Parameters
    ----------
    values
        Whole numbers from 0 to ``size`` - 1.

    Examples
    --------
    >>> distinct(np.array([3, 1, 3]), 4).tolist()
    [1, 3]
    """
    if _is_short(size, len(values)):
        there = np.zeros(size, dtype=bool)
        there[values] = True
        return np.flatnonzero(there)
    found = np.sort(values)
    opens = np.ones(len(found), dtype=bool)
    np.not_equal(found[1:], found[:-1], out=opens[1:])
    return found[opens]


def without(values: Ints, others: Ints, size: int) -> Ints:
    """Return the distinct values that are none of the others, in rising order.

    Parameters
    ----------
    values, others
        Whole numbers from 0 to ``size`` - 1.

    Examples
    --------
    >>> without(np.array([1, 2, 5]), np.array([2, 4]), 6).tolist()
    [1, 5]
    """
    if _is_short(size, len(values) + len(others)):
        there = np.zeros(size, dtype=bool)
        there[values] = True
        there[others] = False
        return np.flatnonzero(there)
    return np.setdiff1d(values, others)


def places_in(found: Ints, values: Ints, size: int) -> Ints:
    """Return the place of each value among distinct numbers in rising order, -1 of the others.

    Parameters
    ----------
    found
        See :func:`distinct`.
    values
        Whole numbers from 0 to ``size`` - 1, and -1: nothing.

    Examples
    --------
    >>> places_in(np.array([1, 3]), np.array([3, 2, -1, 1]), 4).tolist()
    [1, -1, -1, 0]
    """
    if _is_short(size, len(values)):
        table = np.full(size + 1, -1, dtype=np.int64)  # the last is of -1
        table[found] = np.arange(len(found))
        return table[values]
    if not len(found):
        return np.full(len(values), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(found, values), len(found) - 1)
    return np.where(found[place] == values, place, -1)


def numbered(keys: Ints) -> Ints:
    """Return a number for each key, from 0 by first appearance; equal keys have one.

    Examples
    --------
    >>> numbered(np.array([7, 3, 7, 9])).tolist()
    [0, 1, 0, 2]
    """
    return pd.factorize(keys)[0].astype(np.int64, copy=False)


def dense(keys: Ints, size: int) -> tuple[Ints, int]:
    """Return keys as places in a table that is not much longer than the keys, and its length.

    Parameters
    ----------
    keys
        Whole numbers from 0 to ``size`` - 1.

    Returns
    -------
    tuple
        The keys themselves where a table of all of them is short enough; else their numbers (see
        :func:`numbered`).

    Examples
    --------
    >>> dense(np.array([0, 4, 4]), 5)[1]
    5
    >>> codes, n = dense(np.array([10**12, 7, 10**12]), 10**13)
    >>> bool(codes[0] == codes[2]), n
    (True, 2)
    """
    if _is_short(size, len(keys)):
        return keys, size
    codes = numbered(keys)
    return codes, int(codes.max(initial=-1)) + 1


def _is_short(size: int, rows: int) -> bool:
    """Return whether a table of so many places is worth making for so many rows."""
    return size <= max(8 * rows, 1 << 16)
