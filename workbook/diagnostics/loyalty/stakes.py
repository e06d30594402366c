"""The revenue behind what the report finds: of groups, of open complaints, of who did not return.

What the client knows of its customers (how large they are, where they belong, that they complained
or stopped buying) is told with their names; what they answered in a survey as a sum only, and
only where it tells nobody's answer (:mod:`workbook.diagnostics.loyalty.told_sums`).
"""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import dates, has, numbers, texts
from workbook.diagnostics.customer_ledger.states import State
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.answers import Answers
from workbook.diagnostics.loyalty.complaints import every_complaint, unhappy_customers
from workbook.diagnostics.loyalty.divisions import divisions_of
from workbook.diagnostics.loyalty.marks import Marks, by_customer
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.diagnostics.loyalty.sales import answer_revenue, ledger, year_to, yearly_revenue
from workbook.diagnostics.loyalty.satisfaction import latest_low_marks
from workbook.diagnostics.loyalty.stakes_result import ClassRevenue, Stake, Stakes
from workbook.diagnostics.loyalty.standouts import first_driver, group_below
from workbook.diagnostics.loyalty.told_sums import revenue_by_class, sum_told
from workbook.diagnostics.loyalty.weighting import units_of

HALF = 0.5
"""The largest customers bring more than this part of the revenue."""
FEW_LARGE = 5
"""More of them are not told one by one: the project's own default."""
NAMED = 3
"""Customers that a step calls by name, the largest first: the project's own default."""


def with_stakes(
    result: Result, inputs: Inputs, params: Params, *, given: Answers | None, marks: Marks | None
) -> Result:
    """Return the result with the revenue behind what it finds.

    Parameters
    ----------
    given
        The answers of the headline.
    marks
        Customers' marks that are told.
    """
    revenue = customer_revenue(inputs)
    waiting, complaints = _waiting(revenue, inputs, params)
    low = None if marks is None else latest_low_marks(marks)
    driver = first_driver(result)
    stakes = Stakes(
        total=None if revenue is None else float(revenue.sum()),
        largest=None if revenue is None else _largest(revenue, inputs),
        by_class=_by_class(result, given, inputs),
        group=_group(result, given, revenue, inputs),
        gone=_gone(inputs),
        waiting=waiting,
        waiting_complaints=complaints,
        unheard=_unheard(result, revenue, inputs, params, marks=marks),
        low_marks=_marked(low, marks, revenue, inputs),
    )
    if driver is None or low is None or marks is None:
        return replace(result, stakes=stakes)
    of_driver = low.loc[low["parameter"] == driver]
    stake = _marked(of_driver, marks.only([driver]), revenue, inputs)
    return replace(result, stakes=replace(stakes, driver=stake))


def customer_revenue(inputs: Inputs) -> "pd.Series[float] | None":
    """Return what each customer brings a year, never below zero; None where nothing is known.

    Net sales of the last 12 months, else the survey's own figures (the mean of a customer's).
    """
    sold = yearly_revenue(inputs)
    if sold is not None:
        named = sold[sold.index != ""]
        return named.clip(lower=0.0)
    survey = inputs.tables.get("survey")
    if survey is None or not has(survey, "customer_id"):
        return None
    own = pd.Series(numbers(survey, "revenue"), index=survey.index)
    found = own.groupby(texts(survey, "customer_id")).mean().dropna()
    found = found[found.index != ""]
    return found.clip(lower=0.0) if len(found) else None


def _stake(customers: Collection[str], revenue: "pd.Series[float] | None", inputs: Inputs) -> Stake:
    """Return customers that may be named, the largest first."""
    if revenue is None:
        ids = sorted(customers)
        return _named(ids, None, inputs)
    known = revenue.reindex(sorted(customers)).fillna(0.0)
    ordered = known.sort_values(ascending=False, kind="stable")
    return _named(ordered.index.tolist(), float(ordered.sum()), inputs)


def _named(ids: list[str], revenue: float | None, inputs: Inputs) -> Stake:
    """Return customers and the names of the first.

    Who is in the register of losses is not called to ask: it is named only where nobody else is.
    """
    names = by_customer(inputs.tables.get("customers"), "name")
    rows = inputs.ledger.customers
    gone = set(rows.where(rows["state"] == State.REGISTERED_LOSS.value)["customer_id"])
    called = [one for one in ids if one not in gone] or ids
    return Stake(
        customers=len(ids),
        revenue=revenue,
        ids=tuple(ids),
        names=tuple(names.get(one, "") or one for one in called[:NAMED]),
    )


def _largest(revenue: "pd.Series[float]", inputs: Inputs) -> Stake | None:
    """Return the fewest customers that bring more than half; None where they are many."""
    ordered = revenue.sort_values(ascending=False, kind="stable")
    reached = np.flatnonzero(ordered.cumsum().to_numpy() > HALF * float(ordered.sum()))
    if not len(reached) or reached[0] >= FEW_LARGE:
        return None
    return _stake(ordered.index[: int(reached[0]) + 1].tolist(), revenue, inputs)


def _by_class(result: Result, given: Answers | None, inputs: Inputs) -> ClassRevenue | None:
    """Return revenue by class where the index by revenue is told: the same sums of the same."""
    told = any(row.by == "revenue" and not row.suppressed for row in result.weighted)
    if given is None or not told:
        return None
    units = units_of(given, answer_revenue(given.frame, inputs)).get("revenue")
    return None if units is None else revenue_by_class(units, threshold=inputs.anonymity_threshold)


def _group(
    result: Result, given: Answers | None, revenue: "pd.Series[float] | None", inputs: Inputs
) -> Stake | None:
    """Return the customers of the group below all others: all of it, where customers say who."""
    worst = group_below(result)
    if worst is None or given is None:
        return None
    customers = inputs.tables.get("customers")
    if customers is not None and has(customers, worst.by):
        inside = texts(customers, worst.by) == worst.group
        return _stake(set(texts(customers, "customer_id")[inside]) - {""}, revenue, inputs)
    labels = divisions_of(given.frame, customers)[worst.by]
    who = texts(given.frame, "customer_id")[labels == worst.group]
    return _stake(set(who) - {""}, revenue, inputs) if (who != "").any() else None


def _gone(inputs: Inputs) -> Stake | None:
    """Return who bought in the year before and not in this one, with what they brought then."""
    sales = inputs.tables.get("sales")
    if sales is None:
        return None
    rows, year = ledger(sales), year_to(inputs.as_of)
    before = rows.loc[year.before().holds(rows["date"])]
    bought = rows["purchase"] & year.holds(rows["date"])
    gone = set(before.loc[before["purchase"], "customer"]) - set(rows.loc[bought, "customer"])
    return _stake(gone - {""}, before.groupby("customer")["amount"].sum(), inputs)


def _waiting(
    revenue: "pd.Series[float] | None", inputs: Inputs, params: Params
) -> tuple[Stake | None, int]:
    """Return who has waited too long for the end of a complaint, and for how many complaints."""
    if "complaints" not in inputs.tables or not has(inputs.tables["complaints"], "closed_date"):
        return None, 0
    rows = every_complaint(inputs)
    due = pd.Timestamp(inputs.as_of) - pd.Timedelta(days=params.complaint_days)
    late = rows.loc[dates(rows, "closed_date").isna() & (dates(rows, "date") <= due)]
    who = set(texts(late, "customer_id")) - {""}
    return (_stake(who, revenue, inputs), len(late)) if who else (None, 0)


def _unheard(
    result: Result,
    revenue: "pd.Series[float] | None",
    inputs: Inputs,
    params: Params,
    *,
    marks: Marks | None,
) -> Stake | None:
    """Return the unhappy who have not complained; their revenue as a sum where it may be told."""
    complaints = result.complaints
    if complaints is None or not complaints.silent_unhappy:
        return None
    found = unhappy_customers(inputs, marks, params)
    return _counted(found.unheard, found.asked - found.complained, revenue, inputs)


def _marked(
    low: pd.DataFrame | None,
    marks: Marks | None,
    revenue: "pd.Series[float] | None",
    inputs: Inputs,
) -> Stake | None:
    """Return the customers behind low marks; None where marks name nobody, or too few to tell."""
    if low is None or marks is None:
        return None
    asked, inside = set(marks.frame["customer"]) - {""}, set(low["customer"]) - {""}
    few = min(len(inside), len(asked - inside)) < inputs.anonymity_threshold
    if not inside or (few and not inputs.answers_by_name):
        return None
    return _counted(inside, asked, revenue, inputs)


def _counted(
    inside: Collection[str],
    asked: Collection[str],
    revenue: "pd.Series[float] | None",
    inputs: Inputs,
) -> Stake:
    """Return customers that their answers single out: by name only where answers may be so."""
    if inputs.answers_by_name:
        return _stake(inside, revenue, inputs)
    told = None
    if revenue is not None:
        known = revenue.reindex(sorted(set(asked) | set(inside))).fillna(0.0)
        told = sum_told(
            np.asarray(known, dtype=np.float64),
            known.index.isin(list(inside)),
            threshold=inputs.anonymity_threshold,
        )
    return Stake(customers=len(inside), revenue=told, rounded=True)
