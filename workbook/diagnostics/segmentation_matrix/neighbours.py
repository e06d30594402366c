"""Products that part of a segment buys and the rest was never offered."""

from collections.abc import Iterable

import numpy as np

from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints
from workbook.diagnostics.segmentation_matrix.deals import Deals
from workbook.diagnostics.segmentation_matrix.matrix import NEEDS, Matrix
from workbook.diagnostics.segmentation_matrix.matrix_result import Need, Neighbour
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.standing import CustomerStanding
from workbook.diagnostics.segmentation_matrix.white_space import known, potentials

_WANTED = (Need.TARGET, Need.OPTIONAL, Need.NONE)


def neighbours(
    matrix: Matrix, events: Deals | None, params: Params, *, standing: CustomerStanding
) -> tuple[Neighbour, ...]:
    """Return products that part of a segment buys and that others that buy were never offered.

    Customers that stopped buying and prospects are not counted among those to be offered it.  The
    largest potential (median spend times customers never asked) comes first, then what has
    no potential value by the number never asked.
    """
    if not matrix.usage.told:
        return ()
    value, buyers = potentials(matrix, params)
    asked = _by_cell(matrix, _asked(matrix, events), standing.buying)
    bought = _by_cell(matrix, matrix.usage.pair[matrix.usage.year_bought], standing.buying)
    there = matrix.segment[standing.buying]
    sizes = np.bincount(there[there >= 0], minlength=len(matrix.segments))
    found = [
        Neighbour(
            segment=matrix.segments[segment],
            product=matrix.products.names[product],
            need=NEEDS[matrix.need[segment, product]],
            buyers=int(buyers[segment, product]),
            others=int(sizes[segment] - bought[segment, product]),
            never_offered=never,
            value=known(value[segment, product]),
            potential=known(value[segment, product] * never),
        )
        for segment, product in np.argwhere(buyers > 0).tolist()
        if (never := int(sizes[segment] - asked[segment, product])) > 0
    ]
    return tuple(
        sorted(
            found,
            key=lambda n: (
                -(n.value or 0) * n.never_offered,
                -n.never_offered,
                n.segment,
                n.product,
            ),
        )
    )


def targets_first(found: Iterable[Neighbour]) -> list[Neighbour]:
    """Return what is meant for the segments before what is not, else in the order given."""
    return sorted(found, key=lambda n: _WANTED.index(n.need))


def _asked(matrix: Matrix, events: Deals | None) -> Ints:
    """Return every pair of a known customer and a product with a sale or an offer ever."""
    pairs = matrix.usage.pair
    if events is None:
        return pairs
    place = {name: code for code, name in enumerate(matrix.ids)}
    customer = np.array([place.get(str(c), -1) for c in events.customer.tolist()], np.int64)
    product = matrix.products.codes(str(name) for name in events.product.tolist())
    named: Bools = (customer >= 0) & (product >= 0)
    return np.union1d(pairs, customer[named] * matrix.products.n + product[named])


def _by_cell(matrix: Matrix, pairs: Ints, among: Bools) -> Ints:
    """Count pairs of some customers by segment and product."""
    customer, product = pairs // matrix.products.n, pairs % matrix.products.n
    segment = matrix.segment[customer]
    inside = (segment >= 0) & among[customer]
    count = len(matrix.segments) * matrix.products.n
    cell = segment[inside] * matrix.products.n + product[inside]
    return np.bincount(cell, minlength=count).reshape(len(matrix.segments), matrix.products.n)
