"""Two groups of people who marked the same items: is their difference more than chance gives.

Who belongs to which group is dealt out anew among the people; people of both groups (the same
respondent in two rounds) change sides with themselves only.  The same arrangements serve the
difference over all items and, by the largest gap of any item, every single item.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from workbook.stats.intervals import Floats

Bools: TypeAlias = npt.NDArray[np.bool_]
Pairs: TypeAlias = Sequence[tuple[int, int]]
MOST_EXACT = 5000
"""Arrangements that are gone through one by one; beyond, random draws."""
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """What the arrangements say of the difference that was seen."""

    difference: float
    """Mean over the items that both groups marked of first group - second."""
    p_value: float
    """Two-sided; the arrangement seen is one of them."""
    gaps: Floats
    """Shape (items,): first group - second, NaN where one of them gave no mark."""
    p_values: Floats
    """Shape (items,): corrected for the number of items; NaN where there is no gap."""


def least_p(first: Bools, pairs: Pairs = ()) -> float:
    """Return the smallest two-sided p value that so many people can give.

    Examples
    --------
    >>> least_p(np.array([True, True, False, False, False]))
    0.1
    """
    alone = _alone(len(first), pairs)
    mirrored = 2 * int(first[alone].sum()) == len(alone)
    return (2 if mirrored else 1) / _ways(first, pairs)


def arrangements(
    first: Bools, chance: np.random.Generator, *, pairs: Pairs = (), draws: int = 2000
) -> Bools:
    """Return who is in the first group: as seen, then in every other or in random arrangements.

    Parameters
    ----------
    first
        Shape (people,): who is in the first group.
    pairs
        Places of one person's two columns, one in either group.

    Returns
    -------
    Bools
        Shape (arrangements, people).  All of them up to :data:`MOST_EXACT`, each once; beyond,
        the one seen and ``draws`` random ones.

    Examples
    --------
    One of three people, as seen and in every other way:

    >>> arrangements(np.array([False, True, False]), np.random.default_rng(0)).astype(int).tolist()
    [[0, 1, 0], [1, 0, 0], [0, 0, 1]]
    """
    if _ways(first, pairs) <= MOST_EXACT:
        return _every(first, pairs)
    alone = _alone(len(first), pairs)
    made = np.tile(first, (draws + 1, 1))
    made[1:, alone] = chance.permuted(made[1:, alone], axis=1)
    for one, other in pairs:
        swapped = chance.random(draws) < 0.5
        made[1:, one] ^= swapped
        made[1:, other] ^= swapped
    return made


def regrouped(marks: Floats, arranged: Bools) -> Regrouped | None:
    """Test the difference of two groups; None where they marked no item in common.

    Parameters
    ----------
    marks
        Shape (items, people), NaN for gaps.
    arranged
        Shape (arrangements, people), from :func:`arrangements`: the first row as seen.

    Notes
    -----
    Items by the largest absolute gap of all items in each arrangement, which keeps the chance of
    any false one: Westfall and Young (1993), Resampling-Based Multiple Testing, ch. 2.

    Examples
    --------
    >>> marks = np.array([[1.0, 1, 1, 0, 0, 0, 0]])
    >>> found = regrouped(marks, arrangements(marks[0] > 0, np.random.default_rng(1)))
    >>> found.difference, round(35 * found.p_value, 9)
    (1.0, 1.0)
    """
    gaps = mean_gaps(marks, arranged)
    known = ~np.isnan(gaps)
    number = known.sum(axis=1)
    if not number[0]:
        return None
    usable = number > 0
    filled = np.where(known, gaps, 0.0)[usable]
    whole = np.abs(filled.sum(axis=1) / number[usable])
    largest = np.sort(np.abs(filled).max(axis=1))
    at_least = len(largest) - np.searchsorted(largest, np.abs(filled[0]) - _CLOSE)
    return Regrouped(
        difference=float(filled[0].sum() / number[0]),
        p_value=float((whole >= whole[0] - _CLOSE).mean()),
        gaps=gaps[0],
        p_values=np.where(known[0], at_least / len(largest), np.nan),
    )


def mean_gaps(marks: Floats, arranged: Bools) -> Floats:
    """Return the gap of means of every item in every arrangement.

    Parameters
    ----------
    marks
        Shape (items, people), NaN for gaps.
    arranged
        Shape (arrangements, people).

    Returns
    -------
    Floats
        Shape (arrangements, items); NaN where one group gave no mark.

    Examples
    --------
    >>> marks = np.array([[1.0, 0.5, 0.0], [1.0, np.nan, np.nan]])
    >>> mean_gaps(marks, np.array([[True, False, False]])).tolist()
    [[0.75, nan]]
    """
    there = (~np.isnan(marks)).T.astype(float)
    given = np.nan_to_num(marks).T
    inside = arranged.astype(float)
    total, n = inside @ given, inside @ there
    rest, m = given.sum(axis=0) - total, there.sum(axis=0) - n
    both = (n > 0) & (m > 0)
    gap = total / np.maximum(n, 1) - rest / np.maximum(m, 1)
    return np.where(both, gap, np.nan)


def _alone(people: int, pairs: Pairs) -> npt.NDArray[np.intp]:
    paired = {place for pair in pairs for place in pair}
    return np.array([i for i in range(people) if i not in paired], dtype=np.intp)


def _ways(first: Bools, pairs: Pairs) -> int:
    alone = _alone(len(first), pairs)
    return int(math.comb(len(alone), int(first[alone].sum())) * 2 ** len(pairs))


def _every(first: Bools, pairs: Pairs) -> Bools:
    alone = _alone(len(first), pairs)
    chosen = combinations(alone.tolist(), int(first[alone].sum()))
    sides = list(product((0, 1), repeat=len(pairs)))
    made = np.zeros((_ways(first, pairs), len(first)), dtype=bool)
    for row, (own, side) in enumerate(product(chosen, sides)):
        inside = [*own, *(pair[s] for pair, s in zip(pairs, side, strict=True))]
        made[row, inside] = True
    seen = int(np.flatnonzero((made == first).all(axis=1))[0])
    made[[0, seen]] = made[[seen, 0]]
    return made
