"""Customers' next dates: open offers, control points, ends of contracts, answers to complaints.

Every manager gets the list of his own; what is past is overdue.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import day_number, days, natural, texts
from workbook.diagnostics.customer_ledger.months import Days, back
from workbook.diagnostics.customer_ledger.purchases import purchases
from workbook.diagnostics.customer_ledger.sales_ledger import Ledger
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import Words, or_none, words_at
from workbook.diagnostics.segmentation_matrix.control_points import Points, responsible
from workbook.diagnostics.segmentation_matrix.deals import OPEN, Deals
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats import Floats
from workbook.stats.data_table import DataTable, choice, day, flag, text, whole


class DateKind(StrEnum):
    """What is due on a customer's next date."""

    OFFER = "offer"
    """The next step of an open deal."""
    POINT = "point"
    """A control point that is not done."""
    CONTRACT = "contract"
    """The last day of the contract."""
    COMPLAINT = "complaint"
    """The day by which an open complaint is to be answered."""


NEXT_DATES = (
    text("customer_id", "A customer with something due."),
    text("name", "Its name, where the table of customers knows it.", optional=True),
    text("manager", "Who is to act; empty where nobody is assigned.", optional=True),
    day("date", "When it is due."),
    choice("kind", "What is due.", DateKind),
    text("what", "Stage of the deal, the control point, category of the complaint.", optional=True),
    text("product", "What it is about.", optional=True),
    text("number", "Of the deal or complaint.", optional=True),
    flag("overdue", "The date lies before the as-of date."),
    whole("days", "To the date from the as-of date; below 0: overdue.", unit="days"),
)
"""Columns of ``Result.next_dates``: by manager and date, what nobody is assigned to last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerDates:
    """How many dates one manager has."""

    manager: str | None
    overdue: int
    soon: int
    """Within ``Params.soon_days`` from the as-of date, that day included."""
    later: int
    next: date | None
    """The first that is not overdue."""


def next_dates(
    inputs: Inputs,
    ledger: Ledger,
    params: Params,
    *,
    events: Deals | None,
    points: Points | None,
) -> DataTable:
    """Return what is due for customers, by manager and date.

    Dates are of open deals with a due date, control points that are not done, ends of contracts
    and open complaints (the day of the complaint plus ``Params.complaint_days``).  A contract
    that has ended is a date only while it can still be renewed: its customer has bought since,
    or it ended within the lifecycle window.  Without dates of closing nobody can say which
    complaints are open, and they have no date.
    """
    parts = (
        _offers(ledger, events),
        _points(points),
        _contracts(ledger, params),
        _complaints(inputs, ledger, params),
    )
    there = [part for part in parts if part is not None and len(part)]
    if not there:
        return DataTable.empty(NEXT_DATES)
    rows = _sorted(pd.concat(there, ignore_index=True))
    names = _names(inputs)
    ahead = rows["when"] - day_number(inputs.as_of)
    columns = {
        "customer_id": rows["customer"],
        "name": rows["customer"].map(names).replace("", None),
        "manager": or_none(rows["manager"].to_numpy(dtype=object)),
        "date": rows["when"].to_numpy().astype(np.int64).astype("datetime64[D]"),
        "kind": rows["kind"],
        **{c: or_none(rows[c].to_numpy(dtype=object)) for c in ("what", "product", "number")},
        "overdue": ahead < 0,
        "days": ahead.astype(np.int64),
    }
    return DataTable(NEXT_DATES, pd.DataFrame(columns))


def _sorted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the dates by manager, day, kind and customer; nobody's come last."""
    managers = sorted(set(rows["manager"]), key=lambda name: (name == "", natural(name)))
    place = {name: at for at, name in enumerate(managers)}
    kinds = {str(kind): at for at, kind in enumerate(DateKind)}
    order = rows.assign(manager=rows["manager"].map(place), kind=rows["kind"].map(kinds))
    keys = ["manager", "when", "kind", "customer", "what", "product", "number"]
    return rows.loc[order.sort_values(keys, kind="stable").index]


def manager_dates(dates: DataTable, params: Params) -> tuple[ManagerDates, ...]:
    """Return how many dates each manager has, most overdue first, nobody's last.

    Raises
    ------
    ValueError
        When they do not add up to all dates.
    """
    rows = [
        _of_manager(dates.where(dates["manager"].fillna("") == name), name, params)
        for name in sorted(set(dates["manager"].fillna("")), key=natural)
    ]
    if sum(row.overdue + row.soon + row.later for row in rows) != len(dates):
        raise ValueError("the dates of managers do not add up")
    return tuple(sorted(rows, key=lambda row: (row.manager is None, -row.overdue, -row.soon)))


def _of_manager(own: DataTable, name: str, params: Params) -> ManagerDates:
    ahead = own.where(~own["overdue"])
    soon = int((ahead["days"] <= params.soon_days).sum())
    return ManagerDates(
        manager=name or None,
        overdue=len(own) - len(ahead),
        soon=soon,
        later=len(ahead) - soon,
        next=min(ahead.values("date"), default=None),
    )


def _rows(
    kind: DateKind, *, customer: Words, manager: Words, when: Floats, **more: Words
) -> pd.DataFrame:
    """Return dates of one kind; ``when`` is in days since 1970-01-01, NaN where there is none."""
    blank = np.full(len(customer), "", dtype=object)
    words = {name: more.get(name, blank) for name in ("what", "product", "number")}
    rows = pd.DataFrame({"customer": customer, "manager": manager, "when": when, **words})
    return rows.assign(kind=str(kind)).loc[rows["when"].notna() & (rows["customer"] != "")]


def _offers(ledger: Ledger, events: Deals | None) -> pd.DataFrame | None:
    if events is None:
        return None
    rows = np.flatnonzero(events.last & (events.status == OPEN))
    own, customer = events.manager[rows], events.customer[rows]
    stages = np.array([*events.stages.names, ""], dtype=object)
    return _rows(
        DateKind.OFFER,
        customer=customer,
        manager=np.where(own == "", responsible(ledger, customer), own),
        when=_day_numbers(events.due[rows]),
        what=stages[events.stages.codes[rows]],
        product=events.product[rows],
        number=events.number[rows],
    )


def _points(points: Points | None) -> pd.DataFrame | None:
    if points is None:
        return None
    return _rows(
        DateKind.POINT,
        customer=points.customer,
        manager=points.manager,
        when=np.where(np.isnan(points.done), points.due, np.nan),
        what=points.point,
        product=points.product,
    )


def _contracts(ledger: Ledger, params: Params) -> pd.DataFrame | None:
    dated = np.flatnonzero(~np.isnat(ledger.contract_end))
    if not len(dated):
        return None
    bought = purchases(ledger).last(ledger.as_of)[dated]
    since = np.datetime64(back(ledger.as_of, params.lifecycle_months), "D")
    end = ledger.contract_end[dated]
    alive = (end > since) | (bought > end)
    customers = words_at(ledger.customers, dated)
    return _rows(
        DateKind.CONTRACT,
        customer=customers,
        manager=responsible(ledger, customers),
        when=np.where(alive, _day_numbers(end), np.nan),
    )


def _complaints(inputs: Inputs, ledger: Ledger, params: Params) -> pd.DataFrame | None:
    table = inputs.tables.get("complaints")
    if table is None or "closed_date" not in table:
        return None
    made, closed, today = days(table, "date"), days(table, "closed_date"), day_number(ledger.as_of)
    customer, what, product, number = (
        texts(table, column).to_numpy(dtype=object)
        for column in ("customer_id", "category", "product", "complaint_id")
    )
    return _rows(
        DateKind.COMPLAINT,
        customer=customer,
        manager=responsible(ledger, customer),
        when=np.where((made <= today) & ~(closed <= today), made + params.complaint_days, np.nan),
        what=what,
        product=product,
        number=number,
    )


def _day_numbers(found: Days) -> Floats:
    numbers = found.astype("datetime64[D]").astype(np.int64).astype(float)
    return np.where(np.isnat(found), np.nan, numbers)


def _names(inputs: Inputs) -> Mapping[str, str]:
    """Return the name of each customer that the table of customers names."""
    table = inputs.tables.get("customers")
    if table is None:
        return {}
    return dict(zip(texts(table, "customer_id"), texts(table, "name"), strict=True))
