"""Whether groups lose at the same speed, where they are too small for the chi-squared log-rank."""

import numpy as np
import numpy.typing as npt

from workbook.stats.chance import permutation_p
from workbook.stats.intervals import Floats

Ints = npt.NDArray[np.int64]

_WORK = 500_000
"""Subjects times arrangements at most."""
_FEWEST = 199


def permuted_speeds_p(
    events: Floats, expected: Floats, group: Ints, *, rng: np.random.Generator, draws: int = 999
) -> float:
    """Return the p value of the groups having as many events as they expect.

    The statistic is the sum of (events - expected)² / expected over the groups; subjects are
    dealt out anew to groups of the same sizes, each with the time it was under observation.

    Parameters
    ----------
    events, expected
        Shape (subjects,): 1 or 0, and the hazard of all that each subject lived through
        (:func:`workbook.stats.survival.expected_events`).
    group
        Shape (subjects,): 0 … G-1.

    Notes
    -----
    Expected events move with the subjects, so groups under observation for longer are not called
    faster.  Permutation of log-rank scores: Peto and Peto (1972), J. R. Stat. Soc. A 135, 185.

    Examples
    --------
    >>> events = np.repeat([1.0, 0.0], 12)
    >>> group = np.repeat([0, 1], 12)
    >>> permuted_speeds_p(events, np.full(24, 0.5), group, rng=np.random.default_rng(1))
    0.001
    """
    order = np.argsort(group, kind="stable")
    _, starts = np.unique(group[order], return_index=True)
    number = max(_FEWEST, min(draws, _WORK // max(1, len(group))))
    place = np.vstack([order, rng.permuted(np.tile(np.arange(len(group)), (number, 1)), axis=1)])
    seen = np.add.reduceat(events[place], starts, axis=1)
    chance = np.add.reduceat(expected[place], starts, axis=1)
    each = np.where(chance > 0, (seen - chance) ** 2 / np.where(chance > 0, chance, 1.0), 0.0)
    statistic = each.sum(axis=1)
    return permutation_p(float(statistic[0]), statistic[1:])


def pooled(group: Ints, expected: Floats, *, least: float) -> tuple[Ints, int]:
    """Return the groups with all that expect fewer than ``least`` events as one, and their number.

    One small group alone stays as it is (0 joined).

    Examples
    --------
    >>> pooled(np.array([0, 1, 2, 2]), np.array([0.2, 0.3, 2.0, 2.0]), least=1)
    (array([1, 1, 0, 0]), 2)
    """
    sums = np.bincount(group, weights=expected)
    small = sums < least
    if small.sum() < 2:
        return group, 0
    renamed = np.where(small, (~small).sum(), np.cumsum(~small) - 1)
    return renamed[group], int(small.sum())
