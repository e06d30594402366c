"""What several chapters of the churn-reasons report need."""

from workbook.diagnostics.churn_reasons import Params, Result
from workbook.report.table import TableColumn
from workbook.report.view import NO_PERCENTAGES_BELOW, View

ChurnView = View[Result, Params]
YEAR = 365.25
MONTH = YEAR / 12
CHARTED = 12
"""Rows of a chart; the XLSX has all."""


def interval_column(view: ChurnView) -> TableColumn:
    """Return the column of intervals."""
    return TableColumn(
        key="interval",
        heading=view.text("columns.interval", confidence=view.params.confidence),
        fmt="text",
    )


def definitions(view: ChurnView) -> str:
    """Say what this report calls lost, and how that relates to customers that fell silent."""
    who = view.result.lost_definitions
    if who is None:
        return ""
    key = "definitions.register" if who.silent is None else "definitions.both"
    return view.text(
        key,
        register=who.register,
        silent=who.silent,
        both=who.both,
        silent_only=who.silent_not_in_register,
        buying=who.register_still_buying,
        months=who.window_months,
    )


def duration(view: ChurnView, days: float | None) -> str:
    """Say a time of a relation: in years, below one year in months."""
    if days is None:
        return view.texts.write(None, "dec1")
    if days < YEAR:
        return view.texts.write(max(1, round(days / MONTH)), "#months")
    return view.text("lifetime.span_years", years=days / YEAR)


def of_all(view: ChurnView, n: int) -> str:
    """Return the base of a tile in per cent; nothing where the tile itself says "k of n"."""
    return view.text("prevention.tile.of", n=n) if n >= NO_PERCENTAGES_BELOW else ""
