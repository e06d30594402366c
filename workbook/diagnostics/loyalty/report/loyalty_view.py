"""The view of the loyalty report: its type, and what its exhibits are told with."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeAlias, TypeVar

from workbook.diagnostics.loyalty.params import Params
from workbook.diagnostics.loyalty.result import Result
from workbook.report.cells import Interval, Look, Value, interval
from workbook.report.view import View

T = TypeVar("T")
LoyaltyView: TypeAlias = View[Result, Params]
Column: TypeAlias = tuple[str, Callable[[T], Value], str | Look]
"""A column of a table: text key of the heading, the cell of an item, number format or look."""


class Estimated(Protocol):
    """A figure with an interval, where there is one."""

    @property
    def ci_low(self) -> float | None: ...
    @property
    def ci_high(self) -> float | None: ...


class Hideable(Estimated, Protocol):
    """One that may be hidden, so that nobody's answer is told."""

    @property
    def suppressed(self) -> bool: ...


class Counted(Protocol):
    """What counts answers, some of which may come from one customer."""

    @property
    def n_eff(self) -> float | None: ...


def heading_facts(view: LoyaltyView, **facts: object) -> dict[str, object]:
    """Return what headings of tables name: the confidence, and these facts."""
    return {"confidence": view.params.confidence, **facts}


def interval_column(fmt: str) -> Column[Estimated]:
    """Return the column of intervals."""
    return "columns.interval", lambda one: Interval(one.ci_low, one.ci_high), interval(fmt)


def told_interval(view: LoyaltyView, fmt: str) -> Column[Hideable]:
    """Return the column of intervals in which what is hidden says so."""

    def cell(one: Hideable) -> Value:
        if one.suppressed:
            return view.text("groups.suppressed")
        return Interval(one.ci_low, one.ci_high)

    return "columns.interval", cell, interval(fmt)


def effective_n(counted: Iterable[Counted]) -> tuple[Column[Counted], ...]:
    """Return the column of effective n; none where every answer counts in full."""
    if all(one.n_eff is None or one.n_eff == round(one.n_eff) for one in counted):
        return ()
    return (("weighted.columns.n_eff", lambda one: one.n_eff, "dec1"),)


def source(view: LoyaltyView, n: int, method: str = "") -> str:
    """Return the line under an exhibit: source, n and method."""
    notes = [view.text(method, confidence=view.params.confidence)] if method else []
    return view.source(n, *notes, *view.few_answers(n))
