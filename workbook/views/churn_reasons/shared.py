"""What several chapters of the churn-reasons report need."""

from collections.abc import Sequence

from workbook.blocks import Block, Heading, Text
from workbook.diagnostics.churn_reasons import Params, Result
from workbook.diagnostics.churn_reasons.result import Reason
from workbook.table import TableColumn
from workbook.views.view import NO_PERCENTAGES_BELOW, View

ChurnView = View[Result, Params]
CHARTED = 12
"""Rows of a chart; the XLSX has all."""


def left_out(view: ChurnView, section: str) -> list[Block]:
    """Return the heading and the one line that says what would fill a missing chapter."""
    return [
        Heading(text=view.say(f"absent.{section}.heading"), short=view.say(f"short.{section}")),
        Text((view.say(f"absent.{section}.fill"),)),
    ]


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


def table_columns(view: ChurnView, *columns: tuple[str, str, str]) -> list[TableColumn]:
    """Return columns from key, text key of the heading, and number format."""
    return [TableColumn(key=key, heading=view.say(text), fmt=fmt) for key, text, fmt in columns]


def source(view: ChurnView, n: int, *notes: str) -> str:
    """Return the line under an exhibit."""
    return " ".join((view.say("source_n", n=n), *notes))


def worth_trying(view: ChurnView) -> int:
    """Return how many lost customers stand in the list of candidates, shown or not."""
    listed = len(view.result.candidates)
    return listed if listed < view.params.candidate_rows else view.result.candidates_total


def of_all(view: ChurnView, n: int) -> str:
    """Return the base of a tile in per cent; nothing where the tile itself says "k of n"."""
    return view.say("prevention.tile.of", n=n) if n >= NO_PERCENTAGES_BELOW else ""


def joined(labels: Sequence[str]) -> str:
    """Return labels as one text."""
    return " + ".join(labels)
