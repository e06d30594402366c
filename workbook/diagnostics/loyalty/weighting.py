"""The index weighted by respondent, account, revenue and the survey's own weights."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import has, numbers
from workbook.diagnostics.loyalty.answers import Answers, givers
from workbook.diagnostics.loyalty.nps import POINTS, Counts, adjusted_wald, finite_factor
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey_result import Weighted
from workbook.stats import (
    Correction,
    Family,
    Floats,
    Interval,
    Procedure,
    effective_n,
    seeded,
)
from workbook.stats.weighted import Totals, index_interval, upper_spread, weight_p

FEW = 10
"""Below this number of answers there is no interval (coverage by enumeration)."""
UNEQUAL = ("revenue", "weight")
ACCOUNTS = ("account", "revenue")
"""Ways that average the answers of a customer first."""
DRAWS = 999
"""Samples of the bootstrap, and arrangements of the permutation."""
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Units:
    """What is averaged: answers or accounts, with the share of promoters and detractors in each.

    All of shape (units,); weights are positive.
    """

    names: npt.NDArray[np.object_]
    weights: Floats
    promoters: Floats
    detractors: Floats

    @property
    def values(self) -> Floats:
        """Index of each unit, -1 to 1."""
        return self.promoters - self.detractors

    @property
    def codes(self) -> npt.NDArray[np.intp]:
        """The customer of each unit as a number from 0 on."""
        return np.asarray(np.unique(self.names.astype(str), return_inverse=True)[1], dtype=np.intp)

    @property
    def shares(self) -> Floats:
        """Weights that sum to one."""
        scaled = self.weights / self.weights.max()
        return np.asarray(scaled / scaled.sum())


def weighted(
    given: Answers,
    revenue: Floats | None,
    params: Params,
    *,
    told: Collection[str],
    by_name: bool = False,
) -> tuple[Weighted, ...]:
    """Return the index weighted in every way the tables allow.

    ``customer``: every respondent once; ``account``: respondents averaged inside their customer,
    customers once; ``revenue``: the same, customers by revenue; ``weight``: respondents by the
    column ``weight``.  Without ``customer_id`` every respondent is an account.  Units without a
    weight above zero have no say.  Below ``min_n`` units there is no index, and none that would
    tell how one of them answered.

    Parameters
    ----------
    revenue
        Yearly revenue behind each answer, shape (answers,).
    told
        Ways that may be told beside the other figures of the report.
    by_name
        Answers may be told by name: no index gives anybody away.
    """
    return tuple(
        hidden_index(name)
        if name not in told or (gives_one_away(units) and not by_name)
        else weighted_index(name, units, params, factor=_finite(name, units, params))
        for name, units in units_of(given, revenue).items()
        if len(units.weights) >= max(1, params.min_n)
    )


def units_of(given: Answers, revenue: Floats | None) -> dict[str, Units]:
    """Return what is averaged, by the way of weighting."""
    by = {"customer": _respondents(given, np.ones(given.n))}
    if has(given.frame, "customer_id"):
        by["account"] = _accounts(given, np.ones(given.n))
    if revenue is not None:
        by["revenue"] = _accounts(given, revenue)
    if has(given.frame, "weight"):
        by["weight"] = _respondents(given, numbers(given.frame, "weight"))
    return by


def answer_weights(given: Answers, revenue: Floats | None) -> dict[str, Floats]:
    """Return what each answer counts for, by the way of weighting."""
    names = givers(given.frame).to_numpy(dtype=object)
    size = pd.Series(names).map(pd.Series(names).value_counts()).to_numpy(dtype=float)
    found = {}
    for by, units in units_of(given, revenue).items():
        if by in ACCOUNTS:
            known = pd.Series(units.weights, index=pd.Index(units.names))
            found[by] = pd.Series(names).map(known).fillna(0.0).to_numpy(dtype=float) / size
        elif by == "weight":
            found[by] = np.maximum(np.nan_to_num(numbers(given.frame, "weight")), 0.0)
        else:
            found[by] = np.ones(given.n)
    return found


def gives_one_away(units: Units) -> bool:
    """Return whether a weighted index tells how one of its units answered.

    Whatever all others answered, their part of the index lies within their weight.  What is left
    must fit at least two of -1, 0 and 1 for every unit, else the heaviest is read off; an index
    of which all units are alike tells so anyhow.

    Examples
    --------
    Of two votes the heavier is a promoter's when the index is 0.8:

    >>> units = Units(
    ...     names=np.array(["a", "b"], dtype=object), weights=np.array([9.0, 1.0]),
    ...     promoters=np.array([1.0, 0.0]), detractors=np.array([0.0, 1.0]),
    ... )
    >>> gives_one_away(units)
    True
    """
    values, shares = units.values, units.shares
    if np.ptp(values) <= 0:
        return False
    whole = float(shares @ values)
    fitting = sum(np.abs(whole - shares * value) <= 1 - shares + _ROUNDING for value in (-1, 0, 1))
    return bool((np.asarray(fitting) < 2).any())


def hidden_index(by: str) -> Weighted:
    """Return an index that is not told."""
    return Weighted(
        by=by, n=None, value=None, n_eff=None, se=None, ci_low=None, ci_high=None, suppressed=True
    )


def revenue_family(rows: Sequence[Weighted], params: Params) -> tuple[Family, ...]:
    """Return the test behind what is said of those who bring most; none where it was not made."""
    tested = [row.p_value for row in rows if row.p_value is not None]
    alpha = 1 - params.confidence
    one = [
        Family(
            id="revenue_weight",
            procedure=Procedure.PERMUTATION,
            correction=Correction.SINGLE,
            comparisons=len(tested),
            passed=sum(p < alpha for p in tested),
            alpha=alpha,
        )
    ]
    return tuple(one if tested else ())


def _finite(by: str, units: Units, params: Params) -> float:
    """Return the finite population correction where every unit is one customer of a known base."""
    customers = len(units.names) == len(set(units.names))
    if params.population is None or by not in ("customer", "account") or not customers:
        return 1.0
    return finite_factor(len(units.names), params.population)


def weighted_index(by: str, units: Units, params: Params, *, factor: float = 1.0) -> Weighted:
    """Return the weighted index with its linearised standard error over customers.

    Where all count alike the interval is the adjusted Wald of as many independent answers as
    have that standard error (of ``n_eff`` where all are alike and the error is zero); where
    weights differ it is a bootstrap over customers.
    """
    value = float(units.shares @ units.values)
    se = factor * _error(units, value)
    n_eff = effective_n(units.weights)
    interval = None
    if by in UNEQUAL:
        interval = _resampled(units, n_eff=n_eff, params=params)
    elif n_eff >= FEW and factor > 0:
        known = n_eff / factor**2
        interval = _interval(units, se=se, n_eff=known, confidence=params.confidence)
    return Weighted(
        by=by,
        n=len(units.weights),
        value=POINTS * value,
        n_eff=n_eff,
        se=POINTS * se,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        p_value=_revenue_p(units, params) if by == "revenue" else None,
    )


def _error(units: Units, value: float) -> float:
    """Linearised standard error: what the answers of one customer add up to is one deviation."""
    parts = units.shares * (units.values - value)
    sums = np.bincount(units.codes, weights=parts)
    some = len(sums) < len(parts)
    # m / (m - 1) as usual for m clusters; of independent answers the plain linearised error.
    several = len(sums) / (len(sums) - 1) if some and len(sums) > 1 else 1.0
    return float(np.sqrt((sums**2).sum() * several))


def _resampled(units: Units, *, n_eff: float, params: Params) -> Interval | None:
    """Bootstrap interval over customers; None of few, or where few of them carry the weight."""
    spread = upper_spread(units.weights)
    if n_eff < params.min_weighted_n or spread > params.max_weight_spread:
        return None
    totals = _totals(units)
    random = seeded(totals.weight, totals.up, totals.down, seed=params.seed)
    found = index_interval(totals, confidence=params.confidence, draws=DRAWS, random=random)
    return found.times(POINTS)


def _totals(units: Units) -> Totals:
    """Sum up by customer, in an order that does not depend on the order of the answers."""
    parts = np.array([np.ones(len(units.weights)), units.promoters, units.detractors])
    order = np.lexsort((*parts, units.weights, units.codes))
    weighed, codes = (parts * units.weights)[:, order], units.codes[order]
    sums = np.array([np.bincount(codes, weights=row) for row in weighed], dtype=float)
    weight, up, down = sums[:, np.lexsort(sums)]
    return Totals(weight=weight, up=up, down=down)


def _revenue_p(units: Units, params: Params) -> float | None:
    """Whether the index of an account has to do with its revenue; None where nothing differs."""
    if min(np.ptp(units.weights), np.ptp(units.values)) <= 0 or len(units.weights) < params.min_n:
        return None
    order = np.lexsort((units.values, units.weights))
    values, weights = units.values[order], units.weights[order]
    random = seeded(values, weights, seed=params.seed)
    return weight_p(values, weights, draws=DRAWS, random=random)


def _interval(units: Units, *, se: float, n_eff: float, confidence: float) -> Interval:
    shares = units.shares
    promoters, detractors = float(shares @ units.promoters), float(shares @ units.detractors)
    one = Counts(detractors, max(0.0, 1 - promoters - detractors), promoters)
    # As many independent answers as would have this error give the interval its width.
    independent = one.variance / se**2 if se > 1e-9 else n_eff
    interval = adjusted_wald(one.times(max(independent, 1e-9)), confidence=confidence)
    return interval.clipped(-1, 1).times(POINTS)


def _respondents(given: Answers, weights: Floats) -> Units:
    values = given.values
    names = givers(given.frame).to_numpy(dtype=object)
    return _weighing(
        pd.DataFrame(
            {
                "weight": weights,
                "promoters": values > 0,
                "detractors": values < 0,
            }
        ),
        names,
    )


def _accounts(given: Answers, weights: Floats) -> Units:
    """Respondents averaged inside their account; its weight is the mean of what they state."""
    rows = pd.DataFrame(
        {
            "weight": weights,
            "promoters": (given.values > 0).astype(float),
            "detractors": (given.values < 0).astype(float),
        }
    )
    # Ten answers of one account are one account; each may state its revenue.
    means = rows.groupby(givers(given.frame).to_numpy(dtype=object)).mean()
    return _weighing(means, means.index.to_numpy(dtype=object))


def _weighing(rows: pd.DataFrame, names: npt.NDArray[np.object_]) -> Units:
    weights = rows["weight"].to_numpy(dtype=float)
    heavy = np.nan_to_num(weights) > 0
    return Units(
        names=names[heavy],
        weights=weights[heavy],
        promoters=rows["promoters"].to_numpy(dtype=float)[heavy],
        detractors=rows["detractors"].to_numpy(dtype=float)[heavy],
    )
