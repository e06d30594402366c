"""The index weighted by respondent, account, revenue and the survey's own weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import has, numbers
from workbook.diagnostics.loyalty.answers import Answers, givers
from workbook.diagnostics.loyalty.nps import POINTS, Counts, adjusted_wald, finite_factor
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Contribution, Weighted
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
DRAWS = 999
"""Samples of the bootstrap, and arrangements of the permutation."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Units:
    """What is averaged: answers or accounts, with the share of promoters and detractors in each.

    All of shape (units,); weights are positive.
    """

    names: npt.NDArray[np.object_]
    weights: Floats
    promoters: Floats
    detractors: Floats
    scores: Floats

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
    names: Mapping[str, str] | None = None,
) -> tuple[tuple[Weighted, ...], tuple[Contribution, ...]]:
    """Return the index weighted in every way the tables allow, and what accounts contribute.

    ``customer``: every respondent once; ``account``: respondents averaged inside their customer,
    customers once; ``revenue``: the same, customers by revenue; ``weight``: respondents by the
    column ``weight``.  Without ``customer_id`` every respondent is an account.  Units without a
    weight above zero have no say.  Below ``min_n`` units there is no index by anything but
    revenue: that one is the sum of the contributions.

    Parameters
    ----------
    revenue
        Yearly revenue behind each answer, shape (answers,).
    names
        Names of customers by id, where the tables have them.
    """
    by = {"customer": _respondents(given, np.ones(given.n))}
    if has(given.frame, "customer_id"):
        by["account"] = _accounts(given, np.ones(given.n))
    if revenue is not None:
        by["revenue"] = _accounts(given, revenue)
    if has(given.frame, "weight"):
        by["weight"] = _respondents(given, numbers(given.frame, "weight"))
    least = {name: 1 if name == "revenue" else max(1, params.min_n) for name in by}
    rows = tuple(
        weighted_index(name, units, params, factor=_finite(name, units, params))
        for name, units in by.items()
        if len(units.weights) >= least[name]
    )
    thin = any(row.by == "revenue" and row.ci_low is None for row in rows)
    return rows, _contributions(by["revenue"], names or {}) if thin else ()


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
                "score": given.scores,
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
            "score": given.scores,
        }
    )
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
        scores=rows["score"].to_numpy(dtype=float)[heavy],
    )


def _contributions(units: Units, names: Mapping[str, str]) -> tuple[Contribution, ...]:
    """Return what each account adds to the revenue-weighted index, the largest account first."""
    found = [
        Contribution(
            customer_id=str(name).strip("\0"),
            name=names.get(str(name), ""),
            share=float(share),
            score=float(score),
            points=POINTS * float(share * value),
        )
        for name, share, score, value in zip(
            units.names, units.shares, units.scores, units.values, strict=True
        )
    ]
    return tuple(sorted(found, key=lambda c: (-c.share, c.customer_id)))
