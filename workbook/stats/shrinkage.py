"""Ratios of observed to expected counts, shrunk towards 1, with intervals that hold.

Groups differ by an unknown amount.  Plugging in one estimate of it makes the intervals too narrow
where the groups are few, so the ratios are averaged over all amounts that the counts allow.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, betaln, logsumexp

from workbook.stats.intervals import Floats

_SPREADS = np.geomspace(0.02, 2.0, 24)
"""Standard deviations of the groups' true ratios, all as likely; 0.02 is as good as equal."""
_STEPS = 28
"""Halvings of the place of a quantile."""
_MOST_TRIALS = 1e6
_ALL = 0.999
"""Largest share of the whole that a group has."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shrunk:
    """Ratios by group, shape (G,)."""

    mean: Floats
    low: Floats
    high: Floats


def shrunk_ratios(
    observed: Floats, expected: Floats, variance: Floats, *, confidence: float = 0.95
) -> Shrunk:
    """Return the ratio of each group to the whole, shrunk, and its interval.

    Parameters
    ----------
    observed, expected
        Shape (G,), counts; the expected ones are the groups' shares of the same total.
    variance
        Shape (G,), > 0 and below ``expected``: of the observed counts if groups do not differ.

    Returns
    -------
    Observed to expected events of groups of this kind: 1 is like the whole.

    Examples
    --------
    Twice the expected of a few is little; all intervals hold for one group at a time.

    >>> import numpy as np
    >>> few = np.array([4.0, 1, 2, 1])
    >>> found = shrunk_ratios(few, np.full(4, 2.0), np.full(4, 1.5))
    >>> found.mean.round(1).tolist()
    [1.4, 0.8, 1.0, 0.8]

    Notes
    -----
    True ratios have a gamma distribution around 1 with standard deviation s, and s a uniform one
    (Gelman 2006, Bayesian Anal. 1, 515-534).  As the total is given, a group's share of it
    has a beta distribution, with as many trials as give its count the variance it has.
    """
    trials = np.maximum(expected**2 / np.maximum(expected - variance, 1e-9), observed + 0.5)
    trials = np.minimum(trials, _MOST_TRIALS)
    share = np.minimum(expected / trials, _ALL)
    shape = 1 / (_SPREADS[:, None] ** 2 * _wider(expected / expected.sum()))
    others = shape * (1 - share) / share
    a, b = shape + observed, others + trials - observed
    weight = _weights((betaln(a, b) - betaln(shape, others)).sum(axis=1), len(observed))
    tail = (1 - confidence) / 2
    return Shrunk(
        mean=weight @ (a / (a + b)) / share,
        low=_quantile(weight, a, b, tail) / share,
        high=_quantile(weight, a, b, 1 - tail) / share,
    )


def _wider(part: Floats) -> Floats:
    """Return how much wider a ratio to the whole varies than among groups of one size, squared.

    The whole is mostly its large groups, and may itself lie far from the middle of all groups.
    """
    return np.asarray((1 - 2 * part + (part**2).sum()) / np.maximum(1 - part, 1 - _ALL))


def _weights(likelihood: Floats, groups: int) -> Floats:
    """Return how likely each of the spreads is, shape (spreads,).

    The counts of all groups sum to the total: one of them says nothing that the others do not.
    """
    # The grid is even in the logarithm: a spread stands for as much as it is large.
    together = likelihood * (groups - 1) / groups + np.log(_SPREADS)
    return np.asarray(np.exp(together - logsumexp(together)))


def _quantile(weight: Floats, a: Floats, b: Floats, p: float) -> Floats:
    """Return quantiles of the mixtures of beta distributions, shape (G,), by halving."""
    low, high = np.zeros(a.shape[1]), np.ones(a.shape[1])
    for _ in range(_STEPS):
        middle = (low + high) / 2
        below = weight @ betainc(a, b, middle) < p
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2
