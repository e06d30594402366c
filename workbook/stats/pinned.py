"""Hidden groups whose whole result follows from the figures told because no count is negative."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from workbook.stats.clusters import Codes, indicator
from workbook.stats.intervals import Floats

MOST_CELLS = 1500
"""More cells than this are looked at in part, the answers of the others taken as known: what is
free with more known is free with less."""
_MOVED = 1e-6
"""A count that differs by more than this differs: the programme's own tolerance is 1e-7."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Groups that are told and groups that are not, over the same answers."""

    told: Any
    """Sparse 0 and 1, shape (answers, groups)."""
    hidden: Any
    answers: Codes
    """Class or mark of each answer."""


def pinned(cells: Cells) -> npt.NDArray[np.intp]:
    """Return the places of hidden groups whose every count follows from those told.

    Of a group within told groups in which all answered alike this is no news; such are left out.

    Examples
    --------
    Of ten people the six of C are told, three of them promoters; the others are promoters all:

    >>> told = sparse.csc_array([[1.0, 0.0]] * 4 + [[1.0, 1.0]] * 6)
    >>> hidden = sparse.csc_array([[1.0, 0.0]] * 2 + [[0.0, 1.0]] * 2 + [[0.0, 0.0]] * 6)
    >>> answers = np.array([2, 2, 2, 2, 0, 0, 1, 2, 2, 2])
    >>> pinned(Cells(told=told, hidden=hidden, answers=answers)).tolist()
    [0, 1]
    """
    open_ones = _not_alike(cells)
    if not len(open_ones):
        return open_ones
    return open_ones[_programme(cells, open_ones).fixed()]


def _not_alike(cells: Cells) -> npt.NDArray[np.intp]:
    """Return the hidden groups that are not covered by told groups of one answer."""
    classes = _classes(cells.answers)
    kinds = ((classes.T @ cells.told) > 0).sum(axis=0)
    alike = cells.told[:, np.flatnonzero(np.asarray(kinds).ravel() == 1)]
    covered = np.asarray(alike.sum(axis=1)).ravel() > 0
    bare = np.asarray(cells.hidden.T @ (~covered).astype(float)).ravel()
    return np.flatnonzero(bare > 0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Programme:
    """Answers by cell and class, unknown but for the sums that are told."""

    sums: Any
    """Sparse, shape (equations, cells x classes)."""
    totals: Floats
    groups: Any
    """Sparse, shape (hidden groups x classes, cells x classes)."""
    actual: Floats
    """Shape (hidden groups, classes)."""

    def fixed(self) -> npt.NDArray[np.bool_]:
        """Return which hidden groups have the same counts in every solution.

        A group is free as soon as one solution differs from the truth in it.  Most groups are,
        so one programme with a random goal frees nearly all at once, and only what it leaves is
        gone through count by count, up and down.
        """
        moved = np.zeros(len(self.actual), dtype=bool)
        chance = np.random.default_rng(0)
        for _ in range(2):
            if moved.all():
                break
            moved |= self._moved(chance.standard_normal(self.actual.size))
        for group in np.flatnonzero(~moved):
            moved |= self._moves(int(group))
        return ~moved

    def _moves(self, group: int) -> npt.NDArray[np.bool_]:
        """Return which groups differ once each count of this one is pushed as far as it goes."""
        classes = self.actual.shape[1]
        moved = np.zeros(len(self.actual), dtype=bool)
        for place in range(classes):
            for sign in (1.0, -1.0):
                goal = np.zeros(self.actual.size)
                goal[group * classes + place] = sign
                moved |= self._moved(goal)
                if moved[group]:
                    return moved
        return moved

    def _moved(self, goal: Floats) -> npt.NDArray[np.bool_]:
        """Return which groups differ from the truth in the solution that is best by a goal.

        Counts may be any numbers from 0 on, not whole ones only: what is pinned down among all
        is pinned down among whole ones too; the few that only wholeness pins down are not seen.
        """
        from scipy.optimize import linprog  # slow to import

        found = linprog(
            -np.asarray(self.groups.T @ goal), A_eq=self.sums, b_eq=self.totals, bounds=(0, None),
            method="highs",
        )  # fmt: skip
        if found.x is None:
            raise ValueError(f"no answers fit the figures told: {found.message}")
        counts = np.asarray(self.groups @ found.x).reshape(self.actual.shape)
        return np.asarray((np.abs(counts - self.actual) > _MOVED).any(axis=1))


def _programme(cells: Cells, hidden: npt.NDArray[np.intp]) -> _Programme:
    groups = cells.hidden[:, hidden]
    # answers that lie in the same groups, told and hidden, cannot be told apart: one unknown for
    # each such cell and class; a random combination of a row's entries is its name
    every = sparse.hstack([cells.told, groups], format="csr")
    keys = np.asarray(every @ np.random.default_rng(1).standard_normal(every.shape[1])).ravel()
    first, cell = np.unique(keys, return_index=True, return_inverse=True)[1:]
    kept = _kept(every[first], cells.told.shape[1])
    classes = _classes(cells.answers)
    counts = (indicator(cell.ravel()).T @ classes).toarray()[kept]
    told, inside = (matrix.tocsr()[first][kept] for matrix in (cells.told, groups))
    told = told[:, np.flatnonzero(np.asarray(told.sum(axis=0)).ravel() > 0)]
    # who reads the report knows how many answers each cell has, and of each told group its counts
    one = sparse.eye_array(classes.shape[1])
    each = sparse.kron(sparse.eye_array(len(kept)), np.ones((1, classes.shape[1])))
    sums = sparse.vstack([sparse.kron(told.T, one), each], format="csr")
    return _Programme(
        sums=sums,
        totals=np.asarray(sums @ counts.ravel()),
        groups=sparse.kron(inside.T, one).tocsr(),
        actual=(inside.T @ counts),
    )


def _kept(cells: Any, told: int) -> npt.NDArray[np.intp]:
    """Return the cells to be looked at: all, or by lot some of each hidden group and others."""
    n = cells.shape[0]
    if n <= MOST_CELLS:
        return np.arange(n)
    lot, hidden = np.random.default_rng(2).permutation(n), cells[:, told:].tocsc()
    each = max(1, MOST_CELLS // 2 // hidden.shape[1])
    parts = [hidden[:, [group]].nonzero()[0] for group in range(hidden.shape[1])]
    chosen = [part[np.argsort(lot[part])[:each]] for part in parts]
    return np.unique(np.concatenate([*chosen, np.flatnonzero(lot < MOST_CELLS // 2)]))


def _classes(answers: Codes) -> Any:
    return indicator(np.unique(answers, return_inverse=True)[1].ravel())
