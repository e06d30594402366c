"""The headline index: interval, response, and what those who did not answer could change."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import has, numbers, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.answers import Answers, Headline, givers
from workbook.diagnostics.loyalty.nps import (
    POINTS,
    Counts,
    adjusted_wald,
    effective,
    finite_factor,
    tango,
    worst_case,
)
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.sales import yearly_revenue
from workbook.diagnostics.loyalty.survey_result import IntervalKind, Nps
from workbook.diagnostics.score_classes import HIGHEST, score_classes
from workbook.errors import InputError, Location, Problem
from workbook.stats import Interval
from workbook.stats.clusters import cluster_codes, cluster_count, design_effect

LARGE = 300
"""So many answers without a zero: if 1 % gave one, 5 % of such samples would have none."""


def headline_index(head: Headline, *, inputs: Inputs, params: Params) -> Nps:
    """Return the index of the headline answers.

    The base is ``Params.population``; only that corrects the interval.  Without it the rows of
    ``customers`` give the response rate when the survey names its customers.  Where a customer
    answered more than once, answers are no sample of customers: the interval stays that of an
    endless base, with the variance over customers, and the response rate counts customers.

    Raises
    ------
    InputError
        When more customers answered than ``Params.population`` says there are.
    """
    asked, given = head.rows, head.given
    answered = customers_who_answered(head)
    base = _base(asked, inputs, params)
    check_population(head, params)
    counts = given.counts
    told = given.n >= max(1, params.min_n)
    found = interval_of(given, params.population, params)
    kind, fixed, interval, score_interval = found.kind, found.base, found.wald, found.tango
    worst = worst_case(counts, fixed).times(POINTS) if fixed and told else None
    return Nps(
        value=POINTS * counts.index if told else None,
        se=_se(counts.times(1 / found.effect), kind, fixed),
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        tango_low=score_interval.low if score_interval else None,
        tango_high=score_interval.high if score_interval else None,
        interval=kind,
        n=given.n,
        detractors=int(counts.detractors),
        passives=int(counts.passives),
        promoters=int(counts.promoters),
        missing=given.missing,
        distribution=_distribution(given),
        scale=params.scale,
        classes=score_classes(params.scale),
        population=base,
        response_rate=_response_rate(given, answered, base=base, inputs=inputs, params=params),
        worst_low=worst.low if worst else None,
        worst_high=worst.high if worst else None,
        revenue_coverage=_revenue_coverage(asked, given, inputs),
        probably_ten_scale=_probably_ten(given, params),
        customers=customers_of(given),
        n_eff=given.n / found.effect,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexInterval:
    """The intervals of an index and what they rest on, in points."""

    kind: IntervalKind
    base: int | None
    """Customers of a finite base; None where the answers are a sample of an endless one."""
    wald: Interval | None
    tango: Interval | None
    effect: float
    """Design effect of the answers: 1 where no customer answered twice."""


def interval_of(given: Answers, population: int | None, params: Params) -> IndexInterval:
    """Return the interval of an index by the one rule of the report.

    A known base narrows it, unless a customer answered more than once: then the answers are no
    sample of customers, and several of one customer count for as many as they are worth, with
    Student's t of customers - 1.
    """
    codes = cluster_codes(givers(given.frame))
    customers = cluster_count(codes)
    once = customers == given.n
    # A correction for a finite base is about customers: several answers of one are no sample of it.
    base = population if once and population and given.n <= population else None
    kind = _kind(given.n, base, params)
    effect = design_effect(given.values, codes)
    known = given.counts.times(1 / effect)
    df = None if once else max(customers - 1, 1)
    wald, score = _intervals(known, kind, base=base, df=df, params=params)
    return IndexInterval(kind=kind, base=base, wald=wald, tango=score, effect=effect)


def customers_of(given: Answers) -> int | None:
    """Return how many different customers answered; None where the survey names none."""
    named = set(texts(given.frame, "customer_id")) - {""}
    return len(named) or None


def _base(asked: pd.DataFrame, inputs: Inputs, params: Params) -> int | None:
    if params.population is not None:
        return params.population
    customers = inputs.tables.get("customers")
    if customers is None or customers.empty or not has(asked, "customer_id"):
        return None
    return int(texts(customers, "customer_id").nunique())


def customers_who_answered(head: Headline) -> int:
    """Return the number of customers behind the headline answers."""
    return int(givers(head.given.frame).nunique())


def check_population(head: Headline, params: Params) -> None:
    """Refuse a number of customers that is smaller than that of those who answered.

    Raises
    ------
    InputError
        When it is.
    """
    answered = customers_who_answered(head)
    if params.population is not None and answered > params.population:
        raise InputError(
            [
                Problem(
                    code="population_too_small",
                    place=Location(file="engagement.toml", column="params.loyalty.population"),
                    found=str(params.population),
                    facts={"answered": answered},
                )
            ]
        )


def _kind(n: int, base: int | None, params: Params) -> IntervalKind:
    if n < max(1, params.min_n):
        return IntervalKind.TOO_FEW
    if base is None:
        return IntervalKind.SAMPLE
    return IntervalKind.CENSUS if n == base else IntervalKind.FINITE


def _intervals(
    counts: Counts, kind: IntervalKind, *, base: int | None, df: float | None, params: Params
) -> tuple[Interval | None, Interval | None]:
    """Return adjusted Wald and Tango in points; none for a census and for too few answers."""
    if kind in (IntervalKind.TOO_FEW, IntervalKind.CENSUS):
        return None, None
    known = effective(counts, base) if base else counts
    both = (adjusted_wald, tango)
    wald, score = (
        f(known, confidence=params.confidence, df=df).clipped(-1, 1).times(POINTS) for f in both
    )
    return wald, score


def _se(counts: Counts, kind: IntervalKind, base: int | None) -> float | None:
    if kind in (IntervalKind.TOO_FEW, IntervalKind.CENSUS):
        return None
    return POINTS * counts.se * (finite_factor(counts.n, base) if base else 1.0)


def _distribution(given: Answers) -> tuple[int, ...]:
    per_score = np.bincount(given.scores.astype(int), minlength=HIGHEST + 1)
    if per_score.sum() != given.n or len(per_score) != HIGHEST + 1:
        raise ValueError(f"{per_score.sum()} answers by score, {given.n} in all")
    return tuple(int(k) for k in per_score)


def _response_rate(
    given: Answers, answered: int, *, base: int | None, inputs: Inputs, params: Params
) -> float | None:
    if not base:
        return None
    if params.population is None:  # customers of the table only: others may have answered too
        known = set(texts(inputs.tables["customers"], "customer_id"))
        answered = len(known & set(givers(given.frame)))
    return answered / base


def _revenue_coverage(asked: pd.DataFrame, given: Answers, inputs: Inputs) -> float | None:
    """Revenue of those who answered in that of all customers.

    By the sales of the last 12 months; without sales by the survey's own figures, provided
    the table also holds customers that were asked and did not answer.
    """
    revenue = yearly_revenue(inputs)
    # The survey's own figures are those of customers that were asked: they make a base only where
    # some of these did not answer.
    if revenue is None and given.missing and has(asked, "revenue"):
        figures = pd.Series(numbers(asked, "revenue"), index=asked.index)
        revenue = figures.groupby(givers(asked)).mean()
    elif not has(asked, "customer_id"):
        return None
    if revenue is None or revenue.clip(lower=0).sum() <= 0:
        return None
    bought = revenue.fillna(0).clip(lower=0)
    return float(bought[bought.index.isin(set(givers(given.frame)))].sum() / bought.sum())


def _probably_ten(given: Answers, params: Params) -> bool:
    return params.scale == "0-10" and given.n >= LARGE and not (given.scores == 0).any()
