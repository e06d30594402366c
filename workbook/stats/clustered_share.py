"""Interval of a share whose yes and no come in clusters: several deals of one customer."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.stats.intervals import Interval, t_quantile, wilson


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteredShare:
    """A share with the number of independent observations that it is worth."""

    share: float
    n_eff: float
    """At most n: what is left of n when alike observations of one cluster count less."""
    interval: Interval | None
    """None of a single cluster of several: nothing tells how far clusters differ."""


def clustered_share(
    successes: npt.ArrayLike, clusters: npt.ArrayLike, *, confidence: float = 0.95
) -> ClusteredShare | None:
    """Return a share with Wilson's interval at its effective number; None of nothing.

    Parameters
    ----------
    successes
        Shape (n,): truth values.
    clusters
        Shape (n,): whose each is; any values that can be sorted.

    Notes
    -----
    The linearised variance adds up what each cluster contributes; n is divided by its ratio to
    the variance of independent observations (at least 1) and lowered for the few clusters that
    the ratio rests on.  One observation per cluster gives Wilson's interval exactly.  Where all
    are alike the ratio cannot be told, and each cluster counts once.

    Source: Korn and Graubard (1998), Survey Methodology 24, 193-201; with Wilson's interval
    Franco, Little, Louis and Slud (2019), J. Surv. Stat. Methodol. 7, 334-364.

    Examples
    --------
    >>> clustered_share([True, True, False, False], [1, 1, 2, 2]).n_eff < 4
    True
    """
    hits = np.asarray(successes, dtype=float)
    n = len(hits)
    if not n:
        return None
    codes = np.unique(np.asarray(clusters), return_inverse=True)[1]
    groups = int(codes.max()) + 1
    share = float(hits.mean())
    if groups == 1 and n > 1:
        return ClusteredShare(share=share, n_eff=1.0, interval=None)
    n_eff = _effective(_sums(codes, hits - share), n, share, confidence)
    found = wilson(min(share * n_eff, n_eff), n_eff, confidence=confidence)
    return ClusteredShare(share=share, n_eff=n_eff, interval=found)


def _sums(codes: npt.NDArray[np.intp], parts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.bincount(codes, weights=parts).astype(float)


def _effective(parts: npt.NDArray[np.float64], n: int, share: float, confidence: float) -> float:
    """Return the effective number from what each cluster contributes."""
    groups = len(parts)
    if groups == n:
        return float(n)
    if share in (0.0, 1.0):
        return float(groups)
    spread = groups / (groups - 1) * float((parts * parts).sum()) / n
    ratio = max(1.0, spread * (n - 1) / (n * share * (1 - share)))
    few = (t_quantile(confidence, n - 1) / t_quantile(confidence, groups - 1)) ** 2
    return n / ratio * few
