"""Chapter: why customers leave, by number and by revenue."""

from workbook.charts.bars import Bars
from workbook.charts.chart import GREY, Chart
from workbook.charts.dot_plot import DotPlot
from workbook.charts.estimates import Estimate
from workbook.diagnostics.churn_reasons.leading import (
    by_money,
    by_number,
    leading_by_money,
    leading_by_number,
)
from workbook.diagnostics.churn_reasons.reasons_result import Reason
from workbook.diagnostics.churn_reasons.report.churn_view import ChurnView, caption, interval_column
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.cells import Interval, Value
from workbook.report.table import Table

UNKNOWN = 3
"""Reasons nobody has judged that are named under the chapter; the appendix has all."""
SHOWN = 8
"""Rows of a chart; the table has more, the XLSX all."""


def chapter(view: ChurnView) -> list[Block]:
    """Return the chapter on the reasons themselves."""
    reasons = by_number(view.result.reasons)
    if not reasons:
        return view.left_out("lost")
    return [
        Heading(
            text=_heading(view, reasons),
            short=view.text("short.lost"),
            caption=caption(
                view,
                view.text("reasons.caption", n=view.result.base.n),
                view.result.widened_since,
            ),
        ),
        Text(tuple(_reading(view, reasons))),
        _by_number(view, reasons),
        *_by_revenue(view),
        *view.limitation(*_limits(view)),
        *details(*_table(view, reasons)),
    ]


def _heading(view: ChurnView, reasons: list[Reason]) -> str:
    """Name what leads beyond chance: the most frequent reason or two, and the dearest."""
    leading, money = leading_by_number(view.result), leading_by_money(view.result)
    n = view.result.base.n
    if not leading:
        return view.text("reasons.heading.alike", n=n, of=len(reasons))
    first = leading[0]
    alone = len(leading) == len(money) == 1
    if alone and money[0].reason != first.reason:
        return view.text(
            "reasons.heading.money",
            first=first.label,
            k=first.any,
            n=n,
            costly=money[0].label,
            revenue=money[0].revenue,
        )
    key = "reasons.heading.tied" if len(leading) > 1 else "reasons.heading.one"
    return view.text(key, first=first.label, second=leading[-1].label, k=first.any, n=n)


def _reading(view: ChurnView, reasons: list[Reason]) -> list[str]:
    """Say how many were lost, of how many, against the period before, and what leads."""
    lost = view.result.lost
    told = _counted(view)
    if lost.rate is not None:
        key = "few" if view.result.small else "rate" if lost.since_known else "rate_undated"
        told.append(
            view.text(
                f"reasons.text.{key}",
                rate=lost.rate,
                at_risk=lost.at_risk,
                since=lost.since,
                interval=view.interval(lost.ci_low, lost.ci_high, "pct1"),
            )
        )
    if lost.revenue is not None:
        told.append(view.text("reasons.text.revenue", revenue=lost.revenue, n=lost.revenue_known))
    told += [*_on_record(view), *_wave(view)]
    if reasons[0].tied_with_next and len(reasons) > 1:
        told.append(view.text("reasons.text.tie", first=reasons[0].label, second=reasons[1].label))
    return told


def _counted(view: ChurnView) -> list[str]:
    """Say how many were lost; beside a register of more, that these are of this period."""
    lost = view.result.lost
    key = "lost" if view.result.carried_since is None else "this_period"
    if lost.returned:
        key = f"{key}_back" if key == "this_period" else key
    elif key == "lost":
        return []
    return [
        view.text(f"reasons.text.{key}", n=lost.n, customers=lost.customers, returned=lost.returned)
    ]


def _on_record(view: ChurnView) -> list[str]:
    """Say what the register holds beside this period, and where reasons are told over all of it."""
    result, register = view.result, view.result.register
    told = []
    if result.carried_since is not None:
        told.append(
            view.text(
                "reasons.text.register",
                since=register.since,
                n=register.n,
                gone=register.not_returned,
            )
        )
    if result.widened_since is not None:
        told.append(view.text("reasons.text.widened", least=view.params.min_losses))
    return [" ".join(told)] if told else []


def _wave(view: ChurnView) -> list[str]:
    """Say how many were lost in the period before; how reasons changed is another chapter."""
    wave = view.result.wave
    if wave is None:
        return []
    key = "wave_uncounted"
    if wave.before_n is not None and wave.now_n is not None:
        known = wave.before_revenue is not None and wave.now_revenue is not None
        key = "wave_money" if known else "wave"
    told = [
        view.text(
            f"reasons.text.{key}",
            against=wave.against,
            now=wave.now_n,
            before=wave.before_n,
            now_revenue=wave.now_revenue,
            before_revenue=wave.before_revenue,
        )
    ]
    if not wave.compared:
        least = view.params.min_losses
        told.append(view.text("reasons.text.wave_few", against=wave.against, least=least))
    return [" ".join(told)]


def _by_number(view: ChurnView, reasons: list[Reason]) -> Chart:
    """Return shares with intervals, or bars of plain numbers where losses are few."""
    if not view.in_percent(view.result.base.n):
        return _few_by_number(view, reasons[:SHOWN])
    n = view.result.base.n
    rows = [
        Estimate(
            label=r.label,
            value=r.share,
            low=r.ci_low,
            high=r.ci_high,
            text=view.text("reasons.dot", k=r.any, share=view.part(r.any, n)),
            strong=bool(r.preventable),
        )
        for r in reasons[:SHOWN]
    ]

    told = "; ".join(f"{row.label}: {row.text}" for row in rows)
    return view.draw(
        DotPlot(rows=rows, palette=view.palette, write=view.fmt("pct"), limits=(0, 1)),
        title=view.text("reasons.chart.number"),
        alt=view.text("reasons.chart.number_alt", values=told),
        note=view.source(n, view.text("reasons.chart.number_note")),
    )


def _few_by_number(view: ChurnView, reasons: list[Reason]) -> Chart:
    texts = [view.texts.write(r.any, "count") for r in reasons]
    colours = [view.palette.primary if r.preventable else GREY for r in reasons]
    names = [r.label for r in reasons]

    told = "; ".join(f"{name}: {text}" for name, text in zip(names, texts, strict=True))
    return view.draw(
        Bars(
            labels=names,
            values=[r.any for r in reasons],
            texts=texts,
            colours=colours,
            fmt="count",
        ),
        title=view.text("reasons.chart.number"),
        alt=view.text("reasons.chart.revenue_alt", values=told),
        note=view.source(view.result.base.n, view.text("reasons.chart.few_note")),
    )


def _by_revenue(view: ChurnView) -> list[Block]:
    money = by_money(view.result.reasons)[:SHOWN]
    if not money:
        return []
    values = [r.revenue or 0.0 for r in money]
    key = "reasons.bar" if view.in_percent(view.result.base.n) else "reasons.bar_few"
    texts = [view.text(key, revenue=r.revenue, share=r.revenue_share) for r in money]
    colours = [view.palette.primary if r.preventable else GREY for r in money]

    told = "; ".join(f"{r.label}: {text}" for r, text in zip(money, texts, strict=True))
    chart = view.draw(
        Bars(
            labels=[r.label for r in money],
            values=values,
            texts=texts,
            colours=colours,
            fmt="money",
        ),
        title=view.text("reasons.chart.revenue"),
        alt=view.text("reasons.chart.revenue_alt", values=told),
        note=view.source(view.result.base.revenue_known, view.text("reasons.chart.revenue_note")),
    )
    return [chart]


def _table(view: ChurnView, reasons: list[Reason]) -> list[Block]:
    columns = view.columns(
        ("label", "reasons.columns.reason", ""),
        ("any", "reasons.columns.any", "count"),
        ("fractional", "reasons.columns.fractional", "dec1"),
        ("sole", "reasons.columns.sole", "count"),
        ("share", "reasons.columns.share", "pct"),
    )
    columns.append(interval_column(view, "pct"))
    columns += view.columns(
        ("revenue", "reasons.columns.revenue", "money"),
        ("preventable", "reasons.columns.preventable", ""),
    )
    table = Table(
        name="reasons",
        title=view.text("reasons.table"),
        columns=columns,
        rows=[_row(view, r) for r in reasons],
        texts=view.texts,
        shown=12,
        note=view.text("reasons.table_note"),
    )
    return [table]


def _row(view: ChurnView, reason: Reason) -> dict[str, Value]:
    many = view.in_percent(view.result.base.n)
    return {
        "label": reason.label,
        "any": reason.any,
        "fractional": reason.fractional,
        "sole": reason.sole,
        "share": reason.share if many else None,
        "interval": Interval(reason.ci_low, reason.ci_high) if many else None,
        "revenue": reason.revenue,
        "preventable": view.text(f"preventable.{_judged(reason.preventable)}"),
    }


def _judged(preventable: bool | None) -> str:
    return {True: "yes", False: "no", None: "unjudged"}[preventable]


def _limits(view: ChurnView) -> list[str]:
    lost, told = view.result.lost, []
    if view.result.counts_only:
        told.append(view.text("limits.small", n=lost.n, least=view.params.min_losses))
    unknown = [u for u in view.result.unknown_reasons if u.column == "reasons"]
    told += [view.text("limits.unknown", given=u.given, n=u.n) for u in unknown[:UNKNOWN]]
    if unknown[UNKNOWN:]:
        told.append(view.text("limits.unknown_more", n=len(unknown[UNKNOWN:])))
    if lost.superseded:
        told.append(view.text("limits.superseded", n=lost.superseded))
    return told
