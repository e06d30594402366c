"""The key figures of the segmentation matrix."""

from workbook.diagnostics.key_figure import KeyFigure
from workbook.diagnostics.segmentation_matrix.deals_result import under_way
from workbook.diagnostics.segmentation_matrix.result import Result


def key_figures(result: Result) -> tuple[KeyFigure, ...]:
    """Return the key figures that the result holds."""
    figures = [
        _turnover(result),
        _a_customers(result),
        _lost(result),
        _maturity(result),
        _white_space(result),
        _overdue(result),
    ]
    return tuple(figure for figure in figures if figure is not None)


def _turnover(result: Result) -> KeyFigure | None:
    total = result.turnover
    if total is None:
        return None
    return KeyFigure(name="turnover", value=total.total, previous=total.total_before, unit="money")


def _a_customers(result: Result) -> KeyFigure | None:
    if result.abc_counts is None:
        return None
    before = result.abc_history[-2].A if len(result.abc_history) > 1 else None
    return KeyFigure(
        name="a_customers",
        value=result.abc_counts.A,
        previous=before,
        unit="count",
        measure="abc_customers",
        label="A",
    )


def _lost(result: Result) -> KeyFigure | None:
    now, before = result.lifecycle_counts, result.lifecycle_counts_before
    if now is None:
        return None
    earlier = None if before is None else before.lost
    window = result.lifecycle_window
    if window is not None and window.called == "silent":
        return KeyFigure(
            name="customers_silent",
            value=window.silent,
            previous=window.silent_before,
            unit="count",
        )
    return KeyFigure(name="customers_lost", value=now.lost, previous=earlier, unit="count")


def _maturity(result: Result) -> KeyFigure | None:
    if not result.maturity_n:
        return None
    return KeyFigure(name="mean_maturity", value=result.mean_maturity, unit="share")


def _white_space(result: Result) -> KeyFigure | None:
    parts = result.white_space_parts
    if parts is None or parts.open.value is None:
        return None
    return KeyFigure(name="white_space_value", value=parts.open.value, unit="money")


def _overdue(result: Result) -> KeyFigure | None:
    if not under_way(result.board).any():
        return None
    overdue = sum(row.overdue for row in result.board_counts)
    return KeyFigure(
        name="overdue_offers",
        value=overdue,
        unit="count",
        measure="offers_overdue",
    )
