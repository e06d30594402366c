"""Events of the board: sales and offers of each cell, the deciding one last."""

from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.customer_ledger.months import Days
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints
from workbook.diagnostics.segmentation_matrix.deals import LOST, WON, Deals
from workbook.diagnostics.segmentation_matrix.deals_result import CellStatus
from workbook.diagnostics.segmentation_matrix.matrix import Matrix
from workbook.stats import Floats
from workbook.stats.whole_order import order_by

RANKED = (CellStatus.REFUSED, CellStatus.OFFER, CellStatus.CONTRACT, CellStatus.IN_USE)
"""Of events on one day the later here wins."""
_RANK = {status: rank for rank, status in enumerate(RANKED)}
SALE = -1
"""Row of a sale, which is no row of the deals."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Events:
    """Events of cells, sorted so that the last of a cell decides it."""

    customers: tuple[str, ...]
    """Customers by code: the known ones, then those only in offers."""
    cell: Ints
    """Customer code times number of products plus product code."""
    rank: Ints
    day: Days
    row: Ints
    """Row of the deals; -1: the latest sale."""
    used: Bools
    """Of a sale: within the window of use."""
    amount: Floats


def events(matrix: Matrix, deals: Deals | None) -> Events:
    """Return the latest sale and every offer of each cell."""
    sold, customers = matrix.usage, matrix.ids
    cell, day, used, amount = sold.pair, sold.last, sold.used, sold.amount
    rank = np.full(len(cell), _RANK[CellStatus.IN_USE], dtype=np.int64)
    row = np.full(len(cell), SALE, dtype=np.int64)
    stage = np.full(len(cell), SALE, dtype=np.int64)
    if deals is not None:
        customers, where, offered = _placed(matrix, deals)
        cell = np.concatenate([cell, offered])
        rank = np.concatenate([rank, _ranks(deals)[where]])
        row = np.concatenate([row, where])
        day = np.concatenate([day, deals.day[where]])
        used = np.concatenate([used, np.zeros(len(where), dtype=bool)])
        worth = np.where(np.isnan(deals.amount), deals.worth[deals.deal], deals.amount)
        amount = np.concatenate([amount, worth[where]])
        stage = np.concatenate([stage, deals.stages.codes[where]])
    when = day.astype("datetime64[D]").astype(np.int64)
    when[np.isnat(day)] = np.iinfo(np.int32).max  # after every known day
    order = order_by(cell, when, rank, stage, row)
    return Events(
        customers=customers,
        cell=cell[order],
        rank=rank[order],
        day=day[order],
        row=row[order],
        used=used[order],
        amount=amount[order],
    )


def _placed(matrix: Matrix, deals: Deals) -> tuple[tuple[str, ...], Ints, Ints]:
    """Return all customers, the rows of deals with customer and product, and their cells."""
    place = {name: code for code, name in enumerate(matrix.ids)}
    extra = sorted({str(name) for name in deals.customer.tolist()} - place.keys() - {""})
    place |= {name: len(matrix.ids) + at for at, name in enumerate(extra)}
    customer = np.array([place.get(str(n), -1) for n in deals.customer.tolist()], dtype=np.int64)
    product = matrix.products.codes(str(name) for name in deals.product.tolist())
    where = np.flatnonzero((customer >= 0) & (product >= 0))
    cell = customer[where] * matrix.products.n + product[where]
    return (*matrix.ids, *extra), where, cell


def _ranks(deals: Deals) -> Ints:
    """Return what each event of a deal makes of its cell."""
    contract = (deals.status == WON) | deals.stages.by_contract
    return np.where(
        deals.status == LOST,
        _RANK[CellStatus.REFUSED],
        np.where(contract, _RANK[CellStatus.CONTRACT], _RANK[CellStatus.OFFER]),
    ).astype(np.int64)
