"""The sections of the result that rest on sales."""

from dataclasses import replace
from datetime import date

import numpy as np

from workbook.diagnostics.customer_ledger.abc_classes import CLASSES, sums
from workbook.diagnostics.customer_ledger.months import Span, back, shared_months, span
from workbook.diagnostics.customer_ledger.sales_ledger import Ints
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix import abc as ranking
from workbook.diagnostics.segmentation_matrix import lifecycle, xyz
from workbook.diagnostics.segmentation_matrix.customer_value import CustomerValue
from workbook.diagnostics.segmentation_matrix.department import Period, department
from workbook.diagnostics.segmentation_matrix.kpi_result import KpiBasis, ManagerKpi
from workbook.diagnostics.segmentation_matrix.lapsed_a_customers import lapsed_a_customers
from workbook.diagnostics.segmentation_matrix.lifecycle_window import window
from workbook.diagnostics.segmentation_matrix.managers import manager_kpis, only_repeat
from workbook.diagnostics.segmentation_matrix.migration import Moment, moves
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.products import product_totals
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.diagnostics.segmentation_matrix.value_result import LifecycleCounts, Migration, Move
from workbook.diagnostics.segmentation_matrix.xyz_basis import basis as xyz_basis
from workbook.diagnostics.segmentation_matrix.xyz_basis import nine_field


def with_value(result: Result, found: CustomerValue, params: Params) -> Result:
    """Return the result with classes, statuses, KPI tables and moves."""
    result = _with_abc(result, found, params)
    result = _with_xyz(result, found, params)
    result = _with_lifecycle(result, found, params)
    return _with_kpis(result, found, params)


def agreed(result: Result, inputs: Inputs, params: Params) -> None:
    """Check that the statuses are those of the customer ledger, as every other report has them.

    Nothing is compared where a notebook tries another window than the engagement's.

    Raises
    ------
    ValueError
        When lost, potential or new customers are not those of the ledger.
    """
    told, ledger = result.lifecycle_counts, inputs.ledger
    if told is None or params.lifecycle_months != ledger.rules.lifecycle_months:
        return
    counts = ledger.counts
    if (told.lost, told.potential, told.new) != (counts.lost, counts.prospect, counts.new):
        raise ValueError(f"the statuses {told} are not those of the customer ledger {counts}")


def _with_abc(result: Result, found: CustomerValue, params: Params) -> Result:
    now = found.now.abc
    if now is None:
        return result
    ranked = ranking.customers(found.ledger, now, params)
    return replace(
        result,
        abc=ranked,
        abc_counts=ranking.counts(now.marks),
        abc_basis=ranking.basis(found.ledger, now, params),
        abc_sensitive=ranked.where(ranked["class_"] != ranked["other_class"]),
        abc_history=ranking.history(found.ledger, params),
        nine_field=nine_field(found.ledger, now, found.stability.marks),
        silent=lapsed_a_customers(
            found.ledger, found.bought, params, now=now, before=found.abc_before
        ),
    )


def _with_xyz(result: Result, found: CustomerValue, params: Params) -> Result:
    rows = xyz.customers(found.ledger, found.stability, params, lost=found.lost)
    return replace(
        result,
        xyz=rows,
        xyz_counts=xyz.counts(found.stability),
        xyz_basis=xyz_basis(found.ledger, found.stability, params, customers=rows, new=found.new),
    )


def _with_lifecycle(result: Result, found: CustomerValue, params: Params) -> Result:
    counted = lifecycle.counts(found.marks)
    if sum((counted.potential, counted.new, counted.regular, counted.renewed, counted.lost)) != (
        found.ledger.n
    ):
        raise ValueError("statuses do not hold every customer once")
    return replace(
        result,
        lifecycle_counts=counted,
        lifecycle_counts_before=_counts_before(found),
        lifecycle=lifecycle.customers(
            found.ledger, found.bought, params, found.marks, found.marks_before
        ),
        lifecycle_basis=replace(
            lifecycle.basis(
                found.ledger, found.bought, params, now=found.marks, before=found.marks_tiled
            ),
            before=_day_before(found, params),
        ),
        lifecycle_window=window(found.ledger, found.bought, params),
    )


def _counts_before(found: CustomerValue) -> LifecycleCounts | None:
    known = bool((found.marks_before > lifecycle.UNKNOWN).any())
    return lifecycle.counts(found.marks_before) if known else None


def _day_before(found: CustomerValue, params: Params) -> date | None:
    """Return the day of the statuses before."""
    day, skipped = found.ledger.then(params.lifecycle_months)
    return None if _counts_before(found) is None else back(day, skipped)


def _with_kpis(result: Result, found: CustomerValue, params: Params) -> Result:
    ledger, now, before = found.ledger, found.now, found.before
    year, turnover = manager_kpis(ledger, now.tables, before.tables if before else None)
    kpi, kpi_before = found.kpi, found.kpi_before
    rows, total = manager_kpis(ledger, kpi.tables, kpi_before.tables if kpi_before else None)
    told = before is not None and before.kinds_known
    return replace(
        result,
        turnover_managers=year,
        turnover=turnover,
        turnover_basis=_basis(found, now, before, months=params.window_months, total=turnover),
        kpi_managers=rows,
        kpi_total=total,
        kpi_basis=_basis(found, kpi, kpi_before, months=params.kpi_window_months, total=total),
        department=department(ledger, found.bought, params, now=kpi, before=kpi_before),
        products=product_totals(
            ledger, now.span, params, before=None if before is None else before.span
        )
        if ledger.products
        else (),
        migration=migration(found, params),
        only_repeat=only_repeat(ledger, params, now=now.tables, before=before.tables)
        if before and told
        else (),
    )


def _basis(
    found: CustomerValue, now: Period, before: Period | None, *, months: int, total: ManagerKpi
) -> KpiBasis:
    known = now.kinds_known and total.total > 0
    return KpiBasis(
        months=months,
        window=ranking.window_of(found.ledger, now.span),
        before=None if before is None else ranking.window_of(found.ledger, before.span),
        shared_months=0 if before is None else shared_months(now.span, before.span),
        kinds_known=now.kinds_known,
        kinds_known_before=before is not None and before.kinds_known,
        repeat_share=total.repeat_sum / total.total if known else None,
    )


def migration(found: CustomerValue, params: Params) -> Migration | None:
    """Return the moves of ABC, XYZ and lifecycle; None where nothing came before."""
    parts = Migration(
        abc=_abc_moves(found, params),
        xyz=_xyz_moves(found, params),
        lifecycle=_lifecycle_moves(found, params),
        abc_before=None
        if found.abc_before is None
        else ranking.window_of(found.ledger, found.abc_before.span),
        lifecycle_before=_day_before(found, params),
    )
    return parts if parts.abc or parts.xyz or parts.lifecycle else None


def _abc_moves(found: CustomerValue, params: Params) -> tuple[Move, ...]:
    now, before = found.now.abc, found.abc_before
    if now is None or before is None:
        return ()
    return moves(
        found.ledger,
        CLASSES,
        before=Moment(marks=before.marks, amounts=before.totals),
        now=Moment(marks=now.marks, amounts=now.totals),
        params=params,
    )


def _xyz_moves(found: CustomerValue, params: Params) -> tuple[Move, ...]:
    now, before = found.stability, found.stability_before
    if before is None:
        return ()
    return moves(
        found.ledger,
        xyz.CLASSES,
        before=Moment(marks=before.marks, amounts=before.buckets.sums.sum(axis=1)),
        now=Moment(marks=now.marks, amounts=now.buckets.sums.sum(axis=1)),
        params=params,
    )


def _lifecycle_moves(found: CustomerValue, params: Params) -> tuple[Move, ...]:
    if not bool((found.marks_before > lifecycle.POTENTIAL).any()):
        return ()  # nobody had bought yet: the data begin later
    months = params.lifecycle_months
    return moves(
        found.ledger,
        tuple(str(status) for status in lifecycle.ORDER),
        before=Moment(marks=found.marks_before, amounts=_sold(found, found.ledger.earlier(months))),
        now=Moment(marks=found.marks, amounts=_sold(found, span(found.ledger.as_of, months))),
        params=params,
    )


def _sold(found: CustomerValue, window: Span) -> Ints:
    ledger = found.ledger
    lines = ledger.within(window)
    return np.asarray(sums(ledger.customer[lines], ledger.amount[lines], ledger.n))
