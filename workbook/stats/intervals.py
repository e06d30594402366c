"""Intervals of shares and means, differences of means, and the quantiles behind them.

Nothing here knows about customers or scores.  What cannot be told (no data, one value, no
spread) is None, never NaN.
"""

import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri, stdtr, stdtrit

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A lower and an upper bound, in the unit of what it bounds."""

    low: float
    high: float

    def clipped(self, low: float, high: float) -> "Interval":
        """Return the interval without what lies outside the scale."""
        return Interval(min(max(self.low, low), high), max(min(self.high, high), low))

    def times(self, factor: float) -> "Interval":
        """Return the interval in another unit (``factor`` > 0)."""
        return Interval(self.low * factor, self.high * factor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Difference of two means with its standard error; no interval where there is no spread."""

    value: float
    se: float | None
    interval: Interval | None
    p_value: float | None = None
    """Two-sided, of no difference; None where there is no interval."""


def normal_quantile(confidence: float) -> float:
    """Return the two-sided quantile of the normal distribution (1.96 at 0.95).

    Examples
    --------
    >>> round(normal_quantile(0.95), 3)
    1.96
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    return float(ndtri((1 + confidence) / 2))


def t_quantile(confidence: float, df: float) -> float:
    """Return the two-sided quantile of Student's t.

    Examples
    --------
    >>> round(t_quantile(0.95, 4), 3)
    2.776
    """
    return float(stdtrit(df, (1 + confidence) / 2))


def normal_p(z: float) -> float:
    """Return the two-sided p value of a standard normal statistic.

    Examples
    --------
    >>> round(normal_p(1.96), 3)
    0.05
    """
    return float(2 * ndtr(-abs(z)))


def t_p(t: float, df: float) -> float:
    """Return the two-sided p value of a t statistic.

    Examples
    --------
    >>> round(t_p(2.776, 4), 3)
    0.05
    """
    return float(2 * stdtr(df, -abs(t)))


def wilson(successes: float, n: float, *, confidence: float = 0.95) -> Interval | None:
    """Return Wilson's score interval of a share; None of nothing.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209-212.

    Examples
    --------
    >>> found = wilson(0, 10)
    >>> found.low, round(found.high, 3)
    (0.0, 0.278)
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n}")
    if n == 0:
        return None
    z = normal_quantile(confidence)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == n else centre + half
    return Interval(low, high).clipped(0, 1)


def effective_n(weights: npt.ArrayLike) -> float:
    """Return Kish's effective sample size, (sum w)^2 / sum w^2; 0 without any weight.

    Examples
    --------
    >>> effective_n([1, 1, 1, 1]), round(effective_n([1, 1, 1, 7]), 2)
    (4.0, 1.92)
    """
    w = np.asarray(weights, dtype=float)
    largest = w.max(initial=0.0)
    if largest <= 0:
        return 0.0
    w = w / largest  # so that squares neither overflow nor vanish
    return float(w.sum() ** 2 / (w * w).sum())


def mean_interval(
    values: npt.ArrayLike,
    *,
    confidence: float = 0.95,
    clusters: Iterable[Hashable] | None = None,
) -> Interval | None:
    """Return the t interval of a mean.

    Parameters
    ----------
    values
        Shape (n,).
    clusters
        Who gave each value.  Values of the same giver are not independent, so the
        spread is taken between givers (linearised, df = givers - 1).  With one value each it
        is the ordinary t interval.

    Returns
    -------
    Interval or None
        None when fewer than two values (givers), or when all are equal: a sample without
        spread says nothing about how far its mean may be off.

    Examples
    --------
    Four answers of four people; the same of two people, who answer alike:

    >>> found = mean_interval([4, 5, 4, 5])
    >>> round(found.low, 2), round(found.high, 2)
    (3.58, 5.42)
    >>> mean_interval([4, 4, 5, 5], clusters=["a", "a", "b", "b"]).low < found.low
    True
    >>> mean_interval([5, 5, 5]) is None
    True
    """
    x = np.asarray(values, dtype=float)
    if not len(x):
        return None
    parts = np.asarray(x - x.mean())
    sums = parts if clusters is None else _cluster_sums(parts, list(clusters))
    groups = len(sums)
    spread = float((sums * sums).sum())
    if groups < 2 or spread <= _rounding(x):
        return None
    se = math.sqrt(spread * groups / (groups - 1)) / len(x)
    return _around(float(x.mean()), se * t_quantile(confidence, groups - 1))


def welch(first: npt.ArrayLike, second: npt.ArrayLike, *, confidence: float = 0.95) -> Difference:
    """Return mean(first) - mean(second) of independent samples with Welch's interval.

    Examples
    --------
    >>> found = welch([5, 6, 7, 8], [1, 2, 3, 4])
    >>> found.value, round(found.interval.low, 2), round(found.p_value, 3)
    (4.0, 1.77, 0.005)
    """
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    value = float(a.mean() - b.mean())
    if min(len(a), len(b)) < 2:
        return Difference(value=value, se=None, interval=None)
    part_a, part_b = float(a.var(ddof=1)) / len(a), float(b.var(ddof=1)) / len(b)
    total = part_a + part_b
    if total <= _rounding(np.concatenate([a, b])):
        return Difference(value=value, se=None, interval=None)
    df = total**2 / (part_a**2 / (len(a) - 1) + part_b**2 / (len(b) - 1))
    se = math.sqrt(total)
    return _tested(value, se, df, confidence)


def clustered_difference(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    *,
    first_clusters: Iterable[Hashable],
    second_clusters: Iterable[Hashable],
    confidence: float = 0.95,
) -> Difference:
    """Return mean(first) - mean(second) of samples that share clusters.

    The linearised variance adds up what each cluster contributes to both means, so what the
    two have in common cancels out.  One value per side and cluster gives the paired t interval
    exactly.  df = clusters on the side that has fewer - 1.

    Examples
    --------
    Everybody rises by one, give or take: the spread between people cancels out.

    >>> who = ["a", "b", "c"]
    >>> found = clustered_difference(
    ...     [2, 5, 9.5], [1, 4, 8], first_clusters=who, second_clusters=who
    ... )
    >>> round(found.value, 2), round(found.interval.low, 2), round(found.interval.high, 2)
    (1.17, 0.45, 1.88)
    """
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    a_keys, b_keys = list(first_clusters), list(second_clusters)
    parts = np.concatenate([(a - a.mean()) / len(a), -(b - b.mean()) / len(b)])
    sums = _cluster_sums(parts, a_keys + b_keys)
    groups = len(sums)
    df = min(len(set(a_keys)), len(set(b_keys))) - 1
    value = float(a.mean() - b.mean())
    spread = float((sums * sums).sum())
    if df < 1 or spread <= _rounding(np.concatenate([a, b])):
        return Difference(value=value, se=None, interval=None)
    se = math.sqrt(spread * groups / (groups - 1))
    return _tested(value, se, df, confidence)


def _tested(value: float, se: float, df: float, confidence: float) -> Difference:
    interval = _around(value, se * t_quantile(confidence, df))
    return Difference(value=value, se=se, interval=interval, p_value=t_p(value / se, df))


def _cluster_sums(parts: Floats, clusters: Sequence[Hashable]) -> Floats:
    """Sum of ``parts`` by cluster, in order of first appearance."""
    number: dict[Hashable, int] = {}
    codes = [number.setdefault(key, len(number)) for key in clusters]
    return np.bincount(codes, weights=parts, minlength=len(number)).astype(float)


def _around(centre: float, half: float) -> Interval:
    return Interval(centre - half, centre + half)


def _rounding(x: Floats) -> float:
    """Squared spread that is nothing but rounding."""
    return float(1e-24 * max(1.0, float(np.abs(x).max(initial=0.0)) ** 2) * max(len(x), 1))
