"""Where most deals and most money fall out of the funnel, where that can be told."""

from collections.abc import Sequence

import numpy as np

from workbook.diagnostics.segmentation_matrix.deals import LOST, Deals
from workbook.diagnostics.segmentation_matrix.deals_result import Leak, LeakStage
from workbook.diagnostics.segmentation_matrix.funnel import ENDED, basis, entries, funnel
from workbook.diagnostics.segmentation_matrix.params import Params

COMPARED = 2
"""Stages that entries left from which on one can be the largest leak."""


def leak(events: Deals | None, params: Params) -> Leak | None:
    """Return where most deals and most money are lost; None where it cannot be told.

    It needs the way of most closed deals through the stages: of deals with one event each, where
    they stood before is not known.  A stage is named only where it is alone at the top even if
    all losses without a stage belonged to the next one.
    """
    if events is None:
        return None
    known = basis(events)
    if known.with_history < max(params.min_left, params.deal_history_share * known.closed):
        return None
    rows = funnel(events, params)
    if sum(row.left > 0 for row in rows) < COMPARED:
        return None
    nowhere = events.last & (events.status == LOST) & (events.stages.codes < 0)
    aside = events.worth[events.deal[nowhere]]
    valued = {name: _lost_amount(events, name) for name in (row.stage for row in rows)}
    told = [LeakStage(stage=row.stage, lost=row.lost, left=row.left, amount=valued[row.stage])
            for row in rows if row.lost]  # fmt: skip
    count = _alone([float(s.lost) for s in told], beyond=len(aside))
    amounts = [s.amount for s in told if s.amount is not None]
    whole = len(amounts) == len(told) and not np.isnan(aside).any()
    money = _alone(amounts, beyond=float(aside.sum())) if whole else None
    by_count = None if count is None or told[count].left < params.min_left else told[count]
    by_money = None if money is None else told[money]
    if by_count is None and by_money is None:
        return None
    return Leak(
        lost=sum(s.lost for s in told) + len(aside),
        amount=sum(amounts) + float(aside.sum()) if whole else None,
        by_count=by_count,
        by_money=by_money,
        agree=by_count is not None and by_count == by_money,
    )


def _lost_amount(events: Deals, stage: str) -> float | None:
    """Return the money of the deals lost at a stage; None where one of them has no amount."""
    found = entries(events)
    code = events.stages.names.index(stage)
    here = (found.outcome == ENDED) & (events.stages.codes[found.row] == code)
    worth = events.worth[events.deal[found.row[here]]]
    return None if np.isnan(worth).any() else float(worth.sum())


def _alone(values: Sequence[float], *, beyond: float) -> int | None:
    """Return the place of the value that is larger than any other by more than ``beyond``."""
    if not values or max(values) <= 0:
        return None
    top = int(np.argmax(values))
    rest = max((v for at, v in enumerate(values) if at != top), default=0.0)
    return top if values[top] > rest + beyond else None
