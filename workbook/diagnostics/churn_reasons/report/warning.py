"""Chapter: what can be seen before a customer leaves, and who shows it now."""

from workbook.charts.chart import Chart
from workbook.charts.dot_plot import DotPlot
from workbook.charts.estimates import Estimate
from workbook.diagnostics.churn_reasons.leading import backtested_signals, best_signals
from workbook.diagnostics.churn_reasons.prevention_result import Signal, SignalTest
from workbook.diagnostics.churn_reasons.report.churn_view import ChurnView, caption
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table


def chapter(view: ChurnView) -> list[Block]:
    """Return the chapter on signals and the watch list."""
    if not view.result.signals:
        return view.left_out("signals")
    rows = backtested_signals(view.result)
    return [
        Heading(
            text=_heading(view),
            short=view.text("short.signals"),
            caption=caption(
                view,
                view.text("warning.caption", days=view.params.blind_days),
                view.result.carried_since,
            ),
        ),
        Text((view.text(f"warning.text.{_lesson(view)}", days=view.params.blind_days),)),
        *([_chart(view, rows)] if len(rows) > 1 else []),
        *_watch_list(view),
        *details(_table(view)),
    ]


def _heading(view: ChurnView) -> str:
    best = best_signals(view.result)
    if not backtested_signals(view.result):
        return view.text("warning.heading.untested", n=view.result.watched)
    if not best:
        return view.text("warning.heading.none", n=len(backtested_signals(view.result)))
    first = best[0]
    return view.text(
        "warning.heading.one", signal=view.text(f"signal.{first.signal.value}"),
        k=first.hits, n=first.n, days=round(first.lead_days or 0),
        false=first.false_alarm_rate,
    )  # fmt: skip


def _lesson(view: ChurnView) -> str:
    """Return what the back-test teaches; only a warning denies that they left suddenly."""
    if best_signals(view.result):
        return "warned"
    return "not_warned" if backtested_signals(view.result) else "untested"


def _chart(view: ChurnView, rows: list[SignalTest]) -> Chart:
    estimates = [
        Estimate(
            label=view.text(f"signal.{s.signal.value}"),
            value=s.hit_rate,
            low=s.hit_low,
            high=s.hit_high,
            text=view.text("warning.dot", false=s.false_alarm_rate),
            strong=bool(s.useful),
        )
        for s in rows
    ]

    told = "; ".join(
        view.text("warning.chart.one", signal=view.text(f"signal.{s.signal.value}"),
                 hit=s.hit_rate, false=s.false_alarm_rate)
        for s in rows
    )  # fmt: skip
    return view.draw(
        DotPlot(rows=estimates, palette=view.palette, write=view.fmt("pct"), limits=(0, 1)),
        title=view.text("warning.chart.title"),
        alt=view.text("warning.chart.alt", values=told),
        note=view.source(max(s.n for s in rows), view.text("warning.chart.note")),
    )


def _table(view: ChurnView) -> Table:
    return view.table(
        "signals",
        view.result.signals,
        ("warning.columns.signal", lambda s: view.text(f"signal.{s.signal.value}"), ""),
        ("warning.columns.n", lambda s: s.n, "count"),
        ("warning.columns.hits", lambda s: s.hits, "count"),
        ("warning.columns.false", lambda s: s.false_alarm_rate, "pct"),
        ("warning.columns.ratio", lambda s: s.ratio, "dec1"),
        ("columns.p", lambda s: s.p_holm, "p"),
        ("warning.columns.lead", lambda s: s.lead_days if s.useful else None, "count"),
        ("warning.columns.on", lambda s: s.on_now, "count"),
        ("warning.columns.verdict", lambda s: view.text(f"warning.verdict.{_worth(s)}"), ""),
        title=view.text("warning.table"),
        note=view.text("warning.note", least=view.params.least_ratio),
    )


def _worth(signal: SignalTest) -> str:
    if not signal.backtested:
        return "untested"
    return "useful" if signal.useful else "useless"


def _watch_list(view: ChurnView) -> list[Block]:
    rows = view.result.watch_list
    if not rows:
        return []
    known = view.result.watched_revenue is not None
    key = "watch.heading" if known else "watch.heading_number"
    if not best_signals(view.result):
        key = "watch.heading_doubt"
    heading = view.text(key, n=view.result.watched, revenue=view.result.watched_revenue)
    silent = {None: "–", True: view.text("watch.is_silent"), False: view.text("watch.is_buying")}
    names = zip(rows.values("name"), rows.values("customer_id"), strict=True)
    table = view.table(
        "watch_list",
        rows,
        ("columns.customer", [name or id_ for name, id_ in names], ""),
        ("watch.signals", _named(view, rows.values("signals")), ""),
        ("watch.manager", [manager or "–" for manager in rows.values("manager")], ""),
        ("watch.last", rows.values("last_purchase"), "day_short"),
        ("watch.silent", [silent[one] for one in rows.values("silent")], ""),
        ("watch.revenue", rows.values("revenue_at_risk"), "money"),
        title=view.text("watch.table"),
        shown=8,
        note=view.text("watch.note", k=int(rows["silent"].sum()), months=view.params.silent_months),
    )
    return [Heading(text=heading, level=3), table]


def _named(view: ChurnView, cells: list[tuple[Signal, ...]]) -> list[str]:
    """Return several signals in words; what is on together is worded once."""
    words = {on: ", ".join(view.text(f"signal.{s}") for s in on) for on in set(cells)}
    return [words[on] for on in cells]
