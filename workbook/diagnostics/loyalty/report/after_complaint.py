"""Part of the chapter on complaints: who still buys after one."""

from workbook.diagnostics.loyalty.complaints_result import ComplaintRetention, StayOutcome
from workbook.diagnostics.loyalty.criteria_result import SilenceWindow
from workbook.diagnostics.loyalty.report.loyalty_view import LoyaltyView, headed, interval_column
from workbook.report.blocks import Block, Heading, Text
from workbook.report.table import Table


def after_complaint(view: LoyaltyView) -> list[Block]:
    """Return what became of the customers who complained; nothing without their purchases."""
    outcome, window = (
        view.result.complaint_retention_outcome,
        view.result.complaint_retention_window,
    )
    if outcome is None or window is None:
        return []
    return [
        Heading(text=_heading(view, outcome, window), level=3),
        Text((_reading(view, window),)),
        _table(view),
    ]


def _heading(view: LoyaltyView, outcome: StayOutcome, window: SilenceWindow) -> str:
    shares = {_kind(row): row.share for row in view.result.complaint_retention}
    told = next((row for row in view.result.complaint_retention if row.share is not None), None)
    return view.text(
        f"stays.heading.{outcome.value}",
        months=view.params.stay_months,
        silence=window.months,
        n=sum(row.n for row in view.result.complaint_retention),
        handled=shares.get("handled"),
        open=shares.get("open"),
        kind=view.text(f"stays.kind.{_kind(told)}") if told else "",
        share=told.share if told else None,
    )


def _reading(view: LoyaltyView, window: SilenceWindow) -> str:
    told = view.text("stays.text", silence=window.months)
    if view.result.complaints_not_buying:
        told += " " + view.text("stays.not_buying", n=view.result.complaints_not_buying)
    return told


def _kind(row: ComplaintRetention) -> str:
    return {True: "handled", False: "open", None: "unknown"}[row.handled]


def _table(view: LoyaltyView) -> Table:
    return headed(view).table(
        "complaint_retention",
        view.result.complaint_retention,
        ("stays.table.kind", lambda row: view.text(f"stays.kind.{_kind(row)}"), ""),
        ("stays.table.n", lambda row: row.n, "count"),
        ("stays.table.kept", lambda row: row.kept, "count"),
        ("stays.table.gone", lambda row: row.gone, "count"),
        ("stays.table.share", lambda row: row.share, "pct"),
        interval_column(view, "pct"),
        title=view.text("stays.table.title", months=view.params.stay_months),
        note=view.text("stays.table.note", min_n=view.params.min_n),
    )
