"""The register of complaints: four steps, and the iceberg of those who do not complain.

A register is carried on from period to period: what is counted is of this one, the whole of it is
the stock.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import dates, has, numbers, texts
from workbook.diagnostics.gates import assumption_holds
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.complaints_result import Complaints, Step
from workbook.diagnostics.loyalty.marks import Marks
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.sales import Year, year_to
from workbook.diagnostics.score_classes import score_classes
from workbook.diagnostics.told_figures import apart

BASE = ("customers", "sales", "survey", "satisfaction")
"""Tables that name customers whether or not they complained."""
STEPS = ("registered", "cause_found", "cause_removed", "process_mended")
"""Of the source: registered in form, cause found, cause removed, process mended."""


def register(inputs: Inputs, given: Marks | None, params: Params) -> Complaints | None:
    """Return the complaints of the period; None without the table.

    Those of the 12 months to the as-of date; after an earlier period, those since its last day.

    A step counts where the register says yes (or gives its date).  A step whose column is not
    there is None and is left out of ``steps``.

    Parameters
    ----------
    given
        Customers' marks of satisfaction, for the measured number next to the assumed one.
    """
    if "complaints" not in inputs.tables:
        return None
    rows, year = of_the_period(inputs)
    stock = every_complaint(inputs)
    taken = {step: int(done(rows, step).sum()) for step in STEPS if step in rows}
    closed = _days(rows, "closed_date")
    named = texts(rows, "customer_id")
    complaining = named[named != ""].nunique()
    customers = _customers(inputs, params)
    iceberg = unhappy(complaining, customers, share=params.complaint_share)
    return Complaints(
        n=len(rows),
        registered=taken.get("registered"),
        cause_found=taken.get("cause_found"),
        cause_removed=taken.get("cause_removed"),
        process_mended=taken.get("process_mended"),
        steps=_steps(rows, taken),
        closed=len(closed),
        median_days=float(closed.median()) if len(closed) else None,
        start=year.start,
        end=year.end,
        complaint_share=params.complaint_share,
        complaining_customers=complaining,
        unnamed=int((named == "").sum()),
        customers=customers,
        unhappy_estimate=iceberg,
        silent_estimate=None if iceberg is None else iceberg - complaining,
        assumption_refuted=customers is not None and bool(complaining) and iceberg is None,
        silent_unhappy=_unheard(inputs, given, params),
        low_marks=_low_marks(given, year, inputs.anonymity_threshold),
        told_by_satisfied=params.told_by_satisfied,
        told_by_dissatisfied=params.told_by_dissatisfied,
        of_year=year == year_to(inputs.as_of),
        stock=None if inputs.since is None else len(stock),
        stock_open=int(dates(stock, "closed_date").isna().sum())
        if inputs.since is not None and has(stock, "closed_date")
        else None,
    )


def of_the_period(inputs: Inputs) -> tuple[pd.DataFrame, Year]:
    """Return the complaints of the period, and its days: 12 months, or since the one before."""
    table, year = inputs.tables["complaints"], year_to(inputs.as_of)
    if inputs.since is not None:
        year = replace(year, start=inputs.since + timedelta(days=1))
    return table.loc[year.holds(dates(table, "date"))], year


def every_complaint(inputs: Inputs) -> pd.DataFrame:
    """Return the register to the as-of date as far as it counts.

    After an earlier period all of it; in a first one the 12 months that are told.
    """
    if inputs.since is None:
        return of_the_period(inputs)[0]
    table = inputs.tables["complaints"]
    return table.loc[dates(table, "date") <= pd.Timestamp(inputs.as_of)]


def _steps(rows: pd.DataFrame, taken: dict[str, int]) -> tuple[Step, ...]:
    if rows.empty:
        return ()
    found = []
    for step in STEPS:
        if step in rows:
            dated = pd.api.types.is_datetime64_any_dtype(rows[step])
            days = _days(rows, step) if dated else None
            median = float(days.median()) if days is not None and len(days) else None
            share = taken[step] / len(rows)
            found.append(Step(step=step, n=taken[step], share=share, median_days=median))
    return tuple(found)


def done(rows: pd.DataFrame, step: str) -> npt.NDArray[np.bool_]:
    """Return which complaints took a step."""
    if pd.api.types.is_datetime64_any_dtype(rows[step]):
        return rows[step].notna().to_numpy(dtype=bool)
    return rows[step].astype("boolean").fillna(False).to_numpy(dtype=bool)


def _days(rows: pd.DataFrame, column: str) -> "pd.Series[float]":
    """Days from the complaint to a date of the register, where there is one."""
    return (dates(rows, column) - dates(rows, "date")).dropna().dt.days.astype(float)


def unhappy(complaining: int, customers: int | None, *, share: float) -> int | None:
    """Return how many customers the assumption calls unhappy; None where it cannot hold.

    Nor of no complaint: that nobody complained does not say that nobody is unhappy.

    Examples
    --------
    >>> unhappy(4, 248, share=0.10)
    40
    >>> unhappy(3, 10, share=0.10) is None  # 30 of 10: at least three in ten complain here
    True
    """
    if customers is None or not complaining:
        return None
    implied = complaining / share
    return round(implied) if assumption_holds(implied - 1e-9, customers) is None else None


def _customers(inputs: Inputs, params: Params) -> int | None:
    """Return the number of customers: the population told, or all that any table names.

    Complaints name only those who complained, so they alone do not tell how many there are.
    """
    named: set[str] = set()
    for table in BASE:
        if table in inputs.tables:
            named |= set(texts(inputs.tables[table], "customer_id"))
    if params.population is None and not named - {""}:
        return None
    # Who complains is a customer, though no other table may name them.
    named |= set(texts(inputs.tables["complaints"], "customer_id"))
    return max(params.population or 0, len(named - {""}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unhappy:
    """Customers who are measurably unhappy in the period, and who was asked and complained."""

    known: bool
    """Marks or scores name customers."""
    unhappy: frozenset[str]
    complained: frozenset[str]
    asked: frozenset[str]

    @property
    def unheard(self) -> frozenset[str]:
        """Unhappy and not complained."""
        return self.unhappy - self.complained


def unhappy_customers(inputs: Inputs, given: Marks | None, params: Params) -> Unhappy:
    """Return who gave a low mark or a detractor's score in the period, and who complained."""
    rows, year = of_the_period(inputs)
    low = _low_customers(given, year)
    critical = detractors(inputs.tables.get("survey"), params, year)
    return Unhappy(
        known=low is not None or critical is not None,
        unhappy=frozenset((low or set()) | (critical or set())),
        complained=frozenset(texts(rows, "customer_id")),
        asked=frozenset(_asked(inputs, given, year)),
    )


def _unheard(inputs: Inputs, given: Marks | None, params: Params) -> int | None:
    """Return how many customers are measurably unhappy and have not complained in the period.

    None where neither marks nor scores name customers, and where those who complained (or did
    not) are few: what is left of all the unhappy are they.
    """
    found = unhappy_customers(inputs, given, params)
    few = not apart(found.asked & found.complained, found.asked, inputs.anonymity_threshold)
    return None if few or not found.known else len(found.unheard)


def _asked(inputs: Inputs, given: Marks | None, year: Year) -> set[str]:
    """Return the customers who gave a mark or a score in the period."""
    found: set[str] = set()
    if given is not None:
        found |= set(given.frame.loc[year.holds(given.frame["date"]), "customer"])
    survey = inputs.tables.get("survey")
    if survey is not None:
        found |= set(texts(survey, "customer_id")[year.holds(dates(survey, "date"))])
    return found - {""}


def _low_customers(given: Marks | None, year: Year) -> set[str] | None:
    """Return the customers with a low mark; None where marks name no customers."""
    if given is None or not (given.frame["customer"] != "").any():
        return None
    low = given.dissatisfied
    return set(low.loc[year.holds(low["date"]), "customer"]) - {""}


def detractors(survey: pd.DataFrame | None, params: Params, year: Year) -> set[str] | None:
    """Return who gave a detractor's score; None where the survey names no customers."""
    if survey is None or not has(survey, "customer_id"):
        return None
    last = score_classes(params.scale).detractors[1]
    low = (numbers(survey, "score") <= last) & year.holds(dates(survey, "date"))
    return set(texts(survey, "customer_id")[low]) - {""}


def _low_marks(given: Marks | None, year: Year, threshold: int) -> int | None:
    if given is None:
        return None
    whose = given.frame["customer"].where(given.frame["customer"] != "", given.frame["giver"])
    inside = year.holds(given.frame["date"])
    if not apart(whose[inside], whose, threshold):
        return None
    return int(whose[inside & given.frame.index.isin(given.dissatisfied.index)].nunique())
