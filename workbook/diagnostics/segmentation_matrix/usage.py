"""Which products customers use: bought within the window of use, returns alone do not count."""

from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.customer_ledger.months import Days, span
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.diagnostics.segmentation_matrix.assortment import Assortment
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.standing import ACTIVE_MONTHS
from workbook.stats import Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Usage:
    """Every pair of customer and product that was ever bought, by customer and product."""

    told: bool
    """False: no sale names a product, so that nothing can be said of use."""
    products: int
    pair: Ints
    """Customer code times ``products`` plus product code, ascending."""
    used: Bools
    """Bought within the window of use."""
    last: Days
    """Last purchase."""
    amount: Floats
    """Net sales within the window of use."""
    year_bought: Bools
    """Bought within the last twelve months, whatever the window of use."""
    year_amount: Floats
    """Net sales of the last twelve months: a year's spend, whatever the window of use."""

    @property
    def customer(self) -> Ints:
        """Customer of each pair."""
        return self.pair // max(self.products, 1)

    @property
    def product(self) -> Ints:
        """Product of each pair."""
        return self.pair % max(self.products, 1)


def usage(ledger: Ledger, products: Assortment, params: Params) -> Usage:
    """Return what customers bought and use."""
    named = ledger.product >= 0
    code = np.full(len(named), -1, dtype=np.int64)
    code[named] = products.sold[ledger.product[named]]
    pair = ledger.customer * max(products.n, 1) + code
    inside = _within_use(ledger, params)
    year = ledger.within(span(ledger.as_of, ACTIVE_MONTHS))
    bought = named & ledger.is_purchase
    # Only purchases make a pair: a product that was only given back was never used.
    pairs, place = np.unique(pair[bought], return_inverse=True)
    last = np.full(len(pairs), np.datetime64("0001-01-01", "D"))
    np.maximum.at(last, place, ledger.day[bought])
    used, this_year = (
        np.bincount(place, weights=lines[bought], minlength=len(pairs)) > 0
        for lines in (inside, year)
    )
    return Usage(
        told=bool(ledger.products),
        products=products.n,
        pair=pairs,
        used=used,
        last=last,
        amount=_net(ledger, pair, pairs, rows=named & inside) / ledger.scale,
        year_bought=this_year,
        year_amount=_net(ledger, pair, pairs, rows=named & year) / ledger.scale,
    )


def _within_use(ledger: Ledger, params: Params) -> Bools:
    if isinstance(params.used_months, str):
        return np.ones(len(ledger.day), dtype=bool)
    return ledger.within(span(ledger.as_of, params.used_months))


def _net(ledger: Ledger, pair: Ints, pairs: Ints, *, rows: Bools) -> Ints:
    """Return exact net sales of each pair over some rows; returns of no pair are left out."""
    sums = np.zeros(len(pairs), dtype=np.int64)
    if not len(pairs):
        return sums
    place = np.minimum(np.searchsorted(pairs, pair[rows]), len(pairs) - 1)
    own = pairs[place] == pair[rows]
    np.add.at(sums, place[own], ledger.amount[rows][own])
    return sums
