"""The view of the loyalty report: its type, and what its exhibits are told with."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from workbook.diagnostics.loyalty import Params, Result
from workbook.report.view import View

LoyaltyView: TypeAlias = View[Result, Params]
Column: TypeAlias = tuple[str, Callable[[Any], Any], str]
"""A column of a table: text key of the heading, the cell of an item, the number format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Headed(View[Result, Params]):
    facts: Mapping[str, object]
    """What headings of columns name."""

    def text(self, key: str, **values: object) -> str:
        return self.texts(key, **{**self.facts, **values})


def headed(view: LoyaltyView, **facts: object) -> LoyaltyView:
    """Return the view whose texts know the confidence and these facts: for headings of tables."""
    same = {one.name: getattr(view, one.name) for one in fields(View)}
    return _Headed(**same, facts={"confidence": view.params.confidence, **facts})


def interval_column(view: LoyaltyView, fmt: str) -> Column:
    """Return the column of ``ci_low`` and ``ci_high``; what is hidden says so instead."""

    def cell(item: Any) -> str:
        if getattr(item, "suppressed", False):
            return view.text("groups.suppressed")
        return view.interval(item.ci_low, item.ci_high, fmt)

    return "columns.interval", cell, "text"


def effective_n(items: Iterable[Any]) -> tuple[Column, ...]:
    """Return the column of effective n; none where every answer counts in full."""
    if all(one.n_eff is None or one.n_eff == round(one.n_eff) for one in items):
        return ()
    return (("weighted.columns.n_eff", lambda item: item.n_eff, "dec1"),)


def source(view: LoyaltyView, n: int, method: str = "") -> str:
    """Return the line under an exhibit: source, n and method."""
    parts = [view.text("source_n", n=n)]
    if method:
        parts.append(view.text(method, confidence=view.params.confidence))
    if view.are_few(n):
        parts.append(view.text("few_answers"))
    return " ".join(parts)
