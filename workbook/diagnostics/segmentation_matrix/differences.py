"""Whether a segment or a person really differs from the others, each tested in its family.

Tests are exact or permutation tests over customers, two-sided, with the correction of Holm over
everything of the same kind that could have been named.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.segmentation_matrix.kpi_result import CustomerKpi
from workbook.diagnostics.segmentation_matrix.matrix_result import Maturity, MaturityGroup
from workbook.stats import Correction, Family, Procedure, holm_of
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


def segment_chances(rows: Sequence[Maturity]) -> Mapping[str, float]:
    """Return by segment the chance of its maturity, did all use their target products alike.

    A customer that bought within the year counts by the target products it uses above or below
    the common share; customers are dealt out anew to the segments.
    """
    active = [r for r in rows if r.group in _COUNTED and r.value is not None and r.segment]
    return _chances(
        [r.covered for r in active],
        [r.wanted for r in active],
        groups=[str(r.segment) for r in active],
        clusters=np.arange(len(active)),  # a row per customer
    )


def weak_segment(
    rows: Sequence[Maturity], chances: Mapping[str, float], *, alpha: float
) -> WeakSegment | None:
    """Return the segment with the lowest maturity, None where no segment lies below the others.

    Parameters
    ----------
    chances
        See :func:`segment_chances`.
    """
    active = [r for r in rows if r.group in _COUNTED and r.value is not None and r.segment]
    if len(chances) < 2:
        return None
    own = {name: [r for r in active if r.segment == name] for name in chances}
    shares = {name: _pooled(own[name]) for name in chances}
    lowest = min(chances, key=lambda name: shares[name])
    others = _pooled([r for r in active if r.segment != lowest])
    if chances[lowest] >= alpha or shares[lowest] >= others:
        return None
    return WeakSegment(
        segment=lowest,
        share=shares[lowest],
        n=len(own[lowest]),
        others=others,
        p_value=chances[lowest],
    )


def _pooled(rows: Sequence[Maturity]) -> float:
    return sum(r.covered for r in rows) / sum(r.wanted for r in rows)


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


def fewer_new(rows: Sequence[CustomerKpi]) -> Mapping[str, float]:
    """Return by manager the chance that so few of the customers bought something new.

    Fisher's exact test over customers that bought in the window: with a first sale or a new
    direction, or with repeat sales only; the manager's customers against all others.  A manager
    whose customers buy new things no less often than the others' has 1.
    """
    buyers = [r for r in rows if r.primary + r.repeat + r.new_direction > 0]
    fresh = sum(r.primary + r.new_direction > 0 for r in buyers)
    own: dict[str, list[bool]] = {}
    for r in buyers:
        if r.manager is not None:
            own.setdefault(r.manager, []).append(r.primary + r.new_direction > 0)
    return holm_of(
        {
            name: _fewer_p(sum(new), len(new), fresh - sum(new), len(buyers) - len(new))
            for name, new in sorted(own.items())
            if len(new) < len(buyers)
        }
    )


def _fewer_p(a: int, n: int, b: int, rest: int) -> float:
    """Return Fisher's two-sided p value of a of n against b of rest, 1 where it is no fewer."""
    if a * rest >= b * n:
        return 1.0
    from scipy.stats import fisher_exact

    return float(fisher_exact([[a, n - a], [b, rest - b]]).pvalue)


def family(name: str, p_values: Collection[float], *, procedure: Procedure, alpha: float) -> Family:
    """Return one kind of claim as the appendix tells it."""
    return Family(
        id=name,
        procedure=procedure,
        correction=Correction.HOLM if len(p_values) > 1 else Correction.SINGLE,
        comparisons=len(p_values),
        passed=sum(p < alpha for p in p_values),
        alpha=alpha,
    )
