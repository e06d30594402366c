"""Who was asked for a mark: all buyers within a year, new customers after a first purchase."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from workbook.diagnostics.cells import has, natural, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.marks import Marks, marks
from workbook.diagnostics.loyalty.marks_result import Coverage, CoverageBase, NewCoverage
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.sales import ledger, year_to

LATE_START = timedelta(days=31)
"""Sales of 24 months may begin so much later: the first month need not have a sale on day one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bases:
    """Customers that should have been asked in the last 12 months."""

    everyone: frozenset[str]
    """Those that bought in these months; without sales all customers of the table."""
    kind: CoverageBase
    first: "pd.Series[pd.Timestamp]"
    """First purchase of these months by (product, customer), where sales name products."""

    def buyers(self, product: str) -> "pd.Series[pd.Timestamp] | None":
        """Return the first purchase by customer; None for a product that the sales do not name."""
        named = self.first.index.get_level_values(0)
        if not product or product not in named:
            return None
        return self.first.loc[named == product].droplevel(0)


def coverage_bases(inputs: Inputs) -> Bases:
    """Return the customers that should have been asked in the last 12 months."""
    customers, sales = inputs.tables.get("customers"), inputs.tables.get("sales")
    bought = pd.DataFrame({"customer": [], "product": [], "date": []})
    if sales is not None:
        rows = ledger(sales)
        inside = year_to(inputs.as_of).holds(rows["date"])
        bought = rows.loc[rows["purchase"] & inside & (rows["customer"] != "")]
        everyone = frozenset(bought["customer"])
    else:
        everyone = frozenset(() if customers is None else texts(customers, "customer_id"))
    named = bought.loc[bought["product"] != ""]
    return Bases(
        everyone=everyone - {""},
        kind=CoverageBase.CUSTOMERS if sales is None else CoverageBase.BUYERS,
        first=named.groupby(["product", "customer"])["date"].min(),
    )


def rated(given: Marks, inputs: Inputs) -> Coverage | None:
    """Return the customers with any mark in the last 12 months among all who bought in them.

    None where the marks name no customer, or nobody bought.
    """
    bases = coverage_bases(inputs)
    if not (given.frame["customer"] != "").any() or not bases.everyone:
        return None
    n = len(rated_customers(given, inputs, bases))
    return Coverage(n=n, base=len(bases.everyone), share=n / len(bases.everyone), of=bases.kind)


def rated_customers(given: Marks, inputs: Inputs, bases: Bases) -> frozenset[str]:
    """Return who of those that should have been asked gave a mark in the last 12 months."""
    frame = over_periods(given, inputs)
    return bases.everyone & set(frame.loc[recent(frame, inputs), "customer"])


def over_periods(given: Marks, inputs: Inputs) -> pd.DataFrame:
    """Return the marks of these parameters with those of earlier periods: a year may hold several.

    Rows of earlier periods are numbered anew.
    """
    tables = [p.tables["satisfaction"] for p in inputs.periods[:-1] if "satisfaction" in p.tables]
    earlier = [marks(table, "customer").frame for table in tables]
    parameters = [*given.frame["parameter"].unique()]
    told = [frame.loc[frame["parameter"].isin(parameters)] for frame in earlier]
    if not any(map(len, told)):
        return given.frame
    return pd.concat([given.frame, *told], ignore_index=True)


def part_rated(part: pd.DataFrame, product: str, *, bases: Bases) -> float | None:
    """Return the share of the buyers that some marks of the last 12 months cover.

    A mark for a product counts from its purchase on: an opinion given before is of another time.
    """
    marked = part.loc[part["customer"] != ""]
    bought = bases.buyers(product)
    if bought is None:
        base = bases.everyone
        return len(base & set(marked["customer"])) / len(base) if base else None
    # Who did not buy the product has no day to compare with and falls out.
    after = marked["date"] >= marked["customer"].map(bought)
    return marked.loc[after, "customer"].nunique() / len(bought)


def new_customers_rated(given: Marks, inputs: Inputs, params: Params) -> tuple[NewCoverage, ...]:
    """Return, per product, who was asked after the first purchase of it, most purchases first.

    A first purchase of the last 12 months counts once its ``Params.coverage_days`` have passed;
    a mark for the product (or for no named one) within them covers it.  Nothing is told where
    the sales name no products or reach back less than 24 months, so that a first purchase
    cannot be known, where marks name no customer, or where sales and marks name no product alike.
    """
    sales = inputs.tables.get("sales")
    if sales is None or not has(sales, "product"):
        return ()
    first = _first_purchases(sales, inputs.as_of, params)
    frame = over_periods(given, inputs)
    frame = frame.loc[frame["customer"] != ""]
    spoken = set(frame["product"])
    if frame.empty or first.empty or not spoken & {"", *first["product"]}:
        return ()
    pairs = first.merge(frame[["customer", "product", "date"]], on="customer", how="left")
    days = pd.Timedelta(days=params.coverage_days)
    in_time = (pairs["date"] >= pairs["first"]) & (pairs["date"] <= pairs["first"] + days)
    same = pairs["product_y"].isin([""]) | (pairs["product_y"] == pairs["product_x"])
    pairs = pairs.assign(rated=in_time & same)
    each = pairs.groupby(["product_x", "customer"])["rated"].any()
    found = [
        NewCoverage(product=str(product), n=len(some), rated=int(some.sum()))
        for product, some in each.groupby(level=0)
    ]
    return tuple(sorted(found, key=lambda row: (-row.n, natural(row.product))))


def recent(frame: pd.DataFrame, inputs: Inputs) -> "pd.Series[bool]":
    """Tell which marks were given in the last 12 months."""
    return year_to(inputs.as_of).holds(frame["date"])


def _first_purchases(sales: pd.DataFrame, as_of: date, params: Params) -> pd.DataFrame:
    """First purchases of the last 12 months whose time to ask has passed."""
    rows, year = ledger(sales), year_to(as_of)
    rows = rows.loc[rows["purchase"] & (rows["product"] != "") & (rows["customer"] != "")]
    known_since = pd.Timestamp(year.before().start) + LATE_START
    if rows.empty or rows["date"].min() > known_since:
        return pd.DataFrame({"product": [], "customer": [], "first": []})
    first = rows.groupby(["product", "customer"])["date"].min().rename("first").reset_index()
    due = pd.Timestamp(as_of) - pd.Timedelta(days=params.coverage_days)
    return first.loc[year.holds(first["first"]) & (first["first"] <= due)]
