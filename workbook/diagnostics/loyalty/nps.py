"""The net promoter score: classes, index, standard error and intervals of counts.

Everything here is in shares (-1 to 1); the records of :mod:`.result` hold points.

Sources: adjusted Wald as in the R package NPS (add 3/4, 3/2, 3/4 to detractors, passives and
promoters); Tango (1998), Statistics in Medicine 17, 891-908, for the score interval.  Where
answers come from fewer customers, the counts are divided by the design effect and Student's t of
customers - 1 takes the place of the normal distribution (:mod:`workbook.stats.clusters`).
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey_result import Score
from workbook.diagnostics.score_classes import DETRACTORS_TO, PROMOTERS_FROM
from workbook.stats import Floats, Interval, normal_p, normal_quantile, t_p, t_quantile

POINTS = 100
DETECTABLE = 0.10
"""Difference that the needed number of answers is stated for: 10 points."""
POWER = 0.80


@dataclass(frozen=True, slots=True)
class Counts:
    """Answers by class.  Whole numbers, or effective ones where answers are weighted."""

    detractors: float
    passives: float
    promoters: float

    @property
    def n(self) -> float:
        """Number of answers."""
        return self.detractors + self.passives + self.promoters

    @property
    def index(self) -> float:
        """(promoters - detractors) / n."""
        return (self.promoters - self.detractors) / self.n

    @property
    def variance(self) -> float:
        """Variance of one answer in {-1, 0, 1}: p + d - (p - d)^2."""
        # Where all answer alike it is zero, which rounding may put just below.
        return max(0.0, (self.promoters + self.detractors) / self.n - self.index**2)

    @property
    def se(self) -> float:
        """Standard error of the index of independent answers."""
        return math.sqrt(self.variance / self.n)

    def times(self, factor: float) -> "Counts":
        """Return the same shares of another number of answers."""
        return Counts(self.detractors * factor, self.passives * factor, self.promoters * factor)

    def adjusted(self) -> "Counts":
        """Return the counts with 3/4, 3/2 and 3/4 answers added."""
        return Counts(self.detractors + 0.75, self.passives + 1.5, self.promoters + 0.75)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexDifference:
    """Second index minus the first; all but ``raw`` of the adjusted counts."""

    raw: float
    adjusted: float
    se: float
    p_value: float
    interval: Interval


def classes(scores: npt.ArrayLike) -> Floats:
    """Return -1 for detractors, 0 for passives and 1 for promoters.

    Examples
    --------
    >>> classes([6, 7, 8, 9]).tolist()
    [-1.0, 0.0, 0.0, 1.0]
    """
    s = np.asarray(scores, dtype=float)
    return (s >= PROMOTERS_FROM).astype(float) - (s <= DETRACTORS_TO)


def count(scores: npt.ArrayLike) -> Counts:
    """Return the answers by class; scores are whole and none is missing.

    Examples
    --------
    >>> found = count([0, 6, 7, 9, 10])
    >>> found
    Counts(detractors=2, passives=1, promoters=2)
    >>> found.index
    0.0
    """
    values = classes(scores)
    detractors, promoters = int((values < 0).sum()), int((values > 0).sum())
    return Counts(detractors, len(values) - detractors - promoters, promoters)


def finite_factor(n: float, population: float) -> float:
    """Return the finite population correction of a standard error, sqrt((N-n)/(N-1)).

    Examples
    --------
    >>> round(finite_factor(40, 50), 3), finite_factor(50, 50)
    (0.452, 0.0)
    """
    if not 0 < n <= population:
        raise ValueError(f"{n} answers of a population of {population}")
    return math.sqrt((population - n) / (population - 1)) if n < population else 0.0


def effective(counts: Counts, population: float) -> Counts:
    """Return the counts of a sample from a known base as answers from an endless one.

    n answers of N tell as much as n / fpc^2 independent ones.  Correcting the counts rather
    than the width keeps the raw index inside the interval: narrowing an interval whose middle
    is drawn towards zero covered the truth in 7-70 % of samples where most of a happy base
    answered (enumerated); this one in 91-100 %.
    """
    return counts.times(1 / finite_factor(counts.n, population) ** 2)


def adjusted_wald(counts: Counts, *, confidence: float = 0.95, df: float | None = None) -> Interval:
    """Return the adjusted Wald interval, not clipped to the scale.

    Parameters
    ----------
    df
        Of Student's t where the counts are effective ones of clustered answers; None: normal.

    Examples
    --------
    >>> found = adjusted_wald(Counts(20, 30, 50))
    >>> round(found.low, 3), round(found.high, 3)
    (0.141, 0.442)
    """
    adjusted = counts.adjusted()
    half = _quantile(confidence, df) * adjusted.se
    return Interval(adjusted.index - half, adjusted.index + half)


def tango(counts: Counts, *, confidence: float = 0.95, df: float | None = None) -> Interval:
    """Return Tango's score interval of the difference of two paired shares."""
    z = _quantile(confidence, df)
    # The lower bound is the upper one of the opposite answers.
    mirrored = Counts(counts.promoters, counts.passives, counts.detractors)
    return Interval(-_tango_upper(mirrored, z), _tango_upper(counts, z))


def _quantile(confidence: float, df: float | None) -> float:
    return normal_quantile(confidence) if df is None else t_quantile(confidence, df)


def _tango_upper(counts: Counts, z: float) -> float:
    """Upper root of the score equation, looked for between the index and 1."""
    n, surplus = counts.n, counts.promoters - counts.detractors

    def score(delta: float) -> float:
        b = -(counts.promoters + counts.detractors) + (2 * n - surplus) * delta
        c = -counts.detractors * delta * (1 - delta)
        share = (math.sqrt(max(0.0, b * b - 8 * n * c)) - b) / (4 * n)
        variance = n * (2 * share + delta * (1 - delta))
        return surplus - n * delta + z * math.sqrt(max(0.0, variance))

    start = counts.index + 1e-12  # at the index itself the variance may vanish
    if start >= 1 or score(1.0) >= 0:
        return 1.0
    from scipy.optimize import brentq  # slow to import

    return float(brentq(score, start, 1.0, xtol=1e-13))


def worst_case(counts: Counts, population: int) -> Interval:
    """Return the index if all who did not answer were detractors, and if all were promoters.

    Examples
    --------
    >>> worst_case(Counts(10, 10, 30), 100)
    Interval(low=-0.3, high=0.7)
    """
    surplus, silent = counts.promoters - counts.detractors, population - counts.n
    return Interval((surplus - silent) / population, (surplus + silent) / population)


def difference(
    before: Counts,
    after: Counts,
    *,
    confidence: float = 0.95,
    effect: float = 1.0,
    df: float | None = None,
) -> IndexDifference:
    """Return after - before with the adjusted z test (each sample +3/4, +3/2, +3/4).

    Parameters
    ----------
    effect
        Variance of the difference over customers by that of independent answers: above 1 where a
        customer answers several times in one sample, below 1 where the same ones answer in both.
    df
        Customers - 1 where answers are not independent; None: all are.
    """
    first, second = before.times(1 / effect).adjusted(), after.times(1 / effect).adjusted()
    value = second.index - first.index
    se = math.hypot(first.se, second.se)
    half = _quantile(confidence, df) * se
    return IndexDifference(
        raw=after.index - before.index,
        adjusted=value,
        se=se,
        p_value=normal_p(value / se) if df is None else t_p(value / se, df),
        interval=Interval(value - half, value + half).clipped(-2, 2),
    )


def against_rest(part: Counts, rest: Counts, *, effect: float, df: float) -> float:
    """Return the p value of a part of a sample against all its other answers.

    The adjusted difference by the larger of two errors: of the two samples' own variances, and of
    the variance of all answers, which holds if nothing differs.  Of the many parts of several
    cuts the smallest p counts, and far out the first alone is too small in polar answers (with
    17 groups of 100 answers 5-9 % false names), the second in happy ones (9-25 %).

    Parameters
    ----------
    effect
        Design effect of the difference (:func:`workbook.stats.clusters.part_effects`).
    df
        Customers of the sample - 1.
    """
    first, second = part.times(1 / effect).adjusted(), rest.times(1 / effect).adjusted()
    whole = Counts(
        part.detractors + rest.detractors,
        part.passives + rest.passives,
        part.promoters + rest.promoters,
    )
    same = whole.times(1 / effect).adjusted().variance * (1 / first.n + 1 / second.n)
    se = math.sqrt(max(first.se**2 + second.se**2, same))
    return t_p((first.index - second.index) / se, df)


def needed_n(
    before: Counts, after: Counts, *, confidence: float = 0.95, effect: float = 1.0
) -> int:
    """Return the answers per wave that would detect 10 points with 80 % power.

    2 var (z_a + z_b)^2 / delta^2 - 3, with the mean of the two adjusted variances; so many times
    more as several answers of one customer are worth less.
    """
    variance = (before.adjusted().variance + after.adjusted().variance) / 2
    # The quantile is two-sided, power is not: that of 60 % has 80 % of the curve below it.
    z = normal_quantile(confidence) + normal_quantile(2 * POWER - 1)
    return max(1, math.ceil(effect * (2 * variance * z * z / DETECTABLE**2 - 3)))


def score(counts: Counts, params: Params, *, effect: float = 1.0, df: float | None = None) -> Score:
    """Return the index in points with its interval; None below ``min_n``.

    Parameters
    ----------
    effect, df
        Design effect of the index and degrees of freedom, where answers are not independent.
    """
    told = counts.n >= max(1, params.min_n)
    known = counts.times(1 / effect)
    wald = adjusted_wald(known, confidence=params.confidence, df=df)
    interval = _points(wald) if told else None
    return Score(
        n=int(counts.n),
        detractors=int(counts.detractors),
        passives=int(counts.passives),
        promoters=int(counts.promoters),
        value=POINTS * counts.index if told else None,
        se=POINTS * known.se if told else None,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        n_eff=known.n,
    )


def _points(interval: Interval) -> Interval:
    return interval.clipped(-1, 1).times(POINTS)
