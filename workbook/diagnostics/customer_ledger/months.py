"""Month arithmetic that keeps month ends, so that windows tile without gap or overlap."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]
"""Days as ``datetime64[D]``."""
_YEAR_DAYS = 365.2425


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A window: the days after ``after`` up to and including ``last``."""

    after: date
    last: date

    @property
    def first(self) -> date:
        """First day of the window."""
        return self.after + timedelta(days=1)


def back_days(days: Days, months: int) -> Days:
    """Return each day ``months`` earlier.

    A month's last day goes to a month's last day (30 June less 3 months is 31 March); a day that
    the earlier month does not have goes to its last one.
    """
    day = days.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    number = (day - month.astype("datetime64[D]")).astype(np.int64) + 1
    earlier: Days = (month.astype(np.int64) - months).astype("datetime64[M]")
    length = _length(earlier)
    kept = np.where(number == _length(month), length, np.minimum(number, length))
    moved: Days = earlier.astype("datetime64[D]") + (kept - 1).astype("timedelta64[D]")
    return moved


def back(day: date, months: int) -> date:
    """Return the day ``months`` earlier, as :func:`back_days` does."""
    moved: date = back_days(np.array([day], dtype="datetime64[D]"), months)[0].astype(object)
    return moved


def span(as_of: date, months: int, *, ago: int = 0) -> Span:
    """Return the window of ``months`` that ends ``ago`` such windows before ``as_of``.

    Bounds are counted from ``as_of`` itself, so successive windows always tile.
    """
    return Span(after=back(as_of, months * (ago + 1)), last=back(as_of, months * ago))


def compared_span(as_of: date, months: int, *, before: date | None, ago: int = 0) -> Span:
    """Return the window that the last ``months`` to ``as_of`` are compared with.

    It is as long, and ends with ``before``; without such a day it ends where the last one begins.
    ``ago`` counts windows before that one.

    Examples
    --------
    >>> compared_span(date(2026, 6, 30), 12, before=date(2025, 12, 31)).first.isoformat()
    '2025-01-01'
    >>> compared_span(date(2026, 6, 30), 12, before=None).last.isoformat()
    '2025-06-30'
    """
    return span(as_of, months, ago=ago + 1) if before is None else span(before, months, ago=ago)


def shared_months(one: Span, other: Span) -> int:
    """Return how many months two windows have in common, to the nearest; at least 1 for any day.

    Examples
    --------
    >>> now, then = span(date(2026, 6, 30), 12), span(date(2025, 12, 31), 12)
    >>> shared_months(now, then), shared_months(now, span(date(2025, 6, 30), 12))
    (6, 0)
    """
    days = (min(one.last, other.last) - max(one.after, other.after)).days
    return max(round(days * 12 / _YEAR_DAYS), 1) if days > 0 else 0


def _length(months: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
    following = (months + np.timedelta64(1, "M")).astype("datetime64[D]")
    length: npt.NDArray[np.int64] = (following - months.astype("datetime64[D]")).astype(np.int64)
    return length
