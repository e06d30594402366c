"""The target matrix: maturity, off-target use, gaps of the range, single-product customers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.diagnostics.customer_ledger.sales_ledger import Ints
from workbook.diagnostics.names import choices_at, ranks, texts_at, words_at
from workbook.diagnostics.segmentation_matrix.matrix import NEEDS, TARGET, Matrix
from workbook.diagnostics.segmentation_matrix.matrix_result import (
    MATURITY,
    OFF_TARGET_USES,
    SINGLE_PRODUCT,
    GroupMaturity,
    MatrixCell,
    MaturityGroup,
    OffTarget,
    RangeGap,
)
from workbook.diagnostics.segmentation_matrix.standing import CustomerStanding
from workbook.stats import Floats
from workbook.stats.data_table import DataTable
from workbook.stats.whole_order import distinct


def target_matrix(matrix: Matrix) -> tuple[MatrixCell, ...]:
    """Return segments x products: all columns of the targets, others where somebody uses them."""
    used = matrix.usage.used & (matrix.segment[matrix.usage.customer] >= 0)
    cell = (
        matrix.segment[matrix.usage.customer[used]] * matrix.products.n + matrix.usage.product[used]
    )
    count = len(matrix.segments) * matrix.products.n
    users = np.bincount(cell, minlength=count)
    amount = np.bincount(cell, weights=matrix.usage.amount[used], minlength=count)
    sizes = matrix.sizes
    return tuple(
        MatrixCell(
            segment=matrix.segments[at // matrix.products.n],
            product=matrix.products.names[at % matrix.products.n],
            need=NEEDS[matrix.need[divmod(at, matrix.products.n)]],
            customers=int(sizes[at // matrix.products.n]),
            users=int(users[at]) if matrix.usage.told else None,
            amount=float(amount[at]) if matrix.usage.told else None,
        )
        for at in range(count)
        if at % matrix.products.n < matrix.products.targeted or users[at]
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TargetCover:
    """Products of each customer: target ones in use, target ones, all in use."""

    covered: Ints
    wanted: Ints
    used: Ints

    @property
    def value(self) -> Floats:
        """Maturity 0-1, NaN where nothing is wanted."""
        none = np.full(len(self.wanted), np.nan)
        np.divide(self.covered, self.wanted, out=none, where=self.wanted > 0)
        return none


def cover(matrix: Matrix) -> TargetCover:
    """Count the products of each customer."""
    n, pairs = len(matrix.ids), matrix.used_pairs()
    customer, product = pairs // max(matrix.products.n, 1), pairs % max(matrix.products.n, 1)
    hit = matrix.need_of_pairs(customer, product) == TARGET
    # A customer without segment (-1) takes the last row: nothing is wanted of it.
    wanted = np.append((matrix.need == TARGET).sum(axis=1), 0)[matrix.segment]
    return TargetCover(
        covered=np.bincount(customer[hit], minlength=n),
        wanted=wanted if matrix.usage.told else np.zeros(n, dtype=np.int64),
        used=np.bincount(customer, minlength=n),
    )


_GROUPS = tuple(MaturityGroup)
"""Groups in the order of the codes of :class:`CustomerStanding`."""


def maturity(matrix: Matrix, standing: CustomerStanding) -> DataTable:
    """Return every customer's share of its target products in use, by customer code."""
    found = cover(matrix)
    columns = {
        "customer_id": pd.array(matrix.ids, dtype="str"),
        "segment": texts_at(matrix.segments, matrix.segment),
        "covered": found.covered,
        "wanted": found.wanted,
        "used": found.used,
        "value": found.value,
        "group": choices_at(_GROUPS, standing.codes),
    }
    return DataTable(MATURITY, pd.DataFrame(columns))


def group_maturity(matrix: Matrix, standing: CustomerStanding) -> tuple[GroupMaturity, ...]:
    """Return the maturity of each group of customers that there is.

    Raises
    ------
    ValueError
        When the groups do not hold every customer once.
    """
    rows, found = [], cover(matrix)
    for place, group in enumerate(_GROUPS):
        codes = np.flatnonzero(standing.codes == place)
        mean = mean_maturity(matrix, codes, found=found)
        if len(codes):
            rows.append(
                GroupMaturity(
                    group=group,
                    n=len(codes),
                    maturity_n=mean.n,
                    mean=mean.mean,
                    pooled=mean.pooled,
                )
            )
    if sum(row.n for row in rows) != len(matrix.ids):
        raise ValueError("groups of customers do not hold every customer once")
    return tuple(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanMaturity:
    """Maturity of all customers."""

    mean: float | None
    """Mean of the customers' shares."""
    pooled: float | None
    """Covered of wanted, summed over customers."""
    n: int
    excluded: int
    """Customers without segment or target products."""


def mean_maturity(
    matrix: Matrix, among: Ints | None = None, *, found: TargetCover | None = None
) -> MeanMaturity:
    """Return the mean and the pooled maturity of some customers (codes), of all by default.

    ``found`` is their cover, where it was counted before.
    """
    found = found or cover(matrix)
    codes = np.arange(len(matrix.ids)) if among is None else among
    wanted, covered = found.wanted[codes], found.covered[codes]
    counted = wanted > 0
    n = int(counted.sum())
    return MeanMaturity(
        mean=float(found.value[codes][counted].mean()) if n else None,
        pooled=float(covered[counted].sum() / wanted[counted].sum()) if n else None,
        n=n,
        excluded=len(codes) - n,
    )


def off_target(matrix: Matrix) -> tuple[OffTarget | None, DataTable]:
    """Return products in use that are neither target nor optional, largest amount first.

    Customers without segment, and of segments that the targets have no row for, are left out.
    """
    if not matrix.targets or not matrix.usage.told or not matrix.planned.any():
        return None, DataTable.empty(OFF_TARGET_USES)
    pairs = matrix.usage
    segment = matrix.segment[pairs.customer]
    off = pairs.used & (segment >= 0)
    off &= np.append(matrix.planned, False)[segment]
    off &= matrix.need_of_pairs(pairs.customer, pairs.product) == 0
    customer, product, amount = pairs.customer[off], pairs.product[off], pairs.amount[off]
    by_id, by_title = (
        ranks(np.array(names, dtype=object)) for names in (matrix.ids, matrix.products.names)
    )
    order = np.lexsort((by_title[product], by_id[customer], -amount))
    columns = {
        "customer_id": texts_at(matrix.ids, customer[order]),
        "segment": texts_at(matrix.segments, segment[off][order]),
        "product": texts_at(matrix.products.names, product[order]),
        "amount": amount[order],
    }
    buyers = distinct(customer, len(matrix.ids))
    total = OffTarget(n=len(amount), customers=len(buyers), amount=float(amount.sum()))
    return total, DataTable(OFF_TARGET_USES, pd.DataFrame(columns))


def range_gaps(matrix: Matrix) -> tuple[RangeGap, ...]:
    """Return products sold but meant for no segment, and target products never sold.

    They are shown, not raised: the matrix may be right and the range wrong, or the reverse.
    """
    if not matrix.targets or not matrix.usage.told:
        return ()
    wanted = matrix.need.max(axis=0, initial=0)
    buyers = np.bincount(matrix.usage.product, minlength=matrix.products.n)
    users = np.bincount(matrix.usage.product[matrix.usage.used], minlength=matrix.products.n)
    amount = np.bincount(
        matrix.usage.product, weights=matrix.usage.amount, minlength=matrix.products.n
    )
    wanted_by = ((matrix.need == TARGET) * matrix.sizes[:, np.newaxis]).sum(axis=0)
    sold = [
        RangeGap(
            product=name, kind="not_targeted", customers=int(users[at]), amount=float(amount[at])
        )
        for at, name in enumerate(matrix.products.names)
        if users[at] and not wanted[at]
    ]
    missing = [
        RangeGap(product=name, kind="not_sold", customers=int(wanted_by[at]), amount=0.0)
        for at, name in enumerate(matrix.products.names)
        if wanted[at] == TARGET and not buyers[at]
    ]
    return (
        *sorted(sold, key=lambda gap: (-gap.amount, gap.product)),
        *sorted(missing, key=lambda gap: (-gap.customers, gap.product)),
    )


def single_product(matrix: Matrix, turnover: Floats) -> DataTable:
    """Return customers with one product in use, largest turnover first.

    ``turnover`` is the net amount of each customer code in the window.
    """
    pairs = matrix.usage
    used = np.bincount(pairs.customer[pairs.used], minlength=len(matrix.ids))
    total = float(turnover.sum())
    one = pairs.used & (used == 1)[pairs.customer]
    customer, product = pairs.customer[one], pairs.product[one]
    names, amount = words_at(matrix.ids, customer), turnover[customer]
    order = np.lexsort((ranks(names), -amount))
    columns = {
        "customer_id": names[order],
        "product": words_at(matrix.products.names, product)[order],
        "amount": amount[order],
        "share": amount[order] / total if total > 0 else np.full(len(order), np.nan),
    }
    return DataTable(SINGLE_PRODUCT, pd.DataFrame(columns))


def products_per_customer(matrix: Matrix, active: Ints) -> float | None:
    """Return the mean number of products in use of some customers (codes)."""
    if not matrix.usage.told or not len(active):
        return None
    return float(cover(matrix).used[active].mean())
