"""Satisfaction by parameter: mean with interval, dissatisfied, coverage; and the complaint list."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import natural, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.marks import HIDDEN_STEP, STEPS, Marks, by_customer
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Dissatisfied, Satisfaction
from workbook.diagnostics.loyalty.sales import ledger, year_to, yearly_revenue
from workbook.stats import mean_interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Bases:
    """Customers that coverage is a share of."""

    everyone: frozenset[str]
    """Customers of the table, else those that bought in the last 12 months."""
    buyers: dict[str, frozenset[str]]
    """Buyers of each product in the last 12 months, where sales name products."""


def satisfaction(
    given: Marks, inputs: Inputs, params: Params, *, by_product: bool
) -> tuple[Satisfaction, ...]:
    """Return the customers' marks by parameter, the lowest mean first.

    Every mark in the table counts for the mean; marks of one respondent are taken together for
    the interval.  With ``by_product`` one row per product and parameter.
    """
    bases, recent = coverage_bases(inputs), _recent(given, inputs)
    keys = ["product", "parameter"] if by_product else ["parameter"]
    rows = []
    for key, part in given.frame.groupby(keys, sort=True):
        product, parameter = (str(key[0]), str(key[1])) if by_product else ("", str(key[0]))
        base = bases.buyers.get(product, bases.everyone)
        covered = _share(set(part.loc[recent[part.index], "customer"]), base)
        rows.append(
            _row(product, parameter, part=part, given=given, coverage=covered, params=params)
        )
    return tuple(
        sorted(rows, key=lambda r: (natural(r.product), r.mean or 0, natural(r.parameter)))
    )


def coverage(given: Marks, inputs: Inputs) -> float | None:
    """Return the customers with any mark in the last 12 months as a share of all customers."""
    rated = set(given.frame.loc[_recent(given, inputs), "customer"])
    return _share(rated, coverage_bases(inputs).everyone)


def complaint_list(given: Marks, inputs: Inputs, params: Params) -> tuple[Dissatisfied, ...]:
    """Return marks of 3 or less (60 % or less) that are to be treated as complaints.

    Only the latest mark of a customer (of a respondent, where customers are not named) for a
    product and parameter counts.  The lowest marks come first, then the largest revenue.  A mark
    without a date is due from the as-of date.
    """
    frame = given.frame.assign(
        who=given.frame["customer"].where(given.frame["customer"] != "", given.frame["giver"]),
        row=given.frame.index,
    )
    latest = frame.sort_values(["date", "row"], na_position="first").drop_duplicates(
        ["who", "product", "parameter"], keep="last"
    )
    low = latest.loc[latest["step"] <= HIDDEN_STEP]
    revenue = yearly_revenue(inputs)
    worth = low["customer"].map(revenue).fillna(0.0) if revenue is not None else 0.0
    order = ["mark", "worth", "date", "who", "product", "parameter"]
    ascending = [True, False, True, True, True, True]
    low = low.assign(worth=worth).sort_values(order, ascending=ascending)
    owners = by_customer(inputs.tables.get("customers"), "manager")
    return tuple(
        _dissatisfied(row, owners.get(row["customer"], ""), inputs=inputs, params=params)
        for row in low.to_dict("records")
    )


def coverage_bases(inputs: Inputs) -> Bases:
    """Return the customers that should have been asked in the last 12 months."""
    customers, sales = inputs.tables.get("customers"), inputs.tables.get("sales")
    bought = pd.DataFrame({"customer": [], "product": []}, dtype="str")
    if sales is not None:
        rows = ledger(sales)
        bought = rows.loc[rows["purchase"] & year_to(inputs.as_of).holds(rows["date"])]
    listed = texts(customers, "customer_id") if customers is not None else bought["customer"]
    buyers = bought.loc[bought["product"] != ""].groupby("product")["customer"]
    return Bases(
        everyone=frozenset(listed) - {""},
        buyers={str(product): frozenset(who) - {""} for product, who in buyers},
    )


def _recent(given: Marks, inputs: Inputs) -> "pd.Series[bool]":
    return year_to(inputs.as_of).holds(given.frame["date"])


def _share(rated: set[str], base: frozenset[str]) -> float | None:
    return len(rated & base) / len(base) if base else None


def _row(
    product: str,
    parameter: str,
    *,
    part: pd.DataFrame,
    given: Marks,
    coverage: float | None,
    params: Params,
) -> Satisfaction:
    steps = np.bincount(part["step"], minlength=STEPS + 1)[1:]
    one, two, three, four, five = (int(k) for k in steps)
    interval = mean_interval(part["mark"], confidence=params.confidence, clusters=part["giver"])
    interval = interval.clipped(given.low, given.high) if interval else None
    if steps.sum() != len(part):
        raise ValueError(f"{steps.sum()} marks by step of {len(part)} for {parameter}")
    return Satisfaction(
        product=product,
        parameter=parameter,
        n=len(part),
        mean=float(part["mark"].mean()),
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        open=one + two,
        hidden=three,
        distribution=(one, two, three, four, five),
        coverage=coverage,
    )


def _dissatisfied(
    row: Mapping[Hashable, Any], owner: str, *, inputs: Inputs, params: Params
) -> Dissatisfied:
    day = row["date"]
    given: date = day.date() if isinstance(day, pd.Timestamp) else inputs.as_of
    return Dissatisfied(
        customer_id=str(row["customer"]),
        respondent_id=str(row["respondent"]),
        product=str(row["product"]),
        parameter=str(row["parameter"]),
        mark=float(row["mark"]),
        date=given,
        owner=str(row["manager"]) or owner,
        deadline=given + timedelta(days=params.complaint_days),
    )
