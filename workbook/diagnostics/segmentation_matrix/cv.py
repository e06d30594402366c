"""Coefficients of variation of rows of sums: the classes that they give, and their intervals.

The interval is a seeded parametric bootstrap, inverted.  Series of n buckets are drawn from a
gamma distribution with a true coefficient c (near the normal one where c is small, never
negative, spiky where c is large).  The interval holds every c under which the coefficient found is
neither too high nor too low to be believed.  A series only enters by n and its coefficient, so
that one table of quantiles serves all customers.
"""

from functools import lru_cache

import numpy as np
from scipy.special import gammaincinv

from workbook.diagnostics.customer_ledger.abc_classes import Marks
from workbook.diagnostics.customer_ledger.sales_ledger import Ints
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats import Floats

TOLERANCE = 1e-12
"""Rounding of a coefficient of variation that a bound forgives (the method)."""


def coefficients(sums: Ints, begin: Ints, deviation: str) -> Floats:
    """Return the coefficient of variation of each row from a column on.

    Parameters
    ----------
    sums
        Shape (rows, buckets).
    begin
        First column that counts, by row.
    deviation
        ``population`` (divides by n), ``sample`` or ``corrected`` (see :func:`factor`).

    Returns
    -------
    Floats
        NaN where no column counts or the mean is 0 or less.

    Examples
    --------
    >>> sums = np.array([[90, 110, 90, 110], [0, 0, 0, 400]])
    >>> coefficients(sums, np.zeros(2, dtype=np.int64), "population").round(3).tolist()
    [0.1, 1.732]
    """
    measured = np.arange(sums.shape[1]) >= begin[:, None]
    n = measured.sum(axis=1)
    values = np.where(measured, sums, 0).astype(float)
    mean = values.sum(axis=1) / np.maximum(n, 1)
    spread = (np.where(measured, values - mean[:, None], 0.0) ** 2).sum(axis=1)
    usable = (n > 0) & (mean > 0)
    population = np.sqrt(spread / np.maximum(n, 1)) / np.where(usable, mean, 1.0)
    return np.where(usable, population * factor(n, deviation), np.nan)


def factor(n: Ints, deviation: str) -> Floats:
    """Return what a population coefficient of n buckets is multiplied by.

    ``sample`` divides by n - 1; ``corrected`` is the sample one times 1 + 1/4n (Sokal and Rohlf
    1995).  One bucket has no such deviation (NaN).
    """
    if deviation == "population":
        return np.ones(len(n))
    sample = np.where(n > 1, np.sqrt(n / np.maximum(n - 1, 1)), np.nan)
    return sample if deviation == "sample" else sample * (1 + 1 / (4 * np.maximum(n, 1)))


def classes(cv: Floats, bounds: tuple[float, float]) -> Marks:
    """Return 0 (X) up to the first bound (per cent), 1 (Y) up to the second, else 2 (Z).

    >>> classes(np.array([0.1, 0.25, 0.26]), (10, 25)).tolist()
    [0, 1, 2]
    """
    low, high = (bound / 100 + TOLERANCE for bound in bounds)
    return np.where(cv <= low, 0, np.where(cv <= high, 1, 2)).astype(np.int8)


SEED = 20250101
GRID = np.geomspace(0.01, 6.0, 60)
"""True coefficients of the table; below, quantiles are proportional to c."""


def intervals(cv: Floats, n: Ints, params: Params) -> tuple[Floats, Floats]:
    """Return lower and upper bounds of true coefficients, NaN where ``cv`` is NaN.

    Parameters
    ----------
    cv
        Coefficients found, with the deviation of ``Params.xyz_deviation``.
    n
        Buckets behind each.

    Notes
    -----
    An indication: it holds where buckets are independent and gamma-like.  Measured at 12 to 36
    months: 94-97 % (gamma), but 78-86 % (lognormal, coefficient 1) and 88-90 % (correlated
    months); bootstraps of circular blocks held less in every case.  Coefficients of sqrt(n - 1)
    and above cannot be told apart by n buckets: then the upper bound is NaN.
    """
    low, high = np.full(len(cv), np.nan), np.full(len(cv), np.nan)
    told = ~np.isnan(cv) & (n >= 2)
    if not told.any():
        return low, high
    sizes = tuple(np.unique(n[told]).tolist())
    tail = (1 - params.confidence) / 2
    for size, ends in zip(sizes, _quantiles(sizes, params.bootstrap, tail), strict=True):
        at = told & (n == size)
        low[at], high[at] = _inverted(cv[at], ends, size, params)
    return low, high


@lru_cache(16)
def _quantiles(
    sizes: tuple[int, ...], times: int, tail: float
) -> tuple[tuple[Floats, Floats], ...]:
    """Return by number of buckets the lower and upper quantiles of what is found for each true c.

    They depend on no data: the periods of a report are compared by the same table.
    """
    draws = _draws(max(sizes), times)
    return tuple(_ends(draws[:, :, :size], tail) for size in sizes)


def _draws(n: int, times: int) -> Floats:
    """Return gamma draws of mean 1, shape (grid, times, n), from one set of uniform numbers."""
    uniform = np.random.default_rng(SEED).uniform(size=(times, n))
    shape = 1 / GRID**2
    return np.asarray(gammaincinv(shape[:, None, None], uniform) / shape[:, None, None])


def _ends(draws: Floats, tail: float) -> tuple[Floats, Floats]:
    size = draws.shape[2]
    mean = draws.mean(axis=2)
    seen = draws.std(axis=2) / np.where(mean > 0, mean, 1.0)
    seen = np.sort(np.where(mean > 0, seen, np.sqrt(size - 1)), axis=1)
    return (
        np.maximum.accumulate(np.quantile(seen, tail, axis=1)),
        np.maximum.accumulate(np.quantile(seen, 1 - tail, axis=1)),
    )


def _inverted(
    cv: Floats, ends: tuple[Floats, Floats], size: int, params: Params
) -> tuple[Floats, Floats]:
    bottom, top = ends
    scale = float(factor(np.array([size]), params.xyz_deviation)[0])
    population = cv / scale
    low = _true(population, top)
    high = _true(population, bottom)
    beyond = (high >= np.sqrt(size - 1)) | (high >= GRID[-1])
    return np.minimum(low, cv), np.where(beyond, np.nan, np.maximum(high, cv))


def _true(found: Floats, quantiles: Floats) -> Floats:
    """Return the true coefficient whose quantile is the one found."""
    inside = np.interp(found, quantiles, GRID)
    return np.where(found < quantiles[0], found * GRID[0] / quantiles[0], inside)
