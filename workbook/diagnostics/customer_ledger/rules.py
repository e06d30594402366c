"""What decides about customers in every report of an engagement alike."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRules:
    """Options of the diagnostics that all reports share; those of ABC as the segmentation has them.

    Examples
    --------
    >>> LedgerRules().lifecycle_months
    3
    """

    lifecycle_months: int = 3
    """The window w: a customer is silent that bought nothing for longer (the method)."""
    min_intervals: int = 3
    """Intervals between purchases from which on a customer has a usual one (the method)."""
    window_months: int = 12
    """Months to the as-of date that the ABC classes rest on (the method)."""
    abc_measure: Literal["amount", "margin"] = "amount"
    """What customers are ranked by."""
    abc_bounds: tuple[float, float] = (50, 80)
    """Cumulative percentages of A and B."""
    abc_rule: Literal["start", "end"] = "start"
    """``start``: the share before the customer decides; ``end``: the share including it."""
