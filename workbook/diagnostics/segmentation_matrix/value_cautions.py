"""What limits the tables on value."""

from collections.abc import Iterable

import numpy as np

from workbook.diagnostics.segmentation_matrix.ledger import Bools, Ledger
from workbook.diagnostics.segmentation_matrix.months import span
from workbook.diagnostics.segmentation_matrix.params import Params
from workbook.diagnostics.segmentation_matrix.result import Caution, Result
from workbook.diagnostics.segmentation_matrix.value import Value

MOST = 20
"""Names that a caution lists."""


def value_cautions(result: Result, found: Value, params: Params) -> tuple[Caution, ...]:
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
        *_reach(found, params),
        *_abc(result, found, params),
        *_xyz(result),
        *_lifecycle(result),
        *_books(found.book),
    )


def _caution(code: str, n: int | None = None, names: Iterable[str] = ()) -> Caution:
    return Caution(code=code, n=n, names=tuple(names)[:MOST])


def _reach(found: Value, params: Params) -> list[Caution]:
    book, rows = found.book, []
    if not found.reached:
        rows.append(_caution("window_longer_than_data", _days_short(book, params)))
    if found.abc_before is not None and found.before is None:
        rows.append(_caution("previous_window_partial"))
    if not book.reaches(found.now.span.after):
        rows.append(_caution("first_sales_uncertain"))
    return rows


def _days_short(book: Ledger, params: Params) -> int:
    """Return the days of the window before the data begin."""
    first = span(book.as_of, params.window_months).first
    return 0 if book.first is None else max((book.first - first).days, 0)


def _abc(result: Result, found: Value, params: Params) -> list[Caution]:
    book, now, rows = found.book, found.now.abc, []
    if params.abc_measure == "margin" and book.no_margin:
        rows.append(_caution("no_margin", book.no_margin))
    if now is None:
        return rows
    poor = (now.marks >= 0) & (now.totals < 0)
    if poor.any():
        rows.append(_caution("negative_totals", int(poor.sum()), _ids(book, poor)))
    if now.ranking.straddling.any():
        tied = np.zeros(book.n, dtype=bool)
        tied[now.ranking.order[now.ranking.straddling]] = True
        rows.append(_caution("tie_across_bound", int(tied.sum()), _ids(book, tied)))
    return rows


def _xyz(result: Result) -> list[Caution]:
    basis = result.xyz_basis
    if basis is None or basis.discriminates or result.xyz_counts is None:
        return []
    n = result.xyz_counts
    return [_caution("xyz_one_class", n.X + n.Y + n.Z, (basis.largest_class or "",))]


def _lifecycle(result: Result) -> list[Caution]:
    basis = result.lifecycle_basis
    rows: list[Caution] = []
    if basis is None:
        return rows
    if not basis.identifiable:
        rows.append(_caution("not_identifiable"))
    window = result.lifecycle_window
    if window is not None and window.fits is False:
        rows.append(_caution("interval_mismatch", round(window.own_median_days or 0)))
    if basis.illegal:
        rows.append(_caution("illegal_moves", basis.illegal))
    return rows


def _books(book: Ledger) -> list[Caution]:
    rows = []
    alone = book.manager_now < 0
    if book.managers and alone.any():
        rows.append(_caution("unassigned_managers", int(alone.sum()), _ids(book, alone)))
    if 0 < book.listed < book.n:
        unlisted = book.customers[book.listed :]
        rows.append(_caution("customers_not_listed", len(unlisted), unlisted))
    if zero := int((book.amount == 0).sum()):
        rows.append(_caution("zero_lines", zero))
    if book.future:
        rows.append(_caution("sales_after_as_of", book.future))
    return rows


def _ids(book: Ledger, which: Bools) -> list[str]:
    return [book.customers[code] for code in np.flatnonzero(which)[:MOST].tolist()]
