"""Control points: what was done, late, or is overdue, by point and by manager."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import as_date, day_number, days, natural, texts
from workbook.diagnostics.customer_ledger.months import Days
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ledger
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import Words, or_none, ranks
from workbook.diagnostics.segmentation_matrix.deals import OPEN, Deals
from workbook.diagnostics.segmentation_matrix.deals_result import (
    OVERDUE_POINTS,
    ControlPoint,
    ManagerPoints,
)
from workbook.diagnostics.segmentation_matrix.differences import more_overdue
from workbook.diagnostics.segmentation_matrix.registers import told_until
from workbook.stats import Floats
from workbook.stats.data_table import DataTable


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """Control points by row."""

    customer: Words
    point: Words
    product: Words
    manager: Words
    """On the row, else responsible for the customer; ``""``: nobody."""
    due: Floats
    """Days since 1970-01-01, NaN where blank."""
    done: Floats
    """NaN: not done by the as-of date."""
    as_of: int

    @property
    def late(self) -> Bools:
        """Done after the due date."""
        return np.asarray(self.done > self.due, dtype=bool)

    @property
    def by_now(self) -> Bools:
        """Due before the as-of date: what can be overdue."""
        return np.asarray(self.due < self.as_of, dtype=bool)

    @property
    def overdue(self) -> Bools:
        """Not done, and due before the as-of date."""
        return np.asarray(np.isnan(self.done) & self.by_now, dtype=bool)


def points(inputs: Inputs, ledger: Ledger) -> Points | None:
    """Return the control points; None without a table of them.

    Those that were due and done by the day up to which the last report told of them are its own.
    """
    table = inputs.tables.get("control_points")
    if table is None:
        return None
    as_of = day_number(inputs.as_of)
    told = told_until(inputs, "control_points")
    if told is not None:
        past = day_number(told)
        later = (days(table, "due_date") > past) | ~(days(table, "done_date") <= past)
        table = table.loc[later]
    done = days(table, "done_date")
    customer = texts(table, "customer_id").to_numpy(dtype=object)
    own = texts(table, "manager").to_numpy(dtype=object)
    return Points(
        customer=customer,
        point=_one_spelling(texts(table, "point")),
        product=texts(table, "product").to_numpy(dtype=object),
        manager=np.where(own == "", responsible(ledger, customer), own),
        due=days(table, "due_date"),
        done=np.where(done <= as_of, done, np.nan),
        as_of=as_of,
    )


def responsible(ledger: Ledger, customers: Words) -> Words:
    """Return the manager responsible for each customer now, ``""`` where nobody is known."""
    known = pd.Index(ledger.customers, dtype=object).get_indexer(pd.Index(customers, dtype=object))
    names = np.array([*ledger.managers, ""], dtype=object)
    return np.asarray(names[np.append(ledger.manager_now, -1)[known]], dtype=object)


def _one_spelling(cells: "pd.Series[str]") -> Words:
    """Return the points under one spelling where they differ by case or spaces only."""
    folded = cells.map(lambda cell: " ".join(cell.casefold().split()))
    spelt: dict[str, str] = {}
    for cell in sorted(cells.unique()):
        spelt.setdefault(" ".join(cell.casefold().split()), cell)
    return folded.map(spelt).to_numpy(dtype=object)


def control_points(found: Points | None) -> tuple[ControlPoint, ...]:
    """Return the kinds of control points, most overdue first."""
    if found is None:
        return ()
    rows = [_point(found, name, found.point == name) for name in np.unique(found.point)]
    return tuple(sorted(rows, key=lambda p: (-p.overdue, -p.n, natural(p.point))))


def _point(found: Points, name: str, here: Bools) -> ControlPoint:
    late = here & found.late
    delays = (found.done - found.due)[late]
    return ControlPoint(
        point=name,
        n=int(here.sum()),
        due=int((here & found.by_now).sum()),
        done=int((here & ~np.isnan(found.done)).sum()),
        late=int(late.sum()),
        overdue=int((here & found.overdue).sum()),
        median_late_days=float(np.median(delays)) if len(delays) else None,
    )


def overdue_points(found: Points | None) -> DataTable:
    """Return what is overdue, oldest first."""
    if found is None:
        return DataTable.empty(OVERDUE_POINTS)
    late = np.flatnonzero(found.overdue)
    due = found.due[late].astype(np.int64)
    words = (found.product[late], found.point[late], found.customer[late])
    at = np.lexsort((*map(ranks, words), due))
    columns = {
        "customer_id": found.customer[late][at],
        "point": found.point[late][at],
        "due_date": due[at].astype("datetime64[D]"),
        "days": found.as_of - due[at],
        "manager": or_none(found.manager[late][at]),
        "product": or_none(found.product[late][at]),
    }
    return DataTable(OVERDUE_POINTS, pd.DataFrame(columns))


def manager_points(
    found: Points | None, events: Deals | None, ledger: Ledger
) -> tuple[ManagerPoints, ...]:
    """Return what is due by manager: control points and open offers, most overdue first.

    The last row is of what nobody is responsible for.
    """
    points_of = np.array([], dtype=object) if found is None else found.manager
    offers_of, due = _open_offers(events, ledger)
    names = sorted({*map(str, points_of), *map(str, offers_of)}, key=natural)
    today = np.datetime64(ledger.as_of, "D")
    p_values = {} if found is None else _differing(found)
    rows = []
    for name in names:
        mine, open_due = points_of == name, due[offers_of == name]
        nobody = np.zeros(len(points_of), dtype=bool)
        overdue = mine & found.overdue if found is not None else nobody
        by_now = mine & found.by_now if found is not None else nobody
        n, late = int(mine.sum()), int(overdue.sum())
        rows.append(
            ManagerPoints(
                manager=name or None,
                n=n,
                due=int(by_now.sum()),
                overdue=late,
                overdue_share=late / n if n else None,
                oldest=as_date(found.due[overdue].min()) if found is not None and late else None,
                overdue_offers=int((open_due < today).sum()),
                no_next_step=int(np.isnat(open_due).sum()),
                p_value=p_values.get(name),
            )
        )
    return tuple(
        sorted(
            rows,
            key=lambda m: (m.manager is None, -m.overdue - m.overdue_offers, -m.no_next_step),
        )
    )


def _differing(found: Points) -> Mapping[str, float]:
    due = found.by_now
    return more_overdue(
        found.overdue[due], manager=found.manager[due], customer=found.customer[due]
    )


def _open_offers(events: Deals | None, ledger: Ledger) -> tuple[Words, Days]:
    """Return manager and due date of each open deal."""
    if events is None:
        return np.array([], dtype=object), np.array([], dtype="datetime64[D]")
    rows = np.flatnonzero(events.last & (events.status == OPEN))
    own = events.manager[rows]
    return np.where(own == "", responsible(ledger, events.customer[rows]), own), events.due[rows]
