"""The index by wave and what changed from one wave to the next."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import first_date, has, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.answers import (
    Answers,
    Headline,
    answers,
    givers,
    headline,
    people,
    wave_order,
)
from workbook.diagnostics.loyalty.index import interval_of
from workbook.diagnostics.loyalty.nps import POINTS, difference, needed_n, score
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.survey_result import Change, Verdict, Wave, verdict
from workbook.stats import Family, Floats, Procedure, holm, t_p
from workbook.stats.clusters import (
    cluster_codes,
    cluster_count,
    design_effect,
    difference_effect,
)
from workbook.stats.families import holm_family


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
    family: Family | None = None
    """All comparisons of waves; None without any."""
    rounds: tuple[Round, ...] = ()
    """The answers of each wave, oldest first, that of the previous engagement before them."""
    pairs: tuple[tuple[Round, Round], ...] = ()
    """What ``changes``, and ``change`` after them, compare."""

    def told(self, twice: Collection[str]) -> "Waves":
        """Return the waves without the changes of those who answered twice that stay hidden.

        Parameters
        ----------
        twice
            Places in ``pairs`` that may be told.
        """
        kept = [
            one if str(place) in twice else _unpaired(one) for place, one in enumerate(self.changes)
        ]
        last = self.change
        if last is not None and str(len(self.pairs) - 1) not in twice:
            last = _unpaired(last)
        return replace(self, changes=tuple(kept), change=last)


def waves(inputs: Inputs, params: Params, *, head: Headline | None = None) -> Waves:
    """Return waves and changes.

    A wave carries an index from ``min_n`` answers on.  Each wave that does is compared with the
    one before it that does, so that a small wave in between, or a newest one that has just begun,
    hides no change.  :attr:`Waves.change` is the latest of these comparisons; with a previous
    engagement it compares this engagement's headline answers with that one's, which are the
    first wave under that engagement's label.  In a comparison every wave counts as a sample, also
    where a whole base answered.  All comparisons are one family: with six waves that do not
    differ, one of five single tests would tell a change in 20 % of reports.

    Parameters
    ----------
    head
        What the headline covers, where that is known already.
    """
    survey = inputs.tables["survey"]
    head = head or headline(survey, params)
    own = _rounds(survey, params)
    earlier = _previous(inputs.previous, params, threshold=inputs.anonymity_threshold)
    now = Round(label=head.wave or inputs.label, given=head.given)
    if earlier is not None and len(own) < 2:
        own = [Round(label=own[0].label if own else inputs.label, given=now.given)]
    sequence = ([earlier] if earlier else []) + own
    pairs = list(pairwise(part for part in sequence if carries(part, params)))
    apart = 0
    if earlier is not None and len(own) > 1 and carries(earlier, params) and carries(now, params):
        pairs.append((earlier, now))
        apart = 1
    found = [compare(before, after, now=now, params=params) for before, after in pairs]
    compared = _corrected(found, params)
    return Waves(
        waves=(
            *(_wave(part, params, base=None) for part in [earlier] if part),
            *(_wave(part, params, base=params.population) for part in own),
        ),
        changes=tuple(compared[: len(compared) - apart]),
        change=compared[-1] if compared else None,
        unlabelled=_unlabelled(survey, params),
        family=_family(compared, params),
        rounds=tuple(sequence),
        pairs=tuple(pairs),
    )


def _unpaired(change: Change) -> Change:
    return replace(change, paired_difference=None, paired_p_value=None, paired_verdict=None)


def twice_weights(before: Answers, after: Answers) -> "pd.Series[float]":
    """Return what each answer counts for in the mean change of those who answered twice."""
    by = _key(before, after)
    who = [texts(part.frame, by) for part in (before, after)]
    both = (set(who[0]) & set(who[1])) - {""}
    signed = [
        sign / own.map(own.value_counts()).loc[own.isin(both)]
        for sign, own in zip((-1.0, 1.0), who, strict=True)
    ]
    return pd.concat(signed)


def _corrected(changes: Sequence[Change], params: Params) -> list[Change]:
    """Return the comparisons with the verdicts that hold for all of them together."""
    together = holm([change.p_value for change in changes])
    return [
        replace(
            change,
            p_holm=p_holm,
            verdict=verdict(change.adjusted, p_holm, confidence=params.confidence),
        )
        for change, p_holm in zip(changes, together, strict=True)
    ]


def _family(changes: Sequence[Change], params: Params) -> Family | None:
    told = [change.verdict is not Verdict.CANNOT_TELL for change in changes]
    return holm_family("waves", Procedure.SCORE, told, alpha=1 - params.confidence)


def carries(part: Round, params: Params) -> bool:
    """Tell whether a wave has enough answers for an index."""
    return part.given.n >= max(1, params.min_n)


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
    spread = _spread(before.given, after.given)
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


def _spread(before: Answers, after: Answers) -> Spread:
    whose = cluster_codes([*givers(before.frame), *_givers_of_another(before, after)])
    first, second = whose[: before.n], whose[before.n :]
    both = (cluster_count(first), cluster_count(second))
    effect = difference_effect(before.values, after.values, first_codes=first, second_codes=second)
    alone = cluster_count(whose) == before.n + after.n
    within = (design_effect(before.values, first) + design_effect(after.values, second)) / 2
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


def _previous(previous: Inputs | None, params: Params, *, threshold: int) -> Round | None:
    """Return the round of the previous engagement; None without one, or of few people.

    Its rows are numbered from -1 downwards, so that none is taken for one of this survey.
    """
    survey = previous.tables.get("survey") if previous else None
    if previous is None or survey is None:
        return None
    given = headline(survey, params).given
    if cluster_count(people(given.frame)) < threshold:
        return None
    frame = given.frame.set_axis(-1 - np.arange(given.n))
    return Round(label=previous.label, given=replace(given, frame=frame))


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
        n_eff=part.given.n / found.effect if part.given.n else None,
    )


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


def _unlabelled(survey: pd.DataFrame, params: Params) -> int:
    if not has(survey, "wave"):
        return 0
    return answers(survey.loc[texts(survey, "wave") == ""], params).n
