"""Days on which customers bought."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.customer_ledger.months import Days
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.stats import Floats
from workbook.stats.whole_order import order_by

Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Purchases:
    """Days on which each customer bought, each once, by customer and day.

    What was asked for a day is kept, for the states of customers ask for few days many times; the
    arrays that are given out are not to be written to.
    """

    customer: Ints
    day: Days
    n: int
    """Known customers."""
    _count: Ints = field(init=False, repr=False)
    """Purchase days by customer."""
    _start: Ints = field(init=False, repr=False)
    """Place of each customer's first one."""
    _first: Days = field(init=False, repr=False)
    _until: dict[date, Ints] = field(init=False, default_factory=dict, repr=False)
    _habits: dict[str, Floats] = field(init=False, default_factory=dict, repr=False)
    _last: dict[date, Days] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        count = np.bincount(self.customer, minlength=self.n)
        object.__setattr__(self, "_count", count)
        object.__setattr__(self, "_start", np.cumsum(count) - count)
        object.__setattr__(self, "_first", _kept(self._at(self._start, count > 0)))

    def until(self, day: date) -> Ints:
        """Return the number of purchase days of each customer up to and including a day."""
        if day not in self._until:
            past = np.zeros(len(self.day) + 1, dtype=np.int64)
            np.cumsum(self.day <= np.datetime64(day, "D"), out=past[1:])
            found = past[self._start + self._count] - past[self._start]
            self._until[day] = _kept(found)
        return self._until[day]

    def last(self, day: date) -> Days:
        """Return the last purchase day of each customer up to a day, NaT without any."""
        if day not in self._last:
            n = self.until(day)
            self._last[day] = _kept(self._at(self._start + n - 1, n > 0))
        return self._last[day]

    def first(self) -> Days:
        """Return the first purchase day of each customer, NaT without any."""
        return self._first

    def _at(self, places: Ints, told: Bools) -> Days:
        """Return the day at each customer's place, NaT where none is told."""
        found = np.full(self.n, np.datetime64("NaT", "D"))
        found[told] = self.day[places[told]]
        return found

    def usual(self) -> Floats:
        """Return each customer's median interval (see :func:`usual_intervals`)."""
        if "usual" not in self._habits:
            days, whose = self.intervals()
            days = days[order_by(whose, days)]
            n = np.bincount(whose, minlength=self.n)
            start = np.cumsum(n) - n
            told = n > 0
            low = days[(start + (n - 1) // 2)[told]]
            high = days[(start + n // 2)[told]]
            usual = np.full(self.n, np.nan)
            usual[told] = (low + high) / 2
            self._habits["usual"] = _kept(usual)
        return self._habits["usual"]

    def intervals(self) -> tuple[Ints, Ints]:
        """Return the days between successive purchase days, and whose they are."""
        same = self.customer[1:] == self.customer[:-1]
        days = np.diff(self.day).astype(np.int64)
        return days[same], self.customer[1:][same]


def _kept(values: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
    values.setflags(write=False)
    return values


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
    return bought.usual()


def own_intervals(bought: Purchases, least: int) -> Floats:
    """Return each customer's usual interval in days, NaN with fewer than ``least`` intervals."""
    habit = np.bincount(bought.intervals()[1], minlength=bought.n) >= least
    return np.where(habit, usual_intervals(bought), np.nan)


def quiet(bought: Purchases, *, day: date, since: date) -> Bools:
    """Return who had bought by ``day``, but nothing after ``since``, whatever its contract."""
    return np.asarray(bought.last(day) <= np.datetime64(since, "D"))
