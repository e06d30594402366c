"""States of customers that last for a while, for look-ups on many days at once."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.churn_reasons.history import History, Ints, history
from workbook.stats import Floats

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spans:
    """Periods by customer: a span is on the day after its start and up to its end."""

    starts: History
    ends: History

    def number(self, codes: Ints, days: Floats) -> Ints:
        """Return how many spans of each customer are on, each on its day."""
        long_ago = np.full(len(codes), -np.inf)
        begun = self.starts.count(codes, long_ago, days)
        return begun - self.ends.count(codes, long_ago, days)

    def on(self, codes: Ints, days: Floats) -> Bools:
        """Return whether any span of each customer is on."""
        return self.number(codes, days) > 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Latest:
    """Whether the latest value of each customer is low, while it is fresh."""

    low: Spans
    fresh: Spans


def spans(codes: Ints, start: Floats, end: Floats) -> Spans:
    """Return spans; those of nobody, or without a first day, are left out.

    Examples
    --------
    >>> one = spans(np.array([0]), np.array([10.0]), np.array([20.0]))
    >>> one.on(np.zeros(3, dtype=np.int64), np.array([10.0, 11.0, 20.0])).tolist()
    [False, True, True]
    """
    known = ~np.isnan(start) & (codes >= 0)
    codes, start, end = codes[known], start[known], np.maximum(end[known], start[known])
    return Spans(starts=history(codes, start), ends=history(codes, end))


def latest(
    codes: Ints,
    day: Floats,
    value: Floats,
    *,
    how: Literal["min", "mean"],
    limit: float,
    memory: int,
) -> Latest:
    """Return when each customer's latest value was at most ``limit``.

    The lowest or the mean value of a day counts; it lasts to the next day with a
    value, at most ``memory`` days.
    """
    rows = pd.DataFrame({"code": codes, "day": day, "value": value})
    rows = rows.loc[(codes >= 0) & ~np.isnan(day) & ~np.isnan(value)]
    lowest = rows.groupby(["code", "day"])["value"].agg(how).reset_index()
    following = lowest.groupby("code")["day"].shift(-1).fillna(np.inf).to_numpy()
    start = lowest["day"].to_numpy(dtype=float)
    who = lowest["code"].to_numpy(dtype=np.int64)
    end = np.minimum(following, start + memory)
    low = lowest["value"].to_numpy() <= limit
    return Latest(low=spans(who[low], start[low], end[low]), fresh=spans(who, start, end))


def product_lines(lines: pd.DataFrame, window: int) -> Spans:
    """Return a span for every time a customer keeps buying a product line.

    A line is on for ``window`` days after each purchase; purchases that follow within them
    prolong it.

    Parameters
    ----------
    lines
        ``code``, ``product`` and ``day`` of purchases, each once.
    """
    # Only the first and the last purchase of a row of them within the window bound a span.
    rows = lines.sort_values(["code", "product", "day"])
    groups = rows.groupby(["code", "product"])["day"]
    day = rows["day"].to_numpy(dtype=float)
    before = groups.shift(1).fillna(-np.inf).to_numpy(dtype=float)
    after = groups.shift(-1).fillna(np.inf).to_numpy(dtype=float)
    code = rows["code"].to_numpy(dtype=np.int64)
    begins, ends = day - before > window, after - day > window
    return Spans(
        starts=history(code[begins], day[begins]), ends=history(code[ends], day[ends] + window)
    )
