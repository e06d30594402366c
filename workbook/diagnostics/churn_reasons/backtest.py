"""Each signal tested on what was known before each loss, and on the customers who stayed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.churn_reasons.history import Ints
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import Portfolio
from workbook.diagnostics.churn_reasons.register import Register
from workbook.diagnostics.churn_reasons.result import Signal, SignalTest
from workbook.diagnostics.churn_reasons.signals import Look, State
from workbook.diagnostics.gates import beats_chance
from workbook.stats import Floats, wilson

_MONTH = 30
"""Customers who stayed are looked at once a month."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """A signal on several days of each customer: latest day first, one row per customer."""

    on: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]"
    known: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]"


def backtests(
    looks: Mapping[Signal, Look], losses: Register, there: Portfolio | None, params: Params
) -> tuple[SignalTest, ...]:
    """Return the test of every signal that the tables can show.

    A hit: the signal was on ``blind_days`` before the loss.  Its lead: how long it had been on
    without a break, at looks ``signal_step_days`` apart.  False alarms: the share of monthly
    looks at customers never lost at which it was on.
    """
    codes = losses.frame["code"].to_numpy(dtype=np.int64)
    lost = losses.frame["lost"].to_numpy(dtype=float)
    active, stayed = _active(there), _stayed(losses, there)
    today = np.full(len(active), losses.as_of + 1.0)
    last = np.full(len(stayed), losses.as_of + 1.0)
    back = _offsets(params, params.signal_step_days)
    monthly = _offsets(params, max(_MONTH, params.signal_step_days))
    return tuple(
        _test(
            signal,
            before=_seen(look, codes, lost, back),
            kept=_seen(look, stayed, last, monthly),
            now=look(active, today),
            params=params,
        )
        for signal, look in looks.items()
    )


def leads(before: Seen, params: Params) -> Floats:
    """Return the days from the start of the signal to the loss, of the losses it was on for."""
    hit = before.on[:, 0]
    runs = np.cumprod(before.on[hit], axis=1).sum(axis=1)
    return np.asarray(params.blind_days + (runs - 1.0) * params.signal_step_days, dtype=float)


def _offsets(params: Params, step: int) -> Floats:
    """Days before the loss (or today) of each look, the latest first."""
    return np.arange(params.blind_days, params.signal_horizon_days + 1, step, dtype=float)


def _seen(look: Look, codes: Ints, end: Floats, offsets: Floats) -> Seen:
    # Customers in order, days ascending: look-ups in sorted order are several times faster.
    order = np.argsort(codes, kind="stable")
    days = (end[order][:, None] - offsets[::-1][None, :]).ravel()
    state = look(np.repeat(codes[order], len(offsets)), days)
    shape = (len(codes), len(offsets))
    return Seen(on=state.on.reshape(shape)[:, ::-1], known=state.known.reshape(shape)[:, ::-1])


def _active(there: Portfolio | None) -> Ints:
    if there is None:
        return np.array([], dtype=np.int64)
    return np.unique(there.frame.loc[there.frame["active"], "code"].to_numpy(dtype=np.int64))


def _stayed(losses: Register, there: Portfolio | None) -> Ints:
    return np.setdiff1d(_active(there), losses.frame["code"].to_numpy(dtype=np.int64))


def _test(signal: Signal, *, before: Seen, kept: Seen, now: State, params: Params) -> SignalTest:
    first = before.known[:, :1]
    n, hits = int(first.sum()), int(before.on[:, :1].sum())
    looks, stayed = int(kept.known.sum()), int(kept.known.any(axis=1).sum())
    tested = n >= max(1, params.min_losses) and looks > 0
    interval = wilson(hits, n, confidence=params.confidence) if tested else None
    alarms = float(kept.on.sum()) / looks if tested else None
    lead = leads(before, params)
    hit_rate = hits / n if tested else None
    p_value = None if alarms is None else _fisher(hits, n, alarms, stayed)
    chance = beats_chance(
        hit_rate,
        alarms,
        p_value=p_value,
        alpha=1 - params.confidence,
        least_ratio=params.least_ratio,
    )
    return SignalTest(
        signal=signal,
        hit_rate=hit_rate,
        hit_low=interval.low if interval else None,
        hit_high=interval.high if interval else None,
        false_alarm_rate=alarms,
        ratio=hit_rate / alarms if hit_rate is not None and alarms else None,
        p_value=p_value,
        lead_days=float(np.median(lead)) if tested and len(lead) else None,
        n=n,
        hits=hits,
        stayed=stayed,
        on_now=int(now.on.sum()),
        backtested=tested,
        useful=chance is None if tested else None,
    )


def _fisher(hits: int, n: int, alarms: float, stayed: int) -> float:
    """Return the one-sided p value of hits being as rare before losses as among who stayed.

    The looks at one customer are no independent ones: each customer counts once, with the mean
    of its looks.
    """
    from scipy.stats import fisher_exact

    false = round(alarms * stayed)
    table = np.array([[hits, n - hits], [false, stayed - false]])
    return float(min(1.0, fisher_exact(table, alternative="greater").pvalue))
