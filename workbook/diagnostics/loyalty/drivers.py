"""Key drivers of the recommendation score: how much of its variance each parameter explains.

Association, not effect: a driver is what moves together with the score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import natural, texts
from workbook.diagnostics.loyalty.answers import Answers
from workbook.diagnostics.loyalty.marks import Marks
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Driver
from workbook.diagnostics.loyalty.shapley import (
    MAX_PREDICTORS,
    bootstrap_correlations,
    correlation,
    lmg,
)
from workbook.stats import Floats

CASES_PER_DRIVER = 10
_CHUNK = 2_000_000
"""Cells of the table of bootstrap repeats that are held at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    """Drivers, the largest share first."""

    drivers: tuple[Driver, ...] = ()
    """Empty where there are too few complete cases, or nothing varies."""
    r2: float | None = None
    n: int | None = None
    """Complete cases: those who gave a score and a mark for every parameter."""
    leaders: tuple[str, ...] = ()
    """The first driver and those that the data cannot tell from it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cases:
    """Complete cases in an order that does not depend on the order of the tables."""

    parameters: tuple[str, ...]
    x: Floats
    """Mean marks, shape (n, p)."""
    y: Floats
    """Scores, shape (n,)."""


def drivers(given: Answers, marks: Marks, params: Params) -> Drivers:
    """Return the LMG shares of the parameters in R^2 of the score.

    Marks and scores are joined by respondent, or by customer where that gives more complete
    cases; several marks (scores) of one are averaged.  At most 12 parameters, the most often
    marked; a parameter without variance is left out.  Fewer than 10 cases per parameter: none.
    """
    joined = [_cases(given, marks, by) for by in ("respondent", "customer")]
    cases = max(joined, key=lambda c: len(c.y))
    n, p = cases.x.shape
    if p == 0 or n < CASES_PER_DRIVER * p or np.ptp(cases.y) == 0:
        return Drivers(n=n)
    shares = lmg(correlation(cases.x, cases.y))[0]
    draws = _draws(cases, params)
    low, high = _bounds(draws, params)
    checks = _checks(cases)
    means = marks.frame.groupby("parameter")["mark"].mean()
    rows = [
        Driver(
            parameter=parameter,
            lmg=max(0.0, float(shares[j])),
            ci_low=low[j],
            ci_high=high[j],
            mean=float(means[parameter]),
            ordered_logit=checks[j][0],
            ordered_logit_p=checks[j][1],
        )
        for j, parameter in enumerate(cases.parameters)
    ]
    rows.sort(key=lambda d: (-d.lmg, natural(d.parameter)))
    return Drivers(
        drivers=tuple(rows),
        r2=float(shares.sum()),
        n=n,
        leaders=_leaders([d.parameter for d in rows], cases, draws=draws, params=params),
    )


def _leaders(
    ranked: list[str], cases: Cases, *, draws: Floats | None, params: Params
) -> tuple[str, ...]:
    """Return the first parameter with all that came before it in too many bootstrap draws.

    Another is told apart from the first where the bootstrap interval of their difference is above
    0; without draws nothing is.
    """
    tail = (1 - params.confidence) / 2
    if draws is None:
        return tuple(ranked)
    column = {parameter: j for j, parameter in enumerate(cases.parameters)}
    first = draws[:, column[ranked[0]]]
    return tuple(
        parameter
        for i, parameter in enumerate(ranked)
        if i == 0 or float((first > draws[:, column[parameter]]).mean()) < 1 - tail
    )


def _cases(given: Answers, marks: Marks, by: str) -> Cases:
    who = texts(given.frame, f"{by}_id")
    scores = pd.Series(given.scores, index=who.index).groupby(who).mean()
    rows = marks.frame.loc[(marks.frame[by] != "") & marks.frame[by].isin(scores.index)]
    often = rows["parameter"].value_counts()
    kept = sorted(often.index, key=lambda p: (-often[p], natural(p)))[:MAX_PREDICTORS]
    rows = rows.loc[rows["parameter"].isin(kept)]
    wide = rows.pivot_table(index=by, columns="parameter", values="mark", aggfunc="mean")
    wide = wide.dropna()
    wide = wide.loc[:, [c for c in sorted(wide.columns, key=natural) if wide[c].nunique() > 1]]
    x, y = wide.to_numpy(dtype=float), scores.reindex(wide.index).to_numpy(dtype=float)
    order = np.lexsort((*x.T, y))
    return Cases(
        parameters=tuple(map(str, wide.columns)),
        x=x[order],
        y=np.asarray(y[order], dtype=np.float64),
    )


def _draws(cases: Cases, params: Params) -> Floats | None:
    """Shares over resampled cases, shape (draws, parameters), ``Params.seed``; None for none."""
    n = len(cases.y)
    if params.bootstrap < 1:
        return None
    random = np.random.default_rng(params.seed)
    at_once = max(1, _CHUNK // n)
    draws = []
    for start in range(0, params.bootstrap, at_once):
        size = min(at_once, params.bootstrap - start)
        repeats = _repeats(random.integers(n, size=(size, n)))
        draws.append(lmg(bootstrap_correlations(cases.x, cases.y, repeats)))
    return np.vstack(draws)


def _bounds(
    draws: Floats | None, params: Params
) -> tuple[Sequence[float | None], Sequence[float | None]]:
    """Percentile interval of each share."""
    if draws is None:
        nothing = [None] * MAX_PREDICTORS
        return nothing, nothing
    tail = (1 - params.confidence) / 2
    bounds = np.quantile(draws, [tail, 1 - tail], axis=0).clip(0.0, 1.0)
    return [float(b) for b in bounds[0]], [float(b) for b in bounds[1]]


def _repeats(drawn: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """How often each case was drawn, from the numbers of the cases drawn; both (samples, n)."""
    samples, n = drawn.shape
    flat = drawn + np.arange(samples)[:, None] * n
    return np.bincount(flat.ravel(), minlength=samples * n).reshape(samples, n)


def _checks(cases: Cases) -> list[tuple[float | None, float | None]]:
    """Coefficient and p value of each parameter in an ordered logit, for the appendix."""
    from workbook.diagnostics.loyalty.ordered_logit import ordered_logit  # slow import

    return ordered_logit(cases.x, cases.y)
