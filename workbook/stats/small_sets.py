"""Sets of answers that so few people gave that no figure of them may be told, nor follow.

What may not follow is not only a small group that somebody asks for, but what is small between
the groups: what two have in common, what one leaves of the other, the people who are alike in all
that is asked, and each person who is not alike in all its answers.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from workbook.stats.clusters import Codes, indicator
from workbook.stats.intervals import Floats

_AT_ONCE = 2000
"""Pairs of groups whose sets are made at once: memory for some megabytes, not for all pairs."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Givers:
    """Whose the answers are, and how many people are few.

    Examples
    --------
    >>> givers = givers_of(np.array([0, 0, 1, 2]), threshold=2)
    >>> sets = sparse.csc_array([[1.0, 1.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]])
    >>> givers.count(sets).tolist()  # two answers of one person; three of two
    [1, 2]
    >>> givers.few(sets).shape[1]
    1
    """

    own: Any
    """Sparse 0 and 1, shape (people, answers)."""
    threshold: int
    """Fewer people than this are few."""
    surely_enough: float
    """So many answers can only come from ``threshold`` people or more."""

    def count(self, sets: Any) -> npt.NDArray[np.intp]:
        """Return how many different people are in each set."""
        return np.asarray(((self.own @ sets) != 0).sum(axis=0)).ravel()

    def few(self, sets: Any) -> Any:
        """Return those of some sets that hold few people, at least one."""
        people = self.count(sets)
        return sets[:, np.flatnonzero((people > 0) & (people < self.threshold))]


def givers_of(people: Codes, *, threshold: int) -> Givers:
    """Return whose answers they are.

    Parameters
    ----------
    people
        Shape (answers,): whose each answer is, numbered from 0.

    Examples
    --------
    Nobody gave more than two answers, so that nine come from five people at least:

    >>> givers_of(np.array([0, 0, 1, 2, 3, 3]), threshold=5).surely_enough
    9.0
    """
    most = int(np.bincount(people).max(initial=1))
    return Givers(
        own=indicator(people).T.tocsr(),
        threshold=threshold,
        surely_enough=float((threshold - 1) * most + 1),
    )


def small_sets(sets: Any, givers: Givers, guarded: Any = None) -> Any:
    """Return every set of few people that must not follow from figures of other sets.

    Parameters
    ----------
    sets
        Sparse, shape (answers, sets): those asked for, with their weights.
    guarded
        Sparse, shape (answers, further sets), such as accounts; None: no others.

    Returns
    -------
    sparse array
        Shape (answers, small sets), 0 and 1.

    Examples
    --------
    Two groups of three have one person in common; five are enough, so that everything is small:

    >>> groups = sparse.csc_array([[1.0, 0], [1, 0], [1, 1], [0, 1], [0, 1]])
    >>> found = small_sets(groups, givers_of(np.arange(5), threshold=5))
    >>> sorted({tuple(map(int, column)) for column in found.toarray().T})
    [(0, 0, 0, 1, 1), (0, 0, 1, 0, 0), (0, 0, 1, 1, 1), (1, 1, 0, 0, 0), (1, 1, 1, 0, 0)]
    """
    inside = (sets != 0).astype(float).tocsc()
    cells = indicator(_cells(sets))
    parts = [
        givers.few(inside),
        *_between(inside, givers),
        givers.few(cells),
        _in_several(cells, givers),
    ]
    if guarded is not None:
        parts.append(givers.few(guarded.tocsc()))
    return sparse.hstack(parts, format="csc")


def _in_several(cells: Any, givers: Givers) -> Any:
    """Return each person who answered in several cells.

    Who answered in one cell only hides among the others there; that cell is few or it is not.
    """
    cells_of = np.asarray(((givers.own @ cells) != 0).sum(axis=1)).ravel()
    return givers.own.T.tocsc()[:, np.flatnonzero(cells_of > 1)]


def _between(inside: Any, givers: Givers) -> list[Any]:
    """Return what few people have in common of two sets, and what one leaves of another.

    Pairs that share, or leave, many answers are passed over before any set is made: of hundreds
    of groups there are tens of thousands of pairs.
    """
    shared: Floats = (inside.T @ inside).toarray()
    enough, sizes = givers.surely_enough, np.diag(shared)
    first, second = np.nonzero(np.triu((shared > 0) & (shared < enough), k=1))
    smaller = sizes[first] <= sizes[second]
    a, b = np.where(smaller, first, second), np.where(smaller, second, first)
    rest = sizes[:, None] - shared
    whole, part = np.nonzero((rest > 0) & (rest < enough) & (shared > 0))
    common = [
        givers.few(inside[:, a[i]].multiply(inside[:, b[i]]).tocsc()) for i in _chunks(len(a))
    ]
    left = [
        givers.few((inside[:, w] - inside[:, w].multiply(inside[:, p])).tocsc())
        for i in _chunks(len(whole))
        for w, p in [(whole[i], part[i])]
    ]
    return [*common, *left]


def _chunks(n: int) -> list[slice]:
    return [slice(start, start + _AT_ONCE) for start in range(0, n, _AT_ONCE)]


def _cells(sets: Any) -> Codes:
    """Return the cell of each answer: answers of one cell count for the same in every set.

    Rows are told apart by one random combination of their entries: two different rows give the
    same number with probability 0, equal ones always do, and no row need be written out.
    """
    weights = np.random.default_rng(0).standard_normal(sets.shape[1])
    keys = np.asarray(sets.tocsr() @ weights).ravel()
    return np.asarray(np.unique(keys, return_inverse=True)[1].ravel(), dtype=np.intp)
