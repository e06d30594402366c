"""Chapter: whether the index has changed."""

from workbook.charts.chart import Chart
from workbook.charts.dot_plot import DotPlot
from workbook.charts.estimates import Estimate
from workbook.charts.plot import Plot
from workbook.charts.time_points import TimePoints
from workbook.diagnostics.loyalty.report.loyalty_view import (
    LoyaltyView,
    heading_facts,
    interval_column,
    source,
)
from workbook.diagnostics.loyalty.survey_result import IntervalKind, Verdict
from workbook.report.blocks import Block, Heading, NotStudied, Text, details
from workbook.report.table import Table

ACROSS = 8
"""Waves that fit side by side; more are drawn one under the other, the oldest on top."""


def chapter(view: LoyaltyView) -> list[Block]:
    """Return the chapter on the index in time."""
    result = view.result
    if result.change is None and len(result.waves) < 2:
        return _only_small(view) or _nothing_before(view) or view.left_out("waves")
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.waves"),
            caption=view.text("waves.caption"),
        ),
        Text((*_reading(view), *_thin(view), *left_out_waves(view))),
        *_exhibits(view),
    ]


def _exhibits(view: LoyaltyView) -> list[Block]:
    """Return the chart of a course; of two points the text tells all, and both are detail."""
    chart = [_chart(view)] if any(w.value is not None for w in view.result.waves) else []
    table = [_table(view)] if view.result.changes else []
    return [*chart, *details(*table)] if view.result.has_course else details(*chart, *table)


def _only_small(view: LoyaltyView) -> list[Block]:
    """Return what is said where no other wave holds enough people."""
    if not view.result.waves_left_out:
        return []
    told = left_out_waves(view)
    return [
        Heading(text=view.text("waves.heading.hidden"), short=view.text("short.waves")),
        Text(tuple(told)),
    ]


def _nothing_before(view: LoyaltyView) -> list[Block]:
    """Say that the period before has no answers that can be compared; nothing in a first one."""
    against = view.result.period_before
    if not against:
        return []
    fill = view.text("absent.waves.before", against=against)
    return [NotStudied(name=view.text("short.waves"), fill=fill)]


def left_out_waves(view: LoyaltyView) -> list[str]:
    """Name the waves that hold too few people to be told; how many these are is not said."""
    named = ", ".join(view.result.waves_left_out)
    if not named:
        return []
    threshold = view.engagement.anonymity_threshold
    k = len(view.result.waves_left_out)
    key = "waves.hidden_in_whole" if view.result.waves_in_whole else "waves.hidden"
    return [view.text(key, k=k, named=named, threshold=threshold)]


def _heading(view: LoyaltyView) -> str:
    change = view.result.change
    if change is None:
        return view.text("waves.heading.none", all=len(view.result.waves), min_n=view.params.min_n)
    return view.text(
        f"waves.heading.{change.verdict.value}",
        difference=change.difference,
        wave=change.wave,
        against=change.against,
    )


def _thin(view: LoyaltyView) -> list[str]:
    """Name the waves that carry no index, and what the headline index covers."""
    thin = [w for w in view.result.waves if w.value is None]
    told = []
    if thin:
        named = ", ".join(view.text("waves.thin_one", wave=w.wave, n=w.n) for w in thin)
        told.append(view.text("waves.thin", k=len(thin), named=named))
    nps, change = view.result.nps, view.result.change
    if nps is not None and nps.value is not None and change is not None and not change.headline:
        told.append(view.text("waves.whole", value=nps.value))
    return told


def _reading(view: LoyaltyView) -> list[str]:
    change = view.result.change
    if change is None:
        return []
    told = [
        view.text(
            f"waves.text.{change.verdict.value}",
            difference=change.difference,
            interval=view.interval(change.ci_low, change.ci_high, "points"),
            p=change.p_holm,
        )
    ]
    if change.paired_n:
        told.append(view.text("waves.paired", n=change.paired_n))
    told.append(view.text("waves.needed", n=change.needed_n))
    return told


def _chart(view: LoyaltyView) -> Chart:
    shown = [w for w in view.result.waves if w.value is not None]
    crowded = bool(shown[ACROSS:])
    rows = [
        Estimate(
            label=view.text("waves.label", wave=view.period(w.wave, "short"), n=w.n)
            if not crowded
            else view.text("waves.thin_one", wave=w.wave, n=w.n),
            value=w.value,
            low=w.ci_low,
            high=w.ci_high,
            text=view.texts.write(w.value, "points"),
            strong=i == len(shown) - 1,
        )
        for i, w in enumerate(shown)
    ]

    finite = any(w.interval is IntervalKind.FINITE for w in shown)

    write = view.fmt("count")
    plot: Plot = TimePoints(rows=rows, palette=view.palette, write=write)
    if crowded:
        plot = DotPlot(rows=rows, palette=view.palette, write=write, limits=(-100, 100))
    told = "; ".join(f"{view.period(w.wave)}: {view.texts.write(w.value, 'points')}" for w in shown)
    return view.draw(
        plot,
        title=view.text("waves.chart.title", confidence=view.params.confidence),
        alt=view.text("waves.chart.alt", values=told),
        note=source(view, sum(w.n for w in shown), "method.adjusted_wald")
        + (f" {view.text('waves.finite')}" if finite else ""),
    )


def _table(view: LoyaltyView) -> Table:
    params = view.params
    return view.table(
        "nps_changes",
        reversed(view.result.changes),
        ("waves.table.wave", lambda c: view.text("waves.pair", wave=c.wave, against=c.against), ""),
        ("waves.table.difference", lambda c: c.difference, "points"),
        interval_column("points"),
        ("columns.p", lambda c: c.p_holm, "p"),
        ("columns.verdict", lambda c: view.text(f"verdict.{c.verdict.value}"), ""),
        title=view.text("waves.table.title"),
        note=view.text("waves.table.note", alpha=1 - params.confidence, min_n=params.min_n),
        shown=6,
        facts=heading_facts(view),
    )


def verdict_arrow(verdict: Verdict) -> str:
    """Return the arrow that stands beside a change, so that colour is never the only sign."""
    return {Verdict.UP: "▲", Verdict.DOWN: "▼", Verdict.CANNOT_TELL: "◆"}[verdict]
