"""What a step is expected to bring in money a year: a range from the client's own figures.

Nothing here is a forecast.  Each range is money that is known times a share that the client's own
data have shown, at both ends of its interval (the method: summary, 2 and 6).
"""

from dataclasses import replace
from typing import NamedTuple

from workbook.diagnostics.claims import Claim


class Effect(NamedTuple):
    """Money a year, 0 <= low <= high."""

    low: float
    high: float


def share_of(money: float | None, low: float | None, high: float | None) -> Effect | None:
    """Return the part of the money that a share with this interval makes; None where unknown.

    Such as what comes back of lost revenue at the rate of customers won back so far, or what is
    kept of revenue at risk at the rate at which customers leave.

    Examples
    --------
    >>> share_of(200.0, 0.1, 0.3)
    Effect(low=20.0, high=60.0)
    >>> share_of(None, 0.1, 0.3) is None
    True
    """
    if money is None or low is None or high is None or money <= 0:
        return None
    return Effect(money * max(0.0, low), money * min(1.0, high))


def excess_of(
    money: float | None, ratio_low: float | None, ratio_high: float | None
) -> Effect | None:
    """Return the part of lost revenue that is above expectation: (lost - expected) x its mean.

    Parameters
    ----------
    ratio_low, ratio_high
        Interval of losses by expected losses: of a ratio r the part 1 - 1/r is in excess.

    Examples
    --------
    Twice to four times as many losses as expected: half to three quarters of them are too many.

    >>> excess_of(100.0, 2.0, 4.0)
    Effect(low=50.0, high=75.0)
    >>> excess_of(100.0, 0.8, 0.9) is None  # no more than expected
    True
    """
    if money is None or ratio_low is None or ratio_high is None or ratio_high <= 1:
        return None
    return share_of(money, 1 - 1 / max(1.0, ratio_low), 1 - 1 / ratio_high)


def expecting(claim: Claim, effect: Effect | None) -> Claim:
    """Return the claim with what its step is expected to bring."""
    if effect is None:
        return claim
    return replace(claim, effect_low=effect.low, effect_high=effect.high)
