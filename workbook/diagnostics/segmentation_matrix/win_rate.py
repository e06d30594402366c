"""How often a deal is won: what open offers and products never offered are worth."""

from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.segmentation_matrix.deals import LOST, WON, Deals
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats.clustered_share import clustered_share

_QUARTERS = 4
"""Of a year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WinRate:
    """Won deals of those closed, over everything recorded."""

    won: int
    closed: int
    low: float | None
    """Its interval, customers being what is drawn; None where nothing tells how they differ."""
    high: float | None
    years: float
    """From the first quarter with a deal to the last; at least one."""

    @property
    def share(self) -> float:
        """Won of closed."""
        return self.won / self.closed


def win_rate(events: Deals | None, params: Params) -> WinRate | None:
    """Return how many closed deals were won; None without a closed deal.

    Several deals of one customer are not independent; a deal without a customer stands alone.
    """
    if events is None:
        return None
    status, rows = events.status[events.last], np.flatnonzero(events.last)
    closed = (status == WON) | (status == LOST)
    if not closed.any():
        return None
    names = [str(c) or f"#{deal}" for deal, c in enumerate(events.customer[rows].tolist())]
    won = status[closed] == WON
    found = clustered_share(won, np.array(names)[closed], confidence=params.confidence)
    interval = None if found is None else found.interval
    return WinRate(
        won=int(won.sum()),
        closed=int(closed.sum()),
        low=None if interval is None else interval.low,
        high=None if interval is None else interval.high,
        years=years_of(events),
    )


def years_of(events: Deals) -> float:
    """Return the time that the deals span in years, whole quarters, at least one year."""
    months = events.day.astype("datetime64[M]").astype(np.int64)
    quarters = int(months.max() // 3 - months.min() // 3) + 1
    return max(1.0, quarters / _QUARTERS)
