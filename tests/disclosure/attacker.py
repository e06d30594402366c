"""An attacker who knows who belongs to which group, and solves the published numbers.

Written apart from the audit: dense matrices, ranks by singular values, one linear programme for
each count.  It sees the memberships and the published counts, never an answer.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

_ZERO = 1e-7


@dataclass(frozen=True, kw_only=True)
class Published:
    """What the attacker reads: groups over people, and their counts by class."""

    members: np.ndarray
    """Shape (groups, people), 0 and 1."""
    counts: np.ndarray
    """Shape (groups, classes)."""

    def cells(self, hidden: np.ndarray) -> "Published":
        """Put people together whom neither the published nor the hidden groups tell apart."""
        _, first, size = np.unique(
            np.vstack([self.members, hidden]), axis=1, return_index=True, return_counts=True
        )
        return Published(members=self.members[:, first] * size, counts=self.counts)


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
    found = set(np.flatnonzero(derived(published, hidden)))
    for place, group in enumerate(hidden):
        if place not in found and (group[~covered] > 0).any() and _solved(published, group):
            found.add(place)
    return [int(p) for p in sorted(found) if (hidden[p][~covered] > 0).any()]


def _solved(published: Published, group: np.ndarray) -> bool:
    """Whether all counts of one group are told: lowest and highest possible are the same."""
    patterns, cell = np.unique(np.vstack([published.members, group]), axis=1, return_inverse=True)
    sizes = np.bincount(cell.ravel())
    classes, members = published.counts.shape[1], patterns[:-1]
    within = np.kron(np.eye(len(sizes)), np.ones((1, classes)))
    sums = np.vstack([np.kron(members, np.eye(classes)), within])
    totals = np.concatenate([published.counts.ravel(), sizes])
    for kind in range(classes - 1):  # the last follows from the size
        goal = np.kron(patterns[-1], np.eye(classes)[kind])
        ends = [
            linprog(sign * goal, A_eq=sums, b_eq=totals, bounds=(0, None), method="highs").fun
            for sign in (1, -1)
        ]
        if None in ends:
            raise AssertionError("the published numbers fit no answers at all")
        if ends[0] + ends[1] < -1e-6:
            return False
    return True
