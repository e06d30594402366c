"""Planned sales against actual ones, by customer and by manager.

A plan is for a month (``2025-03``), a quarter (``2025-Q1``) or a year (``2025``).  Only periods
that have ended are compared; a plan of a period that has not is counted and not compared.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import day_number, days, numbers, texts
from workbook.diagnostics.inputs import Inputs
from workbook.stats import Floats
from workbook.stats.data_table import DataTable, number, text, whole

_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")


PLANNED = (
    text("customer_id", "A customer with a plan for a period that has ended."),
    text("name", "Its name, where the table of customers knows it."),
    text("manager", "Whose plans these are; several after commas, empty where not known."),
    whole("customers", "One: its own row."),
    number("plan", "Planned net sales.", unit="money"),
    number("actual", "Net sales of what was planned, in the periods planned.", unit="money"),
    number("difference", "actual - plan.", unit="money"),
    number("share", "actual / plan; missing without a plan above 0.", unit="0-1", optional=True),
)
"""Columns of the plans of customers, furthest below plan first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Plan and actual sales of one manager, or of all."""

    customer_id: str = ""
    name: str = ""
    """Both empty: of customers there is a table of the same columns."""
    manager: str
    """"" for all, or where none is known."""
    customers: int
    plan: float
    actual: float
    """Net sales of the same customers (and product, where planned by product) and periods."""
    difference: float
    """actual - plan."""
    share: float | None
    """actual / plan; None without a plan above 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """Plans of periods that have ended against the sales of these periods."""

    periods: tuple[str, ...]
    """Those that have ended, earliest first."""
    total: Planned
    unplanned: float
    """Net sales of these periods that no plan is for: actual + unplanned = sales."""
    sales: float
    """All net sales of the union of these periods."""
    customers: DataTable
    """:data:`PLANNED`."""
    managers: tuple[Planned, ...]
    """Totals of their plans, furthest below plan first."""
    running: int
    """Plans of periods that have not ended by the as-of date: not compared."""
    before_sales: int
    """Plans of periods that ended before the first sale of the table: what was sold then is not
    known, and not compared."""


def period_days(period: str) -> tuple[date, date]:
    """Return the first and the last day of a period.

    Raises
    ------
    ValueError
        When it is no month, quarter or year.

    Examples
    --------
    >>> [day.isoformat() for day in period_days("2025-Q1")]
    ['2025-01-01', '2025-03-31']
    """
    parts = _PERIOD.fullmatch(period)
    if parts is None:
        raise ValueError(f"{period!r} is not a period")
    year, quarter, month = int(parts[1]), parts[2], parts[3]
    first, last = (1, 12)
    if quarter:
        first, last = 3 * int(quarter) - 2, 3 * int(quarter)
    elif month:
        first = last = int(month)
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def first_days(frame: pd.DataFrame) -> Floats:
    """Return the day number on which each plan's period begins."""
    return _ends(frame, 0)


def last_days(frame: pd.DataFrame) -> Floats:
    """Return the day number on which each plan's period ends."""
    return _ends(frame, 1)


def _ends(frame: pd.DataFrame, which: int) -> Floats:
    known = {p: day_number(period_days(p)[which]) for p in set(texts(frame, "period")) if p}
    return np.array([known.get(p, np.nan) for p in texts(frame, "period")], dtype=float)


def overlaps(frame: pd.DataFrame) -> tuple[tuple[int, int], ...]:
    """Return pairs of rows (by index) that plan the same sales twice.

    Same customer, periods with a day in common, and the same product (a plan without a product
    is for all of them); plans of two named managers are two plans.
    """
    rows = pd.DataFrame(
        {
            "customer": texts(frame, "customer_id"),
            "product": texts(frame, "product"),
            "manager": texts(frame, "manager"),
            "first": first_days(frame),
            "last": last_days(frame),
        },
        index=frame.index,
    ).dropna()
    found = []
    for _, plans in rows.sort_values(["customer", "first"]).groupby("customer"):
        for i, one in enumerate(plans.itertuples()):
            later = plans.iloc[i + 1 :]
            for other in later.loc[later["first"] <= one.last].itertuples():
                if _same(one.product, other.product) and _same(one.manager, other.manager):
                    pair = sorted((int(str(one.Index)), int(str(other.Index))))
                    found.append((pair[0], pair[1]))
    return tuple(sorted(found))


def _same(first: object, second: object) -> bool:
    return first == second or not first or not second


def plans(inputs: Inputs) -> Plans | None:
    """Return plans against sales; None without the two tables or without a period that ended.

    Raises
    ------
    ValueError
        When the totals do not reconcile, or plans overlap (the intake refuses such tables).
    """
    table, sold = inputs.tables.get("plans"), inputs.tables.get("sales")
    if table is None or sold is None:
        return None
    table = table.loc[~np.isnan(numbers(table, "amount")) & ~np.isnan(last_days(table))]
    if overlaps(table):
        raise ValueError("plans of one customer overlap")
    sales = _net(sold)
    ended = last_days(table) <= day_number(inputs.as_of)
    # What was sold before the first row of the table is not known: not the same as nothing.
    known = last_days(table) >= (sales["day"].min() if len(sales) else np.inf)
    compared = table.loc[ended & known]
    if compared.empty:
        return None
    rows = _rows(compared, inputs)
    rows["actual"], taken = _actual(rows, sales)
    inside = _inside(rows, sales)
    net = sales["net"].to_numpy()
    total, all_sales = _planned(rows), float(net[inside].sum())
    unplanned = float(net[inside & ~taken].sum())
    if not np.isclose(total.actual + unplanned, all_sales):
        raise ValueError("actual sales of plans do not reconcile to the sales")
    return Plans(
        periods=tuple(sorted(set(texts(compared, "period")), key=lambda p: period_days(p))),
        total=total,
        unplanned=unplanned,
        sales=all_sales,
        customers=_by_customer(rows),
        managers=_by_manager(rows),
        running=int((~ended).sum()),
        before_sales=int((ended & ~known).sum()),
    )


def _rows(table: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Return one row per plan: customer with its name, product, days, manager and amount."""
    names = _names(inputs)
    customers = texts(table, "customer_id")
    return pd.DataFrame(
        {
            "customer": customers,
            "product": texts(table, "product"),
            "first": first_days(table),
            "last": last_days(table),
            "manager": _managers(table, inputs),
            "plan": numbers(table, "amount"),
            "name": [names.get(customer, "") for customer in customers],
        }
    )


def _inside(rows: pd.DataFrame, sales: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which sales lie in any of the periods planned."""
    inside = np.zeros(len(sales), dtype=bool)
    for first, last in rows[["first", "last"]].drop_duplicates().itertuples(index=False):
        inside |= ((sales["day"] >= first) & (sales["day"] <= last)).to_numpy()
    return inside


def _net(sold: pd.DataFrame) -> pd.DataFrame:
    """Return net sales by row: a return takes its amount away, what was cancelled never was."""
    kind = texts(sold, "kind").to_numpy()
    amount = np.nan_to_num(numbers(sold, "amount"))
    rows = pd.DataFrame(
        {
            "customer": texts(sold, "customer_id").to_numpy(),
            "product": texts(sold, "product").to_numpy(),
            "manager": texts(sold, "manager").to_numpy(),
            "day": days(sold, "date"),
            "net": np.where(kind == "return", -np.abs(amount), amount),
        }
    )
    counted: pd.DataFrame = rows.loc[(kind != "cancelled") & rows["day"].notna()]
    return counted.reset_index(drop=True)


def _actual(rows: pd.DataFrame, sales: pd.DataFrame) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return the net sales of each plan, and which rows of sales are some plan's.

    Where two managers plan the same customer and period, each has the sales of his own.
    """
    by_customer = sales.groupby("customer").indices
    day, net = sales["day"].to_numpy(), sales["net"].to_numpy()
    product, manager = sales["product"].to_numpy(), sales["manager"].to_numpy()
    shared = rows.duplicated(["customer", "product", "first", "last"], keep=False).to_numpy()
    taken = np.zeros(len(sales), dtype=bool)
    actual = np.zeros(len(rows))
    for i, row in enumerate(rows.itertuples(index=False)):
        at = np.asarray(by_customer.get(str(row.customer), []), dtype=np.int64)
        chosen = at[(day[at] >= row.first) & (day[at] <= row.last) & ~taken[at]]
        if row.product:
            chosen = chosen[product[chosen] == row.product]
        if shared[i]:
            chosen = chosen[manager[chosen] == row.manager]
        taken[chosen] = True
        actual[i] = net[chosen].sum()
    return actual, taken


def _managers(table: pd.DataFrame, inputs: Inputs) -> list[str]:
    """Return the manager of each plan: its own, else the customer's."""
    customers = inputs.tables.get("customers")
    known: dict[str, str] = {}
    if customers is not None:
        known = dict(zip(texts(customers, "customer_id"), texts(customers, "manager"), strict=True))
    rows = zip(texts(table, "customer_id"), texts(table, "manager"), strict=True)
    return [own or known.get(customer, "") for customer, own in rows]


def _names(inputs: Inputs) -> dict[str, str]:
    """Return the name of each customer that has one."""
    customers = inputs.tables.get("customers")
    if customers is None:
        return {}
    return dict(zip(texts(customers, "customer_id"), texts(customers, "name"), strict=True))


def _by_customer(rows: pd.DataFrame) -> DataTable:
    """Return the plans of each customer together."""
    by = rows.groupby("customer")
    sums = by[["plan", "actual"]].sum()
    named = rows.loc[rows["manager"] != "", ["customer", "manager"]].drop_duplicates()
    managers = named.sort_values("manager").groupby("customer")["manager"].agg(", ".join)
    found = pd.DataFrame(
        {
            "customer_id": sums.index,
            "name": by["name"].first(),
            "manager": managers.reindex(sums.index).fillna(""),
            "customers": 1,
            "plan": sums["plan"],
            "actual": sums["actual"],
            "difference": sums["actual"] - sums["plan"],
            "share": sums["actual"] / sums["plan"].where(sums["plan"] > 0),
        }
    )
    return DataTable(PLANNED, found.sort_values(["difference", "customer_id"]))


def _by_manager(rows: pd.DataFrame) -> tuple[Planned, ...]:
    """Return the plans of each manager together, furthest below plan first."""
    found = [_planned(part, manager=str(name)) for name, part in rows.groupby("manager")]
    return tuple(sorted(found, key=lambda p: (p.difference, p.manager)))


def _planned(rows: pd.DataFrame, manager: str = "") -> Planned:
    plan, actual = float(rows["plan"].sum()), float(rows["actual"].sum())
    return Planned(
        manager=manager,
        customers=int(rows["customer"].nunique()),
        plan=plan,
        actual=actual,
        difference=actual - plan,
        share=actual / plan if plan > 0 else None,
    )
