"""What if a manager leaves: the revenue of his customers, and what of it rests on him alone."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from workbook.language.lemmas import bare
from workbook.stats.data_table import Cells, DataTable, choice, flag, number, text


class Rests(StrEnum):
    """Whether a customer rests on its manager alone."""

    ALONE = "alone"
    """One manager, one contact and one product: nothing else holds it."""
    UNKNOWN = "unknown"
    """Nothing that is known speaks against it, but not everything is known."""
    SHARED = "shared"
    """Another manager, a second contact or a second product holds it too."""


HELD = (
    text("customer_id", "A customer of the manager."),
    text("name", "Its name; its id where no table has one."),
    number("revenue", "Net invoices of the 12 months to the as-of date.", unit="money"),
    flag("only_manager", "No document of these months names another manager."),
    flag("single_contact", "One person is known there; missing: nobody knows.", optional=True),
    flag("single_product", "It buys one product; missing: nobody knows.", optional=True),
    choice("rests", "Whether it rests on the manager alone.", Rests),
)
"""Columns of the customers of the manager who leaves, most revenue first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerHolds:
    """What one manager holds, of customers with net invoices above 0.

    alone + unknown + shared = all of them, in customers and in revenue.
    """

    manager: str
    """"" : nobody is named."""
    customers: int
    revenue: float
    """Net invoices of the 12 months."""
    alone: int
    alone_revenue: float
    unknown: int
    unknown_revenue: float
    shared: int
    shared_revenue: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerLeaves:
    """A manager who leaves, beside all others."""

    leaves: ManagerHolds
    of_customers: int
    of_revenue: float
    """All customers, whoever looks after them."""
    managers: tuple[ManagerHolds, ...]
    """All of them, most that rests on them first; customers without a manager last."""
    contacts_known: bool
    """It is known of any customer how many contacts it has."""
    customers: DataTable
    """:data:`HELD`, of the manager who leaves."""


def told_flags(customers: DataTable, column: str) -> dict[str, bool]:
    """Return a yes-no column of a table of customers by id, without those of whom nobody knows.

    Examples
    --------
    >>> columns = (text("customer_id", "The customer."), flag("one", "It is one.", optional=True))
    >>> frame = pd.DataFrame({"customer_id": ["a", "b"], "one": [True, None]})
    >>> told_flags(DataTable(columns, frame), "one")
    {'a': True}
    """
    told = zip(customers.values("customer_id"), customers.values(column), strict=True)
    return {one: known for one, known in told if known is not None}


def manager_leaves(
    year: DataTable,
    *,
    single_contact: Mapping[str, bool],
    single_product: Mapping[str, bool],
    manager: str = "",
) -> ManagerLeaves | None:
    """Return what goes with a manager; None where no manager is named at all.

    Parameters
    ----------
    year
        :data:`~workbook.diagnostics.what_if.last_year.LAST_YEAR`.
    single_contact, single_product
        By customer id; a customer that is not there is one of whom nobody knows.
    manager
        Name of the one who leaves; empty: the one on whom most revenue rests alone.
    """
    rows = held(year, single_contact, single_product)
    names = sorted(set(rows["manager"]) - {""})
    if not names:
        return None
    each = [_holds(name, rows.loc[rows["manager"] == name]) for name in names]
    each.sort(key=lambda m: (-m.alone_revenue, -m.unknown_revenue, -m.revenue, m.manager))
    nobody = rows.loc[rows["manager"] == ""]
    leaves = _chosen(manager, each) if manager else each[0]
    own = rows.loc[rows["manager"] == leaves.manager]
    return ManagerLeaves(
        leaves=leaves,
        of_customers=len(rows),
        of_revenue=math.fsum(rows["revenue"]),
        managers=(*each, *([_holds("", nobody)] if len(nobody) else [])),
        contacts_known=bool(rows["single_contact"].notna().any()),
        customers=DataTable(HELD, own[[column.name for column in HELD]]),
    )


def held(
    year: DataTable, single_contact: Mapping[str, bool], single_product: Mapping[str, bool]
) -> pd.DataFrame:
    """Return the customers that brought revenue with what holds them.

    The columns are :data:`HELD` and ``manager``, empty where nobody is named.
    """
    rows = year.frame
    rows = rows.loc[rows["turnover"] > 0].reset_index(drop=True)
    ids = rows["customer_id"].tolist()
    contact = pd.Series([single_contact.get(one) for one in ids], dtype="boolean")
    product = pd.Series([single_product.get(one) for one in ids], dtype="boolean")
    return pd.DataFrame(
        {
            "customer_id": rows["customer_id"],
            "name": rows["name"],
            "manager": rows["manager"],
            "revenue": rows["turnover"],
            "only_manager": rows["only_manager"],
            "single_contact": contact,
            "single_product": product,
            "rests": _rests(rows, contact, product),
        }
    )


def _rests(rows: pd.DataFrame, contact: Cells, product: Cells) -> list[Rests]:
    # One thing that speaks against it is enough, whatever else is not known (Kleene's "and").
    all_three = rows["only_manager"].astype("boolean") & contact & product
    all_three = all_three & (rows["manager"] != "")  # else nothing rests on a manager
    told = {True: Rests.ALONE, False: Rests.SHARED}
    return [Rests.UNKNOWN if pd.isna(one) else told[bool(one)] for one in all_three]


def _holds(name: str, rows: pd.DataFrame) -> ManagerHolds:
    parts = {rests: rows.loc[rows["rests"] == rests, "revenue"] for rests in Rests}
    return ManagerHolds(
        manager=name,
        customers=len(rows),
        revenue=math.fsum(rows["revenue"]),
        alone=len(parts[Rests.ALONE]),
        alone_revenue=math.fsum(parts[Rests.ALONE]),
        unknown=len(parts[Rests.UNKNOWN]),
        unknown_revenue=math.fsum(parts[Rests.UNKNOWN]),
        shared=len(parts[Rests.SHARED]),
        shared_revenue=math.fsum(parts[Rests.SHARED]),
    )


def _chosen(name: str, each: list[ManagerHolds]) -> ManagerHolds:
    """Return the manager of that name; one who sold nothing in these months holds nothing."""
    same = [m for m in each if m.manager == name] or [
        m for m in each if bare(m.manager) == bare(name)
    ]
    nothing = pd.DataFrame({"revenue": [], "rests": []})
    return same[0] if same else _holds(name, nothing)
