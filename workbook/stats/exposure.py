"""Events of groups against what their time at risk lets expect.

At every event each of those at risk was as likely to be the one, unless groups differ.  So a
group's expected events are the sum, over the days with events, of its share of those at risk
(Nelson-Aalen increments over its members): it has no event to answer for while it had nobody at
risk, and any course of the common hazard over time is allowed for.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from workbook.stats.intervals import Floats

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_FAR = 8.0
"""Standard deviations above the mean beyond which a count's chance is below rounding."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Watched:
    """Subjects under observation, one element each: at risk after ``entry``, up to ``end``."""

    entry: Floats
    """Last day before the subject was at risk."""
    end: Floats
    """Day of the event, or the last day of observation; after ``entry``."""
    event: Bools
    group: Ints
    """0 … G-1."""
    stratum: Ints
    """Hazards are compared within strata only."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exposure:
    """What every group's time at risk lets expect.

    Shapes: G groups, T pairs of a stratum and a day with events in it.
    """

    observed: Ints
    """(G,) events."""
    time: Floats
    """(G,) subject-days at risk."""
    at_risk: Ints
    """(T, G) subjects at risk."""
    events: Ints
    """(T,) events, of all groups."""

    @property
    def share(self) -> Floats:
        """Return each group's share of those at risk, shape (T, G)."""
        total = self.at_risk.sum(axis=1, keepdims=True)
        return np.asarray(self.at_risk / total, dtype=np.float64)

    @property
    def expected(self) -> Floats:
        """Return the expected events, shape (G,); they sum to the events, in every stratum."""
        return np.asarray(self.events @ self.share, dtype=np.float64)

    @property
    def variance(self) -> Floats:
        """Return the variance of the observed events if groups do not differ, shape (G,).

        Of a log-rank test: hypergeometric on every day.
        """
        total = self.at_risk.sum(axis=1)
        ties = (total - self.events) / np.maximum(total - 1, 1)
        share = self.share
        return np.asarray((self.events * ties) @ (share * (1 - share)), dtype=np.float64)


def exposure(watched: Watched, groups: int) -> Exposure:
    """Return events and time at risk of ``groups`` groups.

    Raises
    ------
    ValueError
        When a subject ends before it is at risk, or expected and observed events differ in sum.

    Examples
    --------
    Two of group 0 all year, two of group 1 since day 200; one event on day 100, one on day 300:

    >>> import numpy as np
    >>> year = Watched(
    ...     entry=np.array([0.0, 0, 200, 200]), end=np.array([100.0, 365, 300, 365]),
    ...     event=np.array([True, False, True, False]),
    ...     group=np.array([0, 0, 1, 1]), stratum=np.zeros(4, dtype=np.int64))
    >>> found = exposure(year, 2)
    >>> found.expected.round(2).tolist()  # 1 + 1/3 and 0 + 2/3
    [1.33, 0.67]
    """
    if (watched.end <= watched.entry).any():
        raise ValueError("a subject that ends before it is at risk")
    # One axis for all strata: a subject's entry and end lie in the same stretch of it.
    first = float(watched.entry.min(initial=0.0))
    stretch = float(watched.end.max(initial=0.0)) - first + 1
    begins = watched.stratum * stretch + watched.entry - first
    ends = watched.stratum * stretch + watched.end - first
    moments, events = np.unique(ends[watched.event], return_counts=True)
    at_risk = np.zeros((len(moments), groups), dtype=np.int64)
    for group in range(groups):
        own = watched.group == group
        entered = np.searchsorted(np.sort(begins[own]), moments, side="left")
        gone = np.searchsorted(np.sort(ends[own]), moments, side="left")
        at_risk[:, group] = entered - gone
    found = Exposure(
        observed=np.bincount(watched.group[watched.event], minlength=groups).astype(np.int64),
        time=_sums(watched.group, watched.end - watched.entry, groups),
        at_risk=at_risk,
        events=events.astype(np.int64),
    )
    if not np.isclose(found.expected.sum(), found.observed.sum()):
        raise ValueError("expected events do not sum to the events")
    return found


def _sums(group: Ints, days: Floats, groups: int) -> Floats:
    return np.bincount(group, weights=days, minlength=groups).astype(np.float64)


def chances(found: Exposure) -> Floats:
    """Return the chance of 0, 1, … events of every group if groups do not differ.

    On a day with d events among those at risk each group has a hypergeometric number of them; the
    days are put together by convolution.  One event a day: Poisson binomial; all events on one
    day: Fisher's exact test.

    Returns
    -------
    Shape (G, K + 1).  Counts above K have a chance below rounding, the observed ones are within.

    Examples
    --------
    One event among two of group 0 and one of group 1:

    >>> day = Exposure(
    ...     observed=np.array([0, 1]), time=np.ones(2),
    ...     at_risk=np.array([[2, 1]]), events=np.array([1]),
    ... )
    >>> chances(day).round(3).tolist()
    [[0.333, 0.667], [0.667, 0.333]]
    """
    spread = found.expected + _FAR * np.sqrt(found.variance) + _FAR
    far = max(float(spread.max(initial=0.0)), float(found.observed.max(initial=0)))
    most = min(int(np.ceil(far)), int(found.events.sum()))
    chance = np.zeros((found.at_risk.shape[1], most + 1))
    chance[:, 0] = 1.0
    for here, events in zip(found.at_risk, found.events, strict=True):
        of_day = _hypergeometric(here, int(events))
        chance = _sum_of(chance, of_day)
    return chance


def _hypergeometric(here: Ints, events: int) -> Floats:
    """Return the chance of 0 … d of the day's events by group, shape (G, d + 1)."""
    total = int(here.sum())
    if events == 1:
        share = here / total
        return np.stack([1 - share, share], axis=1)
    k = np.arange(events + 1)
    own, others = here[:, None], total - here[:, None]
    possible = (k <= own) & (events - k <= others)
    ways = _log_ways(own, np.minimum(k, own)) + _log_ways(others, np.minimum(events - k, others))
    every = _log_ways(np.full(1, total), np.full(1, events))
    return np.where(possible, np.exp(ways - every), 0.0)


def _log_ways(n: Ints, k: Ints) -> Floats:
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))


def _sum_of(chance: Floats, of_day: Floats) -> Floats:
    """Return the distribution of the sum, cut off at the same length."""
    together = chance * of_day[:, :1]
    for k in range(1, min(of_day.shape[1], chance.shape[1])):
        together[:, k:] += chance[:, : chance.shape[1] - k] * of_day[:, k : k + 1]
    return together


def mid_p(chance: Floats, observed: Ints) -> Floats:
    """Return two-sided p values: twice the smaller tail, the observed count with half its chance.

    Parameters
    ----------
    chance
        Shape (G, K + 1), see :func:`chances`.
    observed
        Shape (G,), at most K.

    Notes
    -----
    Lancaster (1961), J. Am. Stat. Assoc. 56, 223-234.  Doubled whole tails would be the exact
    test, which names far fewer than it may of counts as small as these.

    Examples
    --------
    An event that had a chance of a third:

    >>> mid_p(np.array([[2 / 3, 1 / 3]]), np.array([1])).round(3).tolist()
    [0.333]
    """
    rows = np.arange(len(observed))
    at_most = np.cumsum(chance, axis=1)[rows, observed]
    half = chance[rows, observed] / 2
    smaller: Floats = np.minimum(at_most - half, 1 - at_most + half)
    return np.clip(2 * smaller, 0.0, 1.0)
