"""The losses in numbers: how many, of how many, and what they brought in a year."""

import numpy as np

from workbook.diagnostics.cells import as_date, has
from workbook.diagnostics.churn_reasons.ledger import YEAR
from workbook.diagnostics.churn_reasons.losses import Losses, known_sum
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import Portfolio, since_when
from workbook.diagnostics.churn_reasons.reasons_result import Lost
from workbook.diagnostics.churn_reasons.winback import returned
from workbook.diagnostics.inputs import Inputs
from workbook.stats import wilson


def lost_of(losses: Losses, portfolio: Portfolio | None, inputs: Inputs, params: Params) -> Lost:
    """Return the losses in numbers.

    Parameters
    ----------
    losses
        All of the register, or those of a period.
    portfolio
        Beside the whole register.
    """
    unlisted, portfolio = _unlisted(losses, portfolio), since_when(portfolio, losses)
    frame, table = losses.frame, inputs.tables.get("lost_customers")
    days = frame["lost"].to_numpy(dtype=float)
    at_risk = None if portfolio is None else int(portfolio.counted.sum())
    inside = None if portfolio is None else int((portfolio.counted & portfolio.lost).sum())
    interval = None
    if at_risk and inside is not None:
        interval = wilson(inside, at_risk, confidence=params.confidence)
    return Lost(
        n=losses.n,
        revenue=known_sum(losses.revenue),
        revenue_known=int((~np.isnan(losses.revenue)).sum()),
        customers=int(frame["code"].nunique()),
        first=as_date(float(days.min())) if losses.n else None,
        last=as_date(float(days.max())) if losses.n else None,
        since=None if losses.since is None else as_date(float(losses.since)),
        since_known=losses.since_stated or losses.loss_months >= params.register_months,
        at_risk=at_risk,
        rate=inside / at_risk if at_risk and inside is not None else None,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        superseded=losses.superseded,
        future=losses.future,
        unlisted=unlisted,
        returned=int(returned(losses).sum())
        if table is not None and has(table, "returned_date")
        else None,
    )


def _unlisted(losses: Losses, portfolio: Portfolio | None) -> int | None:
    """Count customers that stopped buying a year ago and are in no list of losses."""
    if losses.ledger is None or portfolio is None:
        return None
    active = portfolio.active
    last = losses.ledger.purchases.last(active, np.full(len(active), losses.as_of + 1.0))
    return int((last <= losses.as_of - YEAR).sum())
