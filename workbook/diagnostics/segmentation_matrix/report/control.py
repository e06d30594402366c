"""Chapter: control points that were missed."""

from functools import partial

from workbook.charts.bars import Bars
from workbook.charts.chart import Chart
from workbook.diagnostics.segmentation_matrix.deals_result import ManagerPoints
from workbook.diagnostics.segmentation_matrix.report.names import (
    MatrixView,
    customers_of,
    in_words,
    manager_name,
)
from workbook.report.blocks import Block, Heading, details
from workbook.report.table import Table

DRAWN = 12


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on control points."""
    if not view.result.control_points:
        return view.left_out("control_points")
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.control_points"),
            caption=_caption(view),
        ),
        *_chart(view),
        *details(_points(view), *_overdue(view)),
    ]


def _caption(view: MatrixView) -> str:
    told = view.result.points_told
    return view.text("control.caption_after" if told else "control.caption", told=told)


def singled_out(view: MatrixView) -> ManagerPoints | None:
    """Return the manager whom the finding of page 2 names: overdue more often than the others."""
    named = {name for c in view.result.findings if c.id == "points" for name in c.singled_out}
    return next((m for m in view.result.manager_points if m.manager in named), None)


def _heading(view: MatrixView) -> str:
    overdue = sum(p.overdue for p in view.result.control_points)
    n = sum(p.due for p in view.result.control_points)
    worst = singled_out(view)
    if worst is None:
        return view.text(f"control.heading.{'all' if overdue else 'none'}", overdue=overdue, n=n)
    return view.text(
        "control.heading.some", overdue=overdue, n=n, manager=manager_name(view, worst.manager),
        k=worst.overdue, of=worst.due,
    )  # fmt: skip


def _chart(view: MatrixView) -> list[Chart]:
    rows = sorted(
        (m for m in view.result.manager_points if m.due),
        key=lambda m: (-m.overdue, m.manager or "~"),
    )[:DRAWN]
    if len(rows) < 2 or not rows[0].overdue:
        return []
    worst = singled_out(view)
    names = [manager_name(view, m.manager) for m in rows]
    texts = [view.text("control.bar", k=m.overdue, n=m.due) for m in rows]
    colours = [view.palette.secondary if m is worst else view.palette.primary for m in rows]

    told = "; ".join(f"{name}: {text}" for name, text in zip(names, texts, strict=True))
    return [
        view.draw(
            Bars(
                labels=names,
                values=[m.overdue for m in rows],
                texts=texts,
                colours=colours,
                fmt="count",
            ),
            title=view.text("control.chart.title"),
            alt=view.text("control.chart.alt", values=told),
            note=view.source(sum(m.due for m in rows), view.text("control.chart.note")),
        )
    ]


def point_name(view: MatrixView, point: str) -> str:
    """Return the words of a control point; the client's own names as they are."""
    key = f"point.{point}"
    return view.text(key) if key in view.texts else point


def _points(view: MatrixView) -> Table:
    return view.table(
        "control_points",
        view.result.control_points,
        ("control.columns.point", lambda p: point_name(view, p.point), ""),
        ("control.columns.n", lambda p: p.n, "count"),
        ("control.columns.by_now", lambda p: p.due, "count"),
        ("control.columns.done", lambda p: p.done, "count"),
        ("control.columns.late", lambda p: p.late, "count"),
        ("control.columns.days", lambda p: _whole(p.median_late_days), "count"),
        ("control.columns.overdue", lambda p: p.overdue, "count"),
        title=view.text("control.table"),
        note=view.text("control.note"),
    )


def _whole(days: float | None) -> int | None:
    return None if days is None else round(days)


def _overdue(view: MatrixView) -> list[Block]:
    late = view.result.overdue_points
    if not late:
        return []
    table = view.table(
        "overdue_points",
        late,
        ("columns.customer", customers_of(view, late), ""),
        ("control.columns.point", in_words(late.values("point"), partial(point_name, view)), ""),
        ("control.columns.due", late.values("due_date"), "day_short"),
        ("board.columns.days", late.values("days"), "count"),
        ("columns.manager", in_words(late.values("manager"), partial(manager_name, view)), ""),
        title=view.text("control.overdue.table"),
        shown=10,
    )
    return [table]
