"""The state of every customer on a day: exactly one, by one order of tests (the method)."""

from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from workbook.diagnostics.customer_ledger.months import Days
from workbook.diagnostics.customer_ledger.purchases import Purchases
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ledger


class State(StrEnum):
    """What a customer is; the first that holds."""

    PROSPECT = "prospect"
    """It never bought, and stands in no register of losses."""
    REGISTERED_LOSS = "registered_loss"
    """In the register of losses, and not returned."""
    CONTRACT_ENDED = "contract_ended"
    """Its contract ended, and it bought nothing since."""
    SILENT = "silent"
    """It bought nothing for longer than the window, and no contract runs."""
    ACTIVE = "active"


ORDER = tuple(State)
PROSPECT, REGISTERED_LOSS, CONTRACT_ENDED, SILENT, ACTIVE = range(len(ORDER))
LOST = (REGISTERED_LOSS, CONTRACT_ENDED, SILENT)
"""States of lost customers."""
Marks = npt.NDArray[np.int8]
"""Place in ``ORDER``."""


def states(ledger: Ledger, bought: Purchases, *, day: date, since: date) -> Marks:
    """Return the state of each customer on a day, from what was known by then.

    Without sales nobody is known to be a prospect or silent.

    Parameters
    ----------
    since
        The window's bound: who last bought on it or before is silent.
    """
    found = np.full(ledger.n, ACTIVE, dtype=np.int8)
    # Each line overrules those before it.
    found[silent(ledger, bought, day=day, since=since)] = SILENT
    found[contract_ended(ledger, bought, day)] = CONTRACT_ENDED
    found[~begun(ledger, bought, day)] = PROSPECT
    found[ledger.register.gone(np.datetime64(day, "D"))] = REGISTERED_LOSS
    return found


def is_lost(marks: Marks) -> Bools:
    """Return which states are those of lost customers."""
    return np.asarray(np.isin(marks, LOST))


def all_silent(ledger: Ledger, bought: Purchases, *, day: date, since: date) -> Bools:
    """Return who is silent, in the register of losses or not; an ended contract decides alone."""
    found = silent(ledger, bought, day=day, since=since)
    by_contract = states(ledger, bought, day=day, since=since) == CONTRACT_ENDED
    return np.asarray(found & ~by_contract)


def silent(ledger: Ledger, bought: Purchases, *, day: date, since: date) -> Bools:
    """Return who has begun to buy, bought nothing after ``since``, and has no contract running.

    Of a customer that only the register knows to have bought, silence is known where the sales
    begin before the window.
    """
    if ledger.first is None:
        return np.zeros(ledger.n, dtype=bool)
    last, bound = bought.last(day), np.datetime64(since, "D")
    nothing = np.isnat(last) & begun(ledger, bought, day) & (ledger.first <= since)
    return np.asarray(((last <= bound) | nothing) & ~running(ledger, day))


def running(ledger: Ledger, day: date) -> Bools:
    """Return whose contract still runs on a day: no window makes these lost."""
    return np.asarray(ledger.contract_end >= np.datetime64(day, "D"))  # NaT is never later


def contract_ended(ledger: Ledger, bought: Purchases, day: date) -> Bools:
    """Return who had begun to buy and whose contract had ended, without a purchase since."""
    over = ledger.contract_end < np.datetime64(day, "D")
    since = bought.last(day) > ledger.contract_end
    return np.asarray(over & ~since & begun(ledger, bought, day))


def begun(ledger: Ledger, bought: Purchases, day: date) -> Bools:
    """Return who is known to have bought by a day: who is in the register of losses has.

    Without sales everybody counts, for nothing says who has not.
    """
    if ledger.first is None:
        return np.ones(ledger.n, dtype=bool)
    return np.asarray(beginning(ledger, bought) <= np.datetime64(day, "D"))  # NaT is never earlier


def beginning(ledger: Ledger, bought: Purchases) -> Days:
    """Return the day from which each customer is known to have bought, NaT: never.

    That of the first purchase, or of an earlier loss.
    """
    found: Days = np.fmin(bought.first(), ledger.register.first())
    return found


def began_unseen(ledger: Ledger, bought: Purchases) -> Bools:
    """Return whose loss is the first that is known of it: it bought before, no sale says when."""
    loss = ledger.register.first()
    return np.asarray(~np.isnat(loss) & ~(bought.first() <= loss))
