"""Answers that come in clusters: how much several answers of one giver are worth.

Answers of one giver are alike, so n of them tell less of a mean than n independent ones; in a
difference whose sides share their givers, what they have in common cancels out and the same
answers tell more.  The design effect says by how much: the variance over givers divided by that
of independent answers.  n / design effect independent answers would tell as much.

Source: Kish (1965), Survey Sampling, 5.4 and 8.2; linearised variance over clusters as in
Binder (1983), Int. Stat. Rev. 51, 279-292.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from workbook.stats.intervals import Floats

Codes = npt.NDArray[np.intp]

_NOTHING = 1e-12
"""Part of a sum of squares that is rounding."""


def cluster_codes(keys: Iterable[Hashable]) -> Codes:
    """Return the number of each key's cluster, in order of first appearance.

    Examples
    --------
    >>> cluster_codes(["b", "a", "b"])
    array([0, 1, 0])
    """
    number: dict[Hashable, int] = {}
    if isinstance(keys, pd.Series):  # which takes long to hand out texts one by one
        keys = keys.to_numpy(dtype=object).tolist()
    return np.array([number.setdefault(key, len(number)) for key in keys], dtype=np.intp)


def cluster_count(codes: Codes) -> int:
    """Return how many clusters there are.

    Examples
    --------
    >>> cluster_count(np.array([0, 1, 0]))
    2
    """
    return len(np.unique(codes))


def indicator(codes: Codes) -> Any:
    """Return which value is of which cluster: sparse 0 and 1, shape (values, clusters).

    Examples
    --------
    >>> indicator(np.array([0, 1, 0])).toarray().astype(int).tolist()
    [[1, 0], [0, 1], [1, 0]]
    """
    n = len(codes)
    return sparse.csc_array((np.ones(n), (np.arange(n), codes)), shape=(n, int(codes.max()) + 1))


def within_correlation(values: npt.ArrayLike, codes: Codes) -> float:
    """Return how alike the values of one cluster are: 0 independent, 1 all the same.

    The moment estimate over all pairs of one cluster, so that the variance of the mean that
    follows from it is the linearised one over clusters, with its factor G / (G - 1).  Never
    below 0: that values of a cluster differ more than others is no ground to claim more answers.
    Where all values are equal they tell nothing of it and 1 is assumed; 0 without any pair.

    Parameters
    ----------
    values
        Shape (n,).
    codes
        Shape (n,): whose each value is, as :func:`cluster_codes` numbers them.

    Examples
    --------
    >>> within_correlation([1, 1, 0, 0], np.array([0, 0, 1, 1]))
    1.0
    >>> within_correlation([1, 0, 1, 0], np.array([0, 1, 2, 3]))
    0.0
    """
    x = np.asarray(values, dtype=float)
    sizes = np.bincount(codes)
    alike = _size_effect(sizes)
    if alike <= 1:
        return 0.0
    rest = x - x.mean()
    spread = float(rest @ rest)
    groups = int((sizes > 0).sum())
    if spread <= _NOTHING * max(1.0, float(np.abs(x).max()) ** 2) * len(x) or groups < 2:
        return 1.0
    sums = np.bincount(codes, weights=rest)
    effect = (float(sums @ sums) * groups / (groups - 1)) / (spread * len(x) / (len(x) - 1))
    return float(np.clip((effect - 1) / (alike - 1), 0.0, 1.0))


def design_effect(values: npt.ArrayLike, codes: Codes) -> float:
    """Return the variance of the mean over clusters divided by that of independent values.

    At least 1; exactly 1 where every cluster has one value.

    Examples
    --------
    >>> design_effect([1, 1, 0, 0], np.array([0, 0, 1, 1]))
    2.0
    """
    if not len(codes):
        return 1.0
    return 1 + within_correlation(values, codes) * (_size_effect(np.bincount(codes)) - 1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PartEffects:
    """Design effects of the parts of a sample, both of shape (parts,)."""

    own: Floats
    """Of the mean of a part."""
    against_rest: Floats
    """Of the difference between a part and all the rest; below 1 where they share clusters."""


def part_effects(sizes: Floats, whole: Floats, *, correlation: float) -> PartEffects:
    """Return the design effects of parts that are each compared with the rest.

    A part of few clusters cannot tell how alike their values are: the correlation is that of the
    whole sample, the sizes are the part's own.

    Parameters
    ----------
    sizes
        Shape (clusters, parts): values of each cluster in each part; every part holds some, and
        leaves some.  Parts may overlap: several ways of dividing stand beside each other.
    whole
        Shape (clusters,): values of each cluster.
    correlation
        As :func:`within_correlation` returns it for the whole.

    Examples
    --------
    A part with one value of each of two clusters, all of a cluster alike, never differs:

    >>> sizes, whole = np.array([[1.0], [1.0]]), np.array([2.0, 2.0])
    >>> found = part_effects(sizes, whole, correlation=1.0)
    >>> found.own.tolist(), found.against_rest.tolist()
    ([1.0], [0.0])
    """
    rest = whole[:, None] - sizes
    n_part, n_rest = sizes.sum(axis=0), rest.sum(axis=0)
    own = 1 + correlation * ((sizes**2).sum(axis=0) / n_part - 1)
    others = 1 + correlation * ((rest**2).sum(axis=0) / n_rest - 1)
    shared = 2 * correlation * (sizes * rest).sum(axis=0) / (n_part * n_rest)
    alone = 1 / n_part + 1 / n_rest
    return PartEffects(own=own, against_rest=(own / n_part + others / n_rest - shared) / alone)


def difference_effect(
    first: npt.ArrayLike, second: npt.ArrayLike, *, first_codes: Codes, second_codes: Codes
) -> float:
    """Return the variance of a difference of means over clusters by that of independent values.

    Clusters that lie on both sides are paired: the linearised variance adds up what each of them
    contributes to the difference.  Exactly 1 where every cluster has one value in all; 1 too
    where no cluster moves the difference, because a difference without spread tells nothing.

    Parameters
    ----------
    first, second
        Shapes (n,) and (m,), at least one value each.
    first_codes, second_codes
        Likewise, numbered together.

    Examples
    --------
    Givers who answer alike both times:

    >>> a, b, who = [1, 0, -1, 1], [1, 0, 0, 1], np.arange(4)
    >>> round(difference_effect(a, b, first_codes=who, second_codes=who), 2)
    0.23
    """
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    codes = np.concatenate([first_codes, second_codes])
    n, groups = len(codes), cluster_count(codes)
    if groups == n or groups < 2:
        return 1.0
    parts = np.concatenate([-(a - a.mean()) / len(a), (b - b.mean()) / len(b)])
    sums = np.bincount(codes, weights=parts)
    alone = float(parts @ parts) * n / (n - 1)
    over = float(sums @ sums) * groups / (groups - 1)
    return over / alone if over > _NOTHING * alone and alone > 0 else 1.0


def _size_effect(sizes: npt.NDArray[np.int64]) -> float:
    """Design effect of values that are all the same within their cluster, sum m^2 / sum m."""
    return float((sizes * sizes).sum() / sizes.sum())
