"""Whether a segment or a person really differs from the others, each tested in its family.

Tests are exact or rank tests over customers or dates, two-sided, with the correction of Holm over
everything of the same kind that could have been named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook.diagnostics.segmentation_matrix.deals_result import ManagerPoints
from workbook.diagnostics.segmentation_matrix.kpi_result import CustomerKpi
from workbook.diagnostics.segmentation_matrix.matrix_result import Maturity, MaturityGroup
from workbook.stats import holm

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


def weak_segment(rows: Sequence[Maturity], *, alpha: float) -> WeakSegment | None:
    """Return the segment with the lowest maturity, None where no segment lies below the others.

    Mann-Whitney over the maturity of customers that bought within the year, the segment against
    all others.
    """
    active = [r for r in rows if r.group in _COUNTED and r.value is not None]
    names = sorted({r.segment for r in active if r.segment is not None})
    if len(names) < 2:
        return None
    own = {name: [r for r in active if r.segment == name] for name in names}
    rest = {name: [r for r in active if r.segment != name] for name in names}
    p_values = holm([_rank_p(own[name], rest[name]) for name in names])
    shares = {name: _pooled(own[name]) for name in names}
    lowest, p_value = min(zip(names, p_values, strict=True), key=lambda pair: shares[pair[0]])
    others = _pooled(rest[lowest])
    if p_value >= alpha or shares[lowest] >= others:
        return None
    return WeakSegment(
        segment=lowest, share=shares[lowest], n=len(own[lowest]), others=others, p_value=p_value
    )


def _pooled(rows: Sequence[Maturity]) -> float:
    return sum(r.covered for r in rows) / sum(r.wanted for r in rows)


def _rank_p(first: Sequence[Maturity], second: Sequence[Maturity]) -> float:
    a, b = ([r.value for r in rows] for rows in (first, second))
    if len({*a, *b}) < 2:
        return 1.0  # one value only: there is nothing to rank
    from scipy.stats import mannwhitneyu

    return float(mannwhitneyu(a, b, alternative="two-sided").pvalue)


def more_overdue(rows: Sequence[ManagerPoints]) -> Mapping[str, float]:
    """Return by manager the chance of so many overdue of the points due, were all alike.

    Fisher's exact test of overdue points against the others, the manager against all others.
    """
    named = [row for row in rows if row.manager is not None and row.due]
    late, kept = (
        sum(row.overdue for row in rows),
        sum(row.due - row.overdue for row in rows),
    )
    p_values = [
        _exact_p(row.overdue, own := row.due - row.overdue, late - row.overdue, kept - own)
        for row in named
    ]
    return _by_name([row.manager for row in named], p_values)


def fewer_new(rows: Sequence[CustomerKpi]) -> Mapping[str, float]:
    """Return by manager the chance that so few of the customers bought something new.

    Fisher's exact test over customers that bought in the window: with a first sale or a new
    direction, or with repeat sales only; the manager's customers against all others.
    """
    buyers = [r for r in rows if r.primary + r.repeat + r.new_direction > 0]
    fresh = {r.customer_id for r in buyers if r.primary + r.new_direction > 0}
    names = sorted({r.manager for r in buyers if r.manager is not None})
    p_values = []
    for name in names:
        own = [r.customer_id for r in buyers if r.manager == name]
        new = sum(c in fresh for c in own)
        rest = len(buyers) - len(own)
        p_values.append(_exact_p(new, len(own) - new, len(fresh) - new, rest - (len(fresh) - new)))
    return _by_name(names, p_values)


def _exact_p(a: int, b: int, c: int, d: int) -> float:
    from scipy.stats import fisher_exact

    return float(fisher_exact([[a, b], [c, d]]).pvalue)


def _by_name(names: Sequence[str | None], p_values: Sequence[float]) -> Mapping[str, float]:
    corrected = holm(p_values)
    return {name: p for name, p in zip(names, corrected, strict=True) if name is not None}
