"""The figures of losses that are compared from period to period.

Losses are counted in windows of equal length; what they were like is told of all losses of a
period, and only where these are not too few for a share in the report itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbook.diagnostics.cells import has
from workbook.diagnostics.churn_reasons.backtest import hits
from workbook.diagnostics.churn_reasons.counting import count
from workbook.diagnostics.churn_reasons.instruments import users
from workbook.diagnostics.churn_reasons.known_cuts import compared, knowledge
from workbook.diagnostics.churn_reasons.losses import Losses, known_sum
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.populations import (
    Populations,
    in_window,
    populations,
    with_all_answers,
)
from workbook.diagnostics.churn_reasons.portfolio import Portfolio, since_when
from workbook.diagnostics.churn_reasons.reasons import CodedReasons, code_reasons, preventable
from workbook.diagnostics.churn_reasons.signals import visible_signals
from workbook.diagnostics.churn_reasons.taxonomy import Taxonomy
from workbook.diagnostics.churn_reasons.verification import coverage
from workbook.diagnostics.churn_reasons.winback import returned
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.periods.measure import Measure, Sample, Unit, share
from workbook.diagnostics.periods.period import Period
from workbook.stats import wilson

if TYPE_CHECKING:
    from workbook.diagnostics.churn_reasons.compute import Sources
    from workbook.diagnostics.churn_reasons.result import Result

GROUPED = ("region", "segment", "product")
"""Cuts whose groups are followed; a manager's rate is told beside the portfolio only."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PeriodLosses:
    """The losses of one period and what they are counted against."""

    inputs: Inputs
    params: Params
    found: Populations
    window: Losses | None
    """Those of the equal window; None where the register does not cover it."""
    coded_reasons: CodedReasons
    """Of the losses of the period."""

    @property
    def portfolio(self) -> Portfolio | None:
        """The relationships at risk in the window."""
        return None if self.window is None else since_when(self.found.portfolio, self.window)

    def are_many(self, losses: Losses | None) -> bool:
        """Return whether these are enough for a share."""
        return losses is not None and losses.n >= max(1, self.params.min_losses)


def of_losses(inputs: Inputs, params: Params, taxonomy: Taxonomy, language: str) -> PeriodLosses:
    """Return the losses of one period, their reasons named in a language."""
    found = populations(inputs, params)
    return PeriodLosses(
        inputs=inputs,
        params=params,
        found=found,
        window=in_window(found.register, inputs),
        coded_reasons=code_reasons(found.period, taxonomy, language),
    )


def measures(period: "Period[Params, Result, Sources]") -> Iterator[Measure]:
    """Yield every figure of one period that is compared."""
    inputs = period.inputs
    if "lost_customers" not in inputs.tables:
        return
    language = (period.newest or period).inputs.language  # a reason that is gone is named as now
    losses = of_losses(inputs, period.params, period.sources.taxonomy, language)
    yield from loss_measures(losses)
    yield from _groups(losses)
    yield from _signs(losses)
    yield from _instruments(losses)


def loss_measures(losses: PeriodLosses) -> Iterator[Measure]:
    """Yield what can be told from the losses and their portfolio alone."""
    if losses.window is not None:
        yield from _counted(losses, losses.window)
    if losses.are_many(losses.found.period):
        yield from _reasons(losses.coded_reasons, losses.params)
        yield from _known(losses, losses.found.period)


def _counted(losses: PeriodLosses, window: Losses) -> Iterator[Measure]:
    yield Measure(name="losses", value=float(window.n), unit=Unit.COUNT, rising=-1, headline=True)
    rate = next(_rate(losses), None)
    revenue = known_sum(window.revenue)
    if revenue is not None:
        yield Measure(
            name="lost_revenue", value=revenue, unit=Unit.MONEY, rising=-1, headline=rate is None
        )
    if rate is not None:
        yield rate
    table = losses.inputs.tables["lost_customers"]
    if losses.are_many(window) and has(table, "returned_date"):
        back = int(returned(window).sum())
        confidence = losses.params.confidence
        yield share("returned", back, window.n, confidence=confidence, rising=1)


def _rate(losses: PeriodLosses) -> Iterator[Measure]:
    """Yield the part of the relationships at risk in the window that ended in a loss.

    Who is lost in one window is at risk no more in the next, and who is not was at risk anew: the
    two rates are of separate trials, though many customers are the same.
    """
    portfolio = losses.portfolio
    if portfolio is None or not losses.are_many(losses.window):
        return
    counted = portfolio.counted
    k, n = int((counted & portfolio.lost).sum()), int(counted.sum())
    if n:
        confidence = losses.params.confidence
        yield share("loss_rate", k, n, confidence=confidence, rising=-1, headline=True)


def _groups(losses: PeriodLosses) -> Iterator[Measure]:
    """Yield the rate of every region, segment and product with enough customers for a share."""
    portfolio, window, params = losses.portfolio, losses.window, losses.params
    if portfolio is None or window is None or not losses.are_many(window):
        return
    usable = compared(knowledge(window, portfolio, params))
    counted, lost = portfolio.counted, portfolio.lost
    for dimension in (name for name in GROUPED if name in usable):
        groups = portfolio.frame[dimension]
        for group in sorted(set(groups[counted]) - {""}):
            own = counted & (groups == group).to_numpy()
            k, n = int((own & lost).sum()), int(own.sum())
            if n >= max(1, params.min_losses):
                yield share(
                    "loss_rate_by", k, n, label=group, key=f"{dimension}\0{group}",
                    confidence=params.confidence, rising=-1,
                )  # fmt: skip


def _reasons(found: CodedReasons, params: Params) -> Iterator[Measure]:
    """Yield the share of the losses that name each reason; the unknown one is a reason too."""
    given = found.given
    named = count(given).any
    for reason, k in sorted(zip(given.names, named.tolist(), strict=True), key=lambda r: -r[1]):
        yield share(
            "reason", int(k), given.n, label=found.label(reason), key=reason,
            confidence=params.confidence, absent_is_zero=True,
            rising=-1 if reason == found.taxonomy.unknown else 0,
        )  # fmt: skip


def _known(losses: PeriodLosses, own: Losses) -> Iterator[Measure]:
    """Yield how much could have been prevented, and how much of the reasons is known."""
    params = losses.params
    judged = preventable(losses.coded_reasons, own.revenue, params)
    if judged is not None and judged.enough_judged and not judged.by_definition:
        yield share(
            "preventable", judged.n, judged.judged, confidence=params.confidence, rising=-1,
            headline=True,
        )  # fmt: skip
    for name, column in (("verified", "verified"), ("interviews", "exit_interview")):
        found = coverage(own.frame[column].to_numpy(dtype=float), params, base=own.n)
        if found is not None:
            yield share(name, found.n, found.base, confidence=params.confidence, rising=1)


def _signs(losses: PeriodLosses) -> Iterator[Measure]:
    """Yield how often each warning sign was seen before the losses on record.

    A loss that was on record before is in both periods: it is its customer's pair.
    """
    register, portfolio = losses.found.register, losses.found.portfolio
    if portfolio is None:
        return
    params = losses.params
    signals = visible_signals(register, with_all_answers(losses.inputs), params)
    names = register.frame["customer"].to_numpy()
    for signal, state in hits(signals, register, portfolio, params).items():
        seen = state.on[state.known].astype(float)
        interval = wilson(float(seen.sum()), len(seen), confidence=params.confidence)
        yield Measure(
            name=f"signal_{signal}", value=float(seen.mean()), unit=Unit.SHARE, n=len(seen),
            low=interval.low if interval else None, high=interval.high if interval else None,
            sample=Sample(values=seen, givers=names[state.known].tolist()), family="signal",
        )  # fmt: skip


def _instruments(losses: PeriodLosses) -> Iterator[Measure]:
    """Yield for each preventive instrument the share of active customers that it is used for.

    It is counted of all of them, and no sample of anything.
    """
    register, portfolio, params = losses.found.register, losses.found.portfolio, losses.params
    if portfolio is None or not len(portfolio.active):
        return
    active = portfolio.active
    for name, own in users(register, with_all_answers(losses.inputs), params).items():
        value = float(np.isin(active, own).mean())
        yield Measure(
            name=f"instrument_{name}", value=value, unit=Unit.SHARE, n=len(active), rising=1
        )
