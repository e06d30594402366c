"""Whether predictors explain an outcome beyond chance, and which of them comes before another.

Cases of one cluster (respondents of one customer) are not independent: arrangements exchange
whole clusters of the same size, samples draw whole clusters.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from workbook.stats.chance import permutation_p
from workbook.stats.intervals import Floats

Codes = npt.NDArray[np.intp]
_TINY = 1e-9
"""Part of the largest singular value below which a direction of the predictors is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ahead:
    """What the largest of several estimates comes before."""

    alone: bool
    """It comes before each of the others."""
    of: npt.NDArray[np.bool_]
    """Shape (p,): those that it comes before with all comparisons counted."""


def rearranged(
    outcome: npt.ArrayLike, codes: Codes, *, draws: int, random: np.random.Generator
) -> Floats:
    """Return arrangements of an outcome under which it has nothing to do with its cases.

    Clusters of the same size exchange their outcomes as a whole, and within a cluster the
    outcomes are shuffled.  With one case each it is a plain permutation; a cluster of a size of
    its own is only shuffled within.

    Parameters
    ----------
    outcome
        Shape (n,).
    codes
        Shape (n,): the cluster of each case, 0, 1, 2 … without a gap.

    Returns
    -------
    ndarray
        Shape (draws, n).

    Notes
    -----
    Arrangements within blocks of one size: Winkler et al. (2015), NeuroImage 123, 253-268.

    Examples
    --------
    >>> random = np.random.default_rng(0)
    >>> once = rearranged([1, 1, 2, 2, 9], np.array([0, 0, 1, 1, 2]), draws=1, random=random)[0]
    >>> float(once[0] + once[1]) in (2.0, 4.0), float(once[4])
    (True, 9.0)
    """
    y = np.asarray(outcome, dtype=float)
    sizes = np.bincount(codes)
    by_cluster, starts = np.argsort(codes, kind="stable"), np.cumsum(sizes) - sizes
    found = np.tile(y, (draws, 1))
    for size in np.unique(sizes[sizes > 0]):
        blocks = starts[sizes == size]
        cells = by_cluster[blocks[:, None] + np.arange(size)]
        drawn = random.permuted(np.tile(np.arange(len(cells)), (draws, 1)), axis=1)
        dealt = y[cells][drawn]
        if size > 1:
            dealt = random.permuted(dealt, axis=2)
        found[:, cells.ravel()] = dealt.reshape(draws, -1)
    return found


def explained(x: Floats, outcomes: Floats) -> Floats:
    """Return R^2 of each outcome on the predictors, 0 of an outcome without variance.

    Parameters
    ----------
    x
        Shape (n, p); predictors that others determine add nothing.
    outcomes
        Shape (outcomes, n).

    Returns
    -------
    ndarray
        Shape (outcomes,).

    Examples
    --------
    >>> x = np.array([[0.0], [0.0], [1.0], [1.0]])
    >>> explained(x, np.array([[1.0, 3, 5, 7], [2, 2, 2, 2]])).round(2).tolist()
    [0.8, 0.0]
    """
    left, strength, _ = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    basis = left[:, strength > _TINY * max(float(strength.max(initial=0.0)), 1e-300)]
    centred = outcomes - outcomes.mean(axis=1, keepdims=True)
    total = np.einsum("ij,ij->i", centred, centred)
    part = ((centred @ basis) ** 2).sum(axis=1)
    flat = total <= 1e-24 * np.maximum(1.0, (outcomes**2).sum(axis=1))
    return np.asarray(np.where(flat, 0.0, part / np.where(flat, 1.0, total)).clip(0.0, 1.0))


def r2_p(x: Floats, y: Floats, arranged: Floats) -> float:
    """Return the p value of R^2 against arrangements of the outcome.

    Parameters
    ----------
    arranged
        Shape (draws, n), from :func:`rearranged`.

    Examples
    --------
    >>> x = np.arange(20.0)[:, None]
    >>> one_each = np.arange(20)
    >>> random = np.random.default_rng(0)
    >>> r2_p(x, x[:, 0], rearranged(x[:, 0], one_each, draws=99, random=random))
    0.01
    """
    return permutation_p(float(explained(x, y[None, :])[0]), explained(x, arranged))


def adjusted_r2(r2: float, n: int, p: int) -> float | None:
    """Return R^2 less what as many idle predictors explain on average; it may be below 0.

    None where there are no more cases than predictors.  Source: Ezekiel (1930).

    Examples
    --------
    >>> round(adjusted_r2(0.706735, 47, 5), 6)
    0.670971
    """
    return 1 - (1 - r2) * (n - 1) / (n - p - 1) if n > p + 1 else None


def resampled(codes: Codes, *, draws: int, random: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return how often each case is drawn when whole clusters are drawn with replacement.

    Returns
    -------
    ndarray
        Shape (draws, n).  Every sample has as many clusters as the data.

    Examples
    --------
    Both answers of the first customer come together:

    >>> times = resampled(np.array([0, 0, 1]), draws=4, random=np.random.default_rng(1))
    >>> bool((times[:, 0] == times[:, 1]).all()), times[:, [0, 2]].sum(axis=1).tolist()
    (True, [2, 2, 2, 2])
    """
    clusters = int(codes.max()) + 1
    drawn = random.integers(clusters, size=(draws, clusters))
    flat = drawn + np.arange(draws)[:, None] * clusters
    times = np.bincount(flat.ravel(), minlength=draws * clusters).reshape(draws, clusters)
    return np.asarray(times[:, codes])


def told_apart(estimates: Floats, draws: Floats, *, clusters: int, alpha: float) -> Ahead:
    """Return what the largest of several estimates is told apart from.

    Parameters
    ----------
    estimates
        Shape (p,).
    draws
        Shape (samples, p): the same over resampled clusters.
    clusters
        How many were resampled.

    Notes
    -----
    That the largest comes before every other is one claim: it holds where each lead is above 0
    in a share of 1 - ``alpha`` / 2 of the samples and passes a t test with its bootstrap error
    (both, since samples of few clusters spread too little).  It needs no correction although the
    largest was chosen by looking (Gutmann and Maymin 1987, Ann. Stat. 15, 456-461).  That it
    comes before a certain other one is one of many such claims: the lead over its standard error
    is held against t with Bonferroni over all ordered pairs.

    Examples
    --------
    The first leads the second in every sample, the third in some:

    >>> noise = np.random.default_rng(0).normal(0, 0.05, (400, 3))
    >>> estimates = np.array([0.5, 0.1, 0.48])
    >>> found = told_apart(estimates, estimates + noise, clusters=100, alpha=0.05)
    >>> found.alone, found.of.tolist()
    (False, [False, True, False])
    """
    p, first = len(estimates), int(np.argmax(estimates))
    others = np.arange(p) != first
    leads = draws[:, [first]] - draws
    df = clusters - p - 1
    if p == 1 or df < 1:
        return Ahead(alone=p == 1, of=np.zeros(p, dtype=bool))
    se = leads.std(axis=0) * math.sqrt((clusters - 1) / df)

    def beyond(chance: float) -> npt.NDArray[np.bool_]:
        limit = -float(stdtrit(df, chance))
        return np.asarray(estimates[first] - estimates > limit * se)

    ahead = ((leads > 0).mean(axis=0) >= 1 - alpha / 2) & beyond(alpha / 2)
    return Ahead(alone=bool(ahead[others].all()), of=others & beyond(alpha / 2 / (p * (p - 1))))
