"""The six instruments of the source: what the client's data show of each."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import as_date, day_number, days, has, texts
from workbook.diagnostics.churn_reasons.history import Ints, codes_of
from workbook.diagnostics.churn_reasons.ledger import YEAR
from workbook.diagnostics.churn_reasons.portfolio import Portfolio
from workbook.diagnostics.churn_reasons.register import Register
from workbook.diagnostics.churn_reasons.result import Audit
from workbook.diagnostics.inputs import Inputs
from workbook.stats import Floats

INSTRUMENTS = {
    "needs": ("preventive", ("offers",)),
    "volumes": ("preventive", ("offers",)),
    "feedback": ("preventive", ("control_points", "survey")),
    "satisfaction": ("preventive", ("satisfaction", "survey")),
    "complaints": ("corrective", ("complaints",)),
    "reasons": ("last_chance", ("lost_customers",)),
}
"""Instrument -> its kind and the tables that can speak of it."""

Use = tuple[str, Ints, Floats]
"""Table, customers and days of its use."""


def audit(losses: Register, there: Portfolio | None, inputs: Inputs) -> tuple[Audit, ...]:
    """Return the six instruments in the order of the source.

    The first four count active customers of whom the last 12 months show a use: an offer dated
    (needs), an open offer with an amount or a due date (volumes), a contact point done or an
    answer to the survey (feedback), a mark or a score (satisfaction).  Complaints count those of
    these months that were closed; reasons count losses with an exit interview or a verified
    reason.
    """
    active = _active(there)
    rows = [
        _preventive(name, active, losses=losses, inputs=inputs)
        for name in ("needs", "volumes", "feedback", "satisfaction")
    ]
    return (*rows, _complaints(inputs), _reasons(losses))


def _active(there: Portfolio | None) -> Ints:
    if there is None:
        return np.array([], dtype=np.int64)
    return np.unique(there.frame.loc[there.frame["active"], "code"].to_numpy(dtype=np.int64))


def _preventive(name: str, active: Ints, *, losses: Register, inputs: Inputs) -> Audit:
    uses = list(_uses(name, losses, inputs))
    if not uses or not len(active):
        return _audit(name, tables=(), n=None, base=None, last=None)
    codes = np.concatenate([codes for _, codes, _ in uses])
    day = np.concatenate([day for _, _, day in uses])
    past = day <= losses.as_of
    recent = past & (day > losses.as_of - YEAR)
    return _audit(
        name,
        tables=tuple(dict.fromkeys(table for table, _, _ in uses)),
        n=int(np.isin(active, codes[recent]).sum()),
        base=len(active),
        last=float(day[past].max()) if past.any() else None,
    )


def _uses(name: str, losses: Register, inputs: Inputs) -> Iterator[Use]:
    for table in INSTRUMENTS[name][1]:
        rows = inputs.tables.get(table)
        if rows is None or not has(rows, "customer_id"):
            continue
        rows, column = _rows_of_use(name, table, rows)
        yield table, codes_of(rows, losses.ids), days(rows, column)


def _rows_of_use(name: str, table: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    if table == "control_points":
        return rows, "done_date" if "done_date" in rows else "due_date"
    if name == "volumes":
        planned = ~np.isnan(days(rows, "due_date"))
        if "amount" in rows:
            planned |= rows["amount"].notna().to_numpy()
        return rows.loc[planned & (texts(rows, "status") == "open").to_numpy()], "date"
    if table == "satisfaction":
        return rows.loc[texts(rows, "side") != "staff"], "date"
    return rows, "date"


def _complaints(inputs: Inputs) -> Audit:
    table = inputs.tables.get("complaints")
    if table is None:
        return _audit("complaints", tables=(), n=None, base=None, last=None)
    as_of, day = day_number(inputs.as_of), days(table, "date")
    recent = (day <= as_of) & (day > as_of - YEAR)
    closed = days(table, "closed_date")
    done = recent & (closed <= as_of)
    past = closed[closed <= as_of]
    return _audit(
        "complaints",
        tables=("complaints",),
        n=int(done.sum()) if "closed_date" in table else None,
        base=int(recent.sum()),
        last=float(past.max()) if len(past) else None,
    )


def _reasons(losses: Register) -> Audit:
    if not losses.n:
        return _audit("reasons", tables=(), n=None, base=None, last=None)
    frame = losses.frame
    studied = (frame["exit_interview"] == 1) | (frame["verified"] == 1)
    return _audit(
        "reasons",
        tables=("lost_customers",),
        n=int(studied.sum()),
        base=losses.n,
        last=float(frame.loc[studied, "lost"].max()) if studied.any() else None,
    )


def _audit(
    name: str, *, tables: tuple[str, ...], n: int | None, base: int | None, last: float | None
) -> Audit:
    return Audit(
        instrument=name,
        kind=INSTRUMENTS[name][0],
        tables=tables,
        n=n,
        base=base,
        coverage=n / base if n is not None and base else None,
        last=as_date(last),
    )
