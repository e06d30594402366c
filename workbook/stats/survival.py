"""Time until an event: Kaplan-Meier, log-rank, competing risks, with late entry.

A subject is at risk after ``entry`` and up to and including ``time``.  Times of any unit.  What
cannot be told is None, never NaN.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

from workbook.stats import Floats, normal_quantile, wilson

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
class KaplanMeierCurve:
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


def at_risk(time: Floats, entry: Floats, times: Floats) -> Ints:
    """Return how many have ``entry < t <= time`` at each of ``times``.

    Examples
    --------
    The second enters after 2:

    >>> at_risk(np.array([3.0, 5.0]), np.array([0.0, 2.0]), np.array([1.0, 3.0, 4.0])).tolist()
    [1, 2, 1]
    """
    entered = np.searchsorted(np.sort(entry), times, side="left")
    gone = np.searchsorted(np.sort(time), times, side="left")
    return np.asarray(entered - gone, dtype=np.int64)


def kaplan_meier(lives: Lives, *, confidence: float = 0.95) -> KaplanMeierCurve | None:
    """Return the product-limit curve; None without any event.

    Source: Kaplan and Meier (1958), J. Am. Stat. Assoc. 53, 457-481; with late entry the risk
    set holds only those under observation.

    Examples
    --------
    >>> lives = Lives(
    ...     time=np.array([1.0, 2, 2, 4]), event=np.array([True, True, False, True]),
    ...     entry=np.zeros(4),
    ... )
    >>> kaplan_meier(lives).survival.round(3).tolist()
    [0.75, 0.5, 0.0]
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
    return KaplanMeierCurve(
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

    Examples
    --------
    >>> lives = Lives(time=np.arange(1.0, 9), event=np.ones(8, dtype=bool), entry=np.zeros(8))
    >>> found = log_rank(lives, np.array([0, 0, 0, 0, 1, 1, 1, 1]))
    >>> found.df, round(found.chi2, 2), round(found.p_value, 4)
    (1, 7.34, 0.0067)
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

    Examples
    --------
    Of three the first goes, then one of the other two:

    >>> lives = Lives(
    ...     time=np.array([1.0, 2, 3]), event=np.array([True, True, False]),
    ...     entry=np.zeros(3),
    ... )
    >>> expected_events(lives).round(3).tolist()
    [0.333, 0.833, 0.833]
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

    Examples
    --------
    Of four, one goes, one is lost from sight before, two stay:

    >>> lives = Lives(
    ...     time=np.array([1.0, 2, 5, 5]), event=np.array([False, True, False, False]),
    ...     entry=np.zeros(4),
    ... )
    >>> found = event_by(lives, 4)
    >>> round(found.share, 3), round(found.low, 2), round(found.high, 2)
    (0.333, 0.06, 0.79)
    >>> event_by(lives, 6) is None
    True
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

    Examples
    --------
    Two causes take one each of three; the parts sum to the whole:

    >>> lives = Lives(
    ...     time=np.array([1.0, 2, 3]), event=np.array([True, True, False]),
    ...     entry=np.zeros(3),
    ... )
    >>> first, second = np.array([1.0, 0, 0]), np.array([0.0, 1, 0])
    >>> times = np.array([1.0, 2])
    >>> cumulative_incidence(lives, first, times).round(3).tolist()
    [0.333, 0.333]
    >>> cumulative_incidence(lives, second, times).round(3).tolist()
    [0.0, 0.333]
    """
    every, n, d = _steps(lives)
    before = np.concatenate([[1.0], np.cumprod(1 - d / n)])[:-1]
    steps = before * _events_at(lives, every, cause) / n
    at = np.searchsorted(every, times, side="right")
    return np.asarray(np.concatenate([[0.0], np.cumsum(steps)])[at])


def naive_incidence(lives: Lives, cause: Floats, times: Floats) -> Floats:
    """Return 1 - Kaplan-Meier of one cause, the others taken as censoring (it overstates).

    Examples
    --------
    The first of three taken as lost from sight, half seem to go for the second cause:

    >>> lives = Lives(
    ...     time=np.array([1.0, 2, 3]), event=np.array([True, True, False]),
    ...     entry=np.zeros(3),
    ... )
    >>> naive_incidence(lives, np.array([0.0, 1, 0]), np.array([2.0])).round(3).tolist()
    [0.5]
    """
    every, n, _ = _steps(lives)
    kept = np.cumprod(1 - _events_at(lives, every, cause) / n)
    at = np.searchsorted(every, times, side="right")
    return np.asarray(1 - np.concatenate([[1.0], kept])[at])


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
