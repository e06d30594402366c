"""Days on which customers bought."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from workbook.diagnostics.customer_ledger.months import Days
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.stats import Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Purchases:
    """Days on which each customer bought, each once, by customer and day."""

    customer: Ints
    day: Days
    n: int
    """Known customers."""

    def until(self, day: date) -> Ints:
        """Return the number of purchase days of each customer up to and including a day."""
        past = self.day <= np.datetime64(day, "D")
        return np.bincount(self.customer[past], minlength=self.n)

    def last(self, day: date) -> Days:
        """Return the last purchase day of each customer up to a day, NaT without any."""
        past = self.day <= np.datetime64(day, "D")
        latest = np.full(self.n, np.datetime64("NaT", "D"))
        latest[self.customer[past]] = self.day[past]  # days rise: the last one stays
        return latest

    def first(self) -> Days:
        """Return the first purchase day of each customer, NaT without any."""
        earliest = np.full(self.n, np.datetime64("NaT", "D"))
        earliest[self.customer[::-1]] = self.day[::-1]
        return earliest

    def intervals(self) -> tuple[Ints, Ints]:
        """Return the days between successive purchase days, and whose they are."""
        same = self.customer[1:] == self.customer[:-1]
        days = np.diff(self.day).astype(np.int64)
        return days[same], self.customer[1:][same]


def purchases(ledger: Ledger) -> Purchases:
    """Return the purchase days of a ledger (returns alone do not make a customer active)."""
    bought = ledger.is_purchase
    customer, day = ledger.customer[bought], ledger.day[bought]
    once = np.ones(len(customer), dtype=bool)
    once[1:] = (customer[1:] != customer[:-1]) | (day[1:] != day[:-1])
    return Purchases(customer=customer[once], day=day[once], n=ledger.n)


def usual_intervals(bought: Purchases) -> Floats:
    """Return each customer's median days between purchase days, NaN with fewer than two.

    >>> days = np.array(["2025-01-01", "2025-01-11", "2025-02-10", "2025-03-01"], "datetime64[D]")
    >>> bought = Purchases(customer=np.array([0, 0, 0, 1]), day=days, n=2)
    >>> usual_intervals(bought).tolist()
    [20.0, nan]
    """
    days, whose = bought.intervals()
    order = np.lexsort((days, whose))
    days, whose = days[order], whose[order]
    n = np.bincount(whose, minlength=bought.n)
    start = np.cumsum(n) - n
    told = n > 0
    low = days[(start + (n - 1) // 2)[told]]
    high = days[(start + n // 2)[told]]
    usual = np.full(bought.n, np.nan)
    usual[told] = (low + high) / 2
    return usual


def own_intervals(bought: Purchases, least: int) -> Floats:
    """Return each customer's usual interval in days, NaN with fewer than ``least`` intervals."""
    habit = np.bincount(bought.intervals()[1], minlength=bought.n) >= least
    return np.where(habit, usual_intervals(bought), np.nan)


def quiet(bought: Purchases, *, day: date, since: date) -> Bools:
    """Return who had bought by ``day``, but nothing after ``since``, whatever its contract."""
    return np.asarray(bought.last(day) <= np.datetime64(since, "D"))
