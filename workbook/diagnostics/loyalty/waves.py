"""The index by wave and what changed from one wave to the next."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import first_date, has, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.answers import (
    Answers,
    answers,
    headline,
    headline_wave,
    wave_order,
)
from workbook.diagnostics.loyalty.index import interval_of
from workbook.diagnostics.loyalty.nps import POINTS, difference, needed_n, score
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Change, Verdict, Wave
from workbook.diagnostics.loyalty.verdict import verdict
from workbook.stats import Floats, t_p


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Waves:
    """All waves, oldest first, and the changes between neighbours."""

    waves: tuple[Wave, ...] = ()
    changes: tuple[Change, ...] = ()
    change: Change | None = None
    unlabelled: int = 0
    """Answers without a wave in a table that has waves: in the headline, in no wave."""


def waves(inputs: Inputs, params: Params) -> Waves:
    """Return waves and changes.

    A wave carries an index from ``min_n`` answers on.  Each wave that does is compared with the
    one before it that does, so that a small wave in between, or a newest one that has just begun,
    hides no change.  :attr:`Waves.change` is the latest of these comparisons; with a previous
    engagement it compares this engagement's headline answers with that one's, which are the
    first wave under that engagement's label.  In a comparison every wave counts as a sample, also
    where a whole base answered.
    """
    survey = inputs.tables["survey"]
    own = _rounds(survey, params)
    earlier = _previous(inputs.previous, params)
    now = Round(
        label=headline_wave(survey, params) or inputs.label,
        given=answers(headline(survey, params), params),
    )
    if earlier is not None and len(own) < 2:
        own = [Round(label=own[0].label if own else inputs.label, given=now.given)]
    sequence = ([earlier] if earlier else []) + own
    changes = [
        compare(before, after, now=now, params=params)
        for before, after in pairwise(part for part in sequence if carries(part, params))
    ]
    change = changes[-1] if changes else None
    if earlier is not None and len(own) > 1 and carries(earlier, params) and carries(now, params):
        change = compare(earlier, now, now=now, params=params)
    return Waves(
        waves=(
            *(_wave(part, params, base=None) for part in [earlier] if part),
            *(_wave(part, params, base=params.population) for part in own),
        ),
        changes=tuple(changes),
        change=change,
        unlabelled=_unlabelled(survey, params),
    )


def carries(part: Round, params: Params) -> bool:
    """Tell whether a wave has enough answers for an index."""
    return part.given.n >= max(1, params.min_n)


def compare(before: Round, after: Round, *, now: Round, params: Params) -> Change:
    """Return the change between two waves that carry an index.

    Parameters
    ----------
    now
        The headline answers: :attr:`Change.headline` tells whether ``after`` is these.
    """
    confidence = params.confidence
    first, second = before.given.counts, after.given.counts
    found = difference(first, second, confidence=confidence)
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
        needed_n=needed_n(first, second, confidence=confidence),
    )


def paired_p(changes: Floats) -> float:
    """Return the p value of the mean change being zero (paired t test).

    Where all changes are equal the t statistic does not exist: no change at all gives 1, the
    same change for everyone the sign test.
    """
    n = len(changes)
    mean, spread = float(changes.mean()), float(changes.std(ddof=1)) if n > 1 else 0.0
    if spread <= 1e-12:
        return 1.0 if abs(mean) <= 1e-12 else min(1.0, 2 * 0.5**n)
    return t_p(mean / (spread / np.sqrt(n)), n - 1)


def _rounds(survey: pd.DataFrame, params: Params) -> list[Round]:
    labels = texts(survey, "wave")
    return [
        Round(label=label, given=answers(survey.loc[labels == label], params))
        for label in wave_order(survey)
    ]


def _previous(previous: Inputs | None, params: Params) -> Round | None:
    survey = previous.tables.get("survey") if previous else None
    if previous is None or survey is None:
        return None
    return Round(label=previous.label, given=answers(headline(survey, params), params))


def _wave(part: Round, params: Params, *, base: int | None) -> Wave:
    """Return one wave; its interval is made as that of the headline (``index.interval_of``)."""
    result, found = score(part.given.counts, params), interval_of(part.given, base, params)
    return Wave(
        wave=part.label,
        start=first_date(part.given.frame),
        n=result.n,
        detractors=result.detractors,
        passives=result.passives,
        promoters=result.promoters,
        value=result.value,
        ci_low=found.wald.low if found.wald else None,
        ci_high=found.wald.high if found.wald else None,
        interval=found.kind,
    )


def _paired(before: Answers, after: Answers, params: Params) -> Paired:
    """Change of the class value of each customer (of the respondent without customers).

    Several answers of one customer in a wave are averaged.  Below ``min_n`` pairs only their
    number is told.
    """
    named = has(before.frame, "customer_id") and has(after.frame, "customer_id")
    by = "customer_id" if named else "respondent_id"
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


def _class_values(given: Answers, by: str) -> "pd.Series[float]":
    who = texts(given.frame, by)
    values = pd.Series(given.values, index=who.index).groupby(who).mean()
    return values[values.index != ""]


def _unlabelled(survey: pd.DataFrame, params: Params) -> int:
    if not has(survey, "wave"):
        return 0
    return answers(survey.loc[texts(survey, "wave") == ""], params).n
