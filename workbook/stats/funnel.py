"""Funnel limits of counts: exact quantiles, whole numbers.

Source: Spiegelhalter (2005), Stat. Med. 24, 1185-1202, whose interpolated quantiles are left out:
a whole number above an interpolated limit is more likely than the limit says.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.stats.intervals import Floats

_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Limits:
    """The counts that chance alone keeps, by group, shape (G,)."""

    low: npt.NDArray[np.int64]
    high: npt.NDArray[np.int64]
    """Both still within."""
    beyond: Floats
    """Chance of a count below ``low`` or above ``high``; at most 1 - level."""


def limits(chance: Floats, level: float) -> Limits:
    """Return the limits that each tail crosses with a chance of at most (1 - level) / 2.

    Parameters
    ----------
    chance
        Shape (G, K + 1): chance of 0 … K; of more, next to none.
    level
        0-1, such as 0.95.

    Examples
    --------
    Of 4 with one in two: none or all with a chance of 1/16 each, above 2.5 %.

    >>> import numpy as np
    >>> found = limits(np.array([[1.0, 4, 6, 4, 1]]) / 16, 0.95)
    >>> found.low.tolist(), found.high.tolist(), found.beyond.tolist()
    ([0], [4], [0.0])
    """
    tail = (1 - level) / 2
    at_most = np.cumsum(chance, axis=1)
    # As many counts as have P(X <= k) within the tail lie below the lower limit.
    low = (at_most <= tail + _ROUNDING).sum(axis=1)
    high = (at_most < 1 - tail - _ROUNDING).sum(axis=1)
    high = np.minimum(high, chance.shape[1] - 1)
    rows = np.arange(len(chance))
    below = np.where(low > 0, at_most[rows, np.maximum(low - 1, 0)], 0.0)
    above = np.clip(1 - at_most[rows, high], 0.0, 1.0)
    return Limits(low=low.astype(np.int64), high=high.astype(np.int64), beyond=below + above)
