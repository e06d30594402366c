"""Which losses a report tells of: those of this period, and all that are on record.

A register is carried on from period to period.  What happened in this period is its news; what
takes time to be seen (durations, returns, warnings) rests on the whole register (the method:
periods, 2).
"""

from dataclasses import dataclass, replace

import pandas as pd

from workbook.diagnostics.cells import as_date, day_number
from workbook.diagnostics.churn_reasons.losses import Losses, find_losses, known_sum
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import Portfolio, find_portfolio, since_when
from workbook.diagnostics.churn_reasons.reasons_result import Basis, Register
from workbook.diagnostics.churn_reasons.winback import returned
from workbook.diagnostics.inputs import Inputs

MISSED = 0.1
"""Part of a window before the register's first day that still lets its losses be compared: the
project's own."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Populations:
    """The losses of the register and of the period."""

    register: Losses
    period: Losses
    basis: Basis
    portfolio: Portfolio | None
    """Beside the whole register."""

    @property
    def reasoned(self) -> Losses:
        """The losses whose reasons are told."""
        return self.period if self.basis is Basis.PERIOD else self.register

    @property
    def portfolio_reasoned(self) -> Portfolio | None:
        """The relationships at risk since these losses are counted."""
        return since_when(self.portfolio, self.reasoned)


def populations(inputs: Inputs, params: Params) -> Populations:
    """Return the losses of the register and of the period (lost after ``inputs.since``)."""
    register = find_losses(inputs, params)
    period = register.later_than(None if inputs.since is None else day_number(inputs.since))
    few = period.n < params.min_losses <= register.n
    return Populations(
        register=register,
        period=period,
        basis=Basis.REGISTER if few else Basis.PERIOD,
        portfolio=find_portfolio(register),
    )


def in_window(register: Losses, inputs: Inputs) -> Losses | None:
    """Return the losses of the window in which counts are compared.

    None where nothing is compared, or where the register begins after more than a tenth of it.
    """
    window = inputs.window
    if window is None:
        return register.later_than(None if inputs.since is None else day_number(inputs.since))
    after, last = day_number(window.after), day_number(window.last)
    if register.since is None or register.since - after - 1 > MISSED * (last - after):
        return None
    return register.later_than(after)


def on_record(register: Losses) -> Register:
    """Return the whole register in numbers."""
    revenue = register.revenue
    return Register(
        n=register.n,
        revenue=known_sum(revenue),
        revenue_known=int(pd.notna(revenue).sum()),
        customers=int(register.frame["code"].nunique()),
        not_returned=int((~returned(register)).sum()),
        since=None if register.since is None else as_date(float(register.since)),
    )


def with_all_answers(inputs: Inputs) -> Inputs:
    """Return the inputs with the answers of earlier periods: what was known before a loss."""
    tables = dict(inputs.tables)
    for name in ("survey", "satisfaction"):
        frames = [p.tables[name] for p in inputs.periods if name in p.tables]
        if frames:
            tables[name] = pd.concat(frames)
    return replace(inputs, tables=tables)
