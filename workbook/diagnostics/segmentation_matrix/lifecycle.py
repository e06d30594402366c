"""Lifecycle statuses from the days of purchases."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.segmentation_matrix.ledger import Bools, Ints, Ledger
from workbook.diagnostics.segmentation_matrix.months import Days, back, back_days
from workbook.diagnostics.segmentation_matrix.names import words_at
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value_result import (
    CUSTOMER_STATUSES,
    LifecycleBasis,
    LifecycleCounts,
    LifecycleStatus,
)
from workbook.stats import Floats
from workbook.stats.data_table import DataTable

ORDER = (
    LifecycleStatus.POTENTIAL,
    LifecycleStatus.NEW,
    LifecycleStatus.REGULAR,
    LifecycleStatus.RENEWED,
    LifecycleStatus.LOST,
)
POTENTIAL, NEW, REGULAR, RENEWED, LOST = range(len(ORDER))
UNKNOWN = -1
Marks = npt.NDArray[np.int8]
"""Place in ``ORDER``; -1: the customer was not known yet."""
LEGAL = frozenset(
    {
        (POTENTIAL, POTENTIAL),
        (POTENTIAL, NEW),
        (NEW, REGULAR),
        (NEW, LOST),
        (REGULAR, REGULAR),
        (REGULAR, LOST),
        (RENEWED, REGULAR),
        (RENEWED, LOST),
        (LOST, LOST),
        (LOST, RENEWED),
    }
)
"""Moves between tiled windows that the definitions allow (the method)."""


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


def statuses(
    ledger: Ledger, bought: Purchases, params: Params, *, ago: int = 0, months_ago: int = 0
) -> Marks:
    """Return the status of each customer at the as-of date, or earlier.

    ``ago`` counts lifecycle windows, ``months_ago`` months besides.  Bounds are counted from
    the as-of date, so that the windows of successive statuses tile.  Earlier, a customer
    registered later that had not bought was not known.
    """
    w = params.lifecycle_months
    now, since, before = (back(ledger.as_of, months_ago + w * (ago + k)) for k in range(3))
    n_now, n_since, n_before = (bought.until(day) for day in (now, since, before))
    marks = np.full(ledger.n, REGULAR, dtype=np.int8)
    was_lost = _lost(ledger, bought, n_since, n_before, day=since)
    if params.renewed_rule == "gap":
        kept = running(ledger, since)
        marks[(_came_back(bought, since=since, now=now, months=w) & ~kept) | was_lost] = RENEWED
    else:
        marks[was_lost] = RENEWED
    # Each line overrules those before it: who never bought is neither lost nor new.
    marks[n_since == 0] = NEW
    marks[(n_now == n_since) & ~running(ledger, now)] = LOST
    marks[ended(ledger, bought, now)] = LOST
    marks[n_now == 0] = POTENTIAL
    if ago or months_ago:
        marks[(n_now == 0) & ~known(ledger, now)] = UNKNOWN
    return marks


def _lost(ledger: Ledger, bought: Purchases, now: Ints, since: Ints, *, day: date) -> Bools:
    """Return who was lost on a day, from the purchases until then and until a window earlier."""
    quiet = (now == since) & (now > 0) & ~running(ledger, day)
    return np.asarray(quiet | ended(ledger, bought, day))


def running(ledger: Ledger, day: date) -> Bools:
    """Return whose contract still runs on a day: no window makes these lost."""
    return np.asarray(ledger.contract_end >= np.datetime64(day, "D"))  # NaT is never later


def ended(ledger: Ledger, bought: Purchases, day: date) -> Bools:
    """Return whose contract had ended before a day without a purchase since: lost in any window."""
    over = ledger.contract_end < np.datetime64(day, "D")
    return np.asarray(over & (bought.last(day) <= ledger.contract_end))


def quiet(ledger: Ledger, bought: Purchases, params: Params) -> Bools:
    """Return who bought before the window and nothing within it, whatever its contract."""
    last = bought.last(ledger.as_of)
    return np.asarray(last <= np.datetime64(back(ledger.as_of, params.lifecycle_months), "D"))


def known(ledger: Ledger, day: date) -> Bools:
    """Return who was in the books: listed, and not registered later.

    A listed customer without a date of registration counts as known throughout; one that only
    the sales name, from its first purchase on.
    """
    listed = np.arange(ledger.n) < ledger.listed
    later = ledger.registered > np.datetime64(day, "D")  # NaT is never later
    registered: Bools = listed & ~later
    return registered


def _came_back(bought: Purchases, *, since: date, now: date, months: int) -> Bools:
    """Return who was lost on the day before some purchase of the window."""
    day, customer = bought.day, bought.customer
    inside = (day[1:] > np.datetime64(since, "D")) & (day[1:] <= np.datetime64(now, "D"))
    inside &= customer[1:] == customer[:-1]
    bound = back_days(day[1:][inside] - np.timedelta64(1, "D"), months)
    after_gap = day[:-1][inside] <= bound
    back_again = np.zeros(bought.n, dtype=bool)
    back_again[customer[1:][inside][after_gap]] = True
    return back_again


def counts(marks: Marks) -> LifecycleCounts:
    """Return customers by status; those not known are not counted."""
    potential, new, regular, renewed, lost = np.bincount(
        marks[marks >= 0], minlength=len(ORDER)
    ).tolist()
    return LifecycleCounts(
        potential=potential, new=new, regular=regular, renewed=renewed, lost=lost
    )


def customers(ledger: Ledger, bought: Purchases, now: Marks, before: Marks) -> DataTable:
    """Return the status of every known customer."""
    columns = {
        "customer_id": words_at(ledger.customers, np.arange(ledger.n)),
        "status": words_at(ORDER, now),
        "previous": words_at(ORDER, before),
        "last_sale": bought.last(ledger.as_of),
        "contract_ended": ended(ledger, bought, ledger.as_of),
    }
    return DataTable(CUSTOMER_STATUSES, pd.DataFrame(columns))


def illegal(before: Marks, now: Marks) -> int:
    """Return how many customers moved as the definitions do not allow."""
    both = before >= 0
    moves = np.bincount(before[both] * len(ORDER) + now[both], minlength=len(ORDER) ** 2)
    return sum(int(n) for move, n in enumerate(moves) if divmod(move, len(ORDER)) not in LEGAL)


def basis(
    ledger: Ledger, bought: Purchases, params: Params, *, now: Marks, before: Marks
) -> LifecycleBasis:
    """Return what the statuses rest on.

    Raises
    ------
    ValueError
        When a customer without a date of contract moved as the ``period`` rule does not allow.
    """
    w = params.lifecycle_months
    since = back(ledger.as_of, w)
    free = np.isnat(ledger.contract_end)  # the end of a contract may come at any time
    wrong = illegal(before[free], now[free])
    if wrong and params.renewed_rule == "period":
        raise ValueError(f"{wrong} moves between statuses that cannot be")
    kept = quiet(ledger, bought, params) & running(ledger, ledger.as_of)
    return LifecycleBasis(
        months=w,
        rule=params.renewed_rule,
        since=since + timedelta(days=1),
        silence_possible=ledger.reaches(since),
        identifiable=ledger.reaches(back(ledger.as_of, 2 * w) + timedelta(days=1)),
        contract_ended=int(ended(ledger, bought, ledger.as_of).sum()),
        contract_running=int(kept.sum()),
        illegal=wrong,
    )


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
