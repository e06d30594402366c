"""The eight figures of the sales department, with those of the window before."""

from dataclasses import dataclass

import numpy as np

from workbook.diagnostics.customer_ledger.abc_classes import Abc
from workbook.diagnostics.customer_ledger.months import Span
from workbook.diagnostics.customer_ledger.purchases import Purchases
from workbook.diagnostics.customer_ledger.sales_ledger import Ints, Ledger
from workbook.diagnostics.customer_ledger.states import Marks
from workbook.diagnostics.segmentation_matrix import lifecycle
from workbook.diagnostics.segmentation_matrix.kpi_result import DepartmentKpi
from workbook.diagnostics.segmentation_matrix.lifecycle import known
from workbook.diagnostics.segmentation_matrix.managers import ManagerTables
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.stats import wilson


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Period:
    """What one window of the KPI tables shows."""

    span: Span
    tables: ManagerTables
    marks: Marks
    """Statuses at its end."""
    abc: Abc | None
    """Classes of the ABC window that ends with it; None: no measure to rank by."""
    kinds_known: bool
    """The data begin early enough to tell first sales from the first sales of the data."""


def department(
    ledger: Ledger,
    bought: Purchases,
    params: Params,
    *,
    now: Period,
    before: Period | None,
) -> tuple[DepartmentKpi, ...]:
    """Return the eight figures in the order of the method.

    Conversion is the share of prospects (registered by the start of the window, nothing
    bought yet) that bought within it; it needs dates of registration.  Where the data begin inside
    the window before or just ahead of it, its kinds of sale and its conversion are not told: they
    would be those of the data's first days.
    """
    figures, earlier = _figures(ledger, now), {} if before is None else _figures(ledger, before)
    rows = []
    for name, (n, amount) in figures.items():
        n_before, amount_before = earlier.get(name, (None, None))
        if name in OF_KINDS and before is not None and not before.kinds_known:
            n_before = amount_before = None
        rows.append(
            DepartmentKpi(
                kpi=name,
                n=n,
                amount=amount,
                share=None,
                base=None,
                ci_low=None,
                ci_high=None,
                n_before=n_before,
                amount_before=amount_before,
                share_before=None,
                base_before=None,
            )
        )
    # Third: after the first sales that it is a share of, as the method lists them.
    rows.insert(2, _conversion(ledger, bought, params, now=now, before=before))
    return tuple(rows)


OF_KINDS = ("first_sales", "repeat_sales", "new_directions")
"""Figures that need to know what was bought before the window."""
Figure = tuple[int | None, float | None]
"""Number and money; None where there is none."""


def _figures(ledger: Ledger, period: Period) -> dict[str, Figure]:
    tables = period.tables
    statuses = tables.statuses.sum(axis=0).tolist()

    def money(units: Ints) -> float:
        return ledger.money(int(units.sum()))

    return {
        "initial_phase": (statuses[lifecycle.POTENTIAL], None),
        "first_sales": (int(tables.primary.documents.sum()), money(tables.primary.units)),
        "repeat_sales": (int(tables.repeat.sales.sum()), money(tables.repeat.units)),
        "new_directions": (
            int(tables.new_direction.sales.sum()),
            money(tables.new_direction.units),
        ),
        "class_a": _class_a(ledger, period.abc),
        "lost": (int(tables.lost.sum()), None),
        "renewed": (int(tables.renewed.sum()), None),
    }


def _class_a(ledger: Ledger, found: Abc | None) -> Figure:
    if found is None:
        return None, None
    first = found.marks == 0
    return int(first.sum()), ledger.money(int(found.totals[first].sum()))


def _conversion(
    ledger: Ledger, bought: Purchases, params: Params, *, now: Period, before: Period | None
) -> DepartmentKpi:
    converted, prospects = _converted(ledger, bought, now.span)
    told = before is not None and before.kinds_known
    earlier, prospects_before = (
        _converted(ledger, bought, before.span) if told and before else (0, 0)
    )
    interval = wilson(converted, prospects, confidence=params.confidence)
    return DepartmentKpi(
        kpi="conversion",
        n=converted if prospects else None,
        amount=None,
        share=converted / prospects if prospects else None,
        base=prospects or None,
        ci_low=interval.low if interval else None,
        ci_high=interval.high if interval else None,
        n_before=earlier if prospects_before else None,
        amount_before=None,
        share_before=earlier / prospects_before if prospects_before else None,
        base_before=prospects_before or None,
    )


def _converted(ledger: Ledger, bought: Purchases, window: Span) -> tuple[int, int]:
    """Return prospects that bought within the window, and all prospects of its start."""
    dated = known(ledger, window.after) & ~np.isnat(ledger.registered)
    prospects = dated & (bought.until(window.after) == 0)
    return int((prospects & (bought.until(window.last) > 0)).sum()), int(prospects.sum())
