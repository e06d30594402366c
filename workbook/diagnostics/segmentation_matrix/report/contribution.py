"""Chapter: what is left of the margin after the cost to serve, and with whom nothing is."""

from collections.abc import Sequence

from workbook.diagnostics.segmentation_matrix.contribution import Contribution, ContributionBasis
from workbook.diagnostics.segmentation_matrix.report.names import (
    MatrixView,
    customers_of,
    in_words,
    segment_name,
    yes,
)
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import Value
from workbook.report.table import Table
from workbook.stats.data_table import DataTable

SHOWN = 6


def chapter(view: MatrixView) -> list[Block]:
    """Return the chapter on contribution."""
    found = view.result.contribution
    if found is None:
        return view.left_out("contribution")
    return [
        Heading(
            text=_heading(view, found),
            short=view.text("short.contribution"),
            caption=view.text(
                "contribution.caption", first=found.basis.first, last=found.basis.last,
                currency=view.engagement.currency,
            ),
        ),
        Text((_reading(view, found),)),
        *(_negative(view, found) or _segments(view, found)),
        *details(*(_segments(view, found) if found.total.negative else [])),
        _full(view, found),
    ]  # fmt: skip


def _heading(view: MatrixView, found: Contribution) -> str:
    total = found.total
    return view.text(
        f"contribution.heading.{'some' if total.negative else 'none'}",
        left=total.contribution, margin=total.margin, n=total.negative, all=total.customers,
        loss=-found.negative_amount,
    )  # fmt: skip


def _reading(view: MatrixView, found: Contribution) -> str:
    total = found.total
    told = [view.text("contribution.text.classes", a=found.A, b=found.B, c=found.C)]
    if total.negative:
        remains = view.text("contribution.text.left", left=total.contribution, margin=total.margin)
        told.insert(0, remains)
    return " ".join([*told, *_limits(view, found, found.basis)])


def _limits(view: MatrixView, found: Contribution, basis: ContributionBasis) -> list[str]:
    """Return what the contributions leave out, nothing where they leave out nothing."""
    told = []
    if basis.months_with_cost < basis.months:
        told.append(view.text("contribution.text.months", k=basis.months_with_cost, n=basis.months))
    if basis.across:
        told.append(view.text("contribution.text.across", n=basis.across, cost=basis.across_cost))
    if basis.outside:
        told.append(view.text("contribution.text.outside", n=basis.outside))
    if found.no_cost:
        told.append(view.text("contribution.text.no_cost", n=found.no_cost))
    if basis.no_margin:
        told.append(view.text("contribution.text.no_margin", n=basis.no_margin))
    return told


def _segments(view: MatrixView, found: Contribution) -> list[Block]:
    if all(row.segment is None for row in found.segments):
        return []
    table = view.table(
        "contribution_segments",
        found.segments,
        ("columns.segment", lambda s: segment_name(view, s.segment), ""),
        ("columns.customers", lambda s: s.customers, "count"),
        ("columns.amount", lambda s: s.amount, "money"),
        ("contribution.columns.margin", lambda s: s.margin, "money"),
        ("contribution.columns.cost", lambda s: s.cost, "money"),
        ("contribution.columns.contribution", lambda s: s.contribution, "money"),
        ("contribution.columns.negative", lambda s: s.negative, "count"),
        title=view.text("contribution.segments.table"),
        note=view.text("contribution.note"),
    )
    return [table]


def _negative(view: MatrixView, found: Contribution) -> list[Block]:
    rows = found.customers.where(found.customers["negative"])
    if not rows:
        return []
    worst = DataTable(rows.columns, rows.frame.iloc[::-1])
    return [
        view.table(
            "contribution_negative",
            worst,
            *_columns(view, worst),
            title=view.text("contribution.negative.table"),
            shown=SHOWN,
            note=view.text("contribution.negative.note"),
        )
    ]


def _columns(view: MatrixView, rows: DataTable) -> tuple[tuple[str, Sequence[Value], str], ...]:
    return (
        ("columns.customer", customers_of(view, rows), ""),
        (
            "columns.segment",
            in_words(rows.values("segment"), lambda name: segment_name(view, name)),
            "",
        ),
        ("columns.amount", rows.values("amount"), "money"),
        ("contribution.columns.margin", rows.values("margin"), "money"),
        ("contribution.columns.cost", rows.values("cost"), "money"),
        ("contribution.columns.contribution", rows.values("contribution"), "money"),
    )


def _full(view: MatrixView, found: Contribution) -> Table:
    rows = found.customers
    return view.table(
        "contribution",
        rows,
        ("columns.id", rows.values("customer_id"), ""),
        *_columns(view, rows),
        ("abc.columns.before", rows.values("share_before"), "pct1"),
        ("contribution.columns.class", rows.values("class_"), ""),
        ("contribution.columns.no_cost", yes(view, rows, "no_cost"), ""),
        title=view.text("contribution.table"),
        appendix_only=True,
    )
