"""Lifecycle statuses: who is lost or a prospect by the customer ledger, and how the others buy."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from workbook.diagnostics.customer_ledger.months import back, back_days
from workbook.diagnostics.customer_ledger.purchases import Purchases, quiet
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ledger
from workbook.diagnostics.customer_ledger.states import (
    ACTIVE,
    CONTRACT_ENDED,
    PROSPECT,
    REGISTERED_LOSS,
    Marks,
    began_unseen,
    begun,
    is_lost,
    running,
    states,
)
from workbook.diagnostics.names import choices_at
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value_result import (
    CUSTOMER_STATUSES,
    LifecycleBasis,
    LifecycleCounts,
    LifecycleStatus,
)
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
"""The customer was not known yet."""
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


def statuses(
    ledger: Ledger,
    bought: Purchases,
    params: Params,
    *,
    day: date | None = None,
    ago: int = 0,
    months_ago: int = 0,
) -> Marks:
    """Return the status of each customer at the as-of date, or earlier.

    Who is lost and who is a prospect says the customer ledger, earlier by what was in the register
    of losses by then.  ``ago`` counts lifecycle windows, ``months_ago`` months besides.  Bounds
    are counted from the as-of date, or an earlier ``day``, so that the windows of successive
    statuses tile.  Earlier, a
    customer was not known that had not bought and was registered later, or whose loss is the
    first that is known of it.
    """
    w = params.lifecycle_months
    last = day or ledger.as_of
    now, since, before = (back(last, months_ago + w * (ago + k)) for k in range(3))
    here = states(ledger, bought, day=now, since=since)
    was_lost = is_lost(states(ledger, bought, day=since, since=before))
    marks = np.full(ledger.n, REGULAR, dtype=np.int8)
    if params.renewed_rule == "gap":
        kept = running(ledger, since)
        marks[(_came_back(bought, since=since, now=now, months=w) & ~kept) | was_lost] = RENEWED
    else:
        marks[was_lost] = RENEWED
    # Each line overrules those before it: who never bought is neither lost nor new.
    marks[~begun(ledger, bought, since)] = NEW
    marks[is_lost(here)] = LOST
    marks[here == PROSPECT] = POTENTIAL
    if now < ledger.as_of:
        unseen = began_unseen(ledger, bought)
        marks[(here == PROSPECT) & (unseen | ~known(ledger, now))] = UNKNOWN
    return marks


def known(ledger: Ledger, day: date) -> Bools:
    """Return who was in the books: listed, and not registered later.

    A listed customer without a date of registration counts as known throughout; one that only
    the sales name, from its first purchase on.
    """
    listed = np.arange(ledger.n) < ledger.listed
    later = ledger.registered > np.datetime64(day, "D")  # NaT is never later
    registered: Bools = listed & ~later
    return registered


def states_now(ledger: Ledger, bought: Purchases, params: Params) -> Marks:
    """Return the customers' states at the as-of date under the window of ``params``."""
    since = back(ledger.as_of, params.lifecycle_months)
    return states(ledger, bought, day=ledger.as_of, since=since)


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


def customers(
    ledger: Ledger, bought: Purchases, params: Params, now: Marks, before: Marks
) -> DataTable:
    """Return the status of every known customer."""
    here = states_now(ledger, bought, params)
    columns = {
        "customer_id": pd.array(ledger.customers, dtype="str"),
        "status": choices_at(ORDER, now),
        "previous": choices_at(ORDER, before),
        "last_sale": bought.last(ledger.as_of),
        "contract_ended": here == CONTRACT_ENDED,
        "registered": here == REGISTERED_LOSS,
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
        When a customer moved as the ``period`` rule does not allow, without a date of contract
        and without a loss written down within the window.
    """
    w = params.lifecycle_months
    since = back(ledger.as_of, w)
    # The end of a contract may come at any time, and so may a loss that is written down.
    lost_on = ledger.register.lost_on(np.datetime64(ledger.as_of, "D"))
    free = np.isnat(ledger.contract_end) & ~(lost_on > np.datetime64(since, "D"))
    wrong = illegal(before[free], now[free])
    if wrong and params.renewed_rule == "period":
        raise ValueError(f"{wrong} moves between statuses that cannot be")
    here = states_now(ledger, bought, params)
    kept = quiet(bought, day=ledger.as_of, since=since) & running(ledger, ledger.as_of)
    return LifecycleBasis(
        months=w,
        rule=params.renewed_rule,
        since=since + timedelta(days=1),
        silence_possible=ledger.reaches(since),
        identifiable=ledger.reaches(back(ledger.as_of, 2 * w) + timedelta(days=1)),
        contract_ended=int((here == CONTRACT_ENDED).sum()),
        contract_running=int((kept & (here == ACTIVE)).sum()),
        illegal=wrong,
    )
