"""The large table: one row per customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbook.diagnostics.cells import texts
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix.abc import CLASSES as ABC
from workbook.diagnostics.segmentation_matrix.abc import Marks
from workbook.diagnostics.segmentation_matrix.contacts import (
    NO_DEALINGS,
    Dealings,
    complaints,
    last_marks,
)
from workbook.diagnostics.segmentation_matrix.kinds import SaleKind, Tally, tally
from workbook.diagnostics.segmentation_matrix.kpi_result import CustomerKpi
from workbook.diagnostics.segmentation_matrix.ledger import Ints, Ledger
from workbook.diagnostics.segmentation_matrix.lifecycle import ORDER
from workbook.diagnostics.segmentation_matrix.months import Days
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.value import Value
from workbook.diagnostics.segmentation_matrix.xyz import CLASSES as XYZ

Columns = dict[str, Sequence[Any]]
"""Fields of the rows, each by customer code."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Products:
    """Segment and products of customers, by code."""

    segments: Sequence[str | None]
    used: Ints | None
    """None: no sale names a product."""
    wanted: Ints | None
    """None: no targets."""


def customer_kpis(
    inputs: Inputs,
    found: Value,
    params: Params,
    *,
    products: Products,
    dealings: Mapping[str, Dealings],
) -> tuple[CustomerKpi, ...]:
    """Return the rows of all known customers, largest amount of the window first.

    Raises
    ------
    ValueError
        When a customer's kinds of sale and returns do not add up to its amount.
    """
    book = found.book
    columns: Columns = {
        **_who(inputs, found, products),
        **_classes(found),
        **_sales(found),
        **_contacts(inputs, found, dealings),
    }
    columns["most_valuable"] = [
        abc == "A" and xyz == "X" and (used or 0) >= params.valuable_products
        for abc, xyz, used in zip(columns["abc"], columns["xyz"], columns["used"], strict=True)
    ]
    rows = [
        CustomerKpi(**dict(zip(columns, values, strict=True)))
        for values in zip(*columns.values(), strict=True)
    ]
    order = np.lexsort((np.arange(book.n), -found.amount))
    return tuple(rows[code] for code in order.tolist())


def _who(inputs: Inputs, found: Value, products: Products) -> Columns:
    book = found.book
    names = _names(inputs)
    managers = (*book.managers, None)  # -1 is the last
    wanted = products.wanted
    return {
        "customer_id": book.customers,
        "name": [names.get(customer) for customer in book.customers],
        "segment": products.segments,
        "manager": [managers[code] for code in book.manager_now.tolist()],
        "tenure_days": _tenure(found),
        "used": [None] * book.n if products.used is None else products.used.tolist(),
        "wanted": [None] * book.n if wanted is None else wanted.tolist(),
    }


def _names(inputs: Inputs) -> dict[str, str]:
    table = inputs.tables.get("customers")
    if table is None:
        return {}
    ids, names = (texts(table, column).tolist() for column in ("customer_id", "name"))
    return {customer: name for customer, name in zip(ids, names, strict=True) if name}


def _tenure(found: Value) -> list[int | None]:
    """Return days since registration or the first purchase, whichever came first."""
    first: Days = np.fmin(found.book.registered, found.bought.first())
    days = (np.datetime64(found.book.as_of, "D") - first).tolist()
    return [None if day is None else max(day.days, 0) for day in days]


def _classes(found: Value) -> Columns:
    steady = np.where(found.lost, -1, found.steadiness.marks)
    statuses = (*ORDER, None)
    now, before = (None if p is None else p.marks for p in (found.now.abc, found.abc_before))
    return {
        "status": [statuses[mark] for mark in found.marks.tolist()],
        "status_before": [statuses[mark] for mark in found.marks_before.tolist()],
        "abc": _named(ABC, now, found.book),
        "abc_before": _named(ABC, before, found.book),
        "xyz": _named(XYZ, steady, found.book),
    }


def _named(names: str, marks: Marks | None, book: Ledger) -> list[str | None]:
    if marks is None:
        return [None] * book.n
    return [names[mark] if mark >= 0 else None for mark in marks.tolist()]


def _sales(found: Value) -> Columns:
    primary, repeat, new = _tallies(found)
    scale = found.book.scale
    last = found.bought.last(found.book.as_of)
    before = found.before is not None
    return {
        "amount": (found.amount / scale).tolist(),
        "amount_before": (found.amount_before / scale).tolist() if before else [None] * len(last),
        "primary": primary.documents.tolist(),
        "primary_sum": (primary.units / scale).tolist(),
        "repeat": repeat.sales.tolist(),
        "repeat_sum": (repeat.units / scale).tolist(),
        "new_direction": new.sales.tolist(),
        "new_direction_sum": (new.units / scale).tolist(),
        "last_sale": last.tolist(),
    }


def _tallies(found: Value) -> tuple[Tally, Tally, Tally]:
    """Return first sales, repeat sales and new directions by customer."""
    book = found.book
    lines = book.within(found.now.span)
    primary, repeat, new, returned = (
        tally(book, found.kinds, kind, owner=book.customer, n=book.n, lines=lines)
        for kind in SaleKind
    )
    parts = primary.units + repeat.units + new.units + returned.units
    if not np.array_equal(parts, found.amount):
        raise ValueError("kinds of sale do not add up to what customers bought")
    return primary, repeat, new


def _contacts(inputs: Inputs, found: Value, dealings: Mapping[str, Dealings]) -> Columns:
    ids = found.book.customers
    own = [dealings.get(customer, NO_DEALINGS) for customer in ids]
    complained = complaints(inputs, found.now.span)
    marks = last_marks(inputs)
    return {
        "open_offers": [deal.open_offers for deal in own],
        "next_step": [deal.next_step for deal in own],
        "refusals": [deal.refusals for deal in own],
        "last_refusal_stage": [d.last_refusal.stage if d.last_refusal else None for d in own],
        "last_refusal_reason": [d.last_refusal.reason if d.last_refusal else None for d in own],
        "complaints": [None if complained is None else complained.get(c, 0) for c in ids],
        "last_mark": [marks.get(customer) for customer in ids],
    }
