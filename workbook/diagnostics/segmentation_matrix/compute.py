"""The segmentation matrix: checked tables in, one frozen result out."""

from dataclasses import replace

from workbook.diagnostics.customer_ledger.months import span
from workbook.diagnostics.customer_ledger.sales_ledger import Ints, Ledger, ledger_of
from workbook.diagnostics.customer_ledger.states import State
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.names import words_at
from workbook.diagnostics.segmentation_matrix.cautions import cautions, value_cautions
from workbook.diagnostics.segmentation_matrix.contacts import offers_by_customer
from workbook.diagnostics.segmentation_matrix.customer_kpi import (
    Products,
    a_moves,
    customer_kpis,
)
from workbook.diagnostics.segmentation_matrix.customer_value import CustomerValue, customer_value
from workbook.diagnostics.segmentation_matrix.findings import with_page_two
from workbook.diagnostics.segmentation_matrix.further import with_further, with_source_family
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.plan_sections import (
    Targets,
    read_targets,
    with_deals,
    with_segments,
)
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.diagnostics.segmentation_matrix.targets import cover
from workbook.diagnostics.segmentation_matrix.value_sections import agreed, with_value
from workbook.diagnostics.segmentation_matrix.win_rate import win_rate
from workbook.stats.whole_order import distinct


def compute(inputs: Inputs, params: Params, sources: None = None) -> Result:
    """Return the findings of the segmentation matrix.

    A table or column that is not there leaves its section out and puts its name into
    :attr:`Result.absent`.

    Raises
    ------
    ValueError
        When totals do not reconcile.
    """
    ledger = ledger_of(inputs)
    value = customer_value(ledger, params) if ledger.first is not None else None
    ledger = ledger.without_documents()
    result = Result(customers_n=ledger.n)
    if value is not None:
        result = with_value(result, value, params)
        agreed(result, inputs, params)
        result = replace(result, customer_states=inputs.ledger.counts)
    targets = read_targets(inputs, ledger.of_listed_or_bought(), params)
    n = targets.ledger.n
    result = with_deals(result, targets, inputs=inputs, params=params)
    result = with_segments(
        result,
        targets,
        inputs=inputs,
        params=params,
        turnover=None if value is None else value.amount[:n] / ledger.scale,
        active=_active(ledger, params),
        lost=None if value is None else value.lost[:n],
    )
    if value is not None:
        result = _with_customers(result, value, targets=targets, inputs=inputs, params=params)
    result = with_further(result, targets, inputs=inputs, params=params)
    on_plan = cautions(targets.segmentation, targets.matrix, targets.events)
    on_value = () if value is None else value_cautions(result, value, params)
    result = replace(
        result,
        silent_registered=_registered(inputs, result),
        win_rate=win_rate(targets.events, params),
        warnings=(*on_plan, *on_value),
        absent=_absent(result, inputs, targets),
    )
    return with_source_family(with_page_two(result, params), params)


def _registered(inputs: Inputs, result: Result) -> tuple[str, ...]:
    """Return the silent A customers that the register of losses lists already."""
    rows = inputs.ledger.customers.where(
        inputs.ledger.customers["state"] == State.REGISTERED_LOSS.value
    )
    known = set(rows["customer_id"])
    return tuple(str(name) for name in result.silent["customer_id"] if name in known)


def _active(ledger: Ledger, params: Params) -> Ints:
    """Return the customers that bought in the window."""
    bought = ledger.is_purchase & ledger.within(span(ledger.as_of, params.window_months))
    return distinct(ledger.customer[bought], ledger.n)


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
    moved = value.now.abc is not None and value.abc_before is not None
    return replace(result, customers=rows, a_moves=a_moves(rows) if moved else result.a_moves)


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
        "sources": bool(result.sources),
        "competitors": bool(result.competitors),
        "contribution": result.contribution is not None,
        "next_dates": bool(result.next_dates),
    }
    return tuple(name for name, is_there in sections.items() if not is_there)
