"""What was sold of each product, with its class."""

import numpy as np

from workbook.diagnostics.customer_ledger.abc_classes import CLASSES, ranking, sums
from workbook.diagnostics.customer_ledger.months import Span
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.diagnostics.segmentation_matrix.kpi_result import ProductTotal
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats.whole_order import distinct


def product_totals(
    ledger: Ledger, window: Span, params: Params, *, before: Span | None = None
) -> tuple[ProductTotal, ...]:
    """Return the products sold in the window, largest amount first, unnamed ones last.

    Parameters
    ----------
    before
        The window that it is compared with; None where the data do not reach it.

    Raises
    ------
    ValueError
        When they do not add up to what was sold.
    """
    lines = ledger.within(window)
    n = len(ledger.products) + 1
    product, totals = _sold(ledger, lines, n)
    if int(totals.sum()) != int(ledger.amount[lines].sum()):
        raise ValueError("products do not add up to what was sold")
    earlier = None if before is None else _sold(ledger, ledger.within(before), n)[1]
    present = np.bincount(product, minlength=n) > 0
    named = present.copy()
    named[-1] = False
    marks = ranking(totals, named, params).spread(params.abc_rule, n)
    buyers = _buyers(ledger, lines & ledger.is_purchase, n)
    order = np.flatnonzero(present)
    rows = order[np.lexsort((order, -totals[order], order == n - 1))]
    return tuple(
        ProductTotal(
            product=ledger.products[code] if code < n - 1 else None,
            amount=ledger.money(totals[code]),
            customers=int(buyers[code]),
            abc=CLASSES[marks[code]] if marks[code] >= 0 else None,
            amount_before=None if earlier is None else ledger.money(earlier[code]),
        )
        for code in rows.tolist()
    )


def _sold(ledger: Ledger, lines: Bools, n: int) -> tuple[Ints, Ints]:
    """Return the product of each line, unnamed ones last, and the sums by product."""
    product = np.where(ledger.product[lines] >= 0, ledger.product[lines], n - 1)
    return product, sums(product, ledger.amount[lines], n)


def _buyers(ledger: Ledger, lines: Bools, n: int) -> Ints:
    product = np.where(ledger.product[lines] >= 0, ledger.product[lines], n - 1)
    pairs = distinct(product * ledger.n + ledger.customer[lines], n * ledger.n)
    return np.bincount(pairs // max(ledger.n, 1), minlength=n)
