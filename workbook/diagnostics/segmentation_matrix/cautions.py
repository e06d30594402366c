"""What limits the tables: of segments, targets, offers and the board, and of value."""

from collections.abc import Iterable, Iterator

import numpy as np

from workbook.diagnostics.customer_ledger.months import span
from workbook.diagnostics.customer_ledger.sales_ledger import Bools, Ledger
from workbook.diagnostics.segmentation_matrix.customer_value import CustomerValue
from workbook.diagnostics.segmentation_matrix.deals import Deals
from workbook.diagnostics.segmentation_matrix.matrix import TARGET, Matrix
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Caution, Result
from workbook.diagnostics.segmentation_matrix.rules import Segmentation

_MOST = 20
"""Names that a caution lists."""


def cautions(
    segmentation: Segmentation, matrix: Matrix, events: Deals | None
) -> tuple[Caution, ...]:
    """Return the cautions in a fixed order; names are at most twenty."""
    return (
        *_of_rules(segmentation),
        *_of_targets(matrix),
        *_of_offers(events),
    )


def _caution(code: str, names: Iterable[str], n: int | None = None) -> Iterator[Caution]:
    """Yield a caution unless there is nothing to say."""
    listed = tuple(names)
    count = len(listed) if n is None else n
    if count:
        yield Caution(code=code, n=count, names=listed[:_MOST])


def _of_rules(segmentation: Segmentation) -> Iterator[Caution]:
    check = segmentation.check
    if check is None:
        return
    yield from _caution("never_reached", check.never_reached)
    yield from _caution("empty_rules", check.empty)
    yield from _caution("no_purpose", check.no_purpose)
    yield from _caution("unassigned", (), check.unassigned)
    yield from _caution("undetermined", (m.column for m in check.missing), check.undetermined)
    # The last rule may well take all the rest.
    unconditional = (rule.segment for rule in check.rules[:-1] if not rule.conditions)
    yield from _caution("no_conditions", unconditional)


def _of_targets(matrix: Matrix) -> Iterator[Caution]:
    if not matrix.targets:
        return
    wanted = (matrix.need == TARGET).any(axis=1)
    sizes = matrix.sizes
    places = range(len(matrix.segments))
    yield from _caution(
        "segment_without_targets",
        (matrix.segments[at] for at in places if sizes[at] and not wanted[at]),
    )
    yield from _caution(
        "target_without_customers",
        (matrix.segments[at] for at in places if wanted[at] and not sizes[at]),
    )


def _of_offers(events: Deals | None) -> Iterator[Caution]:
    if events is None:
        return
    found = events.stages
    yield from _caution("unknown_stages", found.unplaced)
    yield from _caution("stages_by_deals", (s for s in found.unknown if s not in found.unplaced))
    yield from _caution("stage_outcomes", found.outcomes)
    if events.n and events.n == len(events.deal):
        yield Caution(code="one_event_per_deal", n=events.n, names=())
    blank = (found.codes < 0) & ~found.is_outcome
    yield from _caution("no_stage", (), int(blank.sum()))
    nowhere = (events.product == "") | (events.customer == "")
    yield from _caution("not_on_board", (), len(np.unique(events.deal[nowhere])))


def value_cautions(result: Result, found: CustomerValue, params: Params) -> tuple[Caution, ...]:
    """Return the cautions on classes, statuses and KPI tables, by code.

    window_longer_than_data
        The data begin within the window, n days late.
    previous_window_partial
        They begin within the window before: moves of classes, but no change of amounts.
    first_sales_uncertain
        They begin with the window: older customers look as if they bought for the first time.
    no_margin
        n lines have none (taken as 0).
    negative_totals, tie_across_bound, xyz_one_class, not_identifiable, illegal_moves
        n customers; the name of ``xyz_one_class`` is the class.
    interval_mismatch
        n is the median of the customers' own median intervals in days.
    unassigned_managers, customers_not_listed
        n customers.
    sales_after_as_of, zero_lines
        n lines.
    """
    return (
        *_of_window(found, params),
        *_of_abc(result, found, params),
        *_of_xyz(result),
        *_of_lifecycle(result),
        *_of_ledger(found.ledger),
    )


def _of_code(code: str, n: int | None = None, names: Iterable[str] = ()) -> Caution:
    """Return a caution whatever its number."""
    return Caution(code=code, n=n, names=tuple(names)[:_MOST])


def _of_window(found: CustomerValue, params: Params) -> list[Caution]:
    ledger, rows = found.ledger, []
    if not found.reached:
        rows.append(_of_code("window_longer_than_data", _days_short(ledger, params)))
    if found.abc_before is not None and found.before is None:
        rows.append(_of_code("previous_window_partial"))
    if not ledger.reaches(found.now.span.after):
        rows.append(_of_code("first_sales_uncertain"))
    return rows


def _days_short(ledger: Ledger, params: Params) -> int:
    """Return the days of the window before the data begin."""
    first = span(ledger.as_of, params.window_months).first
    return 0 if ledger.first is None else max((ledger.first - first).days, 0)


def _of_abc(result: Result, found: CustomerValue, params: Params) -> list[Caution]:
    ledger, now, rows = found.ledger, found.now.abc, []
    if params.abc_measure == "margin" and ledger.no_margin:
        rows.append(_of_code("no_margin", ledger.no_margin))
    if now is None:
        return rows
    poor = (now.marks >= 0) & (now.totals < 0)
    if poor.any():
        rows.append(_of_code("negative_totals", int(poor.sum()), _ids(ledger, poor)))
    if now.ranking.straddling.any():
        tied = np.zeros(ledger.n, dtype=bool)
        tied[now.ranking.order[now.ranking.straddling]] = True
        rows.append(_of_code("tie_across_bound", int(tied.sum()), _ids(ledger, tied)))
    return rows


def _of_xyz(result: Result) -> list[Caution]:
    basis = result.xyz_basis
    if basis is None or basis.discriminates or result.xyz_counts is None:
        return []
    n = result.xyz_counts
    return [_of_code("xyz_one_class", n.X + n.Y + n.Z, (basis.largest_class or "",))]


def _of_lifecycle(result: Result) -> list[Caution]:
    basis = result.lifecycle_basis
    rows: list[Caution] = []
    if basis is None:
        return rows
    if not basis.identifiable:
        rows.append(_of_code("not_identifiable"))
    window = result.lifecycle_window
    if window is not None and window.fits is False:
        rows.append(_of_code("interval_mismatch", round(window.own_median_days or 0)))
    if basis.illegal:
        rows.append(_of_code("illegal_moves", basis.illegal))
    return rows


def _of_ledger(ledger: Ledger) -> list[Caution]:
    rows = []
    alone = ledger.manager_now < 0
    if ledger.managers and alone.any():
        rows.append(_of_code("unassigned_managers", int(alone.sum()), _ids(ledger, alone)))
    if 0 < ledger.listed < ledger.listed_or_bought:
        unlisted = ledger.customers[ledger.listed : ledger.listed_or_bought]
        rows.append(_of_code("customers_not_listed", len(unlisted), unlisted))
    if zero := int((ledger.amount == 0).sum()):
        rows.append(_of_code("zero_lines", zero))
    if ledger.future:
        rows.append(_of_code("sales_after_as_of", ledger.future))
    return rows


def _ids(ledger: Ledger, which: Bools) -> list[str]:
    return [ledger.customers[code] for code in np.flatnonzero(which)[:_MOST].tolist()]
