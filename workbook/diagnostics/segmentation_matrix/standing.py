"""Whom something more can be sold to: customers that buy, those that stopped, prospects."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from workbook.diagnostics.customer_ledger.months import span
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger

ACTIVE_MONTHS = 12
"""A customer is active that bought within so many months: a year, which potential is told for."""
BUYING, STOPPED, GONE, PROSPECT = range(4)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CustomerStanding:
    """Where every customer stands; each in exactly one place."""

    as_of: date
    codes: Ints
    """Customer code -> ``BUYING`` (bought within the year, not lost), ``STOPPED`` (bought within
    the year, lost by its lifecycle status), ``GONE`` (bought before the year only) or
    ``PROSPECT`` (never bought)."""

    @property
    def active(self) -> Bools:
        """Customers that bought within the year, whatever their lifecycle status."""
        return np.asarray((self.codes == BUYING) | (self.codes == STOPPED))

    @property
    def buying(self) -> Bools:
        """Active customers that are not lost: something more can be sold to them."""
        return np.asarray(self.codes == BUYING)


def standing(ledger: Ledger, lost: Bools) -> CustomerStanding:
    """Return where customers stand.

    Parameters
    ----------
    lost
        Customers (by code) whose lifecycle status is lost.
    """
    past = ledger.is_purchase & (ledger.day <= np.datetime64(ledger.as_of, "D"))
    recent = ledger.is_purchase & ledger.within(span(ledger.as_of, ACTIVE_MONTHS))
    ever, active = _among(ledger, past), _among(ledger, recent)
    codes = np.where(active, np.where(lost, STOPPED, BUYING), np.where(ever, GONE, PROSPECT))
    return CustomerStanding(as_of=ledger.as_of, codes=codes.astype(np.int64))


def everyone(n: int, as_of: date) -> CustomerStanding:
    """Return the standing of customers of whom only the segment is known: all as if they bought."""
    return CustomerStanding(as_of=as_of, codes=np.full(n, BUYING, dtype=np.int64))


def _among(ledger: Ledger, lines: Bools) -> Bools:
    found = np.zeros(ledger.n, dtype=bool)
    found[ledger.customer[lines]] = True
    return found
