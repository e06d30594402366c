"""The board: where every customer stands with every product, and what is due."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.segmentation_matrix.board_events import RANKED, SALE, Events
from workbook.diagnostics.segmentation_matrix.board_events import events as board_events
from workbook.diagnostics.segmentation_matrix.deals import OPEN, Deals, Words
from workbook.diagnostics.segmentation_matrix.deals_result import (
    PENDING,
    BoardCell,
    BoardCounts,
    BoardEvent,
    CellStatus,
)
from workbook.diagnostics.segmentation_matrix.ledger import Bools, Ints, Ledger
from workbook.diagnostics.segmentation_matrix.matrix import Matrix
from workbook.diagnostics.segmentation_matrix.months import back_days
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats import Floats

STATUSES = tuple(CellStatus)
_CODE = {status: code for code, status in enumerate(STATUSES)}


def board(
    facts: Matrix, ledger: Ledger, events: Deals | None, params: Params
) -> tuple[tuple[BoardCell, ...], tuple[BoardCounts, ...], tuple[BoardEvent, ...]]:
    """Return cells, their counts by status, and the events behind them.

    Cells are all target cells and all with a sale or an offer, by segment, customer and product.
    A product in use stays in use, and what came after its last sale is a mark on the cell.
    Otherwise the latest event decides; on one day contract before offer before refused.  An
    open deal is an offer, from the stage of the contract on a contract, as is a won deal.  The
    events are those of the offers and, in the same cells, the latest sale.  With neither sales
    of products nor offers everything is empty.
    """
    if not facts.usage.told and events is None:
        return (), (), ()
    found = board_events(facts, events)
    cells = _cells(facts, ledger, events, found=found, params=params)
    return cells, _counts(cells), tuple(_told(facts, events, found))


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


def _columns(facts: Matrix, found: Events) -> _Columns:
    latest = np.flatnonzero(np.append(found.cell[1:] != found.cell[:-1], True)[: len(found.cell)])
    told = found.cell[latest]
    deciding = _deciding_events(found, latest)
    later = np.where(deciding == latest, -1, latest)
    silent = np.setdiff1d(facts.target_pairs(), told, assume_unique=True)
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
    customer = cell // facts.products.n
    by_id = np.argsort(np.argsort(np.array(found.customers, dtype=object), kind="stable"))
    order = np.lexsort(
        (cell % facts.products.n, by_id[customer], _segment_order(facts, found)[customer])
    )
    return _Columns(cell=cell[order], status=status[order], at=at[order], mark=mark[order])


def _deciding_events(found: Events, latest: Ints) -> Ints:
    """Return the event that decides each cell: the sale of a product in use, else the latest."""
    deciding = latest.copy()
    in_use = np.flatnonzero((found.row == SALE) & found.used)
    deciding[np.searchsorted(found.cell[latest], found.cell[in_use])] = in_use
    return deciding


def _segment_order(facts: Matrix, found: Events) -> Ints:
    """Return the place of each customer's segment, customers without one last."""
    others = np.full(len(found.customers) - len(facts.ids), -1, dtype=np.int64)
    segment = np.concatenate([facts.segment, others])
    return np.where(segment < 0, len(facts.segments), segment)


def _cells(
    facts: Matrix, ledger: Ledger, deals: Deals | None, *, found: Events, params: Params
) -> tuple[BoardCell, ...]:
    made, products = _columns(facts, found), facts.products.n
    customer, product = made.cell // products, made.cell % products
    names = np.array(found.customers, dtype=object)
    segments = np.array([*facts.segments, None], dtype=object)
    columns = {
        "customer_id": names[customer],
        "product": np.array(facts.products.names, dtype=object)[product],
        "status": np.array(STATUSES, dtype=object)[made.status],
        "segment": segments[_segment_order(facts, found)[customer]],
        **_deciding(deals, found, made, params),
        **_due(deals, found, made, ledger=ledger, told=facts.usage.told),
    }
    responsible = _responsible(ledger, len(found.customers))[customer]
    columns["manager"] = np.where(columns["manager"] == "", responsible, columns["manager"])
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return tuple(BoardCell(**dict(zip(columns, row, strict=True))) for row in rows)


def _responsible(ledger: Ledger, n: int) -> Words:
    """Return the manager of each customer code, None where nobody is known."""
    managers = np.array([*ledger.managers, None], dtype=object)
    found = np.full(n, None, dtype=object)
    found[: ledger.n] = managers[ledger.manager_now]
    return found


def _rows(found: Events, made: _Columns) -> Ints:
    """Return the row of the deals to tell of in each cell, -1 where there is none."""
    return np.where(made.deal >= 0, np.append(found.row, SALE)[made.deal], SALE)


def _codes(found: Events, made: _Columns) -> Ints:
    """Return the status of the deal to tell of in each cell, of the cell where there is none."""
    ranked = np.array([_CODE[status] for status in RANKED])[np.append(found.rank, 0)[made.mark]]
    return np.where(made.mark >= 0, ranked, made.status)


def _deciding(
    deals: Deals | None, found: Events, made: _Columns, params: Params
) -> dict[str, Words]:
    """Return what the deciding event says of each cell, and the mark where there is one."""
    rows, marked = _rows(found, made), made.mark >= 0
    codes, refused = _codes(found, made), made.status == _CODE[CellStatus.REFUSED]
    day, mark_day = (np.append(found.day, np.datetime64("NaT", "D"))[at] for at in _events(made))
    sold, offered = (np.append(found.amount, np.nan)[at] for at in _events(made))
    again = np.where(refused, back_days(day, -params.reoffer_months), np.datetime64("NaT", "D"))
    blank = np.full(len(rows), "", dtype=object)
    manager, reason, stage = blank, blank, blank
    if deals is not None:
        manager = np.append(deals.manager, "")[rows]
        said_no = codes == _CODE[CellStatus.REFUSED]
        reason = np.where(said_no, np.append(deals.reason, "")[rows], "")
        stage = np.append(_stages(deals), "")[rows]
    return {
        "date": day.astype(object),
        "reoffer": again.astype("datetime64[D]").astype(object),
        "amount": _known(sold),
        "manager": manager,
        "reason": _without(reason, reason == ""),
        "stage": _without(stage, stage == ""),
        "mark": _without(np.array(STATUSES, dtype=object)[codes], ~marked),
        "mark_date": mark_day.astype(object),
        "mark_amount": _known(offered),
    }


def _events(made: _Columns) -> tuple[Ints, Ints]:
    """Return the deciding events and the marks; -1 takes the blank that stands last."""
    return made.at, made.mark


def _due(
    deals: Deals | None, found: Events, made: _Columns, *, ledger: Ledger, told: bool
) -> dict[str, Words]:
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
    days = (np.datetime64(ledger.as_of, "D") - due).astype(np.int64).astype(object)
    return {
        "due_date": due.astype(object),
        "overdue": late.astype(object),
        "overdue_days": _without(days, ~late),
        "no_next_step": (is_open & np.isnat(due)).astype(object),
    }


def _known(values: Floats) -> Words:
    """Return numbers, None where there is none."""
    return _without(values.astype(object), np.isnan(values))


def _without(values: Words, blank: Bools) -> Words:
    """Return the values, None where blank."""
    found = values.copy()
    found[blank] = None
    return found


def _stages(deals: Deals) -> Words:
    """Return the stage of each event, ``""`` where it was never recorded."""
    return np.array([*deals.stages.names, ""], dtype=object)[deals.stages.codes]


def _counts(cells: tuple[BoardCell, ...]) -> tuple[BoardCounts, ...]:
    """Return the statuses that there are, in order."""
    counts = {status: [0, 0, 0, 0] for status in STATUSES}
    for cell in cells:
        found = counts[cell.status]
        found[0] += 1
        found[1] += cell.mark is not None
        found[2] += cell.overdue
        found[3] += cell.no_next_step
    return tuple(
        BoardCounts(status=s, n=n, marked=marked, overdue=overdue, no_next_step=no_next_step)
        for s, (n, marked, overdue, no_next_step) in counts.items()
        if n
    )


def _told(facts: Matrix, deals: Deals | None, found: Events) -> Iterator[BoardEvent]:
    """Yield the events of the offers, and of sales the latest where there was an offer too."""
    if deals is None:
        return
    offered = np.unique(found.cell[found.row >= 0])
    shown = np.flatnonzero(np.isin(found.cell, offered))
    rows, cell = found.row[shown], found.cell[shown]
    words = (
        np.append(column, "")[rows].tolist()
        for column in (_stages(deals), deals.reason, deals.manager, deals.number)
    )
    columns = (
        cell.tolist(),
        found.rank[shown].tolist(),
        found.day[shown].astype(object).tolist(),
        _known(found.amount[shown]).tolist(),
        *words,
    )
    for at, rank, day, amount, stage, reason, manager, number in zip(*columns, strict=True):
        yield BoardEvent(
            customer_id=found.customers[at // facts.products.n],
            product=facts.products.names[at % facts.products.n],
            date=day,
            event=RANKED[rank],
            stage=stage or None,
            reason=reason or None,
            manager=manager or None,
            amount=amount,
            deal_id=number or None,
        )
