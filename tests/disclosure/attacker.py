"""An attacker who knows who belongs to which group, and solves the published numbers.

Written apart from the audit: dense matrices, ranks by singular values, one linear programme for
each count.  It sees the memberships and the published counts, never an answer.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

_ZERO = 1e-7
_MOVED = 1e-6


@dataclass(frozen=True, kw_only=True)
class Published:
    """What the attacker reads: groups over people, and their counts by class."""

    members: np.ndarray
    """Shape (groups, people), 0 and 1."""
    counts: np.ndarray
    """Shape (groups, classes)."""


def derived(published: Published, hidden: np.ndarray) -> np.ndarray:
    """Return which hidden groups (rows) are a combination of the published ones."""
    _, _, right = np.linalg.svd(published.members.astype(float), full_matrices=False)
    rank = np.linalg.matrix_rank(published.members.astype(float))
    basis = right[:rank]
    rest = hidden - (hidden @ basis.T) @ basis
    return (rest**2).sum(axis=1) < _ZERO * np.maximum(hidden.sum(axis=1), 1)


def solved(published: Published, hidden: np.ndarray) -> list[int]:
    """Return the hidden groups whose whole result is the same in all answers that fit.

    Left out are groups within published ones in which all answered alike.
    """
    alike = (published.counts > 0).sum(axis=1) == 1
    covered = published.members[alike].sum(axis=0) > 0
    told = derived(published, hidden)
    unsure = np.flatnonzero((hidden[:, ~covered] > 0).any(axis=1))
    found = [int(p) for p in unsure if told[p]]
    rest = np.array([p for p in unsure if not told[p]], dtype=int)
    return sorted([*found, *(int(p) for p in rest[_fixed(published, hidden[rest])])])


def _fixed(published: Published, hidden: np.ndarray) -> np.ndarray:
    """Whether all counts of each group are the same in every solution."""
    if not len(hidden):
        return np.zeros(0, dtype=bool)
    plain = ((published.members == 0) | (published.members == 1)).all(axis=1)
    patterns, cell = np.unique(
        np.vstack([published.members[plain], hidden]), axis=1, return_inverse=True
    )
    sizes = np.bincount(cell.ravel())
    classes = published.counts.shape[1]
    members, groups = patterns[: plain.sum()], patterns[plain.sum() :]
    sums = np.vstack(
        [np.kron(members, np.eye(classes)), np.kron(np.eye(len(sizes)), np.ones((1, classes)))]
    )
    totals = np.concatenate([published.counts[plain].ravel(), sizes])
    counts = np.kron(groups, np.eye(classes))

    def fitting(goal: np.ndarray) -> np.ndarray:
        answer = linprog(goal @ counts, A_eq=sums, b_eq=totals, bounds=(0, None), method="highs")
        if answer.x is None:
            raise AssertionError("the published numbers fit no answers at all")
        return (counts @ answer.x).reshape(len(hidden), classes)

    random = np.random.default_rng(0)
    seen = [fitting(random.standard_normal(len(counts))) for _ in range(3)]
    for place in range(len(hidden)):
        if np.ptp([one[place] for one in seen], axis=0).max() > _MOVED:
            continue
        for kind in range(classes):
            goal = np.zeros(len(counts))
            goal[place * classes + kind] = 1.0
            seen += [fitting(goal), fitting(-goal)]
    return np.ptp(seen, axis=0).max(axis=1) <= _MOVED
