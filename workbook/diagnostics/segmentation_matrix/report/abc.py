"""Chapter: whose money it is (ABC), and which of them fell silent."""

import numpy as np

from workbook.charts.chart import Chart
from workbook.charts.concentration import Concentration
from workbook.diagnostics.segmentation_matrix.report.demand_stability import xyz_line
from workbook.diagnostics.segmentation_matrix.report.names import (
    CLASSES,
    MatrixView,
    customers_of,
    listed,
)
from workbook.diagnostics.segmentation_matrix.value_result import AbcBasis, ClassPeriod
from workbook.report.blocks import Block, Heading, Text, details

NAMED = 6


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on ABC."""
    basis = view.result.abc_basis
    if basis is None or not view.result.abc or basis.base <= 0:
        return view.left_out("abc")
    return [
        Heading(
            text=_heading(view, basis),
            short=view.text("short.abc"),
            caption=view.text(
                f"abc.caption.{basis.measure}", first=basis.window.first, last=basis.window.last,
                currency=view.engagement.currency,
            ),
        ),
        Text((_reading(view, basis), *xyz_line(view))),
        _chart(view, basis),
        *_silent(view),
        *details(*_history(view)),
        *_full(view),
    ]  # fmt: skip


def share(view: MatrixView, name: str) -> float:
    """Return the part of the base that a class holds."""
    basis = view.result.abc_basis
    if basis is None or not basis.base:
        return 0.0
    amounts = {"A": basis.a_amount, "B": basis.b_amount, "C": basis.c_amount}
    return float(amounts[name] / basis.base)


def _count(view: MatrixView, name: str) -> int:
    counts = view.result.abc_counts
    return 0 if counts is None else {"A": counts.A, "B": counts.B, "C": counts.C}[name]


def _heading(view: MatrixView, basis: AbcBasis) -> str:
    return view.text(
        "abc.heading", a=_count(view, "A"), n=basis.buyers,
        top=float(view.result.abc["total"].iloc[0]) / basis.base,
        measure=view.text(f"abc.measure.{basis.measure}"),
    )  # fmt: skip


def _reading(view: MatrixView, basis: AbcBasis) -> str:
    low, high = view.params.abc_bounds
    told = [view.text("abc.text.rule", low=low / 100, high=high / 100, n=basis.buyers)]
    sensitive = view.result.abc_sensitive
    if sensitive:
        names = listed(customers_of(view, sensitive), NAMED)
        told.append(view.text("abc.text.sensitive", n=len(sensitive), names=names))
    if basis.non_positive:
        told.append(view.text("abc.text.non_positive", n=basis.non_positive))
    if basis.returns_only:
        told.append(view.text("abc.text.returns_only", n=basis.returns_only))
    if basis.zero_only:
        told.append(view.text("abc.text.zero_only", n=basis.zero_only))
    if basis.no_sales:
        told.append(view.text("abc.text.no_sales", n=basis.no_sales))
    return " ".join(told)


def _chart(view: MatrixView, basis: AbcBasis) -> Chart:
    totals = np.maximum(view.result.abc["total"].to_numpy(), 0.0)
    zones = [(view.text("abc.zone", name=k, n=_count(view, k)), _count(view, k)) for k in CLASSES]

    told = "; ".join(
        view.text("abc.chart.one", name=k, n=_count(view, k), share=share(view, k)) for k in CLASSES
    )
    return view.draw(
        Concentration(
            cumulative=np.cumsum(totals) / basis.base,
            classes=zones,
            bounds=[b / 100 for b in view.params.abc_bounds],
            names=(view.text("abc.axis.customers"), view.text(f"abc.axis.{basis.measure}")),
            palette=view.palette,
            write=view.fmt("pct"),
        ),
        title=view.text("abc.chart.title"),
        alt=view.text("abc.chart.alt", values=told),
        note=view.source(basis.n, view.text("abc.chart.note")),
    )


def _history(view: MatrixView) -> list[Block]:
    if len(view.result.abc_history) < 2:
        return []
    table = view.table(
        "abc_history",
        view.result.abc_history,
        ("columns.period", lambda p: _period(view, p), ""),
        ("abc.columns.A", lambda p: p.A, "count"),
        ("abc.columns.B", lambda p: p.B, "count"),
        ("abc.columns.C", lambda p: p.C, "count"),
        ("columns.amount", lambda p: p.amount, "money"),
        title=view.text("abc.history.table"),
    )
    return [table]


def _period(view: MatrixView, period: ClassPeriod) -> str:
    return view.text("period", first=period.window.first, last=period.window.last)


def _silent(view: MatrixView) -> list[Block]:
    silent = view.result.silent
    if not silent:
        return []
    names, days = customers_of(view, silent), silent.values("silent_days")
    table = view.table(
        "silent",
        silent,
        ("columns.customer", names, ""),
        ("columns.abc", silent.values("class_"), ""),
        ("columns.amount", silent.values("amount"), "money"),
        ("silent.columns.last", silent.values("last_sale"), "day_short"),
        ("silent.columns.days", days, "count"),
        ("silent.columns.usual", silent.values("usual_days"), "count"),
        ("silent.columns.overdue", silent.values("overdue"), "dec1"),
        title=view.text("silent.table"),
        shown=8,
        note=view.text(
            "silent.note", least=view.params.min_intervals, times=view.params.silent_times
        ),
    )
    key = "some" if names[1:] else "one"
    heading = view.text(f"silent.heading.{key}", n=len(silent), customer=names[0], days=days[0])
    return [Heading(text=heading, level=3), table]


def _full(view: MatrixView) -> list[Block]:
    ranked = view.result.abc
    table = view.table(
        "abc",
        ranked,
        ("columns.id", ranked.values("customer_id"), ""),
        ("columns.customer", customers_of(view, ranked), ""),
        ("columns.amount", ranked.values("total"), "money"),
        ("abc.columns.before", ranked.values("share_before"), "pct1"),
        ("columns.abc", ranked.values("class_"), ""),
        ("abc.columns.other_rule", ranked.values("other_class"), ""),
        title=view.text("full.abc"),
        appendix_only=True,
    )
    return [table]
