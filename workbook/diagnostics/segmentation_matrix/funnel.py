"""The funnel: every entry into a stage ends in exactly one of advanced, lost, still and back."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.customer_ledger.months import Days
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints
from workbook.diagnostics.segmentation_matrix.deals import LOST, OPEN, WON, Deals
from workbook.diagnostics.segmentation_matrix.deals_result import (
    FunnelBasis,
    FunnelCohort,
    FunnelStage,
    RefusalCount,
    Snapshot,
)
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.win_rate import years_of
from workbook.stats import Floats
from workbook.stats.clustered_share import clustered_share

ADVANCED, ENDED, STILL, BACK = 0, 1, 2, 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entries:
    """Entries into stages: runs of one deal's events in one stage."""

    row: Ints
    """First event of each."""
    closing: Ints
    """Last event of each."""
    outcome: Ints
    """``ADVANCED``, ``ENDED`` (lost), ``STILL`` or ``BACK``."""
    days: Floats
    """Time in the stage, NaN while there or where only the end is recorded."""


def entries(events: Deals) -> Entries:
    """Return the entries into stages and how each of them ended.

    A won deal has advanced from its stage.  Events of a deal whose stage was never recorded are
    no entries.
    """
    rows = np.flatnonzero(events.stages.codes >= 0)
    stage, deal = events.stages.codes[rows], events.deal[rows]
    status = events.status[rows]
    again = (status[:-1] != OPEN) & (status[1:] == OPEN)  # closed, then taken up again
    same = (deal[1:] == deal[:-1]) & (stage[1:] == stage[:-1]) & ~again
    begins = np.append(True, ~same)[: len(rows)]
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(rows))[: len(first)] - 1
    outcome, until = _outcomes(deal, stage, status, first=first, last=last)
    day = events.day[rows]
    days = (day[np.maximum(until, 0)] - day[first]).astype(np.int64).astype(float)
    unknown = (outcome == STILL) | ((status[first] != OPEN) & (until == first))
    return Entries(
        row=rows[first],
        closing=rows[last],
        outcome=outcome,
        days=np.where(unknown, np.nan, days),
    )


def _outcomes(
    deal: Ints, stage: Ints, status: Ints, *, first: Ints, last: Ints
) -> tuple[Ints, Ints]:
    """Return how each entry ended and the event that ended it (-1: none)."""
    following = np.append(first[1:], -1)[: len(first)]
    goes_on = following >= 0
    goes_on &= deal[np.maximum(following, 0)] == deal[first]
    onward = stage[np.maximum(following, 0)] >= stage[first]
    closed = status[last]
    outcome = np.where(
        closed == LOST,
        ENDED,
        np.where(
            closed == WON,
            ADVANCED,
            np.where(goes_on, np.where(onward, ADVANCED, BACK), STILL),
        ),
    )
    until = np.where(closed != OPEN, last, np.where(goes_on, following, -1))
    return outcome.astype(np.int64), until.astype(np.int64)


def funnel(events: Deals | None, params: Params) -> tuple[FunnelStage, ...]:
    """Return the stages that any deal entered, in order."""
    if events is None:
        return ()
    found = entries(events)
    stage = events.stages.codes[found.row]
    return tuple(
        _stage(events, found, stage == code, name=events.stages.names[code], params=params)
        for code in in_turn(events, np.unique(stage))
    )


def in_turn(events: Deals, codes: Ints) -> list[int]:
    """Return stages in the order in which they are shown.

    Where no deal went through two of them and the options do not name them all, nothing is known
    of their order: they come as they first appeared.
    """
    if basis(events).order != "unknown" or bool((_stages_of(events) > 1).any()):
        return [int(code) for code in codes]
    named = [int(code) for code in codes if code < len(events.stages.names)]
    day = {code: events.day[events.stages.codes == code].min() for code in named}
    blank = [int(code) for code in codes if code not in day]
    return [*sorted(named, key=lambda code: (day[code], code)), *blank]


def _stages_of(events: Deals) -> Ints:
    """Return the number of stages that each deal was in."""
    pairs = np.unique(np.stack([events.deal, events.stages.codes]), axis=1)
    return np.bincount(pairs[0][pairs[1] >= 0], minlength=events.n)


def basis(events: Deals, recent: Deals | None = None, *, told: date | None = None) -> FunnelBasis:
    """Return what the funnel rests on.

    Parameters
    ----------
    recent, told
        The deals that moved since the last report, and the day up to which it told of the others.
    """
    shown = events if told is None else recent
    order = "options" if not events.stages.unknown else "deals"
    status = np.array([], dtype=np.int64) if shown is None else shown.status[shown.last]
    closed = status != OPEN
    several = closed if shown is None else shown.events_of > 1
    return FunnelBasis(
        deals=len(closed),
        closed=int(closed.sum()),
        won=int((status == WON).sum()),
        with_history=int((closed & several).sum()),
        order="unknown" if events.stages.unplaced else order,
        told=told,
        earlier=events.n - len(closed),
        years=1.0 if shown is None else years_of(shown),
    )


def _stage(events: Deals, found: Entries, here: Bools, *, name: str, params: Params) -> FunnelStage:
    outcome = found.outcome[here]
    counts = [int((outcome == kind).sum()) for kind in (ADVANCED, ENDED, STILL, BACK)]
    worth = events.worth[events.deal[found.row[here]]]
    sums = [_sum(worth, outcome == kind) for kind in (ADVANCED, ENDED, STILL, BACK)]
    customers = set(events.customer[found.row[here]].tolist()) - {""}
    left = counts[ADVANCED] + counts[ENDED] + counts[BACK]
    gone = here & (found.outcome != STILL)
    whose = events.owners(found.row[gone])
    told = clustered_share(found.outcome[gone] == ADVANCED, whose, confidence=params.confidence)
    interval = None if told is None else told.interval
    days = found.days[here][~np.isnan(found.days[here])]
    return FunnelStage(
        stage=name,
        entered=int(here.sum()),
        advanced=counts[ADVANCED],
        lost=counts[ENDED],
        still=counts[STILL],
        back=counts[BACK],
        customers=len(customers),
        amount=_sum(worth, np.ones(len(worth), dtype=bool)),
        amount_advanced=sums[ADVANCED],
        amount_lost=sums[ENDED],
        amount_still=sums[STILL],
        amount_back=sums[BACK],
        rate=counts[ADVANCED] / left if left else None,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        median_days=float(np.median(days)) if len(days) else None,
        left=left,
        n_eff=None if told is None else told.n_eff,
        unnamed=int((events.customer[found.row[gone]] == "").sum()),
    )


def _sum(worth: Floats, which: npt.NDArray[np.bool_]) -> float | None:
    """Return the money of some entries; None where no entry at all has an amount."""
    if np.isnan(worth).all():
        return None
    return float(np.nansum(worth[which]))


def funnel_cohorts(events: Deals | None) -> tuple[FunnelCohort, ...]:
    """Return deals by the quarter of their first event and how they stand now."""
    if events is None:
        return ()
    first = np.append(True, events.deal[1:] != events.deal[:-1])
    quarter = _quarters(events.day[first])
    status, worth = events.status[events.last], events.worth
    return tuple(
        _cohort(quarter == name, str(name), status=status, worth=worth)
        for name in np.unique(quarter)
    )


def _cohort(here: Bools, name: str, *, status: Ints, worth: Floats) -> FunnelCohort:
    won, lost = int((status[here] == WON).sum()), int((status[here] == LOST).sum())
    return FunnelCohort(
        cohort=name,
        entered=int(here.sum()),
        won=won,
        lost=lost,
        open=int((status[here] == OPEN).sum()),
        amount=_sum(worth[here], np.ones(int(here.sum()), dtype=bool)),
        amount_won=_sum(worth[here], status[here] == WON),
        rate=won / (won + lost) if won + lost else None,
    )


def _quarters(days: Days) -> npt.NDArray[np.str_]:
    """Return ``2025-Q1`` of each day."""
    months = days.astype("datetime64[M]").astype(np.int64)
    codes, place = np.unique(months // 3, return_inverse=True)
    names = np.array([f"{1970 + code // 4}-Q{code % 4 + 1}" for code in codes.tolist()])
    return names[place]


def snapshot(events: Deals | None, as_of: np.datetime64) -> tuple[Snapshot, ...]:
    """Return the open deals by the stage they are in; ``""`` where it was never recorded."""
    if events is None:
        return ()
    open_now = events.last & (events.status == OPEN)
    stage = np.where(events.stages.codes < 0, len(events.stages.names), events.stages.codes)
    names = (*events.stages.names, "")
    worth = events.worth
    return tuple(
        Snapshot(
            stage=names[code],
            n=int(here.sum()),
            amount=_sum(worth[events.deal[here]], np.ones(int(here.sum()), dtype=bool)),
            overdue=int((events.due[here] < as_of).sum()),
            no_next_step=int(np.isnat(events.due[here]).sum()),
        )
        for code in in_turn(events, np.unique(stage[open_now]))
        if (here := open_now & (stage == code)).any()
    )


def refusals(events: Deals | None) -> tuple[RefusalCount, ...]:
    """Return losses by stage and reason, stages in order and most losses first.

    A loss without a stage is counted in the stage that its deal was last in, None when no event
    of the deal names one.  Reasons are compared without case.
    """
    if events is None:
        return ()
    found_entries = entries(events)
    nowhere = events.last & (events.status == LOST) & (events.stages.codes < 0)
    lost = found_entries.closing[found_entries.outcome == ENDED]
    rows = np.concatenate([lost, np.flatnonzero(nowhere)])
    worth, fields = events.worth, _fields(events, rows)
    found = []
    for (stage, _), members in fields.items():
        reasons = sorted({str(events.reason[row]) for row in members})
        found.append(
            (
                stage if stage >= 0 else len(events.stages.names),
                RefusalCount(
                    stage=events.stages.names[stage] if stage >= 0 else None,
                    reason=reasons[0] or None,
                    n=len(members),
                    amount=_sum(worth[events.deal[members]], np.ones(len(members), dtype=bool)),
                ),
            )
        )
    found.sort(key=lambda pair: (pair[0], -pair[1].n, pair[1].reason or "\uffff"))
    return tuple(refusal for _, refusal in found)


def _fields(events: Deals, rows: Ints) -> dict[tuple[int, str], list[int]]:
    found: dict[tuple[int, str], list[int]] = {}
    for row in rows.tolist():
        reason = " ".join(str(events.reason[row]).casefold().split())
        found.setdefault((int(events.stages.codes[row]), reason), []).append(row)
    return found
