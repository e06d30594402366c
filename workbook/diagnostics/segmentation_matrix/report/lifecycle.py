"""Chapter: who is new, who stays, who is lost, and who moved between classes."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from workbook.charts.chart import PALE, Chart
from workbook.charts.stacked_bars import StackedBars, StackedPart
from workbook.diagnostics.segmentation_matrix.report.names import (
    MatrixView,
    customers_of,
    in_words,
    own_statuses,
    status_name,
)
from workbook.diagnostics.segmentation_matrix.value_result import (
    LifecycleBasis,
    LifecycleCounts,
    LifecycleStatus,
    LifecycleWindow,
    Move,
)
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import Value, Written
from workbook.report.lost_words import lost_statuses
from workbook.report.table import Table, TableColumn

ORDER = (
    LifecycleStatus.NEW,
    LifecycleStatus.REGULAR,
    LifecycleStatus.RENEWED,
    LifecycleStatus.LOST,
    LifecycleStatus.POTENTIAL,
)


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on the lifecycle."""
    counts, basis = view.result.lifecycle_counts, view.result.lifecycle_basis
    window = view.result.lifecycle_window
    if counts is None or basis is None or window is None:
        return view.left_out("lifecycle")
    told = window.called if basis.silence_possible else "too_short"
    return [
        Heading(
            text=view.text(
                f"lifecycle.heading.{told}", lost=counts.lost, silent=window.silent,
                n=view.result.customers_n, renewed=counts.renewed, months=basis.months,
            ),
            short=view.text("short.lifecycle"),
            caption=view.text("lifecycle.caption", months=basis.months),
        ),
        Text(tuple(_reading(view, basis, window))),
        _chart(view, counts),
        *details(_rhythm(view, basis, window), *_moves(view), *_full(view)),
    ]  # fmt: skip


def _reading(view: MatrixView, basis: LifecycleBasis, window: LifecycleWindow) -> list[str]:
    states = view.result.customer_states
    told = [] if states is None else [lost_statuses(view.texts, states)]
    return [" ".join([*told, *_fit(view, basis, window)]), " ".join(_limits(view, basis))]


def _rhythm(view: MatrixView, basis: LifecycleBasis, window: LifecycleWindow) -> Text:
    """Return what the window is and how it matches the customers' own rhythm."""
    told = [view.text("lifecycle.text.window", since=basis.since)]
    if window.own_median_days is not None:
        told.append(
            view.text(
                "lifecycle.text.rhythm", days=round(window.own_median_days), n=window.with_interval
            )
        )
    if window.longer_of:
        told.append(
            view.text("lifecycle.text.longer", k=window.longer, n=window.longer_of,
                     months=basis.months)
        )  # fmt: skip
    if window.returned_of:
        told.append(view.text("lifecycle.text.returned", k=window.returned, n=window.returned_of))
    return Text((" ".join(told),))


def _fit(view: MatrixView, basis: LifecycleBasis, window: LifecycleWindow) -> list[str]:
    """Return whether the window fits, and which one would."""
    fit = {True: "fit", False: "unfit", None: "fit_unknown"}[window.fits]
    told = [
        view.text(
            f"lifecycle.text.{fit}", months=basis.months, tolerance=view.params.window_tolerance
        )
    ]
    if window.fits is False and window.fitting_months is not None:
        told.append(view.text("lifecycle.text.fitting", months=window.fitting_months))
    return told


def _limits(view: MatrixView, basis: LifecycleBasis) -> list[str]:
    told = []
    if basis.contract_ended:
        told.append(view.text("lifecycle.text.ended", n=basis.contract_ended))
    if basis.contract_running:
        told.append(view.text("lifecycle.text.running", n=basis.contract_running))
    if not basis.identifiable:
        told.append(view.text("lifecycle.text.unidentifiable"))
    if basis.illegal:
        told.append(view.text("lifecycle.text.illegal", n=basis.illegal))
    return told


def _sizes(counts: LifecycleCounts) -> list[int]:
    return [getattr(counts, status.value) for status in ORDER]


def _chart(view: MatrixView, counts: LifecycleCounts) -> Chart:
    shades = (view.palette.tertiary, view.palette.primary, "#6f9bc6", view.palette.secondary, PALE)
    parts = [
        StackedPart(name=status_name(view, s.value), colour=c)
        for s, c in zip(ORDER, shades, strict=True)
    ]
    rows = [(view.text("lifecycle.now"), counts)]
    earlier, basis = view.result.lifecycle_counts_before, view.result.lifecycle_basis
    if earlier is not None and basis is not None:
        rows.append((view.text("lifecycle.before", day=basis.before), earlier))
    sizes = [_sizes(c) for _, c in rows]
    figures = [[view.texts.write(n, "count") for n in row] for row in sizes]

    told = "; ".join(
        f"{name}: " + ", ".join(f"{p.name} {text}" for p, text in zip(parts, row, strict=True))
        for (name, _), row in zip(rows, figures, strict=True)
    )
    return view.draw(
        StackedBars(
            labels=[name for name, _ in rows],
            parts=parts,
            sizes=sizes,
            texts=figures,
            right=[view.texts.write(sum(row), "count") for row in sizes],
            fmt="count",
        ),
        title=view.text("lifecycle.chart.title"),
        alt=view.text("lifecycle.chart.alt", values=told),
        note=view.source(sum(sizes[0]), view.text("lifecycle.chart.note")),
    )


def _moves(view: MatrixView) -> list[Block]:
    migration = view.result.migration
    if migration is None:
        return view.left_out("migration")
    tables: list[Block] = []
    if migration.lifecycle:
        title = view.text("migration.title.lifecycle", day=migration.lifecycle_before)
        tables.append(_migration(view, "lifecycle", migration.lifecycle, title))
    if migration.abc and migration.abc_before is not None:
        first, last = migration.abc_before.first, migration.abc_before.last
        title = view.text("migration.title.abc", first=first, last=last)
        tables.append(_migration(view, "abc", migration.abc, title))
        tables += _named_moves(view, first, last)
    return tables


def _named_moves(view: MatrixView, first: date, last: date) -> list[Block]:
    """Name who left class A or came into it."""
    moved = view.result.a_moves
    if not moved:
        return []
    none = view.text("migration.none")
    table = view.table(
        "a_moves",
        moved,
        ("columns.customer", customers_of(view, moved), ""),
        ("columns.abc_before", [mark or none for mark in moved.values("before")], ""),
        ("columns.abc", [mark or none for mark in moved.values("now")], ""),
        ("customers.amount_before", moved.values("amount_before"), "money"),
        ("columns.amount", moved.values("amount"), "money"),
        title=view.text("migration.named", first=first, last=last),
        shown=6,
    )
    return [table]


def _class_name(view: MatrixView, name: str) -> str:
    if name == "none":
        return view.text("migration.none")
    return status_name(view, name) if f"status.{name}" in view.texts else name


def _migration(view: MatrixView, name: str, moves: Sequence[Move], title: str) -> Table:
    """Return a table of moves: a row for each class before, a column for each class now."""
    order = [s.value for s in LifecycleStatus] if name == "lifecycle" else ["A", "B", "C", "none"]
    there = {m.now for m in moves if m.n} | {m.before for m in moves if m.n}
    classes = [c for c in order if c in there]
    cells = {(m.before, m.now): m for m in moves}
    columns = [("before", "migration.columns.before", "")]
    table = view.columns(*columns)
    table += [TableColumn(key=c, heading=_class_name(view, c), fmt="count") for c in classes]
    table += view.columns(("row", "migration.columns.row", "count"))
    table += view.columns(("net", "migration.columns.net", "money"))
    rows: list[dict[str, Value]] = []
    for before in classes:
        moved = [cells[before, now] for now in classes if (before, now) in cells]
        if not any(m.row for m in moved):
            continue
        rows.append(
            {
                "before": _class_name(view, before),
                **{c: _move(view, cells.get((before, c))) for c in classes},
                "row": moved[0].row,
                "net": moved[0].row_net,
            }
        )
    return Table(
        name=f"migration_{name}",
        title=title,
        columns=table,
        rows=rows,
        texts=view.texts,
        note=view.text("migration.note", least=view.params.min_row),
    )


def _move(view: MatrixView, move: Move | None) -> Value:
    if move is None or not move.n:
        return Written(0, "count", "·")
    if move.share is None:
        return Written(move.n, "count")
    return Written(move.n, "count", view.text("migration.cell", n=move.n, share=move.share))


def _full(view: MatrixView) -> list[Block]:
    rows = view.result.lifecycle
    now = own_statuses(view, rows.values("status"), rows.values("customer_id"))
    table = view.table(
        "lifecycle",
        rows,
        ("columns.id", rows.values("customer_id"), ""),
        ("columns.customer", customers_of(view, rows), ""),
        ("columns.status", now, ""),
        (
            "columns.status_before",
            in_words(rows.values("previous"), partial(status_name, view)),
            "",
        ),
        ("silent.columns.last", rows.values("last_sale"), "day_short"),
        title=view.text("full.lifecycle"),
        appendix_only=True,
    )
    return [table]
