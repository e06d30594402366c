"""The sections of the result that rest on segments, targets, offers and control points."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ints, Ledger
from workbook.diagnostics.inputs import Inputs
from workbook.diagnostics.segmentation_matrix.board import board
from workbook.diagnostics.segmentation_matrix.control_points import (
    control_points,
    manager_points,
    overdue_points,
    points,
)
from workbook.diagnostics.segmentation_matrix.deals import Deals, deals
from workbook.diagnostics.segmentation_matrix.funnel import basis as funnel_basis
from workbook.diagnostics.segmentation_matrix.funnel import (
    funnel,
    funnel_cohorts,
    refusals,
    snapshot,
)
from workbook.diagnostics.segmentation_matrix.leak import leak
from workbook.diagnostics.segmentation_matrix.matrix import Matrix, matrix_of
from workbook.diagnostics.segmentation_matrix.neighbours import neighbours
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.registers import told_until
from workbook.diagnostics.segmentation_matrix.result import Result
from workbook.diagnostics.segmentation_matrix.rules import Segmentation, assign
from workbook.diagnostics.segmentation_matrix.segments import segments
from workbook.diagnostics.segmentation_matrix.standing import CustomerStanding, standing
from workbook.diagnostics.segmentation_matrix.targets import (
    group_maturity,
    maturity,
    mean_maturity,
    off_target,
    products_per_customer,
    range_gaps,
    single_product,
    target_matrix,
)
from workbook.diagnostics.segmentation_matrix.white_space import (
    last_contacts,
    parts,
    totals,
    white_space,
)
from workbook.stats import Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Targets:
    """Whom the client means to sell what, and what it offered."""

    ledger: Ledger
    segmentation: Segmentation
    matrix: Matrix
    events: Deals | None
    """None without offers."""
    recent: Deals | None
    """Those that moved in this period, where the last report told of the others."""
    told: date | None
    """The day up to which it did; None where all are of this period."""


def read_targets(inputs: Inputs, ledger: Ledger, params: Params) -> Targets:
    """Join segments, targets and offers."""
    segmentation = assign(inputs, ledger)
    events, told = deals(inputs, params), told_until(inputs, "offers")
    return Targets(
        ledger=ledger,
        segmentation=segmentation,
        matrix=matrix_of(inputs, ledger, segmentation, params),
        events=events,
        recent=None if events is None else events.after(told),
        told=told,
    )


def with_deals(result: Result, found: Targets, *, inputs: Inputs, params: Params) -> Result:
    """Return the result with board, funnel, refusals and control points.

    A board needs targets or offers: sales alone would only repeat themselves.
    """
    events, recent = found.events, found.recent
    told = points(inputs, found.ledger)
    if events is not None or found.matrix.targets:
        cells, counts, all_events = board(found.matrix, found.ledger, events, params)
        result = replace(result, board=cells, board_counts=counts, events=all_events)
    return replace(
        result,
        offers_recorded=events is not None,
        funnel=funnel(recent, params),
        funnel_basis=None if events is None else funnel_basis(events, recent, told=found.told),
        leak=leak(recent, params),
        funnel_cohorts=funnel_cohorts(events),
        snapshot=snapshot(events, np.datetime64(inputs.as_of, "D")),
        refusals=refusals(recent),
        control_points=control_points(told),
        points_told=told_until(inputs, "control_points"),
        manager_points=manager_points(told, events, found.ledger),
        overdue_points=overdue_points(told),
    )


def with_segments(
    result: Result,
    found: Targets,
    *,
    inputs: Inputs,
    params: Params,
    turnover: Floats | None,
    active: Ints,
    lost: Bools | None,
) -> Result:
    """Return the result with segments, maturity and white space.

    Parameters
    ----------
    turnover
        Sold in the window by customer code, None without sales.
    active
        Customers that bought in the window.
    lost
        Customers whose lifecycle status is lost, None without sales.
    """
    matrix, segmentation = found.matrix, found.segmentation
    where = standing(found.ledger, np.zeros(found.ledger.n, dtype=bool) if lost is None else lost)
    result = _with_targets(result, found, where, inputs=inputs, params=params)
    sums, told = totals(result.white_space), matrix.targets and matrix.usage.told
    off, uses = off_target(matrix)
    return replace(
        result,
        segments=segments(matrix, result.white_space, turnover, active=where.active, sums=sums)
        if matrix.segments
        else (),
        white_space_parts=parts(result.white_space, sums) if told else None,
        white_space_total=sums(np.ones(len(result.white_space), dtype=bool)) if told else None,
        assignment=segmentation.assignment,
        rule_check=segmentation.check,
        off_target=off,
        off_target_uses=uses,
        range_gaps=range_gaps(matrix),
        neighbours=neighbours(matrix, found.events, params, standing=where)
        if matrix.segments
        else (),
        single_product=result.single_product
        if turnover is None
        else single_product(matrix, turnover),
        products_per_customer=products_per_customer(matrix, active),
    )


def _with_targets(
    result: Result, found: Targets, where: CustomerStanding, *, inputs: Inputs, params: Params
) -> Result:
    matrix = found.matrix
    if not matrix.targets:
        return result
    spaces = white_space(
        matrix,
        params,
        standing=where,
        cells=result.board,
        contacts=last_contacts(inputs, found.ledger),
        classes=result.abc.frame.set_index("customer_id")["class_"],
        statuses=result.lifecycle.frame.set_index("customer_id")["status"],
    )
    mean = mean_maturity(matrix, np.flatnonzero(where.active))
    return replace(
        result,
        matrix=target_matrix(matrix),
        maturity=maturity(matrix, where),
        maturity_groups=group_maturity(matrix, where) if matrix.usage.told else (),
        mean_maturity=mean.mean,
        pooled_maturity=mean.pooled,
        maturity_n=mean.n,
        maturity_excluded=mean.excluded,
        white_space=spaces,
        buying=int(where.buying.sum()),
    )
