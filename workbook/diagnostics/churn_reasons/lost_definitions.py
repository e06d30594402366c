"""Who is lost: the register of losses beside the customers that have fallen silent."""

import numpy as np
import pandas as pd

from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.reasons_result import LostDefinitions
from workbook.stats import Floats


def silent_since(losses: Losses, params: Params) -> float:
    """Return the day number on or before which the last purchase of a silent customer was."""
    first = pd.to_datetime(losses.as_of, unit="D") - pd.DateOffset(months=params.silent_months)
    return float((first - pd.Timestamp(0)).days)


def lost_definitions(losses: Losses, params: Params) -> LostDefinitions | None:
    """Return how the register and silence relate, customer by customer; None without losses.

    In the register: lost and not returned by the as-of date.  Silent: bought once, and nothing
    for longer than ``Params.silent_months``.  Still buying: bought after the day of the loss and
    not silent.
    """
    if not losses.n:
        return None
    rows = losses.frame.drop_duplicates("code", keep="last")
    gone = rows.loc[~(rows["returned"] <= losses.as_of)]
    codes = gone["code"].to_numpy(dtype=np.int64)
    if losses.ledger is None:
        return LostDefinitions(
            register=len(codes),
            silent=None,
            both=None,
            register_still_buying=None,
            silent_not_in_register=None,
            window_months=params.silent_months,
        )
    last = _last_purchases(losses)
    silent = last <= silent_since(losses, params)
    in_register = np.zeros(len(losses.ids), dtype=bool)
    in_register[codes] = True
    lost = np.full(len(losses.ids), np.inf)  # nobody buys after a loss that never was
    lost[codes] = gone["lost"].to_numpy(dtype=float)
    return LostDefinitions(
        register=len(codes),
        silent=int(silent.sum()),
        both=int((in_register & silent).sum()),
        register_still_buying=int((in_register & ~silent & (last > lost)).sum()),
        silent_not_in_register=int((silent & ~in_register).sum()),
        window_months=params.silent_months,
    )


def _last_purchases(losses: Losses) -> Floats:
    """Return the last day of purchase of every customer, NaN where it never bought."""
    if losses.ledger is None:
        return np.full(len(losses.ids), np.nan)
    codes = np.arange(len(losses.ids), dtype=np.int64)
    return losses.ledger.purchases.last(codes, np.full(len(codes), losses.as_of + 1.0))
