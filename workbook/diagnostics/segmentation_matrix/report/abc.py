"""Chapter: whose money it is (ABC), and which of them fell silent."""

import numpy as np
from matplotlib.figure import Figure

from workbook.charts.chart import Chart
from workbook.charts.shaded_grid import concentration
from workbook.diagnostics.segmentation_matrix.report.shared import (
    CLASSES,
    MatrixView,
    customer_names,
    full_table,
)
from workbook.diagnostics.segmentation_matrix.value_result import AbcBasis
from workbook.report.blocks import Block, Heading, Text
from workbook.report.parts import left_out, source, table_columns
from workbook.report.table import Table

NAMED = 6


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on ABC."""
    basis = view.result.abc_basis
    if basis is None or not view.result.abc or basis.base <= 0:
        return left_out(view, "abc")
    return [
        Heading(
            text=_heading(view, basis),
            short=view.text("short.abc"),
            caption=view.text(
                f"abc.caption.{basis.measure}", first=basis.window.first, last=basis.window.last,
                currency=view.engagement.currency,
            ),
            new_page=True,
        ),
        Text((_reading(view, basis),)),
        _chart(view, basis),
        *_history(view),
        *_silent(view),
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
        top=view.result.abc[0].total / basis.base,
        measure=view.text(f"abc.measure.{basis.measure}"),
    )  # fmt: skip


def _reading(view: MatrixView, basis: AbcBasis) -> str:
    low, high = view.params.abc_bounds
    told = [view.text("abc.text.rule", low=low / 100, high=high / 100, n=basis.buyers)]
    sensitive = view.result.abc_sensitive
    if sensitive:
        names = customer_names(view)
        listed = ", ".join(names.get(c.customer_id, c.customer_id) for c in sensitive[:NAMED])
        more = " …" if len(sensitive) > NAMED else ""
        told.append(view.text("abc.text.sensitive", n=len(sensitive), names=listed + more))
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
    totals = np.array([max(c.total, 0.0) for c in view.result.abc])
    zones = [(view.text("abc.zone", name=k, n=_count(view, k)), _count(view, k)) for k in CLASSES]

    def plot(figure: Figure) -> None:
        concentration(
            figure.add_subplot(),
            np.cumsum(totals) / basis.base,
            zones,
            palette=view.palette,
            bounds=[b / 100 for b in view.params.abc_bounds],
            write=view.fmt("pct"),
            names=(view.text("abc.axis.customers"), view.text(f"abc.axis.{basis.measure}")),
        )

    told = "; ".join(
        view.text("abc.chart.one", name=k, n=_count(view, k), share=share(view, k)) for k in CLASSES
    )
    return view.draw(
        plot,
        title=view.text("abc.chart.title"),
        alt=view.text("abc.chart.alt", values=told),
        note=source(view, basis.n, view.text("abc.chart.note")),
        height=2.7,
    )


def _history(view: MatrixView) -> list[Block]:
    if len(view.result.abc_history) < 2:
        return []
    table = Table(
        name="abc_history",
        title=view.text("abc.history.table"),
        columns=table_columns(
            view,
            ("period", "columns.period", ""),
            ("A", "abc.columns.A", "count"),
            ("B", "abc.columns.B", "count"),
            ("C", "abc.columns.C", "count"),
            ("amount", "columns.amount", "money"),
        ),
        rows=[
            {
                "period": view.text("period", first=p.window.first, last=p.window.last),
                "A": p.A,
                "B": p.B,
                "C": p.C,
                "amount": p.amount,
            }
            for p in view.result.abc_history
        ],
        texts=view.texts,
    )
    return [table]


def _silent(view: MatrixView) -> list[Block]:
    silent = view.result.silent
    if not silent:
        return []
    names = customer_names(view)
    table = Table(
        name="silent",
        title=view.text("silent.table"),
        columns=table_columns(
            view,
            ("customer", "columns.customer", ""),
            ("abc", "columns.abc", ""),
            ("amount", "columns.amount", "money"),
            ("last", "silent.columns.last", "day_short"),
            ("days", "silent.columns.days", "count"),
            ("usual", "silent.columns.usual", "count"),
            ("overdue", "silent.columns.overdue", "dec1"),
        ),
        rows=[
            {
                "customer": names.get(s.customer_id, s.customer_id),
                "abc": s.class_,
                "amount": s.amount,
                "last": s.last_sale,
                "days": s.silent_days,
                "usual": s.usual_days,
                "overdue": s.overdue,
            }
            for s in silent
        ],
        texts=view.texts,
        shown=8,
        note=view.text(
            "silent.note", least=view.params.min_intervals, times=view.params.silent_times
        ),
    )
    first = silent[0]
    heading = view.text(
        f"silent.heading.{'some' if silent[1:] else 'one'}",
        n=len(silent),
        customer=names.get(first.customer_id, first.customer_id),
        days=first.silent_days,
    )
    return [Heading(text=heading, level=3), table]


def _full(view: MatrixView) -> list[Block]:
    names = customer_names(view)
    rows: list[dict[str, object]] = [
        {
            "id": c.customer_id,
            "customer": names.get(c.customer_id, c.customer_id),
            "total": c.total,
            "before": c.share_before,
            "abc": c.class_,
            "other": c.other_class,
        }
        for c in view.result.abc
    ]
    return [
        full_table(
            view,
            "abc",
            (
                ("id", "columns.id", ""),
                ("customer", "columns.customer", ""),
                ("total", "columns.amount", "money"),
                ("before", "abc.columns.before", "pct1"),
                ("abc", "columns.abc", ""),
                ("other", "abc.columns.other_rule", ""),
            ),
            rows,
        )
    ]
