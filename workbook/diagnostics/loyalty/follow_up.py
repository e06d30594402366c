"""Whom to call: low marks and silent customers by name, where the survey was not anonymous.

Source: working_with_customers (low marks are handled like complaints: customer, product,
parameter, mark, date, owner, deadline).  An engagement says that answers may be told by name with
``anonymity_threshold = 1``; in every other one these lists are empty.
"""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from workbook.diagnostics.cells import natural, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.complaints import detractors, this_year
from workbook.diagnostics.loyalty.follow_up_result import (
    Contribution,
    Dissatisfied,
    SilentCustomer,
)
from workbook.diagnostics.loyalty.marks import Marks, by_customer
from workbook.diagnostics.loyalty.nps import POINTS
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.sales import Year, yearly_revenue
from workbook.diagnostics.loyalty.satisfaction import latest_low_marks
from workbook.diagnostics.loyalty.weighting import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class _Card:
    """What the table of customers says of those who are to be called."""

    names: Mapping[str, str]
    owners: Mapping[str, str]


def _card(inputs: Inputs) -> _Card:
    customers = inputs.tables.get("customers")
    return _Card(names=by_customer(customers, "name"), owners=by_customer(customers, "manager"))


def complaint_list(given: Marks, inputs: Inputs, params: Params) -> tuple[Dissatisfied, ...]:
    """Return the low marks (3 of 5, 6 of 10, 60 % or less) to be treated as complaints.

    Only the latest mark of a customer (of a respondent, where customers are not named) for a
    product and parameter counts.  The lowest marks come first, then the largest revenue.  A mark
    without a date is due from the as-of date.  Empty where answers are anonymous.
    """
    if not inputs.answers_by_name:
        return ()
    low = latest_low_marks(given)
    revenue = yearly_revenue(inputs)
    worth = low["customer"].map(revenue).fillna(0.0) if revenue is not None else 0.0
    order = ["mark", "worth", "date", "who", "product", "parameter"]
    ascending = [True, False, True, True, True, True]
    low = low.assign(worth=worth).sort_values(order, ascending=ascending)
    card = _card(inputs)
    return tuple(
        _dissatisfied(row, card, as_of=inputs.as_of, days=params.complaint_days)
        for row in low.to_dict("records")
    )


def _dissatisfied(
    row: Mapping[Hashable, Any], card: _Card, *, as_of: date, days: int
) -> Dissatisfied:
    day, customer = row["date"], str(row["customer"])
    given = day.date() if isinstance(day, pd.Timestamp) else as_of
    return Dissatisfied(
        customer_id=customer,
        name=card.names.get(customer, ""),
        respondent_id=str(row["respondent"]),
        product=str(row["product"]),
        parameter=str(row["parameter"]),
        mark=float(row["mark"]),
        date=given,
        owner=str(row["manager"]) or card.owners.get(customer, ""),
        deadline=given + timedelta(days=days),
    )


def silent_customers(
    inputs: Inputs, given: Marks | None, params: Params
) -> tuple[SilentCustomer, ...]:
    """Return the customers who are measurably unhappy and have not complained in the 12 months.

    A low mark or a score of the lowest class within them; the lowest marks come first.  Empty
    where answers are anonymous or there is no register of complaints.
    """
    if not inputs.answers_by_name or "complaints" not in inputs.tables:
        return ()
    rows, year = this_year(inputs)
    low = _lowest_marks(given, year)
    critical = detractors(inputs.tables.get("survey"), params, year) or set()
    card = _card(inputs)
    found = [
        SilentCustomer(
            customer_id=customer,
            name=card.names.get(customer, ""),
            lowest_mark=low.get(customer),
            detractor=customer in critical,
            owner=card.owners.get(customer, ""),
        )
        for customer in (set(low) | critical) - set(texts(rows, "customer_id"))
    ]
    return tuple(sorted(found, key=_lowest_first))


def _lowest_first(one: SilentCustomer) -> tuple[float, bool, tuple[tuple[int, int, str], ...]]:
    """Order by lowest mark; who is known by the score alone comes last."""
    mark = math.inf if one.lowest_mark is None else one.lowest_mark
    return mark, not one.detractor, natural(one.customer_id)


def _lowest_marks(given: Marks | None, year: Year) -> dict[str, float]:
    """Return each customer's lowest low mark."""
    if given is None:
        return {}
    low = given.dissatisfied
    low = low.loc[year.holds(low["date"]) & (low["customer"] != "")]
    return {str(c): float(m) for c, m in low.groupby("customer")["mark"].min().items()}


def contributions(units: Units | None, inputs: Inputs) -> tuple[Contribution, ...]:
    """Return what each account adds to the revenue-weighted index, the largest account first.

    Parameters
    ----------
    units
        Accounts by revenue; None without revenue.  Empty where answers are anonymous.
    """
    if units is None or not inputs.answers_by_name:
        return ()
    names = _card(inputs).names
    found = [
        Contribution(
            customer_id=str(name).strip("\0"),
            name=names.get(str(name), ""),
            share=float(share),
            value=POINTS * float(value),
            points=POINTS * float(share * value),
        )
        for name, share, value in zip(units.names, units.shares, units.values, strict=True)
    ]
    return tuple(sorted(found, key=lambda c: (-c.share, c.customer_id)))
