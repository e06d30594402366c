"""Bootstrap interval, corrected for bias and acceleration."""

import math

import numpy as np
from scipy.special import ndtr, ndtri

from workbook.stats.intervals import Floats, Interval

_TAIL = 1e-3
"""A share of draws nearer to 0 or 1 says no more of the bias than this."""


def bca_interval(
    whole: float, drawn: Floats, left_out: Floats, *, confidence: float
) -> Interval | None:
    """Return the BCa interval of a coefficient.

    Parameters
    ----------
    whole
        The coefficient of all observations.
    drawn
        Shape (draws,): of the observations drawn with replacement, none missing.
    left_out
        Shape (n,): without each observation in turn.

    Returns
    -------
    Interval or None
        None where leaving out changes nothing or a coefficient is missing (NaN).

    Notes
    -----
    Efron (1987), J. Am. Stat. Assoc. 82, 171-185.

    Examples
    --------
    >>> drawn = np.linspace(-1, 1, 2001)
    >>> found = bca_interval(0.0, drawn, np.array([-0.1, 0.0, 0.1]), confidence=0.95)
    >>> round(found.low, 2), round(found.high, 2)
    (-0.95, 0.95)
    """
    if not len(drawn) or bool(np.isnan(left_out).any()):
        return None
    away = left_out.mean() - left_out
    spread = float((away**2).sum())
    if spread < 1e-18:
        return None
    bend = float((away**3).sum()) / (6 * spread**1.5)
    below = float((drawn < whole - 1e-12).mean() + 0.5 * (np.abs(drawn - whole) <= 1e-12).mean())
    bias = float(ndtri(min(max(below, _TAIL), 1 - _TAIL)))
    tails = []
    for side in (-1, 1):
        z = bias + side * float(ndtri(0.5 + confidence / 2))
        tails.append(float(ndtr(bias + z / max(1 - bend * z, _TAIL))))
    low, high = np.quantile(drawn, tails)
    return Interval(float(low), float(high)) if math.isfinite(low + high) else None
