"""Time until an event: Kaplan-Meier, log-rank, competing risks, Cox, with late entry.

A subject is at risk after ``entry`` and up to and including ``time``.  Times of any unit.  What
cannot be told is None, never NaN.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

from workbook.stats import Floats, normal_quantile, t_p, wilson

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lives:
    """Observed times of a set of subjects."""

    time: Floats
    """> 0: of the event or of the end of observation."""
    event: Bools
    entry: Floats
    """< ``time``: 0, or when observation began (left truncation)."""

    def part(self, rows: npt.NDArray[np.generic]) -> "Lives":
        """Return some of the subjects."""
        return Lives(time=self.time[rows], event=self.event[rows], entry=self.entry[rows])

    def at_risk(self, times: Floats) -> Ints:
        """Return the size of the risk set at each time."""
        return at_risk(self.time, self.entry, times)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """A survival curve at the times of events; arrays of one length."""

    times: Floats
    at_risk: Ints
    events: Ints
    survival: Floats
    se: Floats
    """Greenwood; NaN where nobody is left."""
    low: Floats
    high: Floats
    """Log-log interval; NaN where the curve is 0 or 1."""

    def quantile(self, share: float) -> float | None:
        """Return the first time by which more than ``share`` are gone; None: not reached."""
        return _first_below(self.times, self.survival, 1 - share)

    def quantile_low(self, share: float) -> float | None:
        """Return the lower bound of a quantile (Brookmeyer and Crowley 1982)."""
        return _first_below(self.times, self.low, 1 - share)

    def quantile_high(self, share: float) -> float | None:
        """Return the upper bound of a quantile; None: open."""
        return _first_below(self.times, self.high, 1 - share)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRankTest:
    """Chi-squared test of equal survival."""

    chi2: float
    df: int
    p_value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareBy:
    """Share with the event by a time, with its interval."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CoxFit:
    """A fitted proportional-hazards model (Efron ties)."""

    coefficient: Floats
    se: Floats
    ph_p: tuple[float | None, ...]
    """Correlation of each column's Schoenfeld residuals with the rank of time."""


def at_risk(time: Floats, entry: Floats, times: Floats) -> Ints:
    """Return how many have ``entry < t <= time`` at each of ``times``."""
    entered = np.searchsorted(np.sort(entry), times, side="left")
    gone = np.searchsorted(np.sort(time), times, side="left")
    return np.asarray(entered - gone, dtype=np.int64)


def kaplan_meier(lives: Lives, *, confidence: float = 0.95) -> Curve | None:
    """Return the product-limit curve; None without any event.

    Source: Kaplan and Meier (1958), J. Am. Stat. Assoc. 53, 457-481; with late entry the risk
    set holds only those under observation.
    """
    if not lives.event.any():
        return None
    from statsmodels.duration.survfunc import SurvfuncRight  # slow import

    entry = lives.entry if lives.entry.any() else None
    with np.errstate(all="ignore"):
        fit = SurvfuncRight(lives.time, lives.event.astype(int), entry=entry)
    survival = np.where(fit.surv_prob < 1e-12, 0.0, fit.surv_prob)
    se = np.where(survival > 0, fit.surv_prob_se, np.nan)
    low, high = _log_log(survival, se, normal_quantile(confidence))
    return Curve(
        times=np.asarray(fit.surv_times, dtype=float),
        at_risk=np.asarray(fit.n_risk, dtype=np.int64),
        events=np.asarray(fit.n_events, dtype=np.int64),
        survival=survival,
        se=se,
        low=low,
        high=high,
    )


def log_rank(lives: Lives, group: Ints) -> LogRankTest | None:
    """Return the log-rank test of the groups 0 … G-1; None of fewer than two or no event.

    Equal to statsmodels' ``survdiff``, which fails where a group cannot be told from others.
    """
    sizes = np.bincount(group)
    if (sizes > 0).sum() < 2 or not lives.event.any():
        return None
    times = np.unique(lives.time[lives.event])
    risk = np.column_stack(
        [lives.part(group == g).at_risk(times) for g in range(len(sizes))]
    ).astype(float)
    died = np.column_stack([_events_at(lives.part(group == g), times) for g in range(len(sizes))])
    n, d = risk.sum(axis=1), died.sum(axis=1)
    share = risk / n[:, None]
    surplus = (died - d[:, None] * share).sum(axis=0)
    weight = np.where(n > 1, d * (n - d) / np.maximum(n - 1, 1), 0.0)
    variance = np.diag(weight @ share) - (share * weight[:, None]).T @ share
    df = int(np.linalg.matrix_rank(variance, hermitian=True))
    if df == 0:
        return None
    chi2 = float(surplus @ np.linalg.pinv(variance, hermitian=True) @ surplus)
    return LogRankTest(chi2=chi2, df=df, p_value=float(chdtrc(df, chi2)))


def expected_events(lives: Lives) -> Floats:
    """Return the hazard of all that each subject lived through while under observation.

    Over all subjects it sums to the events; over a group, to what it would have had at the speed
    of all (Nelson-Aalen).
    """
    times, n, d = _steps(lives)
    hazard = np.concatenate([[0.0], np.cumsum(d / n)])
    until = np.searchsorted(times, lives.time, side="right")
    since = np.searchsorted(times, lives.entry, side="right")
    return np.asarray(hazard[until] - hazard[since])


def event_by(lives: Lives, horizon: float, *, confidence: float = 0.95) -> ShareBy | None:
    """Return the share that has the event by a time; None where nobody left is seen so long.

    Kaplan-Meier, so that those not yet seen so long count as far as they were.  The interval is
    Wilson's with the number of subjects that would give the same variance without censoring, and
    holds where there were no events or few as well.  No late entry.

    Source: Rothman (1978), J. Chron. Dis. 31, 557-560.
    """
    times, n, d = _steps(lives)
    seen = int((lives.time >= horizon).sum())
    kept = times <= horizon
    survival = float(np.prod(1 - d[kept] / n[kept]))
    if not seen and survival > 0:
        return None
    followed = seen + int((lives.event & (lives.time < horizon)).sum())
    left = np.maximum(n[kept] - d[kept], 0.5)
    variance = survival**2 * float((d[kept] / (n[kept] * left)).sum())
    whole = survival * (1 - survival) / variance if 0 < survival < 1 else float(followed)
    bounds = wilson((1 - survival) * whole, whole, confidence=confidence)
    if bounds is None:
        return None
    return ShareBy(share=1 - survival, low=bounds.low, high=bounds.high)


def cumulative_incidence(lives: Lives, cause: Floats, times: Floats) -> Floats:
    """Return the share of all that had the event for one cause by each time.

    The Aalen-Johansen estimate: the events of all causes use up the risk set.

    Parameters
    ----------
    cause
        Which part of each subject's event is this cause's (1, 0, or 1/k of several causes).
    times
        Sorted times of any events.
    """
    every, n, d = _steps(lives)
    before = np.concatenate([[1.0], np.cumprod(1 - d / n)])[:-1]
    steps = before * _events_at(lives, every, cause) / n
    at = np.searchsorted(every, times, side="right")
    return np.asarray(np.concatenate([[0.0], np.cumsum(steps)])[at])


def naive_incidence(lives: Lives, cause: Floats, times: Floats) -> Floats:
    """Return 1 - Kaplan-Meier of one cause, the others taken as censoring (it overstates)."""
    every, n, _ = _steps(lives)
    kept = np.cumprod(1 - _events_at(lives, every, cause) / n)
    at = np.searchsorted(every, times, side="right")
    return np.asarray(1 - np.concatenate([[1.0], kept])[at])


def cox(lives: Lives, columns: npt.NDArray[np.float64]) -> CoxFit | None:
    """Return the proportional-hazards fit (Efron ties); None where it does not converge."""
    from statsmodels.duration.hazard_regression import PHReg  # slow import
    from statsmodels.tools.sm_exceptions import ModelWarning

    # PHReg counts a subject at risk from its entry on (entry <= t), here it is from after it
    # (entry < t): the least step later makes these the same.
    entry = np.nextafter(lives.entry, np.inf) if lives.entry.any() else None
    model = PHReg(lives.time, columns, status=lives.event.astype(int), entry=entry, ties="efron")
    try:
        # It warns where it does not converge; that is told by the result, not to the console.
        with np.errstate(all="ignore"), warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            fit = model.fit(disp=0)
            coefficient, se = np.asarray(fit.params), np.asarray(fit.bse)
    except (np.linalg.LinAlgError, ValueError):
        return None
    finite = np.isfinite(coefficient).all() and np.isfinite(se).all()
    if not finite or any(issubclass(w.category, ModelWarning) for w in told):
        return None
    residuals = schoenfeld(lives, columns, coefficient)
    time = lives.time[lives.event]
    return CoxFit(
        coefficient=coefficient,
        se=se,
        ph_p=tuple(rank_correlation_p(r, time) for r in residuals.T),
    )


def schoenfeld(
    lives: Lives, columns: npt.NDArray[np.float64], coefficient: Floats
) -> npt.NDArray[np.float64]:
    """Return the residuals of the events: covariates minus their mean in the risk set.

    Source: Schoenfeld (1982), Biometrika 69, 239-241.
    """
    linear = columns @ coefficient
    risk = np.exp(linear - linear.max())
    weighted = np.column_stack([risk, columns * risk[:, None]])
    time = lives.time[lives.event]
    total = _tail(lives.time, weighted, time) - _tail(lives.entry, weighted, time)
    return np.asarray(columns[lives.event] - total[:, 1:] / total[:, :1])


def rank_correlation_p(residuals: Floats, time: Floats) -> float | None:
    """Return the p value of residuals not changing with the rank of time."""
    n = len(residuals)
    if n < 3 or np.ptp(residuals) < 1e-12 or np.ptp(time) == 0:
        return None
    _, inverse, sizes = np.unique(time, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[inverse]
    r = float(np.corrcoef(residuals, ranks)[0, 1])
    if abs(r) >= 1 - 1e-12:
        return 0.0
    return t_p(r * np.sqrt((n - 2) / (1 - r * r)), n - 2)


def _tail(key: Floats, values: npt.NDArray[np.float64], times: Floats) -> npt.NDArray[np.float64]:
    """Sum of the rows of ``values`` whose key is at least each time."""
    order = np.argsort(key)
    running = np.vstack([np.cumsum(values[order][::-1], axis=0)[::-1], np.zeros(values.shape[1])])
    return np.asarray(running[np.searchsorted(key[order], times, side="left")])


def _steps(lives: Lives) -> tuple[Floats, Floats, Floats]:
    times = np.unique(lives.time[lives.event])
    return times, lives.at_risk(times).astype(float), _events_at(lives, times)


def _events_at(lives: Lives, times: Floats, weights: Floats | None = None) -> Floats:
    place = np.searchsorted(times, lives.time[lives.event])
    part = None if weights is None else weights[lives.event]
    return np.bincount(place, weights=part, minlength=len(times)).astype(float)


def _log_log(survival: Floats, se: Floats, z: float) -> tuple[Floats, Floats]:
    with np.errstate(all="ignore"):
        log = np.log(survival)
        factor = np.exp(z * se / (survival * np.abs(log)))
        low, high = survival**factor, survival ** (1 / factor)
    inside = (survival > 0) & (survival < 1)
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)


def _first_below(times: Floats, values: Floats, bound: float) -> float | None:
    """First time at which the curve lies below the bound; a curve at 0 has no band (NaN)."""
    below = np.flatnonzero(values < bound)
    return float(times[below[0]]) if len(below) else None
