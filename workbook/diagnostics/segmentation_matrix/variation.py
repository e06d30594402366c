"""Coefficients of variation of rows of sums, and the classes that they give."""

import numpy as np

from workbook.diagnostics.segmentation_matrix.abc import Marks
from workbook.diagnostics.segmentation_matrix.ledger import Ints
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
    """Return 0 (X) up to the first bound (per cent), 1 (Y) up to the second, else 2 (Z)."""
    low, high = (bound / 100 + TOLERANCE for bound in bounds)
    return np.where(cv <= low, 0, np.where(cv <= high, 1, 2)).astype(np.int8)
