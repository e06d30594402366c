"""What several chapters of the churn-reasons report need."""

from workbook.diagnostics.churn_reasons import Params, Result
from workbook.diagnostics.churn_reasons.result import Reason
from workbook.table import TableColumn
from workbook.views.view import NO_PERCENTAGES_BELOW, View

ChurnView = View[Result, Params]
CHARTED = 12
"""Rows of a chart; the XLSX has all."""


def by_number(view: ChurnView) -> list[Reason]:
    """Return the reasons, most often named first."""
    return sorted(view.result.reasons, key=lambda r: (-r.any, r.label))


def by_revenue(view: ChurnView) -> list[Reason]:
    """Return the reasons with known revenue, most revenue first."""
    known = [r for r in view.result.reasons if r.revenue is not None]
    return sorted(known, key=lambda r: (r.revenue_rank, r.label))


def interval_column(view: ChurnView) -> TableColumn:
    """Return the column of intervals."""
    return TableColumn(
        key="interval",
        heading=view.say("columns.interval", confidence=view.params.confidence),
        fmt="text",
    )


def worth_trying(view: ChurnView) -> int:
    """Return how many lost customers stand in the list of candidates, shown or not."""
    listed = len(view.result.candidates)
    return listed if listed < view.params.candidate_rows else view.result.candidates_total


def of_all(view: ChurnView, n: int) -> str:
    """Return the base of a tile in per cent; nothing where the tile itself says "k of n"."""
    return view.say("prevention.tile.of", n=n) if n >= NO_PERCENTAGES_BELOW else ""
