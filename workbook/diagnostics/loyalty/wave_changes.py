"""What changed from one wave to another: one test over customers, and those who answered twice."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import has, texts
from workbook.diagnostics.loyalty.answers import (
    Answers,
    givers,
)
from workbook.diagnostics.loyalty.nps import POINTS, difference, needed_n
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey_result import Change, Verdict, verdict
from workbook.stats import Floats, t_p
from workbook.stats.clusters import (
    cluster_codes,
    cluster_count,
    design_effect,
    difference_effect,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Round:
    """The answers of one wave under its label."""

    label: str
    given: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """The change of those who answered twice, points."""

    n: int
    difference: float | None = None
    p_value: float | None = None
    verdict: Verdict | None = None


def twice_weights(before: Answers, after: Answers) -> "pd.Series[float]":
    """Return what each answer counts for in the mean change of those who answered twice.

    Negative before, positive after: this is how the audit of figures sees it.
    """
    by = _key(before, after)
    who = [texts(part.frame, by) for part in (before, after)]
    both = (set(who[0]) & set(who[1])) - {""}
    signed = [
        sign / own.map(own.value_counts()).loc[own.isin(both)]
        for sign, own in zip((-1.0, 1.0), who, strict=True)
    ]
    return pd.concat(signed)


def compare(before: Round, after: Round, *, now: Round, params: Params) -> Change:
    """Return the change between two waves that carry an index, by one test.

    The variance of the difference is taken over customers across both waves: what a customer who
    answered both times has in common cancels out, and several answers of one in a wave count for
    as many as they are worth.

    Parameters
    ----------
    now
        The headline answers: :attr:`Change.headline` tells whether ``after`` is these.
    """
    confidence = params.confidence
    first, second = before.given.counts, after.given.counts
    whose = givers(before.given.frame), _givers_of_another(before.given, after.given)
    spread = spread_of(before.given.values, after.given.values, *whose)
    found = difference(first, second, confidence=confidence, effect=spread.effect, df=spread.df)
    interval, paired = found.interval.times(POINTS), _paired(before.given, after.given, params)
    return Change(
        wave=after.label,
        against=before.label,
        value=POINTS * second.index,
        against_value=POINTS * first.index,
        headline=after.given.frame.index.equals(now.given.frame.index),
        difference=POINTS * found.raw,
        adjusted=POINTS * found.adjusted,
        se=POINTS * found.se,
        p_value=found.p_value,
        ci_low=interval.low,
        ci_high=interval.high,
        verdict=verdict(found.adjusted, found.p_value, confidence=confidence),
        paired_n=paired.n,
        paired_difference=paired.difference,
        paired_p_value=paired.p_value,
        paired_verdict=paired.verdict,
        needed_n=needed_n(first, second, confidence=confidence, effect=spread.within),
        p_holm=found.p_value,
        effect=spread.effect,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How the answers of two waves hang together over customers."""

    effect: float
    """Variance of the difference by that of independent answers."""
    df: int | None
    """Customers of the smaller wave - 1; None where all answers are independent."""
    within: float
    """Mean design effect of the two waves, each by itself."""


def spread_of(
    before: Floats, after: Floats, first_givers: Iterable[str], second_givers: Iterable[str]
) -> Spread:
    """Return how the class values of two waves hang together over those who gave them.

    Parameters
    ----------
    first_givers, second_givers
        Whose each answer is, named alike in both.
    """
    whose = cluster_codes([*first_givers, *second_givers])
    first, second = whose[: len(before)], whose[len(before) :]
    both = (cluster_count(first), cluster_count(second))
    effect = difference_effect(before, after, first_codes=first, second_codes=second)
    alone = cluster_count(whose) == len(before) + len(after)
    within = (design_effect(before, first) + design_effect(after, second)) / 2
    return Spread(effect=effect, df=None if alone else max(min(both) - 1, 1), within=within)


def _givers_of_another(before: Answers, after: Answers) -> list[str]:
    """Return whose the later answers are; a row without any name is nobody's of the earlier ones.

    Two tables may number their rows alike.
    """
    rows = set(givers(before.frame))
    return [
        f"\0{key}" if key.startswith("\0\0") and key in rows else key for key in givers(after.frame)
    ]


def paired_p(changes: Floats) -> float:
    """Return the p value of the mean change being zero (paired t test).

    Where all changes are equal the t statistic does not exist: no change at all gives 1, the
    same change for everyone the sign test.

    Examples
    --------
    >>> paired_p(np.zeros(12)), paired_p(np.ones(4))
    (1.0, 0.125)
    """
    n = len(changes)
    # Changes are of classes, -2 to 2: what is below these bounds is rounding.
    mean, spread = float(changes.mean()), float(changes.std(ddof=1)) if n > 1 else 0.0
    if spread <= 1e-12:
        return 1.0 if abs(mean) <= 1e-12 else min(1.0, 2 * 0.5**n)
    return t_p(mean / (spread / np.sqrt(n)), n - 1)


def _paired(before: Answers, after: Answers, params: Params) -> Paired:
    """Change of the class value of each customer (of the respondent without customers).

    Several answers of one customer in a wave are averaged.  Below ``min_n`` pairs only their
    number is told.
    """
    by = _key(before, after)
    first, second = _class_values(before, by), _class_values(after, by)
    both = first.index.intersection(second.index)
    n = len(both)
    if n < max(1, params.min_n):
        return Paired(n=n)
    changes = np.asarray(second[both] - first[both], dtype=np.float64)
    mean, p_value = float(changes.mean()), paired_p(changes)
    return Paired(
        n=n,
        difference=POINTS * mean,
        p_value=p_value,
        verdict=verdict(mean, p_value, confidence=params.confidence),
    )


def _key(before: Answers, after: Answers) -> str:
    named = has(before.frame, "customer_id") and has(after.frame, "customer_id")
    return "customer_id" if named else "respondent_id"


def _class_values(given: Answers, by: str) -> "pd.Series[float]":
    who = texts(given.frame, by)
    values = pd.Series(given.values, index=who.index).groupby(who).mean()
    return values[values.index != ""]
