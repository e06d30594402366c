"""The lowest and the highest of several groups of items: set apart, or first by chance."""

from dataclasses import dataclass

import numpy as np

from workbook.stats.intervals import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """How sure the two ends of a ranking are; p values of one comparison each."""

    lowest_p: float
    highest_p: float


def places(
    values: Floats, groups: Floats, chance: np.random.Generator, *, draws: int = 2000
) -> Places | None:
    """Return whether the lowest (highest) group mean is set apart from the next one.

    Parameters
    ----------
    values
        Shape (items,): scores of items, none missing.
    groups
        Shape (items,): number of the group that each belongs to.

    Returns
    -------
    Places or None
        None with fewer than two groups.

    Notes
    -----
    The scores are dealt out anew over the items, so that groups differ by chance only; the
    statistic is the distance of the lowest (highest) mean to the next.

    Examples
    --------
    >>> values, groups = np.repeat([0.0, 0.9, 1.0], 6), np.repeat([0, 1, 2], 6)
    >>> places(values, groups, np.random.default_rng(1)).lowest_p < 0.05
    True
    """
    member = (groups[:, None] == np.unique(groups)[None, :]).astype(float)
    if member.shape[1] < 2:
        return None
    dealt = np.vstack([values, chance.permuted(np.tile(values, (draws, 1)), axis=1)])
    means = np.sort(dealt @ (member / member.sum(axis=0)), axis=1)
    below, above = means[:, 1] - means[:, 0], means[:, -1] - means[:, -2]
    return Places(lowest_p=_share(below), highest_p=_share(above))


def _share(distance: Floats) -> float:
    return float((distance >= distance[0] - 1e-9).mean())
