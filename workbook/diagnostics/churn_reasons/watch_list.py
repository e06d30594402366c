"""Active customers with signals on, by the revenue at risk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.cells import as_date
from workbook.diagnostics.churn_reasons.history import Ints
from workbook.diagnostics.churn_reasons.ledger import YEAR
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.lost_definitions import silent_since
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import Portfolio
from workbook.diagnostics.churn_reasons.prevention_result import Signal, SignalTest, Watched
from workbook.diagnostics.churn_reasons.signals import Look
from workbook.stats import Floats

ANSWERS = frozenset({Signal.LOW_MARK, Signal.DETRACTOR})
"""Signals that are answers to a survey: tied to a name only where answers may be told so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchList:
    """The list and how long it is altogether."""

    rows: tuple[Watched, ...] = ()
    total: int = 0
    revenue: float | None = None


def watch_list(
    signals: Mapping[Signal, Look],
    tests: Sequence[SignalTest],
    *,
    losses: Losses,
    portfolio: Portfolio,
    params: Params,
    by_name: bool,
) -> WatchList:
    """Return the active customers with a signal on, most revenue at risk first.

    Only a signal that warned better than chance puts a customer on the list; where no signal
    could be back-tested at all, any does, and the report says so.  All that are on are named, but
    for what a customer answered in a survey: a list of names tells it only where answers may be
    told ``by_name``.
    """
    secret = frozenset() if by_name else ANSWERS
    frame = portfolio.frame.loc[portfolio.frame["active"]]
    codes = np.unique(frame["code"].to_numpy(dtype=np.int64))
    today = np.full(len(codes), losses.as_of + 1.0)
    on = {s: look(codes, today).on for s, look in signals.items() if s not in secret}
    counting = [signal for signal in _counting(tests) if signal not in secret]
    if not counting:
        return WatchList()
    listed = np.flatnonzero(np.logical_or.reduce([on[s] for s in counting]))
    money = _revenue(losses, codes, today)
    order = listed[np.lexsort((codes[listed], -np.nan_to_num(money[listed])))]
    rows = [
        _watched(
            int(codes[i]),
            tuple(s for s in on if on[s][i]),
            money[i],
            losses=losses,
            silent_since=silent_since(losses, params),
        )
        for i in order.tolist()
    ]
    known = losses.ledger is not None
    return WatchList(
        rows=tuple(rows),
        total=len(listed),
        revenue=float(money[listed].sum()) if known else None,
    )


def _counting(tests: Sequence[SignalTest]) -> list[Signal]:
    if any(t.backtested for t in tests):
        return [t.signal for t in tests if t.useful]
    return [t.signal for t in tests]


def _revenue(losses: Losses, codes: Ints, today: Floats) -> Floats:
    if losses.ledger is None:
        return np.full(len(codes), np.nan)
    return losses.ledger.amounts.total(codes, today - YEAR, today)


def _watched(
    code: int,
    on: tuple[Signal, ...],
    money: float,
    *,
    losses: Losses,
    silent_since: float,
) -> Watched:
    known = losses.customers.iloc[code]
    last = np.nan
    if losses.ledger is not None:
        one = np.array([code], dtype=np.int64)
        last = float(losses.ledger.purchases.last(one, np.array([losses.as_of + 1.0]))[0])
    return Watched(
        customer_id=str(losses.ids[code]),
        name=str(known["name"]),
        manager=str(known["manager"]),
        segment=str(known["segment"]),
        region=str(known["region"]),
        signals=on,
        revenue_at_risk=None if np.isnan(money) else float(money),
        last_purchase=as_date(last),
        silent=None if losses.ledger is None else bool(last <= silent_since),
        contract_end=as_date(float(known["contract_end"])),
    )
