"""Which sums of revenue may be told of customers that their answers single out.

Whoever reads a report may know the revenue of each customer.  A sum over those who answered one
way is therefore told only where both they and the others are enough, where every customer could
be on another side by its size, and rounded down, so that no search for the parts of the sum finds
them.  (Willenborg and de Waal 2001, Elements of Statistical Disclosure Control, ch. 1: dominance
and rounding.)
"""

import math

import numpy as np

from workbook.diagnostics.loyalty.stakes_result import ClassRevenue
from workbook.diagnostics.loyalty.weighting import Units
from workbook.stats import Floats
from workbook.stats.disclosure import Bools

_FIGURES = 2
_ROUNDING = 1e-9
"""Relative slack for sums of money in floating point."""


def rounded_down(amount: float) -> float:
    """Return an amount with two figures, never above it.

    Examples
    --------
    >>> rounded_down(1_217_405.0), rounded_down(99.9), rounded_down(0.0)
    (1200000.0, 99.0, 0.0)
    """
    if amount <= 0:
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(amount)) - _FIGURES + 1)
    return math.floor(amount / unit * (1 + _ROUNDING)) * unit


def sum_told(revenue: Floats, inside: Bools, *, threshold: int) -> float | None:
    """Return the revenue of some customers, rounded down; None where it gives one of them away.

    Parameters
    ----------
    revenue
        Of everybody who could be among them, not negative.
    threshold
        Fewer customers than this are few; 1: answers may be told by name.

    Examples
    --------
    Nobody but the largest of these can make up the sum:

    >>> revenue, inside = np.array([90.0] + [1.0] * 9), np.array([True] * 5 + [False] * 5)
    >>> sum_told(revenue, inside, threshold=5) is None
    True
    >>> sum_told(np.ones(10), inside, threshold=5)
    5.0
    """
    part, rest = float(revenue[inside].sum()), float(revenue[~inside].sum())
    if threshold > 1 and len(revenue):
        few = min(int(inside.sum()), int((~inside).sum())) < threshold
        if few or revenue.max() > min(part, rest) * (1 + _ROUNDING):
            return None
    return rounded_down(part)


def revenue_by_class(units: Units, *, threshold: int) -> ClassRevenue | None:
    """Return what detractors, passives and promoters bring; None where that tells one of them.

    Every account must fit into two classes at least by its size; those of an empty class are
    known to be none.
    """
    weights, promoters, detractors = units.weights, units.promoters, units.detractors
    shares = (detractors, 1 - promoters - detractors, promoters)
    sums = [float(weights @ share) for share in shares]
    if threshold > 1:
        held = [int((share > 0).sum()) for share in shares]
        fitting = sum((weights <= total * (1 + _ROUNDING)).astype(int) for total in sums)
        if any(0 < n < threshold for n in held) or (np.asarray(fitting) < 2).any():
            return None
    return ClassRevenue(
        detractors=rounded_down(sums[0]),
        passives=rounded_down(sums[1]),
        promoters=rounded_down(sums[2]),
    )
