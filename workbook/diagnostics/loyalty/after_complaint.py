"""Retention after a complaint: who still buys some months later, complaint handled or not.

Source: why_customers_leave, "a complaint that is handled keeps the customer"; estimated as
Kaplan-Meier from the complaint to the customer's falling silent.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, has, texts, truths
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.complaints_result import (
    AfterComplaint,
    ComplaintRetention,
    StayOutcome,
)
from workbook.diagnostics.loyalty.criteria_result import SilenceWindow
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.silence import (
    DAYS_PER_MONTH,
    days_of,
    held_against,
    last_day,
    purchase_days,
    window_days,
)
from workbook.stats import (
    Correction,
    Family,
    Floats,
    Interval,
    Procedure,
    permutation_p,
    seeded,
    wilson,
)
from workbook.stats.survival import Bools, Lives, kaplan_meier

HANDLED = ("closed_date", "cause_removed", "process_mended", "cause_found")
"""What tells that a complaint was handled: the first of these that the register keeps."""
PERMUTATIONS = 1999
_SAME_DAY = 0.5
"""Days observed of a customer whose complaint is of the as-of date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Life:
    """One customer from the first complaint on."""

    days: float
    """To the falling silent, or to the as-of date."""
    silent: bool
    handled: bool | None


def after_complaint(inputs: Inputs, params: Params) -> AfterComplaint:
    """Return who still buys ``stay_months`` after a complaint, handled against not handled.

    A customer has fallen silent when, ``silence_months`` after the last purchase, none has
    followed until the as-of date; so he still buys six months after the complaint when that day
    came before this one or has not come.  Who has not fallen silent by the as-of date is censored
    there: it is not known of a complaint of last month whether its customer will buy in five.  A
    pause that ended is no loss, but one that has not yet ended is counted as one: this share is
    rather too low than too high.  Each customer counts once, from the first complaint made while
    buying; complaints of somebody who never bought, or had fallen silent before, say nothing of
    retention and are counted apart.

    No share is told of fewer than ``min_n`` customers, nor where the window does not fit: when
    more than ``window_tolerance`` of these customers usually pause for longer than it.

    Examples
    --------
    A register without a customer known in the sales gives no rows::

        after_complaint(inputs, Params()).rows  # ()
    """
    complaints, sales = inputs.tables.get("complaints"), inputs.tables.get("sales")
    if complaints is None or sales is None:
        return AfterComplaint()
    told = _told(complaints, inputs)
    bought = purchase_days(sales, inputs)
    window = window_days(params)
    lives, followed, passed = [], [], 0
    for customer, own in told.groupby("customer"):
        days = bought.get(str(customer), np.empty(0))
        life = _life(own, days, end=last_day(inputs), window=window)
        if life is None:
            passed += 1
            continue
        lives.append(life)
        followed.append(days)
    fit = held_against(followed, params)
    rows = _rows(lives, fit, params)
    p_value = _p_value(lives, params) if fit.fits is not False else None
    return AfterComplaint(
        rows=rows,
        p_value=p_value,
        outcome=_outcome(rows, p_value, fits=fit.fits is not False, params=params),
        window=fit,
        not_buying=passed,
    )


def _told(complaints: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Complaints of named customers until the as-of date, oldest first."""
    day = dates(complaints, "date")
    frame = pd.DataFrame(
        {
            "customer": texts(complaints, "customer_id"),
            "day": days_of(day),
            "handled": _handled(complaints, inputs),
        }
    )
    frame = frame.loc[(frame["customer"] != "") & (day <= pd.Timestamp(inputs.as_of))]
    return frame.sort_values("day", kind="stable")


def _handled(complaints: pd.DataFrame, inputs: Inputs) -> Floats:
    """1 handled by the as-of date, 0 not, NaN where the register has no such column."""
    for column in HANDLED:
        if not has(complaints, column):
            continue
        if column == "closed_date" or pd.api.types.is_datetime64_any_dtype(complaints[column]):
            done = dates(complaints, column) <= pd.Timestamp(inputs.as_of)
            return np.asarray(done.to_numpy(dtype=float), dtype=np.float64)
        done_steps = np.nan_to_num(truths(complaints, column))
        return np.asarray(done_steps, dtype=np.float64)  # a step not ticked was not taken
    return np.full(len(complaints), np.nan)


def _life(rows: pd.DataFrame, bought: Floats, *, end: float, window: float) -> _Life | None:
    """Follow a customer from the first complaint made while buying; None without one."""
    for day, handled in zip(rows["day"], rows["handled"], strict=True):
        before = bought[bought <= day]
        if not len(before) or day - before[-1] > window:
            continue
        last = bought[-1]
        # Silence is known once the window has passed without a purchase; until then the customer
        # counts as buying.
        silent = bool(end - last > window)
        return _Life(
            days=max(_SAME_DAY, (last + window if silent else end) - day),
            silent=silent,
            handled=None if np.isnan(handled) else bool(handled),
        )
    return None


def _rows(lives: list[_Life], fit: SilenceWindow, params: Params) -> tuple[ComplaintRetention, ...]:
    rows = []
    for handled in (True, False, None):
        part = [life for life in lives if life.handled is handled]
        if part:
            rows.append(_row(part, handled, fits=fit.fits is not False, params=params))
    return tuple(rows)


def _row(
    part: list[_Life], handled: bool | None, *, fits: bool, params: Params
) -> ComplaintRetention:
    horizon = params.stay_months * DAYS_PER_MONTH
    lives = _lives(part)
    kept = int((lives.time >= horizon).sum())
    gone = int((lives.event & (lives.time < horizon)).sum())
    share, interval = _still(lives, horizon, params) if fits else (None, None)
    return ComplaintRetention(
        handled=handled,
        n=len(part),
        kept=kept if fits else None,
        gone=gone if fits else None,
        share=share,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
    )


def _still(lives: Lives, horizon: float, params: Params) -> tuple[float | None, Interval | None]:
    """Share that has not fallen silent by the horizon, with its interval.

    None of too few customers, or where nobody's complaint is that old and somebody is still
    buying: the curve does not reach the horizon then.
    """
    early = lives.event & (lives.time < horizon)
    if len(lives.time) < params.min_n or not ((lives.time >= horizon).any() or early.all()):
        return None, None
    # Who falls silent after the horizon was still buying at it.
    until = Lives(time=lives.time, event=early, entry=lives.entry)
    curve = kaplan_meier(until, confidence=params.confidence)
    share = 1.0 if curve is None else float(curve.survival[-1])
    if curve is not None and not np.isnan(curve.low[-1]):
        return share, Interval(float(curve.low[-1]), float(curve.high[-1]))
    # A curve at 0 or 1 has no band: that of the customers whose outcome is known.
    known = int((early | (lives.time >= horizon)).sum())
    return share, wilson(round(share * known), known, confidence=params.confidence)


def _outcome(
    rows: tuple[ComplaintRetention, ...], p_value: float | None, *, fits: bool, params: Params
) -> StayOutcome | None:
    if not rows:
        return None
    if not fits:
        return StayOutcome.NO_FIT
    told = [row for row in rows if row.share is not None]
    if not told:
        return StayOutcome.TOO_FEW
    if len([row for row in told if row.handled is not None]) < 2:
        return StayOutcome.ONE
    sure = p_value is not None and p_value < 1 - params.confidence
    return StayOutcome.DIFFER if sure else StayOutcome.CANNOT_TELL


def stay_family(found: AfterComplaint, params: Params) -> Family | None:
    """Return the comparison of handled with not handled; None where it cannot be tested."""
    if found.p_value is None:
        return None
    return Family(
        id="after_complaint",
        procedure=Procedure.PERMUTATION,
        correction=Correction.SINGLE,
        comparisons=1,
        passed=int(found.outcome is StayOutcome.DIFFER),
        alpha=1 - params.confidence,
    )


def _p_value(lives: list[_Life], params: Params) -> float | None:
    """Log-rank of handled against not handled, both with at least ``min_n`` customers.

    By permutation: with so few who fall silent its chi-square is no more than a likeness.
    """
    known = [life for life in lives if life.handled is not None]
    handled = np.array([bool(life.handled) for life in known], dtype=bool)
    if min(handled.sum(), (~handled).sum()) < params.min_n:
        return None
    scores = _log_rank_scores(_lives(known))
    if not scores.any():
        return None
    rng = seeded(scores, handled, seed=params.seed)
    dealt = rng.permuted(np.tile(scores, (PERMUTATIONS, 1)), axis=1)
    return permutation_p(
        abs(float(scores[handled].sum())), np.abs(dealt[:, : handled.sum()].sum(axis=1))
    )


def _log_rank_scores(lives: Lives) -> Floats:
    """Event of each customer less those expected of him: the log-rank surplus is their sum."""
    times, deaths = np.unique(lives.time[lives.event], return_counts=True)
    hazard = np.concatenate([[0.0], np.cumsum(deaths / lives.at_risk(times))])
    expected = hazard[np.searchsorted(times, lives.time, side="right")]
    return np.asarray(lives.event - expected, dtype=np.float64)


def _lives(part: list[_Life]) -> Lives:
    event: Bools = np.array([life.silent for life in part], dtype=bool)
    time = np.array([life.days for life in part], dtype=float)
    return Lives(time=time, event=event, entry=np.zeros(len(part)))
