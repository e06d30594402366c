"""The segmentation matrix: checked tables in, one frozen result out."""

from dataclasses import replace

import numpy as np

from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix.cautions import cautions
from workbook.diagnostics.segmentation_matrix.contacts import offers_by_customer
from workbook.diagnostics.segmentation_matrix.customer_kpi import Products, customer_kpis
from workbook.diagnostics.segmentation_matrix.findings import with_page_two
from workbook.diagnostics.segmentation_matrix.ledger import Ints, Ledger, ledger
from workbook.diagnostics.segmentation_matrix.months import span
from workbook.diagnostics.segmentation_matrix.names import words_at
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.plan_sections import (
    Plan,
    plan,
    with_deals,
    with_segments,
)
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.diagnostics.segmentation_matrix.targets import cover
from workbook.diagnostics.segmentation_matrix.value import Value, value
from workbook.diagnostics.segmentation_matrix.value_cautions import value_cautions
from workbook.diagnostics.segmentation_matrix.value_sections import with_value


def compute(inputs: Inputs, params: Params, sources: None = None) -> Result:
    """Return the findings of the segmentation matrix.

    A table or column that is not there leaves its section out and puts its name into
    :attr:`Result.absent`.

    Raises
    ------
    ValueError
        When totals do not reconcile.
    """
    book = ledger(inputs, params)
    worth = value(book, params) if book.first is not None else None
    result = Result(customers_n=book.n)
    if worth is not None:
        result = with_value(result, worth, params)
    meant = plan(inputs, book, params)
    result = with_deals(result, meant, inputs=inputs, params=params)
    result = with_segments(
        result,
        meant,
        inputs=inputs,
        params=params,
        turnover=None if worth is None else worth.amount / book.scale,
        active=_active(book, params),
        lost=None if worth is None else worth.lost,
    )
    if worth is not None:
        result = _with_customers(result, worth, meant=meant, inputs=inputs, params=params)
    on_plan = cautions(meant.segmentation, meant.facts, meant.events)
    on_value = () if worth is None else value_cautions(result, worth, params)
    result = replace(result, warnings=(*on_plan, *on_value), absent=_absent(result, inputs, meant))
    return with_page_two(result, params)


def _active(book: Ledger, params: Params) -> Ints:
    """Return the customers that bought in the window."""
    bought = book.is_purchase & book.within(span(book.as_of, params.window_months))
    return np.unique(book.customer[bought])


def _with_customers(
    result: Result, worth: Value, *, meant: Plan, inputs: Inputs, params: Params
) -> Result:
    covered = cover(meant.facts)
    products = Products(
        segments=words_at(meant.segmentation.names, meant.segmentation.codes),
        used=covered.used if meant.facts.usage.told else None,
        wanted=covered.wanted if meant.facts.targets and meant.facts.usage.told else None,
    )
    offers = offers_by_customer(result.board, result.events, meant.book.customers)
    rows = customer_kpis(inputs, worth, params, products=products, offers=offers)
    return replace(result, customers=rows)


def _absent(result: Result, inputs: Inputs, meant: Plan) -> tuple[str, ...]:
    """Names of the sections that no table or column speaks of."""
    sections = {
        "segments": bool(result.assignment),
        "targets": meant.facts.targets,
        "abc": result.abc_counts is not None,
        "xyz": result.xyz_counts is not None,
        "lifecycle": result.lifecycle_counts is not None,
        "kpi": result.kpi_total is not None,
        "migration": result.migration is not None,
        "board": bool(result.board),
        "funnel": meant.events is not None,
        "refusals": meant.events is not None,
        "control_points": "control_points" in inputs.tables,
    }
    return tuple(name for name, is_there in sections.items() if not is_there)
