"""Active customers with signals on, by the revenue at risk."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbook.diagnostics.churn_reasons.exposure import Bools
from workbook.diagnostics.churn_reasons.history import Ints, dates
from workbook.diagnostics.churn_reasons.ledger import YEAR
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.portfolio import Portfolio
from workbook.diagnostics.churn_reasons.prevention_result import WATCHED, Signal, SignalTest
from workbook.diagnostics.churn_reasons.signals import Look
from workbook.stats import Floats
from workbook.stats.data_table import DataTable

ANSWERS = frozenset({Signal.LOW_MARK, Signal.DETRACTOR})
"""Signals that are answers to a survey: tied to a name only where answers may be told so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchList:
    """The list (:data:`~.prevention_result.WATCHED`) and its revenue altogether."""

    rows: DataTable
    revenue: float | None = None


def watch_list(
    signals: Mapping[Signal, Look],
    tests: Sequence[SignalTest],
    *,
    losses: Losses,
    portfolio: Portfolio,
    silent: Set[str],
    by_name: bool,
) -> WatchList:
    """Return the active customers with a signal on, most revenue at risk first.

    Only a signal that warned better than chance puts a customer on the list; where no signal
    could be back-tested at all, any does, and the report says so.  All that are on are named, but
    for what a customer answered in a survey: a list of names tells it only where answers may be
    told ``by_name``.

    Parameters
    ----------
    silent
        Ids of the customers that bought nothing for longer than the window.
    """
    secret = frozenset() if by_name else ANSWERS
    codes = portfolio.active
    today = np.full(len(codes), losses.as_of + 1.0)
    on = {s: look(codes, today).on for s, look in signals.items() if s not in secret}
    counting = [signal for signal in _counting(tests) if signal not in secret]
    if not counting:
        return WatchList(rows=DataTable.empty(WATCHED))
    listed = np.flatnonzero(np.logical_or.reduce([on[s] for s in counting]))
    money = _revenue(losses, codes, today)
    # Equal revenue in the order of ids, whatever the order of rows in the files.
    order = listed[np.lexsort((codes[listed], -np.nan_to_num(money[listed])))]
    known = losses.ledger is not None
    return WatchList(
        rows=_rows(codes[order], _on_together(on, order), money[order], losses, silent=silent),
        revenue=float(money[listed].sum()) if known else None,
    )


def _on_together(on: Mapping[Signal, Bools], order: Ints) -> list[tuple[Signal, ...]]:
    """Return the signals that are on for each customer; the same ones are one tuple."""
    signals = list(on)
    which = sum(on[signal][order].astype(np.int64) << i for i, signal in enumerate(signals))
    kinds, kind = np.unique(which, return_inverse=True)
    named = [tuple(s for i, s in enumerate(signals) if one >> i & 1) for one in kinds.tolist()]
    return [named[i] for i in kind.tolist()]


def _counting(tests: Sequence[SignalTest]) -> list[Signal]:
    if any(t.backtested for t in tests):
        return [t.signal for t in tests if t.useful]
    return [t.signal for t in tests]


def _revenue(losses: Losses, codes: Ints, today: Floats) -> Floats:
    if losses.ledger is None:
        return np.full(len(codes), np.nan)
    return losses.ledger.amounts.total(codes, today - YEAR, today)


def _rows(
    codes: Ints,
    on: list[tuple[Signal, ...]],
    money: Floats,
    losses: Losses,
    *,
    silent: Set[str],
) -> DataTable:
    """Return the columns of customers given by their codes."""
    known = losses.customers.iloc[codes]
    quiet: Any = None
    last = np.full(len(codes), np.nan)
    if losses.ledger is not None:
        last = losses.ledger.purchases.last(codes, np.full(len(codes), losses.as_of + 1.0))
        quiet = losses.ids[codes].isin(silent)
    columns = {
        "customer_id": losses.ids[codes],
        **{name: known[name].to_numpy() for name in ("name", "manager", "segment", "region")},
        "signals": pd.Series(on, dtype=object),
        "revenue_at_risk": money,
        "last_purchase": dates(last),
        "silent": quiet,
        "contract_end": dates(known["contract_end"].to_numpy(dtype=float)),
    }
    return DataTable(WATCHED, pd.DataFrame(columns))
