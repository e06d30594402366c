"""Chapter: who lost them, beside the portfolio they had."""

from collections.abc import Sequence

from workbook.charts.chart import Chart
from workbook.charts.dot_plot import DotPlot
from workbook.charts.estimates import Estimate
from workbook.diagnostics.churn_reasons.leading import (
    compared_dimensions,
    judged_groups,
    moved_groups,
)
from workbook.diagnostics.churn_reasons.portfolio_result import GroupLosses, Missing
from workbook.diagnostics.churn_reasons.report.churn_view import ChurnView, caption
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import spare
from workbook.report.table import Table

CHARTED = 12
"""Rows of the chart; the XLSX has all."""


def chapter(view: ChurnView) -> list[Block]:
    """Return the chapter on managers, regions, segments and the rest."""
    compared = compared_dimensions(view.result)
    if not compared:
        return _not_compared(view)
    main, *others = compared
    groups = judged_groups(view.result, main)
    return [
        Heading(
            text=_heading(view, main, groups),
            short=view.text("short.by"),
            caption=caption(view, view.text("portfolio.caption"), view.result.widened_since),
        ),
        Text((_reading(view, groups),)),
        _chart(view, main, groups[:CHARTED]),
        *[block for name in others for block in _further(view, name)],
        *view.limitation(*_missing(view)),
        *details(_table(view, main, groups)),
        *_counts(view),
    ]


def _further(view: ChurnView, dimension: str) -> list[Block]:
    groups = judged_groups(view.result, dimension)
    found = [
        Heading(text=_heading(view, dimension, groups), level=3),
        Text((_reading(view, groups),)),
        _table(view, dimension, groups),
    ]
    return found if any(g.stands_out for g in groups) else details(*found)


def _not_compared(view: ChurnView) -> list[Block]:
    """Return what is missing for a comparison, and the plain counts for the XLSX."""
    if not view.result.by:
        return view.left_out("by")
    blocks: list[Block] = [
        Heading(text=view.text("portfolio.not_compared"), short=view.text("short.by")),
        Text((" ".join(_missing(view)) or view.text("absent.by.fill"),)),
    ]
    return [*blocks, *_counts(view)]


def _missing(view: ChurnView) -> list[str]:
    """Say of each cut why losses are not compared by it; those that nobody recorded together."""
    told = [
        view.text(
            f"portfolio.missing.{known.missing.value}",
            by=view.text(f"by.{known.dimension}"),
            known=known.known,
            of=known.of,
            known_lost=known.known_lost,
            lost=known.lost,
            least=view.params.known_share,
            losses=view.params.min_losses,
        )
        for known in view.result.dimensions
        if known.missing in (Missing.LOST_ONLY, Missing.PARTLY)
    ]
    for missing in (Missing.FEW_LOSSES, Missing.PORTFOLIO, Missing.COLUMN):
        names = [d.dimension for d in view.result.dimensions if d.missing is missing]
        if names:
            named = ", ".join(view.text(f"by.{name}") for name in names)
            told.append(
                view.text(
                    f"portfolio.missing.{missing.value}",
                    named=named,
                    n=view.result.base.n,
                    least=view.params.min_losses,
                )
            )
    return told


def _heading(view: ChurnView, dimension: str, groups: Sequence[GroupLosses]) -> str:
    out = [g for g in groups if g.stands_out]
    by = view.text(f"by.{dimension}")
    if out:
        return view.text(
            "portfolio.heading.above",
            group=out[0].group,
            by=by,
            lost=out[0].lost,
            at_risk=out[0].at_risk,
            expected=out[0].expected,
        )
    return view.text("portfolio.heading.none", by=by, n=len(groups))


def _reading(view: ChurnView, groups: Sequence[GroupLosses]) -> str:
    moved = moved_groups(groups, view.params)
    if not moved:
        return view.text("portfolio.text.same")
    return view.text(
        "portfolio.text.moved", k=len(moved), n=len(groups), places=view.params.moved_places
    )


def _chart(view: ChurnView, dimension: str, groups: Sequence[GroupLosses]) -> Chart:
    rows = [
        Estimate(
            label=g.group,
            value=g.shrunk,
            low=g.ci_low,
            high=g.ci_high,
            text=view.text("portfolio.dot", lost=g.lost, expected=g.expected),
            strong=g.stands_out,
        )
        for g in groups
    ]

    told = "; ".join(f"{row.label}: {row.text}" for row in rows)
    return view.draw(
        DotPlot(
            rows=rows,
            palette=view.palette,
            write=view.fmt("dec1"),
            reference=(1.0, view.text("portfolio.reference")),
        ),
        title=view.text("portfolio.chart.title", by=view.text(f"by.{dimension}")),
        alt=view.text("portfolio.chart.alt", values=told),
        note=view.source(sum(g.lost for g in groups), view.text("portfolio.chart.note")),
    )


def _table(view: ChurnView, dimension: str, groups: Sequence[GroupLosses]) -> Table:
    return view.table(
        f"portfolio_{dimension}",
        groups,
        ("portfolio.columns.group", lambda g: g.group or view.text("unknown"), ""),
        ("portfolio.columns.at_risk", lambda g: g.at_risk, "count"),
        ("portfolio.columns.customer_years", lambda g: g.customer_years, spare("dec1", 2)),
        ("portfolio.columns.lost", lambda g: g.lost, "count"),
        ("portfolio.columns.rate", lambda g: g.rate, "pct1"),
        ("portfolio.columns.expected", lambda g: g.expected, "dec1"),
        ("portfolio.columns.shrunk", lambda g: g.shrunk, spare("dec2")),
        ("portfolio.columns.revenue", lambda g: g.revenue, "money"),
        ("columns.verdict", lambda g: _verdict(view, g), ""),
        title=view.text("portfolio.table", by=view.text(f"by.{dimension}")),
        shown=12,
        note=view.text("portfolio.how", by=_standard(view, groups))
        + " "
        + view.text(
            "portfolio.note", n=len(groups), beyond=sum(g.beyond_95 or 0.0 for g in groups)
        ),
    )


def _verdict(view: ChurnView, group: GroupLosses) -> str:
    by = view.text(f"by.{group.repeats}") if group.repeats else ""
    return view.text(f"place.{group.told_as}", by=by)


def _counts(view: ChurnView) -> list[Block]:
    """Return every dimension in one table of the appendix file."""
    return [
        view.table(
            "losses_by",
            view.result.by,
            ("portfolio.columns.group", lambda g: g.group or view.text("unknown"), ""),
            ("portfolio.columns.by", lambda g: view.text(f"by.{g.dimension}"), ""),
            ("portfolio.columns.at_risk", lambda g: g.at_risk, "count"),
            ("portfolio.columns.customer_years", lambda g: g.customer_years, "dec1"),
            ("portfolio.columns.lost", lambda g: g.lost, "count"),
            ("portfolio.columns.share", lambda g: g.share, "pct"),
            ("portfolio.columns.expected", lambda g: g.expected, "dec1"),
            ("portfolio.columns.shrunk", lambda g: g.shrunk, "dec2"),
            ("portfolio.columns.low", lambda g: g.ci_low, "dec2"),
            ("portfolio.columns.high", lambda g: g.ci_high, "dec2"),
            ("portfolio.columns.revenue", lambda g: g.revenue, "money"),
            ("columns.p", lambda g: g.p_holm, "p"),
            ("columns.verdict", lambda g: _verdict(view, g), ""),
            title=view.text("portfolio.all"),
            appendix_only=True,
        )
    ]


def _standard(view: ChurnView, groups: Sequence[GroupLosses]) -> str:
    columns = groups[0].standardised_by if groups else ()
    if not columns:
        return view.text("portfolio.company")
    return ", ".join(view.text(f"by.{c}") for c in columns)
