"""Shares of R^2: the LMG (Shapley) decomposition over all subsets of predictors.

Sources: Lindeman, Merenda and Gold (1980); Groemping (2006), J. Stat. Software 17(1), whose
R package relaimpo gives the golden values.
"""

from math import comb

import numpy as np
import numpy.typing as npt

from workbook.stats import Floats

MAX_PREDICTORS = 12
_TINY = 1e-9
"""Part of a standardised variance below which a predictor adds nothing to those before it."""


def lmg(correlations: Floats) -> Floats:
    """Return the LMG shares; they are not negative and sum to R^2.

    Parameters
    ----------
    correlations
        Shape (samples, p + 1, p + 1): correlation matrices, the outcome last.  A predictor
        without variance has a row of zeros; one that others determine shares with them.

    Returns
    -------
    ndarray
        Shape (samples, p).
    """
    p = correlations.shape[-1] - 1
    if p > MAX_PREDICTORS:
        raise ValueError(f"{p} predictors, at most {MAX_PREDICTORS}")
    return np.asarray((_gains(p) @ r_squared(correlations)).T)


def r_squared(correlations: Floats) -> Floats:
    """Return R^2 of every subset of the predictors, shape (2^p, samples).

    Row ``m`` is the subset whose predictors are the bits of ``m``, the first the lowest.  One
    predictor after the other is swept out of the matrix or left out of it, so that each subset
    costs a single step.
    """
    p = correlations.shape[-1] - 1
    found = np.zeros((2**p, len(correlations)))

    def visit(matrix: Floats, first: int, mask: int, explained: Floats) -> None:
        if first == p:
            found[mask] = explained
            return
        rest = matrix[:, 1:, 1:]
        visit(rest, first + 1, mask, explained)
        pivot, column = matrix[:, 0, 0], matrix[:, 1:, 0]
        usable = pivot > _TINY
        scaled = column / np.where(usable, pivot, 1.0)[:, None] * usable[:, None]
        gain = scaled[:, -1] * column[:, -1]
        swept = rest - scaled[:, :, None] * column[:, None, :]
        visit(swept, first + 1, mask | 1 << first, explained + gain)

    visit(correlations, 0, 0, np.zeros(len(correlations)))
    return np.clip(found, 0.0, 1.0)


def lmg_of_outcomes(among: Floats, with_outcomes: Floats) -> Floats:
    """Return the LMG shares of many outcomes of the same predictors.

    It is what :func:`lmg` gives, in a fraction of the time: the predictors are swept once.

    Parameters
    ----------
    among
        Shape (p, p): correlations of the predictors.
    with_outcomes
        Shape (p, outcomes): their correlations with each outcome.

    Returns
    -------
    ndarray
        Shape (outcomes, p).
    """
    p, outcomes = with_outcomes.shape
    found = np.zeros((2**p, outcomes))

    def visit(matrix: Floats, rest: Floats, mask: int, explained: Floats) -> None:
        if not len(rest):
            found[mask] = explained
            return
        visit(matrix[1:, 1:], rest[1:], mask, explained)
        usable = matrix[0, 0] > _TINY
        scaled = matrix[1:, 0] / matrix[0, 0] if usable else np.zeros(len(rest) - 1)
        gain = rest[0] ** 2 / matrix[0, 0] if usable else np.zeros(outcomes)
        swept = matrix[1:, 1:] - scaled[:, None] * matrix[0, 1:]
        visit(
            swept,
            rest[1:] - scaled[:, None] * rest[0],
            mask | 1 << (p - len(rest)),
            explained + gain,
        )

    visit(among, with_outcomes, 0, np.zeros(outcomes))
    return np.asarray((_gains(p) @ np.clip(found, 0.0, 1.0)).T)


def correlation(x: Floats, y: Floats) -> Floats:
    """Return the correlation matrix of predictors and outcome, shape (1, p + 1, p + 1)."""
    return bootstrap_correlations(x, y, np.ones((1, len(y))))


def bootstrap_correlations(x: Floats, y: Floats, repeats: npt.ArrayLike) -> Floats:
    """Return correlation matrices of the rows taken as often as ``repeats`` says.

    Parameters
    ----------
    x, y
        Shapes (n, p) and (n,), the complete cases.
    repeats
        Shape (samples, n).

    Returns
    -------
    ndarray
        Shape (samples, p + 1, p + 1); rows of zeros for what has no variance in a sample.
    """
    table = np.column_stack([x, y])
    table = table - table.mean(axis=0)
    n, q = table.shape
    times = np.asarray(repeats, dtype=float)
    products = (table[:, :, None] * table[:, None, :]).reshape(n, q * q)
    means = times @ table / n
    covariance = (times @ products / n).reshape(-1, q, q) - means[:, :, None] * means[:, None, :]
    variance = np.diagonal(covariance, axis1=1, axis2=2)
    varies = variance > _TINY * np.maximum(table.var(axis=0), 1e-300)
    scale = np.where(varies, 1 / np.sqrt(np.where(varies, variance, 1.0)), 0.0)
    return np.asarray(covariance * scale[:, :, None] * scale[:, None, :])


def _gains(p: int) -> Floats:
    """Weight of R^2 of each subset in the share of each predictor, shape (p, 2^p)."""
    masks = np.arange(2**p)
    members = (masks[None, :] >> np.arange(p)[:, None]) & 1
    size = members.sum(axis=0)
    weight = np.array([1 / (p * comb(p - 1, k)) for k in range(p)] + [0.0])
    with_it, without = weight[np.maximum(size - 1, 0)], weight[size]
    return np.asarray(np.where(members == 1, with_it, -without), dtype=np.float64)
