"""Whom to call: low marks and silent customers by name, where the survey was not anonymous.

Source: working_with_customers (low marks are handled like complaints: customer, product,
parameter, mark, date, owner, deadline).  An engagement says that answers may be told by name with
``anonymity_threshold = 1``; in every other one these lists are empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import natural, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.complaints import detractors, of_the_period
from workbook.diagnostics.loyalty.complaints_result import COMPLAINT_LIST, SILENT_NAMED
from workbook.diagnostics.loyalty.marks import Marks, by_customer
from workbook.diagnostics.loyalty.nps import POINTS
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.sales import Year, yearly_revenue
from workbook.diagnostics.loyalty.satisfaction import latest_low_marks
from workbook.diagnostics.loyalty.survey_result import CONTRIBUTIONS
from workbook.diagnostics.loyalty.weighting import Units
from workbook.stats.data_table import DataTable


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    """What the table of customers says of those who are to be called."""

    names: Mapping[str, str]
    owners: Mapping[str, str]


def _card(inputs: Inputs) -> _Card:
    customers = inputs.tables.get("customers")
    return _Card(names=by_customer(customers, "name"), owners=by_customer(customers, "manager"))


def _looked_up(customers: "pd.Series[str]", known: Mapping[str, str]) -> "pd.Series[str]":
    """Return what is known of each customer, empty where nothing is."""
    found = [known.get(customer, "") for customer in customers]
    return pd.Series(found, index=customers.index, dtype="str")


def complaint_list(given: Marks, inputs: Inputs, params: Params) -> DataTable:
    """Return the low marks (3 of 5, 6 of 10, 60 % or less) to be treated as complaints.

    Only the latest mark of a customer (of a respondent, where customers are not named) for a
    product and parameter counts.  The lowest marks come first, then the largest revenue.  A mark
    without a date is due from the as-of date.  Empty where answers are anonymous.
    """
    if not inputs.answers_by_name:
        return DataTable.empty(COMPLAINT_LIST)
    low = latest_low_marks(given)
    revenue = yearly_revenue(inputs)
    worth = low["customer"].map(revenue).fillna(0.0) if revenue is not None else 0.0
    order = ["mark", "worth", "date", "who", "product", "parameter"]
    ascending = [True, False, True, True, True, True]
    low = low.assign(worth=worth).sort_values(order, ascending=ascending)
    card, date = _card(inputs), low["date"].fillna(pd.Timestamp(inputs.as_of))
    owner = low["manager"].where(low["manager"] != "", _looked_up(low["customer"], card.owners))
    return DataTable(
        COMPLAINT_LIST,
        pd.DataFrame(
            {
                "customer_id": low["customer"],
                "name": _looked_up(low["customer"], card.names),
                "respondent_id": low["respondent"],
                "product": low["product"],
                "parameter": low["parameter"],
                "mark": low["mark"],
                "date": date,
                "owner": owner,
                "deadline": date + pd.Timedelta(days=params.complaint_days),
            }
        ),
    )


def silent_customers(inputs: Inputs, given: Marks | None, params: Params) -> DataTable:
    """Return the customers who are measurably unhappy and have not complained in the period.

    A low mark or a score of the lowest class within it; the lowest marks come first, who is
    known by the score alone last.  Empty where answers are anonymous or there is no register of
    complaints.
    """
    if not inputs.answers_by_name or "complaints" not in inputs.tables:
        return DataTable.empty(SILENT_NAMED)
    rows, year = of_the_period(inputs)
    low = _lowest_marks(given, year)
    critical = detractors(inputs.tables.get("survey"), params, year) or set()
    heard = set(texts(rows, "customer_id"))
    found = pd.Series(sorted((set(low) | critical) - heard, key=natural), dtype="str")
    card = _card(inputs)
    made = pd.DataFrame(
        {
            "customer_id": found,
            "name": _looked_up(found, card.names),
            "lowest_mark": found.map(pd.Series(low, dtype=float)),
            "detractor": found.isin(critical),
            "owner": _looked_up(found, card.owners),
        }
    )
    ordered = made.sort_values(
        ["lowest_mark", "detractor"], ascending=[True, False], kind="stable", na_position="last"
    )
    return DataTable(SILENT_NAMED, ordered)


def _lowest_marks(given: Marks | None, year: Year) -> dict[str, float]:
    """Return each customer's lowest low mark."""
    if given is None:
        return {}
    low = given.dissatisfied
    low = low.loc[year.holds(low["date"]) & (low["customer"] != "")]
    return {str(c): float(m) for c, m in low.groupby("customer")["mark"].min().items()}


def contributions(units: Units | None, inputs: Inputs) -> DataTable:
    """Return what each account adds to the revenue-weighted index, the largest account first.

    Parameters
    ----------
    units
        Accounts by revenue; None without revenue.  Empty where answers are anonymous.
    """
    if units is None or not inputs.answers_by_name:
        return DataTable.empty(CONTRIBUTIONS)
    keys = pd.Series(units.names, dtype="str")
    shares, values = np.asarray(units.shares), np.asarray(units.values)
    made = pd.DataFrame(
        {
            # A key that is no customer but a respondent starts with NUL.
            "customer_id": keys.str.strip("\0"),
            "name": _looked_up(keys, _card(inputs).names),
            "share": shares,
            "value": POINTS * values,
            "points": POINTS * (shares * values),
        }
    )
    return DataTable(
        CONTRIBUTIONS, made.sort_values(["share", "customer_id"], ascending=[False, True])
    )
