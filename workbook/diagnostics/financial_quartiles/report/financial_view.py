"""The view of the financial report: names in sentences, and the line under every exhibit."""

from collections.abc import Sequence
from typing import TypeAlias

from workbook.diagnostics.financial_quartiles.params import Params
from workbook.diagnostics.financial_quartiles.result import Result
from workbook.report.view import View

FinancialView: TypeAlias = View[Result, Params]
NAMED = 4
"""Names that a sentence lists."""
SHOWN = 12
"""Rows of a table on the page."""


def listed(view: FinancialView, names: Sequence[str]) -> str:
    """Return names as a list, cut after a few."""
    more = names[NAMED:]
    rest = view.text("and_more", n=len(more)) if more else ""
    return all_listed(view, names[:NAMED]) + rest


def all_listed(view: FinancialView, names: Sequence[str]) -> str:
    """Return all names as a list."""
    return ", ".join(view.text("quoted", name=name) for name in names)


def group_label(view: FinancialView, group: str) -> str:
    """Return the name of a group of ratios."""
    names = {g.group: g.label for g in view.result.groups}
    return names.get(group, group)


def source_line(view: FinancialView, *notes: str, compared: bool = True) -> str:
    """Return the line under an exhibit: source, notes, and that the base is synthetic.

    Parameters
    ----------
    compared
        The exhibit shows figures of the base.
    """
    base = view.result.base
    if not compared or base is None:
        return " ".join((view.text("source.statements"), *notes))
    key = "source.synthetic" if base.synthetic else "source.base"
    return " ".join((view.text(key, source=base.source), *notes))
