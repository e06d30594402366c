"""Two shares: exactly, and the interval of their difference."""

import math

from workbook.stats.intervals import Interval, wilson


def fisher_p(a: int, n: int, b: int, m: int) -> float:
    """Return Fisher's exact p value, both sides, of ``a`` of ``n`` against ``b`` of ``m``.

    Examples
    --------
    >>> round(fisher_p(1, 10, 8, 10), 4)
    0.0055
    """
    from scipy.stats import fisher_exact  # slow to import, and seldom needed

    return min(1.0, float(fisher_exact([[a, n - a], [b, m - b]]).pvalue))


def newcombe(a: int, n: int, b: int, m: int, *, confidence: float = 0.95) -> Interval:
    """Return the interval of a / n - b / m from the two Wilson intervals.

    Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    Examples
    --------
    >>> found = newcombe(56, 70, 48, 80)
    >>> round(found.low, 4), round(found.high, 4)
    (0.0524, 0.3339)
    """
    p, q = a / n, b / m
    first, second = wilson(a, n, confidence=confidence), wilson(b, m, confidence=confidence)
    if first is None or second is None:
        raise ValueError("a share of nothing has no interval")
    low = p - q - math.hypot(p - first.low, second.high - q)
    high = p - q + math.hypot(first.high - p, q - second.low)
    return Interval(low, high)
