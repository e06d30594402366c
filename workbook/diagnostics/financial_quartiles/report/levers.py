"""Words of what a manager can do about a ratio."""

from workbook.diagnostics.financial_quartiles.report.shared import FinancialView
from workbook.diagnostics.financial_quartiles.result import Lever, Organisation

TOLD = 3
"""Levers that a sentence lists."""


def lever_words(view: FinancialView, one: Lever) -> str:
    """Say what to do, with its amount and the part of the line that it is."""
    key = "levers.of_line" if one.share is not None else "levers.alone"
    return view.text(
        key,
        what=view.text(f"levers.{one.lever}", amount=one.amount),
        share=one.share,
        line=one.label,
    )


def ways(view: FinancialView, row: Organisation, ratio: str) -> str:
    """Say the levers that bring a ratio to the median, least money first."""
    found = [one for one in row.levers if one.ratio == ratio and one.reaches]
    return view.text("money.or").join(lever_words(view, one) for one in found[:TOLD])
