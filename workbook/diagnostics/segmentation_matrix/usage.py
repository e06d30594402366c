"""Which products customers use: bought within the window of use, returns alone do not count."""

from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.customer_ledger.abc_classes import sums
from workbook.diagnostics.customer_ledger.months import Days, span
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.diagnostics.segmentation_matrix.assortment import Assortment
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.standing import ACTIVE_MONTHS
from workbook.stats import Floats
from workbook.stats.whole_order import distinct, places_in


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
    size = ledger.n * max(products.n, 1)
    pair = np.full(len(named), -1, dtype=np.int64)
    pair[named] = ledger.customer[named] * max(products.n, 1) + products.sold[ledger.product[named]]
    inside = _within_use(ledger, params)
    year = ledger.within(span(ledger.as_of, ACTIVE_MONTHS))
    bought = named & ledger.is_purchase
    # Only purchases make a pair: a product that was only given back was never used.
    pairs = distinct(pair[bought], size)
    place = places_in(pairs, pair, size)
    last = np.full(len(pairs), np.iinfo(np.int64).min)
    np.maximum.at(last, place[bought], ledger.day[bought].astype(np.int64))
    return Usage(
        told=bool(ledger.products),
        products=products.n,
        pair=pairs,
        used=_any(place[bought & inside], len(pairs)),
        last=last.astype("datetime64[D]"),
        amount=sums(place[inside], ledger.amount[inside], len(pairs)) / ledger.scale,
        year_bought=_any(place[bought & year], len(pairs)),
        year_amount=sums(place[year], ledger.amount[year], len(pairs)) / ledger.scale,
    )


def _any(places: Ints, n: int) -> Bools:
    """Return which of n places there are."""
    found = np.zeros(n, dtype=bool)
    found[places] = True
    return found


def _within_use(ledger: Ledger, params: Params) -> Bools:
    if isinstance(params.used_months, str):
        return np.ones(len(ledger.day), dtype=bool)
    return ledger.within(span(ledger.as_of, params.used_months))
