"""KPI tables by manager that reconcile to the total."""

from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.customer_ledger.abc_classes import sums
from workbook.diagnostics.customer_ledger.months import Span
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.diagnostics.customer_ledger.states import Marks
from workbook.diagnostics.segmentation_matrix import lifecycle
from workbook.diagnostics.segmentation_matrix.kpi_result import ManagerKpi, OnlyRepeat
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.sale_kinds import SaleKind, SaleKinds, Tally, tally


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ManagerTables:
    """Sums and counts by manager, the last place for what nobody is named for."""

    statuses: Ints
    """Shape (managers + 1, statuses) at the end, in the order of :data:`lifecycle.ORDER`."""
    lost: Ints
    """Customers lost at the end and not at the beginning."""
    renewed: Ints
    """Customers lost at the beginning and not at the end."""
    customers: Ints
    primary: Tally
    repeat: Tally
    new_direction: Tally
    returns: Ints
    total: Ints


def manager_tables(
    ledger: Ledger, found: SaleKinds, window: Span, *, marks: Marks, opening: Marks
) -> ManagerTables:
    """Return the tables of one window; sales by document, statuses by the manager of today.

    Lost and renewed are flows of the window: who is lost at its end and was not at its beginning,
    and the other way round, so that the stock of lost customers changes by their difference.

    Parameters
    ----------
    marks, opening
        Statuses at the end and at the beginning of the window.

    Raises
    ------
    ValueError
        When the parts do not add up to what was sold in the window, or the flows not to the
        change of the stock.
    """
    n = len(ledger.managers) + 1
    lines = ledger.within(window)
    # The unassigned are one owner more, the last, so that the totals reconcile.
    seller = np.where(found.manager >= 0, found.manager, n - 1)
    keeper = np.where(ledger.manager_now >= 0, ledger.manager_now, n - 1)
    returned = lines & (found.kind == SaleKind.RETURN)
    is_lost, was_lost = marks == lifecycle.LOST, opening == lifecycle.LOST
    tables = ManagerTables(
        statuses=_statuses(keeper, marks, n),
        lost=np.bincount(keeper[is_lost & ~was_lost], minlength=n),
        renewed=np.bincount(keeper[was_lost & ~is_lost], minlength=n),
        customers=np.bincount(keeper[marks >= 0], minlength=n),
        primary=_tally(ledger, found, SaleKind.PRIMARY, seller=seller, lines=lines),
        repeat=_tally(ledger, found, SaleKind.REPEAT, seller=seller, lines=lines),
        new_direction=_tally(ledger, found, SaleKind.NEW_DIRECTION, seller=seller, lines=lines),
        returns=sums(seller[returned], ledger.amount[returned], n),
        total=sums(seller[lines], ledger.amount[lines], n),
    )
    _reconcile(tables, int(ledger.amount[lines].sum()))
    flow = int(tables.lost.sum()) - int(tables.renewed.sum())
    if flow != int(is_lost.sum()) - int(was_lost.sum()):
        raise ValueError(f"the stock of lost customers does not change by {flow}")
    return tables


def _tally(
    ledger: Ledger, found: SaleKinds, kind: SaleKind, *, seller: Ints, lines: Bools
) -> Tally:
    return tally(ledger, found, kind, owner=seller, n=len(ledger.managers) + 1, lines=lines)


def _statuses(keeper: Ints, marks: Marks, n: int) -> Ints:
    kinds = len(lifecycle.ORDER)
    known = marks >= 0
    cells = np.bincount(keeper[known] * kinds + marks[known], minlength=n * kinds)
    return cells.reshape(n, kinds)


def _reconcile(tables: ManagerTables, total: int) -> None:
    parts = tables.primary.units + tables.repeat.units + tables.new_direction.units + tables.returns
    if int(tables.total.sum()) != total or not np.array_equal(parts, tables.total):
        raise ValueError(f"managers sold {int(parts.sum())} units of {total}")


def manager_kpis(
    ledger: Ledger, now: ManagerTables, before: ManagerTables | None
) -> tuple[tuple[ManagerKpi, ...], ManagerKpi]:
    """Return the managers, largest total first and the unassigned last, and their total.

    Managers without a customer and without a sale in either window are left out.
    """
    last = len(ledger.managers)
    earlier = None if before is None else before.total
    alive = (now.customers > 0) | (now.total != 0) | (now.returns != 0)
    alive |= now.primary.units + now.repeat.units + now.new_direction.units != 0
    if earlier is not None:
        alive |= earlier != 0
    order = sorted(np.flatnonzero(alive[:last]).tolist(), key=lambda k: (-now.total[k], k))
    rows = [_kpi(ledger, now, earlier, [k], ledger.managers[k]) for k in order]
    if alive[last]:
        rows.append(_kpi(ledger, now, earlier, [last], None))
    return tuple(rows), _kpi(ledger, now, earlier, list(range(last + 1)), None)


def _kpi(
    ledger: Ledger, now: ManagerTables, earlier: Ints | None, at: list[int], name: str | None
) -> ManagerKpi:
    def units(values: Ints) -> float:
        return ledger.money(int(values[at].sum()))

    statuses = now.statuses[at].sum(axis=0).tolist()
    total = units(now.total)
    before = None if earlier is None else units(earlier)
    return ManagerKpi(
        manager=name,
        potential=statuses[lifecycle.POTENTIAL],
        primary=int(now.primary.documents[at].sum()),
        lost=int(now.lost[at].sum()),
        lost_stock=statuses[lifecycle.LOST],
        renewed=int(now.renewed[at].sum()),
        customers=int(now.customers[at].sum()),
        primary_sum=units(now.primary.units),
        repeat=int(now.repeat.sales[at].sum()),
        repeat_sum=units(now.repeat.units),
        new_direction=int(now.new_direction.sales[at].sum()),
        new_direction_sum=units(now.new_direction.units),
        returns_sum=units(now.returns),
        total=total,
        total_before=before,
        growth=total / before - 1 if before and before > 0 else None,
    )


def only_repeat(
    ledger: Ledger, params: Params, *, now: ManagerTables, before: ManagerTables
) -> tuple[OnlyRepeat, ...]:
    """Return managers whose growth is repeat sales alone, largest growth first.

    The total grew, first sales and new directions together did not, and repeat sales are more
    than ``Params.only_repeat_share`` of the three.  A count of the manager's own sales, not a
    comparison with others.
    """
    found = []
    for k, name in enumerate(ledger.managers):
        new = int(now.primary.units[k] + now.new_direction.units[k])
        new_before = int(before.primary.units[k] + before.new_direction.units[k])
        repeat = int(now.repeat.units[k])
        growth = int(now.total[k] - before.total[k])
        if growth <= 0 or new > new_before or repeat <= params.only_repeat_share * (repeat + new):
            continue
        found.append(
            OnlyRepeat(
                manager=name,
                growth=ledger.money(growth),
                repeat_growth=ledger.money(repeat - int(before.repeat.units[k])),
                primary_sum=ledger.money(int(now.primary.units[k])),
                new_direction_sum=ledger.money(int(now.new_direction.units[k])),
                repeat_share=repeat / (repeat + new),
                repeat=int(now.repeat.sales[k]),
                customers=int(now.customers[k]),
                enough=int(now.repeat.sales[k]) >= params.min_manager_sales,
            )
        )
    return tuple(sorted(found, key=lambda row: (-row.growth, row.manager)))
