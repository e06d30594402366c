"""What could be seen of a customer on any day, from what was known before that day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from workbook.diagnostics.cells import day_numbers, days, has, numbers, texts
from workbook.diagnostics.churn_reasons.exposure import (
    Bools,
    latest,
    product_lines,
    spans,
)
from workbook.diagnostics.churn_reasons.history import History, Ints, codes_of, history
from workbook.diagnostics.churn_reasons.ledger import YEAR, SalesLedger
from workbook.diagnostics.churn_reasons.losses import Losses
from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.prevention_result import Signal
from workbook.diagnostics.customer_ledger.contacts import first_answers
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.mark_scale import scale_of
from workbook.stats import Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SignalState:
    """A signal of each customer on a day of its own."""

    on: Bools
    known: Bools
    """The data allow to say whether it is on."""


Look = Callable[[Ints, Floats], SignalState]
"""(customers, days) -> the signal, from what was known before each day."""


def visible_signals(losses: Losses, inputs: Inputs, params: Params) -> Mapping[Signal, Look]:
    """Return the signals that the tables can show."""
    tables, ids = inputs.tables, losses.ids
    found: dict[Signal, Look | None] = {}
    if losses.ledger is not None:
        found[Signal.TURNOVER] = _turnover(losses.ledger, params)
        found[Signal.GAP] = _gap(losses.ledger, params)
    found[Signal.COMPLAINT] = _complaint(tables.get("complaints"), ids, params)
    found[Signal.LOW_MARK] = _low_mark(tables.get("satisfaction"), ids, params)
    found[Signal.DETRACTOR] = _detractor(tables.get("survey"), ids, params)
    if losses.ledger is not None:
        found[Signal.FEWER_LINES] = _fewer_lines(losses.ledger, params)
    found[Signal.SINGLE_CONTACT] = _single_contact(
        [tables.get("survey"), tables.get("satisfaction")], ids
    )
    return {signal: look for signal, look in found.items() if look is not None}


def _turnover(books: SalesLedger, params: Params) -> Look:
    window = float(params.turnover_window_days)

    def look(codes: Ints, day: Floats) -> SignalState:
        cut = day - window
        recent = books.amounts.total(codes, cut, day)
        base = books.amounts.total(codes, cut - YEAR, cut)
        # Whoever began half a year ago has half a year to be measured by, not a whole one.
        seen = np.minimum(YEAR, cut - books.purchases.first(codes))
        bought = books.purchases.count(codes, cut - YEAR, cut)
        part = window / np.where(seen >= window, seen, np.inf)  # of the base, by time alone
        known = (bought >= params.min_purchases) & (base > 0) & (seen >= window)
        usual = base * part
        return SignalState(on=known & (recent <= params.turnover_drop * usual), known=known)

    return look


def _gap(books: SalesLedger, params: Params) -> Look:
    def look(codes: Ints, day: Floats) -> SignalState:
        bought = books.purchases
        n = bought.count(codes, np.full(len(codes), -np.inf), day)
        last = bought.last(codes, day)
        known = n >= max(2, params.min_purchases)  # one purchase has no interval
        # n days of purchase are n - 1 intervals.
        interval = (last - bought.first(codes)) / np.maximum(n - 1, 1)
        limit = np.maximum(params.gap_factor * interval, params.gap_least_days)
        return SignalState(on=known & (day - last > limit), known=known)

    return look


def _complaint(table: pd.DataFrame | None, ids: "pd.Index[str]", params: Params) -> Look | None:
    if table is None or not has(table, "closed_date"):
        return None
    opened, closed = days(table, "date"), days(table, "closed_date")
    # One that nobody ever closed in the books would ring for years.
    forgotten = opened + params.memory_days
    end = np.where(np.isnan(closed), forgotten, np.minimum(closed, forgotten))
    unanswered = spans(codes_of(table, ids), opened, end)
    since = float(np.nanmin(opened)) if (~np.isnan(opened)).any() else np.inf

    def look(codes: Ints, day: Floats) -> SignalState:
        known = day > since  # before its first row the table says nothing of anybody
        return SignalState(on=known & unanswered.on(codes, day), known=known)

    return look


def _low_mark(table: pd.DataFrame | None, ids: "pd.Index[str]", params: Params) -> Look | None:
    if table is None or not has(table, "customer_id"):
        return None
    table = table.loc[texts(table, "side") != "staff"]
    limit = scale_of(table).at(params.low_mark)
    return _fresh(table, "mark", ids, how="mean", limit=limit, params=params)


def _detractor(table: pd.DataFrame | None, ids: "pd.Index[str]", params: Params) -> Look | None:
    if table is None or not has(table, "customer_id"):
        return None
    limit = float(params.detractor_score)
    return _fresh(table, "score", ids, how="min", limit=limit, params=params)


def _fresh(
    table: pd.DataFrame,
    column: str,
    ids: "pd.Index[str]",
    *,
    how: Literal["min", "mean"],
    limit: float,
    params: Params,
) -> Look:
    state = latest(
        codes_of(table, ids),
        days(table, "date"),
        numbers(table, column),
        how=how,
        limit=limit,
        memory=params.memory_days,
    )

    def look(codes: Ints, day: Floats) -> SignalState:
        known = state.fresh.on(codes, day)
        return SignalState(on=known & state.low.on(codes, day), known=known)

    return look


def _fewer_lines(books: SalesLedger, params: Params) -> Look | None:
    if books.lines.empty:
        return None
    window = params.lines_window_days
    kept = product_lines(books.lines, window)

    def look(codes: Ints, day: Floats) -> SignalState:
        now, before = kept.number(codes, day), kept.number(codes, day - window)
        known = before >= 2  # of one line nothing can go but the customer itself
        return SignalState(on=known & (now <= params.lines_drop * before), known=known)

    return look


def _single_contact(tables: list[pd.DataFrame | None], ids: "pd.Index[str]") -> Look | None:
    people = _contacts([t for t in tables if t is not None], ids)
    if people is None:
        return None

    def look(codes: Ints, day: Floats) -> SignalState:
        n = people.count(codes, np.full(len(codes), -np.inf), day)
        return SignalState(on=n == 1, known=n > 0)

    return look


def _contacts(tables: list[pd.DataFrame], ids: "pd.Index[str]") -> History | None:
    """Return the first answer of each person; None where the tables do not tell people apart."""
    first = first_answers(tables, ids)
    if first is None:
        return None
    return history(first["code"].to_numpy(dtype=np.int64), day_numbers(first["day"]))
