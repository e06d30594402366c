"""The scale of satisfaction marks: which are low, and which of them open or hidden.

Every diagnostic that reads marks asks here, so that a mark means the same in all reports.
Source of the bounds on 1-5 (2 open, 3 hidden): working_with_customers; on 1-10 twice as much,
of percentages a fifth part each.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np
import pandas as pd

from workbook.stats import Floats

_FIVE = 5


class MarkScale(StrEnum):
    """What a column of marks holds; the words are those of the option ``satisfaction_scale``."""

    FIVE = "1-5"
    TEN = "1-10"
    PERCENT = "percent"
    """Shares 0-1."""

    @property
    def low(self) -> float:
        """Lowest mark of the scale."""
        return 0.0 if self is MarkScale.PERCENT else 1.0

    @property
    def high(self) -> float:
        """Highest mark of the scale."""
        return _HIGH[self]

    def at(self, mark_of_five: float) -> float:
        """Return the mark of this scale that stands where a mark stands on 1-5.

        Examples
        --------
        >>> [scale.at(3) for scale in MarkScale]
        [3.0, 6.0, 0.6]
        """
        return mark_of_five * self.high / _FIVE


_HIGH: Mapping[MarkScale, float] = MappingProxyType(
    {MarkScale.FIVE: 5.0, MarkScale.TEN: 10.0, MarkScale.PERCENT: 1.0}
)


class Mood(StrEnum):
    """What a mark says."""

    OPEN = "open"
    """Open dissatisfaction."""
    HIDDEN = "hidden"
    """Hidden dissatisfaction: to be treated as a complaint as well."""
    GOOD = "good"
    BEST = "best"
    """The top of the scale: 5 of 5, 9-10 of 10, above 80 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkBounds:
    """Highest mark of each mood on the scale in force; shares 0-1 where marks are percentages."""

    scale: MarkScale
    open: float
    hidden: float
    """Marks up to here are low."""
    good: float

    def __post_init__(self) -> None:
        if not self.scale.low <= self.open <= self.hidden < self.scale.high:
            raise ValueError(f"bounds {self.open:g}, {self.hidden:g} of marks {self.scale.value}")

    def moods(self, marks: Floats) -> "pd.Series[str]":
        """Return the mood of each mark."""
        upper = np.array([self.open, self.hidden, self.good])
        order = np.array([mood.value for mood in Mood], dtype=object)
        return pd.Series(order[np.searchsorted(upper, np.round(marks, 9))], dtype="str")

    def low(self, mark: float) -> bool:
        """Return whether a mark is dissatisfaction, open or hidden."""
        return round(mark, 9) <= self.hidden


def scale_of(table: pd.DataFrame) -> MarkScale:
    """Return the scale of a checked table of marks; 1-5 where nothing is said."""
    return MarkScale(table.attrs.get("scale") or MarkScale.FIVE)


def bounds_of(
    scale: MarkScale, *, open_to: float | None = None, hidden_to: float | None = None
) -> MarkBounds:
    """Return the bounds of a scale: its own, unless others are given.

    Examples
    --------
    >>> bounds_of(MarkScale.TEN)
    MarkBounds(scale=<MarkScale.TEN: '1-10'>, open=4.0, hidden=6.0, good=8.0)

    Raises
    ------
    ValueError
        When given bounds do not rise or do not lie on the scale.
    """
    hidden = scale.at(3) if hidden_to is None else hidden_to
    return MarkBounds(
        scale=scale,
        open=scale.at(2) if open_to is None else open_to,
        hidden=hidden,
        good=max(scale.at(4), hidden),
    )
