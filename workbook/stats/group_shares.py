"""Whether the share of a group differs from that of all others, observations in clusters."""

import numpy as np
import numpy.typing as npt

from workbook.stats.chance import permutation_p, seeded
from workbook.stats.intervals import Floats, t_p

DRAWS = 999
CELLS = 500_000
"""Draws times units at most; above, Student's t stands for the permutations."""
MANY = 20
"""Units of a group from which on t is trusted."""


def group_shares_p(
    hits: npt.ArrayLike, exposure: npt.ArrayLike, *, groups: npt.ArrayLike, clusters: npt.ArrayLike
) -> tuple[float | None, ...]:
    """Return for each group the two-sided p value of its share against all others, uncorrected.

    Parameters
    ----------
    hits, exposure
        Shape (n,): what happened, and how often it could have (a share is sum by sum).
    groups
        Shape (n,): group of each, 0, 1, …
    clusters
        Shape (n,): whose each is; what a cluster has in one group is one unit.

    Returns
    -------
    tuple
        By group; None where it or all others have fewer than two units.

    Notes
    -----
    A unit counts by its hits less those that the common share lets expect, so that clusters of
    many observations and of few may be compared.  Units are dealt out anew to the groups; the
    statistic is Welch's t, which holds its level when spreads differ between groups.

    Source: Chung and Romano (2013), Ann. Stat. 41, 484-507.

    Examples
    --------
    >>> group_shares_p([1, 0, 1, 0], [1, 1, 1, 1], groups=[0, 0, 1, 1], clusters=[1, 2, 3, 4])
    (1.0, 1.0)
    """
    codes = np.asarray(groups, dtype=np.int64)
    if not len(codes):
        return ()
    excess, group = _units(hits, exposure, codes, clusters)
    sizes = np.bincount(group, minlength=int(codes.max()) + 1)
    testable = (sizes >= 2) & (len(excess) - sizes >= 2)
    if not testable.any() or float(np.ptp(excess)) <= 1e-12:
        return tuple(1.0 if able else None for able in testable.tolist())
    seen, df = _welch(excess[None, :], sizes)
    if len(excess) * DRAWS > CELLS:
        p = [t_p(t, d) if n >= MANY else 1.0 for t, d, n in zip(seen[0], df[0], sizes, strict=True)]
    else:
        rng = seeded(excess, group)
        drawn, _ = _welch(rng.permuted(np.tile(excess, (DRAWS, 1)), axis=1), sizes)
        p = [permutation_p(abs(t), np.abs(drawn[:, g])) for g, t in enumerate(seen[0].tolist())]
    return tuple(v if able else None for v, able in zip(p, testable.tolist(), strict=True))


def _units(
    hits: npt.ArrayLike, exposure: npt.ArrayLike, codes: npt.NDArray[np.int64],
    clusters: npt.ArrayLike,
) -> tuple[Floats, npt.NDArray[np.int64]]:  # fmt: skip
    """Return hits above expectation and group of each unit, groups in order."""
    names = np.unique(np.asarray(clusters), return_inverse=True)[1].astype(np.int64)
    width = int(names.max()) + 1
    keys, unit = np.unique(codes * width + names, return_inverse=True)
    happened = np.bincount(unit, weights=np.asarray(hits, dtype=float)).astype(float)
    could = np.bincount(unit, weights=np.asarray(exposure, dtype=float)).astype(float)
    excess = happened - could * (happened.sum() / could.sum()) if could.any() else could
    group = keys // width
    order = np.lexsort((excess, group))  # names of clusters do not matter
    return excess[order], group[order]


def _welch(excess: Floats, sizes: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return t and its degrees of freedom, shape (draws, groups); groups lie side by side."""
    filled = sizes > 0
    starts = (np.cumsum(sizes) - sizes)[filled]
    shape = (len(excess), len(sizes))
    own, own2 = np.zeros(shape), np.zeros(shape)
    own[:, filled] = np.add.reduceat(excess, starts, axis=1)
    own2[:, filled] = np.add.reduceat(excess * excess, starts, axis=1)
    n, rest = np.maximum(sizes, 1), np.maximum(excess.shape[1] - sizes, 1)
    total, total2 = own.sum(axis=1, keepdims=True), own2.sum(axis=1, keepdims=True)
    a, b = own / n, (total - own) / rest
    part_a = np.maximum(own2 / n - a * a, 0) / np.maximum(n - 1, 1)
    part_b = np.maximum((total2 - own2) / rest - b * b, 0) / np.maximum(rest - 1, 1)
    least = 1e-6 * total2 / excess.shape[1] * (1 / n + 1 / rest)
    spread = np.maximum(part_a + part_b, least)
    df = spread**2 / np.maximum(
        part_a**2 / np.maximum(n - 1, 1) + part_b**2 / np.maximum(rest - 1, 1), 1e-300
    )
    return (a - b) / np.sqrt(spread), np.clip(df, 1, 1e9)
