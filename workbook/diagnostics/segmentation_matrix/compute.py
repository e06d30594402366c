"""The segmentation matrix: checked tables in, one frozen result out."""

from dataclasses import replace

import numpy as np

from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix.cautions import cautions, value_cautions
from workbook.diagnostics.segmentation_matrix.contacts import offers_by_customer
from workbook.diagnostics.segmentation_matrix.customer_kpi import Products, customer_kpis
from workbook.diagnostics.segmentation_matrix.customer_value import CustomerValue, customer_value
from workbook.diagnostics.segmentation_matrix.findings import with_page_two
from workbook.diagnostics.segmentation_matrix.ledger import Ints, Ledger, ledger_of
from workbook.diagnostics.segmentation_matrix.months import span
from workbook.diagnostics.segmentation_matrix.names import words_at
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.plan_sections import (
    Targets,
    read_targets,
    with_deals,
    with_segments,
)
from workbook.diagnostics.segmentation_matrix.register import registered
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.diagnostics.segmentation_matrix.targets import cover
from workbook.diagnostics.segmentation_matrix.value_sections import with_value
from workbook.diagnostics.segmentation_matrix.win_rate import win_rate


def compute(inputs: Inputs, params: Params, sources: None = None) -> Result:
    """Return the findings of the segmentation matrix.

    A table or column that is not there leaves its section out and puts its name into
    :attr:`Result.absent`.

    Raises
    ------
    ValueError
        When totals do not reconcile.
    """
    ledger = ledger_of(inputs, params)
    value = customer_value(ledger, params) if ledger.first is not None else None
    result = Result(customers_n=ledger.n)
    if value is not None:
        result = with_value(result, value, params)
    targets = read_targets(inputs, ledger, params)
    result = with_deals(result, targets, inputs=inputs, params=params)
    result = with_segments(
        result,
        targets,
        inputs=inputs,
        params=params,
        turnover=None if value is None else value.amount / ledger.scale,
        active=_active(ledger, params),
        lost=None if value is None else value.lost,
    )
    if value is not None:
        result = _with_customers(result, value, targets=targets, inputs=inputs, params=params)
    on_plan = cautions(targets.segmentation, targets.matrix, targets.events)
    on_value = () if value is None else value_cautions(result, value, params)
    result = replace(
        result,
        silent_registered=registered(inputs, result.silent["customer_id"]),
        win_rate=win_rate(targets.events, params),
        warnings=(*on_plan, *on_value),
        absent=_absent(result, inputs, targets),
    )
    return with_page_two(result, params)


def _active(ledger: Ledger, params: Params) -> Ints:
    """Return the customers that bought in the window."""
    bought = ledger.is_purchase & ledger.within(span(ledger.as_of, params.window_months))
    return np.unique(ledger.customer[bought])


def _with_customers(
    result: Result, value: CustomerValue, *, targets: Targets, inputs: Inputs, params: Params
) -> Result:
    covered = cover(targets.matrix)
    products = Products(
        segments=words_at(targets.segmentation.names, targets.segmentation.codes),
        used=covered.used if targets.matrix.usage.told else None,
        wanted=covered.wanted if targets.matrix.targets and targets.matrix.usage.told else None,
    )
    offers = offers_by_customer(result.board, result.events, targets.ledger.customers)
    rows = customer_kpis(inputs, value, params, products=products, offers=offers)
    return replace(result, customers=rows)


def _absent(result: Result, inputs: Inputs, targets: Targets) -> tuple[str, ...]:
    """Names of the sections that no table or column speaks of."""
    sections = {
        "segments": bool(result.assignment),
        "targets": targets.matrix.targets,
        "abc": result.abc_counts is not None,
        "xyz": result.xyz_counts is not None,
        "lifecycle": result.lifecycle_counts is not None,
        "kpi": result.kpi_total is not None,
        "migration": result.migration is not None,
        "board": bool(result.board),
        "funnel": targets.events is not None,
        "refusals": targets.events is not None,
        "control_points": "control_points" in inputs.tables,
    }
    return tuple(name for name, is_there in sections.items() if not is_there)
