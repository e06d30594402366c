"""The six instruments of the source: what the client's own record of each shows."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.cells import as_date, day_number, days, has, numbers, texts, truths
from workbook.diagnostics.churn_reasons.history import Ints, codes_of
from workbook.diagnostics.churn_reasons.ledger import YEAR
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.portfolio import Portfolio
from workbook.diagnostics.churn_reasons.prevention_result import InstrumentUse
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.plans import first_days, last_days
from workbook.language.lemmas import bare, fold
from workbook.stats import Floats

KINDS = {
    "needs": "preventive",
    "volumes": "preventive",
    "feedback": "preventive",
    "satisfaction": "preventive",
    "complaints": "corrective",
    "reasons": "last_chance",
}
"""Instrument -> its kind, in the order of the source."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Uses:
    """Rows of one record: whom it concerns and when."""

    table: str
    codes: Ints
    day: Floats


def instruments(
    losses: Losses, portfolio: Portfolio | None, inputs: Inputs, params: Params
) -> tuple[InstrumentUse, ...]:
    """Return the six instruments, each by its own record and never by a substitute.

    The first four count active customers in the last 12 months: needs by offers; volumes by the
    table of plans, for periods that reach into these months or lie ahead; feedback by answers to
    the survey and by control points of kind contact that were done (dates of invoices and
    documents are none); satisfaction by marks.  Complaints count those of these months whose
    cause was found; reasons count losses with an exit interview or a verified reason.
    """
    active = None if portfolio is None else portfolio.active
    records = _records(losses, inputs, params)
    rows = [_preventive(name, uses, active, losses.as_of) for name, uses in records.items()]
    return (*rows, _complaints(inputs), _reasons(losses))


def users(losses: Losses, inputs: Inputs, params: Params) -> Mapping[str, Ints]:
    """Return the customers (codes) that each preventive instrument with a record was used for."""
    records = _records(losses, inputs, params)
    return {name: _recent(uses, losses.as_of) for name, uses in records.items() if uses}


def _records(losses: Losses, inputs: Inputs, params: Params) -> Mapping[str, list[Uses]]:
    return {
        "needs": _dated(inputs, losses, {"offers": "date"}),
        "volumes": _planned(inputs, losses),
        "feedback": _feedback(inputs, losses, params),
        "satisfaction": _dated(inputs, losses, {"satisfaction": "date"}),
    }


def _recent(uses: list[Uses], as_of: int) -> Ints:
    """Return the customers of whom the records tell in the last 12 months, each once."""
    codes = np.concatenate([use.codes for use in uses])
    day = np.concatenate([use.day for use in uses])
    return np.unique(codes[(day <= as_of) & (day > as_of - YEAR) & (codes >= 0)])


def _dated(inputs: Inputs, losses: Losses, tables: Mapping[str, str]) -> list[Uses]:
    found = []
    for table, column in tables.items():
        rows = inputs.tables.get(table)
        if rows is None or not has(rows, "customer_id"):
            continue
        rows = rows.loc[(texts(rows, "side") != "staff").to_numpy()]
        found.append(Uses(table=table, codes=codes_of(rows, losses.ids), day=days(rows, column)))
    return found


def _planned(inputs: Inputs, losses: Losses) -> list[Uses]:
    rows = inputs.tables.get("plans")
    if rows is None:
        return []
    rows = rows.loc[~np.isnan(numbers(rows, "amount"))]
    # A plan is in use to the end of its period; one that lies ahead is in use today.
    day = np.where(first_days(rows) > losses.as_of, losses.as_of, last_days(rows))
    return [
        Uses(
            table="plans",
            codes=codes_of(rows, losses.ids),
            day=np.minimum(day, float(losses.as_of)),
        )
    ]


def _feedback(inputs: Inputs, losses: Losses, params: Params) -> list[Uses]:
    found = _dated(inputs, losses, {"survey": "date"})
    points = inputs.tables.get("control_points")
    if points is None or "done_date" not in points:
        return found
    kinds = {name: _is_contact(name, params) for name in set(texts(points, "point"))}
    contacts = points.loc[texts(points, "point").map(kinds).to_numpy(dtype=bool)]
    if len(contacts):
        found.append(
            Uses(
                table="control_points",
                codes=codes_of(contacts, losses.ids),
                day=days(contacts, "done_date"),
            )
        )
    return found


def _is_contact(point: str, params: Params) -> bool:
    words = bare(point).split()

    def names(stems: tuple[str, ...]) -> bool:
        return any(word.startswith(fold(stem)) for word in words for stem in stems)

    return names(params.contact_words) and not names(params.document_words)


def _preventive(name: str, uses: list[Uses], active: Ints | None, as_of: int) -> InstrumentUse:
    if not uses:
        return _care(name, record=(), have=None, of=None, last=None)
    day = np.concatenate([use.day for use in uses])
    past, recent = day <= as_of, _recent(uses, as_of)
    have = recent if active is None else np.intersect1d(active, recent)
    return _care(
        name,
        record=tuple(dict.fromkeys(use.table for use in uses)),
        have=len(have),
        of=None if active is None else len(active),
        last=float(day[past].max()) if past.any() else None,
    )


def _complaints(inputs: Inputs) -> InstrumentUse:
    table = inputs.tables.get("complaints")
    if table is None or "cause_found" not in table:
        return _care("complaints", record=(), have=None, of=None, last=None)
    as_of, day = day_number(inputs.as_of), days(table, "date")
    recent = (day <= as_of) & (day > as_of - YEAR)
    found = truths(table, "cause_found") == 1
    used = day[found & (day <= as_of)]
    return _care(
        "complaints",
        record=("complaints",),
        have=int((recent & found).sum()),
        of=int(recent.sum()),
        last=float(used.max()) if len(used) else None,
    )


def _reasons(losses: Losses) -> InstrumentUse:
    frame = losses.frame
    flags = frame[["exit_interview", "verified"]]
    if not losses.n or bool(flags.isna().all(axis=None)):
        return _care("reasons", record=(), have=None, of=None, last=None)
    studied = (flags == 1).any(axis=1)
    return _care(
        "reasons",
        record=("lost_customers",),
        have=int(studied.sum()),
        of=losses.n,
        last=float(frame.loc[studied, "lost"].max()) if studied.any() else None,
    )


def _care(
    name: str, *, record: tuple[str, ...], have: int | None, of: int | None, last: float | None
) -> InstrumentUse:
    return InstrumentUse(
        instrument=name,
        kind=KINDS[name],
        record=record,
        have=have,
        of=of,
        share=have / of if have is not None and of else None,
        last=as_date(last),
    )
