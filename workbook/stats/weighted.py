"""Weighted means over clusters of very unequal weight: interval, and whether weight matters.

An index is a mean of ups (1), downs (-1) and neither (0).  What is given is summed up by cluster
(account, customer), the unit that was sampled.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from workbook.stats.chance import permutation_p
from workbook.stats.intervals import Floats, Interval

_CHUNK = 2_000_000
"""Cells of the table of samples that are held at a time."""
_UP, _BETWEEN = 0.75, 1.5
"""Answers added to ups and downs, and to neither (adjusted Wald)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Totals:
    """Weights of clusters and what of them is up and down, each of shape (clusters,)."""

    weight: Floats
    up: Floats
    down: Floats

    @property
    def index(self) -> float:
        """Weighted index, -1 to 1."""
        return float((self.up - self.down).sum() / self.weight.sum())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Adjusted:
    """Adjusted index and standard error of several samples, each of shape (samples,)."""

    index: Floats
    se: Floats


def index_interval(
    totals: Totals, *, confidence: float, draws: int, random: np.random.Generator
) -> Interval:
    """Return the studentised bootstrap interval of a weighted index, within -1 to 1.

    The pivot is the adjusted Wald index (3/4, 3/2 and 3/4 answers added to as many independent
    ones as have the same standard error) over its linearised standard error; its quantile of
    either sign comes from resampled clusters and is never below the normal one.

    Parameters
    ----------
    totals
        At least one cluster of positive weight.
    draws
        Samples of the bootstrap.

    Notes
    -----
    Symmetric bootstrap-t: Hall (1988), J. R. Stat. Soc. B 50, 35-45.  Simulated coverage with
    lognormal weights of sd(log) 0.5 and 1 is 93-97 % from an effective n of 30 on, whether or not
    the heavy score like the others; with heavier tails it is lower, since a sample that happens
    to lack giants does not know of them.

    Examples
    --------
    >>> even = Totals(weight=np.ones(60), up=np.arange(60) % 2.0, down=np.zeros(60))
    >>> found = index_interval(even, confidence=0.95, draws=99, random=np.random.default_rng(1))
    >>> found.low < even.index < found.high
    True
    """
    own = _adjusted(np.ones((1, len(totals.weight))), totals)
    z = float(ndtri((1 + confidence) / 2))
    pivots = _pivots(totals, draws=draws, random=random)
    quantile = max(z, float(np.quantile(pivots, confidence, method="higher")))
    centre, half = float(own.index[0]), quantile * float(own.se[0])
    return Interval(centre - half, centre + half).clipped(-1.0, 1.0)


def _pivots(totals: Totals, *, draws: int, random: np.random.Generator) -> Floats:
    """Distance of each sample's adjusted index from the index, in its standard errors."""
    clusters = len(totals.weight)
    at_once = max(1, _CHUNK // clusters)
    found = []
    for start in range(0, draws, at_once):
        size = min(at_once, draws - start)
        drawn = random.integers(clusters, size=(size, clusters))
        flat = (drawn + np.arange(size)[:, None] * clusters).ravel()
        times = np.bincount(flat, minlength=size * clusters).reshape(size, clusters)
        sample = _adjusted(times.astype(float), totals)
        found.append(np.abs(sample.index - totals.index) / sample.se)
    return np.concatenate(found)


def _adjusted(times: Floats, totals: Totals) -> _Adjusted:
    """Adjust the index of each sample; ``times`` says how often each cluster is in it."""
    weight = totals.weight / totals.weight.mean()
    up, down = totals.up / totals.weight.mean(), totals.down / totals.weight.mean()
    surplus = up - down
    whole = times @ weight
    ups, downs = times @ up / whole, times @ down / whole
    index = ups - downs
    squares = (
        times @ surplus**2
        - 2 * index * (times @ (surplus * weight))
        + index**2 * (times @ weight**2)
    )
    square_se = np.maximum(squares, 0.0) / whole**2
    variance = ups + downs - index**2
    spread = square_se > 1e-18
    independent = np.where(
        spread,
        variance / np.where(spread, square_se, 1.0),
        whole**2 / (times @ weight**2),
    )
    n = independent + 2 * _UP + _BETWEEN
    up_part, down_part = (independent * ups + _UP) / n, (independent * downs + _UP) / n
    centre = up_part - down_part
    return _Adjusted(index=centre, se=np.sqrt((up_part + down_part - centre**2) / n))


def weight_p(
    values: npt.ArrayLike, weights: npt.ArrayLike, *, draws: int, random: np.random.Generator
) -> float:
    """Return the two-sided p value that the heavy have the same values as the light.

    The weighted mean is held against those of values dealt out anew over the units.

    Parameters
    ----------
    values, weights
        Shape (units,).

    Examples
    --------
    >>> random = np.random.default_rng(0)
    >>> weight_p([-1] * 5 + [1] * 15, [9.0] * 5 + [1.0] * 15, draws=999, random=random) < 0.01
    True
    """
    x, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    shares = w / w.sum()
    observed, found = float(shares @ x), []
    at_once = max(1, _CHUNK // len(x))
    for start in range(0, draws, at_once):
        size = min(at_once, draws - start)
        found.append(random.permuted(np.tile(x, (size, 1)), axis=1) @ shares)
    drawn = np.concatenate(found)
    return min(1.0, 2 * min(permutation_p(observed, drawn), permutation_p(-observed, -drawn)))


def upper_spread(weights: npt.ArrayLike) -> float:
    """Return how far the heavier half lies above the median, in logarithms (root mean square).

    Of lognormal weights it is their standard deviation of the logarithm; very light ones, which
    hardly count, do not move it.

    Examples
    --------
    >>> round(upper_spread([1.0, 10.0, 10.0, 100.0]), 2)
    1.33
    """
    logs = np.log(np.asarray(weights, dtype=float))
    above = logs[logs >= np.median(logs)] - np.median(logs)
    return float(np.sqrt((above**2).mean()))
