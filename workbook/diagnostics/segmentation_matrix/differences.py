"""Whether a segment or a person really differs from the others, each tested in its family.

Tests are exact or permutation tests over customers, two-sided, with the correction of Holm over
everything of the same kind that could have been named.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.segmentation_matrix.matrix_result import MaturityGroup
from workbook.stats import holm_of
from workbook.stats.data_table import DataTable
from workbook.stats.group_shares import group_shares_p

_COUNTED = (MaturityGroup.ACTIVE, MaturityGroup.LOST)
"""Customers that bought within the year: those whose maturity the means run over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakSegment:
    """The segment that uses the smallest part of its target products, where that is no chance."""

    segment: str
    share: float
    """Target products in use of all target products of its customers, 0-1."""
    n: int
    """Customers with target products that bought within the year."""
    others: float
    """The same share of all other segments together."""
    p_value: float
    """Corrected for all segments."""


def segment_chances(maturity: DataTable) -> Mapping[str, float]:
    """Return by segment the chance of its maturity, did all use their target products alike.

    A customer that bought within the year counts by the target products it uses above or below
    the common share; customers are dealt out anew to the segments.
    """
    active = _active(maturity)
    return _chances(
        active["covered"].to_numpy(),
        active["wanted"].to_numpy(),
        groups=active["segment"].to_numpy(dtype=object),
        clusters=np.arange(len(active)),  # a row per customer
    )


def _active(maturity: DataTable) -> DataTable:
    """Return the customers of a segment with target products that bought within the year."""
    counted = maturity["group"].isin(list(_COUNTED))
    return maturity.where(counted & maturity["value"].notna() & maturity["segment"].notna())


def weak_segment(
    maturity: DataTable, chances: Mapping[str, float], *, alpha: float
) -> WeakSegment | None:
    """Return the segment with the lowest maturity, None where no segment lies below the others.

    Parameters
    ----------
    chances
        See :func:`segment_chances`.
    """
    if len(chances) < 2:
        return None
    rows = _active(maturity)
    sums = {name: rows.where(rows["segment"] == name) for name in chances}
    shares = {name: _pooled(own) for name, own in sums.items()}
    lowest = min(chances, key=lambda name: shares[name])
    own, share = sums[lowest], shares[lowest]
    others = _pooled(rows.where(rows["segment"] != lowest))
    if chances[lowest] >= alpha or share >= others:
        return None
    return WeakSegment(
        segment=lowest, share=share, n=len(own), others=others, p_value=chances[lowest]
    )


def _pooled(rows: DataTable) -> float:
    return float(rows["covered"].sum() / rows["wanted"].sum())


def more_overdue(
    overdue: npt.NDArray[np.bool_],
    *,
    manager: npt.NDArray[np.object_],
    customer: npt.NDArray[np.object_],
) -> Mapping[str, float]:
    """Return by manager the chance of so many overdue of the points due, were all alike.

    Points of one customer are not independent, so customers are dealt out anew to the managers.

    Parameters
    ----------
    overdue, manager, customer
        Of the points that are due; ``""`` where nobody is responsible.
    """
    return _chances(overdue, np.ones(len(overdue)), groups=manager, clusters=customer.astype(str))


def _chances(
    hits: npt.ArrayLike,
    exposure: npt.ArrayLike,
    *,
    groups: npt.ArrayLike,
    clusters: npt.ArrayLike,
) -> Mapping[str, float]:
    """Return p values by the names of the groups, corrected for all; the blank one has none."""
    names, codes = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    found = group_shares_p(hits, exposure, groups=codes, clusters=clusters)
    told = zip(names.tolist(), found, strict=True)
    return holm_of({name: p for name, p in told if name and p is not None})


def fewer_new(customers: DataTable) -> Mapping[str, float]:
    """Return by manager the chance that so few of the customers bought something new.

    Fisher's exact test over customers that bought in the window: with a first sale or a new
    direction, or with repeat sales only; the manager's customers against all others.  A manager
    whose customers buy new things no less often than the others' has 1.
    """
    new = customers["primary"] + customers["new_direction"]
    bought = new + customers["repeat"] > 0
    fresh = new.loc[bought] > 0
    own = fresh.groupby(customers["manager"].loc[bought]).agg(["sum", "size"])
    all_new, n = int(fresh.sum()), len(fresh)
    return holm_of(
        {
            str(row.Index): _fewer_p(
                int(row[1]), int(row[2]), all_new - int(row[1]), n - int(row[2])
            )
            for row in own.itertuples()
            if row[2] < n
        }
    )


def _fewer_p(a: int, n: int, b: int, rest: int) -> float:
    """Return Fisher's two-sided p value of a of n against b of rest, 1 where it is no fewer."""
    if a * rest >= b * n:
        return 1.0
    from scipy.stats import fisher_exact

    return float(fisher_exact([[a, n - a], [b, rest - b]]).pvalue)
