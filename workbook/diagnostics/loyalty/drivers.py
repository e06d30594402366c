"""Key drivers of the recommendation score: how much of its variance each parameter explains.

Association, not effect: a driver is what moves together with the score.  None is named unless all
together explain more than chance would, and none before another unless the data tell them apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import natural, texts
from workbook.diagnostics.loyalty.answers import Answers, givers
from workbook.diagnostics.loyalty.marks import Marks
from workbook.diagnostics.loyalty.marks_result import Driver, DriverCheck, DriverTest
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.shapley import (
    MAX_PREDICTORS,
    bootstrap_correlations,
    correlation,
    lmg,
    lmg_of_outcomes,
)
from workbook.stats import Correction, Family, Floats, Procedure, seeded
from workbook.stats.dominance import (
    Codes,
    adjusted_r2,
    r2_p,
    rearranged,
    resampled,
    told_apart,
)

CASES_PER_DRIVER = 10
PERMUTATIONS = 999
"""Arrangements of the scores that R^2 is held against."""
_CHUNK = 2_000_000
"""Cells of the table of repeats or arrangements that are held at a time."""
_LEAST_ARRANGEMENTS = 199
"""Arrangements of very many respondents."""


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
    test: DriverTest | None = None
    check: DriverCheck | None = None

    def families(self, params: Params) -> tuple[Family, ...]:
        """Return what was tested: all marks together, then the first against each other one."""
        if self.test is None:
            return ()
        alpha = 1 - params.confidence
        together = Family(
            id="drivers",
            procedure=Procedure.PERMUTATION,
            correction=Correction.SINGLE,
            comparisons=1,
            passed=int(self.test.beyond_chance),
            alpha=alpha,
        )
        if len(self.drivers) == 1 or self.drivers[0].ci_low is None:
            return (together,)
        lead = Family(
            id="driver_lead",
            procedure=Procedure.BOOTSTRAP,
            correction=Correction.SIMULTANEOUS,
            comparisons=len(self.drivers) - 1,
            passed=len(self.drivers) - len(self.leaders),
            alpha=alpha,
        )
        return together, lead


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cases:
    """Complete cases in an order that does not depend on the order of the tables."""

    parameters: tuple[str, ...]
    x: Floats
    """Mean marks, shape (n, p)."""
    y: Floats
    """Scores, shape (n,)."""
    codes: Codes
    """The customer of each case, 0, 1, 2 …, shape (n,)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DriverMeasures:
    """What the cases say of their parameters; arrays of shape (p,), in the order of the cases."""

    shares: Floats
    chance: Floats
    draws: Floats | None
    """Shares over resampled customers, shape (draws, p)."""
    test: DriverTest
    leading: npt.NDArray[np.bool_]
    """The first, and those that it is not told apart from."""


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
    found = standing(cases, params)
    low, high = _bounds(found.draws, params)
    checks = _checks(cases)
    means = marks.frame.groupby("parameter")["mark"].mean()
    rows = [
        Driver(
            parameter=parameter,
            lmg=float(found.shares[j]),
            ci_low=low[j],
            ci_high=high[j],
            mean=float(means[parameter]),
            ordered_logit=checks[j][0],
            ordered_logit_p=checks[j][1],
            chance=float(found.chance[j]),
        )
        for j, parameter in enumerate(cases.parameters)
    ]
    rows.sort(key=lambda d: (-d.lmg, natural(d.parameter)))
    ranked = [d.parameter for d in rows]
    leading = {q for q, leads in zip(cases.parameters, found.leading, strict=True) if leads}
    return Drivers(
        drivers=tuple(rows),
        r2=float(found.shares.sum()),
        n=n,
        leaders=tuple(q for q in ranked if q in leading),
        test=found.test,
        check=_check(cases, found.shares, checks=checks, ranked=ranked),
    )


def standing(cases: Cases, params: Params) -> DriverMeasures:
    """Hold the importance of the parameters against chance and against each other."""
    # No share is negative: what is below zero is rounding.
    shares = lmg(correlation(cases.x, cases.y))[0].clip(0.0)
    random = seeded(cases.x, cases.y, cases.codes, seed=params.seed)
    arranged = rearranged(cases.y, cases.codes, draws=_arrangements(len(cases.y)), random=random)
    test = _test(cases, arranged, r2=float(shares.sum()), params=params)
    draws = _draws(cases, params, random)
    return DriverMeasures(
        shares=shares,
        chance=np.quantile(_by_chance(cases, arranged), params.confidence, axis=0),
        draws=draws,
        test=test,
        leading=_leading(shares, draws, test=test, params=params),
    )


def _arrangements(n: int) -> int:
    return max(_LEAST_ARRANGEMENTS, min(PERMUTATIONS, _CHUNK // n))


def _test(cases: Cases, arranged: Floats, *, r2: float, params: Params) -> DriverTest:
    """Hold R^2 against arrangements of the scores, those of a customer kept together."""
    p_value = r2_p(cases.x, cases.y, arranged)
    return DriverTest(
        p_value=p_value,
        beyond_chance=p_value < 1 - params.confidence,
        r2_adjusted=adjusted_r2(r2, *cases.x.shape),
        customers=int(cases.codes.max()) + 1,
    )


def _by_chance(cases: Cases, arranged: Floats) -> Floats:
    """Shares of scores that were dealt out anew, shape (arrangements, parameters)."""
    among = correlation(cases.x, cases.y)[0, :-1, :-1]
    x = (cases.x - cases.x.mean(axis=0)) / cases.x.std(axis=0)
    return lmg_of_outcomes(among, (arranged @ x).T / (len(x) * cases.y.std()))


def _leading(
    shares: Floats, draws: Floats | None, *, test: DriverTest, params: Params
) -> npt.NDArray[np.bool_]:
    """Mark the first parameter and all that it is not told apart from."""
    if draws is None or not test.beyond_chance:
        return np.ones(len(shares), dtype=bool)
    alpha = 1 - params.confidence
    ahead = told_apart(shares, draws, clusters=test.customers, alpha=alpha)
    first = np.arange(len(shares)) == int(np.argmax(shares))
    return first if ahead.alone else ~ahead.of


def _cases(given: Answers, marks: Marks, by: str) -> Cases:
    who = texts(given.frame, f"{by}_id")
    scores = pd.Series(given.scores, index=who.index).groupby(who).mean()
    whose = givers(given.frame).groupby(who).first()
    rows = marks.frame.loc[(marks.frame[by] != "") & marks.frame[by].isin(scores.index)]
    often = rows["parameter"].value_counts()
    kept = sorted(often.index, key=lambda p: (-often[p], natural(p)))[:MAX_PREDICTORS]
    rows = rows.loc[rows["parameter"].isin(kept)]
    wide = rows.pivot_table(index=by, columns="parameter", values="mark", aggfunc="mean")
    # Complete cases only: R^2 of different respondents could not be shared out.
    wide = wide.dropna()
    wide = wide.loc[:, [c for c in sorted(wide.columns, key=natural) if wide[c].nunique() > 1]]
    x, y = wide.to_numpy(dtype=float), scores.reindex(wide.index).to_numpy(dtype=float)
    codes = np.unique(whose.reindex(wide.index).to_numpy(dtype=str), return_inverse=True)[1]
    # Draws are by place: in this order the rows of the tables do not matter.
    order = np.lexsort((codes, *x.T, y))
    return Cases(
        parameters=tuple(map(str, wide.columns)),
        x=x[order],
        y=np.asarray(y[order], dtype=np.float64),
        codes=np.asarray(codes[order], dtype=np.intp),
    )


def _draws(cases: Cases, params: Params, random: np.random.Generator) -> Floats | None:
    """Shares over resampled customers, shape (draws, parameters); None for no draws."""
    if params.bootstrap < 1:
        return None
    at_once = max(1, _CHUNK // len(cases.y))
    draws = []
    for start in range(0, params.bootstrap, at_once):
        size = min(at_once, params.bootstrap - start)
        repeats = resampled(cases.codes, draws=size, random=random)
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


def _checks(cases: Cases) -> list[tuple[float | None, float | None]]:
    """Coefficient and p value of each parameter in an ordered logit, for the appendix."""
    from workbook.diagnostics.loyalty.ordered_logit import ordered_logit  # slow import

    return ordered_logit(cases.x, cases.y)


def _check(
    cases: Cases,
    shares: Floats,
    *,
    checks: list[tuple[float | None, float | None]],
    ranked: list[str],
) -> DriverCheck | None:
    """Hold the ordered logit against the importance; None where it did not converge."""
    from workbook.diagnostics.loyalty.ordered_logit import agreement  # slow import

    coefficients = [value for value, _ in checks if value is not None]
    if len(coefficients) < len(shares):
        return None
    with_score = correlation(cases.x, cases.y)[0, :-1, -1]
    tau, order, sign = agreement(np.array(coefficients) * cases.x.std(axis=0), with_score, shares)
    place, turned = (
        dict(zip(cases.parameters, order, strict=True)),
        dict(zip(cases.parameters, sign, strict=True)),
    )
    return DriverCheck(
        rank_correlation=tau,
        order_differs=tuple(q for q in ranked if place[q]),
        sign_differs=tuple(q for q in ranked if turned[q]),
    )
