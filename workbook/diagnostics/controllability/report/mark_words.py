"""Marks in the words of the report, and the view that every chapter is given."""

from collections.abc import Mapping

from workbook.diagnostics.controllability.params import Params
from workbook.diagnostics.controllability.result import Result
from workbook.report.view import View

ControlView = View[Result, Params]
_MARKS: Mapping[str, str] = {"+": "plus", "+/-": "half", "-": "minus"}
"""Names of the marks in the texts."""


def counts(view: ControlView, marks: Mapping[str, int]) -> str:
    """Say how many marks of each kind there are."""
    return view.text("counts", **{name: marks[mark] for mark, name in _MARKS.items()})


def mark_name(view: ControlView, mark: str) -> str:
    """Return a mark as the report writes it."""
    return view.text(f"mark.{_MARKS[mark]}") if mark in _MARKS else "–"


def bounds(view: ControlView) -> tuple[float, float]:
    """Return where "mostly unmanaged" ends and "mostly managed" begins."""
    return view.params.unmanaged_below, view.params.managed_above
