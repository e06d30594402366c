"""Each signal tested on what was known before each loss, and on the customers who stayed.

Chance: of the customers who were there on the day of a loss, any could have been the one who left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbook.diagnostics.churn_reasons.history import Ints
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import Portfolio
from workbook.diagnostics.churn_reasons.prevention_result import Signal, SignalTest
from workbook.diagnostics.churn_reasons.signals import Look, SignalState
from workbook.diagnostics.gates import beats_chance
from workbook.stats import Family, Floats, Procedure, holm_of, seeded, wilson
from workbook.stats.families import holm_family
from workbook.stats.label_permutation import marked_events_p

_MONTH = 30
"""Customers who stayed are looked at once a month."""
_LOOKS = 20_000
"""Looks of the test of one signal, about: of more customers a random part is looked at."""
_FEWEST = 20
"""Customers looked at beside each loss at least, where there are so many."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """A signal on several days of each customer: latest day first, one row per customer."""

    on: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]"
    known: "np.ndarray[tuple[int, int], np.dtype[np.bool_]]"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Beside:
    """Others who were customers on the day of each loss: one row per loss and customer."""

    loss: Ints
    """Row of the register."""
    code: Ints


def backtests(
    signals: Mapping[Signal, Look], losses: Losses, portfolio: Portfolio | None, params: Params
) -> tuple[SignalTest, ...]:
    """Return the test of every signal that the tables can show.

    A hit: the signal was on ``blind_days`` before the loss.  Its lead: how long it had been on
    without a break, at looks ``signal_step_days`` apart.  False alarms: the share of monthly
    looks at customers never lost at which it was on.  The p value compares each loss with the
    others who were customers on its day, as they were seen on the same day, and is corrected
    for the number of signals.
    """
    codes = losses.frame["code"].to_numpy(dtype=np.int64)
    lost = losses.frame["lost"].to_numpy(dtype=float)
    active = np.array([], dtype=np.int64) if portfolio is None else portfolio.active
    stayed = _stayed(losses, active)
    today = np.full(len(active), losses.as_of + 1.0)
    last = np.full(len(stayed), losses.as_of + 1.0)
    back = _offsets(params, params.signal_step_days)
    monthly = _offsets(params, max(_MONTH, params.signal_step_days))
    others = beside(losses, portfolio)
    tests: list[SignalTest] = []
    for signal, look in signals.items():
        before = _seen(look, codes, lost, back)
        test = _test(
            signal,
            before=before,
            kept=_seen(look, stayed, last, monthly),
            now=look(active, today),
            params=params,
        )
        p_value = _chance(look, before, others, lost, params) if test.backtested else None
        tests.append(replace(test, p_value=p_value))
    return _judged(tests, params)


def hits(
    signals: Mapping[Signal, Look], losses: Losses, portfolio: Portfolio, params: Params
) -> Mapping[Signal, SignalState]:
    """Return of every signal that can be back-tested whether it was on before each loss."""
    codes = losses.frame["code"].to_numpy(dtype=np.int64)
    day = losses.frame["lost"].to_numpy(dtype=float) - params.blind_days
    stayed = _stayed(losses, portfolio.active)
    last = np.full(len(stayed), losses.as_of + 1.0)
    monthly = _offsets(params, max(_MONTH, params.signal_step_days))
    found = {signal: look(codes, day) for signal, look in signals.items()}
    return {
        signal: state
        for signal, state in found.items()
        if int(state.known.sum()) >= max(1, params.min_losses)
        and _seen(signals[signal], stayed, last, monthly).known.any()
    }


def signals_family(tests: Sequence[SignalTest], params: Params) -> Family | None:
    """Return what :func:`backtests` tested together; None without any back-test."""
    tested = [bool(test.useful) for test in tests if test.backtested]
    return holm_family(
        "warning_signals", Procedure.PERMUTATION, tested, alpha=1 - params.confidence
    )


def beside(losses: Losses, portfolio: Portfolio | None) -> Beside:
    """Return the others who were customers on the day of each loss.

    Of many, every loss gets a random part: places next to each other in a shuffled list.
    """
    codes = losses.frame["code"].to_numpy(dtype=np.int64)
    lost = losses.frame["lost"].to_numpy(dtype=float)
    if portfolio is None or not len(codes):
        return Beside(loss=np.zeros(0, dtype=np.int64), code=np.zeros(0, dtype=np.int64))
    known = (portfolio.frame["lost"] | portfolio.frame["active"]) & ~portfolio.frame["back"]
    frame = portfolio.frame.loc[known.to_numpy(dtype=bool)]
    start, end = frame["start"].to_numpy(dtype=float), frame["end"].to_numpy(dtype=float)
    who = frame["code"].to_numpy(dtype=np.int64)
    rng = seeded(who, end, lost)
    number = min(len(who), max(_FEWEST, _LOOKS // len(codes)))
    shuffled = rng.permutation(len(who))
    first = rng.integers(len(who), size=len(codes))
    chosen = shuffled[(first[:, None] + np.arange(number)) % len(who)]
    day = lost[:, None]
    # A start that is not known (NaN) lies before.
    was_there = ~(start[chosen] >= day) & (end[chosen] >= day) & (who[chosen] != codes[:, None])
    loss, place = np.nonzero(was_there)
    return Beside(loss=loss.astype(np.int64), code=who[chosen[loss, place]])


def _chance(look: Look, before: Seen, others: Beside, lost: Floats, params: Params) -> float:
    """Return the chance of so many hits if any of those there could have left on each day."""
    order = np.lexsort((others.loss, others.code))
    loss, code = others.loss[order], others.code[order]
    state = look(code, lost[loss] - params.blind_days)
    on = np.bincount(loss[state.on & state.known], minlength=len(lost))
    known = np.bincount(loss[state.known], minlength=len(lost))
    judged = before.known[:, 0]
    marked = before.on[judged, 0]
    # Whoever did leave is one of those who could have left on that day.
    return marked_events_p(marked, (on[judged] + marked) / (known[judged] + 1.0))


def _judged(tests: Sequence[SignalTest], params: Params) -> tuple[SignalTest, ...]:
    """Return the tests with p values for all of them together, and what passes."""
    p_holm = holm_of({t.signal: t.p_value for t in tests if t.p_value is not None})
    return tuple(
        replace(
            test,
            p_holm=p_holm.get(test.signal),
            useful=beats_chance(
                test.hit_rate,
                test.false_alarm_rate,
                p_value=p_holm.get(test.signal),
                alpha=1 - params.confidence,
                least_ratio=params.least_ratio,
            )
            is None
            if test.backtested
            else None,
        )
        for test in tests
    )


def leads(before: Seen, params: Params) -> Floats:
    """Return the days from the start of the signal to the loss, of the losses it was on for."""
    hit = before.on[:, 0]
    runs = np.cumprod(before.on[hit], axis=1).sum(axis=1)  # looks until the first that was off
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


def _stayed(losses: Losses, active: Ints) -> Ints:
    return np.setdiff1d(active, losses.frame["code"].to_numpy(dtype=np.int64))


def _test(
    signal: Signal, *, before: Seen, kept: Seen, now: SignalState, params: Params
) -> SignalTest:
    first = before.known[:, :1]
    n, hits = int(first.sum()), int(before.on[:, :1].sum())
    looks, stayed = int(kept.known.sum()), int(kept.known.any(axis=1).sum())
    tested = n >= max(1, params.min_losses) and looks > 0
    interval = wilson(hits, n, confidence=params.confidence) if tested else None
    alarms = float(kept.on.sum()) / looks if tested else None
    lead = leads(before, params)
    hit_rate = hits / n if tested else None
    return SignalTest(
        signal=signal,
        hit_rate=hit_rate,
        hit_low=interval.low if interval else None,
        hit_high=interval.high if interval else None,
        false_alarm_rate=alarms,
        ratio=hit_rate / alarms if hit_rate is not None and alarms else None,
        p_value=None,
        p_holm=None,
        lead_days=float(np.median(lead)) if tested and len(lead) else None,
        n=n,
        hits=hits,
        stayed=stayed,
        on_now=int(now.on.sum()),
        backtested=tested,
        useful=None,
    )
