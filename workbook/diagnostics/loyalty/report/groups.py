"""Chapter: where the index is higher and lower."""

from workbook.charts.chart import Chart
from workbook.charts.dot_plot import DotPlot
from workbook.charts.estimates import Estimate
from workbook.diagnostics.loyalty.report.loyalty_view import (
    LoyaltyView,
    effective_n,
    heading_facts,
    interval_column,
    source,
)
from workbook.diagnostics.loyalty.survey_result import Group, Verdict
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table

SHOWN = 12
"""Groups of one cut that the chart shows; the XLSX has all."""


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on segments, regions, products, managers and channels."""
    groups = view.result.groups
    if not groups or view.result.nps is None:
        return view.left_out("groups")
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.groups"),
            caption=view.text("groups.caption"),
        ),
        Text((*_reading(view), *_suppressed(view))),
        *_exhibits(view),
    ]


def _exhibits(view: LoyaltyView) -> list[Block]:
    """Return the chart with the table behind it, or the table where nothing can be drawn."""
    cut = _main_cut(view)
    if len(_charted(view, cut)) < 2:
        return [_table(view)]
    return [_chart(view, cut), *details(_table(view))]


def _different(view: LoyaltyView) -> list[Group]:
    """Return the groups whose test tells them from the rest, each set of answers once."""
    found = [g for g in view.result.groups if g.differs is not Verdict.CANNOT_TELL]
    return sorted((g for g in found if not g.repeats), key=lambda g: g.p_holm or 0.0)


def _heading(view: LoyaltyView) -> str:
    different = _different(view)
    if not different:
        tested = sum(g.p_holm is not None and not g.repeats for g in view.result.groups)
        return view.text("groups.heading.none" if tested else "groups.heading.untested", n=tested)
    group = different[0]
    return view.text(
        f"groups.heading.{group.differs.value}",
        group=group.group,
        value=group.value,
        n=group.n,
        by=view.text(f"by.{group.by}"),
    )


def _reading(view: LoyaltyView) -> list[str]:
    different = _different(view)
    if not different:
        tested = any(g.p_holm is not None for g in view.result.groups)
        return [view.text("groups.text.none")] if tested else []
    named = "; ".join(
        view.text(
            f"groups.one.{g.differs.value}",
            by=view.text(f"by.{g.by}"),
            group=g.group,
            value=g.value,
            interval=view.interval(g.ci_low, g.ci_high, "points"),
        )
        for g in different[:5]
    )
    return [view.text("groups.text.some", named=named, k=len(different))]


def _main_cut(view: LoyaltyView) -> str:
    """Return the cut to draw: that of the strongest difference, else the first."""
    different = _different(view)
    return different[0].by if different else view.result.groups[0].by


def _charted(view: LoyaltyView, by: str) -> list[Group]:
    rows = [g for g in view.result.groups if g.by == by and g.value is not None]
    rows.sort(key=lambda g: -(g.value or 0.0))
    half = SHOWN // 2
    return rows[:half] + rows[-half:] if rows[SHOWN:] else rows


def _chart(view: LoyaltyView, by: str) -> Chart:
    groups = _charted(view, by)
    nps = view.result.nps
    rows = [
        Estimate(
            label=g.group,
            value=g.value,
            low=g.ci_low,
            high=g.ci_high,
            text=view.text("groups.dot", value=g.value, n=g.n),
            strong=g.differs is not Verdict.CANNOT_TELL,
        )
        for g in groups
    ]
    whole = nps.value if nps and nps.value is not None else 0.0

    told = "; ".join(f"{g.group}: {view.texts.write(g.value, 'points')}" for g in groups)
    return view.draw(
        DotPlot(
            rows=rows,
            palette=view.palette,
            write=view.fmt("count"),
            reference=(whole, view.text("groups.reference", value=whole)),
            limits=(-100, 100),
        ),
        title=view.text("groups.chart.title", by=view.text(f"by.{by}")),
        alt=view.text("groups.chart.alt", by=view.text(f"by.{by}"), values=told),
        note=source(view, sum(g.n or 0 for g in groups), "method.groups"),
    )


def _table(view: LoyaltyView) -> Table:
    groups = sorted(view.result.groups, key=_rank)
    return view.table(
        "nps_groups",
        groups,
        ("groups.table.group", lambda g: g.group, ""),
        ("groups.table.by", lambda g: view.text(f"by.{g.by}"), ""),
        ("columns.n", lambda g: g.n, "count"),
        *effective_n(groups),
        ("columns.nps", lambda g: g.value, "points"),
        interval_column("points"),
        ("groups.table.verdict", lambda g: _verdict(view, g), ""),
        title=view.text("groups.table.title"),
        note=view.text("groups.table.note"),
        shown=8,
        facts=heading_facts(view),
    )


def _rank(group: Group) -> tuple[bool, bool]:
    """Order of the table: groups that differ first, hidden ones last, else as computed."""
    return group.suppressed, group.differs is Verdict.CANNOT_TELL


def _verdict(view: LoyaltyView, group: Group) -> str:
    if group.suppressed:
        return view.text("groups.suppressed")
    if group.value is None:
        return view.text("groups.too_few")
    return view.text(f"groups.differs.{group.differs.value}")


def _suppressed(view: LoyaltyView) -> list[str]:
    hidden = sum(g.suppressed for g in view.result.groups)
    if not hidden:
        return []
    return [view.text("groups.hidden", n=hidden, threshold=view.engagement.anonymity_threshold)]
