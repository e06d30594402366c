"""The view of the churn report: its result and options, and how it tells durations and bases."""

from datetime import date

from workbook.diagnostics.churn_reasons.params import Params
from workbook.diagnostics.churn_reasons.result import Result
from workbook.report.table import TableColumn
from workbook.report.view import View

ChurnView = View[Result, Params]
YEAR = 365.25
"""Days of a year of a relation: leap years count."""
_MONTHS = 12


def interval_column(view: ChurnView, fmt: str) -> TableColumn:
    """Return the column of intervals."""
    return TableColumn(
        key="interval",
        heading=view.text("columns.interval", confidence=view.params.confidence),
        fmt=fmt,
        interval=True,
    )


def duration(view: ChurnView, days: float | None) -> str:
    """Say a time of a relation: in years, below one year in months."""
    if days is None:
        return view.texts.write(None, "dec1")
    years = days / YEAR
    if years < 1:
        return view.texts.write(max(1, round(years * _MONTHS)), "#months")
    return view.text("lifetime.span_years", years=years)


def caption(view: ChurnView, text: str, since: date | None) -> str:
    """Return a chapter's caption, with the first day of the register where all of it is told."""
    if since is None:
        return text
    return view.text("scope.caption", caption=text, since=since)


def scoped(view: ChurnView, text: str, *, of_register: bool) -> str:
    """Say before a sentence that it is of the whole register, where it is of more than a period."""
    if not of_register:
        return text
    return view.text("scope.register", text=text, since=view.result.register.since)


def of_all(view: ChurnView, n: int) -> str:
    """Return the base of a tile in per cent; nothing where the tile itself says "k of n"."""
    return view.text("prevention.tile.of", n=n) if view.in_percent(n) else ""
