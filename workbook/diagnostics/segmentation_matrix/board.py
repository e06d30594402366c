"""The board: where every customer stands with every product, and what is due."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.customer_ledger.months import back_days
from workbook.diagnostics.customer_ledger.sales_ledger import Ints, Ledger
from workbook.diagnostics.names import Texts, Words, choices_at, or_none, ranks, texts_at, words_at
from workbook.diagnostics.segmentation_matrix.board_events import RANKED, SALE, Events
from workbook.diagnostics.segmentation_matrix.board_events import events as board_events
from workbook.diagnostics.segmentation_matrix.deals import OPEN, Deals
from workbook.diagnostics.segmentation_matrix.deals_result import (
    BOARD,
    BOARD_EVENTS,
    PENDING,
    BoardCounts,
    CellStatus,
)
from workbook.diagnostics.segmentation_matrix.matrix import Matrix
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats.data_table import DataTable
from workbook.stats.whole_order import order_by, without

STATUSES = tuple(CellStatus)
_CODE = {status: code for code, status in enumerate(STATUSES)}


def board(
    matrix: Matrix, ledger: Ledger, events: Deals | None, params: Params
) -> tuple[DataTable, tuple[BoardCounts, ...], DataTable]:
    """Return cells, their counts by status, and the events behind them.

    Cells are all target cells and all with a sale or an offer, by segment, customer and product.
    A product in use stays in use, and what came after its last sale is a mark on the cell.
    Otherwise the latest event decides; on one day contract before offer before refused.  An
    open deal is an offer, from the stage of the contract on a contract, as is a won deal.  The
    events are those of the offers and, in the same cells, the latest sale.  With neither sales
    of products nor offers everything is empty.
    """
    if not matrix.usage.told and events is None:
        return DataTable.empty(BOARD), (), DataTable.empty(BOARD_EVENTS)
    found = board_events(matrix, events)
    cells = _cells(matrix, ledger, events, found=found, params=params)
    return cells, _counts(cells), _told(matrix, events, found)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Columns:
    """Cells column by column."""

    cell: Ints
    status: Ints
    at: Ints
    """Deciding event, -1: none."""
    mark: Ints
    """Event after the last sale of a product in use, -1: none."""

    @property
    def deal(self) -> Ints:
        """Event of the deal to tell of: the mark's, else the deciding one."""
        return np.where(self.mark >= 0, self.mark, self.at)


def _columns(matrix: Matrix, found: Events) -> _Columns:
    latest = np.flatnonzero(np.append(found.cell[1:] != found.cell[:-1], True)[: len(found.cell)])
    told = found.cell[latest]
    deciding = _deciding_events(found, latest)
    # What came after the last sale does not end the use: it becomes a mark on the cell.
    later = np.where(deciding == latest, -1, latest)
    size = len(found.customers) * matrix.products.n
    silent = without(matrix.target_pairs(), told, size)
    code = np.array([_CODE[status] for status in RANKED])[found.rank[deciding]]
    lapsed = (found.row[deciding] == SALE) & ~found.used[deciding]
    status = np.concatenate(
        [
            np.where(lapsed, _CODE[CellStatus.LAPSED], code),
            np.full(len(silent), _CODE[CellStatus.NOT_OFFERED]),
        ]
    )
    cell = np.concatenate([told, silent])
    nothing = np.full(len(silent), -1)
    at, mark = (np.concatenate([events, nothing]) for events in (deciding, later))
    customer = cell // matrix.products.n
    by_id = ranks(np.array(found.customers, dtype=object))
    segment = _segment_order(matrix, found)
    order = order_by(segment[customer], by_id[customer], cell % matrix.products.n)
    return _Columns(cell=cell[order], status=status[order], at=at[order], mark=mark[order])


def _deciding_events(found: Events, latest: Ints) -> Ints:
    """Return the event that decides each cell: the sale of a product in use, else the latest."""
    deciding = latest.copy()
    in_use = np.flatnonzero((found.row == SALE) & found.used)
    deciding[np.searchsorted(found.cell[latest], found.cell[in_use])] = in_use
    return deciding


def _segment_order(matrix: Matrix, found: Events) -> Ints:
    """Return the place of each customer's segment, customers without one last."""
    others = np.full(len(found.customers) - len(matrix.ids), -1, dtype=np.int64)
    segment = np.concatenate([matrix.segment, others])
    return np.where(segment < 0, len(matrix.segments), segment)


def _cells(
    matrix: Matrix, ledger: Ledger, deals: Deals | None, *, found: Events, params: Params
) -> DataTable:
    made, products = _columns(matrix, found), matrix.products.n
    customer, product = made.cell // products, made.cell % products
    deciding = _deciding(deals, found, made, params)
    segment = _segment_order(matrix, found)[customer]
    columns = {
        "customer_id": texts_at(found.customers, customer),
        "product": texts_at(matrix.products.names, product),
        "status": choices_at(STATUSES, made.status),
        "segment": texts_at(matrix.segments, np.where(segment < len(matrix.segments), segment, -1)),
        **deciding,
        "manager": _manager(ledger, deals, found, made, products=products),
        **_due(deals, found, made, ledger=ledger, told=matrix.usage.told),
    }
    # Every column has the length of the cells, in the order that the declaration gives.
    return DataTable(BOARD, pd.DataFrame({c.name: columns[c.name] for c in BOARD}))


def _manager(
    ledger: Ledger, deals: Deals | None, found: Events, made: _Columns, *, products: int
) -> Texts | Words:
    """Return the manager of each cell: of the deal to tell of, else who is responsible."""
    unknown = np.full(len(found.customers) - ledger.n, -1, dtype=np.int64)
    code = np.concatenate([ledger.manager_now, unknown])[made.cell // products]
    if deals is None:
        return texts_at(ledger.managers, code)
    given = np.append(deals.manager, "")[_rows(found, made)]
    return np.where(given == "", words_at(ledger.managers, code), given)


def _rows(found: Events, made: _Columns) -> Ints:
    """Return the row of the deals to tell of in each cell, -1 where there is none."""
    return np.where(made.deal >= 0, np.append(found.row, SALE)[made.deal], SALE)


def _codes(found: Events, made: _Columns) -> Ints:
    """Return the status of the deal to tell of in each cell, of the cell where there is none."""
    ranked = np.array([_CODE[status] for status in RANKED])[np.append(found.rank, 0)[made.mark]]
    return np.where(made.mark >= 0, ranked, made.status)


def _deciding(deals: Deals | None, found: Events, made: _Columns, params: Params) -> dict[str, Any]:
    """Return what the deciding event says of each cell, and the mark where there is one."""
    rows, marked = _rows(found, made), made.mark >= 0
    codes, refused = _codes(found, made), made.status == _CODE[CellStatus.REFUSED]
    day, mark_day = (np.append(found.day, np.datetime64("NaT", "D"))[at] for at in _events(made))
    sold, offered = (np.append(found.amount, np.nan)[at] for at in _events(made))
    again = np.full(len(day), np.datetime64("NaT", "D"))
    again[refused] = back_days(day[refused], -params.reoffer_months)
    nothing = np.full(len(rows), -1, dtype=np.int64)
    reason: Texts | Words = texts_at((), nothing)
    stage = reason
    if deals is not None:
        said_no = codes == _CODE[CellStatus.REFUSED]
        reason = or_none(np.where(said_no, np.append(deals.reason, "")[rows], ""))
        stage = or_none(np.append(_stages(deals), "")[rows])
    return {
        "date": day,
        "reoffer": again,
        "amount": sold,
        "reason": reason,
        "stage": stage,
        "mark": choices_at(STATUSES, np.where(marked, codes, -1)),
        "mark_date": mark_day,
        "mark_amount": offered,
    }


def _events(made: _Columns) -> tuple[Ints, Ints]:
    """Return the deciding events and the marks; -1 takes the blank that stands last."""
    return made.at, made.mark


def _due(
    deals: Deals | None, found: Events, made: _Columns, *, ledger: Ledger, told: bool
) -> dict[str, npt.NDArray[Any]]:
    """Return due dates and what they say, of offers and contracts only.

    An open deal is overdue after its due date.  A won one is only where sales could have shown
    (``told``) that it was settled, and do not.
    """
    rows = _rows(found, made)
    pending = (rows >= 0) & np.isin(_codes(found, made), [_CODE[s] for s in PENDING])
    due = np.full(len(rows), np.datetime64("NaT", "D"))
    is_open = np.zeros(len(rows), dtype=bool)
    if deals is not None:
        due[pending] = deals.due[rows[pending]]
        is_open[pending] = deals.status[rows[pending]] == OPEN
    late = (due < np.datetime64(ledger.as_of, "D")) & (is_open | told)
    days = (np.datetime64(ledger.as_of, "D") - due).astype(np.int64)
    return {
        "due_date": due,
        "overdue": late,
        "overdue_days": np.where(late, days, np.nan),
        "no_next_step": is_open & np.isnat(due),
    }


def _stages(deals: Deals) -> Words:
    """Return the stage of each event, ``""`` where it was never recorded."""
    return np.array([*deals.stages.names, ""], dtype=object)[deals.stages.codes]


def _counts(cells: DataTable) -> tuple[BoardCounts, ...]:
    """Return the statuses that there are, in order."""
    found = []
    for status in STATUSES:
        here = cells["status"] == status
        n = int(here.sum())
        if n:
            marked, overdue, no_next_step = (
                int((here & told).sum())
                for told in (cells["mark"].notna(), cells["overdue"], cells["no_next_step"])
            )
            found.append(
                BoardCounts(
                    status=status, n=n, marked=marked, overdue=overdue, no_next_step=no_next_step
                )
            )
    return tuple(found)


def _told(matrix: Matrix, deals: Deals | None, found: Events) -> DataTable:
    """Return the events of the offers, and of sales the latest where there was an offer too."""
    if deals is None:
        return DataTable.empty(BOARD_EVENTS)
    offered = np.unique(found.cell[found.row >= 0])
    shown = np.flatnonzero(np.isin(found.cell, offered))
    rows, cell = found.row[shown], found.cell[shown]
    stage, reason, manager, number = (
        or_none(np.append(column, "")[rows])
        for column in (_stages(deals), deals.reason, deals.manager, deals.number)
    )
    columns = {
        "customer_id": words_at(found.customers, cell // matrix.products.n),
        "product": words_at(matrix.products.names, cell % matrix.products.n),
        "date": found.day[shown],
        "event": words_at(RANKED, found.rank[shown]),
        "stage": stage,
        "reason": reason,
        "manager": manager,
        "amount": found.amount[shown],
        "deal_id": number,
    }
    return DataTable(BOARD_EVENTS, pd.DataFrame(columns))
