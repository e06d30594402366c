"""Chapter: who came back, and who may."""

from workbook.charts.chart import Chart
from workbook.charts.stacked_bars import StackedBars, StackedPart
from workbook.diagnostics.churn_reasons.prevention_result import Destination, Instrument, Winback
from workbook.diagnostics.churn_reasons.report.churn_view import ChurnView, caption
from workbook.report.blocks import Block, Heading, Text, details
from workbook.report.table import Table


def chapter(view: ChurnView) -> list[Block]:
    """Return the chapter on returns, destinations and candidates."""
    winback = view.result.winback
    if winback is None or not winback.n:
        return view.left_out("winback")
    return [
        Heading(
            text=view.text("winback.heading", k=winback.returned, n=winback.n),
            short=view.text("short.winback"),
            caption=caption(view, view.text("winback.caption"), view.result.carried_since),
        ),
        Text(tuple(_reading(view, winback))),
        *_destinations(view),
        *_candidates(view),
        *details(*_silence(view)),
    ]


def _reading(view: ChurnView, winback: Winback) -> list[str]:
    told = []
    if view.in_percent(winback.n):
        told.append(
            view.text(
                "winback.rate",
                rate=winback.rate,
                interval=view.interval(winback.ci_low, winback.ci_high, "pct"),
            )
        )
        told.append(
            view.text(
                f"winback.chance.{winback.chance_months or 'none'}",
                chance=winback.chance,
                interval=view.interval(winback.chance_low, winback.chance_high, "pct"),
            )
        )
    if winback.median_days is not None and not view.result.counts_only:
        told.append(view.text("winback.days", days=round(winback.median_days)))
    if winback.revenue_gone is not None:
        told.append(view.text("winback.gone", revenue=winback.revenue_gone))
    return [" ".join([*told, view.text("winback.mend")])]


def _name(view: ChurnView, destination: Destination) -> str:
    return view.text(f"destination.{destination.destination or 'unknown'}")


def _destinations(view: ChurnView) -> list[Block]:
    rows = sorted(view.result.destinations, key=lambda d: -d.n)
    if not rows:
        return []
    return [_chart(view, rows), *details(_destination_table(view, rows))]


def _chart(view: ChurnView, rows: list[Destination]) -> Chart:
    parts = (
        StackedPart(name=view.text("winback.returned"), colour=view.palette.primary),
        StackedPart(name=view.text("winback.gone_short"), colour="#c7ced6"),
    )
    names = [_name(view, d) for d in rows]
    figures = [[view.texts.write(k, "count") for k in (d.returned, d.n - d.returned)] for d in rows]
    right = [view.text("winback.bar", k=d.returned, n=d.n) for d in rows]

    told = "; ".join(f"{name}: {text}" for name, text in zip(names, right, strict=True))
    return view.draw(
        StackedBars(
            labels=names,
            parts=parts,
            sizes=[(d.returned, d.n - d.returned) for d in rows],
            texts=figures,
            right=right,
            fmt="count",
        ),
        title=view.text("winback.chart.title"),
        alt=view.text("winback.chart.alt", values=told),
        note=view.source(sum(d.n for d in rows)),
    )


def _destination_table(view: ChurnView, rows: list[Destination]) -> Table:
    return view.table(
        "destinations",
        rows,
        ("winback.columns.destination", lambda d: _name(view, d), ""),
        ("winback.columns.n", lambda d: d.n, "count"),
        ("winback.returned", lambda d: d.returned, "count"),
        ("winback.columns.days", lambda d: d.median_days, "count"),
        ("winback.columns.revenue", lambda d: d.revenue, "money"),
        ("winback.columns.offers", _offers, ""),
        title=view.text("winback.table"),
    )


def _offers(destination: Destination) -> str:
    return "; ".join(f"{one.offer} ({one.returned})" for one in destination.offers) or "–"


def _candidates(view: ChurnView) -> list[Block]:
    rows = view.result.candidates
    if not rows:
        return []
    names = zip(rows.values("name"), rows.values("customer_id"), strict=True)
    ways = {way: view.text(f"instrument.{way or 'none'}") for way in {*Instrument, None}}
    mended = {True: "yes", False: "no", None: "unknown"}
    words = {known: view.text(f"mended.{key}") for known, key in mended.items()}
    table = view.table(
        "candidates",
        rows,
        ("columns.customer", [name or id_ for name, id_ in names], ""),
        ("candidates.reasons", [" + ".join(labels) for labels in rows.values("labels")], ""),
        ("candidates.date", rows.values("lost_date"), "day_short"),
        ("candidates.revenue", rows.values("revenue"), "money"),
        ("candidates.instrument", [ways[one] for one in rows.values("instrument")], ""),
        ("candidates.mended", [words[one] for one in rows.values("cause_mended")], ""),
        title=view.text("candidates.table"),
        shown=8,
        note=view.text("candidates.note", half_life=view.params.recency_half_life_days),
    )
    return [Heading(text=view.text("candidates.heading", n=len(rows)), level=3), table]


def _silence(view: ChurnView) -> list[Block]:
    told = []
    iceberg, interviews = view.result.iceberg, view.result.exit_interviews
    if iceberg is not None and iceberg.base:
        told.append(
            view.text("iceberg.text", k=iceberg.complained, n=iceberg.base, assumed=iceberg.assumed)
        )
    if interviews is not None and interviews.base:
        told.append(view.text("interviews.text", k=interviews.n, n=interviews.base))
    if view.result.told_apart:
        told = [view.text("scope.period", text=text) for text in told]
    return view.how_to_read(*told)
