"""The register of complaints: four steps, and the iceberg of those who do not complain."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.diagnostics.cells import dates, texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.loyalty.marks import Marks
from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Complaints, Step
from workbook.diagnostics.loyalty.sales import Year, year_to

STEPS = ("registered", "cause_found", "cause_removed", "process_mended")
"""Of the source: registered in form, cause found, cause removed, process mended."""


def register(inputs: Inputs, given: Marks | None, params: Params) -> Complaints | None:
    """Return the complaints of the 12 months to the as-of date; None without the table.

    A step counts where the register says yes (or gives its date).  A step whose column is not
    there is None and is left out of ``steps``.

    Parameters
    ----------
    given
        Customers' marks of satisfaction, for the measured number next to the assumed one.
    """
    table = inputs.tables.get("complaints")
    if table is None:
        return None
    year = year_to(inputs.as_of)
    rows = table.loc[year.holds(dates(table, "date"))]
    done = {step: int(_done(rows, step).sum()) for step in STEPS if step in rows}
    closed = _days(rows, "closed_date")
    complaining = _complaining(rows)
    return Complaints(
        n=len(rows),
        registered=done.get("registered"),
        cause_found=done.get("cause_found"),
        cause_removed=done.get("cause_removed"),
        process_mended=done.get("process_mended"),
        steps=_steps(rows, done),
        closed=len(closed),
        median_days=float(closed.median()) if len(closed) else None,
        start=year.start,
        end=year.end,
        complaint_share=params.complaint_share,
        complaining_customers=complaining,
        silent_estimate=_implied(complaining, params.complaint_share),
        low_marks=_low_marks(given, year) if given is not None else None,
        told_by_satisfied=params.told_by_satisfied,
        told_by_dissatisfied=params.told_by_dissatisfied,
    )


def _steps(rows: pd.DataFrame, done: dict[str, int]) -> tuple[Step, ...]:
    if rows.empty:
        return ()
    found = []
    for step in STEPS:
        if step in rows:
            dated = pd.api.types.is_datetime64_any_dtype(rows[step])
            days = _days(rows, step) if dated else None
            median = float(days.median()) if days is not None and len(days) else None
            share = done[step] / len(rows)
            found.append(Step(step=step, n=done[step], share=share, median_days=median))
    return tuple(found)


def _done(rows: pd.DataFrame, step: str) -> npt.NDArray[np.bool_]:
    if pd.api.types.is_datetime64_any_dtype(rows[step]):
        return rows[step].notna().to_numpy(dtype=bool)
    return rows[step].astype("boolean").fillna(False).to_numpy(dtype=bool)


def _days(rows: pd.DataFrame, column: str) -> "pd.Series[float]":
    """Days from the complaint to a date of the register, where there is one."""
    return (dates(rows, column) - dates(rows, "date")).dropna().dt.days.astype(float)


def _complaining(rows: pd.DataFrame) -> int:
    """Different customers; a complaint without a customer counts as one of its own."""
    customer = texts(rows, "customer_id")
    return int(customer[customer != ""].nunique() + (customer == "").sum())


def _implied(complaining: int, share: float) -> int:
    return round(complaining / share)


def _low_marks(given: Marks, year: Year) -> int:
    low = given.dissatisfied
    low = low.loc[year.holds(low["date"])]
    return int(low["customer"].where(low["customer"] != "", low["giver"]).nunique())
